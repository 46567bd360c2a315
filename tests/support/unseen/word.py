"""Unseen papers as Word files: typed, in content controls, or in legacy form fields; with frames, nested and merged cells."""

from __future__ import annotations

import io
from itertools import count
from typing import Any
from xml.sax.saxutils import escape

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml.parser import parse_xml
from docx.shared import Pt

from tests.support.papers_model import Cell, Gap, Line, NewPage, P, Run, Sketch, T, Tick
from tests.support.unseen.pieces import Below, Framed, Nested

_WIDTH = 475.0
_SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
    ' xmlns:v="urn:schemas-microsoft-com:vml" xml:space="preserve"'
)
_PROMPTS = ("Click or tap here to enter text.", "Choose an item.", "Enter text")


def to_word(sketch: Sketch, how: str = "typed") -> bytes:
    """The file; `how` is "typed", "controls" or "legacy"."""
    return several_to_word([sketch], how)


def several_to_word(sketches: list[Sketch], how: str = "typed") -> bytes:
    """Papers one after the other in one file, each from a page of its own."""
    document = Document()
    section = document.sections[0]
    section.left_margin = section.right_margin = Pt(60)
    wide = sketches[0].landscape
    section.page_width, section.page_height = (Pt(842), Pt(595)) if wide else (Pt(595), Pt(842))
    section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    section.header.paragraphs[0].text, section.footer.paragraphs[0].text = sketches[0].header, sketches[0].footer
    writer = _Writer(how)
    for number, sketch in enumerate(sketches):
        if number:
            document.add_page_break()
        for block in sketch.blocks:
            if isinstance(block, NewPage):
                document.add_page_break()
            elif isinstance(block, T):
                writer.table(
                    document.add_table(rows=len(block.rows), cols=len(block.widths)), block, _WIDTH + (247 if wide else 0)
                )
                document.add_paragraph().paragraph_format.space_after = Pt(2)
            else:
                writer.fill(document.add_paragraph(), block)
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


