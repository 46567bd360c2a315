"""The one dictionary between what parsers say and what the record knows: a reading becomes papers and drafts.

Matching a draft to an ECT is `records.matching`; the words of both rooms meet nowhere else.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from parsers.forms import ExtractedForm, ReadFile, Reading, ReadPaper
from records import submissions
from records.blobs import Kept
from records.fields import FIELDS
from records.models.post import Attachment, BlobKind, Paper, PaperImage, PaperPart, StoredMessage
from records.models.submissions import Submission
from records.post import note_blob
from records.states import SubmissionState
from records.submissions import Draft, DraftValue

NI_NUMBER = "national_insurance_number"
_PLACES = {spec.key: place for place, spec in enumerate(FIELDS)}


@dataclass(frozen=True, slots=True)
class KeptImage:
    """A page as people see it, safe in the store. `scale` is pixels per 100 points."""

    number: int
    kept: Kept
    scale: int


@dataclass(frozen=True, slots=True)
class KeptReading:
    """A reading whose derived blobs are safe, ready to be written down in one transaction."""

    papers: tuple[tuple[ReadPaper, Kept], ...]
    images: tuple[KeptImage, ...]
    html: Kept | None
    origins: tuple[int, ...] = ()
    left_out: tuple[int, ...] = ()
    """As in `ReadFile`: for pictures that were read together."""

    @property
    def kept(self) -> frozenset[str]:
        """The names of all its blobs."""
        every = [kept for _, kept in self.papers] + [image.kept for image in self.images] + [one for one in (self.html,) if one]
        return frozenset(one.sha256 for one in every)

    def holds_form(self, page: int | None = None) -> bool:
        """Whether there is a form among the papers, or on this page."""
        return any(
            paper.form.kind is not None and (page is None or paper.form.pages is None or _holds(paper.form.pages, page))
            for paper, _ in self.papers
        )

    @property
    def why_no_form(self) -> str:
        """What the readers say about papers that are no form, in words."""
        return " ".join(dict.fromkeys(paper.form.kind_reason for paper, _ in self.papers if paper.form.kind_reason))

    @property
    def reader(self) -> str | None:
        return self.papers[0][0].form.reader[:40] if self.papers else None


def keep_reading(read: ReadFile, keep: Callable[[bytes], Kept]) -> KeptReading:
    """Make everything that pages will show safe, before any row names it."""
    return KeptReading(
        papers=tuple((paper, keep(json.dumps(paper.sheet, separators=(",", ":")).encode())) for paper in read.papers),
        images=tuple(KeptImage(image.number, keep(image.png), round(image.scale * 100)) for image in read.images),
        html=keep(read.html.encode()) if read.html is not None else None,
        origins=read.origins,
        left_out=read.left_out,
    )


def _holds(pages: tuple[int, int], page: int) -> bool:
    return pages[0] <= page <= pages[1]


def write_reading(
    session: Session,
    message: StoredMessage,
    attachments: Sequence[Attachment],
    reading: KeptReading,
    now: datetime,
    *,
    ni_numbers: bool = False,
) -> list[Submission]:
    """Papers with their pictures, and a draft for each that is a form. Reading a file again replaces its earlier reading.

    Of pictures that were read together there is an attachment for each page.
    """
    earlier = _earlier_papers(session, attachments)
    drafts = []
    for number, (read, sheet) in enumerate(reading.papers, start=1):
        before = earlier.get(number)
        held = _current_draft(session, before) if before else None
        if held is not None and read.form.kind is None:
            # The older reading found a form here; it stays until a person decides.
            continue
        form = read.form if ni_numbers else _without_ni_number(read.form)
        paper = _paper(session, message, attachments, number, form, (sheet, reading), now)
        if before is not None:
            before.replaced_at = now
        if form.kind is not None:
            drafts.append(_draft(session, message, paper, form, held, now))
    session.flush()
    return drafts


def draft_of(form: ExtractedForm) -> Draft:
    """A reading in the record's words, in the order in which people see it."""
    keys = sorted(form.fields, key=lambda key: _PLACES.get(key, len(_PLACES)))
    return Draft(
        kind=form.kind.value if form.kind else None,
        kind_status=form.kind_status.value,
        kind_reason=form.kind_reason,
        blank=form.blank,
        warnings=form.warnings,
        values=tuple(_value(key, form.fields[key]) for key in keys),
    )


