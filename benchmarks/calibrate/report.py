"""What the fit has learnt: the table as Python, and its report for people. Each names the other by a digest."""

from __future__ import annotations

import hashlib
import json
import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from textwrap import dedent

from benchmarks.calibrate.fit import Odds, Scores, Tried, is_clear, was_clear
from benchmarks.calibrate.observed import Observed
from benchmarks.calibrate.papers import CONVERTED, FIRST
from benchmarks.calibrate.prior import CLASSES, CLEAR_AT, GROUPS, PICTURES, PRIOR

_BINS = (0.0, 0.5, 0.8, 0.9, 0.95, 0.97, 0.98, 0.99, 0.995, 0.998, 0.999, 1.0)
_CLASS_OF = {
    "docx": "word", "controls": "word", "legacy": "word", "odt": "odt", "odt-legacy": "odt", "set": "pdf", "flat": "pdf",
    "print": "pdf", "print-controls": "pdf", "acro": "form", "scan": "scan", "photo": "photo",
}  # fmt: skip
_MOST_LISTED = 30


@dataclass(frozen=True)
class Fit:
    """All that the report is made of."""

    papers: Sequence[Observed]
    tried: Sequence[Tried]
    by_fold: Sequence[Mapping[str, float]]
    """The thresholds that each part was tried with, chosen on the other parts."""
    odds: Odds
    clear_at: Mapping[str, float]
    pulls: Mapping[str, float]
    scores: Scores
    command: str

    def clear(self, one: Tried) -> bool:
        return is_clear(one, self.by_fold[one.fold])


def class_of(paper: Observed) -> str:
    """The class of source that a paper is counted among."""
    return _CLASS_OF[paper.rendering]


def digest(odds: Odds, clear_at: Mapping[str, float]) -> str:
    """The fingerprint of a table's numbers."""
    packed = json.dumps({"odds": {name: dict(one) for name, one in odds.items()}, "clear_at": dict(clear_at)}, sort_keys=True)
    return hashlib.sha256(packed.encode()).hexdigest()[:16]


def table(fit: Fit) -> str:
    """The source of `parsers/odds.py`."""
    lines = [
        '"""The log-odds of what is known of a reading, by class of source. Written by `make calibrate`: not for hands.',
        "",
        "docs/calibration.md says how these numbers were come by.",
        '"""',
        "",
        "from __future__ import annotations",
        "",
        "from collections.abc import Mapping",
        "",
        f"CLEAR_AT: Mapping[str, float] = {json.dumps(dict(fit.clear_at))}",
        '"""The least probability that is shown as clear."""',
        "",
        "ODDS: Mapping[str, Mapping[str, float]] = {",
    ]
    for source in CLASSES:
        lines.append(f"    {json.dumps(source)}: {{")
        lines += [f"        {json.dumps(name)}: {value}," for name, value in fit.odds[source].items()]
        lines.append("    },")
    return "\n".join([*lines, "}", ""])


def report(fit: Fit) -> str:
    """The report as Markdown."""
    layouts, spoilt = {paper.layout for paper in fit.papers}, sum(bool(paper.spoilt) for paper in fit.papers)
    office = "with" if CONVERTED else "without"
    text = dedent(f"""\
        # How sure a reading is: the fit

        Written by `{fit.command}`; [reading.md](reading.md) says how confidence is made and how to fit it anew.
        The table is `parsers/odds.py`; the digest of its numbers is `{digest(fit.odds, fit.clear_at)}`.

        {len(fit.papers)} papers of {len(layouts)} layouts (templates from {FIRST}, {office} LibreOffice, {spoilt} of them spoilt on purpose),
        {len(fit.tried)} values read. Every figure of the fit is of **layouts left out**: the odds that weighed a value, and the
        threshold that called it clear, come from papers of other layouts only. "By hand" is what people had set before
        (benchmarks/calibrate/prior.py; clear from {CLEAR_AT}), on the same values.

        "Silent" is a value that is wrong, invented or extra and yet clear. "Right and clear" is a share of the values that stand on
        the papers. Brier score and log loss are of the values that no rule overrules; the less, the truer the probabilities.

        """)
    text += _group("By class of source", "class", fit, CLASSES, class_of)
    text += _group(
        "By family of layouts", "family", fit, sorted({paper.family for paper in fit.papers}), lambda paper: paper.family
    )
    text += _group(
        "Good papers and spoilt ones", "papers", fit, ("good", "spoilt"), lambda paper: "spoilt" if paper.spoilt else "good"
    )
    text += _group("By rendering", "rendering", fit, list(_CLASS_OF), lambda paper: paper.rendering)
    text += _silent(fit)
    for name, group in GROUPS.items():
        text += _reliability(name, [one for one in fit.tried if one.source in group and not one.overruled])
    return f"{text}{_pulls(fit)}{_weights(fit)}"


