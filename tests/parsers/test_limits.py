"""How long a child may read: by the clock, and longer only where others had the processor. No clock runs here."""

from parsers.limits import Grant, Limits, Plea

OWN = Limits(patience=4, longest=20)


def left(grant: Grant, lived: float, waited: float = 0) -> float:
    return grant.left(lived, lambda: waited)


def test_child_has_its_patience_by_the_clock() -> None:
    grant = Grant(OWN)
    assert left(grant, 0) == 4
    assert left(grant, 3.5) == 0.5
    assert left(grant, 4) == 0
    assert grant.seconds == 4


def test_child_that_works_or_sleeps_is_given_nothing_on_top() -> None:
    assert left(Grant(OWN), 4, waited=1.9) == 0
    assert left(Grant(OWN), 5, waited=2.9) == 0


def test_child_that_waits_for_the_processor_gets_half_of_its_time_there() -> None:
    grant = Grant(OWN)
    assert 0 < left(grant, 4, waited=3) < 1, "it is looked at again soon"
    assert left(grant, 10, waited=8.1) > 0
    assert left(grant, 10, waited=7.9) == 0


def test_waiting_for_the_processor_ends_after_three_times_the_patience_and_at_the_longest() -> None:
    assert left(Grant(OWN), 15.9, waited=15.9) > 0
    assert left(Grant(OWN), 16, waited=16) == 0
    longest = Grant(Limits(patience=4, longest=9))
    assert left(longest, 8.9, waited=8.9) > 0
    assert left(longest, 9, waited=9) == 0


def test_kernel_is_asked_how_long_a_child_waited_only_when_its_time_is_up() -> None:
    asked: list[float] = []

    def waited() -> float:
        asked.append(0)
        return 0

    grant = Grant(OWN)
    assert (grant.left(3, waited), asked) == (1, [])
    assert (grant.left(4, waited), asked) == (0, [0])


def test_work_ahead_counts_from_now_and_earned_time_on_top() -> None:
    ahead, earned = Grant(OWN), Grant(OWN)
    ahead.hear(Plea(5, on_top=False), lived=3)
    earned.hear(Plea(5, on_top=True), lived=3)
    assert (ahead.seconds, earned.seconds) == (8, 9)
    ahead.hear(Plea(1, on_top=False), lived=4)
    assert ahead.seconds == 8, "what was granted is not taken back"


def test_nothing_is_granted_beyond_the_longest() -> None:
    grant = Grant(OWN)
    for _ in range(100):
        grant.hear(Plea(3, on_top=True), lived=1)
    assert grant.seconds == 20
    assert left(grant, 20, waited=20) == 0
