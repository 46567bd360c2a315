"""The tables of mailboxes: the example shows each key with its default, and what does not go together is told with its path."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from pydantic_core import PydanticUndefined

from ingest.mailbox_settings import Google, Microsoft, Password
from mailroom.config import load, secret_names
from mailroom.config_mailboxes import MailboxTable
from mailroom.mailboxes import mailbox_settings
from tests.mailroom.test_config import EXAMPLE, LEAST, _no_settings_in_the_environment, problems, shown, written

__all__ = ["_no_settings_in_the_environment"]

BOX = LEAST + '[ingest.mailboxes.forms]\nhost = "imap.body.example"\nuser_name = "forms@body.example"\n'


def example_uncommented() -> str:
    """The example with its mailbox switched on, as its words say: one # taken away."""
    before, start, rest = EXAMPLE.read_text(encoding="utf-8").partition("# [ingest.mailboxes.forms]\n")
    table, end, after = rest.partition("\n[parsers]")
    lines = [re.sub(r"^# ?", "", line) for line in (start + table).splitlines()]
    return before + "\n".join(lines) + end + after


def example_table() -> dict[str, Any]:
    return tomllib.loads(example_uncommented())["ingest"]["mailboxes"]["forms"]  # type: ignore[no-any-return]


def test_the_example_has_every_key_of_a_mailbox_and_no_other() -> None:
    assert set(example_table()) == set(MailboxTable.model_fields) - set(secret_names(MailboxTable))


def test_the_example_shows_every_default_of_a_mailbox() -> None:
    for key, field in MailboxTable.model_fields.items():
        if key not in secret_names(MailboxTable) and field.default is not PydanticUndefined:
            assert example_table()[key] == shown(field.default), key


def test_every_key_of_a_mailbox_in_the_example_has_a_sentence_above_it() -> None:
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()
    keys = [number for number, line in enumerate(lines) if re.match(r"# [a-z_]+ = ", line)]
    assert len(keys) == len(example_table())
    for number in keys:
        assert lines[number - 1].startswith("## "), lines[number]
        assert lines[number - 1].endswith("."), lines[number]


def test_every_key_of_a_mailbox_is_read_somewhere() -> None:
    code = (EXAMPLE.parent / "mailroom" / "mailboxes.py").read_text(encoding="utf-8")
    for key in MailboxTable.model_fields:
        if key.removesuffix("_file") not in secret_names(MailboxTable):
            assert f".{key}" in code, key


def test_the_example_with_its_mailbox_switched_on_lacks_only_the_password(tmp_path: Path) -> None:
    assert problems(written(tmp_path, example_uncommented())) == [
        "ingest.mailboxes.forms.password_file: signing in by password needs one"
    ]


def test_a_password_is_read_from_its_file_beside_the_configuration(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("open sesame\n")
    settings = load(written(tmp_path, BOX + 'password_file = "secret"\n'))
    box = mailbox_settings(settings, "forms")
    assert box.sign_in == Password("open sesame")
    assert (box.name, box.host, box.port, box.folder) == ("forms", "imap.body.example", 993, "INBOX")
    assert "sesame" not in repr(settings)
    assert "sesame" not in repr(box)


def test_a_password_may_come_from_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAILROOM_INGEST__MAILBOXES__FORMS__PASSWORD", "from outside")
    assert mailbox_settings(load(written(tmp_path, BOX)), "forms").sign_in == Password("from outside")


def test_microsoft_and_google_get_what_they_need(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("s")
    text = BOX + 'sign_in = "microsoft"\ntenant = "t"\nclient_id = "c"\nclient_secret_file = "secret"\n'
    text += '[ingest.mailboxes.more]\nhost = "imap.gmail.com"\nuser_name = "more@body.example"\n'
    text += 'sign_in = "google"\nservice_account_file = "account.json"\n'
    settings = load(written(tmp_path, text))
    assert mailbox_settings(settings, "forms").sign_in == Microsoft("t", "c", client_secret="s")
    assert mailbox_settings(settings, "more").sign_in == Google(tmp_path / "account.json")


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ("", "password_file: "),
        ('password = "x"\n', "password: a secret does not belong in this file"),
        ('sign_in = "microsoft"\n', "tenant: "),
        ('sign_in = "microsoft"\ntenant = "t"\nclient_id = "c"\n', "client_certificate_file: "),
        ('sign_in = "google"\n', "service_account_file: "),
        ('encryption = "none"\n', "encryption: "),
        ('processed_folder = "INBOX"\n', "processed_folder: "),
        ('fodler = "x"\n', "fodler: there is no such key; did you mean folder?"),
        ('password_file = "nowhere"\n', "password_file: "),
    ],
)
def test_what_does_not_go_together_is_told_with_its_path(tmp_path: Path, more: str, told: str) -> None:
    assert any(one.startswith(f"ingest.mailboxes.forms.{told}") for one in problems(written(tmp_path, BOX + more)))


def test_the_name_of_a_mailbox_is_short_and_plain(tmp_path: Path) -> None:
    told = problems(written(tmp_path, BOX.replace("mailboxes.forms", 'mailboxes."The forms"')))
    assert any("ingest.mailboxes" in one for one in told)


def test_the_example_in_the_documentation_can_be_used(tmp_path: Path) -> None:
    text = (EXAMPLE.parent / "docs" / "mailbox.md").read_text(encoding="utf-8")
    example = text.partition("```toml\n")[2].partition("```")[0]
    sign_in = mailbox_settings(load(written(tmp_path, LEAST + example)), "forms").sign_in
    assert isinstance(sign_in, Microsoft)
    assert sign_in.certificate_file == tmp_path / "forms-mailbox.pem"
