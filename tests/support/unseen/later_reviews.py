"""Reviews, observations and plans drawn after the wide layouts had been mended: checklists, exports, circled terms, weekly plans."""

from __future__ import annotations

from random import Random

from tests.support.papers_model import Cell, Gap, Line, Run, Sketch, T, Tick, cell, p
from tests.support.unseen.form import Form, left, mark, under


def city_review(t: Random, c: Random) -> Sketch:
    """A city council's review: coloured bands, name in two parts, the term circled or set off in a row of numbers."""
    f = Form("city_review", t, c, "progress_review", {
        "ect_last_name": ("ECT surname", "Last name of ECT", "Surname of teacher"), "ect_first_name": ("ECT first name(s)", "Given name of ECT", "Forename of teacher"), "trn": ("Teacher Reference No. (7 digits)", "TRN / DfE no.", "Teacher’s reference"), "school_name": ("Educational setting", "School (no abbreviations please)", "Name of placement school"),
        "headteacher_name": ("Headteacher/Principal", "Name of Principal"), "induction_tutor_name": ("Induction Tutor (must hold QTS)", "Induction tutor’s name"), "mentor_name": ("ECT’s mentor", "Mentor (must hold QTS)"), "period_start": ("Period of review – from", "Date review period commenced"), "period_end": ("Period of review – to", "Date review period finished"), "days_absent": ("No. days absent within the period", "Total absence in period (days)"),
        "strengths": ("Progress made / areas of strength", "Summary of what has gone well"), "areas_for_development": ("Areas to focus on and improve", "Areas of practice to improve"), "targets": ("Next term’s targets", "Targets set for the coming term"), "ect_comments": ("ECT’s personal comments", "Early Career Teacher: comments"),
    })  # fmt: skip
    f._roles = False
    s = f.sketch
    s.header, s.footer = "City Education Service – Appropriate Body", "ECT Progress Review 2023–24 v1.2"
    s.add(
        p(
            f.words(
                "Early Career Teacher Progress Review Form", "PROGRESS REVIEW (ECT)", "ECT Induction: Progress Review Proforma"
            ),
            heading=1,
        )
    )
    s.add(
        p(
            f.words(
                "To be submitted by the last working day of each half year.",
                "Return to ect@city.example no later than the end of term.",
            )
        )
    )
    rows: list[tuple[Cell, ...]] = [
        (cell("ECT", bold=True, shaded=True, span=4),),
        left(f, "ect_last_name", "ect_first_name"),
        left(f, "trn", span=3),
    ]
    rows += [
        (cell("School", bold=True, shaded=True, span=4),),
        left(f, "school_name", "headteacher_name"),
        left(f, "induction_tutor_name", "mentor_name"),
    ]
    rows += [
        (cell("Review period", bold=True, shaded=True, span=4),),
        left(f, "period_start", "period_end"),
        left(f, "days_absent", span=3),
    ]
    s.add(T((0.25, 0.25, 0.25, 0.25), tuple(rows)))
    f.join_names()
    yes = c.random() < 0.85
    s.add(
        p(
            f.words(
                "Is the ECT making progress that is on track to complete induction?",
                "In your professional judgement is the ECT on track?",
            ),
            Gap(),
            *f.yes_no("on_track", yes, t.choice(["before", "behind", "highlight", "strike"])),
        )
    )
    for key in ("strengths", "areas_for_development", "targets", "ect_comments"):
        s.add(T((1.0,), ((cell(p(f.label(key, colon=True), bold=True), *f.text(key)),),), least=46))
    for who, role in (("tutor", "Induction Tutor"), ("ect", "ECT")):
        name, day = f.signed(who)
        s.add(
            T(
                (0.18, 0.32, 0.1, 0.18, 0.08, 0.14),
                ((cell(role), cell(p(name)), cell("Signed"), cell(""), cell("Date"), cell(p(day))),),
                ruled=t.random() < 2,
            )
        )
    return s


