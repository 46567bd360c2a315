"""`mailroom retention` on a real installation: the plan is what is done, and nothing is done unasked."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import sqlalchemy as sa

from records.models.inductions import Induction, Outcome
from records.models.people import Person
from tests.support.builders import an_ect
from tests.support.installation import Installation, install


def _with_somebody_long_gone(folder: Path, policy: str) -> Installation:
    place = install(folder, f'retention_policy = "{policy}"')
    with place.database() as database, database.writing() as session:
        induction = an_ect(session)
        induction.outcome, induction.completed_on, induction.outcome_on = Outcome.PASS, date(2012, 7, 20), date(2012, 7, 20)
    return place


def test_the_plan_names_what_apply_then_lets_go(tmp_path: Path) -> None:
    place = _with_somebody_long_gone(tmp_path, "deleted")
    planned = json.loads(place.run("retention", "plan", "--json").stdout)
    assert [one["due_on"] for one in planned["departures"]] == ["2018-07-20"]
    done = json.loads(place.run("retention", "apply", "--yes", "--json").stdout)
    assert (done["rows"], done["done"]) == (planned["rows"], 1)
    with place.database() as database, database.reading() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(Person)) == 0
    assert json.loads(place.run("retention", "plan", "--json").stdout)["departures"] == []


def test_nothing_goes_without_a_yes(tmp_path: Path) -> None:
    place = _with_somebody_long_gone(tmp_path, "status-kept")
    refused = place.run("retention", "apply", given="n\n")
    assert refused.returncode == 1
    with place.database() as database, database.reading() as session:
        assert session.scalar(sa.select(Induction.let_go_on)) is None


def test_without_a_policy_the_command_says_which_setting_is_empty(tmp_path: Path) -> None:
    place = _with_somebody_long_gone(tmp_path, "")
    answer = place.run("retention", "plan")
    assert answer.returncode == 2
    assert "records.retention_policy" in answer.stderr


def test_a_body_cannot_keep_less_than_six_years(tmp_path: Path) -> None:
    answer = install(tmp_path, "retention_years = 5").run("retention", "plan")
    assert answer.returncode == 2
    assert "records.retention_years" in answer.stderr


def test_the_plan_for_people_names_nobody(tmp_path: Path) -> None:
    place = _with_somebody_long_gone(tmp_path, "deleted")
    words = place.run("retention", "plan").stdout
    assert f"plan for {datetime.now(UTC).day} " in words
    assert "Quillfeather" not in words
