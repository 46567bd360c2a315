"""The layouts drawn last, after two more groups had been mended: help under labels, headers with names, groups, ranges, transfers."""

from __future__ import annotations

from random import Random

from tests.support.papers_model import Cell, Gap, Line, P, Run, Sketch, T, Tick, a, cell, p
from tests.support.unseen.form import Form, left, mark


def helped_labels(t: Random, c: Random) -> Sketch:
    """A sentence of help stands under each label, in the same cell."""
    f = Form("helped_labels", t, c, "progress_review", {
        "ect_name": ("ECT’s name", "Early career teacher’s name"), "trn": ("Teacher reference number", "TRN"), "date_of_birth": ("Date of birth", "Their date of birth"), "school_name": ("School", "School or college name"), "induction_tutor_name": ("Induction tutor", "Induction tutor’s name"), "period_start": ("Review period start", "When the period began"), "period_end": ("Review period end", "When the period ended"), "days_absent": ("Days absent", "Days of absence in the period"),
        "evidence": ("Evidence for the judgement", "Summary of the evidence"), "areas_for_development": ("Areas to develop", "Areas for development"), "ect_comments": ("ECT’s comments", "Comments by the ECT"),
    })  # fmt: skip
    f._roles = False
    notes = {
        "ect_name": "The name held by the Teaching Regulation Agency",
        "trn": "A seven digit number",
        "date_of_birth": "For example 31 3 1998",
        "school_name": "Where the ECT is employed",
        "induction_tutor_name": "The person completing this form",
        "period_start": "The first day of term or employment",
        "period_end": "The date of this review",
        "days_absent": "Include part days",
    }
    s = f.sketch
    s.add(p(f.words("Record a progress review", "Progress review: record form", "ECT progress review"), heading=1))
    rows = [(cell(p(f.label(key, colon=False), bold=True), p(note)), cell(p(f.answer(key)))) for key, note in notes.items()]
    s.add(T((0.5, 0.5), tuple(rows)))
    yes = c.random() < 0.85
    s.truth["on_track"] = yes
    s.add(
        p(f.words("Is the ECT on track?", "Your judgement"), bold=True),
        *f.lines(
            [
                ("The ECT is on track to meet the standards", yes and not f.blank),
                ("The ECT is not on track to meet the standards", not yes and not f.blank),
            ],
            t.choice(["glyph", "radio", "bracket"]),
        ),
    )
    for key in ("evidence", "areas_for_development", "ect_comments"):
        s.add(T((1.0,), ((cell(p(f.label(key, colon=False), bold=True), *f.text(key)),),), least=44))
    return s


def grouped_left(t: Random, c: Random) -> Sketch:
    """Group names in the first column, labels in the second, answers in the third."""
    f = Form("grouped_left", t, c, "formal_assessment", {
        "ect_name": ("Name", "Full name"), "trn": ("TRN", "Reference number (TRN)"), "date_of_birth": ("DOB", "Date of birth"), "school_name": ("Name of school", "School name"), "school_urn": ("URN", "School URN"), "headteacher_name": ("Headteacher’s name", "Name of headteacher"), "period_start": ("Start", "Start date"), "period_end": ("End", "End date"), "days_absent": ("Days absent", "Absence (days)"),
        "strengths": ("Strengths", "Demonstrated strengths"), "targets": ("Targets", "Targets for next year"), "ect_comments": ("ECT’s comments", "Comments (by the ECT)"),
    })  # fmt: skip
    s = f.sketch
    point = c.choice(["first", "final"])
    s.truth["assessment_point"] = point
    s.add(p({"first": "First formal assessment", "final": "Final formal assessment"}[point], heading=1))
    rows: list[tuple[Cell, ...]] = []
    for group, keys in (
        (f.words("ECT", "Teacher"), ("ect_name", "trn", "date_of_birth")),
        ("School", ("school_name", "school_urn", "headteacher_name")),
        (f.words("Assessment period", "Period assessed"), ("period_start", "period_end", "days_absent")),
    ):
        rows += [
            (cell(group if not number else "", bold=True, shaded=True), cell(f.label(key, colon=False)), cell(p(f.answer(key))))
            for number, key in enumerate(keys)
        ]
    s.add(T((0.22, 0.33, 0.45), tuple(rows)))
    s.add(
        p(f.words("The ECT’s performance is:", "Recommendation:"), bold=True),
        *f.lines(
            f.outcome((("satisfactory", "satisfactory"), ("unsatisfactory", "unsatisfactory"))), t.choice(["glyph", "radio"])
        ),
    )
    for key in ("strengths", "targets", "ect_comments"):
        s.add(p(Run(f.label(key, colon=True), bold=True)), T((1.0,), ((cell(*f.text(key)),),), least=36))
    for who, role in (("head", "Headteacher"), ("tutor", "Induction tutor"), ("ect", "ECT")):
        name, day = f.signed(who)
        s.add(p(f"{role}’s name: ", name, Gap(), "Signed: ", Line(60), Gap(), "Date: ", day))
    return s


