"""What goes into the pack: record, assessments, papers as they were read, decisions, cases, letters and history, with an index.

Papers are shown by what the reading kept of them (pictures of pages, the words of a Word file); nobody opens an original here.
Every original is named with its sha256, so that it can be proved later.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from records import cases, inbox
from records.access import visibilities_at_school
from records.blobs import Blobs
from records.communications import Eyes, Search, ects_of, search
from records.decisions import REASONS
from records.disclosures import GROUNDS
from records.evidence.sheets import Sheets
from records.fields import BY_KEY, FORM_KINDS
from records.models.communications import Visibility
from records.models.disclosures import DisclosureGround
from records.models.inductions import Assessment, Induction
from records.models.notices import Notice
from records.models.people import Role
from records.models.post import Attachment
from records.models.submissions import Submission
from records.papers import DOCUMENT_KINDS
from records.states import SubmissionState
from records.values import counted, decimal_text, spoken_date, spoken_moment

Progress = Callable[[int, int], None]
"""Told how many papers are in the pack so far, and how many there are."""

STAFF = Eyes(frozenset({Visibility.BODY, Visibility.SCHOOL, Visibility.ECT}))
"""What was said to the named contact stays with that person."""
FOR_ECT = Eyes(visibilities_at_school(frozenset({Role.ECT})))
_MOST_SAID = 2000


@dataclass(frozen=True, slots=True)
class Heading:
    """Who makes the pack, for whom and why."""

    body: str
    recipient: str
    ground: str
    by: str


@dataclass(frozen=True, slots=True)
class EvidencePack:
    """The PDF with its manifest: what is in it, each original by its sha256."""

    content: bytes
    pages: int
    manifest: dict[str, Any] = field(default_factory=dict)


def make(
    session: Session, blobs: Blobs, induction: Induction, heading: Heading, now: datetime, progress: Progress | None = None
) -> EvidencePack:
    """The pack of an ECT. What is gone from the store is named as gone, and never left out in silence."""
    name = induction.person.full_name
    sheets = Sheets(f"Evidence pack: {name}", f"{heading.body} · {name} · made {spoken_moment(now)} · confidential")
    sheets.cover(
        [
            ("TRN", induction.person.trn or "not known"),
            ("Date of birth", _day(induction.person.date_of_birth)),
            ("Made by", f"{heading.by}, {heading.body}"),
            ("Made on", spoken_moment(now)),
            ("For", heading.recipient),
            ("Ground", heading.ground),
        ]
    )
    _record(sheets, induction)
    forms = _forms(session, induction)
    _assessments(sheets, induction, forms)
    _decisions(sheets, forms)
    _cases(session, sheets, induction)
    originals = _papers(sheets, blobs, forms, inbox.documents_of(session, induction), progress or _silent)
    for_ect = heading.ground == GROUNDS[DisclosureGround.ECT_ASKED]
    _letters(session, sheets, induction, FOR_ECT if for_ect else STAFF)
    _history(session, sheets, induction)
    content, pages = sheets.written()
    manifest = {
        "format": "evidence-pack-1",
        "made_at": now.isoformat(),
        "pages": pages,
        "sha256": hashlib.sha256(content).hexdigest(),
        "files": originals,
    }
    return EvidencePack(content, pages, manifest)


def _record(sheets: Sheets, induction: Induction) -> None:
    sheets.part("The induction record")
    outcome = induction.outcome.value if induction.outcome else "none yet"
    sheets.facts(
        [
            ("Induction began", _day(induction.starts_on)),
            ("Terms to serve", decimal_text(induction.required_terms)),
            ("Completed", _day(induction.completed_on)),
            ("Outcome", f"{outcome}, {_day(induction.outcome_on)}" if induction.outcome_on else outcome),
        ]
    )
    sheets.section("Periods")
    for period in induction.periods:
        terms = f", {counted(period.terms, 'term')}" if period.terms is not None else ""
        sheets.text(f"{period.body_name or 'This appropriate body'}: {_day(period.starts_on)} to {_day(period.ends_on)}{terms}")
    sheets.section("Posts")
    for post in induction.posts:
        spells = "; ".join(f"FTE {decimal_text(one.fte)} from {_day(one.starts_on)}" for one in post.spells)
        tutor = f", induction tutor {post.tutor.full_name}" if post.tutor else ""
        sheets.text(f"{post.school.name}: {_day(post.starts_on)} to {_day(post.ends_on)}. {spells}{tutor}")
    sheets.section("Absences, extensions and reductions")
    lines = [
        *(f"Absence ({one.kind.value.replace('_', ' ')}): {counted(one.days, 'day')}" for one in induction.absences),
        *(f"Extension ({one.kind.value.replace('_', ' ')}), decided {_day(one.decided_on)}" for one in induction.extensions),
        *(f"Reduction by {counted(one.terms, 'term')}, decided {_day(one.decided_on)}" for one in induction.reductions),
    ]
    sheets.text("\n".join(lines) or "None on record.")


def _assessments(sheets: Sheets, induction: Induction, forms: Sequence[Submission]) -> None:
    sheets.part("Reviews and assessments")
    if not induction.assessments:
        sheets.text("None on record.")
    for one in induction.assessments:
        sheets.section(_title(one))
        came = [form for form in forms if form.assessment_id == one.id]
        sheets.facts(
            [
                ("Due", _day(one.due_on)),
                ("Received", _day(one.received_on)),
                ("Accepted", spoken_moment(one.accepted_at) if one.accepted_at else "no"),
                ("Forms that came for it", str(len(came))),
                *((BY_KEY[key].title, str(value)) for key, value in one.values.items() if key in BY_KEY and value),
            ]
        )
        for sign_off in one.sign_offs:
            sheets.text(f"Signed off as {sign_off.role.replace('_', ' ')}: {sign_off.name or 'no name'}, {sign_off.how.value}")
        if one.not_required:
            sheets.text(f"Not required: {one.not_required}")


def _decisions(sheets: Sheets, forms: Sequence[Submission]) -> None:
    sheets.part("Decisions on forms")
    if not forms:
        sheets.text("No form came.")
    for form in forms:
        sheets.section(f"{FORM_KINDS.get(form.kind or '', 'Paper')}, received {spoken_moment(form.received_at)}")
        sheets.text(f"Now: {form.state.value.replace('_', ' ')}")
        for code in form.decision_reasons:
            sheets.text(f"Reason: {REASONS.get(str(code), str(code))}")
        if form.decision_note:
            sheets.text(f"Note: {form.decision_note}")


def _cases(session: Session, sheets: Sheets, induction: Induction) -> None:
    sheets.part("Representations, appeals, disputes and concerns")
    rows = cases.of_induction(session, induction)
    if not rows:
        sheets.text("None on record.")
    for case in rows:
        sheets.section(f"{case.kind.value.capitalize()}: {case.summary}")
        ended = f"{case.outcome.value.replace('_', ' ')}, {_day(case.closed_on)}" if case.outcome else "still open"
        sheets.facts(
            [
                ("Raised by", case.raised_by or "not said"),
                ("Received", _day(case.received_on)),
                ("Due", f"{_day(case.due_on)} ({case.clock})"),
                ("Outcome", ended),
            ]
        )
        sheets.text("\n".join(one for one in (case.note, case.outcome_note) if one))
        for paper in case.papers:
            sheets.small(_named(paper.attachment))


def _papers(
    sheets: Sheets, blobs: Blobs, forms: Sequence[Submission], documents: Sequence[Attachment], progress: Progress
) -> list[dict[str, Any]]:
    """Each form as it was read; the answer lists every original."""
    originals: dict[str, dict[str, Any]] = {}
    for number, form in enumerate(forms, start=1):
        sheets.part(f"Paper {number}: {FORM_KINDS.get(form.kind or '', 'Paper')}, {spoken_moment(form.received_at)}")
        parts = form.paper.parts if form.paper else []
        for part in parts:
            sheets.small(_named(part.attachment))
            _list(originals, part.attachment)
        _show(sheets, blobs, form)
        progress(number, len(forms))
    sheets.part("Supporting documents")
    sheets.text(
        "These are kept as they came and are handed over by themselves where they are asked for." if documents else "None."
    )
    for document in documents:
        sheets.text(f"{DOCUMENT_KINDS.get(document.filed_as or '', 'Document')}")
        sheets.small(_named(document))
        _list(originals, document)
    return list(originals.values())


def _show(sheets: Sheets, blobs: Blobs, form: Submission) -> None:
    paper = form.paper
    if paper is None:
        sheets.text("The paper was let go; what it said is under the assessments.")
    elif paper.images:
        for image in paper.images:
            if blobs.exists(image.blob_sha256):
                sheets.picture(blobs.read(image.blob_sha256))
            else:
                sheets.text(f"Page {image.page} is gone from the store.")
    elif paper.html_sha256 and blobs.exists(paper.html_sha256):
        sheets.small("What was read of the file, paragraph by paragraph and row by row:")
        sheets.read_html(blobs.read(paper.html_sha256).decode("utf-8", "replace"))
    else:
        sheets.text("Nothing but the values is kept of this paper:")
        sheets.facts([(BY_KEY[one.key].title, one.value or "") for one in form.values if one.key in BY_KEY])


def _letters(session: Session, sheets: Sheets, induction: Induction, eyes: Eyes) -> None:
    """What was said, as far as whoever gets the pack may see it. Words about other ECTs as well are other people's data."""
    sheets.part("Letters and conversations")
    if eyes is FOR_ECT:
        sheets.text("Only what is shared with the ECT is printed here.")
    rows, total = search(session, Search(person_id=induction.person_id), eyes, limit=_MOST_SAID)
    if not rows:
        sheets.text("None on record.")
    for row in reversed(rows):
        one = row.communication
        way = {"in": "to us", "out": "from us"}.get(one.direction.value, "")
        sheets.section(f"{spoken_moment(one.happened_at)}: {one.channel.value} {way}".strip())
        if ects_of(session, one) - {induction.person_id}:
            sheets.text("This entry is also about another ECT, so its words are left out.")
            continue
        if one.other_party:
            sheets.small(f"With {one.other_party}")
        notice = session.get(Notice, one.notice_id) if one.notice_id else None
        message = inbox.message(session, one.message_id) if one.message_id else None
        said = one.body or (notice.text if notice else None) or (message.body_text if message else None)
        sheets.text("\n".join(words for words in (one.summary, said) if words) or "(no words)")
    if total > len(rows):
        sheets.text(f"{total - len(rows)} earlier entries are not printed.")


