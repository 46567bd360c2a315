"""Answers of XFA forms."""

from parsers import pdf
from parsers.tokens import Sheet
from tests.support.pdf_bytes import form, stream, text, written

TEMPLATE = """<template xmlns="http://www.xfa.org/schema/xfa-template/3.3/"><subform name="form1">
<field name="EctName"><ui><textEdit/></ui><caption><value><text>Full name of ECT</text></value></caption></field>
<field name="Confirm"><ui><checkButton/></ui><caption><value><text>I confirm</text></value></caption></field>
<field name="Start"><ui><dateTimeEdit/></ui></field></subform></template>"""
ANSWERS = """<xfa:datasets xmlns:xfa="http://www.xfa.org/schema/xfa-data/1.0/"><xfa:data><form1><EctName>Jane Doe</EctName>
<Confirm>1</Confirm><Start>2024-09-02</Start><DaysAbsent/></form1></xfa:data></xfa:datasets>"""


def xfa(template: str, answers: str, widgets: dict[int, str] | None = None) -> bytes:
    packets = {60: stream(template.encode()).decode("latin-1"), 61: stream(answers.encode()).decode("latin-1")}
    return form(
        "", {**(widgets or {}), **packets}, text(50, 700, "Please wait..."), acro="/XFA [(template) 60 0 R (datasets) 61 0 R]"
    )  # fmt: skip


def texts(sheet: Sheet) -> str:
    return " ".join(token.text for token in sheet.tokens)


def test_answers_are_read_with_their_questions() -> None:
    sheet = pdf.read(xfa(TEMPLATE, ANSWERS)).sheet
    assert [(field.name, field.kind, field.value, field.title) for field in sheet.fields] == [
        ("EctName", "text", "Jane Doe", "Full name of ECT"),
        ("Confirm", "checkbox", "yes", "I confirm"),
        ("Start", "date", "2024-09-02", "Start"),
        ("DaysAbsent", "text", None, "Days Absent"),
    ]
    assert texts(sheet) == "Full name of ECT Jane Doe I confirm Start 2024-09-02 Days Absent"
    assert [(mark.ticked, mark.field) for mark in sheet.marks] == [(True, 1)]
    assert "Adobe" in sheet.warnings[0]


def test_answers_complete_the_fields_of_the_same_name() -> None:
    box = "<< /Type /Annot /Subtype /Widget /FT /Tx /T (form1[0].EctName[0]) /Rect [100 600 300 616] >>"
    (field,) = pdf.read(xfa(TEMPLATE, ANSWERS, {10: box})).sheet.fields
    assert (field.value, field.title) == ("Jane Doe", "Full name of ECT")


def test_hostile_xml_gives_no_answers() -> None:
    laughs = '<!DOCTYPE a [<!ENTITY l "ha"><!ENTITY m "&l;&l;&l;">]><a><data><b>&m;</b></data></a>'
    deep = "<data>" + "<a>" * 5_000 + "x" + "</a>" * 5_000 + "</data>"
    for answers in (laughs, deep, "<broken", ""):
        assert pdf.read(xfa(TEMPLATE, answers)).sheet.fields == ()


def test_an_xfa_entry_of_another_kind_is_left_alone() -> None:
    for entry in (b"/XFA 5", b"/XFA [1 2 3]", b"/XFA [(datasets)]"):
        data = written(
            {
                1: b"<< /Type /Catalog /Pages 2 0 R /AcroForm << " + entry + b" >> >>",
                2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 595 842] >>",
                3: b"<< /Type /Page /Parent 2 0 R >>",
            }
        )
        assert pdf.read(data).sheet.fields == ()
