"""A sorting desk in a process of its own, to be killed: `python -m tests.support.desk_process DATABASE_URL BLOBS`."""

import sys
import threading
from pathlib import Path

from records.blobs import FolderBlobs
from records.db import connect
from tests.support import desk


def main(url: str, folder: str) -> None:
    one = desk.sorter(connect(url), FolderBlobs(Path(folder)))
    sys.stdout.write("sorting\n")
    sys.stdout.flush()
    one.run(threading.Event())


if __name__ == "__main__":
    main(*sys.argv[1:])
