"""Values without a label that anybody knows are proposed by their look alone, for a person to check, and only where one can be meant."""

import pytest

from parsers.forms import Status
from tests.parsers.test_misplaced import REGISTRATION, REVIEW, forms_of, table

NAMED = ("ECT name", "Orla Yardley")
BORN = ("Date of birth", "3 May 1994")
NUMBER = ("Teacher reference number", "1234567")
SCHOOL = ("School name", "Fernhill Academy")
END = ("End of the review period", "27 March 2026")


@pytest.mark.parametrize(
    ("rows", "key", "value"),
    [
        ((NAMED, BORN, SCHOOL, ("Zumble", "12/34567")), "trn", "1234567"),
        ((NAMED, BORN, NUMBER, ("Zumble", "Ashgrove Primary School")), "school_name", "Ashgrove Primary School"),
        ((BORN, NUMBER, SCHOOL, ("Zumble", "Tom Holt")), "ect_name", "Tom Holt"),
        ((NAMED, NUMBER, SCHOOL, END, ("Zumble", "17/5/1999")), "date_of_birth", "1999-05-17"),
    ],
)
def test_what_looks_like_nothing_else_is_proposed_and_never_clear(
    rows: tuple[tuple[str, str], ...], key: str, value: str
) -> None:
    for form in forms_of(REVIEW, table(*rows)):
        assert form.fields[key].value == value
        assert form.fields[key].status is Status.CHECK
        assert form.fields[key].reason


@pytest.mark.parametrize(
    ("rows", "key"),
    [
        ((NAMED, BORN, SCHOOL, ("Zumble", "1234567"), ("Quorx", "7654321")), "trn"),
        ((NAMED, BORN, SCHOOL, ("Zumble", "01632 960221")), "trn"),
        ((BORN, NUMBER, ("Zumble", "Tom Holt"), ("Quorx", "Ada Finch")), "ect_name"),
        ((NAMED, NUMBER, SCHOOL, END, ("Zumble", "17/5/2025")), "date_of_birth"),
        ((NAMED, BORN, NUMBER, ("School name", ""), ("Zumble", "Ashgrove Primary School")), "school_name"),
    ],
)
def test_what_several_things_can_be_or_a_label_leaves_empty_is_not_proposed(
    rows: tuple[tuple[str, str], ...], key: str
) -> None:
    for form in forms_of(REVIEW, table(*rows)):
        assert key not in form.fields or form.fields[key].value is None


def test_only_day_of_a_registration_is_its_start() -> None:
    for form in forms_of(REGISTRATION, table(NAMED, BORN, NUMBER, SCHOOL, ("Zumble", "1 September 2025"))):
        assert (form.fields["induction_start"].value, form.fields["induction_start"].status) == ("2025-09-01", Status.CHECK)
