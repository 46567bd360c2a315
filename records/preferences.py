"""What people chose about marketing. The last choice counts; earlier ones stay as proof of when and how it was made."""

from __future__ import annotations

import hashlib
import hmac
import uuid
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from records.events import Actor, record
from records.models.notices import MarketingChoice, MarketingPreference
from records.models.people import Person
from records.people import current_address
from records.values import address_key, local_day


def address_hash(key: bytes, address: str) -> str:
    """Recognises an address that comes back after its person was erased, without keeping the address."""
    return hmac.new(key, b"marketing:" + address_key(address).encode(), hashlib.sha256).hexdigest()


def choose(
    session: Session, person: Person, choice: MarketingChoice, *, how: str, key: bytes, actor: Actor, now: datetime
) -> MarketingPreference:
    """Write down a choice of a person, for the person and for the address they have today."""
    address = current_address(person, local_day(now))
    row = MarketingPreference(
        id=uuid.uuid4(),
        person_id=person.id,
        address_hash=address_hash(key, address) if address else None,
        choice=choice,
        chosen_at=now,
        how=how,
    )
    session.add(row)
    session.flush()
    record(session, "marketing_chosen", row, actor, now, detail={"choice": choice.value, "how": how})
    return row


def last_choice(session: Session, person_id: uuid.UUID | None, address: str, key: bytes) -> MarketingChoice | None:
    """What the person, or whoever had the address, chose last. None: nobody ever did.

    An opt-out of either wins over an older yes of the other, because only the newest of both counts.
    """
    known = [MarketingPreference.address_hash == address_hash(key, address)]
    if person_id is not None:
        known.append(MarketingPreference.person_id == person_id)
    return session.scalar(
        sa.select(MarketingPreference.choice)
        .where(sa.or_(*known))
        .order_by(MarketingPreference.chosen_at.desc(), (MarketingPreference.choice == MarketingChoice.OPTED_OUT).desc())
        .limit(1)
    )


def agrees(session: Session, person_id: uuid.UUID | None, address: str, *, key: bytes, needs_consent: bool) -> bool:
    """Whether marketing may go to somebody: a yes, or no choice at all where the body relies on the right to opt out."""
    choice = last_choice(session, person_id, address, key)
    return choice is MarketingChoice.CONSENTED or (choice is None and not needs_consent)
