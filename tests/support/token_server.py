"""A token server on loopback: real HTTPS for us, plain HTTP for the mail server that asks whether a token is good.

It plays the two that we know: Microsoft's (client credentials by secret or certificate) and Google's (a service account's
signed request). What it does not know it refuses, in their words.
"""

from __future__ import annotations

import json
import secrets
import ssl
import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Self
from urllib.parse import parse_qs

import jwt
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

TENANT, CLIENT, SECRET = "11111111-2222-3333-4444-555555555555", "mailroom-client", "a secret of the application"
SERVICE_ACCOUNT = "mailroom@project.example"
_ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
_GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"


@dataclass
class TokenServer:
    """Start it as a context manager. `user` is whose mailbox the tokens open."""

    user: str
    folder: Path
    certificate: tuple[Path, Path]
    """The files of the server's own certificate and key."""
    lasts_seconds: int = 3600
    refuse_in_mailbox: bool = False
    """Say "not active" to the mail server: a token that was good is not any more."""
    busy: bool = False
    given: list[str] = field(default_factory=list)
    """The tokens, in the order in which they were given."""

    def __enter__(self) -> Self:
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*self.certificate)
        self._servers = [self._serving(), self._serving(context)]
        plain, encrypted = (server.server_address[1] for server in self._servers)
        self.introspection_url = f"http://127.0.0.1:{plain}/introspect"
        self.authority = f"https://localhost:{encrypted}"
        return self

    def __exit__(self, *_: object) -> None:
        for server, thread in zip(self._servers, self._threads, strict=True):
            server.shutdown()
            thread.join()
            server.server_close()

    def _serving(self, context: ssl.SSLContext | None = None) -> ThreadingHTTPServer:
        outer = self

        class Answering(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self._answer(*outer.look_up(self.path))

            def do_POST(self) -> None:
                length = int(self.headers.get("Content-Length", 0))
                form = {key: values[0] for key, values in parse_qs(self.rfile.read(length).decode()).items()}
                self._answer(*outer.ask(self.path, form))

            def _answer(self, status: int, content: dict[str, Any]) -> None:
                packed = json.dumps(content).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(packed)))
                self.end_headers()
                self.wfile.write(packed)

            def log_message(self, *_: object) -> None:  # a test's output is no access log
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
        if context is not None:
            server.socket = context.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, name="token server")
        thread.start()
        self._threads = [*getattr(self, "_threads", []), thread]
        return server

    def look_up(self, path: str) -> tuple[int, dict[str, Any]]:
        if self.busy:
            return 503, {"error": "temporarily_unavailable"}
        if path.startswith(f"/{TENANT}/v2.0/.well-known/openid-configuration"):
            base = f"{self.authority}/{TENANT}"
            endpoints = {"authorization_endpoint": f"{base}/oauth2/v2.0/authorize", "token_endpoint": self.microsoft_endpoint}
            return 200, {"issuer": f"{base}/v2.0", **endpoints}
        said = "AADSTS90002: Tenant not found. Trace ID: 1 Correlation ID: 2"
        return 400, {"error": "invalid_tenant", "error_description": said}

    def ask(self, path: str, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        if path == "/introspect":
            active = form.get("token") in self.given and not self.refuse_in_mailbox
            return 200, {"active": active, "username": self.user} if active else {"active": False}
        if self.busy:
            return 503, {"error": "temporarily_unavailable"}
        problem = self._microsoft(form) if path == f"/{TENANT}/oauth2/v2.0/token" else self._google(form)
        if problem is not None:
            return 400, problem
        self.given.append(secrets.token_urlsafe(32))
        return 200, {"token_type": "Bearer", "access_token": self.given[-1], "expires_in": self.lasts_seconds}

    @property
    def microsoft_endpoint(self) -> str:
        return f"{self.authority}/{TENANT}/oauth2/v2.0/token"

    @property
    def google_endpoint(self) -> str:
        return f"{self.authority}/google/token"

    def _microsoft(self, form: dict[str, str]) -> dict[str, str] | None:
        right = {"grant_type": "client_credentials", "scope": "https://outlook.office365.com/.default", "client_id": CLIENT}
        wrong = [key for key, value in right.items() if form.get(key) != value]
        if wrong:
            return {"error": "invalid_request", "error_description": f"AADSTS900144: {', '.join(wrong)}"}
        if form.get("client_assertion_type") == _ASSERTION:
            return self._checked(form["client_assertion"], ["PS256"], self.microsoft_endpoint, {"iss": CLIENT, "sub": CLIENT})
        if form.get("client_secret") == SECRET:
            return None
        said = "AADSTS7000215: Invalid client secret provided.\r\nTrace ID: 1\r\nCorrelation ID: 2"
        return {"error": "invalid_client", "error_description": said}

    def _google(self, form: dict[str, str]) -> dict[str, str] | None:
        if form.get("grant_type") != _GRANT:
            return {"error": "unsupported_grant_type"}
        claims = {"iss": SERVICE_ACCOUNT, "sub": self.user, "scope": "https://mail.google.com/"}
        return self._checked(form["assertion"], ["RS256"], self.google_endpoint, claims)

    def _checked(self, assertion: str, algorithms: list[str], audience: str, claims: dict[str, str]) -> dict[str, str] | None:
        """None for an assertion that our key signed and that says what it must."""
        try:
            said = jwt.decode(assertion, self.key.public_key(), algorithms=algorithms, audience=audience)
        except jwt.PyJWTError as fault:
            return {"error": "invalid_grant", "error_description": type(fault).__name__}
        wrong = [key for key, value in claims.items() if said.get(key) != value]
        return {"error": "invalid_grant", "error_description": ", ".join(wrong)} if wrong else None

    def application_certificate(self, days: int = 365) -> Path:
        """The PEM file with the key and the certificate that are registered for the application."""
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mailroom")])
        now = datetime.now(UTC)
        certificate = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(self.key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(hours=1))
            .not_valid_after(now + timedelta(days=days, minutes=1))
            .sign(self.key, hashes.SHA256())
        )
        file = self.folder / f"application-{days}.pem"
        file.write_bytes(self._private_key() + certificate.public_bytes(serialization.Encoding.PEM))
        return file

    def account_file(self) -> Path:
        """The key file of the service account."""
        content = {
            "type": "service_account",
            "client_email": SERVICE_ACCOUNT,
            "private_key_id": "1",
            "private_key": self._private_key().decode(),
            "token_uri": self.google_endpoint,
        }
        file = self.folder / "account.json"
        file.write_text(json.dumps(content))
        return file

    def _private_key(self) -> bytes:
        plain = serialization.NoEncryption()
        return self.key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
