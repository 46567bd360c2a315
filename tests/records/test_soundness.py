"""Whether what is kept is whole: each way in which it can be broken is found, and nothing else is."""

import uuid
from datetime import UTC, datetime

import sqlalchemy as sa

from records import events, soundness
from records.blobs import FolderBlobs
from records.db import Database
from records.events import Actor
from records.models.post import BlobKind, Channel, StoredMessage
from records.post import Delivery, keep, note_blob
from records.schools import register_school

NOW = datetime(2026, 6, 4, 12, 0, tzinfo=UTC)


def filled(database: Database, blobs: FolderBlobs) -> uuid.UUID:
    with database.writing() as session:
        kept = blobs.put(b"a letter")
        message = keep(session, Delivery(kept, Channel.SMTP, NOW))
        school = register_school(session, name="Invented School", now=NOW)
        for number in range(3):
            events.record(session, f"thing_{number}", school, Actor.machine("test"), NOW, detail={"number": number})
        events.seal(session)
    return message.id


def check(database: Database, blobs: FolderBlobs) -> soundness.Soundness:
    with database.reading() as session:
        return soundness.check(session, blobs)


def test_a_whole_record_is_sound(database: Database, blobs: FolderBlobs) -> None:
    filled(database, blobs)
    found = check(database, blobs)
    assert found.sound
    assert (found.events, found.unsealed, found.blobs, found.unknown) == (3, 0, 1, [])


def test_altered_bytes_are_found(database: Database, blobs: FolderBlobs) -> None:
    filled(database, blobs)
    [name] = blobs.names()
    blobs.path(name).write_bytes(b"another letter")
    found = check(database, blobs)
    assert not found.sound
    assert found.altered == [name]


def test_a_row_without_its_bytes_is_found(database: Database, blobs: FolderBlobs) -> None:
    message = filled(database, blobs)
    [name] = blobs.names()
    blobs.remove(name)
    found = check(database, blobs)
    assert not found.sound
    assert ("message", str(message), name) in found.missing


def test_bytes_that_no_row_names_are_listed_and_are_no_fault(database: Database, blobs: FolderBlobs) -> None:
    filled(database, blobs)
    left = blobs.put(b"never acknowledged")
    found = check(database, blobs)
    assert found.sound
    assert found.unknown == [left.sha256]


def test_a_message_whose_bytes_were_let_go_is_no_fault(database: Database, blobs: FolderBlobs) -> None:
    message = filled(database, blobs)
    with database.writing() as session:
        session.get_one(StoredMessage, message).blob_sha256 = None
        session.execute(sa.text("DELETE FROM blob"))
    [name] = blobs.names()
    blobs.remove(name)
    assert check(database, blobs).sound


def test_every_way_to_name_a_blob_is_looked_at() -> None:
    named = {f"{column.table.name}.{column.name}" for column in soundness.blob_columns()}
    assert {
        "message.blob_sha256",
        "attachment.blob_sha256",
        "paper.sheet_sha256",
        "paper_image.blob_sha256",
        "blob.sha256",
    } <= named


def test_a_blob_noted_but_not_there_is_found(database: Database, blobs: FolderBlobs) -> None:
    kept = blobs.put(b"a page")
    with database.writing() as session:
        note_blob(session, kept, BlobKind.PAGE_IMAGE, NOW)
    blobs.remove(kept.sha256)
    assert [one[0] for one in check(database, blobs).missing] == ["blob"]
