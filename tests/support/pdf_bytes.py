"""Small PDFs made by hand, for the readers' tests: one shape each, hostile ones among them."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable, Mapping

import pikepdf
from reportlab.pdfgen.canvas import Canvas

A4 = (595.0, 842.0)
FONTS = """/Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>
 /F2 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>
 /Z << /Type /Font /Subtype /Type1 /BaseFont /ZapfDingbats >>
 /W << /Type /Font /Subtype /TrueType /BaseFont /Wingdings-Regular /FirstChar 32 /LastChar 255 >> >>"""


def drawn(draw: Callable[[Canvas], None], *, size: tuple[float, float] = A4) -> bytes:
    """A page drawn with reportlab. `draw` may call `showPage` for more."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=size, invariant=True)
    canvas.setFont("Helvetica", 10)
    draw(canvas)
    canvas.save()
    return buffer.getvalue()


def written(objects: Mapping[int, bytes], *, root: int = 1, trailer: bytes = b"") -> bytes:
    """A PDF of these objects, as they are: nothing is checked, so that it may be as wrong as a test wants."""
    out = io.BytesIO()
    out.write(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    places = {}
    for number, content in objects.items():
        places[number] = out.tell()
        out.write(b"%d 0 obj\n" % number + content + b"\nendobj\n")
    start, size = out.tell(), max(objects) + 1
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % size)
    for number in range(1, size):
        out.write(b"%010d 00000 n \n" % places[number] if number in places else b"0000000000 65535 f \n")
    out.write(b"trailer << /Size %d /Root %d 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (size, root, trailer, start))
    return out.getvalue()


def stream(content: bytes, entries: str = "", *, packed: bool = False) -> bytes:
    """A stream object."""
    if packed:
        content = zlib.compress(content)
        entries += " /Filter /FlateDecode"
    return f"<< /Length {len(content)} {entries} >>\nstream\n".encode() + content + b"\nendstream"


def page(
    content: str, *, entries: str = "", resources: str = "", catalog: str = "", objects: Mapping[int, bytes] | None = None
) -> bytes:
    """One A4 page with this content stream. Own objects count from 10."""
    return written(
        {
            1: f"<< /Type /Catalog /Pages 2 0 R {catalog} >>".encode(),
            2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 595 842] >>",
            3: f"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << {FONTS} {resources} >> {entries} >>".encode(),
            4: stream(content.encode("latin-1")),
            **(objects or {}),
        }
    )


def text(x: float, y: float, words: str, *, size: float = 10, font: str = "F1", before: str = "") -> str:
    """Content that writes the words at the place."""
    escaped = words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"q {before} BT /{font} {size} Tf {x} {y} Td ({escaped}) Tj ET Q\n"


def form(fields: str, widgets: Mapping[int, str], content: str = "", *, acro: str = "", entries: str = "") -> bytes:
    """A page with an AcroForm: `fields` are references, `widgets` the objects they name."""
    listed = " ".join(f"{number} 0 R" for number, entry in widgets.items() if "/Rect" in entry)
    return page(
        content,
        entries=f"/Annots [{listed}] {entries}",
        catalog=f"/AcroForm << /Fields [{fields}] /DA (/Helv 0 Tf 0 g) {acro} >>",
        objects={number: entry.encode("latin-1") for number, entry in widgets.items()},
    )


def encrypted(data: bytes, *, owner: str, user: str) -> bytes:
    """The PDF under a password."""
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.save(buffer, encryption=pikepdf.Encryption(owner=owner, user=user))
    return buffer.getvalue()


def self_drawing() -> bytes:
    """A form XObject that draws itself."""
    return page("/X Do", resources="/XObject << /X 10 0 R >>", objects={10: _xobject("/X Do", "/XObject << /X 10 0 R >>")})


def laughing(levels: int = 12, times: int = 10) -> bytes:
    """Forms that draw forms, ten times each."""
    objects = {}
    for level in range(levels):
        number = 10 + level
        inner = f"/XObject << /X {number + 1} 0 R >>" if level + 1 < levels else FONTS
        content = "/X Do " * times if level + 1 < levels else "BT /F1 9 Tf (ha) Tj ET"
        objects[number] = _xobject(content, inner)
    return page("/X Do", resources="/XObject << /X 10 0 R >>", objects=objects)


