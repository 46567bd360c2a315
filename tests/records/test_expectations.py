"""What is expected stays in step with the facts."""

import uuid
from datetime import date
from decimal import Decimal

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from records import outcomes
from records.courses import summed_spells
from records.db import Database
from records.expectations import import_terms, reschedule
from records.models.events import Event, EventDetail
from records.models.inductions import Absence, Assessment, AssessmentKind, AssessmentPoint, FteSpell, Induction, Post, Source
from records.models.schools import CalendarTerm, SchoolLink, SchoolLinkKind
from records.owed import owed
from records.values import Wrong
from tests.support.builders import LATER, MACHINE, NOW, a_school, an_administrator, an_ect

REVIEW = AssessmentKind.PROGRESS_REVIEW
CALENDAR = """name,starts_on,ends_on,review_due_on,school_urn
Autumn 2025,2025-09-01,2025-12-19,2025-12-05,
Spring 2026,2026-01-05,2026-03-27,,
Summer 2026,2026-04-13,2026-07-20,,
"""


def _due(session: Session) -> list[tuple[int | None, date | None]]:
    rows = session.scalars(sa.select(Assessment).where(Assessment.not_required.is_(None)).order_by(Assessment.due_on))
    return [(row.sequence, row.due_on) for row in rows]


def _open(induction: Induction) -> list[Assessment]:
    """What is expected and has not come."""
    return [one for one in induction.assessments if one.accepted_at is None and one.not_required is None]


def test_importing_a_calendar_says_what_every_ect_owes(database: Database) -> None:
    with database.writing() as session:
        an_ect(session)
        assert import_terms(session, CALENDAR, MACHINE, NOW) == 3
        assert _due(session) == [(1, date(2025, 12, 5)), (2, date(2026, 3, 27)), (3, date(2026, 7, 20))]
        import_terms(session, CALENDAR.replace("2025-12-05", "2025-12-12"), MACHINE, LATER)
        assert _due(session)[0] == (1, date(2025, 12, 12))
        assert session.scalar(sa.select(sa.func.count()).select_from(CalendarTerm)) == 3


def test_a_bad_calendar_is_refused_whole_with_every_line_named(sqlite: Database) -> None:
    with sqlite.writing() as session:
        with pytest.raises(Wrong) as problem:
            import_terms(session, CALENDAR + "Odd,2026-09-01,31/12/2026,,\nBack,2026-09-01,2026-01-01,,999999\n", MACHINE, NOW)
        assert str(problem.value).splitlines() == [
            "Line 5: dates must be written like 2026-03-27",
            "Line 6: the term must end after it starts",
            "Line 6: no school has the URN 999999",
        ]
        assert session.scalar(sa.select(sa.func.count()).select_from(CalendarTerm)) == 0


def test_a_schools_own_terms_go_before_the_bodys_for_that_year(sqlite: Database) -> None:
    with sqlite.writing() as session:
        school = a_school(session)
        an_ect(session, school)
        import_terms(session, CALENDAR, MACHINE, NOW)
        own = "name,starts_on,ends_on,review_due_on,school_urn\n"
        own += f"A,2025-09-03,2025-12-17,2025-12-10,{school.urn}\nB,2026-01-07,2026-07-22,,{school.urn}\n"
        import_terms(session, own, MACHINE, NOW)
        assert _due(session) == [(1, date(2025, 12, 10)), (2, date(2026, 7, 22))]


def test_what_was_accepted_stays_and_the_rest_moves(database: Database) -> None:
    with database.writing() as session:
        induction = an_ect(session)
        import_terms(session, CALENDAR, MACHINE, NOW)
        first = induction.assessments[0]
        first.accepted_at = NOW
        spell = induction.posts[0].spells[0]
        spell.fte = Decimal("0.5")
        session.flush()
        reschedule(session, induction, MACHINE, LATER)
        assert [(one.sequence, one.kind) for one in _open(induction)] == [(2, REVIEW), (3, REVIEW)]
        assert first.due_on == date(2025, 12, 5)


def test_rescheduling_twice_changes_nothing(sqlite: Database) -> None:
    with sqlite.writing() as session:
        induction = an_ect(session)
        import_terms(session, CALENDAR, MACHINE, NOW)
        before = [(one.id, one.due_on) for one in _open(induction)]
        assert len(before) == 3
        assert reschedule(session, induction, MACHINE, LATER) == 0
        assert [(one.id, one.due_on) for one in _open(induction)] == before


def test_only_the_interim_assessment_is_expected_of_one_who_has_left(sqlite: Database) -> None:
    with sqlite.writing() as session:
        induction = an_ect(session)
        import_terms(session, CALENDAR, MACHINE, NOW)
        session.refresh(induction)
        outcomes.release(session, induction, on=date(2026, 3, 20), terms=Decimal(2), actor=an_administrator(session), now=NOW)
        reschedule(session, induction, MACHINE, LATER)
        assert [(one.kind, one.due_on) for one in _open(induction)] == [(AssessmentKind.INTERIM_ASSESSMENT, date(2026, 3, 20))]
        assert [one.kind for one in owed(session, date(2026, 3, 30))] == [AssessmentKind.INTERIM_ASSESSMENT]


