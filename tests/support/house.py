"""A small world for the pages: a body with staff of every role, a school, an ECT, and post on the desk. All invented."""

from __future__ import annotations

import html
import io
import re
import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from PIL import Image, ImageDraw
from sqlalchemy.orm import Session
from starlette.applications import Starlette
from starlette.testclient import TestClient

from notifications.unsubscribe import MarketingTerms
from records import accounts, communications, passwords, post
from records.blobs import FolderBlobs
from records.db import Database
from records.events import Actor
from records.models.clock import JobOutcome, JobRun
from records.models.exports import DfeRefusal, ExportKind
from records.models.inductions import Assessment, Induction
from records.models.people import Role
from records.models.post import (
    Attachment,
    AttachmentDecision,
    BlobKind,
    Channel,
    Paper,
    PaperImage,
    PaperPart,
    StoredMessage,
)
from records.models.submissions import Submission
from records.retention import PRESETS
from records.states import AttachmentState, Claim, MessageState, move
from records.submissions import Draft, DraftValue, draft
from tests.support import builders
from web.app import create_app
from web.settings import Pulse, WebSettings

NOW = datetime(2026, 3, 30, 9, 30, tzinfo=UTC)
MACHINE = Actor.machine("test")
PASSWORD = "tram-velvet-otter"
HASHED = passwords.hash_password(PASSWORD)
BASE = "http://desk.example"
KEY = b"a key of the tests"
"""Signs the links to opt out."""
STAFF = {
    "administrator": Role.ADMINISTRATOR,
    "assessor": Role.ASSESSOR,
    "contact": Role.NAMED_CONTACT,
    "reader": Role.READ_ONLY,
    "officer": Role.DATA_PROTECTION_OFFICER,
}
"""User names and what each may do."""

HTML = (
    '<div class="paper"><h2>Progress review</h2><table class="paper-table"><tbody>'
    '<tr><td id="part-table-1-row-1-cell-1">Name</td><td id="part-table-1-row-1-cell-2">Amara Quillfeather</td></tr>'
    '<tr><td id="part-table-1-row-2-cell-1">On track</td><td id="part-table-1-row-2-cell-2">Yes</td></tr>'
    "</tbody></table></div>"
)


@dataclass
class World:
    """The database and the store with the pages in front of them, and a clock that tests turn."""

    db: Database
    blobs: FolderBlobs
    settings: WebSettings
    now: datetime = NOW
    ids: dict[str, uuid.UUID] = field(default_factory=dict)
    """Accounts by user name, and what `furnish` put on the desk."""

    made: Starlette | None = None
    pulse: Pulse = field(default_factory=Pulse)

    @property
    def app(self) -> Starlette:
        """One for all browsers, as in life; made anew when the settings change."""
        if self.made is None:
            self.made = create_app(self.settings, self.db, self.blobs, lambda: self.now, self.pulse)
        return self.made

    def client(self, user_name: str | None = None, address: str = "127.0.0.1") -> TestClient:
        """A browser at a network address, signed in by the sign-in page itself."""
        browser = TestClient(
            self.app,
            base_url=self.settings.base_url,
            follow_redirects=False,
            headers={"origin": self.settings.origin},
            client=(address, 50000),
        )
        if user_name:
            answer = browser.post("/sign-in", data={"user-name": user_name, "password": PASSWORD})
            assert answer.status_code == 303, answer.text
        return browser

    def later(self, **spans: float) -> None:
        self.now += timedelta(**spans)

    def clock_ran(self, job: str = "seal_history", outcome: JobOutcome = JobOutcome.DONE, **before: float) -> None:
        """A run of a job so long ago."""
        moment = self.now - timedelta(**before)
        run = JobRun(id=uuid.uuid4(), job=job, scheduled_for=moment, outcome=outcome, claimed_by="test")
        run.claimed_until = run.started_at = run.ended_at = moment
        with self.db.writing() as session:
            session.add(run)

    def account(self, user_name: str, *roles: Role) -> uuid.UUID:
        with self.db.writing() as session:
            made = accounts.add_account(
                session,
                user_name=user_name,
                first_name=user_name.capitalize(),
                last_name="Tester",
                roles=roles,
                now=self.now,
                actor=MACHINE,
            )
            made.password_hash = HASHED
        self.ids[user_name] = made.id
        return made.id


