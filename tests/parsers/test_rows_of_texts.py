"""Long texts in tables: rows under the head of a column, numbered rows, grades beside comments, roles over days."""

from parsers.forms import ExtractedForm, Status
from tests.support.drawn import read_all
from tests.support.papers_model import Cell, Gap, Run, T, Tick, a, cell, p

_REVIEW, _PLAN = "ECT progress review", "ECT support plan"


def _heads(*words: str) -> tuple[Cell, ...]:
    return tuple(cell(one, bold=True, shaded=True) for one in words)


def _row(*answers: str) -> tuple[Cell, ...]:
    return tuple(cell(p(a(one))) for one in answers)


def _clear(form: ExtractedForm, key: str) -> object:
    field = form.fields[key]
    return field.value if field.status is Status.CLEAR else None


def _table(*rows: tuple[Cell, ...]) -> T:
    return T((0.34, 0.36, 0.3), (_heads("Area of concern", "Targets", "Review date"), *rows))


def test_all_rows_under_a_head_are_one_answer() -> None:
    rows = (
        _row("Lessons begin late in the afternoon", "Pupils are at work within three minutes", "1 October 2024"),
        _row("Reports were handed in after the day", "All reports of this term come in on time", "8 October 2024"),
        _row("", "", ""),
    )
    for form in read_all(_PLAN, _table(*rows)):
        assert (
            _clear(form, "areas_for_development") == "Lessons begin late in the afternoon\nReports were handed in after the day"
        )
        assert _clear(form, "targets") == "Pupils are at work within three minutes\nAll reports of this term come in on time"


def test_rows_end_where_other_heads_begin() -> None:
    heads = _heads("Strengths", "Areas for development")
    more = _heads("Targets", "ECT comments")
    said = (
        "Lessons start well and end well",
        "Books are not yet marked often enough",
        "Mark one set of books a week",
        "I agree with all of this",
    )
    table = T((0.5, 0.5), (heads, _row(*said[:2]), more, _row(*said[2:])))
    for form in read_all(_REVIEW, table):
        assert [form.fields[key].value for key in ("strengths", "areas_for_development", "targets", "ect_comments")] == list(
            said
        )


def test_numbered_rows_under_a_heading_are_one_answer() -> None:
    said = ("Watch phonics taught in another class", "Lead one workshop for parents before Easter")
    for number in ("{n}", "Target {n}"):
        rows = [(cell(number.format(n=n)), cell(p(a(text)))) for n, text in enumerate((*said, ""), 1)]
        table = T((0.16, 0.84), tuple(rows))
        for form in read_all(_REVIEW, p("3. Agreed targets"), table):
            assert form.fields["targets"].value == "\n".join(said)


def test_grade_beside_a_comment_is_not_the_comment() -> None:
    names = ("High expectations", "Pupil progress", "Subject knowledge", "Planning", "Adaptive teaching", "Assessment", "Behaviour", "Professional responsibilities")  # fmt: skip
    said = [f"Her work on this has been sound in all of the {n} lessons seen" for n in range(2, 10)]
    said[4] = ""
    for form_of in ("{n} {w}", "TS{n}: {w}"):
        rows = [
            (cell(form_of.format(n=n, w=w)), *_row("SD"[n % 2], text))
            for n, (w, text) in enumerate(zip(names, said, strict=True), 1)
        ]
        rows.append((cell("Part 2: Conduct"), *_row("S", "Always punctual and well prepared")))
        table = T((0.26, 0.16, 0.58), (_heads("Standard", "Code", "Comment / evidence"), *rows))
        for form in read_all(_REVIEW, table):
            assert [_clear(form, f"standard_{n}") for n in range(1, 9)] == [text or None for text in said]
            assert form.fields["standard_part_two"].value == "Always punctual and well prepared"
            assert "evidence" not in form.fields or form.fields["evidence"].value is None


def test_boxes_behind_a_heading_are_no_text() -> None:
    pieces = [piece for n in range(1, 9) for piece in (Tick(n < 3), *p(f" TS{n} ").pieces)]
    for form in read_all("ECT lesson observation", p("Standards for which evidence was seen: ", *pieces)):
        assert "evidence" not in form.fields or form.fields["evidence"].value is None


