"""Form fields of a PDF, with and without a look of their own, and the words and marks they give."""

import pytest

from parsers import pdf
from parsers.tokens import Sheet
from tests.support.pdf_bytes import form, page, text

LOOK = "<< /Type /XObject /Subtype /Form /BBox [0 0 12 12] /Length 0 >>\nstream\n\nendstream"


def words(sheet: Sheet, field: int) -> list[str]:
    return [token.text for token in sheet.tokens if token.field == field]


def widget(entries: str, rect: str = "100 700 300 716") -> str:
    return f"<< /Type /Annot /Subtype /Widget /Rect [{rect}] {entries} >>"


def box(state: str, rect: str, entries: str = "") -> str:
    return widget(f"{entries} /AP << /N << /{state} 50 0 R /Off 50 0 R >> >>", rect)


def test_a_text_field_without_a_look_gives_its_value_in_its_box() -> None:
    data = form("10 0 R", {10: widget("/FT /Tx /T (n1) /TU (Full name) /V (Jane Doe)")}, text(50, 703, "Name:"))
    sheet = pdf.read(data).sheet
    assert sheet.source == "form"
    (field,) = sheet.fields
    assert (field.name, field.kind, field.value, field.title) == ("n1", "text", "Jane Doe", "Full name")
    assert words(sheet, 0) == ["Jane", "Doe"]
    assert field.box is not None
    for token in sheet.tokens[1:]:
        assert field.box.x0 <= token.box.x0
        assert token.box.x1 <= field.box.x1
    assert len({token.line for token in sheet.tokens}) == 1


def test_a_value_that_the_page_shows_too_is_read_once() -> None:
    data = form("10 0 R", {10: widget("/FT /Tx /T (a) /V (Jane Doe)")}, text(50, 704, "Name") + text(102, 704, "Jane Doe"))
    assert [(token.text, token.field) for token in pdf.read(data).sheet.tokens] == [("Name", None), ("Jane", 0), ("Doe", 0)]


def test_an_empty_field_has_no_value_and_no_words() -> None:
    sheet = pdf.read(form("10 0 R", {10: widget("/FT /Tx /T (a) /V ()")})).sheet
    assert (sheet.fields[0].value, sheet.tokens) == (None, ())


def test_a_hidden_field_is_not_read() -> None:
    assert pdf.read(form("10 0 R", {10: widget("/FT /Tx /T (a) /F 2 /V (secret)")})).sheet.fields == ()


def test_a_text_of_several_lines_keeps_its_paragraphs_and_follows_its_label() -> None:
    value = "First point.\\rSecond point that is long enough to need two lines of this box for itself"
    data = form(
        "10 0 R", {10: widget(f"/FT /Tx /Ff 4096 /T (a) /V ({value})", "100 600 300 680")}, text(50, 660, "Targets")
    )  # fmt: skip
    sheet = pdf.read(data).sheet
    assert sheet.tokens[0].text == "Targets"
    by_paragraph: dict[int, list[str]] = {}
    for token in sheet.tokens[1:]:
        by_paragraph.setdefault(token.paragraph, []).append(token.text)
    assert [" ".join(one) for one in by_paragraph.values()] == [
        "First point.",
        "Second point that is long enough to need two lines of this box for itself",
    ]
    assert sheet.fields[0].value == value.replace("\\r", "\n")


def test_a_comb_field_is_one_word() -> None:
    sheet = pdf.read(form("10 0 R", {10: widget("/FT /Tx /Ff 16777216 /MaxLen 7 /T (trn) /V (1234567)")})).sheet
    assert words(sheet, 0) == ["1234567"]


def test_a_field_with_a_date_format_is_a_date() -> None:
    script = '/AA << /F << /S /JavaScript /JS (AFDate_FormatEx\\("dd/mm/yyyy"\\);) >> >>'
    assert pdf.read(form("10 0 R", {10: widget(f"/FT /Tx /T (a) {script}")})).sheet.fields[0].kind == "date"


def test_kids_inherit_from_their_parents() -> None:
    kid = "/Parent 20 0 R /T ({0}) /V ({0})"
    data = form(
        "20 0 R",
        {
            20: "<< /T (top) /FT /Tx /Kids [21 0 R 22 0 R] >>",
            21: widget(kid.format("x")),
            22: widget(kid.format("y"), "100 600 300 616"),
        },
    )
    assert [(field.name, field.kind, field.value) for field in pdf.read(data).sheet.fields] == [
        ("top.x", "text", "x"),
        ("top.y", "text", "y"),
    ]


@pytest.mark.parametrize(("value", "chosen", "ticks"), [("/pt", "pt", [False, True]), ("/Off", None, [False, False])])
def test_a_radio_group_is_one_field_with_a_mark_a_box(value: str, chosen: str | None, ticks: list[bool]) -> None:
    states = ["Off", value.removeprefix("/")]
    data = form(
        "30 0 R",
        {
            30: f"<< /FT /Btn /Ff 49152 /T (r) /V {value} /Kids [31 0 R 32 0 R] >>",
            31: box("ft", "50 650 62 662", "/Parent 30 0 R /AS /Off"),
            32: box("pt", "120 650 132 662", f"/Parent 30 0 R /AS /{states[1]}"),
            50: LOOK,
        },
        "50 650 12 12 re S 120 650 12 12 re S " + text(66, 652, "Full time") + text(136, 652, "Part time"),
    )
    sheet = pdf.read(data).sheet
    (field,) = sheet.fields
    assert (field.kind, field.value, field.options) == ("radio", chosen, ("ft", "pt"))
    assert [(mark.ticked, mark.field, mark.known_by) for mark in sheet.marks] == [(one, 0, "form field") for one in ticks]


