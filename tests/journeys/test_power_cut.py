"""The power goes while post comes in: what was acknowledged had reached the disk. Needs root, for a disk that can be cut."""

import os
import re
import subprocess
from pathlib import Path

import pytest

from tests.support.crashing import Senders, Service, faults, service
from tests.support.disks import Disk, disk

SIZE = 512 << 20
MOST_TRIES = 4
"""The database's journal may have reached the disk by chance."""


def after_a_cut(folder: Path, target: Service, own: Disk, deliveries: int) -> list[str]:
    """Acknowledge so many letters, cut the power, start the machine again: what is missing or torn."""
    senders = Senders(target)
    try:
        target.begin()
        target.wait_until_ready()
        senders.start()
        senders.wait_for(deliveries)
        assert not senders.refused
        own.cut_power()
        taken = len(senders.acknowledged)
    finally:
        senders.stop()
        target.kill()
    # A few may have been on their way back from the disk when it went.
    assert len(senders.acknowledged) - taken < 50, "nothing is taken on a dead disk"
    own.power_up()
    return faults(target.data, senders.sent, senders.acknowledged)


@pytest.mark.timeout(300)
def test_what_was_acknowledged_survives_a_power_cut(tmp_path: Path) -> None:
    with disk(tmp_path, SIZE) as own:
        for number in range(2):
            folder = tmp_path / f"run-{number}"
            folder.mkdir()
            with service(folder, data=own.path / str(number)) as target:
                assert after_a_cut(folder, target, own, 150) == []


@pytest.mark.timeout(300)
@pytest.mark.parametrize(
    ("mutant", "deliveries", "loss"),
    [("skips-fsync", 60, "ValueError|FileNotFoundError"), ("lazy-database", 300, "has 0 rows that are no repeats")],
)
def test_a_service_that_saves_a_flush_is_found_out(tmp_path: Path, mutant: str, deliveries: int, loss: str) -> None:
    """The same cut and the same looking."""
    for number in range(MOST_TRIES):
        folder = tmp_path / str(number)
        folder.mkdir()
        with disk(folder, SIZE) as own, service(folder, mutant, data=own.path / "data") as target:
            found = after_a_cut(folder, target, own, deliveries)
        if any(re.search(loss, fault) for fault in found):
            return
    pytest.fail(f"{MOST_TRIES} power cuts, and no loss was noticed")


def test_power_comes_back_though_somebody_holds_the_dead_disk(tmp_path: Path) -> None:
    """A caged process of another test has a copy of our mounts."""
    with disk(tmp_path, 64 << 20) as own:
        (own.path / "before").touch()
        os.sync()
        holder = subprocess.Popen(["unshare", "--mount", "sh", "-c", "echo ready; read _"], stdin=-1, stdout=-1, text=True)
        with holder:
            assert holder.stdout is not None
            assert holder.stdout.readline() == "ready\n"
            own.cut_power()
            own.power_up()
            with (own.path / "after").open("wb") as file:
                os.fsync(file.fileno())
            holder.communicate("done\n")
        assert {file.name for file in own.path.iterdir()} >= {"before", "after"}
