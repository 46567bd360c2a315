"""The odds as people set them before any paper was counted: where every fit starts from, and what it is measured against."""

from __future__ import annotations

from collections.abc import Mapping

CLASSES = ("word", "odt", "pdf", "form", "scan", "photo")
PICTURES = ("scan", "photo")
GROUPS = {"digital papers": tuple(source for source in CLASSES if source not in PICTURES), "scans and photos": PICTURES}
"""Classes of source that are alike enough to tell of each other."""
CLEAR_AT = 0.97

_WEIGHTS: Mapping[str, float] = {
    "label": -6.0, "faint label": 0.0, "sight": -6.0,
    "how right": 0.6, "how inside": 0.6, "how beside": 0.5, "how boxed": 0.5, "how crossing": 0.5, "how text box": 0.6,
    "how choice": 0.8, "how taught": 0.5, "how joined": 0.4, "how title": 0.3, "how below": 0.0, "how text page": -0.3,
    "how under": -0.9, "how caption": -1.0, "how text": -1.0, "how run on": -1.2, "how above": -2.5,
    "passed": 0.9, "name": 0.0, "text": 0.0, "looks": 0.0, "input": 0.8, "rival": 0.0, "doubted": 0.0, "form unsure": -1.2, "agreed": 0.0,
}  # fmt: skip
_BASE: Mapping[str, float] = {"word": 4.4, "odt": 4.4, "pdf": 4.3, "form": 4.5, "scan": 3.8, "photo": 3.0}

PRIOR: Mapping[str, Mapping[str, float]] = {source: {"base": base, **_WEIGHTS} for source, base in _BASE.items()}
"""Log-odds by class of source and column."""

LOWERS = frozenset({"label", "faint label", "sight", "rival", "doubted", "form unsure"})
"""What can never make a reading surer, whatever papers say."""
RAISES = frozenset({"input", "passed", "agreed", "how taught"})
LOOSE = frozenset({"base", *(name for name, value in _WEIGHTS.items() if not value and not name.startswith("how "))})
"""What nobody has set, and how many values are right on the whole, which papers know best: held by little."""
