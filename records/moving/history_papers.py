"""Papers that come with a history: filed with their ECTs and assessments, never read into drafts, never answered."""

from __future__ import annotations

import hashlib
import re
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath

import sqlalchemy as sa
from sqlalchemy.orm import Session

from records.blobs import Kept
from records.events import Actor, record
from records.models.imports import LegacyKey
from records.models.inductions import Assessment, Induction
from records.models.post import Attachment, AttachmentDecision, BlobKind, Channel, StoredMessage
from records.moving.history import HistoryPlan, form_key
from records.moving.history_in import CameIn
from records.post import note_blob
from records.states import AttachmentState, MessageState

_KINDS: tuple[tuple[str, str], ...] = (
    ("observation", "lesson_observation"),
    ("support plan", "support_plan"),
    ("action plan", "support_plan"),
    ("qts", "qts_certificate"),
    ("standards", "standards_evidence"),
    ("registration", "registration"),
    ("interim", "interim_assessment"),
    ("progress", "progress_review"),
    ("review", "progress_review"),
    ("assessment", "formal_assessment"),
    ("letter", "letter"),
)


@dataclass(frozen=True, slots=True)
class Belongs:
    """Whose a file is: the ECT by their id there, the assessment where one is told, and what kind of document it looks like."""

    ect_id: str
    form: str | None
    filed_as: str


@dataclass(frozen=True, slots=True)
class HistoryPaper:
    """A file whose bytes are safe in the store."""

    path: str
    """Within the folder that was given."""
    kept: Kept
    true_type: str
    belongs: Belongs


class Whose:
    """Finds whose a file is: by the table of assessments, else by an id or a TRN in its path."""

    def __init__(self, plan: HistoryPlan, ids: Mapping[str, str]) -> None:
        """`ids`: every id and TRN of the table of ECTs, to the id there."""
        self._ids = ids
        self._told: dict[str, tuple[str, str, str]] = {}
        for ect_id, rows in plan.forms.items():
            for row in rows:
                if row.get("file"):
                    told = (ect_id, form_key(row, ect_id), str(row.get("kind")))
                    self._told[_flat(str(row.get("file")))] = told

    def __call__(self, path: str) -> Belongs | None:
        told = self._told.get(_flat(path)) or self._told.get(_flat(PurePosixPath(path).name))
        if told is not None:
            return Belongs(*told)
        for part in PurePosixPath(path).parts:
            stem = PurePosixPath(part).stem if part == PurePosixPath(path).name else part
            for word in (stem, *re.findall(r"[A-Za-z0-9]+", stem)):
                if word in self._ids:
                    return Belongs(self._ids[word], None, kind_by_name(path))
        return None


def kind_by_name(path: str) -> str:
    """The kind of document that a file's name suggests."""
    plain = re.sub(r"[^a-z]+", " ", PurePosixPath(path).name.casefold())
    return next((kind for word, kind in _KINDS if word in plain), "other")


def file_papers(
    session: Session, came: CameIn, papers: Iterable[HistoryPaper], system: str, actor: Actor, now: datetime
) -> int:
    """File papers with their ECTs. The same bytes of an ECT come in once. Returns how many were filed."""
    by_ect: dict[str, list[HistoryPaper]] = {}
    for one in papers:
        if one.belongs.ect_id in came.inductions:
            by_ect.setdefault(one.belongs.ect_id, []).append(one)
    chosen = (LegacyKey.system == system, LegacyKey.kind == "file")
    known = set(session.scalars(sa.select(LegacyKey.legacy_id).where(*chosen)))
    told = sa.select(LegacyKey.legacy_id, LegacyKey.subject_id).join(Assessment, Assessment.id == LegacyKey.subject_id)
    forms = dict(session.execute(told.where(LegacyKey.system == system, LegacyKey.kind == "assessment")).all())
    filed = 0
    for ect_id, theirs in by_ect.items():
        fresh = [one for one in _without_doubles(theirs) if _key(ect_id, one) not in known]
        if fresh:
            induction = session.get_one(Induction, came.inductions[ect_id])
            _file(session, came, induction, ect_id, fresh, forms, now)
            record(session, "papers_imported", induction, actor, now, detail={"papers": len(fresh)}, induction_id=induction.id)
            filed += len(fresh)
    session.flush()
    return filed


def _file(
    session: Session,
    came: CameIn,
    induction: Induction,
    ect_id: str,
    papers: Sequence[HistoryPaper],
    forms: Mapping[str, uuid.UUID],
    now: datetime,
) -> None:
    message = StoredMessage(
        id=uuid.uuid4(),
        state=MessageState.OPENED,
        state_since=now,
        channel=Channel.HISTORY,
        received_at=now,
        size=sum(one.kept.size for one in papers),
        source=f"history:{came.run.id}:{induction.id}",
        subject="Papers from another system",
    )
    session.add(message)
    session.flush()
    for position, one in enumerate(papers):
        note_blob(session, one.kept, BlobKind.FILED, now)
        attachment = Attachment(
            id=uuid.uuid4(),
            message_id=message.id,
            position=position,
            path=str(position + 1),
            name=PurePosixPath(one.path).name[-500:],
            sniffed_type=one.true_type,
            size=one.kept.size,
            blob_sha256=one.kept.sha256,
            decision=AttachmentDecision.SET_ASIDE,
            reason="It came with the history from another system.",
            state=AttachmentState.SET_ASIDE,
            state_since=now,
            filed_as=one.belongs.filed_as,
            filed_for_id=induction.id,
            assessment_id=forms.get(one.belongs.form) if one.belongs.form else None,
        )
        session.add(attachment)
        session.add(
            LegacyKey(
                id=uuid.uuid4(),
                run_id=came.run.id,
                system=came.run.system,
                kind="file",
                legacy_id=_key(ect_id, one),
                person_id=induction.person_id,
                subject_id=attachment.id,
                digest=one.kept.sha256,
            )
        )
    session.flush()


def _without_doubles(papers: Iterable[HistoryPaper]) -> list[HistoryPaper]:
    found: dict[str, HistoryPaper] = {}
    for one in papers:
        found.setdefault(one.kept.sha256, one)
    return list(found.values())


def _key(ect_id: str, paper: HistoryPaper) -> str:
    return hashlib.sha256(f"{ect_id}/{paper.kept.sha256}".encode()).hexdigest()


def _flat(path: str) -> str:
    return path.replace("\\", "/").strip("/ ").casefold()
