"""What is true at the moment of sending, as the record has it."""

import uuid
from datetime import UTC, date, datetime

import pytest

from notifications import circumstances
from notifications.kinds import OUTCOME, RECEIPT, SET_UP_LINK, NoticeKind
from notifications.policy import Circumstances
from records import people, schools
from records.db import Database
from records.models.people import Person, Role
from records.notices import ask

NOON = datetime(2026, 6, 4, 12, 0, tzinfo=UTC)
ANN = "ann@hillside.example"


def of(database: Database, kind: NoticeKind, to: str = ANN) -> Circumstances:
    with database.writing() as session:
        notice = ask(session, kind=kind.name, key=str(uuid.uuid4()), to_address=to, now=NOON)
        return circumstances.of(session, notice, kind, NOON)


def person(database: Database, role: Role, since: date, until: date | None = None, *, at_school: bool = True) -> Person:
    with database.writing() as session:
        school = schools.register_school(session, name="Hillside School", now=NOON) if at_school else None
        ann = people.register_person(session, first_name="Ann", last_name="Other", now=NOON, address=ANN)
        people.add_membership(session, ann, school, role, since).until = until
    return ann


@pytest.mark.parametrize(
    ("since", "until", "registered"),
    [
        (date(2026, 6, 4), None, True),
        (date(2026, 6, 5), None, False),
        (date(2025, 9, 1), date(2026, 6, 4), True),
        (date(2025, 9, 1), date(2026, 6, 3), False),
    ],
)
def test_a_person_s_address_counts_while_they_are_at_the_school(
    database: Database, since: date, until: date | None, registered: bool
) -> None:
    person(database, Role.INDUCTION_TUTOR, since, until)
    assert of(database, RECEIPT).registered is registered


def test_letters_for_staff_go_to_staff_and_letters_for_schools_do_not(database: Database) -> None:
    person(database, Role.ASSESSOR, date(2026, 1, 1), at_school=False)
    assert of(database, SET_UP_LINK).registered
    assert not of(database, RECEIPT).registered


def test_a_letter_for_staff_does_not_go_to_a_school(database: Database) -> None:
    person(database, Role.INDUCTION_TUTOR, date(2026, 1, 1))
    assert not of(database, SET_UP_LINK).registered


def test_a_notice_about_somebody_reaches_them_after_their_post_and_nobody_else(database: Database) -> None:
    ann = person(database, Role.ECT, date(2025, 9, 1), date(2026, 6, 3))
    with database.writing() as session:
        told, copied = (
            ask(
                session,
                kind=OUTCOME.name,
                key=key,
                to_address=ANN,
                now=NOON,
                about_person_id=ann.id,
                to_person_id=ann.id if key == "told" else None,
            )
            for key in ("told", "copied")
        )
        assert circumstances.of(session, told, OUTCOME, NOON).registered
        assert not circumstances.of(session, copied, OUTCOME, NOON).registered
