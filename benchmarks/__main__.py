"""Runs every benchmark, one after the other. Ends with status 1 when one of them missed its bar."""

import sys

from benchmarks import receive

BENCHMARKS = {"receive": receive.main}


def main(arguments: list[str]) -> int:
    """All benchmarks, or one by its name with its own options: `python -m benchmarks receive --seconds 10`."""
    if arguments:
        return BENCHMARKS[arguments[0]](arguments[1:])
    missed = 0
    for name, run in BENCHMARKS.items():
        print(f"== {name}", flush=True)
        missed += run([])
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
