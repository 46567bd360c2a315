"""A school year by a fake clock: what is planned each day is what is sent, never after the form, never twice."""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from notifications import reminders
from notifications.compose import Letterhead
from notifications.delivery import Outbox, OutboxSettings
from notifications.letters import Letter
from notifications.postman import Sent
from records import decisions, inductions, people
from records.blobs import FolderBlobs
from records.db import Database
from records.events import Actor
from records.expectations import import_terms
from records.models.inductions import Assessment, Induction
from records.models.notices import Notice
from records.models.people import Role
from records.models.post import StoredMessage
from records.models.submissions import Submission
from records.owed import owed as owed_on
from records.states import NoticeState, SubmissionState
from records.submissions import Draft, DraftValue, draft
from scheduler.jobs import Workplace, jobs
from scheduler.runner import Runner
from scheduler.timetable import TIMETABLE
from tests.support.builders import MACHINE, a_message, a_paper, a_school, an_administrator

FIRST, LAST = date(2025, 9, 1), date(2026, 8, 31)
CALENDAR = """name,starts_on,ends_on,review_due_on,school_urn
Autumn,2025-09-01,2025-12-19,2025-12-05,
Spring,2026-01-05,2026-03-30,,
Summer,2026-04-13,2026-07-20,2026-06-26,
"""
"""The spring term ends the day after the clocks go forward; reminders about autumn run across the day they go back."""


@dataclass
class Year:
    """The world outside: a clock, a postbag, and schools that send forms when they like."""

    database: Database
    now: datetime = datetime(2025, 9, 1, tzinfo=UTC)
    letters: list[Letter] = field(default_factory=list)

    def clock(self) -> datetime:
        return self.now

    def send(self, letter: Letter) -> Sent:
        self.letters.append(letter)
        return Sent("250 taken")


def _populate(year: Year, ects: int) -> Actor:
    with year.database.writing() as session:
        actor = an_administrator(session)
        for number in range(ects):
            if number % 5 == 0:
                school = a_school(session, f"School {number}", f"office{number}@school.example")
                tutor, lead, head = (
                    people.register_person(
                        session, first_name=part, last_name=f"P{number}", address=f"{part}{number}@school.example", now=year.now
                    )
                    for part in ("tutor", "lead", "head")
                )
                people.add_membership(session, lead, school, Role.INDUCTION_COORDINATOR)
                people.add_membership(session, head, school, Role.HEADTEACHER)
            person = people.register_person(
                session,
                first_name=f"Ect{number}",
                last_name="Quillfeather",
                trn=f"{2000000 + number}",
                date_of_birth=date(1999, 1, 1),
                address=f"ect{number}@school.example",
                now=year.now,
            )
            # Half of them start when the clocks go back, so that their dates lie across it.
            starts_on = FIRST if number % 2 else date(2025, 10, 26)
            inductions.start_induction(session, person, school, starts_on=starts_on, tutor=tutor, actor=MACHINE, now=year.now)
        import_terms(session, CALENDAR, MACHINE, year.now)
    return actor


def _schools_act(year: Year, chance: random.Random, actor: Actor) -> None:
    """Some owed forms come in; some of those in review are accepted, some are sent back."""
    with year.database.writing() as session:
        late = [one for one in owed_on(session, year.now.date()) if chance.random() < 0.06]
        for one in late:
            _send_form(session, year, one.assessment_id, blank=chance.random() < 0.1)
        waiting = session.scalars(sa.select(Submission).where(Submission.state == SubmissionState.IN_REVIEW)).all()
        for submission in waiting:
            fate = chance.random()
            if fate < 0.15:
                decisions.send_back(session, submission, ["incomplete"], "", actor, year.now)
            elif fate < 0.5 and not decisions.obstacles(session, submission):
                decisions.accept(session, submission, actor, year.now)


