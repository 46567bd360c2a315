"""mailbox check, mailbox trial, and mailboxes in the running service."""

import asyncio
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa

from mailroom import build, config, house
from mailroom.build import Role
from mailroom.demo import cast
from mailroom.demo.word_papers import word_form
from mailroom.running import run
from records.models.post import StoredMessage
from tests.mailroom.commands.conftest import Call
from tests.support.dovecot import PASSWORD, USER, Dovecot, dovecot
from tests.support.installation import settings_in
from tests.support.letters import letter
from tests.support.post_office import wait_for

FORM = word_form(cast.form_of(cast.AMINA, date(2026, 11, 21)))


@pytest.fixture
def server() -> Iterator[Dovecot]:
    with dovecot() as one:
        yield one


def box(server: Dovecot, folder: Path, password: str = PASSWORD) -> str:
    """The table of the mailbox on that server."""
    (folder / "password").write_text(password + "\n")
    return (
        f'[ingest.mailboxes.forms]\nhost = "127.0.0.1"\nport = {server.port}\nencryption = "none"\n'
        f'user_name = "{USER}"\npassword_file = "password"\npoll_seconds = 10\n'
    )


@pytest.fixture
def only_the_mailbox(server: Dovecot, tmp_path: Path) -> str:
    """Settings that say nothing of the body, of addresses, of a database."""
    file = tmp_path / "trial.toml"
    file.write_text(box(server, tmp_path))
    return str(file)


def test_check_signs_in_and_counts_without_changing_anything(call: Call, server: Dovecot, only_the_mailbox: str) -> None:
    server.deliver(letter())
    answer = call("mailbox", "check", "forms", "-c", only_the_mailbox)
    assert answer.status == 0
    assert f"Signed in to 127.0.0.1 as {USER}." in answer.out
    assert "“INBOX”: 1 message" in answer.out
    assert "“Processed”: is not there yet" in answer.out
    packed = json.loads(call("mailbox", "check", "forms", "--json", "-c", only_the_mailbox).out)
    assert packed["counts"] == {"INBOX": 1, "Processed": None, "Too large": None}
    assert (packed["folders"], packed["idle"], packed["removes"]) == (["INBOX"], True, True)
    assert server.count() == 1


def test_a_trial_needs_the_mailbox_only_and_leaves_nothing_behind(
    call: Call, server: Dovecot, only_the_mailbox: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.deliver(letter(("form.docx", FORM)))
    server.deliver(letter(text="A question.", message_id="<2@hill.example>"))
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    before = sorted(tmp_path.iterdir())
    answer = call("mailbox", "trial", "forms", "-c", only_the_mailbox)
    assert answer.status == 0
    assert "Of 2 messages in the folder, 2 were looked at." in answer.out
    assert "1 form was read." in answer.out
    assert "1 of them (100%) need no typing." in answer.out
    packed = json.loads(call("mailbox", "trial", "forms", "--json", "--limit", "1", "-c", only_the_mailbox).out)
    assert (packed["looked_at"], packed["outcomes"]) == (1, {"without_form": 1})
    assert sorted(tmp_path.iterdir()) == before
    assert list((tmp_path / "temporary").iterdir()) == []
    assert server.count() == 2


def test_what_is_wrong_with_a_mailbox_is_said_in_words(call: Call, server: Dovecot, tmp_path: Path) -> None:
    file = tmp_path / "wrong.toml"
    file.write_text(box(server, tmp_path, "wrong"))
    refused = call("mailbox", "check", "forms", "-c", str(file))
    assert refused.status == 1
    assert "The server does not accept the sign-in" in refused.err
    unknown = call("mailbox", "trial", "others", "-c", str(file))
    assert unknown.status == 2
    assert "There is no mailbox others" in unknown.err
    server.kill()
    away = call("mailbox", "trial", "forms", "-c", str(file))
    assert away.status == 75
    assert "The server cannot be reached" in away.err


def test_the_running_service_takes_letters_from_its_mailbox_and_stops_cleanly(server: Dovecot, tmp_path: Path) -> None:
    settings_in(tmp_path)
    file = tmp_path / "config.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("[parsers]\n", box(server, tmp_path) + "\n[parsers]\n", 1), encoding="utf-8")
    settings = config.load(file)
    server.deliver(letter())

    async def served() -> bool:
        stop = asyncio.Event()
        with house.opened(settings) as open_house:
            built = build.build(open_house, {Role.RECEIVE})
            with built.closing:
                told: dict[str, str] = {}

                async def stop_when_moved() -> None:
                    await asyncio.to_thread(wait_for, lambda: server.count("Processed") == 1)
                    stop.set()

                moved = asyncio.create_task(stop_when_moved())
                ended = await run(built.servers, built.parts, stop_seconds=20, opened=told.update, stop=stop)
                await moved
                assert told["mailbox forms"] == f"imap://127.0.0.1:{server.port}"
            with open_house.database.reading() as session:
                assert session.scalar(sa.select(sa.func.count()).select_from(StoredMessage)) == 1
            return ended

    assert asyncio.run(served())
