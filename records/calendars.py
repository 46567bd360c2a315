"""Which terms count at a school: its own, else its trust's, else the body's. Reading only; `expectations` takes calendars in."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from records.models.schools import CalendarTerm, SchoolLink, SchoolLinkKind
from records.terms import Term
from records.values import school_year


def terms_for(session: Session, school_id: uuid.UUID | None) -> list[Term]:
    """The calendar at a school, chosen anew for each school year: nobody's terms are mixed with somebody else's."""
    owners: list[uuid.UUID | None] = [school_id, *_trusts(session, school_id)] if school_id else []
    rows = session.scalars(
        sa.select(CalendarTerm)
        .where(sa.or_(CalendarTerm.school_id.is_(None), CalendarTerm.school_id.in_(owners)))
        .order_by(CalendarTerm.starts_on)
    ).all()
    return chosen(rows, [*owners, None])


def has_terms(session: Session) -> bool:
    """Without any, nothing ever falls due."""
    return session.scalar(sa.select(sa.exists().select_from(CalendarTerm))) or False


def cached_terms(session: Session) -> Callable[[uuid.UUID], list[Term]]:
    """`terms_for` for many schools: all terms and links are read once, and schools with the same owners share a calendar."""
    rows = session.scalars(sa.select(CalendarTerm).order_by(CalendarTerm.starts_on)).all()
    owners = {row.school_id for row in rows}
    links: dict[uuid.UUID, list[uuid.UUID]] = {}
    for school_id, trust_id in session.execute(_trust_links()).all():
        links.setdefault(school_id, []).append(trust_id)
    known: dict[tuple[uuid.UUID | None, ...], list[Term]] = {}

    def terms(school_id: uuid.UUID) -> list[Term]:
        key = tuple(owner for owner in (school_id, *links.get(school_id, []), None) if owner in owners)
        if key not in known:
            known[key] = chosen(rows, key)
        return known[key]

    return terms


def chosen(rows: Sequence[CalendarTerm], owners: Sequence[uuid.UUID | None]) -> list[Term]:
    """Of these terms, in each school year those of the first owner who has any. Pure."""
    first: dict[int, uuid.UUID | None] = {}
    for owner in reversed(owners):
        first |= {school_year(row.starts_on): owner for row in rows if row.school_id == owner}
    kept = [row for row in rows if school_year(row.starts_on) in first and row.school_id == first[school_year(row.starts_on)]]
    return [Term(row.starts_on, row.ends_on, row.review_due_on) for row in sorted(kept, key=lambda row: row.starts_on)]


def _trusts(session: Session, school_id: uuid.UUID) -> list[uuid.UUID]:
    """The trusts of a school, the newest link first."""
    return [trust_id for _school, trust_id in session.execute(_trust_links().where(SchoolLink.from_id == school_id))]


def _trust_links() -> sa.Select[uuid.UUID, uuid.UUID]:
    return (
        sa.select(SchoolLink.from_id, SchoolLink.to_id)
        .where(SchoolLink.kind == SchoolLinkKind.TRUST)
        .order_by(SchoolLink.effective_on.desc().nulls_last(), SchoolLink.to_id)
    )
