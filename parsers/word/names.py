"""Names of the Word vocabulary, strict and transitional alike, and how its small values are written."""

from __future__ import annotations

from lxml import etree

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = "{" + MAIN + "}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
V = "{urn:schemas-microsoft-com:vml}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"

VAL = W + "val"
POINTS_IN_TWIP = 1 / 20

# ISO 29500 strict uses other namespaces for the same words (part 1 against part 4 of the standard).
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", MAIN.encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", R[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", M[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing", WP[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/drawingml/main", A[1:-1].encode()),
)
_OFF = {"0", "false", "off", "none", "no"}
_UNITS = {"pt": 1.0, "in": 72.0, "cm": 72 / 2.54, "mm": 72 / 25.4, "pc": 12.0, "pi": 12.0, "px": 0.75}


def transitional(content: bytes) -> bytes:
    """A part with the strict namespaces written the transitional way; UTF-16 becomes UTF-8 on that path."""
    if content[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        text = content.decode("utf-16", errors="replace")
        content = text.partition("?>")[2].encode() if text.startswith("<?xml") else text.encode()
    if b"http://purl.oclc.org/ooxml/" in content:
        for strict, usual in _STRICT:
            content = content.replace(strict, usual)
    return content


def is_on(element: etree._Element) -> bool:
    """An on/off property stands for "on" unless its value says otherwise."""
    return (element.get(VAL) or "true").casefold() not in _OFF


def flag(parent: etree._Element | None, name: str) -> bool:
    child = None if parent is None else parent.find(W + name)
    return child is not None and is_on(child)


def value(parent: etree._Element | None, name: str) -> str | None:
    child = None if parent is None else parent.find(W + name)
    return None if child is None else child.get(VAL)


def number(text: str | None, default: float = 0.0) -> float:
    """A whole or decimal number in sensible bounds; the default for anything else."""
    try:
        found = float(text) if text else default
    except ValueError:
        return default
    return found if -1e9 < found < 1e9 else default


def points(text: str | None, default: float = 0.0) -> float:
    """A length: bare numbers are twentieths of a point, strict files write units ("12pt")."""
    if not text:
        return default
    unit = _UNITS.get(text[-2:])
    return number(text[:-2], default) * unit if unit else number(text, default / POINTS_IN_TWIP) * POINTS_IN_TWIP


def local(element: etree._Element) -> str:
    """The tag without its namespace."""
    return str(element.tag).rpartition("}")[2]
