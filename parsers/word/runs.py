"""The inside of a Word paragraph: runs, controls, fields, tracked changes and drawings become pieces in reading order.

Blocks (paragraphs, tables) are walked in `word_walk`, which owns what outlives a paragraph.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Protocol

from lxml import etree

from parsers.forms import NotReadable
from parsers.word.controls import CONTENT_CONTROL, FORM_FIELD, Control, content_control, legacy_field, symbol_of
from parsers.word.flow import Blank, Break, Input, Look, Pictured, Piece, Tab, Tick, Words, says_something
from parsers.word.gate import DEEP
from parsers.word.names import MC, A, M, R, V, W
from parsers.word.prompts import asks, is_no_choice
from parsers.word.styles import Styles
from parsers.word.symbols import drawn

_CHOICE, _FALLBACK, _ALTERNATE = MC + "Choice", MC + "Fallback", MC + "AlternateContent"
_OUTSIDE_FIELDS = ("DDE", "INCLUDETEXT", "INCLUDEPICTURE", "LINK")
MOST_OPEN_FIELDS = 64
OUTSIDE = "The file asks Word to fetch something from outside, which was not followed."


@dataclass(frozen=True, slots=True)
class Around:
    """What surrounds an element: tracked changes, and the input that it stands in."""

    field: int | None = None
    showing_prompt: bool = False
    inserted: bool = False
    deleted: bool = False
    tick: int | None = None
    """Index of a checkbox control around whole paragraphs or cells: its mark replaces their text."""


@dataclass
class OpenField:
    """A complex field (w:fldChar) between its begin and its end."""

    field: int | None = None
    told: str = ""
    in_result: bool = False
    hides_result: bool = False
    wrote: bool = False
    default: str = ""


class Walk(Protocol):
    """What the inside of a paragraph needs of the walk over the whole paper."""

    styles: Styles
    open_fields: list[OpenField]

    def add_input(self, entry: Input) -> int: ...
    def input_of(self, control: Control) -> int | None: ...
    def warn(self, warning: str) -> None: ...
    def picture(self, relation: str | None, drawing: etree._Element) -> None: ...


@dataclass
class Inside:
    """Collects the pieces of one paragraph, and the text boxes anchored in it."""

    walk: Walk
    style: str | None
    pieces: list[Piece] = field(default_factory=list)
    boxes: list[tuple[etree._Element, Around]] = field(default_factory=list)

    def children(self, parent: etree._Element, around: Around) -> None:
        for element in parent:
            act = _INLINE.get(element.tag)
            if act is not None:
                act(self, element, around)

    def run(self, run: etree._Element, around: Around) -> None:
        look = self.walk.styles.look(self.style, run.find(W + "rPr"))
        for element in run:
            act = _IN_RUN.get(element.tag)
            if act is not None and (not look.hidden or act in _KEEP_STATE):
                act(self, element, around, look)

    def say(self, text: str, around: Around, look: Look) -> None:
        """Text as it stands, unless it is the instruction of a field or the hidden result of one."""
        open_field = self._speaking_field()
        if open_field is not None and (not open_field.in_result or open_field.hides_result):
            return
        inside = next((one.field for one in reversed(self.walk.open_fields) if one.field is not None), around.field)
        text = drawn(text, look)
        if not text:
            return
        placeholder = around.showing_prompt
        if open_field is not None and text.strip():
            open_field.wrote = True
            placeholder = placeholder or (text.strip() == open_field.default.strip() and asks(text))
        self.pieces.append(Words(text, look, inside, around.inserted, around.deleted, placeholder))

    def tick(self, ticked: bool | None, known_by: str, index: int | None, around: Around) -> None:
        if not around.deleted:
            self.pieces.append(Tick(ticked, known_by, index))

    def _speaking_field(self) -> OpenField | None:
        """The field that decides about the text here: the innermost, or an outer one still in its instruction."""
        fields = self.walk.open_fields
        return next((one for one in fields if not one.in_result or one.hides_result), fields[-1] if fields else None)

    # ── elements of a paragraph ──

    def inserted(self, element: etree._Element, around: Around) -> None:
        self.children(element, replace(around, inserted=True))

    def deleted(self, element: etree._Element, around: Around) -> None:
        self.children(element, replace(around, deleted=True))

    def control(self, element: etree._Element, around: Around) -> None:
        control = content_control(element)
        index = self.walk.input_of(control)
        if control.is_checkbox:
            self.tick(control.ticked, CONTENT_CONTROL, index, around)
            return
        content = element.find(W + "sdtContent")
        before = len(self.pieces)
        if content is not None:
            within = around if index is None else replace(around, field=index, showing_prompt=control.showing_prompt)
            self.children(content, within)
        if index is not None and not says_something(tuple(self.pieces[before:])):
            self.pieces.append(Blank(index))

    def alternate(self, element: etree._Element, around: Around) -> None:
        chosen = chosen_alternate(element)
        if chosen is not None:
            self.children(chosen, around)

    def formula(self, element: etree._Element, around: Around) -> None:
        text = "".join(one.text or "" for one in element.iter(M + "t"))
        self.say(text, around, self.walk.styles.look(self.style, None))

    # ── elements of a run ──

    def text(self, element: etree._Element, around: Around, look: Look) -> None:
        text = element.text or ""
        # Word drops outer spaces unless it is told to keep them.
        if element.get("{http://www.w3.org/XML/1998/namespace}space") != "preserve":
            text = text.strip(" \t\r\n")
        self.say(text, around, look)

    def tab(self, _: etree._Element, around: Around, look: Look) -> None:
        speaking = self._speaking_field()
        if not around.deleted and (speaking is None or speaking.in_result):
            self.pieces.append(Tab(look.underlined))

    def line_break(self, _: etree._Element, around: Around, __: Look) -> None:
        if not around.deleted:
            self.pieces.append(Break())

    def hyphen(self, _: etree._Element, around: Around, look: Look) -> None:
        self.say("-", around, look)

    def symbol(self, element: etree._Element, around: Around, look: Look) -> None:
        glyph = symbol_of(element)
        if glyph:
            self.say(glyph, around, replace(look, font=""))

    def field_edge(self, element: etree._Element, around: Around, _: Look) -> None:
        edge, fields = element.get(W + "fldCharType"), self.walk.open_fields
        if edge == "begin":
            if len(fields) >= MOST_OPEN_FIELDS:
                raise NotReadable(DEEP)
            fields.append(self._begun(element.find(W + "ffData"), around))
        elif edge == "separate" and fields:
            self._result_begins(fields[-1], around)
        elif edge == "end" and fields:
            ended = fields.pop()
            if not ended.in_result:
                self._result_begins(ended, around)
            if ended.field is not None and not ended.wrote and not ended.hides_result:
                self.pieces.append(Blank(ended.field))

    def _begun(self, told: etree._Element | None, around: Around) -> OpenField:
        if told is None:
            return OpenField()
        legacy = legacy_field(told)
        index = self.walk.add_input(legacy.entry)
        if legacy.is_checkbox:
            self.tick(legacy.ticked, FORM_FIELD, index, around)
            return OpenField(index, hides_result=True)
        if legacy.chosen is not None:
            no_choice = is_no_choice(legacy.chosen)
            shown = Words(legacy.chosen, field=index, deleted=around.deleted, placeholder=no_choice)
            self.pieces.append(shown if legacy.chosen.strip() else Blank(index))
            return OpenField(index, hides_result=True)
        return OpenField(index, default=legacy.default)

    def _result_begins(self, opened: OpenField, around: Around) -> None:
        opened.in_result = True
        instruction = opened.told.split()
        if not instruction:
            return
        name = instruction[0].upper()
        if name.startswith(_OUTSIDE_FIELDS):
            self.walk.warn(OUTSIDE)
        if name == "MACROBUTTON":
            # Such a button shows its own instruction: the prompt of an answer nobody gave.
            prompt = " ".join(instruction[2:])
            self.pieces.append(Words(prompt, field=around.field, deleted=around.deleted, placeholder=True))

    def instruction(self, element: etree._Element, _: Around, __: Look) -> None:
        if self.walk.open_fields:
            self.walk.open_fields[-1].told += element.text or ""

    def drawing(self, element: etree._Element, around: Around, _: Look) -> None:
        self._draw(element, element, around)

    def drawn_alternate(self, element: etree._Element, around: Around, look: Look) -> None:
        chosen = chosen_alternate(element)
        for child in chosen if chosen is not None else ():
            act = _IN_RUN.get(child.tag)
            if act is not None:
                act(self, child, around, look)

    def ruby(self, element: etree._Element, around: Around, _: Look) -> None:
        for base in element.iterfind(W + "rubyBase"):
            self.children(base, around)

    def _draw(self, element: etree._Element, drawing: etree._Element, around: Around) -> None:
        for child in element:
            if child.tag == _ALTERNATE:
                chosen = chosen_alternate(child)
                if chosen is not None:
                    self._draw(chosen, drawing, around)
            elif child.tag == W + "txbxContent":
                self.boxes.append((child, around))
            elif child.tag == A + "blip":
                self._picture(child.get(R + "embed"), drawing, around)
            elif child.tag == V + "imagedata":
                self._picture(child.get(R + "id"), drawing, around)
            else:
                self._draw(child, drawing, around)

    def _picture(self, relation: str | None, drawing: etree._Element, around: Around) -> None:
        if not around.deleted:
            self.pieces.append(Pictured())
            self.walk.picture(relation, drawing)


def chosen_alternate(element: etree._Element) -> etree._Element | None:
    """The one shape of an mc:AlternateContent that is shown: the first choice, else the fallback."""
    choice = element.find(_CHOICE)
    return choice if choice is not None else element.find(_FALLBACK)


# The acts of `Inside` on an element: (around) for children of a paragraph, (around, look) for children of a run.
_Inline = Callable[..., None]
_InRun = Callable[..., None]
_INLINE: dict[object, _Inline] = {
    W + "r": Inside.run,
    W + "ins": Inside.inserted,
    W + "moveTo": Inside.inserted,
    W + "del": Inside.deleted,
    W + "moveFrom": Inside.deleted,
    W + "sdt": Inside.control,
    _ALTERNATE: Inside.alternate,
    M + "oMath": Inside.formula,
    M + "oMathPara": Inside.formula,
    **dict.fromkeys((W + name for name in ("hyperlink", "smartTag", "customXml", "fldSimple", "dir", "bdo")), Inside.children),
}
_IN_RUN: dict[object, _InRun] = {
    W + "t": Inside.text,
    W + "delText": Inside.text,
    W + "tab": Inside.tab,
    W + "ptab": Inside.tab,
    W + "br": Inside.line_break,
    W + "cr": Inside.line_break,
    W + "noBreakHyphen": Inside.hyphen,
    W + "sym": Inside.symbol,
    W + "fldChar": Inside.field_edge,
    W + "instrText": Inside.instruction,
    W + "drawing": Inside.drawing,
    W + "pict": Inside.drawing,
    W + "object": Inside.drawing,
    W + "ruby": Inside.ruby,
    _ALTERNATE: Inside.drawn_alternate,
}
_KEEP_STATE = {Inside.field_edge, Inside.instruction}
