"""Names of the OpenDocument vocabulary that papers are written in."""

from __future__ import annotations

_OASIS = "{urn:oasis:names:tc:opendocument:xmlns:"
OFFICE, STYLE, TEXT, TABLE = (_OASIS + name + ":1.0}" for name in ("office", "style", "text", "table"))
DRAW, FORM = (_OASIS + name + ":1.0}" for name in ("drawing", "form"))
FO, SVG = (_OASIS + name + "-compatible:1.0}" for name in ("xsl-fo", "svg"))
LOEXT = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}"
FIELD = "{urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0}"
XLINK = "{http://www.w3.org/1999/xlink}"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"

TRUE = {"true", "1"}


def repeats(text: str | None, most: int) -> int:
    """How often something is repeated or how many it spans: at least once, at most as often as a form would."""
    return min(max(int(text[:9]), 1), most) if text and text.isdecimal() else 1
