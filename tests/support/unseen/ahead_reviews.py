"""Progress reviews and an observation as a hub, a council, a trust and a school hand them out."""

from __future__ import annotations

from random import Random

from tests.support.papers_model import Cell, Gap, Line, Run, Sketch, T, Tick, a, cell, p
from tests.support.unseen.ahead_words import Draft
from tests.support.unseen.form import left

_SHORT = (
    "High expectations", "Pupil progress", "Subject knowledge", "Planning", "Adaptive teaching", "Assessment", "Behaviour", "Professional responsibilities",
)  # fmt: skip


def partnership_review(t: Random, c: Random) -> Sketch:
    """A review in two columns of particulars, numbered questions, three rows for targets, and a plan only where things go wrong."""
    f = Draft("partnership_review", t, c, "progress_review", {
        "ect_name": ("Name of early career teacher (ECT)", "ECT name", "Full name of ECT"), "trn": ("Teacher reference number (TRN)", "ECT TRN", "TRN"), "date_of_birth": ("ECT date of birth", "Date of birth (DD/MM/YY)"), "school_name": ("School or academy", "Name of school/academy", "School"), "induction_tutor_name": ("Induction tutor: name and role", "Induction tutor", "Name and role of induction tutor"), "mentor_name": ("Mentor: name and role", "ECT mentor", "Name and role of mentor"), "headteacher_name": ("Headteacher/principal", "Name of headteacher/principal", "Head of school"),
        "period_start": ("Review period: from", "Start of the period under review", "Progress review period start date"), "period_end": ("Review period: to", "End of the period under review", "Progress review period end date"), "days_absent": ("Days absent in the review period", "Number of days the ECT was absent", "Days absent in this period"), "fte": ("If part-time, the FTE", "FTE if part-time"),
        "evidence": ("Briefly give your reasons, with reference to the Teachers’ Standards", "Summary of evidence for your answer", "Please give brief reasons and refer to evidence"), "support_plan": ("If you answered No: what extra support is in place? (or attach the plan)", "Support plan – only if the ECT is not on track", "If the ECT is not on track, please describe the support plan"), "ect_comments": ("ECT’s reflection on the period", "Reflection by the ECT (including the support received)", "ECT comments"),
    })  # fmt: skip
    s = f.page(f.words("Marches Induction Partnership", "MARCHES INDUCTION PARTNERSHIP – appropriate body for 214 schools"), "Marches Induction Partnership, The Old Corn Exchange", f.words("Progress review (terms 1, 2, 4 and 5)", "ECT progress review record"))  # fmt: skip
    s.add(p("To be completed by the induction tutor after the review meeting and shared with the ECT, the mentor and the headteacher."))  # fmt: skip
    s.add(p(f.words("A. About the ECT", "Induction details"), heading=2))
    s.add(f.rows_of(("ect_name", "trn", "date_of_birth", "school_name", "headteacher_name", "induction_tutor_name", "mentor_name", "period_start", "period_end"), 0.4, shaded=t.random() < 0.6))  # fmt: skip
    term = f.facts.term if c.random() < 0.95 else None
    s.truth["term_number"] = None if f.blank else term
    full = f.facts.full_time
    s.truth["working_pattern"] = None if f.blank else "full_time" if full else "part_time"
    hours = f.either(None if f.blank else full, f.words("strike", "ring"), ("Full-time", "Part-time"))
    share = f.answer("fte", blank=1.0 if full else 0.0)
    terms = f.options([(one, one == term) for one in ("1", "2", "4", "5", "Other")], f.words("ring", "tick"))
    s.add(T((0.4, 0.6), ((cell(f.words("Term of induction", "Which term does this review close?")), cell(p(*terms))), (cell("Full-time or part-time?"), cell(p(*hours, Gap(), f"{f.label('fte', colon=True)} ", share))), left(f, "days_absent", shaded=False))))  # fmt: skip
    s.add(p(f.words("B. Progress", "Review"), heading=2))
    track = f.asked("on_track")
    s.add(p(f.words("1. Judging by progress so far, is the ECT on track to complete induction successfully?", "1. Is the ECT on track to meet the Teachers’ Standards by the end of induction?")))  # fmt: skip
    s.add(p(*f.either(track, f.words("tick", "behind"))))
    s.add(p(f"2. {f.label('evidence', colon=False)}"), T((1.0,), ((cell(*f.long("evidence")),),), least=50))
    s.add(p(f.words("3. Development targets agreed for the next period", "3. Agreed targets")), _targets(f))
    plan = f.long("support_plan", most=2) if track is False else f.untouched("support_plan")
    s.add(p(f"4. {f.label('support_plan', colon=False)}"), T((1.0,), ((cell(*plan),),), least=30))
    stays = f.asked("remaining_at_school", yes=0.93)
    s.add(p(f.words("5. Will the ECT be employed at this school next term?  ", "5. Will the ECT be remaining at the school for the next period?  "), *f.either(stays, "tick")))  # fmt: skip
    s.add(p(f"6. {f.label('ect_comments', colon=False)}"), T((1.0,), ((cell(*f.long("ect_comments")),),), least=40))
    s.add(f.signing((("ect", "ECT"), ("tutor", "Induction tutor")), ("", "Name", "Signature", "Date")))
    return s


