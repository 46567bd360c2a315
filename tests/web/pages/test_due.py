"""What is due: the list, its filters, the reminders of a day, and those nobody can be told of."""

from datetime import date

import pytest

from notifications import reminders
from records import people
from records.expectations import import_terms
from records.models.inductions import AssessmentKind, AssessmentPoint
from records.models.people import Role
from tests.support import builders
from tests.support.builders import expected
from tests.support.house import MACHINE, World, induction_of, text_of


@pytest.fixture
def owing(desk: World) -> World:
    """Amara owes an overdue assessment and one in May; Bela, at a school without any address, one this month."""
    with desk.db.writing() as session:
        induction = induction_of(desk, session)
        tutor = people.register_person(
            session, first_name="Tess", last_name="Orme", address="t@harrowgill.example", now=desk.now
        )
        people.add_membership(session, tutor, induction.posts[0].school, Role.INDUCTION_COORDINATOR)
        expected(session, induction, AssessmentKind.FORMAL_ASSESSMENT, date(2026, 3, 23), AssessmentPoint.FIRST)
        expected(session, induction, AssessmentKind.INTERIM_ASSESSMENT, date(2026, 5, 22))
        silent = builders.a_school(session, "Quietmoor School", "office@quietmoor.example")
        other = builders.an_ect(session, silent, trn="7654321", name=("Bela", "Karsten"))
        expected(session, other, due_on=date(2026, 3, 31))
        desk.ids |= {"quiet": silent.id, "other": other.id, "tess": tutor.id}
    return desk


def page(world: World, query: str = "") -> str:
    answer = world.client("reader").get(f"/due{query}")
    assert answer.status_code == 200
    return text_of(answer.text)


def test_without_terms_the_list_says_why_it_is_empty_and_what_fills_it(bare: World) -> None:
    assert "No terms are on record" in page(bare)
    assert "mailroom calendar import" in page(bare)
    with bare.db.writing() as session:
        import_terms(session, "starts_on,ends_on\n2026-01-05,2026-03-27\n", MACHINE, bare.now)
    assert "Nothing of this kind is owed." in page(bare)
    assert "No terms are on record" not in page(bare)


def test_everything_owed_is_listed_with_who_is_told(owing: World) -> None:
    text = page(owing)
    assert "3 assessments" in text
    assert "7 days overdue" in text
    assert "Tess Orme , coordinator" in text
    assert "Nobody No working address is on record" in text
    assert text.index("23 March") < text.index("31 March") < text.index("22 May")


@pytest.mark.parametrize(
    ("query", "there", "not_there"),
    [
        ("?show=overdue", ["23 March 2026"], ["31 March 2026", "22 May 2026"]),
        ("?show=month", ["23 March 2026", "31 March 2026"], ["22 May 2026"]),
        ("?show=nonsense&school=nonsense", ["23 March 2026", "22 May 2026"], []),
    ],
)
def test_filters_keep_what_fits(owing: World, query: str, there: list[str], not_there: list[str]) -> None:
    text = page(owing, query)
    assert all(one in text for one in there)
    assert not any(one in text for one in not_there)


def test_one_school_is_shown_alone(owing: World) -> None:
    text = page(owing, f"?school={owing.ids['quiet']}")
    assert "1 assessment at Quietmoor School" in text
    assert "23 March 2026" not in text


def test_form_that_is_in_is_not_due(owing: World) -> None:
    assert "27 March 2026" not in page(owing), "the review of 27 March has its form on the desk"


def test_reminders_of_a_day_are_those_of_the_plan(owing: World) -> None:
    browser = owing.client("reader")
    for day in (date(2026, 3, 22), date(2026, 3, 24), date(2026, 3, 30), date(2026, 5, 15)):
        shown = browser.get(f"/due/reminders?on-day={day.day}&on-month={day.month}&on-year={day.year}").text
        with owing.db.reading() as session:
            planned = reminders.plan(session, day)
        assert f"{len(planned)} letter{'' if len(planned) == 1 else 's'} on" in text_of(shown)
        assert all(one.address in shown for one in planned)
    assert "due 22 May 2026: a week before, as coordinator" in text_of(shown)


def test_those_nobody_can_be_told_of_are_named(owing: World) -> None:
    text = text_of(owing.client("reader").get("/due/reminders").text)
    assert "Progress review of Bela Karsten , due 31 March 2026, Quietmoor School" in text


def test_a_day_that_does_not_exist_is_told_beside_the_field(owing: World) -> None:
    answer = owing.client("reader").get("/due/reminders?on-day=31&on-month=2&on-year=2026")
    assert answer.status_code == 422
    assert "must be a real date" in answer.text
