"""An accepted paper teaches its layout, and the next one is read from what it taught: real readers, real rows."""

from __future__ import annotations

from dataclasses import replace

import pytest
import sqlalchemy as sa

from ingest.learning import Extract, layouts_of, learn_from
from ingest.reading import InProcessReader, IsolatedReader
from ingest.sorting import Sorter
from parsers.forms import Unreadable
from parsers.learned import Layout, Layouts
from parsers.learning import Lesson, Proof, grow
from records import decisions, layouts
from records.blobs import FolderBlobs
from records.db import Database
from records.models.layouts import LayoutAnchor
from records.models.submissions import Submission
from records.states import SubmissionState
from tests.parsers.test_learned import TRUTH, nonsense, taught
from tests.support import desk, letters
from tests.support.builders import LATER, MACHINE, NOW, an_administrator, an_ect

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class Office:
    """A worker at a desk with real readers."""

    def __init__(self, database: Database, blobs: FolderBlobs, reader: InProcessReader | IsolatedReader) -> None:
        self.database, self.blobs = database, blobs
        self.clock = desk.Clock()
        self.sorter = Sorter(database, blobs, reader, self.clock, "desk", desk.SETTINGS, learner=reader)

    def receive(self, paper: bytes, number: int) -> Submission | None:
        raw = letters.letter((f"form{number}.docx", paper))
        desk.deliver(self.database, self.blobs, raw)
        desk.work(self.sorter)
        with self.database.reading() as session:
            open_ = sa.select(Submission).where(Submission.state == SubmissionState.IN_REVIEW)
            return session.scalars(open_).unique().first()


@pytest.fixture
def office(database: Database, blobs: FolderBlobs) -> Office:
    return Office(database, blobs, InProcessReader())


def test_accepted_paper_teaches_and_the_next_one_is_read_from_it(office: Office) -> None:
    known = (("ECT name", "Orla Yardley"), ("TRN", "1234567"), ("Period end date", "4 July 2024"))
    paper = nonsense("Harbottle", "17 MAY 99", "2", more=known)
    next_paper = nonsense("Eastgate", "18 MAY 99", "3", more=known)
    with office.database.writing() as session:
        lesson = taught(
            paper, {"form_kind": "progress_review", "ect_name": "Orla Yardley", "trn": "1234567", "days_absent": "2"}
        )
        learn_from(session, lesson, None, MACHINE, NOW)
    office.receive(next_paper, 2)
    with office.database.reading() as session:
        draft = session.scalars(sa.select(Submission)).one()
        assert {one.key: one.value for one in draft.values}["days_absent"] == "3"
        assert draft.paper is not None
        assert draft.paper.layout == lesson.layout.id


def test_decision_is_learnt_from_once_and_twice_is_harmless(office: Office) -> None:
    from tests.parsers.test_learned import form_of

    rows = (("ECT name", "Amara Quillfeather"), ("Teacher reference number", "1234567"), ("Date of birth", "17 May 1999"),
            ("School", "Harrowgill Academy"), ("Days absent in this period", "2"), ("Is the ECT on track?", "Yes"))  # fmt: skip
    with office.database.writing() as session:
        an_ect(session)
        actor = an_administrator(session)
    submission = office.receive(form_of(*rows), 1)
    assert submission is not None
    with office.database.writing() as session:
        row = session.get_one(Submission, submission.id)
        for one in row.values:
            one.status = "clear"
        row.kind_status = "clear"
        decisions.correct(session, row, "on_track", "true", actor, LATER)
        decisions.accept(session, row, actor, LATER)
    office.clock.pass_time(days=2)
    assert desk.work(office.sorter) == 1
    assert desk.work(office.sorter) == 0
    with office.database.reading() as session:
        (layout,) = layouts.every(session)
        assert layout.papers == 1
        assert {"trn", "ect_name", "date_of_birth"} <= {one.field for one in layout.anchors}
        assert {one.learnt_from_id for one in layout.anchors} == {submission.id}
        text = str([one.anchor for one in layout.anchors]) + str(layout.printed) + layout.title
        assert not any(word in text.casefold() for word in ("amara", "quillfeather", "1234567", "harrowgill"))


