"""The DfE's rules for a row of its uploads, as its own service applies them (RECT, August 2026). Pure.

A row that breaks a rule must be entered by hand, or corrected first; the reason says which.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from records.models.inductions import Outcome, ProgrammeKind
from records.values import decimal_text, spoken_date

CLAIM_HEADER = ("TRN", "Date of birth", "Induction programme", "Induction period start date")
OUTCOME_HEADER = ("TRN", "Date of birth", "Induction period end date", "Number of terms", "Outcome")

MOST_ROWS = 1000
MOST_BYTES = 102_400
FIRST_START = date(2021, 9, 1)
"""A period must start after this day, not on it."""
YOUNGEST, OLDEST = 18, 99
"""Age by difference of years."""
MOST_TERMS = Decimal(16)

PROGRAMMES = {ProgrammeKind.PROVIDER_LED: "provider-led", ProgrammeKind.SCHOOL_LED: "school-led"}
OUTCOMES = {Outcome.PASS: "pass", Outcome.RELEASE: "release"}


@dataclass(frozen=True, slots=True)
class Claim:
    """An ECT whose induction with this body the DfE should open."""

    trn: str | None
    date_of_birth: date | None
    programme: ProgrammeKind
    starts_on: date
    qts_on: date | None = None

    def cells(self) -> tuple[str, ...]:
        """The row as the upload wants it. Only for a row without problems."""
        assert self.trn is not None
        assert self.date_of_birth is not None
        return (self.trn, self.date_of_birth.isoformat(), PROGRAMMES[self.programme], self.starts_on.isoformat())


@dataclass(frozen=True, slots=True)
class Conclusion:
    """An ECT whose induction with this body has ended."""

    trn: str | None
    date_of_birth: date | None
    starts_on: date
    ends_on: date
    terms: Decimal
    outcome: Outcome
    programme: ProgrammeKind = ProgrammeKind.UNKNOWN
    qts_on: date | None = None

    def cells(self) -> tuple[str, ...]:
        """The row as the upload wants it. Only for a row without problems."""
        assert self.trn is not None
        assert self.date_of_birth is not None
        return (
            self.trn,
            self.date_of_birth.isoformat(),
            self.ends_on.isoformat(),
            decimal_text(one_decimal(self.terms)),
            OUTCOMES[self.outcome],
        )


def one_decimal(terms: Decimal) -> Decimal:
    """Terms as the DfE takes them: halves go away from zero (1.25 → 1.3). The exact figure stays on file."""
    return terms.quantize(Decimal("0.1"), ROUND_HALF_UP)


def claim_problems(claim: Claim, today: date) -> list[str]:
    """Why the upload would refuse the row, in words."""
    found = _identity_problems(claim.trn, claim.date_of_birth, today)
    if claim.programme not in PROGRAMMES:
        found.append("Say whether the training is provider-led or school-led")
    if claim.starts_on > today:
        found.append(f"The start date is in the future: the row can go from {spoken_date(claim.starts_on)} on")
    if claim.starts_on <= FIRST_START:
        found.append("The service takes only periods that start after 1 September 2021")
    if claim.qts_on is not None and claim.starts_on < claim.qts_on:
        found.append("The start date is before the award of QTS")
    return found


def conclusion_problems(conclusion: Conclusion, today: date) -> list[str]:
    """Why the upload would refuse the row, in words."""
    found = _identity_problems(conclusion.trn, conclusion.date_of_birth, today)
    if _never_claimed(conclusion):
        found.append(
            "The service never takes the claim of this induction, so it knows no period to end: tell the DfE in writing"
        )
    if conclusion.outcome not in OUTCOMES:
        found.append("A fail cannot be recorded by upload: enter it on the DfE’s site, with the date of your letter")
    if conclusion.ends_on > today:
        found.append(f"The end date is in the future: the row can go from {spoken_date(conclusion.ends_on)} on")
    if conclusion.ends_on <= conclusion.starts_on:
        found.append("The end date must be after the start date")
    if not 0 <= one_decimal(conclusion.terms) <= MOST_TERMS:
        found.append("The number of terms must be between 0 and 16")
    return found


def _never_claimed(conclusion: Conclusion) -> bool:
    """Whether no claim of the period can be open there, whoever entered it: it started too early, or before QTS."""
    early = conclusion.starts_on <= FIRST_START or conclusion.programme is ProgrammeKind.BEFORE_2021
    return early or (conclusion.qts_on is not None and conclusion.starts_on < conclusion.qts_on)


def _identity_problems(trn: str | None, born: date | None, today: date) -> list[str]:
    found = []
    if trn is None or not re.fullmatch(r"\d{7}", trn):
        found.append("The TRN is missing")
    if born is None:
        found.append("The date of birth is missing")
    elif not YOUNGEST <= today.year - born.year <= OLDEST:
        found.append("The date of birth gives an age outside 18 to 99")
    return found
