"""An ECT moves to another body: the bundle holds completed assessments and nothing else, and comes in as an equal ECT."""

import hashlib
import json
import uuid
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from records import people
from records.blobs import FolderBlobs
from records.db import Database
from records.models.events import Event, EventDetail
from records.models.facts import ContactKind, PersonContact, Qualification, TrainingRecord
from records.models.inductions import Absence, Assessment, AssessmentKind, AssessmentPoint, Induction, Outcome, SignOff, Source
from records.models.people import Person, PersonName
from records.models.post import PaperImage
from records.models.submissions import MatchCertainty, Submission
from records.moving.transfer_form import SCHEMA_FILE, schema_text
from records.moving.transfer_in import Opened, keep_papers, opened, take_in
from records.moving.transfer_out import Packed, describe, pack
from records.states import SubmissionState
from records.values import Wrong
from tests.support.builders import (
    MACHINE,
    NOW,
    a_draft,
    a_message,
    a_paper,
    a_school,
    a_submission,
    an_attachment,
    an_ect,
    expected,
)
from tests.support.bundles import files_of, from_elsewhere, repacked, rewritten

ROOT = Path(__file__).parents[3]
OURS, THEIRS = "Example Body", "Next Body"


def _released(session: Session, blobs: FolderBlobs) -> Induction:
    """An ECT who left: a completed review with its paper, one that is only due, and things that stay here."""
    induction = an_ect(session)
    person, stated = induction.person, {"source": Source.PERSON, "recorded_at": NOW}
    person.qts_on, person.qts_provider = date(2025, 7, 1), "Example University"
    about = {"person_id": person.id, **stated}
    session.add_all(
        [
            PersonName(person_id=person.id, full_name="Amara Holt", name_key="amara holt"),
            Qualification(title="PGCE", subject="Music", **about),
            PersonContact(kind=ContactKind.MOBILE, value="07700 900123", **about),
            TrainingRecord(induction_id=induction.id, lead_provider="Example Lead", **stated),
            Absence(induction_id=induction.id, days=Decimal("4.5"), health_note="a secret of health", **stated),
        ]
    )
    people.add_address(session, person, "amara@home.example", NOW)
    review = expected(session, induction)
    _complete(session, blobs, induction, review)
    expected(session, induction, AssessmentKind.FORMAL_ASSESSMENT, date(2026, 7, 1), AssessmentPoint.FIRST)
    period = induction.periods[0]
    period.ends_on, period.terms, period.outcome = date(2026, 3, 27), Decimal("1.25"), Outcome.RELEASE
    induction.outcome, induction.outcome_on = Outcome.RELEASE, date(2026, 3, 27)
    plan = an_attachment(session, a_message(session, b"plan"), "support plan.docx")
    plan.blob_sha256, plan.filed_as, plan.filed_for_id = blobs.put(b"a support plan").sha256, "support_plan", induction.id
    session.flush()
    session.expire_all()
    return induction


def _complete(session: Session, blobs: FolderBlobs, induction: Induction, review: Assessment) -> Submission:
    attachment = an_attachment(session, a_message(session, b"review"), "../review.docx")
    attachment.blob_sha256 = blobs.put(b"the review").sha256
    paper = a_paper(session, attachment.message, attachment)
    submission = Submission(
        paper_id=paper.id,
        induction_id=induction.id,
        kind="progress_review",
        received_at=NOW,
        state=SubmissionState.ACCEPTED,
        state_since=NOW,
    )
    session.add(submission)
    session.flush()
    review.accepted_at, review.accepted_submission_id, review.on_track = NOW, submission.id, True
    review.period_end, review.days_absent = date(2026, 3, 27), Decimal("2.5")
    review.values = {"strengths": "Kind & <b>clear</b>", "national_insurance_number": "QQ123456C"}
    session.add(
        SignOff(assessment_id=review.id, role="ect", how="typed", name="Amara Quillfeather", signed_on=date(2026, 3, 26))
    )
    session.flush()
    return submission


def _packed(database: Database, folder: Path) -> Packed:
    blobs = FolderBlobs(folder / "ours")
    with database.writing() as session:
        content = from_elsewhere(pack(session, blobs, _released(session, blobs), OURS, NOW).content)
    return Packed(content, json.loads(files_of(content)["manifest.json"]))


def test_the_published_schema_is_that_of_the_code() -> None:
    for place in ("docs", "records/moving"):
        assert (ROOT / place / SCHEMA_FILE).read_text(encoding="utf-8") == schema_text(), place


