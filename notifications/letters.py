"""A letter as a value, and its bytes as they travel. What it says is composed elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter to one address. `envelope_sender` is empty where a bounce must not come back."""

    letter_id: str
    """The Message-ID with its angle brackets, the same in every attempt."""
    sender: str
    sender_name: str
    to: str
    envelope_sender: str
    subject: str
    text: str
    html: str
    written_at: datetime
    headers: tuple[tuple[str, str], ...] = ()

    def to_bytes(self) -> bytes:
        """The message with CRLF line ends.

        Raises `ValueError` for a header that would break out of its line, and for addresses outside ASCII: so few servers
        take them that a person had better find another way.
        """
        message = EmailMessage(policy=policy.SMTP)
        message["Message-ID"] = self.letter_id
        message["Date"] = format_datetime(self.written_at)
        message["From"] = Address(self.sender_name, addr_spec=self.sender)
        message["To"] = Address(addr_spec=self.to)
        message["Subject"] = self.subject
        for name, value in self.headers:
            message[name] = value
        message.set_content(self.text)
        message.add_alternative(self.html, subtype="html")
        return message.as_bytes()
