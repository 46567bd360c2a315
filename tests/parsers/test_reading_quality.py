"""How well papers are read that the reader has not been made for: generated layouts, decoys, blank templates, samples."""

import json
from collections import Counter
from pathlib import Path

import pytest

from parsers import choose
from parsers.forms import ExtractedForm, ReadFile
from tests.support.papers import RENDERINGS, draw_blank, make
from tests.support.papers_decoys import DECOYS, draw_decoy
from tests.support.papers_docx import to_docx
from tests.support.papers_layouts import LAYOUTS
from tests.support.papers_pdf import to_pdf
from tests.support.scoring import compare, score


def read(content: bytes) -> ExtractedForm:
    answer = choose.read(content, "paper", shown=False)
    assert isinstance(answer, ReadFile)
    assert len(answer.papers) == 1
    return answer.papers[0].form


@pytest.mark.parametrize("layout", sorted(LAYOUTS))
def test_layout_is_read_in_every_rendering_with_nothing_wrong_shown_as_sure(layout: str) -> None:
    counts: Counter[str] = Counter()
    for template in (0, 1):
        for rendering in RENDERINGS:
            made = make(layout, template, 0, rendering)
            counts += compare(made.truth, read(made.content))
    assert counts["kind"] == counts["papers"]
    assert counts["silent"] == 0
    assert score(counts) >= 0.95
    assert counts["clear"] >= 0.7 * counts["truth"]


@pytest.mark.soak
def test_many_templates_keep_the_bars() -> None:
    counts: Counter[str] = Counter()
    for layout in LAYOUTS:
        for template in range(200, 215):
            for rendering in RENDERINGS:
                made = make(layout, template, 0, rendering)
                counts += compare(made.truth, read(made.content))
    assert counts["kind"] >= 0.99 * counts["papers"]
    assert counts["silent"] * 3000 <= counts["clear"]
    assert score(counts) >= 0.98
    assert counts["clear"] >= 0.85 * counts["truth"]


@pytest.mark.parametrize("layout", sorted(LAYOUTS))
def test_blank_template_is_blank_and_invents_nothing(layout: str) -> None:
    sketch = draw_blank(layout, 0)
    for rendering in ("docx", "controls", "print"):
        form = read(RENDERINGS[rendering](sketch))
        assert form.blank
        assert compare(sketch.truth, form)["wrong"] == 0


@pytest.mark.parametrize("name", sorted(DECOYS))
def test_paper_about_induction_is_no_form(name: str) -> None:
    for content in (to_docx(draw_decoy(name, 0)), to_pdf(draw_decoy(name, 1))):
        assert read(content).kind is None


@pytest.mark.parametrize("layout", ["review_boxes", "standards_pages", "leaver"])
def test_two_copies_of_a_template_have_one_layout_id_in_word_and_in_print(layout: str) -> None:
    ids = {read(make(layout, 1, copy, rendering).content).layout for copy in (0, 1) for rendering in ("docx", "print")}
    assert len(ids) == 1


def test_draft_that_must_not_be_sent_is_flagged() -> None:
    form = read(make("draft_four_boxes", 0, 0, "docx").content)
    assert any("draft" in warning for warning in form.warnings)


def test_digital_samples_are_read_above_the_bars(samples: Path) -> None:
    counts: Counter[str] = Counter()
    folder = samples / "forms"
    for line in (folder / "manifest.jsonl").read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        if entry["rendering"] not in {"docx", "odt", "print", "acro", "flat", "resaved"}:
            continue
        truth = json.loads((folder / f"{entry['file']}.truth.json").read_text(encoding="utf-8"))
        counts += compare(truth, read((folder / entry["file"]).read_bytes()))
    assert counts["kind"] == counts["papers"]
    assert counts["silent"] == 0
    assert score(counts) >= 0.98
    assert counts["clear"] >= 0.85 * counts["truth"]
