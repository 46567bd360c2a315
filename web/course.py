"""What was entered about an induction, in lines for the page of its ECT: words, kind of entry and id of the row."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from records import working_days
from records.entry_forms import Entry
from records.guidance import Guidance
from records.models.inductions import AbsenceKind, ContractKind, ExtensionKind, Induction, Outcome, Source
from records.values import counted, decimal_text, spoken_date

Line = tuple[str, str, uuid.UUID | None]
"""Without an id where nothing can be corrected by hand."""

PEOPLE = "people"
"""No kind of entry: the tutor and the mentor of a post have a page of their own."""
_CONTRACT = {
    ContractKind.PERMANENT: "permanent",
    ContractKind.FIXED_TERM: "fixed term",
    ContractKind.SUPPLY: "supply",
    ContractKind.UNKNOWN: "contract not known",
}
_PART = {1: "first part", 2: "second part"}
_EXTENSION = {
    ExtensionKind.ABSENCE: "extension for absence",
    ExtensionKind.STATUTORY_LEAVE: "extension after statutory leave",
    ExtensionKind.DECISION: "extension by decision of this body",
}


@dataclass(frozen=True, slots=True)
class Course:
    posts: list[Line]
    absences: list[Line]
    allowances: list[Line]
    periods: list[Line]


def course_of(induction: Induction) -> Course:
    return Course(list(_posts(induction)), list(_absences(induction)), list(_allowances(induction)), list(_periods(induction)))


def deadlines_of(induction: Induction, guidance: Guidance) -> list[str]:
    """What has been decided, and by when the notice is due and an appeal possible."""
    said: list[str] = []
    if induction.outcome in {Outcome.PASS, Outcome.FAIL} and induction.outcome_on is not None:
        appeal = induction.outcome is Outcome.FAIL
        said += _decided("Decided", induction.outcome_on, induction.notice_sent_on, guidance, appeal=appeal)
    for one in induction.extensions:
        if one.kind is ExtensionKind.DECISION and one.decided_on is not None:
            said += _decided("Extension decided", one.decided_on, one.notice_sent_on, guidance, appeal=True)
    return said


def _decided(what: str, decided_on: date, sent_on: date | None, guidance: Guidance, *, appeal: bool) -> Iterator[str]:
    yield f"{what} on {spoken_date(decided_on)}"
    if sent_on is None:
        clock = working_days.notice_due(decided_on, guidance)
        yield f"Written notice due on {spoken_date(clock.due_on)} ({clock.rule}); the day on which it went is not on record"
        return
    yield f"Written notice sent on {spoken_date(sent_on)}"
    if appeal:
        last = working_days.appeal_due(sent_on, guidance)
        yield f"An appeal is possible until {spoken_date(last.due_on)} ({last.rule})"


def _posts(induction: Induction) -> Iterator[Line]:
    for post in induction.posts:
        said = [post.school.name, _span(post.starts_on, post.ends_on), _CONTRACT[post.contract]]
        if post.contract_ends_on:
            said.append(f"contract until {spoken_date(post.contract_ends_on)}")
        if post.employer:
            said.append(f"employed by {post.employer}")
        if len(induction.posts) > 1 and post.lead:
            said.append("lead school")
        yield ", ".join(said), Entry.POST.value, post.id
        tutor, mentor = (one.full_name if one else "not known" for one in (post.tutor, post.mentor))
        yield f"{post.school.name}: induction tutor {tutor}, mentor {mentor}", PEOPLE, post.id
        for spell in post.spells:
            hours = f"{post.school.name}: {decimal_text(spell.fte)} FTE from {spoken_date(spell.starts_on)}"
            yield hours, Entry.HOURS.value, spell.id


def _absences(induction: Induction) -> Iterator[Line]:
    for one in induction.absences:
        when = _span(one.starts_on, one.ends_on) if one.starts_on else "dates not known"
        kind = "statutory leave" if one.kind is AbsenceKind.STATUTORY_LEAVE else "absence"
        part = f", {_PART[one.part]}" if one.part in _PART else ""
        yield f"{counted(one.days, 'day')} of {kind}, {when}{part}", Entry.ABSENCE.value, one.id


def _allowances(induction: Induction) -> Iterator[Line]:
    for one in induction.extensions:
        part = f", {_PART[one.part]}" if one.part in _PART else ""
        by_hand = one.kind is ExtensionKind.STATUTORY_LEAVE and one.source is not Source.RULE
        said = f"{counted(one.terms, 'term')}: {_EXTENSION[one.kind]}{part}" if one.terms else f"{_EXTENSION[one.kind]}{part}"
        if one.notice_sent_on:
            said += f", notice sent on {spoken_date(one.notice_sent_on)}"
        yield said, Entry.LEAVE.value, one.id if by_hand else None
    for less in induction.reductions:
        agreed = f", agreed by the ECT on {spoken_date(less.consent_on)}" if less.consent_on else ""
        yield f"{counted(less.terms, 'term')}: reduction{agreed}", Entry.REDUCTION.value, less.id


def _periods(induction: Induction) -> Iterator[Line]:
    for one in induction.periods:
        terms = f", {counted(one.terms, 'term')}" if one.terms is not None else ""
        papers = "" if one.papers_held else ", its papers are not held"
        yield f"{one.body_name or 'This body'}, {_span(one.starts_on, one.ends_on)}{terms}{papers}", Entry.PERIOD.value, one.id


def _span(starts_on: date, ends_on: date | None) -> str:
    return f"{spoken_date(starts_on)} to {spoken_date(ends_on)}" if ends_on else f"since {spoken_date(starts_on)}"
