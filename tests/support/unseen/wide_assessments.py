"""Formal and interim assessments as councils, hubs and alliances set them: grids of terms, NQT wordings, five signatories, options across."""

from __future__ import annotations

from random import Random

from tests.support.papers_model import Cell, Gap, Line, P, Run, Sketch, T, Tick, cell, p
from tests.support.papers_words import STANDARDS
from tests.support.unseen.form import Form, left, mark, under

_SIGNS = (("ect", "ECT"), ("tutor", "Induction tutor"), ("head", "Headteacher"))


def term_columns(t: Random, c: Random) -> Sketch:
    """Particulars of each assessment in a column of its own; the title says which one is reported."""
    f = Form("term_columns", t, c, "formal_assessment", {
        "ect_name": ("ECT’s name", "Name of the ECT", "Full name of ECT"), "trn": ("TRN", "Teacher Reference No", "ECT’s TRN"), "school_name": ("School", "Name of school"), "appropriate_body": ("Appropriate body", "AB"), "period_start": ("Start date", "Period from", "Start of period"), "period_end": ("End date", "Period to", "End of period"),
        "days_absent": ("Days absent", "Absences (days)", "Number of days absent"), "fte": ("FTE", "Contract (FTE)"), "terms_completed": ("Terms completed (FTE)", "Number of terms completed"), "strengths": ("Strengths", "Summary of strengths"), "targets": ("Targets", "Targets for the future"), "ect_comments": ("ECT comments", "Comments of the ECT"),
    })  # fmt: skip
    s = f.sketch
    point = c.choice(["first", "final"])
    s.truth["assessment_point"] = point
    titles = {
        "first": ("First formal assessment report", "Formal assessment – first (end of term 3)"),
        "final": ("Final formal assessment report", "Formal assessment – final (end of term 6)"),
    }
    s.add(p(titles[point][f.t.randrange(2)], heading=1))
    s.add(T((0.2, 0.3, 0.2, 0.3), (left(f, "ect_name", "trn"), left(f, "school_name", "appropriate_body"))))
    heads = (
        f.words("", "Details", "Assessment period"),
        f.words("First assessment", "Assessment 1", "1st"),
        f.words("Final assessment", "Assessment 2", "2nd / final"),
    )
    rows: list[tuple[Cell, ...]] = [tuple(cell(one, bold=True, shaded=True) for one in heads)]
    earlier = f.facts.start.replace(year=f.facts.year - 1)
    old = {
        "period_start": f.day(earlier),
        "period_end": f.day(earlier.replace(month=12, day=15)),
        "days_absent": "3",
        "fte": "1.0",
        "terms_completed": "3",
    }
    for key in ("period_start", "period_end", "days_absent", "fte", "terms_completed"):
        now, other = cell(p(f.answer(key))), cell(p(f.noted(old[key] if point == "final" else "")))
        rows.append((cell(f.label(key, colon=False)), *((now, other) if point == "first" else (other, now))))
    s.add(T((0.4, 0.3, 0.3), tuple(rows)))
    options = (
        ("satisfactory", "The ECT is making satisfactory progress against the Teachers’ Standards"),
        ("unsatisfactory", "The ECT is not making satisfactory progress against the Teachers’ Standards"),
    )
    s.add(
        p(f.words("Judgement", "Outcome", "Headteacher’s recommendation"), bold=True),
        *f.lines(f.outcome(options), t.choice(["glyph", "bracket", "radio"])),
    )
    for key in ("strengths", "targets", "ect_comments"):
        s.add(p(f.label(key, colon=False), bold=True), T((1.0,), ((cell(*f.text(key)),),), least=40))
    for who, role in _SIGNS:
        name, day = f.signed(who)
        s.add(p(f"{role} (print name): ", name, Gap(), "Date: ", day))
    return s