def test_missing_sheet_ends_learning_without_a_trace(office: Office) -> None:
    from tests.records.test_layouts import an_accepted

    with office.database.writing() as session:
        submission = an_accepted(session)
    desk.work(office.sorter)
    with office.database.reading() as session:
        assert layouts.every(session) == []
        assert session.get_one(Submission, submission.id).taught_at is not None


def test_extract_is_made_anew_only_when_a_layout_changed(database: Database) -> None:
    extract = Extract()
    with database.writing() as session:
        assert extract.of(session) is None
        learn_from(session, taught(nonsense("Orla Yardley", "1234567", "2"), TRUTH), None, MACHINE, NOW)
        first = extract.of(session)
        assert first is not None
        assert extract.of(session) is first
        assert Layouts.from_json(first) == layouts_of(session)
        layouts.forget(session, Layouts.from_json(first).layouts[0].id, None, MACHINE, LATER)
        assert extract.of(session) is None


def test_learning_in_the_child_gives_what_learning_here_gives() -> None:
    from json import dumps

    from parsers import word

    sheet = dumps(word.read_sheet(nonsense("Orla Yardley", "1234567", "2")).to_json()).encode()
    with IsolatedReader() as reader:
        assert reader.learn(sheet, TRUTH) == InProcessReader().learn(sheet, TRUTH)
        assert isinstance(reader.learn(b"{}", TRUTH), Unreadable)


def lesson_of(layout: Layout, **proofs: Proof) -> Lesson:
    return Lesson(layout, proofs, known=True)


def test_place_that_a_wrong_correction_taught_gives_way_to_the_next_paper() -> None:
    first = taught(nonsense("Orla Yardley", "1234567", "2"), TRUTH).layout
    moved = tuple(replace(one, place=first.anchors[0].place) if one.key == "trn" else one for one in first.anchors)
    wrong = replace(first, anchors=moved)
    corrected = grow(wrong, lesson_of(first, trn=Proof.CONTRADICTS))
    anchors = {one.key: one for one in corrected.anchors}
    assert anchors["trn"].place == next(one.place for one in first.anchors if one.key == "trn")
    assert not anchors["trn"].trusted
    assert grow(corrected, lesson_of(first, trn=Proof.AGREES)).anchors[[*anchors].index("trn")].trusted


def test_place_that_several_papers_confirmed_is_doubted_first_and_withdrawn_second() -> None:
    first = taught(nonsense("Orla Yardley", "1234567", "2"), TRUTH).layout
    grown = grow(grow(first, lesson_of(first, trn=Proof.AGREES)), lesson_of(first, trn=Proof.AGREES))
    trn = {one.key: one for one in grown.anchors}["trn"]
    assert (trn.agreements, trn.trusted) == (3, True)
    doubted = grow(grown, lesson_of(replace(first, anchors=()), trn=Proof.CONTRADICTS))
    trn = {one.key: one for one in doubted.anchors}["trn"]
    assert (trn.place is not None, trn.trusted) == (True, False)
    withdrawn = grow(doubted, lesson_of(replace(first, anchors=()), trn=Proof.CONTRADICTS))
    assert {one.key: one for one in withdrawn.anchors}["trn"].vacant


def test_silence_changes_no_count() -> None:
    first = taught(nonsense("Orla Yardley", "1234567", "2"), TRUTH).layout
    grown = grow(first, lesson_of(replace(first, anchors=()), trn=Proof.SILENT))
    assert grown.anchors == first.anchors
    assert grown.papers == 2


def test_anchor_rows_go_with_their_layout(database: Database) -> None:
    with database.writing() as session:
        row = learn_from(session, taught(nonsense("Orla Yardley", "1234567", "2"), TRUTH), None, MACHINE, NOW)
        layouts.forget(session, row.id, None, MACHINE, LATER)
        assert session.scalar(sa.select(sa.func.count(LayoutAnchor.id))) == 0
