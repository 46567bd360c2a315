"""Knows the characters that stand for tick boxes and ticks, in Unicode and in the symbol fonts of office programs."""

from __future__ import annotations

EMPTY_BOXES = frozenset("☐□▢❏❐❑❒◻◽⬜🞎🗆🔲")
TICKED_BOXES = frozenset("☑☒⊠🗹🗷🗵⮽⮹🗸✅❎☓")
TICKS = frozenset("✓✔✗✘✕✖🗶")
EMPTY_RINGS = frozenset("○◯⚪◌")
FILLED_RINGS = frozenset("◉◎⦿🔘⚫")
BULLET = "•"

_WINGDINGS = {
    0x6F: "□", 0x70: "❐", 0x71: "❑", 0x72: "❒", 0xA8: "☐", 0xFE: "☑", 0xFD: "☒", 0x78: "☒", 0xFC: "✓", 0xFB: "✗",
    0xA1: "○", 0xA4: "◉", 0xA7: BULLET, 0x6C: BULLET, 0x6E: BULLET, 0xD8: BULLET, 0x76: BULLET, 0xB7: BULLET, 0x9F: BULLET,
}  # fmt: skip
# A Wingdings font without a table of codes is read by the standard one, which has this sign at the place of the box.
_CURRENCY = 0xA4
_WINGDINGS_2 = {
    0x50: "✓", 0x4F: "✗", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0x55: "☒", 0xA3: "☐", 0x2A: "☐", 0x30: "☐",
}  # fmt: skip
_WEBDINGS = {0x61: "✓", 0x72: "✗", 0x63: "☐", 0x67: BULLET, 0x3D: BULLET}
_SYMBOL = {0xB7: BULLET, 0xF0: "☐", 0xFF: "☐", 0xD6: "✓", 0xB4: "✗"}
# By the single letters that the forms of Acrobat use as captions of buttons.
_ZAPF = {
    0x34: "✔",
    0x33: "✓",
    0x38: "✘",
    0x35: "✕",
    0x36: "✖",
    0x37: "✗",
    0x6C: "⚫",
    0x6E: "■",
    0x6F: "❏",
    0x75: "◆",
    0x48: "★",
}


def symbol(code: int, font: str) -> str:
    """The character that a person sees. Private codes of symbol fonts become the sign that they draw."""
    if code == _CURRENCY and "wingdings" in font.lower():
        return "☐"
    low = code & 0xFF if 0xF000 <= code <= 0xF0FF else code
    private = low != code
    table = _table(font.lower(), private)
    if table is not None and low in table and (private or code < 0x100):
        return table[low]
    if private:
        return BULLET if low < 0x20 or low > 0x7E else chr(low)
    return chr(code)


def is_symbol_font(name: str) -> bool:
    """Whether a font draws signs where others have letters."""
    return any(word in name.lower() for word in ("dings", "symbol", "dingbat"))


def _table(font: str, private: bool) -> dict[int, str] | None:
    if "wingdings2" in font.replace(" ", "").replace("-", ""):
        return _WINGDINGS_2
    if "webdings" in font:
        return _WEBDINGS
    if "zapfdingbats" in font or "dingbats" in font:
        return _ZAPF
    if "symbolmt" in font or (font.endswith("symbol") and "opensymbol" not in font):
        return _SYMBOL
    return _WINGDINGS if private or "wingdings" in font else None


def tick_of(character: str) -> bool | None:
    """True for a tick or a ticked box, False for an empty box, None for any other character."""
    if character in EMPTY_BOXES or character in EMPTY_RINGS:
        return False
    if character in TICKED_BOXES or character in TICKS or character in FILLED_RINGS:
        return True
    return None


def is_bullet(text: str) -> bool:
    """Whether a word only opens a point of a list."""
    return len(text) == 1 and text in "•▪◦●\u2013-*·►➢❖■◆‣∙"
