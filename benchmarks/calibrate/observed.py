"""Papers as read: for every value what was known of it, and whether it is right.

What was seen is kept in a folder, so that the next fit reads only what its readers would read anew.
"""

from __future__ import annotations

import hashlib
import json
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import asdict, dataclass
from functools import cache, partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from benchmarks.calibrate.papers import CONVERTED, PICTURED, Plan, drawn, rendered
from parsers import odt, pdf, scan, word
from parsers.candidates import find
from parsers.confidence import Features
from parsers.doubts import features_of
from parsers.extract import values_of
from parsers.filetypes import IMAGES, WORD_PACKAGES, true_type
from parsers.forms import ValueType
from parsers.learned import Layouts
from parsers.learning import learn
from parsers.split import split_papers
from parsers.tokens import Sheet
from tests.support.papers_model import Sketch, Truth
from tests.support.scoring import is_right
from tests.support.unseen.converted import convert

_ROOT = Path(__file__).parents[2]
_META = {"form_kind", "blank"}
_TOGETHER = 24
"""Files that one run of LibreOffice converts."""


@dataclass(frozen=True)
class Value:
    """One value that was read."""

    key: str
    features: Features
    right: bool
    got: str
    expected: str


@dataclass(frozen=True)
class Observed:
    """One paper."""

    name: str
    family: str
    layout: str
    rendering: str
    spoilt: tuple[str, ...]
    truths: int
    """Values that stand on the paper."""
    values: tuple[Value, ...]

    def to_json(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, line: str) -> Observed:
        packed: dict[str, Any] = json.loads(line)
        values = tuple(Value(**{**one, "features": _features(one["features"])}) for one in packed.pop("values"))
        return cls(**{**packed, "spoilt": tuple(packed["spoilt"])}, values=values)


def _features(packed: dict[str, Any]) -> Features:
    return Features(**{**packed, "kind": ValueType(packed["kind"]), "doubts": tuple(packed["doubts"])})


def observe(wanted: list[Plan], workers: int, kept: Path) -> list[Observed]:
    """The papers as read, in the order of the plans; `kept` is the folder of what was read before."""
    kept.mkdir(parents=True, exist_ok=True)
    notes = kept / f"read-{_digest(_READS)}.jsonl"
    done = {one.name: one for one in map(Observed.from_json, notes.read_text("utf-8").splitlines())} if notes.exists() else {}
    for old in kept.glob("read-*.jsonl"):
        if old != notes:
            old.unlink()
    missing = [plan for plan in wanted if plan.name not in done]
    missing.sort(key=lambda plan: plan.rendering in PICTURED)
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool, notes.open("a", encoding="utf-8") as file:
        _convert(pool, missing, kept)
        tell, jobs = _progress(len(missing)), [pool.submit(_observed, plan, kept) for plan in missing]
        for number, job in enumerate(as_completed(jobs), start=1):
            one = job.result()
            done[one.name] = one
            file.write(f"{one.to_json()}\n")
            tell(number)
    return [done[plan.name] for plan in wanted]


def _progress(number: int) -> Callable[[int], None]:
    begun = time.monotonic()

    def tell(done: int) -> None:
        if done % 100 == 0 or done == number:
            passed = time.monotonic() - begun
            left = passed / done * (number - done) / 60
            print(f"{done} of {number} papers read, about {left:.0f} minutes to go", file=sys.stderr, flush=True)

    return tell


def _convert(pool: ProcessPoolExecutor, plans: list[Plan], kept: Path) -> None:
    """Word files made into what LibreOffice makes of them, many at a time."""
    waiting: dict[str, list[Plan]] = defaultdict(list)
    for plan in plans:
        if plan.rendering in CONVERTED:
            waiting[CONVERTED[plan.rendering][1]].append(plan)
    for to, some in waiting.items():
        batches = [some[start : start + _TOGETHER] for start in range(0, len(some), _TOGETHER)]
        list(pool.map(partial(_convert_some, to=to, kept=kept), batches))


