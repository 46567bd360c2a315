"""What people enter and correct about an induction: what must hold, what follows from it, and what history keeps."""

import uuid
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from records import entries
from records.db import Database
from records.entry_forms import FORMS, Entry
from records.expectations import import_terms
from records.models.events import Event, EventDetail
from records.models.inductions import (
    Absence,
    Assessment,
    AssessmentKind,
    AssessmentPoint,
    Extension,
    ExtensionKind,
    Induction,
    Outcome,
    Source,
)
from records.models.people import Membership, Role
from records.standing import standing_of
from tests.support.builders import LATER, MACHINE, NOW, a_school, an_administrator, an_ect

TODAY = date(2026, 3, 30)
CALENDAR = "name,starts_on,ends_on,review_due_on,school_urn\n" + "".join(
    f"A,{year}-09-01,{year}-12-19,,\nS,{year + 1}-01-05,{year + 1}-03-27,,\nU,{year + 1}-04-13,{year + 1}-07-20,,\n"
    for year in (2025, 2026, 2027, 2028)
)
ABSENT = {"kind": "ordinary", "starts_on": "2025-10-06", "ends_on": "2025-11-14", "days": "29.5"}
LEAVE = {"days": "65", "part": "1", "decided_on": "2026-03-01"}
REDUCTION = {"terms": "2", "decided_on": "2026-03-01", "consent_on": "2026-02-20"}
ELSEWHERE = {
    "body_name": "Another Hub",
    "starts_on": "2024-09-01",
    "ends_on": "2025-07-20",
    "terms": "2.9",
    "papers_held": "true",
}


def enter(session: Session, induction: Induction, entry: Entry, **written: str) -> Any:
    return entries.add(session, induction, FORMS[entry], written, an_administrator(session, uuid.uuid4().hex), LATER)


def refused(session: Session, induction: Induction, entry: Entry, **written: str) -> dict[str, str]:
    with pytest.raises(entries.Refused) as refusal:
        enter(session, induction, entry, **written)
    return refusal.value.faults


def details(session: Session, kind: str) -> list[dict[str, Any]]:
    found = session.scalars(sa.select(Event).where(Event.kind == kind))
    return [session.get_one(EventDetail, event.id).detail for event in found]


def due(session: Session, induction: Induction) -> dict[AssessmentPoint | None, date | None]:
    session.refresh(induction, ["assessments"])
    formal = [one for one in induction.assessments if one.kind is AssessmentKind.FORMAL_ASSESSMENT and not one.not_required]
    return {one.point: one.due_on for one in formal}


def test_thirty_days_in_a_part_extend_that_part_by_all_of_them(database: Database) -> None:
    with database.writing() as session:
        induction = an_ect(session)
        import_terms(session, CALENDAR, MACHINE, NOW)
        enter(session, induction, Entry.ABSENCE, **ABSENT)
        assert (induction.required_terms, induction.extensions) == (Decimal(6), [])
        before = due(session, induction)
        enter(session, induction, Entry.ABSENCE, kind="ordinary", starts_on="2026-01-12", ends_on="2026-01-12", days="0.5")
        [extension] = induction.extensions
        assert (extension.kind, extension.part, extension.days, extension.source) == (
            ExtensionKind.ABSENCE,
            1,
            Decimal(30),
            Source.RULE,
        )
        # 30 of the 65 days of a term.
        assert induction.required_terms == Decimal("6.462")
        assert before == {AssessmentPoint.FIRST: date(2026, 7, 20), AssessmentPoint.FINAL: date(2027, 7, 20)}
        assert due(session, induction) == {AssessmentPoint.FIRST: date(2026, 12, 19), AssessmentPoint.FINAL: date(2027, 12, 19)}


def test_absences_of_the_two_parts_are_not_added_together(sqlite: Database) -> None:
    with sqlite.writing() as session:
        induction = an_ect(session)
        enter(session, induction, Entry.ABSENCE, kind="ordinary", days="20", part="1")
        enter(session, induction, Entry.ABSENCE, kind="ordinary", days="20", part="2")
        assert (induction.extensions, induction.required_terms) == ([], Decimal(6))


def test_statutory_leave_never_counts_and_extends_only_where_it_was_asked_for(sqlite: Database) -> None:
    with sqlite.writing() as session:
        induction = an_ect(session)
        enter(session, induction, Entry.ABSENCE, kind="statutory_leave", days="60", part="1")
        enter(session, induction, Entry.ABSENCE, kind="ordinary", days="29", part="1")
        assert induction.required_terms == Decimal(6)
        enter(session, induction, Entry.LEAVE, **LEAVE)
        assert induction.required_terms == Decimal(7)
        assert any("3.7" in line for line in standing_of(session, induction, TODAY).lengths)


