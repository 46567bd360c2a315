"""Who may do what: one table of role and act, and one question. It knows no pages and no rows of its own."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from enum import StrEnum

from records.models.base import Base
from records.models.communications import Visibility
from records.models.inductions import Induction
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
    SEE_DUE = "see_due"
    """What is owed, by whom, and the reminders of a day."""
    CONCLUDE = "conclude"
    """How an induction ends: pass, fail, release, extension."""
    EXPORT = "export"
    """Files for the DfE and the register."""
    SEE_RETENTION = "see_retention"
    HOLD = "hold"
    """Keep somebody's data from going, and let them go again."""
    SET_MARKETING = "set_marketing"
    """Write down what somebody told us about announcements."""
    ANNOUNCE = "announce"
    SEE_STATUS = "see_status"
    CONFIRM_RESTORED = "confirm_restored"
    """Let an installation that came out of a backup write to people again."""
    MANAGE_STAFF = "manage_staff"
    OWN_ACCOUNT = "own_account"
    START = "start"
    """The page that leads to where one's work begins."""
    AUTHORISE_SCHOOL = "authorise_school"
    """Say who at a school may sign in."""
    SCHOOL_HOME = "school_home"
    """The start page of somebody at a school."""
    SCHOOL_ECT = "school_ect"
    """An ECT, with what a school may see."""
    SCHOOL_UPLOAD = "school_upload"
    SCHOOL_TUTORS = "school_tutors"
    """Who is an induction tutor at the school, and whose."""
    OWN_PREFERENCES = "own_preferences"
    """Which mail one wants."""


_SEE = frozenset({Act.SEE_ECTS, Act.SEE_ECT, Act.SEE_PAPER, Act.OWN_ACCOUNT, Act.START})
_LOOK = _SEE | {Act.SEE_INBOX, Act.SEE_QUEUE, Act.SEE_DUE, Act.SEE_STATUS}
_WORK = _LOOK | {Act.DOWNLOAD, Act.CORRECT, Act.DECIDE, Act.READ_AGAIN, Act.ADD_RECORDS, Act.NOTE_CALL, Act.AUTHORISE_SCHOOL}
_OFFICE = frozenset({Act.CONCLUDE, Act.EXPORT, Act.SEE_RETENTION, Act.HOLD, Act.SET_MARKETING})
_AT_SCHOOL = frozenset({Act.START, Act.SCHOOL_HOME, Act.SCHOOL_ECT, Act.OWN_PREFERENCES})


TABLE: dict[Role, frozenset[Act]] = {
    Role.ADMINISTRATOR: _WORK | _OFFICE | {Act.ANNOUNCE, Act.CONFIRM_RESTORED, Act.MANAGE_STAFF},
    Role.ASSESSOR: _WORK | _OFFICE,
    Role.NAMED_CONTACT: _SEE | {Act.NOTE_CALL},
    Role.DATA_PROTECTION_OFFICER: frozenset({Act.SEE_STATUS, Act.SEE_RETENTION, Act.HOLD, Act.OWN_ACCOUNT, Act.START}),
    Role.READ_ONLY: _LOOK,
    Role.INDUCTION_COORDINATOR: _AT_SCHOOL | {Act.SCHOOL_UPLOAD, Act.SCHOOL_TUTORS},
    Role.HEADTEACHER: _AT_SCHOOL,
    Role.INDUCTION_TUTOR: _AT_SCHOOL | {Act.SCHOOL_UPLOAD},
    Role.ECT: _AT_SCHOOL,
}
"""What a role may do. A role without a row (a school's office, a governor, a mentor) may do nothing."""

SCHOOL_ROLES = frozenset(TABLE) - BODY_ROLES
"""The roles at schools that open a door."""

_DECIDING = frozenset({Act.DECIDE, Act.CORRECT, Act.CONCLUDE})


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

    def schools(self, *roles: Role) -> frozenset[uuid.UUID]:
        """Where the viewer has one of these roles."""
        return frozenset(place.school_id for place in self.places if place.role in roles)


def can(actor: Viewer | None, act: Act, thing: Base | None = None, *, near: frozenset[Role] | None = None) -> bool:
    """Whether `actor` (None: signed out) may do `act`, to `thing` where one is named. Everything else is denied.

    `near` are the roles in which somebody at a school has to do with that very thing (`records.school_side.near`): a
    coordinator with an ECT of their own school, a tutor with their own ECT, an ECT with themselves.

    An ECT's named contact takes no part in decisions about that ECT (statutory guidance 2.28), and nobody decides about
    themselves.
    """
    if actor is None or not any(act in TABLE.get(role, frozenset()) for role in _roles(actor, near)):
        return False
    if act in _DECIDING and thing is not None:
        return not _concerned(actor, thing)
    return True


def visibilities(actor: Viewer | None, induction: Induction | None = None) -> frozenset[Visibility]:
    """Which communications about an ECT the actor may see: what is said to the named contact stays with that person.

    Where nobody is named for the ECT, everyone with the role of named contact sees it.
    """
    if not can(actor, Act.SEE_ECT) or actor is None:
        return frozenset()
    seen = {Visibility.BODY, Visibility.SCHOOL, Visibility.ECT}
    named = induction.named_contact_id if induction is not None else None
    if Role.NAMED_CONTACT in actor.roles and named in (None, actor.person_id):
        seen.add(Visibility.NAMED_CONTACT)
    return frozenset(seen)


def _roles(actor: Viewer, near: frozenset[Role] | None) -> frozenset[Role]:
    ours = actor.roles & BODY_ROLES
    if ours:
        return ours
    theirs = frozenset(place.role for place in actor.places) & SCHOOL_ROLES
    return theirs if near is None else theirs & near


def _concerned(actor: Viewer, thing: Base) -> bool:
    """Whether the thing is about the actor, or about an ECT whose named contact the actor is."""
    if isinstance(thing, Submission):
        return thing.induction is not None and _concerned(actor, thing.induction)
    if isinstance(thing, Induction):
        return actor.person_id in (thing.person_id, thing.named_contact_id)
    return isinstance(thing, Person) and actor.person_id == thing.id
