"""From bytes to fields through the isolated child, beside libraries that only get text out: milliseconds a document.

Everything runs on one core, one document at a time, in rounds that alternate, warm. `python -m benchmarks read` prints a
table and ends with status 1 when a bar is missed. Documents come from the folder `forms` in $MAILROOM_SAMPLES or --samples.
Beside the clock's time stands the processor's (ours with supervisor and children): on a busy machine it is the one to trust.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ingest.reading import IsolatedReader
from parsers import choose
from parsers.forms import ReadFile, Unreadable
from parsers.learned import Layouts
from parsers.learning import learn
from parsers.tokens import Sheet

RIVALS_PYTHON = Path(".venv-bench/bin/python")
OURS, KNOWN = "ours, unknown layout", "ours, known layout"


@dataclass(frozen=True)
class Bar:
    """`ours` may take at most `share` of what `rival` takes."""

    ours: str
    rival: str
    share: float
    words: str


@dataclass(frozen=True)
class Group:
    name: str
    files: str
    """The end of the names of its samples."""
    rivals: tuple[str, ...]
    bars: tuple[Bar, ...]


GROUPS = (
    Group("Word", "-docx.docx", ("python-docx", "markitdown", "docling", "kreuzberg"),
          (Bar(OURS, "python-docx", 1.2, "at most 1.2 times python-docx"),)),
    Group("PDF printed from a word processor", "-print.pdf", ("pdfplumber", "markitdown", "kreuzberg"),
          (Bar(KNOWN, "pdfplumber", 1 / 6, "6 times faster than pdfplumber"), Bar(OURS, "pdfplumber", 1 / 3, "3 times faster"))),
    Group("PDF form", "-acro.pdf", ("pdfplumber", "markitdown", "kreuzberg"), ()),
    Group("upright scan", "-scan.pdf", ("tesserocr",), (Bar(OURS, "tesserocr", 1.6, "at most 1.6 times bare tesserocr"),)),
)  # fmt: skip
CHILD_BAR = 5.0
"""Milliseconds from the question to the answer of a child that has nothing to read, its end included."""


@dataclass
class Times:
    """Medians of the rounds by contender: (clock, processor) in milliseconds a document."""

    by_name: dict[str, list[tuple[float, float]]] = field(default_factory=dict)

    def add(self, name: str, rounds: list[tuple[float, float]]) -> None:
        wall, work = (statistics.median(one) * 1000 for one in zip(*rounds, strict=True))
        self.by_name.setdefault(name, []).append((wall, work))

    def median(self, name: str) -> tuple[float, float]:
        wall, work = zip(*self.by_name[name], strict=True)
        return statistics.median(wall), statistics.median(work)


class Ours:
    """The isolated reader, timed with all the work that its processes do."""

    def __init__(self, reader: IsolatedReader) -> None:
        self._reader = reader

    def time(self, data: bytes, layouts: str | None = None, *, shown: bool = False) -> tuple[float, float] | None:
        """None where the machine was too busy to let the child read."""
        begun, worked = time.perf_counter(), _work()
        answer = self._reader.read(data, "form", layouts, shown=shown)
        wall = time.perf_counter() - begun
        if isinstance(answer, Unreadable):
            if answer.passing:
                return None
            raise SystemExit(answer.reason)
        return wall, _work() - worked

    def child(self) -> tuple[float, float]:
        """What a child costs that has nothing to read."""
        begun, worked = time.perf_counter(), _work()
        self._reader.read(b"", "")
        return time.perf_counter() - begun, _work() - worked


def _work() -> float:
    """Seconds of processor of this process and of the supervisors with the children that they have reaped."""
    total = time.process_time()
    for task in Path("/proc/self/task").iterdir():
        for supervisor in (task / "children").read_text().split():
            if b"parsers.child" in Path(f"/proc/{supervisor}/cmdline").read_bytes():
                total += _nanoseconds(supervisor)
    return total


def _nanoseconds(process: str) -> float:
    # The supervisor's own, and its reaped children's, which the kernel counts in ticks of a hundredth of a second.
    own = int(Path(f"/proc/{process}/schedstat").read_text().split()[0]) / 1e9
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return own + (int(fields[13]) + int(fields[14])) / os.sysconf("SC_CLK_TCK")


class Rival:
    """Another library in a process of its own. `missing` says why it cannot take part."""

    def __init__(self, name: str, python: Path) -> None:
        self.name = name
        self._process = subprocess.Popen(
            [python, Path(__file__).with_name("rival.py"), name],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        self.missing: str | None = self._heard().get("missing")

    def time(self, path: Path) -> tuple[float, float] | None:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{path}\n")
        self._process.stdin.flush()
        answer = self._heard()
        return None if answer.get("problem") else (answer["wall"], answer["work"])

    def _heard(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        heard: dict[str, Any] = json.loads(line) if line else {"missing": "it ended at once", "problem": "ended"}
        return heard

    def close(self) -> None:
        self._process.kill()
        self._process.communicate()


@contextmanager
def one_core() -> Iterator[None]:
    """Everything that is started here shares one core."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {max(before)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def taught(files: list[Path]) -> str:
    """The layouts of these papers, as their accepted values teach them."""
    layouts = {}
    for file in files:
        read = choose.read(file.read_bytes(), file.name)
        assert isinstance(read, ReadFile)
        for paper in read.papers:
            values = {key: one.value for key, one in paper.form.fields.items()}
            lesson = learn(Sheet.from_json(paper.sheet), values)
            if lesson is not None:
                layouts[lesson.layout.id] = lesson.layout
    return Layouts(tuple(layouts.values())).to_json()