def period_range(t: Random, c: Random) -> Sketch:
    """From and to in one line, sentences with words to delete, dotted answers."""
    f = Form("period_range", t, c, "progress_review", {
        "ect_name": ("Name of Early Career Teacher", "This review is for (name)"), "trn": ("TRN", "with TRN"), "school_name": ("School", "who works at"), "mentor_name": ("Mentor", "Their mentor"), "induction_tutor_name": ("Induction tutor", "Their induction tutor"), "days_absent": ("Days absent", "Number of days absent"), "strengths": ("Successes this term", "Strengths"), "targets": ("Targets for next review", "Targets"), "ect_comments": ("ECT comment", "Comments from ECT"),
    })  # fmt: skip
    f._roles = False
    s = f.sketch
    s.add(p(f.words("Progress review", "ECT review record", "Termly progress review form"), heading=1))
    for key in ("ect_name", "trn", "school_name", "mentor_name", "induction_tutor_name"):
        s.add(p(Run(f.label(key, colon=True) + " "), f.answer(key)))
    start, end = f.answer("period_start", blank=0), f.answer("period_end", blank=0)
    s.add(p(f.words("Review period: from ", "Period under review from ", "Dates of review period: "), start, " to ", end))
    s.add(p(Run(f.label("days_absent", colon=True) + " "), f.answer("days_absent")))
    yes = c.random() < 0.85
    s.truth["on_track"] = yes
    s.add(
        p(
            "(Delete one) The ECT ",
            Run("is", struck=not yes and not f.blank),
            " / ",
            Run("is not", struck=yes and not f.blank),
            " on track to complete induction.",
        )
    )
    for key in ("strengths", "targets", "ect_comments"):
        s.add(p(Run(f.label(key, colon=False), bold=True)), *f.text(key))
    return s


def transfer_in(t: Random, c: Random) -> Sketch:
    """A registration with a table of earlier schools, whose names and dates are nobody's fields."""
    f = Form("transfer_in", t, c, "registration", {
        "ect_first_name": ("First name", "Given name"), "ect_last_name": ("Family name", "Surname"), "ect_former_name": ("Former surname", "Any previous surname"), "date_of_birth": ("Date of birth", "Born"), "trn": ("Teacher reference number (TRN)", "TRN"), "qts_date": ("Date of QTS", "QTS awarded"), "ect_email": ("Work email", "Email address"), "school_name": ("Your school", "School name"), "induction_start": ("Start date at this school", "Date induction will start here"), "fte": ("FTE", "Hours as FTE"), "induction_tutor_name": ("Induction tutor’s name", "Induction tutor"), "mentor_name": ("Mentor’s name", "Mentor"),
    })  # fmt: skip
    f._roles = False
    s = f.sketch
    s.add(
        p(
            f.words(
                "ECT registration (new starters and transfers)", "Register an ECT", "Registration form: ECT joining your school"
            ),
            heading=1,
        )
    )
    s.add(
        T(
            (0.22, 0.28, 0.22, 0.28),
            (
                left(f, "ect_first_name", "ect_last_name"),
                left(f, "ect_former_name", "date_of_birth"),
                left(f, "trn", "qts_date"),
                left(f, "ect_email", span=3),
            ),
        )
    )
    f.join_names()
    s.add(p("Previous induction", heading=2))
    heads = tuple(
        cell(one, bold=True, shaded=True) for one in ("Previous school", "Appropriate body", "From", "To", "Days absent")
    )
    gone = f.facts.induction.replace(year=f.facts.induction.year - 1)
    s.add(
        T(
            (0.3, 0.25, 0.15, 0.15, 0.15),
            (
                heads,
                tuple(
                    cell(p(f.noted(one)))
                    for one in (
                        f.facts.next_school,
                        "Northern Lights AB",
                        f.day(gone),
                        f.day(gone.replace(month=12, day=10)),
                        "4",
                    )
                ),
            ),
        )
    )
    s.add(
        p("This school", heading=2),
        T(
            (0.35, 0.65),
            tuple(left(f, key) for key in ("school_name", "induction_start", "fte", "induction_tutor_name", "mentor_name")),
        ),
    )
    s.add(p(Tick(not f.blank), " I have read the privacy notice."))
    return s


