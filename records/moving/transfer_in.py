"""Taking in a transfer bundle that another installation made: checked against its manifest, then one ECT equal to theirs."""

from __future__ import annotations

import hashlib
import io
import json
import uuid
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from pydantic import ValidationError
from sqlalchemy.orm import Session

from records import facts, periods
from records.blobs import Blobs, Kept, must_be_there
from records.events import Actor, record
from records.models.facts import PersonContact, Qualification, StatedFact, TrainingRecord
from records.models.imports import ImportRun, LegacyKey
from records.models.inductions import (
    Absence,
    Assessment,
    Extension,
    FteSpell,
    Induction,
    InductionPeriod,
    Post,
    Reduction,
    SignOff,
    Source,
)
from records.models.people import Person, PersonAddress, PersonName
from records.models.post import Attachment, AttachmentDecision, BlobKind, Channel, StoredMessage
from records.models.schools import School
from records.moving.transfer_form import (
    FORMAT,
    ORIGIN,
    SYSTEM,
    AssessmentShape,
    Bundle,
    PersonShape,
    PostShape,
    SchoolShape,
)
from records.people import find_by_trn
from records.post import note_blob
from records.states import AttachmentState, MessageState
from records.values import Wrong, name_key
from records.waiting import match_waiting

MOST_BYTES = 500 * 1024 * 1024
MOST_FILES = 2000
_STATED = ("trn", "date_of_birth", "qts_on", "qts_route", "qts_provider")


@dataclass(frozen=True, slots=True)
class Opened:
    """A bundle that is whole: what it says, and its files by path."""

    bundle: Bundle
    files: Mapping[str, bytes]
    sha256: str


def opened(content: bytes) -> Opened:
    """Open and check a bundle. Raises `Wrong` for anything that is not exactly what its manifest says."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            infos = archive.infolist()
            if len(infos) > MOST_FILES or sum(one.file_size for one in infos) > MOST_BYTES:
                raise Wrong("This bundle is too large")
            files = {one.filename: archive.read(one) for one in infos}
            if len(files) != len(infos):
                raise Wrong("This bundle holds two files of one name")
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError):
        raise Wrong("This is no transfer bundle, or it is damaged") from None
    manifest = files.pop("manifest.json", None)
    if manifest is None:
        raise Wrong("This is no transfer bundle: it has no manifest")
    _check(files, _listed(manifest))
    try:
        bundle = Bundle.model_validate_json(files["ect.json"])
    except ValidationError as fault:
        first = fault.errors(include_input=False, include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        message = f"The bundle does not fit its schema: {place}: {first['msg']}"
        raise Wrong(message) from None
    for assessment in bundle.ect.induction.assessments:
        for paper in assessment.papers:
            if paper.file not in files or hashlib.sha256(files[paper.file]).hexdigest() != paper.sha256:
                message = f"The bundle does not hold the paper {paper.file}"
                raise Wrong(message)
    return Opened(bundle, files, hashlib.sha256(content).hexdigest())


def keep_papers(blobs: Blobs, bundle: Opened) -> None:
    """Make the papers' bytes safe, before any row names them."""
    for assessment in bundle.bundle.ect.induction.assessments:
        for paper in assessment.papers:
            blobs.put(bundle.files[paper.file])


def take_in(session: Session, blobs: Blobs, bundle: Opened, actor: Actor, now: datetime) -> Induction:
    """One ECT, as the other installation had them. Raises `Wrong` where they are on record already, or not released yet."""
    ect = bundle.bundle.ect
    body = bundle.bundle.from_body
    if any(one.ends_on is None for one in ect.induction.periods):
        message = f"The period with {body} is still open: ask for a bundle after the release"
        raise Wrong(message)
    known = _known_person(session, ect.person)
    _refuse_twice(session, bundle)
    person = known or _new_person(session, ect.person, now)
    periods.lock(session, person.id)
    run = ImportRun(id=uuid.uuid4(), kind="transfer", system=f"{SYSTEM}{body}"[:60], made_at=now, made_by=actor.id, counts={})
    session.add(run)
    session.flush()
    stated: dict[str, Any] = {"source": Source.IMPORT, "recorded_at": now}
    _beside_person(session, ect.person, person, stated)
    induction = _induction(session, bundle, person, stated)
    session.flush()
    if known is None:
        _state(session, ect.person, person, stated)
    else:
        _fill(session, ect.person, known, body, actor, now)
    _rows(session, bundle, induction, stated, now)
    periods.check(session, induction)
    papers = _message(session, run, induction, now)
    for one in ect.induction.assessments:
        _assessment(session, one, induction, papers, bundle, stated, now)
    must_be_there(blobs, {paper.sha256 for one in ect.induction.assessments for paper in one.papers})
    _remember(session, run, bundle, induction)
    session.flush()
    session.expire_all()
    match_waiting(session, person)
    record(
        session,
        "transfer_taken_in",
        induction,
        actor,
        now,
        detail={"from": body, "sha256": bundle.sha256},
        induction_id=induction.id,
    )
    return induction


