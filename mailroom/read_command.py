"""`mailroom read`: files in, readings out. Needs no configuration and no database.

Run by the command line, or on its own: `python -m mailroom.read_command FILE… [--json]`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TextIO

from rich.console import Console
from rich.table import Table

from parsers import choose
from parsers.forms import SCHEMA, ExtractedForm, ReadFile, Reading, Status, Unreadable

OK, PARTLY = 0, 3
Reader = Callable[[bytes, str, str | None], ReadFile | Unreadable]

_STATUS_WORDS = {Status.CLEAR: "read clearly", Status.CHECK: "please check", Status.MISSING: "left empty"}
_STATUS_STYLES = {Status.CLEAR: "green", Status.CHECK: "yellow", Status.MISSING: "dim"}


def read_files(
    paths: Iterable[Path],
    *,
    as_json: bool,
    out: TextIO,
    err: TextIO,
    reader: Reader | None = None,
    layouts: str | None = None,
) -> int:
    """Read every file and write what it says to `out`; the exit status is 3 when a file could not be read, else 0.

    `reader` is the isolated reader where the caller has one; without it files are read in this process. `layouts` is the
    extract of learned layouts as JSON.
    """
    read = reader or _in_process
    status = OK
    for path in paths:
        answer = _read_one(path, read, layouts)
        if isinstance(answer, Unreadable):
            status = PARTLY
        if as_json:
            _write_json(path, answer, out)
        else:
            _write_table(path, answer, out, err)
    return status


def _in_process(data: bytes, name: str, layouts: str | None) -> ReadFile | Unreadable:
    return choose.read(data, name, layouts, shown=False)


def _read_one(path: Path, read: Reader, layouts: str | None) -> ReadFile | Unreadable:
    try:
        data = path.read_bytes()
    except OSError as problem:
        return Unreadable(f"The file could not be opened: {problem.strerror or 'unknown reason'}.")
    return read(data, path.name, layouts)


def _write_json(path: Path, answer: ReadFile | Unreadable, out: TextIO) -> None:
    """One JSON document a line and paper."""
    if isinstance(answer, Unreadable):
        _line({"schema": SCHEMA, "file": str(path), "error": {"reason": answer.reason}}, out)
        return
    for number, paper in enumerate(answer.papers, start=1):
        _line({"schema": SCHEMA, "file": str(path), "paper": number, **paper.form.to_json()}, out)


def _line(document: object, out: TextIO) -> None:
    out.write(json.dumps(document, ensure_ascii=False) + "\n")
    out.flush()


def _write_table(path: Path, answer: ReadFile | Unreadable, out: TextIO, err: TextIO) -> None:
    if isinstance(answer, Unreadable):
        Console(file=err).print(f"{path.name}: {answer.reason}", markup=False, style="red")
        return
    console = Console(file=out)
    for number, paper in enumerate(answer.papers, start=1):
        console.print(_table(path, number, len(answer.papers), paper.form))
        for warning in paper.form.warnings:
            console.print(f"  {warning}", style="yellow", markup=False)


def _table(path: Path, number: int, count: int, form: ExtractedForm) -> Table:
    which = f", paper {number} of {count}" if count > 1 else ""
    kind = form.kind.value.replace("_", " ") if form.kind else "not a form"
    table = Table(title=f"{path.name}{which}: {kind}{' (blank)' if form.blank else ''}", title_justify="left")
    for heading in ("Field", "Value", "How sure", "Why"):
        table.add_column(heading, overflow="fold")
    for key, reading in form.fields.items():
        table.add_row(
            key.replace("_", " "),
            _shown(reading),
            _STATUS_WORDS[reading.status],
            reading.reason or "",
            style=_STATUS_STYLES[reading.status],
        )
    return table


def _shown(reading: Reading) -> str:
    if reading.value is None:
        return ""
    if isinstance(reading.value, bool):
        return "yes" if reading.value else "no"
    return reading.value.replace("[", "\\[")


def main(arguments: list[str]) -> int:
    """Takes `FILE… [--json]` and gives the exit status."""
    names = [argument for argument in arguments if argument != "--json"]
    if not names:
        sys.stderr.write("usage: python -m mailroom.read_command FILE… [--json]\n")
        return 2
    return read_files([Path(name) for name in names], as_json="--json" in arguments, out=sys.stdout, err=sys.stderr)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
