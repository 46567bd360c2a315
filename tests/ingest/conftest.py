"""Fixtures of the post room."""

from collections.abc import Iterator

import pytest

from records.blobs import FolderBlobs
from records.db import Database
from tests.support.post_office import PostOffice, post_office


@pytest.fixture
def office(sqlite: Database, blobs: FolderBlobs) -> Iterator[PostOffice]:
    """An open listener that keeps in SQLite."""
    with post_office(sqlite, blobs) as one:
        yield one
