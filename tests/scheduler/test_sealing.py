"""What is sealed opens for whoever was meant, whole or not at all."""

import hashlib
import io
import shutil
import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.sealing import CannotOpen, Identity, Keys, WrongKey, seal, signed_by, unseal
from tests.support.databases import missing

OURS = Identity.new()


def sealed(content: bytes, identity: Identity = OURS) -> bytes:
    target = io.BytesIO()
    seal(io.BytesIO(content), target, [one.to_public() for one in identity.private])
    return target.getvalue()


def unsealed(content: bytes, identity: Identity = OURS) -> bytes:
    target = io.BytesIO()
    unseal(io.BytesIO(content), target, identity)
    return target.getvalue()


@settings(max_examples=30, deadline=None)
@given(st.binary(max_size=300_000) | st.integers(0, 3_000_000).map(lambda size: b"\0" * size))
def test_what_comes_out_is_what_went_in(content: bytes) -> None:
    assert unsealed(sealed(content)) == content


PAPER = sealed(b"".join(hashlib.sha256(bytes([number % 256, number // 256])).digest() for number in range(6_000)))


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(PAPER) - 1), st.integers(0, 7))
def test_any_flipped_bit_is_noticed(place: int, bit: int) -> None:
    content = bytearray(PAPER)
    content[place] ^= 1 << bit
    with pytest.raises(CannotOpen):
        unsealed(bytes(content))


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(PAPER) - 1))
def test_any_cut_is_noticed(length: int) -> None:
    with pytest.raises(CannotOpen):
        unsealed(PAPER[:length])


def test_another_key_opens_nothing_and_is_told_so() -> None:
    with pytest.raises(CannotOpen, match="another key"):
        unsealed(sealed(b"a paper"), Identity.new())


def test_faults_of_either_side_come_out_as_they_went_in() -> None:
    class Full(io.BytesIO):
        def write(self, _chunk: object) -> int:
            raise OSError(28, "No space left on device")

    class Gone(io.BytesIO):
        def read(self, _size: int | None = -1) -> bytes:
            raise OSError(5, "Input/output error")

    keys = [one.to_public() for one in OURS.private]
    with pytest.raises(OSError, match="No space"):
        seal(io.BytesIO(b"a paper"), Full(), keys)
    with pytest.raises(OSError, match="Input/output"):
        seal(Gone(), io.BytesIO(), keys)
    with pytest.raises(OSError, match="No space"):
        unseal(io.BytesIO(sealed(b"a paper")), Full(), OURS)
    with pytest.raises(OSError, match="Input/output"):
        unseal(Gone(), io.BytesIO(), OURS)


def test_age_and_zstd_open_it_too(tmp_path_factory: pytest.TempPathFactory) -> None:
    if shutil.which("age") is None or shutil.which("zstd") is None:
        missing("age or zstd (tests/services.sh installs them)")
    folder = tmp_path_factory.mktemp("sealed")
    (folder / "key").write_text(OURS.written("0" * 64))
    (folder / "file").write_bytes(sealed(b"a paper " * 99))
    done = subprocess.run(f"age -d -i {folder}/key {folder}/file | zstd -d", shell=True, capture_output=True, check=True)
    assert done.stdout == b"a paper " * 99


def test_an_identity_file_is_read_as_it_was_written() -> None:
    keys = Keys.of([OURS.recipient], "a secret")
    again = Identity.read(OURS.written(keys.public_signer))
    assert (again.recipient, again.signer) == (OURS.recipient, keys.public_signer)
    assert signed_by(keys.public_signer, b"words", keys.sign(b"words"))
    assert not signed_by(keys.public_signer, b"other words", keys.sign(b"words"))


@pytest.mark.parametrize("text", ["", "# only a remark", "AGE-SECRET-KEY-1NOTONE", "words"])
def test_what_is_no_identity_file_is_told(text: str) -> None:
    with pytest.raises(WrongKey):
        Identity.read(text)


def test_keys_without_a_recipient_or_with_a_wrong_one_are_refused() -> None:
    with pytest.raises(WrongKey, match="no recipient"):
        Keys.of([], "a secret")
    with pytest.raises(WrongKey, match="is no age recipient"):
        Keys.of(["age1nonsense"], "a secret")


def test_names_of_papers_depend_on_the_server_and_on_who_holds_the_keys() -> None:
    paper = "ab" * 32
    names = {
        Keys.of([OURS.recipient], "a secret").name_of(paper),
        Keys.of([OURS.recipient], "another secret").name_of(paper),
        Keys.of([OURS.recipient, Identity.new().recipient], "a secret").name_of(paper),
    }
    assert len(names) == 3
    assert Keys.of([OURS.recipient], "a secret").name_of(paper) in names
