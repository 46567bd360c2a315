"""Codes of an authenticator app and recovery codes, on both databases."""

from datetime import datetime, timedelta

import pyotp
import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from records import accounts, identities, second_factor
from records.db import Database
from records.models.accounts import Account, Awaits, RecoveryCode, WebSession
from records.models.events import Event
from records.models.people import Role
from records.values import Wrong
from tests.support import builders
from tests.support.builders import NOW

LATER = NOW + timedelta(minutes=5)


def connected(database: Database) -> tuple[Account, str, list[str]]:
    """An account with an app, its secret and the recovery codes."""
    with database.writing() as session:
        account = accounts.add_account(
            session,
            user_name="rosa",
            first_name="Rosa",
            last_name="Tester",
            roles=[Role.ASSESSOR],
            now=NOW,
            actor=builders.MACHINE,
        )
        browser = a_browser(session, account)
        secret = second_factor.begin(session, account, browser)
        assert second_factor.begin(session, account, browser) == secret, "loading the page again changes nothing"
        codes = second_factor.confirm(session, account, browser, pyotp.TOTP(secret).at(NOW), NOW)
    assert codes is not None
    return account, secret, codes


def a_browser(session: Session, account: Account) -> WebSession:
    """One with the right password that has no app to show yet."""
    times = accounts.SessionTimes()
    found = accounts.find_session(session, accounts.open_session(session, account, NOW, times, Awaits.SET_UP), NOW, times)
    assert found is not None
    return found


def use(database: Database, account: Account, typed: str, now: datetime = LATER) -> bool:
    with database.writing() as session:
        return second_factor.use(session, account.id, typed, now) is not None


def test_a_code_signs_in_once_and_only_around_its_time(database: Database) -> None:
    account, secret, _codes = connected(database)
    code = pyotp.TOTP(secret).at(LATER)
    assert not use(database, account, code, LATER + timedelta(minutes=2)), "too late"
    assert use(database, account, f"{code[:3]} {code[3:]}", LATER + timedelta(seconds=30)), "a clock half a minute slow"
    assert not use(database, account, code, LATER + timedelta(seconds=30)), "no reuse"
    assert not use(database, account, pyotp.TOTP(secret).at(LATER - timedelta(seconds=30))), "nor one from before it"


def test_the_code_that_connected_the_app_signs_nobody_in(sqlite: Database) -> None:
    account, secret, _codes = connected(sqlite)
    assert not use(sqlite, account, pyotp.TOTP(secret).at(NOW), NOW)


def test_a_wrong_code_connects_nothing(sqlite: Database) -> None:
    with sqlite.writing() as session:
        account = session.get_one(Account, builders.an_administrator(session).account_id)
        browser = a_browser(session, account)
        secret = second_factor.begin(session, account, browser)
        assert second_factor.confirm(session, account, browser, "12345", NOW) is None
        assert account.totp_since is None
        assert second_factor.confirm(session, account, browser, pyotp.TOTP(secret).at(NOW), NOW) is not None
        with pytest.raises(Wrong, match="already"):
            second_factor.begin(session, account, browser)


def test_each_browser_is_shown_a_secret_of_its_own_and_a_new_password_ends_it(database: Database) -> None:
    with database.writing() as session:
        account = session.get_one(Account, builders.an_administrator(session).account_id)
        early, owners = a_browser(session, account), a_browser(session, account)
        seen, secret = (second_factor.begin(session, account, one) for one in (early, owners))
        assert seen != secret
        assert second_factor.confirm(session, account, owners, pyotp.TOTP(seen).at(NOW), NOW) is None
        assert second_factor.confirm(session, account, owners, pyotp.TOTP(secret).at(NOW), NOW) is not None
        assert second_factor.confirm(session, account, early, pyotp.TOTP(seen).at(NOW), NOW) is None, "one app only"
        assert second_factor.use(session, account.id, pyotp.TOTP(seen).at(LATER), LATER) is None
        assert second_factor.use(session, account.id, pyotp.TOTP(secret).at(LATER), LATER) is not None
        accounts.set_password(session, account, "another hash", LATER)
        assert session.scalar(sa.select(sa.func.count()).select_from(WebSession)) == 0


def test_a_recovery_code_signs_in_once_and_new_ones_end_the_old(database: Database) -> None:
    account, _secret, codes = connected(database)
    assert len(set(codes)) == second_factor.RECOVERY_CODES
    assert use(database, account, codes[0].upper().replace("-", " "))
    assert not use(database, account, codes[0])
    with database.writing() as session:
        assert second_factor.codes_left(session, account.id) == second_factor.RECOVERY_CODES - 1
        second_factor.new_recovery_codes(session, session.get_one(Account, account.id), LATER)
    assert not use(database, account, codes[1])


def test_recovery_codes_are_kept_as_hashes(sqlite: Database) -> None:
    _account, _secret, codes = connected(sqlite)
    with sqlite.reading() as session:
        kept = set(session.scalars(sa.select(RecoveryCode.code_hash)))
    assert not kept & {one.replace("-", "") for one in codes}
    assert len(kept) == len(codes)


def test_wrong_codes_lock_the_account_even_where_the_password_is_right_each_time(sqlite: Database) -> None:
    account, secret, _codes = connected(sqlite)
    for _attempt in range(accounts.FREE_FAILURES):
        with sqlite.writing() as session:
            candidate = accounts.look_up(session, "rosa", LATER)
            accounts.settle(session, candidate, right=True, now=LATER)
        assert not use(sqlite, account, "000000")
    assert not use(sqlite, account, pyotp.TOTP(secret).at(LATER)), "locked"
    with sqlite.reading() as session:
        assert accounts.look_up(session, "rosa", LATER).account_id is None
        assert "account_locked" in session.scalars(sa.select(Event.kind)).all()
    after = LATER + timedelta(minutes=2)
    assert use(sqlite, account, pyotp.TOTP(secret).at(after), after)


def test_a_reset_takes_app_codes_and_sessions_away(database: Database) -> None:
    account, secret, codes = connected(database)
    with database.writing() as session:
        row = session.get_one(Account, account.id)
        token = accounts.open_session(session, row, LATER, accounts.SessionTimes())
        identities.connect(session, row, "https://accounts.northmere.example", "subject-1", LATER)
        second_factor.reset(session, row, builders.MACHINE, LATER)
        assert identities.of_account(session, row.id) == [], "the provider stands in for the app"
        assert accounts.find_session(session, token, LATER, accounts.SessionTimes()) is None
    assert not use(database, account, pyotp.TOTP(secret).at(LATER))
    assert not use(database, account, codes[0])
    with database.writing() as session:
        row = session.get_one(Account, account.id)
        assert second_factor.begin(session, row, a_browser(session, row)) != secret