def measure(files: list[Path], rivals: list[Rival], ours: Ours, rounds: int) -> Times:
    times = Times()
    layouts = taught(files)
    for file in files:
        data = file.read_bytes()
        contenders: dict[str, Callable[[], tuple[float, float] | None]] = {
            KNOWN: lambda data=data: ours.time(data, layouts),  # type: ignore[misc]  # a lambda's default has no type
            OURS: lambda data=data: ours.time(data),  # type: ignore[misc]
            "ours, with page pictures": lambda data=data: ours.time(data, shown=True),  # type: ignore[misc]
        }
        contenders |= {one.name: lambda one=one, file=file: one.time(file) for one in rivals}  # type: ignore[misc]
        took: dict[str, list[tuple[float, float]]] = {name: [] for name in contenders}
        for number in range(rounds + 1):
            for name, contend in contenders.items():
                once = contend()
                if number and once is not None:  # The first round only warms up.
                    took[name].append(once)
        for name, some in took.items():
            if some:
                times.add(name, some)
    return times


def show(group: Group, files: list[Path], times: Times) -> None:
    print(f"{group.name}, {len(files)} documents: milliseconds a document, median (processor's in brackets)")
    for name in times.by_name:
        wall, work = times.median(name)
        print(f"  {name:26} {wall:8.1f}  ({work:.1f})")


def judge(group: Group, times: Times) -> bool:
    held = True
    for bar in group.bars:
        if bar.rival not in times.by_name:
            print(f"  bar “{bar.words}”: not measured, {bar.rival} took no part")
            held = False
            continue
        mine, theirs = times.median(bar.ours), times.median(bar.rival)
        shares = [one / other for one, other in zip(mine, theirs, strict=True)]
        good = shares[0] <= bar.share
        held = held and good
        print(f"  bar “{bar.words}”, {bar.ours}: {shares[0]:.2f} of {bar.rival}'s time (processor {shares[1]:.2f}), "
              f"allowed {bar.share:.2f}: {'held' if good else 'MISSED'}", flush=True)  # fmt: skip
    return held


def child_cost(ours: Ours) -> bool:
    costs = [ours.child() for _ in range(200)]
    wall = statistics.median(one for one, _ in costs) * 1000
    mean = statistics.mean(one for _, one in costs) * 1000
    print(f"a child with nothing to read, its reaping included: {wall:.1f} ms (processor {mean:.1f})")
    print(f"  bar {CHILD_BAR:.0f} ms: {'held' if wall <= CHILD_BAR else 'MISSED'}", flush=True)
    return bool(wall <= CHILD_BAR)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="benchmarks read", description=__doc__)
    parser.add_argument("--samples", type=Path, default=Path(os.environ.get("MAILROOM_SAMPLES", "samples")))
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--rivals", type=Path, default=RIVALS_PYTHON, help="the interpreter that has the other libraries")
    parser.add_argument("--only", default="", help="groups whose name holds this")
    options = parser.parse_args(arguments)
    folder = options.samples / "forms"
    if not folder.is_dir():
        print(f"no samples in {folder}: set MAILROOM_SAMPLES or --samples")
        return 2
    held = True
    with one_core(), ExitStack() as stack:
        ours = Ours(stack.enter_context(IsolatedReader()))
        ours.child()
        held = child_cost(ours)
        for group in GROUPS:
            if options.only.lower() not in group.name.lower():
                continue
            files = sorted(folder.glob(f"*{group.files}"))
            rivals = []
            for name in group.rivals:
                own = name in {"pdfplumber", "python-docx", "tesserocr"} or not options.rivals.exists()
                rival = Rival(name, Path(sys.executable) if own else options.rivals)
                stack.callback(rival.close)
                if rival.missing:
                    print(
                        f"NOT MEASURED: {name} is not installed ({rival.missing}); `make bench-read` installs it, docling with DOCLING=1"
                    )
                else:
                    rivals.append(rival)
            times = measure(files, rivals, ours, options.rounds if "scan" not in group.name else min(options.rounds, 3))
            show(group, files, times)
            held = judge(group, times) and held
    return 0 if held else 1
