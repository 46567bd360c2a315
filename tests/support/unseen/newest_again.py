"""Eight layouts drawn after all others had been mended, to say what a first look is worth now."""

from __future__ import annotations

from random import Random

from tests.support.papers_model import Cell, Gap, Line, Run, Sketch, T, Tick, cell, p
from tests.support.unseen.form import Form, left, mark, under


def council_letter(t: Random, c: Random) -> Sketch:
    """A council's review: long labels with paragraph references, answers in shaded cells on the right."""
    f = Form("council_letter", t, c, "progress_review", {
        "ect_name": ("Early career teacher’s full name (as held by the TRA)", "Name of the teacher undergoing induction"), "trn": ("Seven-digit teacher reference number", "Teacher reference number (see payslip)"), "school_name": ("Name of the school in which the ECT is employed", "School at which induction is being served"), "induction_tutor_name": ("Name of the induction tutor who has completed this review", "Induction tutor (completing this form)"), "period_start": ("Date on which this review period began", "Commencement date of review period"), "period_end": ("Date on which this review period ended", "Completion date of review period"), "days_absent": ("Number of days’ absence during the review period", "Days absent during this time (if any)"), "fte": ("Full-time equivalent at which the ECT is employed", "FTE of contract"),
        "evidence": ("Brief summary of evidence used in reaching this view", "On what evidence is this judgement based?"), "targets": ("Targets agreed for the period ahead", "What targets have been set?"), "ect_comments": ("Any comments that the ECT wishes to make", "ECT’s own observations"),
    })  # fmt: skip
    f._roles = False
    s = f.sketch
    s.add(
        p(f.words("Progress review of an early career teacher", "Early career teacher – record of progress review"), heading=1),
        p("Statutory guidance paragraphs 2.48 to 2.54 apply. Keep a copy for the ECT."),
    )
    s.add(
        T(
            (0.55, 0.45),
            tuple(
                left(f, key, shaded=False)
                for key in (
                    "ect_name",
                    "trn",
                    "school_name",
                    "induction_tutor_name",
                    "fte",
                    "period_start",
                    "period_end",
                    "days_absent",
                )
            ),
        )
    )
    yes = c.random() < 0.85
    s.truth["on_track"] = yes
    s.add(
        T(
            (0.55, 0.225, 0.225),
            (
                (
                    cell(f.words("Is the ECT on track to complete induction successfully?", "Judgement: is the ECT on track?")),
                    cell(p(Tick(yes and not f.blank), " Yes")),
                    cell(p(Tick(not yes and not f.blank), " No")),
                ),
            ),
        )
    )
    for key in ("evidence", "targets", "ect_comments"):
        s.add(T((1.0,), ((cell(p(f.label(key, colon=False))),), (cell(*f.text(key)),)), least=24))
    name, day = f.signed("tutor")
    s.add(p("Induction tutor’s signature: ", Line(90)), p("Name: ", name, Gap(), "Date: ", day))
    return s