def test_a_trusts_terms_go_before_the_bodys_and_the_schools_own_before_both(sqlite: Database) -> None:
    with sqlite.writing() as session:
        school, trust = a_school(session), a_school(session, "Northmere Trust", "office@trust.example")
        session.add(SchoolLink(id=uuid.uuid4(), from_id=school.id, to_id=trust.id, kind=SchoolLinkKind.TRUST))
        an_ect(session, school)
        import_terms(session, CALENDAR, MACHINE, NOW)
        header = "name,starts_on,ends_on,review_due_on,school_urn\n"
        import_terms(session, f"{header}T,2025-09-02,2026-07-17,2026-07-10,{trust.urn}\n", MACHINE, NOW)
        assert _due(session) == [(1, date(2026, 7, 10))]
        import_terms(session, f"{header}S,2025-09-03,2026-07-18,2026-07-11,{school.urn}\n", MACHINE, NOW)
        assert _due(session) == [(1, date(2026, 7, 11))]


def test_a_final_assessment_is_asked_for_anew_after_an_extension(sqlite: Database) -> None:
    with sqlite.writing() as session:
        induction = an_ect(session)
        induction.required_terms = Decimal(1)
        import_terms(session, CALENDAR, MACHINE, NOW)
        session.refresh(induction)
        final = induction.assessments[0]
        assert final.point is AssessmentPoint.FINAL
        final.accepted_at, final.received_on = NOW, date(2026, 3, 30)
        session.flush()
        reschedule(session, induction, MACHINE, LATER)
        assert _open(induction) == []
        outcomes.extend(session, induction, terms=Decimal(1), actor=an_administrator(session), now=LATER)
        reschedule(session, induction, MACHINE, LATER)
        again = [one for one in _open(induction) if one.point is AssessmentPoint.FINAL]
        assert [(one.sequence, one.id != final.id) for one in again] == [(2, True)]


def test_concurrent_posts_add_up_between_their_dates(sqlite: Database) -> None:
    with sqlite.writing() as session:
        induction = an_ect(session)
        induction.posts[0].spells[0].fte = Decimal("0.6")
        other = Post(
            induction_id=induction.id,
            school_id=a_school(session, "Other", "o@o.example").id,
            starts_on=date(2026, 1, 5),
            ends_on=date(2026, 3, 27),
            lead=False,
            source=Source.PERSON,
            recorded_at=NOW,
        )
        session.add(other)
        session.flush()
        session.add(
            FteSpell(post_id=other.id, starts_on=date(2026, 1, 5), fte=Decimal("0.4"), source=Source.PERSON, recorded_at=NOW)
        )
        session.flush()
        session.expire_all()
        assert [(spell.starts_on, spell.fte) for spell in summed_spells(induction.posts)] == [
            (date(2025, 9, 1), Decimal("0.6")),
            (date(2026, 1, 5), Decimal("1.0")),
            (date(2026, 3, 28), Decimal("0.6")),
        ]


def test_a_moved_expectation_shows_in_what_the_session_holds(database: Database) -> None:
    with database.writing() as session:
        induction = an_ect(session)
        import_terms(session, CALENDAR, MACHINE, NOW)
        held = _open(induction)
        session.execute(sa.update(CalendarTerm).values(review_due_on=CalendarTerm.ends_on))
        assert reschedule(session, induction, MACHINE, LATER) == 1
        assert held[0].due_on == date(2025, 12, 19)
        session.execute(sa.delete(CalendarTerm).where(CalendarTerm.starts_on > date(2026, 4, 1)))
        assert reschedule(session, induction, MACHINE, LATER) == 1
        assert [one.not_required is None for one in held] == [True, True, False]
        assert _open(induction) == held[:2]


def test_everybody_is_planned_by_their_own_facts_and_told_of_in_their_own_history(database: Database) -> None:
    with database.writing() as session:
        school = a_school(session)
        plain, away, reduced = (an_ect(session, school, trn=trn) for trn in ("1111111", "2222222", "3333333"))
        session.add(
            Absence(induction_id=away.id, starts_on=date(2025, 12, 1), days=Decimal(5), source=Source.PERSON, recorded_at=NOW)
        )
        reduced.required_terms = Decimal(1)
        import_terms(session, CALENDAR, MACHINE, NOW)
        assert [one.due_on for one in _open(plain)] == [date(2025, 12, 5), date(2026, 3, 27), date(2026, 7, 20)]
        assert _open(away) == []
        assert [(one.kind, one.due_on) for one in _open(reduced)] == [(AssessmentKind.FORMAL_ASSESSMENT, date(2025, 12, 5))]
        told = sa.select(Event.induction_id, EventDetail.detail).join(EventDetail).where(Event.kind == "rescheduled")
        assert {row.induction_id: row.detail for row in session.execute(told)} == {
            plain.id: {"changed": 3},
            reduced.id: {"changed": 1},
        }
