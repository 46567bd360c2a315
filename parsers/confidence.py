"""How sure a reading is: features of how it was found, weighed into one probability, and reasons in words.

The weights are a table, so that a script can fit them on papers whose truth is known. Some things overrule any
probability: two marked options, a corrected number, an outcome that a person must always look at.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

CLEAR_AT = 0.97
"""The least probability that is shown as clear."""

WEIGHTS: Mapping[str, float] = {
    "base": 4.4,
    "label": 6.0,
    "inside": 0.6, "run on": -1.2, "right": 0.6, "below": 0.0, "under": -0.9, "above": -2.5, "crossing": 0.5, "beside": 0.5, "boxed": 0.5,
    "text box": 0.6, "text page": -0.3, "choice": 0.8, "joined": 0.4, "title": 0.3, "learned": 1.5,
    "typed": 0.9,
    "input": 0.8,
    "unseen": 6.0,
    "kind": -1.2,
    "rival": -4.0,
    "unusual": -4.0,
}  # fmt: skip
"""Log-odds of each feature. "label" and "unseen" multiply a shortfall from 1 and lower the odds."""

SOURCES: Mapping[str, float] = {"word": 0.0, "odt": 0.0, "pdf": -0.1, "form": 0.1, "scan": -0.6, "photo": -1.4}
"""Log-odds by source class."""


_FAINT = frozenset({"the other struck out", "highlighted", "bold and underlined", "underlined", "bold"})


@dataclass(frozen=True)
class Features:
    """What is known of a candidate besides its value."""

    how: str
    label: float
    typed: bool = False
    """The value passed a check that few other texts pass: a date, a reference number, an address."""
    input: bool = False
    """It stands in an input that a person filled in."""
    marked: str = ""
    """How we know which option of a choice was taken."""
    sight: float = 1.0
    """The least confidence of the reader in its characters or marks; 1 where the characters are known."""
    learned: bool = False
    """Earlier papers of the same layout had the field in the same place."""
    read_off: bool = False
    """The place was read off a picture: a scan or a photo."""
    name: bool = False
    seconded: bool | None = None
    """Read off a picture: whether two engines read the same; None where only one looked."""
    kind_sure: bool = True
    source: str = "word"
    doubts: tuple[str, ...] = field(default=())
    """Reasons that overrule: one of them makes the reading one to check."""


def probability(features: Features) -> float:
    """How likely the reading is right."""
    odds = WEIGHTS["base"] + SOURCES.get(features.source, -1.0) + WEIGHTS.get(features.how, -1.0)
    odds -= WEIGHTS["label"] * max(0.0, 1.0 - features.label)
    odds -= WEIGHTS["unseen"] * max(0.0, 1.0 - features.sight)
    odds += WEIGHTS["typed"] * features.typed + WEIGHTS["input"] * features.input
    odds += WEIGHTS["learned"] * features.learned
    odds += 0.0 if features.kind_sure else WEIGHTS["kind"]
    return 1.0 / (1.0 + math.exp(-odds))


def reason_to_check(features: Features) -> str | None:
    """Why a person must look, in words; None where the reading is clear."""
    if features.doubts:
        return features.doubts[0]
    if features.read_off and features.name and not features.seconded:
        return "a name was read off a picture, where accents get lost"
    if features.read_off and features.marked in _FAINT:
        return "a choice was read off a picture by how its words look"
    if probability(features) >= CLEAR_AT:
        return None
    if features.sight < (0.98 if features.read_off else 0.85):
        return "the writing is hard to read"
    if features.label < 0.85:
        return "the form does not say clearly what this place is for"
    if features.how in {"above", "under", "below", "run on"}:
        return "it is not certain that this text belongs to its label"
    if not features.kind_sure:
        return "it is not certain which form this is"
    return "it was not found in the usual place"