def web_export(t: Random, c: Random) -> Sketch:
    """What an online form sends as its record: question in bold, answer under it, section titles, an identifier."""
    f = Form("web_export", t, c, "progress_review", {
        "ect_name": ("ECT name", "Name of the early career teacher"), "trn": ("TRN", "Teacher reference number"), "ect_email": ("ECT’s email address", "Email address of the ECT"), "school_name": ("School name", "Which school is the ECT employed at?"), "school_urn": ("School URN", "URN"), "induction_tutor_name": ("Induction tutor name", "Your name (induction tutor)"), "induction_tutor_email": ("Induction tutor email", "Your email address (induction tutor)"),
        "term_number": ("Which term of induction does this cover?", "Term covered by this review"), "period_start": ("Start of the period covered", "Start date of the period"), "period_end": ("End of the period covered", "End date of the period"), "days_absent": ("Number of days the ECT was absent", "How many days was the ECT absent for?"), "fte": ("ECT’s current FTE", "What FTE does the ECT work?"),
        "evidence": ("Reasons and evidence for your answer", "Summarise the evidence for this"), "targets": ("Development targets agreed", "What targets have been agreed?"), "ect_comments": ("Comments from the early career teacher", "ECT’s response"),
    })  # fmt: skip
    f._roles = False
    s = f.sketch
    s.add(p(f.words("Progress review submission", "Progress review – your answers", "Submitted progress review"), heading=1))
    s.add(p(f"Response ID: {f.t.randint(10000, 99999)}"), p("Status: Complete"))
    for title, keys in (
        ("About the ECT", ("ect_name", "trn", "ect_email")),
        ("About the school", ("school_name", "school_urn", "induction_tutor_name", "induction_tutor_email")),
        ("About the review", ("term_number", "period_start", "period_end", "days_absent", "fte")),
    ):
        s.add(p(title, heading=2))
        for key in keys:
            s.add(p(Run(f.label(key, colon=False), bold=True), after=0), p(f.answer(key), after=6))
    yes = c.random() < 0.85
    s.truth["on_track"] = None if f.blank else yes
    s.add(
        p("Judgement", heading=2),
        p(
            Run(f.words("Is the ECT on track?", "Is the ECT on track to complete their induction successfully?"), bold=True),
            after=0,
        ),
        p(f.noted("Yes" if yes else "No"), after=6),
    )
    for key in ("evidence", "targets", "ect_comments"):
        s.add(p(Run(f.label(key, colon=False), bold=True), after=0), *f.text(key))
    return s


def entitlement_list(t: Random, c: Random) -> Sketch:
    """A review whose questions are rows of one table with Yes and No columns, entitlements among them."""
    f = Form("entitlement_list", t, c, "progress_review", {
        "ect_name": ("Name of ECT", "ECT"), "trn": ("TRN", "Teacher Reference Number"), "school_name": ("Name of school", "School / college / setting"), "induction_tutor_name": ("Name of person completing this review (induction tutor)", "Reviewing induction tutor"), "period_start": ("Start of review period", "From (date)"), "period_end": ("End of review period", "To (date)"), "days_absent": ("Days absent (if none write 0)", "Absence this review period in days"), "terms_completed": ("Terms of induction completed to date", "FTE terms already completed"),
        "strengths": ("Comment on strengths", "Highlights of the term"), "areas_for_development": ("Comment on areas to develop", "Aspects requiring improvement"), "ect_comments": ("Comment by ECT", "ECT’s voice"),
    })  # fmt: skip
    f._roles = False
    s = f.sketch
    s.add(
        p(
            f.words(
                "Termly progress review and entitlement check",
                "Progress review with induction entitlement checklist",
                "ECT progress review & check",
            ),
            heading=1,
        )
    )
    s.add(
        T(
            (0.45, 0.55),
            tuple(
                left(f, key, shaded=False)
                for key in (
                    "ect_name",
                    "trn",
                    "school_name",
                    "induction_tutor_name",
                    "period_start",
                    "period_end",
                    "terms_completed",
                    "days_absent",
                )
            ),
        )
    )
    yes = c.random() < 0.85
    s.truth["on_track"] = None if f.blank else yes
    questions = [
        ("Does the ECT have a mentor who meets them weekly?", None),
        ("Has the ECT had a 10% or 5% timetable reduction?", None),
        ("Has the ECT been observed at least once per half term?", None),
        (f.words("Is the ECT on track to complete induction?", "Is progress on track?"), yes),
        ("Has the ECT seen this review?", None),
    ]
    if t.random() < 0.5:
        questions = [questions[3], *questions[:3], questions[4]]
    how = t.choice(["glyph", "typed"])
    rows: list[tuple[Cell, ...]] = [
        tuple(cell(one, bold=True, shaded=True) for one in (f.words("Question", "Check", ""), "Yes", "No"))
    ]
    for text, value in questions:
        said = c.random() < 0.9 if value is None else value
        rows.append((cell(text), cell(p(*mark(said and not f.blank, how))), cell(p(*mark(not said and not f.blank, how)))))
    s.add(T((0.8, 0.1, 0.1), tuple(rows)))
    for key in ("strengths", "areas_for_development", "ect_comments"):
        s.add(p(Run(f.label(key, colon=False), bold=True)), T((1.0,), ((cell(*f.text(key)),),), least=40))
    return s


