"""What a transfer bundle says about an ECT: the shapes from which its published JSON Schema is made. Pure."""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer, WithJsonSchema

from records.models.facts import ContactKind
from records.models.inductions import (
    AbsenceKind,
    AssessmentKind,
    AssessmentPoint,
    Certainty,
    ContractKind,
    ExtensionKind,
    Outcome,
    ProgrammeKind,
    SignOffHow,
)
from records.models.people import AddressKind
from records.values import decimal_text

FORMAT: Literal["ect-transfer/1"] = "ect-transfer/1"
SCHEMA_FILE = "transfer.schema.json"
SYSTEM = "transfer:"
"""How the system of a legacy id begins that came with a bundle; the body's name follows."""
ORIGIN = "origin"
"""The kind of such an id: of an induction, at a body that has or had it on record."""

Number = Annotated[
    Decimal,
    Field(ge=0, le=10_000, max_digits=8, decimal_places=3),
    PlainSerializer(decimal_text, return_type=str, when_used="json"),
    WithJsonSchema({"type": "string", "pattern": r"^\d{1,5}(\.\d{1,3})?$"}),
]
"""An exact decimal, written as text: a float would round."""
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Short = Annotated[str, Field(max_length=300)]
Long = Annotated[str, Field(max_length=100_000)]


class _Shape(BaseModel):
    """Closed: a field that is not known is refused, never dropped in silence."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class _Stated(_Shape):
    certainty: Certainty = Certainty.STATED
    """stated, computed or unknown."""


class SchoolShape(_Shape):
    name: Short
    urn: Annotated[str, Field(pattern=r"^\d{5,6}$")] | None = None


class AddressShape(_Shape):
    address: Annotated[str, Field(max_length=320)]
    kind: AddressKind


class ContactShape(_Stated):
    kind: ContactKind
    value: Annotated[str, Field(max_length=500)]


class QualificationShape(_Stated):
    title: Annotated[str, Field(max_length=200)]
    subject: Annotated[str, Field(max_length=200)] | None = None
    provider: Annotated[str, Field(max_length=200)] | None = None
    awarded_on: date | None = None


class PersonShape(_Shape):
    first_name: Annotated[str, Field(max_length=200)]
    last_name: Annotated[str, Field(max_length=200)]
    former_names: tuple[Annotated[str, Field(max_length=400)], ...] = ()
    trn: Annotated[str, Field(pattern=r"^\d{7}$")] | None = None
    date_of_birth: date | None = None
    qts_on: date | None = None
    qts_route: Annotated[str, Field(max_length=200)] | None = None
    qts_provider: Annotated[str, Field(max_length=200)] | None = None
    qualifications: tuple[QualificationShape, ...] = ()
    addresses: tuple[AddressShape, ...] = ()
    contacts: tuple[ContactShape, ...] = ()


class PeriodShape(_Stated):
    body: Short
    starts_on: date
    ends_on: date | None = None
    terms: Number | None = None
    outcome: Outcome | None = None


class HoursShape(_Stated):
    starts_on: date
    fte: Number


class PostShape(_Stated):
    school: SchoolShape
    employer: Short | None = None
    contract: ContractKind = ContractKind.UNKNOWN
    contract_ends_on: date | None = None
    starts_on: date
    ends_on: date | None = None
    lead: bool = True
    hours: tuple[HoursShape, ...] = ()


class TrainingShape(_Stated):
    programme: ProgrammeKind = ProgrammeKind.UNKNOWN
    lead_provider: Annotated[str, Field(max_length=200)] | None = None
    delivery_partner: Annotated[str, Field(max_length=200)] | None = None
    starts_on: date | None = None
    completed_on: date | None = None


class AbsenceShape(_Stated):
    """Days only: why somebody was absent is not handed over."""

    kind: AbsenceKind
    starts_on: date | None = None
    ends_on: date | None = None
    days: Number
    part: int | None = None


class ExtensionShape(_Stated):
    kind: ExtensionKind
    terms: Number | None = None
    days: Number | None = None
    part: int | None = None
    decided_on: date | None = None
    notice_sent_on: date | None = None


class ReductionShape(_Stated):
    terms: Number
    decided_on: date | None = None
    consent_on: date | None = None


class SignOffShape(_Shape):
    role: Annotated[str, Field(max_length=40)]
    how: SignOffHow
    name: Short | None = None
    signed_on: date | None = None
    evidence: Long | None = None


class PaperShape(_Shape):
    name: Annotated[str, Field(max_length=500)]
    file: Annotated[str, Field(pattern=r"^papers/[^/\\]+/[^/\\]+$", max_length=300)]
    sha256: Sha256


class AssessmentShape(_Stated):
    """A completed progress review or assessment."""

    kind: AssessmentKind
    point: AssessmentPoint | None = None
    sequence: int | None = None
    due_on: date | None = None
    period_start: date | None = None
    period_end: date | None = None
    accepted_at: datetime
    received_on: date | None = None
    terms_completed: Number | None = None
    days_served: Number | None = None
    days_absent: Number | None = None
    on_track: bool | None = None
    judgement: Annotated[str, Field(max_length=20)] | None = None
    values: dict[Annotated[str, Field(max_length=60)], Long] = Field(default_factory=dict)
    """Every accepted value, by the field's key."""
    sign_offs: tuple[SignOffShape, ...] = ()
    papers: tuple[PaperShape, ...] = ()


class InductionShape(_Stated):
    starts_on: date | None = None
    required_terms: Number
    programme: ProgrammeKind = ProgrammeKind.UNKNOWN
    outcome: Literal[Outcome.PASS, Outcome.FAIL] | None = None
    """Only the outcome of the whole induction: leaving a body is the outcome of its period."""
    outcome_on: date | None = None
    completed_on: date | None = None
    periods: tuple[PeriodShape, ...] = ()
    posts: tuple[PostShape, ...] = ()
    training: tuple[TrainingShape, ...] = ()
    absences: tuple[AbsenceShape, ...] = ()
    extensions: tuple[ExtensionShape, ...] = ()
    reductions: tuple[ReductionShape, ...] = ()
    assessments: tuple[AssessmentShape, ...] = ()


class EctShape(_Shape):
    person: PersonShape
    induction: InductionShape


class OriginShape(_Shape):
    """A body that has, or had, this ECT on record, and the id that its installation gave the induction."""

    body: Short
    id: UUID


class Bundle(_Shape):
    """The file ect.json of a bundle."""

    format: Literal["ect-transfer/1"] = FORMAT
    made_at: datetime
    from_body: Short
    origins: Annotated[tuple[OriginShape, ...], Field(max_length=50)] = ()
    """The body that made the bundle first, then those that it had the record from: by them an ECT without a TRN is recognised."""
    ect: EctShape


def schema() -> dict[str, Any]:
    """The published JSON Schema of ect.json."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **Bundle.model_json_schema(mode="serialization")}


def schema_text() -> str:
    return json.dumps(schema(), indent=2, ensure_ascii=False, sort_keys=True) + "\n"
