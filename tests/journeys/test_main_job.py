"""The main job in a real service: a form goes in by email, a person's decision comes out as a record."""

import email
import email.policy
import smtplib
from pathlib import Path

import pytest
import sqlalchemy as sa

from mailroom import house
from mailroom.demo import cast, service, stage
from mailroom.demo.word_papers import word_form
from mailroom.house import House
from records import events
from records.db import Database
from records.models.communications import Communication, Direction
from records.models.inductions import Assessment, Induction
from records.models.notices import Notice
from records.models.people import Person
from records.models.submissions import Submission
from records.states import NoticeState, SubmissionState
from tests.support.installation import eventually, form_of_amina, letter, post, role, served, settings_in
from tests.support.smarthost import PlayedSmarthost
from tests.support.visitor import Visitor

TUTOR = cast.HILLSIDE.tutor_address


def in_queue(open_house: House) -> int:
    with open_house.database.reading() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(Submission)) or 0


def signed_in(open_house: House, pages: str) -> Visitor:
    visitor = Visitor(pages)
    link = stage.sign_in_link(open_house, pages)
    visitor.go(link)
    visitor.send(link)
    visitor.connect_app()
    assert visitor.status == 200
    return visitor


def test_a_mailed_form_is_accepted_by_a_person_and_becomes_a_record(tmp_path: Path) -> None:
    outbox = tmp_path / "outbox"
    with served(tmp_path, notifications__capture_folder="outbox") as (running, open_house):
        post(running, letter(TUTOR, ("Farrow.docx", word_form(form_of_amina(days_absent="1.5")))), TUTOR)
        eventually(lambda: in_queue(open_house) == 1, "the form is in the queue")

        visitor = signed_in(open_house, running.pages)
        visitor.go("/inbox")
        assert "A form" in visitor.words
        visitor.go("/queue")
        [submission] = visitor.links("/submissions/")
        visitor.go(submission)
        assert "Amina Farrow" in visitor.words
        assert cast.AMINA.trn in visitor.words
        visitor.send(f"{submission}/accept", seen=visitor.hidden("seen"))
        assert visitor.status == 200
        assert "Accepted" in visitor.words

        eventually(lambda: any(outbox.glob("*.eml")), "the receipt is in the captured outbox")

    with open_house.database.reading() as session:
        accepted = session.scalars(sa.select(Assessment).where(Assessment.accepted_at.is_not(None))).one()
        whose = session.scalars(
            sa.select(Person).join(Induction, Induction.person_id == Person.id).where(Induction.id == accepted.induction_id)
        )
        assert whose.one().trn == cast.AMINA.trn
        assert (accepted.on_track, str(accepted.days_absent)) == (True, "1.5")
        form = session.scalars(sa.select(Submission)).one()
        assert (form.state, form.assessment_id) == (SubmissionState.ACCEPTED, accepted.id)
        assert form.decided_by_id is not None
        directions = set(session.scalars(sa.select(Communication.direction)))
        assert directions == {Direction.IN, Direction.OUT}
        assert events.verify(session).sound

    [file] = outbox.glob("*.eml")
    receipt = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
    assert receipt["To"] == TUTOR
    assert receipt["Return-Path"] == "<>"
    assert receipt["Auto-Submitted"] == "auto-replied"
    body = receipt.get_body(("plain",))
    assert body is not None
    assert "Progress review for AF" in body.get_content()
    for value in (cast.AMINA.trn, "Farrow", "1998", "Hillside Primary"):
        assert value not in file.read_text(encoding="utf-8"), "a receipt holds no values"
    log = (tmp_path / "service.log").read_text(encoding="utf-8")
    for value in (TUTOR, cast.AMINA.trn, "Farrow", "Hillside"):
        assert value not in log, "the log holds no personal data"


