"""The demo's course: post every letter through SMTP, watch until all of them rest, and say what became of each."""

from __future__ import annotations

import email
import email.policy
import smtplib
import time
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from mailroom.demo import outcome
from mailroom.demo.cast import FORMS_ADDRESS
from mailroom.demo.outcome import Outcome, captured
from mailroom.demo.post import Sample
from mailroom.demo.service import Running
from mailroom.house import House

LONGEST_SECONDS = 240.0
"""After this long whatever does not rest counts as failed. A slow machine needs well under a minute."""


def post(samples: list[Sample], service: Running, house: House) -> None:
    """Real SMTP, as any mail server would."""
    with smtplib.SMTP(service.smtp_host, service.smtp_port, timeout=60) as line:
        for sample in samples:
            line.send_message(sample.as_message(house.clock()), from_addr=sample.sender, to_addrs=[FORMS_ADDRESS])


def watch(samples: list[Sample], house: House, screen: Console) -> list[Outcome]:
    """Look until every letter has come to rest. The screen shows how far it is."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed}/{task.total}"))
    with Progress(*columns, TimeElapsedColumn(), console=screen, transient=True, disable=not screen.is_terminal) as progress:
        bar = progress.add_task("Opening, reading, answering", total=len(samples))
        deadline = time.monotonic() + LONGEST_SECONDS
        while True:
            with house.database.reading() as session:
                found = [outcome.look(session, sample) for sample in samples]
            progress.update(bar, completed=sum(one.resting for one in found))
            if all(one.resting for one in found) or time.monotonic() > deadline:
                return found
            time.sleep(0.3)


def table_of(found: list[Outcome]) -> Table:
    table = Table(show_lines=True, expand=True)
    for title, ratio in (
        ("Letter", 2),
        ("What arrived", 4),
        ("What was read", 4),
        ("What waits for a person", 4),
        ("Receipt", 3),
    ):
        table.add_column(title, ratio=ratio, overflow="fold")
    table.add_column("", width=3)
    for one in found:
        cells = ["\n".join(part) for part in (one.files or ["no files"], one.read or ["-"], one.waits or ["nothing"])]
        mark = "[green]ok[/]" if one.good else "[red]no[/]"
        table.add_row(escape(one.sample.title), *(escape(cell) for cell in cells), escape(one.receipt), mark)
    return table


def letters_of(folder: Path) -> list[str]:
    """The captured letters in a line each."""
    lines = []
    for file in captured(folder):
        letter = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
        lines.append(f"{letter['To']}: {letter['Subject']} ({file.name})")
    return lines
