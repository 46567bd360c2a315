"""Makes small OpenDocument files from XML as LibreOffice writes it, one shape at a time."""

from collections.abc import Mapping
from xml.sax.saxutils import escape

from tests.support.word_xml import zipped

_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
NAMESPACES = (
    " ".join(
        f'xmlns:{short}="{_OASIS}:{name}:1.0"'
        for short, name in (
            ("office", "office"),
            ("text", "text"),
            ("table", "table"),
            ("style", "style"),
            ("draw", "drawing"),
            ("form", "form"),
            ("svg", "svg-compatible"),
            ("fo", "xsl-fo-compatible"),
        )
    )
    + ' xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"'
    + ' xmlns:field="urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0"'
    + ' xmlns:xlink="http://www.w3.org/1999/xlink"'
)

_STYLES = (
    '<style:style style:name="Struck" style:family="text"><style:text-properties style:text-line-through-style="solid"/></style:style>'
    '<style:style style:name="Child" style:family="text" style:parent-style-name="Struck"/>'
    '<style:style style:name="Bold" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>'
    '<style:style style:name="Mark" style:family="text"><style:text-properties fo:background-color="#ffff00"/></style:style>'
    '<style:style style:name="Under" style:family="text"><style:text-properties style:text-underline-style="solid"/></style:style>'
    '<style:style style:name="Hidden" style:family="text"><style:text-properties text:display="none"/></style:style>'
    '<style:style style:name="Ding" style:family="text"><style:text-properties style:font-name="Wingdings"/></style:style>'
    '<style:style style:name="Cancelled" style:family="paragraph"><style:text-properties style:text-line-through-type="single"/>'
    "</style:style>"
    '<style:style style:name="Narrow" style:family="table-column"><style:table-column-properties style:column-width="1in"/>'
    "</style:style>"
    '<style:style style:name="Shaded" style:family="table-cell"><style:table-cell-properties fo:background-color="#e7e6e6"/>'
    "</style:style>"
)


def p(*inside: str, style: str = "Standard") -> str:
    """Bare texts are escaped; anything that begins with "<" stands as it is."""
    return (
        f'<text:p text:style-name="{style}">{"".join(one if one.startswith("<") else escape(one) for one in inside)}</text:p>'
    )


def span(text: str, style: str) -> str:
    return f'<text:span text:style-name="{style}">{escape(text)}</text:span>'


def cell(*blocks: str, attributes: str = "") -> str:
    content = "".join(one if one.startswith("<") else p(one) for one in blocks)
    return f'<table:table-cell office:value-type="string" {attributes}>{content}</table:table-cell>'


def row(*cells: str, attributes: str = "") -> str:
    return (
        f"<table:table-row {attributes}>{''.join(one if one.startswith('<') else cell(one) for one in cells)}</table:table-row>"
    )


def table(*rows: str, columns: int = 3) -> str:
    column = f'<table:table-column table:style-name="Narrow" table:number-columns-repeated="{columns}"/>'
    return f"<table:table>{column}{''.join(rows)}</table:table>"


COVERED = "<table:covered-table-cell/>"


def odt(body: str, *, styles: str = "", parts: Mapping[str, bytes] | None = None, kind: str = "text") -> bytes:
    """A whole file. `styles` is the inside of styles.xml beside the styles that every paper has."""
    content = (
        f'<office:document-content {NAMESPACES} office:version="1.3"><office:automatic-styles>{_STYLES}</office:automatic-styles>'
        f"<office:body><office:{kind}>{body}</office:{kind}></office:body></office:document-content>"
    )
    common = f"<office:document-styles {NAMESPACES}>{styles}</office:document-styles>"
    return zipped(
        {
            "mimetype": b"application/vnd.oasis.opendocument.text",
            "content.xml": content.encode(),
            "styles.xml": common.encode(),
            "META-INF/manifest.xml": b"<manifest/>",
            **(parts or {}),
        }
    )
