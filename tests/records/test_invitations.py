"""Invitations with a typed code, on both databases."""

from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa

from records import accounts, invitations, people, school_people
from records.db import Database
from records.models.accounts import Account, Invitation
from records.models.notices import Notice
from records.models.people import Membership, Role
from records.school_people import Newcomer
from tests.support import builders
from tests.support.builders import NOW

ADDRESS = "lena@harrowgill.example"


def invited(database: Database) -> str:
    """The code, as the letter has it."""
    with database.writing() as session:
        newcomer = Newcomer("Lena", "Larkspur", ADDRESS)
        school = builders.a_school(session)
        school_people.authorise(
            session, school, newcomer, role=Role.INDUCTION_COORDINATOR, actor=builders.an_administrator(session), now=NOW
        )
        return newest(database_session=session)


def newest(database_session: sa.orm.Session) -> str:
    rows = database_session.scalars(sa.select(Notice).where(Notice.kind == "invitation").order_by(Notice.asked_at)).all()
    assert rows[-1].to_address == ADDRESS
    return str(rows[-1].content["code"])


def use(database: Database, code: str, now: datetime = NOW, address: str = ADDRESS) -> Account | None:
    with database.writing() as session:
        return invitations.use(session, address, code, now)


def test_the_code_signs_in_once_within_seven_days(database: Database) -> None:
    code = invited(database)
    assert use(database, code, NOW + timedelta(days=7)) is None
    assert use(database, code, address="office@harrowgill.example") is None
    assert use(database, code.lower().replace("-", " "), NOW + timedelta(days=6, hours=23)) is not None
    assert use(database, code) is None


def test_ten_wrong_codes_make_the_invitation_worthless_and_lock_nobody(database: Database) -> None:
    code = invited(database)
    for _attempt in range(invitations.MOST_FAILURES):
        assert use(database, "AAAA-AAAA") is None
    assert use(database, code) is None
    with database.reading() as session:
        assert session.scalars(sa.select(Account).where(Account.locked_until.is_not(None))).all() == []


def test_a_newer_invitation_ends_the_one_before(sqlite: Database) -> None:
    first = invited(sqlite)
    with sqlite.writing() as session:
        row = session.scalars(sa.select(Membership).where(Membership.school_id.is_not(None))).one()
        account = accounts.school_account(session, row.person, NOW, builders.MACHINE)
        invitations.invite(session, account, row, actor=builders.MACHINE, now=NOW + timedelta(hours=1))
        second = newest(session)
    assert use(sqlite, first, NOW + timedelta(hours=2)) is None
    assert use(sqlite, second, NOW + timedelta(hours=2)) is not None


def test_who_signed_in_before_or_has_no_address_gets_no_invitation(sqlite: Database) -> None:
    code = invited(sqlite)
    assert use(sqlite, code) is not None
    with sqlite.writing() as session:
        row = session.scalars(sa.select(Membership).where(Membership.school_id.is_not(None))).one()
        account = accounts.school_account(session, row.person, NOW, builders.MACHINE)
        assert invitations.invite(session, account, row, actor=builders.MACHINE, now=NOW) is None
        una = people.register_person(session, first_name="Una", last_name="Grey", now=NOW)
        other = people.add_membership(session, una, row.school, Role.GOVERNOR)
        session.refresh(other)
        fresh = accounts.school_account(session, una, NOW, builders.MACHINE)
        assert invitations.invite(session, fresh, other, actor=builders.MACHINE, now=NOW) is None


@pytest.mark.parametrize("ended", ["role", "account"])
def test_an_invitation_is_worth_nothing_once_role_or_account_ended(sqlite: Database, ended: str) -> None:
    code = invited(sqlite)
    with sqlite.writing() as session:
        row = session.scalars(sa.select(Membership).where(Membership.school_id.is_not(None))).one()
        if ended == "role":
            school_people.end_role(session, row, builders.MACHINE, NOW)
        else:
            account = accounts.school_account(session, row.person, NOW, builders.MACHINE)
            accounts.close_account(session, account, builders.MACHINE, NOW)
    assert use(sqlite, code) is None


def test_the_code_is_not_kept(sqlite: Database) -> None:
    code = invited(sqlite).replace("-", "")
    with sqlite.reading() as session:
        assert code not in session.scalars(sa.select(Invitation)).one().code_hash
