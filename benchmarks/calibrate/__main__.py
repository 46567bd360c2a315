"""Fits how sure a reading is: `python -m benchmarks.calibrate`, or `make calibrate ARGS="--papers 2"`."""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

from benchmarks.calibrate.fit import FOLDS, best_pulls, fitted, left_out, thresholds
from benchmarks.calibrate.observed import observe
from benchmarks.calibrate.papers import plans
from benchmarks.calibrate.report import Fit, report, table

_ROOT = Path(__file__).parents[2]
TABLE, REPORT, KEPT = _ROOT / "parsers" / "odds.py", _ROOT / "docs" / "calibration.md", _ROOT / ".calibrate"


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.calibrate",
        description="Fits the odds on generated papers; writes parsers/odds.py and its report.",
    )
    parser.add_argument("--papers", type=int, default=4, help="templates of every layout, each in seven renderings (4)")
    parser.add_argument("--pictures", type=int, default=1, help="scans and photos of every layout: half of the time (1)")
    parser.add_argument("--workers", type=int, default=2, help="processes (2)")
    parser.add_argument("--kept", type=Path, default=KEPT, help="folder of what was read before (.calibrate)")
    parser.add_argument("--dry", action="store_true", help="print the report and write nothing")
    chosen = parser.parse_args(arguments)
    papers = observe(list(plans(chosen.papers, chosen.pictures)), chosen.workers, chosen.kept)
    pulls, scores = best_pulls(papers)
    tried = left_out(papers, pulls)
    by_fold = [thresholds([one for one in tried if one.fold != fold]) for fold in range(FOLDS)]
    command = f'make calibrate ARGS="--papers {chosen.papers} --pictures {chosen.pictures}"'
    fit = Fit(papers, tried, by_fold, fitted(papers, pulls), thresholds(tried), pulls, scores, command)
    if chosen.dry:
        print(report(fit))
        return 0
    REPORT.write_text(report(fit), encoding="utf-8")
    TABLE.write_text(table(fit), encoding="utf-8")
    subprocess.run([sys.executable, "-m", "ruff", "format", "--quiet", str(TABLE)], check=True)
    print(f"wrote {TABLE.relative_to(_ROOT)} and {REPORT.relative_to(_ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
