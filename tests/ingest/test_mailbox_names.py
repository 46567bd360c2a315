"""Names of folders on the wire, and sets of UIDs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.mailbox_names import decoded, encoded, on_wire, quoted, sequence, unquoted

NAMES = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=30)


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("INBOX", "INBOX"),
        ("Forms & more", "Forms &- more"),
        ("Entwürfe", "Entw&APw-rfe"),
        ("台北", "&U,BTFw-"),
        ("~peter/mail/台北/日本語", "~peter/mail/&U,BTFw-/&ZeVnLIqe-"),
        ("Erledigt ✓", "Erledigt &JxM-"),
        ("😀", "&2D3eAA-"),
    ],
)
def test_names_are_written_in_modified_utf_7(name: str, written: str) -> None:
    assert encoded(name) == written
    assert decoded(written) == name


@given(NAMES)
def test_every_name_comes_back_and_is_plain_on_the_wire(name: str) -> None:
    written = encoded(name)
    assert written.isascii()
    assert decoded(written) == name
    assert decoded(unquoted(on_wire(name))) == name


@pytest.mark.parametrize("written", ["&", "&AP", "&!!!-", "&AP-", "plain ü"])
def test_what_is_no_modified_utf_7_stays_as_it_is(written: str) -> None:
    assert decoded(written) == written


def test_quotes_and_backslashes_cannot_end_a_name() -> None:
    assert quoted('a"b\\c') == '"a\\"b\\\\c"'


@given(st.sets(st.integers(1, 300), min_size=1))
def test_a_sequence_names_exactly_its_uids(uids: set[int]) -> None:
    named: set[int] = set()
    for part in sequence(uids).split(","):
        first, _, last = part.partition(":")
        named |= set(range(int(first), int(last or first) + 1))
    assert named == uids


def test_runs_are_written_short() -> None:
    assert sequence([9, 3, 5, 4]) == "3:5,9"
