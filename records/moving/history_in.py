"""Carrying out the import of a history: all rows in one transaction, without a letter to anybody."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from records import marks
from records.events import Actor, Happening, record, record_all
from records.exports import dfe
from records.models.facts import ContactKind, PersonContact, Qualification, StatedFact, TrainingRecord
from records.models.imports import ImportRun
from records.models.inductions import (
    Absence,
    Assessment,
    Certainty,
    Extension,
    ExtensionKind,
    FteSpell,
    Induction,
    InductionPeriod,
    Outcome,
    Post,
    ProgrammeKind,
    Reduction,
    SignOff,
    SignOffHow,
)
from records.models.people import AddressKind, Membership, Person, PersonAddress, PersonName, Role
from records.models.schools import School
from records.moving.history import HistoryPlan, Terms, form_key, outcome_of
from records.moving.history_checks import required_terms
from records.moving.history_rows import Read
from records.moving.history_scheduled import expect_from_now_on
from records.moving.history_staff import ended
from records.moving.history_tables import Tables
from records.values import Wrong, counted, local_day, name_key

_STATED = ("trn", "first_name", "last_name", "date_of_birth", "qts_on", "qts_route", "qts_provider")
_SIGNED = {"ect": "ect_signed_on", "induction_tutor": "tutor_signed_on", "headteacher": "head_signed_on"}
_PROGRESS_EVERY = 250


@dataclass(frozen=True, slots=True)
class CameIn:
    """What an import did. `inductions` and `assessments` are by their ids there; papers are filed by them."""

    run: ImportRun
    inductions: Mapping[str, uuid.UUID]
    assessments: Mapping[str, uuid.UUID]


def carry_out(
    session: Session,
    plan: HistoryPlan,
    terms: Terms,
    actor: Actor,
    now: datetime,
    *,
    accept_doubts: bool = False,
    progress: Callable[[int], None] = lambda _done: None,
) -> CameIn:
    """Take in what a plan names. Raises `Wrong` while something is wrong with it, and then nothing has come in.

    Nobody is written to: what was due before today counts as not required, and the DfE knows of these inductions already.
    """
    if plan.errors or (plan.doubts and not accept_doubts):
        message = f"{counted(len(plan.errors), 'error')} and {counted(len(plan.doubts), 'doubt')} stand in the way"
        raise Wrong(message)
    run = ImportRun(
        id=uuid.uuid4(), kind="history", system=plan.columns.system, made_at=now, made_by=actor.id, counts=plan.counts()
    )
    session.add(run)
    session.flush()
    rows = _Rows(session, plan, terms, run, now)
    for number, ect in enumerate(plan.new, 1):
        rows.add(ect)
        if number % _PROGRESS_EVERY == 0:
            progress(number)
    rows.add_to_known()
    rows.write()
    record(session, "history_imported", run, actor, now, detail=plan.counts())
    detail = {"system": plan.columns.system}
    happened = [Happening(Induction.__tablename__, one, detail, one) for one in rows.inductions.values()]
    record_all(session, "ect_imported", happened, actor, now)
    expect_from_now_on(session, rows.open, actor, now)
    _already_told(session, set(rows.inductions.values()), actor, now)
    session.flush()
    return CameIn(run, {**plan.inductions, **rows.inductions}, rows.assessments)


class _Rows:
    """Turns what was read into rows."""

    def __init__(self, session: Session, plan: HistoryPlan, terms: Terms, run: ImportRun, now: datetime) -> None:
        self._session, self._plan, self._terms, self._run, self._now = session, plan, terms, run, now
        self._today = local_day(now)
        self._tables = Tables(run, now)
        self._schools: dict[str, uuid.UUID] = {}
        self._staff: dict[str | tuple[str, uuid.UUID], uuid.UUID] = {}
        self._places = _places_today(session, self._today)
        self.inductions: dict[str, uuid.UUID] = {}
        self.assessments: dict[str, uuid.UUID] = {}
        self.open: list[uuid.UUID] = []

    def add(self, row: Read) -> None:
        legacy_id = str(row.get("legacy_id"))
        person_id = self._person(row)
        induction_id = marks.of_legacy(self._terms.key, self._plan.columns.system, legacy_id)
        self.inductions[legacy_id] = induction_id
        self._tables.key("ect", legacy_id, person_id, induction_id, row.digest)
        self._induction(row, person_id, induction_id)
        self._periods(row, induction_id)
        self._post(row, person_id, induction_id)
        self._amounts(row, induction_id)
        self._forms(legacy_id, person_id, induction_id, row)

    def write(self) -> None:
        self._tables.write(self._session)

    def add_to_known(self) -> None:
        """New assessments of ECTs who came with an earlier import."""
        for legacy_id, rows in self._plan.forms.items():
            induction_id = self._plan.inductions.get(legacy_id)
            if induction_id is not None and rows:
                induction = self._session.get_one(Induction, induction_id)
                self._forms(legacy_id, induction.person_id, induction_id, None)

    def _person(self, row: Read) -> uuid.UUID:
        person_id = self._plan.people.get(row.line)
        if person_id is None:
            person_id = self._new_person(row)
        for key, kind in (("email", AddressKind.WORK), ("personal_email", AddressKind.PERSONAL)):
            if row.get(key) and (row.line, key) not in self._plan.matches.left_out:
                self._tables.put(PersonAddress, person_id=person_id, address=row.get(key), kind=kind)
        if row.get("telephone"):
            self._tables.fact(PersonContact, person_id=person_id, kind=ContactKind.MOBILE, value=row.get("telephone"))
        if row.get("qualification"):
            self._tables.fact(Qualification, person_id=person_id, title=row.get("qualification"))
        if row.get("former_name"):
            former = f"{row.get('first_name')} {row.get('former_name')}"
            self._tables.put(PersonName, person_id=person_id, full_name=former, name_key=name_key(former))
        for key in _STATED:
            if row.get(key):
                self._tables.fact(StatedFact, person_id=person_id, subject_id=person_id, name=key)
        return person_id

    def _new_person(self, row: Read) -> uuid.UUID:
        first, last = str(row.get("first_name")), str(row.get("last_name"))
        return self._tables.put(
            Person,
            first_name=first,
            last_name=last,
            first_key=name_key(first),
            last_key=name_key(last),
            trn=row.get("trn"),
            date_of_birth=row.get("date_of_birth"),
            ni_number=row.get("ni_number") if self._terms.keep_ni_numbers else None,
            qts_on=row.get("qts_on"),
            qts_route=row.get("qts_route"),
            qts_provider=row.get("qts_provider"),
            created_at=self._now,
        )

    def _induction(self, row: Read, person_id: uuid.UUID, induction_id: uuid.UUID) -> None:
        terms, stated = required_terms(row)
        outcome, completed = outcome_of(row), row.get("completed_on")
        if outcome is None and completed is None:
            self.open.append(induction_id)
        programme = ProgrammeKind(row.get("programme") or ProgrammeKind.UNKNOWN)
        self._tables.fact(
            Induction,
            Certainty.STATED if stated else Certainty.COMPUTED,
            id=induction_id,
            person_id=person_id,
            starts_on=row.get("starts_on"),
            required_terms=Decimal(terms) - (row.get("reduction_terms") or 0) + (row.get("extension_terms") or 0),
            completed_on=completed if outcome is not Outcome.RELEASE else None,
            outcome=outcome,
            outcome_on=(row.get("decided_on") or completed or row.get("left_on")) if outcome else None,
            programme=ProgrammeKind.BEFORE_2021 if terms == 3 else programme,
            legacy_id=row.get("legacy_id"),
        )
        if any(row.get(key) for key in ("lead_provider", "delivery_partner", "training_completed_on")):
            self._tables.fact(
                TrainingRecord,
                induction_id=induction_id,
                programme=programme,
                lead_provider=row.get("lead_provider"),
                delivery_partner=row.get("delivery_partner"),
                completed_on=row.get("training_completed_on"),
            )

    def _periods(self, row: Read, induction_id: uuid.UUID) -> None:
        if row.get("previous_body") or row.get("previous_starts_on"):
            self._earlier_period(row, induction_id)
        last = ended(row)
        served = row.get("terms_served") if last else None
        self._tables.fact(
            InductionPeriod,
            Certainty.UNKNOWN if last and served is None else Certainty.STATED,
            induction_id=induction_id,
            starts_on=row.get("starts_on"),
            ends_on=last,
            terms=served,
            outcome=outcome_of(row),
        )

    def _earlier_period(self, row: Read, induction_id: uuid.UUID) -> None:
        """Time elsewhere. Where its days are not told, it ends on the day before this one and says that it is unknown."""
        before = date.fromordinal(row.get("starts_on").toordinal() - 1)
        known = bool(row.get("previous_starts_on") and row.get("previous_ends_on") and row.get("previous_terms") is not None)
        ends_on = row.get("previous_ends_on") or before
        self._tables.fact(
            InductionPeriod,
            Certainty.STATED if known else Certainty.UNKNOWN,
            induction_id=induction_id,
            body_name=row.get("previous_body") or "Not known",
            starts_on=row.get("previous_starts_on") or ends_on,
            ends_on=ends_on,
            terms=row.get("previous_terms"),
            outcome=Outcome.RELEASE,
            papers_held=False,
        )

    def _post(self, row: Read, person_id: uuid.UUID, induction_id: uuid.UUID) -> None:
        school_id = self._school(row)
        starts_on, last = row.get("post_starts_on") or row.get("starts_on"), ended(row)
        runs = last is None
        post_id = self._tables.fact(
            Post,
            induction_id=induction_id,
            school_id=school_id,
            employer=row.get("employer"),
            contract=row.get("contract") or "unknown",
            contract_ends_on=row.get("contract_ends_on"),
            starts_on=starts_on,
            ends_on=max(last, starts_on) if last else None,
            tutor_id=self._colleague(row, "tutor", school_id) if runs else None,
            mentor_id=self._colleague(row, "mentor", school_id) if runs else None,
        )
        share = row.get("fte")
        certainty = Certainty.STATED if share else Certainty.UNKNOWN
        self._tables.fact(FteSpell, certainty, post_id=post_id, starts_on=starts_on, fte=share or Decimal(1))
        self._tables.put(Membership, person_id=person_id, school_id=school_id, role=Role.ECT, since=starts_on, until=last)

    def _school(self, row: Read) -> uuid.UUID:
        known = self._plan.schools.get(row.line)
        if known is not None:
            return known
        name = self._plan.new_schools[row.line]
        key = name_key(name)
        if key not in self._schools:
            urn = row.get("school_urn")
            self._schools[key] = self._tables.put(
                School,
                name=name,
                name_key=key,
                urn=urn,
                dfe_number=row.get("school_dfe_number"),
                created_at=self._now,
            )
        return self._schools[key]

    def _colleague(self, row: Read, which: str, school_id: uuid.UUID) -> uuid.UUID | None:
        """A tutor or mentor of a running post: whom the plan found on record, or somebody new. Nobody where it doubts."""
        name, address = row.get(f"{which}_name"), row.get(f"{which}_email")
        if not name or (row.line, which) in self._plan.matches.left_out:
            return None
        person_id = self._plan.matches.known.get((row.line, which))
        if person_id is None:
            key = address or (name_key(name), school_id)
            if key not in self._staff:
                self._staff[key] = self._new_colleague(name, address)
            person_id = self._staff[key]
        place = (person_id, school_id, Role.INDUCTION_TUTOR if which == "tutor" else Role.MENTOR)
        if place not in self._places:
            self._places.add(place)
            self._tables.put(Membership, person_id=person_id, school_id=school_id, role=place[2], since=self._today)
        return person_id

    def _new_colleague(self, name: str, address: str | None) -> uuid.UUID:
        first, _space, last = name.rpartition(" ")
        person_id = self._tables.put(
            Person,
            first_name=first,
            last_name=last,
            first_key=name_key(first),
            last_key=name_key(last),
            trn=None,
            date_of_birth=None,
            ni_number=None,
            qts_on=None,
            qts_route=None,
            qts_provider=None,
            created_at=self._now,
        )
        if address:
            self._tables.put(PersonAddress, person_id=person_id, address=address, kind=AddressKind.WORK)
        return person_id

    def _amounts(self, row: Read, induction_id: uuid.UUID) -> None:
        if row.get("days_absent"):
            self._tables.fact(Absence, induction_id=induction_id, days=row.get("days_absent"))
        if row.get("reduction_terms"):
            self._tables.fact(Reduction, induction_id=induction_id, terms=row.get("reduction_terms"))
        if row.get("extension_terms"):
            kind = ExtensionKind.DECISION
            self._tables.fact(Extension, induction_id=induction_id, kind=kind, terms=row.get("extension_terms"))

    def _forms(self, legacy_id: str, person_id: uuid.UUID, induction_id: uuid.UUID, ect: Read | None) -> None:
        rows = sorted(self._plan.forms.get(legacy_id, ()), key=lambda one: one.get("period_end"))
        points = _points(rows, ect)
        for row in rows:
            self._form(row, points.get(row.line), legacy_id, person_id, induction_id)

    def _form(self, row: Read, point: str | None, legacy_id: str, person_id: uuid.UUID, induction_id: uuid.UUID) -> None:
        on_track = {"true": True, "false": False}.get(row.get("on_track") or "")
        came = row.get("received_on") or row.get("period_end")
        values = {
            key: _spelt(value) for key, value in row.values.items() if value is not None and key not in {"ect_id", "file"}
        }
        assessment_id = self._tables.fact(
            Assessment,
            induction_id=induction_id,
            kind=row.get("kind"),
            point=point,
            due_on=row.get("period_end"),
            period_start=row.get("period_start"),
            period_end=row.get("period_end"),
            accepted_at=datetime.combine(came, time(12), UTC),
            received_on=row.get("received_on"),
            terms_completed=row.get("terms_completed"),
            days_served=row.get("days_served"),
            days_absent=row.get("days_absent"),
            on_track=on_track,
            judgement=row.get("judgement"),
            values=values,
        )
        for role, key in _SIGNED.items():
            if row.get(key):
                self._tables.put(SignOff, assessment_id=assessment_id, role=role, how=SignOffHow.SIGNED, signed_on=row.get(key))
        name = form_key(row, legacy_id)
        self.assessments[name] = assessment_id
        self._tables.key("assessment", name, person_id, assessment_id, row.digest)


def _places_today(session: Session, today: date) -> set[tuple[uuid.UUID, uuid.UUID | None, Role]]:
    """Who has which role where today, so that no role is given twice."""
    running = (
        sa.or_(Membership.since.is_(None), Membership.since <= today),
        sa.or_(Membership.until.is_(None), Membership.until >= today),
    )
    chosen = sa.select(Membership.person_id, Membership.school_id, Membership.role).where(*running)
    return {(person_id, school_id, role) for person_id, school_id, role in session.execute(chosen)}


def _points(rows: Sequence[Read], ect: Read | None) -> dict[int, str | None]:
    """Which formal assessment each is: as told, else by its place among those of the ECT."""
    formal = [row for row in rows if row.get("kind") == "formal_assessment"]
    names = ["first", "second", "final"] if ect is not None and required_terms(ect)[0] == 3 else ["first", "final"]
    counted = {row.line: names[place] if place < len(names) else None for place, row in enumerate(formal)}
    found: dict[int, str | None] = {}
    for row in rows:
        told = row.get("point")
        if row.get("kind") == "interim_assessment":
            found[row.line] = "interim"
        elif row.get("kind") == "formal_assessment":
            # The second of two is the final one, whatever the export calls it.
            last = told == names[-1] or (told == "second" and len(names) == 2)
            found[row.line] = "final" if last else told or (counted[row.line] if ect is not None else None)
    return found


def _spelt(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _already_told(session: Session, inductions: set[uuid.UUID], actor: Actor, now: datetime) -> None:
    """What the other system told the DfE is not offered again until it changes."""
    told = dfe.to_tell(session, local_day(now))
    mine = {
        name: tuple(row for row in getattr(told, name) if row.induction_id in inductions)
        for name in ("claims", "outcomes", "by_hand")
    }
    if any(mine.values()):
        dfe.note_exported(session, replace(told, **mine), actor, now)
