"""How offices lay out their papers: two schools side by side, dates in three boxes, columns for yes and no, sentences that judge."""

from parsers.forms import FormKind, Status
from parsers.written import read_value
from tests.support.drawn import read_all, read_bare
from tests.support.papers_model import Cell, Gap, Line, Run, T, Tick, a, cell, p


def _schools(left: str, joined: str) -> T:
    heads = ("", left, joined)
    rows = (
        ("Name", "Fernhill Academy", "Park Junior School"),
        ("Headteacher", "Una Head", "Tom Zielinski"),
        ("Tel.", "01632 960111", "01632 960222"),
    )
    return T(
        (0.2, 0.4, 0.4),
        (tuple(cell(one, bold=True) for one in heads), *((cell(label), cell(p(a(one))), cell(p(a(two)))) for label, one, two in rows)),
    )  # fmt: skip


def test_school_left_and_school_joined_stand_side_by_side() -> None:
    for left, joined in (("Releasing school", "Receiving school"), ("Current school", "New school"), ("Leaving", "Joining")):
        for form in read_all("ECT leaver notification", _schools(left, joined), p("Leaving date: ", a("19 July 2024"))):
            assert form.fields["school_name"].value == "Fernhill Academy"
            assert form.fields["next_school"].value == "Park Junior School"
            assert form.fields["headteacher_name"].value == "Una Head"


def test_school_joined_is_the_forms_own_on_a_registration() -> None:
    place = T(
        (0.5, 0.5),
        ((cell("New employing school"), cell(p(a("Park Junior School")))), (cell("Date of QTS"), cell(p(a("1 July 2024"))))),
    )
    for form in read_all("ECT registration form", place, p("Induction start date: ", a("2 September 2024"))):
        assert form.fields["school_name"].value == "Park Junior School"
        assert "next_school" not in form.fields


def test_date_in_three_boxes_is_one_date() -> None:
    rows = (("", "Day", "Month", "Year"), ("Period began", "04", "09", "2023"), ("Period ended", "13", "12", "23"))
    table = T((0.4, 0.12, 0.12, 0.16), tuple((cell(row[0]), *(cell(p(a(one))) for one in row[1:])) for row in rows))
    for form in read_all("ECT progress review form", table):
        assert form.fields["period_start"].value == "2023-09-04"
        assert form.fields["period_end"].value == "2023-12-13"


def test_numbers_side_by_side_are_no_date_without_a_year() -> None:
    rows = (("", "Maths", "English", "Science"), ("Days absent", "2", "3", "12"))
    table = T((0.4, 0.2, 0.2, 0.2), tuple((cell(row[0]), *(cell(p(a(one))) for one in row[1:])) for row in rows))
    for form in read_all("ECT progress review form", table):
        assert not any(reading.value == "2012-03-02" for reading in form.fields.values())


def test_statement_under_columns_for_yes_and_no_is_a_question() -> None:
    rows = (("", "Y", "N"), ("Has the ECT made satisfactory progress (is on track)?", "x", ""))
    table = T((0.7, 0.15, 0.15), tuple((cell(row[0]), *(cell(p(a(one))) for one in row[1:])) for row in rows))
    for form in read_all("ECT progress review form", table):
        assert form.fields["on_track"].value is True
        assert "judgement" not in form.fields


def test_box_follows_its_words_where_the_row_begins_with_words() -> None:
    row = (cell("Is on track"), cell(p(a("X"))), cell("Is not on track"), cell(p("Choose an item.")))
    for form in read_all("ECT progress review form", T((0.35, 0.15, 0.35, 0.15), (row,))):
        assert form.fields["on_track"].value is True


def test_long_options_stand_over_their_boxes() -> None:
    options = (
        "Standards met – induction complete",
        "Extension of induction requested",
        "Induction not satisfactorily completed",
    )
    table = T((0.33, 0.34, 0.33), (tuple(map(cell, options)), tuple(cell(p(Tick(one))) for one in (True, False, False))))
    for form in read_all("ECT final assessment form", table, p("Days absent: ", a("2"))):
        assert form.fields["judgement"].value == "satisfactory"


