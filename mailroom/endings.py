"""How a command ends that could not do its work: in words and an exit status. Imported only when something has gone wrong."""

from __future__ import annotations

import sqlalchemy.exc

from mailroom.config import BadConfiguration
from mailroom.house import WrongSchema
from mailroom.running import CannotOpen
from mailroom.screen import FAILED, TEMPORARY, USAGE, say
from records.blobs import StoreFull

_STATUS: dict[type[Exception], int] = {
    BadConfiguration: USAGE,
    WrongSchema: USAGE,
    CannotOpen: FAILED,
    StoreFull: TEMPORARY,
    sqlalchemy.exc.OperationalError: TEMPORARY,
    OSError: FAILED,
}
"""In the order in which they are looked through."""


def told(fault: Exception) -> int | None:
    """Say what went wrong. The exit status; None for what nobody expected, of which nothing is said."""
    status = next((status for kind, status in _STATUS.items() if isinstance(fault, kind)), None)
    if status is not None:
        say(_words(fault))
    return status


def _words(fault: Exception) -> str:
    if isinstance(fault, BadConfiguration):
        return "\n".join(["The configuration cannot be used:", *(f"  {problem}" for problem in fault.problems)])
    if isinstance(fault, StoreFull):
        return "The disk is nearly full. Make room, then try again."
    if isinstance(fault, sqlalchemy.exc.OperationalError):
        # The driver's own words are about the connection; SQLAlchemy's would repeat the statement with its values.
        return f"The database cannot be used now: {fault.orig}"
    if isinstance(fault, OSError):
        return f"{fault.filename or 'The machine'}: {fault.strerror}"
    return f"{str(fault).rstrip('.')}."
