"""Finds where the accepted values of a paper stand, so that the next paper of its layout is read from the same places."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from parsers.candidates import Finding, find
from parsers.forms import FIELD_TYPES, FormKind, ValueType
from parsers.labels.words import is_known, words_of
from parsers.layout.grids import Grids
from parsers.learned import Anchor, Layout, Layouts
from parsers.marks.offers import Offer
from parsers.recall.finding import Span, Values, find_values, is_open
from parsers.recall.options import option_word, says, sets_of, unclaimed_offers
from parsers.recall.places import Place, Words, place_of
from parsers.recall.printed import Printed, Spot
from parsers.recall.reading import Recalled
from parsers.tokens import Sheet, Token

_NUMBER = re.compile(r"\d\d|@")
_FEWEST = 6
_CHOSEN = {ValueType.CHOICE, ValueType.YES_NO}
_OPPOSITE: dict[str | bool, str | bool] = {
    True: False, False: True, "full_time": "part_time", "part_time": "full_time",
    "satisfactory": "unsatisfactory", "unsatisfactory": "satisfactory",
}  # fmt: skip


class Proof(StrEnum):
    """What a paper says of a place that was known before it."""

    NEW = "new"
    AGREES = "agrees"
    CONTRADICTS = "contradicts"
    SILENT = "silent"
    """The place was left empty, or the paper does not have it: that proves nothing."""


@dataclass(frozen=True)
class Lesson:
    """What one accepted paper teaches about its layout. `proofs` speaks of every anchor of the layout that was known."""

    layout: Layout
    """The layout as this paper alone would have it, in the known layout's words where there is one."""
    proofs: Mapping[str, Proof]
    known: bool

    def to_json(self) -> dict[str, Any]:
        return {
            "layout": self.layout.to_json(),
            "proofs": {key: proof.value for key, proof in self.proofs.items()},
            "known": self.known,
        }

    @classmethod
    def from_json(cls, packed: Mapping[str, Any]) -> Lesson:
        """Raises `KeyError`, `TypeError` or `ValueError` for anything that `to_json` would not have written."""
        proofs = {str(key): Proof(one) for key, one in packed["proofs"].items()}
        return cls(Layout.from_json(packed["layout"]), proofs, bool(packed["known"]))


def learn(sheet: Sheet, values: Values, layouts: Layouts | None = None) -> Lesson | None:
    """What a paper teaches whose values a person has accepted; None where it has too few printed words or no kind.

    `values` may hold `form_kind`. `layouts` are those known so far: a paper of one of them confirms or contradicts it.
    """
    first = find(sheet, layouts)
    read_as = first.own.kind.value if first.own.kind else None
    kind = values.get("form_kind") or (first.verdict.kind.value if first.verdict.kind else None)
    if not isinstance(kind, str):
        return None
    known, own = first.known, find(sheet, kind=FormKind(kind))
    printed = known.words.printed if known is not None else Printed(own.mapped.paper)
    grids = Grids(printed.paper)
    spans = find_values(printed, values, own)
    if known is not None:
        runs, words = known.layout.printed, known.words
    else:
        runs, words = _printed_words(printed, {spot for span in spans.values() for spot in span.spots})
    anchors = [
        Anchor(key, place, agreements=1 if span.sure else 0, labelled=_labelled(key, values, own))
        for key, span in spans.items() if (place := _place(span, words, grids, own)) is not None
    ]  # fmt: skip
    anchors += [one for one in _choices(values, own, words, grids) if one.key not in spans]
    placed = {one.key for one in anchors}
    anchors += [
        Anchor(key, None, agreements=0)
        for key, value in values.items()
        if value is None and _is_written(key) and key not in placed
    ]
    name = known.layout.id if known is not None else _name(kind, runs)
    layout = Layout(name, kind, runs, tuple(anchors), read_as, _title(own))
    if len(layout.words) < _FEWEST:
        return None
    places = {one.key: one for one in anchors}
    proofs = (
        {one.key: _proof(one, values, known, places.get(one.key)) for one in known.layout.anchors} if known is not None else {}
    )
    return Lesson(layout, proofs, known is not None)


