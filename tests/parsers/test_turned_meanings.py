"""Words of a label or an answer that turn what it means: such a value is one to check, and never clear."""

import pytest

from parsers.doubts import month_first
from parsers.forms import Status
from parsers.labels.options import read_question
from parsers.written import read_value
from tests.parsers.test_misplaced import FACTS, REGISTRATION, REVIEW, forms_of, statuses, table
from tests.support.papers_model import a, p

PERSON = FACTS[:4]
ASSESSMENT = p("ECT formal assessment: end of first assessment period", heading=1)
CHANGE = p("ECT change of details form", heading=1)
LEAVER = p("Notification of an ECT leaving", heading=1)


@pytest.mark.parametrize(
    ("row", "key", "why"),
    [
        (("Half-day sessions absent", "6"), "days_absent", "half days"),
        (("Number of half days absent", "6"), "days_absent", "half days"),
        (("Contracted days per week", "4"), "days_served", "one week"),
        (("Absence %", "3"), "days_absent", "percentage"),
        (("Number of absences", "3"), "days_absent", "how often"),
        (("Days absent remaining before extension", "24"), "days_absent", "still allowed"),
        (("Days absent last term", "4"), "days_absent", "earlier time"),
        (("Days mentor absent", "2"), "days_absent", "colleague"),
        (("Mentor FTE", "0.8"), "fte", "colleague"),
        (("Days absent in this period", "1 week"), "days_absent", "another unit"),
        (("Days absent in this period", "4 half days"), "days_absent", "another unit"),
        (("Term", "Spring 2"), "term_number", "half of a school term"),
        (("Period end", "Monday 19 December 2025"), "period_end", "day of the week"),
    ],
)
def test_wording_that_turns_the_meaning_is_never_clear(row: tuple[str, str], key: str, why: str) -> None:
    for form in forms_of(REVIEW, table(*PERSON, row)):
        assert form.fields[key].status is Status.CHECK
        assert why in str(form.fields[key].reason)


@pytest.mark.parametrize(
    ("row", "key"),
    [
        (("Days absent (to the nearest half day)", "6"), "days_absent"),
        (("Days absent in this period", "2 and a half days"), "days_absent"),
        (("Term", "Spring (term 2)"), "term_number"),
        (("Period end", "Friday 19 December 2025"), "period_end"),
    ],
)
def test_usual_wording_is_clear(row: tuple[str, str], key: str) -> None:
    for form in forms_of(REVIEW, table(*PERSON, row)):
        assert form.fields[key].status is Status.CLEAR


@pytest.mark.parametrize(
    ("row", "key", "why"),
    [
        (("Start of induction elsewhere", "1 September 2024"), "induction_start", "another start"),
        (("Date QTS expected", "15 July 2025"), "qts_date", "to come"),
        (("Contact email", "tom.holt@school.example"), "ect_email", "whose address"),
    ],
)
def test_wording_of_registrations_that_turns_the_meaning(row: tuple[str, str], key: str, why: str) -> None:
    for form in forms_of(REGISTRATION, table(*PERSON, row)):
        assert form.fields[key].status is Status.CHECK
        assert why in str(form.fields[key].reason)


@pytest.mark.parametrize("value", ["See letterhead", "Starts 1/9/2025", "Yes", "Please ask the office"])
def test_words_that_are_no_name_of_a_school_are_to_check(value: str) -> None:
    for form in forms_of(REGISTRATION, table(*PERSON[:3], ("School name", value))):
        assert form.fields["school_name"].status is not Status.CLEAR


def test_new_name_is_no_next_school_and_speaks_against_the_old_one() -> None:
    names = (("Current name", "Orla Smith"), ("New name", "Orla Yardley"))
    for form in forms_of(CHANGE, table(*names, *PERSON[1:])):
        assert "next_school" not in form.fields
        assert form.fields["ect_name"].status is Status.CHECK


@pytest.mark.parametrize("role", ["Head of year", "Deputy headteacher", "Assistant principal"])
def test_other_heads_are_no_clear_headteacher(role: str) -> None:
    for form in forms_of(REVIEW, table(*PERSON, (role, "Tom Holt"))):
        assert "headteacher_name" not in statuses(form) or form.fields["headteacher_name"].status is Status.CHECK


@pytest.mark.parametrize("role", ["Deputy Headteacher", "Assistant Principal"])
def test_role_behind_a_name_is_no_label(role: str) -> None:
    for form in forms_of(REVIEW, table(*PERSON, ("Mentor name and role", f"Lowri Castle / {role}"))):
        assert form.fields["mentor_name"].value == "Lowri Castle"


