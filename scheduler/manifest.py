"""The manifest that closes a backup: what is in it and what must come out of it, as JSON under a signature.

A manifest names files at the site, each with the sha256 of its sealed bytes in its name; numbers of rows; the end of the
chain of history; and the ledger of what was erased. It holds no personal data, so that the server can read it without a
private key.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from records.ledger import Line
from scheduler.sealing import Keys, signed_by

FORMAT = 1
FOLDER = "backups"
DATABASES, PAPERS = "database", "papers"
MARKER = "site.json"
LEDGER = "ledger"

_SEALED = re.compile(r"(?:.*/)?(?P<id>[0-9A-Za-z]+)-(?P<sha256>[0-9a-f]{64})\.[a-z.]+")


class BadManifest(Exception):  # noqa: N818
    """It cannot be read or cannot be trusted. The message says why."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """A sealed file at a site."""

    path: str
    size: int

    @property
    def id(self) -> str:
        """What it is: the moment of a database, the keyed name of a paper."""
        return parts_of(self.path)[0]

    @property
    def sha256(self) -> str:
        """Of the bytes as they lie at the site."""
        return parts_of(self.path)[1]


@dataclass(frozen=True, slots=True)
class DatabaseCopy:
    """The database in a backup: sealed, and as it comes out."""

    sealed: Sealed
    engine: str
    """sqlite: the file itself; postgresql: a dump in pg_dump's custom format."""
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Anchor:
    """The end of the chain of history at that moment."""

    number: int
    chain: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """One backup."""

    installation: str
    made_at: datetime
    schema: str
    database: DatabaseCopy
    rows: dict[str, int]
    anchor: Anchor | None
    papers: tuple[Sealed, ...]
    absent: tuple[str, ...]
    """sha256 of papers that the records name and that the store had lost already."""
    ledger: tuple[Line, ...]

    @property
    def name(self) -> str:
        return name_of(self.made_at)

    @property
    def path(self) -> str:
        return path_of(self.name)

    @property
    def files(self) -> tuple[Sealed, ...]:
        return (self.database.sealed, *self.papers)

    @property
    def size(self) -> int:
        return sum(one.size for one in self.files)

    def written(self, keys: Keys) -> bytes:
        return signed(_as_json(self), keys)

    @classmethod
    def read(cls, content: bytes, signer: str | None) -> Manifest:
        """Raises `BadManifest`. Without a signer the signature is not checked."""
        found = opened(content, signer)
        try:
            return _from_json(found)
        except (KeyError, TypeError, ValueError, AttributeError) as fault:
            raise BadManifest("something in it is missing or wrong") from fault


def name_of(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def moment_of(name: str) -> datetime:
    """Raises `ValueError`."""
    return datetime.strptime(name, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)


def path_of(name: str) -> str:
    return f"{FOLDER}/{name}.manifest"


def database_path(name: str, engine: str, sha256: str) -> str:
    return f"{DATABASES}/{name}-{sha256}.{'db' if engine == 'sqlite' else 'pgdump'}.zst.age"


def paper_path(paper_id: str, sha256: str) -> str:
    return f"{PAPERS}/{paper_id[:2]}/{paper_id}-{sha256}.zst.age"


def parts_of(path: str) -> tuple[str, str]:
    """Of the path of a sealed file: what it is, and the sha256 that its bytes must have. Raises `ValueError`."""
    found = _SEALED.fullmatch(path)
    if found is None or ".." in path or path.startswith("/"):
        message = f"{path} is no sealed file of ours"
        raise ValueError(message)
    return found["id"], found["sha256"]


def signed(content: dict[str, Any], keys: Keys) -> bytes:
    """A signature in base64 on the first line, then the JSON that it signs."""
    body = json.dumps(content, ensure_ascii=False, indent=1).encode() + b"\n"
    return base64.b64encode(keys.sign(body)) + b"\n" + body


def opened(content: bytes, signer: str | None) -> dict[str, Any]:
    """What was signed. Raises `BadManifest`."""
    signature, _line, body = content.partition(b"\n")
    try:
        if signer is not None and not signed_by(signer, body, base64.b64decode(signature, validate=True)):
            raise BadManifest("it was altered, or it is not signed by this installation")
        found = json.loads(body)
    except (binascii.Error, ValueError) as fault:
        raise BadManifest("it is damaged") from fault
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise BadManifest("it is damaged, or of a later version")
    return found


def ledger_written(ledger: tuple[Line, ...], keys: Keys) -> bytes:
    return signed({"format": FORMAT, "ledger": [line.as_json() for line in ledger]}, keys)


def ledger_read(content: bytes, signer: str | None) -> tuple[Line, ...]:
    """Raises `BadManifest`."""
    try:
        return tuple(Line.from_json(line) for line in opened(content, signer)["ledger"])
    except (KeyError, TypeError, ValueError) as fault:
        raise BadManifest("something in it is missing or wrong") from fault


def _as_json(one: Manifest) -> dict[str, Any]:
    copy = one.database
    return {
        "format": FORMAT,
        "installation": one.installation,
        "made_at": one.made_at.isoformat(),
        "schema": one.schema,
        "database": {
            "file": copy.sealed.path,
            "bytes": copy.sealed.size,
            "engine": copy.engine,
            "opened_sha256": copy.sha256,
            "opened_bytes": copy.size,
        },
        "rows": one.rows,
        "history": {"number": one.anchor.number, "chain": one.anchor.chain} if one.anchor else None,
        "papers": [{"file": paper.path, "bytes": paper.size} for paper in one.papers],
        "absent": list(one.absent),
        "ledger": [line.as_json() for line in one.ledger],
    }


def _from_json(found: dict[str, Any]) -> Manifest:
    copy, history = found["database"], found["history"]
    manifest = Manifest(
        installation=str(found["installation"]),
        made_at=datetime.fromisoformat(found["made_at"]),
        schema=str(found["schema"]),
        database=DatabaseCopy(
            Sealed(copy["file"], int(copy["bytes"])), copy["engine"], copy["opened_sha256"], int(copy["opened_bytes"])
        ),
        rows={str(table): int(count) for table, count in found["rows"].items()},
        anchor=Anchor(int(history["number"]), str(history["chain"])) if history else None,
        papers=tuple(Sealed(paper["file"], int(paper["bytes"])) for paper in found["papers"]),
        absent=tuple(str(sha256) for sha256 in found["absent"]),
        ledger=tuple(Line.from_json(line) for line in found["ledger"]),
    )
    for one in manifest.files:
        parts_of(one.path)
    return manifest
