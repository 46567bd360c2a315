"""The bytes between SMTP's DATA and its final dot, as a pure reader: nothing here knows a socket, a limit or a disk."""

from __future__ import annotations

_END = b"\r\n.\r\n"


class DotReader:
    """Finds the end of a message and takes the transparency dots out (RFC 5321 §4.5.2), in chunks of any size.

    Only CR LF dot CR LF ends a message. Every other spelling (a bare LF or a bare CR on either side) is content: a server
    that ends there lets a sender smuggle a second message inside the first (CVE-2023-51764 and its relatives).
    Memory is the chunk and at most four held-back bytes, whatever the sender does.
    """

    def __init__(self) -> None:
        # A message may begin with the dot line itself, so reading starts as if a line had just ended.
        self._held = b"\r\n"
        self._unwritten = 2
        self.ended = False
        self.rest = b""
        """What came after the final dot: the next commands of a client that did not wait."""

    def feed(self, chunk: bytes) -> bytes:
        """The content that this chunk makes certain. Must not be called once `ended` is set."""
        found = self._held + chunk
        end = found.find(_END)
        if end >= 0:
            self.ended = True
            self.rest = found[end + len(_END) :]
            return self._content(found[: end + 2])
        held = _possible_end(found)
        self._held = found[len(found) - held :]
        return self._content(found[: len(found) - held])

    def _content(self, found: bytes) -> bytes:
        # A stuffed dot never straddles a cut: `_possible_end` holds everything from its CR on back.
        if b"\r\n." in found:
            found = found.replace(b"\r\n.", b"\r\n")
        if self._unwritten and found:
            found, self._unwritten = found[self._unwritten :], 0
        return found


def _possible_end(found: bytes) -> int:
    """How many of the last bytes could be the beginning of the end."""
    for length in range(len(_END) - 1, 0, -1):
        if found.endswith(_END[:length]):
            return length
    return 0
