"""Takes out of the engine's words what is no word: pieces of lines, dust, and bullets read as letters."""

from __future__ import annotations

import re
from dataclasses import replace

import cv2

from parsers.scan.rules import Rules
from parsers.scan.straight import Pixels
from parsers.scan.words import Seen

_FRAGMENTS = frozenset("|_—–-=~¦[]{}()<>\\/.,:;'`\"“”‘’*°^¢«»")
_EDGES = "|¦_"
_BULLET_SHAPES = frozenset("eosacO0°*¢©®@«»+")
_ZEROS = "@Ø©®"
"""What a zero with a stroke through it is taken for."""
_NUMBER = re.compile(r"[0-9@Ø©®/.,-]+")
_ORDINAL = re.compile(r"[1-3]?[AlIOSBZ](?:st|nd|rd|th)")
_FIGURES = str.maketrans("AlIOSBZ", "4110582")
_STANDS_ALONE = frozenset("/-–—&")
_DOUBTFUL = 0.35
_TALLEST, _SEEN = 120, 0.6
"""Pixels of height from which a word must be read well to be one: a picture's edges are read as giant letters."""
_NOUGHT = re.compile(r"(?i:(?=(?:.*[a-z]){3})[a-z'’-]*0[a-z'’-]*)")
_GOES_ON = (".", "@", "_")


def cleaned(seen: list[Seen], letters: Pixels, rules: Rules) -> list[Seen]:
    """Words that people could have meant: bullets as bullets, halves as halves, an upright stroke within a line as an I."""
    kept: list[Seen] = []
    for one in seen:
        text = _meant(one, letters, rules)
        if not text or (_is_fragment(text) and (_is_dust(one, text) or _on_a_line(one, rules))):
            continue
        if one.bottom - one.top > _TALLEST and one.confidence < _SEEN:
            continue
        if kept and _goes_on(kept[-1], one, text):
            kept[-1] = _joined(kept[-1], one, text)
        else:
            kept.append(replace(one, text=text))
    return kept


def _meant(one: Seen, letters: Pixels, rules: Rules) -> str:
    if one.text == "|" and not _on_a_line(one, rules):
        return "I"
    if one.text.upper() == "XX" and one.width <= 1.3 * (one.bottom - one.top):
        return "X"  # One cross is often read twice.
    if _is_bullet(one, letters):
        return "•"
    text = one.text.strip(_EDGES)
    if any(sign in text for sign in _ZEROS) and _NUMBER.fullmatch(text) and any(sign.isdigit() for sign in text):
        text = "".join("0" if sign in _ZEROS else sign for sign in text)
    if _NOUGHT.fullmatch(text):
        # Names have no nought: "0’Rourke" in a type whose O is as narrow.
        text = text.replace("0", "O" if text.startswith("0") or text.isupper() else "o")
    if _ORDINAL.fullmatch(text):
        # "Ath September": no word looks like that, a day does.
        text = text[:-2].translate(_FIGURES) + text[-2:]
    if text.endswith("%") and text[:-1].isdigit() and not _has_rings(one, letters):
        # The engine does not know the half. A per cent sign has two rings, a half has none.
        return text[:-1] + "½"
    return text


def _has_rings(one: Seen, letters: Pixels) -> bool:
    """Whether the last character of the word encloses paper."""
    width = round(0.95 * (one.bottom - one.top))
    part = letters[one.top : one.bottom, max(one.left, one.right - width) : one.right]
    framed = cv2.copyMakeBorder(part, 2, 2, 2, 2, cv2.BORDER_CONSTANT, value=(0,))
    _, _, facts, _ = cv2.connectedComponentsWithStats(255 - framed, connectivity=4)
    return sum(int(area) >= 3 for area in facts[1:, cv2.CC_STAT_AREA]) > 1


def _goes_on(last: Seen, one: Seen, text: str) -> bool:
    """An address that the engine took apart at a dot: no space is that narrow."""
    gap = one.left - last.right
    return last.line == one.line and len(text) > 2 and text.startswith(_GOES_ON) and gap <= 0.6 * one.rise


def _joined(last: Seen, one: Seen, text: str) -> Seen:
    return replace(
        last,
        text=last.text + text,
        right=one.right,
        top=min(last.top, one.top),
        bottom=max(last.bottom, one.bottom),
        confidence=min(last.confidence, one.confidence),
    )


def _is_fragment(text: str) -> bool:
    return all(character in _FRAGMENTS for character in text)


def _is_dust(one: Seen, text: str) -> bool:
    """A dash or a slash stands for something even where the engine is not sure of it."""
    return one.confidence < _DOUBTFUL and text not in _STANDS_ALONE


def _on_a_line(one: Seen, rules: Rules) -> bool:
    """A thin piece of ink right where a line was wiped."""
    for stroke in rules.drawn:
        low, high, first, last = (
            (one.top, one.bottom, one.left, one.right) if stroke.horizontal else (one.left, one.right, one.top, one.bottom)
        )
        if low - 4 <= stroke.at <= high + 4 and stroke.start - 4 <= first and last <= stroke.end + 4 and high - low <= 14:
            return True
    return False


def _is_bullet(one: Seen, letters: Pixels) -> bool:
    """A full dot, much smaller than the line is high, that the engine took for a round letter."""
    height = one.bottom - one.top
    if (
        one.text not in _BULLET_SHAPES
        or not 4 <= height <= 0.62 * (one.rise + one.drop)
        or not 0.75 <= one.width / height <= 1.3
    ):
        return False
    return float((letters[one.top : one.bottom, one.left : one.right] > 0).mean()) >= 0.7
