"""What the pages need to be told: whose they are, under which address, and for how long a sign-in lasts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from urllib.parse import urlsplit

from notifications.unsubscribe import MarketingTerms
from records.accounts import SessionTimes
from records.retention import Policy
from web.provider import ProviderSettings

LOOPBACK = (ip_network("127.0.0.0/8"), ip_network("::1/128"))


def _nothing() -> Sequence[str]:
    return ()


@dataclass(frozen=True, slots=True)
class Pulse:
    """What the process that serves the pages says of itself."""

    stalled: Callable[[], Sequence[str]] = _nothing
    """Names of its parts that make no progress: only starting anew helps."""
    troubles: Callable[[], Sequence[str]] = _nothing
    """Sentences on what a person has to look at, where starting anew by itself would not help."""


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
    marketing: MarketingTerms | None = None
    """On what terms announcements go out. None: the installation has no key, so no link could be signed."""
    mail_goes_out: bool = True
    """Whether the installation has a way for letters to leave."""
    retention: Policy | None = None
    """None: nothing goes by itself."""
    lets_go_at: str = ""
    """When the clock lets data go, in words: "2:30am"."""
    marks_key: bytes | None = field(default=None, repr=False)
    """The installation's key, by which an import recognises who was erased."""
    keep_ni_numbers: bool = False
    """Whether National Insurance numbers are kept, and so asked for."""
    form_bytes: int = 1024 * 1024
    """The largest form that a page may send."""
    version: str = ""
    metrics_networks: Sequence[IPv4Network | IPv6Network] = LOOPBACK
    """From where the numbers on the running service may be asked for."""
    second_factor: bool = True
    """Whether every member of staff needs an authenticator app."""
    provider: ProviderSettings | None = None
    """Where staff may sign in besides; None: nowhere."""
    training_days: int = 0
    """After how many days training in data protection is due again; 0: it is not asked for."""
    upload_bytes: int = 25 * 1024 * 1024
    """The largest file that somebody at a school may upload."""

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
    def asking_cookie(self) -> str:
        """Holds the secret of a browser that asked for a sign-in code."""
        return f"{self.cookie}-code"

    @property
    def cookie(self) -> str:
        """The prefix makes browsers refuse a cookie that was not set over https by this very host."""
        return "__Host-mailroom" if self.secure else "mailroom"

    def may_see_numbers(self, address: str | None, *, forwarded: bool) -> bool:
        """Whether somebody at this network address may see how the service is doing.

        What a proxy passes on may come from anywhere, whatever address the proxy itself has: never.
        """
        if address is None or forwarded:
            return False
        try:
            asking = ip_address(address)
        except ValueError:
            return False
        mapped = getattr(asking, "ipv4_mapped", None)
        return any((mapped or asking) in network for network in self.metrics_networks)
