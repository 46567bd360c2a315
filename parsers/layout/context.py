"""What surrounds a label: the part of the form where people sign, and the section it stands in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from parsers.labels import PEOPLE, Zone, person_of
from parsers.labels.words import meaning, words_of
from parsers.layout.blocks import Block, Edge, Paper
from parsers.layout.grids import Grids
from parsers.layout.labels import find_entries
from parsers.layout.signing import is_signing

_OF_SECTIONS = frozenset(
    {"ect", "teacher", "tutor", "mentor", "head", "coordinator", "other", "school", "body", "next", "observer", "so_far"}
)
_OF_PAST = frozenset({"former", "elsewhere", "induction", "served", "ect", "teacher"})
_OF_SIGNING = frozenset({"date", "sign", "confirm", "completed", *PEOPLE})
_SURE = 0.9
"""How known the words in a box of its own must be: a heading, and no answer."""
_NEAR = 70.0
_NAMES = 12


@dataclass
class Context:
    """Zone and section of every block, by block number."""

    zones: dict[int, Zone] = field(default_factory=dict)
    sections: dict[int, frozenset[str]] = field(default_factory=dict)
    past: set[int] = field(default_factory=set)
    """Blocks under a heading that speaks of an earlier induction or employment."""

    def zone(self, block: Block) -> Zone:
        return self.zones.get(block.number, Zone.DETAILS)

    def section(self, block: Block) -> frozenset[str]:
        return self.sections.get(block.number, frozenset())


def find_context(paper: Paper, grids: Grids, texts: set[int], *, tolerant: bool = False) -> Context:
    """`texts` are blocks that head long texts; they end a section and the part where people sign."""
    context = Context()
    section: frozenset[str] = frozenset()
    signing = past = False
    last_free: Block | None = None
    signs: dict[tuple[int, int], bool] = {}
    for block in paper.blocks:
        if block.number in texts:
            section, signing = frozenset(), False
        elif block.cell is None and block.tokens:
            starts = is_signing(block, tolerant=tolerant) or _names_signer(block, paper) or _names_over_days(block, paper)
            found = _section(block)
            if found is not None:
                section = found
                signing, past = starts, _speaks_of_past(block)
            signing = signing or starts
            last_free = block
        elif block.cell is not None:
            found = _section_row(block, grids)
            if found is not None:
                section, past = found, _speaks_of_past(block)
        if block.cell is None:
            context.zones[block.number] = Zone.SIGNING if signing else Zone.DETAILS
        else:
            near = (
                signing
                and last_free is not None
                and (block.page != last_free.page or block.box.top - last_free.box.bottom < 40 * _NEAR)
            )
            cell = grids.cell(block)
            if (cell.table, cell.row) not in signs:
                signs[cell.table, cell.row] = _signs(block, grids)
            context.zones[block.number] = Zone.SIGNING if near or signs[cell.table, cell.row] else Zone.DETAILS
        context.sections[block.number] = section
        if past:
            context.past.add(block.number)
    return context


def _speaks_of_past(block: Block) -> bool:
    """Whether a heading speaks of what was before: "Previous induction", "Induction served elsewhere"."""
    ideas = meaning(block.text).ideas
    return bool(ideas & {"former", "elsewhere"}) and ideas <= _OF_PAST and not block.text.rstrip().endswith(":")


def _names_signer(block: Block, paper: Paper) -> bool:
    """Whether a line names a person whose signature the next line asks for: "Headteacher's name: ..." over "... signature:"."""
    following = paper.blocks[block.number + 1 : block.number + 2]
    if not following or following[0].cell is not None or len(block.tokens) > _NAMES:
        return False
    own, after = meaning(_up_to_colon(block.text)).ideas, meaning(_up_to_colon(following[0].text)).ideas
    if "name" not in own or person_of(own) is None:
        return False
    dated = after == {"date"} and own <= {"name", "ect", "teacher", "tutor", "head", "induction"} and ":" in following[0].text
    return dated or ("sign" in after and person_of(own) == person_of(after))


def _names_over_days(block: Block, paper: Paper) -> bool:
    """Whether a line names two people or more side by side, and the next one has a place for a date under each."""
    following = paper.blocks[block.number + 1 : block.number + 2]
    if not following or following[0].cell is not None or len(block.tokens) > 2 * _NAMES:
        return False
    if "date" not in following[0].text.casefold():
        return False
    names, days = (find_entries(one, Zone.SIGNING, tolerant=False) for one in (block, following[0]))
    people = {entry.label.person for entry in names} - {None}
    return len(people) == len(names) == len(days) > 1 and all(entry.label.key == "<date>" for entry in days)


def _up_to_colon(text: str) -> str:
    return text.partition(":")[0]


def _section(block: Block) -> frozenset[str] | None:
    """The ideas of a section heading; None where a block heads nothing."""
    tokens = block.tokens
    if len(tokens) > 9 or block.has_marks or any(token.field is not None for token in tokens):
        return None
    meant = meaning(block.text)
    bold = all(token.bold for token in tokens)
    shown = (
        bold
        or block.text.isupper()
        or block.text.endswith(":")
        or block.text[:1].isdigit()
        or "details" in block.text.casefold()
    )
    if not shown or meant.known < 0.6:
        return None
    side_by_side = bold and any(edge & Edge.GAP for edge in block.edges[1:])
    return frozenset() if side_by_side else meant.ideas & _OF_SECTIONS


def _section_row(block: Block, grids: Grids) -> frozenset[str] | None:
    """A cell over the whole width of its table, or a box by itself, with a few words: "Section B: induction tutor"."""
    cell = grids.cell(block)
    alone = grids.size(cell.table) == 1
    wide = alone or (cell.column == 0 and cell.column_span >= grids.columns(cell.table) > 1)
    if not wide or not 0 < len(block.tokens) <= 9 or block.text.rstrip().endswith((":", "?")):
        return None
    meant = meaning(block.text)
    return meant.ideas & _OF_SECTIONS if meant.known >= (_SURE if alone else 0.6) else None


def _signs(block: Block, grids: Grids) -> bool:
    """Whether a cell is in a row or under a head where people sign: the same for every cell of its row."""
    row = [meaning(one.text).ideas for one in grids.row(block) if 0 < len(one.tokens) <= 9]
    if any("sign" in ideas for ideas in row) or _agrees(block, grids):
        return True
    only_signing = not any(ideas - _OF_SIGNING - {"name"} or "observer" in ideas for ideas in row)
    if only_signing and any(person_of(ideas) for ideas in row) and any("date" in ideas for ideas in row):
        return True
    if _names_over_dates(block, grids) or _roles_over_dates(block, grids) or _completes_the_signature_above(block, grids):
        return True
    if any(over_days(row, grids) for row in (grids.row(block), *grids.rows_above(block)[:1])):
        return True
    for above in grids.rows_above(block):
        beside = [meaning(one.text).ideas for one in above if 0 < len(one.tokens) <= 6]
        if any("sign" in ideas and not person_of(ideas) for ideas in beside):
            return True
        if any(ideas == {"date"} for ideas in beside) and any("name" in ideas for ideas in beside):
            return True
    return False


def _agrees(block: Block, grids: Grids) -> bool:
    """Whether a row says who agreed or confirmed, and when: "Agreed by ECT | ... | on | ..."."""
    row = [(meaning(one.text).ideas, one.text) for one in grids.row(block) if 0 < len(one.tokens) <= 9]
    agreed = any(ideas & {"agreed", "confirm", "completed"} and person_of(ideas) for ideas, _ in row)
    return agreed and any("date" in ideas or words_of(text) == ("on",) for ideas, text in row)


def _names_over_dates(block: Block, grids: Grids) -> bool:
    """Whether the row names two people or more, each over a cell for a date, or is the row of those dates."""
    rows = [row for row in (grids.row(block), *grids.rows_above(block)[:1]) if row]
    below = grids.below(block)
    rows += [grids.row(below)] if below is not None else []
    asked = [[meaning(_up_to_colon(one.text)).ideas for one in row if one.tokens] for row in rows]
    own, others = asked[0], asked[1:]
    return any(_people(names) and _days(days) and len(names) == len(days) for names, days in ((own, o) for o in others)) or any(
        _people(names) and _days(own) and len(names) == len(own) for names in others
    )


def over_days(row: Sequence[Block], grids: Grids) -> bool:
    """Whether each role that a row names stands over a plain "Date": "Tutor | Jo Park | ECT | Sam Lee" / "Date | … | Date | …"."""
    below = ((one, grids.below(one)) for one in row if one.tokens)
    dated = [one for one, under in below if under is not None and meaning(_up_to_colon(under.text)).ideas == {"date"}]
    return _people([meaning(_up_to_colon(one.text)).ideas for one in dated])


def _people(row: list[frozenset[str]]) -> bool:
    return len({person_of(ideas) for ideas in row} - {None}) == len(row) > 1 and all(
        ideas <= _OF_SIGNING | {"name", "induction"} for ideas in row
    )


def _days(row: list[frozenset[str]]) -> bool:
    return bool(row) and all(ideas == {"date"} for ideas in row)


def _completes_the_signature_above(block: Block, grids: Grids) -> bool:
    """Whether the row is a plain "Date" or "Print name" right below the one in which one person signs, and no other row is between such pairs."""
    heads = [meaning(row[0].text).ideas if row else frozenset() for row in (grids.row(block), *grids.rows_above(block)[:2])]
    if len(heads) < 2 or heads[0] not in ({"date"}, {"name"}) or not ("sign" in heads[1] and person_of(heads[1])):
        return False
    return len(heads) < 3 or not ("sign" in heads[2] and person_of(heads[2]))


def _roles_over_dates(block: Block, grids: Grids) -> bool:
    """Whether roles head the columns of the cell's table, and names and dates its rows: people sign there."""
    table = grids.cell(block).table
    rows = [meaning(one.text).ideas for one in grids.column(table, 0) if 0 < len(one.tokens) <= 6]
    if not any("date" in ideas and ideas <= {"date", "sign"} for ideas in rows) or not any(
        ideas & {"name", "sign"} for ideas in rows
    ):
        return False
    top = grids.at(table, 0, 0)
    heads = [meaning(one.text).ideas for one in grids.row(top) if 0 < len(one.tokens) <= 6] if top is not None else []
    return len({person_of(ideas) for ideas in heads} - {None}) >= 2
