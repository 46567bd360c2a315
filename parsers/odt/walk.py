"""The walk over an OpenDocument text: paragraphs, lists, sections, tables and boxes become the blocks of a flow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from parsers.forms import NotReadable
from parsers.odt.inputs import OdtInput
from parsers.odt.names import DRAW, OFFICE, SVG, TABLE, TEXT, XLINK, repeats
from parsers.odt.styles import OdtStyles
from parsers.odt.text import Changes, Inherited, Inside
from parsers.word.finish import MOST_INPUTS, MOST_PARAGRAPHS, MOST_PICTURES, RASTER, TOO_LONG, finished
from parsers.word.flow import Block, FlowCell, FlowRow, FlowTable, Input, Paragraph, Picture, Places, TextBox, says_something
from parsers.word.gate import Entries
from parsers.word.names import points
from parsers.word.symbols import Glyphs
from parsers.word.tables import MOST_CELLS, MOST_COLUMNS, TOO_MANY

_MOST_ROWS = 2_000
_MOST_SPAN = 1_000
_DEFAULT_WIDTH = 90.0
_ROW_GROUPS = {TABLE + "table-rows", TABLE + "table-row-group", TABLE + "table-header-rows"}
_COLUMN_GROUPS = {TABLE + "table-columns", TABLE + "table-column-group", TABLE + "table-header-columns"}
_NOT_SHOWN = {
    TEXT + "tracked-changes",
    TEXT + "sequence-decls",
    TEXT + "variable-decls",
    TEXT + "user-field-decls",
    OFFICE + "forms",
    OFFICE + "annotation",
}


@dataclass
class OdtWalk:
    """One walk over one paper; holds what outlives a paragraph."""

    package: Entries
    styles: OdtStyles
    glyphs: Glyphs
    controls: dict[str, OdtInput]
    changes: Changes
    places: Places = field(default_factory=Places)
    place: str = ""
    inputs: list[Input] = field(default_factory=list)
    dates: dict[int, str] = field(default_factory=dict)
    pictures: dict[tuple[str, str], Picture] = field(default_factory=dict)
    warnings: dict[str, None] = field(default_factory=dict)
    open_fields: list[int | None] = field(default_factory=list)
    _cells: int = 0
    _paragraphs: int = 0

    # ── what the inside of a paragraph asks for ──

    def add_input(self, entry: Input, stored: str | None = None) -> int:
        if len(self.inputs) >= MOST_INPUTS:
            raise NotReadable(TOO_LONG)
        self.inputs.append(replace(entry, place=self.place))
        if stored:
            self.dates[len(self.inputs) - 1] = stored
        return len(self.inputs) - 1

    def form_control(self, name: str) -> OdtInput | None:
        return self.controls.get(name)

    def picture(self, frame: etree._Element) -> None:
        image = frame.find(DRAW + "image")
        if image is None:
            if frame.find(DRAW + "object") is not None or frame.find(DRAW + "object-ole") is not None:
                self.warnings["The file holds another file inside, which was not opened."] = None
            return
        name = (image.get(XLINK + "href") or "").removeprefix("./")
        if not self.package.holds(name):
            if "://" in name:
                self.warnings["The file points to something outside itself, which was not followed."] = None
            return
        if (name, self.place) in self.pictures or len(self.pictures) >= MOST_PICTURES:
            return
        try:
            content = self.package.content(name, limit=100 * 1024 * 1024)
        except NotReadable:
            self.warnings["A picture in the file is damaged and was left out."] = None
            return
        if content.startswith(RASTER):
            width, height = (min(max(points(frame.get(SVG + side)), 0.0), 5_000.0) for side in ("width", "height"))
            self.pictures[name, self.place] = Picture(self.place, content, width, height)

    # ── blocks ──

    def blocks(self, parent: etree._Element) -> tuple[Block, ...]:
        found: list[Block] = []
        self._gather(parent, found)
        return tuple(found)

    def _gather(self, parent: etree._Element, found: list[Block]) -> None:
        for element in parent:
            tag = element.tag
            if tag in {TEXT + "p", TEXT + "h"}:
                found.extend(self._paragraph(element))
            elif tag == TABLE + "table":
                found.append(self._table(element))
            elif tag in _NOT_SHOWN or (tag == TEXT + "section" and element.get(TEXT + "display") == "none"):
                continue
            elif tag in {TEXT + "change-start", TEXT + "change-end", TEXT + "change"} or str(tag).startswith(DRAW):
                # Between paragraphs there is no text, but changes and frames anchored to the page stand here.
                found.extend(self._loose(element))
            else:
                self._gather(element, found)

    def _paragraph(self, element: etree._Element) -> list[Block]:
        self._paragraphs += 1
        if self._paragraphs > MOST_PARAGRAPHS:
            raise NotReadable(TOO_LONG)
        style = element.get(TEXT + "style-name")
        own_place = "" if self.place else self.places.next_paragraph()
        if own_place:
            self.place = own_place
        inside = Inside(self)
        inside.content(element, Inherited(self.styles.traits("paragraph", style)))
        pieces = finished(inside.pieces, self.glyphs)
        place = self.place
        if own_place:
            self.place = ""
            if not says_something(pieces):
                self.places.paragraphs -= 1
                place = ""
        level = repeats(element.get(TEXT + "outline-level"), 9) if element.tag == TEXT + "h" else 0
        blocks: list[Block] = [Paragraph(pieces, place, self.styles.shape(style, level))]
        blocks.extend(self._box(box) for box in inside.boxes)
        return blocks

    def _loose(self, element: etree._Element) -> list[Block]:
        holder = etree.Element(TEXT + "p")
        inside = Inside(self)
        if str(element.tag).startswith(DRAW):
            inside.drawn_shape(element, Inherited({}))
        else:
            moved = etree.SubElement(holder, element.tag)
            moved.set(TEXT + "change-id", element.get(TEXT + "change-id") or "")
            inside.content(holder, Inherited({}))
        pieces = finished(inside.pieces, self.glyphs)
        blocks: list[Block] = [Paragraph(pieces, self.place)] if says_something(pieces) else []
        return [*blocks, *(self._box(box) for box in inside.boxes)]

    def _box(self, element: etree._Element) -> TextBox:
        place, outer, fields = self.places.next_box(), self.place, self.open_fields
        self.place, self.open_fields = place, []
        box = TextBox(self.blocks(element), place)
        self.place, self.open_fields = outer, fields
        return box

    # ── tables ──

    def _table(self, element: etree._Element) -> FlowTable:
        place, outer = self.places.next_table(), self.place
        rows: list[FlowRow] = []
        columns = 0
        for row, heading in self._rows(element, heading=False):
            for _ in range(min(repeats(row.get(TABLE + "number-rows-repeated"), _MOST_ROWS), _MOST_ROWS - len(rows))):
                cells, reached = self._cells_of(row, f"{place}, row {len(rows) + 1}")
                columns = max(columns, reached)
                rows.append(FlowRow(cells, self.styles.height(row.get(TABLE + "style-name")), heading))
        self.place = outer
        return FlowTable(self._widths(element, max(columns, 1)), tuple(rows))

    def _rows(self, parent: etree._Element, *, heading: bool) -> Iterator[tuple[etree._Element, bool]]:
        for element in parent:
            if element.tag == TABLE + "table-row":
                if element.get(TABLE + "visibility") not in {"collapse", "filter"}:
                    yield element, heading
            elif element.tag in _ROW_GROUPS:
                yield from self._rows(element, heading=heading or element.tag == TABLE + "table-header-rows")

    def _cells_of(self, row: etree._Element, row_place: str) -> tuple[tuple[FlowCell, ...], int]:
        cells: list[FlowCell] = []
        column = 0
        for element in row:
            times = min(repeats(element.get(TABLE + "number-columns-repeated"), MOST_COLUMNS), max(MOST_COLUMNS - column, 1))
            if element.tag == TABLE + "covered-table-cell":
                column += times
            elif element.tag == TABLE + "table-cell":
                for _ in range(times):
                    cells.append(self._cell(element, f"{row_place}, cell {len(cells) + 1}", column))
                    column += 1
        spanned = max((cell.column + cell.column_span for cell in cells), default=0)
        return tuple(cells), max(column, spanned)

    def _cell(self, element: etree._Element, place: str, column: int) -> FlowCell:
        self._cells += 1
        if self._cells > MOST_CELLS:
            raise NotReadable(TOO_MANY)
        self.place, fields = place, len(self.open_fields)
        blocks = self.blocks(element)
        del self.open_fields[fields:]
        return FlowCell(
            blocks,
            place,
            column,
            repeats(element.get(TABLE + "number-columns-spanned"), MOST_COLUMNS),
            repeats(element.get(TABLE + "number-rows-spanned"), _MOST_SPAN),
            self.styles.is_shaded(element.get(TABLE + "style-name")),
        )

    def _widths(self, element: etree._Element, count: int) -> tuple[float, ...]:
        told: list[float] = []
        for column in self._columns(element):
            width = min(self.styles.width(column.get(TABLE + "style-name")), 2_000.0)
            times = repeats(column.get(TABLE + "number-columns-repeated"), MOST_COLUMNS)
            told.extend([width] * min(times, max(count - len(told), 0)))
        told.extend([0.0] * (count - len(told)))
        return tuple(width if width > 0 else _DEFAULT_WIDTH for width in told)

    def _columns(self, parent: etree._Element) -> Iterator[etree._Element]:
        for element in parent:
            if element.tag == TABLE + "table-column":
                yield element
            elif element.tag in _COLUMN_GROUPS:
                yield from self._columns(element)
