"""The review page and the decisions made on it. Changing single values is in `values`."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Mapping

from starlette.responses import Response

from records import decisions, inbox, people, viewings
from records.access import Act, refusal
from records.matching import written_name
from records.models.accounts import Account
from records.models.inductions import Assessment, Induction
from records.models.post import Attachment, StoredMessage
from records.models.submissions import Submission
from records.states import SubmissionState
from records.submissions import differences, values_of
from records.values import Wrong
from web import readings, words
from web.forms import Faults
from web.pages.waiting import CLAIM_LASTS, claimed_by, name_of
from web.seeing import saw
from web.sheet import sheet_of
from web.visit import Missing, Notice, Visit


def show(visit: Visit) -> Response:
    _claim(visit)
    submission = found(visit)
    saw(visit, viewings.thing_of(submission, title_of(submission)))
    return render(visit, submission)


def found(visit: Visit) -> Submission:
    submission = visit.session.get(Submission, visit.id)
    if submission is None:
        raise Missing
    return submission


def changeable(visit: Visit, act: Act) -> Submission:
    """The submission, where the viewer may do that to this very one."""
    submission = found(visit)
    visit.require(act, submission)
    return submission


def address(submission: Submission, place: str = "") -> str:
    return f"/submissions/{submission.id}{'#' if place else ''}{place}"


def title_of(submission: Submission) -> str:
    return words.form_title(submission.kind, values_of(submission).get("assessment_point"))


def render(
    visit: Visit,
    submission: Submission,
    *,
    faults: Faults | None = None,
    refused: Mapping[str, Mapping[str, str]] | None = None,
) -> Response:
    """The page: the paper, its readings, whom it matches, what is in the way, and what can be done."""
    session = visit.session
    sheet = sheet_of(submission.paper, submission.values, readings.looks(submission), visit.house.blobs)
    groups = readings.readings(submission, sheet, refused or {}, visit.query.get("add"))
    in_review = submission.state is SubmissionState.IN_REVIEW
    decided_by = session.get(Account, submission.decided_by_id) if submission.decided_by_id else None
    return visit.page(
        "review.html",
        422 if faults else 200,
        submission=submission,
        title=title_of(submission),
        name=name_of(submission),
        sheet=sheet,
        groups=groups,
        attention=readings.attention(groups),
        addable=readings.addable(submission),
        obstacles=decisions.obstacles(session, submission) if in_review else [],
        late=decisions.comes_late(submission),
        differences=differences(session, submission),
        can_correct=in_review and visit.may(Act.CORRECT, submission),
        can_decide=visit.may(Act.DECIDE, submission),
        why_not=refusal(visit.viewer, Act.DECIDE, submission) if visit.may(Act.DECIDE) else None,
        claim=claimed_by(visit, submission) if in_review else None,
        decided_by=decided_by.person.full_name if decided_by else None,
        reasons=[decisions.REASONS.get(code, code) for code in submission.decision_reasons],
        attachments=_attachments(submission),
        message=session.get(StoredMessage, submission.message_id) if submission.message_id else None,
        seen=seen(submission),
        faults=faults,
        refused=refused or {},
    )


def seen(submission: Submission) -> str:
    """A digest of what the page showed, so that nobody accepts values that changed under their eyes."""
    shown = [f"{one.key}={one.value!r}" for one in submission.values]
    state = [str(submission.version), str(submission.kind), str(submission.induction_id), str(submission.assessment_id)]
    return hashlib.sha256("\n".join([*state, *shown]).encode()).hexdigest()[:32]


def take(visit: Visit) -> Response:
    """Take over a form that somebody else has open."""
    submission = changeable(visit, Act.CORRECT)
    decisions.open_for_review(visit.session, submission, visit.actor, visit.now)
    return visit.go(address(submission))


def accept(visit: Visit) -> Response:
    submission = changeable(visit, Act.DECIDE)
    faults = Faults()
    if visit.written.text("seen") != seen(submission):
        faults.add("readings", "A value has changed since you opened this page. Look at it again, then accept")
        return render(visit, submission, faults=faults)
    following = inbox.after(visit.session, submission) if visit.written.text("then") == "next" else None
    try:
        decisions.accept(visit.session, submission, visit.actor, visit.now)
    except Wrong as wrong:
        for number, words_ in enumerate(str(wrong).split("; ")):
            faults.add("decide" if number == 0 else f"decide-{number}", words_)
        return render(visit, submission, faults=faults)
    told = Notice(f"Accepted: {title_of(submission)}, {name_of(submission)}", undo=f"/submissions/{submission.id}/reopen")
    return visit.go(address(following) if following else "/queue", told)


def show_send_back(visit: Visit) -> Response:
    return _send_back_page(visit, changeable(visit, Act.DECIDE))


def send_back(visit: Visit) -> Response:
    submission = changeable(visit, Act.DECIDE)
    try:
        letter = decisions.send_back(
            visit.session, submission, visit.written.all("reasons"), visit.written.text("note"), visit.actor, visit.now
        )
    except Wrong as wrong:
        faults = Faults()
        faults.add("note" if "note" in str(wrong) else "reasons", str(wrong))
        return _send_back_page(visit, submission, faults)
    if letter is None:
        text = "Marked as sent back. No registered address is known, so no letter goes out: tell the school yourself"
        return visit.go(address(submission), Notice(text, kind="important"))
    told = f"Sent back: {title_of(submission)}, {name_of(submission)}. A letter goes to {letter.to_address}"
    return visit.go("/queue", Notice(told))


def show_reject(visit: Visit) -> Response:
    submission = changeable(visit, Act.DECIDE)
    return visit.page("reject.html", submission=submission, title=title_of(submission), name=name_of(submission))


def reject(visit: Visit) -> Response:
    submission = changeable(visit, Act.DECIDE)
    decisions.reject(visit.session, submission, visit.written.text("note"), visit.actor, visit.now)
    told = Notice(
        f"Not a valid form: {title_of(submission)}, {name_of(submission)}", undo=f"/submissions/{submission.id}/reopen"
    )
    return visit.go("/queue", told)


def reopen(visit: Visit) -> Response:
    submission = changeable(visit, Act.DECIDE)
    try:
        decisions.reopen(visit.session, submission, visit.actor, visit.now)
    except Wrong as wrong:
        return visit.go(address(submission), Notice(str(wrong), kind="important"))
    return visit.go(address(submission), "The decision was taken back. The form is open for review again")


def show_ect(visit: Visit) -> Response:
    """Choose the ECT by hand. What the paper says is looked up first."""
    submission = changeable(visit, Act.CORRECT)
    values = values_of(submission)
    written = values.get("trn") or written_name(values) or ""
    known = people.search_ects(visit.session, written, 25) if written else []
    if not known and values.get("trn"):
        name = written_name(values) or ""
        known = people.search_ects(visit.session, name, 25) if name else []
    return _ect_page(visit, submission, known, searched="")


def search_ect(visit: Visit) -> Response:
    submission = changeable(visit, Act.CORRECT)
    searched = visit.written.text("search")
    return _ect_page(visit, submission, people.search_ects(visit.session, searched, 25) if searched else [], searched=searched)


def choose_ect(visit: Visit) -> Response:
    submission = changeable(visit, Act.CORRECT)
    induction = _chosen(visit, "induction")
    if induction is None:
        faults = Faults()
        faults.add("induction", "Choose an ECT, or search for one")
        known = people.search_ects(visit.session, written_name(values_of(submission)) or "", 25)
        return _ect_page(visit, submission, known, searched="", faults=faults)
    visit.require(Act.CORRECT, induction)
    decisions.assign(visit.session, submission, induction, visit.actor, visit.now)
    return visit.go(address(submission), f"This form is now with {induction.person.full_name}")


def choose_assessment(visit: Visit) -> Response:
    submission = changeable(visit, Act.CORRECT)
    written = visit.written.text("assessment")
    assessment = visit.session.get(Assessment, uuid.UUID(written)) if _is_uuid(written) else None
    try:
        decisions.assign_assessment(visit.session, submission, assessment, visit.actor, visit.now)
    except Wrong as wrong:
        faults = Faults()
        faults.add("assessment", str(wrong))
        return render(visit, submission, faults=faults)
    return visit.go(address(submission, "match"))


def _claim(visit: Visit) -> None:
    """Opening a form claims it softly: others see who has it, and may take it over."""
    with visit.house.db.writing() as session:
        submission = session.get(Submission, visit.id)
        if submission is None or submission.state is not SubmissionState.IN_REVIEW or not visit.may(Act.CORRECT, submission):
            return
        free = submission.opened_by_id in (None, visit.actor.account_id) or submission.opened_at is None
        if free or (submission.opened_at is not None and submission.opened_at + CLAIM_LASTS <= visit.now):
            decisions.open_for_review(session, submission, visit.actor, visit.now)


def _attachments(submission: Submission) -> list[Attachment]:
    return [part.attachment for part in submission.paper.parts] if submission.paper else []


def _send_back_page(visit: Visit, submission: Submission, faults: Faults | None = None) -> Response:
    return visit.page(
        "send_back.html",
        422 if faults else 200,
        submission=submission,
        title=title_of(submission),
        name=name_of(submission),
        options=list(decisions.REASONS.items()),
        chosen=visit.written.all("reasons"),
        note=visit.written.text("note"),
        faults=faults,
    )


def _ect_page(
    visit: Visit, submission: Submission, known: list[Induction], *, searched: str, faults: Faults | None = None
) -> Response:
    return visit.page(
        "choose_ect.html",
        422 if faults else 200,
        submission=submission,
        title=title_of(submission),
        values=values_of(submission),
        written=written_name(values_of(submission)),
        known=known,
        searched=searched,
        faults=faults,
    )


def _chosen(visit: Visit, name: str) -> Induction | None:
    written = visit.written.text(name)
    return visit.session.get(Induction, uuid.UUID(written)) if _is_uuid(written) else None


def _is_uuid(text: str) -> bool:
    try:
        uuid.UUID(text)
    except ValueError:
        return False
    return True
