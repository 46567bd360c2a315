"""How the log is written: JSON or for the console, on stderr, ids only. Addresses are replaced by a mark."""

from __future__ import annotations

import hashlib
import hmac
import logging
import re
import sys
import traceback
from types import TracebackType
from typing import Any

import structlog
from structlog.typing import EventDict, Processor

from mailroom.config import Settings
from mailroom.config_tables import LogFormat, LogLevel

_ADDRESS = re.compile(r"[^\s<>\"',;:()\[\]]+@[\w.-]+\w")
_OURS = ("ingest.", "parsers.", "records.", "notifications.", "scheduler.", "web.", "mailroom.")


def set_up(settings: Settings, level: LogLevel | None = None) -> None:
    """Send our own lines and those of libraries to stderr in one form. Doing it again replaces the first time.

    `level` goes before that of the settings, for a command that tells a person itself what it does.
    """
    secret = settings.mailroom.secret_key
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        without_values_of_exceptions,
        Redaction(secret.get_secret_value() if secret else ""),
    ]
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    stream = logging.StreamHandler(sys.stderr)
    stream.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, _written(settings.mailroom.log_format)],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [stream]
    root.setLevel(logging.WARNING)
    for name in ("ingest", "parsers", "records", "notifications", "scheduler", "web", "mailroom"):
        logging.getLogger(name).setLevel((level or settings.mailroom.log_level).upper())


def _written(kind: LogFormat) -> Processor:
    if kind is LogFormat.JSON:
        return structlog.processors.JSONRenderer(ensure_ascii=False)
    return structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())


class Redaction:
    """Replaces each address by a mark: the same one for the same address, so that one can be followed but not read."""

    def __init__(self, secret: str) -> None:
        self._secret = secret.encode()

    def __call__(self, _logger: Any, _method: str, line: EventDict) -> EventDict:
        return {key: self._without(value) for key, value in line.items()}

    def _without(self, value: Any) -> Any:
        if isinstance(value, str):
            return _ADDRESS.sub(self._mark, value)
        if isinstance(value, list | tuple):
            return [self._without(one) for one in value]
        if isinstance(value, dict):
            return {key: self._without(one) for key, one in value.items()}
        return value

    def _mark(self, found: re.Match[str]) -> str:
        if not self._secret:
            return "address"
        digest = hmac.new(self._secret, found.group().casefold().encode(), hashlib.sha256).hexdigest()
        return f"address:{digest[:10]}"


def without_values_of_exceptions(_logger: Any, _method: str, line: EventDict) -> EventDict:
    """An exception is logged by its type and where it was raised. Its message may hold what a paper said.

    Our own exceptions never say whom they concern, and the operating system's words are about the machine: those stay.
    """
    found = line.pop("exc_info", None)
    if not found:
        return line
    kind, fault, trace = _taken_apart(found)
    if kind is None:
        return line
    line["exception"] = f"{kind.__module__}.{kind.__qualname__}".removeprefix("builtins.")
    if isinstance(fault, OSError) and fault.strerror:
        line["said"] = fault.strerror
    elif kind.__module__.startswith(_OURS):
        line["said"] = str(fault)
    frames = traceback.extract_tb(trace)[-8:]
    line["at"] = [f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}" for frame in frames]
    return line


def _taken_apart(found: Any) -> tuple[type[BaseException] | None, BaseException | None, TracebackType | None]:
    if isinstance(found, BaseException):
        return type(found), found, found.__traceback__
    if isinstance(found, tuple):
        return found
    return sys.exc_info()
