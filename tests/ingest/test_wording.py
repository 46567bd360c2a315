"""The words of a letter, from text or from HTML, and links to files that were not attached."""

import pytest

from ingest.mime import Allowance, walk
from ingest.wording import MOST_CHARACTERS, Wording, plain_text, shared_links, shown_pictures, wording_of, words_of
from tests.support import letters


def _wordings(raw: bytes) -> list[Wording]:
    parts = walk(raw, Allowance()).parts
    return [wording_of(part, part.decoded().content, html=part.declared == "text/html")[0] for part in parts]


def _alternatives(plain: bytes, html: bytes) -> bytes:
    return letters.raw_letter(b"\r\n" + plain, b"Content-Type: text/html\r\n\r\n" + html, subtype="alternative")


def test_of_two_alternatives_the_plain_one_counts_unless_it_is_empty() -> None:
    assert words_of(_wordings(_alternatives(b"Dear all", b"<p>Dear <b>all</b>"))) == "Dear all"
    assert words_of(_wordings(_alternatives(b"  ", b"<p>Dear <b>all</b>"))) == "Dear all"


def test_texts_that_are_no_alternatives_all_count() -> None:
    assert words_of(_wordings(letters.raw_letter(b"\r\none", b"Content-Type: text/html\r\n\r\n<p>two"))) == "one\n\ntwo"


def test_html_is_told_as_a_reader_sees_it() -> None:
    html = (
        "<html><head><title>t</title><style>p{}</style></head><body><!-- c --><p>Dear &amp; all,<br>line two"
        "<script>alert(1)</script><table><tr><td>a</td><td>b</td></tr></table> tail"
    )
    assert plain_text(html).split() == ["Dear", "&", "all,", "line", "two", "a", "b", "tail"]
    assert "Dear & all,\nline two" in plain_text(html)


@pytest.mark.parametrize(
    "html", ["", "\0", "<", "<div>" * 100_000 + "form", "<!DOCTYPE x [<!ENTITY a 'b'>]>&a;", "<p>x" * 400_000]
)
def test_hostile_html_gives_text(html: str) -> None:
    assert isinstance(plain_text(html), str)


def test_text_below_more_levels_than_the_parser_goes_is_not_lost() -> None:
    assert "form" in plain_text("<div>" * 5_000 + "form")


def test_a_very_long_letter_is_cut_and_says_so() -> None:
    words = words_of(_wordings(b"From: a@b.example\r\n\r\n" + b"word " * 100_000))
    assert len(words) < MOST_CHARACTERS + 200
    assert words.endswith("kept whole as it came.]")


def test_pictures_shown_in_the_text_are_known_by_their_ids() -> None:
    raw = b"Content-Type: text/html\r\n\r\n<img src=\"cid:Logo%40mail\"><img src='CID:two'>"
    assert shown_pictures(_wordings(raw)) == {"logo@mail", "two"}


@pytest.mark.parametrize(
    ("link", "place"),
    [
        ("https://hill-my.sharepoint.com/:w:/g/x", "OneDrive or SharePoint"),
        ("https://1drv.ms/w/x", "OneDrive"),
        ("https://docs.google.com/document/d/1", "Google Drive"),
        ("https://www.dropbox.com/s/x", "Dropbox"),
    ],
)
def test_a_link_to_a_shared_file_is_told_and_not_followed(link: str, place: str) -> None:
    (remark,) = shared_links(_wordings(b'Content-Type: text/html\r\n\r\n<a href="' + link.encode() + b'">the form</a>'))
    assert place in remark


def test_other_links_are_no_remark() -> None:
    assert shared_links(_wordings(b"\r\nhttps://www.hill.example https://notdropbox.com/x")) == []
