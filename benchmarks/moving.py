"""How long records take to move in: 20,000 schools, and ten years of 600 ECTs with their assessments and papers.

Bars: the history in under ten minutes (600 s). Everything is invented and seeded: the same figures of rows every time.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from pathlib import Path

from typer.testing import CliRunner

from mailroom.cli import application
from tests.support import old_system
from tests.support.installation import settings_in
from tests.support.register import links_file, register_file

SCHOOLS, ECTS, LAST_YEAR, BAR_SECONDS = 20_000, 6_000, 2026, 600.0
PAPER_BYTES = 40_000


def main(arguments: list[str]) -> int:
    options = argparse.ArgumentParser(prog="python -m benchmarks moving")
    options.add_argument("--ects", type=int, default=ECTS)
    options.add_argument("--no-papers", action="store_true", help="only the tables")
    asked = options.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="mailroom-bench-") as name:
        folder = Path(name)
        # Twelve years, so that all ten years of the export come in and none is refused as past its time.
        settings_in(folder, records__retention_years=12, mailroom__secret_key_file=_key(folder))
        config = str(folder / "config.toml")
        _schools(folder, config)
        return _history(folder, config, asked.ects, papers=not asked.no_papers)


def _key(folder: Path) -> str:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "key").write_text("a" * 64, encoding="ascii")
    return str(folder / "key")


def _schools(folder: Path, config: str) -> None:
    rows = [{"URN": str(100_000 + number), "EstablishmentName": f"School {number}"} for number in range(SCHOOLS)]
    (folder / "schools.csv").write_bytes(register_file(*rows).getvalue())
    links = [(str(100_000 + number), str(110_000 + number), "Successor", "") for number in range(3000)]
    (folder / "links.csv").write_bytes(links_file(*links).getvalue())
    files = [str(folder / "schools.csv"), "--links", str(folder / "links.csv")]
    print(f"{SCHOOLS} schools: {_timed('import', 'schools', *files, '-c', config):.1f} s", flush=True)
    print(f"  the same again: {_timed('import', 'schools', *files, '-c', config):.1f} s", flush=True)


def _history(folder: Path, config: str, count: int, *, papers: bool) -> int:
    export = old_system.an_old_system(count, last_year=LAST_YEAR)
    (folder / "ects.csv").write_bytes(export.ects)
    (folder / "forms.csv").write_bytes(export.forms)
    files = [str(folder / "ects.csv"), "--assessments", str(folder / "forms.csv"), "--mapping", "ect-manager", "-c", config]
    if papers:
        _write_papers(folder / "papers", export)
        files += ["--papers", str(folder / "papers")]
    forms = export.forms.count(b"\n") - 1
    print(
        f"{count} ECTs, {forms} assessments, {len(export.papers) if papers else 0} papers of {PAPER_BYTES:,} bytes", flush=True
    )
    print(f"  dry run: {_timed('import', 'history', *files, '--dry-run', '--accept-doubts'):.1f} s", flush=True)
    took = _timed("import", "history", *files, "--accept-doubts")
    print(f"  import: {took:.1f} s (bar {BAR_SECONDS:.0f} s)", flush=True)
    print(f"  the same again: {_timed('import', 'history', *files, '--accept-doubts'):.1f} s", flush=True)
    return int(took > BAR_SECONDS)


def _write_papers(folder: Path, export: old_system.OldSystem) -> None:
    dice = random.Random(11)
    for path, _whose in export.papers:
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"%PDF-1.4\n%" + dice.randbytes(PAPER_BYTES) + b"\n%%EOF\n")


def _timed(*call: str) -> float:
    began = time.perf_counter()
    result = CliRunner().invoke(application, list(call))
    took = time.perf_counter() - began
    if result.exit_code not in {0, 3}:
        message = f"{' '.join(call[:2])} ended with {result.exit_code}: {result.stderr}"
        raise SystemExit(message)
    return took
