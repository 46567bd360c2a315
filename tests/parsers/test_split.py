"""Several papers in one file are told apart."""

from io import BytesIO

import pytest
from docx import Document

from parsers import choose
from parsers.forms import ReadFile, Status
from tests.support.papers import draw
from tests.support.papers_model import NewPage, Sketch
from tests.support.papers_pdf import to_pdf
from tests.support.pictured import WAYS, pictured


def test_three_papers_in_one_file_are_three_readings_with_their_pages() -> None:
    parts = [draw("leaver", 0, 0), draw("observation", 0, 0), draw("leaver", 0, 1)]
    blocks = [*parts[0].blocks, NewPage(), *parts[1].blocks, NewPage(), *parts[2].blocks]
    answer = choose.read(to_pdf(Sketch("joined", {}, blocks)), "paper", shown=False)
    assert isinstance(answer, ReadFile)
    forms = [paper.form for paper in answer.papers]
    assert [form.kind and form.kind.value for form in forms] == ["leaver_notice", "lesson_observation", "leaver_notice"]
    assert [form.pages for form in forms] == [(1, 1), (2, 2), (3, 3)]
    assert forms[0].fields["trn"].value == parts[0].truth["trn"]
    assert forms[2].fields["trn"].value == parts[2].truth["trn"]


def test_long_form_is_one_paper() -> None:
    answer = choose.read(to_pdf(draw("numbered", 0, 0)), "paper", shown=False)
    assert isinstance(answer, ReadFile)
    assert len(answer.papers) == 1
    pages = answer.papers[0].form.pages
    assert pages is not None
    assert pages[1] > 1


@pytest.mark.parametrize("way", ["scan", "photo"])
def test_papers_of_two_teachers_in_one_scan_are_two_and_a_form_of_two_pages_stays_one(way: str) -> None:
    parts = [draw("leaver", 0, 0), draw("numbered", 0, 0), draw("leaver", 0, 1)]
    blocks = [*parts[0].blocks, NewPage(), *parts[1].blocks, NewPage(), *parts[2].blocks]
    answer = choose.read(pictured(to_pdf(Sketch("joined", {}, blocks)), WAYS[way]), "scan", shown=False)
    assert isinstance(answer, ReadFile)
    forms = [paper.form for paper in answer.papers]
    assert [form.kind and form.kind.value for form in forms] == ["leaver_notice", "formal_assessment", "leaver_notice"]
    assert [form.fields["trn"].value for form in forms] == [part.truth["trn"] for part in parts]


def test_every_value_of_a_word_file_that_names_two_teachers_is_doubtful() -> None:
    document = Document()
    for name, line in (("Amara Quillfeather", "Number of days served: 60"), ("Tom Holt", "Number of days absent: 4")):
        document.add_heading("ECT progress review", 1)
        for text in (f"Name of ECT: {name}", "School: Harrowgill School", line, "Date: 12 December 2025"):
            document.add_paragraph(text)
    content = BytesIO()
    document.save(content)
    answer = choose.read(content.getvalue(), "paper", shown=False)
    assert isinstance(answer, ReadFile)
    fields = answer.papers[0].form.fields
    assert fields["days_absent"].value == "4"
    assert Status.CLEAR not in {one.status for one in fields.values() if one.value is not None}
