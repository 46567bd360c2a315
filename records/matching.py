"""Whose paper is it, and which expected assessment does it answer? Each answer comes with its reasons in words.

TRN and date of birth decide; names only check.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from records.fields import ASSESSMENT_KINDS
from records.inductions import latest_induction
from records.models.inductions import Assessment, Induction
from records.models.people import Person
from records.models.submissions import MatchCertainty
from records.people import find_by_trn
from records.values import name_key, spoken_date

NEAR = timedelta(days=75)
"""How far from its due date a paper may lie and still be taken for that assessment: less than a term."""

CLOSE = timedelta(days=21)
"""How close a due date must lie to speak for itself: a corrected form of a period goes before the next one that is open."""


@dataclass(frozen=True, slots=True)
class PersonMatch:
    """The induction a paper seems to belong to, how certain that is, and why."""

    induction: Induction | None
    certainty: MatchCertainty
    reasons: tuple[str, ...]


def match_person(session: Session, values: Mapping[str, str | None]) -> PersonMatch:
    """Find the ECT by what the paper says. Only full agreement is `EXACT`."""
    trn, born, name = values.get("trn"), _day(values.get("date_of_birth")), written_name(values)
    person = find_by_trn(session, trn) if trn else None
    if person is None:
        return _without_trn(session, trn, born, name)
    reasons = [f"TRN {trn} is on the record of {person.full_name}"]
    exact = True
    if born is None:
        exact = False
        reasons.append("No date of birth was read, so the TRN stands alone")
    elif person.date_of_birth is None:
        exact = False
        reasons.append("The record has no date of birth to compare")
    elif person.date_of_birth != born:
        exact = False
        reasons.append(f"The paper gives {spoken_date(born)} as date of birth, the record {spoken_date(person.date_of_birth)}")
    else:
        reasons.append("The date of birth agrees with the record")
    if name and not names_agree(name, known_names(person)):
        exact = False
        reasons.append(f"The paper is about {name}, the record is of {person.full_name}")
    elif name:
        reasons.append("The name agrees with the record")
    induction = latest_induction(session, person)
    if induction is None:
        return PersonMatch(None, MatchCertainty.NONE, (*reasons, f"{person.full_name} has no induction with this body"))
    if induction.outcome is not None:
        reasons.append("This induction has its outcome; a late form is filed and changes nothing")
    return PersonMatch(induction, MatchCertainty.EXACT if exact else MatchCertainty.CONFLICT, tuple(reasons))


def _without_trn(session: Session, trn: str | None, born: date | None, name: str | None) -> PersonMatch:
    reasons = [f"No record has the TRN {trn}" if trn else "No TRN was read"]
    if born is None or name is None:
        return PersonMatch(None, MatchCertainty.NONE, (*reasons, "Without TRN and date of birth nobody can be found"))
    same_day = session.scalars(sa.select(Person).where(Person.date_of_birth == born)).all()
    fits = [person for person in same_day if names_agree(name, known_names(person))]
    if len(fits) != 1:
        reasons.append("No record fits the date of birth and the name" if not fits else "Several records fit")
        return PersonMatch(None, MatchCertainty.NONE, tuple(reasons))
    induction = latest_induction(session, fits[0])
    if induction is None:
        return PersonMatch(None, MatchCertainty.NONE, tuple(reasons))
    return PersonMatch(
        induction,
        MatchCertainty.CONFLICT,
        (*reasons, f"Date of birth and name fit {fits[0].full_name}: check the TRN before you choose"),
    )


def match_assessment(
    session: Session, induction: Induction, values: Mapping[str, str | None], kind: str | None, received_on: date
) -> tuple[Assessment | None, str]:
    """The expected assessment that a paper answers, and why that one."""
    if kind not in ASSESSMENT_KINDS:
        return None, "This kind of form answers no expected assessment"
    fitting = [
        one
        for one in session.scalars(
            sa.select(Assessment)
            .where(Assessment.induction_id == induction.id, Assessment.kind == kind, Assessment.not_required.is_(None))
            .order_by(Assessment.due_on)
        )
        if one.point is None or not values.get("assessment_point") or one.point == values["assessment_point"]
    ]
    if not fitting:
        return None, "Nothing of this kind is expected; accepting it adds it to the record"
    written = _day(values.get("period_end")) or received_on
    near = [one for one in fitting if one.due_on and abs(one.due_on - written) <= NEAR]
    chosen = min(
        near, key=lambda one: (_gap(one, written) > CLOSE, one.accepted_at is not None, _gap(one, written)), default=None
    )
    if chosen is None:
        return None, "What is expected is due more than a term away; choose by hand"
    due = f"due on {spoken_date(chosen.due_on)}" if chosen.due_on else "expected"
    if chosen.accepted_at:
        return chosen, f"It was {due} and has been accepted already: this may be a corrected form"
    return chosen, f"It is the one {due}, nearest to the end of the period"


def conflicts(values: Mapping[str, str | None], induction: Induction) -> dict[str, str]:
    """Fields in which a paper contradicts the record, each with what the record says."""
    person, found = induction.person, {}
    if values.get("trn") and person.trn and values["trn"] != person.trn:
        found["trn"] = f"The record has {person.trn}"
    born = _day(values.get("date_of_birth"))
    if born and person.date_of_birth and born != person.date_of_birth:
        found["date_of_birth"] = f"The record has {spoken_date(person.date_of_birth)}"
    name = written_name(values)
    if name and not names_agree(name, known_names(person)):
        found["ect_name" if values.get("ect_name") else "ect_last_name"] = f"The record has {person.full_name}"
    school = values.get("school_name")
    known = {name_key(post.school.name) for post in induction.posts}
    if school and known and name_key(school) not in known:
        found["school_name"] = f"The record has {induction.posts[-1].school.name}"
    return found


def written_name(values: Mapping[str, str | None]) -> str | None:
    """The ECT's name as the paper has it, from one field or from two."""
    parts = [values.get("ect_first_name"), values.get("ect_last_name")]
    return values.get("ect_name") or " ".join(part for part in parts if part) or None


def known_names(person: Person) -> list[str]:
    return [person.full_name, *(former.full_name for former in person.former_names)]


def names_agree(written: str, known: Iterable[str]) -> bool:
    """Whether a written name does not contradict one of the known ones.

    The last words must meet, and so must the first words or their initials; middle names and order are free.
    """
    words = name_key(written).split()
    return any(_one_name_agrees(words, name_key(name).split()) for name in known)


def _one_name_agrees(words: list[str], known: list[str]) -> bool:
    if not words or not known:
        return False
    if sorted(words) == sorted(known) or len(words) == 1 == len(known):
        return sorted(words) == sorted(known)
    if len(words) == 1 or len(known) == 1:
        return words[0] in known or known[0] in words
    family = known[-1] in words or words[-1] in known
    first = words[0].startswith(known[0]) or known[0].startswith(words[0]) or words[0] in known or known[0] in words
    return family and first


def _gap(assessment: Assessment, written: date) -> timedelta:
    return abs(assessment.due_on - written) if assessment.due_on else NEAR


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
