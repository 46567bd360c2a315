"""db upgrade and db current."""

import json
from pathlib import Path

import sqlalchemy as sa

from mailroom import house
from mailroom.config import Settings
from records import migrate
from tests.mailroom.commands.conftest import Call


def test_the_schema_is_brought_up_to_date_and_twice_is_harmless(call: Call, settings: Settings, config: str) -> None:
    before = json.loads(call("db", "current", "-c", config, "--json").out)
    assert (before["schema"], before["state"]) == (None, "empty")
    for _ in range(2):
        assert call("db", "upgrade", "-c", config).status == 0
    after = json.loads(call("db", "current", "-c", config, "--json").out)
    assert after == {"schema": migrate.head(), "needed": migrate.head(), "state": "current"}
    assert call("db", "current", "-c", config).out.startswith(migrate.head())


def test_a_database_of_a_later_version_is_left_alone(call: Call, settings: Settings, config: str) -> None:
    call("db", "upgrade", "-c", config)
    with house.unlocked(settings) as open_house, open_house.database.writing() as session:
        session.execute(sa.text("UPDATE alembic_version SET version_num = 'from the future'"))
    answer = call("db", "upgrade", "-c", config)
    assert answer.status == 1
    assert "Nothing was changed" in answer.err
    assert json.loads(call("db", "current", "-c", config, "--json").out)["state"] == "newer"
    assert Path(config).exists()
