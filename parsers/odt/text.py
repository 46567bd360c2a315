"""The inside of an OpenDocument paragraph: spans, fields, controls, changes and frames become pieces in reading order."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Protocol

from lxml import etree

from parsers.forms import NotReadable
from parsers.odt.inputs import OdtInput, content_control, drop_down, field_mark
from parsers.odt.names import DRAW, FIELD, LOEXT, OFFICE, TEXT, TRUE, repeats
from parsers.odt.styles import OdtStyles
from parsers.word.flow import Blank, Break, Input, Pictured, Piece, Tab, Tick, Words, says_something
from parsers.word.gate import DEEP
from parsers.word.names import local
from parsers.word.prompts import is_no_choice
from parsers.word.styles import Traits, look_of
from parsers.word.symbols import drawn

_MOST_SPACES = 500
MOST_OPEN_FIELDS = 64
_BLANKS = re.compile("[ \t\r\n]+")
_SKIPPED = {
    *(
        TEXT + name
        for name in ("note", "tracked-changes", "bookmark", "ruby-text", "toc-mark", "change-end", "soft-page-break")
    ),
    *(OFFICE + name for name in ("annotation", "annotation-end", "forms", "event-listeners")),
    LOEXT + "list-item",
    FIELD + "param",
}


@dataclass(frozen=True, slots=True)
class Inherited:
    """What surrounds a stretch of text: the traits of its spans and the input that it stands in."""

    traits: Traits
    field: int | None = None
    placeholder: bool = False
    deleted: bool = False


@dataclass
class Changes:
    """Tracked changes of the paper, and which insertions are open at this point."""

    inserted: set[str] = field(default_factory=set)
    removed: dict[str, str] = field(default_factory=dict)
    open: set[str] = field(default_factory=set)


class Walk(Protocol):
    """What the inside of a paragraph needs of the walk over the whole paper."""

    styles: OdtStyles
    changes: Changes
    open_fields: list[int | None]

    def add_input(self, entry: Input, stored: str | None = None) -> int: ...
    def form_control(self, name: str) -> OdtInput | None: ...
    def picture(self, frame: etree._Element) -> None: ...


@dataclass
class Inside:
    """Collects the pieces of one paragraph and the boxes anchored in it."""

    walk: Walk
    pieces: list[Piece] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    spaced: bool = True
    """White space here would follow white space, which OpenDocument counts once."""

    def content(self, parent: etree._Element, around: Inherited) -> None:
        self.say(parent.text, around)
        for element in parent:
            self._element(element, around)
            self.say(element.tail, around)

    def say(self, text: str | None, around: Inherited, *, collapse: bool = True) -> None:
        if not text:
            return
        if collapse:
            text = _BLANKS.sub(" ", text)
            text = text[1:] if self.spaced and text.startswith(" ") else text
        look = look_of(around.traits)
        text = drawn(text, look)
        if not text or look.hidden:
            return
        self.spaced = collapse and text.endswith(" ")
        index = next((one for one in reversed(self.walk.open_fields) if one is not None), around.field)
        inserted = bool(self.walk.changes.open) and not around.deleted
        self.pieces.append(Words(text, look, index, inserted, around.deleted, around.placeholder))

    def _element(self, element: etree._Element, around: Inherited) -> None:
        tag = element.tag
        if tag in _SKIPPED:
            if tag == TEXT + "change-end":
                self.walk.changes.open.discard(element.get(TEXT + "change-id") or "")
        elif tag == TEXT + "span":
            style = self.walk.styles.traits("text", element.get(TEXT + "style-name"))
            self.content(element, replace(around, traits={**around.traits, **style}) if style else around)
        elif tag == TEXT + "s":
            self.say(" " * repeats(element.get(TEXT + "c"), _MOST_SPACES), around, collapse=False)
        elif tag in {TEXT + "tab", TEXT + "line-break"}:
            underlined = bool(around.traits.get("underlined"))
            self.pieces.append(Tab(underlined) if tag == TEXT + "tab" else Break())
            self.spaced = True
        elif str(tag).startswith(DRAW):
            self.drawn_shape(element, around)
        elif str(tag).startswith(FIELD):
            self._field_mark(element, around)
        else:
            self._field(element, around)

    def _field(self, element: etree._Element, around: Inherited) -> None:
        tag = element.tag
        if tag == LOEXT + "content-control":
            self._control(element, around)
        elif tag == TEXT + "change-start":
            key = element.get(TEXT + "change-id") or ""
            if key in self.walk.changes.inserted:
                self.walk.changes.open.add(key)
        elif tag == TEXT + "change":
            gone = self.walk.changes.removed.get(element.get(TEXT + "change-id") or "", "")
            self.say(gone, replace(around, deleted=True), collapse=False)
        elif tag == TEXT + "placeholder":
            index = self.walk.add_input(Input(element.get(TEXT + "description") or "", "text", known_by="form field"))
            self.content(element, replace(around, field=index, placeholder=True))
        elif tag == TEXT + "text-input":
            name = element.get(TEXT + "description") or ""
            self._within(Input(name, "text", known_by="form field"), element, around)
        elif tag == TEXT + "drop-down":
            self._shown(drop_down(element), around)
        elif tag in {TEXT + "hidden-text", TEXT + "hidden-paragraph"}:
            if element.get(TEXT + "is-hidden") not in TRUE:
                self.content(element, around)
        else:
            self.content(element, around)

    def _within(self, entry: Input, element: etree._Element, around: Inherited, stored: str | None = None) -> None:
        index = self.walk.add_input(entry, stored)
        before = len(self.pieces)
        self.content(element, replace(around, field=index))
        if not says_something(tuple(self.pieces[before:])):
            self.pieces.append(Blank(index))

    def _control(self, element: etree._Element, around: Inherited) -> None:
        made = content_control(element)
        if made.is_box:
            self._shown(made, around)
        else:
            within = replace(around, placeholder=around.placeholder or made.showing_prompt)
            self._within(made.entry, element, within, None if made.showing_prompt else made.stored)

    def _shown(self, made: OdtInput, around: Inherited) -> None:
        """An input whose state or text is stored apart from the text of the paper."""
        index = self.walk.add_input(made.entry)
        if around.deleted:
            return
        if made.is_box:
            self.pieces.append(Tick(made.ticked, made.entry.known_by, index))
            if made.label:
                self.pieces.append(Words(f" {made.label} "))
        elif made.shown and made.shown.strip():
            empty = made.entry.kind == "choice" and is_no_choice(made.shown)
            self.pieces.append(Words(made.shown, look_of(around.traits), index, placeholder=empty))
        else:
            self.pieces.append(Blank(index))
        self.spaced = False

    def _field_mark(self, element: etree._Element, around: Inherited) -> None:
        kind, fields = local(element), self.walk.open_fields
        if kind == "fieldmark-end":
            if fields:
                index = fields.pop()
                if index is not None and not any(isinstance(one, Words) and one.field == index for one in self.pieces):
                    self.pieces.append(Blank(index))
            return
        made = field_mark(element)
        if kind == "fieldmark-start":
            if len(fields) >= MOST_OPEN_FIELDS:
                raise NotReadable(DEEP)
            if made is not None and (made.is_box or made.shown is not None):
                self._shown(made, around)
                made = None
            fields.append(None if made is None else self.walk.add_input(made.entry))
        elif made is not None:
            self._shown(made, around)

    def drawn_shape(self, element: etree._Element, around: Inherited) -> None:
        if element.tag == DRAW + "control":
            made = self.walk.form_control(element.get(DRAW + "control") or "")
            if made is not None:
                self._shown(made, around)
            return
        if element.tag == DRAW + "frame":
            box = element.find(DRAW + "text-box")
            if box is not None:
                self.boxes.append(box)
            else:
                self.pieces.append(Pictured())
                self.walk.picture(element)
            return
        if element.find(TEXT + "p") is not None:
            self.boxes.append(element)
            return
        for child in element:
            if str(child.tag).startswith(DRAW):
                self.drawn_shape(child, around)
