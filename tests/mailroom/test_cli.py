"""The command line as a whole: help for everybody, and exit statuses that programs can rely on."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from importlib import import_module
from pathlib import Path

import pytest
import typer
from typer.core import TyperGroup
from typer.testing import CliRunner

from mailroom.cli import application
from mailroom.offered import COMMANDS
from tests.support.installation import settings_in

ROOT = Path(__file__).parents[2]


def commands() -> Iterator[tuple[str, str]]:
    """Each command with its help."""

    def walk(group: TyperGroup, path: str) -> Iterator[tuple[str, str]]:
        for name, command in group.commands.items():
            if isinstance(command, TyperGroup):
                yield from walk(command, f"{path}{name} ")
            else:
                yield f"{path}{name}", command.help or ""

    root = typer.main.get_command(application)
    assert isinstance(root, TyperGroup)
    yield from walk(root, "")


def test_every_command_that_the_issue_of_a_mail_room_needs_is_there() -> None:
    wanted = {"init", "serve", "receive", "work", "web", "check-config", "doctor", "db upgrade", "db current", "account add"}
    assert wanted | {"ingest", "read", "verify", "demo"} <= {name for name, _ in commands()}


@pytest.mark.parametrize("name", [name for name, _ in commands()])
def test_every_command_has_help_with_an_example(name: str) -> None:
    result = CliRunner().invoke(application, [*name.split(), "--help"])
    assert result.exit_code == 0
    assert f"Example: mailroom {name}" in result.stdout
    assert dict(commands())[name].strip().splitlines()[0].endswith(".")


def test_help_is_said_without_loading_what_only_commands_need() -> None:
    looked = (
        "import sys; from mailroom.cli import application\n"
        "try: application(['--help'])\n"
        "except SystemExit as end: assert not end.code\n"
        "sys.stderr.write(','.join({'cv2', 'onnxruntime', 'sqlalchemy', 'docx', 'starlette'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", looked], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert all(f"\n  {name} " in done.stdout for name in COMMANDS)


def test_every_command_of_a_module_is_in_the_list() -> None:
    """What a module offers and the list does not name could not be called."""
    modules = {module for module, _words in COMMANDS.values()}
    for module in modules:
        room = typer.Typer()
        room.callback()(lambda: None)
        import_module(f"mailroom.commands.{module}").add_to(room)
        group = typer.main.get_command(room)
        assert isinstance(group, TyperGroup)
        assert set(group.commands) == {name for name, (where, _words) in COMMANDS.items() if where == module}
    assert all(words.endswith(".") for _module, words in COMMANDS.values())


@pytest.mark.parametrize("name", sorted({name.split()[0] for name, _ in commands() if " " in name}))
def test_every_group_has_help_with_an_example(name: str) -> None:
    result = CliRunner().invoke(application, [name, "--help"])
    assert result.exit_code == 0
    assert f"Example: mailroom {name} " in result.stdout


def mailroom(*arguments: str, cwd: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    inherited = {key: value for key, value in os.environ.items() if not key.startswith("MAILROOM_")}
    return subprocess.run(
        [sys.executable, "-m", "mailroom", *arguments],
        cwd=cwd,
        env={**inherited, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_wrong_call_and_a_wrong_configuration_are_status_2_without_a_traceback(tmp_path: Path) -> None:
    for arguments in (("no-such-command",), ("serve", "--config", str(tmp_path / "none.toml"))):
        done = mailroom(*arguments)
        assert done.returncode == 2, done.stderr
        assert done.stdout == ""
        assert "Traceback" not in done.stderr


def test_outside_the_folder_of_the_settings_a_command_says_where_it_looked_and_both_ways_out(tmp_path: Path) -> None:
    done = mailroom("doctor", cwd=tmp_path)
    assert done.returncode == 2
    assert f"{tmp_path / 'config.toml'}: there is no such file" in done.stderr
    assert "--config" in done.stderr
    assert "MAILROOM_CONFIG" in done.stderr
    assert "mailroom init" in done.stderr


def test_a_health_check_of_a_service_that_does_not_run_says_where_it_asked_and_what_serves_it(tmp_path: Path) -> None:
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        settings_in(tmp_path, web__port=port)
        answer = mailroom("healthcheck", "-c", str(tmp_path / "config.toml"))
    assert answer.returncode == 1
    assert f"no answer at 127.0.0.1:{port}" in answer.stderr
    assert "`mailroom serve`" in answer.stderr


def test_a_database_that_is_away_is_status_75(tmp_path: Path) -> None:
    settings_in(tmp_path)
    url = "postgresql+psycopg://mailroom:sesame@127.0.0.1:1/mailroom?connect_timeout=2"
    done = mailroom("db", "current", "-c", str(tmp_path / "config.toml"), MAILROOM_RECORDS__DATABASE_URL=url)
    assert done.returncode == 75, done.stderr
    assert "The database cannot be used now" in done.stderr
    assert "sesame" not in done.stderr
    assert "Traceback" not in done.stderr


def test_a_later_version_s_database_is_status_2(tmp_path: Path) -> None:
    import sqlalchemy as sa

    from mailroom import house

    settings = settings_in(tmp_path)
    with house.opened(settings) as open_house, open_house.database.writing() as session:
        session.execute(sa.text("UPDATE alembic_version SET version_num = 'from the future'"))
    done = mailroom("verify", "-c", str(tmp_path / "config.toml"))
    assert done.returncode == 2
    assert "A later version" in done.stderr


@pytest.mark.parametrize(("role", "server", "table"), [("web", "web", "web"), ("receive", "smtp", "ingest")])
def test_a_port_that_is_taken_is_status_1_and_told_with_the_setting_that_chooses_it(
    role: str, server: str, table: str, tmp_path: Path
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        settings_in(tmp_path, **{f"{table}__port": port})
        done = mailroom(role, "-c", str(tmp_path / "config.toml"))
    assert done.returncode == 1
    wanted = f"{server} cannot be opened at 127.0.0.1:{port} ({table}.host and {table}.port in the settings): Address already in use."
    assert wanted in done.stderr
    assert "Traceback" not in done.stderr
