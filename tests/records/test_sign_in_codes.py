"""Typed codes by email, on both databases."""

from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa

from records import accounts, people, school_people, sign_in_codes
from records.db import Database
from records.models.accounts import Account, SignInCode
from records.models.events import Event
from records.models.notices import Notice
from records.models.people import Membership, Role
from records.school_people import Newcomer
from tests.support import builders
from tests.support.builders import NOW

ADDRESS = "lena@harrowgill.example"
PEER = "192.0.2.7"


@pytest.fixture
def school(database: Database) -> Database:
    with database.writing() as session:
        school_people.authorise(
            session,
            builders.a_school(session),
            Newcomer("Lena", "Larkspur", ADDRESS),
            role=Role.INDUCTION_COORDINATOR,
            actor=builders.an_administrator(session),
            now=NOW,
        )
    return database


def ask(database: Database, address: str = ADDRESS, now: datetime = NOW, peer: str = PEER) -> tuple[str, str | None]:
    """The secret of the browser, and the code as the letter has it; None where no letter was asked for."""
    browser = sign_in_codes.new_browser_secret()
    with database.writing() as session:
        sign_in_codes.ask(session, address, browser=browser, peer=peer, now=now)
        row = session.scalars(sa.select(SignInCode).order_by(SignInCode.asked_at.desc(), SignInCode.id)).all()
        keys = [f"sign_in_code:{one.id}" for one in row if one.asked_at == now]
        notice = session.scalars(sa.select(Notice).where(Notice.key.in_(keys)).order_by(Notice.asked_at.desc())).first()
    return browser, str(notice.content["code"]) if notice else None


def use(database: Database, typed: str, browser: str, now: datetime = NOW) -> Account | None:
    with database.writing() as session:
        return sign_in_codes.use(session, typed, browser=browser, now=now)


def wrong(code: str | None) -> str:
    return "000000" if code != "000000" else "111111"


def test_a_code_of_six_digits_signs_in_once_in_the_browser_that_asked(school: Database) -> None:
    browser, code = ask(school)
    assert code is not None
    assert len(code) == 6
    assert use(school, code, sign_in_codes.new_browser_secret()) is None, "another browser"
    assert use(school, f" {code[:3]} {code[3:]} ", browser) is not None
    assert use(school, code, browser) is None, "no reuse"


def test_a_code_works_for_ten_minutes(school: Database) -> None:
    browser, code = ask(school)
    assert use(school, code or "", browser, NOW + timedelta(minutes=10)) is None
    browser, code = ask(school, now=NOW + timedelta(minutes=20))
    assert use(school, code or "", browser, NOW + timedelta(minutes=29, seconds=59)) is not None


def test_neither_the_code_nor_the_browsers_secret_is_kept(school: Database) -> None:
    browser, code = ask(school)
    with school.reading() as session:
        row = session.scalars(sa.select(SignInCode)).one()
    assert browser not in (row.browser_hash, row.code_hash)
    assert code is not None
    assert code not in row.code_hash


def test_ten_wrong_codes_lock_the_account_with_an_event_and_nobody_else_at_the_school(school: Database) -> None:
    with school.writing() as session:
        membership = session.scalars(sa.select(Membership).where(Membership.role == Role.INDUCTION_COORDINATOR)).one()
        assert membership.school is not None
        colleague = Newcomer("Una", "Grey", "una@harrowgill.example")
        school_people.set_up(session, membership.school, colleague, role=Role.GOVERNOR, actor=builders.MACHINE, now=NOW)
    browser, code = ask(school)
    for _attempt in range(sign_in_codes.MOST_FAILURES):
        assert use(school, wrong(code), browser) is None
    assert use(school, code or "", browser) is None, "locked: the right code does not help"
    assert ask(school, now=NOW + timedelta(minutes=1))[1] is None, "and no new one is sent"
    assert ask(school, "una@harrowgill.example")[1] is not None, "a colleague at the same school and network signs in"
    with school.reading() as session:
        kinds = session.scalars(sa.select(Event.kind).where(Event.kind == "account_locked")).all()
        account = session.scalars(sa.select(Account).where(Account.failures > 0)).one()
    assert len(kinds) == 1
    assert account.locked_until == NOW + sign_in_codes.LOCKED
    after = NOW + sign_in_codes.LOCKED + timedelta(seconds=1)
    browser, code = ask(school, now=after)
    assert use(school, code or "", browser, after) is not None


def test_the_body_unlocks_at_once(school: Database) -> None:
    browser, code = ask(school)
    for _attempt in range(sign_in_codes.MOST_FAILURES):
        use(school, wrong(code), browser)
    with school.writing() as session:
        locked = session.scalars(sa.select(Account).where(Account.locked_until.is_not(None))).one()
        sign_in_codes.unlock(session, locked, builders.MACHINE, NOW)
    later = NOW + timedelta(minutes=1)
    browser, code = ask(school, now=later)
    assert use(school, code or "", browser, later) is not None


def test_an_unknown_address_leaves_the_same_row_and_gets_no_letter(school: Database) -> None:
    browser, code = ask(school, "nobody@harrowgill.example")
    assert code is None
    assert use(school, "123456", browser) is None
    with school.reading() as session:
        assert session.scalars(sa.select(SignInCode)).one().account_id is None


def test_somebody_whose_role_ended_gets_no_code_and_uses_none(school: Database) -> None:
    browser, code = ask(school)
    with school.writing() as session:
        session.scalars(sa.select(Membership).where(Membership.school_id.is_not(None))).one().until = (
            NOW - timedelta(days=1)
        ).date()
    assert use(school, code or "", browser) is None
    assert ask(school, now=NOW + timedelta(minutes=1))[1] is None


def test_staff_of_the_body_never_sign_in_by_code(school: Database) -> None:
    with school.writing() as session:
        rosa = accounts.add_account(
            session,
            user_name="rosa",
            first_name="Rosa",
            last_name="Tester",
            roles=[Role.ASSESSOR],
            now=NOW,
            actor=builders.MACHINE,
        )
        people.add_address(session, rosa.person, "rosa@northmere.example", NOW)
    assert ask(school, "rosa@northmere.example")[1] is None


def test_five_codes_go_to_one_account_in_half_an_hour(school: Database) -> None:
    sent = [ask(school, now=NOW + timedelta(minutes=minute))[1] for minute in range(7)]
    assert [code is not None for code in sent] == [True] * 5 + [False] * 2
    assert ask(school, now=NOW + timedelta(minutes=31))[1] is not None


def test_a_network_address_is_slowed_down_and_never_locked(school: Database) -> None:
    for number in range(sign_in_codes.FREE_TRIES):
        ask(school, f"nobody{number}@harrowgill.example")
    with school.reading() as session:
        assert sign_in_codes.must_wait(session, PEER, NOW + timedelta(seconds=1))
        assert not sign_in_codes.must_wait(session, PEER, NOW + sign_in_codes.SLOW)
        assert not sign_in_codes.must_wait(session, "192.0.2.8", NOW + timedelta(seconds=1))
        assert not sign_in_codes.must_wait(session, "", NOW)
