"""Messages in files, folders and mailboxes of the disk are found, each with its place."""

import mailbox
from pathlib import Path

import sqlalchemy as sa

from ingest.files import MISSING, NOTHING, FoundLetter, NotTaken, ingest_files
from ingest.keeping import Keeper
from records.blobs import FolderBlobs
from records.db import Database
from records.models.post import Channel, StoredMessage
from tests.support import letters
from tests.support.desk import Clock

ONE, TWO = letters.letter(text="one", message_id="<1@a.example>"), letters.letter(text="two", message_id="<2@a.example>")


def _letters(*paths: Path) -> list[bytes]:
    return [found.raw for found in ingest_files(paths) if isinstance(found, FoundLetter)]


def test_a_file_is_a_letter(tmp_path: Path) -> None:
    file = tmp_path / "a.eml"
    file.write_bytes(ONE)
    assert _letters(file) == [ONE]


def test_every_letter_of_an_mbox_is_found_unaltered(tmp_path: Path) -> None:
    file = tmp_path / "old.mbox"
    box = mailbox.mbox(file)
    for raw in (ONE, TWO):
        box.add(raw.replace(b"\r\n", b"\n"))
    box.close()
    assert _letters(file) == [ONE.replace(b"\r\n", b"\n"), TWO.replace(b"\r\n", b"\n")]


def test_an_eml_file_that_begins_with_from_is_one_letter(tmp_path: Path) -> None:
    file = tmp_path / "a.eml"
    file.write_bytes(b"From x@y Mon Jun  1 2026\r\n" + ONE)
    assert len(_letters(file)) == 1


def test_a_maildir_and_the_folders_in_it_are_searched_without_its_unfinished_mail(tmp_path: Path) -> None:
    box = mailbox.Maildir(tmp_path / "mail")
    box.add(ONE)
    box.add_folder("Forms").add(TWO)
    (tmp_path / "mail" / "tmp" / "unfinished").write_bytes(b"half")
    assert sorted(_letters(tmp_path / "mail")) == sorted([ONE, TWO])


def test_a_folder_is_searched_for_letters_only(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "a.EML").write_bytes(ONE)
    (tmp_path / "notes.txt").write_bytes(b"no letter")
    assert _letters(tmp_path) == [ONE]


def test_a_path_without_letters_says_why(tmp_path: Path) -> None:
    missing = tmp_path / "missing"
    assert list(ingest_files([missing, tmp_path])) == [NotTaken(str(missing), MISSING), NotTaken(str(tmp_path), NOTHING)]


def test_a_letter_that_was_read_in_a_mail_program_has_the_same_source(tmp_path: Path) -> None:
    box = mailbox.Maildir(tmp_path / "mail")
    key = box.add(ONE)
    (before,) = ingest_files([tmp_path / "mail"])
    (tmp_path / "mail" / "new" / key).rename(tmp_path / "mail" / "cur" / f"{key}:2,S")
    (after,) = ingest_files([tmp_path / "mail"])
    assert isinstance(before, FoundLetter)
    assert isinstance(after, FoundLetter)
    assert before.postmark.source == after.postmark.source


def test_taking_files_twice_keeps_each_letter_once(database: Database, blobs: FolderBlobs, tmp_path: Path) -> None:
    for number, raw in enumerate((ONE, TWO)):
        (tmp_path / f"{number}.eml").write_bytes(raw)
    for _ in range(2):
        with Keeper(database, blobs, Clock()) as keeper:
            for found in ingest_files(sorted(tmp_path.glob("*.eml"))):
                assert isinstance(found, FoundLetter)
                keeper.keep_bytes(found.raw, found.postmark)
    with database.writing() as session:
        rows = session.scalars(sa.select(StoredMessage)).all()
        assert len(rows) == 2
        assert {row.channel for row in rows} == {Channel.FILE}
        assert sorted(blobs.read(row.blob_sha256 or "") for row in rows) == sorted([ONE, TWO])