def _history(session: Session, sheets: Sheets, induction: Induction) -> None:
    sheets.part("History")
    for one in reversed(inbox.history_of_induction(session, induction, limit=_MOST_SAID)):
        what = one.event.kind.replace("_", " ").capitalize()
        sheets.text(f"{spoken_moment(one.event.happened_at)}: {what}, by {one.by or 'the service'}")


def _forms(session: Session, induction: Induction) -> Sequence[Submission]:
    """Every form of the ECT that is not merely an older reading of the same file, the oldest first."""
    return session.scalars(
        sa.select(Submission)
        .where(Submission.induction_id == induction.id, Submission.state != SubmissionState.SUPERSEDED)
        .order_by(Submission.received_at, Submission.id)
    ).all()


def _named(attachment: Attachment) -> str:
    return (
        f"Original: {attachment.name or 'unnamed'}, {attachment.size or 0:,} bytes, sha256 {attachment.blob_sha256 or 'gone'}"
    )


def _list(originals: dict[str, dict[str, Any]], attachment: Attachment) -> None:
    if attachment.blob_sha256:
        originals[attachment.blob_sha256] = {
            "path": attachment.name or "unnamed",
            "sha256": attachment.blob_sha256,
            "size": attachment.size or 0,
        }


def _title(one: Assessment) -> str:
    return f"{FORM_KINDS[one.kind.value]}{f' ({one.point.value})' if one.point else ''}"


def _day(value: Any) -> str:
    return spoken_date(value) if value else "not known"


def _silent(done: int, total: int) -> None:
    """Nobody asked to be told."""
