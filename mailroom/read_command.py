"""`mailroom read`: files in, readings out. Needs no configuration and no database.

Run by the command line, or on its own: `python -m mailroom.read_command FILE… [--json] [--together]`.
"""

from __future__ import annotations

import json
import shlex
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TextIO

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from parsers import choose
from parsers.filetypes import IMAGES, true_type
from parsers.forms import SCHEMA, ExtractedForm, ReadFile, Reading, Shot, Status, Unreadable

OK, PARTLY = 0, 3
Reader = Callable[[bytes, str, str | None], ReadFile | Unreadable]
AlbumReader = Callable[[Sequence[Shot], str | None], ReadFile | Unreadable]

_STATUS_WORDS = {Status.CLEAR: "read clearly", Status.CHECK: "please check", Status.MISSING: "left empty"}
_STATUS_STYLES = {Status.CLEAR: "green", Status.CHECK: "yellow", Status.MISSING: "dim"}
_TEACH = """
  If it is one, write the values that stand on it into a file, teach where they stand, and read it again (docs/layouts.md):
    mailroom layouts learn {file} --truth values.json --to layouts.json
    mailroom read {file} --layouts layouts.json"""


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
        _write(path, answer, out, err, as_json=as_json)
    return status


def read_album(
    paths: Iterable[Path],
    *,
    as_json: bool,
    out: TextIO,
    err: TextIO,
    readers: tuple[Reader, AlbumReader] | None = None,
    layouts: str | None = None,
) -> int:
    """Read pictures as the pages of one paper; a paper is named by its first page. Else as `read_files`.

    What is no page of it, or cannot be read with the others, is read by itself. `readers` are the isolated ones.
    """
    read, together = readers or (_in_process, _together_in_process)
    every = list(paths)
    shots = [(path, shot) for path in every if (shot := _shot(path)) is not None]
    answer = together([shot for _, shot in shots], layouts) if len(shots) > 1 else None
    if isinstance(answer, ReadFile):
        places = [shots[place][0] for place in answer.origins]
        for number, paper in enumerate(answer.papers, start=1):
            first, last = paper.form.pages or (1, len(places))
            _write_paper(places[first - 1 : last], number, len(answer.papers), paper.form, out, as_json=as_json)
        every = [path for path in every if path not in places]
    for path in _no_pictures(shots, every):
        Console(file=err, soft_wrap=True).print(f"{path.name} is no picture, so it is read by itself.", markup=False)
    return read_files(every, as_json=as_json, out=out, err=err, reader=read, layouts=layouts)


def _no_pictures(shots: Sequence[tuple[Path, Shot]], alone: Sequence[Path]) -> list[Path]:
    """Of what is read by itself, the files that could never be a page among pictures."""
    if len(shots) < 2:
        return []
    return [path for path, shot in shots if path in alone and true_type(shot.data) not in IMAGES]


def _shot(path: Path) -> Shot | None:
    try:
        return Shot(path.name, path.read_bytes())
    except OSError:
        return None


def _together_in_process(shots: Sequence[Shot], layouts: str | None) -> ReadFile | Unreadable:
    return choose.read_together(shots, layouts, shown=False)


def _in_process(data: bytes, name: str, layouts: str | None) -> ReadFile | Unreadable:
    return choose.read(data, name, layouts, shown=False)


def _read_one(path: Path, read: Reader, layouts: str | None) -> ReadFile | Unreadable:
    if path.is_dir():
        return Unreadable(f"This is a folder. Name the files in it: mailroom read {shlex.quote(str(path))}/*")
    try:
        data = path.read_bytes()
    except OSError as problem:
        return Unreadable(f"The file could not be opened: {problem.strerror or 'unknown reason'}.")
    return read(data, path.name, layouts)


def _write(path: Path, answer: ReadFile | Unreadable, out: TextIO, err: TextIO, *, as_json: bool) -> None:
    if isinstance(answer, ReadFile):
        for number, paper in enumerate(answer.papers, start=1):
            _write_paper([path], number, len(answer.papers), paper.form, out, as_json=as_json)
    elif as_json:
        _line({"schema": SCHEMA, "file": str(path), "error": {"reason": answer.reason}}, out)
    else:
        Console(file=err, soft_wrap=True).print(f"{path.name or path}: {answer.reason}", markup=False, style="red")


def _write_paper(paths: Sequence[Path], number: int, count: int, form: ExtractedForm, out: TextIO, *, as_json: bool) -> None:
    """One JSON document a line and paper, or a table."""
    if as_json:
        _line({"schema": SCHEMA, "file": str(paths[0]), "paper": number, **form.to_json()}, out)
        return
    console = Console(file=out)
    title = " + ".join(path.name for path in paths) + (f", paper {number} of {count}" if count > 1 else "")
    if form.kind is None:
        console.print(f"{title}: not a form.{_TEACH.format(file=shlex.quote(str(paths[0])))}", markup=False, soft_wrap=True)
    else:
        console.print(_table(f"{title}: {form.kind.value.replace('_', ' ')}{' (blank)' if form.blank else ''}", form))
    for warning in form.warnings:
        console.print(f"  {warning}", style="yellow", markup=False)


def _line(document: object, out: TextIO) -> None:
    out.write(json.dumps(document, ensure_ascii=False) + "\n")
    out.flush()


def _table(title: str, form: ExtractedForm) -> Table:
    table = Table(title=escape(title), title_justify="left")
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
    """Takes `FILE… [--json] [--together]` and gives the exit status."""
    names = [argument for argument in arguments if argument not in {"--json", "--together"}]
    if not names:
        sys.stderr.write("usage: python -m mailroom.read_command FILE… [--json] [--together]\n")
        return 2
    read = read_album if "--together" in arguments else read_files
    return read([Path(name) for name in names], as_json="--json" in arguments, out=sys.stdout, err=sys.stderr)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
