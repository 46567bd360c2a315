"""The walk over a Word file: its parts, blocks, headers and footers become a `Flow`. Tables are in `word_tables`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from lxml import etree

from parsers.forms import NotReadable
from parsers.word.controls import CONTENT_CONTROL, Control, content_control
from parsers.word.finish import MOST_INPUTS, MOST_PARAGRAPHS, MOST_PICTURES, RASTER, TOO_LONG, finished, with_stored_dates
from parsers.word.flow import (
    Block,
    Flow,
    Input,
    Paragraph,
    Picture,
    Places,
    Story,
    TextBox,
    paragraphs_of,
    says_something,
)
from parsers.word.gate import DEEP
from parsers.word.names import MC, WP, W, flag, number, points, value
from parsers.word.package import Package, body_of, open_package
from parsers.word.runs import Around, Inside, OpenField, chosen_alternate
from parsers.word.styles import Styles, without_table_styles
from parsers.word.symbols import Glyphs
from parsers.word.tables import Tables

_POINTS_IN_EMU = 1 / 12_700


def flow_of(data: bytes) -> Flow:
    """The flow of a Word file. Raises `NotReadable`."""
    package = open_package(data)
    body = body_of(package)
    try:
        return _Walk(package).flow(body)
    except RecursionError as trouble:
        raise NotReadable(DEEP) from trouble


class _Walk:
    """One walk over one paper; holds what outlives a paragraph."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._part = package.main
        self.styles = Styles(self._optional("styles", without_table_styles))
        self._settings = self._optional("settings")
        self.glyphs = Glyphs(package.parts[package.main].decode("utf-8", errors="ignore"))
        self.open_fields: list[OpenField] = []
        self.places = Places()
        self.place = ""
        self._paragraphs = 0
        self._inputs: list[Input] = []
        self._ticks: dict[int, Control] = {}
        self._dates: dict[int, str] = {}
        self._pictures: dict[tuple[str, str], Picture] = {}
        self._warnings: dict[str, None] = dict.fromkeys(package.warnings)
        self._tables = Tables(self)

    def flow(self, body: etree._Element) -> Flow:
        headers = self._edges(body, "header")
        stories = [*headers, Story("body", "", self.blocks(body, Around())), *self._edges(body, "footer")]
        section = next(body.iter(W + "sectPr"), None)
        width, margin, text_width = _page(section)
        return Flow(
            source="word",
            stories=tuple(stories),
            inputs=with_stored_dates(self._inputs, self._dates, stories),
            pictures=tuple(self._pictures.values()),
            width=width,
            margin=margin,
            text_width=text_width,
            tab=points(value(self._settings, "defaultTabStop"), 36.0) or 36.0,
            warnings=tuple(self._warnings),
        )

    # ── what the inside of a paragraph asks for ──

    def add_input(self, entry: Input) -> int:
        if len(self._inputs) >= MOST_INPUTS:
            raise NotReadable(TOO_LONG)
        self._inputs.append(replace(entry, place=self.place))
        return len(self._inputs) - 1

    def input_of(self, control: Control) -> int | None:
        if control.entry is None:
            return None
        index = self.add_input(control.entry)
        if control.is_checkbox:
            self._ticks[index] = control
        if control.stored and not control.showing_prompt:
            self._dates[index] = control.stored
        return index

    def warn(self, warning: str) -> None:
        self._warnings[warning] = None

    def picture(self, relation: str | None, drawing: etree._Element) -> None:
        tie = self._package.ties(self._part).get(relation or "")
        if tie is None or tie.external or (tie.target, self.place) in self._pictures:
            return
        content = self._package.parts.get(tie.target, b"")
        if not content.startswith(RASTER) or len(self._pictures) >= MOST_PICTURES:
            return
        extent = next(drawing.iter(WP + "extent"), None)
        width, height = (number(extent.get(side)) if extent is not None else 0.0 for side in ("cx", "cy"))
        self._pictures[tie.target, self.place] = Picture(
            self.place, content, _clamped(width * _POINTS_IN_EMU), _clamped(height * _POINTS_IN_EMU)
        )

    # ── blocks ──

    def blocks(self, parent: etree._Element, around: Around) -> tuple[Block, ...]:
        found: list[Block] = []
        self._gather(parent, around, found)
        return tuple(found)

    def _gather(self, parent: etree._Element, around: Around, found: list[Block]) -> None:
        for element in parent:
            tag = element.tag
            if tag == W + "p":
                found.extend(self._paragraph(element, around))
            elif tag == W + "tbl":
                found.append(self._tables.table(element, around))
            elif tag == W + "altChunk":
                self.warn("The file holds another document inside, which was not read.")
            else:
                content, within = self.unwrapped(element, around)
                if content is not None:
                    self._gather(content, within, found)

    def unwrapped(self, element: etree._Element, around: Around) -> tuple[etree._Element | None, Around]:
        """What a wrapper (control, tracked change, markup) holds, and what then surrounds it; None for anything else."""
        tag = element.tag
        if tag == W + "sdt":
            content = element.find(W + "sdtContent")
            return content, around if content is None else self._within(element, around)
        if tag in {W + "ins", W + "moveTo"}:
            return element, replace(around, inserted=True)
        if tag in {W + "del", W + "moveFrom"}:
            return element, replace(around, deleted=True)
        if tag == MC + "AlternateContent":
            return chosen_alternate(element), around
        return (element if tag == W + "customXml" else None), around

    def _within(self, element: etree._Element, around: Around) -> Around:
        """What surrounds the content of a control around whole paragraphs, cells or rows."""
        control = content_control(element)
        index = self.input_of(control)
        if index is None:
            return replace(around, showing_prompt=around.showing_prompt or control.showing_prompt)
        tick = index if control.is_checkbox else None
        return replace(around, field=index, showing_prompt=control.showing_prompt, tick=tick)

    def _paragraph(self, element: etree._Element, around: Around) -> list[Block]:
        self._paragraphs += 1
        if self._paragraphs > MOST_PARAGRAPHS:
            raise NotReadable(TOO_LONG)
        properties = element.find(W + "pPr")
        own_place = "" if self.place else self.places.next_paragraph()
        if own_place:
            self.place = own_place
        inside = Inside(self, value(properties, "pStyle"))
        if around.tick is None:
            inside.children(element, around)
        elif around.tick in self._ticks:
            inside.tick(self._ticks.pop(around.tick).ticked, CONTENT_CONTROL, around.tick, around)
        # A field that was neither shown nor ended in its own paragraph is a fault; it must not swallow the next ones.
        self.open_fields[:] = [one for one in self.open_fields if one.in_result and not one.hides_result]
        pieces = finished(inside.pieces, self.glyphs)
        place = self.place
        if own_place:
            self.place = ""
            if not says_something(pieces):
                self.places.paragraphs -= 1
                place = ""
        blocks: list[Block] = [Paragraph(pieces, place, self.styles.shape(properties))]
        blocks.extend(self._box(content, within) for content, within in inside.boxes)
        return blocks

    def _box(self, content: etree._Element, around: Around) -> TextBox:
        place, outer, fields = self.places.next_box(), self.place, self.open_fields
        self.place, self.open_fields = place, []
        box = TextBox(self.blocks(content, around), place)
        self.place, self.open_fields = outer, fields
        return box

    # ── headers, footers, page ──

    def _edges(self, body: etree._Element, kind: str) -> list[Story]:
        """Headers or footers that are shown, each part once."""
        stories, seen = [], set()
        for section in body.iter(W + "sectPr"):
            for reference in section.findall(f"{W}{kind}Reference"):
                tie = self._package.ties(self._package.main).get(
                    next((str(content) for key, content in reference.attrib.items() if str(key).endswith("}id")), "")
                )
                if tie is None or tie.external or tie.target in seen or not self._is_shown(reference, section):
                    continue
                seen.add(tie.target)
                story = self._edge(tie.target, kind)
                if story is not None:
                    stories.append(story)
        return stories

    def _is_shown(self, reference: etree._Element, section: etree._Element) -> bool:
        kind = reference.get(W + "type")
        if kind == "first":
            return flag(section, "titlePg")
        return kind != "even" or flag(self._settings, "evenAndOddHeaders")

    def _edge(self, part: str, kind: str) -> Story | None:
        try:
            root = self._package.root(part)
        except NotReadable:
            self.warn(f"A {kind} of the file is damaged and was left out.")
            return None
        body_places, place = self.places, self.places.next_story(kind)
        self._part, self.place, self.places = part, place, Places(prefix=f"{place}, ")
        blocks = self.blocks(root, Around())
        self._part, self.place, self.places, self.open_fields = self._package.main, "", body_places, []
        if not any(says_something(paragraph.pieces) for paragraph in paragraphs_of(blocks)):
            return None
        return Story(kind, place, blocks)

    def _optional(self, kind: str, cut: Callable[[bytes], bytes] = bytes) -> etree._Element | None:
        part = self._package.related(self._package.main, kind)
        if part is None:
            return None
        try:
            return self._package.root(part, cut)
        except NotReadable:
            return None


def _page(section: etree._Element | None) -> tuple[float, float, float]:
    """Width of the page, left margin, width of the text."""
    size = None if section is None else section.find(W + "pgSz")
    margins = None if section is None else section.find(W + "pgMar")
    width = 595.3 if size is None else min(max(points(size.get(W + "w"), 595.3), 200.0), 2000.0)
    left = 72.0 if margins is None else min(max(points(margins.get(W + "left"), 72.0), 0.0), width / 3)
    right = 72.0 if margins is None else min(max(points(margins.get(W + "right"), 72.0), 0.0), width / 3)
    return width, left, width - left - right


def _clamped(length: float) -> float:
    return min(max(length, 0.0), 5_000.0)
