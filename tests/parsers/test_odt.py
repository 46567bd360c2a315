"""The OpenDocument reader: the same shapes as in Word, as LibreOffice writes them."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from parsers import word
from parsers.forms import NotReadable, part_id
from parsers.odt import read, read_sheet
from tests.support.odt_xml import COVERED, cell, odt, p, row, span, table
from tests.support.sheets import in_place, said, ticks, token

FORMS = "vnd.oasis.opendocument.field"


def param(name: str, value: str) -> str:
    return f'<field:param field:name="{FORMS}.{name}" field:value="{value}"/>'


def test_label_and_value_stand_in_their_cells() -> None:
    sheet = read_sheet(odt(table(row("Full name", "Ada Quill"))))
    ada = token(sheet, "Ada")
    assert (ada.place, ada.cell, sheet.source) == ("table 1, row 1, cell 2", 1, "odt")
    assert sheet.cells[0].box.width == pytest.approx(72)


def test_sample_reads_like_its_word_twin(samples: Path) -> None:
    written, saved_again = (samples / "forms" / f"f0ad4ac-{name}" for name in ("odt.odt", "resaved.docx"))
    ours, theirs = read_sheet(written.read_bytes()), word.read_sheet(saved_again.read_bytes())
    assert [(one.text, one.place, one.highlighted) for one in ours.tokens] == [
        (one.text, one.place, one.highlighted) for one in theirs.tokens
    ]
    assert ticks(ours) == ticks(theirs)
    assert [one.value for one in ours.fields] == [one.value for one in theirs.fields]
    assert json.loads(written.with_name(written.name + ".truth.json").read_text())["ect_last_name"] in said(ours)


def test_merged_cells_stand_once_with_their_spans() -> None:
    wide = cell("wide", attributes='table:number-columns-spanned="2"')
    tall = cell("tall", attributes='table:number-rows-spanned="2"')
    sheet = read_sheet(odt(table(row(wide, COVERED, "c"), row(tall, "e", "f"), row(COVERED, "h", "i"))))
    spans = {one.text: sheet.cells[one.cell] for one in sheet.tokens if one.cell is not None}
    assert (spans["wide"].column_span, spans["tall"].row_span) == (2, 2)
    assert [spans[text].column for text in "cehi"] == [2, 1, 1, 2]
    assert len(sheet.cells) == 7
    assert token(sheet, "e").box.x0 == pytest.approx(token(sheet, "h").box.x0)


def test_repeated_cells_and_rows_are_capped() -> None:
    many = cell("x", attributes='table:number-columns-repeated="2000000"')
    sheet = read_sheet(odt(table(row(many), columns=2_000_000)))
    assert len(sheet.cells) == 63
    with pytest.raises(NotReadable, match="cells"):
        read_sheet(odt(table(row(many, attributes='table:number-rows-repeated="2000000"'))))


def test_nested_table_and_shaded_cell() -> None:
    sheet = read_sheet(odt(table(row(cell("label", attributes='table:style-name="Shaded"'), cell(table(row("inner")))))))
    assert [one.shaded for one in sheet.cells] == [True, False, False]
    assert sheet.cells[2].parent == 1
    assert in_place(sheet, "table 2, row 1, cell 1") == "inner"


def test_header_rows_are_read_and_collapsed_ones_left_out() -> None:
    heading = f"<table:table-header-rows>{row('Term')}</table:table-header-rows>"
    sheet = read_sheet(odt(table(heading, row("seen"), row("gone", attributes='table:visibility="collapse"'))))
    assert said(sheet) == "Term seen"


@pytest.mark.parametrize(
    ("style", "flag"),
    [("Struck", "struck"), ("Child", "struck"), ("Bold", "bold"), ("Mark", "highlighted"), ("Under", "underlined")],
)
def test_look_by_style(style: str, flag: str) -> None:
    sheet = read_sheet(odt(p(span("YES", style), " / NO")))
    assert getattr(token(sheet, "YES"), flag)
    assert not getattr(token(sheet, "NO"), flag)


def test_strike_by_the_style_of_the_paragraph() -> None:
    assert token(read_sheet(odt(p("YES", style="Cancelled"))), "YES").struck


def test_spans_inside_spans_add_up() -> None:
    both = '<text:span text:style-name="Bold"><text:span text:style-name="Struck">YES</text:span></text:span>'
    yes = token(read_sheet(odt(p(both))), "YES")
    assert yes.bold
    assert yes.struck


def test_hidden_text_is_left_out() -> None:
    hidden = '<text:hidden-text text:is-hidden="true" text:string-value="a">a</text:hidden-text>'
    section = f'<text:section text:display="none">{p("secret")}</text:section>'
    assert said(read_sheet(odt(p("seen ", span("hidden", "Hidden"), hidden) + section))) == "seen"


CHANGES = (
    '<text:tracked-changes><text:changed-region text:id="c1"><text:deletion><office:change-info/>'
    "<text:p>12</text:p></text:deletion></text:changed-region>"
    '<text:changed-region text:id="c2"><text:insertion><office:change-info/></text:insertion></text:changed-region>'
    "</text:tracked-changes>"
)


def test_tracked_change_gives_the_new_text_and_keeps_the_old_as_deleted() -> None:
    changed = (
        '<text:change text:change-id="c1"/><text:change-start text:change-id="c2"/>2<text:change-end text:change-id="c2"/>'
    )
    sheet = read_sheet(odt(CHANGES + f"<text:p>Days absent {changed} days</text:p>"))
    assert said(sheet) == "Days absent 2 days"
    assert token(sheet, "12").deleted
    assert token(sheet, "2").inserted
    assert not token(sheet, "days").inserted


def test_insertion_over_paragraphs() -> None:
    start, end = '<text:change-start text:change-id="c2"/>', '<text:change-end text:change-id="c2"/>'
    sheet = read_sheet(odt(CHANGES + p("a ", start, "b") + p("c", end, " d")))
    assert [one.inserted for one in sheet.tokens] == [False, True, True, False]


def test_placeholder_field_is_empty() -> None:
    asked = '<text:placeholder text:placeholder-type="text" text:description="name">&lt;Name&gt;</text:placeholder>'
    sheet = read_sheet(odt(p("Name ", asked)))
    assert said(sheet) == "Name"
    assert (sheet.fields[0].name, sheet.fields[0].value) == ("name", None)


def test_input_field_and_drop_down() -> None:
    typed = '<text:text-input text:description="Name">Ada</text:text-input>'
    listed = (
        '<text:drop-down text:name="Period"><text:label text:value="First"/>'
        '<text:label text:value="Final" text:current-selected="true"/>Final</text:drop-down>'
    )
    sheet = read_sheet(odt(p(typed) + p(listed)))
    assert [one.value for one in sheet.fields] == ["Ada", "Final"]
    assert sheet.fields[1].options == ("First", "Final")
    assert said(sheet) == "Ada Final"


@pytest.mark.parametrize(("checked", "glyph", "ticked"), [("true", "☒", True), ("false", "☐", False), ("false", "☒", None)])
def test_checkbox_control(checked: str, glyph: str, ticked: bool | None) -> None:
    states = 'loext:checked-state="☒" loext:unchecked-state="☐"'
    box = f'<loext:content-control loext:checkbox="true" loext:checked="{checked}" {states}>{glyph}</loext:content-control>'
    sheet = read_sheet(odt(p(box, " Yes")))
    assert ticks(sheet) == [ticked]
    assert said(sheet) == "Yes"


def test_text_date_and_list_controls() -> None:
    text = '<loext:content-control loext:alias="Name" loext:tag="n">Ada</loext:content-control>'
    asked = '<loext:content-control loext:showing-place-holder="true">Click or tap here</loext:content-control>'
    date = '<loext:content-control loext:date="true" loext:current-date="2024-09-05T00:00:00Z">5/9/24</loext:content-control>'
    listed = (
        '<loext:content-control loext:dropdown="true"><loext:list-item loext:display-text="First" loext:value="1"/>'
        "First</loext:content-control>"
    )
    sheet = read_sheet(odt(p(text) + p(asked) + p(date) + p(listed)))
    assert [one.value for one in sheet.fields] == ["Ada", None, "2024-09-05", "First"]
    assert (sheet.fields[0].name, sheet.fields[0].title) == ("n", "Name")
    assert [one.kind for one in sheet.fields] == ["text", "text", "date", "choice"]


def test_form_fields_that_came_from_word() -> None:
    box = f'<field:fieldmark field:type="{FORMS}.FORMCHECKBOX" text:name="C1">{param("Checkbox_Checked", "true")}</field:fieldmark>'
    entries = param("Dropdown_ListEntry", "First") + param("Dropdown_ListEntry", "Final") + param("Dropdown_Selected", "1")
    listed = f'<field:fieldmark field:type="{FORMS}.FORMDROPDOWN" text:name="D1">{entries}</field:fieldmark>'
    text = f'<field:fieldmark-start field:type="{FORMS}.FORMTEXT" text:name="T1"/>'
    sheet = read_sheet(odt(p(box, " Yes ", listed) + p("Name ", text, "Ada", "<field:fieldmark-end/>", " end")))
    assert ticks(sheet) == [True]
    assert [one.value for one in sheet.fields] == ["yes", "Final", "Ada"]
    assert token(sheet, "end").field is None
    assert said(sheet) == "Yes Final Name Ada end"


def test_form_controls_that_are_drawn_on_the_paper() -> None:
    forms = (
        "<office:forms><form:form>"
        '<form:checkbox form:id="c1" form:name="box" form:current-state="checked" form:label="Full time"/>'
        '<form:text form:id="c2" form:name="name" form:current-value="Ada"/>'
        '<form:radio form:id="c3" form:name="judgement" form:label="Satisfactory" form:current-selected="true"/>'
        '<form:listbox form:id="c4" form:name="term"><form:option form:label="1"/>'
        '<form:option form:label="2" form:current-selected="true"/></form:listbox>'
        "</form:form></office:forms>"
    )
    drawn = "".join(f'<draw:control draw:control="c{number}"/>' for number in range(1, 5))
    sheet = read_sheet(odt(forms + p(drawn)))
    assert ticks(sheet) == [True, True]
    assert [one.value for one in sheet.fields] == ["yes", "Ada", "Satisfactory", "2"]
    assert "Full time" in said(sheet)


def test_glyphs_and_symbol_fonts_are_marks() -> None:
    assert ticks(read_sheet(odt(p("☐ Yes ☒ No ", span("\u00fe", "Ding"), " Maybe \uf0a8")))) == [False, True, True, False]


def test_spaces_tabs_and_breaks() -> None:
    body = '<text:p> a \n  b<text:s text:c="8"/>c<text:tab/>d<text:line-break/>e<text:s text:c="99999999999"/></text:p>'
    sheet = read_sheet(odt(body))
    a, b, c, d, e = sheet.tokens
    assert b.box.x0 - a.box.x1 < 6
    assert c.box.x0 - b.box.x1 > 12
    assert d.box.x0 - c.box.x1 > 12
    assert e.line != d.line
    assert [one.text for one in sheet.tokens] == ["a", "b", "c", "d", "e"]


def test_lists_sections_and_headings() -> None:
    listed = f"<text:list><text:list-item>{p('one')}</text:list-item><text:list-item>{p('two')}</text:list-item></text:list>"
    heading = '<text:h text:outline-level="2">Part B</text:h>'
    paper = read(odt(f"<text:section>{heading}{listed}</text:section>"))
    assert said(paper.sheet) == "Part B one two"
    assert html.fragment_fromstring(paper.html).findtext("h3") == "Part B"


def test_notes_and_comments_are_left_out() -> None:
    note = "<text:note><text:note-body><text:p>note</text:p></text:note-body></text:note>"
    comment = "<office:annotation><text:p>comment</text:p></office:annotation>"
    assert said(read_sheet(odt(p("text", note, comment, " end")))) == "text end"


def test_text_box_is_read_once_and_a_picture_listed() -> None:
    box = f"<draw:frame><draw:text-box>{p('boxed')}</draw:text-box></draw:frame>"
    picture = '<draw:frame svg:width="2in" svg:height="1in"><draw:image xlink:href="Pictures/a.png"/></draw:frame>'
    outside = '<draw:frame><draw:image xlink:href="http://out.example/a.png"/></draw:frame>'
    png = b"\x89PNG\r\n\x1a\n" + bytes(20)
    paper = read(odt(p("anchor", box) + p("signed", picture, outside), parts={"Pictures/a.png": png}))
    assert said(paper.sheet) == "anchor boxed signed"
    assert token(paper.sheet, "boxed").place == "text box 1"
    (listed,) = paper.pictures
    assert (listed.place, listed.content, listed.width, listed.height) == ("paragraph 2", png, 144.0, 72.0)
    assert any("outside" in warning for warning in paper.sheet.warnings)


def test_header_and_footer_of_the_page_that_the_paper_begins_with() -> None:
    def master(name: str, head: str) -> str:
        edges = f"<style:header>{p(head)}</style:header><style:footer>{p('Page 1')}</style:footer>"
        return f'<style:master-page style:name="{name}">{edges}</style:master-page>'

    layout = (
        '<office:automatic-styles><style:page-layout style:name="L"><style:page-layout-properties fo:page-width="10in" '
        'fo:margin-left="1in" fo:margin-right="1in"/></style:page-layout></office:automatic-styles>'
    )
    masters = f"<office:master-styles>{master('Other', 'Wrong')}{master('Standard', 'Body of Tarrow')}</office:master-styles>"
    sheet = read_sheet(odt(p("body"), styles=layout + masters))
    assert said(sheet) == "Body of Tarrow body Page 1"
    assert (sheet.tokens[0].place, sheet.tokens[-1].place) == ("header", "footer")
    assert sheet.pages[0].width == pytest.approx(720)
    assert token(sheet, "body").box.x0 == pytest.approx(72)


def test_every_place_of_a_token_has_its_element() -> None:
    paper = read(odt(p("Name Ada") + table(row("TRN", "1234567"))))
    shown = html.fragment_fromstring(paper.html)
    for one in paper.sheet.tokens:
        (element,) = shown.xpath("//*[@id=$id]", id=part_id(one.place))
        assert one.text in element.text_content()


def test_locked_paper_asks_for_a_copy_without_password() -> None:
    manifest = b'<manifest><file-entry path="content.xml"><encryption-data/></file-entry></manifest>'
    with pytest.raises(NotReadable, match="password"):
        read(odt(p("x"), parts={"META-INF/manifest.xml": manifest, "content.xml": b"\x01\x02"}))


def test_other_papers_and_broken_ones_are_named() -> None:
    with pytest.raises(NotReadable, match="spreadsheet"):
        read(odt("", kind="spreadsheet"))
    with pytest.raises(NotReadable, match="damaged"):
        read(odt("", parts={"content.xml": b"<office:document-content"}))
    with pytest.raises(NotReadable, match="entities"):
        read(odt("", parts={"content.xml": b"<!DOCTYPE x [<!ENTITY y 'z'>]><x>&y;</x>"}))
    with pytest.raises(NotReadable, match="no OpenDocument"):
        read(odt("", parts={"content.xml": b"<x/>"}))


def test_damaged_styles_do_not_stop_the_reading() -> None:
    assert said(read_sheet(odt(p("text"), parts={"styles.xml": b"<office"}))) == "text"


def test_macros_are_ignored_with_a_warning() -> None:
    sheet = read_sheet(odt(p("text"), parts={"Basic/Standard/Module1.xml": b"<x/>"}))
    assert any("macros" in warning for warning in sheet.warnings)


RICH = odt(
    CHANGES
    + p("Name ", span("Ada", "Bold"), '<text:change text:change-id="c1"/>')
    + table(row("a", cell(table(row("b")), attributes='table:number-columns-spanned="2"')))
)


def reads_or_says_why(data: bytes) -> None:
    try:
        paper = read(data)
    except NotReadable:
        return
    assert paper.sheet.source == "odt"


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    reads_or_says_why(b"PK\x03\x04" + data)


@settings(deadline=None)
@given(st.integers(0, len(RICH)))
def test_cut_file_is_read_or_refused(length: int) -> None:
    reads_or_says_why(RICH[:length])


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(RICH) - 1), st.integers(0, 255)), min_size=1, max_size=6))
def test_altered_file_is_read_or_refused(changes: list[tuple[int, int]]) -> None:
    data = bytearray(RICH)
    for at, value in changes:
        data[at] = value
    reads_or_says_why(bytes(data))


_TAGS = ("text:p", "text:span", "text:s", "text:tab", "text:h", "text:list", "table:table", "table:table-row", "table:table-cell",
         "table:covered-table-cell", "draw:frame", "draw:text-box", "draw:control", "draw:g", "text:change-start", "text:change",
         "field:fieldmark-start", "field:fieldmark-end", "field:fieldmark", "loext:content-control", "text:drop-down", "text:label",
         "text:placeholder", "text:section", "table:table-column")  # fmt: skip
_ATTRIBUTES = ("text:c", "table:number-columns-spanned", "table:number-rows-spanned", "table:number-columns-repeated",
               "table:number-rows-repeated", "text:outline-level", "text:change-id", "field:type", "loext:checkbox", "text:style-name")  # fmt: skip
_TREES = st.recursive(
    st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="<&"), max_size=6),
    lambda inner: st.tuples(
        st.sampled_from(_TAGS),
        st.sampled_from(_ATTRIBUTES),
        st.sampled_from(["", "0", "1", "-1", "7", "true", "c1", "Struck", "²", f"{FORMS}.FORMTEXT"]),
        st.lists(inner, max_size=4),
    ),
    max_leaves=25,
)


def _xml(tree: object) -> str:
    if isinstance(tree, str):
        return tree
    assert isinstance(tree, tuple)
    name, attribute, value, inside = tree
    return f'<{name} {attribute}="{value}">{"".join(_xml(one) for one in inside)}</{name}>'


@settings(deadline=None)
@given(st.lists(_TREES, max_size=5))
def test_any_arrangement_of_the_vocabulary_is_read_or_refused(trees: list[object]) -> None:
    reads_or_says_why(odt(CHANGES + "".join(_xml(tree) for tree in trees)))
