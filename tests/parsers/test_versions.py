"""Forms of versions that are no longer in use are read, and flagged."""

import io

import pytest
from docx import Document

from parsers.choose import read
from parsers.forms import FormKind, ReadFile
from parsers.versions import NOT_IN_USE, OLD_WORDS, RUN_OUT

ROWS = (
    ("Full name of {}", "Aroha Example"),
    ("Teacher reference number", "1234567"),
    ("Date of birth", "17/05/1996"),
    ("Name of school", "Nether Tarrow High School"),
    ("Start of assessment period", "04/09/{}"),
    ("End of assessment period", "20/12/{}"),
    ("Days absent", "2"),
)


def form(footer: str = "", *, word: str = "ECT", year: int = 2023, comment: str = "A good start.") -> ReadFile:
    document = Document()
    document.add_heading(f"{word} progress review form", 1)
    table = document.add_table(rows=0, cols=2)
    for label, value in (
        *ROWS,
        (f"{word} on track to meet the Teachers’ Standards?", "Yes"),
        ("Comments of the tutor", comment),
    ):
        cells = table.add_row().cells
        cells[0].text, cells[1].text = label.format(word), value.format(year)
    document.sections[0].footer.paragraphs[0].text = footer
    content = io.BytesIO()
    document.save(content)
    read_ = read(content.getvalue(), "form.docx")
    assert isinstance(read_, ReadFile)
    assert read_.papers[0].form.kind is FormKind.PROGRESS_REVIEW
    assert read_.papers[0].form.fields["trn"].value == "1234567"
    return read_


def warnings(read_: ReadFile) -> tuple[str, ...]:
    return read_.papers[0].form.warnings


@pytest.mark.parametrize(
    "footer",
    [
        "Version 2 (2019) - withdrawn September 2021",
        "This form has been superseded by version 4",
        "Do not use this version of the form",
        "This template is no longer in use",
    ],
)
def test_form_that_says_that_it_is_withdrawn_is_flagged(footer: str) -> None:
    assert warnings(form(footer)) == (NOT_IN_USE,)


@pytest.mark.parametrize(
    "footer", ["Version 4, September 2023", "Form PR2 v3 | Page 1 of 1", "This version replaces all earlier ones", ""]
)
def test_form_that_names_its_version_is_not(footer: str) -> None:
    assert warnings(form(footer)) == ()


def test_form_with_a_last_day_is_flagged_where_its_own_dates_are_later() -> None:
    footer = "Form version 3: not to be used after 31 August 2022"
    assert warnings(form(footer, year=2023)) == (RUN_OUT,)
    assert warnings(form(footer, year=2021)) == ()


def test_form_that_knows_nqts_only_is_flagged_where_there_are_none_any_more() -> None:
    assert warnings(form(word="NQT", year=2024)) == (OLD_WORDS,)
    assert warnings(form(word="NQT", year=2020)) == ()
    assert warnings(form("Formerly: NQT review", word="ECT", year=2024)) == ()


def test_what_a_person_writes_about_other_versions_flags_nothing() -> None:
    comment = (
        "The earlier plan was superseded after half-term. " + "She now plans each lesson with her mentor and keeps notes. " * 5
    )
    assert warnings(form(comment=comment + "She knows the form by heart.")) == ()
