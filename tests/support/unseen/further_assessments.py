"""Formal and interim assessments as a university, a national body, a federation and a council might redesign the model form."""

from __future__ import annotations

from random import Random

from tests.support.papers_model import Cell, Gap, Line, Sketch, T, Tick, a, cell, p
from tests.support.unseen.form import left
from tests.support.unseen.further_words import Leaf

_WHO = (("tutor", "Induction tutor"), ("head", "Headteacher"), ("ect", "ECT"))


def university_report(t: Random, c: Random) -> Sketch:
    """Labels over answers in threes, a period in one cell, texts in a square of four, signatories across the page."""
    f = Leaf("university_report", t, c, "formal_assessment", {
        "ect_name": ("Early career teacher’s name", "Teacher’s first name and surname", "Name of the early career teacher"), "trn": ("TRN", "Teacher Reference Number (seven digits)"), "date_of_birth": ("Date of birth", "DOB"), "school_name": ("Partnership school", "School in which induction is served"), "induction_tutor_name": ("School-based induction tutor", "Induction tutor"), "mentor_name": ("ECT mentor", "School-based mentor"),
        "days_absent": ("Absence within these dates (days)", "Days absent within this reporting window"), "fte": ("Contract as FTE", "FTE (1.0 = full time)"),
        "strengths": ("Strengths observed", "Areas of secure practice"), "areas_for_development": ("Practice to develop further", "Areas not yet secure"), "evidence": ("Evidence informing this report", "Sources and evidence consulted"), "targets": ("Goals for the next phase", "Agreed goals"), "ect_comments": ("The ECT’s reflection on this report", "Reflective comment by the ECT"),
    })  # fmt: skip
    s = f.page(f.words("Woldshire University Partnership | School of Education", "Faculty of Education, University of Woldshire"), "Formal report – keep a copy for your records", f.words("Formal assessment report", "Report of formal assessment: early career teachers"))  # fmt: skip
    points = [(f.words("End of Year 1", "First formal assessment"), "first"), (f.words("End of Year 2 (final)", "Second formal assessment (final)"), "final")]  # fmt: skip
    look = f.words("tick", "ring")
    s.add(p(f.words("This report is for: ", "Stage of induction: "), *f.options(f.chosen("assessment_point", points, c.choice(["first", "final"])), look)))  # fmt: skip
    third = (0.36, 0.32, 0.32)
    s.add(T(third, f.over("ect_name", "trn", "date_of_birth")), T(third, f.over("school_name", "induction_tutor_name", "mentor_name")))  # fmt: skip
    f.answer("period_start", blank=0)
    f.answer("period_end", blank=0)
    dates = f.noted(f"{f.day(f.facts.start)} {f.words('to', '–')} {f.day(f.facts.end)}")
    heads, values = f.over("days_absent", "fte")
    window = cell(f.words("Reporting window (from – to)", "Dates covered by this report (from – to)"), bold=True, shaded=True)
    s.add(T(third, ((window, *heads), (cell(p(dates)), *values))))
    s.add(p(f.words("Judgement of performance against the Teachers’ Standards", "Judgement"), heading=2))
    outcome = f.outcome((("satisfactory", "satisfactory"), ("unsatisfactory", "not satisfactory")))
    look = f.words("ring", "strike", "behind")
    s.add(p(f.words("At this stage the ECT’s performance is: ", "We judge the performance of this teacher to be "), *f.options(outcome, look), {"ring": " (please circle)", "strike": " (delete one)"}.get(look, "")))  # fmt: skip
    for one, two in (("strengths", "areas_for_development"), ("evidence", "targets")):
        s.add(T((0.5, 0.5), (tuple(cell(f.label(key, colon=False), bold=True, shaded=True) for key in (one, two)), tuple(cell(*f.long(key, most=3)) for key in (one, two)))))  # fmt: skip
    s.add(p(f.label("ect_comments", colon=False), heading=2), T((1.0,), ((cell(*f.long("ect_comments")),),), least=40))
    made = [f.signed(who) for who, _ in _WHO]
    s.add(T((0.16, 0.28, 0.28, 0.28), (
        (cell("", shaded=True), *(cell(role, bold=True, shaded=True) for _, role in _WHO)),
        (cell("Name"), *(cell(p(name)) for name, _ in made)),
        (cell("Signature"), cell(""), cell(""), cell("")),
        (cell("Date"), *(cell(p(day)) for _, day in made)),
    )))  # fmt: skip
    return s