def _targets(f: Draft) -> T:
    """Rows for up to three targets; the record takes them together."""
    some = f.c.sample(f.pools("targets")[1], f.c.randint(1, 3))
    made = [one.format(n=f.facts.ect.first, s=f.c.choice(f.subjects)) for one in some]
    f.sketch.truth["targets"] = None if f.blank else "\n".join(made)
    form = f.words("Target {n}", "{n}")
    texts = [*made, "", ""][:3]
    return T((0.16, 0.84), tuple((cell(form.format(n=n)), cell(p(f.noted(text)))) for n, text in enumerate(texts, 1)))


def county_termly(t: Random, c: Random) -> Sketch:
    """A council's termly return: pairs of particulars, a table of questions with Yes and No, where a leaver goes, four text boxes."""
    f = Draft("county_termly", t, c, "progress_review", {
        "ect_name": ("ECT’s name", "Name of teacher (ECT)", "Teacher"), "trn": ("Teacher Ref No", "TRN", "Teacher reference number (TRN)"), "school_name": ("School name", "School", "Name of school/college"), "school_dfe_number": ("School DfE No", "DfE number", "DfE establishment no."), "induction_tutor_name": ("Induction tutor’s name", "Induction Tutor/Co-ordinator", "Induction tutor"), "mentor_name": ("Mentor’s name", "Mentor (if different)", "Mentor"), "period_start": ("Term began", "Date term started", "Start of term"), "period_end": ("Term ended", "Date term ended", "End of term"), "fte": ("Contract (FTE)", "FTE"), "days_absent": ("Absence this term (days)", "Days absent: this term", "Number of days absent this term"), "days_absent_total": ("Absence since induction began (days)", "Days absent: since start of induction", "Total days absent to date"), "term_number": ("Induction term", "Term no. (1, 2, 4, 5)"),
        "leaving_date": ("If No, date of leaving", "Date of leaving (if applicable)"), "next_school": ("and name of next school", "School moving to (if applicable)"), "strengths": ("Strengths", "Strengths shown this term", "Particular strengths"), "areas_for_development": ("Areas for development", "Areas to develop next term", "Areas requiring development"), "targets": ("Targets for next term", "Objectives for next term (SMART)", "Agreed targets and support"), "ect_comments": ("Comments of the ECT", "ECT’s comments", "The ECT’s own comments"),
    })  # fmt: skip
    s = f.page(f.words("Cleaveshire County Council, Education Services", "Cleaveshire CC | Early Career Teachers"), f.words("Return to ect@cleaveshire.example by the last Friday of term. Form PR/2", "Form PR/2"), f.words("Early career teacher: termly progress review", "Termly progress return (ECT)"))  # fmt: skip
    pairs = (("ect_name", "trn"), ("school_name", "school_dfe_number"), ("induction_tutor_name", "mentor_name"), ("period_start", "period_end"), ("term_number", "fte"), ("days_absent", "days_absent_total"))  # fmt: skip
    s.add(T((0.22, 0.32, 0.22, 0.24), tuple(left(f, *pair) for pair in pairs)))
    mark = f.words("glyph", "X", "x")
    questions = (
        ("support_confirmed", f.words("Has the ECT had the reduced timetable and the programme of support to which they are entitled?", "The ECT has received all statutory entitlements this term"), 0.95),
        ("on_track", f.words("Is the ECT on track to complete induction successfully?", "The ECT is making the progress expected and is on track"), 0.88),
        ("remaining_at_school", f.words("Will the ECT still be at this school next term?", "The ECT will continue at this school next term"), 0.88),
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = [tuple(cell(one, bold=True, shaded=True) for one in (f.words("Please answer every question", ""), "Yes", "No"))]  # fmt: skip
    answers = {key: f.asked(key, yes=share) for key, _, share in questions}
    rows += [(cell(text), *f.columns(answers[key], mark)) for key, text, _ in questions]
    s.add(T((0.8, 0.1, 0.1), tuple(rows)))
    gone = answers["remaining_at_school"] is False
    away = [f.answer(key, blank=0.0 if gone else 1.0) for key in ("leaving_date", "next_school")]
    s.add(T((0.24, 0.2, 0.24, 0.32), ((cell(f.label("leaving_date")), cell(p(away[0])), cell(f.label("next_school")), cell(p(away[1]))),)))  # fmt: skip
    hint = f.words("(quote the Standards by number)", "")
    s.add(f.box("strengths", hint), f.box("areas_for_development", hint), f.box("targets"), f.box("ect_comments"))
    if t.random() < 0.5:
        s.add(f.sign_line("tutor", "Induction tutor"), f.sign_line("ect", "ECT"))
    else:
        s.add(f.signing((("tutor", "Induction tutor"), ("ect", "ECT"), ("head", "Headteacher (seen)")), ("Role", "Name", "Signed", "Date")))  # fmt: skip
    s.add(p("Data protection: the Council keeps this return for six years after induction ends.", after=0))
    return s


def coded_review(t: Random, c: Random) -> Sketch:
    """On its side: particulars in three cells a row, a code and a comment for each standard, red or green at the end."""
    f = Draft("coded_review", t, c, "progress_review", {
        "ect_name": ("ECT", "Name", "ECT name"), "trn": ("TRN", "Teacher ref.", "TRN no."), "term_number": ("Term", "Review after term"), "school_name": ("School", "Academy", "Setting"), "induction_tutor_name": ("Tutor", "Induction tutor", "Induction tutor’s name"), "mentor_name": ("Mentor", "ECT’s mentor"), "period_start": ("Period from", "Dates: start"), "period_end": ("Period to", "Dates: end"), "days_absent": ("Absent (days)", "Days missed"),
        "standard_part_two": ("Part 2: Conduct", "Part Two – professional conduct"), "targets": ("Three things to work on next", "Focus for next term", "Targets"), "ect_comments": ("ECT’s view", "ECT: do you agree? Please comment", "ECT comment"),
    })  # fmt: skip
    s = f.page(f.words("Fens Learning Trust – ECT handbook, appendix 4", "Fens Learning Trust"), "", f.words("ECT progress review by standard", "Progress review grid (ECT)"))  # fmt: skip
    s.landscape = t.random() < 0.7
    thirds = (("ect_name", "school_name", "trn"), ("induction_tutor_name", "mentor_name", "term_number"), ("period_start", "period_end", "days_absent"))  # fmt: skip
    s.add(T((0.36, 0.36, 0.28), tuple(tuple(f.inside(key) for key in keys) for keys in thirds)))
    codes, key_line = t.choice((("EDS", "Code: E = emerging, D = developing, S = secure"), ("123", "Enter a code for each standard: 1 (early days), 2 (as expected), 3 (ahead)")))  # fmt: skip
    s.add(p(key_line, after=2))
    heads = ("Standard", "Code", f.words("What we have seen", "Comment / evidence"))
    rows: list[tuple[Cell, ...]] = [tuple(cell(one, bold=True, shaded=True) for one in heads)]
    form = f.words("{n} {w}", "TS{n}: {w}", "S{n} – {w}")
    rows += [(cell(form.format(n=n, w=words)), cell(p(f.noted(c.choice(codes)))), cell(*f.text(f"standard_{n}", paragraphs=1, blank=0.12))) for n, words in enumerate(_SHORT, 1)]  # fmt: skip
    rows.append((cell(f.label("standard_part_two", colon=False)), cell(p(f.noted(c.choice(codes)))), cell(*f.text("standard_part_two", paragraphs=1))))  # fmt: skip
    s.add(T((0.26, 0.1, 0.64), tuple(rows)))
    s.add(T((0.5, 0.5), (tuple(cell(f.label(key, colon=False), bold=True, shaded=True) for key in ("targets", "ect_comments")), (cell(*f.long("targets", most=3)), cell(*f.long("ect_comments")))), least=24))  # fmt: skip
    track = f.asked("on_track")
    words = (f.words("GREEN – on track", "Green: on track"), f.words("RED – not on track, support plan needed", "Red: not on track"))  # fmt: skip
    head, look = t.choice((("Overall (tick one): ", "tick"), ("Overall rating: ", "behind")))
    s.add(p(Run(head, bold=True), *f.either(track, look, words)))
    tutor, ect = f.signed("tutor"), f.signed("ect")
    s.add(T((0.2, 0.3, 0.2, 0.3), ((cell("Tutor", shaded=True), cell(p(tutor[0])), cell("ECT", shaded=True), cell(p(ect[0]))), (cell("Date", shaded=True), cell(p(tutor[1])), cell("Date", shaded=True), cell(p(ect[1]))))))  # fmt: skip
    return s


def lesson_record(t: Random, c: Random) -> Sketch:
    """An observation: a grid about the lesson, standards in focus, notes by the clock, feedback in boxes, the teacher's signature."""
    f = Draft("lesson_record", t, c, "lesson_observation", {
        "ect_name": ("Name of ECT", "Teacher observed (ECT)", "ECT"), "trn": ("TRN", "Teacher ref. no."), "school_name": ("School", "Name of school"), "mentor_name": ("Name of observer", "Observer", "Observed by"), "induction_tutor_name": ("Induction tutor (for copy)", "Copy to induction tutor"), "evidence": ("Notes and evidence from the lesson", "What was seen (evidence)", "Observation notes"), "strengths": ("Strengths of the lesson", "Strengths", "What went well"), "areas_for_development": ("Areas for development", "Points to develop", "Next steps for development"), "targets": ("Agreed actions", "Actions to take forward", "Targets agreed at feedback"), "ect_comments": ("ECT’s comments on the observation and feedback", "ECT comments", "Response of the ECT"),
    })  # fmt: skip
    s = f.page(f.words("", "Marches Induction Partnership – optional template"), f.words("ECT to keep the original.", ""), f.words("ECT lesson observation record", "Lesson observation form: early career teacher"))  # fmt: skip
    day = f.day(f.facts.signing)
    grid = (
        ("Date and time", f"{day}, {c.choice(('9.15', '11.00', '13.30'))}", "Duration", c.choice(("30 min", "1 hour", "45 minutes"))),
        ("Class / year group", c.choice(("Year 4", "8C", "Reception", "10 set 2")), f.words("No. of pupils", "Number on roll / present"), c.choice(("28", "30 / 27", "24"))),
        ("Subject", c.choice(f.subjects), f.words("Other adults", "Support staff present"), c.choice(("1 TA", "None", ""))),
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = [left(f, "ect_name", "mentor_name"), left(f, "school_name", "trn")]
    rows += [tuple(cell(text, shaded=True) if place % 2 == 0 else cell(p(f.noted(text))) for place, text in enumerate(row)) for row in grid]  # fmt: skip
    s.add(T((0.2, 0.34, 0.2, 0.26), tuple(rows)))
    s.add(T((0.3, 0.7), (left(f, "induction_tutor_name"), (cell("Agreed focus", shaded=True), cell(p(f.noted(c.choice(("Questioning (TS2, TS6)", "Behaviour at the start of lessons", "TS5: adapting tasks")))))))))  # fmt: skip
    s.add(p(f.words("Standards for which evidence was seen: ", "Tick the Teachers’ Standards observed: "), *(piece for n in range(1, 9) for piece in (Tick(c.random() < 0.4 and not f.blank), Run(f" TS{n}"), Gap()))))  # fmt: skip
    beside = t.random() < 0.5
    for key in ("evidence", "strengths", "areas_for_development", "targets", "ect_comments"):
        if beside:
            s.add(T((0.28, 0.72), ((cell(f.label(key, colon=False), bold=True, shaded=True), cell(*f.long(key, most=3))),), least=44))  # fmt: skip
        else:
            s.add(f.box(key))
    done = c.random() < 0.9
    s.add(p("Feedback given on the same day: ", *f.options((("Yes", done), ("No", not done)), "tick")))
    name, day_signed = f.signed("ect")
    s.add(p("ECT signature ", Line(70), Gap(190.0), "Name: ", name, Gap(350.0), "Date: ", day_signed))
    s.add(p("Observer signature ", Line(70), Gap(350.0), "Date: ", a("")))
    return s
