"""Tables without rules whose labels or answers go over lines: what stands in one cell is read as one."""

import pytest

from parsers.forms import Status
from parsers.layout.unruled import GOES_ON, with_unruled_tables
from parsers.pdf import read
from parsers.tokens import Sheet
from tests.support.drawn import read_bare
from tests.support.papers_model import Block, Sketch, T, a, cell, p
from tests.support.papers_pdf import to_pdf

_TITLE = "ECT progress review"


def _table(*rows: tuple[str, ...], widths: tuple[float, ...] = (0.15, 0.35, 0.15, 0.35)) -> T:
    """Labels and answers by turns, in columns that only stand apart."""
    made = tuple(tuple(cell(p(a(text))) if place % 2 else cell(text) for place, text in enumerate(row)) for row in rows)
    return T(widths, made, ruled=False)


def _sheet(*blocks: Block) -> Sheet:
    return with_unruled_tables(read(to_pdf(Sketch("drawn", {}, [p(_TITLE, heading=1), *blocks]))).sheet)


def _cells(*blocks: Block) -> list[str]:
    """The text of the cells that a page without rules is given."""
    sheet = _sheet(*blocks)
    return [" ".join(token.text for token in sheet.tokens if token.cell == index) for index in range(len(sheet.cells))]


_WRAPPED = _table(
    ("Name of the ECT", "Mary Jane Upton", "Teacher reference number", "1234567"),
    ("School name", "Brook Lane Nursery & Pre-School", "Start date of induction", "3 September 2025"),
    ("ECT’s date of birth", "12 May 1999", "Name of induction tutor", "Queenie Graham"),
    widths=(0.15, 0.15, 0.15, 0.55),
)


def test_labels_and_answers_that_wrap_beside_one_another_are_read_whole() -> None:
    for form in read_bare(_TITLE, _WRAPPED):
        assert form.fields["ect_name"].value == "Mary Jane Upton"
        assert form.fields["school_name"].value == "Brook Lane Nursery & Pre-School"
        assert form.fields["induction_start"].value == "2025-09-03"
        assert form.fields["date_of_birth"].value == "1999-05-12"
        assert form.fields["induction_tutor_name"].value == "Queenie Graham"
        assert form.fields["trn"].value == "1234567"


def test_the_evidence_of_a_wrapped_answer_holds_all_its_lines() -> None:
    sheet = _sheet(_WRAPPED)
    found = next(token.cell for token in sheet.tokens if token.text == "Brook")
    assert found is not None
    words = [token for token in sheet.tokens if token.cell == found]
    assert [token.text for token in words] == ["Brook", "Lane", "Nursery", "&", "Pre-School"]
    assert len({token.line for token in words}) == 3
    assert len({token.paragraph for token in words}) == 1
    box = sheet.cells[found].box
    assert all(
        box.x0 <= token.box.x0 and token.box.x1 <= box.x1 and box.top <= token.box.middle <= box.bottom for token in words
    )


def test_each_signatory_keeps_the_date_beside_the_own_name() -> None:
    signing = _table(
        ("Name of headteacher", "Anne Castle", "Date", "4 July 2025"),
        ("Name of induction tutor", "Tom Wood", "Date", "2 July 2025"),
    )
    basics = _table(("ECT name", "Orla Yardley", "TRN", "1234567"))
    for form in read_bare("ECT assessment form", basics, p("Signatures", heading=2), signing):
        assert form.fields["head_signed_on"].value == "2025-07-04"
        assert form.fields["tutor_signed_on"].value == "2025-07-02"


def test_numbered_labels_keep_their_answers_where_one_is_left_out() -> None:
    table = _table(
        ("1.1 ECT’s full name", "Orla Yardley", "1.2 Any other surname used", ""),
        ("1.3 ECT’s date of birth:", "12 May 1999", "1.4 Teacher reference number", "1234567"),
    )
    for form in read_bare(_TITLE, table):
        assert form.fields["ect_name"].value == "Orla Yardley"
        assert form.fields["date_of_birth"].value == "1999-05-12"
        assert form.fields["trn"].value == "1234567"
        assert "ect_signed_on" not in form.fields or form.fields["ect_signed_on"].value is None


def test_an_address_cut_in_two_is_one_word() -> None:
    table = _table(
        ("Name of the ECT", "Orla Yardley", "Email address of the ECT", "orla.yardley.maternity@brooklane.sch.example"),
        ("TRN", "1234567", "Start date of induction", "3 September 2025"),
        widths=(0.2, 0.3, 0.2, 0.3),
    )
    form = read_bare("Registration of an ECT for induction", table)[1]
    assert form.fields["ect_email"].value == "orla.yardley.maternity@brooklane.sch.example"


@pytest.mark.parametrize(
    "blocks",
    [
        pytest.param((_table(("ECT name", "Orla Yardley", "TRN", "1234567"), ("School", "Brook Lane", "URN", "123456")),), id="nothing wraps"),
        pytest.param(
            (
                T(
                    (0.5, 0.5),
                    (
                        (
                            cell("The induction tutor meets the teacher every week and keeps short notes of what was agreed."),
                            cell("The school keeps the reduced timetable free of cover, and says so where that was not possible."),
                        ),
                    ),
                    ruled=False,
                ),
            ),
            id="prose in columns",
        ),
        pytest.param(
            (
                T(
                    (0.25, 0.25, 0.25, 0.25),
                    (
                        (cell("Name of the tutor who signs"), cell("Role in the school"), cell("Date of the meeting"), cell("Days absent")),
                        tuple(cell(p(a(text))) for text in ("Tom Wood", "Tutor", "2 July 2025", "3")),
                        tuple(cell(p(a(text))) for text in ("Anne Castle", "Mentor", "4 July 2025", "0")),
                    ),
                    ruled=False,
                ),
            ),
            id="a grid under heads",
        ),
    ],
)  # fmt: skip
def test_what_is_no_table_of_pairs_that_wrap_stays_free(blocks: tuple[Block, ...]) -> None:
    assert _cells(*blocks) == []


def test_a_page_with_rules_gets_no_further_cells() -> None:
    ruled = T(_WRAPPED.widths, _WRAPPED.rows)
    assert len(_cells(ruled)) == 12


def test_rows_as_close_as_lines_are_not_run_together() -> None:
    """Where rows stand no farther apart than lines, only words can tell them."""
    close = T((0.3, 0.7), ((cell("ECT name", "TRN", "School name"), cell(p(a("Orla Yardley")), p(a("1234567")), p(a("Brook Lane")))),), ruled=False)  # fmt: skip
    assert _cells(close) == []


def test_labels_side_by_side_over_several_lines_are_doubted() -> None:
    """Nobody answered: the second label, which goes over lines, is no answer to the first."""
    table = _table(
        ("Q1. Areas of strength in the lessons seen", "Q2. Development targets to carry forward"), widths=(0.15, 0.15)
    )
    sheet = _sheet(table)
    assert not sheet.cells
    assert all(token.doubt == GOES_ON for token in sheet.tokens if token.text in {"Q2.", "Development", "targets", "carry"})


def test_a_wrapped_answer_is_clear_only_when_it_is_whole() -> None:
    form = read_bare(_TITLE, _WRAPPED)[1]
    assert form.fields["school_name"].status is Status.CLEAR
    assert form.fields["school_name"].value == "Brook Lane Nursery & Pre-School"
