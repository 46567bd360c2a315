"""The demo's Word files: a form with content controls, and a letter that is no form."""

from __future__ import annotations

import io
from typing import Any

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from mailroom.demo import facts
from mailroom.demo.cast import FormFacts

_W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'


def word_form(form: FormFacts) -> bytes:
    """A form whose answers stand in content controls, as most bodies' forms have them."""
    document = Document()
    document.add_heading(facts.heading(form), level=1)
    point = facts.point(form)
    if point is not None:
        _choices(document, point)
    table = document.add_table(rows=0, cols=2, style="Table Grid")
    for label, value in facts.details(form):
        cells = table.add_row().cells
        cells[0].text = label
        _append(cells[1].paragraphs[0], _text_control(value))
    _choices(document, facts.question(form))
    for label, value in facts.words(form):
        document.add_heading(label, level=2)
        _append(document.add_paragraph(), _text_control(value))
    signed = document.add_table(rows=0, cols=3, style="Table Grid")
    for row in (facts.SIGNED, *facts.signatures(form)):
        for cell, value in zip(signed.add_row().cells, row, strict=True):
            cell.text = value
    return _saved(document)


def word_letter(title: str, paragraphs: list[str]) -> bytes:
    """A Word file that is no form."""
    document = Document()
    document.add_heading(title, level=1)
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    return _saved(document)


def _choices(document: Any, choice: facts.Choice) -> None:
    asked, options = choice
    document.add_heading(asked, level=2)
    paragraph = document.add_paragraph()
    for label, ticked in options:
        _append(paragraph, _tick_control(ticked=ticked))
        paragraph.add_run(f" {label}     ")


def _append(paragraph: Any, control: Any) -> None:
    # python-docx knows no content controls, so they are put under its paragraphs by hand.
    paragraph._p.append(control)  # noqa: SLF001


def _text_control(value: str) -> Any:
    control = parse_xml(
        f"<w:sdt {nsdecls('w')}><w:sdtPr><w:text/></w:sdtPr><w:sdtContent><w:r><w:t/></w:r></w:sdtContent></w:sdt>"
    )
    control.find(f".//{qn('w:t')}").text = value
    return control


def _tick_control(*, ticked: bool) -> Any:
    box, state = ("☒", "1") if ticked else ("☐", "0")
    return parse_xml(
        f"<w:sdt {nsdecls('w')} {_W14}><w:sdtPr><w14:checkbox><w14:checked w14:val='{state}'/></w14:checkbox></w:sdtPr>"
        f"<w:sdtContent><w:r><w:t>{box}</w:t></w:r></w:sdtContent></w:sdt>"
    )


def _saved(document: Any) -> bytes:
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()
