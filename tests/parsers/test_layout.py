"""Where values stand in relation to their labels, on real Word and PDF bytes drawn here."""

from parsers import choose, pdf
from parsers.forms import ExtractedForm, ReadFile, Status
from parsers.layout.blocks import cut_into_blocks
from parsers.layout.grids import Grids
from tests.support.drawn import read_bare
from tests.support.papers_docx import to_docx
from tests.support.papers_model import Block, Gap, Run, Sketch, T, Tick, a, cell, p
from tests.support.papers_pdf import to_pdf

TITLE = p("ECT progress review form", heading=1)
BASICS: tuple[Block, ...] = (
    T((0.5, 0.5), ((cell("ECT name"), cell(p(a("Orla Yardley")))), (cell("Teacher reference number"), cell(p(a("1234567")))),
                   (cell("Days absent in this period"), cell(p(a("2")))))),
)  # fmt: skip


def read_all(*blocks: Block) -> list[ExtractedForm]:
    return read_bare("ECT progress review form", *BASICS, *blocks)


def test_value_stands_right_of_its_label() -> None:
    for form in read_all():
        assert form.fields["ect_name"].value == "Orla Yardley"
        assert form.fields["trn"].status is Status.CLEAR


def test_evidence_says_where_the_value_stands() -> None:
    word, pdf, _ = read_all()
    assert word.fields["trn"].evidence[0].part
    assert pdf.fields["trn"].evidence[0].page == 1
    assert pdf.fields["trn"].evidence[0].bbox is not None


def test_several_pairs_share_a_line() -> None:
    line = p(Run("School: "), a("Fernhill Academy"), Gap(), Run("Date of birth: "), a("3 May 1994"))
    for form in read_all(line):
        assert form.fields["school_name"].value == "Fernhill Academy"
        assert form.fields["date_of_birth"].value == "1994-05-03"


def test_only_the_reported_column_of_a_period_grid_counts() -> None:
    head = (cell(""), cell("Assessment 1"), cell("Assessment 2"), cell("Assessment 3"))
    rows = (head, (cell("Start date"), cell(p(a("1 September 2023"))), cell(p(a("8 January 2024"))), cell("")),
            (cell("End date"), cell(p(a("15 December 2023"))), cell(p(a("28 March 2024"))), cell("")))  # fmt: skip
    for form in read_all(p(Run("Term "), a("2")), T((0.25, 0.25, 0.25, 0.25), rows)):
        assert form.fields["period_start"].value == "2024-01-08"
        assert form.fields["period_end"].value == "2024-03-28"


def test_label_like_line_inside_a_text_stays_text() -> None:
    text = "Reading is strong.", "Name: the class chose Kestrels.", "School trip: days absent from lessons: 7."
    for form in read_all(p("Strengths", bold=True), T((1.0,), ((cell(*(p(a(one)) for one in text)),),))):
        assert form.fields["strengths"].value == "\n".join(text)
        assert form.fields["days_absent"].value == "2"
        assert form.fields["ect_name"].value == "Orla Yardley"


def test_two_ticks_in_one_set_give_no_value_and_say_why() -> None:
    for form in read_all(p("Is the ECT on track? ", Tick(ticked=True), " Yes ", Gap(), Tick(ticked=True), " No")):
        reading = form.fields["on_track"]
        assert reading.value is None
        assert reading.status is Status.CHECK
        assert reading.reason


def test_no_tick_is_an_open_question() -> None:
    for form in read_all(p("Is the ECT on track? ", Tick(ticked=False), " Yes ", Gap(), Tick(ticked=False), " No")):
        assert form.fields["on_track"].status is Status.MISSING


def test_boxes_behind_their_words_are_not_taken_for_boxes_before_the_next() -> None:
    line = p("Contract: Full time ", Tick(ticked=True), Gap(), "Part time ", Tick(ticked=False), Gap(), "FTE: ")
    for form in read_all(line):
        assert form.fields["working_pattern"].value == "full_time"


