"""Making a transfer bundle: what the record says of one ECT, and the papers of completed assessments. Nothing else goes along."""

from __future__ import annotations

import hashlib
import io
import json
import re
import uuid
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from records.blobs import Blobs
from records.fields import BY_KEY, FORM_KINDS
from records.models.facts import PersonContact, Qualification, TrainingRecord
from records.models.imports import LegacyKey
from records.models.inductions import Assessment, Induction, InductionPeriod, Outcome, Post
from records.models.people import Person
from records.models.post import Attachment, Paper, PaperPart
from records.models.submissions import Submission
from records.moving.transfer_form import (
    FORMAT,
    ORIGIN,
    SCHEMA_FILE,
    SYSTEM,
    AbsenceShape,
    AddressShape,
    AssessmentShape,
    Bundle,
    ContactShape,
    EctShape,
    ExtensionShape,
    HoursShape,
    InductionShape,
    OriginShape,
    PaperShape,
    PeriodShape,
    PersonShape,
    PostShape,
    QualificationShape,
    ReductionShape,
    SchoolShape,
    SignOffShape,
    TrainingShape,
    schema_text,
)
from records.values import decimal_text, spoken_date

NOT_HANDED_OVER = frozenset({"national_insurance_number"})
"""Values of forms that the next body has no need of."""


@dataclass(frozen=True, slots=True)
class Packed:
    """A bundle: its bytes, and the manifest that lists every file in it."""

    content: bytes
    manifest: dict[str, Any]


@dataclass(frozen=True, slots=True)
class _File:
    name: str
    sha256: str


