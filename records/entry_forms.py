"""What people are asked for each kind of entry about an induction: one table. What holds of it stands in `entry_rules`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy.orm import Session

from records import entry_rules
from records.models.inductions import (
    Absence,
    AbsenceKind,
    ContractKind,
    Extension,
    FteSpell,
    Induction,
    InductionPeriod,
    Post,
    Reduction,
)
from records.values import Kind

Row = Absence | Reduction | Extension | Post | FteSpell | InductionPeriod


class Entry(StrEnum):
    ABSENCE = "absence"
    LEAVE = "leave"
    """The extension that an ECT asks for after statutory leave."""
    REDUCTION = "reduction"
    POST = "post"
    HOURS = "hours"
    PERIOD = "period"


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that a form asks. `choices` are (value, words) pairs."""

    key: str
    title: str
    kind: Kind
    required: bool = True
    hint: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    only_new: bool = False
    sensitive: bool = False
    """Its words stand in no event: they go before the record does."""


@dataclass(frozen=True, slots=True)
class Form:
    """One kind of entry."""

    entry: Entry
    title: str
    model: type[Row]
    asked: tuple[Asked, ...]
    rule: Callable[[Session, Induction, Any, date], dict[str, str]]
    explained: str


_PARTS = (("1", "The first part"), ("2", "The second part"))
_NOTE = Asked("note", "Note", Kind.TEXT, required=False)

FORMS: dict[Entry, Form] = {
    form.entry: form
    for form in (
        Form(
            Entry.ABSENCE,
            "Absence",
            Absence,
            (
                Asked(
                    "kind",
                    "Kind of absence",
                    Kind.CHOICE,
                    choices=(
                        (AbsenceKind.ORDINARY.value, "Absence that counts to the 30 days"),
                        (
                            AbsenceKind.STATUTORY_LEAVE.value,
                            "Statutory leave: maternity, paternity, shared parental, adoption, parental bereavement, carer’s",
                        ),
                    ),
                ),
                Asked("starts_on", "First day", Kind.DATE, required=False),
                Asked("ends_on", "Last day", Kind.DATE, required=False, hint="Leave it empty while the ECT is away"),
                Asked("days", "Days absent", Kind.DECIMAL, hint="Days on which they should have worked. Half days count: 29.5"),
                Asked(
                    "part",
                    "Part of induction",
                    Kind.CHOICE,
                    required=False,
                    choices=_PARTS,
                    hint="Only where the dates do not say it",
                ),
                Asked(
                    "health_note",
                    "Health note",
                    Kind.TEXT,
                    required=False,
                    hint="Only what is needed. Few people see it, and it goes first",
                    sensitive=True,
                ),
            ),
            entry_rules.absence,
            "30 or more days absent in one part of induction extend that part by all of them (guidance 3.6). Statutory leave does "
            "not count to the 30 days (3.7).",
        ),
        Form(
            Entry.LEAVE,
            "Extension after statutory leave",
            Extension,
            (
                Asked("days", "By how many days", Kind.DECIMAL),
                Asked("part", "Part of induction", Kind.CHOICE, choices=_PARTS),
                Asked("decided_on", "Day on which the ECT asked for it", Kind.DATE),
                _NOTE,
            ),
            entry_rules.leave,
            "An ECT who was on statutory leave chooses whether to extend induction by it, and the request must be granted (3.7).",
        ),
        Form(
            Entry.REDUCTION,
            "Reduction",
            Reduction,
            (
                Asked("terms", "By how many terms, full-time equivalent", Kind.DECIMAL),
                Asked("decided_on", "Day of the decision", Kind.DATE),
                Asked("consent_on", "Day on which the ECT agreed", Kind.DATE),
                _NOTE,
            ),
            entry_rules.reduction,
            "For earlier experience, or for part-timers who meet the standards after two school years. The ECT must agree, and "
            "the head advises (3.2 to 3.5). One term remains at least.",
        ),
        Form(
            Entry.POST,
            "Post",
            Post,
            (
                Asked("school", "School", Kind.WORDS, hint="Its URN, or its exact name"),
                Asked("starts_on", "First day", Kind.DATE),
                Asked("ends_on", "Last day", Kind.DATE, required=False, hint="Leave it empty while the post goes on"),
                Asked(
                    "fte", "Full-time equivalent", Kind.FTE, hint="1 for full time, 0.6 or 60% for three days", only_new=True
                ),
                Asked(
                    "contract",
                    "Contract",
                    Kind.CHOICE,
                    choices=(
                        (ContractKind.PERMANENT.value, "Permanent"),
                        (ContractKind.FIXED_TERM.value, "Fixed term"),
                        (ContractKind.SUPPLY.value, "Supply"),
                        (ContractKind.UNKNOWN.value, "Not known"),
                    ),
                ),
                Asked("contract_ends_on", "End of a fixed term", Kind.DATE, required=False),
                Asked("employer", "Employer, where it is not the school", Kind.WORDS, required=False),
                Asked(
                    "lead",
                    "Lead school",
                    Kind.YES_NO,
                    choices=(("true", "Yes"), ("false", "No, another school leads")),
                    hint="Of several posts at once, one headteacher leads (3.14)",
                ),
            ),
            entry_rules.post,
            "Contracts at several schools at once are added together; each must last a term by itself (3.14 to 3.16).",
        ),
        Form(
            Entry.HOURS,
            "Change of hours",
            FteSpell,
            (
                Asked("post", "Post", Kind.CHOICE, only_new=True),
                Asked("starts_on", "From which day", Kind.DATE),
                Asked("fte", "Full-time equivalent", Kind.FTE, hint="1 for full time, 0.6 or 60% for three days"),
            ),
            entry_rules.hours,
            "Part-timers serve longer, pro rata: at 0.5, four school years (2.36).",
        ),
        Form(
            Entry.PERIOD,
            "Period with another body",
            InductionPeriod,
            (
                Asked("body_name", "Appropriate body", Kind.WORDS),
                Asked("starts_on", "First day", Kind.DATE),
                Asked("ends_on", "Last day", Kind.DATE, required=False),
                Asked(
                    "terms",
                    "Number of terms, full-time equivalent",
                    Kind.DECIMAL,
                    required=False,
                    hint="Leave it empty where nobody knows",
                ),
                Asked(
                    "papers_held",
                    "Are its assessments on file here?",
                    Kind.YES_NO,
                    choices=(("true", "Yes"), ("false", "No")),
                ),
            ),
            entry_rules.period,
            "What was served with another body counts by what it stated. Its assessments must be asked for (2.75).",
        ),
    )
}
