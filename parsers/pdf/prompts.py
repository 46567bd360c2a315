"""Marks the prompts of empty Word inputs that were printed into a PDF: "Click or tap to enter a date." is no value."""

from __future__ import annotations

import re
from itertools import groupby

from parsers.pdf.lines import Placed

_PROMPT = re.compile(
    r"(?:click|tap|click or tap)(?: here)? to (?:enter|add|choose|select)(?: some)? (?:text|a date|date|your \w+|an item)\.?"
    r"|choose an item\.?|choose a building block\.?|select (?:an item|a date|date)\.?|\[(?:choose|select) [^\]]{1,30}\]",
    re.IGNORECASE,
)


def mark_prompts(placed: list[Placed]) -> None:
    """Sets `placeholder` on the words of each prompt. A prompt stands in one paragraph."""
    for _, group in groupby(placed, key=lambda one: one.paragraph):
        words = [one.word for one in group if not one.word.is_mark]
        text, starts = "", []
        for word in words:
            starts.append(len(text))
            text += word.text + " "
        for found in _PROMPT.finditer(text):
            for word, start in zip(words, starts, strict=True):
                if found.start() <= start < found.end():
                    word.placeholder = True
