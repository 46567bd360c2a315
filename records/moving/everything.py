"""Everything that an installation knows, as files that need none of our software: tables, papers, messages, letters, history."""

from __future__ import annotations

import csv
import io
import json
import re
import uuid
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, Protocol

import sqlalchemy as sa
from sqlalchemy.orm import Session

from records.blobs import Blobs
from records.events import Actor, record
from records.models.base import Base
from records.models.exports import Export
from records.models.inductions import Induction
from records.models.notices import Notice
from records.models.people import Person
from records.models.post import Attachment, Paper, PaperImage, PaperPart, StoredMessage
from records.models.submissions import Submission
from records.models.tables import metadata
from records.values import counted, local_day

LEFT_OUT: dict[str, str] = {
    "web_session": "who is signed in at this moment: hashes of cookies",
    "one_time_link": "hashes of links that still work",
    "sign_in_code": "hashes of codes that still work",
    "recovery_code": "hashes of codes that still work",
    "tries": "counters that slow guessing down",
    "provider_visit": "who is on the way through another sign-in at this moment",
    "lease": "which host does what at this moment",
    "job_run": "which ticks of the clock were done",
    "backup_run": "where this installation's own backups stand",
    "blob_removal": "files about to be unlinked",
}
"""Tables that say nothing about anybody's induction, and why each stays."""

_SECRET = re.compile(r"(password|secret|_hash$|^code_)")


class Sink(Protocol):
    """Where files go: a folder or a zip."""

    def write(self, name: str, chunks: Iterable[bytes]) -> None: ...


@dataclass
class Exported:
    """What was written: rows by table, files, and what could not be."""

    rows: dict[str, int] = field(default_factory=dict)
    files: int = 0
    letters: int = 0
    problems: list[str] = field(default_factory=list)


def export_everything(
    session: Session,
    blobs: Blobs,
    sink: Sink,
    now: datetime,
    progress: Callable[[str], None] = lambda _words: None,
) -> Exported:
    """Write all of it. Nothing is changed. The README comes last: where it is there, the export is whole."""
    if session.get_bind().dialect.name == "postgresql":
        session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
    done = Exported()
    for table in tables():
        progress(table.name)
        sink.write(f"tables/{table.name}.csv", _table_csv(session, table, done))
    _files(session, blobs, sink, done, progress)
    _letters(session, sink, done)
    sink.write("README.txt", [_readme(done, now).encode()])
    return done


def tables() -> list[sa.Table]:
    """Every table that is written, parents first."""
    return [table for table in metadata.sorted_tables if table.name not in LEFT_OUT]


def columns_of(table: sa.Table) -> list[sa.Column[Any]]:
    """The columns that are written: all but secrets."""
    return [column for column in table.columns if not _SECRET.search(column.name)]


def note(session: Session, done: Exported, actor: Actor, now: datetime) -> None:
    """Write down that everything was taken away, and by whom."""
    export = Export(id=uuid.uuid4(), made_at=now, made_by=actor.id)
    session.add(export)
    session.flush()
    record(session, "everything_exported", export, actor, now, detail={"rows": sum(done.rows.values()), "files": done.files})


def _table_csv(session: Session, table: sa.Table, done: Exported) -> Iterator[bytes]:
    columns = columns_of(table)
    yield _line([column.name for column in columns])
    count = 0
    rows = session.execute(sa.select(*columns).order_by(*table.primary_key).execution_options(yield_per=1000))
    for row in rows:
        count += 1
        yield _line([_text(value) for value in row])
    done.rows[table.name] = count