def test_correcting_an_absence_takes_its_extension_along_and_keeps_before_after_and_why(database: Database) -> None:
    with database.writing() as session:
        induction, actor = an_ect(session), an_administrator(session)
        row = enter(session, induction, Entry.ABSENCE, kind="ordinary", days="40", part="1", health_note="a private word")
        assert induction.required_terms == Decimal("6.615")
        written = {"kind": "ordinary", "days": "4", "part": "1", "health_note": "another private word"}
        entries.correct(session, induction, row, written, "A slip of the pen", actor, LATER)
        assert (induction.required_terms, induction.extensions) == (Decimal(6), [])
        [told] = details(session, "absence_corrected")
        assert told["changes"]["days"] == ["40", "4"]
        assert told["why"] == "A slip of the pen"
        assert "private" not in str([*details(session, "absence_entered"), told])
        with pytest.raises(entries.Refused, match="why"):
            entries.correct(session, induction, row, {**written, "days": "5"}, " ", actor, LATER)


def test_an_entry_is_taken_back_with_a_reason_and_everything_that_followed_from_it(sqlite: Database) -> None:
    with sqlite.writing() as session:
        induction, actor = an_ect(session), an_administrator(session)
        row = enter(session, induction, Entry.ABSENCE, kind="ordinary", days="40", part="1")
        entries.withdraw(session, induction, row, "It was somebody else", actor, LATER)
        assert session.scalar(sa.select(sa.func.count()).select_from(Absence)) == 0
        assert session.scalar(sa.select(sa.func.count()).select_from(Extension)) == 0
        assert induction.required_terms == Decimal(6)
        assert details(session, "absence_withdrawn")[0]["changes"]["days"] == ["40", None]


def test_a_reduction_needs_consent_and_leaves_a_term_at_least(sqlite: Database) -> None:
    with sqlite.writing() as session:
        induction = an_ect(session)
        assert "consent_on" in refused(session, induction, Entry.REDUCTION, **{**REDUCTION, "consent_on": ""})
        session.rollback()
    with sqlite.writing() as session:
        induction = an_ect(session)
        enter(session, induction, Entry.REDUCTION, **REDUCTION)
        assert induction.required_terms == Decimal(4)
        assert "3.2" in refused(session, induction, Entry.REDUCTION, **{**REDUCTION, "terms": "3.5"})["terms"]


def test_a_second_post_adds_its_hours_and_gives_access_for_its_days(database: Database) -> None:
    with database.writing() as session:
        induction = an_ect(session)
        other = a_school(session, "Otherby School", "office@otherby.example")
        induction.posts[0].spells[0].fte = Decimal("0.6")
        written = {
            "school": other.urn or "",
            "starts_on": "2026-01-05",
            "fte": "0.4",
            "contract": "fixed_term",
            "lead": "false",
        }
        row = enter(session, induction, Entry.POST, **written, contract_ends_on="2026-07-31")
        assert row.spells[0].fte == Decimal("0.4")
        membership = session.scalars(sa.select(Membership).where(Membership.school_id == other.id)).one()
        assert (membership.role, membership.since, membership.until) == (Role.ECT, date(2026, 1, 5), None)
        actor = an_administrator(session)
        entries.correct(session, induction, row, {**written, "ends_on": "2026-03-20"}, "The contract ended", actor, LATER)
        assert membership.until == date(2026, 3, 20)


def test_a_post_that_ends_asks_for_an_interim_assessment(sqlite: Database) -> None:
    with sqlite.writing() as session:
        induction, actor = an_ect(session), an_administrator(session)
        import_terms(session, CALENDAR, MACHINE, NOW)
        written = {**entries.written_of(induction.posts[0]), "ends_on": "2026-03-20"}
        texts = {key: text or "" for key, text in written.items()}
        entries.correct(session, induction, induction.posts[0], texts, "Leaves", actor, LATER)
        kinds = session.scalars(sa.select(Assessment.kind).where(Assessment.not_required.is_(None))).all()
        assert AssessmentKind.INTERIM_ASSESSMENT in kinds
        assert AssessmentKind.FORMAL_ASSESSMENT not in kinds


def test_a_change_of_hours_moves_what_is_due(sqlite: Database) -> None:
    with sqlite.writing() as session:
        induction = an_ect(session)
        import_terms(session, CALENDAR, MACHINE, NOW)
        enter(session, induction, Entry.HOURS, post=str(induction.posts[0].id), starts_on="2026-01-05", fte="50%")
        assert due(session, induction)[AssessmentPoint.FIRST] == date(2027, 3, 27)


