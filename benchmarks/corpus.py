"""Every file of a folder through the isolated reader: what hung, what broke the reader, what took long or much memory.

`python -m benchmarks corpus FOLDER` prints a summary and ends with status 1 where a bar is missed: a file that no reason
answers, a supervisor that died, a file that took longer than the limits allow. Nothing of the folder is changed or kept.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from ingest.reading import INTERRUPTED, IsolatedReader
from parsers import child
from parsers.forms import ReadFile, Status, Unreadable

KINDS = {
    ".pdf",
    ".docx",
    ".docm",
    ".dotx",
    ".dotm",
    ".odt",
    ".ott",
    ".doc",
    ".rtf",
    ".png",
    ".jpg",
    ".jpeg",
    ".tif",
    ".tiff",
    ".heic",
}
SECONDS = 5.0
"""A file that cannot be read says so within this; honest pages of a scan are given more each."""


@dataclass(frozen=True)
class Outcome:
    file: str
    seconds: float
    work: float
    """Seconds of the processor that the children took: on a machine that does other things too, the fairer figure."""
    memory: int
    """Bytes that the child held at most, as far as looking every few milliseconds tells."""
    what: str
    """"read", "reason", "stopped" (by a limit), "unhandled" (the reader broke) or "died" (the supervisor was gone)."""
    reason: str = ""
    pages: int = 0
    forms: tuple[str, ...] = ()
    """The kinds of form that it was taken for."""
    clear: int = 0
    """Values that nobody would look at again."""


def judged(answer: ReadFile | Unreadable) -> tuple[str, str]:
    if isinstance(answer, ReadFile):
        return "read", ""
    if answer.reason.startswith(child.CRASHED):
        return "unhandled", answer.reason
    if answer.reason == INTERRUPTED:
        return "died", answer.reason
    return ("stopped" if answer.reason in {child.TOO_LONG, child.TOO_BUSY, child.TOO_MUCH} else "reason"), answer.reason


class Watch(threading.Thread):
    """Looks at the memory of the children of our children, because they are gone when they have answered."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self._over = threading.Event()
        self._most = 0

    def run(self) -> None:
        while not self._over.wait(0.02):
            for supervisor in _children("self"):
                for reading in _children(supervisor):
                    with suppress(OSError, ValueError):
                        pages = int(Path(f"/proc/{reading}/statm").read_text().split()[1])
                        self._most = max(self._most, pages * 4096)

    def taken(self) -> int:
        most, self._most = self._most, 0
        return most

    def end(self) -> None:
        self._over.set()
        self.join()


def _work() -> float:
    """Seconds of the processor that all children of our children took which have ended."""
    ticks = 0
    for supervisor in _children("self"):
        with suppress(OSError, ValueError, IndexError):
            after_name = Path(f"/proc/{supervisor}/stat").read_text().rpartition(")")[2].split()
            ticks += int(after_name[13]) + int(after_name[14])
    return ticks / os.sysconf("SC_CLK_TCK")


def _children(process: str) -> list[str]:
    found: list[str] = []
    with suppress(OSError):
        for task in Path(f"/proc/{process}/task").iterdir():
            found += (task / "children").read_text().split()
    return found


@contextmanager
def watching() -> Iterator[Watch]:
    watch = Watch()
    watch.start()
    try:
        yield watch
    finally:
        watch.end()


def read_one(reader: IsolatedReader, file: Path, watch: Watch, shown: bool) -> Outcome:
    data = file.read_bytes()
    for attempt in range(3):
        watch.taken()
        begun, worked = time.monotonic(), _work()
        answer = reader.read(data, file.name, shown=shown)
        seconds, work = round(time.monotonic() - begun, 3), round(_work() - worked, 3)
        # A child that did not get the processor says nothing about the file.
        if not (isinstance(answer, Unreadable) and answer.reason == child.TOO_BUSY and attempt < 2):
            break
    what, reason = judged(answer)
    if isinstance(answer, Unreadable):
        return Outcome(str(file), seconds, work, watch.taken(), what, reason)
    forms = [paper.form for paper in answer.papers]
    kinds = tuple(form.kind.value for form in forms if form.kind)
    clear = sum(one.status is Status.CLEAR for form in forms for one in form.fields.values())
    return Outcome(str(file), seconds, work, watch.taken(), what, reason, len(answer.images), kinds, clear)