def grow(known: Layout | None, lesson: Lesson) -> Layout:
    """The layout with a lesson taken in.

    A paper that has the value in the known place confirms it. One that has it elsewhere withdraws the trust that earlier ones
    gave; a place that nobody confirmed since gives way to where this paper has the value. What is left empty changes nothing.
    """
    if known is None:
        return lesson.layout
    new = {one.key: one for one in lesson.layout.anchors}
    anchors = [_judged(one, lesson.proofs.get(one.key, Proof.SILENT), new.pop(one.key, None)) for one in known.anchors]
    runs = lesson.layout.printed if not known.printed else known.printed
    return replace(
        known,
        printed=runs,
        anchors=(*anchors, *new.values()),
        papers=known.papers + 1,
        title=known.title or lesson.layout.title,
    )


def _judged(known: Anchor, proof: Proof, new: Anchor | None) -> Anchor:
    if known.vacant:
        return new or known
    if proof is Proof.AGREES:
        return replace(known, agreements=known.agreements + 1, options=_widened(known, new))
    if proof is not Proof.CONTRADICTS:
        return replace(known, options=_widened(known, new))
    if known.agreements > 1:
        return replace(known, agreements=0, contradictions=known.contradictions + 1)
    if new is None or new.vacant:
        return Anchor(known.key, None, agreements=0)
    return replace(new, agreements=0, contradictions=0)


def _widened(known: Anchor, new: Anchor | None) -> Mapping[int, str | bool | None]:
    """The options of a choice with those that a paper has told the meaning of."""
    told = {word: value for word, value in new.options.items() if value is not None} if new is not None else {}
    return {**known.options, **told} if known.options else {}


def _printed_words(printed: Printed, held: set[Spot]) -> tuple[tuple[tuple[int, ...], ...], Words]:
    """The paper's words without what people wrote, in runs, and the words by that count."""
    runs: list[list[int]] = []
    places: dict[int, int] = {}
    after: Spot | None = None
    for place, (number, spot) in enumerate(zip(printed.marked(), printed.spots, strict=True)):
        item = printed.blocks[spot[0]].items[spot[1]]
        if spot in held or (isinstance(item, Token) and _NUMBER.search(item.text)):
            after = None
            continue
        if after is None:
            runs.append([])
        after = spot
        places[len(places)] = place
        runs[-1].append(number)
    return tuple(map(tuple, runs)), Words(printed, places, runs)


def _place(span: Span, words: Words, grids: Grids, own: Finding) -> Place | None:
    """Where the span stands. A table with a column for each period has no fixed place: which column counts differs by paper."""
    block = words.printed.blocks[span.start[0]]
    if any(one.block is block for column in own.mapped.periods.values() for one in column):
        return None
    return place_of(span.spots, words, grids, _input(span, words.printed))


def _is_written(key: str) -> bool:
    return key in FIELD_TYPES and FIELD_TYPES[key] not in _CHOSEN


def _labelled(key: str, values: Values, own: Finding) -> bool:
    one, value = own.best.get(key), values[key]
    return one is not None and one.value is not None and value is not None and _alike(one.value, value)


def _input(span: Span, printed: Printed) -> str:
    """The name of the input that holds the value, if it stands once."""
    numbers = {printed.blocks[block].items[index].field for block, index in span.spots}
    fields = printed.paper.sheet.fields
    if len(numbers) != 1 or None in numbers:
        return ""
    name = fields[next(number for number in numbers if number is not None)].name
    return name if name and sum(one.name == name for one in fields) == 1 else ""


