"""`mailroom calendar` and `mailroom reminders` on a real installation."""

import json
from datetime import date
from pathlib import Path

from mailroom import house
from mailroom.config import Settings
from records import inductions, people
from tests.mailroom.commands.conftest import Call
from tests.support.builders import MACHINE, NOW, a_school

TERMS = "name,starts_on,ends_on,review_due_on,school_urn\nAutumn,{start},2026-12-18,2026-12-04,\n"


def test_a_calendar_taken_from_a_file_says_who_is_reminded_when(
    call: Call, config: str, settings: Settings, tmp_path: Path
) -> None:
    with house.opened(settings) as open_house, open_house.database.writing() as session:
        person = people.register_person(
            session, first_name="Amara", last_name="Quillfeather", address="aq@harrowgill.example", now=NOW
        )
        inductions.start_induction(session, person, a_school(session), starts_on=date(2026, 9, 1), actor=MACHINE, now=NOW)
    terms = tmp_path / "terms.csv"
    terms.write_text(TERMS.format(start="2026-09-01"), encoding="utf-8")
    assert call("calendar", "import", "-c", config, str(terms)).status == 0
    planned = json.loads(call("reminders", "plan", "-c", config, "--on", "2026-12-04", "--json").out)
    assert [(one["to"], one["items"][0]["rung"]) for one in planned] == [("aq@harrowgill.example", "on_the_day")]
    assert call("reminders", "plan", "-c", config, "--on", "2026-12-04").out.startswith("4 December 2026: 1 letter\n")
    assert json.loads(call("reminders", "plan", "-c", config, "--on", "2026-12-02", "--json").out) == []


def test_a_bad_calendar_is_named_line_by_line_and_not_taken(call: Call, config: str, tmp_path: Path) -> None:
    terms = tmp_path / "terms.csv"
    terms.write_text(TERMS.format(start="1/9/2026"), encoding="utf-8")
    answer = call("calendar", "import", "-c", config, str(terms))
    assert answer.status == 1
    assert "Line 2" in answer.err


def test_a_calendar_with_other_headings_is_told_which_are_expected(call: Call, config: str, tmp_path: Path) -> None:
    terms = tmp_path / "terms.csv"
    terms.write_text("Term,Start,ends_on\nAutumn,2026-09-01,2026-12-18\n", encoding="utf-8")
    answer = call("calendar", "import", "-c", config, str(terms))
    assert answer.status == 1
    assert "name, starts_on, ends_on, review_due_on, school_urn" in answer.err
    assert "starts_on is missing" in answer.err
