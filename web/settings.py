"""What the pages need to be told: whose they are, under which address, and for how long a sign-in lasts."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from records.accounts import SessionTimes


@dataclass(frozen=True, slots=True)
class WebSettings:
    """One installation is one appropriate body: its name and addresses are settings, never code."""

    base_url: str
    """Scheme, host and port that people's browsers use: "https://mailroom.body.example"."""
    body_name: str
    body_email: str = ""
    body_address: str = ""
    body_telephone: str = ""
    data_protection_officer: str = ""
    """Name and address of the data protection officer, as people should read it."""
    demo: bool = False
    times: SessionTimes = field(default_factory=SessionTimes)
    form_bytes: int = 1024 * 1024
    """The largest form that a page may send."""

    def __post_init__(self) -> None:
        parts = urlsplit(self.base_url)
        if parts.scheme not in {"http", "https"} or not parts.netloc or parts.path not in {"", "/"}:
            raise ValueError("base_url must be a scheme and a host, like https://mailroom.body.example")

    @property
    def origin(self) -> str:
        """As browsers write it in the Origin header."""
        parts = urlsplit(self.base_url)
        return f"{parts.scheme}://{parts.netloc.casefold()}"

    @property
    def secure(self) -> bool:
        return urlsplit(self.base_url).scheme == "https"

    @property
    def cookie(self) -> str:
        """The prefix makes browsers refuse a cookie that was not set over https by this very host."""
        return "__Host-mailroom" if self.secure else "mailroom"
