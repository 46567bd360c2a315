"""How an induction ends, on pages: nothing counts before it was checked, and a fail needs its written notice."""

import io
from datetime import date
from decimal import Decimal

import docx
import pytest
import sqlalchemy as sa

from records import cases
from records.events import Actor
from records.models.accounts import Account
from records.models.cases import CaseKind
from records.models.inductions import AssessmentKind, AssessmentPoint, Extension, Outcome
from records.models.notices import Notice
from records.models.people import Role
from records.people import add_address, add_membership
from records.states import NoticeState
from tests.support.builders import expected
from tests.support.house import World, induction_of, text_of

DECIDED = {"decided-day": "28", "decided-month": "3", "decided-year": "2026", "despite": "The papers were seen at the school"}
END = {"on-day": "27", "on-month": "3", "on-year": "2026", "terms": "5.5", **DECIDED}
NOTICE = {"notice-day": "28", "notice-month": "march", "notice-year": "2026", "told": "yes"}


@pytest.fixture
def finished(desk: World) -> World:
    """The final assessment of Amara is in."""
    with desk.db.writing() as session:
        induction = induction_of(desk, session)
        final = expected(session, induction, AssessmentKind.FORMAL_ASSESSMENT, date(2026, 3, 20), AssessmentPoint.FINAL)
        final.accepted_at = desk.now
    return desk


def path(world: World, ending: str = "") -> str:
    return f"/ects/{world.ids['induction']}/outcome{'/' + ending if ending else ''}"


def outcome(world: World) -> Outcome | None:
    with world.db.reading() as session:
        return induction_of(world, session).outcome


@pytest.mark.parametrize(
    ("ending", "data", "became"),
    [("pass", END, Outcome.PASS), ("fail", END | NOTICE, Outcome.FAIL), ("release", END, Outcome.RELEASE)],
)
def test_outcome_counts_only_after_it_was_checked(finished: World, ending: str, data: dict[str, str], became: Outcome) -> None:
    browser = finished.client("assessor")
    check = browser.post(path(finished, ending), data=data)
    assert check.status_code == 200
    assert "Check before you record it" in check.text
    assert "27 March 2026" in check.text
    assert outcome(finished) is None
    done = browser.post(path(finished, ending), data={**data, "checked": "yes"})
    assert done.headers["location"] == f"/ects/{finished.ids['induction']}"
    assert outcome(finished) is became
    with finished.db.reading() as session:
        induction = induction_of(finished, session)
        assert induction.notice_sent_on == (date(2026, 3, 28) if ending == "fail" else None)
        period = induction.periods[0]
        assert (period.ends_on, period.terms, period.outcome) == (date(2026, 3, 27), Decimal("5.5"), became)
    history = text_of(browser.get(f"/ects/{finished.ids['induction']}").text)
    assert "On 27 March 2026, 5.5 terms" in history
    assert ("written notice sent on 28 March 2026" in history) is (ending == "fail")


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"told": None}, "Confirm that you have sent the written notice"),
        ({"notice-day": None, "notice-month": None, "notice-year": None}, "Enter the date of the written notice"),
        ({"notice-day": "26"}, "cannot have gone before the induction ended"),
        ({"notice-day": "31"}, "must be today or in the past"),
    ],
)
@pytest.mark.parametrize("checked", [{}, {"checked": "yes"}])
def test_fail_is_refused_without_its_written_notice(
    finished: World, changes: dict[str, str | None], told: str, checked: dict[str, str]
) -> None:
    data = {key: text for key, text in {**END, **NOTICE, **changes, **checked}.items() if text is not None}
    answer = finished.client("assessor").post(path(finished, "fail"), data=data)
    assert answer.status_code == 422
    assert told in answer.text
    assert outcome(finished) is None


@pytest.mark.parametrize("terms", ["", "many", "17", "-1"])
def test_terms_that_cannot_be_are_refused(finished: World, terms: str) -> None:
    answer = finished.client("assessor").post(path(finished, "pass"), data={**END, "terms": terms, "checked": "yes"})
    assert answer.status_code == 422
    assert outcome(finished) is None


def test_end_before_the_start_is_refused_in_words(finished: World) -> None:
    early = {**END, "on-year": "2025", "checked": "yes"}
    answer = finished.client("assessor").post(path(finished, "pass"), data=early)
    assert answer.status_code == 422
    assert "The end date must be after the start of the period" in answer.text
    assert outcome(finished) is None


def test_page_says_why_it_cannot_be_done_yet(desk: World) -> None:
    browser = desk.client("assessor")
    page = text_of(browser.get(path(desk)).text)
    assert page.count("Not yet: the final assessment has not been accepted yet") == 2, "pass and fail"
    assert "This cannot be recorded yet" in browser.get(path(desk, "pass")).text
    assert browser.post(path(desk, "pass"), data={**END, "checked": "yes"}).status_code == 422
    assert outcome(desk) is None


def test_second_outcome_is_refused(finished: World) -> None:
    browser = finished.client("assessor")
    browser.post(path(finished, "pass"), data={**END, "checked": "yes"})
    assert browser.post(path(finished, "release"), data={**END, "checked": "yes"}).status_code == 422
    assert outcome(finished) is Outcome.PASS


