"""Options whose words say nothing to us: boxes, crosses typed into cells, and words of which one is struck out or set off.

Which field they answer and what each says is known only where an accepted paper of the layout has told.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from parsers.labels.options import read_option
from parsers.layout.blocks import Block, Edge, join
from parsers.layout.grids import Grids
from parsers.layout.mapping import Mapped
from parsers.marks.cells import is_typed_tick
from parsers.marks.offers import Offer
from parsers.recall.places import Words
from parsers.tokens import Mark, Token

_WIDEST = 200.0
_LONGEST = 5
_BETWEEN = frozenset({"/", "|", "\\", "or"})


def unclaimed_offers(mapped: Mapped) -> list[Offer]:
    """Every option of a paper that answers no field by its own words."""
    boxes = [offer for offer in mapped.choices.loose if offer.how != "typed"]
    taken = {item.order for offer in boxes for item in offer.items} | mapped.choices.taken
    grids = Grids(mapped.paper)
    cells = [offer for block in mapped.paper.blocks for offer in _of_cell(block, grids, taken)]
    worded = [offer for block in mapped.paper.blocks if not block.has_marks for offer in _worded(block, taken)]
    return [*boxes, *cells, *worded]


def _of_cell(block: Block, grids: Grids, taken: set[int]) -> Iterator[Offer]:
    """A narrow cell that is empty or holds a typed cross, with the words beside it."""
    written = [token for token in block.tokens if not token.placeholder]
    if block.cell is None or block.has_marks or block.box.width > _WIDEST or (written and not is_typed_tick(block)):
        return
    if any(token.order in taken for token in written):
        return
    for side in (grids.right(block), grids.left(block)):
        if side is not None and side.tokens and not side.has_marks and not is_typed_tick(side):
            how = "typed cross" if written else "empty cell"
            yield Offer(side.text, bool(written), how, (*side.tokens, *written), block)
            return


def _worded(block: Block, taken: set[int]) -> Iterator[Offer]:
    """Two options parted by a stroke, of which one is struck out, highlighted or underlined."""
    for index, item in enumerate(block.items):
        if not isinstance(item, Token) or item.text.casefold() not in _BETWEEN or item.order in taken:
            continue
        before, behind = _option_before(block, index), _option_behind(block, index)
        if not before or not behind or any(token.order in taken for token in (*before, *behind)):
            continue
        looks = [(_all(part, "struck"), _all(part, "highlighted"), _all(part, "underlined")) for part in (before, behind)]
        if looks[0] == looks[1]:
            continue
        (struck, lit, lined), (other_struck, other_lit, other_lined) = looks
        first = other_struck if struck != other_struck else lit if lit != other_lit else lined
        how = "the other struck out" if struck != other_struck else "highlighted" if lit != other_lit else "underlined"
        del other_lined
        for part, chosen in ((before, first), (behind, not first)):
            yield Offer(join(part), chosen, how, tuple(part), block)


def _all(part: list[Token], look: str) -> bool:
    return all(bool(getattr(token, look)) for token in part)


def _option_before(block: Block, index: int) -> list[Token]:
    found: list[Token] = []
    for one in range(index - 1, max(-1, index - 1 - _LONGEST), -1):
        item = block.items[one]
        if not isinstance(item, Token) or item.text.endswith((":", "?", ")")) or (found and _look(item) != _look(found[0])):
            break
        found.insert(0, item)
        if block.edges[one] & (Edge.GAP | Edge.FIELD | Edge.PARAGRAPH):
            break
    return found


def _option_behind(block: Block, index: int) -> list[Token]:
    found: list[Token] = []
    for one in range(index + 1, min(len(block.items), index + 1 + _LONGEST)):
        item = block.items[one]
        if not isinstance(item, Token) or item.text.startswith("(") or item.text in _BETWEEN:
            break
        if found and (block.edges[one] & (Edge.GAP | Edge.FIELD | Edge.PARAGRAPH) or _look(item) != _look(found[0])):
            break
        found.append(item)
    return found


def _look(token: Token) -> tuple[bool, ...]:
    return token.struck, token.highlighted, token.underlined, token.bold


def option_word(offer: Offer, words: Words) -> int | None:
    """The first printed word of an option, else the last one before its box, by the layout's count."""
    blocks = words.printed.blocks
    block = words.printed.index_of(offer.block)
    orders = {item.order for item in offer.items if isinstance(item, Token)}
    for number in (block, *range(max(0, block - 3), block), *range(block + 1, min(block + 4, len(blocks)))):
        for index, item in enumerate(blocks[number].items):
            if item.order in orders and (number, index) in words.spots:
                return words.spots[number, index]
    marks = [index for index, item in enumerate(blocks[block].items) if isinstance(item, Mark) and item in offer.items]
    return words.last_before((block, marks[0])) if marks else None


def sets_of(offers: list[Offer], words: Words, grids: Grids) -> list[list[Offer]]:
    """Options that belong together: of one line or cell, of one column of a table, or one below the other."""
    known = [offer for offer in offers if option_word(offer, words) is not None]
    cells = [offer for offer in known if offer.how in {"typed cross", "empty cell"}]
    found = [list(group) for _, group in groupby(cells, key=lambda offer: _column(offer, grids))]
    other: list[list[Offer]] = []
    for offer in known:
        if offer in cells:
            continue
        if other and _together(other[-1][-1], offer, words):
            other[-1].append(offer)
        else:
            other.append([offer])
    return [*found, *other]


def _column(offer: Offer, grids: Grids) -> tuple[int, int]:
    cell = grids.cell(offer.block)
    return cell.table, cell.column


def _together(one: Offer, other: Offer, words: Words) -> bool:
    if one.block is other.block:
        return True
    if (one.option is not None and one.option.answer is not None) or one.how != other.how:
        return False
    between = words.printed.blocks[words.printed.index_of(one.block) + 1 : words.printed.index_of(other.block)]
    own = {item.order for offer in (one, other) for item in offer.items}
    if len(between) > 2 or any(token.order not in own for block in between for token in block.tokens):
        return False
    return (one.block.cell is None) == (other.block.cell is None) and one.block.page == other.block.page


def says(offer: Offer) -> bool | None:
    """Yes or no, where the option's words are those."""
    option = offer.option or read_option(offer.text)
    return option.answer if option is not None else None
