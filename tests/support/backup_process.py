"""A backup run in a process of its own, to be killed or starved: folder, database URL, secret, recipient, moment, file limit."""

from __future__ import annotations

import json
import logging
import resource
import sys
from datetime import datetime
from pathlib import Path

import structlog

import records.models.tables  # noqa: F401
from records.blobs import FolderBlobs
from records.db import connect
from scheduler import backups
from scheduler.sealing import Keys
from scheduler.sites import FolderSite
from scheduler.vault import Vault


def main() -> None:
    folder, url, secret, recipient, moment, largest_file = sys.argv[1:]
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    now = datetime.fromisoformat(moment)
    root = Path(folder)
    sites = tuple(FolderSite(root / name) for name in ("site-1", "site-2"))
    database = connect(url)
    blobs = FolderBlobs(root / "data" / "blobs")
    keys = Keys.of([recipient], secret)
    vault = Vault(database, blobs, lambda: now, "host", sites, keys, root / "data" / "backup")
    if int(largest_file):
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(largest_file), int(largest_file)))
    print("begun", flush=True)  # noqa: T201
    report = backups.run(vault)
    print(json.dumps([[site.outcome.value, site.faults] for site in report.sites]), flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