def both_years(t: Random, c: Random) -> Sketch:
    """A formal assessment in which the year is ticked, with a header that repeats name and number."""
    f = Form("both_years", t, c, "formal_assessment", {
        "ect_name": ("ECT name", "Name of teacher"), "trn": ("TRN", "Teacher ref no"), "school_name": ("School name", "Name of school/academy/college"), "appropriate_body": ("Appropriate body", "Name of AB"), "induction_tutor_name": ("Induction tutor name", "Name of tutor"), "period_start": ("Assessment period start date", "Assessed from"), "period_end": ("Assessment period end date", "Assessed to"), "days_absent": ("Absences in this period (days)", "Days missed in the period"), "fte": ("FTE", "Full-time equivalent (FTE)"),
        "evidence": ("Evidence", "Evidence of progress against the Teachers’ Standards"), "strengths": ("Key strengths", "Strengths"), "areas_for_development": ("Key areas for development", "Development areas"), "ect_comments": ("ECT comments on this assessment", "Comments of the teacher being assessed"),
    })  # fmt: skip
    s = f.sketch
    point = c.choice(["first", "final"])
    s.add(p(f.words("Early career teacher: formal assessment", "ECT Formal Assessment Report"), heading=1))
    s.add(
        T(
            (0.08, 0.92),
            tuple(
                (cell(p(*mark(one, "glyph"))), cell(text))
                for text, one in f.chosen(
                    "assessment_point",
                    [
                        (f.words("First formal assessment (end of year 1)", "Assessment 1 (end of first year)"), "first"),
                        (f.words("Final formal assessment (end of year 2)", "Assessment 2 (final)"), "final"),
                    ],
                    point,
                )
            ),
        )
    )
    s.add(
        T(
            (0.24, 0.26, 0.24, 0.26),
            (
                left(f, "ect_name", "trn"),
                left(f, "school_name", "appropriate_body"),
                left(f, "induction_tutor_name", "fte"),
                left(f, "period_start", "period_end"),
                left(f, "days_absent", span=3),
            ),
        )
    )
    s.add(
        T(
            (0.7, 0.3),
            (
                (
                    cell(
                        f.words(
                            "Is performance against the Teachers’ Standards satisfactory?",
                            "Has the ECT met the standard expected at this point?",
                        )
                    ),
                    cell(p(*_yes(f, t))),
                ),
            ),
        )
    )
    for key in ("evidence", "strengths", "areas_for_development", "ect_comments"):
        s.add(T((1.0,), ((cell(p(f.label(key, colon=False), bold=True), shaded=True),), (cell(*f.text(key)),))))
    rows: list[tuple[Cell, ...]] = []
    for who, role in (("tutor", "Induction tutor"), ("head", "Headteacher/principal"), ("ect", "ECT")):
        name, day = f.signed(who)
        rows += [
            (cell(f"{role} (print name)"), cell(p(name)), cell("Date"), cell(p(day))),
            (cell("Signature"), cell("", span=3)),
        ]
    s.add(T((0.3, 0.4, 0.1, 0.2), tuple(rows)))
    return s


def _yes(f: Form, t: Random) -> tuple[Tick | Run | Gap, ...]:
    value = f.c.random() < 0.85
    f.sketch.truth["judgement"] = "satisfactory" if value else "unsatisfactory"
    return (Tick(value and not f.blank), Run(" Yes"), Gap(), Tick(not value and not f.blank), Run(" No"))