def test_states_called_by_number_get_their_names() -> None:
    data = form(
        "30 0 R",
        {
            30: "<< /FT /Btn /Ff 49152 /T (r) /V /1 /Opt [(Full time) (Part time)] /Kids [31 0 R 32 0 R] >>",
            31: box("0", "50 650 62 662", "/Parent 30 0 R /AS /Off"),
            32: box("1", "120 650 132 662", "/Parent 30 0 R /AS /1"),
            50: LOOK,
        },
    )
    (field,) = pdf.read(data).sheet.fields
    assert (field.value, field.options) == ("Part time", ("Full time", "Part time"))


def test_two_chosen_boxes_of_a_group_are_no_value() -> None:
    data = form(
        "30 0 R",
        {
            30: "<< /FT /Btn /T (r) /Kids [31 0 R 32 0 R] >>",
            31: box("a", "50 650 62 662", "/Parent 30 0 R /AS /a"),
            32: box("b", "120 650 132 662", "/Parent 30 0 R /AS /b"),
            50: LOOK,
        },
    )
    sheet = pdf.read(data).sheet
    assert sheet.fields[0].value is None
    assert [mark.ticked for mark in sheet.marks] == [True, True]


@pytest.mark.parametrize(
    ("entries", "ticked", "value"),
    [
        ("/V /Yes /AS /Yes", True, "yes"),
        ("/V /Off /AS /Off", False, "no"),
        ("/AS /Off", False, "no"),
        ("/V /Yes", True, "yes"),
        ("", False, "no"),
        ("/V /Yes /AS /Off", None, None),
    ],
)
def test_a_checkbox_is_ticked_as_shown_and_doubtful_where_file_and_look_differ(
    entries: str, ticked: bool | None, value: str | None
) -> None:
    sheet = pdf.read(form("42 0 R", {42: box("Yes", "50 540 62 552", f"/FT /Btn /T (cb) {entries}"), 50: LOOK})).sheet
    assert [mark.ticked for mark in sheet.marks] == [ticked]
    assert (sheet.fields[0].kind, sheet.fields[0].value) == ("checkbox", value)


def test_a_choice_shows_its_option_and_a_prompt_is_none() -> None:
    data = form(
        "40 0 R 41 0 R",
        {
            40: widget("/FT /Ch /T (a) /V (s) /Opt [[(s) (Second)] [(f) (First)]]"),
            41: widget("/FT /Ch /T (b) /V (Please select) /Opt [(Please select) (First)]", "100 600 300 616"),
        },
    )
    sheet = pdf.read(data).sheet
    assert [(field.value, field.options) for field in sheet.fields] == [
        ("Second", ("Second", "First")),
        (None, ("Please select", "First")),
    ]
    assert words(sheet, 0) == ["Second"]
    assert [token.placeholder for token in sheet.tokens] == [False, True, True]


def test_a_signature_field_tells_who_signed_and_when() -> None:
    signed = "<< /Type /Sig /Name (Jane Doe) /M (D:20240712101010Z) /Filter /Adobe.PPKLite >>"
    sheet = pdf.read(form("10 0 R", {10: widget("/FT /Sig /T (s) /V 11 0 R", "100 700 300 740"), 11: signed})).sheet
    assert sheet.fields[0].value == "Jane Doe"
    assert words(sheet, 0) == ["Jane", "Doe", "12/07/2024"]


def test_a_field_in_a_drawn_cell_has_that_cell() -> None:
    data = form("10 0 R", {10: widget("/FT /Tx /T (a) /V (7)")}, "98 698 204 20 re S ")
    assert [(token.text, token.cell) for token in pdf.read(data).sheet.tokens] == [("7", 0)]


def test_a_push_button_is_no_field() -> None:
    assert pdf.read(form("10 0 R", {10: widget("/FT /Btn /Ff 65536 /T (print)")})).sheet.fields == ()


def test_fields_without_sense_are_left_alone() -> None:
    odd = {
        10: widget("/FT /Tx /T (a) /V 12 0 R", "0 0 0 0"),
        11: widget("/FT 5 /T [1] /V << >>", "(x) 1 2"),
        12: widget("/T (no kind) /V (lost)"),
        13: widget("/FT /Ch /T (c) /Opt 3 /V [1 (b)] /DA 7 /MaxLen (x) /Ff (y)"),
    }
    sheet = pdf.read(form("10 0 R 11 0 R", odd)).sheet
    assert [field.name for field in sheet.fields] == ["c"]
    assert pdf.read(page("", catalog="/AcroForm 7")).sheet.fields == ()
