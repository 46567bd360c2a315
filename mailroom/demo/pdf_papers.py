"""The demo's PDFs: a form as text, the same with fields to fill in, a scan of one, and one that was damaged."""

from __future__ import annotations

import io
import random

from PIL import Image, ImageFilter
from pypdfium2 import PdfDocument
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas

from mailroom.demo import facts
from mailroom.demo.cast import FormFacts

_LEFT, _MIDDLE, _RIGHT, _TOP = 56, 240, 539, 790


def pdf_form(form: FormFacts) -> bytes:
    """A PDF with text, as printed from a word processor."""
    return _Page(form, fields=False).drawn()


def acro_form(form: FormFacts) -> bytes:
    """A PDF form with fields to fill in on the screen."""
    return _Page(form, fields=True).drawn()


def scan(form: FormFacts) -> bytes:
    """A paper that was printed and scanned: a picture, a little crooked and grey, without any text."""
    page = PdfDocument(pdf_form(form))[0].render(scale=200 / 72).to_pil().convert("L")
    chance = random.Random(form.ect.trn)  # noqa: S311 - the same speckles in every run
    crooked = page.rotate(0.6, resample=Image.Resampling.BICUBIC, expand=False, fillcolor=255)
    grey = crooked.point([20 + shade * 225 // 255 for shade in range(256)]).filter(ImageFilter.GaussianBlur(0.4))
    for _ in range(400):
        grey.putpixel((chance.randrange(grey.width), chance.randrange(grey.height)), chance.randrange(60, 160))
    target = io.BytesIO()
    grey.save(target, "PDF", resolution=200)
    return target.getvalue()


def damaged_pdf(form: FormFacts) -> bytes:
    """A PDF of which most got lost on the way."""
    whole = pdf_form(form)
    return whole[: len(whole) // 3]


class _Page:
    """Draws a form on one sheet of A4."""

    def __init__(self, form: FormFacts, *, fields: bool) -> None:
        self._form, self._fields = form, fields
        self._target = io.BytesIO()
        self._canvas = Canvas(self._target, pagesize=A4)
        self._y = _TOP

    def drawn(self) -> bytes:
        self._line(facts.heading(self._form), 16, 28)
        point = facts.point(self._form)
        if point is not None:
            self._choices(point)
        for label, value in facts.details(self._form):
            self._row(label, value)
        self._y -= 16
        self._choices(facts.question(self._form))
        for label, value in facts.words(self._form):
            self._block(label, value)
        self._signed()
        self._canvas.save()
        return self._target.getvalue()

    def _line(self, text: str, size: int, down: int) -> None:
        self._canvas.setFont("Helvetica-Bold", size)
        self._canvas.drawString(_LEFT, self._y, text)
        self._y -= down

    def _row(self, label: str, value: str) -> None:
        height = 21
        self._canvas.rect(_LEFT, self._y - height + 6, _MIDDLE - _LEFT, height)
        self._canvas.rect(_MIDDLE, self._y - height + 6, _RIGHT - _MIDDLE, height)
        self._say(label, _LEFT + 5)
        self._answer(label, value, _MIDDLE + 5, _RIGHT - _MIDDLE - 10)
        self._y -= height

    def _say(self, text: str, x: int, *, bold: bool = False) -> None:
        self._canvas.setFont("Helvetica-Bold" if bold else "Helvetica", 10)
        self._canvas.drawString(x, self._y - 7, text)

    def _answer(self, name: str, value: str, x: int, width: int, height: int = 15) -> None:
        if self._fields:
            self._field(name, value, x, width, height)
            return
        self._canvas.setFont("Helvetica", 10)
        for number, line in enumerate(simpleSplit(value, "Helvetica", 10, width)):
            self._canvas.drawString(x, self._y - 7 - 13 * number, line)

    def _field(self, name: str, value: str, x: int, width: int, height: int) -> None:
        several_lines = height > 20
        self._canvas.acroForm.textfield(
            name=name,
            tooltip=name,
            value=value,
            x=x,
            y=self._y - height + 5 if several_lines else self._y - 11,
            width=width,
            height=height,
            fontName="Helvetica",
            fontSize=9,
            borderWidth=0,
            fieldFlags="multiline" if several_lines else "",
        )

    def _choices(self, choice: facts.Choice) -> None:
        asked, options = choice
        self._line(asked, 11, 20)
        for number, (label, ticked) in enumerate(options):
            x = _LEFT + 140 * number
            self._tick(f"{asked}: {label}", x, ticked=ticked)
            self._canvas.setFont("Helvetica", 10)
            self._canvas.drawString(x + 18, self._y + 1, label)
        self._y -= 26

    def _tick(self, name: str, x: int, *, ticked: bool) -> None:
        y = self._y - 2
        if self._fields:
            self._canvas.acroForm.checkbox(name=name, tooltip=name, checked=ticked, x=x, y=y, size=12, buttonStyle="cross")
            return
        self._canvas.rect(x, y, 12, 12)
        if ticked:
            self._canvas.line(x + 2, y + 2, x + 10, y + 10)
            self._canvas.line(x + 2, y + 10, x + 10, y + 2)

    def _block(self, label: str, value: str) -> None:
        self._line(label, 11, 14)
        height = 48
        self._canvas.rect(_LEFT, self._y - height + 8, _RIGHT - _LEFT, height)
        self._answer(label, value, _LEFT + 5, _RIGHT - _LEFT - 10, 42)
        self._y -= height + 16

    def _signed(self) -> None:
        columns = (_LEFT, 190, 400, _RIGHT)
        for number, row in enumerate((facts.SIGNED, *facts.signatures(self._form))):
            for column, value in enumerate(row):
                left, right = columns[column], columns[column + 1]
                self._canvas.rect(left, self._y - 13, right - left, 20)
                if number and column:
                    self._answer(f"{row[0]}: {facts.SIGNED[column]}", value, left + 4, right - left - 8)
                else:
                    self._say(value, left + 5, bold=not number)
            self._y -= 20
