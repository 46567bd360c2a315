"""Makes small Word packages from XML as Word writes it, one shape at a time."""

import io
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
NAMESPACES = (
    f'xmlns:w="{MAIN}" xmlns:r="{RELATIONSHIPS}" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
DOTX = "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"
DOCM = "application/vnd.ms-word.document.macroEnabled.main+xml"

_STYLES = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Heading2"><w:name w:val="heading 2"/>'
    '<w:pPr><w:outlineLvl w:val="1"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="PlaceholderText"><w:name w:val="Placeholder Text"/></w:style>'
    '<w:style w:type="character" w:styleId="Gone"><w:name w:val="Gone"/><w:rPr><w:strike/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="GoneToo"><w:name w:val="Gone too"/><w:basedOn w:val="Gone"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Cancelled"><w:name w:val="Cancelled"/>'
    '<w:rPr><w:dstrike/><w:vanish w:val="0"/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="Secret"><w:name w:val="Secret"/><w:rPr><w:vanish/></w:rPr></w:style>'
)


def run(text: str, properties: str = "") -> str:
    look = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{look}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(*inside: str, properties: str = "") -> str:
    """Bare texts become runs; anything that begins with "<" stands as it is."""
    laid = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    return f"<w:p>{laid}{''.join(one if one.startswith('<') else run(one) for one in inside)}</w:p>"


def cell(*blocks: str, properties: str = "", width: int = 2400) -> str:
    laid = f'<w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{properties}</w:tcPr>'
    content = "".join(one if one.startswith("<") else paragraph(one) for one in blocks) or "<w:p/>"
    return f"<w:tc>{laid}{content}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    laid = f"<w:trPr>{properties}</w:trPr>" if properties else ""
    return f"<w:tr>{laid}{''.join(one if one.startswith('<') else cell(one) for one in cells)}</w:tr>"


def table(*rows: str, grid: tuple[int, ...] = (2400, 2400, 2400)) -> str:
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in grid)
    return f"<w:tbl><w:tblPr/><w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"


def control(content: str, properties: str = "") -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def legacy(told: str, instruction: str, result: str = "") -> str:
    """A legacy form field: `told` is the inside of its w:ffData."""
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{told}</w:ffData></w:fldChar></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(result) if result else ""}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def document(body: str) -> str:
    return f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>"


def part(kind: str, content: str) -> bytes:
    """A header ("hdr"), a footer ("ftr"), settings or styles."""
    return f"<w:{kind} {NAMESPACES}>{content}</w:{kind}>".encode()


def tie(identity: str, kind: str, target: str, *, external: bool = False) -> str:
    mode = ' TargetMode="External"' if external else ""
    return f'<Relationship Id="{identity}" Type="{RELATIONSHIPS}/{kind}" Target="{escape(target)}"{mode}/>'


def package(
    body: str,
    *,
    ties: tuple[str, ...] = (),
    parts: Mapping[str, bytes] | None = None,
    styles: str = _STYLES,
    content_type: str = DOCX,
    main: bytes | None = None,
) -> bytes:
    """A whole file. `main` replaces the document part; `parts` are further parts by name."""
    content_types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
        '<Default Extension="bin" ContentType="application/octet-stream"/>'
        f'<Override PartName="/word/document.xml" ContentType="{content_type}"/></Types>'
    )
    own = {
        "[Content_Types].xml": content_types.encode(),
        "_rels/.rels": _rels((tie("rId1", "officeDocument", "word/document.xml"),)),
        "word/_rels/document.xml.rels": _rels((tie("rIdStyles", "styles", "styles.xml"), *ties)),
        "word/document.xml": main if main is not None else document(body).encode(),
        "word/styles.xml": part("styles", styles),
    }
    return zipped({**own, **(parts or {})})


def zipped(parts: Mapping[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return packed.getvalue()


def _rels(ties: tuple[str, ...]) -> bytes:
    return f'<Relationships xmlns="{PACKAGE}">{"".join(ties)}</Relationships>'.encode()
