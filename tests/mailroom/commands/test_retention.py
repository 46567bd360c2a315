"""`mailroom retention` on a real installation: the plan is what is done, and nothing is done unasked."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import sqlalchemy as sa

from mailroom import house
from mailroom.config import Settings
from records.models.inductions import Induction, Outcome
from records.models.people import Person
from tests.mailroom.commands.conftest import Call
from tests.support.builders import an_ect
from tests.support.installation import settings_in


def _with_somebody_long_gone(folder: Path, policy: str) -> tuple[str, Settings]:
    settings = settings_in(folder, records__retention_policy=policy)
    with house.opened(settings) as open_house, open_house.database.writing() as session:
        induction = an_ect(session)
        induction.outcome, induction.completed_on, induction.outcome_on = Outcome.PASS, date(2012, 7, 20), date(2012, 7, 20)
    return str(folder / "config.toml"), settings


def test_the_plan_names_what_apply_then_lets_go(call: Call, tmp_path: Path) -> None:
    config, settings = _with_somebody_long_gone(tmp_path, "deleted")
    planned = json.loads(call("retention", "plan", "-c", config, "--json").out)
    assert [one["due_on"] for one in planned["departures"]] == ["2018-07-20"]
    done = json.loads(call("retention", "apply", "-c", config, "--yes", "--json").out)
    assert (done["rows"], done["done"]) == (planned["rows"], 1)
    with house.opened(settings) as open_house, open_house.database.reading() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(Person)) == 0
    assert json.loads(call("retention", "plan", "-c", config, "--json").out)["departures"] == []


def test_nothing_goes_without_a_yes(call: Call, tmp_path: Path) -> None:
    config, settings = _with_somebody_long_gone(tmp_path, "status-kept")
    assert call("retention", "apply", "-c", config, answers="n\n").status == 1
    with house.opened(settings) as open_house, open_house.database.reading() as session:
        assert session.scalar(sa.select(Induction.let_go_on)) is None


def test_without_a_policy_the_command_says_which_setting_is_empty(call: Call, tmp_path: Path) -> None:
    config, _settings = _with_somebody_long_gone(tmp_path, "")
    answer = call("retention", "plan", "-c", config)
    assert answer.status == 2
    assert "records.retention_policy" in answer.err


def test_a_plan_of_nothing_says_so(call: Call, tmp_path: Path) -> None:
    settings_in(tmp_path, records__retention_policy="deleted")
    assert "Nothing is due to go." in call("retention", "plan", "-c", str(tmp_path / "config.toml")).out


def test_the_plan_for_people_names_nobody(call: Call, tmp_path: Path) -> None:
    config, _settings = _with_somebody_long_gone(tmp_path, "deleted")
    words = call("retention", "plan", "-c", config).out
    assert f"plan for {datetime.now(UTC).day} " in words
    assert "Quillfeather" not in words
