"""How well pictures of papers are read: generated layouts, each scanned, photographed, faxed in many ways.

`python -m benchmarks pictures --layouts numbered,capitals --ways scan,photo --errors`; without options every layout once in every way.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator

from ingest.reading import InProcessReader
from parsers.forms import ExtractedForm, ReadFile, Status, Unreadable
from tests.support import papers, unseen
from tests.support.papers_layouts import LAYOUTS
from tests.support.papers_model import Sketch, Truth
from tests.support.papers_pdf import to_pdf
from tests.support.pictured import WAYS, pictured
from tests.support.scoring import compare, same, score

_FAMILIES: dict[str, tuple[list[str], Callable[[str, int, int], Sketch]]] = {
    "own": (list(LAYOUTS), papers.draw),
    "tried": (list(unseen.TRIED), unseen.draw),
    "held": (list(unseen.HELD), unseen.draw),
    "judged": ([*unseen.HELD, *unseen.FRESH, *unseen.LAST], unseen.draw),
}
_PRINT = "print"
_SCANS, _PHOTOS, _CLEAR_OF_ONE_SILENT = 0.93, 0.85, 3_000
_EMPTY = ExtractedForm(None, Status.CHECK, False, "none", None, {})


def main(arguments: list[str]) -> int:
    """0 where F1 of scans and photos and the silent errors hold their bars."""
    given = _options(arguments)
    groups: dict[str, dict[str, Counter[str]]] = {name: defaultdict(Counter) for name in ("way", "layout", "class")}
    seconds: defaultdict[str, float] = defaultdict(float)
    reader = InProcessReader()
    for name, layout, way, content, truth in _papers(given):
        begun = time.monotonic()
        answer = reader.read(content, name)
        seconds[way] += time.monotonic() - begun
        form = _form(answer)
        counts = compare(truth, form)
        kind = "print" if way == _PRINT else "photo" if WAYS[way].photo else "scan"
        for group, value in (("way", way), ("layout", layout), ("class", kind)):
            groups[group][value] += counts
        if given.errors:
            for line in _faults(truth, form):
                print(f"{name:44} {line}", flush=True)
        if isinstance(answer, Unreadable):
            print(f"{name:44} UNREADABLE {answer.reason}", flush=True)
    for title, counted in groups.items():
        _print(title, counted, seconds if title == "way" else None)
    return _missed(groups["class"])


def _options(arguments: list[str]) -> argparse.Namespace:
    options = argparse.ArgumentParser(prog="benchmarks pictures", description=__doc__)
    options.add_argument("--family", choices=_FAMILIES, default="own")
    options.add_argument("--layouts", help="names with commas between; by default all of the family")
    options.add_argument("--ways", help=f"of: {', '.join(WAYS)}, {_PRINT}")
    options.add_argument("--templates", type=int, default=1)
    options.add_argument("--first", type=int, default=900, help="number of the first template")
    options.add_argument("--errors", action="store_true", help="print every difference between paper and reading")
    return options.parse_args(arguments)


def _papers(given: argparse.Namespace) -> Iterator[tuple[str, str, str, bytes, Truth]]:
    layouts, draw = _FAMILIES[given.family]
    ways = given.ways.split(",") if given.ways else [_PRINT, *WAYS]
    for layout in given.layouts.split(",") if given.layouts else layouts:
        for template in range(given.first, given.first + given.templates):
            sketch = draw(layout, template, 0)
            print_ = to_pdf(sketch)
            for way in ways:
                content = print_ if way == _PRINT else pictured(print_, WAYS[way])
                yield f"{layout}-{template}-{way}", layout, way, content, sketch.truth


def _form(answer: ReadFile | Unreadable) -> ExtractedForm:
    if isinstance(answer, Unreadable):
        return _EMPTY
    return next((paper.form for paper in answer.papers if paper.form.kind), answer.papers[0].form)


def _faults(truth: Truth, form: ExtractedForm) -> Iterator[str]:
    if form.kind is None or form.kind.value != truth["form_kind"]:
        yield f"KIND {truth['form_kind']} read as {form.kind and form.kind.value}"
    for key in dict.fromkeys((*truth, *form.fields)):
        value, reading = truth.get(key), form.fields.get(key)
        got = None if reading is None else reading.value
        if key in {"form_kind", "blank"} or (value is None and got is None):
            continue
        if value is None or got is None or not same(key, value, got):
            silent = "SILENT " if got is not None and reading is not None and reading.status is Status.CLEAR else ""
            yield f"{silent}{key}: {str(value)[:100]!r} read as {str(got)[:100]!r}"


def _print(title: str, group: dict[str, Counter[str]], seconds: dict[str, float] | None) -> None:
    print(
        f"\n{title:20}{'papers':>8}{'values':>8}{'F1':>8}{'clear':>8}{'missed':>8}{'wrong':>8}{'silent':>8}{'kind':>8}{'s each':>8}"
    )
    for name, c in sorted(group.items()):
        each = f"{seconds[name] / c['papers']:8.2f}" if seconds else ""
        print(
            f"{name:20}{c['papers']:8}{c['truth']:8}{score(c):8.3f}{c['clear'] / max(1, c['truth']):8.3f}"
            f"{c['missed']:8}{c['wrong']:8}{c['silent']:8}{c['kind'] / c['papers']:8.3f}{each}"
        )


def _missed(classes: dict[str, Counter[str]]) -> int:
    bars = {"scan": _SCANS, "photo": _PHOTOS}
    low = [name for name, bar in bars.items() if name in classes and score(classes[name]) < bar]
    pictures = sum((counts for name, counts in classes.items() if name in bars), Counter[str]())
    silent = pictures["silent"] * _CLEAR_OF_ONE_SILENT > pictures["clear"]
    return 1 if low or silent else 0
