"""What people at schools may ask: their ECTs, what is due, what came in. Every question is scoped by who asks.

The scope is in the query itself, so an id of another school finds nothing. Acts on people are in `school_people`.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, selectinload

from records.access import TABLE, Act, Place, Relation, Viewer, visibilities
from records.communications import Eyes, history_of
from records.models.accounts import Account
from records.models.communications import Communication, CommunicationLink, Visibility
from records.models.inductions import Assessment, Induction, Outcome, Post
from records.models.people import BODY_ROLES, Membership, Person, Role
from records.models.post import Attachment, Channel, StoredMessage
from records.models.retention import Hold
from records.models.schools import School
from records.models.submissions import Submission
from records.owed import still_owed
from records.states import AttachmentState, SubmissionState
from records.values import LONDON

_AUTHORISED = (Role.INDUCTION_COORDINATOR, Role.HEADTEACHER)
"""Whom the body itself lets in."""
FEWEST_SHOWN = 3
"""A smaller number of ECTs tells of single ones: who may not see these by name is not told it."""
SET_UP_AT_SCHOOL = (Role.INDUCTION_TUTOR, Role.SCHOOL_ADMINISTRATOR, Role.GOVERNOR)
"""Whom a coordinator lets in."""


def near(viewer: Viewer, induction: Induction, today: date) -> frozenset[Role]:
    """In which of their roles the viewer has to do with this ECT today, by the relation that `access.TABLE` asks."""
    return frozenset(
        place.role for place in viewer.places if _stands(viewer, place, TABLE[place.role].get(Act.SCHOOL_ECT), induction, today)
    )


def _stands(viewer: Viewer, place: Place, relation: Relation | None, induction: Induction, today: date) -> bool:
    if relation is Relation.SELF:
        return induction.person_id == viewer.person_id
    here = [post for post in induction.posts if post.school_id == place.school_id and _holds(post, today)]
    if relation is Relation.OWN_ECT:
        return any(post.tutor_id == viewer.person_id for post in here)
    return relation is Relation.OWN_SCHOOL and bool(here)


def find_induction(
    session: Session, viewer: Viewer, induction_id: uuid.UUID, today: date, act: Act = Act.SCHOOL_ECT
) -> Induction | None:
    """The induction, where it is one of the viewer's; None also for one that is there but not for them."""
    return session.scalar(sa.select(Induction).where(Induction.id == induction_id, _scope(viewer, act, today)))


def inductions(session: Session, viewer: Viewer, today: date, act: Act = Act.SCHOOL_ECT) -> Sequence[Induction]:
    """The ECTs to whom the viewer may do the act, by name."""
    return session.scalars(
        sa.select(Induction)
        .join(Person, Induction.person_id == Person.id)
        .where(_scope(viewer, act, today))
        .options(selectinload(Induction.person), selectinload(Induction.posts), selectinload(Induction.assessments))
        .order_by(Person.last_key, Person.first_key)
    ).all()


@dataclass(frozen=True, slots=True)
class Expected:
    """A review or assessment with the form that counts for it, where one came."""

    assessment: Assessment
    form: Submission | None
    owed: bool

    @property
    def induction(self) -> Induction:
        return self.assessment.induction


def expected(session: Session, of: Iterable[Induction]) -> list[Expected]:
    """What is expected of these ECTs, what is due first at the top."""
    rows = [one for induction in of for one in induction.assessments if one.not_required is None]
    owed = still_owed(session, [row.id for row in rows])
    forms: dict[uuid.UUID, Submission] = {}
    for form in session.scalars(
        sa.select(Submission)
        .where(
            Submission.assessment_id.in_([row.id for row in rows]),
            Submission.blank.is_(False),
            Submission.state.not_in([SubmissionState.SUPERSEDED, SubmissionState.REJECTED]),
        )
        .order_by(Submission.received_at)
    ):
        if form.assessment_id is not None:
            forms[form.assessment_id] = form
    found = [Expected(row, forms.get(row.id), row.id in owed) for row in rows]
    return sorted(found, key=lambda one: (one.assessment.due_on or date.max, str(one.assessment.id)))