def pack(session: Session, blobs: Blobs, induction: Induction, body: str, now: datetime) -> Packed:
    """The bundle as a zip. Raises `FileNotFoundError` where a paper is gone from the store."""
    ect = describe(session, induction, body)
    bundle = Bundle(made_at=now, from_body=body, origins=tuple(_origins(session, induction, body)), ect=ect)
    files: dict[str, bytes] = {
        "ect.json": (bundle.model_dump_json(indent=2) + "\n").encode(),
        SCHEMA_FILE: schema_text().encode(),
        "index.html": index_page(bundle).encode(),
    }
    for assessment in bundle.ect.induction.assessments:
        for paper in assessment.papers:
            files[paper.file] = blobs.read(paper.sha256)
    manifest: dict[str, Any] = {
        "format": FORMAT,
        "made_at": now.isoformat(),
        "from": body,
        "files": [
            {"path": path, "sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}
            for path, content in files.items()
        ],
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("manifest.json", json.dumps(manifest, indent=2, ensure_ascii=False) + "\n")
        for path, content in files.items():
            archive.writestr(path, content)
    return Packed(packed.getvalue(), manifest)


def _origins(session: Session, induction: Induction, body: str) -> Iterator[OriginShape]:
    """This body, then those whose bundles the record came in by."""
    yield OriginShape(body=body, id=induction.id)
    earlier = sa.select(LegacyKey).where(LegacyKey.subject_id == induction.id, LegacyKey.kind == ORIGIN)
    for one in sorted(session.scalars(earlier), key=lambda one: (one.system, one.legacy_id)):
        yield OriginShape(body=one.system.removeprefix(SYSTEM), id=uuid.UUID(one.legacy_id))


def describe(session: Session, induction: Induction, body: str) -> EctShape:
    """What the record says of an ECT, in one order. Two installations that say the same of somebody give the same."""
    return EctShape(person=_person(session, induction.person), induction=_induction(session, induction, body))


def _person(session: Session, person: Person) -> PersonShape:
    qualifications = session.scalars(sa.select(Qualification).where(Qualification.person_id == person.id))
    contacts = session.scalars(
        sa.select(PersonContact).where(PersonContact.person_id == person.id, PersonContact.until.is_(None))
    )
    return PersonShape(
        first_name=person.first_name,
        last_name=person.last_name,
        former_names=tuple(sorted(one.full_name for one in person.former_names)),
        trn=person.trn,
        date_of_birth=person.date_of_birth,
        qts_on=person.qts_on,
        qts_route=person.qts_route,
        qts_provider=person.qts_provider,
        qualifications=_ordered(_plain(QualificationShape, one) for one in qualifications),
        addresses=_ordered(_plain(AddressShape, one) for one in person.addresses if one.until is None),
        contacts=_ordered(_plain(ContactShape, one) for one in contacts),
    )


def _induction(session: Session, induction: Induction, body: str) -> InductionShape:
    training = session.scalars(sa.select(TrainingRecord).where(TrainingRecord.induction_id == induction.id))
    ended = induction.outcome in {Outcome.PASS, Outcome.FAIL}
    completed = [one for one in induction.assessments if one.accepted_at is not None]
    return InductionShape(
        certainty=induction.certainty,
        starts_on=induction.starts_on,
        required_terms=induction.required_terms,
        programme=induction.programme,
        outcome=induction.outcome if induction.outcome in {Outcome.PASS, Outcome.FAIL} else None,
        outcome_on=induction.outcome_on if ended else None,
        completed_on=induction.completed_on if ended else None,
        periods=_ordered(_period(one, body) for one in induction.periods),
        posts=_ordered(_post(one) for one in induction.posts),
        training=_ordered(_plain(TrainingShape, one) for one in training),
        absences=_ordered(_plain(AbsenceShape, one) for one in induction.absences),
        extensions=_ordered(_plain(ExtensionShape, one) for one in induction.extensions),
        reductions=_ordered(_plain(ReductionShape, one) for one in induction.reductions),
        assessments=tuple(_assessments(session, induction, completed)),
    )


def _period(period: InductionPeriod, body: str) -> PeriodShape:
    return PeriodShape(
        certainty=period.certainty,
        body=period.body_name or body,
        starts_on=period.starts_on,
        ends_on=period.ends_on,
        terms=period.terms,
        outcome=period.outcome,
    )


def _post(post: Post) -> PostShape:
    return PostShape(
        certainty=post.certainty,
        school=SchoolShape(name=post.school.name, urn=post.school.urn),
        employer=post.employer,
        contract=post.contract,
        contract_ends_on=post.contract_ends_on,
        starts_on=post.starts_on,
        ends_on=post.ends_on,
        lead=post.lead,
        hours=_ordered(_plain(HoursShape, one) for one in post.spells),
    )


def _assessments(session: Session, induction: Induction, completed: Sequence[Assessment]) -> Iterator[AssessmentShape]:
    def when(one: Assessment) -> tuple[str, str, str]:
        return (str(one.period_end or one.due_on or ""), one.kind.value, str(one.accepted_at))

    for number, one in enumerate(sorted(completed, key=when), 1):
        folder = f"papers/{number:02}-{one.kind.value.replace('_', '-')}"
        files = sorted(_files_of(session, induction, one), key=lambda file: (file.name, file.sha256))
        yield AssessmentShape(
            **{
                name: getattr(one, name)
                for name in AssessmentShape.model_fields
                if name not in {"values", "sign_offs", "papers"}
            },
            values={key: value for key, value in one.values.items() if key not in NOT_HANDED_OVER},
            sign_offs=_ordered(_plain(SignOffShape, sign) for sign in one.sign_offs),
            papers=tuple(
                PaperShape(name=file.name, file=f"{folder}/{place:02}-{_safe(file.name)}", sha256=file.sha256)
                for place, file in enumerate(files, 1)
            ),
        )


def _files_of(session: Session, induction: Induction, assessment: Assessment) -> Iterator[_File]:
    """The papers of an assessment. Of a file that holds somebody else's paper too, only the pages of this one."""
    seen: set[str] = set()
    for attachment in session.scalars(
        sa.select(Attachment).where(Attachment.assessment_id == assessment.id, Attachment.blob_sha256.is_not(None))
    ):
        assert attachment.blob_sha256 is not None
        if attachment.blob_sha256 not in seen:
            seen.add(attachment.blob_sha256)
            yield _File(attachment.name or "paper", attachment.blob_sha256)
    submission = session.get(Submission, assessment.accepted_submission_id) if assessment.accepted_submission_id else None
    paper = submission.paper if submission is not None else None
    if paper is None:
        return
    attachments = [part.attachment for part in paper.parts]
    whole = all(one.blob_sha256 and not _holds_others(session, one.id, induction.id) for one in attachments)
    files = [(one.name, one.blob_sha256) for one in attachments] if whole else _pages(paper)
    for name, sha256 in files:
        if sha256 and sha256 not in seen:
            seen.add(sha256)
            yield _File(name or "paper", sha256)


def _pages(paper: Paper) -> list[tuple[str, str | None]]:
    return [(f"page-{image.page:02}.png", image.blob_sha256) for image in paper.images]


def _holds_others(session: Session, attachment_id: uuid.UUID, induction_id: uuid.UUID) -> bool:
    """Whether a file also holds a paper that is not known to be this ECT's."""
    return (
        session.scalar(
            sa.select(Submission.id)
            .join(PaperPart, PaperPart.paper_id == Submission.paper_id)
            .where(PaperPart.attachment_id == attachment_id, Submission.induction_id.is_distinct_from(induction_id))
            .limit(1)
        )
        is not None
    )


def _plain(shape: type[Any], row: object) -> Any:
    return shape(**{name: getattr(row, name) for name in shape.model_fields})


def _ordered(shapes: Iterator[Any]) -> tuple[Any, ...]:
    """By their content: rows of two installations have no order in common but that."""
    return tuple(sorted(shapes, key=lambda one: str(one.model_dump_json())))


def _safe(name: str) -> str:
    plain = re.sub(r"\.{2,}", ".", re.sub(r"[^\w. -]", "_", name)).strip(". ")
    return plain[-100:] or "paper"


def index_page(bundle: Bundle) -> str:
    """A page for people, without scripts and without anything from elsewhere."""
    person, induction = bundle.ect.person, bundle.ect.induction
    name = escape(f"{person.first_name} {person.last_name}")
    facts = [
        ("TRN", person.trn or "not known"),
        ("Date of birth", spoken_date(person.date_of_birth) if person.date_of_birth else "not known"),
        ("Induction started", spoken_date(induction.starts_on) if induction.starts_on else "not known"),
        ("Terms to serve", decimal_text(induction.required_terms)),
        ("From", bundle.from_body),
    ]
    periods = [
        (one.body, one.starts_on, one.ends_on or "", decimal_text(one.terms) if one.terms is not None else "not known")
        for one in induction.periods
    ]
    posts = [
        (one.school.name, one.starts_on, one.ends_on or "", ", ".join(decimal_text(h.fte) for h in one.hours))
        for one in induction.posts
    ]
    parts = [
        f"<h1>{name}</h1><table>{_rows(facts)}</table>",
        f"<h2>Periods</h2><table><tr><th>Body</th><th>From</th><th>To</th><th>Terms</th></tr>{_rows(periods)}</table>",
        f"<h2>Posts</h2><table><tr><th>School</th><th>From</th><th>To</th><th>FTE</th></tr>{_rows(posts)}</table>",
        "<h2>Completed assessments</h2>",
        *(_assessment_part(one) for one in induction.assessments),
    ]
    style = "body{font-family:sans-serif;max-width:60em;margin:2em auto;padding:0 1em}td,th{text-align:left;padding:.2em 1em .2em 0;vertical-align:top}"
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{name}</title><style>{style}</style></head>'
        f"<body>{''.join(parts)}</body></html>\n"
    )


def _assessment_part(one: AssessmentShape) -> str:
    title = FORM_KINDS[one.kind.value] + (f" ({one.point.value})" if one.point else "")
    values = [(BY_KEY[key].title if key in BY_KEY else key, value) for key, value in one.values.items()]
    signs = [(sign.role.replace("_", " "), sign.name or "", sign.signed_on or "") for sign in one.sign_offs]
    papers = "".join(f'<li><a href="{escape(paper.file)}">{escape(paper.name)}</a></li>' for paper in one.papers)
    when = f", {spoken_date(one.period_end)}" if one.period_end else ""
    return f"<h3>{escape(title)}{when}</h3><table>{_rows(values)}{_rows(signs)}</table><ul>{papers}</ul>"


def _rows(rows: Sequence[Sequence[object]]) -> str:
    return "".join("<tr>" + "".join(f"<td>{escape(str(cell))}</td>" for cell in row) + "</tr>" for row in rows)
