"""Accounts at a sign-in provider, on both databases."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from records import accounts, identities
from records.db import Database
from records.models.accounts import Account
from records.models.people import Role
from records.values import Wrong
from tests.support import builders
from tests.support.builders import NOW

ISSUER = "https://accounts.northmere.example"


def staff(session: Session, user_name: str = "rosa") -> Account:
    return accounts.add_account(
        session,
        user_name=user_name,
        first_name="Rosa",
        last_name="Tester",
        roles=[Role.ASSESSOR],
        now=NOW,
        actor=builders.MACHINE,
    )


def test_issuer_and_subject_together_open_the_connected_account(database: Database) -> None:
    with database.writing() as session:
        rosa = staff(session)
        identities.connect(session, rosa, ISSUER, "subject-1", NOW)
        identities.connect(session, rosa, ISSUER, "subject-1", NOW)
        found = identities.sign_in(session, ISSUER, "subject-1", NOW)
        assert found is not None
        assert found.id == rosa.id
        assert identities.sign_in(session, ISSUER, "subject-2", NOW) is None
        assert identities.sign_in(session, "https://elsewhere.example", "subject-1", NOW) is None


def test_one_account_there_never_opens_two_here(database: Database) -> None:
    with database.writing() as session:
        rosa, ines = staff(session), staff(session, "ines")
        identities.connect(session, rosa, ISSUER, "subject-1", NOW)
        with pytest.raises(Wrong, match="somebody else"):
            identities.connect(session, ines, ISSUER, "subject-1", NOW)
        identities.connect(session, rosa, ISSUER, "subject-2", NOW)
        assert identities.sign_in(session, ISSUER, "subject-1", NOW) is None, "connecting anew replaces"


def test_closed_locked_and_disconnected_accounts_stay_shut(sqlite: Database) -> None:
    with sqlite.writing() as session:
        rosa = staff(session)
        identities.connect(session, rosa, ISSUER, "subject-1", NOW)
        rosa.locked_until = NOW + timedelta(minutes=1)
        assert identities.sign_in(session, ISSUER, "subject-1", NOW) is None
        rosa.locked_until = None
        assert identities.sign_in(session, ISSUER, "subject-1", NOW) is not None
        accounts.close_account(session, rosa, builders.MACHINE, NOW)
        assert identities.sign_in(session, ISSUER, "subject-1", NOW) is None
        identities.disconnect(session, rosa, builders.MACHINE, NOW)
        assert identities.of_account(session, rosa.id) == []


def test_a_visit_ends_once_for_the_browser_that_set_out_and_not_after_ten_minutes(database: Database) -> None:
    with database.writing() as session:
        journey = identities.set_out(session, "browser", NOW)
        assert identities.come_back(session, journey.state, "another browser", NOW) is None
        found = identities.come_back(session, journey.state, "browser", NOW)
        assert found is not None
        assert (found.nonce, found.verifier, found.account_id) == (journey.nonce, journey.verifier, None)
        assert identities.come_back(session, journey.state, "browser", NOW) is None
        late = identities.set_out(session, "browser", NOW)
        assert identities.come_back(session, late.state, "browser", NOW + identities.UNDER_WAY) is None
