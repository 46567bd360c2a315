"""Makers of files that are damaged, or made to do harm. Each is small; what it would grow to is not."""

import io
import struct
import zipfile
import zlib
from functools import cache

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def zipped(entries: dict[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in entries.items():
            archive.writestr(name, part)
    return content.getvalue()


def docx(
    body: str = "<w:p><w:r><w:t>Full name: Aroha Example</w:t></w:r></w:p>",
    *,
    content: str = _MAIN,
    more: dict[str, bytes] | None = None,
    relations: str = "",
    prologue: str = "",
) -> bytes:
    """A Word file with this body; `relations` goes into the document's relationships, `prologue` before its root."""
    types = (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType="{_vnd("relationships+xml")}"/>'
        f'<Default Extension="xml" ContentType="application/xml"/><Default Extension="bin" ContentType="application/octet-stream"/>'
        f'<Override PartName="/word/document.xml" ContentType="{content}"/></Types>'
    )
    root = (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>'
    )
    return zipped(
        {
            "[Content_Types].xml": types.encode(),
            "_rels/.rels": root.encode(),
            "word/document.xml": (
                f'<?xml version="1.0"?>{prologue}<w:document xmlns:w="{_WORD}" xmlns:r="{_OFFICE}"><w:body>{body}</w:body></w:document>'
            ).encode(),
            "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{relations}</Relationships>'.encode(),
            **(more or {}),
        }
    )


def _vnd(kind: str) -> str:
    return f"application/vnd.openxmlformats-package.{kind}"


def truncated_docx() -> bytes:
    whole = docx()
    return whole[: len(whole) * 2 // 3]


@cache
def zip_bomb_docx() -> bytes:
    """A few megabytes that unpack to 600 MB of XML."""
    packer = zlib.compressobj(1, zlib.DEFLATED, -15)
    start = f'<w:document xmlns:w="{_WORD}"><w:body>'.encode()
    packed, checksum, size = packer.compress(start), zlib.crc32(start), len(start)
    block = b"<w:p/>" * 174_763
    for _ in range(600):
        packed += packer.compress(block)
        checksum, size = zlib.crc32(block, checksum), size + len(block)
    packed += packer.flush()
    return _raw_zip([("word/document.xml", packed, checksum, size)], whole=docx())


def overlapping_zip() -> bytes:
    """Fifty entries of the directory that all mean the same bytes."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    content = b"\0" * 10_000_000
    packed = packer.compress(content) + packer.flush()
    entry = ("a", packed, zlib.crc32(content), len(content))
    return _raw_zip([entry], repeat=50)


def _raw_zip(entries: list[tuple[str, bytes, int, int]], whole: bytes = b"", repeat: int = 1) -> bytes:
    """Local entries and a directory, with the other parts of `whole` before them; each listed `repeat` times."""
    content, directory = io.BytesIO(), io.BytesIO()
    count = 0
    if whole:
        with zipfile.ZipFile(io.BytesIO(whole)) as archive:
            replaced = {name for name, *_ in entries}
            for info in archive.infolist():
                if info.filename not in replaced:
                    part = archive.read(info)
                    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
                    entries = [(info.filename, packer.compress(part) + packer.flush(), zlib.crc32(part), len(part)), *entries]
    for name, packed, checksum, size in entries:
        place = content.tell()
        facts = struct.pack("<5H3L2H", 20, 0, 8, 0, 33, checksum, len(packed), size, len(name), 0)
        content.write(b"PK\x03\x04" + facts + name.encode() + packed)
        for _ in range(repeat):
            directory.write(
                b"PK\x01\x02" + struct.pack("<H", 20) + facts + struct.pack("<3H2L", 0, 0, 0, 0, place) + name.encode()
            )
            count += 1
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, directory.tell(), content.tell(), 0)
    return content.getvalue() + directory.getvalue() + end


def crowded_zip() -> bytes:
    return zipped({f"word/{number}.xml": b"" for number in range(2_100)})


def locked_zip() -> bytes:
    """A zip whose entry says that it is encrypted."""
    whole = bytearray(zipped({"form.pdf": b"%PDF-1.7"}))
    whole[6] |= 1
    whole[whole.rfind(b"PK\x01\x02") + 8] |= 1
    return bytes(whole)


def ole(stream: str) -> bytes:
    """The start of a compound file and a directory entry of this name; enough to tell its kind, not to be read."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + stream.encode("utf-16-le").ljust(64, b"\0") + b"\0" * 448


def old_doc(*, password: bool) -> bytes:
    """As much of a .doc as tells whether it has a password: the header, a directory entry, and the first bytes of its text."""
    header = (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(30, b"\0") + b"\x09\0").ljust(512, b"\0")
    entry = "WordDocument".encode("utf-16-le").ljust(116, b"\0") + (1).to_bytes(4, "little") + b"\0" * 8
    text = b"\xec\xa5\xc1\0" + b"\0" * 7 + (b"\x13" if password else b"\x12") + b"\0" * 500
    return header + entry.ljust(512, b"\0") + text


def encrypted_docx() -> bytes:
    """What Word writes for a document with a password: a compound file around the encrypted package."""
    return ole("EncryptionInfo") + "EncryptedPackage".encode("utf-16-le").ljust(64, b"\0") + b"\xa5" * 4096


def entity_bomb_docx() -> bytes:
    """Ten entities, each ten times the one before: 10 to the 10 letters."""
    entities = "".join(f'<!ENTITY e{number} "{f"&e{number - 1};" * 10}">' for number in range(1, 11))
    prologue = f'<!DOCTYPE d [<!ENTITY e0 "x">{entities}]>'
    return docx("<w:p><w:r><w:t>&e10;</w:t></w:r></w:p>", prologue=prologue)


def external_entity_docx(target: str) -> bytes:
    prologue = f'<!DOCTYPE d [<!ENTITY out SYSTEM "{target}">]>'
    return docx("<w:p><w:r><w:t>&out;</w:t></w:r></w:p>", prologue=prologue)


def calling_docx(address: str) -> bytes:
    """A form whose template, picture and linked part lie at `address`, a URL: a reader that fetches them is caught there."""
    relations = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{address}/{kind}" TargetMode="External"/>'
        for number, kind in enumerate(
            ("attachedTemplate", "image", "aFChunk", "oleObject", "subDocument", "frame", "styles"), 1
        )
    )
    body = (
        "<w:p><w:r><w:t>Full name: Aroha Example</w:t></w:r></w:p>"
        f'<w:p><w:r><w:fldChar w:fldCharType="begin"/><w:instrText> INCLUDETEXT "{address}/x" </w:instrText>'
        '<w:fldChar w:fldCharType="end"/></w:r></w:p><w:altChunk r:id="rId3"/>'
    )
    return docx(body, relations=relations)


def deep_docx(depth: int = 50_000) -> bytes:
    return docx("<w:sdt><w:sdtContent>" * depth + "<w:p/>" + "</w:sdtContent></w:sdt>" * depth)


def wide_docx() -> bytes:
    """Twenty rows whose one cell says that it spans two million columns."""
    row = '<w:tr><w:tc><w:tcPr><w:gridSpan w:val="2000000"/></w:tcPr><w:p/></w:tc></w:tr>'
    return docx(f"<w:tbl>{row * 20}</w:tbl>")


def pdf(objects: dict[int, bytes], root: int = 1) -> bytes:
    """A PDF of these objects, numbered, with a proper table."""
    content = io.BytesIO()
    content.write(b"%PDF-1.7\n")
    places = {}
    for number, written in sorted(objects.items()):
        places[number] = content.tell()
        content.write(b"%d 0 obj\n%s\nendobj\n" % (number, written))
    table = content.tell()
    size = max(objects) + 1
    content.write(b"xref\n0 %d\n0000000000 65535 f \n" % size)
    for number in range(1, size):
        content.write(b"%010d 00000 n \n" % places[number] if number in places else b"0000000000 65535 f \n")
    content.write(b"trailer\n<</Size %d/Root %d 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, root, table))
    return content.getvalue()


def stream(words: bytes, more: bytes = b"") -> bytes:
    return b"<</Length %d%s>>\nstream\n%s\nendstream" % (len(words), more, words)


def _one_page(resources: bytes, content: int = 4) -> dict[int, bytes]:
    return {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<<%s>>/Contents %d 0 R>>" % (resources, content),
    }


_HELVETICA = b"/Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>"


def plain_pdf(words: str = "Full name: Aroha Example") -> bytes:
    """A harmless PDF of one page."""
    return pdf({**_one_page(_HELVETICA), 4: stream(b"BT /F1 12 Tf 72 720 Td (%s) Tj ET" % words.encode())})


def truncated_pdf() -> bytes:
    whole = plain_pdf()
    return whole[: len(whole) // 3]


def page_tree_loop() -> bytes:
    return pdf(
        {
            1: b"<</Type/Catalog/Pages 2 0 R>>",
            2: b"<</Type/Pages/Kids[3 0 R]/Count 1000>>",
            3: b"<</Type/Pages/Parent 2 0 R/Kids[2 0 R]/Count 1000>>",
        }
    )


_FORM = b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</XObject<<%s>>>>"


def xobject_loop() -> bytes:
    """Two drawings, each of which draws the other: under 700 bytes, and gigabytes in a careless reader."""
    return pdf(
        {
            **_one_page(b"/XObject<</A 5 0 R>>"),
            4: stream(b"/A Do"),
            5: stream(b"/B Do /B Do", _FORM % b"/B 6 0 R"),
            6: stream(b"/A Do /A Do", _FORM % b"/A 5 0 R"),
        }
    )


def xobject_laughs(levels: int = 12) -> bytes:
    """Each drawing draws the next ten times: 10 to the 12 strokes. A document that hangs."""
    objects = {**_one_page(b"/XObject<</A 5 0 R>>"), 4: stream(b"/A Do")}
    for level in range(levels):
        objects[5 + level] = stream(b"/A Do " * 10, _FORM % (b"/A %d 0 R" % (6 + level)))
    objects[5 + levels] = stream(b"0 0 m 10 10 l S", _FORM % b"")
    return pdf(objects)


@cache
def flate_bomb(size: int = 500_000_000) -> bytes:
    """A page whose drawing unpacks to `size` bytes, from a hundredth of that."""
    packer = zlib.compressobj(1)
    block = b"0 0 m 1 1 l S " * 71_428
    packed = b"".join(packer.compress(block) for _ in range(max(1, size // len(block)))) + packer.flush()
    return pdf({**_one_page(b""), 4: stream(packed, b"/Filter/FlateDecode")})


def field_loop() -> bytes:
    return pdf(
        {
            **_one_page(b""),
            1: b"<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[5 0 R]>>>>",
            4: stream(b""),
            5: b"<</T(a)/Kids[6 0 R]/Parent 6 0 R>>",
            6: b"<</T(b)/Kids[5 0 R]/Parent 5 0 R/FT/Tx>>",
        }
    )


def huge_page_pdf() -> bytes:
    """A page 200 metres wide: nobody can render it."""
    objects = _one_page(_HELVETICA)
    objects[3] = objects[3].replace(b"0 0 595 842", b"0 0 600000 600000")
    return pdf({**objects, 4: stream(b"BT /F1 12 Tf 72 720 Td (Full name) Tj ET")})


def pixel_bomb_png(side: int = 60_000) -> bytes:
    """A picture of 3.6 thousand million grey dots in a few kilobytes' header and data."""

    def chunk(kind: bytes, words: bytes) -> bytes:
        return struct.pack(">I", len(words)) + kind + words + struct.pack(">I", zlib.crc32(kind + words))

    header = struct.pack(">2I5B", side, side, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 100_000)) + chunk(b"IEND", b"")


def name_out_of_the_folder() -> str:
    return "../../etc/passwd"