def world(db: Database, folder: Path, base_url: str = BASE, **settings: object) -> World:
    """An empty desk with one account for each role."""
    settings = {
        "second_factor": False,
        "marketing": MarketingTerms(KEY, base_url),
        "retention": PRESETS["status-kept"],
        **settings,
    }
    told = WebSettings(base_url, "Northmere Teaching Hub", body_email="induction@northmere.example", **settings)  # type: ignore[arg-type]
    made = World(db, FolderBlobs(folder / "blobs"), told)
    for user_name, role in STAFF.items():
        made.account(user_name, role)
    return made


def furnish(made: World) -> World:
    """A school, an ECT with a review due, and a mail with a Word form, a PDF form and a logo."""
    with made.db.writing() as session:
        school = builders.a_school(session)
        induction = builders.an_ect(session, school)
        assessment = builders.expected(session, induction)
        message = a_message(made, session)
        word = an_attachment(made, session, message, "review.docx", b"PK word bytes")
        pdf = an_attachment(made, session, message, "corrected review.pdf", b"%PDF bytes")
        logo = an_attachment(made, session, message, "logo.png", b"png", decision=AttachmentDecision.SET_ASIDE)
        first = on_the_desk(made, session, message, word, builders.a_draft(), word_html=HTML)
        second = on_the_desk(made, session, message, pdf, doubtful_draft(), pages=2)
        made.ids |= {
            "school": school.id,
            "induction": induction.id,
            "ect": induction.person_id,
            "assessment": assessment.id,
            "message": message.id,
            "word": word.id,
            "pdf": pdf.id,
            "logo": logo.id,
            "clear": first.id,
            "doubtful": second.id,
            "paper": second.paper_id or uuid.uuid4(),
        }
    return made


def doubtful_draft(**changes: str | None) -> Draft:
    """A review with a doubtful date, a missing target and places on a page."""
    evidence = ({"page": 1, "bbox": [72.0, 100.0, 200.0, 112.0]},)
    values = [
        DraftValue("ect_name", "Amara Quillfeather", "Miss Amara Quillfeather", "clear", None, evidence),
        DraftValue("trn", "1234567", "12/34567", "clear", None, ({"page": 1, "bbox": [72.0, 130.0, 200.0, 142.0]},)),
        DraftValue("date_of_birth", "1999-05-17", "17.5.99", "clear"),
        DraftValue("school_name", "Harrowgill Primary School", "Harrowgill Primary School", "clear"),
        DraftValue(
            "period_end", "2026-03-27", "27/3/2ó", "check", "The year is hard to read", ({"page": 2, "bbox": [60, 60, 90, 72]},)
        ),
        DraftValue("days_absent", "3", "3", "clear"),
        DraftValue("on_track", "true", "Yes", "clear"),
        DraftValue("targets", None, None, "missing"),
    ]
    kept = [
        DraftValue(one.key, changes.get(one.key, one.value), one.raw, one.status, one.reason, one.evidence) for one in values
    ]
    return Draft("progress_review", "clear", tuple(kept))


def a_message(made: World, session: Session, subject: str = "Spring review", **facts: object) -> StoredMessage:
    """A message that was opened."""
    kept = made.blobs.put(f"Subject: {subject}\r\n\r\n{uuid.uuid4()}".encode())
    message = post.keep(
        session,
        post.Delivery(
            kept, Channel.SMTP, made.now, envelope_from="office@harrowgill.example", envelope_to=("forms@body.example",)
        ),
    )
    message.subject, message.header_from = subject, "School Office <office@harrowgill.example>"
    message.header_to, message.body_text = "forms@body.example", "Please find the review attached."
    for name, value in facts.items():
        setattr(message, name, value)
    move(session, message, MessageState.OPENING, MACHINE, "claimed", made.now, claim=Claim("test", made.now))
    move(session, message, MessageState.OPENED, MACHINE, "opened", made.now)
    communications.log_message(session, message, made.now)
    return message