def _value(key: str, reading: Reading) -> DraftValue:
    return DraftValue(
        key=key,
        value=_written(reading.value),
        raw=reading.raw,
        status=reading.status.value,
        reason=reading.reason,
        evidence=tuple(one.to_json() for one in reading.evidence),
    )


def _written(value: str | bool | None) -> str | None:
    """Values are text in the record; yes and no are written "true" and "false"."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value


def _without_ni_number(form: ExtractedForm) -> ExtractedForm:
    """National Insurance numbers are not kept unless the body has switched them on."""
    if NI_NUMBER not in form.fields:
        return form
    packed: dict[str, Any] = form.to_json()
    del packed["fields"][NI_NUMBER]
    return ExtractedForm.from_json(packed)


def _draft(
    session: Session, message: StoredMessage, paper: Paper, form: ExtractedForm, held: Submission | None, now: datetime
) -> Submission:
    if held is not None:
        return submissions.redraft(session, held, paper, draft_of(form), now=now)
    return submissions.draft(session, paper, draft_of(form), received_at=message.received_at, now=now)


def _earlier_papers(session: Session, attachments: Sequence[Attachment]) -> dict[int, Paper]:
    """What an earlier reading found, by number. Papers that a person put together are not among them."""
    found = session.scalars(
        sa.select(Paper)
        .join(PaperPart)
        .where(
            PaperPart.attachment_id.in_([one.id for one in attachments]),
            Paper.replaced_at.is_(None),
            Paper.form.is_not(sa.null()),
        )
    )
    return {paper.number: paper for paper in found if paper.form is not None}


def _current_draft(session: Session, paper: Paper) -> Submission | None:
    return session.scalar(
        sa.select(Submission).where(Submission.paper_id == paper.id, Submission.state != SubmissionState.SUPERSEDED)
    )


def _paper(
    session: Session,
    message: StoredMessage,
    attachments: Sequence[Attachment],
    number: int,
    form: ExtractedForm,
    blobs: tuple[Kept, KeptReading],
    now: datetime,
) -> Paper:
    sheet, reading = blobs
    first, last = form.pages or (None, None)
    paper = Paper(
        id=uuid.uuid4(),
        message_id=message.id,
        number=number,
        created_at=now,
        form=form.to_json(),
        layout=form.layout[:100] if form.layout else None,
        sheet_sha256=sheet.sha256,
        html_sha256=reading.html.sha256 if reading.html else None,
    )
    session.add(paper)
    session.flush()
    session.add_all(_parts(paper, attachments, form.pages, together=bool(reading.origins)))
    note_blob(session, sheet, BlobKind.SHEET, now)
    if reading.html:
        note_blob(session, reading.html, BlobKind.PAPER_HTML, now)
    for image in reading.images:
        if first is None or last is None or first <= image.number <= last:
            note_blob(session, image.kept, BlobKind.PAGE_IMAGE, now)
            session.add(
                PaperImage(
                    id=uuid.uuid4(),
                    paper_id=paper.id,
                    page=image.number,
                    blob_sha256=image.kept.sha256,
                    scale=image.scale,
                )
            )
    session.flush()
    return paper


def _parts(
    paper: Paper, attachments: Sequence[Attachment], pages: tuple[int, int] | None, *, together: bool
) -> list[PaperPart]:
    """The stretch of the file that the paper is; of pictures that were read together, a part for each of its pages."""
    first, last = pages or (None, None)
    places: list[tuple[uuid.UUID, int | None, int | None]]
    if together and first is not None and last is not None:
        places = [(one.id, 1, 1) for one in attachments[first - 1 : last]]
    else:
        places = [(attachments[0].id, first, last)]
    return [
        PaperPart(id=uuid.uuid4(), paper_id=paper.id, position=position, attachment_id=one, first_page=start, last_page=end)
        for position, (one, start, end) in enumerate(places)
    ]
