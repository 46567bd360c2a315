"""Reads a place of a straightened page once more and closely, knowing which characters can stand there.

Agreement of this reading with the first is evidence for a number or a date; one reading alone never is.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from parsers.scan.rules import find_rules, wiped
from parsers.scan.straight import DPI, Pixels, ink
from parsers.scan.words import Engine, engine
from parsers.tokens import Box

DIGITS = "0123456789"
DATES = DIGITS + "/.- abcdefghijklmnopqrstuvwxyzADFJMNOS"
_MARGIN = 5


@dataclass(frozen=True, slots=True)
class Crop:
    """Text read from one place. `confidence` is the least of its words, 0 to 1."""

    text: str
    confidence: float


def read_crop(image: Pixels, box: Box, whitelist: str = "", using: Engine | None = None) -> Crop:
    """What stands in `box` (points) of a straightened grey page at `DPI`. Without `using` an engine is started for it.

    Raises `NotReadable` where there is no engine.
    """
    pixels = DPI / 72
    top, left = max(0, round(box.top * pixels) - _MARGIN), max(0, round(box.x0 * pixels) - _MARGIN)
    part = np.ascontiguousarray(image[top : round(box.bottom * pixels) + _MARGIN, left : round(box.x1 * pixels) + _MARGIN])
    if min(part.shape, default=0) < 8:
        return Crop("", 0.0)
    letters = ink(part)
    clean = wiped(part, letters, find_rules(letters).mask)
    if using is not None:
        return _crop(using, clean, whitelist)
    with engine() as reading:
        return _crop(reading, clean, whitelist)


def _crop(reading: Engine, clean: Pixels, whitelist: str) -> Crop:
    text, confidence = reading.line(clean, whitelist)
    # What is left of a border at the edge of the place is read as an upright stroke.
    words = text.strip("|_ ")
    return Crop(words, confidence if words else 0.0)
