"""Layout memory: what accepted papers have taught about forms. How a place is read and judged is the readers' business."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, selectinload

from records.events import Actor, record
from records.fields import BY_KEY
from records.models.layouts import Layout, LayoutAnchor
from records.models.post import Paper
from records.models.submissions import Submission, SubmissionValue
from records.states import SubmissionState
from records.values import Kind

MOST_ATTEMPTS = 3
_COUNTS = ("agreements", "contradictions")


@dataclass(frozen=True, slots=True)
class Quality:
    """How accepted papers of a layout were read: values that a person left as they were read, of all values."""

    papers: int
    right: int
    values: int


def every(session: Session) -> list[Layout]:
    """All layouts with their anchors, the one that changed last first."""
    chosen = sa.select(Layout).options(selectinload(Layout.anchors)).order_by(Layout.changed_at.desc(), Layout.fingerprint)
    return list(session.scalars(chosen))


def find(session: Session, fingerprint: str, *, lock: bool = False) -> Layout | None:
    """One layout; with `lock` held until the transaction ends, so that two lessons do not overwrite each other."""
    chosen = sa.select(Layout).where(Layout.fingerprint == fingerprint)
    return session.scalar(chosen.with_for_update() if lock else chosen)


def packed(layout: Layout) -> dict[str, Any]:
    """A layout as the readers' extract has it."""
    return {
        "id": layout.fingerprint,
        "kind": layout.form_kind,
        "read_as": layout.read_as,
        "title": layout.title,
        "papers": layout.papers,
        "printed": layout.printed,
        "anchors": {
            one.field: {**one.anchor, "agreements": one.agreements, "contradictions": one.contradictions}
            for one in layout.anchors
        },
    }


def stamp(session: Session) -> tuple[int, datetime | None]:
    """What is different whenever any layout is: how many there are, and when one last changed."""
    count, latest = session.execute(sa.select(sa.func.count(Layout.id), sa.func.max(Layout.changed_at))).one()
    return count, latest


def keep(session: Session, layout: Mapping[str, Any], learnt_from: uuid.UUID | None, actor: Actor, now: datetime) -> Layout:
    """Write a layout down as the readers give it. Raises `KeyError` where it is none."""
    row = find(session, layout["id"], lock=True)
    if row is None:
        row = Layout(id=uuid.uuid4(), fingerprint=layout["id"], first_seen_at=now, changed_at=now, form_kind=layout["kind"])
        session.add(row)
    row.form_kind, row.read_as, row.title = layout["kind"], layout["read_as"], layout["title"][:300]
    row.printed, row.papers, row.changed_at = layout["printed"], layout["papers"], now
    session.flush()
    before = {one.field: one for one in row.anchors}
    for field, told in layout["anchors"].items():
        place = {name: value for name, value in told.items() if name not in _COUNTS}
        _keep_anchor(row, before.pop(field, None), field, place, told, learnt_from, now)
    for gone in before.values():
        row.anchors.remove(gone)
    session.flush()
    record(session, "layout_learnt", row, actor, now, detail={"papers": row.papers, "places": len(row.anchors)})
    return row


def forget(session: Session, fingerprint: str, field: str | None, actor: Actor, now: datetime) -> bool:
    """Forget a layout, or with `field` the place of one field. False where it is not known (any more)."""
    row = find(session, fingerprint, lock=True)
    if row is None:
        return False
    if field is not None:
        kept = [one for one in row.anchors if one.field != field]
        if len(kept) == len(row.anchors):
            return False
        row.anchors, row.changed_at = kept, now
    record(session, "layout_forgotten", row, actor, now, detail={"field": field, "title": row.title})
    if field is None:
        session.delete(row)
    session.flush()
    return True


