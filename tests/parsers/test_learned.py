"""A layout teaches where fields stand, and nothing about people."""

import json
import zlib

import pytest

from parsers import choose, word
from parsers.forms import ExtractedForm, FormKind, ReadFile, Status
from parsers.learned import Layout, Layouts
from parsers.learning import Lesson, Proof, learn
from parsers.tokens import Sheet
from tests.support.papers import RENDERINGS, draw
from tests.support.papers_docx import to_docx
from tests.support.papers_layouts import LAYOUTS
from tests.support.papers_model import Sketch, T, Truth, a, cell, p
from tests.support.relabelled import relabelled
from tests.support.scoring import same
from tests.support.unseen import Made, make


def form_of(*rows: tuple[str, str], title: str = "ECT progress review record") -> bytes:
    table = T((0.5, 0.5), tuple((cell(label), cell(p(a(value)))) for label, value in rows))
    return to_docx(Sketch("taught", {}, [p(title, heading=1), table]))


def nonsense(name: str, code: str, days: str, *, more: tuple[tuple[str, str], ...] = ()) -> bytes:
    return form_of(("Blorp wimble", name), ("Gax of tront", code), *more, ("Frundle skeb", days), title="Quimble stoop vark")


TRUTH: Truth = {"form_kind": "progress_review", "ect_name": "Orla Yardley", "trn": "1234567", "days_absent": "2"}


def taught(content: bytes, truth: Truth, known: Layouts | None = None) -> Lesson:
    lesson = learn(word.read_sheet(content), truth, known)
    assert lesson is not None
    return lesson


def read(content: bytes, *layouts: Layout) -> ExtractedForm:
    answer = choose.read(content, "paper", Layouts(layouts).to_json() if layouts else None, shown=False)
    assert isinstance(answer, ReadFile)
    return answer.papers[0].form


def value(form: ExtractedForm, key: str) -> object:
    return form.fields[key].value if key in form.fields else None


def test_form_whose_words_mean_nothing_is_read_once_one_paper_of_it_was_accepted() -> None:
    layout = taught(nonsense("Orla Yardley", "1234567", "2"), TRUTH).layout
    other = nonsense("Piotr Eastgate", "7654321", "3½")
    assert read(other).kind is None
    after = read(other, layout)
    assert after.kind is FormKind.PROGRESS_REVIEW
    assert [value(after, key) for key in ("ect_name", "trn", "days_absent")] == ["Piotr Eastgate", "7654321", "3.5"]
    assert after.layout == layout.id


def test_row_that_the_taught_paper_had_not_moves_no_other_field() -> None:
    layout = taught(nonsense("Orla Yardley", "1234567", "2"), TRUTH).layout
    after = read(nonsense("Piotr Eastgate", "7654321", "3", more=(("Vunk", "Leeds"), ("Plib", "88"))), layout)
    assert [value(after, key) for key in ("ect_name", "trn", "days_absent")] == ["Piotr Eastgate", "7654321", "3"]


def test_missing_row_gives_no_value_instead_of_its_neighbours() -> None:
    layout = taught(
        nonsense("Orla Yardley", "1234567", "2", more=(("Vunk", "Leeds"), ("Plib", "8"))), {**TRUTH, "school_name": "Leeds"}
    ).layout
    after = read(nonsense("Piotr Eastgate", "7654321", "3"), layout)
    assert value(after, "school_name") is None
    assert value(after, "days_absent") == "3"


def test_place_left_empty_on_the_taught_paper_is_offered_for_a_check_when_it_is_filled_in() -> None:
    layout = taught(nonsense("Orla Yardley", "", "2"), {**TRUTH, "trn": None}).layout
    after = read(nonsense("Piotr Eastgate", "7654321", "3"), layout)
    assert value(after, "trn") == "7654321"
    assert after.fields["trn"].status is Status.CHECK


def test_empty_place_contradicts_nothing() -> None:
    first = Layouts((taught(nonsense("Orla Yardley", "1234567", "2"), TRUTH).layout,))
    lesson = taught(
        nonsense("Piotr Eastgate", "7654321", ""),
        {**TRUTH, "ect_name": "Piotr Eastgate", "trn": "7654321", "days_absent": None},
        first,
    )
    assert lesson.known
    assert lesson.proofs == {"ect_name": Proof.AGREES, "trn": Proof.AGREES, "days_absent": Proof.SILENT}


