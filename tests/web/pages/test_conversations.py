"""Noting telephone calls and meetings."""

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from records.models.communications import Communication, CommunicationLink, Visibility
from tests.support.house import World, text_of

GOOD = {
    "way": "call_in",
    "who": "Ms Lowe, induction tutor",
    "when-day": "27",
    "when-month": "3",
    "when-year": "2026",
    "time": "2:05pm",
    "summary": "Asked about the date",
    "body": "The review comes after Easter.\nShe will write.",
    "visibility": "body",
}


def note(world: World, user_name: str = "assessor", **changes: str) -> tuple[int, str]:
    data = {**GOOD, **{key.replace("_", "-"): text for key, text in changes.items()}}
    answer = world.client(user_name).post(f"/ects/{world.ids['induction']}/note", data=data)
    return answer.status_code, answer.text


def test_call_is_kept_and_shown_on_the_page_of_the_ect(desk: World) -> None:
    assert note(desk)[0] == 303
    page = text_of(desk.client("reader").get(f"/ects/{desk.ids['induction']}").text)
    assert "Telephone call received: Asked about the date with Ms Lowe, induction tutor" in page
    assert "27 March 2026 at 2:05pm" in page
    assert "The review comes after Easter. She will write." in page


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("14:05", datetime(2026, 3, 27, 14, 5, tzinfo=UTC)),
        ("2.05 PM", datetime(2026, 3, 27, 14, 5, tzinfo=UTC)),
        ("9am", datetime(2026, 3, 27, 9, 0, tzinfo=UTC)),
        ("12am", datetime(2026, 3, 27, 0, 0, tzinfo=UTC)),
        ("12pm", datetime(2026, 3, 27, 12, 0, tzinfo=UTC)),
    ],
)
def test_time_is_read_as_people_write_it(desk: World, written: str, kept: datetime) -> None:
    assert note(desk, time=written)[0] == 303
    with desk.db.reading() as session:
        assert session.scalars(sa.select(Communication.happened_at).where(Communication.body.is_not(None))).one() == kept


def test_summer_time_is_london_time(desk: World) -> None:
    desk.later(days=30)
    assert note(desk, when_month="April", time="14:05")[0] == 303
    with desk.db.reading() as session:
        kept = session.scalars(sa.select(Communication.happened_at).where(Communication.body.is_not(None))).one()
    assert kept == datetime(2026, 4, 27, 13, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"way": ""}, "Choose what it was"),
        ({"body": " "}, "Write down what was said"),
        ({"time": ""}, "Enter a time"),
        ({"time": "25:00"}, "Enter a real time"),
        ({"time": "13pm"}, "Enter a real time"),
        ({"time": "14"}, "Enter a time"),
        ({"when_day": "31"}, "Date must be today or in the past"),
        ({"when_day": "30", "time": "11:59pm"}, "must be in the past"),
        ({"visibility": "named_contact"}, "Choose who may see it"),
    ],
)
def test_what_is_wrong_is_told_and_the_text_stays(desk: World, changes: dict[str, str], told: str) -> None:
    status, page = note(desk, **changes)
    assert status == 422
    assert told in text_of(page)
    assert "Ms Lowe, induction tutor" in page
    with desk.db.reading() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(Communication).where(Communication.body.is_not(None))) == 0


def test_what_the_named_contact_notes_for_themselves_shows_to_nobody_else(desk: World) -> None:
    assert note(desk, "contact", visibility="named_contact", body="In confidence")[0] == 303
    with desk.db.reading() as session:
        seen_by = session.scalars(
            sa.select(CommunicationLink.visibility).where(CommunicationLink.visibility != Visibility.BODY)
        ).all()
    assert seen_by == [Visibility.NAMED_CONTACT]
    path = f"/ects/{desk.ids['induction']}"
    assert "In confidence" in desk.client("contact").get(path).text
    for other in ("assessor", "administrator", "reader"):
        assert "In confidence" not in desk.client(other).get(path).text
