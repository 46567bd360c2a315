"""The register that people read: eight columns for each ECT, and the number of assessment periods beside them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import Session, selectinload

from records.exports.dfe_files import File, csv_bytes, for_spreadsheet
from records.holds import restricted
from records.models.inductions import Induction, Outcome
from records.models.people import Person
from records.values import decimal_text

HEADER = (
    "TRN",
    "Surname",
    "First name",
    "Date of birth",
    "Induction start",
    "Induction end",
    "Outcome",
    "Number of terms",
    "Number of assessment periods",
)

OUTCOME_WORDS = {Outcome.PASS: "Pass", Outcome.FAIL: "Fail", Outcome.RELEASE: "Released"}


def register_rows(session: Session) -> Iterator[tuple[str, ...]]:
    """A row for each induction, by name. Terms are those of closed periods, with every body."""
    inductions = session.scalars(
        sa.select(Induction)
        .join(Person, Induction.person_id == Person.id)
        .where(~restricted(Induction.id))
        .options(selectinload(Induction.person), selectinload(Induction.periods), selectinload(Induction.assessments))
        .order_by(Person.last_key, Person.first_key, Induction.id)
    )
    for induction in inductions:
        person = induction.person
        terms = sum((period.terms for period in induction.periods if period.terms is not None), Decimal(0))
        closed = any(period.terms is not None for period in induction.periods)
        yield (
            person.trn or "",
            person.last_name,
            person.first_name,
            person.date_of_birth.isoformat() if person.date_of_birth else "",
            induction.starts_on.isoformat() if induction.starts_on else "",
            induction.completed_on.isoformat() if induction.completed_on else "",
            OUTCOME_WORDS[induction.outcome] if induction.outcome else "In progress",
            decimal_text(terms) if closed else "",
            str(sum(1 for one in induction.assessments if one.accepted_at is not None)),
        )


def register_file(session: Session) -> File:
    """The register as CSV for a spreadsheet: a name that would be run as a formula gets an apostrophe."""
    return File("register.csv", csv_bytes([HEADER, *(for_spreadsheet(row) for row in register_rows(session))]))