def read_all(files: list[Path], shown: bool, workers: int) -> Iterator[Outcome]:
    with watching() as watch, IsolatedReader(workers) as reader, ThreadPoolExecutor(workers) as pool:
        yield from pool.map(lambda file: read_one(reader, file, watch, shown), files)


def report(outcomes: list[Outcome]) -> bool:
    """Print the summary; whether the bars held."""
    counts = Counter(one.what for one in outcomes)
    clock, work = (sorted(times) for times in zip(*((one.seconds, one.work) for one in outcomes), strict=True))
    print(f"{len(outcomes)} files: " + ", ".join(f"{count} {what}" for what, count in counts.most_common()))
    for name, times in (("by the clock", clock), ("of the processor", work)):
        most = times[int(len(times) * 0.99)]
        print(f"  seconds {name}: median {statistics.median(times):.3f}, 99 % within {most:.2f}, longest {times[-1]:.2f}")
    print(f"  memory of a child at most {max(one.memory for one in outcomes) >> 20} MiB")
    print("  slowest:")
    for one in sorted(outcomes, key=lambda one: -one.work)[:10]:
        print(
            f"    {one.seconds:6.2f} s  {one.work:6.2f} s  {one.memory >> 20:5} MiB  {one.what:9} {one.pages or ''} {one.file}"
        )
    print("  reasons:")
    for reason, count in Counter(one.reason for one in outcomes if one.reason).most_common():
        print(f"    {count:5}  {reason}")
    taken = [one for one in outcomes if one.forms]
    print(f"  taken for induction forms: {len(taken)} files, with {sum(one.clear for one in outcomes)} clear values")
    for one in taken:
        print(f"    {', '.join(one.forms)}, {one.clear} clear: {one.file}")
    bad = [one for one in outcomes if one.what in {"unhandled", "died"}]
    slow = [one for one in outcomes if one.what != "read" and one.work > SECONDS]
    for one in (*bad, *slow):
        print(f"  {one.what}, {one.work:.1f} s: {one.file}: {one.reason}")
    hung = [one for one in outcomes if one.what == "stopped"]
    print(
        f"  bars: {len(bad)} unhandled or dead, {len(slow)} refused later than {SECONDS:.0f} s; stopped by a limit: {len(hung)}"
    )
    for one in hung:
        print(f"    {one.seconds:6.2f} s  {one.work:6.2f} s  {one.file}: {one.reason[:60]}")
    return not bad and not slow


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="benchmarks corpus", description=__doc__)
    parser.add_argument("folder", type=Path, help="files are looked for in all folders below")
    parser.add_argument("--only", default="", help="such endings alone, as pdf,docx")
    parser.add_argument("--fields", action="store_true", help="the fields alone, without page pictures")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--every", type=int, default=1, help="take every nth file")
    parser.add_argument("--json", type=Path, help="add one line a file here, as soon as it is read")
    options = parser.parse_args(arguments)
    kinds = {f".{one.strip('.')}" for one in options.only.split(",") if one} or KINDS
    files = sorted(file for file in options.folder.rglob("*") if file.suffix.lower() in kinds and file.is_file())[
        :: options.every
    ]
    if not files:
        print(f"no files to read in {options.folder}")
        return 2
    outcomes = []
    for one in read_all(files, not options.fields, options.workers):
        outcomes.append(one)
        if options.json:
            with options.json.open("a") as lines:
                lines.write(json.dumps(asdict(one)) + "\n")
        if sys.stderr.isatty():
            print(f"\r{len(outcomes)} of {len(files)} ", end="", file=sys.stderr, flush=True)
        if one.what in {"unhandled", "died"}:
            print(f"{one.what}: {one.file}: {one.reason}", flush=True)
    return 0 if report(outcomes) else 1
