"""Handing somebody's record over: to whom, on which ground, who authorised it, and what went. By download, or by a link.

A link alone opens nothing, because mail scanners open links before people do: it asks for a code that goes another way.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from records.events import Actor, record
from records.holds import restricted
from records.models.disclosures import Disclosure, DisclosureGround, DisclosureKind, HandedOver
from records.models.inductions import Induction
from records.values import Wrong

LINK_LASTS = timedelta(days=7)
MOST_TRIES = 10
"""Wrong codes until a link is dead: a code has a million values."""
COLLECTOR = Actor.machine("collection by link")

GROUNDS: dict[DisclosureGround, str] = {
    DisclosureGround.NEW_BODY: "The new appropriate body asks for assessments (statutory guidance 2.75)",
    DisclosureGround.NEW_HEADTEACHER: "The new headteacher asks for reviews and reports (statutory guidance 2.75)",
    DisclosureGround.ECT_ASKED: "The ECT asks for it",
    DisclosureGround.APPEAL: "An appeal",
    DisclosureGround.INSPECTION: "An inspection",
}
"""Why a record may be handed over, in words."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who gets it, and why they may."""

    name: str
    ground: DisclosureGround
    address: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A link and its code. Both are shown once; only hashes stay."""

    disclosure: Disclosure
    token: str
    code: str


def check(session: Session, induction: Induction) -> None:
    """Raises `Wrong` where the record must not be handed over: it may only be stored, or it has been let go."""
    if session.scalar(sa.select(restricted(sa.literal(induction.id)))):
        raise Wrong("There is a hold: the data may only be stored, and is not handed over")
    if induction.let_go_on is not None:
        raise Wrong("The record was let go: there is nothing left to hand over")


def by_download(
    session: Session,
    induction: Induction,
    kind: DisclosureKind,
    recipient: Recipient,
    manifest: dict[str, Any],
    actor: Actor,
    now: datetime,
) -> Disclosure:
    """Note that somebody takes it with them now."""
    row = _note(session, induction, kind, recipient, HandedOver.DOWNLOAD, actor, now)
    row.content, row.collected_at = manifest, now
    _record(session, row, "record_disclosed", actor, now)
    return row


def by_link(
    session: Session, induction: Induction, kind: DisclosureKind, recipient: Recipient, actor: Actor, now: datetime
) -> Link:
    """A link for seven days and the code for it. What goes is packed when it is fetched."""
    row = _note(session, induction, kind, recipient, HandedOver.LINK, actor, now)
    token, code = secrets.token_urlsafe(32), f"{secrets.randbelow(1_000_000):06}"
    row.link_hash, row.code_hash = _hashed(token), _hashed(token + code)
    row.expires_at = now + LINK_LASTS
    session.flush()
    _record(session, row, "disclosure_offered", actor, now)
    return Link(row, token, code)


def of_link(session: Session, token: str, now: datetime) -> Disclosure | None:
    """What a link leads to while it works. Looking changes nothing."""
    row = session.scalar(sa.select(Disclosure).where(Disclosure.link_hash == _hashed(token)))
    works = row is not None and row.expires_at is not None and row.expires_at > now and row.code_tries < MOST_TRIES
    return row if works else None


def try_code(session: Session, row: Disclosure, token: str, code: str) -> bool:
    """Whether the code is right. Each wrong one is counted, whoever else tries at the same moment."""
    typed = "".join(character for character in code if character.isdecimal())
    if hmac.compare_digest(_hashed(token + typed), row.code_hash or ""):
        return True
    session.execute(
        sa.update(Disclosure)
        .where(Disclosure.id == row.id)
        .values(code_tries=Disclosure.code_tries + 1)
        .execution_options(synchronize_session=False)
    )
    session.refresh(row, ["code_tries"])
    return False


def collected(session: Session, row: Disclosure, manifest: dict[str, Any], now: datetime) -> None:
    """Note that it was fetched by its link, and what was in it. It may be fetched again until the link ends."""
    row.content = manifest
    row.collected_at = row.collected_at or now
    session.flush()
    _record(session, row, "record_disclosed", COLLECTOR, now)


def withdraw(session: Session, row: Disclosure, actor: Actor, now: datetime) -> None:
    """Make a link stop working."""
    if row.expires_at is not None and row.expires_at > now:
        row.expires_at = now
        session.flush()
        _record(session, row, "disclosure_withdrawn", actor, now)


def of_induction(session: Session, induction: Induction) -> list[Disclosure]:
    """Every handing over of an ECT's record, newest first."""
    return list(
        session.scalars(
            sa.select(Disclosure).where(Disclosure.induction_id == induction.id).order_by(Disclosure.authorised_at.desc())
        )
    )


def _note(
    session: Session,
    induction: Induction,
    kind: DisclosureKind,
    recipient: Recipient,
    how: HandedOver,
    actor: Actor,
    now: datetime,
) -> Disclosure:
    check(session, induction)
    if not recipient.name.strip():
        raise Wrong("Enter who gets it")
    row = Disclosure(
        id=uuid.uuid4(),
        induction_id=induction.id,
        kind=kind,
        ground=recipient.ground,
        note=(recipient.note or "").strip() or None,
        recipient=recipient.name.strip(),
        recipient_address=recipient.address,
        how=how,
        authorised_by_id=actor.account_id,
        authorised_at=now,
    )
    session.add(row)
    session.flush()
    return row


def _record(session: Session, row: Disclosure, kind: str, actor: Actor, now: datetime) -> None:
    detail = {
        "recipient": row.recipient,
        "ground": row.ground.value,
        "how": row.how.value,
        "files": [one["path"] for one in row.content.get("files", ())],
    }
    record(session, kind, row, actor, now, detail=detail, induction_id=row.induction_id)


def _hashed(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
