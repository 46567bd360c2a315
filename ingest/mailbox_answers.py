"""What a mail server's answers say, as far as we ask: numbers, sizes, literals, folders. Pure; nothing else is believed.

aioimaplib takes "* " out of every line, so nothing of an ENVELOPE or another quoted text may be trusted; literals are whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ingest.mailbox_names import decoded, unquoted

_FETCH = re.compile(rb"\d+ FETCH \(")
_UID = re.compile(rb"[ (]UID (\d+)")
_SIZE = re.compile(rb"[ (]RFC822\.SIZE (\d+)")
_BODY = re.compile(rb"[ (]BODY\[(?:HEADER)?\](?:<\d+>)? (?:\{\d+\}|\"\"|NIL)")
_VALIDITY = re.compile(rb"\[UIDVALIDITY (\d+)\]")
_EXISTS = re.compile(rb"(\d+) EXISTS")
_MESSAGES = re.compile(rb"MESSAGES (\d+)")
_FOLDER = re.compile(r'\(([^)]*)\) (?:"\\?(.)"|NIL) (.+)', re.DOTALL)
_UNLISTED = re.compile(r"\\(noselect|nonexistent)", re.IGNORECASE)

Lines = Sequence[bytes | bytearray]
"""aioimaplib gives a line as bytes and a literal as a bytearray; the last line is that of the tagged answer."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """One FETCH answer: what it says of the message, and the literal that came with it."""

    uid: int
    size: int | None
    content: bytes | None


def fetched(lines: Lines) -> Iterator[Fetched]:
    """The messages of a FETCH. Answers without a UID are the server's own news about flags, and are passed over."""
    for text, literal in _grouped(lines):
        uid, size, body = _UID.search(text), _SIZE.search(text), _BODY.search(text)
        if uid is None:
            continue
        content = literal if body is not None else None
        yield Fetched(int(uid[1]), int(size[1]) if size else None, content)


def _grouped(lines: Lines) -> Iterator[tuple[bytes, bytes]]:
    """The words of each FETCH answer without its literal, and the literal; the UID may stand before or after it."""
    text, literal, inside = b"", b"", False
    for line in lines[:-1]:
        if isinstance(line, bytearray):
            literal = bytes(line)
        elif _FETCH.match(line):
            if inside:
                yield text, literal
            text, literal, inside = line, b"", True
        else:
            text += line
    if inside:
        yield text, literal


def uids(lines: Lines) -> list[int]:
    """The numbers that a SEARCH found, ascending."""
    return sorted({int(number) for line in lines[:-1] for number in line.split() if number.isdigit()})


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder as it was opened. UIDs mean something only together with `uid_validity`."""

    uid_validity: int
    count: int


def folder(lines: Lines) -> Folder | None:
    """None where the server gives no UIDVALIDITY: then its UIDs are not to be relied on."""
    text = b"\n".join(bytes(line) for line in lines)
    validity, exists = _VALIDITY.search(text), _EXISTS.search(text)
    return Folder(int(validity[1]), int(exists[1]) if exists else 0) if validity else None


def count(lines: Lines) -> int | None:
    """The number of messages in a STATUS answer."""
    found = [match for line in lines[:-1] if (match := _MESSAGES.search(line))]
    return int(found[-1][1]) if found else None


def folders(lines: Lines) -> list[str]:
    """The folders of a LIST that can be opened, their names as people see them."""
    found = []
    for line in _with_literals(lines[:-1]):
        parts = _FOLDER.fullmatch(line)
        if parts is not None and not _UNLISTED.search(parts[1]):
            found.append(decoded(unquoted(parts[3])))
    return sorted(found)


def _with_literals(lines: Iterable[bytes | bytearray]) -> Iterator[str]:
    """Lines as text, a name that came as a literal put back to where it belongs."""
    begun = ""
    for line in lines:
        text = bytes(line).decode("utf-8", "replace")
        if isinstance(line, bytearray):
            yield begun + text
            begun = ""
        elif re.search(r" \{\d+\}$", text):
            begun = text[: text.rindex("{")]
        elif text:
            yield text


def words(lines: Lines) -> str:
    """What the server said last, for a person: printable and not long."""
    said = bytes(lines[-1]).decode("utf-8", "replace") if lines else ""
    return "".join(character if character.isprintable() else " " for character in said)[:200].strip()


def code(lines: Lines) -> str:
    """The response code of an answer ("UNAVAILABLE", "TRYCREATE"), or nothing."""
    found = re.match(r"\[([A-Z-]+)", words(lines))
    return found[1] if found else ""
