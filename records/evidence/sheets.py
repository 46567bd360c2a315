"""The look of the pack: a PDF with an index, numbered pages and a line on each that says whose it is. Knows no record."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Sequence
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

import reportlab
from lxml import html as lxml_html
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, Image, PageBreak, PageTemplate, Paragraph, Spacer
from reportlab.platypus.tableofcontents import TableOfContents

MARGIN = 18 * mm
WIDTH, HEIGHT = A4[0] - 2 * MARGIN, A4[1] - 2 * MARGIN
LONGEST = 4000
"""Characters of one paragraph: a longer one is cut into several, so that it can go over a page."""
_BLOCKS = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "tr", "div", "caption"})


class Sheets:
    """Collects what goes into the pack, in its order, and writes it."""

    def __init__(self, title: str, running: str) -> None:
        """`running` stands at the foot of every page, before the page's number."""
        self._title, self._running = title, running
        self._story: list[Flowable] = []
        _fonts()

    def cover(self, lines: Sequence[tuple[str, str]]) -> None:
        self._story += [Paragraph(_safe(self._title), _style("title")), Spacer(1, 6 * mm)]
        self.facts(lines)
        index = TableOfContents()
        index.levelStyles = [_style("index")]
        self._story += [Spacer(1, 8 * mm), Paragraph("Index", _style("part")), index]

    def part(self, title: str) -> None:
        """A part of its own page, named in the index."""
        self._story += [PageBreak(), _Heading(_safe(title), _style("heading"))]

    def section(self, title: str) -> None:
        self._story.append(Paragraph(_safe(title), _style("part")))

    def text(self, words: str) -> None:
        """Paragraphs by line."""
        for line in words.splitlines():
            for start in range(0, max(len(line), 1), LONGEST):
                self._story.append(Paragraph(_safe(line[start : start + LONGEST]) or "&nbsp;", _style("body")))

    def facts(self, lines: Sequence[tuple[str, str]]) -> None:
        """Names with values, one a line; what is longer than a paragraph goes on in the next."""
        for name, value in lines:
            self._story.append(Paragraph(f"<b>{_safe(name)}</b>: {_safe(value[:LONGEST])}", _style("body")))
            self.text(value[LONGEST:])

    def small(self, words: str) -> None:
        self._story.append(Paragraph(_safe(words), _style("small")))

    def picture(self, png: bytes) -> None:
        """A page of a paper, as large as the sheet allows."""
        wide, high = ImageReader(io.BytesIO(png)).getSize()
        scale = min(WIDTH / wide, (HEIGHT - 12 * mm) / high, 1.0)
        self._story += [PageBreak(), Image(io.BytesIO(png), wide * scale, high * scale)]

    def read_html(self, content: str) -> None:
        """What was read of a Word file: its paragraphs, and its tables row by row."""
        root = lxml_html.fromstring(f"<div>{content}</div>")
        for element in root.iter():
            if str(element.tag) not in _BLOCKS:
                continue
            if element.tag != "tr" and any(child.tag in _BLOCKS for child in element.iterdescendants()):
                continue
            if element.tag != "tr" and any(parent.tag == "tr" for parent in element.iterancestors()):
                continue
            cells = element.iterchildren("td", "th") if element.tag == "tr" else [element]
            self.text("  |  ".join(" ".join("".join(map(str, cell.itertext())).split()) for cell in cells))

    def written(self) -> tuple[bytes, int]:
        """The PDF, and how many pages it has."""
        out = io.BytesIO()
        document = _Document(out, self._title, self._running)
        document.multiBuild(self._story, canvasmaker=_numbered(self._running))
        return out.getvalue(), document.page


class _Heading(Paragraph):
    """A paragraph that the index names."""


class _Document(BaseDocTemplate):
    def __init__(self, out: io.BytesIO, title: str, running: str) -> None:
        super().__init__(
            out, pagesize=A4, leftMargin=MARGIN, rightMargin=MARGIN, topMargin=MARGIN, bottomMargin=MARGIN,
            title=title, author=running, lang="en-GB",
        )  # fmt: skip
        self.addPageTemplates(PageTemplate("page", [Frame(MARGIN, MARGIN, WIDTH, HEIGHT, 0, 0, 0, 0)]))

    def afterFlowable(self, flowable: Flowable) -> None:  # noqa: N802 - reportlab's name
        if isinstance(flowable, _Heading):
            title, key = flowable.getPlainText(), f"part-{id(flowable)}"
            self.canv.bookmarkPage(key)
            self.canv.addOutlineEntry(title, key)
            self.notify("TOCEntry", (0, escape(title), self.page, key))


def _numbered(running: str) -> type[Canvas]:
    """A canvas that knows at the end how many pages there are, and then writes "page 3 of 12" on each."""

    class Numbered(Canvas):
        def __init__(self, *given: Any, **named: Any) -> None:
            super().__init__(*given, **named)
            self._kept: list[dict[str, Any]] = []

        def showPage(self) -> None:  # noqa: N802 - reportlab's name
            self._kept.append(dict(self.__dict__))
            self._startPage()  # type: ignore[attr-defined]  # not in the stubs

        def save(self) -> None:
            total = len(self._kept)
            for number, state in enumerate(self._kept, start=1):
                self.__dict__.update(state)
                self.setFont("Vera", 7.5)
                self.setFillColor(colors.HexColor("#505a5f"))
                self.drawString(MARGIN, 9 * mm, _plain(running)[:120])
                self.drawRightString(A4[0] - MARGIN, 9 * mm, f"Page {number} of {total}")
                super().showPage()
            super().save()

    return Numbered


@cache
def _fonts() -> None:
    folder = Path(reportlab.__file__).parent / "fonts"
    pdfmetrics.registerFont(TTFont("Vera", str(folder / "Vera.ttf")))
    pdfmetrics.registerFont(TTFont("VeraBd", str(folder / "VeraBd.ttf")))
    pdfmetrics.registerFontFamily("Vera", normal="Vera", bold="VeraBd", italic="Vera", boldItalic="VeraBd")


def _style(name: str) -> ParagraphStyle:
    size, before, after, bold = {
        "title": (20, 0, 8, True),
        "heading": (15, 0, 8, True),
        "part": (11, 10, 4, True),
        "index": (9.5, 2, 2, False),
        "body": (9.5, 0, 3, False),
        "small": (7.5, 0, 2, False),
    }[name]
    font = "VeraBd" if bold else "Vera"
    return ParagraphStyle(
        name, fontName=font, fontSize=size, leading=size * 1.35, spaceBefore=before, spaceAfter=after, splitLongWords=True
    )


def _safe(words: str) -> str:
    return escape(_plain(words), quote=False)


def _plain(words: str) -> str:
    """Letters that the font has; for others the nearest one that it has, so that a Welsh ŵ reads as a w and not as a box."""
    known = pdfmetrics.getFont("Vera").face.charToGlyph  # type: ignore[attr-defined]  # a TTFont, which has one
    found = []
    for character in unicodedata.normalize("NFC", words):
        if ord(character) in known:
            found.append(character)
            continue
        plain = [one for one in unicodedata.normalize("NFKD", character) if ord(one) in known]
        found.append("".join(plain) or (" " if character.isspace() else "?"))
    return "".join(found)