def email_leaver(t: Random, c: Random) -> Sketch:
    """A leaver's notice like a filled-in e-mail: lines of labels with dashes."""
    f = Form("email_leaver", t, c, "leaver_notice", {
        "ect_name": ("ECT", "Name of ECT"), "trn": ("TRN", "Teacher reference number"), "school_name": ("School", "Leaving (school)"), "leaving_date": ("Last working day", "Leaves on"), "next_school": ("Next school", "Going to"), "days_absent_total": ("Total absence to date", "Total days absent so far"), "terms_completed": ("Terms completed", "Terms of induction served"), "headteacher_name": ("Headteacher", "Head"),
    })  # fmt: skip
    f._roles = False
    s = f.sketch
    s.add(p(f.words("Notification of an ECT leaving", "ECT leaver notification", "Leaver: early career teacher"), heading=1))
    dash = t.choice([" – ", ": ", " - "])
    for key in (
        "ect_name",
        "trn",
        "school_name",
        "leaving_date",
        "next_school",
        "terms_completed",
        "days_absent_total",
        "headteacher_name",
    ):
        s.add(p(Run(f.label(key, colon=False) + dash, bold=f.bold_labels), f.answer(key)))
    return s


def wide_table_review(t: Random, c: Random) -> Sketch:
    """Three pairs a row in a landscape table, texts in two columns, entitlement to delete."""
    f = Form("wide_table_review", t, c, "progress_review", {
        "ect_name": ("ECT", "ECT name"), "trn": ("TRN", "TRN no."), "school_name": ("School", "Setting/school"), "induction_tutor_name": ("Tutor", "Induction tutor"), "mentor_name": ("Mentor", "ECT mentor"), "term_number": ("Term", "Induction term"), "period_start": ("From", "Start"), "period_end": ("To", "End"), "days_absent": ("Absent (days)", "Days absent"), "strengths": ("Strengths this term", "Successes"), "areas_for_development": ("To develop", "Areas for development"), "targets": ("Targets", "New targets"), "ect_comments": ("ECT’s response", "ECT comments"),
    })  # fmt: skip
    f._roles = False
    s = f.sketch
    s.landscape = True
    s.add(p(f.words("Induction progress review", "Progress review sheet", "ECT termly review"), heading=1))
    s.add(
        T(
            (0.12, 0.24, 0.1, 0.22, 0.12, 0.2),
            (
                left(f, "ect_name", "trn", "school_name"),
                left(f, "induction_tutor_name", "mentor_name", "term_number"),
                left(f, "period_start", "period_end", "days_absent"),
            ),
        )
    )
    yes = c.random() < 0.85
    s.add(
        p(
            f.words("On track: ", "On track to complete induction: "),
            *f.yes_no("on_track", yes, t.choice(["strike", "highlight", "before"])),
        )
    )
    for one, two in (("strengths", "areas_for_development"), ("targets", "ect_comments")):
        s.add(
            T(
                (0.5, 0.5),
                (
                    (
                        cell(p(f.label(one, colon=False), bold=True), *f.text(one)),
                        cell(p(f.label(two, colon=False), bold=True), *f.text(two)),
                    ),
                ),
                least=60,
            )
        )
    for who, role in (("ect", "ECT"), ("tutor", "Tutor")):
        name, day = f.signed(who)
        s.add(p(f"{role} name ", name, Gap(), "Date ", day))
    return s


def people_cards(t: Random, c: Random) -> Sketch:
    """A registration in which each person has a small table with a title row."""
    f = Form("people_cards", t, c, "registration", {
        "ect_name": ("Full name", "Name"), "trn": ("TRN", "Teacher reference number"), "date_of_birth": ("Date of birth", "DOB"), "national_insurance_number": ("NI number", "National Insurance number"), "ect_email": ("Email", "Email address"), "qts_date": ("QTS date", "Date of QTS award"), "induction_tutor_name": ("Full name", "Name"), "induction_tutor_email": ("Email", "Email address"), "mentor_name": ("Full name", "Name"), "headteacher_name": ("Full name", "Name"), "school_name": ("School name", "Name of school"), "school_urn": ("URN", "Unique reference number"), "induction_start": ("Induction start date", "Start of induction"), "fte": ("FTE", "FTE (0.1 to 1.0)"),
    })  # fmt: skip
    f._roles = False
    s = f.sketch
    s.add(
        p(f.words("ECT induction registration", "Registration form", "New ECT registration form"), heading=1),
        p("One form for each early career teacher, please."),
    )
    for title, keys in (
        (
            f.words("Early career teacher", "ECT"),
            ("ect_name", "trn", "date_of_birth", "national_insurance_number", "qts_date", "ect_email"),
        ),
        ("School", ("school_name", "school_urn")),
        ("Induction", ("induction_start", "fte")),
        ("Headteacher", ("headteacher_name",)),
        ("Induction tutor", ("induction_tutor_name", "induction_tutor_email")),
        ("Mentor", ("mentor_name",)),
    ):
        rows: list[tuple[Cell, ...]] = [(cell(p(title, bold=True), shaded=True, span=2),)]
        rows += [left(f, key, shaded=False) for key in keys]
        s.add(T((0.4, 0.6), tuple(rows)))
    return s


