"""Names and words in whatever encoding come out readable."""

import base64
import binascii

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.encodings import BROKEN_BASE64, BROKEN_QUOTED, BROKEN_UU, decoded, from_base64, storable, text_of, uuencoded


@given(st.binary(max_size=2_000))
def test_base64_comes_back_whole_without_a_remark(content: bytes) -> None:
    assert decoded(base64.encodebytes(content), " Base64 ").content == content
    assert decoded(base64.encodebytes(content), "base64").remark is None


@given(st.binary(max_size=500), st.sampled_from(["base64", "quoted-printable", "x-uuencode", "nonsense", "", "7bit; x"]))
def test_any_bytes_decode_to_something(content: bytes, encoding: str) -> None:
    assert isinstance(decoded(content, encoding).content, bytes)


def test_base64_pieces_that_were_joined_are_all_kept() -> None:
    joined = (
        base64.b64encode(b"first!")
        + b"\r\n"
        + base64.b64encode(b"second")
        + base64.b64encode(b"x")
        + base64.b64encode(b"third")
    )
    assert from_base64(joined).content == b"first!secondxthird"


def test_base64_that_was_cut_short_or_dirtied_gives_what_can_be_saved_and_says_so() -> None:
    whole = base64.b64encode(b"a progress review")
    assert from_base64(whole[:-3]).content == b"a progress revi"
    assert from_base64(whole[:-3]).remark == BROKEN_BASE64
    assert from_base64(whole[:4] + b"!*\xff" + whole[4:]).content == b"a progress review"


def test_quoted_printable_that_is_broken_is_read_with_a_remark() -> None:
    broken = decoded(b"caf=E9 100=ZZ =\r\nend", "quoted-printable")
    assert broken.content == b"caf\xe9 100=ZZ end"
    assert broken.remark == BROKEN_QUOTED
    assert decoded(b"caf=C3=A9=\r\n!", "Quoted-Printable").remark is None


def _uu(content: bytes) -> bytes:
    return b"".join(binascii.b2a_uu(content[at : at + 45]) for at in range(0, len(content), 45))


def test_uuencoded_files_are_taken_out_of_the_text() -> None:
    content = bytes(range(256)) * 3
    text = b"Dear all,\r\nbegin 644 my form.doc\r\n" + _uu(content).replace(b"\n", b"\r\n") + b"`\r\nend\r\nRegards\r\n"
    rest, files = uuencoded(text)
    assert [(file.name, file.content, file.remark) for file in files] == [(b"my form.doc", content, None)]
    assert rest == b"Dear all,\r\nRegards\r\n"


def test_a_uuencoded_file_without_an_end_is_kept_with_a_remark() -> None:
    _, files = uuencoded(b"begin 644 a.doc\n" + _uu(b"half of it"))
    assert files[0].content == b"half of it"
    assert files[0].remark == BROKEN_UU


def test_a_sentence_that_begins_with_begin_is_no_file() -> None:
    assert uuencoded(b"begin 644\nbegin the term\n") == (b"begin 644\nbegin the term\n", [])


@pytest.mark.parametrize(
    ("content", "charset", "text", "sure"),
    [
        (b"caf\xc3\xa9", "utf-8", "café", True),
        (b"caf\xc3\xa9", "iso-8859-1", "café", True),
        (b"caf\xe9", "iso-8859-1", "café", True),
        (b"caf\xe9", None, "café", False),
        (b"caf\xe9", "utf-8", "caf�", False),
        (b"\x93hi\x94", "us-ascii", "“hi”", True),
        (b"plain", "x-unknown", "plain", False),
        (b"plain", "a\0b", "plain", False),
        (b"plain", "base64", "plain", False),
        (b"plain", "punycode", "plain", False),
        ("žluť".encode("cp1250"), "windows-1250", "žluť", True),
        ("é".encode("utf-16"), "utf-16", "é", True),
    ],
)
def test_characters_are_read_by_what_they_can_be(content: bytes, charset: str | None, text: str, sure: bool) -> None:
    assert text_of(content, charset) == (text, sure)


@given(st.binary(max_size=200), st.text(max_size=20))
def test_no_charset_makes_decoding_fail(content: bytes, charset: str) -> None:
    assert isinstance(text_of(content, charset)[0], str)


def test_stored_text_has_no_zero_and_no_half_characters() -> None:
    assert storable("a\0b\ud800c") == "a�b?c"
