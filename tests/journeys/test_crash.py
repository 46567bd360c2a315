"""The service is killed at random instants while post comes in: whatever it acknowledged is there, once and whole."""

import random
from pathlib import Path

import pytest

from tests.support.crashing import Senders, faults, killed_at_random, seed, service, wait_until_all_rest

MOST_TRIES = 10


def survives(folder: Path, kills: int, deliveries: int) -> None:
    chosen = seed()
    with service(folder) as target:
        senders = Senders(target)
        try:
            killed_at_random(target, senders, kills, deliveries, random.Random(chosen))
        finally:
            senders.stop()
        wait_until_all_rest(target.data)
        assert target.stop() == 0
    assert len(senders.acknowledged) >= deliveries
    assert faults(target.data, senders.sent, senders.acknowledged) == [], f"seed {chosen}"


@pytest.mark.timeout(300)
def test_a_killed_service_has_every_letter_that_it_acknowledged(tmp_path: Path) -> None:
    survives(tmp_path, kills=5, deliveries=100)


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_a_service_killed_a_hundred_times_has_every_letter_that_it_acknowledged(tmp_path: Path) -> None:
    survives(tmp_path, kills=100, deliveries=2000)


@pytest.mark.timeout(300)
def test_a_service_that_acknowledges_before_it_keeps_is_found_out(tmp_path: Path) -> None:
    """The same killing and the same looking: they would notice if the promise were broken."""
    for number in range(MOST_TRIES):
        folder = tmp_path / str(number)
        folder.mkdir()
        with service(folder, "acknowledges-first") as target:
            senders = Senders(target)
            try:
                target.begin()
                target.wait_until_ready()
                senders.start()
                senders.wait_for(20)
                target.kill()
            finally:
                senders.stop()
        lost = faults(target.data, senders.sent, senders.acknowledged)
        if lost:
            assert all("has 0 rows" in fault for fault in lost), "acknowledged, and not there"
            return
    pytest.fail(f"{MOST_TRIES} kills, and no loss was noticed")