_HEAD = ("papers", "values", "read", "wrong", "log loss by hand", "fitted", "Brier by hand", "fitted", "silent by hand", "fitted",
         "right and clear by hand", "fitted")  # fmt: skip


def _group(title: str, what: str, fit: Fit, names: Sequence[str], name_of: Callable[[Observed], str]) -> str:
    rows = [_row(name, [p for p in fit.papers if name_of(p) == name], [one for one in fit.tried if name_of(one.paper) == name], fit)
            for name in names if any(name_of(paper) == name for paper in fit.papers)]  # fmt: skip
    if what == "class":
        rows.append(_row("**digital**", [p for p in fit.papers if class_of(p) not in PICTURES],
                         [one for one in fit.tried if class_of(one.paper) not in PICTURES], fit))  # fmt: skip
    return f"## {title}\n\n{_line(what, *_HEAD)}{'|---' * (len(_HEAD) + 1)}|\n{''.join(rows)}\n"


def _row(name: str, papers: Sequence[Observed], tried: Sequence[Tried], fit: Fit) -> str:
    truths = max(1, sum(paper.truths for paper in papers))
    open_ = [one for one in tried if not one.overruled]
    scores = [
        f"{score([(get(one), one.value.right) for one in open_]):.4f}"
        for score in (_log_loss, _brier)
        for get in (_before, _after)
    ]
    clear = [[one for one in tried if was_clear(one)], [one for one in tried if fit.clear(one)]]
    silent = [sum(not one.value.right for one in some) for some in clear]
    share = [f"{(len(some) - wrong) / truths:.1%}" for some, wrong in zip(clear, silent, strict=True)]
    wrong = sum(not one.value.right for one in tried)
    return _line(name, len(papers), truths, len(tried), wrong, *scores, *silent, *share)


def _before(one: Tried) -> float:
    return one.before


def _after(one: Tried) -> float:
    return one.chance


def _log_loss(said: Sequence[tuple[float, bool]]) -> float:
    return -sum(math.log(max(1e-9, chance if right else 1 - chance)) for chance, right in said) / max(1, len(said))


def _brier(said: Sequence[tuple[float, bool]]) -> float:
    return sum((chance - right) ** 2 for chance, right in said) / max(1, len(said))


def _silent(fit: Fit) -> str:
    """Which values are wrong without a warning: the readers' to mend, not the table's."""
    found = Counter(
        (f"{one.paper.family}/{one.paper.layout}", one.value.key, "spoilt" if one.paper.spoilt else "good")
        for one in fit.tried if fit.clear(one) and not one.value.right
    )  # fmt: skip
    rows = "".join(_line(*what, number) for what, number in found.most_common(_MOST_LISTED))
    return f"## Where values are silently wrong\n\n{_line('layout', 'field', 'papers', 'values')}|---|---|---|---|\n{rows}\n"


def _reliability(name: str, tried: Sequence[Tried]) -> str:
    """How often values were right that were said to be right with some probability."""
    text = (
        f"## Reliability: {name}\n\n{_line('said', 'values by hand', 'right', 'values fitted', 'right')}|---|---|---|---|---|\n"
    )
    for low, high in pairwise(_BINS):
        cells: list[str] = []
        for get in (_before, _after):
            own = [one for one in tried if low <= get(one) < high or (high == 1.0 and get(one) == 1.0)]
            cells += [str(len(own)), f"{sum(one.value.right for one in own) / len(own):.4f}" if own else "–"]
        text += _line(f"{low:g} to {high:g}", *cells)
    return f"{text}\n"


def _pulls(fit: Fit) -> str:
    rows = "".join(
        _line(name, f"{pull:g}{' (taken)' if pull == fit.pulls[name] else ''}", silent, f"{loss:.5f}")
        for name, scores in fit.scores.items()
        for pull, (silent, loss) in scores.items()
    )
    head = _line(
        "papers", "pull", "silent, where as many are clear as by hand", "log loss, each field of a layout counted once"
    )
    return f"## How strongly weights are held to where people set them\n\nOn left-out layouts; by the last pull nothing moves.\n\n{head}|---|---|---|---|\n{rows}\n"


def _weights(fit: Fit) -> str:
    text = f"## The table\n\nLog-odds, and in brackets what people had set.\n\n{_line('what is known', *CLASSES)}{'|---' * (len(CLASSES) + 1)}|\n"
    for name in PRIOR[CLASSES[0]]:
        text += _line(name, *(f"{fit.odds[source][name]:.2f} ({PRIOR[source][name]:g})" for source in CLASSES))
    return text + _line("clear from", *(f"{fit.clear_at[source]:.4f} ({CLEAR_AT:g})" for source in CLASSES))


def _line(*cells: object) -> str:
    return f"| {' | '.join(map(str, cells))} |\n"
