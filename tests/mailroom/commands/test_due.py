"""`mailroom calendar` and `mailroom reminders` on a real installation."""

import json
from datetime import date
from pathlib import Path

from records import inductions, people
from tests.support.builders import MACHINE, NOW, a_school
from tests.support.installation import install


def test_a_calendar_taken_from_a_file_says_who_is_reminded_when(tmp_path: Path) -> None:
    place = install(tmp_path)
    with place.database() as database, database.writing() as session:
        person = people.register_person(
            session, first_name="Amara", last_name="Quillfeather", address="aq@harrowgill.example", now=NOW
        )
        inductions.start_induction(session, person, a_school(session), starts_on=date(2026, 9, 1), actor=MACHINE, now=NOW)
    terms = tmp_path / "terms.csv"
    terms.write_text("name,starts_on,ends_on,review_due_on,school_urn\nAutumn,2026-09-01,2026-12-18,2026-12-04,\n")
    assert place.run("calendar", "import", str(terms)).returncode == 0
    planned = json.loads(place.run("reminders", "plan", "--on", "2026-12-04", "--json").stdout)
    assert [(one["to"], one["items"][0]["rung"]) for one in planned] == [("aq@harrowgill.example", "on_the_day")]
    assert json.loads(place.run("reminders", "plan", "--on", "2026-12-02", "--json").stdout) == []


def test_a_bad_calendar_is_named_line_by_line_and_not_taken(tmp_path: Path) -> None:
    place = install(tmp_path)
    terms = tmp_path / "terms.csv"
    terms.write_text("name,starts_on,ends_on,review_due_on,school_urn\nAutumn,1/9/2026,2026-12-18,,\n")
    answer = place.run("calendar", "import", str(terms))
    assert answer.returncode == 1
    assert "Line 2" in answer.stderr
