"""Prompts of empty inputs: which words ask for an answer instead of being one."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import groupby

from parsers.word.flow import Piece, Words

# What Word and LibreOffice themselves write into an empty control. Nobody answers with these, whatever their style.
_STOCK = re.compile(
    r"(click|tap|click or tap)( here)? to (enter|add|type|choose|select) (a |an |your )?(text|date|item|name|number)\W*"
    r"|click (here|or tap here|icon) to (enter|add) (text|a date|picture)\W*"
    r"|(click or tap|tap or click) (here )?to (enter|choose) (text|a date|an item|a block)\W*"
    r"|choose (an item|a building block)\W*|enter any content that you want to repeat.*",
    re.IGNORECASE | re.DOTALL,
)
# In the style of prompts, or as the default of a field, looser wordings are prompts too.
_ASKING = re.compile(
    r"[\[<(]?\s*(please |click|tap|choose|select|enter|type|insert|pick|add|write|your |name\b|date\b|dd\W?mm).*",
    re.IGNORECASE | re.DOTALL,
)
_EMPTY_CHOICE = re.compile(r"[\W_]*|(please )?(choose|select|pick)\b.*|-+ ?select.*", re.IGNORECASE | re.DOTALL)


def is_stock_prompt(text: str) -> bool:
    return _STOCK.fullmatch(" ".join(text.split())) is not None


def asks(text: str) -> bool:
    """Whether words that stand in the style of prompts read like one."""
    return _ASKING.fullmatch(text.strip()) is not None


def is_no_choice(text: str) -> bool:
    """Whether the entry of a list stands for "nothing chosen yet"."""
    return _EMPTY_CHOICE.fullmatch(text.strip()) is not None


def told_apart(pieces: list[Piece]) -> list[Piece]:
    """The pieces of a paragraph with its prompts flagged as placeholders.

    Outside a control, text in the style of prompts is a prompt. Inside a control that says it is filled in, the style
    often clings to real answers, so the words decide.
    """
    if not any(isinstance(piece, Words) and (piece.look.prompt or " " in piece.text) for piece in pieces):
        return pieces
    told: list[Piece] = []
    for key, group in groupby(pieces, _same):
        some = list(group)
        told.extend(_flagged(some, _prompts(some)) if key is not None else some)
    return told


def _same(piece: Piece) -> tuple[int | None, bool, bool] | None:
    return (piece.field, piece.look.prompt, piece.deleted) if isinstance(piece, Words) else None


def _prompts(some: list[Piece]) -> bool:
    words = [piece for piece in some if isinstance(piece, Words)]
    text = "".join(piece.text for piece in words)
    if words[0].look.prompt:
        return words[0].field is None or asks(text)
    return is_stock_prompt(text)


def _flagged(some: list[Piece], all_of_them: bool) -> list[Piece]:
    """A prompt in a run of its own may stand right behind its label; one spread over runs is known by them together."""
    return [
        replace(piece, placeholder=True) if isinstance(piece, Words) and (all_of_them or is_stock_prompt(piece.text)) else piece
        for piece in some
    ]