def _convert_some(plans: list[Plan], to: str, kept: Path) -> None:
    paths = {plan: _path(plan, "converted", to, kept) for plan in plans}
    open_ = {str(path): rendered(plan, drawn(plan)[0]) for plan, path in paths.items() if not path.exists()}
    for path, content in (convert(open_, to) if open_ else {}).items():
        Path(path).write_bytes(content)


def _path(plan: Plan, folder: str, ending: str, kept: Path) -> Path:
    """Where something is kept that takes long to make."""
    path = kept / folder / f"{plan.name.replace('/', '-')}-{_digest(_DRAWS)}.{ending}"
    path.parent.mkdir(exist_ok=True)
    return path


def _observed(plan: Plan, kept: Path) -> Observed:
    sketch, spoilt = drawn(plan)
    sheet = _sheet(plan, sketch, kept)
    values = tuple(_values(plan, sheet, sketch.truth))
    truths = sum(value is not None for key, value in sketch.truth.items() if key not in _META)
    return Observed(plan.name, plan.family, plan.layout, plan.rendering, spoilt, truths, values)


def _values(plan: Plan, sheet: Sheet, truth: Truth) -> Iterator[Value]:
    findings = [(find(part.sheet, _taught(plan), paper=part.paper), part.sheet) for part in split_papers(sheet)]
    finding, own = next(((one, sheet) for one, sheet in findings if one.verdict.kind is not None), findings[0])
    for key, features in features_of(finding, own).items():
        value = finding.best[key].value
        assert value is not None
        right = is_right(truth, key, value)
        if right is not None:
            yield Value(key, features, right, str(value), str(truth.get(key)))


def _taught(plan: Plan) -> Layouts | None:
    """What one accepted paper of the same template taught, where the plan wants a known layout."""
    if not plan.taught:
        return None
    other = drawn(plan, 1)[0]
    lesson = learn(_read(rendered(plan, other)), other.truth)
    return None if lesson is None else Layouts((lesson.layout,))


def _sheet(plan: Plan, sketch: Sketch, kept: Path) -> Sheet:
    """The sheet of a file; of pictures, with what the second engine read."""
    if plan.rendering in CONVERTED:
        return _read(_path(plan, "converted", CONVERTED[plan.rendering][1], kept).read_bytes())
    if plan.rendering not in PICTURED:
        return _read(rendered(plan, sketch))
    path = _path(plan, "sheets", f"{_digest(_LOOKS)}.json", kept)
    if not path.exists():
        path.write_text(json.dumps(_read(rendered(plan, sketch)).to_json()), encoding="utf-8")
    return Sheet.from_json(json.loads(path.read_text(encoding="utf-8")))


def _read(content: bytes) -> Sheet:
    kind = true_type(content)
    if kind in WORD_PACKAGES:
        return word.read(content, shown=False).sheet
    if kind not in IMAGES and content[:4] != b"%PDF":
        return odt.read(content, shown=False).sheet
    if kind in IMAGES:
        scanned = scan.read_file(content, shown=False)
    else:
        paper = pdf.read(content)
        if not paper.image_pages:
            return paper.sheet
        scanned = scan.read_image_pages(content, paper, shown=False)
    return scanned.look(scanned.sheet, values_of(scanned.sheet))


_DRAWS = ("tests/support/papers*.py", "tests/support/unseen/*.py", "tests/support/pictured.py", "tests/support/scans.py",
          "benchmarks/calibrate/papers.py")  # fmt: skip
_READS = (*_DRAWS, "parsers/**/*.py", "tests/support/scoring.py", "benchmarks/calibrate/observed.py")
_LOOKS = ("parsers/scan/*.py", "parsers/pdf/*.py", "parsers/tokens.py")
_WEIGHED_LATER = {"odds.py", "confidence.py"}


@cache
def _digest(patterns: tuple[str, ...]) -> str:
    """A fingerprint of the code that reads: what other code has read tells nothing about it."""
    digest = hashlib.sha256()
    for path in sorted(path for pattern in patterns for path in _ROOT.glob(pattern)):
        if path.name not in _WEIGHED_LATER:
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
