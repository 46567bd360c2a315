"""The desk that tests of the pages sit at. It is furnished once and copied for each test."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from records.blobs import FolderBlobs
from records.db import Database, connect
from tests.support import databases, house
from tests.support.house import World


def _kept(world: World) -> World:
    """Everything in the database file itself, so that the file can be copied."""
    with world.db.engine.connect() as connection:
        connection.execute(sa.text("PRAGMA wal_checkpoint(TRUNCATE)"))
    world.db.close()
    return world


@pytest.fixture(scope="session")
def bare_template(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> World:
    folder = tmp_path_factory.mktemp("bare")
    shutil.copy2(sqlite_template, folder / "mailroom.db")
    return _kept(house.world(connect(databases.sqlite_url(folder / "mailroom.db")), folder))


@pytest.fixture(scope="session")
def desk_template(bare_template: World, tmp_path_factory: pytest.TempPathFactory) -> World:
    folder = tmp_path_factory.mktemp("desk")
    return _kept(house.furnish(_copy(bare_template, folder)))


def _copy(template: World, folder: Path) -> World:
    shutil.copytree(template.blobs.root.parent, folder, dirs_exist_ok=True)
    database: Database = connect(databases.sqlite_url(folder / "mailroom.db"))
    return replace(template, db=database, blobs=FolderBlobs(folder / "blobs"), ids=dict(template.ids), made=None)


@pytest.fixture
def bare(bare_template: World, tmp_path: Path) -> Iterator[World]:
    """Accounts of every role and nothing on the desk."""
    world = _copy(bare_template, tmp_path / "bare")
    yield world
    world.db.close()


@pytest.fixture
def desk(desk_template: World, tmp_path: Path) -> Iterator[World]:
    """With a school, an ECT and two forms to review."""
    world = _copy(desk_template, tmp_path / "desk")
    yield world
    world.db.close()