def test_a_bundle_holds_completed_assessments_and_nothing_else(database: Database, tmp_path: Path) -> None:
    packed = _packed(database, tmp_path)
    files = files_of(packed.content)
    assert set(files) == {"manifest.json", "ect.json", SCHEMA_FILE, "index.html", "papers/01-progress-review/01-_review.docx"}
    assert b"the review" in files.values()
    everything = b"".join(files.values())
    for stays in (b"a secret of health", b"support plan", b"QQ123456C", b"2026-07-01"):
        assert stays not in everything
    for one in packed.manifest["files"]:
        assert hashlib.sha256(files[one["path"]]).hexdigest() == one["sha256"]
    assert b"Kind &amp; &lt;b&gt;clear" in files["index.html"]
    assert json.loads(files["ect.json"])["ect"]["induction"]["periods"][0]["terms"] == "1.25"


def test_the_ect_at_the_next_body_is_equal(database: Database, sqlite: Database, tmp_path: Path) -> None:
    """From either database into SQLite, and back out again."""
    packed = _packed(database, tmp_path)
    theirs = FolderBlobs(tmp_path / "theirs")
    bundle = opened(packed.content)
    keep_papers(theirs, bundle)
    with sqlite.writing() as session:
        if database.is_sqlite:
            _forget(session)
        induction = take_in(session, theirs, bundle, MACHINE, NOW)
        induction_id = induction.id
    with sqlite.reading() as session:
        again = session.get_one(Induction, induction_id)
        assert describe(session, again, THEIRS) == bundle.bundle.ect
        assert again.outcome is None
        assert [one.body_name for one in again.periods] == [OURS]
        onwards = opened(pack(session, theirs, again, OURS, NOW).content)
        assert onwards.bundle.ect == bundle.bundle.ect
        assert [one.id for one in onwards.bundle.origins] == [induction_id, bundle.bundle.origins[0].id]
        assert {name: one for name, one in onwards.files.items() if name != "ect.json"} == {
            name: one for name, one in bundle.files.items() if name != "ect.json"
        }
        assert again.assessments[0].source is Source.IMPORT


def test_a_form_that_came_before_its_ect_was_taken_in_has_found_them(sqlite: Database, tmp_path: Path) -> None:
    packed = _packed(sqlite, tmp_path)
    bundle, blobs = opened(packed.content), FolderBlobs(tmp_path / "theirs")
    keep_papers(blobs, bundle)
    with sqlite.writing() as session:
        _forget(session)
        before = session.scalars(sa.select(Person).where(Person.trn == "7777777")).one()
        before.date_of_birth = date(1980, 1, 1)
        session.flush()
        waiting = a_submission(session, a_draft(), body=b"a later form")
        assert waiting.match is MatchCertainty.NONE
        induction = take_in(session, blobs, bundle, MACHINE, NOW)
        assert (waiting.match, waiting.induction_id) == (MatchCertainty.EXACT, induction.id)


def _forget(session: Session) -> None:
    """The same database plays both: the first ECT makes room under another TRN."""
    person = session.scalars(sa.select(Person).where(Person.trn == "1234567")).one()
    person.trn = "7777777"
    session.flush()


def test_a_bundle_comes_into_postgresql_as_well(database: Database, tmp_path: Path) -> None:
    packed = _packed(database, tmp_path)
    bundle, blobs = opened(packed.content), FolderBlobs(tmp_path / "theirs")
    keep_papers(blobs, bundle)
    with database.writing() as session:
        _forget(session)
        assert describe(session, take_in(session, blobs, bundle, MACHINE, NOW), THEIRS) == bundle.bundle.ect


def test_a_file_with_somebody_elses_paper_too_gives_only_the_pages_of_this_one(database: Database, tmp_path: Path) -> None:
    blobs = FolderBlobs(tmp_path)
    with database.writing() as session:
        induction = _released(session, blobs)
        other = an_ect(session, a_school(session, "Other School"), trn="7654321", name=("Tom", "Holt"))
        submission = session.scalars(sa.select(Submission)).one()
        assert submission.paper is not None
        page = blobs.put(b"page of ours").sha256
        session.add(PaperImage(paper_id=submission.paper.id, page=1, blob_sha256=page, scale=150))
        attachment = submission.paper.parts[0].attachment
        theirs = a_paper(session, attachment.message, attachment, 2)
        session.add(
            Submission(
                paper_id=theirs.id,
                induction_id=other.id,
                received_at=NOW,
                state=SubmissionState.IN_REVIEW,
                state_since=NOW,
            )
        )
        session.flush()
        session.expire_all()
        files = files_of(pack(session, blobs, induction, OURS, NOW).content)
    assert b"page of ours" in files.values()
    assert b"the review" not in files.values()


