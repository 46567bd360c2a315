"""Every file made to do harm that we know of, by name: what a careless reader takes minutes or gigabytes for.

Each is answered by a plain reason, or read where there is something to read, within seconds and bounded memory;
`python -m benchmarks bombs` measures how many.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable

from PIL import Image

from tests.support import hostile

_LINE = "Full name of ECT: Date of birth: TRN: School: Signed: "


def _paragraphs(count: int, text: str = _LINE) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" * count


def long_table_docx(rows: int = 3_000, columns: int = 20) -> bytes:
    """A table that costs a reader who looks every cell up anew the square of its size."""
    row = "<w:tr>" + "<w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc>" * columns + "</w:tr>"
    return hostile.docx(f"<w:tbl>{row * rows}</w:tbl>")


def quadratic_entity_docx() -> bytes:
    """One long entity, named many times: no nesting for a parser to notice."""
    prologue = f'<!DOCTYPE d [<!ENTITY e "{"x" * 100_000}">]>'
    return hostile.docx(f"<w:p><w:r><w:t>{'&e;' * 50_000}</w:t></w:r></w:p>", prologue=prologue)


def nested_tables_docx(depth: int = 60) -> bytes:
    return hostile.docx("<w:tbl><w:tr><w:tc>" * depth + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * depth)


def merged_docx(rows: int = 500) -> bytes:
    """Cells that go on over every row and claim more columns than there are."""
    row = '<w:tr><w:tc><w:tcPr><w:gridSpan w:val="999"/><w:vMerge/></w:tcPr><w:p/></w:tc></w:tr>'
    return hostile.docx(f"<w:tbl>{row * rows}</w:tbl>")


def repeated_odt() -> bytes:
    """One cell that says it stands two thousand million times in two thousand million rows."""
    oasis = "urn:oasis:names:tc:opendocument:xmlns"
    many = 2_000_000_000
    content = (
        f'<office:document-content xmlns:office="{oasis}:office:1.0" xmlns:text="{oasis}:text:1.0" '
        f'xmlns:table="{oasis}:table:1.0"><office:body><office:text><table:table>'
        f'<table:table-column table:number-columns-repeated="{many}"/><table:table-row table:number-rows-repeated="{many}">'
        f'<table:table-cell table:number-columns-repeated="{many}"><text:p>x<text:s text:c="{many}"/>y</text:p></table:table-cell>'
        "</table:table-row></table:table></office:text></office:body></office:document-content>"
    )
    return hostile.zipped({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": content.encode()})


def _page(
    drawing: bytes, more: bytes = b"", resources: bytes = b"/Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>"
) -> bytes:
    return hostile.pdf(
        {
            1: b"<</Type/Catalog/Pages 2 0 R>>",
            2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<<%s>>/Contents 4 0 R>>" % resources,
            4: hostile.stream(drawing, more),
        }
    )


def strokes_pdf(count: int = 60_000) -> bytes:
    drawn = b"".join(b"%d %d m %d %d l S\n" % (n % 590, n % 830, (n * 7) % 590, (n * 3) % 830) for n in range(count))
    return _page(zlib.compress(drawn), b"/Filter/FlateDecode")


def grid_pdf(lines: int = 2_000) -> bytes:
    """Lines across and down that make four million cells."""
    across = b"".join(b"0 %.3f m 595 %.3f l S\n" % (n * 842 / lines, n * 842 / lines) for n in range(lines))
    down = b"".join(b"%.3f 0 m %.3f 842 l S\n" % (n * 595 / lines, n * 595 / lines) for n in range(lines))
    return _page(zlib.compress(across + down), b"/Filter/FlateDecode")


def squared_paper_pdf(step: int = 19) -> bytes:
    """A page of empty cells: whoever asks of each what stands above it asks for the whole sheet each time."""
    across = b"".join(b"20 %d m 580 %d l S\n" % (height, height) for height in range(20, 820, step))
    down = b"".join(b"%d 20 m %d 812 l S\n" % (place, place) for place in range(20, 580, step))
    return _page(across + down + b"BT /F1 8 Tf 30 825 Td (Squared paper) Tj ET")


def crowded_pdf(words: int = 30_000) -> bytes:
    """A page with words of labels on top of one another."""
    drawn = b"BT /F1 4 Tf\n" + b"".join(
        b"1 0 0 1 %d %d Tm (Full name of ECT: Date) Tj\n" % (n % 500, (n * 13) % 840) for n in range(words)
    )
    return _page(zlib.compress(drawn + b"ET"), b"/Filter/FlateDecode")


def packed_twice_pdf() -> bytes:
    """Packed so that the first unpacking still looks small."""
    block = b"0 0 m 1 1 l S " * 71_428
    inner = zlib.compressobj(9)
    packed = b"".join(inner.compress(block) for _ in range(300)) + inner.flush()
    return _page(zlib.compress(packed, 9), b"/Filter[/FlateDecode/FlateDecode]")


def many_pages_pdf(count: int = 50_000) -> bytes:
    objects = {1: b"<</Type/Catalog/Pages 2 0 R>>"}
    kids = b"3 0 R " * count
    objects[2] = b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, count)
    objects[3] = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"
    return hostile.pdf(objects)


def deep_array_pdf(depth: int = 100_000) -> bytes:
    return _page(b"", b"/Deep " + b"[" * depth + b"]" * depth)


def nested_fields_pdf(depth: int = 2_000) -> bytes:
    """A form field within a field within a field."""
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[5 0 R]>>>>",
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
    }
    for number in range(depth):
        objects[5 + number] = b"<</T(a)/Kids[%d 0 R]/Parent %d 0 R>>" % (6 + number, max(5, 4 + number))
    objects[5 + depth] = b"<</T(z)/FT/Tx/V(x)/Subtype/Widget/Rect[0 0 9 9]/P 3 0 R>>"
    return hostile.pdf(objects)


def tall_tiff(pages: int = 400) -> bytes:
    """More pages than any scan has."""
    content = io.BytesIO()
    page = Image.new("1", (1_654, 2_339), 1)
    page.save(content, "TIFF", save_all=True, append_images=[page] * (pages - 1), compression="group4")
    return content.getvalue()


def _rtf(body: str) -> bytes:
    return (r"{\rtf1\ansi " + body + "}").encode()


BOMBS: dict[str, Callable[[], bytes]] = {
    "600 MB of XML in a docx": hostile.zip_bomb_docx,
    "cells two million columns wide": hostile.wide_docx,
    "table of 3,000 by 20": long_table_docx,
    "billion laughs": hostile.entity_bomb_docx,
    "quadratic entity": quadratic_entity_docx,
    "entity of a file": lambda: hostile.external_entity_docx("file:///etc/passwd"),
    "200 nested controls": lambda: hostile.deep_docx(200),
    "50,000 nested controls": hostile.deep_docx,
    "60 nested tables": nested_tables_docx,
    "merged over 500 rows": merged_docx,
    "100,000 words of labels": lambda: hostile.docx(_paragraphs(9_000)),
    "one paragraph of 90,000 words": lambda: hostile.docx(_paragraphs(1, _LINE * 9_000)),
    "paragraph of brackets": lambda: hostile.docx(_paragraphs(1, "Name (" * 15_000)),
    "word of a million letters": lambda: hostile.docx(_paragraphs(1, "1" * 1_000_000)),
    "question without end": lambda: hostile.docx(_paragraphs(30, "is the ect on track " * 800)),
    "overlapping zip": hostile.overlapping_zip,
    "crowded zip": hostile.crowded_zip,
    "cells repeated without end in an odt": repeated_odt,
    "Flate bomb of 500 MB": hostile.flate_bomb,
    "packed twice": packed_twice_pdf,
    "XObject loop": hostile.xobject_loop,
    "XObject laughs": hostile.xobject_laughs,
    "page-tree loop": hostile.page_tree_loop,
    "50,000 pages": many_pages_pdf,
    "field loop": hostile.field_loop,
    "fields 2,000 deep": nested_fields_pdf,
    "60,000 strokes": strokes_pdf,
    "four million cells": grid_pdf,
    "squared paper": squared_paper_pdf,
    "page of 30,000 labels": crowded_pdf,
    "arrays 100,000 deep": deep_array_pdf,
    "page 200 metres wide": hostile.huge_page_pdf,
    "picture of billions of dots": hostile.pixel_bomb_png,
    "TIFF of 400 pages": tall_tiff,
    "RTF nested 100,000 deep": lambda: _rtf("{" * 100_000 + "x" + "}" * 100_000),
    "RTF table of a million cells": lambda: _rtf(
        r"\trowd" + r"\cellx100" * 1_000 + (r"\intbl x\cell" * 1_000 + r"\row ") * 1_000
    ),
    "RTF picture of nothing": lambda: _rtf(r"{\pict\pngblip\picw2000000000\pich2000000000 " + "00" * 1_000_000 + "}"),
}
