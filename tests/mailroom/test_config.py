"""The settings: the example and the classes are one, every problem is told at once, secrets stay out of the file."""

import tomllib
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel
from pydantic_core import PydanticUndefined

from mailroom.config import BadConfiguration, Settings, load, secret_names
from mailroom.config_tables import Encryption

EXAMPLE = Path(__file__).parents[2] / "config.example.toml"
LEAST = '[body]\nname = "Example Body"\n[ingest]\naddresses = ["forms@body.example"]\n'


@pytest.fixture(autouse=True)
def _no_settings_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    import os

    for name in os.environ:
        if name.startswith("MAILROOM_"):
            monkeypatch.delenv(name)


def written(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "config.toml"
    file.write_text(text, encoding="utf-8")
    return file


def problems(file: Path) -> list[str]:
    with pytest.raises(BadConfiguration) as caught:
        load(file)
    return caught.value.problems


def tables() -> dict[str, type[BaseModel]]:
    found = {}
    for name, field in Settings.model_fields.items():
        assert isinstance(field.annotation, type)
        assert issubclass(field.annotation, BaseModel)
        found[name] = field.annotation
    return found


def shown(value: Any) -> Any:
    """A default as the example writes it."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return float(value)
    return str(value) if isinstance(value, Path) else value


def test_the_example_has_every_key_and_no_other() -> None:
    example = tomllib.loads(EXAMPLE.read_text(encoding="utf-8"))
    assert set(example) == set(tables())
    for name, table in tables().items():
        assert set(example[name]) == set(table.model_fields) - set(secret_names(table)), name


def test_the_example_shows_every_default() -> None:
    example = tomllib.loads(EXAMPLE.read_text(encoding="utf-8"))
    for name, table in tables().items():
        for key, field in table.model_fields.items():
            default = field.get_default(call_default_factory=True)
            if key in secret_names(table) or default is PydanticUndefined:
                continue
            assert example[name][key] == shown(default), f"{name}.{key}"


def test_every_key_of_the_example_has_a_sentence_above_it() -> None:
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()
    for before, line in pairwise(lines):
        if " = " in line and not line.startswith("#"):
            assert before.startswith("# "), line
            assert before.rstrip().endswith("."), line


def test_every_amount_has_its_unit_in_its_name() -> None:
    units = (
        "seconds",
        "days",
        "minutes",
        "hours",
        "bytes",
        "port",
        "per_minute",
        "per_host",
        "connections",
        "recipients",
        "workers",
        "copies",
        "days",
        "years",
    )
    for name, table in tables().items():
        for key, field in table.model_fields.items():
            if isinstance(field.default, int) and not isinstance(field.default, bool):
                assert key.endswith(units), f"{name}.{key}"


def test_every_key_is_read_somewhere() -> None:
    root = EXAMPLE.parent / "mailroom"
    code = "".join(file.read_text(encoding="utf-8") for file in root.rglob("*.py") if not file.name.startswith("config"))
    own = (root / "config.py").read_text(encoding="utf-8")
    for name, table in tables().items():
        for key in table.model_fields:
            if key.removesuffix("_file") in secret_names(table):
                continue
            assert f".{key}" in code or f".{key}" in own, f"{name}.{key} is read nowhere"


def test_the_example_can_be_used_as_it_stands(tmp_path: Path) -> None:
    settings = load(written(tmp_path, EXAMPLE.read_text(encoding="utf-8")))
    assert settings.notifications.encryption is Encryption.STARTTLS
    assert settings.records.data_folder == tmp_path / "data"
    assert settings.database_url == f"sqlite:///{tmp_path}/data/mailroom.db"


def test_all_problems_are_told_at_once_with_their_paths(tmp_path: Path) -> None:
    file = written(
        tmp_path,
        '[body]\nnam = "x"\n[ingest]\naddresses = ["not one"]\nport = 70000\n[notifications]\npassword = "open sesame"\n[webb]\na = 1\n',
    )
    told = "\n".join(problems(file))
    assert "body.name: is needed" in told
    assert "body.nam: there is no such key; did you mean name?" in told
    assert "ingest.addresses.0: is not an email address" in told
    assert "ingest.port: " in told
    assert "notifications.password: a secret does not belong in this file" in told
    assert "webb: there is no such key; did you mean web?" in told
    assert "sesame" not in told


@pytest.mark.parametrize(
    ("more", "path"),
    [
        ('certificate_file = "x.pem"\n', "ingest.certificate_file"),
        ("require_tls = true\n", "ingest.require_tls"),
        ('[notifications]\nsmarthost = "a.example"\ncapture_folder = "b"\n', "notifications.capture_folder"),
        ('[notifications]\nsmarthost = "a.example"\nuser_name = "b"\n', "notifications.password_file"),
        ('[web]\npublic_url = "mailroom.body.example"\n', "web.public_url"),
        ('[records]\ndatabase_url_file = "missing"\n', "records.database_url_file"),
    ],
)
def test_what_contradicts_itself_is_told(tmp_path: Path, more: str, path: str) -> None:
    assert [problem for problem in problems(written(tmp_path, LEAST + more)) if problem.startswith(path)]


def test_a_file_that_is_missing_or_no_toml_is_told(tmp_path: Path) -> None:
    assert "no such file" in problems(tmp_path / "none.toml")[0]
    assert "not TOML" in problems(written(tmp_path, "[body\n"))[0]


def test_the_environment_goes_before_the_file_and_its_misspelt_keys_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAILROOM_INGEST__PORT", "2600")
    assert load(written(tmp_path, LEAST + "port = 2500\n")).ingest.port == 2600
    monkeypatch.setenv("MAILROOM_INGEST__PROT", "2600")
    assert problems(tmp_path / "config.toml") == ["ingest.prot: there is no such key; did you mean port?"]


def test_a_secret_comes_from_its_file_or_the_environment_and_not_from_both(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "password").write_text("open sesame\n", encoding="utf-8")
    more = '[notifications]\nsmarthost = "mail.body.example"\nuser_name = "x"\n'
    file = written(tmp_path, LEAST + more + 'password_file = "password"\n')
    settings = load(file)
    assert settings.notifications.password is not None
    assert settings.notifications.password.get_secret_value() == "open sesame"
    assert "sesame" not in repr(settings)
    monkeypatch.setenv("MAILROOM_NOTIFICATIONS__PASSWORD", "other")
    assert "given twice" in problems(file)[0]
    other = load(written(tmp_path, LEAST + more)).notifications.password
    assert other is not None
    assert other.get_secret_value() == "other"


def test_another_database_is_named_by_a_secret(tmp_path: Path) -> None:
    (tmp_path / "url").write_text("postgresql+psycopg://mailroom:sesame@db.example/mailroom", encoding="utf-8")
    file = written(tmp_path, LEAST + '[records]\ndatabase_url_file = "url"\n')
    assert load(file).database_url.startswith("postgresql+psycopg://")
    (tmp_path / "url").write_text("mysql://mailroom:sesame@db.example/mailroom", encoding="utf-8")
    [problem] = problems(file)
    assert "starts with sqlite:/// or postgresql+psycopg://" in problem
    assert "sesame" not in problem
