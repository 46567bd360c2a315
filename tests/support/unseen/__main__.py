"""Measures how well unseen layouts are read: `python -m tests.support.unseen GROUP [--templates 3] [--designers 4] [--errors]`."""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import product

from parsers import choose
from parsers.forms import ExtractedForm, ReadFile, Status
from parsers.learned import Layouts
from parsers.learning import learn
from parsers.tokens import Sheet
from tests.support.papers_model import Truth
from tests.support.scoring import DERIVED, compare, same, score
from tests.support.unseen import DRAWN, GROUPS, LAYOUTS, Made, make, make_all

_HALVES = {**GROUPS, "judged": {**GROUPS["held"], **GROUPS["fresh"]}, "all": LAYOUTS}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("half", choices=_HALVES)
    options.add_argument("--templates", type=int, default=3)
    options.add_argument("--first", type=int, default=0)
    options.add_argument("--renderings")
    options.add_argument("--layouts")
    options.add_argument("--errors", action="store_true")
    options.add_argument("--designers", type=int, default=0, help="set every form anew by so many designers")
    options.add_argument(
        "--taught", action="store_true", help="read two more copies of each template after learning from a first one"
    )
    given = options.parse_args()
    layouts = given.layouts.split(",") if given.layouts else list(_HALVES[given.half])
    by_layout: dict[str, Counter[str]] = defaultdict(Counter)
    by_rendering: dict[str, Counter[str]] = defaultdict(Counter)
    renderings = given.renderings.split(",") if given.renderings else None
    templates = range(given.first, given.first + given.templates)
    papers = (
        _taught(layouts, templates, renderings)
        if given.taught
        else ((made, read(made.content)) for made in make_all(layouts, templates, renderings, given.designers))
    )
    for made, form in papers:
        counts = compare(made.truth, form)
        by_layout[made.layout] += counts
        by_rendering[made.rendering] += counts
        if given.errors:
            for line in faults(made.truth, form):
                _say(f"{made.name:40} {line}")
    for title, groups in (
        ("layout", by_layout),
        ("rendering", by_rendering),
        ("", {"total": sum(by_layout.values(), Counter())}),
    ):
        _say(f"\n{title:20}{'papers':>8}{'truth':>8}{'F1':>8}{'clear':>8}{'missed':>8}{'wrong':>8}{'silent':>8}{'kind':>8}")
        for name, c in sorted(groups.items()):
            _say(
                f"{name:20}{c['papers']:8}{c['truth']:8}{score(c):8.3f}{c['clear'] / max(1, c['truth']):8.3f}"
                f"{c['missed']:8}{c['wrong']:8}{c['silent']:8}{c['kind'] / c['papers']:8.3f}"
            )


def _taught(
    layouts: Iterable[str], templates: Iterable[int], renderings: list[str] | None
) -> Iterator[tuple[Made, ExtractedForm]]:
    """Other papers of each layout, read once the reader has learnt from one that a person corrected."""
    for layout, template, rendering in product(layouts, templates, renderings or DRAWN):
        first = make(layout, template, 0, rendering)
        answer = choose.read(first.content, "paper")
        assert isinstance(answer, ReadFile)
        lesson = learn(Sheet.from_json(answer.papers[0].sheet), first.truth)
        known = Layouts((lesson.layout,)).to_json() if lesson is not None else None
        for copy in (1, 2):
            made = make(layout, template, copy, rendering)
            yield made, read(made.content, known)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def read(content: bytes, layouts: str | None = None) -> ExtractedForm:
    answer = choose.read(content, "paper", layouts, shown=False)
    assert isinstance(answer, ReadFile)
    return next((paper.form for paper in answer.papers if paper.form.kind), answer.papers[0].form)


def faults(truth: Truth, form: ExtractedForm) -> list[str]:
    """Each difference between a paper and its reading, silent ones marked."""
    found = []
    kind = form.kind.value if form.kind else None
    if kind != truth["form_kind"]:
        found.append(f"KIND {truth['form_kind']} read as {kind}")
    keys = [key for key in {**truth, **form.fields} if key not in {"form_kind", "blank"}]
    for key in keys:
        value, reading = truth.get(key), form.fields.get(key)
        got = reading.value if reading is not None else None
        if (value is None and got is None) or (value is not None and got is not None and same(key, value, got)):
            continue
        mark = "SILENT " if got is not None and reading is not None and reading.status is Status.CLEAR else ""
        if key not in truth and key in DERIVED and not truth.get("blank"):
            continue
        what = "missed" if got is None else "wrong" if value is not None else "invented" if key in truth else "extra"
        found.append(f"{mark}{what} {key}: {str(value)[:90]!r} read as {str(got)[:90]!r}")
    return found


if __name__ == "__main__":
    main()
