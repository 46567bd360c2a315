"""Styles of an OpenDocument paper: looks of text, shapes of paragraphs, widths of columns, colours of cells."""

from __future__ import annotations

from lxml import etree

from parsers.odt.names import FO, STYLE, TABLE, TEXT
from parsers.word.flow import NORMAL_SIZE, PLAIN_SHAPE, Shape, Stop
from parsers.word.names import points
from parsers.word.styles import Traits
from parsers.word.symbols import is_symbol_font

_DEEPEST = 20
_NO_COLOUR = {"", "transparent", "#ffffff", "none"}
_BOLD = {"bold", "600", "700", "800", "900"}


class OdtStyles:
    """Styles by family and name. Automatic styles of a part go before the common ones."""

    def __init__(self, *roots: etree._Element) -> None:
        self._styles: dict[tuple[str, str], etree._Element] = {}
        self._defaults: dict[str, etree._Element] = {}
        self._known: dict[tuple[str, str], Traits] = {}
        self._shapes: dict[str, Shape] = {}
        for root in roots:
            for style in root.iter(STYLE + "style"):
                key = (style.get(STYLE + "family") or "", style.get(STYLE + "name") or "")
                self._styles.setdefault(key, style)
            for style in root.iter(STYLE + "default-style"):
                self._defaults.setdefault(style.get(STYLE + "family") or "", style)

    def traits(self, family: str, name: str | None) -> Traits:
        """What a style of text or of paragraphs says of the look of text."""
        key = (family, name or "")
        if key not in self._known:
            traits: Traits = {}
            for style in self._chain(*key):
                properties = style.find(STYLE + "text-properties")
                if properties is not None:
                    _add(properties, traits)
                called = (style.get(STYLE + "display-name") or style.get(STYLE + "name") or "").casefold()
                if called.replace(" ", "") in {"placeholdertext", "placeholder"}:
                    traits["prompt"] = True
            self._known[key] = traits
        return self._known[key]

    def shape(self, name: str | None, level: int) -> Shape:
        key = f"{level} {name or ''}"
        if key not in self._shapes:
            left = first = 0.0
            stops: tuple[Stop, ...] = ()
            for style in self._chain("paragraph", name or ""):
                properties = style.find(STYLE + "paragraph-properties")
                if properties is None:
                    continue
                left = points(properties.get(FO + "margin-left"), left)
                first = points(properties.get(FO + "text-indent"), first)
                stops = _stops(properties) or stops
            self._shapes[key] = Shape(level, left, first, stops) if level or left or first or stops else PLAIN_SHAPE
        return self._shapes[key]

    def master(self, element: etree._Element) -> str:
        """The name of the page that a paragraph or table asks for; empty where it asks for none."""
        for family, name in (("paragraph", element.get(TEXT + "style-name")), ("table", element.get(TABLE + "style-name"))):
            for style in reversed(self._chain(family, name or "")):
                if style.get(STYLE + "master-page-name"):
                    return style.get(STYLE + "master-page-name") or ""
        return ""

    def tab(self) -> float:
        """The distance of default tab stops."""
        default = self._defaults.get("paragraph")
        properties = None if default is None else default.find(STYLE + "paragraph-properties")
        return points(None if properties is None else properties.get(STYLE + "tab-stop-distance"), 36.0) or 36.0

    def width(self, column: str | None) -> float:
        """The width of a column in points; 0 where the style does not tell."""
        for style in reversed(self._chain("table-column", column or "")):
            properties = style.find(STYLE + "table-column-properties")
            if properties is not None and properties.get(STYLE + "column-width"):
                return points(properties.get(STYLE + "column-width"))
        return 0.0

    def height(self, row: str | None) -> float:
        for style in reversed(self._chain("table-row", row or "")):
            properties = style.find(STYLE + "table-row-properties")
            if properties is not None:
                told = properties.get(STYLE + "row-height") or properties.get(STYLE + "min-row-height")
                return min(max(points(told), 0.0), 800.0)
        return 0.0

    def is_shaded(self, cell: str | None) -> bool:
        for style in reversed(self._chain("table-cell", cell or "")):
            properties = style.find(STYLE + "table-cell-properties")
            if properties is not None and properties.get(FO + "background-color"):
                return (properties.get(FO + "background-color") or "").casefold() not in _NO_COLOUR
        return False

    def _chain(self, family: str, name: str) -> list[etree._Element]:
        chain: list[etree._Element] = []
        while name and len(chain) < _DEEPEST:
            style = self._styles.get((family, name))
            if style is None:
                break
            chain.append(style)
            name = style.get(STYLE + "parent-style-name") or ""
        default = self._defaults.get(family)
        return [*([default] if default is not None else []), *chain[::-1]]


def _add(properties: etree._Element, traits: Traits) -> None:
    weight = properties.get(FO + "font-weight")
    if weight is not None:
        traits["bold"] = weight in _BOLD
    for name, trait in (("line-through", "struck"), ("underline", "underlined")):
        told = properties.get(f"{STYLE}text-{name}-style") or properties.get(f"{STYLE}text-{name}-type")
        if told is not None:
            traits[trait] = told != "none"
    colour = properties.get(FO + "background-color")
    if colour is not None:
        traits["highlighted"] = colour.casefold() not in _NO_COLOUR
    display = properties.get(TEXT + "display")
    if display is not None:
        traits["hidden"] = display == "none"
    size = properties.get(FO + "font-size")
    if size is not None and not size.endswith("%"):
        traits["size"] = min(max(points(size, NORMAL_SIZE), 4.0), 72.0)
    font = properties.get(STYLE + "font-name")
    if font is not None:
        traits["font"] = font if is_symbol_font(font) else ""


def _stops(properties: etree._Element) -> tuple[Stop, ...]:
    found = (
        Stop(
            points(stop.get(STYLE + "position")),
            {"right": "right", "center": "center"}.get(stop.get(STYLE + "type") or "", "left"),
        )
        for stop in properties.iterfind(f"{STYLE}tab-stops/{STYLE}tab-stop")
    )
    return tuple(sorted(found, key=lambda stop: stop.at))[:64]


def page(root: etree._Element) -> tuple[float, float, float]:
    """Width of the page, left margin and width of the text, from the first page layout."""
    properties = root.find(f".//{STYLE}page-layout/{STYLE}page-layout-properties")
    if properties is None:
        return 595.3, 72.0, 451.3
    width = min(max(points(properties.get(FO + "page-width"), 595.3), 200.0), 2_000.0)
    left, right = (
        min(max(points(properties.get(f"{FO}margin-{side}"), points(properties.get(FO + "margin"), 56.7)), 0.0), width / 3)
        for side in ("left", "right")
    )
    return width, left, width - left - right