def _line(cells: list[str]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerow(cells)
    return text.getvalue().encode()


def _text(value: Any) -> str:
    """Values as anybody can read them: ISO dates, UTC moments, JSON for lists. An empty cell is "no value"."""
    if value is None:
        return ""
    for kind, spelt in _SPELT:
        if isinstance(value, kind):
            return spelt(value)
    return str(value)


_SPELT: tuple[tuple[type | tuple[type, ...], Callable[[Any], str]], ...] = (
    (bool, lambda value: "true" if value else "false"),
    (Enum, lambda value: str(value.value)),
    ((datetime, date), lambda value: str(value.isoformat())),
    (Decimal, lambda value: format(value.normalize(), "f")),
    ((list, dict), lambda value: json.dumps(value, ensure_ascii=False, sort_keys=True)),
)


def _files(session: Session, blobs: Blobs, sink: Sink, done: Exported, progress: Callable[[str], None]) -> None:
    """Each blob once under a name that people understand, and an index of every row that names it."""
    places: dict[str, str] = {}
    index: list[list[str]] = [["sha256", "file", "table", "row", "column"]]
    for table, row_id, column, sha256, name in _named(session):
        if sha256 not in places:
            place = _free(name, sha256)
            try:
                sink.write(place, [blobs.read(sha256)])
            except FileNotFoundError:
                done.problems.append(f"{table} {row_id}: the file {sha256} is missing")
                continue
            except ValueError:
                done.problems.append(f"{table} {row_id}: the file {sha256} has been altered")
                continue
            places[sha256] = place
            done.files += 1
            if done.files % 100 == 0:
                progress(counted(done.files, "file"))
        index.append([sha256, places[sha256], table, str(row_id), column])
    sink.write("files.csv", (_line(row) for row in index))


def _named(session: Session) -> Iterator[tuple[str, uuid.UUID, str, str, str]]:
    """Every row that names a blob: table, row, column, sha256, and a name for the file."""
    folders = _folders(session)
    owners = _owners(session)
    for mail in session.execute(sa.select(StoredMessage.id, StoredMessage.blob_sha256, StoredMessage.received_at)):
        if mail.blob_sha256:
            yield "message", mail.id, "blob_sha256", mail.blob_sha256, f"messages/{mail.received_at:%Y-%m-%d_%H%M%S}.eml"
    for row in session.execute(sa.select(Attachment.id, Attachment.blob_sha256, Attachment.name, Attachment.filed_for_id)):
        if row.blob_sha256:
            folder = folders.get(row.filed_for_id or owners.get(row.id), "unmatched")
            yield "attachment", row.id, "blob_sha256", row.blob_sha256, f"papers/{folder}/{_safe(row.name)}"
    for paper in session.execute(sa.select(Paper.id, Paper.sheet_sha256, Paper.html_sha256)):
        if paper.sheet_sha256:
            yield "paper", paper.id, "sheet_sha256", paper.sheet_sha256, "readings/reading.json"
        if paper.html_sha256:
            yield "paper", paper.id, "html_sha256", paper.html_sha256, "readings/paper.html"
    for image in session.execute(sa.select(PaperImage.id, PaperImage.blob_sha256, PaperImage.page)):
        yield "paper_image", image.id, "blob_sha256", image.blob_sha256, f"pages/page-{image.page}.png"


def _folders(session: Session) -> dict[uuid.UUID | None, str]:
    rows = session.execute(
        sa.select(Induction.id, Person.last_name, Person.first_name, Person.trn).join(Person, Induction.person_id == Person.id)
    )
    return {row.id: _safe(f"{row.last_name} {row.first_name} {row.trn or str(row.id)[:8]}") for row in rows}


def _owners(session: Session) -> dict[uuid.UUID, uuid.UUID]:
    """The induction that an attachment's form is about."""
    rows = session.execute(
        sa.select(PaperPart.attachment_id, Submission.induction_id)
        .join(Submission, Submission.paper_id == PaperPart.paper_id)
        .where(Submission.induction_id.is_not(None))
        .order_by(Submission.received_at)
    )
    return {row.attachment_id: row.induction_id for row in rows}


def _free(name: str, sha256: str) -> str:
    """The name with a piece of the digest in it: two files of one name stay apart."""
    stem, dot, ending = name.rpartition(".")
    return f"{stem}.{sha256[:12]}.{ending}" if dot and "/" not in ending else f"{name}.{sha256[:12]}"


def _safe(name: str) -> str:
    """A sender's name for a file is never a path."""
    plain = re.sub(r"\.{2,}", ".", re.sub(r"[^\w. -]", "_", name)).strip(". ")
    return plain[-100:] or "file"


def _letters(session: Session, sink: Sink, done: Exported) -> None:
    for notice in session.scalars(sa.select(Notice).where(Notice.text.is_not(None)).order_by(Notice.asked_at)):
        moment = notice.sent_at or notice.asked_at
        words = f"To: {notice.to_address}\nDate: {moment.isoformat()}\nSubject: {notice.subject or ''}\n\n{notice.text}"
        sink.write(f"letters/{moment:%Y-%m-%d}_{notice.kind}_{str(notice.id)[:8]}.txt", [words.encode()])
        done.letters += 1


def _readme(done: Exported, now: datetime) -> str:
    lines = [
        f"Everything on record, written on {local_day(now).isoformat()}.",
        "",
        "tables/    one CSV for each table: UTF-8, commas, CRLF. Rows name each other by their id (columns ending in _id).",
        "           Dates are 2026-03-27, moments are UTC, amounts are decimals, lists are JSON. An empty cell is no value.",
        "           Cells are exactly as on record: import them as text, do not open them by a double click.",
        "papers/    files as they came, by ECT.   messages/  letters as they came.   readings/, pages/  what was read from papers.",
        "letters/   letters as they were sent.    files.csv  every file with its sha256, and the rows that name it.",
        "The history is in tables/event.csv (what happened, chained) and tables/event_detail.csv (what changed).",
        "",
        "Tables:",
    ]
    meanings = {mapper.persist_selectable.description: mapper.class_.__doc__ or "" for mapper in Base.registry.mappers}
    for name, number in done.rows.items():
        meaning = meanings.get(name, "").strip().partition("\n")[0]
        lines.append(f"  {name} ({counted(number, 'row')}): {meaning}".rstrip(": "))
    lines += ["", "Left out:", *(f"  {name}: {why}" for name, why in LEFT_OUT.items()), "  passwords and other secrets"]
    if done.problems:
        lines += ["", "Missing:", *(f"  {problem}" for problem in done.problems)]
    return "\n".join(lines) + "\n"
