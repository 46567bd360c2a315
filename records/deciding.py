"""What a person sees before deciding how an induction ends: the statutory checks, one by one. Nothing here decides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from records import cases, working_days
from records import guidance as numbers
from records.guidance import Guidance
from records.models.cases import Case, CaseKind
from records.models.inductions import Assessment, AssessmentKind, AssessmentPoint, Induction, Outcome
from records.standing import standing_of
from records.states import SubmissionState
from records.submissions import of_induction
from records.values import counted, spoken_date

SIGNING = {"ect": "the ECT", "induction_tutor": "the induction tutor", "headteacher": "the headteacher"}
"""Who signs a formal assessment (2.61)."""
_CASES = {
    CaseKind.REPRESENTATION: "representations",
    CaseKind.APPEAL: "appeal",
    CaseKind.DISPUTE: "dispute",
    CaseKind.CONCERN: "concern",
    CaseKind.NOTICE: "notice that did not arrive",
}
_RECOMMENDED = {"satisfactory": Outcome.PASS, "unsatisfactory": Outcome.FAIL, "extension": None}


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that should hold. One that does not hold is for a person to weigh; the reason is kept."""

    met: bool
    words: str


def checks(session: Session, induction: Induction, outcome: Outcome | None, today: date) -> list[Check]:
    """The checks for one way to end (None: an extension), in the order of the page."""
    guidance = numbers.of(session)
    found = [_papers(induction, today), *_waiting(session, induction), _papers_elsewhere(induction)]
    if outcome is not Outcome.RELEASE:
        remaining = standing_of(session, induction, today).account.remaining
        final = final_assessment(induction)
        found += [_terms(remaining, guidance), _signed(final)]
        found += [*_recommendation(final, outcome), *_clocks(final, outcome, today, guidance)]
    return found + [_case(case) for case in cases.open_cases(session, induction)]


def unmet(found: list[Check]) -> list[str]:
    return [one.words for one in found if not one.met]


def final_assessment(induction: Induction) -> Assessment | None:
    """The final assessment that came last: after an extension there is another."""
    done = [
        one
        for one in induction.assessments
        if one.kind is AssessmentKind.FORMAL_ASSESSMENT and one.point is AssessmentPoint.FINAL and one.accepted_at
    ]
    return max(done, key=lambda one: one.received_on or date.min, default=None)


def _papers(induction: Induction, today: date) -> Check:
    owed = [
        one
        for one in induction.assessments
        if one.accepted_at is None and one.not_required is None and one.due_on is not None and one.due_on <= today
    ]
    if not owed:
        return Check(met=True, words="Every review and assessment that was due is in")
    days = ", ".join(spoken_date(one.due_on) for one in owed if one.due_on)
    return Check(
        met=False, words=f"{counted(len(owed), 'review or assessment is', 'reviews or assessments are')} not in, due on {days}"
    )


def _waiting(session: Session, induction: Induction) -> Iterator[Check]:
    """Forms of the ECT that nobody has decided on yet: one of them may be what is not in."""
    waiting = [one for one in of_induction(session, induction) if one.state is SubmissionState.IN_REVIEW]
    if waiting:
        yield Check(met=False, words=f"Forms of this ECT that wait for review: {len(waiting)}")


def _papers_elsewhere(induction: Induction) -> Check:
    missing = [one.body_name for one in induction.periods if one.body_name and not one.papers_held]
    if not missing:
        return Check(met=True, words="The papers of earlier bodies are held, or there was none")
    return Check(met=False, words=f"The papers of {', '.join(name for name in missing if name)} are not held (2.75)")


def _terms(remaining: Decimal, guidance: Guidance) -> Check:
    if remaining <= guidance.slack_terms:
        return Check(met=True, words="All terms are served")
    return Check(met=False, words=f"{counted(remaining, 'term is', 'terms are')} still to serve")


def _signed(final: Assessment | None) -> Check:
    signed = {one.role for one in final.sign_offs} if final else set()
    missing = [words for role, words in SIGNING.items() if role not in signed]
    if not missing:
        return Check(met=True, words="The final assessment is signed off by the ECT, the induction tutor and the headteacher")
    return Check(met=False, words=f"The final assessment is not signed off by {', '.join(missing)} (2.61)")


def _recommendation(final: Assessment | None, outcome: Outcome | None) -> Iterator[Check]:
    if final is None or final.judgement not in _RECOMMENDED:
        yield Check(met=False, words="The head’s recommendation is not on record")
    else:
        agrees = _RECOMMENDED[final.judgement] is outcome
        yield Check(agrees, f"The head recommended: {final.judgement}")


def _clocks(final: Assessment | None, outcome: Outcome | None, today: date, guidance: Guidance) -> Iterator[Check]:
    if final is None or final.received_on is None:
        return
    decision = working_days.decision_due(final.received_on, guidance)
    yield Check(not decision.late(today), f"The decision is due on {spoken_date(decision.due_on)} ({decision.rule})")
    heard = working_days.representations_due(final.received_on, guidance)
    if outcome is not Outcome.PASS:
        yield Check(heard.late(today), f"The ECT may make representations until {spoken_date(heard.due_on)} ({heard.rule})")


def _case(case: Case) -> Check:
    return Check(met=False, words=f"Open {_CASES[case.kind]}: {case.summary}, due on {spoken_date(case.due_on)}")
