"""A paper of a known layout: which layout it is, and what stands in the places that earlier papers have taught."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from parsers.forms import FIELD_TYPES, ValueType
from parsers.layout.answers import read_answer
from parsers.layout.blocks import Block, Item, Paper, join
from parsers.layout.grids import Grids
from parsers.layout.mapping import Found, Mapped
from parsers.layout.writing import plain_text
from parsers.learned import Anchor, Layout, Layouts
from parsers.marks.offers import Offer
from parsers.recall.aligning import align
from parsers.recall.altered import ALTERED, is_altered
from parsers.recall.options import option_word, unclaimed_offers
from parsers.recall.places import Finder, Words
from parsers.recall.printed import Printed
from parsers.recall.vacant import fill_vacant
from parsers.tokens import Token
from parsers.written import Written, is_blank

TAUGHT = "taught"
"""The relation of a value that was found where earlier papers of the layout had it."""
UNSURE = "no other paper of this layout has confirmed this place yet"
_ALIKE = 0.75
"""The least share of a layout's printed words that one of its papers has, in their order."""
_FEWEST = 6
_TRIED = 4


@dataclass(frozen=True)
class Recalled:
    """The layout of a paper with its words found again, and what its places hold."""

    layout: Layout
    words: Words
    found: dict[str, Found] = field(default_factory=dict)
    taken: frozenset[int] = frozenset()
    """Order numbers of what stands in the places: no other field has it."""


def recognise(layouts: Layouts, paper: Paper) -> tuple[Layout, Words] | None:
    """The layout whose printed words a paper has, the most alike first; None where none is alike enough."""
    printed = Printed(paper)
    here = set(printed.numbers)
    marked = printed.marked()
    shares = [(len(one.words & here) / len(one.words), one) for one in layouts.layouts if len(one.words) >= _FEWEST]
    near = sorted((pair for pair in shares if pair[0] >= _ALIKE), key=lambda pair: (-pair[0], -len(pair[1].words)))
    best: tuple[float, int, Layout, Words] | None = None
    for _, layout in near[:_TRIED]:
        places = align(layout.printed, marked)
        known = layout.count
        share = len(places) / known
        if share >= _ALIKE and (best is None or (share, known) > best[:2]):
            best = (share, known, layout, Words(printed, places, layout.printed))
    return (best[2], best[3]) if best is not None else None


def recall(layout: Layout, words: Words, mapped: Mapped) -> Recalled:
    """What stands in every place of the layout that the paper has. `mapped` is what the labels say."""
    grids = Grids(words.printed.paper)
    finder = Finder(words, grids)
    found: dict[str, Found] = {}
    taken: set[int] = set()
    offers = unclaimed_offers(mapped) if any(anchor.options for anchor in layout.anchors) else []
    for anchor in layout.anchors:
        one = _chosen(anchor, words, offers) if anchor.options else _found(anchor, finder, words, grids)
        if one is not None:
            found[anchor.key] = one
            if one.written is not None and not anchor.options:
                taken |= {item.order for item in one.items}
    read = {key for key, candidates in mapped.found.items() if any(one.written for one in candidates)}
    vacant = {one.key for one in layout.anchors if one.vacant} - read
    return Recalled(layout, words, found | fill_vacant(layout, vacant, words, taken | mapped.orders()), frozenset(taken))


_NUMBER_ALONE = re.compile(r"^\(?[A-Za-z]?\d{1,2}[.):]*$")
"""The number of the next question, where the answer before it was left empty."""


def _found(anchor: Anchor, finder: Finder, words: Words, grids: Grids) -> Found | None:
    long = FIELD_TYPES[anchor.key] is ValueType.TEXT
    answer = finder.answer(anchor.place, long=long) if anchor.place is not None else None
    if answer is None:
        return None
    tokens = [item for item in answer.items if isinstance(item, Token)]
    text = join(token for token in tokens if not token.struck)
    if not text or is_blank(text):
        return _one(anchor, None, text, tokens, answer.block)
    written = _written(anchor.key, tokens, text)
    found = _one(anchor, written, text, tokens, answer.block, fits=written is not None)
    changed = written is not None and anchor.place is not None and is_altered(anchor.place, answer, words, grids)
    return replace(found, doubts=(*found.doubts, ALTERED)) if changed else found


def _written(key: str, tokens: list[Token], text: str) -> Written | None:
    if FIELD_TYPES[key] is ValueType.TEXT:
        whole = plain_text(tokens)
        return Written(whole) if whole and not _NUMBER_ALONE.match(whole) else None
    return read_answer(key, text)


def _one(
    anchor: Anchor, written: Written | None, text: str, items: Iterable[Item], block: Block, *, fits: bool = True
) -> Found:
    doubts = () if anchor.trusted or written is None else (UNSURE,)
    return Found(anchor.key, written, text, tuple(items), TAUGHT, 1.0, 1.0, doubts=doubts, fits=fits, block=block)


def _chosen(anchor: Anchor, words: Words, unclaimed: list[Offer]) -> Found | None:
    """The option that is marked among those that the layout has for a field."""
    known = [(offer, option_word(offer, words)) for offer in unclaimed]
    offers = [(offer, anchor.options[word]) for offer, word in known if word is not None and word in anchor.options]
    if not offers:
        return None
    chosen = {value for offer, value in offers if offer.chosen}
    unknown = any(offer.chosen is None for offer, _ in offers)
    doubts: tuple[str, ...] = () if anchor.trusted else (UNSURE,)
    if len(chosen) > 1:
        doubts = ("more than one option is marked",)
    elif None in chosen:
        doubts = ("this option has not been marked on an accepted paper yet",)
    elif unknown and chosen:
        doubts = ("it is not certain whether a box is ticked",)
    value = next(iter(chosen), None) if len(chosen) == 1 else None
    if not chosen and not unknown and len(offers) == 1 and offers[0][1] is True:
        value = False
    written = None if value is None else Written(value)
    shown = [offer for offer, _ in offers if offer.chosen] or [offer for offer, _ in offers]
    items = tuple(item for offer in shown for item in offer.items)
    return Found(anchor.key, written, "; ".join(offer.text for offer in shown if offer.chosen), items, TAUGHT, 1.0, 1.0,
                 doubts=doubts if chosen else (), block=shown[0].block, marked=shown[0].how)  # fmt: skip