def old_nqt(t: Random, c: Random) -> Sketch:
    """An NQT form of about 2010 with its long labels, a page of instructions before them."""
    f = Form("old_nqt", t, c, "formal_assessment", {
        "ect_name": ("Full name of NQT", "Full name"), "ect_former_name": ("Former name(s) (where applicable)", "Former name"), "date_of_birth": ("Date of birth", "NQT’s date of birth"), "trn": ("DCSF reference number", "GTC/DfES teacher reference number", "Teacher’s DfE reference"), "national_insurance_number": ("National Insurance number", "NI Number"),
        "school_name": ("Name of institution (e.g. school, college)", "Name of educational establishment"), "school_dfe_number": ("DCSF institution number", "DfE establishment number (LA no./school no.)"), "period_start": ("Date of the beginning of this assessment period", "This assessment period began on"), "period_end": ("Date of the end of this assessment period", "This assessment period ended on"),
        "terms_completed": ("Number of terms completed (usually one term or two terms – see paragraph 2.18)", "Number of terms completed"), "days_absent": ("Number of days absent during this assessment period", "Days of absence in this period (see paragraph 3.6)"), "strengths": ("Strengths", "The NQT’s strengths"), "areas_for_development": ("Areas requiring further development", "Areas for concern or further development"), "evidence": ("Evidence used to inform the judgements", "Evidence"), "ect_comments": ("Comments by the NQT", "NQT’s comments"),
    })  # fmt: skip
    s = f.sketch
    point = c.choice(["first", "second"])
    s.truth["assessment_point"] = point
    s.add(
        p(f.words("Induction for newly qualified teachers", "Newly Qualified Teachers: induction assessment form"), heading=1)
    )
    s.add(
        p(
            "This form should be completed by the headteacher and sent to the appropriate body within 10 working days of the relevant assessment meeting. Where tick boxes appear, please insert ‘X’. Full guidance on the completion of this form is given in the statutory guidance (chapters 2 and 3)."
        )
    )
    s.add(
        p("Please note that:", bold=True),
        p("• the NQT should keep the original;"),
        p("• a copy must be kept for six years;"),
        p("• the date of birth and reference number must agree with those held by the General Teaching Council."),
    )
    s.add(p(f.words("This is the assessment at the:", "Assessment period (X one):"), bold=True))
    rows = [
        (cell(p(*mark(one == point and not f.blank, "typed"))), cell(f"end of the {one} assessment period"))
        for one in ("first", "second")
    ]
    s.add(T((0.07, 0.93), tuple(rows)))
    s.add(
        T((0.5, 0.5), ((under(f, "ect_name"), under(f, "ect_former_name")),), least=34),
        T((0.34, 0.33, 0.33), ((under(f, "date_of_birth"), under(f, "trn"), under(f, "national_insurance_number")),), least=34),
        T(
            (0.5, 0.5),
            (
                (under(f, "school_name"), under(f, "school_dfe_number")),
                (under(f, "period_start"), under(f, "period_end")),
                (under(f, "terms_completed"), under(f, "days_absent")),
            ),
            least=34,
        ),
    )
    s.add(T((0.5, 0.5), ((cell(f.words("Does the NQT work:", "The NQT works")), cell(p(*f.pattern("before")))),)))
    s.add(p("Recommendation", heading=2), p("The above named teacher’s progress indicates that he/she:"))
    options = (
        (
            "satisfactory",
            "is making satisfactory progress against the Core Standards for the satisfactory completion of the induction period",
        ),
        (
            "unsatisfactory",
            "is not making satisfactory progress against the Core Standards for the satisfactory completion of the induction period",
        ),
    )
    s.add(T((0.07, 0.93), tuple((cell(p(*mark(one, "typed"))), cell(text)) for text, one in f.outcome(options))))
    for key in ("strengths", "areas_for_development", "evidence", "ect_comments"):
        s.add(T((1.0,), ((cell(p(f.label(key, colon=False), bold=True), *f.text(key)),),), least=60))
    for who, role in (("head", "Headteacher"), ("ect", "NQT"), ("tutor", "Induction tutor (if different from headteacher)")):
        name, day = f.signed(who)
        s.add(p(f"Signed: {role} ", Line(110)), p("Full name (CAPITALS): ", name, Gap(), "Date: ", day))
    return s