def _send_form(session: sa.orm.Session, year: Year, assessment_id: uuid.UUID, *, blank: bool) -> None:
    assessment = session.get_one(Assessment, assessment_id)
    person = session.get_one(Induction, assessment.induction_id).person
    assert person.date_of_birth is not None
    assert assessment.period_end is not None
    said = {
        "trn": person.trn,
        "date_of_birth": person.date_of_birth.isoformat(),
        "period_end": assessment.period_end.isoformat(),
        "on_track": "true",
        "judgement": "satisfactory",
        "assessment_point": assessment.point.value if assessment.point else None,
    }
    values = tuple(DraftValue(key, value, value, "clear") for key, value in said.items() if value)
    message: StoredMessage = a_message(session, uuid.uuid4().bytes, received_at=year.now)
    content = Draft(assessment.kind.value, "clear", values, blank=blank)
    submission = draft(session, a_paper(session, message), content, received_at=year.now, now=year.now)
    assert submission.assessment_id == assessment_id


def _live(year: Year, blobs: Path, ects: int, seed: int) -> None:
    chance = random.Random(seed)
    actor = _populate(year, ects)
    place = Workplace(database=year.database, blobs=FolderBlobs(blobs), clock=year.clock, host="one")
    runners = [
        Runner(
            year.database,
            [job for job in TIMETABLE if job.name == "remind"],
            {"remind": jobs(place)["remind"]},
            year.clock,
            host,
        )
        for host in ("one", "two")
    ]
    settings = OutboxSettings(Letterhead("Example Body", "forms@body.example"), max_per_minute=10**6)
    outbox = Outbox(year.database, year, year.clock, settings, "outbox")
    for day in _days():
        # 06:30 UTC is before seven in London's winter and after it in summer, so look twice on each day.
        for hour in (time(6, 30), time(8, 0)):
            year.now = datetime.combine(day, hour, UTC)
            before = len(year.letters)
            with year.database.reading() as session:
                planned = {digest.key: digest for digest in reminders.plan(session, day)}
            ran = sum(runner.tick() for runner in runners)
            assert ran <= 1
            while outbox.step():
                pass
            sent = [letter for letter in year.letters[before:] if "induction form" in letter.subject]
            if ran:
                _assert_sent_equals_planned(year, sent, planned)
            else:
                assert sent == []
        _schools_act(year, chance, actor)


def _days() -> Iterator[date]:
    day = FIRST
    while day <= LAST:
        yield day
        day += timedelta(days=1)


def _assert_sent_equals_planned(year: Year, sent: list[Letter], planned: dict[str, reminders.Digest]) -> None:
    assert sorted(letter.to for letter in sent) == sorted(digest.address for digest in planned.values())
    by_address = {digest.address: digest for digest in planned.values()}
    for letter in sent:
        lines = [line for line in letter.text.splitlines() if line.startswith("- ")]
        assert len(lines) == len(by_address[letter.to].items)
        assert all(any(item.ect in line and item.form in line for line in lines) for item in by_address[letter.to].items)


def _assert_year_was_right(year: Year) -> None:
    with year.database.reading() as session:
        notices = session.scalars(sa.select(Notice).where(Notice.kind == "reminder")).all()
        assert {notice.state for notice in notices} == {NoticeState.SENT}
        assert len({notice.key for notice in notices}) == len(notices)
        london_days = [(notice.to_person_id, notice.sent_at.date()) for notice in notices if notice.sent_at]
        assert len(set(london_days)) == len(london_days) == len(notices)
        reminded = {notice.sent_at.date() for notice in notices if notice.sent_at}
        assert {date(2026, 3, 29), date(2026, 3, 30)} & reminded or date(2026, 3, 31) in reminded


def test_a_year_with_a_few_ects(sqlite: Database, tmp_path: Path) -> None:
    year = Year(sqlite)
    _live(year, tmp_path / "blobs", ects=6, seed=1)
    assert len(year.letters) > 20
    _assert_year_was_right(year)


@pytest.mark.soak
def test_a_year_with_a_hundred_ects(sqlite: Database, tmp_path: Path) -> None:
    year = Year(sqlite)
    _live(year, tmp_path / "blobs", ects=100, seed=2)
    assert len(year.letters) > 500
    _assert_year_was_right(year)
