"""Opening Word files of every make: strict, template, with macros, with dangling relations, with odd names."""

import pytest

from parsers.word import read_sheet
from parsers.word.package import open_package
from tests.support.sheets import said, token
from tests.support.word_xml import (
    DOCM,
    DOTX,
    RELATIONSHIPS,
    cell,
    control,
    document,
    package,
    paragraph,
    part,
    row,
    run,
    table,
    tie,
    zipped,
)

STRICT = "http://purl.oclc.org/ooxml"


def strict(data: str) -> bytes:
    return (
        data.replace("http://schemas.openxmlformats.org/wordprocessingml/2006/main", f"{STRICT}/wordprocessingml/main")
        .replace(RELATIONSHIPS, f"{STRICT}/officeDocument/relationships")
        .encode()
    )


def test_strict_file_is_read_with_its_styles_and_units() -> None:
    body = table(row("Name", cell(paragraph(control(run("Ada", '<w:rStyle w:val="Gone"/>'), "<w:text/>")))))
    widths = '<w:sectPr><w:pgSz w:w="595.3pt" w:h="841.9pt"/><w:pgMar w:left="1in" w:right="2.54cm"/></w:sectPr>'
    styles = (
        '<w:style w:type="character" w:styleId="Gone"><w:name w:val="Gone"/><w:rPr><w:strike w:val="on"/></w:rPr></w:style>'
    )
    data = package(
        "",
        main=strict(document(body + widths)),
        parts={
            "word/styles.xml": strict(part("styles", styles).decode()),
            "_rels/.rels": strict(
                '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
                + tie("rId1", "officeDocument", "word/document.xml")
                + "</Relationships>"
            ),
        },
    )
    sheet = read_sheet(data)
    assert token(sheet, "Ada").struck
    assert sheet.fields[0].value == "Ada"
    assert sheet.pages[0].width == pytest.approx(595.3)
    assert sheet.cells[0].box.x0 == pytest.approx(72)


def test_template_is_read() -> None:
    assert said(read_sheet(package(paragraph("text"), content_type=DOTX))) == "text"


def test_macros_are_ignored_with_a_warning() -> None:
    vba = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"
    data = package(
        paragraph("text"),
        content_type=DOCM,
        ties=(f'<Relationship Id="rId8" Type="{vba}" Target="vbaProject.bin"/>',),
        parts={"word/vbaProject.bin": b"\xd0\xcf\x11\xe0"},
    )
    sheet = read_sheet(data)
    assert said(sheet) == "text"
    assert any("macros" in warning for warning in sheet.warnings)


def test_outside_template_is_not_followed_and_named() -> None:
    settings_ties = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        + tie("rId1", "attachedTemplate", "file:///nowhere/evil.dotm", external=True)
        + "</Relationships>"
    )
    data = package(
        paragraph("text"),
        ties=(tie("rId7", "settings", "settings.xml"),),
        parts={"word/settings.xml": part("settings", ""), "word/_rels/settings.xml.rels": settings_ties.encode()},
    )
    assert any("outside" in warning for warning in read_sheet(data).warnings)


def test_ordinary_links_are_no_cause_for_a_warning() -> None:
    link = tie("rId7", "hyperlink", "mailto:office@school.example", external=True)
    body = paragraph(f'<w:hyperlink r:id="rId7">{run("write to us")}</w:hyperlink>')
    sheet = read_sheet(package(body, ties=(link,)))
    assert said(sheet) == "write to us"
    assert sheet.warnings == ()


def test_dangling_relation_does_not_stop_the_reading() -> None:
    sheet = read_sheet(
        package(paragraph("text", run("x", '<w:rStyle w:val="Gone"/>')), ties=(tie("rId7", "image", "media/none.png"),))
    )
    assert said(sheet) == "textx"
    assert token(sheet, "x").struck


def test_document_under_another_name_is_found() -> None:
    data = package(
        "",
        main=b"<unused/>",
        parts={
            "_rels/.rels": (
                '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
                + tie("rId1", "officeDocument", "/word/document2.xml")
                + "</Relationships>"
            ).encode(),
            "word/document2.xml": document(paragraph("text")).encode(),
        },
    )
    assert said(read_sheet(data)) == "text"


def test_file_without_styles_or_content_types_is_read() -> None:
    assert said(read_sheet(zipped({"word/document.xml": document(paragraph("text")).encode()}))) == "text"


def test_document_in_utf_16_is_read() -> None:
    main = '<?xml version="1.0" encoding="UTF-16"?>' + document(paragraph("Zoë ☒"))
    sheet = read_sheet(package("", main=main.encode("utf-16")))
    assert said(sheet) == "Zoë"
    assert [mark.ticked for mark in sheet.marks] == [True]


def test_dangling_relation_changes_no_other() -> None:
    ties = (tie("rId7", "settings", "settings.xml"), tie("rId8", "hyperlink", "http://a.example/", external=True))
    parts = {"word/settings.xml": part("settings", "")}
    good = open_package(package(paragraph("x"), ties=ties, parts=parts))
    forgiven = open_package(package(paragraph("x"), ties=(*ties, tie("rId9", "image", "none.png")), parts=parts))
    assert dict(good.ties("word/document.xml")) == {k: v for k, v in forgiven.ties("word/document.xml").items() if k != "rId9"}
    assert good.parts == forgiven.parts