def test_word_struck_within_a_sentence_leaves_the_judgement() -> None:
    line = p(
        "Overall, performance is judged to be ",
        Run("satisfactory"),
        " / ",
        Run("unsatisfactory", struck=True),
        " (delete as appropriate)",
    )
    for form in read_all("ECT first formal assessment", line, p("Days absent: ", a("2"))):
        assert form.fields["judgement"].value == "satisfactory"


def test_names_over_dates_are_signatures() -> None:
    table = T(
        (0.5, 0.5),
        (
            _lines("Induction tutor: ", "Una Bramwell", "ECT: ", "Orla Yardley"),
            _lines("Date: ", "13/12/2023", "Date: ", "14/12/2023"),
        ),
    )
    for form in read_all("ECT progress review form", p("Days absent: ", a("2")), table)[:1]:
        assert form.fields["tutor_signed_name"].value == "Una Bramwell"
        assert form.fields["tutor_signed_on"].value == "2023-12-13"
        assert form.fields["ect_signed_on"].value == "2023-12-14"


def _lines(one: str, first: str, two: str, second: str) -> tuple[Cell, ...]:
    return cell(p(one, a(first))), cell(p(two, a(second)))


def test_names_over_dates_without_lines_are_signatures() -> None:
    table = T(
        (0.5, 0.5),
        (
            _lines("Induction tutor: ", "Una Bramwell", "ECT: ", "Orla Yardley"),
            _lines("Date: ", "13/12/2023", "Date: ", "14/12/2023"),
        ),
        ruled=False,
    )
    for form in read_all("ECT progress review form", p("Days absent: ", a("2")), table)[1:]:
        assert form.fields["tutor_signed_name"].value == "Una Bramwell"
        assert form.fields["ect_signed_on"].value == "2023-12-14"


def test_name_below_two_headings_side_by_side_is_no_schools() -> None:
    table = T(
        (0.5, 0.5),
        (
            (cell("About the teacher", bold=True), cell("About the school", bold=True)),
            _lines("Name: ", "Orla Yardley", "Days absent: ", "2"),
        ),
        ruled=False,
    )
    for form in read_all("ECT progress review form", table):
        assert form.fields.get("school_name") is None or form.fields["school_name"].value is None


def test_whole_names_in_a_column_are_those_of_the_roles_beside_them() -> None:
    heads = ("", "Title", "First name and surname", "E-mail")
    rows = (
        ("Induction tutor", "Ms", "Una Bramwell", "una@fernhill.example"),
        ("Mentor", "Mr", "Tom Zielinski", "tom@fernhill.example"),
    )
    table = T(
        (0.2, 0.1, 0.3, 0.4),
        (
            tuple(cell(one, bold=True) for one in heads),
            *((cell(row[0]), *(cell(p(a(one))) for one in row[1:])) for row in rows),
        ),
    )
    for form in read_all("ECT registration form", table, p("Induction start date: ", a("2 September 2024"))):
        assert form.fields["induction_tutor_name"].value == "Una Bramwell"
        assert form.fields["mentor_name"].value == "Tom Zielinski"
        assert form.fields["induction_tutor_email"].value == "una@fernhill.example"


def test_start_in_the_school_of_a_registration_is_the_inductions() -> None:
    table = T(
        (0.4, 0.6),
        ((cell("The new post", bold=True, span=2),), (cell("Start date in your school"), cell(p(a("2 September 2024"))))),
    )
    for form in read_all("ECT registration form", table, p("School: ", a("Fernhill Academy"))):
        assert form.fields["induction_start"].value == "2024-09-02"


def test_what_a_form_says_of_itself_is_no_part_of_the_answer_above() -> None:
    for blurb in (
        "Privacy: we keep this form for six years.",
        "The data you submit will be sent to the form owner.",
        "Please return this form by e-mail.",
    ):
        for form in read_all(
            "ECT progress review form",
            p("Days absent: ", a("2")),
            p("ECT comments", bold=True),
            p(a("I feel well supported.")),
            p(blurb),
        ):
            assert form.fields["ect_comments"].value == "I feel well supported."


def test_answer_that_speaks_of_data_protection_stays_whole() -> None:
    said = ("I feel well supported.", "Data protection training is booked for March.")
    for form in read_all(
        "ECT progress review form", p("Days absent: ", a("2")), p("ECT comments", bold=True), *(p(a(one)) for one in said)
    ):
        assert form.fields["ect_comments"].value == "\n".join(said)


