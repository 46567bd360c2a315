"""What both word-processor readers do with walked text: prompts told apart, boxes taken out, stored dates believed or not.

The limits of a walk stand here too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from parsers.word.flow import Input, Piece, Story, Words, paragraphs_of
from parsers.word.prompts import told_apart
from parsers.word.symbols import Glyphs

MOST_INPUTS = 5_000
MOST_PICTURES = 40
MOST_PARAGRAPHS = 50_000
TOO_LONG = "The file holds far more than any form would, so it was not read."
RASTER = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM", b"RIFF")
"""How the images begin that a reader of scans can take; drawings (EMF, WMF, SVG) are not among them."""


def finished(pieces: list[Piece], glyphs: Glyphs) -> tuple[Piece, ...]:
    """The pieces of a paragraph with prompts flagged and glyph boxes as marks."""
    done: list[Piece] = []
    for piece in told_apart(pieces):
        if isinstance(piece, Words):
            done.extend(glyphs.split(piece))
        else:
            done.append(piece)
    return tuple(done)


def with_stored_dates(inputs: Sequence[Input], dates: Mapping[int, str], stories: Sequence[Story]) -> tuple[Input, ...]:
    """The inputs, date controls with the ISO date that they store where the shown text agrees with it."""
    if not dates:
        return tuple(inputs)
    shown: dict[int, str] = {}
    for story in stories:
        for paragraph in paragraphs_of(story.blocks):
            for piece in paragraph.pieces:
                if isinstance(piece, Words) and piece.field is not None and not (piece.deleted or piece.placeholder):
                    shown[piece.field] = shown.get(piece.field, "") + piece.text
    dated = list(inputs)
    for index, stored in dates.items():
        if _agrees(stored, shown.get(index, "")):
            dated[index] = replace(dated[index], value=stored)
    return tuple(dated)


def _agrees(stored: str, shown: str) -> bool:
    """Whether a stored ISO date has the day and the year that are shown; people overtype dates."""
    year, _, rest = stored.partition("-")
    day = rest.rpartition("-")[2]
    numbers = "".join(letter if letter.isdigit() else " " for letter in shown).split()
    same_day = any(len(one) <= 2 and one.lstrip("0") == day.lstrip("0") for one in numbers)
    return same_day and any(one in {year, year[2:]} for one in numbers)
