"""What people put on top of a PDF page."""

from parsers import pdf
from parsers.tokens import Sheet
from tests.support.pdf_bytes import FONTS, page, stream, text

CONTENT = "BT /F1 10 Tf 2 5 Td (Typed on top) Tj ET"
LOOK = stream(CONTENT.encode(), f"/Type /XObject /Subtype /Form /BBox [0 0 100 20] /Resources << {FONTS} >>")


def noted(*notes: str, content: str = "") -> Sheet:
    places = " ".join(f"{10 + number} 0 R" for number in range(len(notes)))
    objects = {10 + number: f"<< /Type /Annot {note} >>".encode() for number, note in enumerate(notes)}
    return pdf.read(page(content, entries=f"/Annots [{places}]", objects={**objects, 30: LOOK})).sheet


def texts(sheet: Sheet) -> list[str]:
    return [token.text for token in sheet.tokens]


def test_text_typed_on_a_page_is_read_with_and_without_a_look() -> None:
    bare = noted("/Subtype /FreeText /Contents (Jane Doe) /Rect [100 600 200 620]")
    looked = noted("/Subtype /FreeText /Contents (Typed on top) /Rect [100 600 200 620] /AP << /N 30 0 R >>")
    assert texts(bare) == ["Jane", "Doe"]
    assert texts(looked) == ["Typed", "on", "top"]
    assert all(token.box.x0 >= 100 and 222 <= token.box.top <= 242 for token in (*bare.tokens, *looked.tokens))


def test_rich_text_without_a_plain_copy_is_read() -> None:
    assert texts(noted("/Subtype /FreeText /RC (<body><p>Jane &amp; <b>Joe</b></p></body>) /Rect [100 600 200 620]")) == [
        "Jane", "&", "Joe",
    ]  # fmt: skip


def test_a_stamp_is_read_where_it_lies_and_the_page_keeps_its_size() -> None:
    sheet = noted("/Subtype /Stamp /Rect [300 500 400 520] /AP << /N 30 0 R >>", content=text(50, 700, "Page"))
    assert (sheet.pages[0].width, sheet.pages[0].height) == (595, 842)
    assert texts(sheet) == ["Page", "Typed", "on", "top"]
    assert round(sheet.tokens[0].box.bottom) == 144


def test_strike_outs_and_highlights_count_as_drawn_ones() -> None:
    sheet = noted(
        "/Subtype /StrikeOut /Rect [50 697 62 709] /QuadPoints [50 709 62 709 50 697 62 697]",
        "/Subtype /Highlight /Rect [50 647 67 659] /QuadPoints [50 659 67 659 50 647 67 647]",
        content=text(50, 700, "FT / PT") + text(50, 650, "Yes / No"),
    )
    assert [token.text for token in sheet.tokens if token.struck] == ["FT"]
    assert [token.text for token in sheet.tokens if token.highlighted] == ["Yes"]


def test_ink_in_a_box_ticks_it() -> None:
    ink = stream(b"2 2 m 10 10 l S 2 10 m 10 2 l S", "/Type /XObject /Subtype /Form /BBox [0 0 12 12]")
    data = page(
        "50 700 12 12 re S " + text(70, 702, "Yes"),
        entries="/Annots [10 0 R]",
        objects={10: b"<< /Type /Annot /Subtype /Ink /Rect [50 700 62 712] /InkList [[0 0]] /AP << /N 11 0 R >> >>", 11: ink},
    )
    assert [mark.ticked for mark in pdf.read(data).sheet.marks] == [True]


def test_a_comment_beside_the_page_is_no_text_but_is_mentioned() -> None:
    sheet = noted("/Subtype /Text /Contents (TRN is 1234567) /Rect [300 600 320 620]")
    assert sheet.tokens == ()
    assert sheet.warnings == ("Page 1 has comments attached to it, which are not part of the form and were not read.",)


def test_hidden_notes_are_not_read() -> None:
    assert texts(noted("/Subtype /FreeText /F 2 /Contents (Jane) /Rect [100 600 200 620]")) == []