def hub_final(t: Random, c: Random) -> Sketch:
    """A hub's final report: lettered parts, statements with initials boxes, evidence by question."""
    f = Form("hub_final", t, c, "formal_assessment", {
        "ect_name": ("ECT", "ECT’s full name"), "trn": ("TRN", "ECT TRN"), "date_of_birth": ("ECT’s date of birth", "DOB"), "school_name": ("School/college", "Employing school"), "school_urn": ("School’s URN", "URN"), "headteacher_name": ("Headteacher", "Headteacher or principal"), "period_start": ("Final period start date", "Start date of final period"), "period_end": ("Final period end date", "End date of final period"), "days_absent": ("Days absent in the final period", "Absence in final period"), "days_absent_total": ("Days absent throughout induction", "Absence throughout induction (days)"),
        "strengths": ("Which strengths has the ECT shown?", "Strengths of the ECT"), "areas_for_development": ("Which areas should be developed after induction?", "Areas to develop after induction"), "evidence": ("Which evidence has been considered?", "Evidence considered"), "ect_comments": ("Has the ECT anything to add?", "Comments from ECT"),
    })  # fmt: skip
    s = f.sketch
    s.truth["assessment_point"] = "final"
    s.add(
        p(f.words("Final assessment report and recommendation", "ECT final assessment"), heading=1),
        p("A. Particulars", heading=2),
    )
    s.add(
        T(
            (0.24, 0.26, 0.24, 0.26),
            (
                left(f, "ect_name", "trn"),
                left(f, "date_of_birth", "school_name"),
                left(f, "school_urn", "headteacher_name"),
                left(f, "period_start", "period_end"),
                left(f, "days_absent", "days_absent_total"),
            ),
        )
    )
    s.add(p("B. Recommendation", heading=2))
    options = (
        ("satisfactory", "Induction has been completed satisfactorily and I recommend a pass"),
        ("unsatisfactory", "Induction has not been completed satisfactorily and I recommend a fail"),
        ("extension", "I recommend that induction is extended"),
    )
    s.add(T((0.9, 0.1), tuple((cell(text), cell(p(*mark(one, "glyph")))) for text, one in f.outcome(options))))
    s.add(p("C. Reasons", heading=2))
    for key in ("strengths", "areas_for_development", "evidence", "ect_comments"):
        s.add(p(Run(f.label(key, colon=False), bold=True)), T((1.0,), ((cell(*f.text(key)),),), least=36))
    s.add(p("D. Signatures", heading=2))
    rows: list[tuple[Cell, ...]] = [tuple(cell(one, bold=True) for one in ("", "Full name", "Signature", "Date"))]
    for who, role in (("ect", "ECT"), ("tutor", "Induction tutor"), ("head", "Headteacher")):
        name, day = f.signed(who)
        rows.append((cell(role), cell(p(name)), cell(""), cell(p(day))))
    s.add(T((0.2, 0.35, 0.25, 0.2), tuple(rows)))
    return s


def quick_register(t: Random, c: Random) -> Sketch:
    """A registration of one page: label and value in lines with underlined answers, tutor and mentor at the end."""
    f = Form("quick_register", t, c, "registration", {
        "ect_name": ("Teacher to be registered", "ECT to register"), "ect_former_name": ("Name at birth if different", "Earlier surname (if any)"), "trn": ("Teacher reference number", "TRN"), "date_of_birth": ("Date of birth", "Birthday (dd/mm/yyyy)"), "qts_date": ("QTS obtained on", "Date QTS was obtained"), "ect_email": ("Best email for the ECT", "ECT’s contact email"), "school_name": ("Registering school", "School registering the ECT"), "school_dfe_number": ("DfE number", "School’s DfE number"), "induction_start": ("Induction to start on", "Intended induction start"), "fte": ("FTE", "Part-time? State FTE"), "induction_tutor_name": ("Who will be the induction tutor?", "Induction tutor will be"), "induction_tutor_email": ("Induction tutor’s contact email", "Their email"), "mentor_name": ("Who will be the mentor?", "Mentor will be"),
    })  # fmt: skip
    f._roles = False
    f._words["induction_tutor_email"] = "Induction tutor’s contact email"
    s = f.sketch
    s.add(p(f.words("Register a new ECT", "Quick registration: early career teacher", "ECT registration"), heading=1))
    for key in (
        "ect_name",
        "ect_former_name",
        "trn",
        "date_of_birth",
        "qts_date",
        "ect_email",
        "school_name",
        "school_dfe_number",
        "induction_start",
        "fte",
        "induction_tutor_name",
        "induction_tutor_email",
        "mentor_name",
    ):
        s.add(p(Run(f.label(key, colon=not f.label(key).endswith("?")) + " ", bold=f.bold_labels), f.answer(key)))
    return s


