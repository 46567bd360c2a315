"""A layout teaches where fields stand, and nothing about people."""

import json

import pytest

from parsers import choose, word
from parsers.forms import ReadFile
from parsers.learned import Layouts
from parsers.learning import learn
from tests.support.papers_docx import to_docx
from tests.support.papers_model import Sketch, T, a, cell, p


def form_of(name: str, trn: str, code: str) -> bytes:
    table = T((0.5, 0.5), ((cell("ECT name"), cell(p(a(name)))), (cell("Practitioner code"), cell(p(a(trn)))), (cell("School"), cell(p(a("Fernhill Academy")))),
                           (cell("Days absent in this period"), cell(p(a(code)))), (cell("Period end date"), cell(p(a("4 July 2024"))))))  # fmt: skip
    return to_docx(Sketch("taught", {}, [p("ECT progress review record", heading=1), table]))


def test_unknown_label_is_read_once_its_layout_was_taught() -> None:
    layout = learn(word.read_sheet(form_of("Orla Yardley", "1234567", "2")), {"trn": "1234567", "ect_name": "Orla Yardley"})
    assert layout is not None
    extract = Layouts((layout,)).to_json()
    other = form_of("Piotr Eastgate", "7654321", "3")
    before, after = choose.read(other, "paper"), choose.read(other, "paper", extract)
    assert isinstance(before, ReadFile)
    assert isinstance(after, ReadFile)
    assert "trn" not in before.papers[0].form.fields
    assert after.papers[0].form.fields["trn"].value == "7654321"


def test_extract_holds_places_and_no_values() -> None:
    layout = learn(word.read_sheet(form_of("Orla Yardley", "1234567", "2")), {"trn": "1234567", "ect_name": "Orla Yardley"})
    assert layout is not None
    text = Layouts((layout,)).to_json()
    assert "1234567" not in text
    assert "orla" not in text.casefold()
    assert Layouts.from_json(text).to_json() == text


@pytest.mark.parametrize("text", ['{"schema": "other", "layouts": []}', '{"schema": "mailroom.layouts/1"}', "[]"])
def test_anything_else_is_no_extract(text: str) -> None:
    with pytest.raises((KeyError, TypeError, ValueError)):
        Layouts.from_json(text)


def test_empty_extract_knows_no_layout() -> None:
    assert Layouts.from_json(None).layouts == ()
    assert json.loads(Layouts().to_json())["layouts"] == []
