"""`mailroom backup` from a new key to a restored installation, and the exit status of everything that can go wrong."""

import json
import shutil
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from mailroom import config, house
from mailroom.config import BadConfiguration
from mailroom.demo.kept_safe import digests
from records import events, restored
from tests.mailroom.commands.conftest import Answer, Call
from tests.support.builders import an_ect
from tests.support.installation import settings_in


@pytest.fixture
def key(call: Call, tmp_path: Path) -> Path:
    """An installation with two sites, whose private key lies elsewhere."""
    (tmp_path / "mailroom.key").write_text("a key of the installation")
    answers: dict[str, object] = {"mailroom__secret_key_file": "mailroom.key"}
    settings_in(tmp_path, **answers)
    file = tmp_path / "identity.txt"
    made = call("backup", "new-key", "-c", str(tmp_path / "config.toml"), "--save", str(file))
    assert made.status == 0
    recipient = next(line.strip().strip('"') for line in made.err.splitlines() if line.strip().startswith('"age1'))
    answers |= {"scheduler__backup_sites": ["site-1", "site-2"], "scheduler__backup_recipients": [recipient]}
    settings = settings_in(tmp_path, **answers)
    with house.opened(settings) as open_house, open_house.database.writing() as session:
        an_ect(session)
    return file


def backup(call: Call, folder: Path, *arguments: str) -> Answer:
    return call("backup", arguments[0], "-c", str(folder / "config.toml"), *arguments[1:])


def test_a_new_key_is_kept_nowhere_but_in_its_file(call: Call, tmp_path: Path, key: Path) -> None:
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    private = next(line for line in key.read_text().splitlines() if line.startswith("AGE-SECRET-KEY-1"))
    others = [file for file in tmp_path.rglob("*") if file.is_file() and file != key]
    assert not any(private.encode() in file.read_bytes() for file in others)
    again = backup(call, tmp_path, "new-key", "--save", str(key))
    assert (again.status, private in key.read_text()) == (2, True)
    assert "is there already and is left alone" in again.err
    shown = backup(call, tmp_path, "new-key")
    assert "AGE-SECRET-KEY-1" in shown.out
    assert private not in shown.out


def test_a_key_is_made_where_the_settings_already_name_sites_and_only_lack_the_key(call: Call, tmp_path: Path) -> None:
    (tmp_path / "mailroom.key").write_text("a key of the installation")
    with pytest.raises(BadConfiguration, match="`mailroom backup new-key` makes a key"):
        settings_in(tmp_path, mailroom__secret_key_file="mailroom.key", scheduler__backup_sites=["site-1"])
    assert '"age1' in backup(call, tmp_path, "new-key").err


def test_run_list_verify_and_restore(call: Call, tmp_path: Path, key: Path) -> None:
    run = backup(call, tmp_path, "run", "--json")
    assert run.status == 0, run.err
    told = json.loads(run.out)
    assert [one["outcome"] for one in told] == ["verified", "verified"]
    assert any("count as one" in remark for remark in told[1]["remarks"])
    name = told[0]["backup"]
    listed = json.loads(backup(call, tmp_path, "list", "--json").out)
    assert [[one["name"] for one in site["backups"]] for site in listed] == [[name], [name]]
    assert name in backup(call, tmp_path, "list").out
    verified = backup(call, tmp_path, "verify", "--identity", str(key), "--json")
    assert (verified.status, [one["opened"] for one in json.loads(verified.out)]) == (0, [True, True])
    assert "Nothing was opened" in backup(call, tmp_path, "verify").err
    new = tmp_path / "data.new"
    back = backup(call, tmp_path, "restore", "--to", str(new), "--identity", str(key), "--at", name)
    assert back.status == 0, back.err
    assert "confirm-restored" in back.err
    assert sorted(path.name for path in new.iterdir()) == ["blobs", "mailroom.db"]


def test_a_history_whose_end_was_cut_off_is_told(call: Call, tmp_path: Path, key: Path) -> None:
    assert key.exists()
    file = tmp_path / "data" / "mailroom.db"
    with house.opened(config.load(tmp_path / "config.toml")) as open_house, open_house.database.writing() as session:
        assert events.seal(session)
    backup(call, tmp_path, "run")
    whole = json.loads(call("verify", "--json", "-c", str(tmp_path / "config.toml")).out)
    assert (whole["sound"], whole["anchors"]) == (True, {"compared": 1, "wrong": [], "unread": {}})
    with closing(sqlite3.connect(file)) as careless, careless:
        careless.execute("DROP TRIGGER event_stays")
        careless.execute("DELETE FROM event_detail")
        careless.execute("DELETE FROM event WHERE number = (SELECT max(number) FROM event)")
    cut = call("verify", "-c", str(tmp_path / "config.toml"))
    assert cut.status == 1
    assert "BROKEN: the history is not what it was when backup" in cut.out