def meeting_record(t: Random, c: Random) -> Sketch:
    """A review kept as a record of a meeting, with names in a list and texts under underlined heads."""
    f = Form("meeting_record", t, c, "progress_review", {
        "ect_name": ("ECT present", "Early career teacher"), "induction_tutor_name": ("Induction tutor present", "Induction tutor"), "mentor_name": ("Mentor present", "Mentor"), "school_name": ("School", "Setting"), "trn": ("TRN", "Teacher reference no."), "term_number": ("Term of induction", "Induction term (1–6)"), "days_absent": ("Days absent so far this period", "Days absent since last review meeting"), "strengths": ("Strengths discussed", "Discussion of strengths"), "areas_for_development": ("Areas for improvement discussed", "Discussion of areas for development"), "targets": ("Targets agreed at the meeting", "Targets agreed"), "ect_comments": ("What the ECT said", "ECT’s comments at the meeting"),
    })  # fmt: skip
    f._roles = False
    s = f.sketch
    s.add(p(f.words("Progress review meeting record", "Record of ECT progress review meeting"), heading=1))
    s.add(
        T(
            (0.2, 0.3, 0.2, 0.3),
            (
                left(f, "ect_name", "induction_tutor_name"),
                left(f, "mentor_name", "school_name"),
                left(f, "trn", "term_number"),
                left(f, "days_absent", span=3),
            ),
        )
    )
    for key in ("strengths", "areas_for_development", "targets", "ect_comments"):
        s.add(p(Run(f.label(key, colon=False), bold=True, underlined=True)), *f.text(key))
    yes = c.random() < 0.85
    s.truth["on_track"] = None if f.blank else yes
    s.add(
        p(f.words("Outcome of the meeting – is the ECT on track? ", "Is the ECT on track? "), f.noted("Yes" if yes else "No"))
    )
    for who, role in (("ect", "ECT"), ("tutor", "Induction tutor")):
        name, day = f.signed(who)
        s.add(p(f"{role}: ", name, Gap(300.0), "Date: ", day))
    return s


def three_options(t: Random, c: Random) -> Sketch:
    """A first formal assessment with labels over boxes in two columns and the outcome in a line of radio buttons."""
    f = Form("three_options", t, c, "formal_assessment", {
        "ect_name": ("Name of early career teacher", "Teacher’s name"), "trn": ("TRN", "Teacher reference"), "school_name": ("Name of school", "School/academy"), "appropriate_body": ("Name of appropriate body", "Appropriate body"), "period_start": ("First day of assessment period", "Start of year 1"), "period_end": ("Last day of assessment period", "End of year 1"), "days_absent": ("Number of absences (days)", "Days absent"), "terms_completed": ("Terms completed", "FTE terms completed so far"), "strengths": ("Achievements", "Where the ECT excels"), "areas_for_development": ("Where the ECT needs to improve", "Areas for growth"), "ect_comments": ("Comments by the ECT", "ECT reply"),
    })  # fmt: skip
    f._words["period_start"], f._words["period_end"] = "First day of assessment period", "Last day of assessment period"
    s = f.sketch
    s.truth["assessment_point"] = "first"
    s.add(p(f.words("First formal assessment (end of year one)", "Formal assessment 1"), heading=1))
    pairs = (
        ("ect_name", "trn"),
        ("school_name", "appropriate_body"),
        ("period_start", "period_end"),
        ("days_absent", "terms_completed"),
    )
    s.add(T((0.5, 0.5), tuple((under(f, one), under(f, two)) for one, two in pairs), least=34))
    pieces: list[Tick | Run | Gap] = []
    for text, one in f.outcome((("satisfactory", "Satisfactory"), ("unsatisfactory", "Not satisfactory"))):
        pieces += [Tick(one), Run(f" {text}"), Gap()]
    s.add(p(f.words("Performance against the Teachers’ Standards:", "Overall performance:"), Gap(), *pieces[:-1]))
    for key in ("strengths", "areas_for_development", "ect_comments"):
        s.add(T((1.0,), ((cell(p(f.label(key, colon=False), bold=True), shaded=True),), (cell(*f.text(key)),))))
    for who, role in (("head", "Headteacher"), ("tutor", "Induction tutor"), ("ect", "ECT")):
        name, day = f.signed(who)
        s.add(p(f"{role} – printed name: ", name, Gap(), "date: ", day))
    return s