def forms_of(session: Session, induction: Induction) -> Sequence[Submission]:
    """The forms that came for an ECT, newest first; the caller has asked for the induction in scope."""
    return session.scalars(
        sa.select(Submission)
        .where(Submission.induction_id == induction.id, Submission.state != SubmissionState.SUPERSEDED)
        .options(selectinload(Submission.values))
        .order_by(Submission.received_at.desc())
    ).all()


@dataclass(frozen=True, slots=True)
class Upload:
    """What somebody uploaded at once, with what became of it. `name` is the name of the file, or the names of several.

    `problems` say, each once, why a file could not be read. The name is empty until the upload is opened.
    """

    received_at: datetime
    name: str
    opened: bool
    reading: bool
    forms: tuple[Submission, ...]
    problems: tuple[str, ...]


def upload_source(viewer: Viewer, mark: str) -> str:
    """What `post.keep` knows an upload by: the same button pressed twice is one delivery."""
    return f"upload:{viewer.account_id}:{mark}"


def uploader(session: Session, message: StoredMessage) -> Person | None:
    """Who signed in and uploaded it; None for everything else."""
    found = re.match(r"upload:([0-9a-f-]{36}):", message.source or "") if message.channel is Channel.UPLOAD else None
    account = session.get(Account, uuid.UUID(found[1])) if found else None
    return account.person if account else None


def only_school(session: Session, person: Person, today: date) -> uuid.UUID | None:
    """The school of somebody with roles at one school only."""
    rows = session.scalars(
        sa.select(Membership.school_id)
        .where(
            Membership.person_id == person.id,
            Membership.school_id.is_not(None),
            *_running(Membership.since, Membership.until, today),
        )
        .distinct()
    ).all()
    return rows[0] if len(rows) == 1 else None


def uploads(session: Session, viewer: Viewer, limit: int = 20) -> list[Upload]:
    """What the viewer uploaded, newest first."""
    messages = session.scalars(
        sa.select(StoredMessage)
        .where(StoredMessage.channel == Channel.UPLOAD, StoredMessage.source.startswith(upload_source(viewer, "")))
        .options(selectinload(StoredMessage.attachments))
        .order_by(StoredMessage.received_at.desc())
        .limit(limit)
    ).all()
    forms: dict[uuid.UUID | None, list[Submission]] = {}
    chosen = sa.select(Submission).where(
        Submission.message_id.in_([one.id for one in messages]), Submission.state != SubmissionState.SUPERSEDED
    )
    for form in session.scalars(chosen.order_by(Submission.received_at)):
        forms.setdefault(form.message_id, []).append(form)
    return [_upload(one, forms.get(one.id, [])) for one in messages]


def said(session: Session, viewer: Viewer, induction: Induction, today: date) -> list[Communication]:
    """What was said about an ECT, as far as people at a school, or the ECT, may see it.

    A school sees what concerns it by name, or no school by name and was said while the ECT's post there ran: what was
    shared with the last school is not for the next one.
    """
    roles = near(viewer, induction, today)
    visible = visibilities(viewer, induction, near=roles)
    if not visible:
        return []
    places = {one.school_id for one in viewer.places if one.role in roles and Act.SCHOOL_SAID in TABLE[one.role]}
    of_schools = Communication.links.any(CommunicationLink.school_id.is_not(None))
    ours = [
        sa.not_(Communication.links.any(CommunicationLink.visibility == Visibility.SCHOOL)),
        Communication.links.any(CommunicationLink.school_id.in_(places)),
        *(sa.and_(~of_schools, _said_during(post)) for post in induction.posts if post.school_id in places),
    ]
    return history_of(session, induction.person, Eyes(visible, viewer.person_id), sa.or_(*ours))


def _said_during(post: Post) -> sa.ColumnElement[bool]:
    since = Communication.happened_at >= datetime.combine(post.starts_on, time(), LONDON)
    if post.ends_on is None:
        return since
    return sa.and_(since, Communication.happened_at < datetime.combine(post.ends_on + timedelta(days=1), time(), LONDON))


@dataclass(frozen=True, slots=True)
class Access:
    """Somebody who can see an ECT's record today, and as what."""

    name: str
    role: Role
    place: str
    """The school; empty for the body."""
    assessments: bool
    """Whether the assessments too."""


