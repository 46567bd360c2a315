"""A sorting desk for tests: real rows and blobs, a reader at its port that reads papers written in JSON, a clock by hand."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ingest.reading import Reader
from ingest.sorting import Sorter, SortingSettings
from parsers.forms import Evidence, ExtractedForm, FormKind, PageImage, ReadFile, Reading, ReadPaper, Status, Unreadable
from records import post
from records.blobs import FolderBlobs
from records.db import Database
from records.models.post import Attachment, Channel, StoredMessage
from records.models.submissions import Submission
from records.post import Delivery
from tests.support import letters
from tests.support.builders import NOW

SETTINGS = SortingSettings(trusted_servers=("mx.body.example",), idle_seconds=0.01)


class Clock:
    """Time that moves when told to."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def pass_time(self, **by: float) -> None:
        self.now += timedelta(**by)


def written_paper(*forms: dict[str, str | None] | None, kind: str = "progress_review", blank: bool = False) -> bytes:
    """A "PDF" for `JsonReader`: a page for each form with its values; None is a page that is no form."""
    papers = [{"kind": None if form is None else kind, "blank": blank, "values": form or {}} for form in forms]
    return letters.PDF + json.dumps(papers).encode()


class JsonReader:
    """Reads what `written_paper` wrote. Anything else is unreadable, as a damaged file is."""

    def __init__(self) -> None:
        self.read_names: list[str] = []

    def read(self, data: bytes, name: str, layouts: str | None = None) -> ReadFile | Unreadable:
        self.read_names.append(name)
        try:
            papers = json.loads(data.removeprefix(letters.PDF))
        except ValueError:
            return Unreadable("The file is damaged.")
        return ReadFile(
            papers=tuple(_paper(number, paper) for number, paper in enumerate(papers, start=1)),
            images=tuple(PageImage(number, letters.picture(9, number), 1.5) for number in range(1, len(papers) + 1)),
            html="<p>paper</p>",
        )


def _paper(number: int, paper: dict[str, object]) -> ReadPaper:
    values = paper["values"]
    assert isinstance(values, dict)
    form = ExtractedForm(
        kind=FormKind(str(paper["kind"])) if paper["kind"] else None,
        kind_status=Status.CLEAR,
        blank=bool(paper["blank"]),
        reader="json/1",
        layout="layout-1" if paper["kind"] else None,
        fields={key: _reading(number, value) for key, value in values.items()},
        pages=(number, number),
    )
    return ReadPaper(form, {"source": "pdf", "number": number})


def _reading(page: int, value: str | bool | None) -> Reading:
    if value is None:
        return Reading(None, None, Status.MISSING)
    return Reading(value, str(value), Status.CLEAR, evidence=(Evidence(page=page, bbox=(1, 2, 3, 4)),))


def deliver(
    db: Database,
    blobs: FolderBlobs,
    raw: bytes,
    *,
    envelope_from: str = "office@harrowgill.example",
    channel: Channel = Channel.SMTP,
    now: datetime = NOW,
) -> StoredMessage:
    """What every way in does."""
    kept = blobs.put(raw)
    with db.writing() as session:
        return post.keep(session, Delivery(kept, channel, now, envelope_from=envelope_from))


def sorter(
    db: Database,
    blobs: FolderBlobs,
    reader: Reader | None = None,
    clock: Callable[[], datetime] | None = None,
    name: str = "desk",
) -> Sorter:
    return Sorter(db, blobs, reader or JsonReader(), clock or Clock(), name, SETTINGS)


def work(one: Sorter, most: int = 1_000) -> int:
    """Step until idle; returns how many steps that took."""
    for count in range(most):
        if not one.step():
            return count
    raise AssertionError("the work does not end")


def attachments(session: Session, message: StoredMessage) -> list[Attachment]:
    chosen = sa.select(Attachment).where(Attachment.message_id == message.id).order_by(Attachment.position)
    return list(session.scalars(chosen))


def drafts(session: Session) -> list[Submission]:
    return list(session.scalars(sa.select(Submission).order_by(Submission.received_at)))


def states(items: Iterable[Attachment | Submission | StoredMessage]) -> list[str]:
    return [item.state.value for item in items]
