"""An installation to call commands on, in this process."""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import structlog
from typer.testing import CliRunner

from mailroom.cli import application
from mailroom.config import Settings
from tests.support.installation import settings_in


@dataclass(frozen=True)
class Answer:
    status: int
    out: str
    err: str


Call = Callable[..., Answer]


@pytest.fixture
def call() -> Iterator[Call]:
    """Call a command as from a shell without a terminal."""
    root = logging.getLogger()
    before, level = root.handlers[:], root.level

    def called(*arguments: str, answers: str | None = None) -> Answer:
        result = CliRunner().invoke(application, list(arguments), input=answers, catch_exceptions=False)
        return Answer(result.exit_code, result.stdout, result.stderr)

    yield called
    root.handlers[:] = before
    root.setLevel(level)
    structlog.reset_defaults()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """The settings of an installation in the test's own folder."""
    return settings_in(tmp_path)


@pytest.fixture
def config(tmp_path: Path, settings: Settings) -> str:
    return str(tmp_path / "config.toml")