def inflating(megabytes: int = 300) -> bytes:
    """A content stream that unpacks to nothing but spaces, a great many of them."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b" " * (1 << 20)) for _ in range(megabytes)) + packer.flush()
    content = f"<< /Length {len(packed)} /Filter /FlateDecode >>\nstream\n".encode() + packed + b"\nendstream"
    return written({**_skeleton("3 0 R"), 3: b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R >>", 4: content})


def page_tree_loop() -> bytes:
    """Pages that are their own parents' children."""
    return written({**_skeleton("3 0 R"), 3: b"<< /Type /Pages /Parent 2 0 R /Kids [2 0 R 3 0 R] /Count 2 >>"})


def parent_loop() -> bytes:
    """A field whose parent is its own child."""
    return form(
        "10 0 R",
        {
            10: "<< /T (a) /Kids [11 0 R] /Parent 11 0 R >>",
            11: "<< /T (b) /Parent 10 0 R /Kids [10 0 R] /Subtype /Widget /FT /Tx /V (here) /Rect [50 700 200 720] >>",
        },
    )


def scribbled(strokes: int = 60_000) -> bytes:
    """A page of very many strokes."""
    lines = "".join(f"{number % 500} {number % 700} m {number % 431} {number % 613} l S\n" for number in range(strokes))
    return page(lines)


def _xobject(content: str, resources: str) -> bytes:
    return stream(content.encode(), f"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << {resources} >>")


def _skeleton(kids: str) -> dict[int, bytes]:
    return {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: f"<< /Type /Pages /Kids [{kids}] /Count 1 /MediaBox [0 0 595 842] >>".encode(),
    }


def coded_font(codes: Mapping[int, str], *, name: str = "ABCDEF+Letters", number: int = 20) -> dict[int, bytes]:
    """Objects of a composite font /F whose two-byte codes stand for these characters; without a table for no codes."""
    lines = "\n".join(f"<{code:04x}> <{character.encode('utf-16-be').hex()}>" for code, character in codes.items())
    table = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n"
        "1 begincodespacerange <0000> <ffff> endcodespacerange\n"
        f"{len(codes)} beginbfchar\n{lines}\nendbfchar endcmap end end"
    )
    to_unicode = f"/ToUnicode {number + 2} 0 R" if codes else ""
    return {
        number: (
            f"<< /Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /Identity-H "
            f"/DescendantFonts [{number + 1} 0 R] {to_unicode} >>"
        ).encode(),
        number + 1: (
            f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{name} /DW 600 /CIDToGIDMap /Identity "
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> "
            f"/FontDescriptor << /Type /FontDescriptor /FontName /{name} /Flags 4 /Ascent 800 /Descent -200 /ItalicAngle 0 "
            "/CapHeight 700 /StemV 80 /FontBBox [0 -200 1000 800] >> >>"
        ).encode(),
        number + 2: stream(table.encode()),
    }


def coded_text(x: float, y: float, codes: list[int], *, size: float = 10) -> str:
    """Content that writes codes of the font /C."""
    return f"BT /C {size} Tf {x} {y} Td <{''.join(f'{code:04x}' for code in codes)}> Tj ET\n"


def coded_page(content: str, font: Mapping[int, bytes]) -> bytes:
    """A page whose content may use the coded font as /C beside the usual ones."""
    fonts = FONTS.removesuffix(">>") + "/C 20 0 R >>"
    return written(
        {
            1: b"<< /Type /Catalog /Pages 2 0 R >>",
            2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 595 842] >>",
            3: f"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << {fonts} >> >>".encode(),
            4: stream(content.encode("latin-1")),
            **font,
        }
    )


def picture_page(content: str = "", *, box: tuple[float, float, float, float] = (0, 0, 595, 842)) -> bytes:
    """A page with a small grey picture stretched over the box, as a scanner's, and content on top."""
    x0, y0, x1, y1 = box
    image = stream(
        bytes([200]) * 64, "/Type /XObject /Subtype /Image /Width 8 /Height 8 /ColorSpace /DeviceGray /BitsPerComponent 8"
    )
    place = f"q {x1 - x0} 0 0 {y1 - y0} {x0} {y0} cm /I Do Q\n"
    return page(place + content, resources="/XObject << /I 10 0 R >>", objects={10: image})