def plan_letter(t: Random, c: Random) -> Sketch:
    """A support plan whose particulars are dotted lines and whose texts follow numbered headings."""
    f = Form("plan_letter", t, c, "support_plan", {
        "ect_name": ("Name of early career teacher", "ECT"), "school_name": ("School", "School name"), "induction_tutor_name": ("Induction tutor", "Name of induction tutor"), "period_start": ("Start of support", "Support plan start date"), "period_end": ("End of support", "Support plan end date"), "areas_for_development": ("Areas of the Teachers’ Standards causing concern", "What are the concerns?"), "targets": ("Targets and success criteria", "What are the targets?"), "support_plan": ("Support offered by the school", "What support will be in place?"), "ect_comments": ("Comments of the ECT", "Does the ECT wish to comment?"),
    })  # fmt: skip
    f._roles = False
    s = f.sketch
    s.add(
        p(f.words("Support plan", "ECT support plan", "Additional support plan for an early career teacher"), heading=1),
        p("For an ECT who is not on track at a progress review."),
    )
    for key in ("ect_name", "school_name", "induction_tutor_name", "period_start", "period_end"):
        run = f.answer(key)
        s.add(p(Run(f.label(key, colon=True) + " "), run if run.text else Line(120)))
    for number, key in enumerate(("areas_for_development", "targets", "support_plan", "ect_comments"), start=1):
        s.add(p(Run(f"{number}. {f.label(key, colon=False)}", bold=True)), *f.text(key))
    name, day = f.signed("tutor", blank=0)
    s.add(p("Signed (induction tutor): ", Line(80), Gap(), "Name: ", name, Gap(), "Date: ", day))
    return s


def interim_columns(t: Random, c: Random) -> Sketch:
    """An interim assessment: labels above answers in three columns, statement to initial."""
    f = Form("interim_columns", t, c, "interim_assessment", {
        "ect_name": ("Name of ECT", "Teacher’s full name"), "trn": ("TRN", "TRN of teacher"), "date_of_birth": ("Date of birth", "D.O.B"), "school_name": ("School being left", "Current school"), "leaving_date": ("Leaving date", "Last day at school"), "next_school": ("New school", "Next school, if known"), "period_start": ("Start date of the period", "Period from"), "period_end": ("End date of the period", "Period to"), "days_absent": ("Days absent", "Days absent this period"),
        "strengths": ("Strengths shown", "Main strengths"), "areas_for_development": ("Points for development at the next school", "Development still needed"), "ect_comments": ("ECT’s comments", "Comments by departing ECT"),
    })  # fmt: skip
    s = f.sketch
    s.truth["assessment_point"] = "interim"
    s.add(
        p(f.words("Interim assessment", "Interim Assessment Report", "Interim assessment of an ECT who is leaving"), heading=1)
    )
    for keys in (
        ("ect_name", "trn", "date_of_birth"),
        ("school_name", "leaving_date", "next_school"),
        ("period_start", "period_end", "days_absent"),
    ):
        s.add(
            T(
                (0.4, 0.3, 0.3),
                (
                    tuple(cell(f.label(key, colon=False), shaded=True) for key in keys),
                    tuple(cell(p(f.answer(key))) for key in keys),
                ),
                least=20,
            )
        )
    two = (
        ("satisfactory", "Up to this point the ECT’s performance has been satisfactory"),
        ("unsatisfactory", "Up to this point the ECT’s performance has not been satisfactory"),
    )
    rows: list[tuple[Cell, ...]] = [(cell(text), cell(p(*mark(one, "typed")))) for text, one in f.outcome(two)]
    s.add(p("Judgement (X)", bold=True), T((0.9, 0.1), tuple(rows)))
    body: list[P] = []
    for key in ("strengths", "areas_for_development", "ect_comments"):
        body = [p(f.label(key, colon=False), bold=True), *f.text(key)]
        s.add(T((1.0,), ((cell(*body),),), least=40))
    name, day = f.signed("head")
    s.add(p("Headteacher ", name, Gap(270.0), "Date ", day), p("Initials ", a("")))
    return s
