"""What became of a reading: papers and drafts in the record, and each file that was read at rest or back in the queue."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from ingest.drafting import KeptReading, write_reading
from ingest.receipts import ask_when_done
from parsers.forms import Unreadable
from records import albums
from records.events import Actor
from records.models.post import Attachment, StoredMessage
from records.states import AttachmentState, move

NO_FORM = "This does not look like an induction form."
READ_ALONE = "It is no page of the paper in the other pictures, so it is read by itself."
NOT_TOGETHER = "The pictures could not be read together, so each is read by itself."

_A = AttachmentState
_ACTOR = Actor.machine("reading")


def write_read(
    session: Session,
    attachments: Sequence[Attachment],
    reading: KeptReading | Unreadable,
    now: datetime,
    *,
    most_attempts: int,
    ni_numbers: bool,
) -> None:
    """Write down what was read from one file, or from pictures that were read together. Raises `Overtaken`."""
    # Two workers may finish the last two papers of one letter at once; holding this row decides who is the last.
    message = session.get_one(StoredMessage, attachments[0].message_id, with_for_update=True)
    if isinstance(reading, Unreadable):
        for one in attachments:
            _not_read(session, one, reading, now, most_attempts)
    else:
        pages = [attachments[place] for place in reading.origins] or list(attachments)
        write_reading(session, message, pages, reading, now, ni_numbers=ni_numbers)
        for number, one in enumerate(pages, start=1):
            _read(session, one, reading, number if reading.origins else None, now)
        for place in reading.left_out:
            albums.leave(session, attachments[place], _ACTOR, READ_ALONE, now)
    ask_when_done(session, message, now)


def _not_read(session: Session, one: Attachment, reading: Unreadable, now: datetime, most_attempts: int) -> None:
    again = reading.passing and one.attempts < most_attempts
    if one.album is not None and one.read_at is None and not again:
        # Nothing says which of them is at fault, and the others may be forms.
        albums.leave(session, one, _ACTOR, NOT_TOGETHER, now)
        return
    one.problem = None if again else reading.reason
    move(session, one, _A.WAITING if again else _A.UNREADABLE, _ACTOR, reading.reason, now)


def _read(session: Session, one: Attachment, reading: KeptReading, page: int | None, now: datetime) -> None:
    """`page` is its page in what was read together; None for a file that was read by itself."""
    one.reader, one.read_at = reading.reader, now
    one.page_count = 1 if page is not None else len(reading.images) or None
    holds_form = reading.holds_form(page)
    one.problem = None if holds_form else f"{NO_FORM} {reading.why_no_form}".strip()
    move(session, one, _A.READ if holds_form else _A.SET_ASIDE, _ACTOR, one.problem or "read", now)
