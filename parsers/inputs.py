"""What the author of a form called its inputs, as a witness beside the labels printed next to them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from parsers.forms import FIELD_TYPES
from parsers.labels import Zone, read_label
from parsers.layout.mapping import Found
from parsers.tokens import Field, Token

_SURE = 0.85
_TYPED = frozenset({"text", "date", "choice"})
"""Inputs that hold a value; a box to tick is named for its option."""
_BETWEEN_WORDS = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|[_\W\d]+")
_PREFIX = re.compile(r"^(txt|text|fld|field|tb|cc|sdt|input)\b", re.IGNORECASE)
_SAME_PERSON = (
    frozenset({"ect_name", "ect_first_name", "ect_last_name", "ect_signed_name"}),
    frozenset({"induction_tutor_name", "tutor_signed_name"}),
    frozenset({"headteacher_name", "head_signed_name"}),
)


def named_otherwise(one: Found, fields: Sequence[Field]) -> Iterator[str]:
    """For a value whose input is called by the name of another field: why a person must look, in words."""
    for index in sorted({item.field for item in one.items if isinstance(item, Token) and item.field is not None}):
        entry = fields[index]
        if entry.kind not in _TYPED:
            continue
        meant = _meant(entry.title) or _meant(_PREFIX.sub("", _BETWEEN_WORDS.sub(" ", entry.name.rpartition(".")[2]).strip()))
        if meant and one.key not in meant and not any(one.key in same and meant & same for same in _SAME_PERSON):
            yield f"the form itself calls this place “{(entry.title or entry.name)[:60]}”"
            return


@lru_cache(1024)
def _meant(name: str) -> frozenset[str]:
    """The fields that a name surely speaks of; empty for most names, which say nothing."""
    keys: set[str] = set()
    for zone in Zone:
        label = read_label(name, zone=zone)
        if label is None or label.strength < _SURE or label.key not in FIELD_TYPES:
            return frozenset()
        keys |= {label.key, *label.also}
    return frozenset(keys)
