"""The service without its pages, in a process to be killed: `python -m tests.support.service_to_kill CONFIG READY_FILE [MUTANT]`.

A mutant breaks one promise on purpose, so that the test which kills it can be seen to notice.
"""

import os
import sys
import uuid
from concurrent.futures import Future
from pathlib import Path

import sqlalchemy as sa
import typer

from ingest.keeping import Arrival, Keeper, Postmark, Receipt
from mailroom import build
from mailroom.build import Role
from mailroom.commands import running
from mailroom.config import load
from records.blobs import Kept

NOBODY = uuid.UUID(int=0)


class AcknowledgesFirst(Keeper):
    """Says that a delivery is kept, and then keeps it."""

    def submit(self, arrival: Arrival, postmark: Postmark) -> Future[Receipt]:
        kept = super().submit(arrival, postmark)
        outcome: Future[Receipt] = Future()
        outcome.set_result(Receipt(NOBODY, Kept("0" * 64, 0)))
        kept.add_done_callback(lambda done: done.exception())
        return outcome


def acknowledge_first() -> None:
    vars(build)["Keeper"] = AcknowledgesFirst


def skip_fsync() -> None:
    vars(os)["fsync"] = lambda _handle: None


def be_lazy_with_the_database() -> None:
    """The setting of SQLite that is fast because a commit is not flushed."""
    sa.event.listen(sa.Engine, "begin", lambda connection: connection.exec_driver_sql("PRAGMA synchronous=NORMAL"))


MUTANTS = {
    "": lambda: None,
    "acknowledges-first": acknowledge_first,
    "skips-fsync": skip_fsync,
    "lazy-database": be_lazy_with_the_database,
}


def main(config: str, ready_file: str, mutant: str = "") -> None:
    MUTANTS[mutant]()
    try:
        running._run(load(Path(config)), {Role.RECEIVE, Role.WORK}, Path(ready_file))
    except typer.Exit as ended:
        sys.exit(ended.exit_code)


if __name__ == "__main__":
    main(*sys.argv[1:])
