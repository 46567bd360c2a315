"""Styles of a Word file: how a run looks and how a paragraph lies, with everything it inherits."""

from __future__ import annotations

from functools import lru_cache

from lxml import etree

from parsers.word_flow import NORMAL_SIZE, PLAIN, PLAIN_SHAPE, Look, Shape, Stop
from parsers.word_names import VAL, W, is_on, number, points, value
from parsers.word_symbols import is_symbol_font

_Traits = dict[str, bool | float | str]

# Word adds up these switches between the paragraph's and the character's style: bold in both is not bold.
_SWITCHES = {"b": "bold", "strike": "struck", "dstrike": "double", "vanish": "hidden"}
_DEEPEST = 20
_MOST_STYLES = 5_000


class Styles:
    """Looks of runs and shapes of paragraphs. `root` is the root of the styles part, or None where there is none."""

    def __init__(self, root: etree._Element | None) -> None:
        self._elements: dict[str, etree._Element] = {}
        self._default_paragraph: str | None = None
        self._base: _Traits = {}
        self._looks: dict[tuple[str | None, str | None], _Traits] = {}
        if root is not None:
            self._take(root)
        self._resolved = lru_cache(maxsize=None)(self._traits_of)

    def look(self, paragraph_style: str | None, run: etree._Element | None) -> Look:
        """How a run looks. `run` is its w:rPr."""
        direct: _Traits = {} if run is None else _traits(run)
        character = None if run is None else value(run, "rStyle")
        key = (paragraph_style or self._default_paragraph, character)
        inherited = self._looks.get(key)
        if inherited is None:
            inherited = self._looks[key] = self._inherited(*key)
        return _look({**inherited, **direct} if direct else inherited)

    def shape(self, properties: etree._Element | None) -> Shape:
        """How a paragraph lies. `properties` is its w:pPr."""
        if properties is None:
            style, own = self._default_paragraph, None
        else:
            style, own = value(properties, "pStyle") or self._default_paragraph, properties
        chain = self._chain(style)
        layers = [layer for element in chain if (layer := element.find(W + "pPr")) is not None]
        if own is not None:
            layers.append(own)
        if not layers:
            return PLAIN_SHAPE
        return _shape(layers, _named_level(chain))

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

    def _traits_of(self, style: str | None) -> _Traits:
        traits: _Traits = {}
        for element in self._chain(style):
            properties = element.find(W + "rPr")
            if properties is not None:
                traits.update(_traits(properties))
            if (value(element, "name") or "").casefold() == "placeholder text" or style == "PlaceholderText":
                traits["prompt"] = True
        return traits

    def _inherited(self, paragraph_style: str | None, character_style: str | None) -> _Traits:
        of_paragraph, of_character = self._resolved(paragraph_style), self._resolved(character_style)
        traits = {**self._base, **of_paragraph, **of_character}
        for switch in _SWITCHES.values():
            if switch in of_paragraph and switch in of_character:
                traits[switch] = bool(of_paragraph[switch]) != bool(of_character[switch])
        if character_style == "PlaceholderText":
            traits["prompt"] = True
        return traits


def _traits(properties: etree._Element) -> _Traits:
    traits: _Traits = {}
    for child in properties:
        name = str(child.tag)[len(W) :]
        if name in _SWITCHES:
            traits[_SWITCHES[name]] = is_on(child)
        elif name == "u":
            traits["underlined"] = is_on(child)
        elif name == "highlight":
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


def _look(traits: _Traits) -> Look:
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


def _named_level(chain: list[etree._Element]) -> int:
    for element in reversed(chain):
        name = (value(element, "name") or "").casefold()
        if name == "title":
            return 1
        if name.startswith("heading ") and name[8:].isdigit():
            return min(int(name[8:]), 9)
    return 0


def _shape(layers: list[etree._Element], level: int) -> Shape:
    left = first = 0.0
    stops: dict[float, str] = {}
    for layer in layers:
        outline = value(layer, "outlineLvl")
        if outline is not None:
            level = int(number(outline, 9)) + 1 if 0 <= number(outline, 9) < 9 else 0
        indent = layer.find(W + "ind")
        if indent is not None:
            left, first = _indent(indent, left, first)
        for stop in layer.iterfind(f"{W}tabs/{W}tab"):
            at, kind = points(stop.get(W + "pos")), stop.get(VAL) or "left"
            if kind == "clear":
                stops.pop(at, None)
            elif kind != "bar":
                stops[at] = {"end": "right", "start": "left", "decimal": "right"}.get(kind, kind)
    if not (level or left or first or stops):
        return PLAIN_SHAPE
    return Shape(level, left, first, tuple(Stop(at, kind) for at, kind in sorted(stops.items())))


def _indent(indent: etree._Element, left: float, first: float) -> tuple[float, float]:
    start = indent.get(W + "left") or indent.get(W + "start")
    if start is not None:
        left = points(start)
    if indent.get(W + "hanging") is not None:
        first = -points(indent.get(W + "hanging"))
    elif indent.get(W + "firstLine") is not None:
        first = points(indent.get(W + "firstLine"))
    return left, first
