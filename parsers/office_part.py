"""The part of a form that the office fills in: its names and days are not those of the ECT, the school or the period."""

from __future__ import annotations

import re
from collections.abc import Mapping

from parsers.layout.blocks import Block, Paper
from parsers.layout.mapping import Found

_HEADS = re.compile(
    r"\W*((part|section) \w{1,3}\W+)?(for )?(the )?"
    r"((office|admin\w*|ab|appropriate body|hub|lea|local authority|internal) use( only)?|(office|ab|appropriate body|hub) only"
    r"|(to be )?(completed|filled in) by (the |an? )?(office|ab|appropriate body|hub|teaching school hub|local authority)( only)?)\b",
    re.IGNORECASE,
)
_LONGEST = 14
"""Words of a heading."""


def office_part(paper: Paper, best: Mapping[str, Found]) -> frozenset[int]:
    """The order numbers of the words under a heading like "For office use only", up to the next heading.

    Above the teacher's name it is a corner for a stamp, and what follows is the form itself.
    """
    name = best.get("ect_name")
    begun = min((item.order for item in name.items), default=None) if name is not None and name.written is not None else None
    inside: set[int] = set()
    head: Block | None = None
    for block in paper.blocks:
        if not block.tokens or begun is None or block.tokens[0].order < begun:
            continue
        if _heads_it(block):
            head = block
        elif head is not None and _ends_it(block, head):
            head = None
        if head is not None:
            inside |= {item.order for item in block.items}
    return frozenset(inside)


def _heads_it(block: Block) -> bool:
    return len(block.tokens) <= _LONGEST and _HEADS.match(block.text) is not None


def _ends_it(block: Block, head: Block) -> bool:
    """Whether another part starts: a line of bold words between tables, or what follows the table in which the head stands."""
    if head.cell is not None:
        return block.cell is None
    return block.cell is None and all(token.bold for token in block.tokens)
