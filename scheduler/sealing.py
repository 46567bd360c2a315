"""Keys of backups, and sealing: zstd, then age to public recipients. What is sealed opens with `age` and `zstd` alone.

The server holds no private key. To check what it has just written it seals to one more recipient, whose private key lives
in memory for the length of the run and is then forgotten: it can open its own fresh backup, and later nobody can but the
holder of the identity file.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import pyrage
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from pyrage import x25519

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

CHUNK = 1 << 20
_SIGNER = "# manifests are signed by: "


class Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


class Writable(Protocol):
    def write(self, chunk: bytes, /) -> object: ...


class CannotOpen(Exception):  # noqa: N818
    """Sealed bytes that this identity does not open, or that are not what was sealed. The message says which."""


class WrongKey(ValueError):  # noqa: N818
    """What was given is no key of this kind."""


@dataclass(frozen=True)
class Keys:
    """What the server needs: public recipients, and its own secret, from which it signs manifests and names papers."""

    recipients: tuple[x25519.Recipient, ...]
    secret: bytes

    @classmethod
    def of(cls, recipients: Sequence[str], secret: str) -> Keys:
        """Raises `WrongKey`."""
        if not recipients:
            raise WrongKey("no recipient is named: nobody could open the backups")
        return cls(tuple(recipient(one) for one in recipients), secret.encode())

    @cached_property
    def signer(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self._derived(b"mailroom backup manifests"))

    @property
    def public_signer(self) -> str:
        return self.signer.public_key().public_bytes_raw().hex()

    def sign(self, content: bytes) -> bytes:
        return self.signer.sign(content)

    def name_of(self, sha256: str) -> str:
        """What a paper is called at a site. Keyed, so that somebody with a copy of a paper cannot see that it is there."""
        return hmac.new(self._naming, bytes.fromhex(sha256), hashlib.sha256).hexdigest()[:32]

    @cached_property
    def _naming(self) -> bytes:
        # Other recipients, other names: when the keys change, every paper is copied anew for those who hold them now.
        holders = "\n".join(sorted(str(one) for one in self.recipients))
        return self._derived(f"mailroom backup names\n{holders}".encode())

    def _derived(self, purpose: bytes) -> bytes:
        return HKDF(SHA256(), 32, None, purpose).derive(self.secret)


@dataclass(frozen=True)
class Identity:
    """The private side, kept away from the server: opens backups, and knows who signs their manifests."""

    private: tuple[x25519.Identity, ...]
    signer: str | None = None

    @classmethod
    def new(cls) -> Identity:
        return cls((x25519.Identity.generate(),))

    @classmethod
    def read(cls, text: str) -> Identity:
        """From an identity file, which `age -i` takes too. Raises `WrongKey`."""
        lines = [line.strip() for line in text.splitlines()]
        try:
            private = tuple(x25519.Identity.from_str(line) for line in lines if line and not line.startswith("#"))
        except pyrage.IdentityError:
            raise WrongKey("there is a line that is no age identity (AGE-SECRET-KEY-1…)") from None
        if not private:
            raise WrongKey("there is no age identity (AGE-SECRET-KEY-1…) in it")
        signers = [line.removeprefix(_SIGNER.strip()).strip() for line in lines if line.startswith(_SIGNER.strip())]
        if signers and not re.fullmatch(r"[0-9a-f]{64}", signers[-1]):
            raise WrongKey("the line that names the signer of manifests is damaged")
        return cls(private, signers[-1] if signers else None)

    @property
    def recipient(self) -> str:
        return str(self.private[0].to_public())

    def written(self, signer: str) -> str:
        """The identity file."""
        return (
            "# Private key of the backups of an ECT Mailroom. Whoever has this file can read every backup;\n"
            "# without it nobody can. Keep it in two safe places, away from the server and from the backups.\n"
            f"# recipient: {self.recipient}\n"
            f"{_SIGNER}{signer}\n"
            f"{self.private[0]}\n"
        )


def recipient(written: str) -> x25519.Recipient:
    """Raises `WrongKey`."""
    try:
        return x25519.Recipient.from_str(written)
    except pyrage.RecipientError:
        message = f"“{written[:20]}” is no age recipient (age1…)"
        raise WrongKey(message) from None


def signed_by(signer: str, content: bytes, signature: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(signer)).verify(signature, content)
    except InvalidSignature:
        return False
    return True


def seal(source: Readable, target: Writable, recipients: Sequence[x25519.Recipient]) -> None:
    """Compress and encrypt. A fault of either side comes out as it went in."""
    reading, writing = _Compressed(source), _Sink(target)
    try:
        pyrage.encrypt_io(reading, writing, list(recipients))  # type: ignore[arg-type]  # any object that reads or writes will do
    except pyrage.EncryptError as fault:
        raise (reading.fault or writing.fault or fault) from None
    # The library writes its last bytes while it goes away, and then a fault of ours reaches nobody.
    if writing.fault is not None:
        raise writing.fault


def unseal(source: Readable, target: Writable, identity: Identity) -> None:
    """Decrypt and expand. Raises `CannotOpen`; a fault of either side comes out as it went in."""
    reading, writing = _Source(source), _Expanded(target)
    try:
        pyrage.decrypt_io(reading, writing, list(identity.private))  # type: ignore[arg-type]  # as above
    except (pyrage.DecryptError, OSError) as fault:
        raise _meant(reading.fault or writing.fault, fault) from None
    if writing.fault is not None:
        raise _meant(writing.fault, writing.fault)
    if not writing.complete:
        raise CannotOpen("the compressed data end too early")


def _meant(own: Exception | None, fault: Exception) -> Exception:
    """The library wraps what our own sides raised, so they remember it."""
    if isinstance(own, zstd.ZstdError):
        return CannotOpen("the compressed data are damaged")
    if own is not None:
        return own
    if "No matching keys" in str(fault):
        return CannotOpen("it was sealed for another key")
    return CannotOpen("it is not as it was sealed")


class _Source:
    """Reads through, and remembers what went wrong."""

    def __init__(self, source: Readable) -> None:
        self._source = source
        self.fault: Exception | None = None

    def read(self, size: int) -> bytes:
        try:
            return self._source.read(size)
        except Exception as fault:
            self.fault = fault
            raise


class _Compressed(_Source):
    """What is read comes out compressed."""

    def __init__(self, source: Readable) -> None:
        super().__init__(source)
        self._compressor = zstd.ZstdCompressor(options={zstd.CompressionParameter.checksum_flag: 1})
        self._ready = b""
        self._ended = False

    def read(self, size: int) -> bytes:
        while not self._ready and not self._ended:
            chunk = super().read(CHUNK)
            self._ended = not chunk
            self._ready = self._compressor.flush() if self._ended else self._compressor.compress(chunk)
        now, self._ready = self._ready[:size], self._ready[size:]
        return now


class _Sink:
    """Writes through, and remembers what went wrong."""

    def __init__(self, target: Writable) -> None:
        self._target = target
        self.fault: Exception | None = None

    def write(self, chunk: bytes) -> int:
        if self.fault is not None:
            # The library tries a failed write once more. What failed stays failed.
            raise self.fault
        try:
            self._pass_on(bytes(chunk))
        except Exception as fault:
            self.fault = fault
            raise
        return len(chunk)

    def flush(self) -> None:
        """The library asks for it; whoever owns the target decides when its bytes are safe."""

    def _pass_on(self, chunk: bytes) -> None:
        self._target.write(chunk)


class _Expanded(_Sink):
    """What is written goes on expanded."""

    def __init__(self, target: Writable) -> None:
        super().__init__(target)
        self._expander = zstd.ZstdDecompressor()

    @property
    def complete(self) -> bool:
        return self._expander.eof

    def _pass_on(self, chunk: bytes) -> None:
        if self._expander.eof:
            raise CannotOpen("there is more in it than was sealed")
        # In steps, because a few kilobytes may expand to gigabytes.
        part = self._expander.decompress(chunk, CHUNK)
        while part:
            self._target.write(part)
            if self.complete or self._expander.needs_input:
                return
            part = self._expander.decompress(b"", CHUNK)
