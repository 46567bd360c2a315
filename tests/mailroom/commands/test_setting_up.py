"""init, check-config and doctor."""

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from mailroom import house
from mailroom.config import load
from records import accounts
from records.models.accounts import LinkPurpose
from records.models.people import Role
from tests.mailroom.commands.conftest import Call
from tests.support.installation import settings_in

ROOT = Path(__file__).parents[3]
INIT = ("init", "--body", 'Borough "North" Hub', "--address", "forms@body.example", "--address", "induction@body.example")
NAMES = ("--user-name", "mjones", "--first-name", "Mair", "--last-name", "Jones")


def test_init_makes_an_installation_with_a_set_up_link_and_no_password(call: Call, tmp_path: Path) -> None:
    answer = call(*INIT, *NAMES, "--folder", str(tmp_path))
    assert answer.status == 0, answer.err
    settings = load(tmp_path / "config.toml")
    assert settings.body.name == 'Borough "North" Hub'
    assert settings.ingest.addresses == ["forms@body.example", "induction@body.example"]
    assert settings.mailroom.secret_key is not None
    assert len(settings.mailroom.secret_key.get_secret_value()) == 64
    assert stat.S_IMODE((tmp_path / "keys" / "mailroom.key").stat().st_mode) == 0o600
    link = answer.out.strip()
    address, _, token = link.rpartition("/set-up/")
    assert address == "http://127.0.0.1:8080"
    with house.opened(settings) as open_house, open_house.database.reading() as session:
        account = accounts.link_account(session, token, LinkPurpose.SET_UP, open_house.clock())
        assert account is not None
        assert (account.user_name, account.password_hash) == ("mjones", None)
        assert accounts.roles_of(session, account.person_id, open_house.clock().date()) == {Role.ADMINISTRATOR}


def test_init_prints_a_link_that_people_reach_where_it_was_told_the_address(call: Call, tmp_path: Path) -> None:
    answer = call(*INIT, *NAMES, "--folder", str(tmp_path), "--public-url", "https://mailroom.body.example")
    assert answer.out.startswith("https://mailroom.body.example/set-up/")
    assert load(tmp_path / "config.toml").public_url == "https://mailroom.body.example"
    assert call(*INIT, *NAMES, "--folder", str(tmp_path / "b"), "--public-url", "mailroom.body.example/x").status == 2


def test_init_keeps_the_data_where_it_was_told(call: Call, tmp_path: Path) -> None:
    assert call(*INIT, *NAMES, "--folder", str(tmp_path / "etc"), "--data", str(tmp_path / "var")).status == 0
    assert load(tmp_path / "etc" / "config.toml").records.data_folder == tmp_path / "var"
    assert (tmp_path / "var" / "mailroom.db").is_file()
    assert sorted(one.name for one in (tmp_path / "etc").iterdir()) == ["config.toml", "keys"]


def test_init_leaves_an_installation_alone(call: Call, tmp_path: Path) -> None:
    assert call(*INIT, *NAMES, "--folder", str(tmp_path)).status == 0
    before = (tmp_path / "config.toml").read_bytes()
    again = call(*INIT, *NAMES, "--folder", str(tmp_path))
    assert again.status == 2
    assert "left alone" in again.err
    assert (tmp_path / "config.toml").read_bytes() == before


def test_init_without_a_person_to_ask_says_what_is_missing(call: Call, tmp_path: Path) -> None:
    answer = call("init", "--no-input", "--body", "Hub", "--folder", str(tmp_path))
    assert answer.status == 2
    for option in ("--address", "--user-name", "--first-name", "--last-name"):
        assert option in answer.err
    assert list(tmp_path.iterdir()) == []


def test_init_with_an_address_that_is_none_can_be_tried_again(call: Call, tmp_path: Path) -> None:
    answer = call("init", "--body", "Hub", "--address", "forms", *NAMES, "--folder", str(tmp_path))
    assert answer.status == 2
    assert "--address: “forms” is not an email address." in answer.err
    assert not (tmp_path / "config.toml").exists()
    assert call(*INIT, *NAMES, "--folder", str(tmp_path)).status == 0


def test_each_answer_is_looked_at_at_once_and_a_wrong_one_asked_for_again(tmp_path: Path) -> None:
    """By a terminal of its own, since only there are questions asked."""
    answers = ("Borough Hub", "forms", "forms@body.example", "mair jones", "mjones", " ", "Mair", "Jones")
    master, terminal = os.openpty()
    try:
        os.write(master, "".join(f"{one}\n" for one in answers).encode())
        done = subprocess.run(
            [sys.executable, "-m", "mailroom", "init", "--folder", str(tmp_path)],
            cwd=ROOT,
            env={key: value for key, value in os.environ.items() if not key.startswith("MAILROOM_")},
            stdin=terminal,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    finally:
        os.close(master)
        os.close(terminal)
    assert done.returncode == 0, done.stderr
    said = done.stderr
    assert "“forms” is not an email address." in said
    assert "A user name has 2 to 100 characters and no spaces." in said
    assert "It cannot be empty." in said
    asked = [
        said.count(question) for question in ("Name of the appropriate body", "Address that", "User name of", "Their first")
    ]
    assert asked == [1, 2, 2, 2]
    settings = load(tmp_path / "config.toml")
    assert (settings.body.name, settings.ingest.addresses) == ("Borough Hub", ["forms@body.example"])
    with house.opened(settings) as open_house, open_house.database.reading() as session:
        assert [one.user_name for one in accounts.all_accounts(session)] == ["mjones"]


def test_check_config_says_everything_that_is_wrong(call: Call, tmp_path: Path, config: str) -> None:
    assert call("check-config", "-c", config, "--json").out == '{"problems": []}\n'
    Path(config).write_text("[ingest]\naddresses = []\nprot = 25\n", encoding="utf-8")
    answer = call("check-config", "-c", config, "--json")
    assert answer.status == 2
    problems = json.loads(answer.out)["problems"]
    assert {problem.split(":")[0] for problem in problems} == {"body", "ingest.addresses", "ingest.prot"}


@pytest.mark.usefixtures("settings")
def test_the_doctor_finds_a_fresh_installation_fit_but_for_its_letters(call: Call, config: str) -> None:
    answer = call("doctor", "-c", config, "--json")
    findings = {one["what"]: one for one in json.loads(answer.out)}
    assert {"Python", "packages", "database", "disk", "papers", "reading", "scans", "letters", "certificate", "pages"} <= set(
        findings
    )
    assert findings["letters"]["state"] == "warning"
    for what in ("Python", "packages", "papers", "scans"):
        assert findings[what]["state"] == "ok", findings[what]


def test_the_doctor_s_exit_status_says_whether_something_failed(call: Call, tmp_path: Path) -> None:
    settings_in(tmp_path, notifications__smarthost="127.0.0.1", notifications__port=1, notifications__timeout_seconds=2)
    answer = call("doctor", "-c", str(tmp_path / "config.toml"))
    assert answer.status == 1
    assert "FAILED  letters: 127.0.0.1:1 does not take our letters" in answer.out
