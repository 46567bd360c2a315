"""The inside of paragraphs: looks, tracked changes, symbols, fields, drawings."""

import pytest

from parsers import choose
from parsers.forms import ReadFile
from parsers.word import read, read_sheet
from tests.support.sheets import said, ticks, token
from tests.support.word_xml import cell, package, paragraph, part, row, run, table, tie

TRACKED = 'w:id="1" w:author="Office" w:date="2024-01-05T09:00:00Z"'


def deleted(text: str) -> str:
    return f"<w:r><w:delText>{text}</w:delText></w:r>"


def field(instruction: str, result: str) -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(result)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def test_tracked_change_gives_the_new_text_and_keeps_the_old_as_deleted() -> None:
    body = paragraph("Days absent ", f"<w:del {TRACKED}>{deleted('12')}</w:del>", f"<w:ins {TRACKED}>{run('2')}</w:ins>")
    sheet = read_sheet(package(body))
    assert said(sheet) == "Days absent 2"
    assert token(sheet, "12").deleted
    assert token(sheet, "2").inserted
    assert not token(sheet, "2").glued


def test_deleted_text_takes_no_room() -> None:
    gone = f"<w:del {TRACKED}>{deleted('a very long text that was taken out')}</w:del>"
    with_it, without = (read_sheet(package(paragraph("Days ", some, "2"))) for some in (gone, ""))
    assert token(with_it, "2").box.x0 == pytest.approx(token(without, "2").box.x0)


def test_half_deleted_word_stays_one_word() -> None:
    sheet = read_sheet(
        package(paragraph("12", f"<w:del {TRACKED}>{deleted('3')}</w:del>", f"<w:ins {TRACKED}>{run('4')}</w:ins>"))
    )
    assert said(sheet) == "124"


def test_moved_text_stands_where_it_went() -> None:
    body = paragraph(
        f"<w:moveFrom {TRACKED}>{run('moved')}</w:moveFrom>", "first ", f"<w:moveTo {TRACKED}>{run('moved')}</w:moveTo>"
    )
    sheet = read_sheet(package(body))
    assert said(sheet) == "first moved"
    assert [one.deleted for one in sheet.tokens if one.text == "moved"] == [True, False]


def test_deleted_box_is_no_mark() -> None:
    body = paragraph(f"<w:del {TRACKED}>{deleted('☒')}</w:del>", f"<w:ins {TRACKED}>{run('☐')}</w:ins>")
    assert ticks(read_sheet(package(body))) == [False]


@pytest.mark.parametrize(
    "wrapper",
    [
        '<w:smartTag w:element="date">{}</w:smartTag>',
        '<w:customXml w:element="x">{}</w:customXml>',
        '<w:fldSimple w:instr="TITLE">{}</w:fldSimple>',
        '<w:hyperlink w:anchor="x">{}</w:hyperlink>',
        '<w:dir w:val="ltr">{}</w:dir>',
    ],
)
def test_text_inside_wrappers_is_read(wrapper: str) -> None:
    assert said(read_sheet(package(paragraph("a ", wrapper.format(run("inside")), " b")))) == "a inside b"


def test_field_shows_its_result_and_not_its_instruction() -> None:
    assert said(read_sheet(package(paragraph("On ", field("DATE", "5 May 2024"), ".")))) == "On 5 May 2024."


def test_button_that_asks_for_a_name_is_a_prompt() -> None:
    button = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        "<w:r><w:instrText> MACROBUTTON NoMacro [Click and type name] </w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    sheet = read_sheet(package(paragraph("Name ", button)))
    assert said(sheet) == "Name"
    assert token(sheet, "name]").placeholder


@pytest.mark.parametrize("instruction", ['DDEAUTO c:\\\\x "y"', "INCLUDETEXT http://out.example/a", "INCLUDEPICTURE x"])
def test_field_that_fetches_from_outside_is_named_and_not_followed(instruction: str) -> None:
    sheet = read_sheet(package(paragraph(field(instruction.replace('"', "&quot;"), "shown"))))
    assert said(sheet) == "shown"
    assert any("outside" in warning for warning in sheet.warnings)


