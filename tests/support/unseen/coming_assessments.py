"""Formal and interim assessments as further offices lay them out: parts for each writer, columns for yes and no, little date boxes."""

from __future__ import annotations

from random import Random

from tests.support.papers_model import Cell, Gap, Line, P, Run, Sketch, T, Tick, a, cell, p
from tests.support.papers_words import STANDARDS
from tests.support.unseen.coming_words import Paper, marked
from tests.support.unseen.form import left

_WHO = (("head", "Headteacher"), ("tutor", "Induction tutor"), ("ect", "ECT"))


def writers_parts(t: Random, c: Random) -> Sketch:
    """Parts A to D, each saying who completes it, with a table of statements and columns for yes and no."""
    f = Paper("writers_parts", t, c, "formal_assessment", {
        "ect_name": ("Name of colleague", "Practitioner’s full name", "Name (as held by the TRA)"), "trn": ("Teacher reference (7 digits)", "DfE reference number (TRN)", "TRN"), "date_of_birth": ("Date of birth", "Practitioner’s DOB"),
        "school_name": ("Establishment", "Name of establishment", "School, college or setting"), "school_dfe_number": ("Establishment no.", "DfE establishment number", "LA and establishment number"), "induction_tutor_name": ("Name of induction tutor", "Induction tutor (please state)"),
        "period_start": ("Commencement of this assessment period", "Assessment period commenced", "Period commencing"), "period_end": ("Conclusion of this assessment period", "Assessment period concluded", "Period ending"), "days_absent": ("Absence during the period (in days)", "Total absences this period", "Days not worked through absence"), "fte": ("Contracted hours (as FTE)", "Contracted FTE", "FTE as per contract"),
        "strengths": ("Summary of strengths", "Please summarise the teacher’s strengths", "Particular strengths"), "areas_for_development": ("Aspects of practice to be developed", "Please outline the areas for further development", "Further development required"), "ect_comments": ("I wish to make the following comments", "Comments I would like to make on this report", "Colleague’s comments"),
    })  # fmt: skip
    s = f.sketch
    point = c.choice(["first", "final"])
    s.truth["assessment_point"] = point
    s.header = f.words("Mercia Appropriate Body, Mercia House, Tel 01632 960500", "ab@fiveboroughs.example | 01632 960447", "")
    s.footer = f.words("FA v4.2 – please do not alter the wording of this form", "Return by e-mail within ten working days", "")
    title = {"first": f.words("First formal assessment", "Formal Assessment One", "End of year 1 formal assessment"), "final": f.words("Final formal assessment", "Formal Assessment Two (final)", "End of year 2 final assessment")}  # fmt: skip
    s.add(p(title[point], heading=1))
    s.add(
        p(
            f.words("Part A – Details (to be completed by the school office)", "Part A: to be completed by the school"),
            heading=2,
        )
    )
    pairs = (("ect_name", "trn"), ("date_of_birth", "fte"), ("school_name", "school_dfe_number"), ("period_start", "period_end"), ("days_absent", "induction_tutor_name"))  # fmt: skip
    s.add(T((0.25, 0.27, 0.25, 0.23), tuple(left(f, *pair) for pair in pairs)))
    s.add(p(f.words("Part B – to be completed by the headteacher", "Part B: for the headteacher / principal"), heading=2))
    mechanic = t.choice(["glyph", "X", "x"])
    good = c.random() < 0.85
    s.truth["judgement"] = "satisfactory" if good else "unsatisfactory"
    statement = f.words("In my judgement the teacher’s performance against the Teachers’ Standards is satisfactory", "The ECT’s performance against the Teachers’ Standards to date is satisfactory")  # fmt: skip
    rows: list[tuple[Cell, ...]] = [
        tuple(cell(one, bold=True, shaded=True) for one in ("Please tick one box in each row", "Yes", "No"))
    ]
    rows.append((cell(statement), *f.pair(good, mechanic)))
    rows.append(f.columns("support_confirmed", f.words("A programme of support and monitoring has been provided throughout the period", "The ECT has received the statutory programme of monitoring and support"), mechanic=mechanic))  # fmt: skip
    rows.append((cell("A progress review was completed in each term without a formal assessment"), *f.pair(True, mechanic)))
    s.add(T((0.76, 0.12, 0.12), tuple(rows)))
    for key in ("strengths", "areas_for_development"):
        s.add(T((1.0,), ((cell(p(f.label(key, colon=False), bold=True)),), (cell(*f.long(key)),)), least=28))
    s.add(p(f.words("Part C – to be completed by the ECT", "Part C: for the teacher"), heading=2))
    s.add(p(Tick(not f.blank), " I have discussed this report with my headteacher and/or induction tutor."))
    s.add(T((1.0,), ((cell(p(f.label("ect_comments", colon=False), bold=True), *f.long("ect_comments", 1)),),), least=44))
    s.add(p("Part D – Declaration", heading=2), p("The information given is accurate to the best of our knowledge."))
    signing: list[tuple[Cell, ...]] = [
        tuple(cell(one, bold=True) for one in ("Role", "Signature", "Full name (block capitals)", "Date"))
    ]
    for who, role in _WHO:
        name, day = f.signed(who)
        signing.append((cell(role), cell(""), cell(p(name)), cell(p(day))))
    s.add(T((0.2, 0.25, 0.32, 0.23), tuple(signing)))
    s.add(T((0.34, 0.33, 0.33), ((cell("For office use only", bold=True, shaded=True, span=3),), (cell("Date received:"), cell("Logged by:"), cell("Panel date:")))))  # fmt: skip
    return s