def test_day_on_which_a_certificate_was_seen_is_no_day_of_qts() -> None:
    for form in forms_of(REGISTRATION, table(*PERSON, ("QTS certificate seen on", "1 September 2025"))):
        assert "qts_date" not in form.fields


def test_address_with_the_teachers_name_is_clear() -> None:
    for form in forms_of(REGISTRATION, table(*PERSON, ("Contact email", "o.yardley@school.example"))):
        assert form.fields["ect_email"].status is Status.CLEAR


def test_name_asked_for_with_the_surname_first_is_to_check() -> None:
    for form in forms_of(REVIEW, table(("ECT name (surname first)", "Yardley Orla"), *PERSON[1:])):
        assert "surname first" in str(form.fields["ect_name"].reason)


def test_signature_on_behalf_of_somebody_is_to_check() -> None:
    for form in forms_of(ASSESSMENT, table(*PERSON), p("Signed on behalf of the headteacher: ", a("Tom Holt"))):
        assert "signed for" in str(form.fields["head_signed_name"].reason)


def test_one_date_with_the_month_first_speaks_against_the_others() -> None:
    days = (("Period start", "09/01/2025"), ("Period end", "12/19/2025"))
    for form in forms_of(REVIEW, table(*PERSON, *days)):
        assert "month first" in str(form.fields["period_start"].reason)
        assert form.fields["date_of_birth"].status is Status.CLEAR
    for form in forms_of(REVIEW, table(*PERSON, days[0], ("Period end", "19/12/2025"))):
        assert form.fields["period_start"].status is Status.CLEAR
    assert month_first({}) == {}


@pytest.mark.parametrize("answer", ["Satisfactory with concerns", "Pass subject to evidence"])
def test_qualified_judgement_is_to_check(answer: str) -> None:
    for form in forms_of(ASSESSMENT, table(*PERSON, ("Judgement", answer))):
        assert (form.fields["judgement"].value, form.fields["judgement"].status) == ("satisfactory", Status.CHECK)


@pytest.mark.parametrize(
    "question",
    [
        "Is the ECT not making satisfactory progress?",
        "Is the ECT not remaining at the school?",
        "Has the ECT not received the full entitlement?",
    ],
)
def test_question_with_a_not_is_answered_by_no_yes_or_no(question: str) -> None:
    assert read_question(question) is None


@pytest.mark.parametrize("question", ["Is the ECT on track or not?", "Is the ECT on track? If not, say why"])
def test_question_with_an_or_not_is_as_it_is_without(question: str) -> None:
    found = read_question(question)
    assert found is not None
    assert found.key == "on_track"


@pytest.mark.parametrize(
    ("key", "text", "clear"),
    [
        ("terms_completed", "2 half terms", False),
        ("terms_completed", "2 and a half terms", True),
        ("days_absent", "6 sessions", False),
        ("days_absent", "half a day", True),
    ],
)
def test_amount_in_another_unit(key: str, text: str, clear: bool) -> None:
    written = read_value(key, text)
    assert written is not None
    assert (written.doubt is None) is clear


OFFICE = p("For office use only", bold=True)


def test_day_of_release_on_the_dfe_service_is_no_leaving_date() -> None:
    released = ("Released on DfE service (date)", "5 September 2025")
    for form in forms_of(
        LEAVER, table(*PERSON, ("Last day of employment", "")), OFFICE, table(released, ("Checked by", "Tom Holt"))
    ):
        assert form.fields["leaving_date"].value is None
    for form in forms_of(LEAVER, table(*PERSON, ("Last day of employment", "31 August 2025")), OFFICE, table(released)):
        assert (form.fields["leaving_date"].value, form.fields["leaving_date"].status) == ("2025-08-31", Status.CLEAR)


OFFICE_ROWS = (("Days absent verified", "4"), ("Appropriate body", "Ben Cole"))


def test_values_in_the_part_of_the_office_are_to_check() -> None:
    for form in forms_of(REVIEW, table(*PERSON), OFFICE, table(*OFFICE_ROWS)):
        for key in ("days_absent", "appropriate_body"):
            assert "the part that the office fills in" in str(form.fields[key].reason)
        assert form.fields["school_name"].status is Status.CLEAR


def test_part_of_the_office_ends_at_the_next_heading_and_is_none_over_the_teachers_name() -> None:
    after = (p("Absence", bold=True), table(("Days absent in this period", "4")))
    for form in forms_of(REVIEW, table(*PERSON), OFFICE, table(("Reference", "A")), *after):
        assert form.fields["days_absent"].status is Status.CLEAR
    for form in forms_of(REVIEW, OFFICE, table(*PERSON, ("Days absent in this period", "4"))):
        assert form.fields["days_absent"].status is Status.CLEAR
