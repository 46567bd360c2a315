"""Uploaded files as a letter: so that they are kept, opened and read like everything else that comes in. Pure."""

from __future__ import annotations

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


def letter_around(
    files: Sequence[UploadedFile], *, sender: str, sender_name: str, once: str, words: str, now: datetime
) -> bytes:
    """A small message with the files attached. `once` makes its Message-ID: the same upload gives the same letter."""
    message = EmailMessage(policy=policy.SMTP)
    message["Message-ID"] = f"<upload.{once}@mailroom.invalid>"
    message["Date"] = format_datetime(now)
    message["From"] = Address(_one_line(sender_name), addr_spec=sender)
    message["Subject"] = f"Uploaded: {called(files)}"
    message.set_content(words.strip() or "Uploaded on the pages of the service.")
    for file in files:
        message.add_attachment(file.content, maintype="application", subtype="octet-stream", filename=file.plain_name)
    return message.as_bytes()


def _one_line(text: str) -> str:
    return " ".join(text.split())