def five_signatories(t: Random, c: Random) -> Sketch:
    """A hub's formal assessment with a sign-off table of five people and a privacy notice."""
    f = Form("five_signatories", t, c, "formal_assessment", {
        "ect_name": ("ECT full name", "Participant’s full name"), "trn": ("Teacher reference number (TRN)", "TRN number"), "date_of_birth": ("ECT DOB", "Date of birth"), "school_name": ("School/organisation", "Organisation name"), "school_urn": ("School URN", "Organisation URN"), "induction_tutor_name": ("Induction tutor", "IT name"), "mentor_name": ("Mentor", "ECT’s mentor"),
        "headteacher_name": ("Headteacher / principal", "Head of organisation"), "period_start": ("Assessment window opens", "Assessment period: first day"), "period_end": ("Assessment window closes", "Assessment period: last day"), "days_absent": ("Total days absent in the period", "Absence (in days)"), "days_served": ("Days served in the period", "School days in the period"),
        "evidence": ("Summary of evidence against the standards", "Evidence summary"), "areas_for_development": ("Development priorities", "Priorities for development"), "ect_comments": ("ECT statement", "Participant’s comments"),
    })  # fmt: skip
    f._roles = False
    s = f.sketch
    point = c.choice(["first", "final"])
    s.add(
        p(
            f.words("Formal Assessment Form", "ECT Formal Assessment", "Assessment report against the Teachers’ Standards"),
            heading=1,
        ),
        p("Estuary Teaching School Hub – appropriate body service"),
    )
    options: list[tuple[str, str | bool]] = [
        ("Formal assessment 1 (end of year 1)", "first"),
        ("Formal assessment 2 (end of induction)", "final"),
    ]
    s.add(
        p("Tick which assessment this is:"),
        *f.lines(f.chosen("assessment_point", options, point), t.choice(["glyph", "bracket"])),
    )
    s.add(p(f.words("Section A: About the ECT", "Part 1 – who this is about"), heading=2))
    s.add(
        T(
            (0.36, 0.64),
            tuple(
                left(f, key)
                for key in (
                    "ect_name",
                    "trn",
                    "date_of_birth",
                    "school_name",
                    "school_urn",
                    "headteacher_name",
                    "induction_tutor_name",
                    "mentor_name",
                )
            ),
        )
    )
    s.add(p(f.words("Section B: About the period", "Part 2 – the period"), heading=2))
    s.add(T((0.3, 0.2, 0.3, 0.2), (left(f, "period_start", "period_end"), left(f, "days_served", "days_absent"))))
    s.add(p(f.words("Section C: Assessment", "Part 3 – assessment"), heading=2))
    three = (
        ("satisfactory", "Met: the ECT’s performance against the standards is satisfactory"),
        ("unsatisfactory", "Not met: the ECT’s performance against the standards is not satisfactory"),
    )
    s.add(T((0.08, 0.92), tuple((cell(p(*mark(one, "glyph"))), cell(text)) for text, one in f.outcome(three))))
    for key in ("evidence", "areas_for_development", "ect_comments"):
        s.add(T((1.0,), ((cell(p(f.label(key, colon=False), bold=True), shaded=True),), (cell(*f.text(key)),))))
    rows: list[tuple[Cell, ...]] = [tuple(cell(one, shaded=True) for one in ("Role", "Name", "Signature", "Date"))]
    for who, role in (
        ("ect", "ECT"),
        ("", "Mentor"),
        ("tutor", "Induction tutor"),
        ("head", "Headteacher"),
        ("", "Chair of governors (if required)"),
    ):
        name, day = f.signed(who) if who else (f.noted(f.facts.mentor.name if role == "Mentor" else ""), f.noted(""))
        rows.append((cell(role), cell(p(name)), cell(""), cell(p(day))))
    s.add(
        p(f.words("Section D: Sign-off", "Part 4 – signatures"), heading=2), T((0.28, 0.3, 0.24, 0.18), tuple(rows), least=24)
    )
    s.add(
        p(
            "Data protection: the hub holds the teacher’s name, date of birth and TRN to carry out its statutory duties under the Education Act 2002 and shares them with the DfE. Contact dpo@estuary.example."
        )
    )
    return s


