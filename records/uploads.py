"""An uploaded file as a letter: so that it is kept, opened and read like everything else that comes in. Pure."""

from __future__ import annotations

import re
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


def letter_around(file: UploadedFile, *, sender: str, sender_name: str, once: str, words: str, now: datetime) -> bytes:
    """A small message with the file attached. `once` makes its Message-ID: the same upload gives the same letter."""
    message = EmailMessage(policy=policy.SMTP)
    message["Message-ID"] = f"<upload.{once}@mailroom.invalid>"
    message["Date"] = format_datetime(now)
    message["From"] = Address(_one_line(sender_name), addr_spec=sender)
    message["Subject"] = f"Uploaded: {file.plain_name}"
    message.set_content(words.strip() or "Uploaded on the pages of the service.")
    message.add_attachment(file.content, maintype="application", subtype="octet-stream", filename=file.plain_name)
    return message.as_bytes()


def _one_line(text: str) -> str:
    return " ".join(text.split())