def national_recommendation(t: Random, c: Random) -> Sketch:
    """A table of item, response and office column; the recommendation is chosen from a list; the standards stand in pairs."""
    f = Leaf("national_recommendation", t, c, "formal_assessment", {
        "ect_name": ("ECT (name as on the national register)", "Full legal name of ECT"), "ect_former_name": ("Former surname (if any)", "Any former name"), "trn": ("TRN", "Teacher reference number (TRN)"), "national_insurance_number": ("NI number", "National Insurance number"), "school_name": ("Registered school", "Member school"), "school_urn": ("Unique reference number of school", "School URN"), "headteacher_name": ("Head / Principal", "Headteacher (name)"),
        "induction_start": ("Date on which induction started", "Induction began on"), "period_start": ("First day of the final period", "Final period started on"), "period_end": ("Last day of the final period", "Final period ended on"), "terms_completed": ("Terms of induction served (FTE, whole induction)", "Total number of FTE terms served"), "days_absent_total": ("Days of absence, whole induction", "Total days of absence since induction began"), "days_absent": ("Days of absence, final period only", "Days of absence in the final period"),
        "ect_comments": ("Statement by the ECT (optional)", "ECT’s right to comment"),
    })  # fmt: skip
    s = f.page("", f.words("NSIB form F2 | version 3.1", "Form F2, issued by the National Schools’ Induction Board"), f.words("Final assessment and recommendation", "Form F2: final assessment of an ECT"))  # fmt: skip
    s.truth["assessment_point"] = "final"
    s.add(p("All items must be answered. The right-hand column is for the Board’s own use."))
    keys = ("ect_name", "ect_former_name", "trn", "national_insurance_number", "school_name", "school_urn", "headteacher_name", "induction_start", "period_start", "period_end", "terms_completed", "days_absent_total", "days_absent")  # fmt: skip
    rows: list[tuple[Cell, ...]] = [tuple(cell(one, bold=True, shaded=True) for one in ("Item", "Response", f.words("Checked", "NSIB use")))]  # fmt: skip
    rows += [(cell(f.label(key, colon=False)), cell(p(f.answer(key))), cell("")) for key in keys]
    rows.append((cell(f.words("Contract", "Working pattern")), cell(p(*f.pattern(f.words("before", "strike"), ("Full-time", "Part-time")))), cell("")))  # fmt: skip
    value = c.choices(["satisfactory", "unsatisfactory", "extension"], [8, 1, 1])[0]
    s.truth["judgement"] = None if f.blank else value
    said = {"satisfactory": f.words("Standards met – induction satisfactorily completed", "Has met the Teachers’ Standards"), "unsatisfactory": f.words("Standards not met – induction not satisfactorily completed", "Has not met the Teachers’ Standards"), "extension": "Extension of induction"}  # fmt: skip
    rows.append((cell(f.words("Recommendation (choose from list)", "Head’s recommendation (drop-down)"), bold=True), cell(p(f.noted(said[value]))), cell("")))  # fmt: skip
    s.add(T((0.42, 0.44, 0.14), tuple(rows)))
    s.add(p(f.words("Evidence against each Teachers’ Standard", "Commentary by standard"), heading=2))
    short = ("High expectations", "Pupil progress", "Subject knowledge", "Planning and teaching", "Adaptive teaching", "Assessment", "Behaviour", "Wider responsibilities")  # fmt: skip
    form = f.words("S{n}. {w}", "Teachers’ Standard {n}: {w}", "TS{n} {w}")
    pairs = [tuple(cell(p(form.format(n=n, w=short[n - 1]), bold=True), *f.text(f"standard_{n}", paragraphs=1)) for n in (one, one + 1)) for one in (1, 3, 5, 7)]  # fmt: skip
    s.add(T((0.5, 0.5), tuple(pairs), least=40))
    s.add(T((1.0,), ((cell(p(f.words("Part Two: conduct", "Part 2 – personal and professional conduct"), bold=True), *f.text("standard_part_two", paragraphs=1)),), (cell(p(f.label("ect_comments", colon=False), bold=True), *f.long("ect_comments")),))))  # fmt: skip
    for who, role in (("head", "Headteacher"), ("ect", "ECT"), ("tutor", "Induction tutor")):
        name, day = f.signed(who)
        s.add(T((0.34, 0.42, 0.24), ((cell(p(f"{role} (sign)")), cell(p("Print name: ", name)), cell(p("Date: ", day))),)))
    return s


