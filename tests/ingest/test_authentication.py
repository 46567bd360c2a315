"""What other servers said about a sender: only those that we trust are believed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.authentication import Verdict, read_results
from ingest.headers import Headers, read_head

TRUSTED = ("mx.body.example",)


def _headers(*results: str, sender: str = "Office <office@hill.example>") -> Headers:
    lines = [f"Authentication-Results: {result}" for result in results]
    raw = "\r\n".join([*lines, f"From: {sender}", "", ""]).encode()
    return read_head(raw, 0, len(raw))[0]


@pytest.mark.parametrize(
    ("results", "verdict"),
    [
        ("mx.body.example; dmarc=pass (p=reject) header.from=hill.example", Verdict.VERIFIED),
        ("MX.body.example 1; dkim=pass header.d=hill.example; dmarc=none", Verdict.VERIFIED),
        ("mx.body.example; spf=pass smtp.mailfrom=office@hill.example", Verdict.VERIFIED),
        ("mx.body.example; spf=pass smtp.mailfrom=x@bulk.example; dkim=pass header.d=bulk.example", Verdict.NOT_KNOWN),
        ("mx.body.example; dmarc=pass header.from=other.example", Verdict.NOT_KNOWN),
        ("mx.body.example; dkim=pass header.d=hill.example; dmarc=fail header.from=hill.example", Verdict.FAILED),
        ("mx.body.example; none", Verdict.NOT_KNOWN),
        ("elsewhere.example; dmarc=pass header.from=hill.example", Verdict.NOT_KNOWN),
    ],
)
def test_only_a_trusted_server_can_vouch_for_the_from_address(results: str, verdict: Verdict) -> None:
    assert read_results(_headers(results), TRUSTED)["verdict"] == verdict.value


def test_the_topmost_field_of_the_trusted_server_counts() -> None:
    forged = "mx.body.example; dmarc=pass header.from=hill.example"
    found = read_results(_headers("mx.body.example; dmarc=fail header.from=hill.example", forged), TRUSTED)
    assert found["verdict"] == Verdict.FAILED.value


def test_without_a_trusted_server_nothing_is_known() -> None:
    assert read_results(_headers("mx.body.example; dmarc=pass"), ()) == {"verdict": Verdict.NOT_KNOWN.value}


def test_a_comment_forges_no_result() -> None:
    found = read_results(_headers("mx.body.example; spf=fail (dmarc=pass header.from=hill.example;)"), TRUSTED)
    assert found["verdict"] == Verdict.NOT_KNOWN.value


def test_two_from_addresses_are_never_verified() -> None:
    headers = _headers("mx.body.example; spf=pass smtp.mailfrom=x@hill.example", sender="a@hill.example, b@other.example")
    assert read_results(headers, TRUSTED)["verdict"] == Verdict.NOT_KNOWN.value


@given(st.text(max_size=200))
def test_any_field_gives_a_verdict(field: str) -> None:
    headers = Headers((("authentication-results", f"mx.body.example;{field}".encode()),))
    assert read_results(headers, TRUSTED)["verdict"] in set(Verdict)
