"""Which stream words go to: data for programs to stdout, everything said to a person to stderr."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import Progress, SpinnerColumn, TextColumn

OK, FAILED, USAGE, PARTLY, TEMPORARY = 0, 1, 2, 3, 75
"""Exit statuses: all well, something failed, the call or the configuration is wrong, partly done, try again later."""


def console() -> Console:
    """Where progress and chatter go. Without a terminal there are no colours and no bars."""
    return Console(stderr=True, highlight=False, soft_wrap=True)


def say(words: str = "") -> None:
    console().print(escape(words))


@contextmanager
def counting(what: str = "rows read") -> Iterator[Callable[[int], None]]:
    """Shows how many there were so far, where somebody watches."""
    screen = console()
    with Progress(SpinnerColumn(), TextColumn("{task.description}"), console=screen, disable=not screen.is_terminal) as bar:
        task = bar.add_task(what)
        yield lambda number: bar.update(task, description=f"{number:,} {what}")


def put(words: str) -> None:
    """A line of data."""
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


def put_json(content: dict[str, Any] | list[Any]) -> None:
    put(json.dumps(content, ensure_ascii=False))


def leave(status: int, words: str = "") -> NoReturn:
    """Stop with an exit status, and say why."""
    if words:
        say(words)
    raise typer.Exit(status)