def learning_walk(t: Random, c: Random) -> Sketch:
    """An observation with labels over lines, an observer's table and an action box."""
    f = Form("learning_walk", t, c, "lesson_observation", {
        "ect_name": ("Name of ECT observed", "ECT", "Teacher being observed"), "mentor_name": ("Observer", "Name of person observing", "Lesson observed by"), "strengths": ("Strong features of the lesson", "What worked well"), "areas_for_development": ("Features to develop", "What could be improved?"), "targets": ("Action steps before next observation", "Agreed actions and by when"),
    })  # fmt: skip
    f._roles = False
    s = f.sketch
    s.add(
        p(
            f.words(
                "Observation of an early career teacher", "ECT Lesson Observation Proforma", "Formal lesson observation (ECT)"
            ),
            heading=1,
        )
    )
    s.add(
        p(
            Run(f.label("ect_name", colon=True) + " "),
            f.answer("ect_name", blank=0),
            Gap(270.0),
            Run("Year group: "),
            f.noted("Year 5"),
        )
    )
    s.add(
        p(
            Run(f.label("mentor_name", colon=True) + " "),
            f.answer("mentor_name", blank=0),
            Gap(270.0),
            Run("Date of observation: "),
            f.noted(f.day(f.facts.end)),
        )
    )
    s.add(p(Run("Lesson content: "), f.noted("Fractions of amounts; second lesson of the unit")))
    s.add(
        T(
            (0.5, 0.5),
            (
                (
                    cell(f.label("strengths", colon=False), shaded=True),
                    cell(f.label("areas_for_development", colon=False), shaded=True),
                ),
                (cell(*f.text("strengths")), cell(*f.text("areas_for_development"))),
            ),
            least=30,
        )
    )
    s.add(p(Run(f.label("targets", colon=False), bold=True)), *f.text("targets"))
    s.add(p("Observer’s signature ", Line(80), Gap(), "ECT’s signature ", Line(80)))
    return s


