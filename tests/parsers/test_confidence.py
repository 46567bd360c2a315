"""How sure a reading is: the rules that no odds overcome, the fitted table, and what it decides."""

import math
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.calibrate.prior import CLASSES, LOWERS, PRIOR, RAISES
from benchmarks.calibrate.report import digest
from parsers.confidence import Features, columns, probability, reason_to_check
from parsers.forms import ValueType
from parsers.odds import CLEAR_AT, ODDS

REPORT_FILE = Path(__file__).parents[2] / "docs" / "calibration.md"
USUAL = Features("right", 1.0, ValueType.DATE)
features = st.builds(
    Features,
    how=st.sampled_from([name.removeprefix("how ") for name in PRIOR["word"] if name.startswith("how ")]),
    label=st.floats(0, 1),
    kind=st.sampled_from(ValueType),
    input=st.booleans(),
    sight=st.floats(0, 1),
    read_off=st.booleans(),
    seconded=st.sampled_from([None, True]),
    form_sure=st.booleans(),
    rival=st.booleans(),
    doubted=st.floats(0, 1),
    source=st.sampled_from(CLASSES),
)


def test_table_has_every_class_and_every_column() -> None:
    assert set(ODDS) == set(CLEAR_AT) == set(CLASSES)
    everything = Features("right", 0.5, ValueType.TEXT, True, "bold", 0.5, True, True, False, True, 0.5, "scan")
    for odds in ODDS.values():
        assert set(odds) == set(PRIOR["word"])
        assert set(columns(everything)) | set(columns(replace(everything, kind=ValueType.NAME))) <= set(odds)


def test_every_number_of_the_table_has_its_sign() -> None:
    for odds in ODDS.values():
        assert all(math.isfinite(value) for value in odds.values())
        assert all(odds[name] <= 0 for name in LOWERS)
        assert all(odds[name] >= 0 for name in RAISES)


def test_report_tells_of_this_table() -> None:
    assert f"`{digest(ODDS, CLEAR_AT)}`" in REPORT_FILE.read_text(encoding="utf-8")


@given(features)
def test_worse_evidence_never_makes_a_reading_surer(one: Features) -> None:
    for worse in (
        replace(one, label=one.label / 2), replace(one, sight=one.sight / 2), replace(one, rival=True),
        replace(one, doubted=min(1.0, one.doubted + 0.2)), replace(one, form_sure=False),
    ):  # fmt: skip
        assert probability(worse) <= probability(one)


@pytest.mark.parametrize("source", CLASSES)
def test_usual_reading_is_clear_and_what_is_hardly_seen_or_hardly_named_is_not(source: str) -> None:
    usual = replace(USUAL, source=source, read_off=source in {"scan", "photo"}, seconded=True)
    assert reason_to_check(usual) is None
    assert reason_to_check(replace(usual, sight=0.4)) == "the writing is hard to read"
    assert reason_to_check(replace(usual, label=0.4)) == "the form does not say clearly what this place is for"


@given(features)
def test_what_speaks_against_a_reading_outweighs_all_odds(one: Features) -> None:
    assert reason_to_check(replace(one, doubts=("more than one option is marked",))) == "more than one option is marked"


@given(features)
def test_name_off_a_picture_is_only_clear_where_two_engines_read_it_alike(one: Features) -> None:
    assert reason_to_check(replace(one, kind=ValueType.NAME, read_off=True, seconded=None)) is not None


@given(features)
def test_place_of_a_kind_that_no_table_has_is_never_clear(one: Features) -> None:
    assert reason_to_check(replace(one, how="sideways")) is not None