def test_what_was_not_struck_out_is_chosen() -> None:
    for form in read_all(
        p("Full time / part time (delete as appropriate): ", Run("Full time", struck=True), " / ", Run("Part time"))
    )[:2]:
        assert form.fields["working_pattern"].value == "part_time"


def test_empty_place_is_missing_and_takes_no_other_value() -> None:
    table = T(
        (0.5, 0.5), ((cell("Period start date"), cell(p(a("")))), (cell("Headteacher's lunch"), cell(p(a("5 May 2024")))))
    )
    for form in read_all(table):
        assert form.fields["period_start"].status is Status.MISSING


def test_end_before_start_is_never_clear() -> None:
    table = T(
        (0.5, 0.5), ((cell("Period start date"), cell(p(a("5 May 2024")))), (cell("Period end date"), cell(p(a("1 May 2024")))))
    )
    for form in read_all(table):
        assert form.fields["period_start"].status is Status.CHECK
        assert form.fields["period_end"].status is Status.CHECK


def test_outcome_other_than_satisfactory_is_always_checked() -> None:
    sketch = Sketch("drawn", {}, [p("NQT final assessment report", heading=1), *BASICS, p(Tick(ticked=False), " has performed satisfactorily against the standards"),
                                  p(Tick(ticked=True), " has not performed satisfactorily against the standards")])  # fmt: skip
    answer = choose.read(to_docx(sketch), "paper")
    assert isinstance(answer, ReadFile)
    reading = answer.papers[0].form.fields["judgement"]
    assert (reading.value, reading.status) == ("unsatisfactory", Status.CHECK)


def test_plain_date_below_a_signature_is_the_day_of_that_signature() -> None:
    rows = [
        ("Signed (ECT)", "R Lindqvist"),
        ("Date", "17/12/2026"),
        ("Induction tutor signature", "A Holt"),
        ("Date", "18/12/2026"),
    ]
    for form in read_all(T((0.5, 0.5), tuple((cell(p(label)), cell(p(a(value)))) for label, value in rows))):
        assert (form.fields["ect_signed_on"].value, form.fields["tutor_signed_on"].value) == ("2026-12-17", "2026-12-18")


def test_plain_date_below_two_signatures_is_nobodys() -> None:
    rows = [("Signed (ECT)", "R Lindqvist"), ("Signed (headteacher)", "A Holt"), ("Date", "18/12/2026")]
    for form in read_all(T((0.5, 0.5), tuple((cell(p(label)), cell(p(a(value)))) for label, value in rows))):
        assert not {"ect_signed_on", "head_signed_on"} & {key for key, one in form.fields.items() if one.value}


def test_roles_by_columns_give_each_signatory_name_and_date() -> None:
    table = T((0.25, 0.25, 0.25, 0.25), (
        (cell(""), cell("Name"), cell("Signature"), cell("Date")),
        (cell("Headteacher"), cell(p(a("Una Bramwell"))), cell(""), cell(p(a("4 July 2024")))),
        (cell("Induction tutor"), cell(p(a("Piotr Lovelace"))), cell(""), cell(p(a(""))))))  # fmt: skip
    for form in read_all(table):
        assert form.fields["head_signed_name"].value == "Una Bramwell"
        assert form.fields["head_signed_on"].value == "2024-07-04"
        assert form.fields["tutor_signed_name"].value == "Piotr Lovelace"
        assert form.fields["tutor_signed_on"].status is Status.MISSING


def test_cell_merged_over_columns_stands_once_in_its_row() -> None:
    wide = cell("Head", span=2)
    drawn = pdf.read(
        to_pdf(Sketch("drawn", {}, [T((0.3, 0.3, 0.4), ((wide, cell("Right")), (cell("a"), cell("b"), cell("c"))))]))
    )
    paper = cut_into_blocks(drawn.sheet)
    grids = Grids(paper)
    low = next(block for block in paper.blocks if block.text == "c")
    assert [[block.text for block in row] for row in (grids.row(low), *grids.rows_above(low))] == [
        ["a", "b", "c"],
        ["Head", "Right"],
    ]