def _alter(files: dict[str, bytes]) -> None:
    files["ect.json"] = files["ect.json"].replace(b"1.25", b"6")


def _add(files: dict[str, bytes]) -> None:
    files["../../etc/extra"] = b"x"


def _lose(files: dict[str, bytes]) -> None:
    del files[next(name for name in files if name.startswith("papers/"))]


def _unknown_field(files: dict[str, bytes]) -> None:
    content = json.loads(files["ect.json"])
    content["ect"]["person"]["shoe_size"] = 7
    files["ect.json"] = json.dumps(content).encode()


def _later(files: dict[str, bytes]) -> None:
    manifest: dict[str, Any] = json.loads(files["manifest.json"])
    files["manifest.json"] = json.dumps({**manifest, "format": "ect-transfer/2"}).encode()


@pytest.mark.parametrize(
    ("change", "honest", "why"),
    [
        (_alter, False, "ect.json has been altered"),
        (_add, False, "not those of its manifest"),
        (_lose, False, "not those of its manifest"),
        (_lose, True, "does not hold the paper"),
        (_unknown_field, True, "shoe_size"),
        (_later, False, "another format"),
    ],
)
def test_a_bundle_that_is_not_what_it_says_is_refused(
    sqlite: Database, tmp_path: Path, change: Callable[[dict[str, bytes]], None], honest: bool, why: str
) -> None:
    packed = _packed(sqlite, tmp_path)
    with pytest.raises(Wrong, match=why):
        opened(repacked(packed.content, change, honest=honest))


def test_a_bundle_that_was_damaged_on_its_way_is_refused(sqlite: Database, tmp_path: Path) -> None:
    packed = _packed(sqlite, tmp_path).content
    with pytest.raises(Wrong, match="damaged"):
        opened(packed[:60] + bytes(byte ^ 0xFF for byte in packed[60:160]) + packed[160:])


@pytest.mark.parametrize("content", [b"", b"PK", b"no zip at all"])
def test_something_else_than_a_bundle_is_refused(content: bytes) -> None:
    with pytest.raises(Wrong, match="no transfer bundle"):
        opened(content)


def test_an_ect_who_is_here_already_or_not_released_is_not_taken_in(sqlite: Database, tmp_path: Path) -> None:
    packed = _packed(sqlite, tmp_path)
    bundle, blobs = opened(packed.content), FolderBlobs(tmp_path / "ours")
    with sqlite.writing() as session, pytest.raises(Wrong, match="on record here already"):
        take_in(session, blobs, bundle, MACHINE, NOW)
    with sqlite.writing() as session:
        induction = session.scalars(sa.select(Induction)).one()
        period = induction.periods[0]
        period.ends_on = period.terms = period.outcome = None
        still = opened(pack(session, blobs, induction, OURS, NOW).content)
        _forget(session)
        with pytest.raises(Wrong, match="still open"):
            take_in(session, blobs, still, MACHINE, NOW)


def _with(packed: Packed, change: Callable[[dict[str, Any]], None]) -> Opened:
    """The bundle with another record in it."""
    return opened(rewritten(packed.content, lambda said: change(said["ect"])))


def _known(session: Session, **values: Any) -> Person:
    """Somebody here with the TRN of the bundle and no induction."""
    _forget(session)
    person = people.register_person(session, first_name="Amara", last_name="Quillfeather", trn="1234567", now=NOW)
    for name, value in values.items():
        setattr(person, name, value)
    session.flush()
    return person


def test_what_is_known_of_a_person_here_stays_where_the_bundle_lacks_it(database: Database, tmp_path: Path) -> None:
    bundle = _with(_packed(database, tmp_path), lambda ect: ect["person"].update(qts_on=None, qts_provider=None))
    blobs = FolderBlobs(tmp_path / "ours")
    with database.writing() as session:
        person = _known(session, qts_on=date(2025, 7, 2), qts_provider="Here")
        take_in(session, blobs, bundle, MACHINE, NOW)
        assert (person.qts_on, person.qts_provider, person.date_of_birth) == (date(2025, 7, 2), "Here", date(1999, 5, 17))


def test_what_is_missing_here_comes_from_the_bundle_and_the_history_says_so(database: Database, tmp_path: Path) -> None:
    bundle, blobs = opened(_packed(database, tmp_path).content), FolderBlobs(tmp_path / "ours")
    with database.writing() as session:
        person = _known(session, qts_provider="Example University")
        induction = take_in(session, blobs, bundle, MACHINE, NOW)
        assert (person.qts_on, person.date_of_birth) == (date(2025, 7, 1), date(1999, 5, 17))
        details = session.scalars(
            sa.select(EventDetail.detail)
            .join(Event, Event.id == EventDetail.event_id)
            .where(Event.kind == "fact_corrected", Event.induction_id == induction.id)
        )
        assert {(one["fact"], one["before"], one["after"]) for one in details} == {
            ("date_of_birth", None, "1999-05-17"),
            ("qts_on", None, "2025-07-01"),
        }


