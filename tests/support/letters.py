"""Makers of mail: letters as schools send them, and letters that nobody should have sent. Invented names only."""

from __future__ import annotations

import base64
import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

SCHOOL = "office@hill.example"
BODY = "forms@body.example"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def letter(
    *files: tuple[str, bytes],
    text: str = "Please find the form attached.",
    sender: str = f"Hill School <{SCHOOL}>",
    subject: str = "Progress review",
    message_id: str | None = "<1@hill.example>",
    date: str | None = "Thu, 04 Jun 2026 09:32:00 +0100",
    headers: tuple[tuple[str, str], ...] = (),
) -> bytes:
    """A letter with files, as a mail program writes it."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, BODY, subject
    if message_id is not None:
        message["Message-ID"] = message_id
    if date is not None:
        message["Date"] = date
    for name, value in headers:
        message[name] = value
    message.set_content(text)
    for name, content in files:
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes().replace(b"\n", b"\r\n")


def raw_letter(*parts: bytes, subtype: str = "mixed", headers: bytes = b"", boundary: bytes = b"b") -> bytes:
    """A multipart letter from parts that stand as they are written here, header lines included."""
    head = b"From: office@hill.example\r\nTo: forms@body.example\r\nMessage-ID: <2@hill.example>\r\n" + headers
    kind = b"Content-Type: multipart/" + subtype.encode() + b'; boundary="' + boundary + b'"\r\n\r\n'
    return head + kind + b"".join(b"--" + boundary + b"\r\n" + part + b"\r\n" for part in parts) + b"--" + boundary + b"--\r\n"


def part(content: bytes, *headers: bytes) -> bytes:
    """One part of `raw_letter`, its content in base64."""
    lines = [*headers, b"Content-Transfer-Encoding: base64"]
    return b"\r\n".join(lines) + b"\r\n\r\n" + base64.encodebytes(content)


def picture(width: int, height: int) -> bytes:
    """A white PNG."""
    rows = zlib.compress((b"\0" + b"\xff" * width) * height)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        for kind, content in ((b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)), (b"IDAT", rows), (b"IEND", b""))
    )


def archive(*files: tuple[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, inner in files:
            opened.writestr(name, inner)
    return content.getvalue()


def locked_archive() -> bytes:
    """An archive whose one file says that it is encrypted."""
    content = bytearray(archive(("form.pdf", PDF)))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


def zip_bomb(megabytes: int = 300) -> bytes:
    """Small outside, large inside."""
    return archive(("form.docx", b"\0" * (megabytes * 1024 * 1024)))


def archive_of_archives(levels: int) -> bytes:
    inner = archive(("form.pdf", PDF))
    for _ in range(levels):
        inner = archive(("more.zip", inner))
    return inner


def winmail(*files: tuple[str, bytes]) -> bytes:
    """A package as Outlook makes it: short names in one place, long ones in the properties (MS-OXTNEF)."""
    body = _tnef(1, 0x800C, 2, b"Please find the form attached.\0")
    for number, (name, content) in enumerate(files):
        wide = name.encode("utf-16-le") + b"\0\0"
        long_name = struct.pack("<HHII", 0x1F, 0x3707, 1, len(wide)) + wide + b"\0" * (-len(wide) % 4)
        properties = struct.pack("<I", 2) + struct.pack("<HHi", 0x03, 0x370B, -1) + long_name
        body += _tnef(2, 0x9002, 6, b"\1\0" + b"\0" * 12) + _tnef(2, 0x8010, 1, b"SHORT~%d.DOC\0" % number)
        body += _tnef(2, 0x800F, 6, content) + _tnef(2, 0x9005, 6, properties)
    return b"\x78\x9f\x3e\x22\x01\x00" + body


def _tnef(level: int, attribute: int, kind: int, data: bytes) -> bytes:
    return struct.pack("<BHHI", level, attribute, kind, len(data)) + data + struct.pack("<H", sum(data) & 0xFFFF)


def signed(inner: bytes, *, in_pieces: bool) -> bytes:
    """A letter inside an S/MIME signature without signers; with stated lengths, or in pieces as OpenSSL streams it."""
    signed_oid, data_oid = bytes.fromhex("06092a864886f70d010702"), bytes.fromhex("06092a864886f70d010701")
    start = b"\x02\x01\x01\x31\x00"
    if not in_pieces:
        content = _der(0x30, data_oid + _der(0xA0, _der(0x04, inner)))
        return _der(0x30, signed_oid + _der(0xA0, _der(0x30, start + content + b"\x31\x00")))
    pieces = b"".join(_der(0x04, inner[at : at + 1000]) for at in range(0, len(inner), 1000))
    content = b"\x30\x80" + data_oid + b"\xa0\x80\x24\x80" + pieces + b"\0\0" * 3
    return b"\x30\x80" + signed_oid + b"\xa0\x80\x30\x80" + start + content + b"\x31\x00" + b"\0\0" * 3


def _der(tag: int, content: bytes) -> bytes:
    length = len(content)
    if length < 0x80:
        return bytes([tag, length]) + content
    size = (length.bit_length() + 7) // 8
    return bytes([tag, 0x80 | size]) + length.to_bytes(size, "big") + content


def many_recipients(number: int = 40_000) -> bytes:
    to = ",\r\n ".join(f'"Recipient {count}" <r{count}@school{count}.example>' for count in range(number))
    return letter(("form.pdf", PDF)).replace(b"To: forms@body.example\r\n", b"To: " + to.encode() + b"\r\n", 1)


def deep_multiparts(levels: int = 1_500) -> bytes:
    opened = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (level, level) for level in range(levels)
    )
    return b"From: office@hill.example\r\n" + opened + b"Content-Type: text/plain\r\n\r\nat the bottom\r\n"


def deep_letters(levels: int = 1_500) -> bytes:
    return b"From: office@hill.example\r\nContent-Type: message/rfc822\r\n\r\n" * levels + b"From: a@b.example\r\n\r\nend"


def many_parts(number: int = 100_000) -> bytes:
    return b"From: a@b.example\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\n\r\n\r\n" * number + b"--b--"


def near_misses(megabytes: int = 25) -> bytes:
    """Text that consists of lines which are nearly the boundary."""
    text = b"\n--bx" * (megabytes * 1024 * 1024 // 5)
    return b"From: a@b.example\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\n" + text + b"\r\n--b--"


def many_parameters(number: int = 50_000) -> bytes:
    return b"From: a@b.example\r\nContent-Type: text/plain" + b";\r\n a=b" * number + b"\r\n\r\nhello"


def deep_comments(levels: int = 5_000) -> bytes:
    return b"From: a@b.example\r\nCc: " + b"(" * levels + b")" * levels + b" c@d.example\r\n\r\nhello"


def deep_groups(levels: int = 5_000) -> bytes:
    return b"From: " + b"a:" * levels + b" c@d.example\r\n\r\nhello"


def hostile_html(kilobytes: int = 4_000) -> bytes:
    return b"From: a@b.example\r\nContent-Type: text/html\r\n\r\n" + b"<p>x<div><b>" * (kilobytes * 1024 // 12)


def padding_only(megabytes: int = 20) -> bytes:
    """Base64 in which every other letter is padding."""
    text = b"QQ==" * (megabytes * 1024 * 1024 // 4)
    return b"From: a@b.example\r\nContent-Transfer-Encoding: base64\r\n\r\n" + text


NASTY: dict[str, Callable[[], bytes]] = {
    "empty": lambda: b"",
    "blank": lambda: b"\r\n\r\n \r\n",
    "headers only": lambda: b"From: a@b.example\r\nSubject: nothing\r\n",
    "no headers": lambda: b"just some text\r\nand more\r\n",
    "zero bytes": lambda: b"\0" * 100_000,
    "40,000 recipients": many_recipients,
    "1,500 multiparts deep": deep_multiparts,
    "1,500 letters deep": deep_letters,
    "100,000 parts": many_parts,
    "near misses of the boundary": near_misses,
    "50,000 parameters": many_parameters,
    "5,000 comments deep": deep_comments,
    "5,000 groups deep": deep_groups,
    "hostile HTML": hostile_html,
    "padding only": padding_only,
    "one long line": lambda: b"From: a@b.example\r\n\r\n" + b"x" * (20 * 1024 * 1024),
    "one long header": lambda: b"Subject: " + b"x " * (10 * 1024 * 1024) + b"\r\n\r\nhello",
    "no blank line": lambda: b"Subject: a\r\n" * 500_000,
    "path as name": lambda: letter(("../../etc/passwd", PDF)),
    "zip bomb": lambda: letter(("forms.zip", zip_bomb())),
    "locked zip": lambda: letter(("forms.zip", locked_archive())),
    "zips in zips": lambda: letter(("forms.zip", archive_of_archives(30))),
    "zip of 5,000": lambda: letter(("forms.zip", archive(*((f"{number}.txt", b"") for number in range(5_000))))),
    "zip of 600 papers": lambda: letter(
        ("forms.zip", archive(*((f"{number}.pdf", PDF + b"%d" % number) for number in range(600))))
    ),
    "winmail of nothing": lambda: letter(("winmail.dat", winmail() + b"\2\x0f\x80\6\0\0\0\0\0\0\0" * 2_000_000)),
    "winmail of empty properties": lambda: letter(
        (
            "winmail.dat",
            winmail() + _tnef(2, 0x9005, 6, struct.pack("<I", 1 << 31) + struct.pack("<HHI", 0x101E, 1, 0) * 3_000_000),
        )
    ),
    "signed without end": lambda: letter(("smime.p7m", signed(b"x", in_pieces=True)[:-16] + b"\4\0" * 10_000_000)),
    "half a zip": lambda: letter(("forms.zip", archive(("form.pdf", PDF))[:40])),
    "charset of nonsense": lambda: b"From: a@b.example\r\nContent-Type: text/plain; charset=punycode\r\n\r\n" + b"a-" * 200_000,
    "boundary missing": lambda: b"From: a@b.example\r\nContent-Type: multipart/mixed\r\n\r\n--x\r\n\r\nhello\r\n--x--",
    "boundary never": lambda: b"From: a@b.example\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\nhello",
}
"""Letters that are made to break their reader, by what they do."""


def sample_letters(samples: Path) -> list[Path]:
    """Every message in the folder of sample mail."""
    skipped = {".json", ".md", ".txt", ".yml"}
    return sorted(
        file
        for file in (samples / "mail").rglob("*")
        if file.is_file() and file.suffix not in skipped and "LICEN" not in file.name.upper()
    )
