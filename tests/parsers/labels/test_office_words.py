"""Words that personnel departments use for what the family's forms ask."""

import pytest

from parsers.labels import read_label
from parsers.labels.texts import read_heading


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Practitioner’s full name", "ect_name"),
        ("Teacher being assessed", "ect_name"),
        ("Name of employing establishment", "school_name"),
        ("Releasing school", "school_name"),
        ("Future employer, if known", "next_school"),
        ("Taking up post at", "next_school"),
        ("Date on which induction is to commence", "induction_start"),
        ("Induction resumes on", "induction_start"),
        ("Conclusion of this assessment period", "period_end"),
        ("Date of cessation of employment", "leaving_date"),
        ("Released on", "leaving_date"),
        ("Number of working days lost", "days_absent"),
        ("Cumulative absence since induction commenced", "days_absent_total"),
        ("Terms to be credited", "terms_completed"),
        ("Days in employment in the period", "days_served"),
        ("Contracted hours (decimal)", "fte"),
        ("FTE in the new post", "fte"),
        ("Known by any other name?", "ect_former_name"),
        ("Designated mentor", "mentor_name"),
        ("Appropriate body chosen", "appropriate_body"),
        ("ECT to whom this report refers", "ect_name"),
        ("Review led by (induction tutor)", "induction_tutor_name"),
        ("School within the federation", "school_name"),
        ("School releasing the ECT", "school_name"),
        ("School to which the ECT is going", "next_school"),
        ("School joined", "next_school"),
        ("Days absent between these dates", "days_absent"),
        ("School type", "<aside>"),
    ],
)
def test_office_wording_is_the_label_of_its_field(text: str, key: str) -> None:
    label = read_label(text)
    assert label is not None
    assert label.key == key
    assert label.strength >= 0.85


@pytest.mark.parametrize("mark", [" (3)", " (note 3)", "³", " [see note 12]"])
def test_mark_of_a_note_is_no_word_of_the_label(mark: str) -> None:
    bare, marked = read_label("Period to"), read_label(f"Period to{mark}")
    assert bare is not None
    assert marked is not None
    assert (marked.key, marked.strength) == (bare.key, bare.strength)


def test_address_for_invoices_is_not_the_teachers() -> None:
    label = read_label("E-mail for invoices")
    assert label is not None
    assert label.key == "<aside>"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("I wish to make the following comments", "ect_comments"),
        ("Feedback by the inductee", "ect_comments"),
        ("Less progress has been made in", "areas_for_development"),
        ("Standards not yet being met", "areas_for_development"),
        ("Matters for the next school to follow up", "areas_for_development"),
        ("What has been difficult?", "areas_for_development"),
        ("Good progress has been made in", "strengths"),
        ("Areas of secure practice", "strengths"),
        ("What will you focus on until we meet again?", "targets"),
        ("Help which the school will provide", "support_plan"),
        ("In the ECT’s own words", "ect_comments"),
        ("If the answer is ‘No’, what extra help will be given?", "support_plan"),
        ("Celebrations", "strengths"),
        ("What next?", "targets"),
        ("Areas in which to grow", "areas_for_development"),
    ],
)
def test_office_wording_heads_a_long_text(text: str, key: str) -> None:
    heading = read_heading(text, shown=True)
    assert heading is not None
    assert heading.key == key


def test_sentence_in_the_first_person_heads_nothing() -> None:
    assert read_heading("I would like to visit another school", shown=True) is None
