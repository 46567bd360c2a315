"""A second reader of PDF pages, pdfplumber, to compare a doubtful value with. The first one is `parsers.pdf`.

It is ten times slower, and both can be wrong in the same way: two readers that agree on "122" still missed the strike.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pdfplumber

from parsers.pdf.words import cleaned
from parsers.tokens import Box

_MOST_OBJECTS = 30_000
"""Characters and shapes of a page; beyond, this reader takes minutes."""


def read_words(data: bytes, page: int) -> tuple[tuple[str, Box], ...]:
    """Words with boxes of one page (from 1), upright, top to bottom; nothing where this reader cannot open it."""
    with _quiet():
        try:
            with pdfplumber.open(io.BytesIO(data), pages=[page]) as pdf:
                return tuple(_words(pdf.pages[0], page)) if pdf.pages else ()
        except Exception:  # noqa: BLE001 - pdfminer raises whatever a broken file leads it into; one reader is then enough
            return ()


def _words(page: Any, number: int) -> Iterator[tuple[str, Box]]:
    if sum(len(objects) for objects in page.objects.values()) > _MOST_OBJECTS:
        return
    x0, top, _, _ = page.cropbox
    for word in page.dedupe_chars().extract_words(use_text_flow=False):
        box = Box(number, word["x0"] - x0, word["top"] - top, word["x1"] - x0, word["bottom"] - top)
        yield cleaned(word["text"]), box


@contextmanager
def _quiet() -> Iterator[None]:
    """Keeps pdfminer quiet: it warns about a file's faults with pieces of the file, which have no place in a log."""
    logger = logging.getLogger("pdfminer")
    before, propagates = logger.level, logger.propagate
    logger.setLevel(logging.CRITICAL + 1)
    logger.propagate = False
    try:
        yield
    finally:
        logger.setLevel(before)
        logger.propagate = propagates
