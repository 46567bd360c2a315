"""The walk over a Word file: text boxes, headers and footers, wrappers around blocks, places."""

import pytest

from parsers.forms import NotReadable
from parsers.word import read_sheet
from tests.support.sheets import in_place, said, token
from tests.support.word_xml import control, package, paragraph, part, row, run, table, tie

BOX = "<wps:txbx><w:txbxContent>{}</w:txbxContent></wps:txbx>"
VML = "<w:pict><v:shape><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></v:shape></w:pict>"


def text_box(inside: str, old: str) -> str:
    choice = f'<mc:Choice Requires="wps"><w:drawing><wp:anchor><wps:wsp>{BOX.format(inside)}</wps:wsp></wp:anchor></w:drawing></mc:Choice>'
    return f"<w:r><mc:AlternateContent>{choice}<mc:Fallback>{VML.format(old)}</mc:Fallback></mc:AlternateContent></w:r>"


def test_text_box_is_read_once() -> None:
    sheet = read_sheet(package(paragraph("anchor ", text_box(paragraph("boxed"), paragraph("boxed")), "after")))
    assert said(sheet) == "anchor after boxed"
    assert token(sheet, "boxed").place == "text box 1"


def test_old_text_box_without_alternative_is_read() -> None:
    assert said(read_sheet(package(paragraph(f"<w:r>{VML.format(paragraph('boxed'))}</w:r>")))) == "boxed"


def test_fallback_is_read_where_there_is_no_choice() -> None:
    only = f"<w:r><mc:AlternateContent><mc:Fallback>{VML.format(paragraph('boxed'))}</mc:Fallback></mc:AlternateContent></w:r>"
    assert said(read_sheet(package(paragraph(only)))) == "boxed"


def test_table_and_control_inside_a_text_box() -> None:
    inside = table(row("Name", "Ada")) + paragraph(control(run("filled"), "<w:text/>"))
    sheet = read_sheet(package(paragraph(text_box(inside, ""))))
    assert said(sheet) == "Name Ada filled"
    assert sheet.fields[0].value == "filled"


def with_edges(body: str, section: str, *, settings: str = "", **edges: str) -> bytes:
    """A file whose headers and footers are given by their part names."""
    parts = {
        f"word/{name}.xml": part("hdr" if name.startswith("header") else "ftr", paragraph(text)) for name, text in edges.items()
    }
    ties = tuple(tie(name, name.rstrip("123"), f"{name}.xml") for name in edges)
    if settings:
        parts["word/settings.xml"] = part("settings", settings)
        ties = (*ties, tie("rIdSettings", "settings", "settings.xml"))
    return package(body + f"<w:sectPr>{section}</w:sectPr>", ties=ties, parts=parts)


def reference(kind: str, name: str, shown: str = "default") -> str:
    return f'<w:{kind}Reference w:type="{shown}" r:id="{name}"/>'


def test_headers_come_first_and_footers_last() -> None:
    section = reference("header", "header1") + reference("footer", "footer1")
    sheet = read_sheet(with_edges(paragraph("body"), section, header1="Body of Tarrow", footer1="Page 1"))
    assert said(sheet) == "Body of Tarrow body Page 1"
    assert sheet.tokens[0].place == "header"
    assert in_place(sheet, "footer") == "Page 1"
    tops = [one.box.top for one in sheet.tokens]
    assert tops == sorted(tops)


@pytest.mark.parametrize(
    ("section", "settings", "shown"),
    [
        ("", "", False),
        ("<w:titlePg/>", "", True),
        ('<w:titlePg w:val="0"/>', "", False),
    ],
)
def test_header_of_the_first_page_is_read_only_where_it_is_shown(section: str, settings: str, shown: bool) -> None:
    data = with_edges(paragraph("body"), reference("header", "header1", "first") + section, settings=settings, header1="First")
    assert ("First" in said(read_sheet(data))) is shown


@pytest.mark.parametrize("shown", [True, False])
def test_header_of_even_pages_is_read_only_where_it_is_shown(shown: bool) -> None:
    settings = "<w:evenAndOddHeaders/>" if shown else "<w:zoom/>"
    data = with_edges(paragraph("body"), reference("header", "header1", "even"), settings=settings, header1="Even")
    assert ("Even" in said(read_sheet(data))) is shown


def test_header_used_by_two_sections_is_read_once() -> None:
    section = reference("header", "header1")
    first = paragraph("one", properties=f"<w:sectPr>{section}</w:sectPr>")
    assert said(read_sheet(with_edges(first + paragraph("two"), section, header1="Head"))) == "Head one two"


def test_table_in_a_header_does_not_shift_the_tables_of_the_body() -> None:
    parts = {"word/header1.xml": part("hdr", table(row("logo")))}
    body = table(row("Name")) + f"<w:sectPr>{reference('header', 'header1')}</w:sectPr>"
    sheet = read_sheet(package(body, ties=(tie("header1", "header", "header1.xml"),), parts=parts))
    assert token(sheet, "Name").place == "table 1, row 1, cell 1"
    assert token(sheet, "logo").place == "header, table 1, row 1, cell 1"


def test_damaged_header_is_left_out_with_a_warning() -> None:
    data = package(
        paragraph("body") + f"<w:sectPr>{reference('header', 'header1')}</w:sectPr>",
        ties=(tie("header1", "header", "header1.xml"),),
        parts={"word/header1.xml": b"<w:hdr"},
    )
    sheet = read_sheet(data)
    assert said(sheet) == "body"
    assert any("header" in warning for warning in sheet.warnings)


def test_empty_paragraphs_are_not_counted() -> None:
    sheet = read_sheet(package(paragraph("one") + "<w:p/>" + paragraph("  ") + paragraph("two")))
    assert token(sheet, "two").place == "paragraph 2"


@pytest.mark.parametrize(("wrapper", "deleted"), [("ins", False), ("moveTo", False), ("del", True), ("moveFrom", True)])
def test_tracked_change_around_paragraphs(wrapper: str, deleted: bool) -> None:
    body = f'<w:{wrapper} w:id="1" w:author="x">{paragraph("changed")}</w:{wrapper}>'
    assert token(read_sheet(package(body)), "changed").deleted is deleted


def test_custom_xml_around_blocks_is_transparent() -> None:
    assert said(read_sheet(package(f'<w:customXml w:element="x">{paragraph("a")}{table(row("b"))}</w:customXml>'))) == "a b"


def test_other_document_inside_is_named_and_not_read() -> None:
    body = paragraph("a") + '<w:altChunk r:id="rId7"/>'
    data = package(body, ties=(tie("rId7", "aFChunk", "chunk.html"),), parts={"word/chunk.html": b"<p>other</p>"})
    sheet = read_sheet(data)
    assert said(sheet) == "a"
    assert any("another document" in warning for warning in sheet.warnings)


def test_too_many_inputs_are_refused() -> None:
    with pytest.raises(NotReadable):
        read_sheet(package(paragraph(*[control(run("x"), "<w:text/>")] * 5_100)))