def standards_grid(t: Random, c: Random) -> Sketch:
    """The eight standards are ticked in three columns; the judgement is a sentence with words to delete or ring."""
    f = Paper("standards_grid", t, c, "formal_assessment", {
        "ect_name": ("Early career teacher", "Teacher being assessed", "ECT (forename and surname)"), "trn": ("Ref. number (TRN)", "TRA number", "T.R.N."), "school_name": ("Workplace", "School at which employed", "Employing establishment"), "headteacher_name": ("Head / Principal", "Head of establishment"), "appropriate_body": ("Report to be sent to (AB)", "Appropriate body"),
        "period_start": ("Dates of assessment: from", "Start of the period under assessment"), "period_end": ("Dates of assessment: to", "End of the period under assessment"), "days_absent": ("Number of working days lost", "Absence (days)", "Days absent in period"), "days_absent_total": ("Cumulative absence since induction commenced", "Running total of absence"),
        "evidence": ("Commentary on the evidence base", "Evidence drawn upon", "Please list the evidence drawn on"), "targets": ("Development priorities", "Focus for the coming year", "Priorities for the next period"), "ect_comments": ("The ECT’s view", "Right of reply (ECT)", "Space for the ECT’s comments"),
    })  # fmt: skip
    s = f.sketch
    point = c.choice(["first", "final"])
    s.add(p(f.words("Assessment against the Teachers’ Standards", "ECT induction: formal assessment record", "Report on a formal assessment meeting"), heading=1))  # fmt: skip
    options = [
        (f.words("first formal assessment", "end of first year"), "first"),
        (f.words("final formal assessment", "end of induction"), "final"),
    ]
    pieces: list[Tick | Run | Gap] = []
    for text, one in f.chosen("assessment_point", options, point):
        pieces += [Tick(one), Run(f" {text}"), Gap()]
    s.add(p(f.words("This is the: ", "Type of assessment: ", "Please indicate: "), *pieces[:-1]))
    keys = (
        "ect_name",
        "trn",
        "school_name",
        "headteacher_name",
        "appropriate_body",
        "period_start",
        "period_end",
        "days_absent",
        "days_absent_total",
    )
    s.add(T((0.44, 0.56), tuple(left(f, key, shaded=False) for key in keys), ruled=t.random() < 0.6))
    heads = (
        "Teachers’ Standard",
        *f.words("Met|Partly met|Not met", "Secure|Developing|Concern", "Exceeding|Expected|Below").split("|"),
    )
    rows: list[tuple[Cell, ...]] = [tuple(cell(one, bold=True, shaded=True) for one in heads)]
    for number, text in enumerate(STANDARDS, start=1):
        place = c.choices(range(3), [6, 3, 1])[0]
        rows.append((cell(f"{number}. {text}"), *(marked(one == place and not f.blank, "glyph") for one in range(3))))
    s.add(T((0.64, 0.12, 0.12, 0.12), tuple(rows)))
    good = c.random() < 0.85
    s.truth["judgement"] = "satisfactory" if good else "unsatisfactory"
    look = t.choice(["struck", "ringed"])
    words = [Run(text, struck=look == "struck" and not one and not f.blank, ringed=look == "ringed" and one and not f.blank) for text, one in (("satisfactory", good), ("unsatisfactory", not good))]  # fmt: skip
    s.add(p(f.words("Overall, performance to date is judged to be ", "Taking everything into account, performance is "), words[0], " / ", words[1], f.words(" (delete as appropriate)", " (please indicate)")))  # fmt: skip
    for key in ("evidence", "targets", "ect_comments"):
        s.add(p(f.label(key, colon=False), bold=True), T((1.0,), ((cell(*f.long(key)),),), least=40))
    for who, role in _WHO:
        name, day = f.signed(who)
        s.add(p(f"{role}: ", Line(90), Gap(210.0), "Name ", name, Gap(400.0), "Date ", day))
    return s


