"""Whether two names can be one person's: what tells that somebody else's form, or a page of it, lies in a paper."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations

from rapidfuzz.distance import Levenshtein

from parsers.labels.words import is_familiar
from parsers.layout.mapping import Found

SEVERAL = "this paper names different teachers"
_SURE = 0.85
"""How certain it must be that a place asks for the teacher's name."""


def are_strangers(one: str, other: str) -> bool:
    """Whether no word of one name is a word of the other, even misread by a letter or two. Initials tell nothing."""
    ones, others = _words(one), _words(other)
    return bool(ones and others) and not any(
        Levenshtein.distance(word, like) <= max(1, min(len(word), len(like)) // 3) for word in ones for like in others
    )


def is_full_name(written: str) -> bool:
    """Whether it is a name in full, and not something else such as the words of the next label."""
    return 2 <= len(words := _words(written)) <= 5 and not any(map(is_familiar, words))


def of_several(named: Sequence[Found]) -> bool:
    """Whether places that surely ask for the teacher's name give names of different people."""
    sure = [one.value for one in named if isinstance(one.value, str) and one.label >= _SURE]
    return any(are_strangers(one, other) for one, other in combinations(sure, 2))


def _words(name: str) -> list[str]:
    return [word for word in re.findall(r"[^\W\d_]+", name.casefold()) if len(word) > 2]
