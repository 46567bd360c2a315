"""The same questions and answers set by other designers: numbers before labels, pairs in other tables, lines and boxes."""

from collections import Counter

import pytest

from parsers import choose
from parsers.forms import ReadFile
from tests.support.drawn import read_bare
from tests.support.papers_model import NewPage, P, Run, Sketch, T, a, cell, p
from tests.support.scoring import compare, score
from tests.support.unseen import LAYOUTS, draw, make_all

_FACTS = (
    ("Name of ECT", "Orla Yardley", "ect_name", "Orla Yardley"),
    ("TRN", "1234567", "trn", "1234567"),
    ("School", "Fernhill Academy", "school_name", "Fernhill Academy"),
    ("Date of birth", "8 May 1993", "date_of_birth", "1993-05-08"),
    ("Days absent in this period", "11 days", "days_absent", "11"),
    ("FTE", "0.6", "fte", "0.6"),
)


@pytest.mark.parametrize("numbering", ["1.{n} ", "2.1{n} ", "1{n} ", "Q1{n}. ", "3.2.{n} "])
def test_numbers_before_labels_are_no_part_of_labels_and_values(numbering: str) -> None:
    labels = [numbering.format(n=place) + label for place, (label, *_) in enumerate(_FACTS)]
    in_cells = T((0.3, 0.7), tuple((cell(label), cell(p(a(fact[1])))) for label, fact in zip(labels, _FACTS, strict=True)))
    over = T((0.5, 0.5), tuple(
        (cell(p(left), p(a(one[1]))), cell(p(right), p(a(two[1]))))
        for left, one, right, two in zip(labels[::2], _FACTS[::2], labels[1::2], _FACTS[1::2], strict=True)
    ))  # fmt: skip
    in_lines = [p(f"{label}: ", a(fact[1])) for label, fact in zip(labels, _FACTS, strict=True)]
    for form in (*read_bare("ECT progress review", in_cells), *read_bare("ECT progress review", over), *read_bare("ECT progress review", *in_lines)):  # fmt: skip
        assert {key: form.fields[key].value for _, _, key, _ in _FACTS} == {key: value for _, _, key, value in _FACTS}


def test_designer_keeps_every_answer() -> None:
    for layout in LAYOUTS:
        answers = Counter(_written(draw(layout, 0, 0)))
        for designer in range(4):
            assert Counter(_written(draw(layout, 0, 0, designer))) == answers


@pytest.mark.soak
def test_forms_of_other_designers_keep_the_bars() -> None:
    counts: Counter[str] = Counter()
    for made in make_all(LAYOUTS, [0], ["docx", "set"], designers=4):
        answer = choose.read(made.content, "paper", shown=False)
        assert isinstance(answer, ReadFile)
        form = next((paper.form for paper in answer.papers if paper.form.kind), answer.papers[0].form)
        counts += compare(made.truth, form)
    assert counts["silent"] * 3000 <= counts["clear"]
    assert score(counts) >= 0.98


def _written(sketch: Sketch) -> list[str]:
    """All answers on a form, in no order."""
    blocks = [block for block in sketch.blocks if not isinstance(block, NewPage)]
    lines = [
        one for block in blocks
        for one in ([block] if isinstance(block, P) else [line for row in block.rows for each in row for line in each.blocks])
    ]  # fmt: skip
    return [piece.text for line in lines for piece in line.pieces if isinstance(piece, Run) and piece.answer]
