"""Content controls and legacy form fields, in every position that Word allows."""

import pytest

from parsers.word import read_sheet
from tests.support.sheets import said, ticks, token
from tests.support.word_xml import cell, control, legacy, package, paragraph, row, run, table

PROMPT = run("Click or tap here to enter text.", '<w:rStyle w:val="PlaceholderText"/>')


def checkbox(checked: str, glyph: str = "", element: str = "w14:checkbox") -> str:
    prefix = element.partition(":")[0]
    return control(
        run(glyph) if glyph else "",
        f'<{element}><{prefix}:checked{checked}/><{prefix}:checkedState {prefix}:val="2612"/></{element}>',
    )


@pytest.mark.parametrize(
    "body",
    [
        paragraph("Name ", control(run("Ada Quill"))),
        control(paragraph("Ada Quill"), "<w:text/>"),
        table(row("Name", control(cell("Ada Quill"), "<w:text/>"))),
        table(control(row(cell(paragraph("Ada Quill"))), "<w:text/>")),
        table(row("Name", cell(paragraph(control(run("Ada Quill")))))),
        table(row("Name", cell(control(paragraph("Ada Quill"))))),
        paragraph(control(control(run("Ada Quill"), "<w:text/>"), '<w:alias w:val="outer"/>')),
    ],
    ids=["inline", "block", "around a cell", "around a row", "inline in a cell", "block in a cell", "nested"],
)
def test_text_of_a_control_is_read_wherever_it_stands(body: str) -> None:
    sheet = read_sheet(package(body))
    assert "Ada Quill" in said(sheet)
    index = token(sheet, "Ada").field
    assert index is not None
    assert sheet.fields[index].value == "Ada Quill"
    assert sheet.fields[index].kind == "text"


def test_cell_of_a_control_keeps_its_column() -> None:
    sheet = read_sheet(package(table(row("a", control(cell("b"), "<w:text/>"), "c"))))
    assert [held.column for held in sheet.cells] == [0, 1, 2]
    assert token(sheet, "c").place == "table 1, row 1, cell 3"


def test_name_and_title_of_a_control_are_kept() -> None:
    sheet = read_sheet(package(paragraph(control(run("x"), '<w:alias w:val="Teacher"/><w:tag w:val="ect"/><w:text/>'))))
    assert (sheet.fields[0].name, sheet.fields[0].title) == ("ect", "Teacher")


def test_prompt_of_an_empty_control_is_no_value() -> None:
    sheet = read_sheet(package(paragraph("Name ", control(PROMPT, "<w:showingPlcHdr/><w:text/>"))))
    assert sheet.fields[0].value is None
    assert all(one.placeholder for one in sheet.tokens if one.field == 0)
    assert said(sheet) == "Name"


def test_control_without_content_still_has_a_place_on_the_paper() -> None:
    sheet = read_sheet(package(paragraph("Name ", control("", "<w:text/>"))))
    assert sheet.fields[0].value is None
    assert sheet.fields[0].box is not None


def test_answer_in_the_style_of_prompts_is_kept_inside_a_filled_control() -> None:
    answer = run("Ada Quill", '<w:rStyle w:val="PlaceholderText"/>')
    sheet = read_sheet(package(paragraph(control(answer, "<w:text/>"))))
    assert sheet.fields[0].value == "Ada Quill"


def test_prompt_left_as_ordinary_text_is_flagged() -> None:
    for left in (PROMPT, run("Choose an item."), control(run("Click or tap to enter a date."), "<w:text/>")):
        sheet = read_sheet(package(paragraph("Name: ", left)))
        assert said(sheet) == "Name:"


def test_instruction_about_tapping_is_no_prompt() -> None:
    text = "Choose an item from each list and click to enter text where a box is shown"
    assert said(read_sheet(package(paragraph(text)))) == text


