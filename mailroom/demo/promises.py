"""What the clock and people do besides reading post: a reminder, a withheld announcement, a retention plan, a DfE export.

Each part does what a person or the clock would do, against the running service, and says in a line what came of it.
"""

from __future__ import annotations

import email
import email.policy
import time
import urllib.request
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from email.message import EmailMessage
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session

from mailroom import build
from mailroom.demo import cast, dfe_check
from mailroom.demo.outcome import captured
from mailroom.demo.stage import ACTOR, USER_NAME
from mailroom.house import House
from notifications import reminders, unsubscribe
from notifications.announcements import Announcement, announce
from records import accounts, holds, inductions, outcomes, people, retention
from records.belongings import belongings
from records.events import Actor
from records.exports import dfe
from records.models.inductions import AssessmentKind, AssessmentPoint, Induction, Outcome, ProgrammeKind, Source
from records.models.notices import Notice
from records.models.people import Person, Role
from records.models.schools import School
from records.preferences import last_choice
from records.schools import by_name
from records.states import NoticeState
from records.values import counted, local_day, spoken_date

LONGEST_SECONDS = 60.0
LONG_AGO = timedelta(days=7 * 366)
_RESTING = {NoticeState.SENT, NoticeState.FAILED, NoticeState.WITHHELD, NoticeState.BOUNCED}


@dataclass
class Check:
    """One promise: what was seen, and, where it was not kept, what is wrong."""

    title: str
    seen: str = ""
    wrong: list[str] = field(default_factory=list)

    def need(self, held: bool, otherwise: str) -> None:
        if not held:
            self.wrong.append(otherwise)

    @property
    def line(self) -> str:
        return f"{'FAIL' if self.wrong else 'ok  '} {self.title}: {self.seen}" + "".join(f"; not: {one}" for one in self.wrong)


@dataclass(frozen=True)
class Stage:
    """Where the parts play."""

    house: House
    pages: str
    outbox: Path

    @property
    def today(self) -> date:
        return local_day(self.house.clock())


def keep_all(stage: Stage) -> list[Check]:
    """Every promise in turn. One that falls over counts as not kept, and the others still get their turn."""
    found = []
    for part in (reminder, announcement, retention_plan, dfe_export):
        try:
            found.append(part(stage))
        except Exception as error:  # noqa: BLE001 - the demo tells what does not work, whatever it is
            found.append(Check(part.__name__.replace("_", " ").capitalize(), "it could not be shown", [repr(error)]))
    return found


def reminder(stage: Stage) -> Check:
    """An assessment due today; the day's digests are asked for as the clock does at seven, and the outbox sends them."""
    check, house = Check("Reminder digest"), stage.house
    with house.database.writing() as session:
        school = by_name(session, cast.HILLSIDE.name)
        assert school is not None
        induction = _someone(
            session,
            stage,
            "Priya",
            "Ashgrove",
            "2190474",
            school,
            stage.today - timedelta(days=60),
            "p.ashgrove@hillside.example",
        )
        inductions.expect(
            session,
            induction,
            AssessmentKind.PROGRESS_REVIEW,
            due_on=stage.today,
            now=house.clock(),
            source=Source.PERSON,
        )
        planned = reminders.plan(session, stage.today)
        reminders.ask_for(session, stage.today, house.clock())
    keys = {one.key for one in planned}
    notices = _rested(house, sa.select(Notice).where(Notice.key.in_(keys)))
    letters = {str(one["Message-ID"]): one for one in _letters(stage)}
    sent = [one for one in notices if one.state is NoticeState.SENT and one.letter_id in letters]
    lines = sum(len(one.items) for one in planned)
    check.seen = f"{counted(len(sent), 'letter')} sent with {counted(lines, 'line')} of what is due, the same as planned for {spoken_date(stage.today)}"
    check.need(bool(planned), "nothing was planned")
    check.need({one.key for one in sent} == keys, f"{len(planned)} were planned and {len(sent)} sent")
    tutor = next((one for one in sent if one.to_address == cast.HILLSIDE.tutor_address), None)
    check.need(tutor is not None, "the tutor got none")
    if tutor is not None:
        text = letters[tutor.letter_id].get_body(("plain",))
        check.need(text is not None and "Priya" in text.get_content(), "the tutor’s letter does not name the ECT")
    return check


def announcement(stage: Stage) -> Check:
    """One of two tutors opts out by the one click of a mail provider; the announcement goes to the other alone."""
    check, house = Check("Announcement"), stage.house
    terms = build.marketing_terms(house.settings)
    assert terms is not None
    with house.database.reading() as session:
        out = _tutor(session, cast.RIVERMEAD.tutor_address).id
    address = f"{stage.pages}/unsubscribe/{unsubscribe.token(terms.key, out)}"
    urllib.request.urlopen(address, timeout=30).close()  # noqa: S310 - our own pages
    with house.database.reading() as session:
        check.need(last_choice(session, out, "", terms.key) is None, "opening the link changed something")
    click = urllib.request.Request(address, data=b"List-Unsubscribe=One-Click", method="POST")  # noqa: S310 - our own pages
    urllib.request.urlopen(click, timeout=30).close()  # noqa: S310 - our own pages
    with house.database.writing() as session:
        said = Announcement("A day about mentoring", "There is a day about mentoring in June. Come along.")
        asked = [one.id for one in announce(session, said, "tutors", ACTOR, house.clock())]
    notices = _rested(house, sa.select(Notice).where(Notice.id.in_(asked)))
    sent = [one for one in notices if one.state is NoticeState.SENT]
    withheld = [one for one in notices if one.state is NoticeState.WITHHELD]
    check.seen = f"{len(sent)} sent, {len(withheld)} withheld: {withheld[0].outcome if withheld else ''}"
    check.need([one.to_address for one in sent] == [cast.HILLSIDE.tutor_address], "it did not go to the other tutor alone")
    check.need([one.to_person_id for one in withheld] == [out], "the tutor who opted out was not the one left out")
    letters = [one for one in _letters(stage) if one["Subject"] == "A day about mentoring"]
    check.need(len(letters) == 1 and "List-Unsubscribe-Post" in letters[0], "one letter with the way out was to be captured")
    return check