def weekly_plan(t: Random, c: Random) -> Sketch:
    """A support plan with a table of weeks besides its objectives."""
    f = Form("weekly_plan", t, c, "support_plan", {
        "ect_name": ("Early Career Teacher", "ECT this plan is for", "Teacher"), "trn": ("TRN", "Teacher reference no"), "school_name": ("School", "Setting name"), "headteacher_name": ("Headteacher", "Head"), "period_start": ("Date plan starts", "Plan from"), "period_end": ("Date plan will be reviewed and end", "Plan until", "Date plan ends"),
        "areas_for_development": ("Standards not yet being met / areas of concern", "Areas needing improvement"), "targets": ("Objectives of the plan", "Targets to be achieved"), "support_plan": ("Support the ECT will receive", "Agreed support and monitoring"), "ect_comments": ("ECT’s view of the plan", "Comments made by ECT"),
    })  # fmt: skip
    f._roles = False
    s = f.sketch
    s.add(
        p(
            f.words(
                "ECT Targeted Support Plan", "Support plan for ECT not on track", "Action plan: additional support for an ECT"
            ),
            heading=1,
        )
    )
    s.add(
        T(
            (0.22, 0.28, 0.22, 0.28),
            (left(f, "ect_name", "trn"), left(f, "school_name", "headteacher_name"), left(f, "period_start", "period_end")),
        )
    )
    for key in ("areas_for_development", "targets", "support_plan"):
        s.add(T((0.3, 0.7), ((cell(f.label(key, colon=False), bold=True, shaded=True), cell(*f.text(key))),), least=40))
    rows: list[tuple[Cell, ...]] = [tuple(cell(one, bold=True, shaded=True) for one in ("Week", "Focus", "Led by", "Done"))]
    rows += [
        (
            cell(str(n)),
            cell(p(f.noted("Entry routines" if n == 1 else "Questioning"))),
            cell(p(f.noted(f.facts.mentor.first))),
            cell(p(Tick(n == 1 and not f.blank))),
        )
        for n in (1, 2, 3)
    ]
    s.add(p("Weekly schedule", bold=True), T((0.12, 0.48, 0.25, 0.15), tuple(rows)))
    s.add(p(Run(f.label("ect_comments", colon=False), bold=True)), T((1.0,), ((cell(*f.text("ect_comments")),),), least=36))
    for who, role in (("head", "Headteacher"), ("tutor", "Induction tutor"), ("ect", "ECT")):
        name, day = f.signed(who)
        s.add(p(f"Name of {role}: ", name, Gap(300.0), "Date: ", day))
    return s


def small_caps(t: Random, c: Random) -> Sketch:
    """A review in capitals: labels and values in the same cells, three to a row."""
    f = Form("small_caps", t, c, "progress_review", {
        "ect_name": ("NAME OF TEACHER", "ECT NAME"), "trn": ("TRN", "TEACHER REF."), "date_of_birth": ("D.O.B.", "DATE OF BIRTH"), "school_name": ("SCHOOL", "ACADEMY/SCHOOL"), "induction_tutor_name": ("TUTOR", "INDUCTION TUTOR"), "days_absent": ("DAYS ABSENT", "ABSENCE (DAYS)"), "period_start": ("FROM", "PERIOD STARTED"), "period_end": ("TO", "PERIOD ENDED"), "fte": ("FTE", "F.T.E."),
        "strengths": ("STRENGTHS", "STRENGTHS DEMONSTRATED"), "areas_for_development": ("AREAS FOR DEVELOPMENT", "TO IMPROVE"), "targets": ("TARGETS", "NEXT STEPS AND TARGETS"), "ect_comments": ("ECT COMMENTS", "COMMENTS OF TEACHER"),
    })  # fmt: skip
    f._roles, f._colon = False, True
    s = f.sketch
    s.add(p(f.words("ECT PROGRESS REVIEW", "PROGRESS REVIEW RECORD SHEET"), heading=1))
    if t.random() < 0.5:
        cells = [
            tuple(under(f, key) for key in keys)
            for keys in (
                ("ect_name", "trn", "date_of_birth"),
                ("school_name", "induction_tutor_name", "fte"),
                ("period_start", "period_end", "days_absent"),
            )
        ]
    else:
        cells = [
            tuple(cell(p(Run(f.label(key) + " "), f.answer(key))) for key in keys)
            for keys in (
                ("ect_name", "trn", "date_of_birth"),
                ("school_name", "induction_tutor_name", "fte"),
                ("period_start", "period_end", "days_absent"),
            )
        ]
    s.add(T((0.4, 0.3, 0.3), tuple(cells), least=28))
    yes = c.random() < 0.85
    s.add(
        p(
            f.words("ON TRACK?", "IS THE TEACHER ON TRACK?"),
            Gap(),
            *f.yes_no("on_track", yes, t.choice(["before", "strike", "bold"])),
        )
    )
    for key in ("strengths", "areas_for_development", "targets", "ect_comments"):
        s.add(p(Run(f.label(key, colon=False), bold=f.bold_labels)), T((1.0,), ((cell(*f.text(key)),),), least=34))
    return s
