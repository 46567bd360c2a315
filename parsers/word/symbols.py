"""Glyphs that are boxes, circles and ticks: which characters and symbol-font codes mean ticked, and which empty.

Word processors, symbol fonts and people all draw tick boxes with characters. Typed letters ("X", "[x]") are text and
are judged where choices are read, not here.
"""

from __future__ import annotations

import re

from parsers.word.flow import Look, Piece, Tick, Words

GLYPH = "glyph"

_TICKED = "☑☒✓✔✅✗✘✕✖❌❎🗵🗷🗸🗹⮽🗳🗴⊠⊗◉⦿🔘🞕🞗"
_EMPTY = "☐□◻⬜▢❏❐❑❒🞎🞏🞐◽○◯⚪❍⭕🞅🔲🔳"
# A filled square or circle is a bullet in most papers. It is a ticked box only where its empty twin stands in the paper.
_FILLED = {"■": "□☐◻", "◼": "□☐◻", "⬛": "⬜☐□", "●": "○◯", "⚫": "⚪○"}
_BARE_TICKS = "✓✔✅🗸√"
_BARE_CROSSES = "✗✘✕✖❌🗴"
_STATES: dict[str, bool] = {**dict.fromkeys(_TICKED, True), **dict.fromkeys(_EMPTY, False)}
_ROOT_SIGN = "√"

_WINGDINGS = {
    0x6E: "■", 0x6F: "□", 0x70: "❐", 0x71: "❑", 0x72: "❒", 0x78: "☒", 0xA1: "○", 0xA2: "○", 0xA4: "◉", 0xA5: "◉",
    0xA8: "☐", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑", 0x6C: "●", 0x6D: "❍", 0x9F: "•", 0xA7: "▪", 0x76: "❖",
}  # fmt: skip
_WINGDINGS_2 = {
    0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0x55: "⊗", 0x56: "⊗", 0x81: "○", 0x98: "●",
    0x99: "◉", 0x9A: "◉", 0xA2: "■", 0xA3: "□", 0xA4: "☐", 0x30: "☐", 0x2A: "☐", 0x97: "•",
}  # fmt: skip
_WEBDINGS = {0x61: "✓", 0x63: "□", 0x67: "■", 0x72: "✗", 0x3D: "•", 0x6E: "●"}
_DINGBATS = {
    0x33: "✓", 0x34: "✔", 0x35: "✕", 0x36: "✖", 0x37: "✗", 0x38: "✘", 0x6E: "■", 0x6F: "❏", 0x70: "❐", 0x71: "❑",
    0x72: "❒", 0x6C: "●", 0x6D: "❍",
}  # fmt: skip
_SYMBOL = {0xB7: "•", 0xD6: "√", 0xA8: "♦", 0xB3: "≥", 0xA3: "≤", 0xB4: "\u00d7", 0xB0: "°", 0xB1: "±"}
_FONTS = {
    "wingdings": _WINGDINGS,
    "wingdings 2": _WINGDINGS_2,
    "webdings": _WEBDINGS,
    "zapfdingbats": _DINGBATS,
    "itc zapf dingbats": _DINGBATS,
    "monotype sorts": _DINGBATS,
    "marlett": {0x61: "✓", 0x62: "✓", 0x69: "●", 0x72: "✗"},
    "symbol": _SYMBOL,
    "opensymbol": _WINGDINGS,
    "starsymbol": _WINGDINGS,
}
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff\x00-\x08\x0e-\x1f]")
_PRIVATE = re.compile("[\uf000-\uf0ff]")


def is_symbol_font(name: str) -> bool:
    return name.casefold() in _FONTS


def symbol(font: str, code: int) -> str:
    """The character that a code of a symbol font draws; empty for a picture that says nothing on a form."""
    return _FONTS.get(font.casefold(), _WINGDINGS).get(code & 0xFF, "")


def drawn(text: str, look: Look) -> str:
    """The text as it looks: letters of a symbol font become what they draw, invisible characters go."""
    if look.font and look.font.casefold() != "opensymbol":
        return "".join(" " if letter.isspace() else symbol(look.font, ord(letter)) for letter in text)
    if text.isascii() and text.isprintable():
        return text
    text = _PRIVATE.sub(lambda found: symbol("wingdings", ord(found.group())), text)
    return _INVISIBLE.sub("", text)


def state_of(glyph: str) -> bool | None:
    """True for a ticked glyph, False for an empty one, None for anything else."""
    if glyph in _FILLED:
        return True
    return _STATES.get(glyph)


class Glyphs:
    """Which characters of one paper are boxes; depends on the boxes that the paper uses."""

    def __init__(self, paper: str) -> None:
        filled = {glyph for glyph, twins in _FILLED.items() if any(twin in paper for twin in twins)}
        self._states: dict[str, bool | None] = {**_STATES, **dict.fromkeys(filled, True)}
        # A cross means "this one" on most forms, but "no" where somebody answers with ticks and crosses.
        if any(tick in paper for tick in _BARE_TICKS):
            self._states.update(dict.fromkeys(_BARE_CROSSES))
        self._one = re.compile("([" + "".join(self._states) + "]|(?<!\\S)" + _ROOT_SIGN + "(?!\\S))")

    def split(self, words: Words) -> list[Piece]:
        """The words with their boxes taken out as marks. A deleted box is no longer there."""
        if words.text.isascii() or not self._one.search(words.text):
            return [words]
        pieces: list[Piece] = []
        for part in self._one.split(words.text):
            if part == _ROOT_SIGN or part in self._states:
                if not words.deleted:
                    pieces.append(Tick(self._states.get(part, True), GLYPH, words.field))
            elif part:
                pieces.append(
                    Words(part, words.look, words.field, words.inserted, words.deleted, words.placeholder),
                )
        return pieces