def retention_plan(stage: Stage) -> Check:
    """An induction passed more than six years ago is planned to go, and a hold keeps it back."""
    check, house = Check("Retention plan"), stage.house
    policy = build.retention_policy(house.settings)
    assert policy is not None
    with house.database.writing() as session:
        school = by_name(session, cast.HILLSIDE.name)
        assert school is not None
        ended = stage.today - LONG_AGO
        induction = _someone(session, stage, "Morwenna", "Tull", "2190482", school, ended - timedelta(days=700))
        final = inductions.expect(
            session,
            induction,
            AssessmentKind.FORMAL_ASSESSMENT,
            point=AssessmentPoint.FINAL,
            due_on=ended,
            now=house.clock(),
            source=Source.IMPORT,
        )
        final.accepted_at = house.clock()
        session.flush()
        session.refresh(induction, ["assessments"])
        reviewer = _reviewer(session)
        outcomes.conclude(session, induction, Outcome.PASS, on=ended, terms=Decimal(6), actor=reviewer, now=house.clock())
        planned = retention.plan(session, policy, house.clock())
        going = [one for one in planned.departures if one.subject_id == induction.id]
        counts = belongings(session, going[0]).counts() if going else {}
        hold = holds.place(session, induction.person, reason="An appeal", actor=reviewer, now=house.clock())
        held = retention.plan(session, policy, house.clock())
        check.need([one.subject_id for one in held.held] == [induction.id], "a hold did not keep it back")
        check.need(induction.id not in {one.subject_id for one in held.departures}, "it goes in spite of the hold")
        holds.lift(session, hold, reviewer, house.clock())
        check.need(retention.plan(session, policy, house.clock()) == planned, "lifting the hold did not give the plan back")
    check.seen = (
        f"policy {policy.name}: {len(planned.departures)} to go with {counted(sum(counts.values()), 'row')}, due since "
        f"{spoken_date(going[0].due_on) if going else 'never'}; a hold kept it back until it was lifted"
    )
    check.need(len(going) == 1 and len(planned.departures) == 1, "not the one induction whose time is up was planned")
    return check


def dfe_export(stage: Stage) -> Check:
    """Claims and an outcome as files that the DfE's upload takes, and what must be entered by hand."""
    check, house = Check("DfE export"), stage.house
    with house.database.writing() as session:
        for ect in cast.ECTS:
            _induction_of(session, ect.trn).programme = ProgrammeKind.SCHOOL_LED
        leaver = _induction_of(session, cast.DEVAN.trn)
        outcomes.release(
            session,
            leaver,
            on=cast.reported_term(stage.today).ends_on,
            terms=Decimal("2.65"),
            actor=_reviewer(session),
            now=house.clock(),
        )
        told = dfe.to_tell(session, stage.today)
        files = told.files()
        dfe.note_exported(session, told, _reviewer(session), house.clock())
        left = dfe.to_tell(session, stage.today)
    uploads = [one for one in files if not one.name.startswith("by-hand")]
    check.seen = (
        f"{len(told.claims)} to claim, {len(told.outcomes)} to conclude, {len(told.by_hand)} by hand; "
        f"{', '.join(one.name for one in files)} keep to the rules of the upload"
    )
    check.need({one.name for one in uploads} == {"claims.csv", "outcomes.csv"}, "claims and outcomes were to be made")
    check.need(any(b",2.7,release" in one.content for one in uploads), "the leaver’s row is missing")
    check.wrong += [wrong for one in uploads for wrong in dfe_check.refusals(one.name, one.content, stage.today)]
    check.need(not left.files(), "what was exported is offered again unchanged")
    return check


def _someone(
    session: Session, stage: Stage, first: str, last: str, trn: str, school: School, starts_on: date, address: str | None = None
) -> Induction:
    now = stage.house.clock()
    person = people.register_person(
        session, first_name=first, last_name=last, trn=trn, date_of_birth=date(1997, 2, 3), now=now, address=address
    )
    tutor = people.holders(session, school, Role.INDUCTION_TUTOR, stage.today)[0]
    return inductions.start_induction(session, person, school, starts_on=starts_on, tutor=tutor, actor=ACTOR, now=now)


def _tutor(session: Session, address: str) -> Person:
    return session.scalars(sa.select(Person).where(Person.addresses.any(address=address))).one()


def _induction_of(session: Session, trn: str) -> Induction:
    return session.scalars(sa.select(Induction).join(Person, Induction.person_id == Person.id).where(Person.trn == trn)).one()


def _reviewer(session: Session) -> Actor:
    account = accounts.find_account(session, USER_NAME)
    assert account is not None
    return Actor.person(account.id)


def _rested(house: House, chosen: sa.Select[Notice]) -> list[Notice]:
    """The letters once the running service has settled every one of them, or when patience ends."""
    deadline = time.monotonic() + LONGEST_SECONDS
    while True:
        with house.database.reading() as session:
            found = list(session.scalars(chosen))
        if all(one.state in _RESTING for one in found) or time.monotonic() > deadline:
            return found
        time.sleep(0.3)


def _letters(stage: Stage) -> list[EmailMessage]:
    return [email.message_from_bytes(one.read_bytes(), policy=email.policy.default) for one in captured(stage.outbox)]