def next_to_teach(session: Session) -> Submission | None:
    """An accepted form that has not taught its layout yet, or not since it was decided anew; the oldest decision first."""
    return session.scalars(
        sa.select(Submission)
        .join(Paper, Submission.paper_id == Paper.id)
        .where(
            Submission.state == SubmissionState.ACCEPTED,
            Paper.sheet_sha256.is_not(None),
            sa.or_(Submission.taught_at.is_(None), Submission.taught_at < Submission.decided_at),
            Submission.teaching_attempts < MOST_ATTEMPTS,
        )
        .order_by(Submission.decided_at)
        .limit(1)
    ).first()


def note_attempt(session: Session, submission: Submission) -> bool:
    """Count an attempt before it is made: a crash must count. False where somebody else has just begun this one."""
    begun = session.execute(
        sa.update(Submission)
        .where(Submission.id == submission.id, Submission.teaching_attempts == submission.teaching_attempts)
        .values(teaching_attempts=Submission.teaching_attempts + 1)
    )
    return bool(begun.rowcount == 1)  # type: ignore[attr-defined]  # CursorResult, not typed by execute


def note_taught(session: Session, submission_id: uuid.UUID, before: datetime | None, now: datetime) -> bool:
    """Note that a form has taught what it has to teach. False where another worker noted it first: then nothing is kept."""
    same = Submission.taught_at.is_(None) if before is None else Submission.taught_at == before
    noted = session.execute(
        sa.update(Submission)
        .where(Submission.id == submission_id, same, Submission.state == SubmissionState.ACCEPTED)
        # Clocks of two hosts may differ: what was learnt is never older than the decision.
        .values(taught_at=sa.case((Submission.decided_at > now, Submission.decided_at), else_=now), teaching_attempts=0)
        .execution_options(synchronize_session=False)
    )
    return bool(noted.rowcount == 1)  # type: ignore[attr-defined]  # CursorResult, not typed by execute


def accepted_values(submission: Submission) -> dict[str, str | bool | None]:
    """What a person accepted, in the readers' words: yes and no as such, and the kind of form."""
    found: dict[str, str | bool | None] = {"form_kind": submission.kind}
    for one in submission.values:
        yes_no = one.key in BY_KEY and BY_KEY[one.key].kind is Kind.YES_NO and one.value is not None
        found[one.key] = one.value == "true" if yes_no else one.value
    return found


def qualities(session: Session) -> dict[str, Quality]:
    """By layout, how its accepted papers were read."""
    right = sa.case((SubmissionValue.value == SubmissionValue.read_value, 1), else_=0)
    counted = (
        sa.select(Paper.layout, sa.func.count(sa.distinct(Submission.id)), sa.func.sum(right), sa.func.count())
        .join(Submission, Submission.paper_id == Paper.id)
        .join(SubmissionValue, SubmissionValue.submission_id == Submission.id)
        .where(
            Submission.state == SubmissionState.ACCEPTED,
            Paper.layout.is_not(None),
            sa.or_(SubmissionValue.value.is_not(None), SubmissionValue.read_value.is_not(None)),
        )
        .group_by(Paper.layout)
    )
    return {str(name): Quality(papers, int(kept or 0), values) for name, papers, kept, values in session.execute(counted)}


def _keep_anchor(
    row: Layout,
    anchor: LayoutAnchor | None,
    field: str,
    place: dict[str, Any],
    told: Mapping[str, Any],
    learnt_from: uuid.UUID | None,
    now: datetime,
) -> None:
    counts = (told["agreements"], told["contradictions"])
    if anchor is None:
        row.anchors.append(
            LayoutAnchor(
                id=uuid.uuid4(), field=field, anchor=place, agreements=counts[0], contradictions=counts[1],
                learnt_from_id=learnt_from, changed_at=now,
            )
        )  # fmt: skip
        return
    if (anchor.anchor, anchor.agreements, anchor.contradictions) == (place, *counts):
        return
    if anchor.anchor != place:
        anchor.anchor, anchor.learnt_from_id = place, learnt_from
    anchor.agreements, anchor.contradictions = counts
    anchor.changed_at = now
