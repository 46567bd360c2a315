"""Hostile, locked and broken files: each is answered by a reason in plain words, soon and in little memory."""

import io
import random
import struct
import time
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parsers.forms import NotReadable
from parsers.tokens import Sheet
from parsers.word import gate as word_gate
from parsers.word import read, read_sheet
from tests.support.word_xml import (
    MAIN,
    cell,
    control,
    document,
    legacy,
    package,
    paragraph,
    part,
    row,
    run,
    table,
    tie,
    zipped,
)


def why(data: bytes) -> str:
    with pytest.raises(NotReadable) as caught:
        read(data)
    return str(caught.value)


def test_what_is_no_zip() -> None:
    assert "not a Word" in why(b"Dear sir or madam")
    assert "not a Word" in why(b"")


def test_file_that_was_cut_off() -> None:
    whole = package(paragraph("text"))
    for length in range(60, len(whole) - 1, 97):
        assert "damaged" in why(whole[:length])


def test_locked_file_asks_for_a_copy_without_password() -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptionInfo".encode("utf-16-le") + bytes(600)
    assert "password" in why(ole)


def test_old_word_file_asks_for_another_format() -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "WordDocument".encode("utf-16-le") + bytes(600)
    assert ".doc" in why(ole)


def test_zip_with_a_password() -> None:
    data = bytearray(package(paragraph("text")))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(signature)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(signature, at + 4)
    assert "password" in why(bytes(data))


def test_more_entries_than_any_form_has() -> None:
    assert "more parts" in why(package(paragraph("x"), parts={f"word/a{one}.bin": b"" for one in range(2_100)}))


def test_part_that_inflates_to_twenty_megabytes() -> None:
    assert "unpacks" in why(package("", main=b"<w:document>" + b" " * (21 * 1024 * 1024)))


def test_part_that_packs_too_well() -> None:
    assert "unpacks" in why(package(paragraph("x"), parts={"word/header9.xml": bytes(5_000_000)}))
    assert "unpacks" in why(package(paragraph("x"), parts={"word/media/a.png": bytes(50_000_000)}))


def test_directory_that_lies_about_sizes() -> None:
    data = bytearray(package("", main=b"<w:document>" + b"a" * 2_000_000))
    at = data.find(b"word/document.xml", data.find(b"PK\x01\x02")) - 46
    struct.pack_into("<L", data, at + 24, 10)
    with pytest.raises(NotReadable):
        read(bytes(data))


def test_packing_that_nobody_uses() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("word/document.xml", document(paragraph("x")))
    assert "damaged" in why(packed.getvalue())


@pytest.mark.parametrize(
    "declared",
    [
        "<!DOCTYPE w [<!ENTITY x 'y'>]>",
        "<!DOCTYPE w SYSTEM 'file:///etc/hostname'>",
        "<!DOCTYPE w [<!ENTITY x SYSTEM 'file:///etc/hostname'>]>",
    ],
)
def test_entities_are_refused(declared: str) -> None:
    body = document(paragraph("text")).replace("text", "&amp;x;".replace("&amp;", "&") if "ENTITY" in declared else "text")
    assert "entities" in why(package("", main=(declared + body).encode()))


def test_laughing_entities_are_refused_at_once() -> None:
    laughs = "".join(
        f'<!ENTITY a{n} "{"&a" + str(n - 1) + ";" if n else "ha"}{"&a" + str(n - 1) + ";" if n else ""}">' for n in range(40)
    )
    main = f"<!DOCTYPE w [{laughs}]>" + document(paragraph("TEXT")).replace("TEXT", "&a39;")
    begun = time.process_time()
    assert "entities" in why(package("", main=main.encode()))
    assert time.process_time() - begun < 15


def test_entities_in_relations_are_refused() -> None:
    rels = (
        b"<!DOCTYPE r [<!ENTITY x 'y'>]><Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'/>"
    )
    assert "entities" in why(package(paragraph("x"), parts={"word/_rels/document.xml.rels": rels}))


@pytest.mark.parametrize(
    ("opening", "closing"), [("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"), ("<w:ins>", "</w:ins>")]
)
def test_deep_nesting_is_refused(opening: str, closing: str) -> None:
    assert "nested" in why(package(opening * 300 + paragraph("x") + closing * 300))


def test_nesting_just_below_the_limit_is_read() -> None:
    deep = "<w:customXml>" * 240 + paragraph("x") + "</w:customXml>" * 240
    assert len(read_sheet(package(deep)).tokens) == 1


@pytest.mark.parametrize(
    "body",
    [
        "<w:p/>" * 550_000,
        "<w:p>" + "<w:r/>" * 550_000 + "</w:p>",
        "<w:p>" + '<w:r><w:fldChar w:fldCharType="begin"/></w:r>' * 2_000 + "</w:p>",
        "<w:p>" + run("word " * 200_000) + "</w:p>",
        "<w:p><w:pPr><w:tabs>"
        + "".join(f'<w:tab w:val="right" w:pos="{one}"/>' for one in range(2_000))
        + "</w:tabs></w:pPr><w:r>"
        + "<w:tab/>" * 50_000
        + "</w:r></w:p>",
    ],
    ids=["paragraphs", "runs", "fields", "words", "tabs"],
)
def test_endless_repetition_ends_soon(body: str) -> None:
    # Noise in a comment keeps the ratio of the zip below what the gate refuses at once.
    data = package(body + f"<!--{random.Random(1).randbytes(40_000).hex()}-->")
    begun = time.process_time()
    reads_or_says_why(data)
    assert time.process_time() - begun < 15


