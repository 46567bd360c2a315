"""The reader of DATA: whatever the chunks, the same content and the same end."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.dots import DotReader
from tests.support.post_office import stuffed

LINES = st.lists(
    st.sampled_from([b"", b".", b"..", b"a", b".a", b"\n", b"\r", b".\n", b"\n.", b"\r.\r", b"\n.\n"]), max_size=12
)


def read(wire: bytes, cuts: list[int]) -> tuple[bytes, bytes, bool]:
    reader, content, at = DotReader(), b"", 0
    for cut in [*sorted(cut % (len(wire) + 1) for cut in cuts), len(wire)]:
        content += reader.feed(wire[at:cut])
        at = cut
        if reader.ended:
            return content, reader.rest + wire[at:], True
    return content, b"", False


@given(LINES, st.lists(st.integers(0, 200), max_size=8))
def test_what_was_stuffed_comes_back_whatever_the_chunks(lines: list[bytes], cuts: list[int]) -> None:
    content = b"".join(line + b"\r\n" for line in lines)
    assert read(stuffed(content) + b".\r\nQUIT\r\n" if content else b".\r\nQUIT\r\n", cuts) == (content, b"QUIT\r\n", True)


@pytest.mark.parametrize(
    "false_end",
    [
        b"\n.\n",
        b"\n.\r\n",
        b"\r\n.\n",
        b"\r.\r",
        b"\r\n.\r",
        b"\r.\r\n",
        b"\r\n.\rx",
        b"\n\r.\n\r",
        b"\r\n.\0\r\n",
        b"\r\n .\r\n",
        b"\r\n. \r\n",
    ],
)
@pytest.mark.parametrize("cut", range(6))
def test_only_crlf_dot_crlf_ends_a_message(false_end: bytes, cut: int) -> None:
    wire = b"one" + false_end + b"two\r\n.\r\n"
    content, rest, ended = read(wire, [3 + cut])
    assert ended
    assert rest == b""
    assert content.startswith(b"one")
    assert content.endswith(b"two\r\n")


def test_an_empty_message_is_a_message() -> None:
    assert read(b".\r\n", []) == (b"", b"", True)


def test_a_dot_at_the_very_beginning_is_transparent_too() -> None:
    assert read(b"..\r\n.\r\n", [])[0] == b".\r\n"


@given(st.binary(max_size=64), st.integers(1, 5))
def test_what_is_held_back_never_exceeds_four_bytes(noise: bytes, size: int) -> None:
    reader, given_in, given_out, dots = DotReader(), 0, 0, 0
    for at in range(0, len(noise), size):
        chunk = noise[at : at + size]
        given_in += len(chunk)
        given_out += len(reader.feed(chunk))
        dots += chunk.count(b".")
        if reader.ended:
            return
        assert given_in - given_out <= 4 + dots
