"""The rows of an import by table, collected and then written in a handful of statements."""

from __future__ import annotations

import uuid
from collections import defaultdict
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from records.models.base import Base
from records.models.facts import PersonContact, Qualification, StatedFact, TrainingRecord
from records.models.imports import ImportRun, LegacyKey
from records.models.inductions import (
    Absence,
    Assessment,
    Certainty,
    Extension,
    FteSpell,
    Induction,
    InductionPeriod,
    Post,
    Reduction,
    SignOff,
    Source,
)
from records.models.people import Membership, Person, PersonAddress, PersonName
from records.models.schools import School

_ORDER: tuple[type[Base], ...] = (
    School,
    Person,
    PersonName,
    PersonAddress,
    PersonContact,
    Qualification,
    StatedFact,
    Membership,
    Induction,
    InductionPeriod,
    TrainingRecord,
    Post,
    FteSpell,
    Absence,
    Reduction,
    Extension,
    Assessment,
    SignOff,
    LegacyKey,
)
"""Parents before children."""

_AT_ONCE = 1000


class Tables:
    """What one run of an import writes. Every row has its id from the start, so that others can name it."""

    def __init__(self, run: ImportRun, now: datetime) -> None:
        self._run, self._now = run, now
        self._rows: dict[type[Base], list[dict[str, Any]]] = defaultdict(list)

    def put(self, table: type[Base], **values: Any) -> uuid.UUID:
        row_id: uuid.UUID = values.setdefault("id", uuid.uuid4())
        self._rows[table].append(values)
        return row_id

    def fact(self, table: type[Base], certainty: Certainty = Certainty.STATED, **values: Any) -> uuid.UUID:
        return self.put(table, source=Source.IMPORT, certainty=certainty, recorded_at=self._now, **values)

    def key(self, kind: str, legacy_id: str, person_id: uuid.UUID, subject_id: uuid.UUID, digest: str) -> None:
        """Under which name the other system keeps `subject_id`."""
        self.put(
            LegacyKey,
            run_id=self._run.id,
            system=self._run.system,
            kind=kind,
            legacy_id=legacy_id,
            person_id=person_id,
            subject_id=subject_id,
            digest=digest,
        )

    def write(self, session: Session) -> None:
        for table in _ORDER:
            rows = self._rows.pop(table, [])
            for start in range(0, len(rows), _AT_ONCE):
                session.execute(sa.insert(table), rows[start : start + _AT_ONCE])
        assert not self._rows
