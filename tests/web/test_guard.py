"""What surrounds every page."""

import re

import pytest

from tests.support.house import BASE, PASSWORD, World, world

SIGN_IN = {"user-name": "assessor", "password": PASSWORD}


@pytest.mark.parametrize("path", ["/sign-in", "/nowhere", "/healthz", "/cookies", "/favicon.ico", "/queue"])
def test_every_answer_carries_the_headers(bare: World, path: str) -> None:
    headers = bare.client().get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cache-control"] == "no-store"
    policy = headers["content-security-policy"]
    for rule in ("default-src 'self'", "form-action 'self'", "frame-ancestors 'none'", "object-src 'none'", "base-uri 'none'"):
        assert rule in policy
    assert "unsafe" not in policy


def test_each_page_has_its_own_nonce_and_no_other_inline_script(bare: World) -> None:
    browser = bare.client()
    nonces = set()
    for _visit in range(2):
        page = browser.get("/sign-in")
        inline = re.findall(r"<script(?![^>]*\bsrc=)([^>]*)>", page.text)
        assert len(inline) == 1
        nonce = re.search(r'nonce="([^"]+)"', inline[0])
        assert nonce
        assert f"'nonce-{nonce[1]}'" in page.headers["content-security-policy"]
        nonces.add(nonce[1])
        assert not re.search(r'\son[a-z]+="|\sstyle="', page.text), "the policy would refuse these"
    assert len(nonces) == 2


@pytest.mark.parametrize("site", ["same-site", "cross-site"])
def test_write_from_another_site_is_refused(desk: World, site: str) -> None:
    browser = desk.client("assessor")
    path = f"/submissions/{desk.ids['clear']}/accept"
    assert browser.post(path, headers={"sec-fetch-site": site}).status_code == 403
    assert browser.get("/queue", headers={"sec-fetch-site": site}).status_code == 200, "reading is no write"


@pytest.mark.parametrize(
    ("headers", "accepted"),
    [
        ({"sec-fetch-site": "same-origin"}, True),
        ({"sec-fetch-site": "none"}, True),
        ({"sec-fetch-site": "cross-site", "origin": BASE}, False),
        ({"origin": BASE}, True),
        ({"origin": BASE.upper()}, True),
        ({"origin": "http://desk.example:81"}, False),
        ({"origin": "https://desk.example"}, False),
        ({"origin": "http://desk.example.evil.example"}, False),
        ({"origin": "null"}, False),
        ({}, False),
    ],
)
def test_write_needs_a_sign_that_it_is_ours(bare: World, headers: dict[str, str], accepted: bool) -> None:
    browser = bare.client()
    del browser.headers["origin"]
    assert browser.post("/sign-in", data=SIGN_IN, headers=headers).status_code == (303 if accepted else 403)


def test_cookie_is_plain_on_loopback_and_host_bound_on_https(bare: World, tmp_path: object) -> None:
    cookie = bare.client().post("/sign-in", data=SIGN_IN).headers["set-cookie"]
    assert cookie.startswith("mailroom=")
    assert "HttpOnly" in cookie
    assert "samesite=lax" in cookie.casefold()
    assert "secure" not in cookie.casefold()
    assert "domain" not in cookie.casefold()


def test_https_installation_sets_a_secure_cookie_and_hsts(sqlite: object, tmp_path: object) -> None:
    made = world(sqlite, tmp_path, "https://desk.example")  # type: ignore[arg-type]
    answer = made.client().post("/sign-in", data=SIGN_IN)
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-mailroom=")
    assert "Secure" in cookie
    assert "Path=/" in cookie
    assert "max-age=31536000" in answer.headers["strict-transport-security"]


def test_form_larger_than_the_limit_is_refused(bare: World) -> None:
    answer = bare.client().post("/sign-in", data={"user-name": "x" * (bare.settings.form_bytes + 1)})
    assert answer.status_code == 413


def test_form_with_a_thousand_fields_is_refused_in_words(bare: World) -> None:
    answer = bare.client().post("/sign-in", data={f"field{number}": "x" for number in range(1000)})
    assert answer.status_code == 400
    assert "could not read what you sent" in answer.text


def test_uploaded_file_is_refused_where_no_page_takes_one(bare: World) -> None:
    answer = bare.client().post("/sign-in", files={"user-name": ("a.txt", b"x")})
    assert answer.status_code == 400
