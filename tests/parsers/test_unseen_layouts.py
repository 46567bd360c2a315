"""How well layouts are read that were drawn independently of the readers: half were looked at while mending, half never."""

from collections import Counter

import pytest

from parsers import choose
from parsers.forms import ExtractedForm, ReadFile
from tests.support.papers_model import NewPage, P, Run, Sketch, T
from tests.support.scoring import compare, score
from tests.support.unseen import GROUPS, HELD, LAYOUTS, TRIED, Made, draw, draw_blank, make, make_all
from tests.support.unseen.converted import SOFFICE
from tests.support.unseen.word import several_to_word, to_word

_LATER = [name for name in GROUPS if name not in {"tried", "held", "fresh", "last"}]


def read(content: bytes) -> ExtractedForm:
    answer = choose.read(content, "paper", shown=False)
    assert isinstance(answer, ReadFile)
    return next((paper.form for paper in answer.papers if paper.form.kind), answer.papers[0].form)


def counted(papers: list[Made]) -> Counter[str]:
    return sum((compare(made.truth, read(made.content)) for made in papers), Counter())


@pytest.mark.parametrize("layout", sorted(LAYOUTS))
def test_layout_draws_in_every_rendering_and_says_what_its_truth_says(layout: str) -> None:
    sketch = draw(layout, 0, 0)
    answers = " ".join(_answers(sketch))
    for value in (sketch.truth.get("ect_name"), sketch.truth.get("school_name")):
        if isinstance(value, str):
            assert all(part.casefold() in answers.casefold() for part in value.split())
    for rendering in ("docx", "acro"):
        assert len(make(layout, 0, 0, rendering).content) > 1000


@pytest.mark.parametrize("layout", sorted(TRIED))
def test_layout_is_read_with_nothing_wrong_shown_as_sure(layout: str) -> None:
    counts = counted([make(layout, template, 0, rendering) for template in (0, 1) for rendering in ("docx", "set", "flat")])
    assert counts["kind"] == counts["papers"]
    assert counts["silent"] == 0
    assert score(counts) >= 0.9


@pytest.mark.parametrize("layout", sorted(layout for name in _LATER for layout in GROUPS[name]))
def test_later_layout_is_read_with_nothing_wrong_shown_as_sure(layout: str) -> None:
    counts = counted([make(layout, template, 0, "docx") for template in (0, 1)])
    assert counts["kind"] == counts["papers"]
    assert counts["silent"] == 0
    assert score(counts) >= 0.85


@pytest.mark.soak
@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed: prints and OpenDocument are made by it")
@pytest.mark.parametrize("half", ["all", "held"])
def test_unseen_layouts_keep_the_bars(half: str) -> None:
    counts = counted(list(make_all(HELD if half == "held" else LAYOUTS, range(5))))
    assert counts["kind"] >= 0.99 * counts["papers"]
    assert counts["silent"] * 3000 <= counts["clear"]
    assert score(counts) >= 0.98
    assert counts["clear"] >= 0.85 * counts["truth"]


@pytest.mark.parametrize("layout", sorted(TRIED))
def test_blank_template_invents_nothing(layout: str) -> None:
    sketch = draw_blank(layout, 0)
    for how in ("typed", "controls", "legacy"):
        form = read(to_word(sketch, how))
        assert form.blank
        assert compare(sketch.truth, form)["wrong"] == 0


def test_papers_in_one_word_file_are_read_apart() -> None:
    sketches = [draw("people_blocks", 0, 0), draw("misspelt", 1, 0), draw("two_columns", 1, 0)]
    answer = choose.read(several_to_word(sketches), "paper", shown=False)
    assert isinstance(answer, ReadFile)
    kinds = [paper.form.kind.value for paper in answer.papers if paper.form.kind]
    assert kinds == [sketch.truth["form_kind"] for sketch in sketches]


def _answers(sketch: Sketch) -> list[str]:
    paragraphs = [one for block in sketch.blocks if not isinstance(block, NewPage) for one in _paragraphs(block)]
    return [piece.text for one in paragraphs for piece in one.pieces if isinstance(piece, Run) and piece.answer]


def _paragraphs(block: P | T) -> list[P]:
    return [block] if isinstance(block, P) else [one for row in block.rows for cell in row for one in cell.blocks]
