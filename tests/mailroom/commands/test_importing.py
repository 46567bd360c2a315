"""`mailroom import` on a real installation."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import sqlalchemy as sa

from mailroom import house
from mailroom.config import Settings
from records.models.inductions import Outcome
from records.models.schools import School
from tests.mailroom.commands.conftest import Call
from tests.support.builders import an_ect
from tests.support.installation import settings_in
from tests.support.register import links_file, register_file


def _files(folder: Path) -> tuple[str, str]:
    (folder / "schools.csv").write_bytes(register_file({}, {"URN": "x"}).getvalue())
    (folder / "links.csv").write_bytes(links_file().getvalue())
    return str(folder / "schools.csv"), str(folder / "links.csv")


def _count(settings: Settings) -> int:
    with house.opened(settings) as open_house, open_house.database.reading() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(School)) or 0


def test_schools_come_in_once_and_bad_lines_are_told(call: Call, config: str, settings: Settings, tmp_path: Path) -> None:
    register, links = _files(tmp_path)
    tried = call("import", "schools", register, "--links", links, "-c", config, "--dry-run")
    assert "1 would be added" in tried.err
    assert _count(settings) == 0
    first = call("import", "schools", register, "--links", links, "-c", config, "--json")
    assert first.status == 3
    assert json.loads(first.out)["added"] == 1
    assert "Line 3: the URN has not 5 or 6 digits" in first.err
    assert json.loads(call("import", "schools", register, "-c", config, "--json").out)["added"] == 0
    assert _count(settings) == 1


def test_another_file_is_refused_whole(call: Call, config: str, settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("Name\nx\n", encoding="utf-8")
    refused = call("import", "schools", str(tmp_path / "x.csv"), "-c", config)
    assert refused.status == 2
    assert "no column URN" in refused.err
    assert _count(settings) == 0


def test_a_bundle_goes_out_and_comes_in_at_another_installation(
    call: Call, config: str, settings: Settings, tmp_path: Path
) -> None:
    with house.opened(settings) as open_house, open_house.database.writing() as session:
        period = an_ect(session).periods[0]
        period.ends_on, period.terms, period.outcome = date(2026, 3, 27), Decimal(2), Outcome.RELEASE
        period.induction.outcome = Outcome.RELEASE
    bundle = str(tmp_path / "transfer.zip")
    asked = ("--to", bundle, "--recipient", "Next Body", "--ground", "new_body")
    assert call("export", "transfer", "1234567", *asked, "-c", config).status == 0
    assert call("export", "transfer", "1234567", *asked, "-c", config).status == 2
    here = call("import", "transfer", bundle, "-c", config)
    assert "on record here already" in here.err
    settings_in(tmp_path / "next")
    there = str(tmp_path / "next" / "config.toml")
    assert "would come in from Example Body" in call("import", "transfer", bundle, "-c", there, "--dry-run").err
    taken = json.loads(call("import", "transfer", bundle, "-c", there, "--json").out)
    assert taken["from"] == "Example Body"
    assert taken["induction"]
