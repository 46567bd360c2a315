"""How the odds are fitted: what papers move, what holds them, and from where on a reading is clear."""

from dataclasses import replace

import pytest

from benchmarks.calibrate.fit import fitted, folds, left_out, thresholds
from benchmarks.calibrate.observed import Observed, Value
from benchmarks.calibrate.prior import CLASSES, CLEAR_AT, GROUPS, PRIOR
from parsers.confidence import Features
from parsers.forms import ValueType

GOOD = Features("right", 1.0, ValueType.WORDS)
FAINT = replace(GOOD, how="under", label=0.9)


def paper(number: int, *values: tuple[Features, bool], spoilt: tuple[str, ...] = ()) -> Observed:
    read = tuple(Value("school_name", features, right, "one", "one" if right else "other") for features, right in values)
    return Observed(f"paper {number}", "papers", f"layout {number % 10}", "docx", spoilt, len(read), read)


def papers(number: int, *values: tuple[Features, bool]) -> list[Observed]:
    return [paper(one, *values) for one in range(number)]


def held(pull: float) -> dict[str, float]:
    return dict.fromkeys(GROUPS, pull)


def test_without_papers_the_odds_stay_where_people_set_them() -> None:
    odds = fitted([], held(1.0))
    assert {source: dict(one) for source, one in PRIOR.items()} == odds


def test_readings_that_are_right_raise_the_odds_and_wrong_ones_lower_them() -> None:
    assert fitted(papers(200, (GOOD, True)), held(1.0))["word"]["base"] > PRIOR["word"]["base"]
    wrong = fitted(papers(200, (GOOD, True), (FAINT, False)), held(1.0))["word"]
    assert wrong["how under"] < PRIOR["word"]["how under"]
    assert wrong["how right"] > PRIOR["word"]["how right"]


def test_strong_pull_holds_the_odds_and_no_paper_turns_a_sign() -> None:
    seen = papers(200, (replace(GOOD, rival=True), True), (GOOD, False))
    loose, strong = fitted(seen, held(0.03))["word"], fitted(seen, held(1000.0))["word"]
    assert loose["rival"] == strong["rival"] == 0.0
    assert abs(strong["how right"] - PRIOR["word"]["how right"]) < abs(loose["how right"] - PRIOR["word"]["how right"])


def test_what_something_overrules_teaches_nothing() -> None:
    overruled = replace(GOOD, doubts=("it was corrected on the paper",))
    assert fitted(papers(50, (overruled, False)), held(1.0)) == fitted([], held(1.0))


def test_every_layout_is_tried_once_by_odds_that_never_saw_it() -> None:
    seen = papers(40, (GOOD, True))
    parts = folds(seen)
    tried = left_out(seen, held(1.0))
    assert len(tried) == 40
    assert {one.fold for one in tried} == set(parts.values())
    assert all(one.fold == parts[one.paper.layout] for one in tried)


@pytest.mark.parametrize("spoilt", [(), ("misspelt",)])
def test_wrong_readings_raise_the_threshold_but_for_spoilt_papers(spoilt: tuple[str, ...]) -> None:
    seen = [*papers(400, (GOOD, True), (replace(GOOD, how="text page", kind=ValueType.DATE), True))]
    seen += [paper(number, (replace(GOOD, label=0.97), False), spoilt=spoilt) for number in range(10)]
    seen += papers(10, (replace(GOOD, label=0.93), True))
    tried = left_out(seen, held(10.0))
    at = thresholds(tried)["word"]
    wrong = [one for one in tried if not one.value.right and one.before >= CLEAR_AT]
    assert wrong
    assert any(one.chance >= at for one in wrong) == bool(spoilt)


def test_no_more_is_clear_than_was_by_hand() -> None:
    seen = papers(100, (GOOD, True), (replace(GOOD, how="above"), True))
    clear_at = thresholds(left_out(seen, held(1.0)))
    assert set(clear_at) == set(CLASSES)
    clear = [one for one in left_out(seen, held(1.0)) if one.chance >= clear_at["word"]]
    assert {one.value.features.how for one in clear} == {"right"}