def test_a_machine_with_nothing_but_a_site_and_the_key_restores(
    call: Call, tmp_path: Path, key: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup(call, tmp_path, "run")
    bare = tmp_path / "bare machine"
    bare.mkdir()
    shutil.move(tmp_path / "site-2", bare / "site")
    shutil.move(key, bare / "identity.txt")
    monkeypatch.chdir(bare)
    new = bare / "data"
    back = call("backup", "restore", "--to", str(new), "--site", "site", "--identity", "identity.txt", "--json")
    assert back.status == 0, back.err
    assert json.loads(back.out)["missing"] == []


def test_what_was_restored_is_silent_until_confirmed(call: Call, tmp_path: Path, key: Path) -> None:
    backup(call, tmp_path, "run")
    new = tmp_path / "data"
    with house.opened(settings_in(tmp_path)) as open_house:
        before = digests(open_house)
    settings = (tmp_path / "config.toml").read_text()
    shutil.rmtree(new)
    answers = {"mailroom__secret_key_file": "mailroom.key"}
    sites = ["--site", str(tmp_path / "site-1"), "--site", str(tmp_path / "site-2")]
    settings_in(tmp_path, **answers)
    assert backup(call, tmp_path, "restore", "--to", str(new), "--identity", str(key), *sites).status == 0
    (tmp_path / "config.toml").write_text(settings)
    with house.opened(settings_in(tmp_path, **answers)) as open_house:
        with open_house.database.reading() as session:
            assert restored.waiting(session) is not None
        changed = {name for name, digest in digests(open_house).items() if before.get(name) != digest}
        assert changed == {"event", "event_detail"}
    answers |= {"scheduler__backup_sites": ["site-1"], "scheduler__backup_recipients": [_recipient(key)]}  # type: ignore[dict-item]
    settings_in(tmp_path, **answers)
    refused = backup(call, tmp_path, "run")
    assert (refused.status, "until an administrator confirms" in refused.err) == (75, True)
    assert backup(call, tmp_path, "confirm-restored", "--yes").status == 0
    assert "not waiting" in backup(call, tmp_path, "confirm-restored").err
    assert backup(call, tmp_path, "run").status == 0


def _recipient(key: Path) -> str:
    return next(line.removeprefix("# recipient: ") for line in key.read_text().splitlines() if line.startswith("# recipient: "))


def test_exit_status_says_how_much_of_it_went_well(call: Call, tmp_path: Path, key: Path) -> None:
    assert backup(call, tmp_path, "run").status == 0
    (tmp_path / "site-1" / "site.json").write_text('{"installation": "somebody else"}')
    some = backup(call, tmp_path, "verify")
    assert (some.status, "another installation" in some.out) == (3, True)
    (tmp_path / "site-2" / "site.json").write_text("{")
    none = backup(call, tmp_path, "verify")
    assert none.status == 1
    assert "is damaged" in none.out


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (("run", "--begin-again", "elsewhere"), 2, "Not a site"),
        (("verify", "--site", "elsewhere"), 2, "is not a site"),
        (("restore", "--to", "new"), 2, "--identity"),
        (("restore", "--to", "new", "--identity", "KEY", "--at", "yesterday"), 2, "is no moment"),
        (("restore", "--to", "new", "--identity", "KEY", "--at", "2001-01-01"), 1, "Nothing was restored"),
        (("restore", "--to", "new", "--identity", "KEY", "--at", "01/01/2001"), 1, "Nothing was restored"),
        (("restore", "--to", "new", "--identity", "KEY", "--at", "01/01/2001 18:00"), 1, "Nothing was restored"),
    ],
)
def test_wrong_calls_are_told_in_words(
    call: Call, tmp_path: Path, key: Path, arguments: tuple[str, ...], status: int, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    answer = backup(call, tmp_path, *(str(key) if one == "KEY" else one for one in arguments))
    assert (answer.status, words in answer.err + answer.out) == (status, True), answer


def test_a_key_that_cannot_be_read_is_told(call: Call, tmp_path: Path, key: Path) -> None:
    with pytest.raises(BadConfiguration, match="cannot be read"):
        backup(call, tmp_path, "verify", "--identity", "no-such-file")
    (tmp_path / "words").write_text("words")
    with pytest.raises(BadConfiguration, match="no age identity"):
        backup(call, tmp_path, "verify", "--identity", str(tmp_path / "words"))


def test_without_sites_the_command_says_which_setting_is_empty(call: Call, config: str) -> None:
    answer = call("backup", "run", "-c", config)
    assert (answer.status, "scheduler.backup_sites" in answer.err) == (2, True)
