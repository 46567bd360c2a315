"""How sure a reading is: what is known of it, weighed into one probability by fitted odds, and reasons in words.

The odds are in `parsers.odds`, which `make calibrate` fits on papers whose truth is known (docs/calibration.md). Some things
overrule any probability: two marked options, a corrected number, an outcome that a person must always look at.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from parsers.forms import ValueType
from parsers.odds import CLEAR_AT, ODDS

UNTAUGHT = -3.0
"""The log-odds of what no table speaks of: with it hardly anything is clear."""

_FAINT_LABEL, _DIM = 0.85, 0.85
_MOST_DOUBTED = 0.4
_PASSED = frozenset({ValueType.DATE, ValueType.TRN, ValueType.NI_NUMBER, ValueType.EMAIL, ValueType.DIGITS})
"""Values of these kinds passed a check that few other texts pass."""
_LOOKS = frozenset({"the other struck out", "highlighted", "bold and underlined", "underlined", "bold"})


@dataclass(frozen=True)
class Features:
    """What is known of a candidate besides its value."""

    how: str
    """How its label, its box or its layout led to it."""
    label: float
    """How well the words of its label are known, from 0 to 1."""
    kind: ValueType = ValueType.WORDS
    input: bool = False
    """It stands in an input that a person filled in."""
    marked: str = ""
    """How we know which option of a choice was taken."""
    sight: float = 1.0
    """The least confidence of the reader in its characters or marks; 1 where the characters are known."""
    read_off: bool = False
    """The place was read off a picture: a scan or a photo."""
    seconded: bool | None = None
    """Read off a picture: whether two engines read the same; None where only one looked."""
    form_sure: bool = True
    """Which form the paper is leaves no doubt."""
    rival: bool = False
    """Another place of the paper, a weaker one, gives another value."""
    doubted: float = 0.0
    """The share of the paper's other values that something speaks against: where a layout is misread, it is so in several places."""
    source: str = "word"
    doubts: tuple[str, ...] = field(default=())
    """Reasons that overrule: one of them makes the reading one to check."""

    @property
    def source_class(self) -> str:
        """The class of source whose odds count. What was typed into an input of a scanned file was not read off its picture."""
        if self.read_off:
            return "photo" if self.source == "photo" else "scan"
        return "form" if self.source in {"scan", "photo"} else self.source


def columns(features: Features) -> dict[str, float]:
    """What is known as numbers, by the names of the table's rows; those that are 0 are left out."""
    held = {
        "base": 1.0,
        f"how {features.how}": 1.0,
        "label": max(0.0, 1.0 - features.label),
        "faint label": float(features.label < _FAINT_LABEL),
        "sight": max(0.0, 1.0 - features.sight),
        "passed": float(features.kind in _PASSED),
        "name": float(features.kind is ValueType.NAME),
        "text": float(features.kind is ValueType.TEXT),
        "looks": float(features.marked in _LOOKS),
        "input": float(features.input),
        "rival": float(features.rival),
        "doubted": min(_MOST_DOUBTED, features.doubted),
        "form unsure": float(not features.form_sure),
        "agreed": float(features.read_off and features.seconded is True),
    }
    return {name: value for name, value in held.items() if value}


def chance(told: Mapping[str, float], odds: Mapping[str, float]) -> float:
    """The probability, from 0 to 1, that these columns have by these odds."""
    total = sum(odds.get(name, UNTAUGHT) * value for name, value in told.items())
    return 1.0 / (1.0 + math.exp(-total))


def probability(features: Features) -> float:
    """How likely the reading is right, by the odds of its class of source."""
    return chance(columns(features), ODDS.get(features.source_class, {}))


def overruled(features: Features) -> str | None:
    """Why a person must look whatever the odds are, in words; None where nothing speaks against it."""
    if features.doubts:
        return features.doubts[0]
    if features.read_off and features.kind is ValueType.NAME and not features.seconded:
        return "a name was read off a picture, where accents get lost"
    if features.read_off and features.marked in _LOOKS:
        return "a choice was read off a picture by how its words look"
    return None


def reason_to_check(features: Features) -> str | None:
    """Why a person must look, in words; None where the reading is clear."""
    against = overruled(features)
    if against or probability(features) >= CLEAR_AT.get(features.source_class, 1.0):
        return against
    if features.sight < (0.98 if features.read_off else _DIM):
        return "the writing is hard to read"
    if features.label < _FAINT_LABEL:
        return "the form does not say clearly what this place is for"
    if features.rival:
        return "a weaker place of the paper says something else"
    if features.how in {"above", "under", "below", "run on"}:
        return "it is not certain that this text belongs to its label"
    if not features.form_sure:
        return "it is not certain which form this is"
    return "it was not found in the usual place"
