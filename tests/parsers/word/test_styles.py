"""Styles: what runs inherit, and that hostile or bulky style parts change nothing."""

import pytest
from lxml import etree

from parsers.word import read_sheet
from parsers.word.flow import PLAIN
from parsers.word.names import W
from parsers.word.styles import Styles, without_table_styles
from tests.support.sheets import token
from tests.support.word_xml import NAMESPACES, package, paragraph, run


def styles(inside: str) -> Styles:
    return Styles(etree.fromstring(f"<w:styles {NAMESPACES}>{inside}</w:styles>"))


def style(name: str, properties: str, based_on: str = "", kind: str = "character") -> str:
    base = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    return f'<w:style w:type="{kind}" w:styleId="{name}"><w:name w:val="{name}"/>{base}<w:rPr>{properties}</w:rPr></w:style>'


def run_properties(inside: str) -> etree._Element:
    return etree.fromstring(f"<w:rPr {NAMESPACES}>{inside}</w:rPr>")


def test_nearer_style_goes_before_its_ancestors() -> None:
    made = styles(style("A", "<w:strike/><w:b/>") + style("B", '<w:strike w:val="0"/>', "A"))
    look = made.look(None, run_properties('<w:rStyle w:val="B"/>'))
    assert (look.struck, look.bold) == (False, True)


def test_bold_in_both_styles_is_not_bold() -> None:
    made = styles(style("P", "<w:b/>", kind="paragraph") + style("C", "<w:b/>"))
    assert not made.look("P", run_properties('<w:rStyle w:val="C"/>')).bold
    assert made.look("P", run_properties('<w:rStyle w:val="C"/><w:b/>')).bold


def test_styles_that_are_based_on_each_other_end() -> None:
    made = styles(style("A", "<w:b/>", "B") + style("B", "<w:strike/>", "A"))
    look = made.look(None, run_properties('<w:rStyle w:val="A"/>'))
    assert look.bold
    assert look.struck


def test_unknown_style_is_plain() -> None:
    assert Styles(None).look("Nothing", run_properties('<w:rStyle w:val="Nobody"/>')) == PLAIN


def test_document_defaults_reach_every_run() -> None:
    made = styles('<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="28"/></w:rPr></w:rPrDefault></w:docDefaults>')
    assert made.look(None, None).size == 14


@pytest.mark.parametrize(("size", "points"), [("0", 4), ("99999", 72), ("x", 11)])
def test_sizes_stay_within_reason(size: str, points: float) -> None:
    assert Styles(None).look(None, run_properties(f'<w:sz w:val="{size}"/>')).size == points


def test_headings_are_known_by_name_and_by_level() -> None:
    named = '<w:style w:type="paragraph" w:styleId="berschrift3"><w:name w:val="heading 3"/></w:style>'
    properties = etree.fromstring(f'<w:pPr {NAMESPACES}><w:pStyle w:val="berschrift3"/></w:pPr>')
    assert styles(named).shape(properties).level == 3
    etree.SubElement(properties, W + "outlineLvl").set(W + "val", "9")
    assert styles(named).shape(properties).level == 0


def test_cut_style_part_says_the_same_of_text() -> None:
    bulk = "".join(style(f"T{number}", "<w:b/>" * 20, kind="table") for number in range(500))
    kept = style("Gone", "<w:strike/>")
    whole = f"<w:styles {NAMESPACES}><w:latentStyles><w:lsdException/></w:latentStyles>{bulk}{kept}</w:styles>".encode()
    cut = without_table_styles(whole)
    assert len(cut) < len(whole) / 20
    assert Styles(etree.fromstring(cut)).look(None, run_properties('<w:rStyle w:val="Gone"/>')).struck
    sheet = read_sheet(package(paragraph(run("old", '<w:rStyle w:val="Gone"/>')), parts={"word/styles.xml": whole}))
    assert token(sheet, "old").struck


def test_part_that_could_be_cut_wrongly_stays_whole() -> None:
    tricky = b'<w:styles><!-- <w:style w:type="table" -->' + b" " * 70_000 + b"</w:style></w:styles>"
    assert without_table_styles(tricky) == tricky
