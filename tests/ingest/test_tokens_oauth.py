"""Tokens from a real token server on loopback: by secret, by certificate, by a service account; kept, and asked anew."""

import dataclasses
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ingest.mailbox_settings import Google, MailboxSettings, Microsoft, SignIn
from ingest.tokens_oauth import TokenRefused, Tokens, TokensAway, certificate_ends, tokens_for
from tests.support.certificates import make_certificate
from tests.support.dovecot import USER
from tests.support.mailboxes import now, settings
from tests.support.token_server import CLIENT, SECRET, TENANT, TokenServer


@pytest.fixture
def server(tmp_path: Path) -> Iterator[TokenServer]:
    with TokenServer(USER, tmp_path, make_certificate(tmp_path)) as one:
        yield one


def box(server: TokenServer, sign_in: SignIn) -> MailboxSettings:
    return settings(993, sign_in=sign_in, authority_file=server.certificate[0])


def tokens(server: TokenServer, sign_in: SignIn) -> Tokens:
    found = tokens_for(box(server, sign_in), now)
    assert found is not None
    return found


def by_secret(server: TokenServer, **changes: object) -> Microsoft:
    usual = Microsoft(TENANT, CLIENT, client_secret=SECRET, authority=server.authority)
    return dataclasses.replace(usual, **changes)  # type: ignore[arg-type]


def by_certificate(server: TokenServer, days: int = 365) -> Microsoft:
    return by_secret(server, client_secret="", certificate_file=server.application_certificate(days))


def by_account(server: TokenServer) -> Google:
    return Google(server.account_file())


WAYS = pytest.mark.parametrize("way", [by_secret, by_certificate, by_account])


@WAYS
def test_a_token_is_given_and_kept(server: TokenServer, way: object) -> None:
    one = tokens(server, way(server))  # type: ignore[operator]
    assert one.token() == one.token()
    assert server.given == [one.token()]


@WAYS
def test_a_token_that_was_refused_is_asked_for_anew(server: TokenServer, way: object) -> None:
    one = tokens(server, way(server))  # type: ignore[operator]
    first = one.token()
    one.forget()
    assert one.token() != first
    assert len(server.given) == 2


@WAYS
def test_a_token_that_runs_out_soon_is_not_used_again(server: TokenServer, way: object) -> None:
    server.lasts_seconds = 200
    one = tokens(server, way(server))  # type: ignore[operator]
    assert one.token() != one.token()


@WAYS
def test_a_token_server_that_is_busy_will_do_later(server: TokenServer, way: object) -> None:
    one = tokens(server, way(server))  # type: ignore[operator]
    one.token()
    one.forget()
    server.busy = True
    with pytest.raises(TokensAway):
        one.token()
    fresh = tokens(server, way(server))  # type: ignore[operator]
    with pytest.raises(TokensAway):
        fresh.token()


@WAYS
def test_a_token_server_that_is_away_will_do_later(server: TokenServer, way: object) -> None:
    sign_in = way(server)  # type: ignore[operator]
    one = tokens(server, sign_in)
    with TokenServer(USER, server.folder, server.certificate) as other:
        gone = other.authority
        account = other.account_file()
    if isinstance(sign_in, Microsoft):
        one = tokens(server, dataclasses.replace(sign_in, authority=gone))
    else:
        one = tokens(server, Google(account))
    with pytest.raises(TokensAway, match="cannot be reached"):
        one.token()


def test_a_token_server_without_a_certificate_to_trust_gets_no_secret(server: TokenServer) -> None:
    one = tokens_for(dataclasses.replace(box(server, by_secret(server)), authority_file=None), now)
    assert one is not None
    with pytest.raises(TokensAway, match="not to be trusted"):
        one.token()
    assert server.given == []


def test_a_wrong_secret_is_told_in_microsofts_words_without_its_trace(server: TokenServer) -> None:
    one = tokens(server, by_secret(server, client_secret="wrong"))
    with pytest.raises(TokenRefused) as told:
        one.token()
    words = "No token from Microsoft: invalid_client (AADSTS7000215: Invalid client secret provided.)"
    assert str(told.value) == words


def test_an_unknown_tenant_is_told(server: TokenServer) -> None:
    one = tokens(server, by_secret(server, tenant="99999999-2222-3333-4444-555555555555"))
    with pytest.raises(TokenRefused, match="No token from Microsoft"):
        one.token()


def test_an_account_of_another_key_is_refused(server: TokenServer, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    with TokenServer(USER, tmp_path / "other", server.certificate) as other:
        text = other.account_file().read_text().replace(other.authority, server.authority)
    file = tmp_path / "mixed.json"
    file.write_text(text)
    with pytest.raises(TokenRefused, match="No token from Google: invalid_grant"):
        tokens(server, Google(file)).token()


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"client_email": "a"}'])
def test_a_file_that_is_no_account_is_told(server: TokenServer, tmp_path: Path, content: str) -> None:
    file = tmp_path / "wrong.json"
    file.write_text(content)
    with pytest.raises(TokenRefused, match="not that of a Google service account"):
        tokens(server, Google(file)).token()


def test_a_key_that_is_none_is_told_and_not_shown(server: TokenServer, tmp_path: Path) -> None:
    file = tmp_path / "wrong.json"
    file.write_text('{"client_email": "a", "private_key": "no key", "token_uri": "https://localhost", "private_key_id": "1"}')
    with pytest.raises(TokenRefused, match="private key") as told:
        tokens(server, Google(file)).token()
    assert "no key" not in str(told.value)


@pytest.mark.parametrize("content", [None, "no certificate"])
def test_a_certificate_file_that_holds_none_is_told(server: TokenServer, tmp_path: Path, content: str | None) -> None:
    file = tmp_path / "wrong.pem"
    if content is not None:
        file.write_text(content)
    with pytest.raises(TokenRefused):
        tokens(server, by_secret(server, client_secret="", certificate_file=file)).token()


def test_the_end_of_the_certificate_is_known(server: TokenServer) -> None:
    ends = certificate_ends(box(server, by_certificate(server, days=20)))
    assert ends is not None
    assert timedelta(days=19) < ends - datetime.now(UTC) < timedelta(days=21)
    assert certificate_ends(box(server, by_secret(server))) is None


def test_secrets_are_not_shown_with_the_settings(server: TokenServer) -> None:
    assert SECRET not in repr(box(server, by_secret(server)))
