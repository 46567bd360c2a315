"""`mailroom demo`: the main job from end to end, with invented papers, on loopback only."""

from __future__ import annotations

import contextlib
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mailroom import house, logs
from mailroom.config_tables import LogLevel
from mailroom.screen import FAILED, OK, USAGE, console, leave, put, say
from records.values import counted, local_day

if TYPE_CHECKING:
    from mailroom.demo.outcome import Outcome

TERMINATED = 128 + signal.SIGTERM


def add_to(application: typer.Typer) -> None:
    application.command(epilog="Example: mailroom demo --exit")(demo)


def demo(
    leave_then: Annotated[bool, typer.Option("--exit", help="Stop after the summary instead of serving on.")] = False,
    folder: Annotated[Path, typer.Option(help="Where the demo's data live. What an earlier demo left there goes.")] = Path(
        "demo-data"
    ),
) -> None:
    """Start the service, post invented forms through SMTP, and say what became of each. Nothing leaves the machine.

    Exit status 0 only if every letter ended as it had to, and every promise that is shown besides was kept.
    """
    try:
        from mailroom.demo import kept_safe, play, post, promises, service, stage  # noqa: PLC0415 - needs the "demo" extra
    except ImportError as missing:
        leave(USAGE, f"The demo needs the package {missing.name}: pip install 'ect-mailroom[demo]'")
    try:
        settings = stage.set_up(folder)
    except stage.NotOurs as wrong:
        leave(USAGE, str(wrong))
    logs.set_up(settings, LogLevel.WARNING)
    screen = console()
    # Told to end, we must still end the service: Python would otherwise leave without a word.
    signal.signal(signal.SIGTERM, lambda _number, _frame: sys.exit(TERMINATED))
    try:
        with service.running(folder.resolve()) as running, house.opened(settings) as open_house:
            samples = post.samples(local_day(open_house.clock()))
            say(f"The service runs: post comes in at {running.smtp_host}:{running.smtp_port}, pages are at {running.pages}")
            say(f"Posting {len(samples)} letters with invented forms through SMTP …")
            play.post(samples, running, open_house)
            found = play.watch(samples, open_house, screen)
            if screen.is_terminal:
                screen.print(play.table_of(found))
            _summary(found, play.letters_of(folder / "outbox"))
            say("Now what the clock and people do besides …")
            kept = promises.keep_all(promises.Stage(open_house, running.pages, folder / "outbox"))
            for one in kept:
                put(one.line)
            safe = _backup(kept_safe.backed_up_and_compared(open_house, folder.resolve()))
            if not leave_then:
                _serve_on(running.process, stage.sign_in_link(open_house, running.pages), running.pages)
            stopped = service.stopped(running.process)
    except service.DidNotStart as wrong:
        leave(FAILED, str(wrong))
    if stopped != OK:
        say(f"The service did not stop as it should (status {stopped}); see {folder / 'service.log'}.")
    well = safe and all(one.good for one in found) and not any(one.wrong for one in kept)
    raise typer.Exit(OK if stopped == OK and well else FAILED)


def _summary(found: list[Outcome], letters: list[str]) -> None:
    for one in found:
        read = f"; found: {'; '.join(one.read)}" if one.read else ""
        waits = f"; waits: {'; '.join(one.waits)}" if one.waits else ""
        put(
            f"{'ok  ' if one.good else 'FAIL'} {one.sample.title}: {'; '.join(one.files) or 'no files'}{read}{waits}; receipt: {one.receipt}"
        )
        for problem in one.wrong:
            put(f"     not as it had to be: {problem}")
    put(f"{counted(len(letters), 'letter')} went into the captured outbox; none left this machine:")
    for letter in letters:
        put(f"     {letter}")
    put(f"{sum(one.good for one in found)} of {len(found)} letters ended as they had to.")


def _backup(came_to: tuple[list[str], list[str]]) -> bool:
    """A backup of all that, restored and compared."""
    done, wrong = came_to
    put(f"{'FAIL' if wrong else 'ok  '} Backup: {'; '.join(done)}")
    for problem in wrong:
        put(f"     not as it had to be: {problem}")
    return not wrong


def _serve_on(process: subprocess.Popen[bytes], link: str, pages: str) -> None:
    say(f"The pages are at {pages} until you press Ctrl-C. This link signs you in, once:")
    put(link)
    with contextlib.suppress(KeyboardInterrupt):
        while process.poll() is None:
            time.sleep(0.5)
