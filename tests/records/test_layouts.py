"""Layout memory: places are kept, counted, forgotten; a form teaches once for each time it was decided."""

from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from records import decisions, layouts
from records.db import Database
from records.layouts import Quality
from records.models.events import Event
from records.models.layouts import LayoutAnchor
from records.models.submissions import Submission
from records.submissions import draft
from tests.support.builders import LATER, MACHINE, NOW, a_draft, a_message, a_paper, an_administrator, an_attachment, an_ect

PLACE = {"how": "cell", "word": 3, "shift": [0, 1]}


def taught(*fields: str, papers: int = 1, agreements: int = 1) -> dict[str, Any]:
    anchors = {field: {**PLACE, "agreements": agreements, "contradictions": 0} for field in fields}
    return {
        "id": "f00d",
        "kind": "progress_review",
        "read_as": None,
        "title": "",
        "papers": papers,
        "printed": [[1, 2, 3]],
        "anchors": anchors,
    }


def an_accepted(session: Session, *, layout: str = "f00d") -> Submission:
    an_ect(session)
    actor = an_administrator(session)
    message = a_message(session)
    paper = a_paper(session, message, an_attachment(session, message))
    paper.sheet_sha256, paper.layout = "a" * 64, layout
    submission = draft(session, paper, a_draft(), received_at=NOW, now=NOW)
    decisions.accept(session, submission, actor, LATER)
    return submission


def test_what_is_kept_is_what_the_readers_get_back(database: Database) -> None:
    with database.writing() as session:
        layouts.keep(session, taught("trn", "ect_name"), None, MACHINE, NOW)
    with database.reading() as session:
        (one,) = layouts.every(session)
        assert layouts.packed(one) == taught("trn", "ect_name")
        assert layouts.stamp(session) == (1, NOW)


def test_later_lesson_changes_counts_and_takes_away_what_is_no_longer_there(database: Database) -> None:
    with database.writing() as session:
        layouts.keep(session, taught("trn", "ect_name"), None, MACHINE, NOW)
        layouts.keep(session, taught("trn", papers=2, agreements=2), None, MACHINE, LATER)
    with database.reading() as session:
        (one,) = layouts.every(session)
        assert layouts.packed(one) == taught("trn", papers=2, agreements=2)
        assert one.changed_at == LATER
        assert session.scalar(sa.select(sa.func.count(LayoutAnchor.id))) == 1


def test_one_place_or_the_whole_layout_can_be_forgotten(database: Database) -> None:
    with database.writing() as session:
        actor = an_administrator(session)
        layouts.keep(session, taught("trn", "ect_name"), None, MACHINE, NOW)
        assert layouts.forget(session, "f00d", "trn", actor, LATER)
        assert not layouts.forget(session, "f00d", "trn", actor, LATER)
        assert not layouts.forget(session, "cafe", None, actor, LATER)
    with database.reading() as session:
        assert [one.field for one in layouts.every(session)[0].anchors] == ["ect_name"]
    with database.writing() as session:
        assert layouts.forget(session, "f00d", None, actor, LATER)
    with database.reading() as session:
        assert layouts.every(session) == []
        assert layouts.stamp(session) == (0, None)
        kinds = [kind for kind in session.scalars(sa.select(Event.kind)) if kind.startswith("layout_")]
        assert sorted(kinds) == ["layout_forgotten", "layout_forgotten", "layout_learnt"]


def test_only_an_accepted_form_teaches_and_only_once(database: Database) -> None:
    with database.writing() as session:
        submission = an_accepted(session)
        message = a_message(session)
        paper = a_paper(session, message, an_attachment(session, message))
        paper.sheet_sha256 = "b" * 64
        draft(session, paper, a_draft(), received_at=NOW, now=NOW)
        assert layouts.next_to_teach(session) is submission
        assert layouts.note_taught(session, submission.id, None, LATER)
        assert not layouts.note_taught(session, submission.id, None, LATER)
        session.refresh(submission)
        assert layouts.next_to_teach(session) is None


def test_form_that_is_decided_anew_teaches_again(database: Database) -> None:
    with database.writing() as session:
        submission = an_accepted(session)
        actor = an_administrator(session, "b")
        layouts.note_taught(session, submission.id, None, LATER)
        session.refresh(submission)
        decisions.reopen(session, submission, actor, LATER + timedelta(hours=1))
        assert layouts.next_to_teach(session) is None
        decisions.accept(session, submission, actor, LATER + timedelta(hours=2))
        assert layouts.next_to_teach(session) is submission


def test_form_on_which_learning_breaks_down_is_left_after_three_attempts(database: Database) -> None:
    with database.writing() as session:
        submission = an_accepted(session)
        for _ in range(layouts.MOST_ATTEMPTS):
            assert layouts.next_to_teach(session) is submission
            assert layouts.note_attempt(session, submission)
            session.refresh(submission)
        assert layouts.next_to_teach(session) is None


def test_quality_counts_values_that_people_left_as_they_were_read(database: Database) -> None:
    with database.writing() as session:
        submission = an_accepted(session)
        values = [one for one in submission.values if one.value is not None]
        values[0].value = "something else"
        session.flush()
        assert layouts.qualities(session) == {"f00d": Quality(1, len(values) - 1, len(values))}


def test_accepted_values_are_in_the_readers_words(database: Database) -> None:
    with database.writing() as session:
        submission = an_accepted(session)
        decisions.reopen(session, submission, an_administrator(session, "b"), LATER)
        decisions.correct(session, submission, "on_track", "true", an_administrator(session, "c"), LATER)
        values = layouts.accepted_values(submission)
        assert (values["form_kind"], values["on_track"], values["trn"]) == ("progress_review", True, "1234567")
