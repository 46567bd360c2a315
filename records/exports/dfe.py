"""What the DfE should be told: rows to claim and to conclude, and what a person must enter by hand, each with why."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session, selectinload

from records.events import Actor, record
from records.exports.dfe_files import File, csv_bytes, for_spreadsheet, upload_files
from records.exports.dfe_rules import (
    CLAIM_HEADER,
    OUTCOME_HEADER,
    Claim,
    Conclusion,
    claim_problems,
    conclusion_problems,
    one_decimal,
)
from records.holds import restricted
from records.models.events import Event
from records.models.exports import Export, ExportKind, ExportRow
from records.models.inductions import Extension, ExtensionKind, Induction, InductionPeriod
from records.values import counted, local_day, spoken_date

BY_HAND_HEADER = ("TRN", "Name", "What to enter", "Why by hand")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of one of the files, with what it is about."""

    kind: ExportKind
    subject_id: uuid.UUID
    induction_id: uuid.UUID
    cells: tuple[str, ...]
    from_on: date | None = None
    """The day from which the service takes it: everything is ready, only that day has not come."""

    @property
    def digest(self) -> str:
        return hashlib.sha256(json.dumps(self.cells, ensure_ascii=False).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Told:
    """What the DfE should be told today."""

    claims: tuple[Row, ...]
    outcomes: tuple[Row, ...]
    by_hand: tuple[Row, ...]
    prepared: tuple[Row, ...] = ()
    """Claims and outcomes that are ready ahead of their day. No file holds them before it; on that day they are offered."""

    def files(self) -> list[File]:
        """The uploads, and the list of what is to be entered by hand where there is any."""
        made = upload_files("claims", CLAIM_HEADER, [row.cells for row in self.claims])
        made += upload_files("outcomes", OUTCOME_HEADER, [row.cells for row in self.outcomes])
        if self.by_hand:
            made.append(File("by-hand.csv", csv_bytes([BY_HAND_HEADER, *(for_spreadsheet(row.cells) for row in self.by_hand)])))
        return made


def to_tell(session: Session, today: date, *, again: bool = False) -> Told:
    """Rows that were never exported, or have changed since. `again` offers all of them."""
    rows = [*_period_rows(session, today), *_extension_rows(session), *_taken_back_rows(session)]
    if not again:
        known = _exported(session)
        rows = [row for row in rows if row.digest not in known.get((row.subject_id, row.kind), ())]
    chosen = {kind: tuple(row for row in rows if row.kind is kind and row.from_on is None) for kind in ExportKind}
    ahead = sorted((row for row in rows if row.from_on is not None), key=lambda row: (row.from_on or today, row.cells))
    return Told(chosen[ExportKind.CLAIMS], chosen[ExportKind.OUTCOMES], chosen[ExportKind.BY_HAND], tuple(ahead))


def note_exported(session: Session, told: Told, actor: Actor, now: datetime) -> Export:
    """Write down what went out, so that it is not offered again unchanged."""
    export = Export(id=uuid.uuid4(), made_at=now, made_by=actor.id)
    session.add(export)
    session.flush()
    for row in (*told.claims, *told.outcomes, *told.by_hand):
        session.add(
            ExportRow(
                id=uuid.uuid4(),
                export_id=export.id,
                kind=row.kind,
                subject_id=row.subject_id,
                induction_id=row.induction_id,
                digest=row.digest,
            )
        )
    session.flush()
    counts = {"claims": len(told.claims), "outcomes": len(told.outcomes), "by_hand": len(told.by_hand)}
    record(session, "dfe_export_made", export, actor, now, detail=counts)
    return export


def note_register(session: Session, actor: Actor, now: datetime) -> Export:
    """Write down that somebody took the register away."""
    export = Export(id=uuid.uuid4(), made_at=now, made_by=actor.id)
    session.add(export)
    session.flush()
    record(session, "register_exported", export, actor, now)
    return export


def _period_rows(session: Session, today: date) -> Iterable[Row]:
    periods = session.scalars(
        sa.select(InductionPeriod)
        .where(InductionPeriod.body_name.is_(None), ~restricted(InductionPeriod.induction_id))
        .options(selectinload(InductionPeriod.induction).selectinload(Induction.person))
        .order_by(InductionPeriod.starts_on, InductionPeriod.id)
    )
    for period in periods:
        yield _claim_row(period, today)
        if period.ends_on is not None:
            yield _conclusion_row(period, today)


def _claim_row(period: InductionPeriod, today: date) -> Row:
    induction, person = period.induction, period.induction.person
    claim = Claim(person.trn, person.date_of_birth, induction.programme, period.starts_on, person.qts_on)
    problems = claim_problems(claim, today)
    if not problems:
        return Row(ExportKind.CLAIMS, period.id, induction.id, claim.cells())
    if not claim_problems(claim, max(today, claim.starts_on)):
        return Row(ExportKind.CLAIMS, period.id, induction.id, claim.cells(), claim.starts_on)
    return _by_hand(period, f"Claim from {spoken_date(period.starts_on)}", problems)


def _conclusion_row(period: InductionPeriod, today: date) -> Row:
    induction, person = period.induction, period.induction.person
    assert period.ends_on is not None
    if period.terms is None:
        return _by_hand(period, f"Conclusion: end on {spoken_date(period.ends_on)}", ["The number of terms is not known"])
    what = f"end on {spoken_date(period.ends_on)}, {counted(one_decimal(period.terms), 'term')}"
    if period.outcome is None:
        return _by_hand(period, f"Conclusion: {what}", ["The period has ended, but no outcome is recorded"])
    conclusion = Conclusion(
        person.trn,
        person.date_of_birth,
        period.starts_on,
        period.ends_on,
        period.terms,
        period.outcome,
        induction.programme,
        person.qts_on,
    )
    problems = conclusion_problems(conclusion, today)
    if not problems:
        return Row(ExportKind.OUTCOMES, period.id, induction.id, conclusion.cells())
    if not conclusion_problems(conclusion, max(today, conclusion.ends_on)):
        return Row(ExportKind.OUTCOMES, period.id, induction.id, conclusion.cells(), conclusion.ends_on)
    return _by_hand(period, f"Outcome {period.outcome.value}, {what}", problems)


def _by_hand(period: InductionPeriod, what: str, problems: list[str]) -> Row:
    person = period.induction.person
    cells = (person.trn or "", person.full_name, what, "; ".join(problems))
    return Row(ExportKind.BY_HAND, period.id, period.induction_id, cells)


def _extension_rows(session: Session) -> Iterable[Row]:
    """Only the body's own decision is reported, one at a time on the DfE's site."""
    found = session.execute(
        sa.select(Extension, Induction)
        .join(Induction, Extension.induction_id == Induction.id)
        .where(Extension.kind == ExtensionKind.DECISION, ~restricted(Extension.induction_id))
        .order_by(Extension.decided_on, Extension.id)
    )
    for extension, induction in found:
        terms = counted(one_decimal(extension.terms), "term") if extension.terms is not None else "an unknown number of terms"
        cells = (
            induction.person.trn or "",
            induction.person.full_name,
            f"Extension by {terms}",
            "Extensions cannot be uploaded",
        )
        yield Row(ExportKind.BY_HAND, extension.id, induction.id, cells)


_ENDS = ("induction_pass", "induction_fail", "induction_released", "induction_extended")


def _taken_back_rows(session: Session) -> Iterable[Row]:
    """What was taken back after the DfE had been told: nothing but a person can correct it there."""
    taken = session.scalars(
        sa.select(Event)
        .where(Event.kind.in_(("outcome_taken_back", "extension_taken_back")), ~restricted(Event.induction_id))
        .order_by(Event.happened_at, Event.id)
    )
    for event in taken:
        decided_at = session.scalar(
            sa.select(sa.func.max(Event.happened_at)).where(
                Event.induction_id == event.induction_id, Event.kind.in_(_ENDS), Event.happened_at <= event.happened_at
            )
        )
        told = (
            sa.select(ExportRow.id)
            .join(Export, ExportRow.export_id == Export.id)
            .where(ExportRow.induction_id == event.induction_id, Export.made_at.between(decided_at, event.happened_at))
        )
        induction = session.get(Induction, event.induction_id) if decided_at and session.scalar(told.limit(1)) else None
        if induction is not None:
            person, day = induction.person, spoken_date(local_day(event.happened_at))
            cells = (person.trn or "", person.full_name, f"Taken back on {day}: the outcome or extension told before")
            why = "It was entered wrongly, and the DfE may have been told: correct it there"
            yield Row(ExportKind.BY_HAND, event.id, induction.id, (*cells, why))


def _exported(session: Session) -> dict[tuple[uuid.UUID, ExportKind], set[str]]:
    """The digest of the latest row for each subject: going back to an earlier value is a change too."""
    latest: dict[tuple[uuid.UUID, ExportKind], set[str]] = {}
    newest: dict[tuple[uuid.UUID, ExportKind], datetime] = {}
    rows = session.execute(
        sa.select(ExportRow.subject_id, ExportRow.kind, ExportRow.digest, Export.made_at)
        .join(Export, ExportRow.export_id == Export.id)
        .order_by(Export.made_at)
    )
    for subject_id, kind, digest, made_at in rows:
        key = (subject_id, kind)
        if newest.get(key) != made_at:
            latest[key], newest[key] = set(), made_at
        latest[key].add(digest)
    return latest