def test_a_form_that_is_sent_back_brings_a_letter_with_the_reasons_and_its_successor_shows_what_changed(tmp_path: Path) -> None:
    with (
        PlayedSmarthost() as smarthost,
        served(
            tmp_path,
            notifications__smarthost="127.0.0.1",
            notifications__port=smarthost.port,
            notifications__encryption="none",
        ) as (running, open_house),
    ):
        post(running, letter(TUTOR, ("Farrow.docx", word_form(form_of_amina()))), TUTOR)
        eventually(lambda: in_queue(open_house) == 1, "the form is in the queue")
        visitor = signed_in(open_house, running.pages)
        visitor.go("/queue")
        [submission] = visitor.links("/submissions/")
        visitor.go(f"{submission}/send-back")
        visitor.send(f"{submission}/send-back", reasons=["not_signed"], note="The head has to sign too.")
        assert visitor.status == 200
        eventually(lambda: len(smarthost.taken) == 2, "the receipt and the letter are out")

        post(running, letter(TUTOR, ("again.docx", word_form(form_of_amina(days_absent="3"))), subject="Put right"), TUTOR)
        eventually(lambda: in_queue(open_house) == 2, "the corrected form is in the queue")
        with open_house.database.reading() as session:
            newest = session.scalars(sa.select(Submission).order_by(Submission.received_at.desc())).first()
            assert newest is not None
            assert newest.replaces_id is not None
            path = f"/submissions/{newest.id}"
        visitor.go(path)
        assert "1.5" not in visitor.words
        assert "3" in visitor.words

    by_subject = {}
    for taken in smarthost.taken:
        message = email.message_from_bytes(taken.content, policy=email.policy.default)
        by_subject[str(message["Subject"]).split(":")[0]] = (taken, message)
    sent_back, message = by_subject["A form needs to be put right"]
    assert sent_back.envelope_to == [TUTOR]
    assert sent_back.envelope_from == "forms@body.example"
    body = message.get_body(("plain",))
    assert body is not None
    words = body.get_content()
    assert "The form is not signed by everyone who must sign it" in words
    assert "The head has to sign too." in words
    assert cast.AMINA.trn not in words


def test_what_was_acknowledged_before_a_crash_is_read_after_the_next_start(tmp_path: Path) -> None:
    with served(tmp_path, notifications__capture_folder="outbox") as (running, open_house):
        post(running, letter(TUTOR, ("Farrow.docx", word_form(form_of_amina()))), TUTOR)
        running.process.kill()
        assert running.process.wait() == -9
        with service.running(tmp_path):
            eventually(lambda: in_queue(open_house) == 1, "the form is read by the next process")
            eventually(lambda: any((tmp_path / "outbox").glob("*.eml")), "and the receipt goes out")
        assert in_queue(open_house) == 1


def test_a_service_killed_while_a_letter_is_handed_over_sends_it_again_under_the_same_message_id(tmp_path: Path) -> None:
    answers = {"notifications__smarthost": "127.0.0.1", "notifications__encryption": "none"}
    with (
        PlayedSmarthost() as smarthost,
        served(tmp_path, **answers, notifications__port=smarthost.port) as (running, open_house),
    ):
        smarthost.when_taken = running.process.kill
        post(running, letter(TUTOR, ("Farrow.docx", word_form(form_of_amina()))), TUTOR)
        eventually(lambda: running.process.poll() == -9, "the service dies with the letter in the smarthost's hands")
        smarthost.when_taken = None
        with service.running(tmp_path):
            eventually(lambda: len(smarthost.taken) == 2, "the letter is sent again")
            eventually(lambda: receipts(open_house) == [NoticeState.SENT], "and noted")
    first, second = (email.message_from_bytes(taken.content, policy=email.policy.default) for taken in smarthost.taken)
    assert first["Message-ID"] == second["Message-ID"]


def receipts(open_house: House) -> list[NoticeState]:
    with open_house.database.reading() as session:
        return list(session.scalars(sa.select(Notice.state).where(Notice.kind == "receipt")))


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_roles_apart_on_postgresql_do_the_same_job_together(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAILROOM_RECORDS__DATABASE_URL", database.engine.url.render_as_string(hide_password=False))
    settings = settings_in(tmp_path, notifications__capture_folder="outbox")
    with (
        house.opened(settings) as open_house,
        role(tmp_path, "receive") as receiving,
        role(tmp_path, "work"),
        role(tmp_path, "web") as serving,
    ):
        stage.fill(open_house)
        host, _, port = receiving["smtp"].removeprefix("smtp://").rpartition(":")
        with smtplib.SMTP(host, int(port), timeout=30) as line:
            form = letter(TUTOR, ("Farrow.docx", word_form(form_of_amina())))
            line.send_message(form, from_addr=TUTOR, to_addrs=["forms+autumn@body.example"])
        eventually(lambda: in_queue(open_house) == 1, "the form is in the queue")
        eventually(lambda: any((tmp_path / "outbox").glob("*.eml")), "the receipt is out")
        visitor = signed_in(open_house, serving["web"])
        visitor.go("/queue")
        assert "Amina Farrow" in visitor.words
