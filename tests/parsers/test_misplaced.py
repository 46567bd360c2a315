"""Values that most likely answer something else: each is one to check, and the same paper well understood has none."""

import pytest

from parsers import choose
from parsers.contradictions import contradictions
from parsers.forms import ExtractedForm, FormKind, ReadFile, Status
from parsers.unasked import is_unasked
from tests.support.papers_docx import to_docx
from tests.support.papers_model import NewPage, Sketch, T, a, cell, p
from tests.support.papers_pdf import to_pdf
from tests.support.unseen import make

REVIEW = p("ECT progress review", heading=1)
REGISTRATION = p("Registration of an early career teacher (ECT) for induction", heading=1)
FACTS = (
    ("ECT name", "Orla Yardley"), ("Teacher reference number", "1234567"), ("Date of birth", "3 May 1994"),
    ("School name", "Fernhill Academy"), ("Days absent in this period", "2"),
)  # fmt: skip


def table(*rows: tuple[str, str]) -> T:
    return T((0.5, 0.5), tuple((cell(label), cell(p(a(value)))) for label, value in rows))


def forms_of(*blocks: object) -> list[ExtractedForm]:
    sketch = Sketch("drawn", {}, list(blocks))  # type: ignore[arg-type]
    forms = []
    for content in (to_docx(sketch), to_pdf(sketch)):
        answer = choose.read(content, "paper", shown=False)
        assert isinstance(answer, ReadFile)
        forms.append(answer.papers[0].form)
    return forms


def statuses(form: ExtractedForm) -> dict[str, Status]:
    return {key: one.status for key, one in form.fields.items() if one.value is not None}


def test_paper_that_is_understood_is_clear() -> None:
    for form in forms_of(REVIEW, table(*FACTS)):
        assert set(statuses(form).values()) == {Status.CLEAR}


@pytest.mark.parametrize(
    ("left", "doubted"),
    [
        (("Zumble", "Ashgrove Primary School"), "school_name"),
        (("Zumble", "4.5"), "days_absent"),
    ],
)
def test_answer_left_over_speaks_against_the_value_of_its_kind(left: tuple[str, str], doubted: str) -> None:
    for form in forms_of(REVIEW, table(*FACTS, left)):
        assert {key for key, status in statuses(form).items() if status is Status.CHECK} == {doubted}
        assert "without a label that is known" in str(form.fields[doubted].reason)


def test_several_answers_left_over_speak_against_all_that_is_known_by_its_place() -> None:
    for form in forms_of(REVIEW, table(*FACTS, ("Zumble", "Tom Holt"), ("Quorx", "4 June 2026"))):
        found = statuses(form)
        assert {key for key, status in found.items() if status is Status.CLEAR} == {"trn"}


@pytest.mark.parametrize(
    "row",
    [
        ("Zumble", "For example 4 June 2026"),
        ("Zumble", "Estuary Teaching School Hub"),
        ("Zumble", "Response: 41"),
        ("3", "Zumble"),
    ],
)
def test_words_that_forms_print_are_no_answers_left_over(row: tuple[str, str]) -> None:
    for form in forms_of(REVIEW, table(*FACTS, row, row)):
        assert set(statuses(form).values()) == {Status.CLEAR}


@pytest.mark.parametrize(
    ("kind", "key", "unasked"),
    [
        (FormKind.REGISTRATION, "judgement", True),
        (FormKind.REGISTRATION, "qts_date", False),
        (FormKind.FORMAL_ASSESSMENT, "judgement", False),
        (FormKind.LEAVER_NOTICE, "next_school", False),
        (FormKind.PROGRESS_REVIEW, "next_school", True),
        (None, "judgement", False),
    ],
)
def test_every_kind_has_fields_that_it_does_not_ask_for(kind: FormKind | None, key: str, unasked: bool) -> None:
    assert is_unasked(key, kind) is unasked


def test_value_that_no_form_of_the_kind_asks_for_is_one_to_check() -> None:
    rows = (*FACTS[:4], ("Start of induction", "1 September 2025"), ("End of the assessment period", "19 December 2025"))
    for form in forms_of(REGISTRATION, table(*rows)):
        assert form.kind is FormKind.REGISTRATION
        assert form.fields["period_end"].reason == "forms of this kind do not usually ask for this"


def test_teacher_with_the_name_of_a_colleague_is_one_to_check() -> None:
    found = contradictions({"ect_name": "Zoë Turner", "headteacher_name": "Zoe TURNER", "mentor_name": "Tom Holt"})
    assert set(found) == {"ect_name", "headteacher_name"}
    assert contradictions({"headteacher_name": "Zoë Turner", "induction_tutor_name": "Zoë Turner"}) == {}