@pytest.mark.parametrize("values", [{"qts_on": date(2025, 7, 2)}, {"qts_provider": "Another"}])
def test_a_bundle_that_contradicts_what_is_known_is_refused(sqlite: Database, tmp_path: Path, values: dict[str, Any]) -> None:
    bundle, blobs = opened(_packed(sqlite, tmp_path).content), FolderBlobs(tmp_path / "ours")
    with sqlite.writing() as session:
        _known(session, **values)
        with pytest.raises(Wrong, match="correct that first"):
            take_in(session, blobs, bundle, MACHINE, NOW)


def test_periods_of_a_bundle_that_overlap_are_refused(database: Database, tmp_path: Path) -> None:
    def overlap(ect: dict[str, Any]) -> None:
        [period] = ect["induction"]["periods"]
        ect["induction"]["periods"].append({**period, "starts_on": "2025-10-01"})

    bundle = _with(_packed(database, tmp_path), overlap)
    with database.writing() as session:
        _forget(session)
        with pytest.raises(Wrong, match="begins before the one until"):
            take_in(session, FolderBlobs(tmp_path / "ours"), bundle, MACHINE, NOW)


def test_the_same_bundle_without_a_trn_is_taken_in_once(database: Database, tmp_path: Path) -> None:
    bundle = _with(_packed(database, tmp_path), lambda ect: ect["person"].update(trn=None))
    blobs = FolderBlobs(tmp_path / "ours")
    with database.writing() as session:
        take_in(session, blobs, bundle, MACHINE, NOW)
    with database.writing() as session, pytest.raises(Wrong, match="is here already"):
        take_in(session, blobs, bundle, MACHINE, NOW)


def _fewer(said: dict[str, Any]) -> None:
    said["made_at"] = "2026-04-02T09:00:00Z"
    said["ect"]["person"]["trn"] = None
    said["ect"]["person"]["last_name"] = "Holt"


def test_a_bundle_without_a_trn_that_was_made_anew_is_the_same_ect(database: Database, tmp_path: Path) -> None:
    packed, blobs = _packed(database, tmp_path), FolderBlobs(tmp_path / "ours")
    first = _with(packed, lambda ect: ect["person"].update(trn=None))
    anew = opened(rewritten(packed.content, _fewer))
    other = opened(from_elsewhere(rewritten(packed.content, _fewer)))
    assert first.sha256 != anew.sha256
    with database.writing() as session:
        take_in(session, blobs, first, MACHINE, NOW)
    with database.writing() as session, pytest.raises(Wrong, match="is here already"):
        take_in(session, blobs, anew, MACHINE, NOW)
    with database.writing() as session:
        assert take_in(session, blobs, other, MACHINE, NOW).person.last_name == "Holt", "somebody else of that body"


def test_a_record_that_comes_back_to_where_it_began_is_here_already(database: Database, tmp_path: Path) -> None:
    blobs = FolderBlobs(tmp_path / "ours")
    with database.writing() as session:
        induction = _released(session, blobs)
        induction.person.trn = None
        ours = pack(session, blobs, induction, OURS, NOW).content
        begun = str(induction.id)

    def onwards(said: dict[str, Any]) -> None:
        said["from_body"] = THEIRS
        said["origins"].insert(0, {"body": THEIRS, "id": str(uuid.uuid4())})

    back = opened(rewritten(ours, onwards))
    assert str(back.bundle.origins[1].id) == begun
    with database.writing() as session, pytest.raises(Wrong, match="is here already"):
        take_in(session, blobs, back, MACHINE, NOW)


def _deep(files: dict[str, bytes]) -> None:
    files["manifest.json"] = b"[" * 200_000


def _endless(files: dict[str, bytes]) -> None:
    manifest = json.loads(files["manifest.json"])
    manifest["files"][0]["size"] = float("inf")
    files["manifest.json"] = json.dumps(manifest).encode()


@pytest.mark.parametrize("change", [_deep, _endless])
def test_a_manifest_of_no_sense_is_damaged(
    sqlite: Database, tmp_path: Path, change: Callable[[dict[str, bytes]], None]
) -> None:
    with pytest.raises(Wrong, match="damaged"):
        opened(repacked(_packed(sqlite, tmp_path).content, change, honest=False))
