"""What the pages are told."""

import pytest

from web.settings import WebSettings


@pytest.mark.parametrize(
    "wrong", ["", "mailroom.example", "ftp://mailroom.example", "https://mailroom.example/folder", "https://"]
)
def test_base_url_must_be_scheme_and_host(wrong: str) -> None:
    with pytest.raises(ValueError, match="base_url"):
        WebSettings(wrong, "Body")


def test_cookie_follows_the_scheme() -> None:
    assert WebSettings("https://mailroom.example", "Body").cookie == "__Host-mailroom"
    assert WebSettings("http://127.0.0.1:8000/", "Body").cookie == "mailroom"
    assert WebSettings("https://Mailroom.Example", "Body").origin == "https://mailroom.example"
