"""Writes lists of words as running text, so that a long list reads like one."""

from __future__ import annotations


def spaced(words: str) -> list[str]:
    """The words of a text, in order."""
    return words.split()
