"""Forms through a mailbox from end to end: a Dovecot that is killed again and again, and one that takes tokens only."""

import random
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from ingest.mailbox_settings import Encryption, Google, Microsoft, SignIn
from records.blobs import FolderBlobs
from records.db import Database
from records.mailboxes import Standing
from records.models.submissions import Submission
from tests.support.certificates import make_certificate
from tests.support.desk import sorter, work, written_paper
from tests.support.dovecot import USER, Dovecot, dovecot
from tests.support.letters import letter
from tests.support.mailboxes import rows, settings, watching
from tests.support.post_office import wait_for
from tests.support.token_server import CLIENT, SECRET, TENANT, TokenServer


@pytest.mark.parametrize(
    ("letters", "kills"),
    [(60, 3), pytest.param(500, 20, marks=[pytest.mark.soak, pytest.mark.timeout(900)])],
)
def test_a_mail_server_killed_again_and_again_loses_nothing_and_files_nothing_twice(
    sqlite: Database, blobs: FolderBlobs, letters: int, kills: int
) -> None:
    sent = [_form(number) for number in range(letters)]
    seed = random.randrange(1 << 32)
    chance = random.Random(seed)
    with dovecot() as server:
        coming_in = threading.Thread(target=_deliver, args=(server, sent, chance.random()), name="coming in")
        with watching(sqlite, blobs, settings(server.port, command_seconds=10)):
            coming_in.start()
            for _ in range(kills):
                # Anywhere between the sign-in after the last kill and the quiet after a whole pass.
                time.sleep(chance.uniform(0.02, 0.8))
                server.kill()
                time.sleep(chance.uniform(0, 0.1))
                server.start()
            coming_in.join()
            wait_for(lambda: server.count() == 0, 60)
        moved = server.letters("Processed")
    kept = Counter(blobs.read(one.blob_sha256 or "") for one in rows(sqlite))
    assert set(kept) == set(sent), f"lost (seed {seed})"
    assert set(kept.values()) == {1}, f"kept twice (seed {seed})"
    assert set(moved) == set(sent), f"gone from the mailbox (seed {seed})"
    work(sorter(sqlite, blobs), most=10 * letters)
    with sqlite.reading() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(Submission)) == letters, f"filed (seed {seed})"


def _form(number: int) -> bytes:
    paper = written_paper({"ect_name": f"Invented Teacher {number}", "trn": f"{7000000 + number}"})
    return letter((f"form {number}.pdf", paper), message_id=f"<{number}@hill.example>", subject=f"form {number}")


def _deliver(server: Dovecot, sent: list[bytes], seed: float) -> None:
    chance = random.Random(seed)
    for one in sent:
        server.deliver(one)
        time.sleep(chance.uniform(0, 0.04))


@pytest.fixture
def token_server(tmp_path: Path) -> Iterator[TokenServer]:
    with TokenServer(USER, tmp_path, make_certificate(tmp_path)) as one:
        yield one


@pytest.fixture
def server(token_server: TokenServer) -> Iterator[Dovecot]:
    with dovecot(introspection_url=token_server.introspection_url, tls=token_server.certificate) as one:
        yield one


def _sign_in(token_server: TokenServer, how: str) -> SignIn:
    if how == "google":
        return Google(token_server.account_file())
    usual = Microsoft(TENANT, CLIENT, authority=token_server.authority)
    if how == "secret":
        return replace(usual, client_secret=SECRET)
    return replace(usual, certificate_file=token_server.application_certificate(days=20))


@pytest.mark.parametrize("how", ["secret", "certificate", "google"])
def test_a_mailbox_is_opened_by_a_token_over_tls(
    server: Dovecot, token_server: TokenServer, sqlite: Database, blobs: FolderBlobs, how: str
) -> None:
    sent = [_form(number) for number in range(3)]
    for one in sent:
        server.deliver(one)
    box = settings(
        server.port,
        host="localhost",
        encryption=Encryption.TLS,
        authority_file=token_server.certificate[0],
        sign_in=_sign_in(token_server, how),
        command_seconds=10,
    )
    with watching(sqlite, blobs, box) as watch:
        wait_for(lambda: server.count("Processed") == 3)
        wait_for(lambda: watch.condition() is not None)
        # The next connection uses the same token.
        server.kill()
        server.start()
        server.deliver(_form(3))
        wait_for(lambda: server.count("Processed") == 4)
        wait_for(lambda: watch.words().startswith("The certificate that we sign in with ends" if how == "certificate" else ""))
    assert len(token_server.given) == 1
    assert len(rows(sqlite)) == 4


def test_a_token_that_the_mail_server_refuses_is_told_and_a_new_one_is_asked_for(
    server: Dovecot, token_server: TokenServer, sqlite: Database, blobs: FolderBlobs
) -> None:
    """A server that refuses XOAUTH2 first sends a challenge and waits; aioimaplib leaves it waiting."""
    token_server.refuse_in_mailbox = True
    server.deliver(_form(1))
    box = settings(
        server.port,
        host="localhost",
        encryption=Encryption.TLS,
        authority_file=token_server.certificate[0],
        sign_in=_sign_in(token_server, "secret"),
        command_seconds=10,
        refused_pause_seconds=0.2,
        longest_refused_seconds=0.2,
    )
    with watching(sqlite, blobs, box) as watch:
        wait_for(lambda: (found := watch.condition()) is not None and found.standing is Standing.REFUSED)
        assert watch.words().startswith("The server does not accept the sign-in")
        token_server.refuse_in_mailbox = False
        wait_for(lambda: server.count("Processed") == 1)
    assert len(token_server.given) >= 2


def test_a_wrong_secret_is_told_and_the_mail_server_is_left_alone(
    server: Dovecot, token_server: TokenServer, sqlite: Database, blobs: FolderBlobs
) -> None:
    sign_in = replace(_sign_in(token_server, "secret"), client_secret="wrong")  # type: ignore[arg-type]
    box = settings(
        server.port, host="localhost", encryption=Encryption.TLS, authority_file=token_server.certificate[0], sign_in=sign_in
    )
    with watching(sqlite, blobs, box) as watch:
        wait_for(lambda: "AADSTS7000215: Invalid client secret provided." in watch.words())
        condition = watch.condition()
        assert condition is not None
        assert condition.standing is Standing.REFUSED


def test_a_server_with_a_certificate_of_its_own_making_is_not_signed_in_to(
    server: Dovecot, token_server: TokenServer, sqlite: Database, blobs: FolderBlobs
) -> None:
    box = settings(server.port, host="localhost", encryption=Encryption.TLS)
    with watching(sqlite, blobs, box) as watch:
        wait_for(lambda: watch.words().startswith("The server's certificate is not to be trusted"))
    assert "Login: user" not in server.log()
    assert token_server.given == []
