"""ingest and verify."""

import json
import mailbox
from pathlib import Path

import sqlalchemy as sa

from mailroom import house
from mailroom.config import Settings
from records.models.post import Channel, StoredMessage
from tests.mailroom.commands.conftest import Call

LETTER = b"From: a@school.example\r\nTo: forms@body.example\r\nSubject: %s\r\n\r\nGood morning\r\n"


def kept(settings: Settings) -> list[tuple[Channel, int, bool]]:
    with house.opened(settings) as open_house, open_house.database.reading() as session:
        rows = session.scalars(sa.select(StoredMessage).order_by(StoredMessage.received_at))
        return [(row.channel, row.size, row.duplicate_of_id is not None) for row in rows]


def archive(folder: Path) -> tuple[Path, Path, Path]:
    """A file, an mbox with two letters, and a Maildir with two."""
    single = folder / "one.eml"
    single.write_bytes(LETTER % b"single")
    box = mailbox.mbox(folder / "archive.mbox")
    for number in range(2):
        box.add(LETTER % f"boxed {number}".encode())
    box.close()
    maildir = mailbox.Maildir(folder / "Maildir", create=True)
    for number in range(2):
        maildir.add(LETTER % f"dir {number}".encode())
    maildir.close()
    return single, folder / "archive.mbox", folder / "Maildir"


def test_files_mboxes_and_maildirs_are_taken_in(call: Call, tmp_path: Path, settings: Settings, config: str) -> None:
    answer = call("ingest", "-c", config, *(str(path) for path in archive(tmp_path)), "--json")
    assert answer.status == 0, answer.err
    lines = [json.loads(line) for line in answer.out.splitlines()]
    assert len(lines) == 5
    assert all(line["message"] and line["problem"] is None for line in lines)
    assert [channel for channel, _, _ in kept(settings)] == [Channel.FILE] * 5


def test_bytes_are_taken_in_as_they_stand(call: Call, tmp_path: Path, settings: Settings, config: str) -> None:
    single, _, _ = archive(tmp_path)
    call("ingest", "-c", config, str(single))
    with house.opened(settings) as open_house, open_house.database.reading() as session:
        sha256 = session.scalars(sa.select(StoredMessage.blob_sha256)).one()
        assert sha256 is not None
        assert open_house.blobs.read(sha256) == single.read_bytes()


def test_taking_in_again_adds_nothing_and_a_copy_elsewhere_is_a_linked_repeat(
    call: Call, tmp_path: Path, settings: Settings, config: str
) -> None:
    paths = archive(tmp_path)
    assert "5 taken in, 0 not." in call("ingest", "-c", config, *(str(path) for path in paths)).err
    for more in ((), ("--dry-run",)):
        again = call("ingest", "-c", config, *(str(path) for path in paths), *more)
        assert again.status == 0
        assert "taken in, 0 not. 5 were here already." in again.err
    assert len(kept(settings)) == 5
    told = call("ingest", "-c", config, str(paths[0]), "--json")
    assert json.loads(told.out)["here_already"] is True
    assert "0 taken in, 0 not. 1 was here already." in told.err
    copy = tmp_path / "copy.eml"
    copy.write_bytes(paths[0].read_bytes())
    answer = call("ingest", "-c", config, str(copy))
    assert "1 taken in, 0 not. 1 of those repeats a letter that was here, and is linked to it." in answer.err
    assert answer.status == 0
    assert [repeat for _, _, repeat in kept(settings)].count(True) == 1


def test_what_cannot_be_taken_in_is_told_and_the_others_go_on(
    call: Call, tmp_path: Path, settings: Settings, config: str
) -> None:
    single, _, _ = archive(tmp_path)
    empty = tmp_path / "empty.eml"
    empty.touch()
    large = tmp_path / "large.eml"
    large.write_bytes(b"x" * (settings.ingest.max_bytes + 1))
    (tmp_path / "nothing").mkdir()
    answer = call(
        "ingest", "-c", config, str(empty), str(large), str(tmp_path / "none.eml"), str(tmp_path / "nothing"), str(single)
    )
    assert answer.status == 3
    assert "the file is empty" in answer.err
    assert "larger than ingest.max_bytes" in answer.err
    assert "No such file" in answer.err
    assert "no messages in this folder" in answer.err
    assert "1 taken in, 4 not." in answer.err
    assert len(kept(settings)) == 1
    assert call("ingest", "-c", config, str(empty)).status == 1


def test_a_dry_run_takes_nothing_in(call: Call, tmp_path: Path, settings: Settings, config: str) -> None:
    answer = call("ingest", "-c", config, *(str(path) for path in archive(tmp_path)), "--dry-run")
    assert answer.status == 0
    assert "5 would be taken in" in answer.err
    assert kept(settings) == []


def test_verify_says_that_all_is_whole_or_what_is_not(call: Call, tmp_path: Path, settings: Settings, config: str) -> None:
    single, _, _ = archive(tmp_path)
    call("ingest", "-c", config, str(single))
    whole = call("verify", "-c", config)
    assert whole.status == 0
    assert "All is whole." in whole.out
    [blob] = (settings.records.data_folder / "blobs").glob("??/*")
    blob.write_bytes(b"altered")
    altered = call("verify", "-c", config, "--json")
    assert altered.status == 1
    found = json.loads(altered.out)
    assert (found["sound"], found["altered"]) == (False, [blob.parent.name + blob.name])
    blob.unlink()
    missing = call("verify", "-c", config)
    assert missing.status == 1
    assert "MISSING: message" in missing.out
