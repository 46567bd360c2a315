"""Judges whether a page's text can be read from the file or must come from OCR.

A page goes to OCR where it is a picture (also where an office scanner laid an unseen text of poor quality under it),
or where its text has no meaning: fonts without a key to what their shapes stand for print well and read as nonsense.
"""

from __future__ import annotations

import re

import numpy as np
import numpy.typing as npt

from parsers.pdf.characters import Characters
from parsers.pdf.drawings import Drawings, Shape
from parsers.pdf.glyphs import is_symbol_font
from parsers.pdf.looks import Flags, Look
from parsers.pdf.upright import Upright

_WHOLE_PAGE = 0.75
"""Share of the page that a scanned page's picture covers at least."""
_HALF_PAGE = 0.35
_FEW, _MANY = 150, 1_200
"""Characters: a page with a large picture and fewer than the first, or a full-page one and fewer than the second, is a
picture with a few words typed on top."""
_WORD = re.compile(r"[A-Za-z]{2,}")
_SENSELESS = re.compile(r"[\ufffd\ue000-\uf8ff\x00-\x1f]")
_ENOUGH_WORDS = 40
_COMMON = frozenset(
    word
    for line in (
        "the of and to in is for on with that this be are as by at or an it from not no yes has have was if any all",
        "date name school teacher number form period please term address email full time page induction start end",
        "signed signature head tutor birth you your he she they we will should can been their his her first last",
    )
    for word in line.split()
)


def is_picture(characters: Characters, looks: Flags, drawings: Drawings, upright: Upright) -> bool:
    """Whether the page's text must come from OCR."""
    seen = (looks & Look.UNSEEN == 0) & (characters.run >= 0) & (characters.codes > 32)
    count = int(seen.sum())
    covered = _covered(drawings.pictures, upright)
    if covered >= _WHOLE_PAGE and count < _MANY:
        return True
    if covered >= _HALF_PAGE and count < _FEW:
        return True
    if not count:
        outlines = len(drawings.rings) + len(drawings.scribbles)
        return covered > 0.02 or outlines > 40
    return is_garbled(_text(characters, seen))


def is_garbled(text: str) -> bool:
    """Whether what the file calls its text is no English, or no letters at all."""
    signs = "".join(text.split())
    if not signs:
        return False
    if len(_SENSELESS.findall(signs)) > max(2, 0.03 * len(signs)):
        return True
    words = _WORD.findall(text)
    if len(words) < _ENOUGH_WORDS:
        return len(signs) > 200 and sum(map(len, words)) < 0.25 * len(signs)
    common = sum(1 for word in words if word.casefold() in _COMMON)
    return common < 0.03 * len(words)


def _text(characters: Characters, seen: npt.NDArray[np.bool_]) -> str:
    """What can be seen of the text. The signs of symbol fonts have private codes and make sense all the same."""
    symbols = np.array([is_symbol_font(run.font) for run in characters.runs] or [False], bool)
    wanted = (seen | (characters.codes <= 32)) & ~(symbols[characters.run] & (characters.run >= 0))
    codes = characters.codes[wanted]
    return "".join(map(chr, np.where((codes < 32) | (codes > 0x10FFFF), 32, codes).tolist()))


def _covered(pictures: list[Shape], upright: Upright) -> float:
    """Share of the page under pictures. Scanners cut pages into stripes, so the areas are added up."""
    area = 0.0
    for picture in pictures:
        across = min(picture.x1, upright.width) - max(picture.x0, 0.0)
        down = min(picture.bottom, upright.height) - max(picture.top, 0.0)
        area += max(0.0, across) * max(0.0, down)
    return min(1.0, area / max(1.0, upright.width * upright.height))
