"""Faults from outside: a disk that is full, and a process that is killed at any moment. No fault costs more than its own site."""

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path

import pytest

from records import backup_runs
from records.db import Database
from records.models.backups import BackupOutcome, BackupRun
from scheduler import backups, letting_go
from scheduler.verifying import verify
from tests.conftest import SOAK
from tests.scheduler.test_backups import assert_restores_exactly, outcomes, row
from tests.support.vaults import SECRET, Safe, more_post, safe

ROOT = Path(__file__).parents[2]


@pytest.fixture
def kept(sqlite: Database, tmp_path: Path) -> Safe:
    return safe(sqlite, tmp_path)


def started(kept: Safe, *, largest_file: int = 0) -> subprocess.Popen[str]:
    """A run in a process of its own, past its imports."""
    url = kept.database.engine.url.render_as_string()
    arguments = [str(kept.folder), url, SECRET, kept.identity.recipient, kept.clock().isoformat(), str(largest_file)]
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.support.backup_process", *arguments], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "begun\n"
    return process


def finished(process: subprocess.Popen[str]) -> list[list[object]]:
    out, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    return json.loads(out)  # type: ignore[no-any-return]


@contextmanager
def small_disk(folder: Path, size: int) -> Iterator[None]:
    """A file system of its own on a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if done.returncode:
        pytest.skip("a file system of its own can only be mounted by root")
    try:
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_fails_its_own_site_in_words_and_the_other_restores_exactly(kept: Safe) -> None:
    with small_disk(kept.site(0).root, 20 * 1024):
        report = backups.run(kept.vault)
        assert outcomes(report) == ["failed", "verified"]
        assert "the disk is full" in report.sites[0].faults[0]
        assert "the disk is full" in (row(kept, report.name, 0).reason or "")
        assert kept.site(0).files("backups") == kept.site(0).files("unfinished") == []
    assert_restores_exactly(kept, 1, "other")


def test_a_disk_that_fills_up_later_keeps_the_backups_that_are_there(kept: Safe) -> None:
    with small_disk(kept.site(0).root, 2_000_000):
        assert outcomes(backups.run(kept.vault)) == ["verified", "verified"]
        with (kept.site(0).root / "filler").open("wb", buffering=0) as filler, suppress(OSError):
            while filler.write(b"\0" * 1024):
                pass
        kept.clock.later(days=20)
        more_post(kept)
        report = backups.run(kept.vault)
        assert outcomes(report) == ["failed", "verified"]
        assert len(kept.site(0).files("backups")) == 1, "nothing is pruned where the run's own backup is not verified"
        outcome = kept.restored("older", 0)
        assert outcome.papers == len(kept.papers) - 2
    assert_restores_exactly(kept, 1, "other")


def test_files_that_may_not_grow_are_a_full_disk_too(kept: Safe) -> None:
    """The limit of a process stands for a quota, where nobody may mount a disk."""
    letting_go.forget_freed_pages(kept.database)
    told = finished(started(kept, largest_file=400_000))
    assert [outcome for outcome, _faults in told] == ["failed", "failed"]
    assert "could not be copied" in str(told)
    kept.clock.later(hours=6)
    assert outcomes(backups.run(kept.vault)) == ["verified", "verified"]


def test_killed_at_random_instants_every_site_restores_what_was_closed_last(kept: Safe) -> None:
    """Whatever a dead run left behind, the next verify finds both sites whole, and the next run says that one died."""
    chance = random.Random(os.environ.get("MAILROOM_SEED", time.time_ns()))
    backups.run(kept.vault)
    process = started(kept_later(kept))
    began = time.monotonic()
    assert finished(process)
    usual = time.monotonic() - began
    least = 60 if SOAK else 8
    for attempt in range(1, 20 * least):
        more_post(kept)
        process = started(kept_later(kept))
        time.sleep(chance.uniform(0, usual))
        process.kill()
        process.communicate()
        told = verify(kept.vault, kept.vault.sites, kept.identity)
        assert [one.faults for one in told] == [[], []], "seed the test with MAILROOM_SEED to repeat it"
        if attempt >= least and died(kept):
            break
    kept_later(kept)
    assert outcomes(backups.run(kept.vault)) == ["verified", "verified"]
    reasons = died(kept)
    assert reasons, "no run was killed between its first and its last word"
    assert all("did not come to its end" in (reason or "") for reason in reasons)
    left = {path.name for path in kept.vault.work_folder.iterdir()}
    assert left == {"lock"}, "the copy of the database that a dead run left is gone"
    for number in (0, 1):
        assert kept.site(number).files("unfinished") == []
        assert_restores_exactly(kept, number, f"after-{number}")


def test_killed_between_saying_that_backups_go_and_removing_them_is_no_loss(kept: Safe) -> None:
    first = backups.run(kept.vault).name
    with kept.database.writing() as session:
        backup_runs.prune(session, kept.site(0).name, [first], kept.clock())
    kept_later(kept)
    assert outcomes(backups.run(kept.vault)) == ["verified", "verified"]
    kept.clock.later(days=15)
    assert outcomes(backups.run(kept.vault)) == ["verified", "verified"]
    assert [len(kept.site(number).files("backups")) for number in (0, 1)] == [1, 1]


def died(kept: Safe) -> list[str | None]:
    """What was said of runs that a later one found dead. A kill behind the last safe byte is no such death."""
    with kept.database.reading() as session:
        return [run.reason for run in session.query(BackupRun).where(BackupRun.outcome == BackupOutcome.FAILED)]


def kept_later(kept: Safe) -> Safe:
    kept.clock.now += timedelta(hours=6)
    return kept
