"""Headings of long texts are told from the sentences in them."""

import pytest

from parsers.labels.texts import ASIDE_TEXT, is_prompt, read_heading


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("WHAT IS GOING WELL", "strengths"),
        ("Areas requiring further development / concern", "areas_for_development"),
        ("Evidence used to inform the judgements", "evidence"),
        ("2. Please give brief details for the reasons for your answer, referring to the Teachers’ Standards", "evidence"),
        ("3. What are the agreed development targets for the next period?", "targets"),
        ("4. If No to question 1, what support plan has been put in place?", "support_plan"),
        ("NQT’S OWN COMMENTS", "ect_comments"),
        ("TS4 Plan and teach well structured lessons", "standard_4"),
        ("8. Fulfil wider professional responsibilities", "standard_8"),
        ("Part Two: Personal and professional conduct", "standard_part_two"),
        ("Headteacher's comments", ASIDE_TEXT),
        ("Progress against previous targets", ASIDE_TEXT),
    ],
)
def test_heading_is_recognised(text: str, key: str) -> None:
    heading = read_heading(text)
    assert heading is not None
    assert heading.key == key


@pytest.mark.parametrize(
    "text",
    [
        "Targets set last time about phonics have been met; see the observation notes dated 12 March",
        "Very good knowledge of algebra (TS3).",
        "Name: the class chose the name 'Kestrels' for the reading group.",
        "Satisfactory: this was the word used on the old form",
        "The next step is to check understanding before moving on, using exit tickets.",
        "I have found the support from the mentor very helpful.",
    ],
)
def test_sentence_is_no_heading(text: str) -> None:
    assert read_heading(text) is None


def test_instruction_is_told_from_a_target_that_begins_with_the_same_verb() -> None:
    assert is_prompt("Please comment on the ECT’s performance against each standard below.")
    assert is_prompt("(Continue overleaf if necessary)")
    assert not is_prompt("Identify three strategies for pupils who finish early.")
    assert not is_prompt("I have discussed this report with my tutor.")


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("TS7 Behaviour and environment", "standard_7"),
        ("TS2 Pupil progress and outcomes", "standard_2"),
        ("Areas in which the ECT is making good progress", "strengths"),
        ("Areas where the teacher is strong", "strengths"),
        ("Areas in which further progress is needed", "areas_for_development"),
    ],
)
def test_short_names_and_areas_of_progress_are_told_apart(text: str, key: str) -> None:
    heading = read_heading(text)
    assert heading is not None
    assert heading.key == key


def test_sentence_about_a_standard_is_no_heading() -> None:
    assert read_heading("TS7 calm routines mean that all pupils feel safe") is None
