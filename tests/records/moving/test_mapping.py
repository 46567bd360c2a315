"""Mappings: saved, read back, guessed, and what is wrong with one."""

import pytest

from records.moving.mapping import PRESETS, Columns, DateStyle, from_toml, guessed, to_toml
from records.values import Wrong
from tests.support.old_system import ECT_HEADER, FORM_HEADER


@pytest.mark.parametrize("name", PRESETS)
def test_a_mapping_is_read_back_as_it_was_saved(name: str) -> None:
    assert from_toml(to_toml(PRESETS[name])) == PRESETS[name]


def test_words_and_quotes_survive() -> None:
    mapping = Columns('o"ld', {"trn": 'The "TRN"'}, words={"outcome": {"finished ok": "pass"}}, dates=DateStyle.MONTH_FIRST)
    assert from_toml(to_toml(mapping)) == mapping


def test_everything_wrong_is_told_at_once() -> None:
    with pytest.raises(Wrong) as wrong:
        from_toml('dates = "odd"\nextra = 1\n[ects]\nnonsense = "x"\ntrn = 3\n')
    for part in ("system", "dates", "ects.nonsense", "ects.trn", "extra"):
        assert part in str(wrong.value)
    with pytest.raises(Wrong, match="no TOML"):
        from_toml("[")


def test_the_preset_fits_an_export_with_those_columns() -> None:
    preset = PRESETS["ect-manager"]
    assert preset.missing(ECT_HEADER) == []
    assert preset.missing(FORM_HEADER, assessments=True) == []
    assert "There is no column “TRN”" in preset.missing([])[0] + preset.missing([])[1]


def test_columns_are_guessed_by_their_names() -> None:
    found = guessed("old", ["Forename", "Surname", "D.O.B.", "TRN", "Id", "Induction start date", "Shoe size"], ["Type", "To"])
    assert found.ects == {
        "legacy_id": "Id",
        "trn": "TRN",
        "first_name": "Forename",
        "last_name": "Surname",
        "date_of_birth": "D.O.B.",
        "starts_on": "Induction start date",
    }
    assert found.assessments == {"kind": "Type", "period_end": "To"}
