"""Boxes in cells of their own: beside the words that they choose, or under the head of their column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from parsers.labels.options import read_option
from parsers.labels.texts import read_heading
from parsers.layout.blocks import Block
from parsers.layout.grids import Grids
from parsers.marks.offers import Offer
from parsers.marks.words import is_cross
from parsers.tokens import Mark, Token

_BOTH = 2
"""A yes and a no."""


def in_own_cell(block: Block, grids: Grids) -> Iterator[Offer]:
    """A cell that holds nothing but a box: its words stand beside it, or at the head of its column."""
    marks = [item for item in block.items if isinstance(item, Mark)]
    if block.cell is None:
        return
    mark = marks[0]
    above = option_above(block, grids)
    if above is not None:
        yield Offer(above.text, mark.ticked, mark.known_by, (mark, *above.tokens), block, "", mark.confidence)
        return
    text, words = _words_of_tick_cell(block, grids)
    if text:
        prefix = _row_question(block, grids)
        yield Offer(text, mark.ticked, mark.known_by, (mark, *words), block, prefix, mark.confidence)


def _words_of_tick_cell(block: Block, grids: Grids) -> tuple[str, list[Token]]:
    right, left = grids.right(block), grids.left(block)
    for head in grids.heads_above(block):
        option = read_option(head.text) if head.tokens else None
        if option is not None and (option.answer is not None or len(head.tokens) <= 3):
            return head.text, []
        if head.tokens and not head.has_marks:
            break
    own = grids.cell(block)
    sides = [one for one in (right, left) if one is not None and one.tokens and not one.has_marks]
    if not sides:
        return "", []
    if len(sides) == 2 and read_heading(sides[1].text) is not None:
        return sides[1].text, []  # The tick of a standard: what stands right of it is the comment.
    if (len(sides) == 2 and own.column and read_option(sides[0].text) is None and read_option(sides[1].text) is not None) or (
        len(sides) == 2 and _is_last_tick(block, grids)
    ):
        sides.reverse()
    heading = read_heading(sides[0].text)
    if heading is not None and heading.key.startswith("standard_"):
        return sides[0].text, []  # A standard with its ticks under heads of their own: its comment stands further on.
    return sides[0].text, list(sides[0].tokens)


def _is_last_tick(block: Block, grids: Grids) -> bool:
    """In rows of "words | box | words | box" the box follows its words."""
    row = grids.row(block)
    return bool(row) and row[-1].has_marks and not row[-1].tokens and not (row[0].has_marks and not row[0].tokens)


def _row_question(block: Block, grids: Grids) -> str:
    for one in grids.heads_left(block):
        if one.tokens and len(one.tokens) > 2:
            return one.text
    return ""


def written(block: Block) -> list[Token]:
    return [token for token in block.tokens if not token.placeholder]


def is_typed_tick(block: Block) -> bool:
    """A cross or tick typed where a box would be; "Where tick boxes appear please insert X" is the commonest of all."""
    return len(written(block)) == 1 and is_cross(written(block)[0])


_INITIALS = re.compile(r"[A-Z](?:\.?[A-Z]){1,3}\.?")


def is_initialled(block: Block, grids: Grids) -> bool:
    """Whether a cell holds initials for a tick: beside one of several statements of one choice, the others' cells being empty.

    More words than one are what an empty input says: "Enter text".
    """
    if len(written(block)) != 1 or not _INITIALS.fullmatch(block.text) or block.cell is None:
        return False
    cell = grids.cell(block)
    column = [one for one in grids.column(cell.table, cell.column) if one is not block]
    own, *others = [_statement_beside(one, grids) for one in (block, *column)]
    rivals = [one for one, other in zip(column, others, strict=True) if own is not None and other == own]
    return bool(rivals) and not any(len(written(one)) == 1 for one in rivals)


def _statement_beside(block: Block, grids: Grids) -> str | None:
    """The field of the statement right of a cell."""
    right = grids.right(block)
    option = read_option(right.text) if right is not None and len(right.tokens) > 2 else None
    return None if option is None or option.answer is not None else option.key


def narrow_cell(block: Block, grids: Grids, *, tolerant: bool) -> Iterator[Offer]:
    """A narrow cell, empty or with a typed cross, beside the sentence that it chooses or under the head of its column."""
    typed = bool(written(block))
    how = "typed cross" if typed else "empty cell"
    if block.box.width > 90 and not typed:
        return
    if typed and (other := _lone_box_of_two(block, grids)) is not None:
        yield Offer(other.text, None, how, tuple(block.tokens), block, _row_question(block, grids))
        return
    answer = _answer_above(block, grids)
    if answer is not None and (asked := _row_question(block, grids)):
        yield Offer(answer.text, typed, how, tuple(block.tokens), block, asked)
        return
    answered = typed and len(_answers_in(grids.row(block))) == _BOTH
    for side in () if answered else _sides(block, grids):
        option = read_option(side.text, tolerant=tolerant)
        if option is None or (option.key in {None, "working_pattern"} and not typed):
            continue
        if option.answer is None and (typed or (len(side.tokens) >= 3 and side.box.width > 1.5 * block.box.width)):
            yield Offer(side.text, typed, how, (*block.tokens, *side.tokens), block)
            return
    lone = _answer_above(block, grids, paired=False)
    if lone is not None and (asked := _row_question(block, grids)):
        yield Offer(lone.text, typed, how, tuple(block.tokens), block, asked)
        return
    for side in _sides(block, grids):
        if typed and read_option(side.text) is not None:
            yield Offer(side.text, typed, how, (*block.tokens, *side.tokens), block, _row_question(block, grids))
            return


def _answer_above(block: Block, grids: Grids, *, paired: bool = True) -> Block | None:
    """The "Yes" or "No" that heads the box's column; `paired`: the other one heads a column beside it."""
    for head in grids.heads_above(block):
        option = read_option(head.text) if head.tokens else None
        if option is None or option.answer is None:
            if written(head) and not is_typed_tick(head):
                return None
            continue
        beside = [read_option(one.text) for one in grids.row(head) if one is not head and one.tokens]
        return head if not paired or any(one is not None and one.answer is (not option.answer) for one in beside) else None
    return None


