"""The paper side of the review page."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.forms import part_id as readers_part_id
from tests.support.house import page_png
from web.sheet import marked_html, part_id, png_size


@given(st.text(max_size=60))
def test_ids_of_places_are_spelt_as_the_readers_spell_them(part: str) -> None:
    assert part_id(part) == readers_part_id(part)


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        '<a href="javascript:alert(1)">x</a>',
        '<p onclick="alert(1)" style="position:fixed">x</p>',
        "<iframe src=//evil.example></iframe>",
        '<form action="//evil.example"><input name=a></form>',
        '<p id="main-content" class="govuk-button">x</p>',
        "<style>*{display:none}</style>",
        '<svg><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>',
        "<base href=//evil.example><meta http-equiv=refresh content=0>",
        "<math><mi//xlink:href='data:x,<script>alert(1)</script>'>",
        "</div></div></section><h1>Over</h1>",
    ],
)
def test_html_of_a_paper_is_cleaned_again(hostile: str) -> None:
    html, ids = marked_html(f'<div class="paper"><p id="part-paragraph-1">Before</p>{hostile}<p>After</p></div>', {})
    assert "part-paragraph-1" in ids
    assert ids <= {"part-paragraph-1"}
    assert not re.search(r"(?i)<(script|img|iframe|form|input|style|svg|base|meta|math|h1)\b", html)
    assert not re.search(r"(?i)\s(on\w+|style|href|src|action)=", html)
    assert "govuk-button" not in html
    assert html.count("<div") == html.count("</div>")


def test_cell_of_a_reading_is_marked_and_no_other() -> None:
    written = '<table><tbody><tr><td id="part-cell-1">a</td><td id="part-cell-2" class="paper-x">b</td></tr></tbody></table>'
    html, ids = marked_html(written, {"part-cell-2": "check"})
    assert ids == {"part-cell-1", "part-cell-2"}
    assert '<td id="part-cell-1">a</td>' in html
    assert 'class="paper-x mr-evidence mr-evidence--check"' in html
    assert html.count("mr-evidence--check") == 1


def test_text_of_a_paper_stays_text() -> None:
    html, _ids = marked_html("<p>5 &lt; 6 &amp; &lt;script&gt;alert(1)&lt;/script&gt; “é” \u2003</p>", {})
    assert "5 &lt; 6 &amp; &lt;script&gt;" in html
    assert "“é”" in html


def test_size_of_a_picture_comes_from_its_header() -> None:
    assert png_size(page_png(1)) == (595, 842)
    assert png_size(b"GIF89a and more") == (0, 0)
    assert png_size(b"") == (0, 0)
