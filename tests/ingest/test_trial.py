"""A trial on a real Dovecot with the real reader in its child process: everything is counted and nothing is changed."""

import dataclasses
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from ingest.mailbox_line import Lost, Refused
from ingest.mailbox_settings import Password
from ingest.reading import IsolatedReader
from ingest.sorting import SortingSettings
from ingest.trial import Report, Trial
from mailroom.demo import cast
from mailroom.demo.word_papers import word_form
from tests.support.dovecot import Dovecot, dovecot
from tests.support.letters import letter
from tests.support.mailboxes import Cable, now, settings

FORM = word_form(cast.form_of(cast.AMINA, date(2026, 11, 21)))


@pytest.fixture
def server() -> Iterator[Dovecot]:
    with dovecot() as one:
        yield one


@pytest.fixture(scope="module")
def reader() -> Iterator[IsolatedReader]:
    with IsolatedReader() as one:
        yield one


def tried(port: int, reader: IsolatedReader, place: Path, limit: int | None = None, **changes: object) -> Report:
    place.mkdir()
    box = settings(port, command_seconds=20, **changes)
    return Trial(box, None, reader, now, place, SortingSettings(), workers=2, limit=limit).run()


def snapshot(server: Dovecot) -> list[tuple[str, bytes]]:
    """Every letter in every folder with its flags. Whether it is in `new` or in `cur` is Dovecot's own affair."""
    files = [file for file in server.box.rglob("*") if file.is_file() and file.parent.name in {"new", "cur"}]
    return sorted(
        (f"{file.relative_to(server.box).parts[:-2]} {file.name.partition(':2,')}", file.read_bytes()) for file in files
    )


def test_every_letter_is_counted_by_what_would_become_of_it(server: Dovecot, reader: IsolatedReader, tmp_path: Path) -> None:
    server.deliver(letter(("form.docx", FORM), message_id="<1@hill.example>"))
    server.deliver(letter(text="A question about terms.", message_id="<2@hill.example>"))
    server.deliver(letter(("form.pdf", b"%PDF-1.7\nno more"), message_id="<3@hill.example>"))
    server.deliver(letter(text="I am away.", message_id="<4@hill.example>", headers=(("Auto-Submitted", "auto-replied"),)))
    server.deliver(letter(text="x" * 70_000, message_id="<5@hill.example>"))
    server.deliver(letter(("form.docx", FORM), message_id="<1@hill.example>"))
    report = tried(server.port, reader, tmp_path / "trial", max_bytes=65_000)
    assert dict(report.outcomes()) == {
        "with_form": 1,
        "without_form": 2,
        "automatic": 1,
        "too_large": 1,
        "copy": 1,
    }
    assert report.forms == 1
    assert report.no_typing == 1
    assert sum(report.problems().values()) == 1
    assert report.in_folder == 6
    packed = report.to_json()
    assert packed["schema"] == "mailroom.trial/1"
    assert packed["looked_at"] == 6
    assert cast.AMINA.trn not in str(packed)
    assert "hill.example" not in str(packed)


def test_a_form_that_is_clear_needs_no_typing_and_one_without_its_trn_says_what_it_needs(
    server: Dovecot, reader: IsolatedReader, tmp_path: Path
) -> None:
    server.deliver(letter(("form.docx", FORM), message_id="<1@hill.example>"))
    nameless = cast.form_of(dataclasses.replace(cast.GRACE, trn=""), date(2026, 11, 21))
    server.deliver(letter(("form.docx", word_form(nameless)), message_id="<2@hill.example>"))
    report = tried(server.port, reader, tmp_path / "trial")
    assert (report.forms, report.no_typing) == (2, 1)
    assert report.needs()["Choose the ECT: the form does not give both TRN and date of birth"] == 1
    assert [one.no_typing for one in report.letters] == [1, 0]


def test_nothing_in_the_mailbox_changes(server: Dovecot, reader: IsolatedReader, tmp_path: Path) -> None:
    for number in range(3):
        server.deliver(letter(text=f"{number}"))
    with server.session() as other:
        other.select()
        other.store("1", "+FLAGS", r"\Flagged")
    before = snapshot(server)
    with Cable(server.port) as cable:
        tried(cable.port, reader, tmp_path / "trial")
        said = cable.said.upper()
    assert snapshot(server) == before
    assert b"EXAMINE" in said
    for word in (b"SELECT ", b"STORE", b"MOVE", b"COPY", b"EXPUNGE", b"CREATE", b"APPEND", b"DELETE", b"BODY["):
        assert word not in said


def test_only_the_newest_are_looked_at_when_asked_for_so_many(server: Dovecot, reader: IsolatedReader, tmp_path: Path) -> None:
    for number in range(5):
        server.deliver(letter(text=f"{number}"))
    with server.session() as other:
        other.select()
    report = tried(server.port, reader, tmp_path / "trial", limit=2)
    assert (report.in_folder, [one.uid for one in report.letters]) == (5, [4, 5])


def test_an_empty_mailbox_is_no_trouble(server: Dovecot, reader: IsolatedReader, tmp_path: Path) -> None:
    report = tried(server.port, reader, tmp_path / "trial")
    assert (report.in_folder, report.forms, report.letters) == (0, 0, [])


def test_a_mailbox_that_does_not_open_is_told(server: Dovecot, reader: IsolatedReader, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="does not accept the sign-in"):
        tried(server.port, reader, tmp_path / "1", sign_in=Password("wrong"))
    with pytest.raises(Lost, match="“Forms” cannot be opened"):
        tried(server.port, reader, tmp_path / "2", folder="Forms")
    server.kill()
    with pytest.raises(Lost, match="cannot be reached"):
        tried(server.port, reader, tmp_path / "3")
