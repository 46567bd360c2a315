"""Tells how the characters of a page look beyond their font: struck, underlined, highlighted, changed by tracking.

A PDF has no strike-through: it has a thin line that happens to run through some letters. A tracked change prints the
old number struck and the new one underlined right behind it, and whoever misses the line reads "12" and "2" as "122".
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from parsers.pdf.cells import GridCell, Grids
from parsers.pdf.characters import Characters
from parsers.pdf.drawings import Colour, Drawings, Line, Shape
from parsers.pdf.upright import Upright

Flags = npt.NDArray[np.int64]

_STRIKE_ZONE = (0.25, 0.66)
_UNDERLINE_ZONE = (0.66, 1.12)
"""Where a line runs through a character, as a share of its height from the top."""


class Look:
    """How a character looks, as bits of a plain number; pieces of text are cut where the look changes."""

    PLAIN = 0
    STRUCK = 1
    UNDERLINED = 2
    HIGHLIGHTED = 4
    BOLD = 8
    INSERTED = 16
    DELETED = 32
    UNSEEN = 64
    """Drawn so that nobody sees it: invisible, white on white, beside the page."""


def looks_of(characters: Characters, drawings: Drawings, grids: Grids, upright: Upright) -> Flags:
    """A `Look` for each character."""
    looks = np.zeros(len(characters), np.int64)
    if not len(characters) or not characters.runs:
        return looks
    bold = np.array([run.bold for run in characters.runs], bool)
    looks[bold[characters.run] & (characters.run >= 0)] |= Look.BOLD
    _flag_lines(looks, characters, [line for line in grids.loose if line.horizontal])
    _flag_highlights(looks, characters, drawings.fills, grids.cells)
    _flag_rings(looks, characters, drawings.rings)
    _flag_tracked(looks, characters, [line for line in grids.loose if not line.horizontal])
    looks[_unseen(characters, drawings) | _off_page(characters, upright)] |= Look.UNSEEN
    return looks


def shaded(cell: GridCell, fills: list[Shape]) -> bool:
    """Whether a colour fills most of the cell."""
    return any(_overlap(cell, fill) >= 0.7 * cell.area for fill in fills)


def _overlap(cell: GridCell, fill: Shape) -> float:
    across = min(cell.x1, fill.x1) - max(cell.x0, fill.x0)
    down = min(cell.bottom, fill.bottom) - max(cell.top, fill.top)
    return max(0.0, across) * max(0.0, down)


def _flag_lines(looks: Flags, characters: Characters, lines: list[Line]) -> None:
    middle = (characters.x0 + characters.x1) / 2
    height = np.maximum(characters.bottom - characters.top, 0.1)
    for line in lines:
        along = (middle >= line.start - 0.5) & (middle <= line.end + 0.5) & (characters.run >= 0)
        depth = (line.at - characters.top) / height
        struck = along & (depth > _STRIKE_ZONE[0]) & (depth < _STRIKE_ZONE[1]) & (line.thickness < 0.3 * height)
        under = along & (depth >= _UNDERLINE_ZONE[0]) & (depth < _UNDERLINE_ZONE[1])
        if _fills(characters, struck, line, 0.5):
            looks[struck] |= Look.STRUCK
        elif _fills(characters, under, line, 0.7):
            looks[under] |= Look.UNDERLINED


def _fills(characters: Characters, chosen: npt.NDArray[np.bool_], line: Line, share: float) -> bool:
    """Whether the chosen characters reach along most of the line; an answer line is longer than what stands on it."""
    if not chosen.any():
        return False
    return bool(characters.x1[chosen].max() - characters.x0[chosen].min() >= share * line.length)


def _flag_highlights(looks: Flags, characters: Characters, fills: list[Shape], cells: tuple[GridCell, ...]) -> None:
    across = (characters.x0 + characters.x1) / 2
    down = (characters.top + characters.bottom) / 2
    height = characters.bottom - characters.top
    for fill in fills:
        if _brightness(fill.colour) < 90 or any(_overlap(cell, fill) >= 0.7 * cell.area for cell in cells):
            continue
        inside = (across > fill.x0) & (across < fill.x1) & (down > fill.top) & (down < fill.bottom)
        inside &= (fill.height > 0.5 * height) & (fill.height < 2.2 * height) & (characters.run >= 0)
        if not inside.any():
            continue
        if characters.x1[inside].max() - characters.x0[inside].min() >= 0.7 * fill.width:
            looks[inside] |= Look.HIGHLIGHTED


def _flag_rings(looks: Flags, characters: Characters, rings: list[Shape]) -> None:
    """A ring drawn around words chooses them, as a highlighter does."""
    across = (characters.x0 + characters.x1) / 2
    down = (characters.top + characters.bottom) / 2
    height = characters.bottom - characters.top
    for ring in rings:
        inside = (across > ring.x0) & (across < ring.x1) & (down > ring.top) & (down < ring.bottom)
        inside &= (ring.height > 0.9 * height) & (ring.height < 3.5 * height) & (characters.run >= 0)
        if not ring.filled and inside.sum() > 1 and ring.width < 200:
            looks[inside] |= Look.HIGHLIGHTED


def _flag_tracked(looks: Flags, characters: Characters, upright_lines: list[Line]) -> None:
    """Struck and underlined text in one colour of its own, or beside a change bar, is a tracked change."""
    coloured = _coloured(characters)
    struck = coloured & (looks & Look.STRUCK > 0)
    under = coloured & (looks & Look.UNDERLINED > 0) & ~struck
    if not struck.any() and not under.any():
        return
    down = (characters.top + characters.bottom) / 2
    near_bar = np.zeros(len(looks), bool)
    real = characters.run >= 0
    left, right = characters.x0[real].min(), characters.x1[real].max()
    for bar in upright_lines:
        if bar.at < left - 2 or bar.at > right + 2:
            near_bar |= (down >= bar.start - 1) & (down <= bar.end + 1)
    beside = _same_colour_nearby(characters, struck, under)
    looks[struck & (near_bar | beside)] |= Look.DELETED
    looks[under & (near_bar | beside)] |= Look.INSERTED


def _same_colour_nearby(
    characters: Characters, struck: npt.NDArray[np.bool_], under: npt.NDArray[np.bool_]
) -> npt.NDArray[np.bool_]:
    """Struck and underlined characters that have one of the other kind in their colour within two lines."""
    found = np.zeros(len(struck), bool)
    runs = characters.run
    down = (characters.top + characters.bottom) / 2
    reach = 2 * (characters.bottom - characters.top)
    # Not `numpy.unique`, which imports `numpy.ma` where it is used first: in every child anew.
    for old in sorted(set(runs[struck].tolist())):
        for new in sorted(set(runs[under].tolist())):
            if characters.runs[old].colour != characters.runs[new].colour:
                continue
            first, second = struck & (runs == old), under & (runs == new)
            if np.abs(down[first].mean() - down[second].mean()) <= reach[first].mean():
                found |= first | second
    return found


def _coloured(characters: Characters) -> npt.NDArray[np.bool_]:
    spread = np.array([max(run.colour) - min(run.colour) > 40 for run in characters.runs], bool)
    coloured: npt.NDArray[np.bool_] = spread[characters.run] & (characters.run >= 0)
    return coloured


def _unseen(characters: Characters, drawings: Drawings) -> npt.NDArray[np.bool_]:
    hidden = np.array([not run.visible for run in characters.runs], bool)
    white = np.array([min(run.colour) > 250 for run in characters.runs], bool)
    unseen: npt.NDArray[np.bool_] = hidden[characters.run] & (characters.run >= 0)
    pale = white[characters.run] & (characters.run >= 0) & ~unseen
    if pale.any():
        unseen |= pale & ~_on_something_dark(characters, drawings)
    return unseen


def _off_page(characters: Characters, upright: Upright) -> npt.NDArray[np.bool_]:
    across = (characters.x0 + characters.x1) / 2
    down = (characters.top + characters.bottom) / 2
    off: npt.NDArray[np.bool_] = (across < 0) | (across > upright.width) | (down < 0) | (down > upright.height)
    return off


def _on_something_dark(characters: Characters, drawings: Drawings) -> npt.NDArray[np.bool_]:
    across = (characters.x0 + characters.x1) / 2
    down = (characters.top + characters.bottom) / 2
    dark = np.zeros(len(characters), bool)
    grounds = [shape for shape in (*drawings.fills, *drawings.rings) if shape.filled and _brightness(shape.colour) < 225]
    for shape in (*grounds, *drawings.pictures):
        dark |= (across > shape.x0) & (across < shape.x1) & (down > shape.top) & (down < shape.bottom)
    return dark


def _brightness(colour: Colour) -> float:
    red, green, blue = colour
    return 0.3 * red + 0.59 * green + 0.11 * blue
