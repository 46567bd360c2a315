"""A desk that dies at any point leaves a state from which the next one comes to the same end."""

import random
import shutil
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from records import papers
from records.blobs import FolderBlobs, Kept
from records.db import Database, connect
from records.events import seal, verify
from records.models.communications import Communication
from records.models.notices import Notice
from records.models.post import Attachment, Blob, Paper, PaperImage, PaperPart, StoredMessage
from records.models.submissions import Submission, SubmissionValue
from records.states import AttachmentState, MessageState
from tests.support import databases, desk, letters
from tests.support.builders import NOW, a_school, an_administrator

SENDER = "Harrowgill <office@harrowgill.example>"


class _Death(BaseException):
    """The process ends here: nothing after it runs, as after kill -9."""


class _Fate:
    """Dies at the nth place where a real process could die."""

    def __init__(self, at: int) -> None:
        self.left = at

    def may_strike(self) -> None:
        self.left -= 1
        if self.left == 0:
            raise _Death


class _MortalBlobs(FolderBlobs):
    def __init__(self, root: Path, fate: _Fate) -> None:
        super().__init__(root)
        self._fate = fate

    def put(self, content: bytes) -> Kept:
        self._fate.may_strike()
        kept = super().put(content)
        self._fate.may_strike()
        return kept

    def read(self, sha256: str) -> bytes:
        self._fate.may_strike()
        return super().read(sha256)


@dataclass(frozen=True)
class _MortalDatabase(Database):
    """Dies before or after a commit. A commit is whole or not at all; that is the database's own promise."""

    fate: _Fate

    @contextmanager
    def writing(self) -> Iterator[Session]:
        with super().writing() as session:
            yield session
            self.fate.may_strike()
        self.fate.may_strike()


def _work_and_die(db: Database, blobs: FolderBlobs, at: int) -> bool:
    """Work until the nth place where a process can die, then start again and finish. False when there is no such place."""
    fate = _Fate(at)
    died = False
    try:
        desk.work(desk.sorter(_MortalDatabase(db.engine, fate), _MortalBlobs(blobs.root, fate)))
    except _Death:
        died = True
    again = desk.sorter(db, blobs)
    again.take_back_own()
    desk.work(again)
    return died


def _post(db: Database, blobs: FolderBlobs) -> None:
    form = desk.written_paper({"trn": "1111111"}, {"trn": "2222222", "on_track": None})
    letter = letters.letter(
        ("forms.pdf", form),
        ("more.zip", letters.archive(("a.pdf", desk.written_paper(None)), ("b.pdf", letters.PDF + b"broken"))),
        sender=SENDER,
    )
    desk.deliver(db, blobs, letter)
    desk.deliver(db, blobs, letter)
    desk.deliver(db, blobs, b"\r\n")
    pages = [desk.written_picture(1, {"trn": "3333333"}, begins=True), desk.written_picture(2, {"days_absent": "2"})]
    photos = [*((f"{number}.png", page) for number, page in enumerate(pages)), ("logo.png", desk.written_picture(3))]
    desk.deliver(db, blobs, letters.letter(*photos, sender=SENDER, message_id="<photos@hill.example>"))


def _end_state(db: Database) -> dict[str, object]:
    """Everything that must be the same however often work was interrupted. Ids, versions and attempts differ."""
    with db.writing() as session:
        seal(session)
        assert verify(session).sound
        messages = session.scalars(sa.select(StoredMessage).order_by(StoredMessage.received_at)).all()
        return {
            "messages": sorted((one.state.value, one.problem or "", one.duplicate_of_id is not None) for one in messages),
            "attachments": sorted(
                (one.path, one.name, one.state.value, one.problem or "", one.reason, one.same_as_id is not None)
                for one in session.scalars(sa.select(Attachment))
            ),
            "papers": sorted(
                (one.number, one.sheet_sha256 or "", one.replaced_at is None) for one in session.scalars(sa.select(Paper))
            ),
            "drafts": sorted(
                (one.state.value, one.paper.number if one.paper else 0, one.values[0].value or "")
                for one in session.scalars(sa.select(Submission))
            ),
            "counts": [
                session.scalar(sa.select(sa.func.count()).select_from(table))
                for table in (PaperPart, PaperImage, SubmissionValue, Communication, Blob)
            ],
            "receipts": [one.content["forms"] for one in session.scalars(sa.select(Notice))],
        }


LONG = [pytest.mark.soak, pytest.mark.timeout(1_200)]


@pytest.mark.parametrize("stride", [7, pytest.param(1, marks=LONG)])
def test_wherever_work_dies_it_comes_to_the_same_end(sqlite_template: Path, tmp_path: Path, stride: int) -> None:
    expected = None
    for at in range(0, 300, stride):
        folder = tmp_path / str(at)
        folder.mkdir()
        shutil.copy2(sqlite_template, folder / "mail.db")
        db, blobs = connect(databases.sqlite_url(folder / "mail.db")), FolderBlobs(folder / "blobs")
        with db.writing() as session:
            a_school(session)
        _post(db, blobs)
        died = _work_and_die(db, blobs, at)
        state = _end_state(db)
        db.close()
        expected = expected or state
        assert state == expected, f"death at place {at}"
        if at > 0 and not died:
            assert at > 20
            break
    else:
        pytest.fail("there are more places to die than were tried")


