"""Makers of rows for tests: a body with a school, an ECT, a message with a paper. All invented."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from records import inductions, people, post, schools
from records.blobs import Kept
from records.events import Actor
from records.models.accounts import Account
from records.models.inductions import Assessment, AssessmentKind, AssessmentPoint, Induction
from records.models.people import Person
from records.models.post import Attachment, AttachmentDecision, Channel, Paper, PaperPart, StoredMessage
from records.models.schools import School
from records.models.submissions import Submission
from records.states import AttachmentState
from records.submissions import Draft, DraftValue, draft

NOW = datetime(2026, 3, 30, 9, 0, tzinfo=UTC)
LATER = NOW + timedelta(minutes=1)
MACHINE = Actor.machine("test")


def a_school(session: Session, name: str = "Harrowgill Primary School", address: str = "office@harrowgill.example") -> School:
    return schools.register_school(session, name=name, urn=f"{abs(hash(name)) % 900000 + 100000}", addresses=[address], now=NOW)


def an_ect(
    session: Session,
    school: School | None = None,
    *,
    trn: str = "1234567",
    born: date = date(1999, 5, 17),
    name: tuple[str, str] = ("Amara", "Quillfeather"),
) -> Induction:
    person = people.register_person(session, first_name=name[0], last_name=name[1], trn=trn, date_of_birth=born, now=NOW)
    return inductions.start_induction(
        session, person, school or a_school(session), starts_on=date(2025, 9, 1), actor=MACHINE, now=NOW
    )


def expected(
    session: Session,
    induction: Induction,
    kind: AssessmentKind = AssessmentKind.PROGRESS_REVIEW,
    due_on: date = date(2026, 3, 27),
    point: AssessmentPoint | None = None,
) -> Assessment:
    return inductions.expect(session, induction, kind, due_on=due_on, point=point, now=NOW)


def an_administrator(session: Session, user_name: str = "admin") -> Actor:
    person = people.register_person(session, first_name="Rowan", last_name="Ashdown", now=NOW)
    account = Account(id=uuid.uuid4(), person_id=person.id, user_name=user_name, created_at=NOW)
    session.add(account)
    session.flush()
    return Actor.person(account.id)


def a_delivery(
    content: bytes = b"Subject: form\r\n\r\nhello",
    *,
    received_at: datetime = NOW,
    sender: str = "office@harrowgill.example",
    source: str | None = None,
) -> post.Delivery:
    kept = Kept(hashlib.sha256(content).hexdigest(), len(content))
    return post.Delivery(
        kept, Channel.SMTP, received_at, envelope_from=sender, envelope_to=("forms@body.example",), source=source
    )


def a_message(session: Session, content: bytes = b"Subject: form\r\n\r\nhello", **facts: object) -> StoredMessage:
    return post.keep(session, a_delivery(content, **facts))  # type: ignore[arg-type]


def an_attachment(session: Session, message: StoredMessage, name: str = "review.docx") -> Attachment:
    attachment = Attachment(
        id=uuid.uuid4(),
        message_id=message.id,
        position=0,
        path=f"{uuid.uuid4()}",
        name=name,
        decision=AttachmentDecision.PAPER,
        state=AttachmentState.WAITING,
        blob_sha256="0" * 64,
        state_since=NOW,
    )
    session.add(attachment)
    session.flush()
    return attachment


def a_paper(session: Session, message: StoredMessage, attachment: Attachment | None = None, number: int = 1) -> Paper:
    paper = Paper(id=uuid.uuid4(), message_id=message.id, number=number, created_at=NOW)
    session.add(paper)
    session.flush()
    row = attachment or an_attachment(session, message)
    session.add(PaperPart(id=uuid.uuid4(), paper_id=paper.id, position=0, attachment_id=row.id))
    session.flush()
    return paper


GOOD = {
    "ect_name": "Amara Quillfeather",
    "trn": "1234567",
    "date_of_birth": "1999-05-17",
    "school_name": "Harrowgill Primary School",
    "period_end": "2026-03-27",
    "on_track": "true",
}


def a_draft(
    kind: str | None = "progress_review",
    said: Mapping[str, str | None] | None = None,
    *,
    status: str = "clear",
    **values: str | None,
) -> Draft:
    """What a well-filled review says, with changes by key; None takes a value away."""
    every = {**GOOD, **(said or {}), **values}
    return Draft(
        kind,
        "clear",
        tuple(
            DraftValue(key, value, value, "missing" if value is None else status, None if status == "clear" else "faint", ())
            for key, value in every.items()
        ),
    )


def a_submission(
    session: Session, content: Draft | None = None, *, received_at: datetime = NOW, body: bytes = b"mail"
) -> Submission:
    message = a_message(session, body, received_at=received_at)
    return draft(session, a_paper(session, message), content or a_draft(), received_at=received_at, now=received_at)


def reload(session: Session, person: Person) -> Person:
    session.refresh(person)
    return person


def a_layout(*fields: str, fingerprint: str = "f00dcafe12345678", title: str = "ECT progress review") -> dict[str, Any]:
    """A layout as the readers give it, with a place for each field."""
    place = {"how": "cell", "word": 3, "shift": [0, 1], "agreements": 1, "contradictions": 0}
    return {
        "id": fingerprint, "kind": "progress_review", "read_as": "progress_review", "title": title, "papers": 1,
        "printed": [[1, 2, 3]], "anchors": {field: dict(place) for field in fields or ("trn", "ect_name")},
    }  # fmt: skip