def who_can_see(session: Session, induction: Induction, today: date) -> list[Access]:
    """Everybody with access today. The guidance (2.79) wants the ECT to know."""
    found: dict[tuple[str, Role, str], Access] = {}
    for post in (one for one in induction.posts if _holds(one, today)):
        for role in (role for role in TABLE if role not in BODY_ROLES and Act.SCHOOL_ECT in TABLE[role]):
            also = _condition(role, post)
            if also is None:
                continue
            for person in _holders(session, today, Membership.school_id == post.school_id, Membership.role == role, also):
                one = Access(person.full_name, role, post.school.name, Act.SCHOOL_ASSESSMENTS in TABLE[role])
                found[(str(person.id), role, post.school.name)] = one
    closed = sa.select(Account.person_id).where(Account.closed_at.is_not(None))
    for role in sorted(role for role in BODY_ROLES if Act.SEE_ECT in TABLE[role]):
        ours = _holders(session, today, Membership.school_id.is_(None), Membership.role == role, Person.id.not_in(closed))
        for person in ours:
            found[(str(person.id), role, "")] = Access(person.full_name, role, "", True)
    return list(found.values())


def _condition(role: Role, post: Post) -> sa.ColumnElement[bool] | None:
    """What a holder of the role at the post's school must fulfil besides; None for a role that is not of a school's staff."""
    relation = TABLE[role][Act.SCHOOL_ECT]
    if relation is Relation.OWN_ECT:
        return Membership.person_id == post.tutor_id
    if relation is Relation.OWN_SCHOOL:
        return Membership.authorised_at.is_not(None) if role is Role.INDUCTION_COORDINATOR else sa.true()
    return None


@dataclass(frozen=True, slots=True)
class Totals:
    """Numbers about the ECTs of one school today. None stands for fewer than `FEWEST_SHOWN`, but not for none."""

    school: School
    serving: int | None
    """In induction, with a post there."""
    due: int | None
    """Reviews and assessments due in the next four weeks."""
    overdue: int | None
    completed: int | None
    """ECTs who passed their induction in the last twelve months while they were at the school."""


def totals(session: Session, viewer: Viewer, today: date) -> list[Totals]:
    """For each school whose numbers the viewer may see. The body of governors may be told in general only (2.80)."""
    roles = [role for role, acts in TABLE.items() if acts.get(Act.SCHOOL_TOTALS) is Relation.OWN_SCHOOL]
    mine = session.scalars(sa.select(School).where(School.id.in_(viewer.schools(*roles))).order_by(School.name_key)).all()
    by_name = viewer.schools(*(role for role, acts in TABLE.items() if acts.get(Act.SCHOOL_ECT) is Relation.OWN_SCHOOL))
    return [_totals(session, school, today, few_hidden=school.id not in by_name) for school in mine]


def _totals(session: Session, school: School, today: date, *, few_hidden: bool) -> Totals:
    shown = sa.and_(~_restricted(), Induction.let_go_on.is_(None))
    here = Induction.posts.any(sa.and_(Post.school_id == school.id, *_running(None, Post.ends_on, today)))
    serving = sa.select(Induction.id).where(here, shown, Induction.outcome.is_(None), Induction.completed_on.is_(None))
    owed = sa.select(sa.func.count(Assessment.id)).where(
        Assessment.induction_id.in_(serving), Assessment.accepted_at.is_(None), Assessment.not_required.is_(None)
    )
    last = sa.func.coalesce(Induction.completed_on, Induction.outcome_on)
    there = sa.and_(
        Post.school_id == school.id,
        Post.starts_on <= last,
        sa.or_(Post.ends_on.is_(None), Post.ends_on >= last),
    )
    passed = sa.select(sa.func.count(Induction.id)).where(
        Induction.posts.any(there),
        shown,
        Induction.outcome == Outcome.PASS,
        Induction.outcome_on > today - timedelta(days=365),
    )
    counts = (
        sa.select(sa.func.count()).select_from(serving.subquery()),
        owed.where(Assessment.due_on.between(today, today + timedelta(weeks=4))),
        owed.where(Assessment.due_on < today),
        passed,
    )
    numbers = [session.scalar(one) or 0 for one in counts]
    return Totals(school, *(None if few_hidden and 0 < one < FEWEST_SHOWN else one for one in numbers))


def managed_schools(session: Session, viewer: Viewer) -> Sequence[School]:
    """The schools whose coordinator the viewer is."""
    mine = viewer.schools(Role.INDUCTION_COORDINATOR)
    return session.scalars(sa.select(School).where(School.id.in_(mine)).order_by(School.name_key)).all()


