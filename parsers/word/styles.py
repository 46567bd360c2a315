"""Styles of a Word file: how a run looks and how a paragraph lies, with everything it inherits."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from lxml import etree

from parsers.word.flow import NORMAL_SIZE, PLAIN, PLAIN_SHAPE, Look, Shape, Stop
from parsers.word.names import VAL, W, is_on, number, points, value
from parsers.word.symbols import is_symbol_font

Traits = dict[str, bool | float | str]

# Word adds up these switches between the paragraph's and the character's style: bold in both is not bold.
_SWITCHES = {"b": "bold", "strike": "struck", "dstrike": "double", "vanish": "hidden"}
_STOPS = {"right": "right", "end": "right", "decimal": "right", "center": "center"}
_OUTLINE, _INDENT, _TABS = W + "outlineLvl", W + "ind", W + "tabs"
_DEEPEST = 20
_MOST_STOPS = 64
_MOST_STYLES = 5_000


_UNUSED = ((b'<w:style w:type="table"', b"</w:style>"), (b"<w:latentStyles", b"</w:latentStyles>"))
_LARGE = 64 * 1024


def without_table_styles(content: bytes) -> bytes:
    """A large styles part without the styles of tables, which say nothing of text and are most of its bulk.

    Cutting them out costs a tenth of parsing them. Parts with comments or CDATA stay whole: there the cut could be wrong.
    """
    if len(content) < _LARGE or b"<!" in content:
        return content
    for begins, ends in _UNUSED:
        kept, at = [], 0
        while (start := content.find(begins, at)) >= 0 and (end := content.find(ends, start)) >= 0:
            kept.append(content[at:start])
            at = end + len(ends)
        content = b"".join((*kept, content[at:]))
    return content


class Styles:
    """Looks of runs and shapes of paragraphs. `root` is the root of the styles part, or None where there is none."""

    def __init__(self, root: etree._Element | None) -> None:
        self._elements: dict[str, etree._Element] = {}
        self._default_paragraph: str | None = None
        self._base: Traits = {}
        self._shapes: dict[str | None, Shape] = {}
        self._looks: dict[tuple[str | None, str | None], Traits] = {}
        if root is not None:
            self._take(root)
        self._resolved = lru_cache(maxsize=None)(self._traits_of)

    def look(self, paragraph_style: str | None, run: etree._Element | None) -> Look:
        """How a run looks. `run` is its w:rPr."""
        direct: Traits = {} if run is None else _traits(run)
        character = None if run is None else value(run, "rStyle")
        key = (paragraph_style or self._default_paragraph, character)
        inherited = self._looks.get(key)
        if inherited is None:
            inherited = self._looks[key] = self._inherited(*key)
        return look_of({**inherited, **direct} if direct else inherited)

    def shape(self, properties: etree._Element | None) -> Shape:
        """How a paragraph lies. `properties` is its w:pPr."""
        style = self._default_paragraph if properties is None else value(properties, "pStyle") or self._default_paragraph
        shape = self._shapes.get(style)
        if shape is None:
            shape = PLAIN_SHAPE
            for element in self._chain(style):
                shape = _shaped(element.find(W + "pPr"), _named_level(element, shape))
            self._shapes[style] = shape
        return shape if properties is None else _shaped(properties, shape)

    def _take(self, root: etree._Element) -> None:
        for element in root.findall(W + "style")[:_MOST_STYLES]:
            name = element.get(W + "styleId")
            if not name:
                continue
            self._elements[name] = element
            if element.get(W + "type") == "paragraph" and element.get(W + "default") in {"1", "true", "on"}:
                self._default_paragraph = name
        base = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        if base is not None:
            self._base = _traits(base)

    def _chain(self, style: str | None) -> list[etree._Element]:
        """The style and its ancestors, the oldest first; a loop ends after twenty."""
        chain: list[etree._Element] = []
        while style and len(chain) < _DEEPEST:
            element = self._elements.get(style)
            if element is None:
                break
            chain.append(element)
            style = value(element, "basedOn")
        return chain[::-1]

    def _traits_of(self, style: str | None) -> Traits:
        traits: Traits = {}
        for element in self._chain(style):
            properties = element.find(W + "rPr")
            if properties is not None:
                traits.update(_traits(properties))
            if (value(element, "name") or "").casefold() == "placeholder text" or style == "PlaceholderText":
                traits["prompt"] = True
        return traits

    def _inherited(self, paragraph_style: str | None, character_style: str | None) -> Traits:
        of_paragraph, of_character = self._resolved(paragraph_style), self._resolved(character_style)
        traits = {**self._base, **of_paragraph, **of_character}
        for switch in _SWITCHES.values():
            if switch in of_paragraph and switch in of_character:
                traits[switch] = bool(of_paragraph[switch]) != bool(of_character[switch])
        if character_style == "PlaceholderText":
            traits["prompt"] = True
        return traits


def _traits(properties: etree._Element) -> Traits:
    traits: Traits = {}
    for child in properties:
        name = str(child.tag)[len(W) :]
        if name in _SWITCHES:
            traits[_SWITCHES[name]] = is_on(child)
        elif name == "u":
            traits["underlined"] = is_on(child)
        elif name in {"highlight", "bdr"}:
            traits["highlighted"] = is_on(child)
        elif name == "shd":
            traits.setdefault("highlighted", is_coloured(child))
        elif name == "sz":
            traits["size"] = min(max(number(child.get(VAL), 22) / 2, 4.0), 72.0)
        elif name == "rFonts":
            font = child.get(W + "ascii") or child.get(W + "hAnsi") or ""
            traits["font"] = font if is_symbol_font(font) else ""
    return traits


def is_coloured(shade: etree._Element) -> bool:
    """Whether a w:shd fills with a colour: shading is what people use beside the highlighter."""
    return (shade.get(W + "fill") or "auto").casefold() not in {"auto", "ffffff", "none"}


def look_of(traits: Traits) -> Look:
    """The look with these traits; looks with equal traits are one value."""
    return _shared_look(tuple(sorted(traits.items()))) if traits else PLAIN


@lru_cache(maxsize=512)
def _shared_look(traits: tuple[tuple[str, bool | float | str], ...]) -> Look:
    told = dict(traits)
    return Look(
        struck=bool(told.get("struck") or told.get("double")),
        bold=bool(told.get("bold")),
        underlined=bool(told.get("underlined")),
        highlighted=bool(told.get("highlighted")),
        hidden=bool(told.get("hidden")),
        prompt=bool(told.get("prompt")),
        size=float(told.get("size", NORMAL_SIZE)),
        font=str(told.get("font", "")),
    )


def _named_level(style: etree._Element, shape: Shape) -> Shape:
    """Headings are known by the English name that Word keeps in every language."""
    name = (value(style, "name") or "").casefold()
    if name == "title":
        return replace(shape, level=1)
    if name.startswith("heading ") and name[8:].isdigit():
        return replace(shape, level=min(int(name[8:]), 9))
    return shape


def _shaped(properties: etree._Element | None, shape: Shape) -> Shape:
    """The shape after the properties of a style or a paragraph."""
    for child in properties if properties is not None else ():
        tag = child.tag
        if tag == _OUTLINE:
            level = number(child.get(VAL), 9)
            shape = replace(shape, level=int(level) + 1 if 0 <= level < 9 else 0)
        elif tag == _INDENT:
            left, first = _indent(child, shape.left, shape.first)
            shape = replace(shape, left=left, first=first)
        elif tag == _TABS:
            shape = replace(shape, stops=_stops(child, shape.stops))
    return shape


def _stops(tabs: etree._Element, inherited: tuple[Stop, ...]) -> tuple[Stop, ...]:
    stops = {stop.at: stop.kind for stop in inherited}
    for stop in tabs:
        at, kind = points(stop.get(W + "pos")), stop.get(VAL) or "left"
        if kind == "clear":
            stops.pop(at, None)
        elif kind != "bar":
            stops[at] = _STOPS.get(kind, "left")
    return tuple(Stop(at, kind) for at, kind in sorted(stops.items())[:_MOST_STOPS])


def _indent(indent: etree._Element, left: float, first: float) -> tuple[float, float]:
    start = indent.get(W + "left") or indent.get(W + "start")
    if start is not None:
        left = points(start)
    if indent.get(W + "hanging") is not None:
        first = -points(indent.get(W + "hanging"))
    elif indent.get(W + "firstLine") is not None:
        first = points(indent.get(W + "firstLine"))
    return left, first
