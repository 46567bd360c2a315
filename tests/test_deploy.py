"""What is handed to systemd, to a container engine and to Prometheus holds together, as far as it can be seen without them."""

import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Sequence
from fnmatch import fnmatch
from pathlib import Path

import pytest

from mailroom.config_tables import MailroomTable
from records.db import Database
from tests.support.builders import NOW
from tests.test_docs import command_exists, told_numbers

ROOT = Path(__file__).parents[1]
UNIT = ROOT / "deploy" / "mailroom.service"
DOCKERFILE = ROOT / "Dockerfile"


def directives(name: str) -> list[str]:
    """The values of a directive of the unit, in order."""
    lines = UNIT.read_text(encoding="utf-8").splitlines()
    return [line.partition("=")[2] for line in lines if line.startswith(f"{name}=")]


def verified(tmp_path: Path, *arguments: str, changes: Sequence[str] = ()) -> subprocess.CompletedProcess[str]:
    """Asked of systemd's own tool, about the unit with a program that this machine has."""
    tool = shutil.which("systemd-analyze")
    if tool is None:
        pytest.skip("systemd-analyze is not here: apt-get install systemd")
    copy = tmp_path / UNIT.name
    text = UNIT.read_text(encoding="utf-8")
    copy.write_text(re.sub(r"(?m)^ExecStart=\S+", f"ExecStart={sys.executable}", text), encoding="utf-8")
    beside = tmp_path / f"{UNIT.name}.d"
    beside.mkdir()
    for change in changes:
        shutil.copy(ROOT / "deploy" / change, beside)
    return subprocess.run([tool, *arguments, str(copy)], capture_output=True, text=True, check=False, timeout=60)


@pytest.mark.parametrize("changes", [[], ["libreoffice.conf"]])
def test_systemd_finds_nothing_wrong_with_the_unit(tmp_path: Path, changes: list[str]) -> None:
    done = verified(tmp_path, "verify", "--man=no", changes=changes)
    assert (done.returncode, done.stdout + done.stderr) == (0, "")


def test_the_unit_is_hardened(tmp_path: Path) -> None:
    done = verified(tmp_path, "security", "--offline=true", "--threshold=20")
    assert done.returncode == 0, done.stdout
    level = re.search(r"Overall exposure level for mailroom.service: ([\d.]+)", done.stdout)
    assert level is not None
    assert float(level[1]) <= 2.0


def test_the_unit_leaves_reading_children_the_locks_that_they_put_on() -> None:
    """Without these calls papers would be read without Landlock, and nothing but the doctor would say so."""
    allowed = directives("SystemCallFilter")[0].split()
    assert {"landlock_create_ruleset", "landlock_add_rule", "landlock_restrict_self", "seccomp"} <= set(allowed)
    assert "@resources" not in directives("SystemCallFilter")[1], "children lower their own limits"


def test_the_unit_fits_the_program() -> None:
    assert directives("Type") == ["notify"]
    [start] = directives("ExecStart")
    assert command_exists(start.split("/bin/", 1)[1])
    assert directives("RestartPreventExitStatus") == ["2"]
    seconds = MailroomTable().stop_seconds
    assert int(directives("TimeoutStopSec")[0]) > seconds + 30
    assert f"stop_grace_period: {directives('TimeoutStopSec')[0]}s" in (ROOT / "deploy" / "compose.yaml").read_text(
        encoding="utf-8"
    )


def instructions(name: str) -> list[str]:
    text = DOCKERFILE.read_text(encoding="utf-8").replace("\\\n", " ")
    return [line.removeprefix(f"{name} ") for line in text.splitlines() if line.startswith(f"{name} ")]


def copied() -> list[str]:
    """Everything that the container's builder takes from the checkout."""
    return [source for line in instructions("COPY") if "--from" not in line for source in line.split()[:-1]]


def test_what_the_container_copies_is_there_and_passes_the_ignore_file() -> None:
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    let_through = [line[1:] for line in lines if line.startswith("!")]
    assert "*" in lines, "what is not named stays outside: data, keys and history"
    for source in copied():
        assert (ROOT / source).exists(), source
        assert any(source == pattern or fnmatch(f"{source}/x", pattern) for pattern in let_through), source


def test_the_container_has_every_room_and_what_the_build_needs() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    build = project["tool"]["hatch"]["build"]
    needed = {
        *build["targets"]["wheel"]["packages"],
        *build["targets"]["wheel"]["force-include"],
        build["hooks"]["custom"]["path"],
    }
    needed |= {
        project["project"]["readme"],
        *project["project"]["license-files"],
        "package.json",
        "package-lock.json",
        ".npmrc",
    }
    assert needed <= set(copied())


def test_the_container_starts_and_asks_with_commands_that_exist() -> None:
    words = [re.findall(r'"([^"]+)"', line) for line in instructions("ENTRYPOINT") + instructions("CMD")]
    assert words == [["mailroom"], ["serve"]]
    [check] = instructions("HEALTHCHECK")
    assert command_exists("serve")
    assert command_exists(" ".join(re.findall(r'"([^"]+)"', check)[1:]))
    assert instructions("USER") == ["990:990"]


def test_the_container_sets_only_what_can_be_set() -> None:
    from mailroom.config import Settings

    for table, key in re.findall(r"MAILROOM_([A-Z]+)__([A-Z_]+)=", DOCKERFILE.read_text(encoding="utf-8")):
        kind = Settings.model_fields[table.lower()].annotation
        assert kind is not None
        assert key.lower() in kind.model_fields


def test_hadolint_finds_nothing_wrong_with_the_dockerfile() -> None:
    tool = Path(sys.executable).parent / "hadolint"
    if not tool.exists():
        pytest.skip("hadolint is not packaged for this machine")
    done = subprocess.run([tool, "--no-color", str(DOCKERFILE)], capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stdout) == (0, "")


def test_alerts_ask_for_numbers_that_are_told(sqlite: Database, tmp_path: Path) -> None:
    text = (ROOT / "deploy" / "alerts.yaml").read_text(encoding="utf-8")
    asked = {name for line in text.splitlines() if "expr:" in line for name in re.findall(r"\bmailroom_\w+", line)}
    assert len(asked) > 8
    assert asked <= told_numbers(sqlite, tmp_path, NOW)