def options_across(t: Random, c: Random) -> Sketch:
    """A final assessment: outcomes side by side with a cross below, labels under the lines on which one writes."""
    f = Form("options_across", t, c, "formal_assessment", {
        "ect_name": ("(full name of teacher)", "(name of the ECT)", "(teacher’s name)"), "trn": ("(TRN)", "(teacher reference number)"), "school_name": ("(school)", "(name of school)"), "period_start": ("(first day of period)", "(date period started)"), "period_end": ("(last day of period)", "(date period ended)"), "days_absent_total": ("(total days absent)", "(days absent in the whole of induction)"),
        "strengths": ("Reasons for the recommendation: strengths", "Strengths"), "areas_for_development": ("Reasons for the recommendation: areas still to develop", "Areas for further development"), "ect_comments": ("The ECT’s comments on this report", "Comments (ECT)"),
    })  # fmt: skip
    f._colon = False
    s = f.sketch
    s.truth["assessment_point"] = "final"
    s.add(p(f.words("Final assessment and recommendation", "Completion of induction: final assessment form"), heading=1))
    for keys in (("ect_name", "trn"), ("school_name",), ("period_start", "period_end"), ("days_absent_total",)):
        widths = (0.6, 0.4) if len(keys) == 2 else (1.0,)
        s.add(
            T(
                widths,
                (tuple(cell(p(f.answer(key))) for key in keys), tuple(cell(p(f.label(key))) for key in keys)),
                ruled=t.random() < 2,
            )
        )
    heads = f.outcome(
        (
            ("satisfactory", "Satisfactory: induction complete"),
            ("unsatisfactory", "Not satisfactory"),
            ("extension", "Extension recommended"),
        )
    )
    s.add(p(f.words("Recommendation (put a cross under one)", "I recommend (X below)"), bold=True))
    s.add(
        T(
            (0.34, 0.33, 0.33),
            (tuple(cell(text, shaded=True) for text, _ in heads), tuple(cell(p(*mark(one, "typed"))) for _, one in heads)),
            least=20,
        )
    )
    for key in ("strengths", "areas_for_development", "ect_comments"):
        s.add(p(f.label(key), bold=True), T((1.0,), ((cell(*f.text(key)),),), least=50))
    columns = [f.signed(who) for who, _ in _SIGNS]
    rows = (
        tuple(cell(role, bold=True) for _, role in _SIGNS),
        tuple(cell(p("Name: ", name)) for name, _ in columns),
        tuple(cell("Signature:") for _ in columns),
        tuple(cell(p("Date: ", day)) for _, day in columns),
    )
    s.add(T((0.34, 0.33, 0.33), rows, least=22))
    return s


def each_standard(t: Random, c: Random) -> Sketch:
    """Comment on each standard beside it, with boxes for met and not yet met, in a landscape table."""
    f = Form("each_standard", t, c, "formal_assessment", {
        "ect_name": ("Early career teacher", "ECT", "Name of ECT"), "trn": ("Teacher reference number", "TRN"), "school_name": ("School", "Setting"), "period_start": ("Assessment period start", "From"), "period_end": ("Assessment period end", "To"), "days_absent": ("Days absent in period", "Days absent"), "targets": ("Targets arising from this assessment", "Next steps"), "ect_comments": ("ECT’s comments", "ECT response"),
    })  # fmt: skip
    s = f.sketch
    s.landscape = t.random() < 0.6
    point = c.choice(["first", "final"])
    s.truth["assessment_point"] = point
    s.add(
        p(
            {"first": "Formal assessment: first", "final": "Formal assessment: final"}[point]
            + f.words("", " – by standard", " (ECT)"),
            heading=1,
        )
    )
    s.add(
        T(
            (0.16, 0.34, 0.2, 0.3),
            (left(f, "ect_name", "trn"), left(f, "school_name", "days_absent"), left(f, "period_start", "period_end")),
        )
    )
    heads = ("Standard", f.words("Comment", "Evidence and commentary", "Strengths and areas to develop"), "Met", "Not yet")
    rows: list[tuple[Cell, ...]] = [tuple(cell(one, bold=True, shaded=True) for one in heads)]
    style = t.choice(["{n}. {t}", "TS{n} {t}", "Standard {n}: {t}"])
    names = [style.format(n=n, t=text) for n, text in enumerate(STANDARDS, start=1)] + [
        f.words("Part Two: personal and professional conduct", "Part 2 Personal and professional conduct")
    ]
    keys = [*(f"standard_{n}" for n in range(1, 9)), "standard_part_two"]
    for key, title in zip(keys, names, strict=True):
        met = c.random() < 0.85
        rows.append(
            (
                cell(title),
                cell(*f.text(key, paragraphs=1)),
                cell(p(Tick(met and not f.blank))),
                cell(p(Tick(not met and not f.blank))),
            )
        )
    s.add(T((0.3, 0.52, 0.09, 0.09), tuple(rows)))
    two = (
        ("satisfactory", "On the evidence above, performance is satisfactory"),
        ("unsatisfactory", "On the evidence above, performance is not satisfactory"),
    )
    s.add(p("Overall", bold=True), *f.lines(f.outcome(two), t.choice(["glyph", "radio"])))
    for key in ("targets", "ect_comments"):
        s.add(T((0.25, 0.75), ((cell(f.label(key, colon=False), shaded=True), cell(*f.text(key))),)))
    for who, role in _SIGNS:
        signature, day = f.signed(who)
        s.add(p(f"{role}: ", signature, Gap(280.0), "Date: ", day))
    return s


