"""The HTML of a paper: accessible, safe, and with the ids that evidence names."""

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from parsers.forms import part_id
from parsers.word import read
from parsers.word.accessible import accessible_html
from tests.support.word_xml import cell, control, legacy, package, paragraph, part, row, run, table, tie


def parsed(data: bytes) -> html.HtmlElement:
    return html.fragment_fromstring(accessible_html(data))


def test_every_place_of_a_token_has_its_element() -> None:
    data = package(
        paragraph("Title", properties='<w:pStyle w:val="Heading2"/>')
        + paragraph("Name Ada")
        + table(row("TRN", cell(table(row("inner")), "<w:p/>")))
        + '<w:sectPr><w:headerReference w:type="default" r:id="rId1"/></w:sectPr>',
        ties=(tie("rId1", "header", "header1.xml"),),
        parts={"word/header1.xml": part("hdr", paragraph("Head") + table(row("logo")))},
    )
    paper = read(data)
    shown = html.fragment_fromstring(paper.html)
    for token in paper.sheet.tokens:
        (element,) = shown.xpath("//*[@id=$id]", id=part_id(token.place))
        assert token.text in element.text_content()


def test_ids_are_never_given_twice() -> None:
    shown = parsed(package(paragraph("a") + paragraph("b") + table(row("c", "d"), row("e", "f"))))
    ids = shown.xpath("//@id")
    assert len(ids) == len(set(ids)) == 6


def test_headings_leave_room_for_the_heading_of_the_page() -> None:
    shown = parsed(package(paragraph("Title", properties='<w:pStyle w:val="Heading2"/>')))
    assert shown.xpath("string(//h3)") == "Title"


def test_boxes_have_words_for_people_who_cannot_see_them() -> None:
    field = legacy("<w:checkBox><w:checked/></w:checkBox>", "FORMCHECKBOX")
    shown = parsed(package(paragraph(field, " Yes ☐ No")))
    assert shown.xpath("//*[@role='img']/@aria-label") == ["ticked box", "empty box"]


def test_merged_cells_keep_their_spans_and_repeated_rows_head_their_columns() -> None:
    wide = cell("wide", properties='<w:gridSpan w:val="2"/>')
    shown = parsed(package(table(row(wide, properties="<w:tblHeader/>"), row("a", "b"))))
    (heading,) = shown.xpath("//th")
    assert (heading.get("colspan"), heading.get("scope")) == ("2", "col")
    assert len(shown.xpath("//td")) == 2


def test_changes_and_looks_are_told() -> None:
    changed = '<w:del w:id="1" w:author="x"><w:r><w:delText>12</w:delText></w:r></w:del>'
    body = paragraph(changed, '<w:ins w:id="2" w:author="x">' + run("2") + "</w:ins>", run("YES", "<w:strike/><w:b/>"))
    shown = parsed(package(body))
    assert (shown.xpath("string(//del)"), shown.xpath("string(//ins)"), shown.xpath("string(//s/strong)")) == ("12", "2", "YES")


def test_prompt_is_told_from_an_answer() -> None:
    prompt = run("Click or tap here to enter text.", '<w:rStyle w:val="PlaceholderText"/>')
    shown = parsed(package(paragraph(control(prompt, "<w:showingPlcHdr/><w:text/>"))))
    assert shown.xpath("string(//*[@class='paper-prompt'])").startswith("Click")


def test_picture_is_told_and_keeps_the_place_that_names_it() -> None:
    blip = '<w:r><w:drawing><a:blip r:embed="rId5"/></w:drawing></w:r>'
    data = package(
        paragraph("before") + paragraph(blip) + paragraph("after"),
        ties=(tie("rId5", "image", "media/image1.png"),),
        parts={"word/media/image1.png": b"\x89PNG\r\n\x1a\n"},
    )
    paper = read(data)
    (element,) = html.fragment_fromstring(paper.html).xpath("//*[@id=$id]", id=part_id(paper.pictures[0].place))
    assert element.xpath("./*[@role='img']/@aria-label") == ["picture"]
    assert paper.sheet.tokens[-1].place == "paragraph 3"


def test_picture_and_link_bring_nothing_remote() -> None:
    link = tie("rId7", "hyperlink", "http://out.example/", external=True)
    body = paragraph(f'<w:hyperlink r:id="rId7">{run("here")}</w:hyperlink>')
    written = accessible_html(package(body, ties=(link,)))
    assert "out.example" not in written
    assert "href" not in written


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=60))
def test_any_text_is_shown_as_text(text: str) -> None:
    hostile = f"<script>alert(1)</script>{text}<img src=x onerror='a'>\"&amp;"
    shown = parsed(package(paragraph(run(hostile))))
    assert not shown.xpath("//script | //img | //@onerror")
    assert {element.tag for element in shown.iter()} <= {"div", "p", "span"}
    assert "<script>alert(1)</script>" in shown.text_content()
