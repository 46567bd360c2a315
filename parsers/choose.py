"""Which reader reads a file, by what its bytes are and never by its name."""

from __future__ import annotations

from parsers.forms import NotReadable, ReadFile, Unreadable


def read(data: bytes, name: str, layouts: str | None = None) -> ReadFile | Unreadable:
    """Read one file. `name` is for words to people only; `layouts` is the extract of learned layouts as JSON."""
    del layouts
    try:
        return _read(data, name)
    except NotReadable as problem:
        return Unreadable(str(problem))


def _read(data: bytes, name: str) -> ReadFile:
    del name
    if not data:
        raise NotReadable("The file is empty.")
    raise NotReadable("This kind of file is not one that forms come in.")