def test_date_control_gives_the_stored_date() -> None:
    date = '<w:date w:fullDate="2024-09-05T00:00:00Z"><w:dateFormat w:val="dd/MM/yyyy"/></w:date>'
    sheet = read_sheet(package(paragraph(control(run("05/09/2024"), date))))
    assert (sheet.fields[0].kind, sheet.fields[0].value) == ("date", "2024-09-05")
    assert said(sheet) == "05/09/2024"


def test_overtyped_date_goes_before_the_stored_one() -> None:
    date = '<w:date w:fullDate="2024-09-05T00:00:00Z"/>'
    sheet = read_sheet(package(paragraph(control(run("6 January 2025"), date))))
    assert sheet.fields[0].value == "6 January 2025"


def test_date_control_showing_its_prompt_is_empty() -> None:
    date = '<w:showingPlcHdr/><w:date w:fullDate="2024-09-05T00:00:00Z"/>'
    sheet = read_sheet(package(paragraph(control(PROMPT, date))))
    assert sheet.fields[0].value is None


@pytest.mark.parametrize("kind", ["dropDownList", "comboBox"])
def test_list_control_gives_its_entry_and_its_options(kind: str) -> None:
    entries = "".join(f'<w:listItem w:displayText="{one}" w:value="{one}"/>' for one in ("Choose an item.", "First", "Final"))
    sheet = read_sheet(package(paragraph(control(run("Final"), f"<w:{kind}>{entries}</w:{kind}>"))))
    assert (sheet.fields[0].kind, sheet.fields[0].value) == ("choice", "Final")
    assert sheet.fields[0].options == ("First", "Final")


@pytest.mark.parametrize(
    ("checked", "ticked"),
    [(' w14:val="1"', True), (' w14:val="0"', False), (' w14:val="true"', True), (' w14:val="false"', False), ("", True)],
)
def test_state_of_a_checkbox_control(checked: str, ticked: bool) -> None:
    sheet = read_sheet(package(paragraph(checkbox(checked, "☒" if ticked else "☐"), " Yes")))
    assert ticks(sheet) == [ticked]
    assert sheet.marks[0].known_by == "content control"
    assert sheet.fields[0].value == ("yes" if ticked else "no")
    assert said(sheet) == "Yes"


def test_checkbox_control_of_the_2012_vocabulary() -> None:
    assert ticks(read_sheet(package(paragraph(checkbox(' w15:val="1"', "☒", "w15:checkbox"))))) == [True]


def test_checkbox_control_with_a_symbol_as_glyph() -> None:
    symbol = '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>'
    told = '<w14:checkbox><w14:checked w14:val="1"/><w14:checkedState w14:val="00FE" w14:font="Wingdings"/></w14:checkbox>'
    assert ticks(read_sheet(package(paragraph(control(symbol, told))))) == [True]


def test_checkbox_whose_glyph_was_overtyped_cannot_be_told() -> None:
    sheet = read_sheet(package(paragraph(checkbox(' w14:val="0"', "☒"))))
    assert ticks(sheet) == [None]
    assert sheet.fields[0].value is None


def test_checkbox_around_a_cell_is_one_mark_in_that_cell() -> None:
    told = '<w14:checkbox><w14:checked w14:val="1"/></w14:checkbox>'
    sheet = read_sheet(package(table(row("Full time", control(cell("☒"), told)))))
    assert ticks(sheet) == [True]
    assert sheet.marks[0].place == "table 1, row 1, cell 2"
    assert sheet.marks[0].field == 0


def test_control_around_a_part_of_the_form_is_no_input() -> None:
    inner = table(row("Name", cell(paragraph(control(run("Ada"), "<w:text/>")))))
    sheet = read_sheet(package(control(inner) + control(paragraph("Contents"), "<w:docPartObj/>")))
    assert [one.value for one in sheet.fields] == ["Ada"]
    assert token(sheet, "Name").field is None


def test_repeating_sections_are_ordinary_content() -> None:
    item = control(paragraph("Target one"), "<w15:repeatingSectionItem/>")
    assert read_sheet(package(control(item, "<w15:repeatingSection/>"))).fields == ()


