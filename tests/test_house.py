"""The house as drawn is the house on disk."""

import ast
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
NOT_ROOMS = {"tests", "benchmarks"}


def _packages() -> set[str]:
    return {file.parent.name for file in ROOT.glob("*/__init__.py")}


def _configuration() -> dict[str, object]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]  # type: ignore[no-any-return]


def test_every_top_level_package_is_in_the_import_contracts_and_in_the_wheel() -> None:
    tool = _configuration()
    rooms = _packages() - NOT_ROOMS
    contracts = tool["importlinter"]
    assert isinstance(contracts, dict)
    assert set(contracts["root_packages"]) == rooms
    layers = {name.strip() for layer in contracts["contracts"][0]["layers"] for name in layer.split("|")}
    assert layers == rooms
    wheel = tool["hatch"]["build"]["targets"]["wheel"]["packages"]  # type: ignore[index]
    assert set(wheel) == rooms


def _tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [ROOT / name for name in listed.stdout.split("\n") if name and (ROOT / name).is_file()]


def test_every_file_says_first_what_lives_in_it() -> None:
    silent = [
        str(file.relative_to(ROOT))
        for file in _tracked()
        if file.suffix == ".py" and not ast.get_docstring(ast.parse(file.read_text(encoding="utf-8")))
    ]
    assert silent == []


def test_no_module_is_named_after_the_standard_library_or_a_dependency() -> None:
    taken = {"email", "queue", "calendar", "docx", "types", "logging", "secrets", "select", "token", "html", "json"}
    names = {file.stem for room in _packages() for file in (ROOT / room).rglob("*.py")}
    assert names & taken == set()


def test_lock_files_name_no_registry() -> None:
    for name in ("requirements/run.txt", "requirements/dev.txt", "package-lock.json"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "--index-url" not in text
        assert "resolved" not in text
        assert "find-links" not in text
