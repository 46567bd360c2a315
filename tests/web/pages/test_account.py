"""Your own account."""

from tests.support.house import PASSWORD, World, text_of

NEW = "kettle-river-moss"


def change(world: World, browser: object, current: str = PASSWORD, new: str = NEW, again: str = NEW) -> object:
    return browser.post("/account/password", data={"current": current, "password": new, "again": again})  # type: ignore[attr-defined]


def test_signing_out_ends_the_session_and_clears_the_browser(bare: World) -> None:
    browser = bare.client("assessor")
    token = browser.cookies["mailroom"]
    answer = browser.post("/sign-out")
    assert answer.headers["location"] == "/sign-in"
    assert "cache" in answer.headers["clear-site-data"]
    assert "mailroom" not in browser.cookies
    thief = bare.client()
    thief.cookies.set("mailroom", token)
    assert thief.get("/queue").status_code == 303


def test_signing_out_everywhere_ends_the_other_browser_too(bare: World) -> None:
    here, there, colleague = bare.client("assessor"), bare.client("assessor"), bare.client("reader")
    here.post("/sign-out-everywhere")
    assert there.get("/queue").status_code == 303
    assert colleague.get("/queue").status_code == 200


def test_new_password_needs_the_old_one_and_ends_other_sessions(bare: World) -> None:
    here, there = bare.client("assessor"), bare.client("assessor")
    refused = change(bare, here, current="not the right one")
    assert refused.status_code == 422  # type: ignore[attr-defined]
    assert "current password is not right" in text_of(refused.text)  # type: ignore[attr-defined]
    assert there.get("/queue").status_code == 200
    assert change(bare, here).status_code == 303  # type: ignore[attr-defined]
    assert "Your password has been changed" in here.get("/account?changed=yes").text
    assert there.get("/queue").status_code == 303
    assert bare.client().post("/sign-in", data={"user-name": "assessor", "password": PASSWORD}).status_code == 422
    assert bare.client().post("/sign-in", data={"user-name": "assessor", "password": NEW}).status_code == 303


def test_guessing_the_old_password_here_locks_the_account(bare: World) -> None:
    browser = bare.client("assessor")
    for _attempt in range(5):
        change(bare, browser, current="not the right one")
    assert change(bare, browser).status_code == 422  # type: ignore[attr-defined]


def test_account_page_says_who_you_are(bare: World) -> None:
    page = text_of(bare.client("assessor").get("/account").text)
    assert "Assessor Tester" in page
    assert "User name assessor" in page