def an_attachment(
    made: World,
    session: Session,
    message: StoredMessage,
    name: str,
    content: bytes,
    decision: AttachmentDecision = AttachmentDecision.PAPER,
) -> Attachment:
    kept = made.blobs.put(content)
    post.note_blob(session, kept, BlobKind.ATTACHMENT, made.now)
    aside = decision is AttachmentDecision.SET_ASIDE
    one = Attachment(
        id=uuid.uuid4(),
        message_id=message.id,
        position=len(message.attachments),
        path=str(uuid.uuid4())[:8],
        name=name,
        size=kept.size,
        blob_sha256=kept.sha256,
        decision=decision,
        reason="A small picture inside the letter" if aside else "A paper to be read",
        state=AttachmentState.SET_ASIDE if aside else AttachmentState.WAITING,
        state_since=made.now,
    )
    session.add(one)
    session.flush()
    session.refresh(message, ["attachments"])
    return one


def on_the_desk(
    made: World,
    session: Session,
    message: StoredMessage,
    attachment: Attachment,
    content: Draft,
    *,
    word_html: str | None = None,
    pages: int = 0,
) -> Submission:
    """Read as the sorter would: a paper with what shows it, and its draft in front of a person."""
    paper = Paper(id=uuid.uuid4(), message_id=message.id, number=1, created_at=made.now)
    if word_html is not None:
        paper.html_sha256 = made.blobs.put(word_html.encode()).sha256
    session.add(paper)
    session.flush()
    session.add(PaperPart(id=uuid.uuid4(), paper_id=paper.id, position=0, attachment_id=attachment.id))
    for number in range(1, pages + 1):
        sha256 = made.blobs.put(page_png(number)).sha256
        session.add(PaperImage(id=uuid.uuid4(), paper_id=paper.id, page=number, blob_sha256=sha256, scale=100))
    session.flush()
    submission = draft(session, paper, content, received_at=message.received_at, now=made.now)
    move(session, attachment, AttachmentState.READING, MACHINE, "claimed", made.now, claim=Claim("test", made.now))
    move(session, attachment, AttachmentState.READ, MACHINE, "read", made.now)
    return submission


def page_png(number: int) -> bytes:
    """A page as a picture: 595 by 842 points at one pixel a point."""
    picture = Image.new("RGB", (595, 842), "white")
    ImageDraw.Draw(picture).text((72, 60), f"Page {number}: progress review of an invented teacher", fill="black")
    content = io.BytesIO()
    picture.save(content, "PNG")
    return content.getvalue()


def induction_of(made: World, session: Session) -> Induction:
    return session.get_one(Induction, made.ids["induction"])


def assessment_of(made: World, session: Session) -> Assessment:
    return session.get_one(Assessment, made.ids["assessment"])


def text_of(page: str) -> str:
    """What a page says, without its markup."""
    body = re.sub(r"(?s)<(script|svg|head)\b.*?</\1>", " ", page)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


def hidden(page: str, name: str) -> str:
    """The value of a hidden field."""
    found = re.search(rf'<input type="hidden" name="{name}" value="([^"]*)"', page)
    assert found, f"no hidden field {name}"
    return html.unescape(found[1])


def a_refusal(session: Session, induction: Induction, now: datetime) -> DfeRefusal:
    """A row that the DfE's service sent back."""
    row = DfeRefusal(
        id=uuid.uuid4(),
        induction_id=induction.id,
        kind=ExportKind.CLAIMS,
        message="No QTS yet",
        about="1234567",
        digest="0" * 64,
        taken_in_at=now,
    )
    session.add(row)
    session.flush()
    return row