def _album(db: Database, message: StoredMessage) -> tuple[list[str], list[int]]:
    """The states of a letter's two pictures, and how many pages each of its papers has."""
    with db.writing() as session:
        states = desk.states(desk.attachments(session, message)[1:])
        return states, [len(paper.parts) for paper in session.scalars(sa.select(Paper))]


def test_wherever_work_dies_there_is_never_half_an_album(database: Database, tmp_path: Path) -> None:
    for at in range(1, 100):
        blobs = FolderBlobs(tmp_path / str(at))
        letter = letters.letter(
            ("1.png", desk.written_picture(2 * at, {"trn": "3333333"}, begins=True)),
            ("2.png", desk.written_picture(2 * at + 1, {"days_absent": "2"})),
            message_id=f"<{at}@hill.example>",
        )
        message = desk.deliver(database, blobs, letter)
        before = _album(database, message)[1]
        fate = _Fate(at)
        died = False
        try:
            desk.work(desk.sorter(_MortalDatabase(database.engine, fate), _MortalBlobs(blobs.root, fate)))
        except _Death:
            died = True
        states, papers_ = _album(database, message)
        assert len(set(states)) < 2, "both pictures are where the other is"
        assert papers_[len(before) :] in ([], [2]), "a paper has both its pages"
        again = desk.sorter(database, blobs)
        again.take_back_own()
        desk.work(again)
        assert _album(database, message) == (["read", "read"], [*before, 2])
        if not died:
            assert at > 10
            break
    else:
        pytest.fail("there are more places to die than were tried")


def test_a_second_reading_that_dies_comes_to_the_same_end(sqlite_template: Path, tmp_path: Path) -> None:
    for at in range(1, 100):
        folder = tmp_path / str(at)
        folder.mkdir()
        shutil.copy2(sqlite_template, folder / "mail.db")
        db, blobs = connect(databases.sqlite_url(folder / "mail.db")), FolderBlobs(folder / "blobs")
        message = desk.deliver(db, blobs, letters.letter(("a.pdf", desk.written_paper({"trn": "1111111"}))))
        desk.work(desk.sorter(db, blobs))
        with db.writing() as session:
            papers.read_again(session, desk.attachments(session, message)[1], an_administrator(session), NOW)
        died = _work_and_die(db, blobs, at)
        with db.writing() as session:
            assert sorted(desk.states(desk.drafts(session))) == ["in_review", "superseded"]
        db.close()
        if not died:
            break


def _killed_again_and_again(db_file: Path, blobs: Path, times: int, seed: int) -> int:
    """Run a desk and kill it at random instants. Returns how often that was before it had finished."""
    chance = random.Random(seed)
    unfinished = 0
    url = databases.sqlite_url(db_file)
    for _ in range(times):
        with subprocess.Popen(
            [sys.executable, "-m", "tests.support.desk_process", url, str(blobs)],
            stdout=subprocess.PIPE,
            cwd=Path(__file__).parents[2],
        ) as process:
            assert process.stdout
            process.stdout.readline()
            time.sleep(chance.uniform(0, 0.25))
            process.kill()
        unfinished += _unfinished(url)
    return unfinished


def _unfinished(url: str) -> bool:
    db = connect(url)
    passing = [MessageState.RECEIVED, MessageState.OPENING]
    at_work = [AttachmentState.WAITING, AttachmentState.READING]
    with db.writing() as session:
        found = session.scalar(sa.select(StoredMessage.id).where(StoredMessage.state.in_(passing)).limit(1))
        found = found or session.scalar(sa.select(Attachment.id).where(Attachment.state.in_(at_work)).limit(1))
    db.close()
    return found is not None


@pytest.mark.parametrize(
    ("number", "kills"),
    [
        (15, 3),
        pytest.param(200, 60, marks=LONG),
    ],
)
def test_a_process_killed_at_random_leaves_nothing_lost_and_nothing_twice(
    sqlite: Database, tmp_path: Path, number: int, kills: int
) -> None:
    blobs = FolderBlobs(tmp_path / "blobs")
    for count in range(number):
        trn = f"{count:07}"
        raw = letters.letter((f"{trn}.pdf", desk.written_paper({"trn": trn})), message_id=f"<{uuid.uuid4()}@hill.example>")
        desk.deliver(sqlite, blobs, raw, now=datetime.now(UTC))
    file = Path(sqlite.engine.url.database or "")
    assert _killed_again_and_again(file, tmp_path / "blobs", kills, seed=number) > 0
    last = desk.sorter(sqlite, blobs, clock=lambda: datetime.now(UTC))
    last.take_back_own()
    desk.work(last, most=10 * number)
    with sqlite.writing() as session:
        assert desk.states(session.scalars(sa.select(StoredMessage))) == ["opened"] * number
        drafts = desk.drafts(session)
        assert sorted(draft.values[0].value or "" for draft in drafts) == [f"{count:07}" for count in range(number)]
        assert desk.states(session.scalars(sa.select(Attachment).where(Attachment.path == "2"))) == ["read"] * number
