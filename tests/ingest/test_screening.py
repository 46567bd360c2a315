"""The gates before any reader: true type by bytes, plain reasons, nothing unpacked."""

import io
import struct
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.screening import Treatment, plain_name, screen
from parsers.filetypes import FileType, true_type
from tests.support import hostile

MESSAGE = b"Received: from a.example\r\n by b.example; Mon, 1 Dec 2025 10:00:00 +0000\r\nFrom: a@a.example\r\nSubject: Form\r\n\r\nHello\r\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20

KINDS = [
    (b"%PDF-1.7\n...", FileType.PDF),
    (b"\r\njunk before\r\n%PDF-1.4\n", FileType.PDF),
    (hostile.docx(), FileType.DOCX),
    (hostile.docx(content="application/vnd.ms-word.document.macroEnabled.main+xml"), FileType.DOCM),
    (hostile.docx(content="application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"), FileType.DOTX),
    (hostile.docx(content="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"), FileType.XLSX),
    (hostile.zipped({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<x/>"}), FileType.ODT),
    (hostile.zipped({"a.txt": b"a"}), FileType.ZIP),
    (hostile.zipped({"Index/Document.iwa": b"a"}), FileType.PAGES),
    (hostile.encrypted_docx(), FileType.ENCRYPTED_OFFICE),
    (hostile.ole("WordDocument"), FileType.DOC),
    (hostile.old_doc(password=False), FileType.DOC),
    (hostile.old_doc(password=True), FileType.ENCRYPTED_OFFICE),
    (hostile.ole("__properties_version1.0"), FileType.MSG),
    (hostile.ole("Workbook"), FileType.XLS),
    (b"{\\rtf1\\ansi Hello}", FileType.RTF),
    (PNG, FileType.PNG),
    (b"\xff\xd8\xff\xe0" + b"\0" * 20, FileType.JPEG),
    (b"II*\0\x08\0\0\0", FileType.TIFF),
    (b"MM\0*\0\0\0\x08", FileType.TIFF),
    (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", FileType.HEIC),
    (b"GIF89a" + b"\0" * 9, FileType.GIF),
    (b"RIFF\x10\0\0\0WEBPVP8 ", FileType.WEBP),
    (b"BM" + struct.pack("<I", 26) + b"\0" * 20, FileType.BMP),
    (b"\x78\x9f\x3e\x22\x01\0", FileType.TNEF),
    (bytes.fromhex("3082010006092a864886f70d010703a0820100"), FileType.P7M),
    (
        bytes.fromhex("3082010006092a864886f70d010702a08201003081fd020101310d300b")
        + bytes.fromhex("06092a864886f70d010701a0820310"),
        FileType.P7S,
    ),
    (b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n", FileType.ICS),
    (b"BEGIN:VCARD\r\n", FileType.VCF),
    (b"\xef\xbb\xbf<!DOCTYPE html><html>", FileType.HTML),
    (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument/>', FileType.WORD_XML),
    (MESSAGE, FileType.EML),
    (b"From: the office\nWe write to you\n", FileType.TEXT),
    ("Caf\u00e9, d\u00e9j\u00e0 vu".encode(), FileType.TEXT),
    (b"MZ\x90\0", FileType.PROGRAM),
    (b"Rar!\x1a\x07\x01\0", FileType.ARCHIVE),
    (b"\0\x01\x02\x03\x04", FileType.UNKNOWN),
    (b"", FileType.EMPTY),
]


@pytest.mark.parametrize(("data", "kind"), KINDS, ids=lambda value: value if isinstance(value, str) else "")
def test_true_type_is_told_by_the_bytes(data: bytes, kind: FileType) -> None:
    assert true_type(data) is kind
    screened = screen(data, "application/octet-stream", "x")
    assert (screened.problem is None) == (screened.treatment in {Treatment.READ, Treatment.OPEN})


@given(
    st.binary(max_size=300),
    st.sampled_from([b"", b"PK\x03\x04", b"PK\x05\x06", b"0\x82", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"<"]),
)
def test_no_bytes_break_the_gates(rest: bytes, start: bytes) -> None:
    screened = screen(start + rest, "text/plain", "x.pdf")
    assert (screened.problem is None) == (screened.treatment in {Treatment.READ, Treatment.OPEN})


@given(st.data())
def test_no_damage_to_a_word_file_breaks_the_gates(draw: st.DataObject) -> None:
    whole = bytearray(hostile.docx())
    for _ in range(draw.draw(st.integers(1, 8))):
        whole[draw.draw(st.integers(0, len(whole) - 1))] = draw.draw(st.integers(0, 255))
    screen(bytes(whole), "", "x.docx")


@pytest.mark.parametrize("name", ["form.docx", "form.jpg", "form.doc"])
def test_wrongly_named_file_is_treated_as_what_it_is_with_a_remark(name: str) -> None:
    screened = screen(b"%PDF-1.7\n", "", name)
    assert screened.treatment is Treatment.READ
    assert screened.true_type is FileType.PDF
    assert screened.warnings == (f"The name ends in .{name[5:]}, but the file is a PDF; it was treated as that.",)


@pytest.mark.parametrize("name", ["form.pdf", "FORM.PDF", "form", "form.final version", ".pdf"])
def test_rightly_named_or_oddly_ending_file_has_no_remark(name: str) -> None:
    assert screen(b"%PDF-1.7\n", "application/pdf", name).warnings == ()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (hostile.encrypted_docx(), "password"),
        (hostile.zip_bomb_docx(), "unpacks to far more"),
        (hostile.overlapping_zip(), "unpacks to far more"),
        (hostile.crowded_zip(), "far more parts"),
        (hostile.truncated_docx(), "damaged or incomplete"),
        (hostile.locked_zip(), "password"),
        (b"MZ\x90\0", "program"),
    ],
)
def test_file_that_must_not_be_opened_has_a_plain_reason(data: bytes, words: str) -> None:
    screened = screen(data, "", "form.docx")
    assert screened.treatment is Treatment.REFUSE
    assert screened.problem is not None
    assert words in screened.problem


def test_file_at_the_size_limit_is_read_and_one_byte_more_is_not() -> None:
    data = b"%PDF-1.7\n" + b"x" * 1000
    assert screen(data, "", "a.pdf", largest=len(data)).treatment is Treatment.READ
    above = screen(data + b"x", "", "a.pdf", largest=len(data))
    assert above.treatment is Treatment.REFUSE
    assert above.true_type is FileType.PDF


def test_small_file_of_spaces_is_no_bomb() -> None:
    assert screen(hostile.docx(body="<w:p/>" + " " * 2_000_000), "", "a.docx").treatment is Treatment.READ


def test_directory_with_a_million_entries_is_refused_without_making_an_object_of_each() -> None:
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 1, 1, 46 * 1_000_000, 4, 0)
    data = b"PK\x03\x04" + b"\0" * (46 * 1_000_000) + end
    screened = screen(data, "", "a.zip")
    assert screened.problem is not None
    assert "far more parts" in screened.problem


def test_archive_with_large_directory_fields_is_opened() -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive, archive.open("a.txt", "w", force_zip64=True) as entry:
        entry.write(b"a")
    assert screen(content.getvalue(), "", "a.zip").treatment is Treatment.OPEN


def test_macros_are_remarked_and_the_form_is_read() -> None:
    screened = screen(hostile.docx(more={"word/vbaProject.bin": b"x"}), "", "a.docm")
    assert screened.treatment is Treatment.READ
    assert screened.warnings == ("The file contains macros. They were not run.",)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("..\\..\\boot.ini", "boot.ini"),
        ("form\u202efdp.exe", "formfdp.exe"),
        ("a\0b\r\nc.pdf", "abc.pdf"),
        ("", "unnamed"),
        ("///", "unnamed"),
        ("x" * 500, "x" * 200),
    ],
)
def test_name_is_made_fit_to_be_shown(name: str, shown: str) -> None:
    assert plain_name(name) == shown