def test_a_period_elsewhere_counts_and_is_due_for_nothing_twice(database: Database) -> None:
    with database.writing() as session:
        induction = an_ect(session)
        import_terms(session, CALENDAR, MACHINE, NOW)
        enter(session, induction, Entry.PERIOD, **{**ELSEWHERE, "terms": "3"})
        assert (induction.starts_on, due(session, induction)) == (
            date(2024, 9, 1),
            {AssessmentPoint.FINAL: date(2026, 7, 20)},
        )
        standing = standing_of(session, induction, TODAY)
        assert (standing.account.served, standing.account.remaining) == (Decimal(5), Decimal(1))


def test_terms_that_nobody_knows_are_said_to_be_unknown(sqlite: Database) -> None:
    with sqlite.writing() as session:
        induction = an_ect(session)
        enter(session, induction, Entry.PERIOD, **{**ELSEWHERE, "terms": "", "papers_held": "false"})
        assert standing_of(session, induction, TODAY).unknown == ("Another Hub",)


@pytest.mark.parametrize(
    ("entry", "written", "field"),
    [
        (Entry.ABSENCE, {**ABSENT, "starts_on": "2026-02-31"}, "starts_on"),
        (Entry.ABSENCE, {**ABSENT, "starts_on": "1899-01-01"}, "starts_on"),
        (Entry.ABSENCE, {**ABSENT, "days": "29,5"}, "days"),
        (Entry.ABSENCE, {**ABSENT, "days": "3.3"}, "days"),
        (Entry.ABSENCE, {**ABSENT, "days": "60"}, "days"),
        (Entry.ABSENCE, {**ABSENT, "ends_on": "2025-09-30"}, "ends_on"),
        (Entry.ABSENCE, {"kind": "ordinary", "days": "3"}, "starts_on"),
        (Entry.ABSENCE, {**ABSENT, "kind": "holiday"}, "kind"),
        (Entry.LEAVE, {**LEAVE, "decided_on": "2027-01-01"}, "decided_on"),
        (Entry.LEAVE, {**LEAVE, "part": "3"}, "part"),
        (Entry.REDUCTION, {**REDUCTION, "terms": "0"}, "terms"),
        (Entry.POST, {"school": "No such school", "starts_on": "2026-01-05", "fte": "0.4", "contract": "unknown", "lead": "false"}, "school"),
        (Entry.POST, {"school": "Harrowgill Primary School", "starts_on": "2026-01-05", "fte": "0.4", "contract": "unknown", "lead": "false"}, "school"),
        (Entry.HOURS, {"post": "nobody", "starts_on": "2026-01-05", "fte": "0.4"}, "post"),
        (Entry.HOURS, {"post": "", "starts_on": "2026-01-05", "fte": "0.4"}, "post"),
        (Entry.PERIOD, {**ELSEWHERE, "ends_on": "2025-09-01"}, "starts_on"),
        (Entry.PERIOD, {**ELSEWHERE, "ends_on": ""}, "ends_on"),
        (Entry.PERIOD, {**ELSEWHERE, "ends_on": "2024-08-01"}, "ends_on"),
        (Entry.PERIOD, {**ELSEWHERE, "terms": "17"}, "starts_on"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_at_its_field(database: Database, entry: Entry, written: dict[str, str], field: str) -> None:
    with database.writing() as session:
        induction = an_ect(session)
        assert field in refused(session, induction, entry, **written)
        session.rollback()


def test_more_than_full_time_is_refused(sqlite: Database) -> None:
    with sqlite.writing() as session:
        induction = an_ect(session)
        other = a_school(session, "Otherby School", "office@otherby.example")
        written = {"school": other.name, "starts_on": "2026-01-05", "fte": "0.2", "contract": "unknown", "lead": "false"}
        assert "more than full time" in refused(session, induction, Entry.POST, **written)["starts_on"]
        session.rollback()


def test_nothing_is_entered_after_the_outcome(sqlite: Database) -> None:
    with sqlite.writing() as session:
        induction = an_ect(session)
        induction.outcome, induction.completed_on = Outcome.PASS, date(2026, 3, 27)
        session.flush()
        assert "outcome" in refused(session, induction, Entry.ABSENCE, **ABSENT)[""]


def test_the_only_post_and_its_only_hours_stay(sqlite: Database) -> None:
    with sqlite.writing() as session:
        induction, actor = an_ect(session), an_administrator(session)
        for row in (induction.posts[0], induction.posts[0].spells[0], induction.periods[0]):
            with pytest.raises(entries.Refused):
                entries.withdraw(session, induction, row, "A mistake", actor, LATER)
