"""The wheel: everything that an installation needs travels in it, and works far from the checkout."""

import json
import os
import shutil
import subprocess
import sys
import tomllib
import urllib.request
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

import mailroom
from mailroom.demo import cast
from mailroom.demo.service import Running, stopped
from mailroom.demo.word_papers import word_form
from tests.support.installation import eventually, form_of_amina, letter, post

ROOT = Path(__file__).parents[1]
NEEDED = (
    "mailroom/config.example.toml",
    "web/static/mailroom.css",
    "web/static/govuk-frontend.min.js",
    "web/static/NOTICES.txt",
    "web/templates/review.html",
    "notifications/templates/receipt.txt",
    "records/migrations/env.py",
    "records/migrations/versions/0001_first.py",
)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built here without isolation, from assets that `make test` has compiled."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)], cwd=ROOT, check=True)
    [built] = folder.glob("*.whl")
    return built


def test_the_wheel_has_the_version_of_the_program(wheel: Path) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == mailroom.VERSION
    assert wheel.name.startswith(f"ect_mailroom-{mailroom.VERSION}-")


def test_everything_that_an_installation_needs_is_in_the_wheel_and_nothing_of_ours_besides(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as content:
        names = set(content.namelist())
        licence = next(name for name in names if name.endswith("licenses/LICENSE"))
        assert content.read(licence) == (ROOT / "LICENSE").read_bytes()
        assert b"govuk-frontend" in content.read("web/static/NOTICES.txt")
    assert set(NEEDED) <= names
    templates = {
        str(file.relative_to(ROOT)) for room in ("web", "notifications") for file in (ROOT / room).glob("templates/**/*.*")
    }
    assert templates <= names
    rooms = {"ingest", "parsers", "records", "notifications", "scheduler", "web", "mailroom"}
    assert {name.split("/")[0] for name in names if "dist-info" not in name} == rooms
    assert not [name for name in names if "__pycache__" in name or name.endswith((".db", ".key"))]


def works(python: str, environment: Mapping[str, str], folder: Path) -> None:
    """Install, look, serve a letter with a form, and read a file: all by the command line, away from the checkout."""

    def call(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [python, "-P", "-m", "mailroom", *arguments],
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            timeout=110,
            check=False,
        )

    assert call("--version").stdout.strip() == mailroom.VERSION
    made = call(
        *(
            "init",
            "--folder",
            "etc",
            "--data",
            str(folder / "var"),
            "--body",
            "Example Body",
            "--address",
            "forms@body.example",
        ),
        *("--user-name", "mjones", "--first-name", "Mair", "--last-name", "Jones"),
    )
    assert made.returncode == 0, made.stderr
    config = folder / "etc" / "config.toml"
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace("port = 2525", "port = 0").replace("port = 8080", "port = 0"), encoding="utf-8")
    looked = call("doctor", "-c", str(config), "--json")
    states = {one["what"]: one["state"] for one in json.loads(looked.stdout)}
    assert "failed" not in states.values(), looked.stdout
    assert {states[what] for what in ("packages", "database", "papers", "scans")} == {"ok"}

    form = folder / "form.docx"
    form.write_bytes(word_form(form_of_amina()))
    read = call("read", str(form), "--json")
    assert json.loads(read.stdout)["fields"]["trn"]["value"] == cast.AMINA.trn

    ready = folder / "ready.json"
    serving = subprocess.Popen[bytes](
        [python, "-P", "-m", "mailroom", "serve", "-c", str(config), "--ready-file", str(ready)], cwd=folder, env=environment
    )
    try:
        eventually(ready.exists, "the service is open")
        addresses = json.loads(ready.read_text(encoding="utf-8"))
        host, port = addresses["smtp"].removeprefix("smtp://").rsplit(":", 1)
        served = Running(serving, host, int(port), addresses["web"])
        post(served, letter("tutor@school.example", ("form.docx", form.read_bytes())), "tutor@school.example")
        eventually(
            lambda: 'state="in_review",what="submission"} 1.0' in page(served.pages, "/metrics"), "the form is on the desk"
        )
        assert "Sign in" in page(served.pages, "/sign-in")
    finally:
        assert stopped(serving) == 0


def page(pages: str, path: str) -> str:
    with urllib.request.urlopen(f"{pages}{path}", timeout=30) as answer:
        return str(answer.read().decode())


def test_an_installation_from_the_wheel_works_away_from_the_checkout(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as content:
        content.extractall(tmp_path / "site")
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "PYTHONPATH": str(tmp_path / "site")}
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    works(sys.executable, environment, folder)


@pytest.mark.soak
@pytest.mark.timeout(1500)
@pytest.mark.parametrize("node", [True, False])
def test_pip_installs_from_a_checkout_with_an_empty_home_with_and_without_node(tmp_path: Path, node: bool) -> None:
    """As a person does it: isolated build, packages from the registry. What pip itself is told stays as it is here."""
    checkout, home, venv, folder = (tmp_path / name for name in ("checkout", "home", "venv", "elsewhere"))
    subprocess.run(["git", "clone", "-q", str(ROOT), str(checkout)], check=True)
    home.mkdir()
    folder.mkdir()
    inherited = {key: value for key, value in os.environ.items() if key.startswith(("PIP_", "SSL_", "NODE_EXTRA"))}
    environment = {**inherited, "HOME": str(home), "PATH": os.environ["PATH"] if node else path_without_node(tmp_path)}
    subprocess.run([sys.executable, "-m", "venv", str(venv)], check=True)
    python = str(venv / "bin" / "python")
    subprocess.run([python, "-m", "pip", "install", "-q", "."], cwd=checkout, env=environment, check=True)
    assert subprocess.run(["git", "status", "--short"], cwd=checkout, capture_output=True, check=True).stdout == b""
    works(python, environment, folder)


def path_without_node(folder: Path) -> str:
    """The programs of this machine but for Node's."""
    programs = folder / "programs"
    programs.mkdir()
    for place in os.environ["PATH"].split(os.pathsep):
        for program in Path(place).iterdir() if Path(place).is_dir() else ():
            if program.name not in {"node", "nodejs", "npm", "npx", "corepack"} and not (programs / program.name).exists():
                (programs / program.name).symlink_to(program)
    assert shutil.which("node", path=str(programs)) is None
    return str(programs)
