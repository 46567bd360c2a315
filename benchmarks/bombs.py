"""Every file made to do harm that the tests know, through the isolated reader: seconds and memory of each, against the bars.

`python -m benchmarks bombs` ends with status 1 where one takes longer than five seconds (a scan: five a page) or more than
1.5 GB, or where the reader breaks or its supervisor dies.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from benchmarks.corpus import SECONDS, read_one, watching
from ingest.reading import IsolatedReader
from tests.support.bombs import BOMBS, tall_tiff

MEMORY = 1_500_000_000


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="benchmarks bombs", description=__doc__)
    parser.add_argument("--only", default="", help="bombs whose name holds this")
    options = parser.parse_args(arguments)
    missed = 0
    with tempfile.TemporaryDirectory() as folder, watching() as watch, IsolatedReader() as reader:
        # Once for files without pictures and once for those with: starting the readers is no bomb's doing.
        reader.read(b"", "")
        reader.read(tall_tiff(1), "")
        for name, make in BOMBS.items():
            if options.only.lower() not in name.lower():
                continue
            file = Path(folder, "bomb")
            file.write_bytes(make())
            one = read_one(reader, file, watch, shown=True)
            allowed = SECONDS * max(1, one.pages)
            held = one.seconds <= allowed and one.memory <= MEMORY and one.what not in {"unhandled", "died"}
            missed += not held
            size = file.stat().st_size
            print(f"{'' if held else 'MISSED'} {name:38} {size:10,} bytes {one.seconds:6.2f} s {one.memory >> 20:5} MiB  "
                  f"{one.what} {one.pages or ''} {one.reason[:70]}", flush=True)  # fmt: skip
    print(f"{missed} missed")
    return 1 if missed else 0
