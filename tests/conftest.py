"""Fixtures that every room's tests use."""

import os
from pathlib import Path

import pytest

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
