"""Lays text that has no place of its own (a field's value, a note typed on the page) into its box, word by word.

The places are near enough to point a person at a value; what counts is that the words stand in the right box in the
right order.
"""

from __future__ import annotations

from dataclasses import dataclass

from parsers.pdf.words import Word, cleaned

_CHARACTER = 0.5
"""Width of an average character, in font sizes."""
_LINE = 1.15
_INSET = 2.0

Edges = tuple[float, float, float, float]
"""x0, top, x1, bottom on the upright page."""


@dataclass(frozen=True, slots=True)
class TextStyle:
    """How a field or note sets its text."""

    size: float = 0.0
    multi_line: bool = False
    comb: int = 0
    field: int | None = None
    placeholder: bool = False
    frame: int | None = None
    """Keeps the lines of a text of several lines apart from what stands beside its box."""


def typed(text: str, edges: Edges, style: TextStyle) -> list[Word]:
    """The words of the text with boxes inside the edges."""
    x0, top, x1, bottom = edges
    width, height = max(x1 - x0 - 2 * _INSET, 1.0), max(bottom - top, 1.0)
    if style.comb:
        return _in_a_comb(text, edges, style)
    paragraphs = [cleaned(line).split() for line in text.split("\n")]
    if not style.multi_line:
        paragraphs = [[word for line in paragraphs for word in line]]
    size = style.size or (min(12.0, 0.7 * height) if not style.multi_line else 9.0)
    lines = _wrapped(paragraphs, width / (size * _CHARACTER)) if style.multi_line else [(paragraphs[0], True)]
    size = min(size, height / _LINE / max(1, len(lines)))
    longest = max((sum(len(word) + 1 for word in line) for line, _ in lines), default=1)
    step = min(size * _CHARACTER, width / max(1, longest))
    first = top + _INSET if style.multi_line else (top + bottom - size) / 2
    words = []
    for number, (line, opens) in enumerate(lines):
        upper = min(first + number * size * _LINE, bottom - size)
        words += _line(line, x0 + _INSET, upper, (step, size), style, opens)
    return words


def _wrapped(paragraphs: list[list[str]], room: float) -> list[tuple[list[str], bool]]:
    """Lines of words with whether each opens a paragraph."""
    lines: list[tuple[list[str], bool]] = []
    for words in paragraphs:
        line: list[str] = []
        opens = True
        for word in words:
            if line and sum(len(one) + 1 for one in line) + len(word) > room:
                lines.append((line, opens))
                line, opens = [], False
            line.append(word)
        if line:
            lines.append((line, opens))
    return lines


def _line(
    words: list[str], x0: float, top: float, step_and_size: tuple[float, float], style: TextStyle, opens: bool
) -> list[Word]:
    step, size = step_and_size
    laid = []
    for index, word in enumerate(words):
        x1 = x0 + step * len(word)
        laid.append(
            Word(
                word, x0, top, x1, top + size, field=style.field, placeholder=style.placeholder,
                opens=opens if index == 0 else None, frame=style.frame,
            )
        )  # fmt: skip
        x0 = x1 + step
    return laid


def _in_a_comb(text: str, edges: Edges, style: TextStyle) -> list[Word]:
    """One character a box: spaces are empty boxes, not the ends of words."""
    x0, top, x1, bottom = edges
    joined = "".join(cleaned(text).split())
    if not joined:
        return []
    step = (x1 - x0) / max(style.comb, len(text))
    return [Word(joined, x0, top, min(x1, x0 + step * len(text)), bottom, field=style.field)]
