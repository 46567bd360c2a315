"""A manifest says the same after it was read back, and nobody can change a letter of it."""

import uuid
from datetime import UTC, datetime

import pytest

from records.ledger import Line
from scheduler.manifest import Anchor, BadManifest, DatabaseCopy, Manifest, Sealed, ledger_read, ledger_written, parts_of
from scheduler.sealing import Identity, Keys

KEYS = Keys.of([Identity.new().recipient], "a secret")
LEDGER = (Line(uuid.uuid4(), uuid.uuid4(), "everything", datetime(2026, 3, 1, tzinfo=UTC)),)
ONE = Manifest(
    installation="f" * 32,
    made_at=datetime(2026, 3, 30, 17, tzinfo=UTC),
    schema="0001",
    database=DatabaseCopy(Sealed(f"database/20260330T170000Z-{'a' * 64}.db.zst.age", 10), "sqlite", "b" * 64, 100),
    rows={"person": 3},
    anchor=Anchor(7, "c" * 64),
    papers=(Sealed(f"papers/ab/{'ab' * 16}-{'d' * 64}.zst.age", 20),),
    absent=("e" * 64,),
    ledger=LEDGER,
)


def test_it_reads_as_it_was_written() -> None:
    assert Manifest.read(ONE.written(KEYS), KEYS.public_signer) == ONE
    assert ONE.name == "20260330T170000Z"
    assert ONE.size == 30


def test_every_changed_byte_is_noticed() -> None:
    written = ONE.written(KEYS)
    for place in range(0, len(written), 7):
        changed = bytearray(written)
        changed[place] ^= 1
        with pytest.raises(BadManifest):
            Manifest.read(bytes(changed), KEYS.public_signer)


def test_what_another_installation_signed_is_not_believed() -> None:
    stranger = Keys.of([Identity.new().recipient], "another secret")
    with pytest.raises(BadManifest, match="not signed by this installation"):
        Manifest.read(ONE.written(stranger), KEYS.public_signer)
    assert Manifest.read(ONE.written(stranger), None) == ONE


@pytest.mark.parametrize("content", [b"", b"words", b"\n{}", b"AA==\n[1]", b'AA==\n{"format": 2}'])
def test_what_is_no_manifest_is_told(content: bytes) -> None:
    for signer in (None, KEYS.public_signer):
        with pytest.raises(BadManifest):
            Manifest.read(content, signer)


def test_a_file_that_would_lie_outside_the_site_is_none_of_ours() -> None:
    for path in (f"../papers/ab/ab-{'d' * 64}.zst.age", f"/etc/ab-{'d' * 64}.zst.age", "papers/ab/words"):
        with pytest.raises(ValueError, match="no sealed file of ours"):
            parts_of(path)


def test_the_ledger_is_signed_too() -> None:
    written = ledger_written(LEDGER, KEYS)
    assert ledger_read(written, KEYS.public_signer) == LEDGER
    with pytest.raises(BadManifest):
        ledger_read(written.replace(b"everything", b"keep_status"), KEYS.public_signer)