def leaving_interim(t: Random, c: Random) -> Sketch:
    """An interim assessment: label and value parted by semicolons and tabs, a reason to tick, one long text."""
    f = Form("leaving_interim", t, c, "interim_assessment", {
        "ect_name": ("Teacher’s name", "ECT’s full name"), "trn": ("TRN", "Teacher reference"), "date_of_birth": ("Date of birth", "DOB"), "school_name": ("Name of current school", "School"), "headteacher_name": ("Name of Headteacher", "Headteacher"), "leaving_date": ("Date of leaving this school", "Last day of employment here"), "next_school": ("Name of receiving school (if known)", "Going to"),
        "induction_start": ("Date induction began at this school", "Induction started"), "days_absent": ("Days absent since the last assessment", "Absence since last assessment (days)"), "terms_completed": ("Induction completed since last assessment (FTE terms)", "Terms completed"), "evidence": ("Progress and performance since the last assessment", "Evidence of progress"), "areas_for_development": ("Matters for the next school to take up", "Areas for development"), "ect_comments": ("ECT’s comments", "Comments of the departing ECT"),
    })  # fmt: skip
    f._roles = False
    s = f.sketch
    s.truth["assessment_point"] = "interim"
    s.add(
        p(f.words("Interim assessment", "ECT interim assessment report", "Interim assessment on leaving a post"), heading=1),
        p("Use this form if an ECT leaves before the next formal assessment and has served at least one term."),
    )
    wide = t.random() < 0.5
    for one, two in (
        ("ect_name", "trn"),
        ("date_of_birth", "induction_start"),
        ("school_name", "headteacher_name"),
        ("leaving_date", "next_school"),
        ("days_absent", "terms_completed"),
    ):
        if wide:
            s.add(
                p(Run(f.label(one, colon=True) + " ", bold=True), f.answer(one)),
                p(Run(f.label(two, colon=True) + " ", bold=True), f.answer(two)),
            )
        else:
            s.add(T((0.25, 0.25, 0.25, 0.25), (left(f, one, two, shaded=False),), ruled=False))
    reason = c.randrange(3)
    s.add(
        p("Reason for interim assessment (tick):"),
        p(
            *(
                piece
                for number, words in enumerate(("Leaving the school", "Long-term absence", "Change of appropriate body"))
                for piece in (Tick(number == reason and not f.blank), Run(f" {words}"), Gap())
            )
        ),
    )
    options = (
        ("satisfactory", "Yes, performance was satisfactory"),
        ("unsatisfactory", "No, performance was not satisfactory"),
    )
    s.add(
        p(
            f.words(
                "Was performance satisfactory up to the date of leaving?", "Headteacher’s judgement of performance to date"
            ),
            bold=True,
        ),
        *f.lines(f.outcome(options), t.choice(["glyph", "bracket", "radio"])),
    )
    for key in ("evidence", "areas_for_development", "ect_comments"):
        s.add(p(f.label(key, colon=False), heading=2), *f.text(key, paragraphs=3))
    s.add(*_names(f))
    return s


def _names(f: Form) -> list[P]:
    made = []
    for who, role in (("head", "Headteacher"), ("ect", "Early career teacher")):
        name, day = f.signed(who)
        made.append(p(f"{role} ", Line(100), " Name ", name, Gap(), "Date ", day))
    return made
