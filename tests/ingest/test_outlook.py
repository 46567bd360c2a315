"""What Outlook wraps in winmail.dat comes out."""

import struct

from hypothesis import given
from hypothesis import strategies as st

from ingest.outlook import winmail_entries
from tests.support import letters


def test_attachments_come_in_their_order_with_long_names_and_whole_content() -> None:
    files = [("An ECT’s progress review.docx", b"A" * 1_001), ("b.pdf", b"")]
    assert [(entry.name, entry.content, entry.problem) for entry in winmail_entries(letters.winmail(*files))] == [
        (name, content, None) for name, content in files
    ]


def test_the_short_name_serves_where_there_is_no_long_one() -> None:
    package = letters.winmail(("a.docx", b"A"))
    cut = package[: package.rindex(struct.pack("<BH", 2, 0x9005))]
    assert [(entry.name, entry.content) for entry in winmail_entries(cut)] == [("SHORT~0.DOC", b"A")]


def test_a_package_that_is_cut_short_gives_what_is_whole() -> None:
    package = letters.winmail(("a.docx", b"A"), ("b.docx", b"B" * 500))
    assert [entry.content for entry in winmail_entries(package[:-400])] == [b"A", b""]


def test_a_letter_inside_is_a_package_again() -> None:
    inner = letters.winmail(("form.pdf", letters.PDF))
    value = b"\7" * 16 + inner
    properties = struct.pack("<IHHII", 1, 0x0D, 0x3701, 1, len(value)) + value + b"\0" * (-len(value) % 4)
    package = letters.winmail() + letters._tnef(2, 0x9002, 6, b"") + letters._tnef(2, 0x9005, 6, properties)
    (entry,) = winmail_entries(package)
    assert entry.content == inner


@given(st.binary(max_size=300), st.integers(0, 400), st.binary(max_size=8))
def test_any_damage_is_survived(tail: bytes, place: int, damage: bytes) -> None:
    package = letters.winmail(("a.docx", b"A" * 50)) + tail
    broken = package[:place] + damage + package[place + len(damage) :]
    assert all(isinstance(entry.name, str) for entry in winmail_entries(broken))
