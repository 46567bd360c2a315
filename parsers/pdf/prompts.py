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
_IN_EVERY = ("click", "tap", "choose", "select")
"""Each prompt has one of these; looking for them is a hundred times faster than for prompts."""


def mark_prompts(placed: list[Placed]) -> None:
    """Sets `placeholder` on the words of each prompt. A prompt stands in one paragraph."""
    for _, group in groupby(placed, key=lambda one: one.paragraph):
        words = [one.word for one in group if not one.word.is_mark]
        whole = " ".join([word.text for word in words]).casefold()
        if not any(word in whole for word in _IN_EVERY):
            continue
        text, starts = "", []
        for word in words:
            starts.append(len(text))
            text += word.text + " "
        for found in _PROMPT.finditer(text):
            for word, start in zip(words, starts, strict=True):
                if found.start() <= start < found.end():
                    word.placeholder = True