def _choices(values: Values, own: Finding, words: Words, grids: Grids) -> list[Anchor]:
    """The options of choices that the reader did not understand by itself."""
    open_keys = [key for key in _CHOICES if is_open(key, values.get(key), own.best)]
    offers = unclaimed_offers(own.mapped) if open_keys else []
    sets = [one for one in sets_of(offers, words, grids) if sum(offer.chosen is True for offer in one) == 1]
    pairs = [(key, one) for key in open_keys for one in sets if _may_say(one, key, values[key])]
    pairs.sort(key=lambda pair: -_fit(pair[1], pair[0]))
    anchors: list[Anchor] = []
    left = list(open_keys)
    for key, best in pairs:
        value = values[key]
        options = _options(best, value, words) if value is not None else {}
        if key not in left or best not in sets or not options:
            continue
        left.remove(key)
        sets.remove(best)
        torn = any((one is best) != (other == key) for other, one in pairs)
        anchors.append(Anchor(key, None, options, agreements=0 if torn else 1))
    return anchors


_CHOICES = ("assessment_point", "working_pattern", "support_confirmed", "remaining_at_school", "on_track", "judgement")
"""Fields that are chosen, in the order in which forms usually ask."""


def _may_say(offers: list[Offer], key: str, value: str | bool | None) -> bool:
    answer = next((says(offer) for offer in offers if offer.chosen), None)
    if answer is not None:
        return FIELD_TYPES[key] is ValueType.YES_NO and answer == value
    if FIELD_TYPES[key] is ValueType.YES_NO or key == "working_pattern":
        return len(offers) == 2 or (len(offers) == 1 and value is True)
    return 2 <= len(offers) <= 6


def _fit(offers: list[Offer], key: str) -> int:
    """How well a set suits a choice: statements are long, and there are three of them as a rule."""
    longest = max(len(offer.text.split()) for offer in offers)
    if key == "judgement":
        return 2 * (longest >= 5) + (len(offers) == 3)
    if key == "assessment_point":
        return len(offers) >= 3
    return longest <= 3 if key != "support_confirmed" else len(offers) == 1


def _options(offers: list[Offer], value: str | bool, words: Words) -> dict[int, str | bool | None]:
    """What each option says; None for one whose meaning this paper does not tell."""
    options: dict[int, str | bool | None] = {}
    for offer in offers:
        word = option_word(offer, words)
        if word is not None:
            options[word] = value if offer.chosen else _OPPOSITE.get(value) if len(offers) == 2 else None
    return options if len(options) == len(offers) else {}


def _proof(anchor: Anchor, values: Values, known: Recalled, new: Anchor | None) -> Proof:
    """Whether the known place held the accepted value.

    What was left empty proves nothing, nor does a value that stands nowhere else: then the person put right what is written there.
    """
    one = known.found.get(anchor.key)
    if one is None or anchor.key not in values or (one.written is None and one.fits):
        return _told_otherwise(anchor, new) if one is not None and anchor.options else Proof.SILENT
    accepted = values[anchor.key]
    if accepted is None:
        return Proof.CONTRADICTS
    if one.value is not None and _alike(one.value, accepted):
        return Proof.AGREES
    elsewhere = new is not None and not new.vacant and (new.place, new.options) != (anchor.place, anchor.options)
    return Proof.CONTRADICTS if elsewhere else Proof.SILENT


def _told_otherwise(anchor: Anchor, new: Anchor | None) -> Proof:
    """Whether a choice was found among other options than those known."""
    return (
        Proof.CONTRADICTS
        if new is not None and new.options and not new.options.keys() & anchor.options.keys()
        else Proof.SILENT
    )


def _alike(one: str | bool, other: str | bool) -> bool:
    if isinstance(one, bool) or isinstance(other, bool):
        return one == other
    return words_of(one) == words_of(other)


def _name(kind: str, runs: tuple[tuple[int, ...], ...]) -> str:
    return hashlib.sha256(f"{kind} {runs}".encode()).hexdigest()[:16]


def _title(own: Finding) -> str:
    """The form's title where it has only words that forms of the family use, so that it names nobody."""
    text = own.verdict.title.text if own.verdict.title is not None else ""
    return text if all(map(is_known, words_of(text))) else ""
