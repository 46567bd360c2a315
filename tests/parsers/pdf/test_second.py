"""The second reader of PDF pages."""

import logging

import pytest

from parsers import pdf
from parsers.pdf.second import read_words
from tests.support.pdf_bytes import page, text


def test_both_readers_see_the_same_words_in_the_same_places() -> None:
    for entries in ("", "/Rotate 90", "/CropBox [20 20 500 800]"):
        data = page(text(50, 700, "Full name") + text(150, 700, "Jane Doe"), entries=entries)
        first = [(token.text, token.box) for token in pdf.read(data).sheet.tokens]
        second = read_words(data, 1)
        if entries != "/Rotate 90":
            assert [word for word, _ in second] == [word for word, _ in first]
            for (_, here), (_, there) in zip(first, second, strict=True):
                assert (here.x0, here.x1) == pytest.approx((there.x0, there.x1), abs=1.5)
                assert here.top - 2 < there.middle < here.bottom + 2
        else:
            assert len(second) > 0


def test_what_it_cannot_open_has_no_words() -> None:
    assert read_words(b"%PDF-1.7 nothing", 1) == ()
    assert read_words(page(""), 9) == ()


def test_nothing_of_the_file_reaches_the_log(caplog: pytest.LogCaptureFixture) -> None:
    broken = page(text(50, 700, "Jane") + " 1 0 0 secretcolour rg (never) closed BI /secret 1 ID x")
    with caplog.at_level(logging.DEBUG):
        read_words(broken, 1)
    assert "pdfminer" not in {record.name.split(".")[0] for record in caplog.records}
