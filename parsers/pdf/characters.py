"""Reads the characters of a PDF page with their boxes and their look. Words and lines are made elsewhere.

pdfium is called through plain function pointers into arrays made beforehand: a page has thousands of characters, and
a call that has to convert its arguments costs more than the look-up itself.
"""

from __future__ import annotations

import ctypes
import math
from collections import deque
from dataclasses import dataclass
from itertools import repeat
from typing import Any

import numpy as np
import numpy.typing as npt
import pypdfium2.raw as pdfium_c

from parsers.pdf.glyphs import is_symbol_font
from parsers.pdf.upright import Numbers, Upright, moved

UNKNOWN = 0xFFFD
"""The code of a character that the file does not tell."""
MOST_CHARACTERS = 60_000
"""A page; a form has some 3,000."""

ASCENT, DESCENT = 0.75, 0.22
"""Height of a line above and below its baseline, in font sizes."""

_INVISIBLE_MODES = {3, 7}
_STROKED_MODES = {1, 2, 5, 6}
_BOLD_NAMES = ("bold", "black", "heavy", "demi")
_BOLD_WEIGHT = 600


@dataclass(frozen=True, slots=True)
class Run:
    """What the characters of one text object have in common."""

    size: float
    angle: int
    """Degrees clockwise on the upright page, rounded; 0 for text that stands upright."""
    bold: bool
    colour: tuple[int, int, int]
    visible: bool
    font: str
    baseline: float
    """Height on the upright page; not a number for text that does not stand upright or whose size is unknown."""

    @property
    def family(self) -> str:
        """The font without its weight and without the mark of a subset: "ABCDEF+Arial-BoldMT" is "Arial"."""
        return self.font.split("+")[-1].split("-")[0].split(",")[0]


@dataclass(frozen=True, slots=True)
class Characters:
    """The characters of one page in the order of the file, as arrays of equal length."""

    codes: npt.NDArray[np.uint32]
    x0: Numbers
    top: Numbers
    x1: Numbers
    bottom: Numbers
    run: npt.NDArray[np.int64]
    """Index into `runs`; -1 for a space that pdfium made up."""
    runs: tuple[Run, ...]
    cut: bool
    """True where the page has more characters than are read."""

    def __len__(self) -> int:
        return len(self.codes)


def _pointer(function: Any, result: Any, *arguments: Any) -> Any:
    address = ctypes.cast(function, ctypes.c_void_p).value
    assert address is not None
    return ctypes.CFUNCTYPE(result, *arguments)(address)


_CODE = _pointer(pdfium_c.FPDFText_GetUnicode, ctypes.c_uint, ctypes.c_void_p, ctypes.c_int)
_LOOSE_BOX = _pointer(pdfium_c.FPDFText_GetLooseCharBox, ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)
_UNMAPPED = _pointer(pdfium_c.FPDFText_HasUnicodeMapError, ctypes.c_int, ctypes.c_void_p, ctypes.c_int)
_OBJECT = _pointer(pdfium_c.FPDFText_GetTextObject, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)


def read_characters(text_page: Any, upright: Upright) -> Characters:
    """All characters of the page, spaces among them."""
    handle = ctypes.cast(text_page.raw, ctypes.c_void_p).value
    count = max(0, text_page.count_chars())
    kept = min(count, MOST_CHARACTERS)
    boxes = (ctypes.c_float * (4 * kept))()
    start = ctypes.addressof(boxes)
    codes = list(map(_CODE, repeat(handle), range(kept)))
    objects = list(map(_OBJECT, repeat(handle), range(kept)))
    deque(map(_LOOSE_BOX, repeat(handle), range(kept), range(start, start + 16 * kept, 16)), maxlen=0)
    sides = np.frombuffer(boxes, np.float32).reshape(kept, 4).astype(np.float64)
    x0, upper, x1, lower = upright.boxes(sides[:, 0], sides[:, 3], sides[:, 2], sides[:, 1])
    run, runs = _runs(text_page, objects, upright)
    known = np.array(codes, np.uint32)
    known[_unmapped(handle, known, run, runs)] = UNKNOWN
    characters = Characters(known, x0, upper, x1, lower, run, runs, cut=count > kept)
    _level_heights(characters)
    return characters


def _unmapped(
    handle: int | None, codes: npt.NDArray[np.uint32], run: npt.NDArray[np.int64], runs: tuple[Run, ...]
) -> list[int]:
    """Characters that the file gives no meaning to: the number of a shape in its font is no letter, though it looks
    like one. Symbol fonts are told by their numbers.

    One of each code is asked for in each font; a font with a single unknown one is asked for all its characters.
    """
    if not runs:
        return []
    names = sorted({one.font for one in runs})
    lettered = np.array([not is_symbol_font(one.font) for one in runs], bool)
    fonts = np.array([names.index(one.font) for one in runs])[run]
    wanted = np.nonzero((run >= 0) & (codes > 32) & lettered[run])[0]
    _, samples = np.unique(fonts[wanted].astype(np.uint64) << 32 | codes[wanted], return_index=True)
    doubtful = {int(fonts[index]) for index in wanted[samples].tolist() if _UNMAPPED(handle, index) == 1}
    if not doubtful:
        return []
    return [index for index in wanted.tolist() if int(fonts[index]) in doubtful and _UNMAPPED(handle, index) == 1]


