"""Who may do what: one table of role, act and relation, and one question. It knows no pages and no rows of its own."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from records.models.base import Base
from records.models.communications import Visibility
from records.models.inductions import Induction
from records.models.interests import Interest, InterestKind
from records.models.people import BODY_ROLES, Person, Role
from records.models.submissions import Submission


class Act(StrEnum):
    """Everything that a page shows or does, by its permission."""

    SEE_INBOX = "see_inbox"
    SEE_QUEUE = "see_queue"
    SEE_PAPER = "see_paper"
    """A paper and what was read from it."""
    DOWNLOAD = "download"
    """The bytes as they came."""
    CORRECT = "correct"
    """Values, the ECT that a paper is about, typing in, filing."""
    DECIDE = "decide"
    """Accept, send back, refuse, take a decision back."""
    READ_AGAIN = "read_again"
    SEE_ECTS = "see_ects"
    SEE_ECT = "see_ect"
    ADD_RECORDS = "add_records"
    """Schools and ECTs by hand."""
    NOTE_CALL = "note_call"
    SEE_CONVERSATIONS = "see_conversations"
    """What was written and said, as far as its visibility goes."""
    CONVERSE = "converse"
    """Own a conversation, answer, note, finish, say who sees an entry."""
    SEE_ACCESS = "see_access"
    """Who can see an ECT's record, who opened it, and which interests are declared."""
    DECLARE_INTEREST = "declare_interest"
    END_INTEREST = "end_interest"
    """Say that an interest is over or was declared by mistake."""
    SEE_DUE = "see_due"
    """What is owed, by whom, and the reminders of a day."""
    CONCLUDE = "conclude"
    """How an induction ends: pass, fail, release, extension."""
    EXPORT = "export"
    """Files for the DfE and the register."""
    DISCLOSE = "disclose"
    """Hand an ECT's record to somebody outside, and see who got it."""
    SEE_RETENTION = "see_retention"
    HOLD = "hold"
    """Keep somebody's data from going, and let them go again."""
    SET_MARKETING = "set_marketing"
    """Write down what somebody told us about announcements."""
    ANNOUNCE = "announce"
    SEE_LAYOUTS = "see_layouts"
    """What accepted forms have taught about their designs, and how well they read."""
    FORGET_LAYOUT = "forget_layout"
    SEE_STATUS = "see_status"
    CONFIRM_RESTORED = "confirm_restored"
    """Let an installation that came out of a backup write to people again."""
    MOVE_IN = "move_in"
    """Take records in from another system or another body."""
    MANAGE_STAFF = "manage_staff"
    OWN_ACCOUNT = "own_account"
    START = "start"
    """The page that leads to where one's work begins."""
    AUTHORISE_SCHOOL = "authorise_school"
    """Say who at a school may sign in."""
    SCHOOL_HOME = "school_home"
    """The start page of somebody at a school."""
    SCHOOL_ECT = "school_ect"
    """An ECT: who they are, their post and their tutor."""
    SCHOOL_ASSESSMENTS = "school_assessments"
    """What is due of an ECT, what came, and what became of it."""
    SCHOOL_SAID = "school_said"
    """What was said about an ECT, as far as it is for the school or for the ECT."""
    SCHOOL_TOTALS = "school_totals"
    """Numbers about a school's ECTs together. They name nobody."""
    SCHOOL_UPLOAD = "school_upload"
    SCHOOL_PEOPLE = "school_people"
    """Who at the school may sign in, and whose tutor somebody is."""
    OWN_PREFERENCES = "own_preferences"
    """Which mail one wants."""


class Relation(StrEnum):
    """What somebody must have to do with an ECT for a role to open an act. Posts and memberships of today decide."""

    EVERY = "every"
    """Every ECT of the body, and the house itself."""
    OWN_SCHOOL = "own_school"
    """An ECT with a post at a school where the actor has the role."""
    OWN_ECT = "own_ect"
    """An ECT whose tutor the actor is, at a school where the actor has the role."""
    SELF = "self"
    """The actor's own person and account."""


