"""A sorting desk in a process of its own, to be killed: `python -m tests.support.desk_process DATABASE_URL BLOBS`."""

import sys
import threading
from datetime import UTC, datetime
from pathlib import Path

from records.blobs import FolderBlobs
from records.db import connect
from tests.support import desk


def main(url: str, folder: str) -> None:
    # A clock that goes: what was given back goes to the end of the queue, so that nobody pays for another's deaths.
    one = desk.sorter(connect(url), FolderBlobs(Path(folder)), clock=lambda: datetime.now(UTC))
    sys.stdout.write("sorting\n")
    sys.stdout.flush()
    one.run(threading.Event())


if __name__ == "__main__":
    main(*sys.argv[1:])
