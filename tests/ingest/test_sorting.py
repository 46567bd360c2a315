"""One step of work at a time, from a kept message to a draft in front of a person."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa

from ingest.outcome import NO_FORM
from ingest.reading import IsolatedReader
from ingest.sorting import BYTES_GONE
from ingest.sweeping import NOT_OPENED, NOT_READ, sweep
from parsers.forms import ReadFile, Unreadable
from parsers.limits import Limits
from records import papers
from records.blobs import FolderBlobs, Kept, StoreFull
from records.db import Database
from records.models.events import Event
from records.models.notices import Notice
from records.models.post import Attachment, Blob, BlobKind, Paper, PaperImage, StoredMessage
from records.models.submissions import Submission, SubmissionValue
from records.states import AttachmentState, MessageState
from tests.support import desk, letters
from tests.support.builders import NOW, an_administrator, an_ect, expected

PATIENCE = 60.0
"""Seconds that a busy machine may need for one paper."""
GOOD = {"trn": "1234567", "date_of_birth": "1999-05-17", "ect_name": "Amara Quillfeather", "on_track": None}


def _letter(*papers_: bytes) -> bytes:
    return letters.letter(*((f"form{number}.pdf", paper) for number, paper in enumerate(papers_)))


def test_a_form_becomes_a_paper_with_its_pictures_and_a_matched_draft(database: Database, blobs: FolderBlobs) -> None:
    with database.writing() as session:
        induction = an_ect(session)
        assessment = expected(session, induction)
    message = desk.deliver(database, blobs, _letter(desk.written_paper(GOOD)))
    desk.work(desk.sorter(database, blobs))
    with database.writing() as session:
        _, attachment = desk.attachments(session, message)
        assert (attachment.state, attachment.problem, attachment.reader) == (AttachmentState.READ, None, "json/1")
        (draft,) = desk.drafts(session)
        assert (draft.kind, draft.induction_id, draft.assessment_id) == ("progress_review", induction.id, assessment.id)
        assert draft.received_at == message.received_at
        values = {one.key: (one.value, one.status, one.evidence) for one in draft.values}
        assert values["trn"] == ("1234567", "clear", [{"page": 1, "bbox": [1, 2, 3, 4]}])
        assert values["on_track"] == (None, "missing", [])
        assert [one.key for one in draft.values] == ["ect_name", "trn", "date_of_birth", "on_track"]
        paper = session.scalars(sa.select(Paper)).one()
        assert blobs.read(paper.sheet_sha256 or "") == b'{"source":"pdf","number":1}'
        assert blobs.read(paper.html_sha256 or "") == b"<p>paper</p>"
        (image,) = paper.images
        assert (image.page, image.scale, blobs.read(image.blob_sha256)) == (1, 150, letters.picture(9, 1))
        noted = {tuple(row) for row in session.execute(sa.select(Blob.sha256, Blob.kind))}
        assert {
            (paper.sheet_sha256, BlobKind.SHEET),
            (paper.html_sha256, BlobKind.PAPER_HTML),
            (image.blob_sha256, BlobKind.PAGE_IMAGE),
        } <= noted


def test_a_file_with_two_forms_and_a_cover_sheet_gives_three_papers_and_two_drafts(
    database: Database, blobs: FolderBlobs
) -> None:
    message = desk.deliver(database, blobs, _letter(desk.written_paper({"trn": "1111111"}, None, {"trn": "2222222"})))
    desk.work(desk.sorter(database, blobs))
    with database.writing() as session:
        assert desk.states(desk.attachments(session, message)) == ["set_aside", "read"]
        found = session.execute(
            sa.select(Paper.number, PaperImage.page, SubmissionValue.value)
            .join(PaperImage)
            .outerjoin(Submission, Submission.paper_id == Paper.id)
            .outerjoin(SubmissionValue, SubmissionValue.submission_id == Submission.id)
            .order_by(Paper.number)
        )
        assert [tuple(row) for row in found] == [(1, 1, "1111111"), (2, 2, None), (3, 3, "2222222")]


def test_a_paper_that_is_no_form_is_set_aside_with_words_and_no_draft(database: Database, blobs: FolderBlobs) -> None:
    message = desk.deliver(database, blobs, _letter(desk.written_paper(None)))
    desk.work(desk.sorter(database, blobs))
    with database.writing() as session:
        attachment = desk.attachments(session, message)[1]
        assert (attachment.state, attachment.problem) == (AttachmentState.SET_ASIDE, NO_FORM)
        assert desk.drafts(session) == []


def test_a_blank_form_is_drafted_and_flagged(database: Database, blobs: FolderBlobs) -> None:
    desk.deliver(database, blobs, _letter(desk.written_paper({"trn": None}, blank=True)))
    desk.work(desk.sorter(database, blobs))
    with database.writing() as session:
        assert [draft.blank for draft in desk.drafts(session)] == [True]


def test_a_national_insurance_number_is_not_kept_unless_switched_on(database: Database, blobs: FolderBlobs) -> None:
    desk.deliver(database, blobs, _letter(desk.written_paper({"trn": "1", "national_insurance_number": "QQ123456C"})))
    desk.work(desk.sorter(database, blobs))
    with database.writing() as session:
        (draft,) = desk.drafts(session)
        assert [one.key for one in draft.values] == ["trn"]
        assert "QQ123456C" not in str(session.scalar(sa.select(Paper.form)))


def test_a_file_that_cannot_be_read_rests_with_the_readers_words(database: Database, blobs: FolderBlobs) -> None:
    message = desk.deliver(database, blobs, _letter(letters.PDF + b"nonsense"))
    desk.work(desk.sorter(database, blobs))
    with database.writing() as session:
        attachment = desk.attachments(session, message)[1]
        assert (attachment.state, attachment.problem) == (AttachmentState.UNREADABLE, "The file is damaged.")


def test_bytes_that_are_gone_are_told_apart_from_a_damaged_file(database: Database, blobs: FolderBlobs) -> None:
    message = desk.deliver(database, blobs, _letter(desk.written_paper({})))
    one = desk.sorter(database, blobs)
    one.step()
    with database.writing() as session:
        blobs.remove(desk.attachments(session, message)[1].blob_sha256 or "")
    desk.work(one)
    with database.writing() as session:
        assert desk.attachments(session, message)[1].problem == BYTES_GONE


def test_reading_again_replaces_the_draft_and_a_paper_never_has_two(database: Database, blobs: FolderBlobs) -> None:
    message = desk.deliver(database, blobs, _letter(desk.written_paper({"trn": "1111111"}, {"trn": "2222222"})))
    one = desk.sorter(database, blobs)
    desk.work(one)
    for _ in range(2):
        with database.writing() as session:
            papers.read_again(session, desk.attachments(session, message)[1], an_administrator(session, f"a{_}"), NOW)
        desk.work(one)
    with database.writing() as session:
        drafts = desk.drafts(session)
        assert sorted(desk.states(drafts)) == ["in_review"] * 2 + ["superseded"] * 4
        current = [draft.paper for draft in drafts if draft.state.value == "in_review"]
        assert sorted(paper.number for paper in current if paper) == [1, 2]
        assert all(paper and paper.replaced_at is None for paper in current)
        assert session.scalar(sa.select(sa.func.count()).select_from(Paper).where(Paper.replaced_at.is_(None))) == 2


class ChangingReader(desk.JsonReader):
    """Reads a form the first time, and something else afterwards."""

    def __init__(self, later: ReadFile | Unreadable) -> None:
        super().__init__()
        self._later = later

    def read(self, data: bytes, name: str, layouts: str | None = None) -> ReadFile | Unreadable:
        first = super().read(data, name, layouts)
        return first if len(self.read_names) == 1 else self._later


@pytest.mark.parametrize("later", [Unreadable("The file is damaged."), desk.JsonReader().read(desk.written_paper(None), "")])
def test_a_second_reading_that_finds_no_form_keeps_the_draft(
    database: Database, blobs: FolderBlobs, later: ReadFile | Unreadable
) -> None:
    message = desk.deliver(database, blobs, _letter(desk.written_paper({"trn": "1111111"})))
    one = desk.sorter(database, blobs, ChangingReader(later))
    desk.work(one)
    with database.writing() as session:
        papers.read_again(session, desk.attachments(session, message)[1], an_administrator(session), NOW)
    desk.work(one)
    with database.writing() as session:
        (draft,) = desk.drafts(session)
        assert draft.state.value == "in_review"
        assert draft.paper
        assert draft.paper.replaced_at is None


class PassingFault(desk.JsonReader):
    """A reader whose child is killed each time, or only the first few times."""

    def __init__(self, times: int) -> None:
        super().__init__()
        self._times = times

    def read(self, data: bytes, name: str, layouts: str | None = None) -> ReadFile | Unreadable:
        read = super().read(data, name, layouts)
        return Unreadable("Reading was interrupted.", passing=True) if len(self.read_names) <= self._times else read


@pytest.mark.parametrize(("times", "state"), [(2, "read"), (3, "unreadable")])
def test_a_passing_fault_is_tried_again_but_not_for_ever(
    database: Database, blobs: FolderBlobs, times: int, state: str
) -> None:
    message = desk.deliver(database, blobs, _letter(desk.written_paper({})))
    reader = PassingFault(times)
    desk.work(desk.sorter(database, blobs, reader))
    with database.writing() as session:
        assert desk.attachments(session, message)[1].state.value == state
    assert len(reader.read_names) == 3


class Raising(desk.JsonReader):
    """A reader with a fault of its own."""

    def read(self, data: bytes, name: str, layouts: str | None = None) -> ReadFile | Unreadable:
        super().read(data, name, layouts)
        raise RuntimeError("a fault that names somebody")


def test_our_own_fault_rests_after_three_attempts_and_stops_nothing_else(database: Database, blobs: FolderBlobs) -> None:
    message = desk.deliver(database, blobs, _letter(desk.written_paper({})))
    reader = Raising()
    desk.work(desk.sorter(database, blobs, reader))
    with database.writing() as session:
        attachment = desk.attachments(session, message)[1]
        assert (attachment.state, attachment.problem) == (AttachmentState.UNREADABLE, NOT_READ)
    assert len(reader.read_names) == 3


class FailingBlobs(FolderBlobs):
    """A store that fails at one act."""

    def put(self, content: bytes) -> Kept:
        raise OSError(5, "input/output error")


def test_a_letter_that_fails_three_times_rests_as_unopenable(database: Database, blobs: FolderBlobs) -> None:
    message = desk.deliver(database, blobs, _letter(letters.PDF))
    desk.work(desk.sorter(database, FailingBlobs(blobs.root)))
    with database.writing() as session:
        row = session.get_one(StoredMessage, message.id)
        assert (row.state, row.problem, row.attempts) == (MessageState.UNOPENABLE, NOT_OPENED, 3)


class FullBlobs(FolderBlobs):
    """A store that is full at first sight, or only when something is put."""

    def put(self, content: bytes) -> Kept:
        raise StoreFull("the disk is nearly full")


def test_a_full_disk_uses_up_no_attempts(database: Database, blobs: FolderBlobs) -> None:
    message = desk.deliver(database, blobs, _letter(desk.written_paper({})))
    full = FolderBlobs(blobs.root, reserve_bytes=1 << 62)
    assert not desk.sorter(database, full).step()
    late = desk.sorter(database, FullBlobs(blobs.root))
    for _ in range(5):
        late.step()
    with database.writing() as session:
        row = session.get_one(StoredMessage, message.id)
        assert (row.state, row.attempts) == (MessageState.RECEIVED, 0)
    desk.work(desk.sorter(database, blobs))
    with database.writing() as session:
        assert session.get_one(StoredMessage, message.id).state is MessageState.OPENED


class Interrupted(FolderBlobs):
    """Before it gives bytes out, somebody else acts."""

    meanwhile: Callable[[], None] = staticmethod(lambda: None)

    def read(self, sha256: str) -> bytes:
        act, self.meanwhile = self.meanwhile, lambda: None
        act()
        return super().read(sha256)


def test_a_worker_that_was_too_slow_loses_and_writes_nothing(database: Database, blobs: FolderBlobs) -> None:
    message = desk.deliver(database, blobs, _letter(desk.written_paper({"trn": "1111111"})))
    clock = desk.Clock()
    slow_blobs = Interrupted(blobs.root)
    slow, fast = (
        desk.sorter(database, slow_blobs, clock=clock, name="slow"),
        desk.sorter(database, blobs, clock=clock, name="fast"),
    )

    def overtake() -> None:
        clock.pass_time(minutes=10)
        desk.work(fast)

    for _ in range(2):
        slow_blobs.meanwhile = overtake
        slow.step()
    assert desk.work(slow) == 0
    with database.writing() as session:
        assert desk.states(desk.attachments(session, message)) == ["set_aside", "read"]
        assert len(desk.drafts(session)) == 1
        opened = sa.select(sa.func.count()).select_from(Event).where(Event.kind == "message_opened")
        assert session.scalar(opened) == 1


def test_a_claim_is_swept_only_when_it_ran_out(database: Database, blobs: FolderBlobs) -> None:
    desk.deliver(database, blobs, _letter(desk.written_paper({})))
    clock = desk.Clock()
    dying = desk.sorter(database, _Dying(blobs.root), clock=clock, name="dying")
    with pytest.raises(_Death):
        dying.step()
    other = desk.sorter(database, blobs, clock=clock, name="other")
    assert desk.work(other) == 0
    clock.pass_time(seconds=121)
    assert desk.work(other) == 2


def test_a_worker_that_starts_again_takes_back_its_own_at_once(database: Database, blobs: FolderBlobs) -> None:
    message = desk.deliver(database, blobs, _letter(desk.written_paper({})))
    with pytest.raises(_Death):
        desk.sorter(database, _Dying(blobs.root), name="desk").step()
    again = desk.sorter(database, blobs, name="desk")
    assert again.take_back_own() == 1
    assert desk.work(again) == 2
    with database.writing() as session:
        assert desk.states(desk.attachments(session, message)) == ["set_aside", "read"]


def test_what_dies_in_every_attempt_rests_after_three(database: Database, blobs: FolderBlobs) -> None:
    message = desk.deliver(database, blobs, _letter(desk.written_paper({})))
    clock = desk.Clock()
    for _ in range(3):
        with pytest.raises(_Death):
            desk.sorter(database, _Dying(blobs.root), clock=clock).step()
        clock.pass_time(minutes=5)
        with database.writing() as session:
            sweep(session, clock())
    assert desk.work(desk.sorter(database, blobs, clock=clock)) == 0
    with database.writing() as session:
        row = session.get_one(StoredMessage, message.id)
        assert (row.state, row.problem) == (MessageState.UNOPENABLE, NOT_OPENED)


class _Death(BaseException):
    """The process ends here: nothing after it runs, as after kill -9."""


class _Dying(FolderBlobs):
    def read(self, sha256: str) -> bytes:
        raise _Death


def test_run_works_until_it_is_told_to_stop(database: Database, blobs: FolderBlobs) -> None:
    stop, wake = threading.Event(), threading.Event()
    one = desk.sorter(database, blobs)
    thread = threading.Thread(target=one.run, args=(stop, wake))
    thread.start()
    try:
        message = desk.deliver(database, blobs, _letter(desk.written_paper({})))
        wake.set()
        for _ in range(500):
            with database.writing() as session:
                if desk.states(desk.attachments(session, message)) == ["set_aside", "read"]:
                    break
            stop.wait(0.02)
        else:
            pytest.fail("the letter was not sorted")
    finally:
        stop.set()
        wake.set()
        thread.join(10)
    assert not thread.is_alive()


def test_two_workers_share_the_work_and_do_nothing_twice(database: Database, blobs: FolderBlobs) -> None:
    for number in range(12):
        raw = letters.letter(
            (f"{number}.pdf", desk.written_paper({"trn": f"{number:07}"})), message_id=f"<{number}@hill.example>"
        )
        desk.deliver(database, blobs, raw)
    workers = [threading.Thread(target=desk.work, args=(desk.sorter(database, blobs, name=f"desk{n}"),)) for n in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    with database.writing() as session:
        assert set(desk.states(session.scalars(sa.select(StoredMessage)))) == {"opened"}
        assert len(desk.drafts(session)) == 12
        assert session.scalar(sa.select(sa.func.count()).select_from(Attachment)) == 24


@pytest.mark.parametrize("every", [4, pytest.param(1, marks=[pytest.mark.soak, pytest.mark.timeout(1_200)])])
def test_sample_letters_come_to_rest_with_a_reason(samples: Path, sqlite: Database, blobs: FolderBlobs, every: int) -> None:
    files = letters.sample_letters(samples)[::every]
    for file in files:
        desk.deliver(sqlite, blobs, file.read_bytes(), envelope_from="<>")
    with IsolatedReader(limits=Limits(patience=PATIENCE)) as reader:
        one = desk.sorter(sqlite, blobs, reader)
        while one.step():
            pass
    with sqlite.writing() as session:
        messages = session.scalars(sa.select(StoredMessage)).all()
        assert len(messages) == len(files)
        assert all(
            one.state is MessageState.OPENED or (one.state is MessageState.UNOPENABLE and one.problem) for one in messages
        )
        rows = session.scalars(sa.select(Attachment)).all()
        assert {row.message_id for row in rows} == {one.id for one in messages if one.state is MessageState.OPENED}
        assert {row.state.value for row in rows} <= {"read", "unreadable", "set_aside"}
        assert all(row.reason or row.problem for row in rows)
        assert session.scalar(sa.select(sa.func.count()).select_from(Notice)) == 0
