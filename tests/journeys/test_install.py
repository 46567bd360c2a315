"""docs/install.md as a person follows it: from `mailroom init` to the first accepted form, by commands, pages and email only."""

import json
import os
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from mailroom.demo import cast, service
from mailroom.demo.word_papers import word_form
from tests.support.installation import eventually, form_of_amina, letter, post
from tests.support.visitor import Visitor

ROOT = Path(__file__).parents[2]
PASSWORD = "tram-velvet-otter-gale"
TUTOR = cast.HILLSIDE.tutor_address


def mailroom(*arguments: str) -> str:
    environment = {key: value for key, value in os.environ.items() if not key.startswith("MAILROOM_")}
    done = subprocess.run(
        [sys.executable, "-m", "mailroom", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def terms(of: int) -> str:
    """The calendar of docs/install.md, for the years around one."""
    lines = [
        line
        for year in (of - 2, of - 1, of, of + 1)
        for line in (
            f"Autumn {year},{year}-09-01,{year}-12-18,{year}-12-11,",
            f"Spring {year + 1},{year + 1}-01-04,{year + 1}-04-01,{year + 1}-03-26,",
            f"Summer {year + 1},{year + 1}-04-19,{year + 1}-07-22,{year + 1}-07-09,",
        )
    ]
    return "\n".join(["name,starts_on,ends_on,review_due_on,school_urn", *lines, ""])


def test_from_init_to_the_first_accepted_form(tmp_path: Path) -> None:
    link = mailroom(
        *("init", "--folder", str(tmp_path), "--body", "Example Body", "--address", "forms@body.example"),
        *("--user-name", "mjones", "--first-name", "Mair", "--last-name", "Jones"),
    ).strip()
    config = tmp_path / "config.toml"
    text = config.read_text(encoding="utf-8")
    text = re.sub(r"(?m)^port = (2525|8080)$", "port = 0", text)
    config.write_text(text.replace('capture_folder = ""', 'capture_folder = "outbox"'), encoding="utf-8")
    mailroom("check-config", "-c", str(config))
    findings = {one["what"]: one["state"] for one in json.loads(mailroom("doctor", "-c", str(config), "--json"))}
    assert "failed" not in findings.values()

    (tmp_path / "terms.csv").write_text(terms(datetime.now(UTC).year), encoding="utf-8")
    mailroom("calendar", "import", str(tmp_path / "terms.csv"), "-c", str(config))

    with service.running(tmp_path) as running:
        pages = Visitor(running.pages)
        set_up = "/set-up/" + link.rsplit("/", 1)[1]
        pages.go(set_up)
        pages.send(set_up, password=PASSWORD, again=PASSWORD)
        assert pages.status == 200
        pages.connect_app()
        pages.go("/")
        assert "Sign out" in pages.words
        pages.go(set_up)
        assert pages.status >= 400, "the link works once"

        pages.send(
            "/schools/new", name=cast.HILLSIDE.name, urn=cast.HILLSIDE.urn, addresses=f"{cast.HILLSIDE.address}\n{TUTOR}"
        )
        assert pages.status == 200
        assert cast.HILLSIDE.name in pages.words
        born, starts = cast.AMINA.born, datetime.now(UTC).date().replace(month=9, day=1)
        starts = starts.replace(year=starts.year - 1)
        pages.send(
            "/ects/new",
            **{
                "first-name": cast.AMINA.first_name,
                "last-name": cast.AMINA.last_name,
                "trn": cast.AMINA.trn,
                "born-day": str(born.day),
                "born-month": str(born.month),
                "born-year": str(born.year),
                "starts-day": "1",
                "starts-month": "9",
                "starts-year": str(starts.year),
                "school": cast.HILLSIDE.urn,
                "fte": "1",
                "tutor-first": "Gareth",
                "tutor-last": "Pike",
                "tutor-email": "",
            },
        )
        assert pages.status == 200, pages.words
        assert "Amina Farrow is registered" in pages.words
        assert (
            json.loads("[" + ",".join(mailroom("reminders", "plan", "-c", str(config), "--json").splitlines()) + "]")
            is not None
        )

        post(running, letter(TUTOR, ("Farrow.docx", word_form(form_of_amina()))), TUTOR)

        def on_the_desk() -> bool:
            pages.go("/queue")
            return bool(pages.links("/submissions/"))

        eventually(on_the_desk, "the form is on the desk")
        [submission] = pages.links("/submissions/")
        pages.go(submission)
        assert "Amina Farrow" in pages.words
        pages.send(f"{submission}/accept", seen=pages.hidden("seen"))
        assert (pages.status, "Accepted" in pages.words) == (200, True), pages.words
        eventually(lambda: any((tmp_path / "outbox").glob("*.eml")), "the receipt is out")
        eventually(lambda: pages.go("/readyz").startswith("ok"), "the clock has run")
    mailroom("verify", "-c", str(config))
