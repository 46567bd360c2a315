"""Papers that are no forms of the family, though they use its words: guidance, letters, other people's forms."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from tests.support.papers_model import P, Run, Sketch, T, a, cell, p
from tests.support.papers_people import Facts


def guidance(f: Facts) -> Sketch:
    s = Sketch("guidance", {"form_kind": None})
    s.add(
        p("How to complete the ECT progress review form", heading=1),
        p("Read this before you start. You will need the following information:"),
    )
    for text in (
        "Full name of the ECT",
        "Teacher reference number (TRN)",
        "Date of birth",
        "School name",
        "Days absent in the period",
        "Induction tutor name",
    ):
        s.add(p(f"• {text}"))
    s.add(
        p("Progress reviews", heading=2),
        p("A progress review must be completed in terms 1, 2, 4 and 5. State whether the ECT is on track: Yes or No."),
    )
    s.add(
        p("Targets: these should be specific. Evidence: refer to the Teachers’ Standards."),
        p("Period start date: the first day of term. Period end date: the day of the review."),
    )
    return s


def newsletter(f: Facts) -> Sketch:
    s = Sketch("newsletter", {"form_kind": None})
    s.add(
        p("Appropriate body newsletter – autumn term", heading=1),
        p(f"Progress reviews are due on {f.written_date(f.end)}. Formal assessments follow in July."),
    )
    s.add(p("Key dates", heading=2))
    s.add(
        T(
            (0.6, 0.4),
            (
                (cell("Registration deadline"), cell(f.written_date(f.start))),
                (cell("Progress review deadline"), cell(f.written_date(f.end))),
                (cell("Formal assessment deadline"), cell("4 July 2025")),
            ),
        )
    )
    s.add(p("Contact us", heading=2), p("Induction team: Robin Vale, induction@hub.example, 01632 960000"))
    return s


def application(f: Facts) -> Sketch:
    s = Sketch("application", {"form_kind": None})
    s.add(p("Application for a teaching post", heading=1))
    s.add(
        T(
            (0.4, 0.6),
            tuple(
                (cell(label), cell(p(a(value))))
                for label, value in (
                    ("Surname", f.ect.last),
                    ("First name(s)", f.ect.first),
                    ("Date of birth", f.written_date(f.born)),
                    ("National Insurance number", f.ni),
                    ("Teacher reference number", f.trn),
                    ("Date QTS awarded", f.written_date(f.qts)),
                    ("Email", f.email),
                    ("Post applied for", "Class teacher"),
                    ("Current school", f.school),
                    ("Referee: headteacher", f.head.name),
                )
            ),
        )
    )
    s.add(p("Supporting statement", heading=2), *(p(one) for one in f.prose(3)))
    return s


def letter(f: Facts) -> Sketch:
    s = Sketch("letter", {"form_kind": None})
    s.add(
        p(f.school),
        p(f.written_date(f.end)),
        p("Dear colleague,"),
        p(f"Re: {f.ect.name}, TRN {f.trn}, date of birth {f.written_date(f.born)}"),
    )
    s.add(
        p(
            f"I am writing about the induction of {f.ect.name}, who started on {f.written_date(f.start)}. Their final assessment is due next term."
        )
    )
    s.add(*(p(one) for one in f.prose(2)), p("Yours sincerely,"), p(f.head.name), p("Headteacher"))
    return s


def invoice(f: Facts) -> Sketch:
    s = Sketch("invoice", {"form_kind": None})
    s.add(p("INVOICE", heading=1), p("ECT registration fee"))
    s.add(
        T(
            (0.5, 0.5),
            (
                (cell("School"), cell(f.school)),
                (cell("Invoice number"), cell("10482")),
                (cell("Date"), cell(f.written_date(f.start))),
                (cell("ECT name"), cell(f.ect.name)),
            ),
        )
    )
    s.add(
        T(
            (0.6, 0.2, 0.2),
            (
                (cell("Item"), cell("Quantity"), cell("Amount")),
                (cell("Appropriate body service, year 1"), cell("1"), cell("£150.00")),
            ),
        )
    )
    return s


def lesson_plan(f: Facts) -> Sketch:
    s = Sketch("lesson_plan", {"form_kind": None})
    s.add(p("Lesson plan", heading=1))
    s.add(
        T(
            (0.25, 0.25, 0.25, 0.25),
            (
                (cell("Teacher"), cell(f.ect.name), cell("Class"), cell("Year 4")),
                (cell("Date"), cell(f.written_date(f.start)), cell("Subject"), cell("Maths")),
            ),
        )
    )
    for heading in ("Learning objective", "Evidence of prior learning", "Activities", "Targets for pupils", "Next steps"):
        s.add(p(heading, bold=True), *(p(one) for one in f.prose(1)))
    return s


def minutes(f: Facts) -> Sketch:
    s = Sketch("minutes", {"form_kind": None})
    s.add(
        p("Minutes of ECT mentor meeting", heading=1),
        p(Run("Date: "), a(f.written_date(f.end))),
        p(f"Present: {f.ect.name} (ECT), {f.mentor.name} (mentor)"),
    )
    for heading in ("Strengths", "Targets", "Support", "Date of next meeting"):
        s.add(p(heading, heading=2), *(p(one) for one in f.prose(1)))
    return s


def timetable(f: Facts) -> Sketch:
    s = Sketch("timetable", {"form_kind": None})
    s.add(p(f"ECT timetable {f.ect.name}", heading=1))
    days = ("", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
    rows = [tuple(cell(one, bold=True) for one in days)]
    rows += [
        (cell(f"Period {n}"), *(cell(f.rng.choice(["6B", "7C", "PPA", "ECT time", "Mentor meeting"])) for _ in days[1:]))
        for n in range(1, 6)
    ]
    s.add(T((0.15, 0.17, 0.17, 0.17, 0.17, 0.17), tuple(rows)))
    return s


def certificate(f: Facts) -> Sketch:
    s = Sketch("certificate", {"form_kind": None})
    s.add(
        p("Qualified Teacher Status certificate", heading=1),
        p("This is to certify that"),
        p(f.ect.name, bold=True),
        p(f"Teacher reference number: {f.trn}"),
        p(f"Date of birth: {f.written_date(f.born)}"),
        p(f"was awarded qualified teacher status on {f.written_date(f.qts)}."),
    )
    return s


def prose(f: Facts) -> Sketch:
    s = Sketch("prose", {"form_kind": None})
    made: list[P] = [p(one) for one in f.prose(8)]
    s.add(p("Reflections on my first year as an early career teacher", heading=1), *made)
    return s


def manual(f: Facts) -> Sketch:
    """Of something else altogether: so long that a word of the family and some labels come up by chance."""
    s = Sketch("manual", {"form_kind": None})
    s.add(p("Registering a callout", heading=1), p("Credits are counted as in ECTS."))
    s.add(p(f"Start date: {f.written_date(f.start)}"), p(f"End date: {f.written_date(f.end)}"), p("School name: demo"))
    s.add(p("Evidence"), p("The call returns a number below zero where it failed."))
    for number in range(1, 61):
        s.add(p(f"Parameter {number}", heading=2), p(" ".join(("The value is handed to the function as it stands.",) * 4)))
    return s


DECOYS: dict[str, Callable[[Facts], Sketch]] = {
    one.__name__: one
    for one in (guidance, newsletter, application, letter, invoice, lesson_plan, minutes, timetable, certificate, prose, manual)
}


def draw_decoy(name: str, copy: int) -> Sketch:
    return DECOYS[name](Facts(Random(f"decoy/{name}/{copy}")))
