"""The number that a form prints before a label or heading: "7.", "1.10", "Q3."."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from parsers.tokens import Token

_NUMBER = re.compile(r"^(?P<lead>\(?[A-Za-z]?(?:\d{1,2}\.)*)(?P<last>\d{1,2})(?P<end>[.):]*)$")


@dataclass(frozen=True, slots=True)
class Numbering:
    """A number with what stands before and behind its last part: "1.", 10 and "" of "1.10"."""

    lead: str
    last: int
    end: str

    @property
    def next(self) -> Numbering:
        return replace(self, last=self.last + 1)


def numbering_in(text: str) -> Numbering | None:
    """The number at the head of a text that has more words."""
    first, _, rest = text.partition(" ")
    found = _NUMBER.match(first) if rest else None
    return Numbering(found["lead"], int(found["last"]), found["end"]) if found else None


def printed_number(tokens: Sequence[Token]) -> Numbering | None:
    """The number at the head of words that are the form's own, and not an answer's."""
    if len(tokens) < 2 or tokens[0].field is not None or not tokens[1].text[:1].isupper():
        return None
    return numbering_in(f"{tokens[0].text} {tokens[1].text}")
