"""Learns the odds from papers as read, and tries them on layouts that were left out.

A logistic regression that starts from the odds people have set (`prior`): first one shift for all classes of source, then one
for each class. Every weight is pulled back to where it started, because errors are rare and a few papers must not overturn what
is known of forms. How strongly is decided by the layouts left out. Signs are held: what speaks against a reading never raises its odds.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from benchmarks.calibrate.observed import Observed, Value
from benchmarks.calibrate.prior import CLASSES, CLEAR_AT, LOOSE, LOWERS, PICTURES, PRIOR, RAISES
from parsers.confidence import chance, columns, overruled

_Numbers = npt.NDArray[np.float64]
_Seen = Counter[tuple[str, tuple[tuple[str, float], ...], bool]]
Odds = Mapping[str, Mapping[str, float]]

PULLS = (0.3, 1.0, 3.0, 10.0, 30.0, 100.0)
"""How strongly a weight is held, of which the layouts left out choose: the inverse of how far it is thought to be off, squared."""
_LOOSE_PULL = 10.0
_OWN_PULL = 3.0
"""A class of source is held to what all classes say by so many times as much."""
SILENT = 1 / 3000
USEFUL = 0.85
_KEPT = 0.95
FOLDS = 5
_SWEEPS, _ENOUGH = 200, 1e-5


@dataclass(frozen=True)
class Tried:
    """One value of a layout that the odds had not seen, with what they and the odds set by hand say of it."""

    paper: Observed
    value: Value
    fold: int
    chance: float
    before: float
    overruled: bool

    @property
    def source(self) -> str:
        return self.value.features.source_class


def fitted(papers: Iterable[Observed], pull: float) -> dict[str, dict[str, float]]:
    """The odds by class of source and column."""
    seen: _Seen = Counter()
    for paper in papers:
        for one in paper.values:
            if overruled(one.features) is None:
                told = tuple(sorted((name, round(value, 2)) for name, value in columns(one.features).items()))
                seen[one.features.source_class, told, one.right] += 1
    pulls = {name: min(pull, _LOOSE_PULL) if name in LOOSE else pull for name in PRIOR[CLASSES[0]]}
    shift = _shift(seen, PRIOR, pulls)
    shared = {source: {name: value + shift[name] for name, value in odds.items()} for source, odds in PRIOR.items()}
    odds = {}
    for source in CLASSES:
        own: _Seen = Counter({key: number for key, number in seen.items() if key[0] == source})
        shift = _shift(own, shared, {name: one * _OWN_PULL for name, one in pulls.items()})
        odds[source] = {name: round(value + shift[name], 3) for name, value in shared[source].items()}
    return odds


def _shift(seen: _Seen, start: Odds, pulls: Mapping[str, float]) -> dict[str, float]:
    """How far each weight moves from its start, the same for every class among the values seen."""
    names = list(PRIOR[CLASSES[0]])
    rows = list(seen)
    told = np.array([[dict(held).get(name, 0.0) for name in names] for _, held, _ in rows]).reshape(-1, len(names))
    begun = np.array([sum(start[source].get(name, 0.0) * value for name, value in held) for source, held, _ in rows])
    right = np.array([right for _, _, right in rows], dtype=np.float64)
    number = np.array([float(seen[row]) for row in rows])
    low, high = (np.array(edges) for edges in zip(*(_bounds(name, start) for name in names), strict=True))
    moved, odds = np.zeros(len(names)), begun.copy()
    for _ in range(_SWEEPS):
        before = moved.copy()
        for place, name in enumerate(names):
            column = told[:, place]
            said = 1 / (1 + np.exp(-odds))
            slope = column @ (number * (right - said)) - pulls[name] * moved[place]
            bend = (column**2) @ (number * np.maximum(said * (1 - said), 1e-4)) + pulls[name]
            step = float(np.clip(slope / bend, -1, 1))
            to = float(np.clip(moved[place] + step, low[place], high[place]))
            odds += column * (to - moved[place])
            moved[place] = to
        if np.abs(moved - before).max() < _ENOUGH:
            break
    return dict(zip(names, moved.tolist(), strict=True))


def _bounds(name: str, start: Odds) -> tuple[float, float]:
    at = start[CLASSES[0]][name]
    return (-math.inf if name not in RAISES else min(0.0, -at), math.inf if name not in LOWERS else max(0.0, -at))


def folds(papers: Sequence[Observed]) -> dict[str, int]:
    """In which part of the papers each layout is left out; dealt out by name, so that every part holds every kind of paper."""
    return {layout: number % FOLDS for number, layout in enumerate(sorted({paper.layout for paper in papers}))}


def left_out(papers: Sequence[Observed], pull: float) -> list[Tried]:
    """Every value, weighed by odds that were fitted without any paper of its layout."""
    fold_of, tried = folds(papers), []
    for fold in range(FOLDS):
        odds = fitted((paper for paper in papers if fold_of[paper.layout] != fold), pull)
        for paper in papers:
            if fold_of[paper.layout] == fold:
                tried += [_tried(paper, one, fold, odds) for one in paper.values]
    return tried


def _tried(paper: Observed, one: Value, fold: int, odds: Odds) -> Tried:
    told, source = columns(one.features), one.features.source_class
    return Tried(paper, one, fold, chance(told, odds[source]), chance(told, PRIOR[source]), overruled(one.features) is not None)


def loss(tried: Iterable[Tried]) -> float:
    """The mean log loss of what nothing overrules: the less, the truer the probabilities."""
    losses = [-math.log(max(1e-9, one.chance if one.value.right else 1 - one.chance)) for one in tried if not one.overruled]
    return sum(losses) / max(1, len(losses))


def best_pull(papers: Sequence[Observed]) -> tuple[float, dict[float, float]]:
    """The pull by which left-out layouts are told best, and the loss of each."""
    losses = {pull: loss(left_out(papers, pull)) for pull in PULLS}
    return min(losses, key=lambda pull: losses[pull]), losses


def thresholds(tried: Sequence[Tried]) -> dict[str, float]:
    """For each class the least probability that is shown as clear: one for digital papers and one for pictures.

    A class alone has too few errors to tell.
    """
    tried = [one for one in tried if not one.paper.spoilt]
    papers = {one.paper.name: one.paper for one in tried}.values()
    found = {}
    for pictures in (False, True):
        truths = sum(paper.truths for paper in papers if (paper.rendering in PICTURES) == pictures)
        at = _threshold([one for one in tried if (one.paper.rendering in PICTURES) == pictures], truths)
        found.update({source: at for source in CLASSES if (source in PICTURES) == pictures})
    return {source: found[source] for source in CLASSES}


def _threshold(tried: Sequence[Tried], truths: int) -> float:
    """The least probability from which on at most 1 in 3,000 values of left-out layouts is wrong; spoilt papers do not count.

    Never does it let more be clear than the odds set by hand did: what has never been tried is not waved through. Nor does it let
    so little be clear that people would have to type forms anew; where both cannot be had it lets as much be clear as before.
    """
    open_ = sorted((one for one in tried if not one.overruled), key=lambda one: -one.chance)
    least = min(USEFUL * truths, _KEPT * sum(was_clear(one) for one in open_))
    number = min(len(open_), sum(was_clear(one) for one in open_))
    silent = sum(not one.value.right for one in open_[:number])
    for clear in range(number, 0, -1):
        if clear - silent < least:
            break
        if silent <= clear * SILENT and (clear == len(open_) or open_[clear].chance < open_[clear - 1].chance):
            return _down(open_[clear - 1].chance)
        silent -= not open_[clear - 1].value.right
    return _down(open_[number - 1].chance) if number else CLEAR_AT


def _down(value: float) -> float:
    return math.floor(value * 10_000) / 10_000


def is_clear(one: Tried, clear_at: Mapping[str, float]) -> bool:
    return not one.overruled and one.chance >= clear_at[one.source]


def was_clear(one: Tried) -> bool:
    """Whether it would be clear by the odds set by hand."""
    return not one.overruled and one.before >= CLEAR_AT
