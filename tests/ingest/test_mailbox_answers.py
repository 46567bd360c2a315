"""What servers answer, in the shapes that aioimaplib hands on."""

import pytest

from ingest import mailbox_answers as answers
from ingest.mailbox_answers import Fetched, Folder, Lines

DONE = b"Fetch completed."


def test_a_literal_belongs_to_the_uid_before_it_or_after_it() -> None:
    lines: Lines = [
        b"1 FETCH (UID 7 BODY[] {5}",
        bytearray(b"seven"),
        b")",
        b"2 FETCH (BODY[] {5}",
        bytearray(b"eight"),
        b" UID 8 FLAGS (\\Seen))",
        DONE,
    ]
    assert list(answers.fetched(lines)) == [Fetched(7, None, b"seven"), Fetched(8, None, b"eight")]


def test_news_about_flags_is_no_message() -> None:
    lines: Lines = [b"3 FETCH (FLAGS (\\Seen))", b"4 FETCH (UID 9 FLAGS (\\Seen))", DONE]
    assert list(answers.fetched(lines)) == [Fetched(9, None, None)]


def test_what_a_letter_says_is_not_taken_for_an_answer() -> None:
    content = b"1 FETCH (UID 666 BODY[] {3}\r\nA1 OK done\r\n"
    lines: Lines = [b"1 FETCH (UID 7 BODY[] {41}", bytearray(content), b")", DONE]
    assert list(answers.fetched(lines)) == [Fetched(7, None, content)]


@pytest.mark.parametrize("body", [b'""', b"NIL"])
def test_an_empty_message_has_no_bytes_but_is_there(body: bytes) -> None:
    assert list(answers.fetched([b"1 FETCH (UID 7 BODY[] " + body + b")", DONE])) == [Fetched(7, None, b"")]


def test_sizes_are_read() -> None:
    assert list(answers.fetched([b"1 FETCH (UID 7 RFC822.SIZE 1234)", DONE])) == [Fetched(7, 1234, None)]


def test_a_search_may_come_in_pieces_or_be_empty() -> None:
    assert answers.uids([b"3 1", b"2", b"Search completed (0.001 secs)."]) == [1, 2, 3]
    assert answers.uids([b"", b"Search completed 99"]) == []


def test_a_folder_without_uidvalidity_is_not_to_be_relied_on() -> None:
    assert answers.folder([b"3 EXISTS", b"OK [UIDVALIDITY 42] valid", b"done"]) == Folder(42, 3)
    assert answers.folder([b"3 EXISTS", b"done"]) is None


def test_folders_are_listed_by_the_names_that_people_see() -> None:
    lines: Lines = [
        b'(\\HasNoChildren) "/" "Entw&APw-rfe"',
        b'(\\HasChildren) "." INBOX',
        b"(\\Noselect) NIL shared",
        b'(\\HasNoChildren) "/" "a \\"quoted\\" name"',
        b'(\\HasNoChildren) "\\\\" {6}',
        bytearray(b"lite ral"),
        b"",
        b"List completed.",
    ]
    assert answers.folders(lines) == ["Entwürfe", "INBOX", 'a "quoted" name', "lite ral"]


def test_words_of_a_server_are_short_and_printable() -> None:
    assert answers.words([b"[UNAVAILABLE] not\tnow\x07 " + b"x" * 500]).startswith("[UNAVAILABLE] not now")
    assert len(answers.words([b"x" * 500])) == 200
    assert answers.code([b"[TRYCREATE] no such folder"]) == "TRYCREATE"
    assert answers.code([b"no such folder"]) == ""
