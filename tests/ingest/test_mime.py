"""The walker takes any bytes for a message, and ends in bounded time."""

from hypothesis import given
from hypothesis import strategies as st

from ingest.mime import NO_PARTS, OUTSIDE, TOO_DEEP, TOO_MANY, Allowance, walk
from tests.support import letters


def _paths(raw: bytes) -> list[tuple[str, str]]:
    return [(part.path, part.declared) for part in walk(raw, Allowance()).parts]


def test_a_letter_without_parts_is_one_leaf() -> None:
    raw = b"From: a@b.example\r\nContent-Type: application/pdf; name=scan.pdf\r\n\r\n%PDF"
    (part,) = walk(raw, Allowance()).parts
    assert (part.path, part.declared, part.name, part.decoded().content) == ("1", "application/pdf", "scan.pdf", b"%PDF")


def test_every_leaf_is_found_in_its_order_with_its_place() -> None:
    inner = (
        b"Content-Type: multipart/alternative; boundary=c\r\n\r\n--c\r\n\r\nplain\r\n"
        b"--c\r\nContent-Type: text/html\r\n\r\n<p>html\r\n--c--"
    )
    raw = letters.raw_letter(inner, letters.part(b"%PDF", b"Content-Type: application/pdf"))
    walked = walk(raw, Allowance())
    assert [(part.path, part.declared) for part in walked.parts] == [
        ("1.1", "text/plain"),
        ("1.2", "text/html"),
        ("2", "application/pdf"),
    ]
    assert walked.parts[0].within == (("", "multipart/mixed"), ("1", "multipart/alternative"))
    assert [part.decoded().content for part in walked.parts] == [b"plain", b"<p>html", b"%PDF"]


def test_line_ends_do_not_matter() -> None:
    raw = letters.raw_letter(b"\r\none", b"Content-Type: text/html\r\n\r\ntwo")
    for line_end in (b"\n", b"\r"):
        assert _paths(raw.replace(b"\r\n", line_end)) == _paths(raw) == [("1", "text/plain"), ("2", "text/html")]


def test_a_boundary_that_begins_like_another_does_not_end_it() -> None:
    inner = b"Content-Type: multipart/mixed; boundary=bb\r\n\r\n--bb\r\n\r\none\r\n--bb\r\n\r\ntwo\r\n--bb--"
    assert [path for path, _ in _paths(letters.raw_letter(inner, b"\r\nthree"))] == ["1.1", "1.2", "2"]


def test_parts_after_a_closing_line_still_count() -> None:
    raw = letters.raw_letter(b"\r\none") + b"--b\r\n\r\ntwo\r\n"
    assert [part.encoded for part in walk(raw, Allowance()).parts] == [b"one", b"two\r\n"]


def test_a_missing_boundary_is_guessed_and_a_false_one_makes_one_leaf() -> None:
    assert len(walk(letters.NASTY["boundary missing"](), Allowance()).parts) == 1
    walked = walk(letters.NASTY["boundary never"](), Allowance())
    assert [part.encoded for part in walked.parts] == [b"hello"]
    assert walked.remarks == (NO_PARTS,)


def test_parts_that_were_encoded_as_a_whole_are_found() -> None:
    whole = letters.part(
        b"--x\r\n\r\none\r\n--x\r\nContent-Type: text/html\r\n\r\ntwo\r\n--x--", b"Content-Type: multipart/mixed; boundary=x"
    )
    assert _paths(b"From: a@b.example\r\n" + whole) == [("1", "text/plain"), ("2", "text/html")]


def test_a_digest_holds_letters() -> None:
    raw = letters.raw_letter(b"\r\nFrom: a@b.example\r\n\r\nhello", subtype="digest")
    assert _paths(raw) == [("1", "message/rfc822")]


def test_nesting_stops_at_its_limit_and_what_lies_deeper_is_one_leaf() -> None:
    walked = walk(letters.deep_multiparts(), Allowance())
    (part,) = walked.parts
    assert part.remark == TOO_DEEP
    assert b"at the bottom" in part.encoded
    assert walked.remarks == (TOO_DEEP,)


def test_the_number_of_parts_stops_at_its_limit_and_says_so() -> None:
    walked = walk(letters.many_parts(), Allowance())
    assert len(walked.parts) == 500
    assert walked.remarks == (TOO_MANY,)


def test_much_text_outside_of_the_parts_is_a_leaf_and_little_is_not() -> None:
    raw = letters.raw_letter(b"\r\none")
    assert len(walk(raw + b"a footer", Allowance()).parts) == 1
    walked = walk(raw + b"form " * 200, Allowance())
    assert [part.remark for part in walked.parts] == [None, OUTSIDE]


@given(st.binary(max_size=2_000))
def test_any_bytes_have_at_least_one_leaf(raw: bytes) -> None:
    assert walk(raw, Allowance()).parts


@given(
    st.lists(
        st.sampled_from([b"--b", b"--b--", b"\r\n", b"\n", b"Content-Type: multipart/mixed; boundary=b", b"x", b" ", b": "])
    )
)
def test_any_arrangement_of_boundaries_is_walked_with_paths_of_its_own(pieces: list[bytes]) -> None:
    raw = b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"".join(pieces)
    paths = [part.path for part in walk(raw, Allowance()).parts]
    assert len(paths) == len(set(paths))
