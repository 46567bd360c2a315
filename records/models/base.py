"""What all tables share: the declarative base, column types that mean the same on both databases, retention classes."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, ClassVar, TypeVar

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator


class Retention(StrEnum):
    """Why a column or a blob is kept, and so when it goes. The dates belong to each body's retention setting."""

    STATUS = "status"
    """Who somebody is and how induction ended: stays longest under "status kept"."""
    RECORD = "record"
    """The induction record: terms, absences, assessments, decisions. Six years from the anchor."""
    PAPER = "paper"
    """Papers and what was read from them, with the blobs that show them. Six years from the anchor."""
    RAW_POST = "raw_post"
    """Messages as they came: they go some days after all their papers are decided."""
    CORRESPONDENCE = "correspondence"
    """Letters, telephone notes and conversations about a person."""
    SENSITIVE = "sensitive"
    """Health, support, pupils' names: shown to few, gone first."""
    SCHOOL_STAFF = "school_staff"
    """People and addresses at schools, by the end of their memberships."""
    BODY_STAFF = "body_staff"
    """Accounts of the body's own staff and their sessions."""
    REFERENCE = "reference"
    """About no person: schools, calendars, layouts."""
    OPERATION = "operation"
    """Running the service: job runs, counters. No personal data."""
    HISTORY = "history"
    """The sealed chain: ids, kinds and digests only; stays."""


NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, stored in UTC. SQLite returns naive values, so the zone is put back on the way out."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class utc_text(FunctionElement[str]):  # noqa: N801  # a function of SQL
    """A `UtcDateTime` column as the text "2026-11-21 09:00:00.000000", the same on both databases."""

    type = sa.Text()
    inherit_cache = True


@compiles(utc_text, "sqlite")
def _as_stored(element: utc_text, compiler: SQLCompiler, **options: Any) -> str:
    return compiler.process(element.clauses, **options)


@compiles(utc_text, "postgresql")
def _as_written(element: utc_text, compiler: SQLCompiler, **options: Any) -> str:
    return f"to_char({compiler.process(element.clauses, **options)} AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')"


class Amount(TypeDecorator[Decimal]):
    """An exact decimal, stored as an integer of thousandths: SQLite would store a Numeric as a float."""

    impl = sa.BigInteger
    cache_ok = True
    SCALE: ClassVar[Decimal] = Decimal(1000)

    def process_bind_param(self, value: Decimal | None, dialect: sa.Dialect) -> int | None:  # noqa: ARG002
        if value is None:
            return None
        scaled = value * self.SCALE
        if scaled != scaled.to_integral_value():
            message = f"{value} has more than three decimals"
            raise ValueError(message)
        return int(scaled)

    def process_result_value(self, value: int | None, dialect: sa.Dialect) -> Decimal | None:  # noqa: ARG002
        return None if value is None else Decimal(value) / self.SCALE


_Choice = TypeVar("_Choice", bound=StrEnum)


def choice(kind: type[_Choice]) -> sa.Enum:
    """A closed list stored as text with a CHECK, named after the enum."""
    words = [member.value for member in kind]
    name = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in kind.__name__).lstrip("_")
    return sa.Enum(
        kind, native_enum=False, create_constraint=True, name=name, length=40, values_callable=lambda _members: words
    )


class Base(DeclarativeBase):
    """Every table declares `retention`; a column of another class says so in `info={"retention": …}`."""

    metadata = sa.MetaData(naming_convention=NAMING)
    retention: ClassVar[Retention]
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: UtcDateTime(),
        Decimal: Amount(),
        uuid.UUID: sa.Uuid(),
        dict[str, Any]: sa.JSON(),
        list[Any]: sa.JSON(),
    }


class Keyed:
    """A random key: it says nothing about whom or when, so it may stand in logs, addresses and the erasure ledger."""

    id: Mapped[uuid.UUID] = mapped_column(sa.Uuid(), primary_key=True, default=uuid.uuid4)


class Moving(Keyed):
    """A row with a state. Only `records.states.move` writes these columns; the version fences stale workers."""

    version: Mapped[int] = mapped_column(default=0)
    attempts: Mapped[int] = mapped_column(default=0)
    claimed_by: Mapped[str | None] = mapped_column(sa.String(100))
    claimed_until: Mapped[datetime | None] = mapped_column(UtcDateTime())
    state_since: Mapped[datetime] = mapped_column(UtcDateTime())


def retention_of(column: sa.Column[Any], table_class: Retention) -> Retention:
    """The class of a column: its own where it declares one, else its table's."""
    return Retention(column.info.get("retention", table_class))