def test_name_in_capitals_is_the_signatorys() -> None:
    lines = (
        p("Signature of induction tutor: ", Line(90), Gap(), "Date: ", a("13/12/2023")),
        p("Name in capitals ", a("Una Bramwell")),
    )
    for form in read_all("ECT progress review form", p("Days absent: ", a("2")), *lines):
        assert form.fields["tutor_signed_name"].value == "Una Bramwell"


def test_all_absence_beside_absence_of_the_period_is_the_whole_inductions() -> None:
    heads, values = ("Absence this period (days)", "All absence (days)"), ("1", "6")
    table = T((0.5, 0.5), (tuple(cell(one, bold=True) for one in heads), tuple(cell(p(a(one))) for one in values)))
    for form in read_all("ECT final assessment form", table, p("School: ", a("Fernhill Academy"))):
        assert form.fields["days_absent"].value == "1"
        assert form.fields["days_absent_total"].value == "6"


def test_reason_behind_an_amount_is_no_label() -> None:
    table = T(
        (0.5, 0.5),
        ((cell("Days absent in this period"), cell(p(a("3 (sickness)")))), (cell("School"), cell(p(a("Fernhill Academy"))))),
    )
    for form in read_all("ECT progress review form", table):
        assert form.fields["days_absent"].value == "3"


def test_tick_at_a_formal_assessment_names_the_kind_of_a_form_with_a_vague_title() -> None:
    ticks = p("This is the: ", Tick(False), " first formal assessment", Gap(), Tick(True), " final formal assessment")
    judged = p("Performance is ", Run("satisfactory"), " / ", Run("unsatisfactory", struck=True))
    for form in read_all("Record of a meeting about an ECT", ticks, judged, p("School: ", a("Fernhill Academy"))):
        assert form.kind is FormKind.FORMAL_ASSESSMENT
        assert form.fields["assessment_point"].value == "final"


def test_share_in_other_words_agrees_or_speaks_against() -> None:
    agreeing, differing = read_value("fte", "0.9 (4.5 days)"), read_value("fte", "0.8 (3 days)")
    assert agreeing is not None
    assert differing is not None
    assert (agreeing.value, agreeing.doubt) == ("0.9", None)
    assert differing.doubt is not None


def test_sentence_names_the_teacher_and_the_number_in_brackets() -> None:
    for number in ("(TRN 7654321)", "(teacher reference number 76/54321 )"):
        sentences = (f"I write to confirm that Una Bramwell {number}", "employed as an early career teacher at Fernhill Academy", "will leave our employment on 19/07/2024")  # fmt: skip
        fields = read_bare("ECT leaver form", *map(p, sentences), p("Terms completed: ", a("3")))[0].fields
        assert fields["ect_name"].value == "Una Bramwell"
        assert fields["trn"].value == "7654321"
        assert fields["school_name"].value == "Fernhill Academy"
        assert fields["leaving_date"].value == "2024-07-19"


def test_bracket_that_shows_a_range_belongs_to_the_label() -> None:
    for form in read_all("ECT progress review form", p("Hours (1.0 = full-time): ", a("0.6")), p("Days absent: ", a("2"))):
        assert form.fields["fte"].value == "0.6"


def test_heading_of_two_meanings_is_never_sure() -> None:
    box = (p("Development priorities", bold=True), T((1.0,), ((cell(p(a("Visit the parallel class twice."))),),)))
    for form in read_all("ECT progress review form", p("Days absent: ", a("2")), *box):
        for key in ("targets", "areas_for_development"):
            assert key not in form.fields or form.fields[key].status is not Status.CLEAR


def test_school_with_an_open_bracket_or_a_label_is_never_sure() -> None:
    for name in ("Wainwright Academy (Ribble Learning", "School: Fernhill Academy"):
        table = T((0.5, 0.5), ((cell("Name of school"), cell(p(a(name)))), (cell("Days absent"), cell(p(a("2"))))))
        for form in read_all("ECT progress review form", table):
            reading = form.fields.get("school_name")
            assert reading is None or reading.status is not Status.CLEAR or reading.value == "Fernhill Academy"


def test_sentence_is_nobodys_name() -> None:
    assert read_value("ect_name", "are accepted in place of signatures") is None
