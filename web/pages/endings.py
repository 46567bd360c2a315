"""How an induction ends: pass, fail, release and extension, each on pages of its own, with a page to check before it counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from starlette.responses import Response

from notifications import outcome_letters
from notifications.compose import Letterhead
from notifications.letters import Letter
from notifications.outcome_letters import Receiver, Told
from records import deciding, outcomes
from records import guidance as numbers
from records.access import Act
from records.models.inductions import Induction, Outcome
from records.standing import standing_of
from records.values import Wrong, decimal, decimal_text
from web.forms import Faults, asked_date, spread_date, typed_date
from web.pages.ects import found
from web.visit import Missing, Visit


@dataclass(frozen=True, slots=True)
class Ending:
    """One way, in the words of its pages."""

    outcome: Outcome | None
    """None: the induction goes on for longer."""
    title: str
    told: str
    button: str
    done: str


ENDINGS = {
    "pass": Ending(
        Outcome.PASS,
        "Pass induction",
        "The ECT has met the Teachers’ Standards and has completed the induction period.",
        "Pass induction",
        "The induction is passed",
    ),
    "fail": Ending(
        Outcome.FAIL,
        "Fail induction",
        "The ECT has not met the Teachers’ Standards. Tell them in writing before you record it. Induction can be taken only once.",
        "Fail induction",
        "The induction is failed",
    ),
    "release": Ending(
        Outcome.RELEASE,
        "Record that the ECT left",
        "The ECT leaves this appropriate body before completing. The next body can claim them once the DfE knows of it.",
        "Record that the ECT left",
        "The ECT has left",
    ),
    "extension": Ending(
        None,
        "Extend induction",
        "The ECT needs more time to meet the Teachers’ Standards. They can appeal against this decision too.",
        "Extend induction",
        "The induction is extended",
    ),
}
NOTICE = "I have sent the ECT written notice of this decision. It tells them of their right of appeal, where to send it, and that it must be made within 20 working days"
KEPT = (
    *(f"{name}-{part}" for name in ("on", "decided", "notice") for part in ("day", "month", "year")),
    *("terms", "told", "send", "note", "despite"),
)
"""What the page to check sends along."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What was written on the form, in order."""

    terms: Decimal
    on: date | None
    decided_on: date
    notice_sent_on: date | None
    send: bool
    note: str
    despite: str

    def told(self, ending: Ending, today: date) -> Told:
        """The decision as its notice tells it."""
        sent_on = today if self.send else self.notice_sent_on or today
        return Told(ending.outcome, self.decided_on, sent_on, self.terms, self.on, self.note)


def choose(visit: Visit) -> Response:
    """The four ways, and for each what still stands in the way."""
    induction = _found(visit)
    ways = [(key, one, outcomes.obstacles(induction, one.outcome)) for key, one in ENDINGS.items()]
    return visit.page("endings.html", induction=induction, ways=ways)


def show(visit: Visit) -> Response:
    return _form(visit, _found(visit), _ending(visit))


def record(visit: Visit) -> Response:
    """First the form, then everything to check, and only with that second press it counts."""
    induction, ending = _found(visit), _ending(visit)
    if outcomes.obstacles(induction, ending.outcome):
        return _form(visit, induction, ending, status=422)
    faults = Faults()
    answers = _answers(visit, induction, ending, faults)
    if answers is None:
        return _form(visit, induction, ending, faults)
    if visit.written.text("checked") != "yes":
        return _check_page(visit, induction, ending, answers)
    try:
        _carry_out(visit, induction, ending, answers)
    except Wrong as wrong:
        faults.add(_place_of(str(wrong)), str(wrong))
        # Half of what was done before it was refused goes with the transaction: the answer is a refusal.
        return _form(visit, induction, ending, faults)
    return visit.go(f"/ects/{induction.id}", ending.done)


def letter(visit: Visit) -> Response:
    """The written notice as a Word file, before anything is recorded: a fail is recorded after it has gone."""
    induction, ending = _found(visit), _ending(visit)
    faults = Faults()
    answers = _answers(visit, induction, ending, faults, notice_needed=False)
    if answers is None:
        return _form(visit, induction, ending, faults)
    word = outcome_letters.as_word(_letter(visit, induction, ending, answers))
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    return Response(word, media_type=kind, headers={"Content-Disposition": 'attachment; filename="notice.docx"'})


def _carry_out(visit: Visit, induction: Induction, ending: Ending, answers: Answers) -> None:
    session, actor, now = visit.session, visit.actor, visit.now
    to = _receivers(visit, induction) if answers.send else []
    sent_on = visit.today if answers.send else answers.notice_sent_on
    unmet = deciding.unmet(deciding.checks(session, induction, ending.outcome, visit.today))
    reason = "\n".join(text for text in (answers.note, answers.despite) if text)
    if ending.outcome is None:
        decision = outcomes.extend(
            session,
            induction,
            terms=answers.terms,
            note=answers.note,
            decided_on=answers.decided_on,
            notice_sent_on=sent_on,
            despite=unmet,
            actor=actor,
            now=now,
        ).id
    elif ending.outcome is Outcome.RELEASE:
        assert answers.on is not None
        decision = outcomes.release(session, induction, on=answers.on, terms=answers.terms, actor=actor, now=now).id
    else:
        assert answers.on is not None
        decision = outcomes.conclude(
            session,
            induction,
            ending.outcome,
            on=answers.on,
            terms=answers.terms,
            decided_on=answers.decided_on,
            notice_sent_on=sent_on,
            reason=reason,
            despite=unmet,
            actor=actor,
            now=now,
        ).id
    outcome_letters.ask_for(session, induction, decision, answers.told(ending, visit.today), to, numbers.of(session), now)


