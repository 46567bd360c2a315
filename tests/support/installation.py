"""A real installation in a folder: configuration, one school with an ECT of whom a form is due, and a running service."""

from __future__ import annotations

import json
import smtplib
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from mailroom import config, house
from mailroom.commands.setting_up import example
from mailroom.config import Settings
from mailroom.demo import cast, service, stage
from mailroom.demo.service import Running
from mailroom.house import House

FORMS = "forms@body.example"
ROOT = Path(__file__).parents[2]


def filled_in(**answers: Any) -> str:
    """The example settings with other answers, by "table__key"."""
    lines, table = [], ""
    for line in example().splitlines():
        if line.startswith("["):
            table = line.strip("[]")
        name = f"{table}__{line.partition(' = ')[0]}"
        lines.append(f"{line.partition(' = ')[0]} = {json.dumps(answers[name])}" if name in answers else line)
    return "\n".join(lines) + "\n"


LOOPBACK = {
    "body__name": "Example Body",
    "ingest__addresses": [FORMS],
    "ingest__port": 0,
    "records__reserve_bytes": 0,
    "web__port": 0,
    "mailroom__stop_seconds": 20,
}


def settings_in(folder: Path, **answers: Any) -> Settings:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "config.toml").write_text(filled_in(**{**LOOPBACK, **answers}), encoding="utf-8")
    return config.load(folder / "config.toml")


@contextmanager
def served(folder: Path, **answers: Any) -> Iterator[tuple[Running, House]]:
    """The service in a process of its own, with the demo's cast on record; and the house, to look into the record."""
    settings = settings_in(folder, **answers)
    with house.opened(settings) as open_house:
        stage.fill(open_house)
        with service.running(folder) as running:
            yield running, open_house


@contextmanager
def role(folder: Path, name: str) -> Iterator[dict[str, str]]:
    """One role in a process of its own; the addresses that it opened."""
    ready = folder / f"{name}.json"
    command = [sys.executable, "-m", "mailroom", name, "-c", str(folder / "config.toml"), "--ready-file", str(ready)]
    with (folder / f"{name}.log").open("ab") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, cwd=ROOT)
        try:
            eventually(lambda: ready.exists() or process.poll() is not None, f"{name} is ready")
            assert process.poll() is None, (folder / f"{name}.log").read_text()
            yield json.loads(ready.read_text(encoding="utf-8"))
        finally:
            status = service.stopped(process)
        assert status == 0, (folder / f"{name}.log").read_text()


def post(running: Running, message: EmailMessage, sender: str) -> None:
    with smtplib.SMTP(running.smtp_host, running.smtp_port, timeout=30) as line:
        line.send_message(message, from_addr=sender, to_addrs=[FORMS])


def letter(sender: str, *files: tuple[str, bytes], subject: str = "A form") -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, FORMS, subject
    message["Message-ID"] = f"<{uuid.uuid4()}@school.example>"
    message["Date"] = datetime.now(UTC)
    message.set_content("Dear colleagues, please find it attached.")
    for name, content in files:
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return message


def eventually(true: Callable[[], bool], what: str, seconds: float = 90) -> None:
    """Look until it is so; fail loudly when it does not become so in time."""
    deadline = time.monotonic() + seconds
    while not true():
        if time.monotonic() > deadline:
            pytest.fail(f"it did not come to pass within {seconds} s: {what}")
        time.sleep(0.1)


def form_of_amina(**changes: str) -> cast.FormFacts:
    return cast.form_of(cast.AMINA, datetime.now(UTC).date(), **changes)
