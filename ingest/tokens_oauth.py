"""OAuth 2.0 access tokens for mailboxes: asked for over HTTPS, kept until they run out, and never shown.

Microsoft's by msal. Google's by one signed request (RFC 7523): PyJWT and requests are here anyway because msal needs them,
and google-auth would add three packages for it. Blocking: call from a thread.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

import jwt
import msal
import requests
from cryptography import x509

from ingest.mailbox_settings import Google, MailboxSettings, Microsoft

TIMEOUT_SECONDS = 30
GOOGLE_SCOPE = "https://mail.google.com/"
_EARLY = timedelta(minutes=5)
"""A token is taken as over this long before it is, so that it does not run out on the way."""


class TokenRefused(Exception):  # noqa: N818
    """The token server will not give us one; a person has to change something. The message says what, in words."""


class TokensAway(Exception):  # noqa: N818
    """The token server cannot be asked at the moment; it will do later."""


class Tokens(Protocol):
    """Gives access tokens for one mailbox."""

    def token(self) -> str:
        """Raises `TokenRefused` or `TokensAway`."""
        ...

    def forget(self) -> None:
        """Ask for a new one next time: this one was refused."""
        ...


def tokens_for(settings: MailboxSettings, clock: Callable[[], datetime]) -> Tokens | None:
    """None for a mailbox that is opened by a password."""
    if isinstance(settings.sign_in, Microsoft):
        return MicrosoftTokens(settings.sign_in, settings.authority_file)
    if isinstance(settings.sign_in, Google):
        return GoogleTokens(settings.sign_in, settings.user_name, clock, settings.authority_file)
    return None


class MicrosoftTokens:
    """Client credentials for Exchange Online. msal keeps the token and asks anew in time."""

    def __init__(self, sign_in: Microsoft, authority_file: Path | None = None) -> None:
        self._sign_in = sign_in
        self._verify: str | bool = str(authority_file) if authority_file else True
        self._application: Any = None
        logging.getLogger("msal").setLevel(logging.CRITICAL)

    def token(self) -> str:
        try:
            answer = self._asked().acquire_token_for_client([self._sign_in.scope])
        except requests.RequestException as fault:
            raise TokensAway(_why_away(fault)) from None
        except msal.exceptions.MsalServiceError as fault:
            message = f"The token server answers with an error ({fault})"
            raise TokensAway(message) from None
        except (ValueError, TypeError) as fault:
            # msal's words for a tenant that does not exist, and for a certificate file that holds none.
            message = f"No token from Microsoft: {_first_sentence(str(fault))}"
            raise TokenRefused(message) from None
        if "access_token" in answer:
            return str(answer["access_token"])
        return _refused("Microsoft", answer)

    def forget(self) -> None:
        if self._application is not None:
            self._application.remove_tokens_for_client()

    def _asked(self) -> Any:
        # Making one asks the network, so it waits until a token is needed.
        if self._application is None:
            self._application = msal.ConfidentialClientApplication(
                self._sign_in.client_id,
                authority=f"{self._sign_in.authority}/{self._sign_in.tenant}",
                client_credential=self._credential(),
                http_client=_Session(self._verify),
                # The authority stands in our configuration: nobody else needs to vouch for it.
                instance_discovery=False,
            )
        return self._application

    def _credential(self) -> str | dict[str, str]:
        if self._sign_in.certificate_file is None:
            return self._sign_in.client_secret
        try:
            text = self._sign_in.certificate_file.read_text(encoding="ascii")
        except OSError as fault:
            message = f"The certificate file cannot be read: {fault.strerror}"
            raise TokenRefused(message) from None
        return {"private_key": text, "public_certificate": text}


class _Session(requests.Session):
    """Waits only so long, and trusts what it was told to trust, whatever the environment says."""

    def __init__(self, verify: str | bool) -> None:
        super().__init__()
        self._trusted = verify

    def request(self, *arguments: Any, **named: Any) -> requests.Response:
        return super().request(*arguments, **({"timeout": TIMEOUT_SECONDS, "verify": self._trusted} | named))


class GoogleTokens:
    """A service account that acts as the user of the mailbox (domain-wide delegation)."""

    def __init__(
        self, sign_in: Google, user_name: str, clock: Callable[[], datetime], authority_file: Path | None = None
    ) -> None:
        self._sign_in = sign_in
        self._user_name = user_name
        self._clock = clock
        self._verify = str(authority_file) if authority_file else True
        self._kept: tuple[str, float] | None = None

    def token(self) -> str:
        if self._kept is not None and time.monotonic() < self._kept[1]:
            return self._kept[0]
        account = self._account()
        try:
            answer = requests.post(
                account["token_uri"],
                data={"grant_type": "urn:ietf:params:oauth:grant-type:jwt-bearer", "assertion": self._assertion(account)},
                timeout=TIMEOUT_SECONDS,
                verify=self._verify,
            )
        except requests.RequestException as fault:
            raise TokensAway(_why_away(fault)) from None
        content = _json(answer)
        if answer.status_code >= requests.codes.server_error or answer.status_code == requests.codes.too_many_requests:
            message = f"The token server answers with {answer.status_code}"
            raise TokensAway(message)
        if "access_token" not in content:
            return _refused("Google", content)
        lasts = float(content.get("expires_in", 0)) - _EARLY.total_seconds()
        self._kept = (str(content["access_token"]), time.monotonic() + lasts)
        return self._kept[0]

    def forget(self) -> None:
        self._kept = None

    def _account(self) -> dict[str, str]:
        try:
            account = json.loads(self._sign_in.account_file.read_text(encoding="utf-8"))
            return {key: str(account[key]) for key in ("client_email", "private_key", "token_uri", "private_key_id")}
        except OSError as fault:
            message = f"The key file of the service account cannot be read: {fault.strerror}"
            raise TokenRefused(message) from None
        except (ValueError, KeyError, TypeError):
            raise TokenRefused("The key file is not that of a Google service account") from None

    def _assertion(self, account: dict[str, str]) -> str:
        now = self._clock()
        claims = {
            "iss": account["client_email"],
            "sub": self._user_name,
            "scope": GOOGLE_SCOPE,
            "aud": account["token_uri"],
            "iat": now,
            "exp": now + timedelta(hours=1),
        }
        try:
            return jwt.encode(claims, account["private_key"], algorithm="RS256", headers={"kid": account["private_key_id"]})
        except (ValueError, TypeError, jwt.PyJWTError):
            raise TokenRefused("The private key in the key file of the service account cannot be used") from None


def certificate_ends(settings: MailboxSettings) -> datetime | None:
    """When the certificate that we sign in with runs out; None where there is none, or none that can be read."""
    file = settings.sign_in.certificate_file if isinstance(settings.sign_in, Microsoft) else None
    if file is None:
        return None
    try:
        return x509.load_pem_x509_certificate(file.read_bytes()).not_valid_after_utc.astimezone(UTC)
    except (OSError, ValueError):
        return None


def _json(answer: requests.Response) -> dict[str, Any]:
    try:
        content = answer.json()
    except ValueError:
        return {}
    return content if isinstance(content, dict) else {}


def _refused(whose: str, answer: dict[str, Any]) -> str:
    error = str(answer.get("error", "no reason given"))
    if error in {"temporarily_unavailable", "server_error"}:
        message = f"The token server is busy ({error})"
        raise TokensAway(message)
    said = _first_sentence(str(answer.get("error_description", "")))
    message = f"No token from {whose}: {error}{f' ({said})' if said else ''}"
    raise TokenRefused(message)


def _first_sentence(text: str) -> str:
    """Microsoft adds trace numbers on further lines."""
    return (text.strip().splitlines() or [""])[0].partition(" Trace ID")[0][:300]


def _why_away(fault: requests.RequestException) -> str:
    if isinstance(fault, requests.exceptions.SSLError):
        return "The token server's certificate is not to be trusted"
    if isinstance(fault, requests.exceptions.Timeout):
        return "The token server did not answer in time"
    return "The token server cannot be reached"