def test_other_value_contradicts_and_shows_where_the_field_stands_instead() -> None:
    wrong = taught(nonsense("Orla Yardley", "1234567", "2"), {**TRUTH, "trn": None, "school_urn": "1234567"[:6]})
    swapped = nonsense("Orla Yardley", "1234567", "2", more=(("Vunk", "7654321"),))
    first = Layouts((taught(swapped, {**TRUTH, "trn": "7654321"}).layout,))
    lesson = taught(nonsense("Piotr Eastgate", "2222222", "3", more=(("Vunk", "3333333"),)),
                    {**TRUTH, "ect_name": "Piotr Eastgate", "trn": "2222222", "days_absent": "3"}, first)  # fmt: skip
    assert lesson.proofs["trn"] is Proof.CONTRADICTS
    places = {one.key: one.place for one in lesson.layout.anchors}
    known = {one.key: one.place for one in first.layouts[0].anchors}
    assert places["trn"] != known["trn"]
    assert not wrong.known


def test_known_label_is_read_as_before_once_the_layout_is_known() -> None:
    rows = (
        ("ECT name", "Orla Yardley"),
        ("TRN", "1234567"),
        ("School", "Fernhill Academy"),
        ("Days absent in this period", "2"),
        ("Period end date", "4 July 2024"),
    )
    content = form_of(*rows)
    before = read(content)
    truth: Truth = {"form_kind": "progress_review", **{key: one.value for key, one in before.fields.items()}}
    after = read(content, taught(content, truth).layout)
    assert {key: one.value for key, one in after.fields.items() if one.value} == {
        key: one.value for key, one in before.fields.items() if one.value
    }


def test_paper_of_another_layout_learns_nothing_from_it() -> None:
    layout = taught(nonsense("Orla Yardley", "1234567", "2"), TRUTH).layout
    other = form_of(
        ("ECT name", "Orla Yardley"), ("TRN", "1234567"), ("School", "Fernhill Academy"), ("Days absent in this period", "2")
    )
    assert read(other, layout).to_json() == read(other).to_json()


def test_extract_holds_places_and_no_values() -> None:
    content = nonsense("Orla Yardley", "1234567", "2", more=(("Vunk", "Someone Else"), ("Plib", "0161 496 0000")))
    text = Layouts((taught(content, TRUTH).layout,)).to_json()
    assert not any(
        word in text.casefold() for word in ("1234567", "orla", "yardley", "someone", "else", "0161", "496", "blorp")
    )
    numbers = {number & 0xFFFF for run in json.loads(text)["layouts"][0]["printed"] for number in run}
    assert not numbers & {zlib.crc32(word.encode()) & 0xFFFF for word in ("1234567", "orla", "yardley", "0161", "496", "0000")}
    assert Layouts.from_json(text).to_json() == text


@pytest.mark.parametrize(
    "text",
    [
        '{"schema": "other", "layouts": []}',
        '{"schema": "mailroom.layouts/1"}',
        "[]",
        "{",
        '{"schema": "mailroom.layouts/1", "layouts": [7]}',
    ],
)
def test_anything_else_is_no_extract(text: str) -> None:
    with pytest.raises(ValueError):
        Layouts.from_json(text)


def test_empty_extract_knows_no_layout() -> None:
    assert Layouts.from_json(None).layouts == ()
    assert json.loads(Layouts().to_json())["layouts"] == []


def test_lesson_survives_the_way_over_the_pipe() -> None:
    lesson = taught(nonsense("Orla Yardley", "1234567", "2"), TRUTH)
    assert Lesson.from_json(json.loads(json.dumps(lesson.to_json()))) == lesson


@pytest.mark.parametrize("rendering", sorted(RENDERINGS))
@pytest.mark.parametrize("layout", sorted(LAYOUTS))
def test_written_answers_are_found_under_labels_that_mean_nothing(layout: str, rendering: str) -> None:
    """Only what the taught paper had filled in counts; nothing may be wrong without a warning."""

    def paper(copy: int) -> tuple[bytes, Truth]:
        sketch = relabelled(draw(layout, 3, copy), layout)
        return RENDERINGS[rendering](sketch), sketch.truth

    content, truth = paper(0)
    answer = choose.read(content, "paper")
    assert isinstance(answer, ReadFile)
    lesson = learn(Sheet.from_json(answer.papers[0].sheet), truth)
    assert lesson is not None
    found = wanted = 0
    for copy in (1, 2):
        content, other = paper(copy)
        form = read(content, lesson.layout)
        assert form.kind is not None
        assert form.kind.value == truth["form_kind"]
        for anchor in lesson.layout.anchors:
            true, seen = other.get(anchor.key), form.fields.get(anchor.key)
            if isinstance(true, str) and anchor.place is not None:
                wanted += 1
                found += (
                    seen is not None
                    and isinstance(seen.value, str)
                    and seen.value[:40].casefold() == true[:40].casefold().replace("’", "'")
                )
    assert found >= 0.7 * wanted