def year_columns(t: Random, c: Random) -> Sketch:
    """One form for both years: a column for each, of which only the year reported counts; crosses typed under the judgement's words."""
    f = Leaf("year_columns", t, c, "formal_assessment", {
        "ect_name": ("Name of ECT", "ECT"), "trn": ("DfE ref. (TRN)", "TRN"), "school_name": ("Federation school", "School within the federation"), "school_dfe_number": ("School no. (LA / DfE)", "DfE school no."), "induction_tutor_name": ("Induction tutor for this ECT", "Tutor"), "headteacher_name": ("Executive head / head of school", "Head of school"),
        "period_start": ("Year began on", "Date from"), "period_end": ("Year ended on", "Date to"), "days_absent": ("Days absent in the year", "Absence (days)"), "fte": ("FTE worked", "Contract (FTE)"),
        "strengths": ("What the ECT does well", "Positive features of the ECT’s teaching"), "areas_for_development": ("What the ECT should work on", "Areas to be worked on"), "targets": ("Targets agreed", "Targets set at the meeting"), "ect_comments": ("ECT’s statement", "In reply, the ECT wishes to say"),
    })  # fmt: skip
    s = f.page(f.words("The Minster Federation – Appropriate Body", "MINSTER FEDERATION OF SCHOOLS"), "", f.words("ECT formal assessment (years 1 and 2)", "Formal assessment record for ECTs"))  # fmt: skip
    point = c.choice(["first", "final"])
    points = [(f.words("Year 1 (first assessment)", "first assessment, Year 1"), "first"), (f.words("Year 2 (final assessment)", "final assessment, Year 2"), "final")]  # fmt: skip
    s.add(p(f.words("Assessment being reported now: ", "Which assessment is being submitted? "), *f.options(f.chosen("assessment_point", points, point), "tick")))  # fmt: skip
    s.add(T((0.2, 0.32, 0.2, 0.28), (left(f, "ect_name", "trn"), left(f, "school_name", "school_dfe_number"), left(f, "induction_tutor_name", "headteacher_name"))))  # fmt: skip
    earlier = {"period_start": f.day(f.facts.start.replace(year=f.facts.start.year - 1)), "period_end": f.day(f.facts.end.replace(year=f.facts.end.year - 1)), "days_absent": "3", "fte": "1.0"}  # fmt: skip
    rows: list[tuple[Cell, ...]] = [tuple(cell(one, bold=True, shaded=True) for one in ("", "Year 1", "Year 2"))]
    for key, before in earlier.items():
        now = cell(p(f.answer(key, blank=0)))
        first = (now, cell(p(a("")))) if point == "first" else (cell(p(f.noted(before))), now)
        rows.append((cell(f.label(key, colon=False)), *first))
    s.add(p(f.words("Induction served", "Dates, contract and absence"), bold=True), T((0.4, 0.3, 0.3), tuple(rows)))
    given = c.random() < 0.9
    s.truth["support_confirmed"] = None if f.blank else given
    s.add(p(f.words("The ECT has had a reduced timetable, a mentor and a programme of monitoring and support: ", "Was the full statutory entitlement (reduced timetable, mentor, support programme) provided? "), *f.options((("YES", given), ("NO", not given)), "strike")))  # fmt: skip
    options = (("satisfactory", f.words("Satisfactory", "Progress is satisfactory")), ("unsatisfactory", f.words("Unsatisfactory", "Progress is not satisfactory")))  # fmt: skip
    chosen = f.outcome(options)
    head = f.words("Judgement against the Teachers’ Standards (X in one box)", "Overall judgement – put a cross in one box")
    s.add(T((0.5, 0.5), ((cell(head, bold=True, shaded=True, span=2),), tuple(cell(text) for text, _ in chosen), tuple(f.cross(one) for _, one in chosen))))  # fmt: skip
    for key in ("strengths", "areas_for_development", "targets"):
        s.add(T((1.0,), ((cell(p(f.label(key, colon=True), bold=True), *f.long(key)),),), least=44))
    s.add(
        T((0.25, 0.75), ((cell(f.label("ect_comments", colon=False), shaded=True), cell(*f.long("ect_comments"))),), least=44)
    )
    made: list[tuple[Cell, ...]] = [
        tuple(cell(one, bold=True, shaded=True) for one in ("Signed on behalf of", "Name and date"))
    ]
    for who, role in (("ect", "ECT"), ("tutor", "Induction tutor"), ("head", "Head of school")):
        name, day = f.signed(who, blank=0)
        made.append((cell(role), cell(p("Name: ", name, Gap(), "Date: ", day))))
    s.add(T((0.35, 0.65), tuple(made)))
    return s


