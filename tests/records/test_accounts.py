"""Accounts, sessions and one-time links, on both databases."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from records import accounts, passwords
from records.accounts import SessionTimes
from records.db import Database
from records.events import Actor
from records.models.accounts import Account, LinkPurpose, OneTimeLink, WebSession
from records.models.events import Event
from records.models.people import Role
from records.values import Wrong

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
TIMES = SessionTimes()
HOUSE = Actor.machine("test")
PASSWORD = "tram-velvet-otter"
HASHED = passwords.hash_password(PASSWORD)


def account(database: Database, user_name: str = "rosa", roles: frozenset[Role] = frozenset({Role.ASSESSOR})) -> Account:
    with database.writing() as session:
        made = accounts.add_account(
            session, user_name=user_name, first_name="Rosa", last_name="Tester", roles=roles, now=NOW, actor=HOUSE
        )
        made.password_hash = HASHED
    return made


def sign_in(database: Database, password: str, now: datetime = NOW, user_name: str = "rosa") -> Account | None:
    """The three steps, as the sign-in page takes them."""
    with database.reading() as session:
        candidate = accounts.look_up(session, user_name, now)
    right = passwords.check(candidate.password_hash, password)
    with database.writing() as session:
        return accounts.settle(session, candidate, right=right, now=now)


def test_right_password_signs_in_and_wrong_one_does_not(database: Database) -> None:
    made = account(database)
    assert sign_in(database, "tram-velvet-otters") is None
    signed_in = sign_in(database, PASSWORD)
    assert signed_in is not None
    assert signed_in.id == made.id


def test_user_name_is_found_in_any_case_and_taken_only_once(database: Database) -> None:
    account(database, "rosa")
    assert sign_in(database, PASSWORD, user_name=" ROSA ") is not None
    with pytest.raises(Wrong, match="taken"):
        account(database, "Rosa")


def test_unknown_closed_and_locked_accounts_look_the_same(database: Database) -> None:
    account(database, "closed")
    account(database, "locked")
    with database.writing() as session:
        closed, locked = accounts.find_account(session, "closed"), accounts.find_account(session, "locked")
        assert closed is not None
        assert locked is not None
        accounts.close_account(session, closed, HOUSE, NOW)
        locked.locked_until = NOW + timedelta(minutes=1)
    with database.reading() as session:
        looks = {accounts.look_up(session, name, NOW) for name in ("nobody", "closed", "locked")}
    assert len(looks) == 1


def test_account_locks_after_five_failures_opens_again_and_locks_for_longer(sqlite: Database) -> None:
    account(sqlite)
    account(sqlite, "colleague")
    for _attempt in range(accounts.FREE_FAILURES):
        assert sign_in(sqlite, "wrong wrong wrong") is None
    assert sign_in(sqlite, PASSWORD) is None, "locked: the right password does not help"
    assert sign_in(sqlite, PASSWORD, user_name="colleague") is not None, "only the account is locked"
    later = NOW + timedelta(minutes=1, seconds=1)
    assert sign_in(sqlite, "wrong again, sorry", later) is None
    assert sign_in(sqlite, PASSWORD, later + timedelta(minutes=1)) is None, "the second lock lasts two minutes"
    assert sign_in(sqlite, PASSWORD, later + timedelta(minutes=2, seconds=1)) is not None
    with sqlite.reading() as session:
        assert accounts.find_account(session, "rosa").failures == 0  # type: ignore[union-attr]
        kinds = session.scalars(sa.select(Event.kind).where(Event.kind == "account_locked")).all()
    assert len(kinds) == 2


def test_guess_under_way_when_the_lock_falls_does_not_sign_in(sqlite: Database) -> None:
    account(sqlite)
    with sqlite.reading() as session:
        candidate = accounts.look_up(session, "rosa", NOW)
    for _attempt in range(accounts.FREE_FAILURES):
        sign_in(sqlite, "wrong wrong wrong")
    with sqlite.writing() as session:
        assert accounts.settle(session, candidate, right=True, now=NOW) is None


def test_password_changed_meanwhile_makes_an_old_check_worthless(sqlite: Database) -> None:
    made = account(sqlite)
    with sqlite.reading() as session:
        candidate = accounts.look_up(session, "rosa", NOW)
    with sqlite.writing() as session:
        row = session.get_one(Account, made.id)
        accounts.set_password(session, row, "another hash", NOW)
    with sqlite.writing() as session:
        assert accounts.settle(session, candidate, right=True, now=NOW) is None


def test_session_lasts_until_idle_or_absolute_end(database: Database) -> None:
    made = account(database)
    with database.writing() as session:
        token = accounts.open_session(session, session.get_one(Account, made.id), NOW, TIMES)
    with database.writing() as session:
        assert accounts.find_session(session, token, NOW + TIMES.idle, TIMES) is None
        found = accounts.find_session(session, token, NOW + timedelta(hours=1, minutes=59), TIMES)
        assert found is not None
        found.seen_at = NOW + timedelta(hours=11)
    with database.reading() as session:
        assert accounts.find_session(session, token, NOW + timedelta(hours=11, minutes=59), TIMES) is not None
        assert accounts.find_session(session, token, NOW + TIMES.absolute, TIMES) is None
        assert accounts.find_session(session, token + "x", NOW, TIMES) is None


def test_token_is_not_in_the_database(sqlite: Database) -> None:
    made = account(sqlite)
    with sqlite.writing() as session:
        row = session.get_one(Account, made.id)
        tokens = {accounts.open_session(session, row, NOW, TIMES), accounts.make_link(session, row, LinkPurpose.SIGN_IN, NOW)}
    with sqlite.reading() as session:
        kept = {*session.scalars(sa.select(WebSession.token_hash)), *session.scalars(sa.select(OneTimeLink.token_hash))}
    assert len(kept) == 2
    assert not kept & tokens


def test_new_password_signs_out_everywhere_and_spends_links(database: Database) -> None:
    made = account(database)
    with database.writing() as session:
        row = session.get_one(Account, made.id)
        token = accounts.open_session(session, row, NOW, TIMES)
        link = accounts.make_link(session, row, LinkPurpose.SIGN_IN, NOW)
        accounts.set_password(session, row, HASHED, NOW)
    with database.reading() as session:
        assert accounts.find_session(session, token, NOW, TIMES) is None
        assert accounts.link_account(session, link, LinkPurpose.SIGN_IN, NOW) is None


def test_link_works_once_for_its_purpose_and_not_for_long(database: Database) -> None:
    made = account(database)
    with database.writing() as session:
        link = accounts.make_link(session, session.get_one(Account, made.id), LinkPurpose.SET_UP, NOW)
    with database.writing() as session:
        assert accounts.use_link(session, link, LinkPurpose.SIGN_IN, NOW) is None, "another purpose"
        assert accounts.use_link(session, link, LinkPurpose.SET_UP, NOW + accounts.SET_UP_LASTS) is None, "too late"
        assert accounts.link_account(session, link, LinkPurpose.SET_UP, NOW) is not None, "looking does not use it"
        assert accounts.use_link(session, link, LinkPurpose.SET_UP, NOW) is not None
        assert accounts.use_link(session, link, LinkPurpose.SET_UP, NOW) is None, "once only"


def test_newer_link_replaces_the_one_before(sqlite: Database) -> None:
    made = account(sqlite)
    with sqlite.writing() as session:
        row = session.get_one(Account, made.id)
        first = accounts.make_link(session, row, LinkPurpose.SET_UP, NOW)
        second = accounts.make_link(session, row, LinkPurpose.SET_UP, NOW)
        assert accounts.use_link(session, first, LinkPurpose.SET_UP, NOW) is None
        assert accounts.use_link(session, second, LinkPurpose.SET_UP, NOW) is not None


def test_closed_account_loses_its_sessions_and_links(sqlite: Database) -> None:
    made = account(sqlite)
    with sqlite.writing() as session:
        row = session.get_one(Account, made.id)
        token = accounts.open_session(session, row, NOW, TIMES)
        link = accounts.make_link(session, row, LinkPurpose.SIGN_IN, NOW)
        accounts.close_account(session, row, HOUSE, NOW)
        assert accounts.find_session(session, token, NOW, TIMES) is None
        assert accounts.use_link(session, link, LinkPurpose.SIGN_IN, NOW) is None


def test_purge_removes_ended_sessions_and_links_only(database: Database) -> None:
    made = account(database)
    with database.writing() as session:
        row = session.get_one(Account, made.id)
        accounts.open_session(session, row, NOW - timedelta(hours=13), TIMES)
        kept = accounts.open_session(session, row, NOW, TIMES)
        accounts.make_link(session, row, LinkPurpose.SIGN_IN, NOW - timedelta(hours=2))
        assert accounts.purge(session, NOW, TIMES) == 1
    with database.reading() as session:
        assert accounts.find_session(session, kept, NOW, TIMES) is not None
        assert session.scalar(sa.select(sa.func.count()).select_from(OneTimeLink)) == 0


def test_roles_end_with_their_membership(sqlite: Database) -> None:
    made = account(sqlite, roles=frozenset({Role.ASSESSOR, Role.ADMINISTRATOR}))
    with sqlite.writing() as session:
        row = session.get_one(Account, made.id)
        next(one for one in row.person.memberships if one.role is Role.ADMINISTRATOR).until = NOW.date()
    with sqlite.reading() as session:
        row = session.get_one(Account, made.id)
        assert accounts.viewer_of(session, row, NOW).roles == {Role.ASSESSOR, Role.ADMINISTRATOR}
        assert accounts.viewer_of(session, row, NOW + timedelta(days=1)).roles == {Role.ASSESSOR}


@pytest.mark.parametrize("roles", [frozenset(), frozenset({Role.ECT}), frozenset({Role.ASSESSOR, Role.GOVERNOR})])
def test_account_needs_roles_of_the_body(sqlite: Database, roles: frozenset[Role]) -> None:
    with pytest.raises(Wrong, match="at the body"):
        account(sqlite, roles=roles)


@pytest.mark.parametrize(
    "password",
    [
        "short",
        "elevenchars",
        "passwordpassword",
        "P@ssw0rd2026!!",
        "Welcome-2026-!!",
        "123456789012",
        "qwertyuiopas",
        "aaaaaaaaaaaaaaaa",
        "abc1abc1abc1",
        "rosatester-1",
        "x" * 201,
    ],
)
def test_weak_password_is_refused_with_advice(password: str) -> None:
    with pytest.raises(Wrong, match=r"password|guess"):
        passwords.check_quality(password, "rosatester")


@pytest.mark.parametrize("password", [PASSWORD, "correct kettle river", "zwölf grüne Stühle"])
def test_three_random_words_are_good_enough(password: str) -> None:
    passwords.check_quality(password, "rosatester")


def fault(password: str, user_name: str) -> str | None:
    try:
        passwords.check_quality(password, user_name)
    except Wrong as wrong:
        return str(wrong)
    return None


@given(st.text(min_size=5, max_size=40), st.integers(min_value=3, max_value=8))
def test_repeating_a_short_piece_never_makes_a_good_password(piece: str, times: int) -> None:
    assert fault(piece * times, "rosa")


def test_check_says_no_where_there_is_no_hash_or_a_broken_one() -> None:
    assert not passwords.check(None, PASSWORD)
    assert not passwords.check("not a hash", PASSWORD)
    assert not passwords.check(HASHED, PASSWORD + "x" * 300)
    assert passwords.check(HASHED, PASSWORD)
