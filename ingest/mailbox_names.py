"""Names of folders on the wire: modified UTF-7 (RFC 3501, section 5.1.3) in quotes, and back. aioimaplib does neither."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable

_NOT_PLAIN = re.compile(r"[^\x20-\x7e]+|&")
_SHIFTED = re.compile(r"&([^-]*)-")


def encoded(name: str) -> str:
    """A name in modified UTF-7: "Entwürfe" → "Entw&APw-rfe"."""
    return _NOT_PLAIN.sub(lambda found: "&-" if found[0] == "&" else _shifted(found[0]), name)


def decoded(written: str) -> str:
    """The name that was written. What is no modified UTF-7 stays as it is: some servers send plain UTF-8."""
    try:
        return _SHIFTED.sub(lambda found: _plain(found[1]) if found[1] else "&", written)
    except (ValueError, binascii.Error):
        return written


def quoted(text: str) -> str:
    """A quoted string. Line ends and NUL cannot stand in one; aioimaplib refuses them."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def on_wire(name: str) -> str:
    """A folder as the argument of a command."""
    return quoted(encoded(name))


def unquoted(text: str) -> str:
    if len(text) >= 2 and text[0] == text[-1] == '"':
        return re.sub(r"\\(.)", r"\1", text[1:-1])
    return text


def sequence(uids: Iterable[int]) -> str:
    """A set of UIDs in the short form: 3, 4, 5, 9 → "3:5,9"."""
    runs: list[list[int]] = []
    for uid in sorted(set(uids)):
        if runs and uid == runs[-1][1] + 1:
            runs[-1][1] = uid
        else:
            runs.append([uid, uid])
    return ",".join(str(first) if first == last else f"{first}:{last}" for first, last in runs)


def _shifted(text: str) -> str:
    packed = base64.b64encode(text.encode("utf-16-be")).decode("ascii")
    return "&" + packed.rstrip("=").replace("/", ",") + "-"


def _plain(packed: str) -> str:
    standard = packed.replace(",", "/")
    return base64.b64decode(standard + "=" * (-len(standard) % 4), validate=True).decode("utf-16-be")
