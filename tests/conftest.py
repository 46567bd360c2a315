"""Fixtures that every room's tests use."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from records.blobs import FolderBlobs
from records.db import Database
from tests.support import databases

SOAK = os.environ.get("MAILROOM_SOAK") == "1"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Long versions run only when asked for."""
    if SOAK:
        return
    skip = pytest.mark.skip(reason="long version: `make soak`")
    for item in items:
        if "soak" in item.keywords:
            item.add_marker(skip)


@pytest.fixture(scope="session")
def samples() -> Path:
    """The folder of sample papers and mail; tests that ask for it skip where it is missing."""
    folder = Path(os.environ.get("MAILROOM_SAMPLES", Path(__file__).parents[1] / ".." / "shared")).resolve()
    if not (folder / "forms" / "manifest.jsonl").is_file():
        pytest.skip(f"no sample papers in {folder}; name the folder by MAILROOM_SAMPLES")
    return folder


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return databases.make_sqlite_template(tmp_path_factory.mktemp("template"))


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    with databases.postgresql_server() as url:
        yield url


@pytest.fixture(scope="session")
def postgresql_template(postgresql_url: str) -> Iterator[str]:
    with databases.postgresql_template(postgresql_url) as name:
        yield name


@pytest.fixture
def sqlite(sqlite_template: Path, tmp_path: Path) -> Iterator[Database]:
    """An empty, migrated SQLite database."""
    with databases.sqlite_database(sqlite_template, tmp_path) as database:
        yield database


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Iterator[Database]:
    """An empty, migrated database; every test that asks for it runs on both kinds."""
    if request.param == "sqlite":
        yield request.getfixturevalue("sqlite")
        return
    url, template = request.getfixturevalue("postgresql_url"), request.getfixturevalue("postgresql_template")
    with databases.postgresql_database(url, template) as clone:
        yield clone


@pytest.fixture
def blobs(tmp_path: Path) -> FolderBlobs:
    return FolderBlobs(tmp_path / "blobs")
