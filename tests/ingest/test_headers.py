"""Header fields are read by tolerant rules, in bounded time."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.headers import BLOCK_BYTES, FIELD_BYTES, addresses, moment, parameterised, read_head, words
from tests.support import letters


def _head(raw: bytes) -> tuple[tuple[tuple[str, bytes], ...], bytes]:
    headers, body = read_head(raw, 0, len(raw))
    return headers.fields, raw[body:]


@pytest.mark.parametrize(
    ("raw", "fields", "body"),
    [
        (b"From: a\r\nTo: b\r\n\r\nbody", (("from", b"a"), ("to", b"b")), b"body"),
        (b"From: a\nTo: b\n\nbody", (("from", b"a"), ("to", b"b")), b"body"),
        (b"From x@y Mon\nSubject: a\n\nbody", (("subject", b"a"),), b"body"),
        (b"\r\n\r\nFrom: a\r\n\r\nbody", (("from", b"a"),), b"body"),
        (b"just text\r\n\r\nmore", (), b"just text\r\n\r\nmore"),
        (b"\r\njust text", (), b"just text"),
        (b"Subject: a\r\n b\r\n\tc\r\n\r\n", (("subject", b"a b\tc"),), b""),
        (b"Subject: a\nfolded wrongly\nTo: b\n\nbody", (("subject", b"a"), ("to", b"b")), b"body"),
        (b"Subject: a\nno blank line\nmore", (("subject", b"a"),), b"no blank line\nmore"),
        (b"Subject: a", (("subject", b"a"),), b""),
        (b"", (), b""),
    ],
)
def test_fields_end_where_the_body_begins(raw: bytes, fields: tuple[tuple[str, bytes], ...], body: bytes) -> None:
    assert _head(raw) == (fields, body)


@given(st.binary(max_size=1_000))
def test_any_bytes_have_a_head(raw: bytes) -> None:
    headers, body = read_head(raw, 0, len(raw))
    assert 0 <= body <= len(raw)
    assert all(name == name.lower() for name, _ in headers.fields)


def test_forty_thousand_recipients_do_not_hide_the_field_after_them() -> None:
    raw = letters.many_recipients()
    headers, _ = read_head(raw, 0, len(raw))
    assert headers.text("subject") == "Progress review"
    assert headers.first("content-type") is not None
    assert len(headers.first("to") or b"") <= FIELD_BYTES
    assert headers.shortened


def test_what_is_kept_of_the_fields_is_bounded() -> None:
    raw = b"".join(b"X-%d: %s\r\n" % (number, b"x" * 10_000) for number in range(1_000)) + b"\r\nbody"
    headers, body = read_head(raw, 0, len(raw))
    assert sum(len(value) for _, value in headers.fields) <= BLOCK_BYTES
    assert headers.shortened
    assert raw[body:] == b"body"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (b"=?utf-8?Q?F=C3?= =?utf-8?Q?=A9te?=", "Féte"),
        (b"=?utf-8?B?w6k=?= and =?iso-8859-1?q?=E9?=", "é and é"),
        (b"F\xc3\xa9te", "Féte"),
        (b"F\xe9te", "Féte"),
        (b"=?nonsense?Q?=e9?=", "é"),
        (b"=?iso-8859-1*en?Q?=E9_a?=", "é a"),
        (b"=?utf-8?B?QWxs*IGRheQ?=", "All day"),
        (b"=?utf-8?X?text?=", "=?utf-8?X?text?="),
        (b"a\0b", "a�b"),
    ],
)
def test_words_are_decoded_for_people(value: bytes, text: str) -> None:
    assert words(value) == text


@pytest.mark.parametrize(
    ("value", "name"),
    [
        (b'a/b; name="=?utf-8?Q?F=C3=A9?=.pdf"', "Fé.pdf"),
        (b"a/b; name*0*=utf-8''F%C3; name*1*=%A9.pdf", "Fé.pdf"),
        (b"a/b; name*=iso-8859-1'en'%A3.pdf; name=other.pdf", "£.pdf"),
        (b"a/b; name*0=long; name*1=er.pdf", "longer.pdf"),
        (b'a/b; name="C:\\forms\\new.doc"', "C:\\forms\\new.doc"),
        (b'a/b; name="say \\"yes\\".doc"', 'say "yes".doc'),
        (b"a/b; name=my form.docx; x=y", "my form.docx"),
        (b'a/b; name="a;b.pdf"', "a;b.pdf"),
        (b'a/b; name="F\xe9.pdf"', "Fé.pdf"),
        (b'a/b; name="never closed', "never closed"),
        (b"a/b;name=", ""),
    ],
)
def test_a_name_is_read_however_it_is_written(value: bytes, name: str) -> None:
    found = parameterised(value)
    assert found.main == "a/b"
    assert found.parameters["name"] == name


@given(st.binary(max_size=300))
def test_any_bytes_have_parameters_addresses_and_a_date(value: bytes) -> None:
    assert isinstance(parameterised(value).main, str)
    assert all("@" in address for _, address in addresses(value))
    found = moment(value)
    assert found is None or found.tzinfo is UTC


def test_an_encoded_comma_or_bracket_in_a_name_forges_no_address() -> None:
    assert addresses(b"=?utf-8?q?Smith=2C_Jo_=3Chead=40hill.example=3E?= <Jo@Elsewhere.example>") == [
        ("Smith, Jo <head@hill.example>", "jo@elsewhere.example")
    ]


@pytest.mark.parametrize("value", [b"(" * 16_000, b"a:" * 8_000 + b"x@y.example", b"<" * 16_000, b'"' * 16_000])
def test_addresses_nested_without_end_are_no_reason_to_fail(value: bytes) -> None:
    assert all(address == "x@y.example" for _, address in addresses(value))


def test_a_date_is_believed_within_reason() -> None:
    assert moment(b"Thu, 4 Jun 2026 09:32:00 +0100") == datetime(2026, 6, 4, 8, 32, tzinfo=UTC)
    assert moment(b"Thu, 4 Jun 2026 09:32:00 -0000") == datetime(2026, 6, 4, 9, 32, tzinfo=UTC)
    assert moment(b"Thu, 4 Jun 1026 09:32:00 +0100") is None
    assert moment(b"tomorrow") is None
    assert moment(None) is None