def goodbye_form(t: Random, c: Random) -> Sketch:
    """A leaver's notice in a table with two pairs a row and a reason to tick."""
    f = Form("goodbye_form", t, c, "leaver_notice", {
        "ect_name": ("Departing ECT", "Who is leaving?"), "trn": ("TRN", "Teacher reference number"), "school_name": ("From (school)", "School they leave"), "leaving_date": ("Date of departure", "When do they leave?"), "next_school": ("To (school)", "School they go to"), "terms_completed": ("Terms completed with you", "Number of terms completed"), "days_absent": ("Absence since last assessment", "Days absent since last report"), "headteacher_name": ("Headteacher", "Name of headteacher"),
    })  # fmt: skip
    f._roles = False
    s = f.sketch
    s.add(p(f.words("An ECT is leaving us", "Leavers form (ECT)", "ECT departure form"), heading=1))
    s.add(
        T(
            (0.22, 0.28, 0.22, 0.28),
            (
                left(f, "ect_name", "trn"),
                left(f, "school_name", "leaving_date"),
                left(f, "next_school", "terms_completed"),
                left(f, "days_absent", "headteacher_name"),
            ),
        )
    )
    reason = c.randrange(2)
    s.add(
        p("Reason: ", Tick(reason == 0 and not f.blank), " New post", Gap(), Tick(reason == 1 and not f.blank), " Career break")
    )
    return s


def details_update(t: Random, c: Random) -> Sketch:
    """A change of details by section, old value in the first answer column."""
    keys = ("fte", "induction_tutor_name", "mentor_name", "ect_last_name")
    f = Form("details_update", t, c, "change_of_details", {
        "ect_name": ("ECT concerned", "Teacher"), "trn": ("TRN", "Teacher reference number"), "school_name": ("School", "Name of school"), "fte": ("FTE", "Contracted FTE"), "induction_tutor_name": ("Induction tutor", "Tutor"), "mentor_name": ("Mentor", "ECT’s mentor"), "ect_last_name": ("Surname", "Family name"),
    })  # fmt: skip
    f._roles = False
    s = f.sketch
    s.add(
        p(f.words("Update to ECT details", "Change of details (ECT)", "Notification of a change"), heading=1),
        p("Tell us within ten working days."),
    )
    s.add(T((0.3, 0.7), tuple(left(f, key) for key in ("ect_name", "trn", "school_name"))))
    old = Form("details_update", t, Random(c.random()), "change_of_details", {key: (key,) for key in keys})
    old.blank, old._roles = f.blank, False
    heads = ("What", f.words("Old", "Before", "Previous entry"), f.words("New", "After", "Corrected entry"))
    rows: list[tuple[Cell, ...]] = [tuple(cell(one, bold=True, shaded=True) for one in heads)]
    rows += [
        (cell(f.label(key, colon=False)), cell(p(old.answer(key, blank=0.2))), cell(p(f.answer(key, blank=0.4))))
        for key in keys
    ]
    s.add(T((0.3, 0.35, 0.35), tuple(rows)))
    return s


def class_visit(t: Random, c: Random) -> Sketch:
    """An observation with a line of particulars and three boxes."""
    f = Form("class_visit", t, c, "lesson_observation", {
        "ect_name": ("Teacher visited", "ECT"), "mentor_name": ("Visit by", "Observer"), "school_name": ("School", "Academy"), "strengths": ("Good practice seen", "What was effective?"), "areas_for_development": ("Suggestions for improvement", "What could be even better?"), "ect_comments": ("ECT’s reflections after the visit", "Teacher’s response"),
    })  # fmt: skip
    f._roles = False
    s = f.sketch
    s.add(p(f.words("ECT lesson observation notes", "Record of classroom observation (ECT)"), heading=1))
    for key in ("ect_name", "mentor_name", "school_name"):
        s.add(p(Run(f.label(key, colon=True) + " "), f.answer(key, blank=0)))
    s.add(p("Lesson and date: ", f.noted(f"Year 3 science, {f.day(f.facts.end)}")))
    for key in ("strengths", "areas_for_development", "ect_comments"):
        s.add(T((1.0,), ((cell(p(f.label(key, colon=False), bold=True), *f.text(key)),),), least=50))
    return s
