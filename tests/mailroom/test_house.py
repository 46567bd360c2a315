"""Opening the house: SQLite brings itself up to date after a copy, PostgreSQL waits for a person."""

import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from pydantic import SecretStr

from mailroom import house
from mailroom.config import Settings
from mailroom.house import WrongSchema
from records import migrate
from records.db import Database
from tests.support.installation import settings_in

NOON = datetime(2026, 6, 4, 12, 0, tzinfo=UTC)


def set_revision(database: Database, revision: str) -> None:
    with database.writing() as session:
        session.execute(sa.text("UPDATE alembic_version SET version_num = :revision"), {"revision": revision})


def on(database: Database, settings: Settings) -> Settings:
    url = SecretStr(database.engine.url.render_as_string(hide_password=False))
    return settings.model_copy(update={"records": settings.records.model_copy(update={"database_url": url})})


def test_a_fresh_house_has_a_schema_and_a_folder_that_nobody_else_may_read(tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    with house.opened(settings) as open_house:
        assert migrate.current(open_house.database) == migrate.head()
        assert open_house.blobs.root == settings.records.data_folder / "blobs"
    assert stat.S_IMODE(settings.records.data_folder.stat().st_mode) == 0o700


def test_a_database_of_a_later_version_is_not_touched(database: Database, tmp_path: Path) -> None:
    set_revision(database, "from the future")
    with pytest.raises(WrongSchema, match="later version"), house.opened(on(database, settings_in(tmp_path))):
        pytest.fail("it must not open")


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_a_database_that_others_may_be_using_waits_for_a_person(database: Database, tmp_path: Path) -> None:
    settings = on(database, settings_in(tmp_path))
    with house.opened(settings):
        pass
    with database.writing() as session:
        session.execute(sa.text("DROP TABLE alembic_version"))
    with pytest.raises(WrongSchema, match="Run `mailroom db upgrade`"), house.opened(settings):
        pytest.fail("it must not open")
    with house.unlocked(settings) as open_house:
        assert migrate.current(open_house.database) is None, "nothing was changed"


def test_only_the_last_copies_of_a_database_are_kept(tmp_path: Path) -> None:
    import os

    for number in range(5):
        copy = tmp_path / f"mailroom.db.before-000{number}-20260604T12000{number}"
        copy.write_bytes(b"x")
        os.utime(copy, (number, number))
    (tmp_path / "mailroom.db").write_bytes(b"x")
    house.let_old_copies_go(tmp_path / "mailroom.db.before-0004-20260604T120004", keep=2)
    assert [file.name for file in sorted(tmp_path.iterdir())] == [
        "mailroom.db",
        "mailroom.db.before-0003-20260604T120003",
        "mailroom.db.before-0004-20260604T120004",
    ]


def test_the_clock_is_aware_and_in_utc() -> None:
    assert house.clock().utcoffset() == NOON.utcoffset()
