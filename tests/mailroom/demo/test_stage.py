"""The folder of a demo: made anew each time, never under a demo that runs, never where something else lies."""

import subprocess
import sys
from pathlib import Path

import pytest

from mailroom.demo import stage

ROOT = Path(__file__).parents[3]


def test_demo_that_runs_keeps_its_folder_and_one_that_ended_leaves_it_to_the_next(tmp_path: Path) -> None:
    folder = tmp_path / "demo-data"
    program = f"import pathlib; from mailroom.demo import stage; stage.set_up(pathlib.Path({str(folder)!r})); print('up', flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-c", program], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as first:
        assert first.stdout is not None
        assert first.stdout.readline() == "up\n"
        with pytest.raises(stage.NotOurs, match="A demo runs in"):
            stage.set_up(folder)
        assert (folder / "config.toml").exists()
        first.communicate("\n", timeout=60)
    (folder / "left behind").touch()
    stage.set_up(folder)
    assert not (folder / "left behind").exists()


def test_folder_with_something_else_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").touch()
    with pytest.raises(stage.NotOurs, match="holds something else"):
        stage.set_up(tmp_path)
    assert (tmp_path / "thesis.txt").exists()