def test_long_text_in_a_taught_place_is_read_to_its_end_over_the_page() -> None:
    first, other = (make("leaving_before_end", 0, copy, "flat") for copy in (0, 2))
    form = read(other.content, taught_by(first).layout)
    assert same("support_plan", str(other.truth["support_plan"]), str(value(form, "support_plan")))


@pytest.mark.parametrize("copy", [1, 2])
def test_taught_place_that_a_likely_label_contradicts_is_one_to_check(copy: int) -> None:
    first, other = (make("options_across", 0, number, "docx") for number in (0, copy))
    reading = read(other.content, taught_by(first).layout).fields["head_signed_name"]
    assert reading.value == other.truth["head_signed_name"] or reading.status is Status.CHECK


def taught_by(made: Made) -> Lesson:
    answer = choose.read(made.content, "paper")
    assert isinstance(answer, ReadFile)
    lesson = learn(Sheet.from_json(answer.papers[0].sheet), made.truth)
    assert lesson is not None
    return lesson


PERSON = (
    ("ECT name", "Orla Yardley"),
    ("TRN", "1234567"),
    ("Date of birth", "3 May 1994"),
    ("School name", "Fernhill Academy"),
)
OTHER = (
    ("ECT name", "Piotr Eastgate"),
    ("TRN", "7654321"),
    ("Date of birth", "4 June 1995"),
    ("School name", "Ashgrove School"),
)


def days_form(facts: tuple[tuple[str, str], ...], *rows: tuple[str, ...]) -> bytes:
    tables = [
        T(tuple([1 / len(some[0])] * len(some[0])), tuple(tuple(cell(p(a(text))) for text in row) for row in some))
        for some in (facts, rows)
    ]
    return to_docx(Sketch("taught", {}, [p("ECT progress review", heading=1), *tables]))


@pytest.mark.parametrize(
    ("first", "same_form", "changed"),
    [
        (
            (("Days absent in this period", "2"), ("Days served", "60")),
            (("Days absent in this period", "4"), ("Days served", "62")),
            (("Days absent in previous period", "4"), ("Days served", "62")),
        ),
        (
            (("Frundle skeb", "2"), ("Blorp", "60")),
            (("Frundle skeb", "4"), ("Blorp", "62")),
            (("Frundle skeb overall", "4"), ("Blorp", "62")),
        ),
        (
            (("Frundle skeb", "2"), ("Blorp", "60")),
            (("Frundle skeb", "4"), ("Blorp", "62")),
            (("Whole frundle skeb", "4"), ("Blorp", "62")),
        ),
        (
            (("", "Zig", "Zag"), ("Frundle", "2", "5"), ("Blorp", "1", "6")),
            (("", "Zig", "Zag"), ("Frundle", "4", "7"), ("Blorp", "3", "8")),
            (("", "Zig", "Zog", "Zag"), ("Frundle", "4", "3", "7"), ("Blorp", "3", "9", "8")),
        ),
        (
            (("", "Zig", "Zag"), ("Frundle", "2", "5"), ("Blorp", "1", "6")),
            (("", "Zig", "Zag"), ("Frundle", "4", "7"), ("Blorp", "3", "8")),
            (("", "Zag", "Zig"), ("Frundle", "4", "7"), ("Blorp", "3", "8")),
        ),
    ],
)
def test_place_whose_label_or_columns_were_changed_is_to_check(
    first: tuple[tuple[str, ...], ...], same_form: tuple[tuple[str, ...], ...], changed: tuple[tuple[str, ...], ...]
) -> None:
    truth: Truth = {
        "form_kind": "progress_review", "ect_name": "Orla Yardley", "trn": "1234567", "date_of_birth": "1994-05-03",
        "school_name": "Fernhill Academy", "days_absent": "2",
    }  # fmt: skip
    layout = taught(days_form(PERSON, *first), truth).layout
    again = read(days_form(OTHER, *same_form), layout).fields["days_absent"]
    assert (again.value, again.status) == ("4", Status.CLEAR)
    after = read(days_form(OTHER, *changed), layout).fields["days_absent"]
    assert after.status is Status.CHECK
    assert "reads otherwise" in str(after.reason)
