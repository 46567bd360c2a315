"""Runs the benchmarks. Ends with status 1 when one of them missed its bar."""

import sys

from benchmarks import bombs, corpus, moving, pictures, read, receive, scale

BENCHMARKS = {
    "receive": receive.main,
    "moving": moving.main,
    "read": read.main,
    "scale": scale.main,
    "bombs": bombs.main,
}
ASKED_FOR = {"corpus": corpus.main, "pictures": pictures.main}
"""What needs something of the caller's, or half an hour, and so is not among all."""


def main(arguments: list[str]) -> int:
    """All benchmarks, or one by its name with its own options: `python -m benchmarks receive --seconds 10`."""
    if arguments:
        return (BENCHMARKS | ASKED_FOR)[arguments[0]](arguments[1:])
    missed = 0
    for name, run in BENCHMARKS.items():
        print(f"== {name}", flush=True)
        missed += run([])
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