def test_extension_is_recorded_with_its_reason(desk: World) -> None:
    browser = desk.client("assessor")
    data = {"terms": "1.5", "note": "More time\nfor the standards", **DECIDED}
    assert "Longer by" in browser.post(path(desk, "extension"), data=data).text
    browser.post(path(desk, "extension"), data={**data, "checked": "yes"})
    with desk.db.reading() as session:
        row = session.scalars(sa.select(Extension)).one()
        assert (row.terms, row.note) == (Decimal("1.5"), "More time\nfor the standards")
        assert induction_of(desk, session).required_terms == Decimal("7.5")
    assert outcome(desk) is None


def test_named_contact_of_the_ect_takes_no_part(finished: World) -> None:
    with finished.db.writing() as session:
        account = session.get_one(Account, finished.ids["assessor"])
        add_membership(session, account.person, None, Role.NAMED_CONTACT)
        induction_of(finished, session).named_contact_id = account.person_id
    browser = finished.client("assessor")
    assert browser.get(path(finished)).status_code == 403
    assert browser.post(path(finished, "pass"), data={**END, "checked": "yes"}).status_code == 403
    assert outcome(finished) is None
    assert finished.client("administrator").get(path(finished, "pass")).status_code == 200


def test_ending_that_is_none_is_not_found(desk: World) -> None:
    assert desk.client("assessor").get(path(desk, "perish")).status_code == 404


def test_checks_are_shown_and_what_is_not_met_asks_for_a_reason(finished: World) -> None:
    with finished.db.writing() as session:
        induction = induction_of(finished, session)
        cases.open_case(
            session,
            induction,
            CaseKind.DISPUTE,
            summary="The timetable",
            received_on=date(2026, 3, 27),
            actor=Actor.person(finished.ids["assessor"]),
            now=finished.now,
        )
    browser = finished.client("assessor")
    page = text_of(browser.get(path(finished, "pass")).text)
    assert "not signed off by the ECT, the induction tutor, the headteacher (2.61)" in page
    assert "Open dispute: The timetable, due on 28 April 2026" in page
    assert "The head’s recommendation is not on record" in page
    silent = {**END, "despite": ""}
    refused = browser.post(path(finished, "pass"), data={**silent, "checked": "yes"})
    assert (refused.status_code, "although not every check is met" in refused.text) == (422, True)
    assert outcome(finished) is None
    browser.post(path(finished, "pass"), data={**END, "checked": "yes"})
    history = text_of(browser.get(f"/ects/{finished.ids['induction']}").text)
    assert "Although: 1 review or assessment is not in" in history
    assert "Open dispute: The timetable" in history
    assert "Why: The papers were seen at the school" in history


def test_the_letter_of_a_fail_can_be_had_before_anything_is_recorded(finished: World) -> None:
    browser = finished.client("assessor")
    answer = browser.post(f"{path(finished, 'fail')}/letter", data={**END, "note": "Standard 7 is not met"})
    assert answer.status_code == 200
    assert answer.headers["content-disposition"] == 'attachment; filename="notice.docx"'
    words = "\n".join(one.text for one in docx.Document(io.BytesIO(answer.content)).paragraphs)
    assert "Dear Amara Quillfeather" in words
    assert "right to appeal" in words
    assert "Cheylesmore House" in words
    # Sent today, Monday 30 March 2026, it counts as received on Wednesday; twenty working days over Easter.
    assert "the last day is 30 April 2026" in words
    assert "Standard 7 is not met" in words
    assert outcome(finished) is None


def test_a_fail_is_told_by_email_in_the_act_that_records_it(finished: World) -> None:
    with finished.db.writing() as session:
        induction = induction_of(finished, session)
        add_address(session, induction.person, "amara@harrowgill.example", finished.now)
    browser = finished.client("assessor")
    data = {**END, "send": "yes", "note": "Standard 7 is not met"}
    check = text_of(browser.post(path(finished, "fail"), data=data).text)
    assert "Amara Quillfeather, amara@harrowgill.example" in check
    assert "right to appeal" in check
    browser.post(path(finished, "fail"), data={**data, "checked": "yes"})
    with finished.db.reading() as session:
        [notice] = session.scalars(sa.select(Notice).where(Notice.kind == "outcome")).all()
        assert (notice.to_address, notice.content["appeal_until"]) == ("amara@harrowgill.example", "2026-04-30")
        assert induction_of(finished, session).notice_sent_on == date(2026, 3, 30)
    page = text_of(browser.get(f"/ects/{finished.ids['induction']}").text)
    assert "Written notice sent on 30 March 2026" in page
    assert "An appeal is possible until 30 April 2026" in page


def test_nobody_is_written_to_without_an_address(finished: World) -> None:
    answer = finished.client("assessor").post(path(finished, "fail"), data={**END, "send": "yes", "checked": "yes"})
    assert (answer.status_code, "no email address on record" in answer.text) == (422, True)
    assert outcome(finished) is None


