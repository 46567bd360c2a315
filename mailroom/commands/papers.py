"""`mailroom read`: what papers say, without a configuration and without a database."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from ingest.reading import IsolatedReader
from mailroom.commands.options import Json
from mailroom.read_command import read_album, read_files
from mailroom.screen import USAGE, leave
from parsers.learned import Layouts


def add_to(application: typer.Typer) -> None:
    application.command(epilog="Example: mailroom read --json *.docx > readings.jsonl")(read)


def read(
    paths: Annotated[
        list[Path], typer.Argument(metavar="PATH...", help="Word files, PDFs, scans or photos.", show_default=False)
    ],
    as_json: Json = False,
    layouts: Annotated[Path | None, typer.Option(help="A file of learned layouts, as JSON.")] = None,
    together: Annotated[
        bool, typer.Option("--together", help="Read pictures as the pages of one paper: mailroom read --together a.jpg b.jpg")
    ] = False,
) -> None:
    """Read papers and say what stands on them. Exit status 3 when a file could not be read; the others go on."""
    extract = _extract(layouts) if layouts else None
    with IsolatedReader() as reader:
        fields = partial(reader.read, shown=False)
        if together:
            readers = (fields, partial(reader.read_together, shown=False))
            status = read_album(paths, as_json=as_json, out=sys.stdout, err=sys.stderr, readers=readers, layouts=extract)
        else:
            status = read_files(paths, as_json=as_json, out=sys.stdout, err=sys.stderr, reader=fields, layouts=extract)
    raise typer.Exit(status)


def _extract(file: Path) -> str:
    """The text of a file of layouts; leaves where it is something else, since no paper is to blame for that."""
    try:
        return Layouts.from_json(file.read_text(encoding="utf-8")).to_json()
    except OSError as problem:
        leave(USAGE, f"{file}: {problem.strerror or 'it cannot be opened'}.")
    except ValueError:
        leave(USAGE, f"{file} is no file of learned layouts. `mailroom layouts learn` writes one.")