def boxed_dates(t: Random, c: Random) -> Sketch:
    """An interim assessment in which each date stands in three little boxes."""
    f = Paper("boxed_dates", t, c, "interim_assessment", {
        "ect_name": ("Teacher", "ECT’s full name", "Name of departing teacher"), "trn": ("TRN", "Teacher ref"), "school_name": ("Current establishment", "School issuing this report", "School"), "next_school": ("Onward destination (if known)", "Moving to", "Future employer, if known"), "days_absent": ("Days absent since the last assessment", "Absences since last formal assessment"), "terms_completed": ("Terms to be credited", "Induction served at this school (terms)", "Amount of induction completed (in terms)"),
        "strengths": ("What the teacher does well", "Performance to date: strengths"), "areas_for_development": ("What the next school should know", "Performance to date: areas to work on"), "ect_comments": ("Teacher’s comments", "Comments of the departing teacher"),
    })  # fmt: skip
    s = f.sketch
    s.truth["assessment_point"] = "interim"
    s.add(p(f.words("Interim assessment (ECT leaving part-way through a period)", "Interim Assessment", "Interim report on an ECT changing schools"), heading=1))  # fmt: skip
    s.add(p("Use this form where an ECT leaves after completing one term or more since the last assessment."))
    s.add(T((0.38, 0.62), tuple(left(f, key) for key in ("ect_name", "trn", "school_name"))))
    days = {"date_of_birth": f.words("Date of birth", "Born on"), "period_start": f.words("Period began", "Period of report: start", "Start of period"), "period_end": f.words("Period ended", "Period of report: end", "End of period"), "leaving_date": f.words("Last day of employment", "Date employment ceases", "Leaves on")}  # fmt: skip
    rows: list[tuple[Cell, ...]] = [tuple(cell(one, bold=True, shaded=True) for one in ("", "Day", "Month", "Year"))]
    for key, label in days.items():
        f.answer(key, blank=0.05)
        value = str(s.truth[key] or "--")
        year, month, day = value.split("-")
        rows.append((cell(label), *(cell(p(a(one))) for one in (day, month, year))))
    s.add(T((0.4, 0.12, 0.12, 0.16), tuple(rows)))
    s.add(T((0.5, 0.5), tuple(left(f, key) for key in ("next_school", "days_absent", "terms_completed"))))
    good = f.words("performance to date has been satisfactory", "the teacher is on course to meet the Teachers’ Standards")
    poor = good.replace("has been", "has not been").replace("is on course", "is not on course")
    options = (("satisfactory", good), ("unsatisfactory", poor))
    s.add(p(f.words("In the period covered by this report (tick one):", "My judgement at the point of leaving:"), bold=True))
    s.add(
        T((0.08, 0.92), tuple((marked(one, "glyph"), cell(text)) for text, one in f.outcome(options)), ruled=t.random() < 0.5)
    )
    for key in ("strengths", "areas_for_development", "ect_comments"):
        s.add(T((0.28, 0.72), ((cell(p(f.label(key, colon=False), bold=True), shaded=True), cell(*f.long(key, 2))),), least=40))
    made = {who: f.signed(who) for who, _ in _WHO}
    lines = [
        (cell(f"Signed ({role})"), cell(""), cell("Name"), cell(p(made[who][0])), cell("Date"), cell(p(made[who][1])))
        for who, role in _WHO
    ]
    s.add(T((0.22, 0.16, 0.09, 0.24, 0.08, 0.21), tuple(lines)))
    return s