class _Writer:
    def __init__(self, how: str) -> None:
        self._how = how
        self._numbers = count(1)

    def table(self, made: Any, table: T, width: float) -> None:
        if table.ruled:
            made.style = "Table Grid"
        made.autofit = False
        for column, share in zip(made.columns, table.widths, strict=True):
            column.width = Pt(width * share)
        for number, row in enumerate(table.rows):
            if table.least:
                made.rows[number].height = Pt(table.least)
            column = 0
            for one in row:
                target = made.cell(number, column)
                if one.span > 1:
                    target = target.merge(made.cell(number, column + one.span - 1))
                share = width * sum(table.widths[column : column + one.span])
                target.width = Pt(share)
                if isinstance(one, Below):
                    made.cell(number - 1, column).merge(target)
                else:
                    self._cell(target, one, share)
                column += one.span

    def _cell(self, target: Any, one: Cell, width: float) -> None:
        used = False
        for block in one.blocks:
            if isinstance(block, Nested):
                self.table(target.add_table(rows=len(block.table.rows), cols=len(block.table.widths)), block.table, width - 12)
                target.add_paragraph()
                used = True
            else:
                self.fill(target.add_paragraph() if used else target.paragraphs[0], block)
                used = True
        if one.shaded:
            shading = f'<w:shd {_SPACES} w:val="clear" w:fill="E7EEF5"/>'
            target._tc.get_or_add_tcPr().append(parse_xml(shading))

    def fill(self, paragraph: Any, block: P) -> None:
        if isinstance(block, Framed):
            self._frame(paragraph, block)
            return
        paragraph.paragraph_format.space_after = Pt(block.after)
        for piece in block.pieces:
            if isinstance(piece, Tick):
                paragraph._p.append(parse_xml(self._tick(piece)))
            elif isinstance(piece, Line):
                paragraph.add_run("_" * int(piece.width / 6))
            elif isinstance(piece, Gap):
                if piece.to is None:
                    paragraph.add_run("        ")
                else:
                    paragraph.paragraph_format.tab_stops.add_tab_stop(Pt(piece.to))
                    paragraph.add_run("\t")
            elif piece.answer and self._how != "typed":
                for one in self._input(piece):
                    paragraph._p.append(parse_xml(one))
            elif piece.text:
                _styled(paragraph.add_run(piece.text), piece, block)

    def _frame(self, paragraph: Any, block: Framed) -> None:
        scratch = Document()
        xml = ""
        for line in block.lines:
            made = scratch.add_paragraph()
            self.fill(made, line)
            xml += made._p.xml.replace('<?xml version="1.0"?>', "")
        paragraph._p.append(
            parse_xml(
                f'<w:r {_SPACES}><w:pict><v:shape style="width:300pt;height:{24 * len(block.lines)}pt" stroked="t">'
                f"<v:textbox><w:txbxContent>{xml}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
            )
        )

    def _tick(self, tick: Tick) -> str:
        number = next(self._numbers)
        if tick.mechanic == "sym":
            return f'<w:r {_SPACES}><w:sym w:font="Wingdings" w:char="{"F0FE" if tick.ticked else "F0A8"}"/></w:r>'
        if self._how == "legacy":
            return (
                f"<w:sdt {_SPACES}><w:sdtContent><w:r><w:fldChar w:fldCharType='begin'><w:ffData><w:name w:val='Check{number}'/><w:checkBox>"
                f"<w:sizeAuto/><w:default w:val='{int(tick.ticked)}'/></w:checkBox></w:ffData></w:fldChar></w:r>"
                "<w:r><w:instrText> FORMCHECKBOX </w:instrText></w:r><w:r><w:fldChar w:fldCharType='separate'/></w:r>"
                "<w:r><w:fldChar w:fldCharType='end'/></w:r></w:sdtContent></w:sdt>"
            )
        glyph = "☒" if tick.ticked else "☐"
        if self._how == "controls":
            return (
                f"<w:sdt {_SPACES}><w:sdtPr><w:id w:val='{number}'/><w14:checkbox><w14:checked w14:val='{int(tick.ticked)}'/></w14:checkbox></w:sdtPr>"
                f"<w:sdtContent><w:r><w:t>{glyph}</w:t></w:r></w:sdtContent></w:sdt>"
            )
        return f"<w:r {_SPACES}><w:t>{glyph}</w:t></w:r>"

    def _input(self, piece: Run) -> list[str]:
        number = next(self._numbers)
        if self._how == "legacy":
            shown = escape(piece.text) or "\u2002" * 5
            return [
                f"<w:r {_SPACES}><w:fldChar w:fldCharType='begin'><w:ffData><w:name w:val='Text{number}'/><w:textInput/></w:ffData></w:fldChar></w:r>",
                f"<w:r {_SPACES}><w:instrText xml:space='preserve'> FORMTEXT </w:instrText></w:r>",
                f"<w:r {_SPACES}><w:fldChar w:fldCharType='separate'/></w:r>",
                f"<w:r {_SPACES}><w:t xml:space='preserve'>{shown}</w:t></w:r>",
                f"<w:r {_SPACES}><w:fldChar w:fldCharType='end'/></w:r>",
            ]
        empty = "" if piece.text else "<w:showingPlcHdr/>"
        text = escape(piece.text) or _PROMPTS[number % len(_PROMPTS)]
        return [
            (
                f"<w:sdt {_SPACES}><w:sdtPr><w:id w:val='{number}'/>{empty}<w:text/></w:sdtPr>"
                f"<w:sdtContent><w:r><w:t xml:space='preserve'>{text}</w:t></w:r></w:sdtContent></w:sdt>"
            )
        ]


def _styled(run: Any, piece: Run, block: P) -> None:
    run.bold = piece.bold or None
    run.font.strike = piece.struck or None
    run.font.underline = piece.underlined or None
    if piece.highlighted or piece.ringed:
        run.font.highlight_color = WD_COLOR_INDEX.YELLOW
    run.font.size = Pt({0: 10, 1: 15, 2: 12}[min(block.heading, 2)])