def _answers(
    visit: Visit, induction: Induction, ending: Ending, faults: Faults, *, notice_needed: bool = True
) -> Answers | None:
    written = visit.written
    on = asked_date(written, "on", "End of the induction", faults, latest=visit.today) if ending.outcome else None
    decided_on = asked_date(written, "decided", "Date of the decision", faults, latest=visit.today)
    terms = _terms(written.text("terms"), ending, faults)
    sent_on = asked_date(written, "notice", "Date of the written notice", faults, required=False, latest=visit.today)
    send = "send" in written
    if send and not any(one.is_ect for one in _receivers(visit, induction)):
        faults.add("send", "The ECT has no email address on record: send the letter by other post, and enter the day")
    if send and sent_on not in {None, visit.today}:
        faults.add("notice-day", "Either send the letter now, or enter the day on which it went by other post: not both")
    if sent_on is not None and on is not None and sent_on < on:
        faults.add("notice-day", "The notice cannot have gone before the induction ended")
    if ending.outcome is Outcome.FAIL and notice_needed and not send:
        _notice_of_a_fail(visit, sent_on, faults)
    if notice_needed and not written.text("despite") and _unmet(visit, induction, ending):
        faults.add("despite", "Say why it is decided although not every check is met")
    if faults or terms is None or decided_on is None:
        return None
    return Answers(terms, on, decided_on, sent_on, send, written.text("note")[:2000], written.text("despite")[:2000])


def _notice_of_a_fail(visit: Visit, sent_on: date | None, faults: Faults) -> None:
    if sent_on is None:
        faults.add("notice-day", "Enter the date of the written notice, or send it now by email")
    if "told" not in visit.written:
        faults.add("told", "Confirm that you have sent the written notice: a fail cannot be recorded before")


def _unmet(visit: Visit, induction: Induction, ending: Ending) -> list[str]:
    return deciding.unmet(deciding.checks(visit.session, induction, ending.outcome, visit.today))


def _terms(typed: str, ending: Ending, faults: Faults) -> Decimal | None:
    """The DfE takes one decimal at most; what is exact here is rounded only in the export."""
    if not typed:
        faults.add("terms", "Enter the number of terms")
        return None
    try:
        terms = decimal(typed)
    except Wrong:
        faults.add("terms", "Number of terms must be a number, like 6 or 5.5")
        return None
    lowest = Decimal("0.1") if ending.outcome is None else Decimal(0)
    if not lowest <= terms <= 16:
        faults.add("terms", f"Number of terms must be between {lowest} and 16")
        return None
    return terms


def _place_of(wrong: str) -> str:
    if "notice" in wrong:
        return "notice-day"
    if "decision" in wrong:
        return "decided-day"
    return "terms" if "terms" in wrong else "on-day"


def _found(visit: Visit) -> Induction:
    induction = found(visit)
    visit.require(Act.CONCLUDE, induction)
    return induction


def _ending(visit: Visit) -> Ending:
    ending = ENDINGS.get(visit.parts["ending"])
    if ending is None:
        raise Missing
    return ending


def _receivers(visit: Visit, induction: Induction) -> list[Receiver]:
    return outcome_letters.receivers(visit.session, induction, visit.today)


def _letter(visit: Visit, induction: Induction, ending: Ending, answers: Answers) -> Letter:
    told, body = answers.told(ending, visit.today), visit.house.settings
    head = Letterhead(body.body_name, body.body_email, body.body_email, body.body_telephone)
    return outcome_letters.letter(induction, told, numbers.of(visit.session), head, visit.now)


def _check_page(visit: Visit, induction: Induction, ending: Ending, answers: Answers) -> Response:
    return visit.page(
        "ending_check.html",
        induction=induction,
        ending=ending,
        answers=answers,
        receivers=_receivers(visit, induction) if answers.send else [],
        unmet=_unmet(visit, induction, ending),
        letter=_letter(visit, induction, ending, answers),
        KEPT=KEPT,
        NOTICE=NOTICE,
    )


def _form(visit: Visit, induction: Induction, ending: Ending, faults: Faults | None = None, *, status: int = 200) -> Response:
    written = visit.written
    fresh = "terms" not in written
    served = standing_of(visit.session, induction, visit.today).account.served
    typed = {name: written.raw(name) for name in ("terms", "note", "despite")}
    if fresh and ending.outcome is not None:
        typed["terms"] = decimal_text(served)
    return visit.page(
        "ending.html",
        422 if faults else status,
        induction=induction,
        ending=ending,
        obstacles=outcomes.obstacles(induction, ending.outcome),
        checks=deciding.checks(visit.session, induction, ending.outcome, visit.today),
        receivers=_receivers(visit, induction),
        on=spread_date(None) if fresh else typed_date(written, "on"),
        decided=spread_date(visit.today) if fresh else typed_date(written, "decided"),
        notice=spread_date(None) if fresh else typed_date(written, "notice"),
        typed=typed,
        told=written.all("told"),
        send=written.all("send"),
        NOTICE=NOTICE,
        faults=faults,
    )
