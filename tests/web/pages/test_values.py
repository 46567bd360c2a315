"""Correcting and confirming what was read."""

import pytest

from records.models.submissions import Submission, SubmissionValue
from tests.support.house import World, text_of


def post(world: World, key: str, data: dict[str, str], which: str = "doubtful", act: str = "") -> object:
    return world.client("assessor").post(f"/submissions/{world.ids[which]}/values/{key}{act}", data=data)


def value(world: World, key: str, which: str = "doubtful") -> SubmissionValue | None:
    with world.db.reading() as session:
        rows = session.get_one(Submission, world.ids[which]).values
        return next((row for row in rows if row.key == key), None)


def now(world: World, key: str, which: str = "doubtful") -> str | None:
    row = value(world, key, which)
    assert row is not None
    return row.value


@pytest.mark.parametrize(
    ("key", "data", "kept"),
    [
        ("period_end", {"value-day": "2", "value-month": "April", "value-year": "2026"}, "2026-04-02"),
        ("period_end", {"value-day": "02", "value-month": "04", "value-year": "2026"}, "2026-04-02"),
        ("trn", {"value": " 76 54321 "}, "7654321"),
        ("days_absent", {"value": "2.50"}, "2.5"),
        ("on_track", {"value": "false"}, "false"),
        ("targets", {"value": "First line\r\nSecond line"}, "First line\nSecond line"),
        ("ect_name", {"value": "  Amara   Quill-Feather "}, "Amara Quill-Feather"),
        ("days_absent", {"value": ""}, None),
    ],
)
def test_correction_is_kept_and_leads_back_to_its_place(desk: World, key: str, data: dict[str, str], kept: str | None) -> None:
    answer = post(desk, key, data)
    assert answer.headers["location"] == f"/submissions/{desk.ids['doubtful']}#value-{key}"  # type: ignore[attr-defined]
    assert now(desk, key) == kept


def test_page_says_who_said_what_after_a_correction(desk: World) -> None:
    post(desk, "ect_name", {"value": "Amara Quill-Feather"})
    page = text_of(desk.client("reader").get(f"/submissions/{desk.ids['doubtful']}").text)
    assert (
        "Name of the ECT Corrected by a person Amara Quill-Feather" in page
        or "Conflicts with the record Amara Quill-Feather" in page
    )
    assert "Read as: “Amara Quillfeather”" in page


@pytest.mark.parametrize(
    ("key", "data", "told", "again"),
    [
        ("trn", {"value": "12"}, "A teacher reference number has 7 digits", 'value="12"'),
        ("period_end", {"value-day": "31", "value-month": "2", "value-year": "2026"}, "must be a real date", 'value="31"'),
        ("period_end", {"value-day": "3", "value-month": "", "value-year": "2026"}, "must include a month", 'value="2026"'),
        (
            "period_end",
            {"value-day": "3", "value-month": "March", "value-year": "26"},
            "Year must include 4 numbers",
            'value="March"',
        ),
        ("days_absent", {"value": "three"}, "Enter a number", 'value="three"'),
        ("on_track", {"value": "perhaps"}, "Choose one of the options", ""),
    ],
)
def test_wrong_value_is_told_beside_its_field_and_stays_typed(
    desk: World, key: str, data: dict[str, str], told: str, again: str
) -> None:
    before = now(desk, key)
    answer = post(desk, key, data)
    page = answer.text  # type: ignore[attr-defined]
    assert answer.status_code == 422  # type: ignore[attr-defined]
    assert "<title>Error: " in page
    field = f"v-{key}-day" if "value-day" in data else f"v-{key}"
    assert f'<a href="#{field}">' in page
    assert f'id="{field}"' in page
    assert told in text_of(page)
    assert again in page
    assert now(desk, key) == before


def test_confirming_a_doubtful_value_clears_the_way(desk: World) -> None:
    post(desk, "period_end", {}, act="/confirm")
    page = text_of(desk.client("assessor").get(f"/submissions/{desk.ids['doubtful']}").text)
    assert "End of the period Checked by a person 27 March 2026" in page
    assert "Nothing is in the way" in page


def test_value_that_the_paper_has_no_place_for_can_be_added(desk: World) -> None:
    browser = desk.client("assessor")
    page = browser.get(f"/submissions/{desk.ids['doubtful']}?add=strengths").text
    assert 'id="value-strengths"' in page
    assert value(desk, "strengths") is None
    post(desk, "strengths", {"value": "Calm and prepared"})
    assert now(desk, "strengths") == "Calm and prepared"
    page = text_of(browser.get(f"/submissions/{desk.ids['doubtful']}").text)
    assert "Strengths Typed in by a person Calm and prepared" in page


def test_unknown_field_is_not_found(desk: World) -> None:
    assert post(desk, "shoe_size", {"value": "9"}).status_code == 404  # type: ignore[attr-defined]
    assert post(desk, "strengths", {}, act="/confirm").status_code == 404  # type: ignore[attr-defined]


def test_kind_of_form_can_be_corrected(desk: World) -> None:
    browser = desk.client("assessor")
    path = f"/submissions/{desk.ids['clear']}/kind"
    assert browser.post(path, data={"kind": "novel"}).status_code == 422
    assert browser.post(path, data={"kind": "interim_assessment"}).status_code == 303
    with desk.db.reading() as session:
        assert session.get_one(Submission, desk.ids["clear"]).kind == "interim_assessment"


def test_decided_form_is_changed_by_nobody(desk: World) -> None:
    desk.client("assessor").post(f"/submissions/{desk.ids['doubtful']}/not-a-form")
    assert post(desk, "trn", {"value": "7654321"}).status_code == 409  # type: ignore[attr-defined]
    assert now(desk, "trn") == "1234567"
