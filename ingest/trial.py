"""A trial: what would become of the letters in a mailbox, found out without changing anything there or in the records.

The folder is opened read-only and its letters are fetched unseen. They are kept in a database and a blob folder that exist
for the trial alone, opened and read as real ones are, and counted. Nobody is written to: nothing here can send.
"""

from __future__ import annotations

import asyncio
import uuid
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, selectinload

import records.models.tables  # noqa: F401  # every table must be known before the first session
from ingest.keeping import Keeper, Postmark
from ingest.mailbox_line import AT_ONCE, Declined, Line, batches
from ingest.mailbox_settings import MailboxSettings
from ingest.outcome import NO_FORM
from ingest.reading import Reader
from ingest.sorting import Sorter, SortingSettings
from ingest.tokens_oauth import Tokens
from records import migrate
from records.blobs import FolderBlobs
from records.db import Database, connect
from records.decisions import doubtful
from records.fields import BY_KEY, REQUIRED
from records.models.post import Attachment, Channel, StoredMessage
from records.models.submissions import Submission
from records.states import AttachmentState, MessageState
from records.submissions import values_of

SCHEMA = "mailroom.trial/1"
Progress = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and how much there is."""


@dataclass(frozen=True, slots=True)
class Letter:
    """What became of one letter. The UID finds it again; nothing personal is here."""

    uid: int
    outcome: str
    forms: int = 0
    no_typing: int = 0
    needs: tuple[str, ...] = ()
    """What a person would have to do, once for each time."""
    problems: tuple[str, ...] = ()
    """Why files could not be read."""

    def to_json(self) -> dict[str, Any]:
        return {
            "uid": self.uid,
            "outcome": self.outcome,
            "forms": self.forms,
            "no_typing": self.no_typing,
            "needs": list(self.needs),
            "problems": list(self.problems),
        }


WITH_FORM, WITHOUT_FORM, AUTOMATIC = "with_form", "without_form", "automatic"
COPY, UNOPENABLE, TOO_LARGE, NOT_FETCHED = "copy", "unopenable", "too_large", "not_fetched"


@dataclass(slots=True)
class Report:
    """The outcome of a trial. A form needs no typing when every value is read clearly and none that is needed is missing;
    whether the register knows the person is left out of it.
    """

    mailbox: str
    in_folder: int
    letters: list[Letter] = field(default_factory=list)
    blank: int = 0
    """Forms that nobody has filled in."""

    @property
    def forms(self) -> int:
        return sum(letter.forms for letter in self.letters)

    @property
    def no_typing(self) -> int:
        return sum(letter.no_typing for letter in self.letters)

    def outcomes(self) -> Counter[str]:
        return Counter(letter.outcome for letter in self.letters)

    def needs(self) -> Counter[str]:
        return Counter(need for letter in self.letters for need in letter.needs)

    def problems(self) -> Counter[str]:
        return Counter(problem for letter in self.letters for problem in letter.problems)

    def to_json(self) -> dict[str, Any]:
        return {
            "schema": SCHEMA,
            "mailbox": self.mailbox,
            "in_folder": self.in_folder,
            "looked_at": len(self.letters),
            "outcomes": dict(self.outcomes()),
            "forms": self.forms,
            "blank": self.blank,
            "no_typing": self.no_typing,
            "needs": dict(self.needs().most_common()),
            "problems": dict(self.problems().most_common()),
            "letters": [letter.to_json() for letter in self.letters],
        }


@dataclass(frozen=True, slots=True)
class Trial:
    """Everything that a trial needs. `folder` is empty, for the trial alone, and removed by whoever made it."""

    settings: MailboxSettings
    tokens: Tokens | None
    reader: Reader
    clock: Callable[[], datetime]
    folder: Path
    sorting: SortingSettings
    workers: int = 1
    limit: int | None = None
    """Only so many of the newest letters."""

    def run(self, progress: Progress = lambda *_: None) -> Report:
        """Raises what `Line` and `Tokens` raise."""
        db = connect(f"sqlite:///{self.folder / 'trial.db'}")
        try:
            migrate.upgrade(db)
            blobs = FolderBlobs(self.folder / "blobs")
            with Keeper(db, blobs, self.clock) as keeper:
                collected = asyncio.run(_collected(self, keeper, progress))
            self._sort(db, blobs, progress)
            with db.reading() as session:
                return _report(session, self.settings.name, collected)
        finally:
            db.close()

    def _sort(self, db: Database, blobs: FolderBlobs, progress: Progress) -> None:
        def work(number: int) -> None:
            sorter = Sorter(db, blobs, self.reader, self.clock, f"trial-{number}", self.sorting)
            while sorter.step():
                progress("Reading", *_how_far(db))

        with ThreadPoolExecutor(self.workers, thread_name_prefix="trial") as pool:
            list(pool.map(work, range(self.workers)))
        # Those that found nothing to do have stopped; what the last one brought to light is done here.
        work(self.workers)


@dataclass(slots=True)
class _Collected:
    """What was found in the folder: its size, the rows of the letters, and the letters that have none."""

    in_folder: int
    rows: dict[int, uuid.UUID] = field(default_factory=dict)
    others: dict[int, str] = field(default_factory=dict)


async def _collected(trial: Trial, keeper: Keeper, progress: Progress) -> _Collected:
    async with await Line.open(trial.settings) as line:
        await line.sign_in(trial.tokens)
        folder = await line.open_folder(trial.settings.folder, read_only=True)
        uids = await line.search()
        found = _Collected(len(uids))
        chosen = uids[-trial.limit :] if trial.limit is not None else uids
        for some in batches(chosen, AT_ONCE):
            for uid, size in sorted((await line.sizes(some)).items()):
                await _collect_one(line, keeper, found, trial.settings, f"{folder.uid_validity}:{uid}", uid, size)
                progress("Fetching", len(found.rows) + len(found.others), len(chosen))
        return found


async def _collect_one(
    line: Line, keeper: Keeper, found: _Collected, settings: MailboxSettings, source: str, uid: int, size: int
) -> None:
    if size > settings.max_bytes:
        found.others[uid] = TOO_LARGE
        return
    try:
        content = await line.letter(uid, size)
    except Declined:
        found.others[uid] = NOT_FETCHED
        return
    if content is not None:
        arrival = keeper.arrival()
        arrival.add(content)
        kept = await asyncio.wrap_future(keeper.submit(arrival, Postmark(Channel.MAILBOX, source=source)))
        found.rows[uid] = kept.message_id


def _how_far(db: Database) -> tuple[int, int]:
    """Letters and papers that are done, and all that are known by now."""
    with db.reading() as session:
        waiting = [
            sa.select(sa.func.count()).where(StoredMessage.state.in_([MessageState.RECEIVED, MessageState.OPENING])),
            sa.select(sa.func.count()).where(Attachment.state.in_([AttachmentState.WAITING, AttachmentState.READING])),
        ]
        left = sum(session.scalar(one) or 0 for one in waiting)
        known = sum(session.scalar(sa.select(sa.func.count()).select_from(kind)) or 0 for kind in (StoredMessage, Attachment))
    return known - left, known


def _report(session: Session, mailbox: str, collected: _Collected) -> Report:
    report = Report(mailbox, collected.in_folder)
    for uid in sorted(collected.rows.keys() | collected.others.keys()):
        if uid in collected.others:
            report.letters.append(Letter(uid, collected.others[uid]))
            continue
        drafts = _drafts(session, collected.rows[uid])
        report.blank += sum(draft.blank for draft in drafts)
        report.letters.append(_letter(session.get_one(StoredMessage, collected.rows[uid]), uid, drafts))
    return report


def _drafts(session: Session, message_id: uuid.UUID) -> list[Submission]:
    chosen = sa.select(Submission).where(Submission.message_id == message_id).options(selectinload(Submission.values))
    return list(session.scalars(chosen))


def _letter(message: StoredMessage, uid: int, drafts: list[Submission]) -> Letter:
    problems = tuple(
        attachment.problem
        for attachment in message.attachments
        if attachment.state is AttachmentState.UNREADABLE and attachment.problem
    )
    if message.state is MessageState.UNOPENABLE:
        return Letter(uid, UNOPENABLE, problems=(message.problem or NO_FORM,))
    filled = [draft for draft in drafts if not draft.blank]
    needs = [needed(draft) for draft in filled]
    if not drafts:
        outcome = AUTOMATIC if message.automatic else COPY if message.duplicate_of_id else WITHOUT_FORM
        return Letter(uid, outcome, problems=problems)
    flat = tuple(one for some in needs for one in some)
    return Letter(uid, WITH_FORM, len(filled), sum(not some for some in needs), flat, problems)


def needed(draft: Submission) -> list[str]:
    """What a person would have to do with a draft before it could be accepted, were the person on the register."""
    found = []
    if draft.kind is None or draft.kind_status == "check":
        found.append("Say which kind of form it is")
    values = values_of(draft)
    if draft.kind != "registration" and not (values.get("trn") and values.get("date_of_birth")):
        found.append("Choose the ECT: the form does not give both TRN and date of birth")
    found += [f"Enter: {BY_KEY[key].title}" for key in REQUIRED.get(draft.kind or "", ()) if not values.get(key)]
    return found + [f"Look at: {BY_KEY[one.key].title}" for one in doubtful(draft)]