def _listed(manifest: bytes) -> dict[str, tuple[str, int]]:
    try:
        content = json.loads(manifest)
        version = str(content["format"])
        listed = {str(one["path"]): (str(one["sha256"]), int(one["size"])) for one in content["files"]}
    except (ValueError, KeyError, TypeError):
        raise Wrong("The manifest of this bundle cannot be read") from None
    except (RecursionError, OverflowError):
        raise Wrong("The manifest of this bundle is damaged") from None
    if version != FORMAT:
        message = f"This bundle has another format than {FORMAT}: ask for one of that"
        raise Wrong(message)
    return listed


def _check(files: Mapping[str, bytes], listed: Mapping[str, tuple[str, int]]) -> None:
    if "ect.json" not in files or set(files) != set(listed):
        raise Wrong("The files of this bundle are not those of its manifest")
    for path, content in files.items():
        if (hashlib.sha256(content).hexdigest(), len(content)) != listed[path]:
            message = f"{path} has been altered since the bundle was made"
            raise Wrong(message)


def _refuse_twice(session: Session, bundle: Opened) -> None:
    """Also a bundle made anew, or one that comes back to where its record began: an ECT without a TRN is known by nothing else."""
    ids = [one.id for one in bundle.bundle.origins]
    same = sa.select(LegacyKey.id).where(
        LegacyKey.system.startswith(SYSTEM),
        sa.or_(
            sa.and_(LegacyKey.kind == "ect", LegacyKey.legacy_id == bundle.sha256),
            sa.and_(LegacyKey.kind == ORIGIN, LegacyKey.legacy_id.in_([str(one) for one in ids])),
        ),
    )
    ours = sa.select(Induction.id).where(Induction.id.in_(ids))
    if session.scalar(same.limit(1)) is not None or session.scalar(ours.limit(1)) is not None:
        raise Wrong("The ECT of this bundle is here already: enter by hand what is new in it")


def _remember(session: Session, run: ImportRun, bundle: Opened, induction: Induction) -> None:
    """The bundle, and the ids that the induction has elsewhere."""
    keys = [(run.system, "ect", bundle.sha256)]
    keys += [(f"{SYSTEM}{one.body}"[:60], ORIGIN, str(one.id)) for one in bundle.bundle.origins]
    for system, kind, legacy_id in dict.fromkeys(keys):
        session.add(
            LegacyKey(
                id=uuid.uuid4(),
                run_id=run.id,
                system=system,
                kind=kind,
                legacy_id=legacy_id,
                person_id=induction.person_id,
                subject_id=induction.id,
                digest=bundle.sha256,
            )
        )


def _known_person(session: Session, shape: PersonShape) -> Person | None:
    """Somebody with the TRN who has no induction here; anything else would mix up two records."""
    person = find_by_trn(session, shape.trn) if shape.trn else None
    if person is None:
        return None
    if session.scalar(sa.select(Induction.id).where(Induction.person_id == person.id).limit(1)) is not None:
        raise Wrong("An induction with this TRN is on record here already")
    born = shape.date_of_birth
    if person.last_key != name_key(shape.last_name) or (born and person.date_of_birth and born != person.date_of_birth):
        raise Wrong("Somebody else is on record here with this TRN: correct that first")
    return person


def _new_person(session: Session, shape: PersonShape, now: datetime) -> Person:
    person = Person(
        id=uuid.uuid4(),
        first_key=name_key(shape.first_name),
        last_key=name_key(shape.last_name),
        created_at=now,
        first_name=shape.first_name,
        last_name=shape.last_name,
        trn=shape.trn,
        date_of_birth=shape.date_of_birth,
        qts_on=shape.qts_on,
        qts_route=shape.qts_route,
        qts_provider=shape.qts_provider,
    )
    session.add(person)
    session.flush()
    return person


def _beside_person(session: Session, shape: PersonShape, person: Person, stated: dict[str, Any]) -> None:
    for former in shape.former_names:
        session.add(PersonName(id=uuid.uuid4(), person_id=person.id, full_name=former, name_key=name_key(former)))
    known = {one.address for one in person.addresses}
    for address in shape.addresses:
        if address.address not in known:
            session.add(PersonAddress(id=uuid.uuid4(), person_id=person.id, **address.model_dump()))
    for table, rows in ((Qualification, shape.qualifications), (PersonContact, shape.contacts)):
        for row in rows:
            session.add(table(id=uuid.uuid4(), person_id=person.id, **row.model_dump(), **stated))


def _state(session: Session, shape: PersonShape, person: Person, stated: dict[str, Any]) -> None:
    """The facts of somebody new here are those of the bundle."""
    for name in _STATED:
        if getattr(shape, name) is not None:
            session.add(StatedFact(id=uuid.uuid4(), person_id=person.id, subject_id=person.id, name=name, **stated))