def test_days_that_a_plan_runs_from_and_to_are_no_plan() -> None:
    days = T(
        (0.2, 0.3, 0.2, 0.3),
        ((cell("Support plan from"), *_row("3 September 2024"), cell("Support plan to"), *_row("6 December 2024")),),
    )
    for form in read_all(_PLAN, days):
        assert form.fields["period_start"].value == "2024-09-03"
        assert form.fields["period_end"].value == "2024-12-06"
        assert "support_plan" not in form.fields or form.fields["support_plan"].value is None


def test_roles_over_plain_days_have_signed() -> None:
    rows = (
        (cell("Tutor", shaded=True), *_row("Ines Vale"), cell("ECT", shaded=True), *_row("Orla Yardley")),
        (cell("Date", shaded=True), *_row("5 May 2024"), cell("Date", shaded=True), *_row("6 May 2024")),
    )
    for form in read_all(_REVIEW, T((0.2, 0.3, 0.2, 0.3), rows)):
        read = [form.fields[key].value for key in ("tutor_signed_name", "tutor_signed_on", "ect_signed_name", "ect_signed_on")]
        assert read == ["Ines Vale", "2024-05-05", "Orla Yardley", "2024-05-06"]


def test_confirmed_by_heads_a_signature() -> None:
    for form in read_all(
        "Change of an ECT's circumstances",
        p("Confirmed by the headteacher", bold=True),
        p("Name: ", a("Ines Vale"), Gap(), "Date: ", a("5 May 2024")),
    ):
        assert form.fields["head_signed_name"].value == "Ines Vale"
        assert form.fields["head_signed_on"].value == "2024-05-05"


def test_leaver_of_a_progress_review_may_say_where_to() -> None:
    stays = p("Will the ECT remain at this school next term? ", Tick(False), " Yes  ", Tick(True), " No")
    away = T(
        (0.25, 0.25, 0.25, 0.25),
        ((cell("Leaving date"), *_row("20 December 2024"), cell("Next school"), *_row("Moor End Primary School")),),
    )
    for form in read_all(_REVIEW, stays, away):
        assert _clear(form, "leaving_date") == "2024-12-20"
        assert _clear(form, "next_school") == "Moor End Primary School"


def test_counted_lines_below_a_box_go_on_with_its_answer() -> None:
    said = ("Watch phonics taught in another class", "Lead one workshop for parents before Easter")
    box = T((1.0,), ((cell(p("1: ", bold=True), p(a(said[0]))),),))
    lines = [p(Run(f"{n}: ", bold=True), a(text)) for n, text in ((2, said[1]), (3, ""))]
    for form in read_all(
        _REVIEW,
        p("3. Agreed targets"),
        box,
        *lines,
        p("4. Will the ECT remain at the school? ", Tick(True), " Yes ", Tick(False), " No"),
    ):
        assert form.fields["targets"].value == "\n".join(said)


def test_word_with_a_colon_within_an_answer_is_no_label() -> None:
    named = "NAME OF SCHOOL: Fens Learning Trust: Drovers Way Academy"
    label, _, name = named.partition(" Fens")
    for form in read_all(_REVIEW, T((1.0,), ((cell(p(Run(label + " ", bold=True), a("Fens" + name))),),))):
        assert form.fields["school_name"].value == "Fens Learning Trust: Drovers Way Academy"


def test_first_of_several_parts_is_never_clear_alone() -> None:
    said = ("Watch phonics taught in another class", "Lead one workshop for parents before Easter")
    more = T((0.5, 0.5), ((cell(p("2", bold=True), p(a(said[1]))), cell(p("3", bold=True), p(a("")))),))
    for form in read_all(_REVIEW, p("3. Agreed targets"), p("1", bold=True), p(a(said[0])), more):
        assert form.fields["targets"].value != said[0] or form.fields["targets"].status is not Status.CLEAR


def test_standard_named_behind_the_last_one_is_an_answers_own() -> None:
    rows = [(cell(f"TS{n}"), *_row(f"Her work on this was sound in {n} lessons")) for n in range(1, 9)]
    said = ("Plan for the most able in every unit of physics", "TS6: use exit questions and teach again the next day")
    for form in read_all(_REVIEW, T((0.2, 0.8), tuple(rows)), p("Targets", bold=True), *(p(a(text)) for text in said)):
        assert form.fields["standard_6"].value == "Her work on this was sound in 6 lessons"
        assert form.fields["targets"].value == "\n".join(said)
