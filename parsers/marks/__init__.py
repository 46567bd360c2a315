"""Choices: what was ticked, struck out, highlighted or underlined, and what that says.

Options that belong together are one set, of which one may be chosen. Which options there are is told by their words;
where the ticks are, by the readers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from parsers.labels import read_label
from parsers.labels.options import Option, Question, read_option, read_question
from parsers.layout.blocks import Block, Edge, Item, Paper, join
from parsers.layout.grids import Grids
from parsers.marks.cells import in_own_cell, is_initialled, is_typed_tick, narrow_cell, option_above, written
from parsers.marks.offers import Offer
from parsers.marks.typed import typed_answers
from parsers.marks.words import offers_over_lines, struck_sentence, worded_offers
from parsers.tokens import Mark, Token

_MOST_LEFT = 5
"""Cells left of an option among which its question is looked for: "On track? | Yes | | No | X"."""
_SURE = 0.95
"""How certain it must be that words behind an option are the next label."""


@dataclass(frozen=True)
class Choice:
    """A set of options for one field and what was chosen of it."""

    key: str
    value: str | bool | None
    offers: tuple[Offer, ...]
    doubt: str | None = None
    question: Question | None = None

    @property
    def chosen(self) -> list[Offer]:
        return [offer for offer in self.offers if offer.chosen]


@dataclass
class Choices:
    """All choices of a paper, and the items that were options, so that nobody takes them for labels or values."""

    choices: list[Choice] = field(default_factory=list)
    taken: set[int] = field(default_factory=set)
    loose: list[Offer] = field(default_factory=list)
    """Options of no field that we keep."""


def find_choices(paper: Paper, grids: Grids, *, tolerant: bool) -> Choices:
    offers = [*_marked(paper, grids, tolerant=tolerant), *worded(paper)]
    taken = {item.order for offer in offers if offer.how != "empty cell" for item in offer.items}
    typed = [one for one in typed_answers(paper, grids, taken, tolerant=tolerant) if not taken & _orders(one)]
    offers = [one for one in offers if one.how != "empty cell" or not any(_orders(one) & _orders(answer) for answer in typed)]
    offers += typed
    found = Choices()
    kept: list[Offer] = []
    for seen in offers:
        option = read_option(seen.text, tolerant=tolerant) or _term(seen, grids)
        question = None
        if option is not None and option.answer is not None:
            question, asked = _question_for(seen, paper, grids, tolerant=tolerant)
            found.taken |= asked
            if question is not None:
                option = Option(question.key, _answered(question, answer=option.answer), question.strength, option.answer)
        if option is not None and option.key == "term_number" and seen.how == "empty cell":
            continue  # A column of a term in which nothing is written.
        found.taken |= {item.order for item in seen.items}
        if option is not None and option.key == "judgement" and seen.how == "typed":
            found.taken |= {token.order for token in seen.block.tokens if token.order < seen.items[0].order}
        offer = replace(seen, option=option, question=question)
        if option is None or option.key is None or option.key.startswith("<"):
            found.loose.append(offer)
        else:
            kept.append(offer)
    found.choices = _grouped(kept)
    return found


def _orders(offer: Offer) -> set[int]:
    return {item.order for item in offer.items}


def _term(offer: Offer, grids: Grids) -> Option | None:
    """A bare number beside a box, where the words before it ask for the term: "Term of induction ☐ 1 ☒ 2 ☐ 4 ☐ 5"."""
    if not re.fullmatch(r"[1-6]", offer.text.strip()) or offer.how == "empty cell":
        return None
    heads = [one.text for one in grids.heads_left(offer.block)] if offer.block.cell is not None else []
    labels = [read_label(text) for text in (offer.prefix, *heads) if text]
    asked = any(label is not None and label.key == "term_number" for label in labels)
    return Option("term_number", offer.text.strip()) if asked else None


def _answered(question: Question, *, answer: bool) -> str | bool:
    if question.key == "judgement":
        return "satisfactory" if answer else "unsatisfactory"
    return answer != question.reverse


def worded(paper: Paper) -> Iterator[Offer]:
    """Options chosen in their own words: one struck out, or one set off from the other."""
    for block in paper.blocks:
        for items, texts, chosen, how, prefix in worded_offers(block):
            for index, (part, text) in enumerate(zip(items, texts, strict=True)):
                state = None if chosen is None else index == chosen
                yield Offer(text, state, how, tuple(part), block, prefix)
        left = struck_sentence(block)
        if left is not None:
            yield Offer(left, chosen=True, how="the other struck out", items=tuple(block.tokens), block=block)
    for one, taken, how in offers_over_lines([block for block in paper.blocks if block.items]):
        yield Offer(one.text, taken, how, tuple(one.tokens), one.block)


def _marked(paper: Paper, grids: Grids, *, tolerant: bool) -> Iterator[Offer]:
    for block in paper.blocks:
        if block.has_marks:
            if any(isinstance(item, Token) and re.search(r"\w", item.text) for item in block.items):
                yield from _beside_words(block, tolerant=tolerant)
            else:
                yield from in_own_cell(block, grids)
        elif block.cell is not None and (not written(block) or is_typed_tick(block) or is_initialled(block, grids)):
            head = option_above(block, grids)
            if head is None:
                yield from narrow_cell(block, grids, tolerant=tolerant)
            else:
                typed = bool(written(block))
                yield Offer(head.text, typed, "typed cross" if typed else "empty cell", (*block.tokens, *head.tokens), block)


def _beside_words(block: Block, *, tolerant: bool) -> Iterator[Offer]:
    """Boxes in a line of words: "☐ Full time ☒ Part time", or "Permanent ☐ Temporary ☐"."""
    for run in _runs(block):
        marks = [index for index, item in enumerate(run) if isinstance(item, Mark)]
        if not marks or len(marks) == len(run):
            continue
        before, after = _words_before(run, marks), _words_after(run, marks)
        fit_before, fit_after = (
            sum(read_option(join(one), tolerant=tolerant) is not None for one in side) for side in (before[0], after[0])
        )
        behind = _marks_follow(run, marks) if fit_before == fit_after else fit_before > fit_after
        words, prefix = before if behind else after
        unsure = fit_before == fit_after > 0 and not behind and not isinstance(run[0], Mark) and isinstance(run[-1], Mark)
        for index, own in zip(marks, words, strict=True):
            mark = run[index]
            assert isinstance(mark, Mark)
            ticked = None if unsure else mark.ticked
            yield Offer(join(own), ticked, mark.known_by, (mark, *own), block, prefix, mark.confidence)


def _marks_follow(run: list[Item], marks: list[int]) -> bool:
    """Whether boxes stand behind their words, told by the ends of the line and then by the distances."""
    if isinstance(run[0], Mark) != isinstance(run[-1], Mark):
        return isinstance(run[-1], Mark)
    before = after = 0.0
    for index in marks:
        mark = run[index]
        if index:
            before += max(0.0, mark.box.x0 - run[index - 1].box.x1) if run[index - 1].line == mark.line else 20.0
        if index + 1 < len(run):
            after += max(0.0, run[index + 1].box.x0 - mark.box.x1) if run[index + 1].line == mark.line else 20.0
    return before < after and not isinstance(run[0], Mark)


def _words_after(run: list[Item], marks: list[int]) -> tuple[list[list[Token]], str]:
    stops = [*marks[1:], len(run)]
    words = [_up_to_gap(run[index + 1 : stop]) for index, stop in zip(marks, stops, strict=True)]
    return words, join(item for item in run[: marks[0]] if isinstance(item, Token))


def _words_before(run: list[Item], marks: list[int]) -> tuple[list[list[Token]], str]:
    prefix, start = "", 0
    words: list[list[Token]] = []
    for index in marks:
        own, prefix = _cut_label([item for item in run[start:index] if isinstance(item, Token)], prefix)
        words.append(own)
        start = index + 1
    return words, prefix


def _runs(block: Block) -> Iterator[list[Item]]:
    """Paragraphs of a block; one that holds only boxes goes with the next."""
    run: list[Item] = []
    for item, edge in zip(block.items, block.edges, strict=True):
        if edge & Edge.PARAGRAPH and any(isinstance(one, Token) for one in run):
            yield run
            run = []
        run.append(item)
    if run:
        yield run


def _up_to_gap(items: list[Item]) -> list[Token]:
    """The words of an option, up to a wide gap: what stands behind it is another label."""
    words: list[Token] = []
    for item in items:
        if not isinstance(item, Token):
            break
        if words and item.line == words[-1].line and item.box.x0 - words[-1].box.x1 > max(9.0, 0.9 * item.box.height):
            break
        if words and words[-1].text.endswith((":", "?")) and len(words) > 1 and item.field is not None:
            break
        words.append(item)
    return _without_next_label(words)


def _without_next_label(words: list[Token]) -> list[Token]:
    """The words of an option without a label that follows with its value: "part-time; FTE if part-time: 0.7"."""
    colon = next((i for i, word in enumerate(words) if i and word.text.endswith(":")), None)
    for start in range(1, colon or 0):
        label = read_label(join(words[start : (colon or 0) + 1]))
        if label is not None and not label.waiting and label.strength >= _SURE and read_option(join(words[:start])) is not None:
            return words[:start]
    return words


def _cut_label(words: list[Token], prefix: str) -> tuple[list[Token], str]:
    """Of "Post: Permanent" only the last word is the option."""
    for index in range(len(words) - 1, -1, -1):
        if words[index].text.endswith((":", "?")):
            return words[index + 1 :], join(words[: index + 1])
        if index and words[index].line == words[index - 1].line and words[index].box.x0 - words[index - 1].box.x1 > 12:
            return words[index:], prefix or join(words[:index])
    return words, prefix


def _question_for(offer: Offer, paper: Paper, grids: Grids, *, tolerant: bool) -> tuple[Question | None, set[int]]:
    """The question that a yes or no answers, and the items that ask it.

    It stands before the options on their line, in the cells beside and above them, or in the line above.
    """
    if offer.how == "typed":
        return read_question(offer.prefix, tolerant=tolerant), {
            t.order for t in offer.block.tokens if t.order < offer.items[0].order
        }
    for tokens in _texts_before(offer, paper, grids):
        text = join(tokens)
        question = read_question(text, tolerant=tolerant)
        if question is not None:
            return question, {token.order for token in tokens}
        if len(tokens) > 3:
            return None, {token.order for token in tokens} if text.rstrip().endswith("?") else set()
    return None, set()


def _texts_before(offer: Offer, paper: Paper, grids: Grids) -> Iterator[list[Token]]:
    block = offer.block
    first = min((item.order for item in offer.items), default=0)
    own = [token for token in block.tokens if token.order < first]
    run_start = max((index + 1 for index, token in enumerate(own) if index and token.paragraph != own[-1].paragraph), default=0)
    for before in (own[run_start:], own):
        words = [token for token in before if not _is_answer(token) and token.text not in {"/", "|"}]
        if len(words) > 2:
            yield words
    if block.cell is not None:
        for one in (*grids.heads_left(block)[:_MOST_LEFT], *grids.heads_above(block)[:2]):
            if len(one.tokens) > 2:
                yield one.tokens
    for other in reversed(paper.blocks[max(0, block.number - 4) : block.number]):
        if other.text.startswith("(") and other.text.rstrip().endswith(")"):
            continue  # Guidance between a question and its answers.
        if other.page != block.page or block.box.top - other.box.bottom > 60:
            break
        if len(other.tokens) > 2 and (other.cell is None or block.cell is None):
            yield other.tokens
            return


def _is_answer(token: Token) -> bool:
    option = read_option(token.text)
    return option is not None and (option.answer is not None or option.key == "working_pattern")


def _grouped(offers: list[Offer]) -> list[Choice]:
    groups: dict[str, list[Offer]] = {}
    for offer in offers:
        assert offer.option is not None
        assert offer.option.key is not None
        groups.setdefault(offer.option.key, []).append(offer)
    return [_decided(key, group) for key, group in groups.items()]


def _decided(key: str, offers: list[Offer]) -> Choice:
    """The value of a set: one chosen option is clear, none or several are not."""
    question = next((offer.question for offer in offers if offer.question), None)
    chosen = [offer for offer in offers if offer.chosen]
    values = {offer.option.value for offer in chosen if offer.option}
    offered = {offer.option.value for offer in offers if offer.option}
    unsure = [offer for offer in offers if offer.chosen is None and offer.how not in {"words", "none struck out"}]
    if len(values) > 1:
        return Choice(key, None, tuple(offers), "more than one option is marked", question)
    if unsure:
        return Choice(key, next(iter(values), None), tuple(offers), "it is not certain whether a box is ticked", question)
    if not values:
        single = len(offers) == 1 and offered == {True} and offers[0].chosen is False and offers[0].how != "empty cell"
        return Choice(key, False if single else None, tuple(offers), None, question)
    return Choice(key, next(iter(values)), tuple(offers), next((one.doubt for one in chosen if one.doubt), None), question)