def tutors(session: Session, school_ids: Iterable[uuid.UUID], today: date) -> Sequence[Membership]:
    """Who is a tutor today at these schools."""
    return users(session, school_ids, today, (Role.INDUCTION_TUTOR,))


def users(
    session: Session, school_ids: Iterable[uuid.UUID], today: date, roles: Iterable[Role] = SET_UP_AT_SCHOOL
) -> Sequence[Membership]:
    """Whom the coordinators of these schools let in, as far as they may sign in today."""
    return session.scalars(
        sa.select(Membership)
        .join(Person, Membership.person_id == Person.id)
        .where(
            Membership.school_id.in_(list(school_ids)),
            Membership.role.in_(list(roles)),
            *_running(Membership.since, Membership.until, today),
        )
        .options(selectinload(Membership.person).selectinload(Person.addresses), selectinload(Membership.school))
        .order_by(Person.last_key, Person.first_key, Membership.role)
    ).all()


def people_at(session: Session, school: School) -> Sequence[Membership]:
    """Coordinators and headteachers of a school, former ones last; for the body's own page."""
    return session.scalars(
        sa.select(Membership)
        .where(Membership.school_id == school.id, Membership.role.in_(_AUTHORISED))
        .options(selectinload(Membership.person).selectinload(Person.addresses))
        .order_by(Membership.until.is_not(None), Membership.since)
    ).all()


def _scope(viewer: Viewer, act: Act, today: date) -> sa.ColumnElement[bool]:
    """The condition on `Induction` under which the act is open to the viewer. Nothing where no role of theirs opens it."""
    now = _running(None, Post.ends_on, today)
    by_relation = {
        relation: viewer.schools(*(role for role, acts in TABLE.items() if acts.get(act) is relation)) for relation in Relation
    }
    ways: list[sa.ColumnElement[bool]] = [
        Induction.posts.any(sa.and_(Post.school_id.in_(by_relation[Relation.OWN_SCHOOL]), *now)),
        Induction.posts.any(
            sa.and_(Post.tutor_id == viewer.person_id, Post.school_id.in_(by_relation[Relation.OWN_ECT]), *now)
        ),
    ]
    mine = sa.and_(sa.or_(*ways), ~_restricted())
    if by_relation[Relation.SELF]:
        mine = sa.or_(mine, Induction.person_id == viewer.person_id)
    return sa.and_(mine, Induction.let_go_on.is_(None))


def _restricted() -> sa.ColumnElement[bool]:
    return (
        sa.select(Hold.id)
        .where(Hold.person_id == Induction.person_id, Hold.restricts.is_(True), Hold.lifted_at.is_(None))
        .exists()
    )


def _holds(post: Post, today: date) -> bool:
    """Running or about to begin: a school prepares for its ECTs before their first day."""
    return post.ends_on is None or post.ends_on >= today


def _running(since: Any, until: Any, today: date) -> list[sa.ColumnElement[bool]]:
    found = [sa.or_(until.is_(None), until >= today)]
    if since is not None:
        found.append(sa.or_(since.is_(None), since <= today))
    return found


def _holders(session: Session, today: date, *conditions: sa.ColumnElement[bool]) -> Sequence[Person]:
    return session.scalars(
        sa.select(Person)
        .join(Membership, Membership.person_id == Person.id)
        .where(*conditions, *_running(Membership.since, Membership.until, today))
        .order_by(Person.last_key, Person.first_key)
        .distinct()
    ).all()


def _upload(message: StoredMessage, forms: list[Submission]) -> Upload:
    leaves = [one for one in message.attachments if one.state is not AttachmentState.SET_ASIDE]
    names = [one.name for one in leaves if one.parent_id is None and one.name] or [message.subject or ""]
    return Upload(
        received_at=message.received_at,
        name=", ".join(names),
        opened=bool(message.attachments),
        reading=any(_waits(one) for one in leaves),
        forms=tuple(forms),
        problems=tuple(dict.fromkeys(one.problem for one in leaves if one.state is AttachmentState.UNREADABLE and one.problem)),
    )


def _waits(attachment: Attachment) -> bool:
    return attachment.state in {AttachmentState.WAITING, AttachmentState.READING}
