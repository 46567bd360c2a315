"""Puts characters together into words. Lines, paragraphs and reading order are made elsewhere."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from parsers.pdf.characters import Characters
from parsers.pdf.glyphs import EMPTY_RINGS, is_symbol_font, symbol, tick_of
from parsers.pdf.looks import Flags, Look

_HYPHENS = {0x02, 0xFFFE}
"""What pdfium reports for a hyphen at the end of a line."""
_SOFT_HYPHEN = 0xAD
_NOTHING = {0x00, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF, _SOFT_HYPHEN}
_LIGATURES = {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}
_TOUCH = 0.14
"""Gap between two characters of one word, in line heights, where the file says nothing about a space."""
_APART = 0.5
"""The same where the characters follow each other in the file without a space: pdfium makes up the spaces that are
only gaps, and knows the font's own widths."""
_SPACED_OUT = 1.5
"""The same within one piece of text, whose letters may be spaced out."""


@dataclass(slots=True)
class Word:
    """A word, or a tick box, with its place on the upright page."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    look: int = Look.PLAIN
    cell: int | None = None
    """Index of the page's cell."""
    field: int | None = None
    ticked: bool | None = None
    known_by: str = ""
    """Not empty for a tick box; its text is then only kept to tell a box from a bare tick."""
    spaced: bool = True
    """False where nothing stands between this word and the one before in the file."""
    placeholder: bool = False
    sideways: bool = False
    face: tuple[str, tuple[int, int, int]] = ("", (0, 0, 0))
    """Family of the font and colour: a label and the value typed below it often differ."""
    glued: bool = False
    opens: bool | None = None
    """Of the first word of a line: whether a paragraph starts here; None where only the place can tell."""
    frame: int | None = None
    """Words of one frame are put into lines among themselves: the value of a field with several lines."""
    serial: int = -1
    """Place among the words of the file; -1 for words that come from elsewhere."""
    confidence: float = 1.0
    """As in `Token`: less than 1 only for words that OCR read."""
    doubt: str = ""
    """As in `Token`."""

    @property
    def height(self) -> float:
        return max(self.bottom - self.top, 0.1)

    @property
    def is_mark(self) -> bool:
        return bool(self.known_by)


def words_of(characters: Characters, looks: Flags, cells: npt.NDArray[np.int64]) -> list[Word]:
    """Words in the order of the file, unseen characters left out. `cells` holds each character's cell, -1 for none."""
    texts = _texts(characters)
    blanks = {text for text in set(texts) if not text or text.isspace()}
    blank = np.array([text in blanks for text in texts], bool)
    empty = np.array([not text for text in texts], bool)
    kept = np.nonzero(~blank & (looks & Look.UNSEEN == 0) & ~_printed_twice(characters))[0]
    if not len(kept):
        return []
    starts = np.concatenate(([True], _breaks(characters, looks, cells, kept)))
    spaced = np.concatenate(([True], _space_between(blank & ~empty, kept)))
    marks = _marks(texts, kept)
    starts |= marks | np.concatenate(([False], marks[:-1])) | spaced
    firsts = np.nonzero(starts)[0]
    edges = [*firsts.tolist(), len(kept)]
    own = kept[firsts]
    boxes = zip(
        np.minimum.reduceat(characters.x0[kept], firsts).tolist(),
        np.minimum.reduceat(characters.top[kept], firsts).tolist(),
        np.maximum.reduceat(characters.x1[kept], firsts).tolist(),
        np.maximum.reduceat(characters.bottom[kept], firsts).tolist(),
        strict=True,
    )
    shown = [texts[index] for index in kept.tolist()]
    words = [
        Word(cleaned("".join(shown[first:last])), *box, serial=serial)
        for serial, ((first, last), box) in enumerate(zip(pairwise(edges), boxes, strict=True))
    ]
    first = _Firsts(looks[own], cells[own], spaced[firsts], marks[firsts], _sideways(characters)[own], characters.run[own])
    _describe(words, first, [(run.family, run.colour) for run in characters.runs])
    return words


@dataclass(frozen=True, slots=True)
class _Firsts:
    """What is known of the first character of each word."""

    looks: Flags
    cells: npt.NDArray[np.int64]
    spaced: npt.NDArray[np.bool_]
    marks: npt.NDArray[np.bool_]
    sideways: npt.NDArray[np.bool_]
    runs: npt.NDArray[np.int64]


def _describe(words: list[Word], firsts: _Firsts, faces: list[tuple[str, tuple[int, int, int]]]) -> None:
    for word, look, cell, spaced in zip(
        words, firsts.looks.tolist(), firsts.cells.tolist(), firsts.spaced.tolist(), strict=True
    ):
        word.look, word.spaced = look, spaced
        word.cell = cell if cell >= 0 else None
    for word, run in zip(words, firsts.runs.tolist(), strict=True):
        word.face = faces[run]
    for index in np.nonzero(firsts.marks)[0].tolist():
        words[index].known_by = "glyph"
        words[index].ticked = tick_of(words[index].text) is not False
    for index in np.nonzero(firsts.sideways)[0].tolist():
        words[index].sideways = True


