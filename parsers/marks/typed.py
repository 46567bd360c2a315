"""Questions answered in words: a yes or a no, or the outcome itself, typed where a form leaves room for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from parsers.labels.options import Option, read_option, read_question
from parsers.labels.words import words_of
from parsers.layout.blocks import Block, Edge, Paper, join
from parsers.layout.grids import Grids
from parsers.marks.offers import Offer
from parsers.tokens import Token

_FEW = 3
_LONGEST = 14
"""Words of an answer that begins with yes or no."""
_EMPTY = frozenset({"please", "thanks", "tick", "x"})


def typed_answers(paper: Paper, grids: Grids, taken: set[int], *, tolerant: bool) -> Iterator[Offer]:
    """Questions answered by a typed yes or no: behind the question, in the next cell, or on the next line."""
    for block in paper.blocks:
        for end in _question_ends(block):
            asked = [item for item in block.items[:end] if isinstance(item, Token)]
            if not asked or asked[0].order in taken or asked[0].field is not None:
                continue
            text = join(asked)
            question = read_question(text, tolerant=tolerant)
            outcome = _asks_outcome(text) and (question is None or not asked[-1].text.endswith("?"))
            question = None if outcome else question
            if question is None and not outcome:
                continue
            answers = list(_answers_near(block, end, paper, grids, _OUTCOME_WORDS if outcome else _LONGEST))
            answer = next((one for one in answers if one), [])
            offer = _outcome_of(answer, block, text) if outcome else _yes_or_no_of(answer, block, text)
            if offer is not None:
                yield offer
                break


def _outcome_of(answer: list[Token], block: Block, question: str) -> Offer | None:
    option = read_option(join(answer)) if answer else None
    said = option is not None and option.key == "judgement"
    return Offer(join(answer), chosen=True, how="typed", items=tuple(answer), block=block, prefix=question) if said else None


def _yes_or_no_of(answer: list[Token], block: Block, question: str) -> Offer | None:
    """A yes or a no at the head of an answer; where it says more, a person looks: "Yes - with support", "Not yet"."""
    words = words_of(join(answer))
    bare = read_option(join(answer[:1])) if answer else None
    said = "yes" if bare is not None and bare.answer else "no" if bare is not None and bare.answer is False else ""
    said = said or ("no" if words[:1] == ("not",) and 1 < len(words) <= _FEW else "")
    more = [word for word in words[1:] if word not in _EMPTY]
    if not said or any(word in {"yes", "no"} for word in more):
        return None
    whole = read_option(join(answer))
    agreeing = whole is not None and whole.answer is None and whole.key is not None
    doubt = "the answer says more than yes or no" if more and not agreeing else ""
    return Offer(said, chosen=True, how="typed", items=tuple(answer), block=block, prefix=question, doubt=doubt)


_OUTCOME = re.compile(
    r"^((the|overall|final|our|my|headteachers?|head teachers?|heads?|schools?) )*(judge?ment|recommendation|outcome|decision|conclusion|result)"
    r"( (of|at|for|to|on) (this|the) [a-z ]{1,40})?$"
)


_OUTCOME_WORDS = 9
"""Words of an outcome that was chosen from a list, at most: "Standards not met – induction not satisfactorily completed"."""


@lru_cache(maxsize=4096)
def _asks_outcome(text: str) -> bool:
    """Whether a label asks for the outcome in words: "Overall judgement:"."""
    return bool(_OUTCOME.match(" ".join(words_of(re.sub(r"\([^()]*\)", " ", text)))))


def _question_ends(block: Block) -> list[int]:
    """Where a question may end in a block: at its end, at a gap, and behind a question mark or colon."""
    stops = [i for i in range(1, len(block.items)) if block.edges[i] & (Edge.COLON | Edge.GAP | Edge.PLAINER | Edge.FIELD)]
    return [*stops, len(block.items)] if 1 <= len(block.items) <= 60 else []


def _answers_near(block: Block, end: int, paper: Paper, grids: Grids, most: int) -> Iterator[list[Token]]:
    yield _line_from(block, end)[:most]
    if end < len(block.items):
        return
    if block.cell is not None:
        for side in (grids.right(block), grids.below(block)):
            typed = side is not None and len(side.tokens) <= most and not side.has_marks and not _has_rival(side, grids)
            yield side.tokens[:most] if side is not None and typed else []
        return
    following = paper.blocks[block.number + 1 : block.number + 3]
    typed = bool(following) and len(following[0].tokens) <= _FEW and not _offered(following, grids)
    yield following[0].tokens if typed else []


def _line_from(block: Block, start: int) -> list[Token]:
    """What stands in a line from an item on, up to a wide gap or the next label."""
    words: list[Token] = []
    for item, edge in zip(block.items[start:], block.edges[start:], strict=True):
        if not isinstance(item, Token) or (words and edge & (Edge.GAP | Edge.LINE | Edge.PARAGRAPH | Edge.BOLDER)):
            break
        if words and item.field is None and item.text.endswith((":", "?")):
            break
        words.append(item)
    return words


def _offered(blocks: list[Block], grids: Grids) -> bool:
    """Whether the first line or cell is one of several options, of which a person chooses: "Satisfactory:" over "Not satisfactory:"."""
    if blocks[0].cell is not None:
        return _has_rival(blocks[0], grids)
    options = [read_option(one.text) for one in blocks if one.tokens]
    own, other = [*options, None, None][:2]
    return own is not None and other is not None and _excludes(own, other)


def _has_rival(answer: Block, grids: Grids) -> bool:
    """Whether an answer has another one beside or below it: "Yes | | No | X" are options with boxes, and no typed answer."""
    own = read_option(answer.text) if answer.tokens else None
    if own is None:
        return False
    below = grids.below(answer) if own.answer is None else None
    near = [*grids.row(answer), *([below] if below is not None else [])]
    others = [read_option(one.text) for one in near if one is not answer and 0 < len(one.tokens) <= _OUTCOME_WORDS]
    return any(one is not None and _excludes(own, one) for one in others)


def _excludes(own: Option, other: Option) -> bool:
    if own.answer is not None or other.answer is not None:
        return None not in {own.answer, other.answer} and own.answer != other.answer
    return own.key == other.key and own.value != other.value
