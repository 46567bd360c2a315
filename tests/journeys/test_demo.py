"""The demo ends well on any machine, leaves other people's folders alone, and stops when told to."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.installation import eventually
from tests.support.visitor import Visitor

ROOT = Path(__file__).parents[2]


def demo(*arguments: str, home: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "mailroom", "demo", *arguments],
        cwd=ROOT,
        env={"HOME": str(home), "PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


@pytest.mark.timeout(320)
def test_the_demo_shows_every_sample_in_its_expected_state(tmp_path: Path) -> None:
    done = demo("--exit", "--folder", str(tmp_path / "demo"), home=tmp_path)
    lines = done.stdout.splitlines()
    assert [line for line in lines if line.startswith("FAIL")] == []
    assert done.returncode == 0, done.stdout + done.stderr
    for title in ("Word form", "PDF with text", "PDF form", "Scan", "Two forms in one letter", "No form", "Damaged file"):
        assert any(line.startswith(f"ok   {title}:") for line in lines), title
    assert "6 letters went into the captured outbox; none left this machine:" in lines
    assert "8 of 8 letters ended as they had to." in lines
    for title in ("Reminder digest", "Announcement", "Retention plan", "DfE export"):
        assert any(line.startswith(f"ok   {title}:") for line in lines), title
    [backup] = [line for line in lines if line.startswith("ok   Backup: ")]
    assert "is whole at 2 sites" in backup
    assert "count as one" in backup, "the demo's sites are folders on one disk, and it says so"
    assert "restored from" in backup
    said = done.stderr.splitlines()
    assert [line for line in said if re.match(r"\d{4}-\d\d-\d\dT|\{", line) or "[info" in line] == [], "no line of a log"
    assert said[0].startswith("The service runs: ")


def test_a_folder_that_no_demo_made_is_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "precious"
    folder.mkdir()
    (folder / "letter.txt").write_text("do not lose me")
    done = demo("--exit", "--folder", str(folder), home=tmp_path)
    assert done.returncode == 2
    assert "holds something else" in done.stderr
    assert (folder / "letter.txt").read_text() == "do not lose me"


@pytest.mark.timeout(320)
def test_the_demo_serves_on_until_it_is_interrupted(tmp_path: Path) -> None:
    out = tmp_path / "out"
    with out.open("w") as stdout, (tmp_path / "err").open("w") as stderr:
        process = subprocess.Popen(
            [sys.executable, "-m", "mailroom", "demo", "--folder", str(tmp_path / "demo")],
            cwd=ROOT,
            stdout=stdout,
            stderr=stderr,
            # Where the tests were started in the background, the shell had them ignore it.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - it starts no thread there
        )
    try:
        eventually(lambda: "/link/" in out.read_text(), "the sign-in link is printed", seconds=280)
        link = out.read_text().splitlines()[-1]
        pages, _, _ = link.partition("/link/")
        visitor = Visitor(pages)
        visitor.go(link)
        assert "Demo" in visitor.words
        visitor.send(link)
        visitor.go("/queue")
        assert "Amina Farrow" in visitor.words
    finally:
        process.send_signal(signal.SIGINT)
        try:
            status = process.wait(60)
        finally:
            process.kill()
    assert status == 0, (tmp_path / "err").read_text()
    log = (tmp_path / "demo" / "service.log").read_text()
    assert "stopped" in log.splitlines()[-1]


@pytest.mark.timeout(320)
def test_a_demo_that_is_told_to_end_leaves_no_service_behind(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    with (tmp_path / "out").open("w") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "mailroom", "demo", "--folder", str(folder)], cwd=ROOT, stdout=out, stderr=out
        )
    try:
        eventually((folder / "ready.json").exists, "the service is open", seconds=120)
    finally:
        process.terminate()
        status = process.wait(60)
    assert status == 128 + signal.SIGTERM
    assert "stopped" in (folder / "service.log").read_text().splitlines()[-1]
