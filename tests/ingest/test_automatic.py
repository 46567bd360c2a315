"""Mail written by machines is told apart from letters of people."""

import pytest

from ingest.automatic import why_automatic
from ingest.headers import Headers, read_head


def _headers(*lines: str) -> Headers:
    raw = "\r\n".join(["From: office@hill.example", *lines, "", ""]).encode()
    return read_head(raw, 0, len(raw))[0]


@pytest.mark.parametrize(
    "line",
    [
        "Auto-Submitted: auto-replied (vacation)",
        "Auto-Submitted: auto-generated; owner-email=x",
        "Return-Path: <>",
        "Content-Type: multipart/report; report-type=delivery-status; boundary=x",
        "Precedence: bulk",
        "Precedence: auto_reply",
        "List-Id: <staff.hill.example>",
        "List-Unsubscribe: <https://hill.example/u>",
        "X-Autoreply: yes",
        "X-Autorespond: out of office",
    ],
)
def test_mail_that_a_machine_sent_is_told_by_its_headers(line: str) -> None:
    assert why_automatic(_headers(line), "office@hill.example")


@pytest.mark.parametrize(
    "line", ["Auto-Submitted: no", "X-Auto-Response-Suppress: All", "Precedence: first-class", "X-Autoreply: no"]
)
def test_a_persons_letter_stays_one(line: str) -> None:
    assert why_automatic(_headers(line), "office@hill.example") is None


@pytest.mark.parametrize("sender", ["", "<>"])
def test_a_null_sender_is_automatic_and_an_unknown_envelope_is_not(sender: str) -> None:
    assert why_automatic(_headers(), sender)
    assert why_automatic(_headers(), None) is None


@pytest.mark.parametrize("address", ["MAILER-DAEMON@mx.example", "noreply@school.example", "no-reply+1@school.example"])
def test_machines_addresses_are_known(address: str) -> None:
    raw = f"From: {address}\r\n\r\n".encode()
    assert why_automatic(read_head(raw, 0, len(raw))[0], "x@school.example")


def test_a_letter_that_went_round_in_circles_is_automatic() -> None:
    assert why_automatic(_headers(*["Received: from a by b"] * 25), "office@hill.example")
    assert why_automatic(_headers(*["Received: from a by b"] * 24), "office@hill.example") is None
