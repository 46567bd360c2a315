"""Half of the unseen layouts whose failures may be looked at: observations, online prints, standards with ticks, names turned round."""

from __future__ import annotations

from random import Random

from tests.support.papers_model import Cell, Gap, Run, Sketch, T, cell, p
from tests.support.papers_words import STANDARDS
from tests.support.unseen.form import Form, left, mark

_ANY = (
    ("satisfactory", "performing satisfactorily against the Teachers’ Standards"),
    ("unsatisfactory", "not performing satisfactorily against the Teachers’ Standards"),
)


def lesson_seen(t: Random, c: Random) -> Sketch:
    """A lesson observation: a row of heads over a row of values, then boxes with their headings in a column."""
    f = Form("lesson_seen", t, c, "lesson_observation", {
        "ect_name": ("Name of ECT", "Teacher"), "mentor_name": ("Observer", "Lesson seen by", "Name of observer"), "strengths": ("Strengths observed", "What went well (WWW)"),
        "areas_for_development": ("Even better if (EBI)", "Areas to develop further"), "targets": ("Next steps agreed", "Action points"), "ect_comments": ("ECT’s comments", "Comments by the teacher observed"),
    })  # fmt: skip
    f._roles = False
    s = f.sketch
    s.add(p(f.words("Lesson Observation Form (ECT)", "Record of classroom observation: early career teacher"), heading=1))
    made = {"ect": f.answer("ect_name", blank=0), "seen": f.answer("mentor_name", blank=0)}
    heads = [
        (f.label("ect_name", colon=False), made["ect"]),
        ("Date and time", f.noted(f.day(f.facts.start) + ", 9.15")),
        ("Class / subject", f.noted("Year 9 history")),
        (f.label("mentor_name", colon=False), made["seen"]),
    ]
    t.shuffle(heads)
    s.add(
        T((0.25,) * 4, (tuple(cell(one, bold=True, shaded=True) for one, _ in heads), tuple(cell(p(run)) for _, run in heads)))
    )
    rows: list[tuple[Cell, ...]] = [
        (cell(f.label(key, colon=False), shaded=True), cell(*f.text(key)))
        for key in ("strengths", "areas_for_development", "targets", "ect_comments")
    ]
    s.add(T((0.3, 0.7), tuple(rows)))
    return s


def online_page(t: Random, c: Random) -> Sketch:
    """A print of a web form: a question a line, the answer under it, no bold type anywhere."""
    f = Form("online_page", t, c, "progress_review", {
        "ect_name": ("Name of early career teacher", "ECT name"), "trn": ("Teacher reference number", "TRN"), "school_name": ("Name of school", "School name"), "school_urn": ("School URN", "URN"), "induction_tutor_name": ("Name of induction tutor", "Induction tutor name"),
        "period_start": ("Review period start", "Period start date"), "period_end": ("Review period end", "Period end date"), "days_served": ("How many days were served?", "Days served"), "days_absent": ("How many days were missed through absence?", "Days absent"),
        "evidence": ("Summary of evidence", "Explain your answer"), "targets": ("Targets for the coming term", "What are the targets for next term?"), "ect_comments": ("Comments from the ECT", "ECT’s comments on this review"),
    })  # fmt: skip
    f._roles = False
    f._colon = t.random() < 0.3
    s = f.sketch
    bold = t.random() < 0.3
    s.header = "Induction portal"
    s.add(
        p(f.words("Progress review", "ECT progress review – submitted"), heading=1),
        p(f"Submitted on {f.day(f.facts.end)} at 15:20"),
    )
    for key in (
        "ect_name",
        "trn",
        "school_name",
        "school_urn",
        "induction_tutor_name",
        "period_start",
        "period_end",
        "days_served",
        "days_absent",
    ):
        s.add(p(f.label(key), bold=bold, after=1), p(f.answer(key, blank=0.05), after=7))
    s.add(
        p(f.words("Is the ECT on track to complete induction?", "On track to meet the standards?"), bold=bold, after=1),
        p(f.said("on_track"), after=7),
    )
    s.add(
        p(f.words("Will the ECT remain at the school next term?", "Is the ECT staying at the school?"), bold=bold, after=1),
        p(f.said("remaining_at_school"), after=7),
    )
    for key in ("evidence", "targets", "ect_comments"):
        s.add(p(f.label(key, colon=False), bold=bold, after=1), *f.text(key))
    for who, role in (("tutor", "induction tutor"), ("ect", "ECT")):
        name, day = f.signed(who, blank=0)
        s.add(
            p(f"Signed by {role}: ", name, Gap(), "Date: ", day)
            if t.random() < 0.5
            else p(f"Signed by {role} ", name, " on ", day)
        )
    return s