def test_legacy_text_field_gives_its_result() -> None:
    field = legacy('<w:name w:val="Text1"/><w:enabled/><w:textInput/>', "FORMTEXT", "Ada Quill")
    sheet = read_sheet(package(paragraph("Name ", field, " end")))
    assert (sheet.fields[0].name, sheet.fields[0].value) == ("Text1", "Ada Quill")
    assert sheet.fields[0].known_by == "form field"
    assert said(sheet) == "Name Ada Quill end"
    assert token(sheet, "end").field is None


def test_empty_legacy_text_field_has_no_value_and_a_place() -> None:
    field = legacy('<w:name w:val="Text1"/><w:textInput/>', "FORMTEXT", "\u2002" * 5)
    sheet = read_sheet(package(paragraph("Name ", field)))
    assert sheet.fields[0].value is None
    assert sheet.fields[0].box is not None


def test_legacy_text_field_with_its_own_prompt_is_empty() -> None:
    told = '<w:name w:val="Text1"/><w:textInput><w:default w:val="[Enter name]"/></w:textInput>'
    sheet = read_sheet(package(paragraph(legacy(told, "FORMTEXT", "[Enter name]"))))
    assert sheet.fields[0].value is None


def test_legacy_text_field_over_two_paragraphs() -> None:
    first = (
        '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:textInput/></w:ffData></w:fldChar></w:r>'
        '<w:r><w:instrText> FORMTEXT </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    body = paragraph(first, "one") + paragraph("two", '<w:r><w:fldChar w:fldCharType="end"/></w:r>', "three")
    sheet = read_sheet(package(body))
    assert sheet.fields[0].value == "one\ntwo"
    assert token(sheet, "three").field is None


@pytest.mark.parametrize(
    ("state", "ticked"),
    [
        ("<w:default/><w:checked/>", True),
        ('<w:default w:val="0"/><w:checked w:val="0"/>', False),
        ('<w:default w:val="1"/>', True),
        ('<w:default w:val="0"/>', False),
        ('<w:default w:val="1"/><w:checked w:val="0"/>', False),
        ('<w:checked w:val="true"/>', True),
        ("", False),
    ],
)
def test_state_of_a_legacy_checkbox(state: str, ticked: bool) -> None:
    field = legacy(f'<w:name w:val="C1"/><w:checkBox><w:sizeAuto/>{state}</w:checkBox>', "FORMCHECKBOX")
    sheet = read_sheet(package(paragraph("Yes ", field, " No")))
    assert ticks(sheet) == [ticked]
    assert sheet.marks[0].known_by == "form field"
    assert said(sheet) == "Yes No"


def _list(inside: str) -> str:
    listed = "".join(f'<w:listEntry w:val="{one}"/>' for one in ("Select one", "First", "Final"))
    return legacy(f'<w:name w:val="D1"/><w:ddList>{inside}{listed}</w:ddList>', "FORMDROPDOWN")


@pytest.mark.parametrize(
    ("inside", "chosen"),
    [('<w:result w:val="2"/>', "Final"), ('<w:default w:val="1"/>', "First"), ("", None), ('<w:result w:val="99"/>', None)],
)
def test_chosen_entry_of_a_legacy_list(inside: str, chosen: str | None) -> None:
    sheet = read_sheet(package(paragraph("Period ", _list(inside), " end")))
    assert sheet.fields[0].value == chosen
    assert sheet.fields[0].options == ("First", "Final")
    assert said(sheet) == f"Period {chosen} end".replace("None ", "")


def test_field_that_never_ends_claims_no_other_cell() -> None:
    begin = (
        '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:textInput/></w:ffData></w:fldChar></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    sheet = read_sheet(package(table(row(cell(paragraph(begin, "one")), "two")) + paragraph("three")))
    assert token(sheet, "one").field == 0
    assert token(sheet, "two").field is None
    assert token(sheet, "three").field is None


def test_checkbox_field_that_never_ends_hides_nothing() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox/></w:ffData></w:fldChar></w:r>'
    assert said(read_sheet(package(paragraph(begin) + paragraph("kept")))) == "kept"