def _runs(text_page: Any, objects: list[int | None], upright: Upright) -> tuple[npt.NDArray[np.int64], tuple[Run, ...]]:
    addresses = np.array([address or 0 for address in objects], np.uint64)
    found, first, inverse = np.unique(addresses, return_index=True, return_inverse=True)
    fonts: dict[int, tuple[str, bool]] = {}
    nobody = int(len(found) > 0 and found[0] == 0)
    runs = tuple(
        _run(address, text_page, position, fonts, upright)
        for address, position in zip(found[nobody:].tolist(), first[nobody:].tolist(), strict=True)
    )
    return inverse.astype(np.int64) - nobody, runs


def _run(address: int, text_page: Any, position: int, fonts: dict[int, tuple[str, bool]], upright: Upright) -> Run:
    handle = ctypes.cast(address, pdfium_c.FPDF_PAGEOBJECT)
    mode = pdfium_c.FPDFTextObj_GetTextRenderMode(handle)
    font = pdfium_c.FPDFTextObj_GetFont(handle)
    font_address = ctypes.cast(font, ctypes.c_void_p).value or 0
    if font_address not in fonts:
        fonts[font_address] = _font(font)
    name, bold = fonts[font_address]
    colour, alpha = fill_colour(handle)
    if mode in _STROKED_MODES:
        alpha = max(alpha, 255 if mode == 1 else alpha)
    size, angle = _size_and_angle(handle, text_page, position, upright)
    visible = mode not in _INVISIBLE_MODES and alpha > 8
    baseline = _baseline(text_page, position, upright) if angle == 0 and 2 < size < 200 else math.nan
    return Run(size, angle, bold or mode == 2, colour, visible, name, baseline)


def lying_angle(text_page: Any) -> int:
    """By how many degrees clockwise most of the text is turned in the page's own space: 0, 90, 180 or 270."""
    count = text_page.count_chars()
    turns = {0: 0, 90: 0, 180: 0, 270: 0}
    for index in range(0, count, max(1, count // 200)):
        radians = pdfium_c.FPDFText_GetCharAngle(text_page, index)
        if radians >= 0 and pdfium_c.FPDFText_IsGenerated(text_page, index) == 0:
            nearest = round(math.degrees(radians) / 90) % 4 * 90
            turns[nearest] += 1
    most = max(turns, key=lambda turn: turns[turn])
    return most if turns[most] > 0.6 * sum(turns.values()) else 0


def _baseline(text_page: Any, position: int, upright: Upright) -> float:
    x, y = ctypes.c_double(), ctypes.c_double()
    if not pdfium_c.FPDFText_GetCharOrigin(text_page, position, x, y):
        return math.nan
    return moved(upright.matrix, x.value, y.value)[1]


def fill_colour(handle: Any) -> tuple[tuple[int, int, int], int]:
    """(red, green, blue) and alpha of an object's fill; opaque black where it has none."""
    parts = [ctypes.c_uint() for _ in range(4)]
    if not pdfium_c.FPDFPageObj_GetFillColor(handle, *parts):
        return (0, 0, 0), 255
    red, green, blue, alpha = (part.value for part in parts)
    return (red, green, blue), alpha


def _font(font: Any) -> tuple[str, bool]:
    if not font:
        return "", False
    buffer = ctypes.create_string_buffer(256)
    length = pdfium_c.FPDFFont_GetBaseFontName(font, buffer, 256)
    name = buffer.raw[: max(0, min(length, 256) - 1)].decode("utf-8", "replace")
    bold = any(word in name.lower() for word in _BOLD_NAMES)
    return name, bold or pdfium_c.FPDFFont_GetWeight(font) >= _BOLD_WEIGHT


def _size_and_angle(handle: Any, text_page: Any, position: int, upright: Upright) -> tuple[float, int]:
    size = ctypes.c_float()
    pdfium_c.FPDFTextObj_GetFontSize(handle, size)
    # The text page knows the matrix and the angle after every form that the text is nested in.
    matrix = pdfium_c.FS_MATRIX()
    pdfium_c.FPDFText_GetMatrix(text_page, position, matrix)
    scale = math.hypot(matrix.c, matrix.d) or 1.0
    radians = pdfium_c.FPDFText_GetCharAngle(text_page, position)
    degrees = 0 if radians < 0 else round(math.degrees(radians))
    return abs(size.value) * scale, (degrees + upright.turned) % 360


def _level_heights(characters: Characters) -> None:
    """Gives every character of an upright run the height of its line: pdfium's own boxes follow the ink of some fonts
    and claim several lines for others, and both would break lines apart or join them.
    """
    if not len(characters) or not characters.runs:
        return
    sizes = np.array([run.size for run in characters.runs])[characters.run]
    baselines = np.array([run.baseline for run in characters.runs])[characters.run]
    level = (characters.run >= 0) & ~np.isnan(baselines)
    characters.top[level] = (baselines - ASCENT * sizes)[level]
    characters.bottom[level] = (baselines + DESCENT * sizes)[level]