def standards_met(t: Random, c: Random) -> Sketch:
    """Each standard in a row: its words, a column to tick met or not met, and comments."""
    f = Form("standards_met", t, c, "formal_assessment", {
        "ect_name": ("Name of teacher", "ECT"), "trn": ("TRN", "Teacher ref."), "school_name": ("School", "Name of school"), "period_start": ("From", "Assessment period start"), "period_end": ("To", "Assessment period end"),
        "days_absent": ("Days absent", "Absence (days)"), "induction_tutor_name": ("Induction tutor", "Tutor"), "targets": ("Targets", "Future targets"), "ect_comments": ("ECT’s comments", "Teacher’s comments"),
    })  # fmt: skip
    f._roles = False
    s = f.sketch
    point = c.choice(["first", "final"])
    s.truth["assessment_point"] = point
    s.add(p(f"Formal assessment – {'year 1 (first)' if point == 'first' else 'year 2 (final)'}", heading=1))
    s.add(
        T(
            (0.24, 0.26, 0.24, 0.26),
            (
                left(f, "ect_name", "trn"),
                left(f, "school_name", "induction_tutor_name"),
                left(f, "period_start", "period_end"),
                left(f, "days_absent", span=3),
            ),
        )
    )
    two = t.random() < 0.5
    heads = ("Standard", "Met", "Not yet met", "Evidence") if two else ("Teachers’ Standards", "✓ if met", "Comment")
    rows: list[tuple[Cell, ...]] = [tuple(cell(one, bold=True, shaded=True) for one in heads)]
    style = t.choice(["TS{n} {t}", "{n} {t}", "{t}"])
    typed = t.random() < 0.4
    for number, text in enumerate(STANDARDS, start=1):
        met = c.random() < 0.85
        ticks = (met, not met) if two else (met,)
        rows.append(
            (
                cell(style.format(n=number, t=text)),
                *(cell(p(*mark(one and not f.blank, "typed" if typed else "glyph"))) for one in ticks),
                cell(*f.text(f"standard_{number}", paragraphs=1)),
            )
        )
    s.add(T((0.34, 0.08, 0.1, 0.48) if two else (0.34, 0.12, 0.54), tuple(rows)))
    s.add(p("In my judgement the ECT is:", bold=True))
    look = t.choice(["strike", "highlight", "glyph"])
    for text, one in f.outcome(_ANY):
        if look == "glyph":
            s.add(p(*mark(one, "glyph"), f" {text}"))
        else:
            s.add(p(Run(text, struck=look == "strike" and not one and not f.blank, highlighted=look == "highlight" and one)))
    for key in ("targets", "ect_comments"):
        s.add(p(f.label(key, colon=False), bold=True), T((1.0,), ((cell(*f.text(key)),),), least=36))
    return s


def turned_names(t: Random, c: Random) -> Sketch:
    """Names as "Surname, Forename"; the sign-off asks each role in a row of its own."""
    f = Form("turned_names", t, c, "formal_assessment", {
        "trn": ("Teacher Reference Number", "TRN"), "date_of_birth": ("Date of birth", "DOB"), "school_name": ("Name of school", "School"), "period_start": ("Period assessed: from", "Start of the period assessed"), "period_end": ("Period assessed: to", "End of the period assessed"),
        "days_absent": ("Days of absence in the period", "Days absent"), "strengths": ("Part A: strengths", "Part A – Areas of strength"), "areas_for_development": ("Part B: development needs", "Part B – Areas for development"), "ect_comments": ("Part C: ECT’s comments", "Part C – Comments from the ECT"),
    })  # fmt: skip
    s = f.sketch
    s.truth["assessment_point"] = "final"
    s.add(p(f.words("Induction: Final Assessment", "FINAL ASSESSMENT REPORT (INDUCTION)"), heading=1))
    label = f.words("Name of ECT (surname, first name)", "ECT: surname, forename(s)", "Teacher’s name (surname first)")
    s.add(
        T(
            (0.42, 0.58),
            (
                (cell(label), cell(p(f.surname_first("ect_name", f.facts.ect)))),
                *(
                    left(f, key, shaded=False)
                    for key in ("trn", "date_of_birth", "school_name", "period_start", "period_end", "days_absent")
                ),
            ),
        )
    )
    s.add(
        p("Recommendation to the appropriate body", bold=True),
        *f.lines(
            f.outcome(
                (
                    ("satisfactory", "Induction completed satisfactorily"),
                    ("unsatisfactory", "Induction not completed satisfactorily"),
                    ("extension", "Extension of induction"),
                )
            ),
            t.choice(["bracket", "glyph"]),
        ),
    )
    for key in ("strengths", "areas_for_development", "ect_comments"):
        s.add(p(f.label(key, colon=False), bold=True), *f.text(key))
    s.add(p(f.words("Part D: signatures", "Part D – Sign-off"), bold=True))
    heads = f.t.choice([("Role", "Name", "Date"), ("", "Print full name", "Signature", "Date signed")])
    rows: list[tuple[Cell, ...]] = [tuple(cell(one) for one in heads)]
    for who, role in (("head", "Head teacher"), ("tutor", "Induction tutor"), ("ect", "ECT")):
        name, day = f.signed(who)
        rows.append((cell(role), cell(p(name)), *([cell("")] if len(heads) == 4 else []), cell(p(day))))
    s.add(T((0.3, 0.4, 0.3) if len(heads) == 3 else (0.25, 0.3, 0.25, 0.2), tuple(rows), least=22))
    return s
