"""A teacher named within a sentence, with the reference number in brackets: "that Orla Yardley (TRN 1234567) will leave us on ..."."""

from __future__ import annotations

import re
from dataclasses import dataclass

from parsers.labels.words import is_known
from parsers.layout.blocks import Block, join
from parsers.tokens import Token
from parsers.written import Written, read_value

_NUMBER = re.compile(
    r"\((?:their |whose )?(?:trn|teacher reference(?: number| no\.?)?|dfe (?:reference )?number)\b[\s:]*(?P<number>[^()]{5,14})\)",
    re.IGNORECASE,
)
_LONGEST = 5
_TITLES = {"mr", "mrs", "ms", "miss", "mx", "dr"}


@dataclass(frozen=True)
class Named:
    """A value that a sentence holds, with its words."""

    key: str
    value: Written
    tokens: tuple[Token, ...]


def named_in(block: Block) -> list[Named]:
    """The teacher's number and name, where a sentence gives both; nothing where the bracket holds no number."""
    tokens = block.tokens
    starts = [index for index, token in enumerate(tokens) if token.text.startswith("(")]
    for start in starts:
        end = next((index for index in range(start, min(len(tokens), start + 2 * _LONGEST)) if ")" in tokens[index].text), None)
        found = None if end is None else _NUMBER.match(join(tokens[start : end + 1]).replace(" )", ")"))
        number = None if found is None else read_value("trn", found["number"])
        if end is None or number is None:
            continue
        name = _name_before(tokens[:start])
        said = read_value("ect_name", join(name)) if name else None
        named = [Named("trn", number, tuple(tokens[start : end + 1]))]
        return [*named, Named("ect_name", said, tuple(name))] if said is not None and " " in str(said.value) else named
    return []


def _name_before(tokens: list[Token]) -> list[Token]:
    """The words with capitals right before the bracket; what starts the sentence is no name."""
    name: list[Token] = []
    for token in reversed(tokens[-_LONGEST:]):
        word = token.text.strip(".,").casefold()
        if not token.text[:1].isupper() or (is_known(word) and word not in _TITLES and len(name) > 1):
            break
        name.insert(0, token)
    return name