def council_interim(t: Random, c: Random) -> Sketch:
    """An interim report of a council: a pair of dates in one row, reasons to tick, a sentence with words to delete, text under headings."""
    f = Leaf("council_interim", t, c, "interim_assessment", {
        "ect_name": ("ECT to whom this report refers", "Teacher (surname and forenames as known at school)"), "trn": ("TRN", "Teacher ref. no. (TRN)"), "date_of_birth": ("Date of birth", "Date of birth (dd/mm/yyyy)"), "school_name": ("School reporting", "Reporting school"), "school_urn": ("URN", "School’s URN"), "period_start": ("from", "start"), "period_end": ("to", "finish"), "days_served": ("Days served between these dates", "School days served"), "days_absent": ("of which days absent", "Days absent between these dates"),
        "leaving_date": ("Employment ends", "Date of leaving the school"), "next_school": ("School to which the ECT is going", "Receiving school (if appointed)"),
        "evidence": ("Performance against the Teachers’ Standards: summary", "Summary of performance and evidence"), "areas_for_development": ("Matters for the next school to follow up", "Points for attention at the next school"), "ect_comments": ("Remarks of the ECT", "Remarks by the teacher"),
    })  # fmt: skip
    s = f.page(f.words("Holderness Council – Schools and Learning", "HOLDERNESS COUNCIL, Learning Services, Guildhall"), f.words("Please e-mail to induction@holderness.example before the ECT’s last day.", "HC/ECT/7"), f.words("Interim assessment of an ECT", "ECT interim report (leaving before the assessment is due)"))  # fmt: skip
    s.truth["assessment_point"] = "interim"
    s.add(T((0.36, 0.64), tuple(left(f, key) for key in ("ect_name", "trn", "date_of_birth", "school_name", "school_urn"))))
    wide = cell(f.words("Assessment period", "Period this report covers"), bold=True, shaded=True)
    s.add(T((0.28, 0.1, 0.26, 0.1, 0.26), ((wide, *left(f, "period_start", "period_end", shaded=False)),)))
    s.add(T((0.3, 0.2, 0.3, 0.2), (left(f, "days_served", "days_absent"), left(f, "leaving_date", "next_school"))))
    place = 0 if s.truth["next_school"] else c.randint(1, 2)
    s.add(p(f.words("Reason for this interim report", "Why is an interim report being made?"), bold=True))
    s.add(*(p(Tick(number == place and not f.blank), f" {text}") for number, text in enumerate(("the ECT is moving to another school", "the contract has come to an end", "the ECT is taking a break from teaching"))))  # fmt: skip
    good = c.random() < 0.85
    s.truth["judgement"] = "satisfactory" if good else "unsatisfactory"
    struck = t.choice(["is", "making"])
    pair = (("is", good), ("is not", not good)) if struck == "is" else (("has made", good), ("has not made", not good))
    s.add(p("On the evidence available, this ECT ", *f.options(pair, "strike"), " making satisfactory progress" if struck == "is" else " satisfactory progress", " against the Teachers’ Standards. (Delete as appropriate.)"))  # fmt: skip
    for key in ("evidence", "areas_for_development", "ect_comments"):
        s.add(p(f.label(key, colon=False), heading=2), *f.long(key))
    for who, role in _WHO:
        name, day = f.signed(who)
        s.add(p(f"{role} – name ", name, Gap(225.0), "signature ", Line(60), Gap(350.0), "date ", day))
    return s