def strip_final(t: Random, c: Random) -> Sketch:
    """Landscape: strips of label cells over answer cells, the recommendation in three columns, texts side by side."""
    f = Paper("strip_final", t, c, "formal_assessment", {
        "ect_name": ("ECT", "Teacher (full name)"), "trn": ("TRN", "Reference"), "date_of_birth": ("Born", "D.o.B."), "school_name": ("School", "Academy / school"), "school_urn": ("URN", "School’s URN"), "induction_start": ("Induction commenced", "Start of induction"), "period_start": ("Year 2 began", "Final period: first day"), "period_end": ("Year 2 ended", "Final period: last day"), "days_absent_total": ("Absence, whole induction", "All absence (days)"), "days_absent": ("Absence, final period", "Absence this period (days)"),
        "strengths": ("Achievements and strengths", "Main achievements"), "areas_for_development": ("Continuing professional development needs", "Future development needs"), "ect_comments": ("Statement by the ECT", "ECT’s remarks"),
    })  # fmt: skip
    s = f.sketch
    s.landscape = True
    s.truth["assessment_point"] = "final"
    s.add(
        p(
            f.words(
                "Final assessment – headteacher’s recommendation", "Recommendation at the end of induction (final assessment)"
            ),
            heading=1,
        )
    )
    for keys in (("ect_name", "trn", "date_of_birth", "school_name", "school_urn"), ("induction_start", "period_start", "period_end", "days_absent", "days_absent_total")):  # fmt: skip
        s.add(T((0.24, 0.15, 0.17, 0.28, 0.16), (tuple(cell(f.label(key, colon=False), bold=True, shaded=True) for key in keys), tuple(cell(p(f.answer(key))) for key in keys))))  # fmt: skip
    options = (("satisfactory", f.words("Induction satisfactorily completed", "Standards met – induction complete")), ("extension", "Extension of induction requested"), ("unsatisfactory", f.words("Induction not satisfactorily completed", "Standards not met")))  # fmt: skip
    chosen = f.outcome(options)
    s.add(p(f.words("I recommend (please tick one)", "Recommendation to the appropriate body"), bold=True))
    s.add(T((0.33, 0.34, 0.33), (tuple(cell(text) for text, _ in chosen), tuple(marked(one, "glyph") for _, one in chosen))))
    texts = ("strengths", "areas_for_development", "ect_comments")
    s.add(T((0.36, 0.34, 0.3), (tuple(cell(p(f.label(key, colon=False), bold=True), shaded=True) for key in texts), tuple(cell(*f.long(key, 2)) for key in texts)), least=90))  # fmt: skip
    made = {who: f.signed(who) for who, _ in _WHO}
    lines: list[P] = [p(f"{role} ", made[who][0], Gap(330.0), f.words("Date ", "Dated "), made[who][1]) for who, role in _WHO]
    s.add(
        p(
            f.words(
                "Typed names are accepted in place of signatures.", "By typing my name I confirm that the above is correct."
            )
        ),
        *lines,
    )
    return s
