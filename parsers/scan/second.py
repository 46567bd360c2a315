"""The second engine: a small network that reads one line at a time and knows accents. Pixels of a line in, words out.

It is another program than Tesseract, taught by other people on other pages: what both read alike is right far more often than
what either is sure of. The weights come as a package and run on the processor; nothing is fetched.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
import onnxruntime

from parsers.scan.straight import Pixels

_PACKAGE, _MODEL = "rapidocr", "*_rec_*.onnx"
_HEIGHT = 48
"""Pixels of height that the network was taught with."""
_NARROWEST, _WIDEST = 48, 4_000
_PAPER = 250
_SIGNS = "–—‘’“”•…€½¼¾"
_LAST_LATIN = 0x24F
"""Signs beyond are Greek, Chinese and the like, which English forms do not hold and which look like Latin ones."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word with its edges in pixels of the line. `confidence` is that of its least certain sign, 0 to 1."""

    text: str
    left: float
    right: float
    confidence: float


def model_file() -> Path | None:
    """Where the weights lie; None where the package is not there."""
    try:
        files = metadata.files(_PACKAGE) or []
    except metadata.PackageNotFoundError:
        return None
    for file in files:
        if file.match(_MODEL):
            found = Path(str(file.locate()))
            if found.is_file():
                return found
    return None


@dataclass(frozen=True, slots=True, eq=False)
class _Network:
    session: onnxruntime.InferenceSession
    signs: list[str]
    wanted: npt.NDArray[np.intp]
    """Which of the network's columns stand for `signs`."""


@cache
def _network() -> _Network | None:
    """The network, loaded once in a process: it keeps nothing of what it reads. None where there is none."""
    model = model_file()
    if model is None:
        return None
    options = onnxruntime.SessionOptions()
    # Threads of its own would outlive the fork in nobody's hands, and pages are read side by side already.
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 4
    session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
    known = session.get_modelmeta().custom_metadata_map["character"].splitlines()
    signs = ["", *known, " "]
    wanted = [number for number, sign in enumerate(signs) if not number or _is_latin(sign)]
    return _Network(session, [signs[number] for number in wanted], np.array(wanted, np.intp))


class SecondEngine:
    """Reads lines with the network."""

    def words(self, grey: Pixels) -> list[Word] | None:
        """The words of one line of text, dark on light; None where there is no second engine."""
        network = _network()
        if network is None:
            return None
        if min(grey.shape, default=0) < 6:
            return []
        picture, scale = _as_taught(grey)
        answer = np.asarray(network.session.run(None, {network.session.get_inputs()[0].name: picture})[0])[0]
        return _spelt(network.signs, answer[:, network.wanted], picture.shape[3] / len(answer) / scale)


def _spelt(signs: list[str], answer: npt.NDArray[np.float32], step: float) -> list[Word]:
    """Greedy decoding: of each column the likeliest sign, where it differs from the one before."""
    chosen = answer.argmax(axis=1)
    words: list[Word] = []
    text, left, right, least = "", 0.0, 0.0, 1.0
    before = 0
    for place, number in enumerate(chosen.tolist()):
        sign = signs[number] if number != before else ""
        before = number
        if not number:
            continue
        if sign == " ":
            if text:
                words.append(Word(text, left, right, round(least, 3)))
            text, least = "", 1.0
        elif sign:
            left = left if text else place * step
            text, least = text + sign, min(least, float(answer[place, number]))
        right = (place + 1) * step
    if text:
        words.append(Word(text, left, right, round(least, 3)))
    return words


def _is_latin(sign: str) -> bool:
    return len(sign) == 1 and (0x20 <= ord(sign) <= _LAST_LATIN or sign in _SIGNS)


def _as_taught(grey: Pixels) -> tuple[npt.NDArray[np.float32], float]:
    """The line as the network knows lines: three like channels, values from -1 to 1. And by how much it was enlarged."""
    height, width = grey.shape
    scale = min(_HEIGHT / height, _WIDEST / width)
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    way = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    line = np.full((_HEIGHT, max(_NARROWEST, size[0])), _PAPER, np.uint8)
    line[: size[1], : size[0]] = cv2.resize(grey, size, interpolation=way)
    values = line.astype(np.float32) / 127.5 - 1
    return np.ascontiguousarray(np.broadcast_to(values, (1, 3, *values.shape))), scale