def _fill(session: Session, shape: PersonShape, person: Person, body: str, actor: Actor, now: datetime) -> None:
    """The facts of somebody known here: what is missing comes from the bundle, what it lacks stays. Raises `Wrong`."""
    for name in _STATED:
        stated = getattr(shape, name)
        theirs = stated.isoformat() if isinstance(stated, date) else stated
        ours = facts.value_of(person, name)
        if theirs is None:
            continue
        if ours is not None and name_key(ours) != name_key(theirs):
            title = facts.PERSON_FACTS[name].title
            message = f"{title} is “{ours}” here and “{theirs}” in the bundle: correct that first"
            raise Wrong(message)
        if ours is None:
            facts.correct(session, person, name, theirs, f"From {body}", actor, now, source=Source.IMPORT)


def _induction(session: Session, bundle: Opened, person: Person, stated: dict[str, Any]) -> Induction:
    shape = bundle.bundle.ect.induction
    induction = Induction(
        id=uuid.uuid4(),
        person_id=person.id,
        certainty=shape.certainty,
        starts_on=shape.starts_on,
        required_terms=shape.required_terms,
        programme=shape.programme,
        outcome=shape.outcome,
        outcome_on=shape.outcome_on,
        completed_on=shape.completed_on,
        **stated,
    )
    session.add(induction)
    return induction


def _rows(session: Session, bundle: Opened, induction: Induction, stated: dict[str, Any], now: datetime) -> None:
    shape = bundle.bundle.ect.induction
    about = {"induction_id": induction.id, **stated}
    for period in shape.periods:
        values = period.model_dump(exclude={"body"})
        session.add(InductionPeriod(id=uuid.uuid4(), body_name=period.body, papers_held=True, **values, **about))
    for table, rows in (
        (TrainingRecord, shape.training),
        (Absence, shape.absences),
        (Extension, shape.extensions),
        (Reduction, shape.reductions),
    ):
        for row in rows:
            session.add(table(id=uuid.uuid4(), **row.model_dump(), **about))
    for post in shape.posts:
        _post(session, post, about, stated, now)


def _post(session: Session, shape: PostShape, about: dict[str, Any], stated: dict[str, Any], now: datetime) -> None:
    school = _school(session, shape.school, now)
    post = Post(id=uuid.uuid4(), school_id=school.id, **shape.model_dump(exclude={"school", "hours"}), **about)
    session.add(post)
    session.flush()
    for spell in shape.hours:
        session.add(FteSpell(id=uuid.uuid4(), post_id=post.id, **spell.model_dump(), **stated))


def _school(session: Session, shape: SchoolShape, now: datetime) -> School:
    """The school with the URN; without one, the only one of that name. Else it is added."""
    if shape.urn:
        known = session.scalar(sa.select(School).where(School.urn == shape.urn))
    else:
        same = session.scalars(sa.select(School).where(School.name_key == name_key(shape.name)).limit(2)).all()
        known = same[0] if len(same) == 1 else None
    if known is not None:
        return known
    school = School(id=uuid.uuid4(), name=shape.name, name_key=name_key(shape.name), urn=shape.urn, created_at=now)
    session.add(school)
    session.flush()
    return school


def _message(session: Session, run: ImportRun, induction: Induction, now: datetime) -> StoredMessage:
    message = StoredMessage(
        id=uuid.uuid4(),
        state=MessageState.OPENED,
        state_since=now,
        channel=Channel.HISTORY,
        received_at=now,
        size=0,
        source=f"history:{run.id}:{induction.id}",
        subject="Papers of a transfer",
    )
    session.add(message)
    session.flush()
    return message


def _assessment(
    session: Session,
    shape: AssessmentShape,
    induction: Induction,
    message: StoredMessage,
    bundle: Opened,
    stated: dict[str, Any],
    now: datetime,
) -> None:
    values = shape.model_dump(exclude={"sign_offs", "papers"})
    assessment = Assessment(id=uuid.uuid4(), induction_id=induction.id, **values, **stated)
    session.add(assessment)
    session.flush()
    for sign in shape.sign_offs:
        session.add(SignOff(id=uuid.uuid4(), assessment_id=assessment.id, **sign.model_dump()))
    for paper in shape.papers:
        kept = Kept(paper.sha256, len(bundle.files[paper.file]))
        note_blob(session, kept, BlobKind.FILED, now)
        session.add(
            Attachment(
                id=uuid.uuid4(),
                message_id=message.id,
                position=0,
                path=paper.file,
                name=paper.name,
                size=kept.size,
                blob_sha256=kept.sha256,
                decision=AttachmentDecision.SET_ASIDE,
                reason="It came with a transfer from another body.",
                state=AttachmentState.SET_ASIDE,
                state_since=now,
                filed_as=shape.kind.value,
                filed_for_id=induction.id,
                assessment_id=assessment.id,
            )
        )
    session.flush()
