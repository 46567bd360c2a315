"""The sign-in provider of the body (OpenID Connect): the way there, and who came back. Knows no database and no page."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, KeySetSerialization

SECONDS = 10
"""How long the provider may take to answer."""
SIGNED_BY = ["RS256", "PS256", "ES256"]
SKEW_SECONDS = 60


class ProviderFault(Exception):  # noqa: N818
    """The provider could not be reached, or what it said does not hold. Says what an administrator should look at."""


@dataclass(frozen=True, slots=True)
class ProviderSettings:
    """Where the body's people have their accounts."""

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    name: str = "your organisation’s account"
    """As the button says it."""


def way_there(settings: ProviderSettings, back: str, *, state: str, nonce: str, verifier: str) -> str:
    """The address to send the browser to. Raises `ProviderFault`."""
    known = _discovered(settings)
    with _client(settings, back) as client:
        url, _state = client.create_authorization_url(
            known["authorization_endpoint"], state=state, nonce=nonce, code_verifier=verifier
        )
    return str(url)


def who_came_back(settings: ProviderSettings, back: str, *, code: str, nonce: str, verifier: str, now: datetime) -> str:
    """The subject whom the provider vouches for, after every check of OpenID Connect Core 3.1.3.7. Raises `ProviderFault`."""
    known = _discovered(settings)
    try:
        with _client(settings, back) as client:
            answer = client.fetch_token(known["token_endpoint"], code=code, code_verifier=verifier, timeout=SECONDS)
        keys = KeySet.import_key_set(cast("KeySetSerialization", _fetched(known["jwks_uri"])))
        token = jwt.decode(str(answer.get("id_token") or ""), keys, algorithms=SIGNED_BY)
        rules = jwt.JWTClaimsRegistry(
            now=int(now.timestamp()),
            leeway=SKEW_SECONDS,
            iss={"essential": True, "value": settings.issuer},
            aud={"essential": True, "value": settings.client_id},
            exp={"essential": True},
            iat={"essential": True},
            sub={"essential": True},
            nonce={"essential": True, "value": nonce},
        )
        rules.validate(token.claims)
    except (AuthlibBaseError, JoseError, requests.RequestException, ValueError, KeyError) as fault:
        message = f"the sign-in provider's answer does not hold ({type(fault).__name__})"
        raise ProviderFault(message) from fault
    if token.claims.get("azp", settings.client_id) != settings.client_id:
        raise ProviderFault("the sign-in provider's answer is for somebody else")
    return str(token.claims["sub"])


def _client(settings: ProviderSettings, back: str) -> OAuth2Session:
    return OAuth2Session(
        settings.client_id,
        settings.client_secret,
        scope="openid",
        redirect_uri=back,
        code_challenge_method="S256",
        token_endpoint_auth_method="client_secret_basic",  # noqa: S106 - the name of a method
    )


def _discovered(settings: ProviderSettings) -> dict[str, Any]:
    known = _fetched(f"{settings.issuer.rstrip('/')}/.well-known/openid-configuration")
    if known.get("issuer") != settings.issuer:
        raise ProviderFault("the sign-in provider names another issuer than the settings do")
    if not all(known.get(name) for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")):
        raise ProviderFault("the sign-in provider's description lacks an address")
    return known


def _fetched(url: str) -> dict[str, Any]:
    try:
        with requests.get(url, timeout=SECONDS, allow_redirects=False) as answer:
            answer.raise_for_status()
            return dict(answer.json())
    except (requests.RequestException, ValueError) as fault:
        message = f"the sign-in provider does not answer ({type(fault).__name__})"
        raise ProviderFault(message) from fault
