"""Options that are chosen in their own words: "~~FT~~ / PT", "**YES** / NO", or one of two deleted."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from parsers.labels.options import Option, read_option
from parsers.layout.blocks import Block, Edge, Item, join
from parsers.tokens import Token

Found = tuple[list[list[Item]], list[str], int | None, str, str]
"""The items and words of each option, which was chosen, how we know, and the words before them."""

_BETWEEN = {"/", "or", "|", "\\", "-", "–", "OR", "Or", "//"}
_TYPED = {"x", "✓", "✔", "√", "☒", "☑", "✗", "✘", "×", "\uf0fc", "\uf0fb"}
_REMARK = re.compile(r"\([^()]*\)")
_NUMBER_GOES_ON = re.compile(r"[/(\d.]")
_AMOUNT = re.compile(r"\(?[\d.]")
_WRITTEN = re.compile(r"\w")
_LONGEST = 4


def worded_offers(block: Block) -> Iterator[Found]:
    """Sets of two or more options in the words of a block."""
    if block.has_marks or len(block.items) < 2:
        return
    items = block.items
    joints = [_parts(block, index) for index in range(len(items))]
    index = 0
    while index < len(items):
        found = _set_at(block, index) if any(joints[index + 1 : index + 1 + _LONGEST]) else None
        if found is None:
            index += 1
            continue
        parts, end = found
        texts = [join(part) for part in parts]
        chosen, how = _chosen(parts)
        prefix = join(item for item in items[:index] if isinstance(item, Token))
        yield [list(part) for part in parts], texts, chosen, how, prefix
        index = end


def _parts(block: Block, index: int) -> bool:
    """Whether an option before an item can be followed by another one from there on."""
    item = block.items[index]
    return bool(block.edges[index] & (Edge.GAP | Edge.LINE)) or (isinstance(item, Token) and item.text in _BETWEEN)


@dataclass(frozen=True)
class Statement:
    """A line, a part of one, or a cell that is one statement to choose."""

    block: Block
    tokens: list[Token]
    key: str

    @property
    def text(self) -> str:
        return join(token for token in self.tokens if not is_cross(token))


def offers_over_lines(blocks: list[Block]) -> Iterator[tuple[Statement, bool, str]]:
    """Statements one after the other of which one has a typed cross; or lines of which one is set off or not struck out."""
    run: list[Statement] = []
    for one in [*(each for block in blocks for each in _statements(block)), None]:
        if one is not None and (not run or one.key == run[0].key):
            run.append(one)
            continue
        yield from _chosen_of(run)
        run = [one] if one is not None else []


def _chosen_of(run: list[Statement]) -> Iterator[tuple[Statement, bool, str]]:
    if len(run) < 2:
        return
    if any(has_typed_tick(one.tokens) for one in run):
        yield from ((one, has_typed_tick(one.tokens), "typed cross") for one in run)
    elif all(one.block.cell is None and one.tokens == one.block.tokens and len(one.tokens) > 2 for one in run):
        chosen, how = _chosen([list(one.tokens) for one in run])
        if chosen is not None:
            yield from ((one, number == chosen, how) for number, one in enumerate(run))


def has_typed_tick(tokens: list[Token]) -> bool:
    """Whether words to choose have a cross typed before or behind them: "Extension recommended: X"."""
    return len(tokens) > 1 and any(is_cross(token) for token in (tokens[0], tokens[-1]))


def is_cross(token: Token) -> bool:
    """A cross or tick typed where a box would be."""
    return token.text.strip("()[]").casefold() in _TYPED


def struck_sentence(block: Block) -> str | None:
    """What is left of a statement in which words were struck out: "The ECT is / ~~is not~~ on track"; None for anything else."""
    tokens = block.tokens
    if block.has_marks or not 4 <= len(tokens) <= 40 or not any(token.text in _BETWEEN for token in tokens):
        return None
    if not any(token.struck for token in tokens) or sum(token.struck for token in tokens) > len(tokens) // 2:
        return None
    if any(read_option(token.text) is not None for token in tokens if token.struck):
        return None  # "Yes / ~~No~~" behind a question: that has a reading of its own.
    left = _REMARK.sub(" ", join(token for token in tokens if not token.struck and token.text not in {"/", "|"}))
    option = read_option(left)
    return left.strip() if option is not None and option.key in {"judgement", "on_track"} else None


def _statements(block: Block) -> Iterator[Statement | None]:
    """The statements of a cell, a line, or the parts of a line; None for each part that is something else."""
    parts: list[list[Token]] = [[]]
    for item, edge in zip(block.items, block.edges, strict=True):
        if edge & Edge.GAP and block.cell is None and not (isinstance(item, Token) and is_cross(item)):
            parts.append([])
        if isinstance(item, Token):
            parts[-1].append(item)
    for part in parts:
        option = read_option(join(token for token in part if not is_cross(token))) if 2 <= len(part) <= 40 else None
        judges = option is not None and option.key in {"judgement", "on_track"} and not block.has_marks
        yield Statement(block, part, str(option.key)) if option is not None and judges else None


def _set_at(block: Block, start: int) -> tuple[list[list[Token]], int] | None:
    """Options one after the other from `start`, or nothing."""
    parts: list[list[Token]] = []
    keys: set[object] = set()
    index = start
    while index < len(block.items):
        part = _option_at(block, index, first=not parts)
        if part is None:
            break
        tokens, option = part
        kind = "answer" if option.answer is not None else option.key
        if keys and kind not in keys:
            break
        after = block.items[index + len(tokens)] if index + len(tokens) < len(block.items) else None
        loose = (
            isinstance(after, Token)
            and not after.placeholder
            and after.text not in _BETWEEN
            and not _NUMBER_GOES_ON.match(after.text)
            and not _edged(block, index + len(tokens))
        )
        if loose or any(_said(tokens) == _said(part) for part in parts):
            break  # "Full-time equivalent" is a label, and the same option twice is no set.
        keys.add(kind)
        parts.append(tokens)
        index += len(tokens)
        after = block.items[index] if index < len(block.items) else None
        if isinstance(after, Token) and after.text in _BETWEEN:
            index += 1
        elif not (after is not None and block.edges[index] & (Edge.GAP | Edge.LINE)):
            break
    values = {_said(tokens) for tokens in parts}
    set_off = any(token.struck or token.highlighted for part in parts for token in part)
    if parts and (join(parts[-1]).endswith((":", "?")) or (_opens_remark(block, index) and not set_off)):
        return None
    return (parts, index) if len(parts) > 1 and len(values) == len(parts) else None


def _edged(block: Block, index: int) -> bool:
    return bool(
        block.edges[index]
        & (Edge.GAP | Edge.LINE | Edge.PARAGRAPH | Edge.FIELD | Edge.BOLDER | Edge.PLAINER | Edge.MARK | Edge.COLON)
    )


def _opens_remark(block: Block, index: int) -> bool:
    """Whether "(delete as appropriate)" follows: then the words before it are the label, unless one of them is struck out."""
    after = block.items[index] if index < len(block.items) else None
    return isinstance(after, Token) and after.text.startswith("(") and not _AMOUNT.match(after.text)


def _said(tokens: list[Token]) -> object:
    option = read_option(join(tokens))
    return None if option is None else option.answer if option.answer is not None else option.value


def _option_at(block: Block, start: int, *, first: bool) -> tuple[list[Token], Option] | None:
    edge = block.edges[start]
    before = block.items[start - 1] if start else None
    opens = bool(edge & (Edge.OPENING | Edge.PLAINER | Edge.COLON)) or (
        isinstance(before, Token) and (before.text in _BETWEEN or before.text.endswith((":", "?", ")")))
    )
    if first and not opens and not _opposites(block, start):
        return None
    for length in range(_LONGEST, 0, -1):
        tokens = [item for item in block.items[start : start + length] if isinstance(item, Token)]
        if len(tokens) < length or any(token.text in _BETWEEN or token.placeholder for token in tokens):
            continue
        if any(block.edges[start + step] & (Edge.GAP | Edge.PARAGRAPH) for step in range(1, length)):
            continue
        option = read_option(join(tokens))
        if option is not None and (option.answer is not None or option.key in {"working_pattern", "judgement", "on_track"}):
            if option.answer is not None and length > 1:
                continue
            if option.key == "judgement" and any(token.text.startswith("(") for token in tokens[1:]):
                continue
            return tokens, option
    return None


def _opposites(block: Block, start: int) -> bool:
    """Whether words that judge stand side by side within a sentence: "is judged to be satisfactory / not satisfactory"."""
    first = block.items[start]
    negative = isinstance(first, Token) and first.text.casefold() == "not"
    joint = next((i for i in range(start + 1, start + 2 + negative) if _is_joint(block, i)), None)
    if joint is None:
        return False
    one = _judges(block, start, joint)
    return one is not None and any(
        other not in {None, one} for other in (_judges(block, joint + 1, end) for end in range(joint + 2, joint + 5))
    )


def _is_joint(block: Block, index: int) -> bool:
    item = block.items[index] if index < len(block.items) else None
    return isinstance(item, Token) and item.text in _BETWEEN


def _judges(block: Block, start: int, end: int) -> str | bool | None:
    """The judgement that a stretch of words says by itself."""
    tokens = [item for item in block.items[start:end] if isinstance(item, Token)]
    option = read_option(join(tokens)) if tokens and len(tokens) == end - start else None
    return option.value if option is not None and option.key == "judgement" else None


def _chosen(parts: list[list[Token]]) -> tuple[int | None, str]:
    """Which one stands out: the only one not struck, else the only one set off."""
    struck = [all(token.struck or token.deleted for token in part) for part in parts]
    if any(struck):
        left = [index for index, gone in enumerate(struck) if not gone]
        return (left[0], "the other struck out") if len(left) == 1 else (None, "struck out")
    looks: tuple[tuple[str, Callable[[Token], bool]], ...] = (
        ("highlighted", lambda token: token.highlighted),
        ("bold and underlined", lambda token: token.bold and token.underlined),
        ("underlined", lambda token: token.underlined),
        ("bold", lambda token: token.bold),
        ("typed by a person", lambda token: token.inserted or token.field is not None),
    )
    for how, look in looks:
        shown = [all(look(token) for token in part if _WRITTEN.search(token.text)) for part in parts]
        if shown.count(True) == 1:
            return shown.index(True), how
    return None, "none struck out"
