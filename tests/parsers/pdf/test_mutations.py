"""A damaged PDF is read or refused, and nothing else happens: each is read in a fork with hard limits."""

import os
import resource
import traceback

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parsers import pdf
from parsers.forms import NotReadable
from parsers.tokens import Sheet
from tests.support.pdf_bytes import coded_font, coded_page, coded_text, encrypted, form, page, picture_page, stream, text

TABLE = (
    "50 680 100 20 re S 150 680 100 20 re S 50 703 11 .6 re f q .9 g 50 640 90 20 re f Q 50 600 12 12 re S 52 602 m 60 610 l S "
)
WORDS = text(55, 685, "Label") + text(155, 685, "Value") + text(50, 700, "12") + text(70, 602, "Yes")
WIDGETS = {
    10: "<< /Subtype /Widget /FT /Tx /T (a) /TU (Name) /V (Jane Doe) /Ff 4096 /Rect [100 700 300 740] /Parent 12 0 R >>",
    11: "<< /Subtype /Widget /FT /Btn /T (b) /V /Yes /AS /Yes /Rect [100 600 112 612] /AP << /N << /Yes 13 0 R >> >> >>",
    12: "<< /T (top) /Kids [10 0 R] >>",
    13: stream(b"0 0 m 9 9 l S", "/Subtype /Form /BBox [0 0 12 12]").decode(),
    14: stream(b"<xfa><data><a>1</a></data></xfa>").decode(),
}
NOTES = {
    10: b"<< /Type /Annot /Subtype /FreeText /Contents (Jane) /Rect [100 600 200 620] /AP << /N 11 0 R >> >>",
    11: stream(b"BT (x) Tj ET", "/Subtype /Form /BBox [0 0 12 12]"),
    12: b"<< /Type /Annot /Subtype /StrikeOut /Rect [50 697 62 709] /QuadPoints [50 709 62 709 50 697 62 697] >>",
}
SEEDS = (
    page(TABLE + WORDS),
    page(TABLE + WORDS, entries="/Rotate 90 /CropBox [10 10 500 800]"),
    form("12 0 R 11 0 R", WIDGETS, WORDS, acro="/XFA [(datasets) 14 0 R]"),
    page(WORDS, entries="/Annots [10 0 R 12 0 R]", objects=NOTES),
    coded_page(coded_text(50, 700, [1, 2, 3]), coded_font({1: "\uf0fe", 2: " "}, name="ABCDEF+Wingdings")),
    picture_page(WORDS),
    encrypted(page(WORDS), owner="o", user=""),
)
PIECES = (
    b"/Kids",
    b"/Parent 10 0 R",
    b" 0 R",
    b"<<",
    b">>",
    b"[",
    b"]",
    b"-1",
    b"99999999999",
    b"1e30",
    b"null",
    b"stream\n",
    b"endobj",
    b"(",
    b"/Rect [1 1]",
)

edits = st.lists(
    st.tuples(
        st.floats(0, 1, exclude_max=True), st.sampled_from(["flip", "cut", "double", "insert"]), st.integers(0, 255), st.sampled_from(PIECES)
    ),
    min_size=1,
    max_size=6,
)  # fmt: skip


def mutated(seed: bytes, changes: list[tuple[float, str, int, bytes]]) -> bytes:
    data = bytearray(seed)
    for where, kind, number, piece in changes:
        place = int(where * len(data))
        if kind == "flip":
            data[place] ^= number or 1
        elif kind == "cut":
            del data[place : place + number % 40]
        elif kind == "double":
            data[place:place] = data[place : place + number]
        else:
            data[place:place] = b" " + piece + b" "
        data = data or bytearray(b"%")
    return bytes(data)


def read_in_a_fork(data: bytes) -> tuple[int, str]:
    """(exit status, what went wrong)."""
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            resource.setrlimit(resource.RLIMIT_AS, (2_000_000_000, 2_000_000_000))
            resource.setrlimit(resource.RLIMIT_CPU, (10, 10))
            try:
                sheet = pdf.read(data).sheet
                assert Sheet.from_json(sheet.to_json()).pages
            except NotReadable:
                pass
            status = 0
        except BaseException:  # noqa: BLE001 - whatever it is, the parent is told
            os.write(theirs, traceback.format_exc().encode()[-1_500:])
        finally:
            os._exit(status)
    os.close(theirs)
    told = os.read(ours, 2_000).decode()
    os.close(ours)
    return os.waitpid(child, 0)[1], told


@pytest.mark.parametrize("seed", range(len(SEEDS)))
def test_the_seeds_themselves_are_read(seed: int) -> None:
    assert pdf.read(SEEDS[seed]).sheet.pages


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(seed=st.sampled_from(SEEDS), changes=edits)
def test_a_damaged_file_is_read_or_refused(seed: bytes, changes: list[tuple[float, str, int, bytes]]) -> None:
    assert read_in_a_fork(mutated(seed, changes)) == (0, "")


@pytest.mark.soak
@pytest.mark.timeout(1800)
@settings(max_examples=3_000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(seed=st.sampled_from(SEEDS), changes=edits)
def test_thousands_of_damaged_files_are_read_or_refused(seed: bytes, changes: list[tuple[float, str, int, bytes]]) -> None:
    assert read_in_a_fork(mutated(seed, changes)) == (0, "")
