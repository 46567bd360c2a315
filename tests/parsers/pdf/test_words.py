"""Words of a PDF: what belongs together, what is printed twice, what nobody can see."""

from reportlab.pdfbase.pdfmetrics import stringWidth

from parsers import pdf
from parsers.tokens import Sheet
from tests.support.pdf_bytes import coded_font, coded_page, coded_text, page, text


def words(content: str) -> list[str]:
    return [token.text for token in read(content).tokens]


def read(content: str) -> Sheet:
    return pdf.read(page(content)).sheet


def test_letters_placed_one_by_one_are_one_word() -> None:
    places = [50 + stringWidth("Naomie"[:place], "Helvetica", 10) for place in range(6)]
    letters = "".join(text(place, 700, letter) for place, letter in zip(places, "Naomie", strict=True))
    assert words(letters) == ["Naomie"]


def test_kerned_and_spaced_out_letters_are_one_word() -> None:
    assert words("BT /F1 10 Tf 50 700 Td [(Ka) 50 (r) -30 (en) -300 (Smith)] TJ ET") == ["Karen", "Smith"]
    assert words("BT /F1 10 Tf 3 Tc 50 700 Td (Spaced text) Tj ET") == ["Spaced", "text"]


def test_words_printed_twice_for_bold_are_read_once() -> None:
    assert words(text(50, 700, "Bold") + text(50.3, 700, "Bold") + text(100, 700, "word")) == ["Bold", "word"]
    letters = "".join(text(50 + 6 * place, 700, one) + text(50.3 + 6 * place, 700, one) for place, one in enumerate("Naome"))
    assert words(letters) == ["Naome"]


def test_a_double_letter_is_not_taken_for_one_printed_twice() -> None:
    assert words(text(50, 700, "Aaron Lloyd 1100 ill")) == ["Aaron", "Lloyd", "1100", "ill"]


def test_ligatures_and_loose_accents_become_letters() -> None:
    font = coded_font({1: "\ufb01", 2: "n", 3: "e", 4: "\u0301", 5: "ff", 6: "i"})
    sheet = pdf.read(coded_page(coded_text(50, 700, [1, 2, 3, 4]) + coded_text(50, 680, [3, 5, 6]), font)).sheet
    assert [token.text for token in sheet.tokens] == ["fin\N{LATIN SMALL LETTER E WITH ACUTE}", "effi"]


def test_letters_of_unknown_meaning_never_pass_for_others() -> None:
    font = coded_font({1: "A"})
    sheet = pdf.read(
        coded_page(text(50, 720, "The date of the form and the name") + coded_text(50, 700, [1, 40, 1]), font)
    ).sheet
    assert [token.text for token in sheet.tokens][-1] == "A\ufffdA"


def test_unseen_text_of_a_digital_page_is_left_out() -> None:
    hidden = "BT 3 Tr /F1 10 Tf 100 700 Td (hidden) Tj ET 0 Tr "
    white = text(150, 700, "white", before="1 g")
    banner = "q 0 0 .5 rg 200 695 60 15 re f Q " + text(205, 700, "banner", before="1 g")
    assert words(text(50, 700, "seen") + hidden + white + banner) == ["seen", "banner"]


def test_bold_is_told_by_the_font() -> None:
    assert [token.bold for token in read(text(50, 700, "Label", font="F2") + text(90, 700, "value")).tokens] == [True, False]


def test_a_word_whose_look_changes_is_two_glued_ones() -> None:
    sheet = read(text(50, 700, "12", font="F2") + text(61.2, 700, "/34567"))
    assert [(token.text, token.glued) for token in sheet.tokens] == [("12", False), ("/34567", True)]
