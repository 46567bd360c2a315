"""A sorting desk for tests: real rows and blobs, a reader at its port that reads papers written in JSON, a clock by hand."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ingest.reading import Reader
from ingest.sorting import Sorter, SortingSettings
from parsers.forms import Evidence, ExtractedForm, FormKind, PageImage, ReadFile, Reading, ReadPaper, Shot, Status, Unreadable
from records import post
from records.blobs import FolderBlobs
from records.db import Database
from records.models.post import Attachment, Channel, StoredMessage
from records.models.submissions import Submission
from records.post import Delivery
from tests.support import letters
from tests.support.builders import NOW

SETTINGS = SortingSettings(trusted_servers=("mx.body.example",), idle_seconds=0.01)


_PNG = b"\x89PNG"


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


def written_picture(number: int, values: dict[str, str | None] | None = None, *, begins: bool = False) -> bytes:
    """A picture for `JsonReader`: a page of a form with its values; None is no page of any. `number` makes it like no other."""
    page = {"begins": begins, "values": values}
    return letters.picture(640, number) + json.dumps(page).encode()


class JsonReader:
    """Reads what `written_paper` and `written_picture` wrote. Anything else is unreadable, as a damaged file is."""

    def __init__(self) -> None:
        self.read_names: list[str] = []

    def read(self, data: bytes, name: str, layouts: str | None = None) -> ReadFile | Unreadable:
        self.read_names.append(name)
        if data.startswith(_PNG):
            page = _page(data)
            return Unreadable("The picture is damaged.") if page is None else self._together([page], [0], [])
        try:
            papers = json.loads(data.removeprefix(letters.PDF))
        except ValueError:
            return Unreadable("The file is damaged.")
        return ReadFile(
            papers=tuple(_paper(number, paper) for number, paper in enumerate(papers, start=1)),
            images=tuple(PageImage(number, letters.picture(9, number), 1.5) for number in range(1, len(papers) + 1)),
            html="<p>paper</p>",
        )

    def read_together(self, shots: Sequence[Shot], layouts: str | None = None) -> ReadFile | Unreadable:
        self.read_names.append(" + ".join(one.name for one in shots))
        pages = [_page(one.data) for one in shots]
        kept = [place for place, page in enumerate(pages) if page is not None and page["values"] is not None]
        left_out = [place for place in range(len(shots)) if place not in kept]
        return self._together([pages[place] or {} for place in kept], kept, left_out)

    def _together(self, pages: list[dict[str, Any]], origins: list[int], left_out: list[int]) -> ReadFile:
        """A paper begins with each page that says so."""
        starts = [number for number, page in enumerate(pages, start=1) if page["begins"] or number == 1]
        ends = [*(start - 1 for start in starts[1:]), len(pages)]
        papers = []
        for start, end in zip(starts, ends, strict=True):
            values = {
                key: _reading(number, value)
                for number in range(start, end + 1)
                for key, value in (pages[number - 1]["values"] or {}).items()
            }
            kind = FormKind.PROGRESS_REVIEW if pages[start - 1]["begins"] else None
            layout = "layout-1" if kind else None
            form = ExtractedForm(kind, Status.CLEAR, False, "json/1", layout, values if kind else {}, pages=(start, end))
            papers.append(ReadPaper(form, {"source": "photo", "number": start}))
        images = tuple(PageImage(number, letters.picture(9, number), 1.5) for number in range(1, len(pages) + 1))
        several = len(origins) + len(left_out) > 1
        return ReadFile(tuple(papers), images, None, tuple(origins) if several else (), tuple(left_out))


def _page(data: bytes) -> dict[str, Any] | None:
    try:
        page: dict[str, Any] = json.loads(data[data.index(b"IEND") + 8 :])
    except ValueError:
        return None
    return page


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
