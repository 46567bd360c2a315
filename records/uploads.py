"""Uploaded files as a letter: so that they are kept, opened and read like everything else that comes in. Pure."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime

LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class UploadedFile:
    """A file as a browser sent it."""

    name: str
    content: bytes

    @property
    def plain_name(self) -> str:
        """Without folders and control characters; old browsers send the whole path."""
        last = re.split(r"[\\/]", self.name)[-1]
        return "".join(character for character in last if character.isprintable()).strip()[-LONGEST_NAME:] or "form"


def called(files: Sequence[UploadedFile]) -> str:
    """What people call them: "page 1.jpg and 2 more"."""
    rest = f" and {len(files) - 1} more" if len(files) > 1 else ""
    return f"{files[0].plain_name}{rest}"


def mark_of(files: Sequence[UploadedFile], *, once: str, words: str) -> str:
    """What tells one upload from another: hexadecimal digits, the same for the same files sent twice from one page.

    The page alone does not tell: a browser that goes back to it sends other files from it.
    """
    told = hashlib.sha256()
    for part in (once.encode(), words.encode("utf-8", "replace"), *(part for file in files for part in _parts(file))):
        told.update(hashlib.sha256(part).digest())
    return told.hexdigest()[:32]


def _parts(file: UploadedFile) -> tuple[bytes, bytes]:
    return file.name.encode("utf-8", "replace"), file.content


def letter_around(
    files: Sequence[UploadedFile], *, sender: str, sender_name: str, mark: str, words: str, now: datetime
) -> bytes:
    """A small message with the files attached. `mark` makes its Message-ID."""
    message = EmailMessage(policy=policy.SMTP)
    message["Message-ID"] = f"<upload.{mark}@mailroom.invalid>"
    message["Date"] = format_datetime(now)
    message["From"] = Address(_one_line(sender_name), addr_spec=sender)
    message["Subject"] = f"Uploaded: {called(files)}"
    message.set_content(words.strip() or "Uploaded on the pages of the service.")
    for file in files:
        message.add_attachment(file.content, maintype="application", subtype="octet-stream", filename=file.plain_name)
    return message.as_bytes()


def _one_line(text: str) -> str:
    return " ".join(text.split())