def test_a_pass_shows_when_its_notice_is_due_until_the_day_is_noted(finished: World) -> None:
    browser, ect = finished.client("assessor"), f"/ects/{finished.ids['induction']}"
    browser.post(path(finished, "pass"), data={**END, "checked": "yes"})
    assert "Written notice due on 1 April 2026 (3 working days, regulation 11(7))" in text_of(browser.get(ect).text)
    early = {"notice-day": "27", "notice-month": "3", "notice-year": "2026"}
    assert "cannot have gone before the decision" in browser.post(f"{ect}/decision/notice", data=early).text
    assert browser.post(f"{ect}/decision/notice", data={**early, "notice-day": "30"}).status_code == 303
    assert "Written notice sent on 30 March 2026" in text_of(browser.get(ect).text)


def test_a_wrong_outcome_is_taken_back_with_a_reason(finished: World) -> None:
    browser, ect = finished.client("assessor"), f"/ects/{finished.ids['induction']}"
    browser.post(path(finished, "pass"), data={**END, "checked": "yes"})
    assert browser.post(f"{ect}/decision", data={"why": ""}).status_code == 422
    assert outcome(finished) is Outcome.PASS
    assert browser.post(f"{ect}/decision", data={"why": "The wrong ECT"}).status_code == 303
    assert outcome(finished) is None
    history = text_of(browser.get(ect).text)
    assert "Outcome: “pass” became “nothing”" in history
    assert "Why: The wrong ECT" in history
    # Afterwards the right one can be recorded.
    browser.post(path(finished, "release"), data={**END, "checked": "yes"})
    assert outcome(finished) is Outcome.RELEASE


def test_a_wrong_extension_is_taken_back(desk: World) -> None:
    browser, ect = desk.client("assessor"), f"/ects/{desk.ids['induction']}"
    browser.post(path(desk, "extension"), data={"terms": "1.5", **DECIDED, "checked": "yes"})
    with desk.db.reading() as session:
        row = session.scalars(sa.select(Extension)).one()
    assert browser.post(f"{ect}/decision", data={"why": "A slip", "extension": str(row.id)}).status_code == 303
    with desk.db.reading() as session:
        assert induction_of(desk, session).required_terms == Decimal(6)
        assert session.scalars(sa.select(Extension)).all() == []


@pytest.mark.parametrize("day", ["28", "29"])
def test_a_letter_is_sent_now_or_went_before_but_not_both(finished: World, day: str) -> None:
    _with_address(finished)
    data = {**END, **NOTICE, "notice-day": day, "send": "yes", "checked": "yes"}
    answer = finished.client("assessor").post(path(finished, "fail"), data=data)
    assert (answer.status_code, "not both" in answer.text) == (422, True)
    assert outcome(finished) is None
    assert letters(finished) == []


def test_a_letter_that_is_sent_now_may_name_today_as_its_day(finished: World) -> None:
    _with_address(finished)
    data = {**END, **NOTICE, "notice-day": "30", "send": "yes", "checked": "yes"}
    assert finished.client("assessor").post(path(finished, "fail"), data=data).status_code == 303
    assert [one.content["sent_on"] for one in letters(finished)] == ["2026-03-30"]


def test_a_decision_that_is_corrected_the_same_day_sends_a_letter_of_its_own(finished: World) -> None:
    _with_address(finished)
    browser, ect = finished.client("assessor"), f"/ects/{finished.ids['induction']}"
    for terms in ("6", "5"):
        browser.post(path(finished, "fail"), data={**END, "terms": terms, "send": "yes", "checked": "yes"})
        if terms == "6":
            browser.post(f"{ect}/decision", data={"why": "The terms were wrong"})
    told = {one.content["terms"]: one.state for one in letters(finished)}
    assert told == {"6": NoticeState.WITHHELD, "5": NoticeState.ASKED}


def test_two_extensions_of_one_day_are_two_letters_and_only_that_taken_back_is_withdrawn(desk: World) -> None:
    _with_address(desk)
    browser, ect = desk.client("assessor"), f"/ects/{desk.ids['induction']}"
    for terms in ("1", "2"):
        browser.post(path(desk, "extension"), data={"terms": terms, **DECIDED, "send": "yes", "checked": "yes"})
    assert sorted(one.content["terms"] for one in letters(desk)) == ["1", "2"]
    with desk.db.reading() as session:
        second = session.scalars(sa.select(Extension.id).where(Extension.terms == 2)).one()
    assert browser.post(f"{ect}/decision", data={"why": "A slip", "extension": str(second)}).status_code == 303
    told = {one.content["terms"]: one.state for one in letters(desk)}
    assert told == {"1": NoticeState.ASKED, "2": NoticeState.WITHHELD}


def _with_address(world: World) -> None:
    with world.db.writing() as session:
        add_address(session, induction_of(world, session).person, "amara@harrowgill.example", world.now)


def letters(world: World) -> list[Notice]:
    with world.db.reading() as session:
        return list(session.scalars(sa.select(Notice).where(Notice.kind == "outcome")))
