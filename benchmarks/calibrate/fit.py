"""Learns the odds from papers as read, and tries them on layouts that were left out.

A logistic regression that starts from the odds people have set (`prior`): first one shift for all digital classes of source and one
for pictures, then one for each class. Every weight is pulled back to where it started, because errors are rare and a few papers must not overturn what
is known of forms. How strongly is decided by the layouts left out. Signs are held: what speaks against a reading never raises its odds.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from benchmarks.calibrate.observed import Observed, Value
from benchmarks.calibrate.prior import CLEAR_AT, GROUPS, LOOSE, LOWERS, PICTURES, PRIOR, RAISES
from parsers.confidence import chance, columns, overruled

_Numbers = npt.NDArray[np.float64]
_Seen = dict[tuple[str, tuple[tuple[str, float], ...], bool], float]
Odds = Mapping[str, Mapping[str, float]]
Scores = dict[str, dict[float, tuple[int, float]]]
"""By group of classes and pull: how many are silent where as many are clear as by hand, and the log loss."""

PULLS = (1.0, 3.0, 10.0, 30.0, 100.0, 1000.0, 1e6)
"""How strongly a weight is held, of which the layouts left out choose: the inverse of how far it is thought to be off, squared. With the
last nothing moves.
"""
_LOOSELY = 0.1
"""What nobody has set is held by so much of that."""
_OWN_PULL = 3.0
"""A class of source is held to what its like say by so many times as much."""
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


def fitted(papers: Iterable[Observed], pulls: Mapping[str, float]) -> dict[str, dict[str, float]]:
    """The odds by class of source and column; `pulls` by group of classes."""
    seen, odds = _counted(papers), {}
    for name, group in GROUPS.items():
        held = {column: pulls[name] * (_LOOSELY if column in LOOSE else 1.0) for column in PRIOR[group[0]]}
        shift = _shift(_of(group, seen), PRIOR, held)
        shared = {source: {column: value + shift[column] for column, value in PRIOR[source].items()} for source in group}
        for source in group:
            shift = _shift(_of((source,), seen), shared, {column: one * _OWN_PULL for column, one in held.items()})
            odds[source] = {column: round(value + shift[column], 3) for column, value in shared[source].items()}
    return odds


def _counted(papers: Iterable[Observed]) -> _Seen:
    """How often each reading was seen. All papers of one layout are one witness for each field: where one errs, all do."""
    read = [(paper.layout, one) for paper in papers for one in paper.values if overruled(one.features) is None]
    often = Counter((layout, one.key, one.features.source_class) for layout, one in read)
    seen: _Seen = defaultdict(float)
    for layout, one in read:
        told = tuple(sorted((name, round(value, 2)) for name, value in columns(one.features).items()))
        seen[one.features.source_class, told, one.right] += 1 / often[layout, one.key, one.features.source_class]
    return seen


def _of(sources: Sequence[str], seen: _Seen) -> _Seen:
    return {key: number for key, number in seen.items() if key[0] in sources}


def _shift(seen: _Seen, start: Odds, pulls: Mapping[str, float]) -> dict[str, float]:
    """How far each weight moves from its start, the same for every class among the values seen."""
    if not seen:
        return dict.fromkeys(pulls, 0.0)
    names = list(pulls)
    rows = list(seen)
    told = np.array([[dict(one).get(name, 0.0) for name in names] for _, one, _ in rows]).reshape(-1, len(names))
    begun = np.array([sum(start[source].get(name, 0.0) * value for name, value in held) for source, held, _ in rows])
    right = np.array([right for _, _, right in rows], dtype=np.float64)
    number = np.array([seen[row] for row in rows])
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
    at = next(iter(start.values()))[name]
    return (-math.inf if name not in RAISES else min(0.0, -at), math.inf if name not in LOWERS else max(0.0, -at))


def folds(papers: Sequence[Observed]) -> dict[str, int]:
    """In which part of the papers each layout is left out; dealt out by name, so that every part holds every kind of paper."""
    return {layout: number % FOLDS for number, layout in enumerate(sorted({paper.layout for paper in papers}))}


def left_out(papers: Sequence[Observed], pulls: Mapping[str, float]) -> list[Tried]:
    """Every value, weighed by odds that were fitted without any paper of its layout."""
    fold_of, tried = folds(papers), []
    for fold in range(FOLDS):
        odds = fitted((paper for paper in papers if fold_of[paper.layout] != fold), pulls)
        for paper in papers:
            if fold_of[paper.layout] == fold:
                tried += [_tried(paper, one, fold, odds) for one in paper.values]
    return tried


def _tried(paper: Observed, one: Value, fold: int, odds: Odds) -> Tried:
    told, source = columns(one.features), one.features.source_class
    return Tried(paper, one, fold, chance(told, odds[source]), chance(told, PRIOR[source]), overruled(one.features) is not None)


def loss(tried: Sequence[Tried]) -> float:
    """The mean log loss of what nothing overrules, each field of a layout counted once: the less, the truer the probabilities."""
    open_ = [one for one in tried if not one.overruled]
    often = Counter((one.paper.layout, one.value.key) for one in open_)
    losses = [-math.log(max(1e-9, one.chance if one.value.right else 1 - one.chance)) / often[one.paper.layout, one.value.key]
              for one in open_]  # fmt: skip
    return sum(losses) / max(1, len(often))


def silent_at_equal_share(tried: Sequence[Tried]) -> int:
    """How many values would be wrong without a warning if as many were clear as were by hand."""
    open_ = sorted((one for one in tried if not one.overruled), key=lambda one: -one.chance)
    return sum(not one.value.right for one in open_[: sum(map(was_clear, open_))])


def best_pulls(papers: Sequence[Observed]) -> tuple[dict[str, float], Scores]:
    """For each group of classes the pull by which left-out layouts are told best, and the score of every pull.

    None is taken that would let more values be silently wrong than the odds set by hand, where as many are clear.
    """
    scores: Scores = {name: {} for name in GROUPS}
    for pull in PULLS:
        tried = left_out(papers, dict.fromkeys(GROUPS, pull))
        for name, group in GROUPS.items():
            own = [one for one in tried if one.source in group]
            scores[name][pull] = (silent_at_equal_share(own), loss(own))
    return {name: _best(some) for name, some in scores.items()}, scores


def _best(scores: Mapping[float, tuple[int, float]]) -> float:
    by_hand = scores[PULLS[-1]][0]
    return min((pull for pull in PULLS if scores[pull][0] <= by_hand), key=lambda pull: scores[pull][1])


def thresholds(tried: Sequence[Tried]) -> dict[str, float]:
    """For each class the least probability that is shown as clear: one for digital papers and one for pictures.

    A class alone has too few errors to tell.
    """
    good = [one for one in tried if not one.paper.spoilt]
    papers, found = {one.paper.name: one.paper for one in good}.values(), {}
    for group in GROUPS.values():
        truths = sum(paper.truths for paper in papers if (paper.rendering in PICTURES) == (group == PICTURES))
        at = _threshold([one for one in good if one.source in group], truths)
        found.update(dict.fromkeys(group, at))
    return found


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