def test_picture_that_is_all_white_does_not_make_the_file_a_bomb() -> None:
    blank = b"\x01\0\0\0" + b"\0" * 3_000_000
    data = package(
        paragraph("Full name"), ties=(tie("p1", "image", "media/image1.emf"),), parts={"word/media/image1.emf": blank}
    )
    assert [token.text for token in read_sheet(data).tokens] == ["Full", "name"]


def test_spreadsheets_and_presentations_are_named() -> None:
    assert "spreadsheet" in why(package("", main=b'<workbook xmlns="x"/>'))
    assert "presentation" in why(package("", main=b'<p:presentation xmlns:p="x"/>'))


def test_package_without_a_document() -> None:
    assert "no Word document" in why(zipped({"[Content_Types].xml": b"<Types/>", "readme.txt": b"hello"}))
    assert "no Word document" in why(package("", main=f'<w:document xmlns:w="{MAIN}"/>'.encode()))


def test_part_that_is_no_xml() -> None:
    assert "damaged" in why(package("", main=b"<w:document><w:body>"))


def test_counting_goes_on_over_all_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("parsers.zipped.LARGEST_TOTAL", 3_000)
    entries = word_gate.Entries(zipfile.ZipFile(io.BytesIO(zipped({"a": bytes(2_000), "b": bytes(2_000)}))))
    assert len(entries.content("a")) == 2_000
    with pytest.raises(NotReadable, match="unpacks"):
        entries.content("b")


RICH = package(
    paragraph("Name ", control(run("Ada"), "<w:text/>"), "☐ Yes")
    + table(row("a", cell(table(row("b")), "<w:p/>", properties='<w:gridSpan w:val="2"/>')))
    + paragraph(legacy("<w:checkBox><w:checked/></w:checkBox>", "FORMCHECKBOX"))
    + paragraph(legacy('<w:ddList><w:listEntry w:val="x"/></w:ddList>', "FORMDROPDOWN"))
    + '<w:sectPr><w:headerReference w:type="default" r:id="rId1"/><w:pgSz w:w="11906"/></w:sectPr>',
    ties=(tie("rId1", "header", "header1.xml"),),
    parts={"word/header1.xml": part("hdr", paragraph("head"))},
)


def reads_or_says_why(data: bytes) -> None:
    try:
        paper = read(data)
    except NotReadable:
        return
    assert isinstance(paper.sheet, Sheet)


@settings(deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    reads_or_says_why(data)
    reads_or_says_why(b"PK\x03\x04" + data)


@settings(deadline=None)
@given(st.integers(0, len(RICH)))
def test_cut_file_is_read_or_refused(length: int) -> None:
    reads_or_says_why(RICH[:length])


def test_part_without_a_name_harms_nothing() -> None:
    held = io.BytesIO(RICH)
    with zipfile.ZipFile(held, "a") as archive:
        archive.writestr("nameless.txt", "nobody asks for it")
    nameless = held.getvalue().replace(b"nameless.txt", b"\0ameless.txt")
    assert read(nameless).sheet == read(RICH).sheet


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(RICH) - 1), st.integers(0, 255)), min_size=1, max_size=6))
def test_altered_file_is_read_or_refused(changes: list[tuple[int, int]]) -> None:
    data = bytearray(RICH)
    for at, value in changes:
        data[at] = value
    reads_or_says_why(bytes(data))


_WORDS = ("p", "r", "t", "tbl", "tr", "tc", "tcPr", "sdt", "sdtPr", "sdtContent", "fldChar", "ffData", "checkBox", "ddList", "ins",
          "del", "sym", "tab", "pPr", "rPr", "vMerge", "gridSpan", "sectPr", "drawing", "txbxContent", "tabs", "ind", "date", "body",
          "result", "listEntry", "checked", "tblGrid", "gridCol", "trPr", "br", "instrText", "hyperlink", "numPr", "pict", "sz")  # fmt: skip
_VALUES = st.sampled_from(
    ["", "0", "1", "-1", "99999999", "restart", "begin", "end", "separate", "x", "1e999", "nan", "12pt", "F0FE"]
)
_ATTRIBUTES = st.lists(
    st.tuples(st.sampled_from(["val", "w", "char", "font", "fldCharType", "type", "pos", "left", "fullDate"]), _VALUES),
    max_size=2,
    unique_by=lambda one: one[0],
)
_TREES = st.recursive(
    st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=6),
    lambda inner: st.tuples(st.sampled_from(_WORDS), _ATTRIBUTES, st.lists(inner, max_size=4)),
    max_leaves=25,
)


def _xml(tree: object) -> str:
    if isinstance(tree, str):
        return tree.replace("&", "").replace("<", "")
    assert isinstance(tree, tuple)
    name, attributes, inside = tree
    told = "".join(f' w:{key}="{value}"' for key, value in attributes)
    return f"<w:{name}{told}>{''.join(_xml(one) for one in inside)}</w:{name}>"


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(_TREES, max_size=5))
def test_any_arrangement_of_the_vocabulary_is_read_or_refused(trees: list[object]) -> None:
    reads_or_says_why(package("".join(_xml(tree) for tree in trees)))