@pytest.mark.parametrize(
    ("properties", "flag"),
    [
        ("<w:strike/>", "struck"),
        ("<w:dstrike/>", "struck"),
        ('<w:rStyle w:val="Gone"/>', "struck"),
        ('<w:rStyle w:val="GoneToo"/>', "struck"),
        ("<w:b/>", "bold"),
        ('<w:u w:val="single"/>', "underlined"),
        ('<w:highlight w:val="yellow"/>', "highlighted"),
        ('<w:shd w:val="clear" w:fill="FFFF00"/>', "highlighted"),
    ],
)
def test_look_of_a_run(properties: str, flag: str) -> None:
    sheet = read_sheet(package(paragraph(run("YES", properties), " / NO")))
    assert getattr(token(sheet, "YES"), flag)
    assert not getattr(token(sheet, "NO"), flag)


@pytest.mark.parametrize(
    ("properties", "flag"),
    [
        ('<w:strike w:val="0"/>', "struck"),
        ('<w:rStyle w:val="Gone"/><w:strike w:val="false"/>', "struck"),
        ('<w:u w:val="none"/>', "underlined"),
        ('<w:highlight w:val="none"/>', "highlighted"),
        ('<w:shd w:val="clear" w:fill="auto"/>', "highlighted"),
        ("<w:rPrChange><w:rPr><w:strike/></w:rPr></w:rPrChange>", "struck"),
    ],
)
def test_look_that_is_switched_off(properties: str, flag: str) -> None:
    assert not getattr(token(read_sheet(package(paragraph(run("YES", properties)))), "YES"), flag)


def test_strike_by_the_style_of_the_paragraph() -> None:
    sheet = read_sheet(package(paragraph("YES", properties='<w:pStyle w:val="Cancelled"/>')))
    assert token(sheet, "YES").struck


@pytest.mark.parametrize("properties", ["<w:vanish/>", '<w:rStyle w:val="Secret"/>'])
def test_hidden_text_is_left_out(properties: str) -> None:
    assert said(read_sheet(package(paragraph("seen ", run("hidden", properties))))) == "seen"


