"""Labels ask for the right field, in words that nobody listed."""

import pytest

from parsers.labels import ASIDE, Zone, read_label


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Full name of Early Career Teacher (ECT)", "ect_name"),
        ("Teacher's surname", "ect_last_name"),
        ("FORENAME(S):", "ect_first_name"),
        ("Former name(s) (where applicable)", "ect_former_name"),
        ("DCSF/teacher reference number", "trn"),
        ("DfE/teacher reference number", "trn"),
        ("DfE institution number", "school_dfe_number"),
        ("LA / establishment number", "school_dfe_number"),
        ("Name of educational establishment (eg school, academy, etc)", "school_name"),
        ("Name of appropriate body receiving this report", "appropriate_body"),
        ("Date the review period began", "period_start"),
        ("Date of start of final assessment period (dates must include training days)", "period_start"),
        ("Last day of the reporting period", "period_end"),
        ("Assessment period to", "period_end"),
        ("Date induction started", "induction_start"),
        ("Days absent in this assessment period", "days_absent"),
        ("Number of days of absence during the entire induction period", "days_absent_total"),
        ("Total absences to date", "days_absent_total"),
        ("Days served INCLUDING absence", "days_served"),
        ("Number of terms completed", "terms_completed"),
        ("Term 1/2/4/5/Other?", "term_number"),
        ("Part-time? (If part-time, please indicate the proportion of time e.g. 0.4)", "fte"),
        ("Name of next school", "next_school"),
        ("Date ECT leaves the school", "leaving_date"),
        ("Tutor's e-mail", "induction_tutor_email"),
        ("Head's name", "headteacher_name"),
        ("Observer", "mentor_name"),
    ],
)
def test_wording_asks_for_its_field(text: str, key: str) -> None:
    label = read_label(text)
    assert label is not None
    assert label.key == key


@pytest.mark.parametrize(
    "text", ["Telephone number", "Previous school", "Training institute", "Headteacher email", "Date of next review", "Finance contact", "Qualification"]
)  # fmt: skip
def test_place_that_the_record_does_not_keep_is_known_as_such(text: str) -> None:
    label = read_label(text)
    assert label is not None
    assert label.key == ASIDE


def test_mentor_is_not_the_tutor() -> None:
    mentor, tutor = read_label("Mentor name"), read_label("Tutor name")
    assert mentor is not None
    assert tutor is not None
    assert mentor.key != tutor.key


def test_role_where_people_sign_asks_for_who_signed() -> None:
    beside, signing = read_label("Headteacher"), read_label("Headteacher", zone=Zone.SIGNING)
    assert beside is not None
    assert signing is not None
    assert (beside.key, signing.key) == ("headteacher_name", "head_signed_name")


def test_bare_label_is_completed_by_its_surroundings() -> None:
    bare, completed = read_label("Name"), read_label("Name", around=frozenset({"tutor"}))
    assert bare is not None
    assert completed is not None
    assert bare.waiting
    assert completed.key == "induction_tutor_name"


def test_words_run_together_by_ocr_are_parted() -> None:
    assert read_label("Dateofbirth") is None
    label = read_label("Dateofbirth", tolerant=True)
    assert label is not None
    assert label.key == "date_of_birth"


@pytest.mark.parametrize("text", ["Kestrels", "The class went to the coast", "Harrowgill Primary", "12/34567", ""])
def test_value_is_no_label(text: str) -> None:
    label = read_label(text)
    assert label is None or label.strength <= 0.6
