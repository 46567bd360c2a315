"""account add."""

import json
from pathlib import Path

import pytest
import sqlalchemy as sa

from mailroom import house
from mailroom.config import Settings
from records.models.notices import Notice
from records.models.people import Role
from tests.mailroom.commands.conftest import Call
from tests.support.installation import settings_in

ANN = ("--user-name", "ann", "--first-name", "Ann", "--last-name", "Other")


def test_an_account_gets_a_link_to_choose_a_password(call: Call, config: str) -> None:
    answer = call("account", "add", "-c", config, *ANN, "--role", Role.ASSESSOR, "--json")
    assert answer.status == 0, answer.err
    told = json.loads(answer.out)
    assert told["user_name"] == "ann"
    assert "/set-up/" in told["set_up_link"]


def test_a_user_name_is_given_once(call: Call, config: str) -> None:
    call("account", "add", "-c", config, *ANN, "--role", Role.ASSESSOR)
    answer = call("account", "add", "-c", config, *ANN, "--role", Role.ASSESSOR)
    assert answer.status == 1
    assert "taken" in answer.err


@pytest.mark.parametrize("role", [Role.ECT, "queen"])
def test_only_roles_at_the_body_are_given(call: Call, config: str, role: str) -> None:
    assert call("account", "add", "-c", config, *ANN, "--role", role).status == 2


def test_a_link_goes_by_mail_only_where_letters_go_out(call: Call, tmp_path: Path, config: str) -> None:
    arguments = ("account", "add", "-c", config, *ANN, "--role", Role.ASSESSOR, "--mail-to", "ann@body.example")
    answer = call(*arguments)
    assert answer.status == 2
    assert "No letters go out" in answer.err
    settings = settings_in(tmp_path, notifications__capture_folder="outbox")
    answer = call(*arguments)
    assert answer.status == 0, answer.err
    assert "/set-up/" not in answer.out + answer.err, "the link is only in the letter"
    assert "/set-up/" in asked_for(settings).content["link"]


def asked_for(settings: Settings) -> Notice:
    with house.opened(settings) as open_house, open_house.database.reading() as session:
        notice = session.scalars(sa.select(Notice)).one()
        session.expunge(notice)
        return notice
