"""Of whom a bare "Name", "Date" or "E-mail" speaks: the person named beside it, at the head of its column, or above it."""

from __future__ import annotations

from parsers.labels import PEOPLE, Zone, person_of
from parsers.labels.words import meaning
from parsers.layout.blocks import Block, Paper, join
from parsers.layout.context import Context, over_days
from parsers.layout.entries import Entry
from parsers.layout.grids import Grids
from parsers.tokens import Token

_BACK = 8
_KNOWN = 0.99
_ROLE = 8
"""Words in which a role is named at most."""
_OWNERS = {
    "ect_signed_name": "ect", "ect_signed_on": "ect", "tutor_signed_name": "tutor", "tutor_signed_on": "tutor", "head_signed_name": "head",
    "head_signed_on": "head", "ect_name": "ect", "induction_tutor_name": "tutor", "mentor_name": "mentor", "headteacher_name": "head",
}  # fmt: skip


def person_at(entry: Entry, paper: Paper, grids: Grids, labelled: dict[int, list[Entry]], context: Context) -> str | None:
    """The person a bare label belongs to, or None where nobody is named near it."""
    own = _in_line(entry, labelled.get(entry.block.number, []))
    if own:
        return own
    if entry.block.cell is not None:
        beside = _in_table(entry, grids, labelled)
        if beside:
            return beside
    if context.zone(entry.block) is Zone.SIGNING:
        return _captioned(entry, paper, labelled) or _above(entry, paper, labelled, context)
    return None


def _captioned(entry: Entry, paper: Paper, labelled: dict[int, list[Entry]]) -> str | None:
    """The person whose role stands under the line to sign on, where each line of the part has its role below: "Signed ____" / "Headteacher"."""
    if entry.block.cell is not None:
        return None
    first = last = own = entry.block.number
    while first and _in_run(paper.blocks[first - 1], entry.block, labelled):
        first -= 1
    while last + 1 < len(paper.blocks) and _in_run(paper.blocks[last + 1], entry.block, labelled):
        last += 1
    run = paper.blocks[first : last + 1]
    if _role(run[0]) is not None or _role(run[-1]) is None:
        return None
    return next((role for role in map(_role, run[own - first :]) if role is not None), None)


def _in_run(block: Block, own: Block, labelled: dict[int, list[Entry]]) -> bool:
    """Whether a free line asks somebody to sign, or names a role and nothing else."""
    return (
        block.cell is None
        and block.page == own.page
        and (_role(block) is not None or _is_to_sign(labelled.get(block.number, [])))
    )


def _is_to_sign(line: list[Entry]) -> bool:
    """Whether a line has places for a signature, a name or a date, and says of nobody whose."""
    places = all(entry.label.key in {"<sign>", "<name>", "<date>"} and entry.label.person is None for entry in line)
    return places and (len(line) > 1 or any(entry.rest for entry in line))


def _role(block: Block) -> str | None:
    """The person whose role a free line names, and nothing besides: "(Induction tutor)"."""
    if block.cell is not None or not 0 < len(block.tokens) <= _ROLE or block.text.rstrip().endswith(":"):
        return None
    meant = meaning(block.text)
    alone = meant.known >= _KNOWN and meant.ideas <= {*PEOPLE, "induction", "school"}
    return person_of(meant.ideas) if alone else None


def _person(entry: Entry) -> str | None:
    return entry.label.person or _OWNERS.get(entry.label.key) or _named_behind(entry)


def _named_behind(entry: Entry) -> str | None:
    """Whom a line to sign on names behind its label: "Signed: Headteacher ________"."""
    if entry.label.key != "<sign>" or not entry.rest:
        return None
    meant = meaning(join(item for item in entry.rest if isinstance(item, Token) and any(map(str.isalpha, item.text))))
    return person_of(meant.ideas) if meant.known >= _KNOWN and meant.words <= _ROLE else None


def _in_line(entry: Entry, line: list[Entry]) -> str | None:
    """The last person named before the label in its own block, else the first one after it in brackets."""
    before = [_person(one) for one in line if one.start < entry.start and _person(one)]
    return before[-1] if before else None


def _in_table(entry: Entry, grids: Grids, labelled: dict[int, list[Entry]]) -> str | None:
    for side in grids.heads_left(entry.block):
        person = _of_block(side, labelled)
        if person:
            return person
    for head in grids.heads_above(entry.block):
        person = _of_block(head, labelled)
        if person and not _names_someone_else(head, entry.block, grids, labelled):
            return person
    return None


def _names_someone_else(head: Block, block: Block, grids: Grids, labelled: dict[int, list[Entry]]) -> bool:
    """A role in the first column heads its row, not the rows below it, unless it stands alone in its row."""
    row = grids.row(head)
    if _signs_above(head, block, grids, labelled) or (grids.above(block) is head and over_days(row, grids)):
        return False
    if len(row) > 1 and all(_of_block(one, labelled) for one in row if one.tokens) and all(one.tokens for one in row[1:]):
        return False  # A row of roles heads the columns below it.
    return len(row) > 1 and row[0] is head and grids.cell(block).column == 0 and any(one.tokens for one in row[1:])


def _signs_above(head: Block, block: Block, grids: Grids, labelled: dict[int, list[Entry]]) -> bool:
    """Whether a name stands right under the place where one person signs, and none above it: "Signature of headteacher" / "Print name"."""
    above = grids.above(head)
    before = labelled.get(above.number, []) if above is not None else []
    signs = any(one.label.key == "<sign>" for one in labelled.get(head.number, []))
    return signs and grids.above(block) is head and not any(one.label.key == "<name>" for one in before)


def _of_block(block: Block, labelled: dict[int, list[Entry]]) -> str | None:
    return next((person for person in map(_person, labelled.get(block.number, [])) if person), None)


def _above(entry: Entry, paper: Paper, labelled: dict[int, list[Entry]], context: Context) -> str | None:
    """In the part where people sign: the person named last, or the one right above where several stand side by side."""
    x0 = entry.tokens[0].box.x0
    for block in reversed(paper.blocks[max(0, entry.block.number - _BACK) : entry.block.number]):
        if context.zone(block) is not Zone.SIGNING:
            return None
        people = [
            (abs(one.tokens[0].box.x0 - x0), _person(one))
            for one in labelled.get(block.number, [])
            if _person(one) and one.tokens
        ]
        if people:
            return min(people, key=lambda pair: pair[0])[1]
    return None