def option_above(block: Block, grids: Grids) -> Block | None:
    """The option right above a box, where a row of options stands over a row of boxes."""
    row, above = grids.row(block), grids.above(block)
    if above is None or len(row) < 2 or any(written(one) and not is_typed_tick(one) for one in row):
        return None
    options = [read_option(one.text) for one in grids.row(above) if written(one) and not one.has_marks]
    keys = {option.key for option in options if option is not None and option.answer is None}
    whole = len(options) == len(row) and all(option is not None for option in options) and len(keys) == 1
    return above if whole and keys != {None} else None


def _sides(block: Block, grids: Grids) -> list[Block]:
    sides = (grids.right(block), grids.left(block))
    if _boxes_follow(block, grids):
        sides = (grids.left(block), grids.right(block))
    found = [one for one in sides if one is not None and one.tokens and not one.has_marks and not is_typed_tick(one)]
    return found[1:] if len(found) == 2 and read_heading(found[1].text) is not None else found


def _boxes_follow(block: Block, grids: Grids) -> bool:
    """Whether each box follows its words: the row ends in a box, "Yes | X | No | ", or words of one choice stand at every other place."""
    row = grids.row(block)
    said = [read_option(one.text) if written(one) else None for one in row[::2]]
    if (
        len(row) > 3
        and len({one.key for one in said if one is not None}) == 1
        and None not in said
        and not is_typed_tick(row[0])
    ):
        return True
    answers = _answers_in(row)
    if len(answers) > 1 and answers[0] and not _is_box(row[answers[0] - 1]) and answers[-1] + 1 < len(row):
        return True
    last = row[-1] if row else block
    return len(row) > 3 and not last.has_marks and (not written(last) or is_typed_tick(last)) and bool(written(row[0]))


def _lone_box_of_two(block: Block, grids: Grids) -> Block | None:
    """The first answer of a row that has a yes, a no and no more than this one box: nothing tells which of them it chooses."""
    row = grids.row(block)
    answers = _answers_in(row)
    asked = next((index for index, one in enumerate(row) if index in answers or _is_box(one)), 0)
    others = [one for index, one in enumerate(row) if index >= asked and index not in answers]
    return row[answers[0]] if len(answers) == _BOTH and others == [block] else None


def _answers_in(row: Sequence[Block]) -> list[int]:
    """Where in a row a bare yes or no stands."""
    said = [read_option(one.text) if written(one) else None for one in row]
    return [index for index, option in enumerate(said) if option is not None and option.answer is not None]


def _is_box(block: Block) -> bool:
    return block.has_marks or not written(block) or is_typed_tick(block)