@pytest.mark.parametrize(
    ("font", "code", "ticked"),
    [
        ("Wingdings", "F0FE", True),
        ("Wingdings", "F0A8", False),
        ("Wingdings", "F06F", False),
        ("Wingdings", "F0FC", True),
        ("Wingdings", "00FD", True),
        ("Wingdings 2", "F052", True),
        ("Wingdings 2", "F0A3", False),
        ("Webdings", "F063", False),
    ],
)
def test_symbol_that_draws_a_box_is_a_mark(font: str, code: str, ticked: bool) -> None:
    sheet = read_sheet(package(paragraph(f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>', " Yes")))
    assert ticks(sheet) == [ticked]
    assert said(sheet) == "Yes"


def test_letter_in_a_symbol_font_is_what_it_draws() -> None:
    body = paragraph(run("\u00fe", '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>'), " Yes ", run("\uf0a8"), " No")
    assert ticks(read_sheet(package(body))) == [True, False]


def test_glyph_boxes_are_marks_and_no_text() -> None:
    sheet = read_sheet(package(paragraph("☐ Yes ☑No ✓ □maybe")))
    assert ticks(sheet) == [False, True, True, False]
    assert said(sheet) == "Yes No maybe"
    assert {mark.known_by for mark in sheet.marks} == {"glyph"}


def test_filled_square_is_a_tick_only_beside_empty_ones() -> None:
    assert ticks(read_sheet(package(paragraph("■ Yes □ No")))) == [True, False]
    bullets = read_sheet(package(paragraph("■ Plans well") + paragraph("● Reads well")))
    assert ticks(bullets) == []
    assert said(bullets) == "■ Plans well ● Reads well"


def test_cross_beside_ticks_may_mean_no() -> None:
    assert ticks(read_sheet(package(paragraph("Plans ✓") + paragraph("Reads ✗")))) == [True, None]
    assert ticks(read_sheet(package(paragraph("☐ Plans ✗")))) == [False, True]


def test_hyphens_and_invisible_characters() -> None:
    soft, fixed = "<w:r><w:t>in</w:t><w:softHyphen/><w:t>duction\u00ad</w:t></w:r>", "<w:r><w:noBreakHyphen/></w:r>"
    assert said(read_sheet(package(paragraph(soft, " co", fixed, "op \u200bzero\ufeff")))) == "induction co-op zero"


def test_word_over_several_runs_is_glued() -> None:
    sheet = read_sheet(package(paragraph("TRN ", run("12", "<w:b/>"), "/34567")))
    assert token(sheet, "/34567").glued
    assert not token(sheet, "12").glued


def test_no_break_space_parts_words() -> None:
    assert [one.text for one in read_sheet(package(paragraph("5\u00a0May"))).tokens] == ["5", "May"]


def test_outer_spaces_count_only_where_they_are_preserved() -> None:
    loose = "<w:r><w:t> a </w:t></w:r><w:r><w:t> b </w:t></w:r>"
    assert said(read_sheet(package(paragraph(loose)))) == "ab"


def test_notes_and_comments_are_left_out() -> None:
    marks = '<w:r><w:footnoteReference w:id="2"/></w:r><w:commentRangeStart w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>'
    notes = part("footnotes", f'<w:footnote w:id="2">{paragraph("a note")}</w:footnote>')
    data = package(
        paragraph("text", marks), ties=(tie("rId9", "footnotes", "footnotes.xml"),), parts={"word/footnotes.xml": notes}
    )
    assert said(read_sheet(data)) == "text"


def test_formula_is_read_as_text() -> None:
    assert said(read_sheet(package(paragraph("FTE ", "<m:oMath><m:r><m:t>0.6</m:t></m:r></m:oMath>")))) == "FTE 0.6"


PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20
DRAWING = (
    '<w:r><w:drawing><wp:inline><wp:extent cx="1270000" cy="635000"/><a:graphic><a:graphicData>'
    '<a:blip r:embed="{}"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
)


def test_pictures_are_listed_with_their_place_and_size() -> None:
    data = package(
        paragraph("before") + paragraph(DRAWING.format("rId5"), "signed"),
        ties=(tie("rId5", "image", "media/image1.png"),),
        parts={"word/media/image1.png": PNG},
    )
    (picture,) = read(data).pictures
    assert (picture.place, picture.content, picture.width, picture.height) == ("paragraph 2", PNG, 100.0, 50.0)


def test_linked_picture_is_never_fetched() -> None:
    outside = tie("rId5", "image", "http://out.example/a.png", external=True)
    paper = read(package(paragraph(DRAWING.format("rId5")), ties=(outside,)))
    assert paper.pictures == ()
    assert any("outside" in warning for warning in paper.sheet.warnings)


@pytest.mark.parametrize("look", ["<w:strike/>", "<w:dstrike/>"])
def test_option_left_when_the_other_is_struck_is_the_answer(look: str) -> None:
    """ "Delete as appropriate", from Word's XML to the field."""
    told = {"Full name of ECT": "Ada Quill", "Date of birth": "1 May 1999", "Teacher reference number (TRN)": "1234567"}
    rows = (row(label, value) for label, value in told.items())
    choice = row("FT / PT", cell(paragraph(run("FT", look), " / PT")))
    title = paragraph("ECT assessment: end of the first assessment period")
    answer = choose.read(package(title + table(*rows, choice)), "")
    assert isinstance(answer, ReadFile)
    assert answer.papers[0].form.fields["working_pattern"].value == "part_time"


def test_comment_without_a_date_stops_nothing() -> None:
    comments = part("comments", f'<w:comment w:id="0" w:author="A">{paragraph("a remark")}</w:comment>')
    body = paragraph('<w:commentRangeStart w:id="0"/>', "text", '<w:r><w:commentReference w:id="0"/></w:r>')
    data = package(body, ties=(tie("rId9", "comments", "comments.xml"),), parts={"word/comments.xml": comments})
    assert said(read_sheet(data)) == "text"
