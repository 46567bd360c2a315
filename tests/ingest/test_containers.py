"""Archives are opened within bounds, and each content stands as a row of its own."""

import io
import zipfile

from ingest.containers import DAMAGED, TOO_LARGE, UNUSUAL, is_litter, zip_entries
from tests.support import letters


def test_every_file_of_an_archive_is_listed_with_its_content() -> None:
    entries = list(zip_entries(letters.archive(("a.pdf", b"A"), ("folder/", b""), ("folder/b.pdf", b"B")), 100))
    assert [(entry.name, entry.content, entry.problem) for entry in entries] == [
        ("a.pdf", b"A", None),
        ("folder/b.pdf", b"B", None),
    ]


def test_a_file_that_does_not_fit_is_listed_with_the_reason_and_the_next_is_still_opened() -> None:
    entries = list(zip_entries(letters.archive(("large", b"x" * 200), ("small", b"x" * 50)), 100))
    assert [(entry.name, len(entry.content), entry.problem) for entry in entries] == [
        ("large", 0, TOO_LARGE),
        ("small", 50, None),
    ]


def test_a_damaged_file_is_listed_with_the_reason() -> None:
    content = bytearray(letters.archive(("a.pdf", b"A" * 1_000), ("b.pdf", b"B")))
    content[40] ^= 0xFF
    entries = list(zip_entries(bytes(content), 10_000))
    assert [(entry.name, entry.problem) for entry in entries] == [("a.pdf", DAMAGED), ("b.pdf", None)]


def test_a_method_that_may_ask_for_gigabytes_is_not_unpacked() -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("a.pdf", b"A")
    assert [entry.problem for entry in zip_entries(content.getvalue(), 100)] == [UNUSUAL]


def test_names_in_utf8_are_read_though_the_archive_does_not_say_so() -> None:
    content = letters.archive(("Féte.pdf", b"A"))
    plain = content.replace(b"\x00\x08", b"\x00\x00")
    assert [entry.name for entry in zip_entries(plain, 100)] == ["Féte.pdf"]


def test_what_computers_leave_in_archives_is_litter() -> None:
    assert all(map(is_litter, ("__MACOSX/._form.pdf", "a/.DS_Store", "Thumbs.db", "a\\desktop.ini", "._form.docx")))
    assert not any(map(is_litter, ("form.pdf", "a/_form.docx", ".form.pdf")))


def test_entry_without_a_name_is_a_file_like_any_other() -> None:
    nameless = letters.archive(("a.pdf", b"A"), ("b.pdf", b"B")).replace(b"b.pdf", b"\0.pdf")
    assert [(entry.name, entry.content) for entry in zip_entries(nameless, 100)] == [("a.pdf", b"A"), ("", b"B")]
