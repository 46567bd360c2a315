"""Everything goes out: each table, each column that is no secret, each file once under a name that people understand."""

import csv
import io
import json
from collections.abc import Iterable
from pathlib import Path

import sqlalchemy as sa

from records.blobs import FolderBlobs
from records.db import Database
from records.events import seal
from records.models.people import Person
from records.models.post import Attachment, BlobKind
from records.models.tables import metadata
from records.moving import everything
from records.notices import ask
from records.post import note_blob
from tests.support.builders import MACHINE, NOW, a_message, an_administrator, an_attachment, an_ect


class Kept:
    """Files in memory."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}

    def write(self, name: str, chunks: Iterable[bytes]) -> None:
        assert name not in self.files, "a file was written twice"
        self.files[name] = b"".join(chunks)

    def rows(self, name: str) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(self.files[name].decode())))


def test_every_table_is_written_or_says_why_not() -> None:
    every = {table.name for table in metadata.sorted_tables}
    assert {table.name for table in everything.tables()} | set(everything.LEFT_OUT) == every
    assert not {table.name for table in everything.tables()} & set(everything.LEFT_OUT)


def test_only_secrets_are_left_out_of_the_tables() -> None:
    gone = {
        f"{table.name}.{column.name}"
        for table in everything.tables()
        for column in table.columns
        if column not in everything.columns_of(table)
    }
    assert gone == {
        "account.password_hash",
        "account.totp_secret",
        "marketing_preference.address_hash",
        "invitation.code_hash",
        "disclosure.link_hash",
        "disclosure.code_hash",
        "disclosure.code_tries",
    }


def test_the_export_holds_every_row_and_every_file(database: Database, tmp_path: Path) -> None:
    blobs, sink = FolderBlobs(tmp_path), Kept()
    with database.writing() as session:
        induction, actor = an_ect(session), an_administrator(session)
        induction.person.last_name = '=HYPERLINK("x"), Quillfeather'
        message = a_message(session)
        message.blob_sha256 = blobs.put(b"letter").sha256
        paper = an_attachment(session, message, "../../etc/review.docx")
        kept = blobs.put(b"the same bytes")
        note_blob(session, kept, BlobKind.ATTACHMENT, NOW)
        paper.blob_sha256, paper.filed_for_id = kept.sha256, induction.id
        an_attachment(session, a_message(session, b"other"), "again.docx").blob_sha256 = kept.sha256
        missing = an_attachment(session, message, "lost.docx")
        missing.blob_sha256 = "f" * 64
        notice = ask(session, kind="receipt", key="k", to_address="a@x.example", now=NOW)
        notice.text, notice.subject = "Dear all", "Receipt"
        seal(session)
        lost, actor_id = str(missing.id), actor.id
    with database.reading() as session:
        done = everything.export_everything(session, blobs, sink, NOW)
        for table in everything.tables():
            assert done.rows[table.name] == session.scalar(sa.select(sa.func.count()).select_from(table)), table.name
            assert len(sink.rows(f"tables/{table.name}.csv")) == done.rows[table.name]
        assert session.scalar(sa.select(sa.func.count()).select_from(Attachment)) == 3
    [person] = [row for row in sink.rows("tables/person.csv") if row["trn"]]
    assert (person["trn"], person["last_name"], person["date_of_birth"]) == (
        "1234567",
        '=HYPERLINK("x"), Quillfeather',
        "1999-05-17",
    )
    assert [row["id"] for row in sink.rows("tables/account.csv")] == [actor_id]
    assert "password_hash" not in sink.files["tables/account.csv"].decode()
    names = {row["row"]: row["file"] for row in sink.rows("files.csv")}
    assert names[str(paper.id)].startswith("papers/")
    assert ".." not in names[str(paper.id)]
    assert sink.files[names[str(paper.id)]] == b"the same bytes"
    assert list(sink.files.values()).count(b"the same bytes") == 1
    assert any(
        "letter" in str(content) and name.endswith(".eml") for name, content in sink.files.items() for content in [content]
    )
    assert any(name.startswith("letters/") and b"Dear all" in content for name, content in sink.files.items())
    assert f"attachment {lost}: the file {'f' * 64} is missing" in done.problems
    assert "person (" in sink.files["README.txt"].decode()
    assert list(sink.files)[-1] == "README.txt"
    detail = sink.rows("tables/event_detail.csv")[0]["detail"]
    assert isinstance(json.loads(detail), dict)
    with database.writing() as session:
        everything.note(session, done, MACHINE, NOW)
        assert session.scalar(sa.select(sa.func.count()).select_from(Person)) == done.rows["person"]