def _sideways(characters: Characters) -> npt.NDArray[np.bool_]:
    turned = np.array([run.angle != 0 for run in characters.runs] or [False], bool)
    sideways: npt.NDArray[np.bool_] = turned[characters.run] & (characters.run >= 0)
    return sideways


def cleaned(text: str) -> str:
    """Ligatures taken apart, accents joined to their letters, nothing that cannot be seen."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", "".join(_LIGATURES.get(one, one) for one in text))


def _texts(characters: Characters) -> list[str]:
    codes = characters.codes.tolist()
    plain = {code: _text(code, None) for code in set(codes)}
    texts = [plain[code] for code in codes]
    special = np.array([is_symbol_font(run.font) for run in characters.runs] or [False], bool)
    private = (characters.codes >= 0xF000) & (characters.codes <= 0xF0FF)
    for index in np.nonzero((characters.run >= 0) & (special[characters.run] | private))[0].tolist():
        texts[index] = _text(codes[index], characters.runs[int(characters.run[index])].font)
    return texts


def _text(code: int, symbol_font: str | None) -> str:
    if code in _HYPHENS:
        return "-"
    if code in _NOTHING or 0xD800 <= code <= 0xDFFF or code > 0x10FFFF:
        return ""
    if symbol_font is not None:
        return symbol(code, symbol_font)
    character = chr(code)
    return " " if code < 0x20 or 0x7F <= code < 0xA0 else character


def _breaks(
    characters: Characters, looks: Flags, cells: npt.NDArray[np.int64], kept: npt.NDArray[np.int64]
) -> npt.NDArray[np.bool_]:
    before, after = kept[:-1], kept[1:]
    height = np.maximum(characters.bottom - characters.top, 0.1)
    middle = (characters.top + characters.bottom) / 2
    gap = characters.x0[after] - characters.x1[before]
    angles = np.array([run.angle for run in characters.runs] or [0])[characters.run]
    level = angles[after] == 0
    same_run = characters.run[after] == characters.run[before]
    away = (gap > np.where(same_run, _SPACED_OUT, _APART) * height[after]) | (
        characters.x0[after] < characters.x0[before] - 0.1 * height[after]
    )
    away |= np.abs(middle[after] - middle[before]) > 0.5 * np.maximum(height[after], height[before])
    broken: npt.NDArray[np.bool_] = (
        (away & level) | (angles[after] != angles[before]) | (looks[after] != looks[before]) | (cells[after] != cells[before])
    )
    return broken


def _space_between(spaces: npt.NDArray[np.bool_], kept: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """Whether the file has a space between each kept character and the one before."""
    counted = np.cumsum(spaces)
    between: npt.NDArray[np.bool_] = counted[kept[1:]] > counted[kept[:-1]]
    return between


def _printed_twice(characters: Characters) -> npt.NDArray[np.bool_]:
    """Characters printed again on themselves, which is how some printers make bold letters."""
    twice = np.zeros(len(characters), bool)
    if len(characters) < 2:
        return twice
    width = np.maximum(characters.x1 - characters.x0, 0.1)
    across = np.abs(np.diff(characters.x0))
    same = (np.diff(characters.codes.astype(np.int64)) == 0) & (across < 0.3 * width[1:])
    same &= np.abs(np.diff(characters.top)) < 0.15 * width[1:]
    # Parts of a ligature share a box, but also the text object.
    same &= (np.diff(characters.run) != 0) | (across > 0)
    twice[1:] = same & (characters.run[1:] >= 0)
    return twice


def _marks(texts: list[str], kept: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """Which kept characters are tick boxes. A filled circle is one only on a page that has an empty one."""
    shown = [texts[index] for index in kept.tolist()]
    different = set(shown)
    has_rings = not EMPTY_RINGS.isdisjoint(different)
    marks = {text for text in different if tick_of(text) is not None or (has_rings and text == "●")}
    return np.array([text in marks for text in shown], bool)


def touching(left: Word, right: Word) -> bool:
    """Whether nothing stands between two neighbours of one line."""
    gap = right.x0 - left.x1
    if left.serial >= 0 and right.serial == left.serial + 1:
        return not right.spaced and gap <= _APART * right.height
    return gap <= _TOUCH * right.height


def same_kind(left: Word, right: Word) -> bool:
    """Whether two touching words may become one."""
    return left.look == right.look and left.field == right.field and not left.is_mark and not right.is_mark
