"""Generated papers as Word files, written by python-docx with raw XML where it has no words."""

from __future__ import annotations

import io
from typing import Any

from docx import Document
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Pt

from tests.support.papers_model import Gap, Line, NewPage, P, Run, Sketch, T, Tick

_WIDTH = 470.0


def to_docx(sketch: Sketch, *, controls: bool = False) -> bytes:
    """The file. With `controls` every answer stands in a content control, empty ones with a prompt."""
    document = Document()
    for margin in ("left_margin", "right_margin"):
        setattr(document.sections[0], margin, Pt(60))
    document.sections[0].page_width, document.sections[0].page_height = Pt(595), Pt(842)
    document.sections[0].header.paragraphs[0].text = sketch.header
    document.sections[0].footer.paragraphs[0].text = sketch.footer
    for block in sketch.blocks:
        if isinstance(block, NewPage):
            document.add_page_break()
        elif isinstance(block, P):
            _fill(document.add_paragraph(), block, controls=controls)
        else:
            _table(document, block, controls=controls)
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def _table(document: Any, table: T, *, controls: bool) -> None:
    columns = len(table.widths)
    made = document.add_table(rows=len(table.rows), cols=columns)
    if table.ruled:
        made.style = "Table Grid"
    made.autofit = False
    for row_number, row in enumerate(table.rows):
        column = 0
        if table.least:
            made.rows[row_number].height = Pt(table.least)
        for one in row:
            target = made.cell(row_number, column)
            if one.span > 1:
                target = target.merge(made.cell(row_number, column + one.span - 1))
            target.width = Pt(_WIDTH * sum(table.widths[column : column + one.span]))
            for number, block in enumerate(one.blocks):
                paragraph = target.paragraphs[0] if number == 0 else target.add_paragraph()
                _fill(paragraph, block, controls=controls)
            column += one.span
    document.add_paragraph()


def _fill(paragraph: Any, block: P, *, controls: bool) -> None:
    paragraph.paragraph_format.space_after = Pt(block.after)
    for piece in block.pieces:
        if isinstance(piece, Tick):
            _tick(paragraph, piece)
        elif isinstance(piece, Gap):
            if piece.to is None:
                paragraph.add_run("          ")
            else:
                paragraph.paragraph_format.tab_stops.add_tab_stop(Pt(piece.to))
                paragraph.add_run("\t")
        elif isinstance(piece, Line):
            paragraph.add_run("_" * int(piece.width / 6))
        elif piece.answer and controls:
            _control(paragraph, piece)
        elif piece.text:
            _styled(paragraph.add_run(piece.text), piece, block)


def _styled(run: Any, piece: Run, block: P) -> None:
    run.bold = piece.bold or None
    run.font.strike = piece.struck or None
    run.font.underline = piece.underlined or None
    if piece.highlighted:
        run.font.highlight_color = WD_COLOR_INDEX.YELLOW
    run.font.size = Pt({0: 10, 1: 15, 2: 12}[min(block.heading, 2)])


def _control(paragraph: Any, piece: Run) -> None:
    sdt, properties, content = OxmlElement("w:sdt"), OxmlElement("w:sdtPr"), OxmlElement("w:sdtContent")
    if not piece.text:
        properties.append(OxmlElement("w:showingPlcHdr"))
    properties.append(OxmlElement("w:text"))
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = piece.text or "Click or tap here to enter text."
    text.set(qn("xml:space"), "preserve")
    run.append(text)
    content.append(run)
    sdt.append(properties)
    sdt.append(content)
    paragraph._p.append(sdt)


def _tick(paragraph: Any, tick: Tick) -> None:
    paragraph.add_run("☒" if tick.ticked else "☐")
