"""Whole papers as pictures: what their values come to."""

import io
from collections import Counter

import numpy as np
import pytest
from PIL import Image, ImageDraw

from parsers.choose import read
from parsers.forms import ExtractedForm, ReadFile, Status
from tests.support.papers import draw
from tests.support.papers_layouts import LAYOUTS
from tests.support.papers_pdf import to_pdf
from tests.support.pictured import WAYS, pictured
from tests.support.scans import DPI, SIZE, accented_font, file, grainy
from tests.support.scoring import compare, score


def form_of(content: bytes) -> ExtractedForm:
    answer = read(content, "scan", shown=False)
    assert isinstance(answer, ReadFile)
    return next((paper.form for paper in answer.papers if paper.form.kind), answer.papers[0].form)


def row_by_row(rows: dict[str, str]) -> bytes:
    image = Image.new("L", SIZE, 255)
    pen = ImageDraw.Draw(image)
    pen.text((180, 140), "ECT Progress Review", font=accented_font(40), fill=0)
    rows = {"Name of school": "Nether Tarrow High School", **rows, "Review period start": "04/09/2025", "On track?": "Yes"}
    for number, (label, value) in enumerate(rows.items()):
        top = 230 + 70 * number
        pen.rectangle((170, top, 800, top + 70), outline=0, width=2)
        pen.rectangle((800, top, 1500, top + 70), outline=0, width=2)
        pen.text((185, top + 18), label, font=accented_font(28), fill=0)
        pen.text((815, top + 18), value, font=accented_font(28), fill=0)
    return file(grainy(np.asarray(image, np.uint8)), dpi=DPI)


def test_names_keep_their_accents_and_a_person_looks_at_them() -> None:
    rows = {
        "Full name": "Jens Sørensen",
        "Induction tutor": "Zoë Castañeda",
        "Headteacher": "Priya Kowalski",
        "Date of birth": "12/08/1978",
    }
    fields = form_of(row_by_row(rows)).fields
    assert fields["ect_name"].value == "Jens Sørensen"
    assert fields["induction_tutor_name"].value == "Zoë Castañeda"
    assert fields["ect_name"].status is Status.CHECK
    assert fields["induction_tutor_name"].status is Status.CHECK
    assert (fields["headteacher_name"].value, fields["headteacher_name"].status) == ("Priya Kowalski", Status.CLEAR)
    assert (fields["date_of_birth"].value, fields["date_of_birth"].status) == ("1978-08-12", Status.CLEAR)


def test_ink_beside_a_value_that_nobody_read_makes_it_one_to_check() -> None:
    rows = {"Full name": "Priya Kowalski", "Teacher reference number": "0498351", "Date of birth": "12/08/1978"}
    plain = form_of(row_by_row(rows)).fields
    image = Image.open(io.BytesIO(row_by_row(rows)))
    pen = ImageDraw.Draw(image)
    for start in range(1040, 1140, 25):
        pen.arc((start, 312, start + 24, 352), 20, 300, fill=0, width=5)
        pen.line((start, 350, start + 20, 318), fill=0, width=4)
    scribbled = form_of(file(np.asarray(image, np.uint8), dpi=DPI)).fields
    assert plain["ect_name"].status is Status.CLEAR
    assert scribbled["ect_name"].status is not Status.CLEAR
    assert scribbled["trn"].status is Status.CLEAR


@pytest.mark.parametrize("way", ["scan", "shadow", "photo"])
def test_struck_alternatives_and_values_are_read_in_every_light(way: str) -> None:
    sketch = draw("numbered", 900, 0)
    counts = compare(sketch.truth, form_of(pictured(to_pdf(sketch), WAYS[way])))
    assert counts["kind"] == 1
    assert counts["silent"] == 0
    assert score(counts) >= 0.9


@pytest.mark.soak
@pytest.mark.parametrize("way", sorted(WAYS))
def test_every_layout_survives_every_way_to_a_picture(way: str) -> None:
    counts: Counter[str] = Counter()
    for layout in LAYOUTS:
        sketch = draw(layout, 901, 0)
        counts += compare(sketch.truth, form_of(pictured(to_pdf(sketch), WAYS[way])))
    assert counts["silent"] * 3000 <= counts["clear"]
    assert score(counts) >= (0.85 if WAYS[way].photo else 0.93)
