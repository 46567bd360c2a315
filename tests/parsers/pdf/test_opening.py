"""What keeps a hostile PDF from the page engine. Dangerous files are read in a process of their own with hard limits."""

import json
import resource
import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from parsers import pdf
from parsers.forms import NotReadable
from parsers.pdf.opening import BLOATED_REASON, DAMAGED_REASON, PASSWORD_REASON, TANGLED_REASON, inflated_size
from tests.support import pdf_bytes
from tests.support.pdf_bytes import FONTS, page, stream, text, written

HOUSE = Path(__file__).parents[3]
READER = """
import json, sys
from parsers import pdf
from parsers.forms import NotReadable
try:
    sheet = pdf.read(sys.stdin.buffer.read()).sheet
    print(json.dumps({"tokens": len(sheet.tokens), "warnings": list(sheet.warnings)}))
except NotReadable as error:
    print(json.dumps({"reason": str(error)}))
"""


def limits() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (1_500_000_000, 1_500_000_000))
    resource.setrlimit(resource.RLIMIT_CPU, (20, 20))


def read_apart(data: bytes) -> dict[str, object]:
    done = subprocess.run(
        [sys.executable, "-c", READER], input=data, capture_output=True, cwd=HOUSE, timeout=60, check=False, preexec_fn=limits
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()[-500:]
    answer: dict[str, object] = json.loads(done.stdout)
    return answer


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (pdf_bytes.self_drawing, TANGLED_REASON),
        (pdf_bytes.laughing, TANGLED_REASON),
        (pdf_bytes.inflating, BLOATED_REASON),
        (pdf_bytes.page_tree_loop, DAMAGED_REASON),
        (lambda: b"no PDF at all", DAMAGED_REASON),
        (lambda: b"%PDF-1.7\n", DAMAGED_REASON),
        (lambda: b"", DAMAGED_REASON),
    ],
    ids=["self drawing", "laughing", "inflating", "page tree loop", "text", "head only", "nothing"],
)
def test_a_bomb_is_answered_with_a_plain_reason(make: Callable[[], bytes], reason: str) -> None:
    assert read_apart(make()) == {"reason": reason}


def test_a_form_that_draws_itself_by_a_name_of_the_page_is_found() -> None:
    inherited = page(
        "/X Do", resources="/XObject << /X 10 0 R >>", objects={10: stream(b"/X Do", "/Subtype /Form /BBox [0 0 9 9]")}
    )  # fmt: skip
    looks = page(
        "",
        entries="/Annots [<< /Subtype /Stamp /Rect [0 0 9 9] /AP << /N 10 0 R >> >>]",
        objects={10: stream(b"/X Do", "/Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 10 0 R >> >>")},
    )
    for data in (inherited, looks):
        assert read_apart(data) == {"reason": TANGLED_REASON}


def test_a_name_hidden_by_a_comment_or_an_escape_counts_as_the_largest_form() -> None:
    for draws in (b"/S %/S\n Do ", b"/#42 Do "):
        big = stream(b"% " + b"x" * 1_000_000, "/Subtype /Form /BBox [0 0 9 9]")
        small = stream(b" ", "/Subtype /Form /BBox [0 0 9 9]")
        content = (draws * 100).decode()
        data = page(content, resources="/XObject << /B 10 0 R /S 11 0 R >>", objects={10: big, 11: small})
        with pytest.raises(NotReadable, match="over and over"):
            pdf.read(data)


def test_forms_used_as_forms_are_read() -> None:
    inner = stream(text(0, 0, "the date").encode(), f"/Subtype /Form /BBox [0 0 300 300] /Resources << {FONTS} >>")
    outer = stream(
        b"q 1 0 0 1 10 10 cm /I Do Q q 1 0 0 1 10 50 cm /I Do Q",
        "/Subtype /Form /BBox [0 0 300 300] /Resources << /XObject << /I 10 0 R >> >>",
    )
    many = " ".join(f"q 1 0 0 1 50 {20 * place} cm /O Do Q" for place in range(30))
    sheet = pdf.read(page(many, resources="/XObject << /O 11 0 R >>", objects={10: inner, 11: outer})).sheet
    assert {token.text for token in sheet.tokens} == {"the", "date"}


def test_text_in_a_scaled_form_has_its_true_size() -> None:
    form = stream(text(50, 700, "Small", size=20).encode(), f"/Subtype /Form /BBox [0 0 595 842] /Resources << {FONTS} >>")
    (token,) = pdf.read(
        page("q .5 0 0 .5 100 100 cm /X Do Q", resources="/XObject << /X 10 0 R >>", objects={10: form})
    ).sheet.tokens
    assert (round(token.box.x0), round(token.box.height)) == (125, 10)


def test_text_beside_the_page_is_not_on_it() -> None:
    sheet = pdf.read(page(text(50, 700, "on") + text(700, 700, "beside") + text(50, 900, "above"))).sheet
    assert [token.text for token in sheet.tokens] == ["on"]


def test_loops_of_fields_end() -> None:
    assert read_apart(pdf_bytes.parent_loop()) == {"tokens": 1, "warnings": []}


def test_a_page_of_strokes_is_cut_short_with_a_warning() -> None:
    answer = read_apart(pdf_bytes.scribbled())
    assert answer["warnings"] == ["Page 1 holds more text or drawing than a form; the rest of it was not read."]


def test_a_page_of_letters_is_cut_short_with_a_warning() -> None:
    answer = read_apart(page("".join(text(50, 40 + row, "the word " * 150, size=0.5) for row in range(80))))
    assert answer["warnings"] == ["Page 1 holds more text or drawing than a form; the rest of it was not read."]


def test_only_the_first_pages_of_a_book_are_read() -> None:
    kids = " ".join(f"{10 + number} 0 R" for number in range(230))
    pages = {10 + number: b"<< /Type /Page /Parent 2 0 R >>" for number in range(230)}
    book = written(
        {1: b"<< /Type /Catalog /Pages 2 0 R >>", 2: f"<< /Type /Pages /Kids [{kids}] /Count 230 >>".encode(), **pages}
    )
    sheet = pdf.read(book).sheet
    assert len(sheet.pages) == 200
    assert sheet.warnings == ("The file has 230 pages; only the first 200 were read.",)


def test_a_file_without_pages_is_refused() -> None:
    with pytest.raises(NotReadable):
        pdf.read(written({1: b"<< /Type /Catalog /Pages 2 0 R >>", 2: b"<< /Type /Pages /Kids [] /Count 0 >>"}))


def test_a_file_without_a_user_password_is_opened_and_one_with_it_is_not() -> None:
    plain = page(text(50, 700, "Hello"))
    sheet = pdf.read(pdf_bytes.encrypted(plain, owner="owner", user="")).sheet
    assert [token.text for token in sheet.tokens] == ["Hello"]
    with pytest.raises(NotReadable) as refused:
        pdf.read(pdf_bytes.encrypted(plain, owner="owner", user="secret"))
    assert str(refused.value) == PASSWORD_REASON


def test_an_inflating_stream_is_given_up_at_the_limit() -> None:
    once = zlib.compress(b" " * 5_000_000)
    twice = zlib.compress(once)
    assert inflated_size(once, ["/FlateDecode"], 1_000_000) > 1_000_000
    assert inflated_size(once, ["/FlateDecode"], 9_000_000) == 5_000_000
    assert inflated_size(twice, ["/FlateDecode", "/FlateDecode"], 1_000_000) > 1_000_000
    assert inflated_size(b"no deflate", ["/FlateDecode"], 1_000_000) == 0
    assert inflated_size(b"abc", ["/LZWDecode"], 1_000_000) == 3