def test_name_printed_by_a_colleague_is_not_a_second_teacher() -> None:
    rows = (*FACTS[:4], ("Headteacher’s name", "Zoë Turner"))
    printed = (
        (cell("Signature of headteacher"), cell("Date: 7/12/2025")),
        (cell(p("Print name: ", a("Zoë Turner"))), cell("")),
    )
    for form in forms_of(REGISTRATION, table(*rows), T((0.5, 0.5), printed)):
        assert (form.fields["ect_name"].value, form.fields["ect_name"].status) == ("Orla Yardley", Status.CLEAR)
        assert form.fields["trn"].status is Status.CLEAR


@pytest.mark.parametrize(
    ("address", "doubted"),
    [
        ("finance@fernhill.example", True),
        ("school.office@fernhill.example", True),
        ("tholt@fernhill.example", True),
        ("o.yardley@fernhill.example", False),
        ("teacher21@fernhill.example", False),
        ("yardley.holt@fernhill.example", False),
    ],
)
def test_address_of_an_office_or_a_colleague_is_one_to_check(address: str, doubted: bool) -> None:
    values = {"ect_name": "Orla Yardley", "mentor_name": "Tom Holt", "ect_email": address}
    assert ("ect_email" in contradictions(values)) is doubted


def test_date_beside_an_empty_signature_is_one_to_check() -> None:
    signed = p("Induction tutor’s name: ", a(""), "   Signed: ____________   Date: ", a("27 March 2026"))
    for form in forms_of(REVIEW, table(*FACTS), p("Signatures", bold=True), signed):
        assert form.fields["tutor_signed_on"].reason == "a date without the name of who signed"


@pytest.mark.parametrize(("label", "sure"), [("Headteacher:", False), ("Headteacher’s signature:", True)])
def test_notice_that_only_names_the_head_does_not_say_that_the_head_signed(label: str, sure: bool) -> None:
    leaving = p("Early career teacher: leaver notification", heading=1)
    rows = (*FACTS[:4], ("Date of leaving", "19 December 2025"))
    signing = T((0.25,) * 4, ((cell(label), cell(p(a("Zoë Turner"))), cell("Date:"), cell(p(a("19 December 2025")))),))
    for form in forms_of(leaving, table(*rows), p("Signed", bold=True), signing):
        assert form.kind is FormKind.LEAVER_NOTICE
        named = form.fields.get("head_signed_name")
        assert named is not None or not sure
        assert named is None or (named.status is Status.CLEAR) is sure


@pytest.mark.parametrize(
    ("name", "rest", "sure"), [("Brook Lane", "Nursery & Pre-School", False), ("Fernhill Academy", "", True)]
)
def test_name_of_a_school_that_goes_on_in_words_of_labels_is_whole_or_to_check(name: str, rest: str, sure: bool) -> None:
    line = p("School name: ", a(name), f" {rest}" if rest else "")
    for form in forms_of(REVIEW, table(*FACTS[:3]), line):
        reading = form.fields["school_name"]
        assert (reading.status is Status.CLEAR) is (reading.value == f"{name} {rest}".strip())
        assert not sure or reading.status is Status.CLEAR


def test_text_that_may_go_on_over_the_page_is_one_to_check() -> None:
    answer = T((1.0,), ((cell(p(a("Books show that pupils know more."))),),))
    further = T(
        (0.5, 0.5),
        (
            (
                cell(""),
                cell(p(a("It was seen again in May by the mentor."))),
            ),
        ),
    )
    whole = Sketch("drawn", {}, [REVIEW, table(*FACTS), p("Strengths", bold=True), answer])
    parted = Sketch("drawn", {}, [*whole.blocks, NewPage(), further])
    for sketch, status in ((whole, Status.CLEAR), (parted, Status.CHECK)):
        read_ = choose.read(to_pdf(sketch), "paper", shown=False)
        assert isinstance(read_, ReadFile)
        assert read_.papers[0].form.fields["strengths"].status is status


def test_total_in_a_caption_that_does_not_say_of_which_time_is_one_to_check() -> None:
    answer = choose.read(make("options_across", 0, 0, "acro").content, "paper", shown=False)
    assert isinstance(answer, ReadFile)
    assert answer.papers[0].form.fields["days_absent"].reason == "it may be the absence of the whole induction"