_SEE = frozenset({Act.SEE_ECTS, Act.SEE_ECT, Act.SEE_PAPER, Act.OWN_ACCOUNT, Act.START})
_LOOK = _SEE | {Act.SEE_INBOX, Act.SEE_QUEUE, Act.SEE_DUE, Act.SEE_STATUS}
_WORK = _LOOK | {
    Act.SEE_LAYOUTS,
    Act.DOWNLOAD,
    Act.CORRECT,
    Act.DECIDE,
    Act.READ_AGAIN,
    Act.ADD_RECORDS,
    Act.NOTE_CALL,
    Act.AUTHORISE_SCHOOL,
}
_OFFICE = frozenset({Act.CONCLUDE, Act.EXPORT, Act.DISCLOSE, Act.SEE_RETENTION, Act.HOLD, Act.SET_MARKETING})
_TALK = frozenset({Act.SEE_ACCESS, Act.DECLARE_INTEREST, Act.SEE_CONVERSATIONS, Act.CONVERSE})
_HEAD = frozenset({Act.ANNOUNCE, Act.MOVE_IN, Act.CONFIRM_RESTORED, Act.MANAGE_STAFF, Act.END_INTEREST, Act.FORGET_LAYOUT})
_AT_SCHOOL = frozenset({Act.START, Act.SCHOOL_HOME, Act.OWN_PREFERENCES})
_ASSESSED = frozenset({Act.SCHOOL_ECT, Act.SCHOOL_ASSESSMENTS, Act.SCHOOL_SAID})


def _row(*cells: tuple[Iterable[Act], Relation]) -> Mapping[Act, Relation]:
    return {act: relation for acts, relation in cells for act in acts}


TABLE: dict[Role, Mapping[Act, Relation]] = {
    Role.ADMINISTRATOR: _row((_WORK | _OFFICE | _TALK | _HEAD, Relation.EVERY)),
    Role.ASSESSOR: _row((_WORK | _OFFICE | _TALK, Relation.EVERY)),
    Role.NAMED_CONTACT: _row((_SEE | _TALK | {Act.NOTE_CALL}, Relation.EVERY)),
    Role.DATA_PROTECTION_OFFICER: _row(
        ({Act.SEE_STATUS, Act.SEE_RETENTION, Act.HOLD, Act.OWN_ACCOUNT, Act.START}, Relation.EVERY)
    ),
    Role.READ_ONLY: _row((_LOOK | {Act.SEE_ACCESS, Act.SEE_CONVERSATIONS}, Relation.EVERY)),
    Role.INDUCTION_COORDINATOR: _row(
        (_AT_SCHOOL | {Act.SCHOOL_UPLOAD}, Relation.SELF),
        (_ASSESSED | {Act.SCHOOL_PEOPLE, Act.SCHOOL_TOTALS}, Relation.OWN_SCHOOL),
    ),
    Role.HEADTEACHER: _row((_AT_SCHOOL, Relation.SELF), (_ASSESSED | {Act.SCHOOL_TOTALS}, Relation.OWN_SCHOOL)),
    Role.INDUCTION_TUTOR: _row((_AT_SCHOOL | {Act.SCHOOL_UPLOAD}, Relation.SELF), (_ASSESSED, Relation.OWN_ECT)),
    Role.SCHOOL_ADMINISTRATOR: _row((_AT_SCHOOL | {Act.SCHOOL_UPLOAD}, Relation.SELF), ({Act.SCHOOL_ECT}, Relation.OWN_SCHOOL)),
    Role.GOVERNOR: _row((_AT_SCHOOL, Relation.SELF), ({Act.SCHOOL_TOTALS}, Relation.OWN_SCHOOL)),
    Role.ECT: _row((_AT_SCHOOL | _ASSESSED, Relation.SELF)),
}
"""What a role may do, and to whom. What has no cell is denied; a mentor has no row, because a mentor never assesses.

A school's office handles registrations and never sees an assessment; governors may be told in general only (statutory
guidance 2.80).
"""

SCHOOL_ROLES = frozenset(TABLE) - BODY_ROLES
"""The roles at schools that open a door."""

_DECIDING = frozenset({Act.DECIDE, Act.CORRECT, Act.CONCLUDE})
_BODYS_OWN = frozenset({Act.DECIDE, Act.CONCLUDE})
"""What the whole body may not do for an ECT whom it employed or trained."""
_READ_BY_SCHOOL = frozenset({Visibility.SCHOOL})
_READ_BY_BODY = frozenset({Visibility.BODY, Visibility.SCHOOL, Visibility.ECT})

NOT_YOURS = "Your account does not let you see or do this."
ONESELF = "Nobody decides about themselves."
CONTACT = "You are the ECT’s named contact, who takes no part in decisions about them (statutory guidance 2.28)."


@dataclass(frozen=True, slots=True)
class Place:
    """A role at one school."""

    role: Role
    school_id: uuid.UUID


