"""Which pages go to OCR."""

import pytest

from parsers import pdf
from parsers.pdf.pictures import is_garbled
from tests.support.pdf_bytes import coded_font, coded_page, coded_text, page, picture_page, text

SENTENCE = "The date of the school is here and the name of the teacher is on this form"


def pages_for_ocr(data: bytes) -> tuple[int, ...]:
    paper = pdf.read(data)
    assert [one.source == "ocr" for one in paper.sheet.pages] == [one.number in paper.image_pages for one in paper.sheet.pages]
    return paper.image_pages


@pytest.mark.parametrize("layer", ["", "3 Tr " + text(50, 700, SENTENCE), text(400, 20, "Scanned by the office")])
def test_a_scanned_page_goes_to_ocr_whatever_the_scanner_wrote_on_it(layer: str) -> None:
    data = picture_page(layer)
    assert pages_for_ocr(data) == (1,)
    assert pdf.read(data).sheet.tokens == ()


def test_a_page_with_a_logo_is_read_as_it_is() -> None:
    assert pages_for_ocr(picture_page(text(50, 600, SENTENCE), box=(400, 750, 500, 800))) == ()


def test_a_page_pasted_as_a_picture_under_a_heading_goes_to_ocr() -> None:
    assert pages_for_ocr(picture_page(text(50, 800, "Form as attached"), box=(60, 60, 535, 780))) == (1,)


def test_an_empty_page_goes_nowhere() -> None:
    assert pages_for_ocr(page("")) == ()


def test_text_drawn_as_shapes_goes_to_ocr() -> None:
    curves = "".join(f"{x} 700 m {x + 3} 705 {x + 5} 706 {x + 6} 700 c f " for x in range(50, 450, 8))
    assert pages_for_ocr(page(curves)) == (1,)


def test_text_whose_letters_mean_nothing_goes_to_ocr() -> None:
    nameless = coded_text(50, 700, list(range(36, 76)))
    assert pages_for_ocr(coded_page(text(50, 720, SENTENCE) + nameless, coded_font({}))) == (1,)


def test_english_is_told_from_nonsense() -> None:
    shifted = "".join(chr(ord(one) + 3) if one.isalpha() else one for one in SENTENCE)
    assert is_garbled(" ".join([shifted] * 5))
    assert not is_garbled(" ".join([SENTENCE] * 5))
    assert not is_garbled("Jane Doe 1234567 02/09/2024")
    assert not is_garbled("")
    assert is_garbled("\ufffd\ufffd\ufffd\ufffd name")


def test_fields_filled_in_over_a_scan_are_kept_beside_ocr() -> None:
    import io

    import pikepdf

    with pikepdf.open(io.BytesIO(picture_page())) as scan:
        field = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Widget, FT=pikepdf.Name.Tx, T="a", V="Jane", Rect=[50, 700, 200, 720]
        )  # fmt: skip
        widget = scan.make_indirect(field)
        scan.pages[0].obj["/Annots"] = pikepdf.Array([widget])
        scan.Root["/AcroForm"] = pikepdf.Dictionary(Fields=[widget])
        buffer = io.BytesIO()
        scan.save(buffer)
    paper = pdf.read(buffer.getvalue())
    assert paper.image_pages == (1,)
    assert [(token.text, token.field) for token in paper.sheet.tokens] == [("Jane", 0)]