@dataclass(frozen=True, slots=True)
class Viewer:
    """Somebody signed in, with the roles that their memberships give them today."""

    account_id: uuid.UUID
    person_id: uuid.UUID
    name: str
    roles: frozenset[Role]
    """At the body."""
    places: frozenset[Place] = frozenset()
    """At schools. Whoever has a role at the body has none of these: nobody is on both sides of the counter."""
    interests: frozenset[uuid.UUID] = frozenset()
    """Schools in which they declared an interest."""

    def schools(self, *roles: Role) -> frozenset[uuid.UUID]:
        """Where the viewer has one of these roles."""
        return frozenset(place.school_id for place in self.places if place.role in roles)


def can(actor: Viewer | None, act: Act, thing: Base | None = None, *, near: frozenset[Role] | None = None) -> bool:
    """Whether `actor` (None: signed out) may do `act`, to `thing` where one is named. Everything else is denied.

    `near` are the roles in which somebody at a school has to do with that very thing (`records.school_side.near`): a
    coordinator with an ECT of their own school, a tutor with their own ECT, an ECT with themselves.
    """
    return refusal(actor, act, thing, near=near) is None


def refusal(actor: Viewer | None, act: Act, thing: Base | None = None, *, near: frozenset[Role] | None = None) -> str | None:
    """Why not, in words; None where it is allowed."""
    if actor is None or not any(act in TABLE.get(role, {}) for role in _roles(actor, near)):
        return NOT_YOURS
    return _concern(actor, act, thing) if act in _DECIDING and thing is not None else None


def visibilities(
    actor: Viewer | None, induction: Induction | None = None, *, near: frozenset[Role] | None = None
) -> frozenset[Visibility]:
    """Which communications about an ECT the actor may see. At a school `near` says what they have to do with the ECT.

    What is said to the named contact stays with that person; where nobody is named for the ECT, everyone with the role of
    named contact sees it. What the body shares with a school the ECT does not see, nor the other way round.
    """
    if actor is None:
        return frozenset()
    if can(actor, Act.SEE_ECT):
        named = induction.named_contact_id if induction is not None else None
        contact = Role.NAMED_CONTACT in actor.roles and named in (None, actor.person_id)
        return _READ_BY_BODY | ({Visibility.NAMED_CONTACT} if contact else frozenset())
    return visibilities_at_school(_roles(actor, near or frozenset()))


def visibilities_at_school(of: frozenset[Role]) -> frozenset[Visibility]:
    """What roles at a school, the ECT's own among them, let their holder see of what was said about an ECT."""
    roles = {role for role in of if Act.SCHOOL_SAID in TABLE[role]}
    seen = _READ_BY_SCHOOL if roles - {Role.ECT} else frozenset()
    return seen | ({Visibility.ECT} if Role.ECT in roles else frozenset())


def _roles(actor: Viewer, near: frozenset[Role] | None) -> frozenset[Role]:
    ours = actor.roles & BODY_ROLES
    if ours:
        return ours
    theirs = frozenset(place.role for place in actor.places) & SCHOOL_ROLES
    return theirs if near is None else theirs & near


def _concern(actor: Viewer, act: Act, thing: Base) -> str | None:
    """Why somebody who may decide must leave this one to others."""
    if isinstance(thing, Submission):
        return _concern(actor, act, thing.induction) if thing.induction is not None else None
    if isinstance(thing, Person):
        return ONESELF if actor.person_id == thing.id else None
    if not isinstance(thing, Induction):
        return None
    if actor.person_id == thing.person_id:
        return ONESELF
    if actor.person_id == thing.named_contact_id:
        return CONTACT
    return _interest(actor, act, thing)


def _interest(actor: Viewer, act: Act, induction: Induction) -> str | None:
    """Statutory guidance 2.25: a body that employed or trained an ECT cannot be their appropriate body."""
    for one in (row for row in induction.interests if row.ended_at is None):
        if one.kind is InterestKind.STAFF:
            if one.account_id == actor.account_id:
                return _declared(one)
        elif act in _BODYS_OWN:
            did = "employed" if one.kind is InterestKind.BODY_EMPLOYED else "trained"
            return f"The appropriate body {did} this ECT, so another body must decide (statutory guidance 2.25): {one.reason}"
    if actor.interests and any(post.school_id in actor.interests for post in induction.posts):
        return "You declared an interest in a school of this ECT, so somebody else must decide."
    return None


def _declared(one: Interest) -> str:
    return f"You declared an interest in this ECT, so somebody else must decide: {one.reason}"
