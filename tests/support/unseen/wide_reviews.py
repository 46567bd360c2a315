"""Progress reviews and observations in designs of trusts, hubs and Welsh bodies: covers, two languages, guidance columns, boxed digits."""

from __future__ import annotations

from random import Random

from tests.support.papers_model import Block, Cell, Gap, Line, NewPage, Run, Sketch, T, Tick, a, cell, p
from tests.support.papers_words import STANDARDS
from tests.support.unseen.form import Form, left, mark


def trust_cover(t: Random, c: Random) -> Sketch:
    """A trust's cover page with the particulars, then a rating of each standard by colour, then texts."""
    f = Form("trust_cover", t, c, "progress_review", {
        "ect_name": ("Early Career Teacher", "Colleague", "ECT (first name and surname)", "Prepared for"), "school_name": ("Academy", "Base academy", "Academy / setting", "School within the Trust"), "trn": ("Teacher number", "QTS / teacher reference number", "DfE teacher number (TRN)", "TRN (7 digits)"),
        "induction_tutor_name": ("Induction tutor", "Induction lead", "Completed by (induction tutor)", "Tutor leading the review"), "mentor_name": ("Mentor", "Subject mentor", "Coach / mentor", "ECT mentor"), "term_number": ("Induction term", "Term of induction (1, 2, 4 or 5)", "Term no."), "days_absent": ("Days of absence this term", "Absence to report (days)", "Days absent since last review"),
        "strengths": ("What is the colleague doing well?", "Celebrations", "Strengths noted by the trust"), "areas_for_development": ("Even better if…", "What would make practice even better?", "Areas to strengthen"), "targets": ("Priorities for the coming term", "Actions agreed", "Agreed priorities"), "ect_comments": ("Colleague’s voice", "In the ECT’s own words", "Reply from the ECT"),
    })  # fmt: skip
    f._roles = False
    s = f.sketch
    s.header, s.footer = "Brightwater Learning Trust", "Confidential when completed · version 4 · Page 1"
    s.add(
        p("BRIGHTWATER LEARNING TRUST", heading=1),
        p("Growing great teachers, together"),
        p(
            f.words("Early Career Progress Review", "Progress Review – Early Career Teachers", "ECT termly progress review"),
            heading=1,
        ),
    )
    keys = ("ect_name", "school_name", "trn", "induction_tutor_name", "mentor_name", "term_number", "days_absent")
    s.add(T((0.42, 0.58), tuple(left(f, key) for key in keys), least=26))
    s.add(
        p("This document is the property of the Trust. Share it only with those named above and with the appropriate body."),
        NewPage(),
    )
    s.add(
        p("Where is practice now?", heading=2),
        p("R = well below what is expected, A = nearly there, G = secure. Place a cross in one column."),
    )
    rows: list[tuple[Cell, ...]] = [tuple(cell(one, bold=True, shaded=True) for one in ("Standard", "R", "A", "G"))]
    for number, text in enumerate(STANDARDS, start=1):
        at = c.choices(range(3), [1, 3, 6])[0]
        rows.append((cell(f"{number}. {text}"), *(cell(p(f.noted("X" if at == place else ""))) for place in range(3))))
    s.add(T((0.76, 0.08, 0.08, 0.08), tuple(rows)))
    yes = c.random() < 0.85
    words = f.words(
        "On balance, is the colleague on track?",
        "Overall: on track to meet the standards by the end of induction?",
        "Is the ECT on track at this point?",
    )
    s.add(p(words, Gap(), *f.yes_no("on_track", yes, t.choice(["before", "behind", "strike"]))))
    for key in ("strengths", "areas_for_development", "targets", "ect_comments"):
        s.add(T((1.0,), ((cell(p(f.label(key, colon=False), bold=True), shaded=True),), (cell(*f.text(key)),))))
    return s


def two_languages(t: Random, c: Random) -> Sketch:
    """Every label in Welsh and English, parted by a slash or a line."""
    f = Form("two_languages", t, c, "progress_review", {
        "ect_name": ("Enw llawn yr athro / Full name of teacher", "Enw’r ANG / Name of ECT", "Enw / Name"), "trn": ("Cyfeirnod athro / Teacher reference number", "Rhif cyfeirnod yr athro / TRN"), "date_of_birth": ("Dyddiad geni / Date of birth",), "school_name": ("Ysgol / School", "Enw’r ysgol / Name of school"),
        "induction_tutor_name": ("Tiwtor sefydlu / Induction tutor", "Enw’r tiwtor sefydlu / Name of induction tutor"), "headteacher_name": ("Pennaeth / Headteacher", "Enw’r pennaeth / Name of headteacher"), "period_start": ("Dyddiad dechrau’r cyfnod / Period start date", "O / From"), "period_end": ("Dyddiad gorffen y cyfnod / Period end date", "Hyd / To"),
        "days_absent": ("Diwrnodau o absenoldeb / Days absent", "Nifer y diwrnodau absennol / Number of days absent"), "strengths": ("Cryfderau / Strengths",), "areas_for_development": ("Meysydd i’w datblygu / Areas for development",), "targets": ("Targedau / Targets", "Camau nesaf / Next steps"), "ect_comments": ("Sylwadau’r athro / Teacher’s comments", "Sylwadau’r ANG / ECT’s comments"),
    })  # fmt: skip
    f._roles = False
    s = f.sketch
    s.add(p("Adolygiad o gynnydd", heading=1), p(f.words("Progress review", "Record of progress review (ECT)"), heading=1))
    s.add(p("Llenwch bob rhan o’r ffurflen hon. / Please complete every part of this form."))
    pairs = (
        ("ect_name", "trn"),
        ("date_of_birth", "school_name"),
        ("induction_tutor_name", "headteacher_name"),
        ("period_start", "period_end"),
    )
    if t.random() < 0.5:
        rows: list[tuple[Cell, ...]] = [left(f, *pair) for pair in pairs]
        s.add(T((0.26, 0.24, 0.26, 0.24), (*rows, left(f, "days_absent", span=3))))
    else:
        s.add(T((0.5, 0.5), tuple(left(f, key) for pair in (*pairs, ("days_absent",)) for key in pair)))
    yes = c.random() < 0.85
    s.truth["on_track"] = yes
    s.add(p(f.words("A yw’r athro ar y trywydd iawn? / Is the teacher on track?", "Ar y trywydd iawn / On track"), bold=True))
    s.add(
        p(*mark(yes and not f.blank, "glyph"), " Ydy / Yes"),
        p(*mark(not yes and not f.blank, "glyph"), " Nac ydy / No"),
    )
    for key in ("strengths", "areas_for_development", "targets", "ect_comments"):
        s.add(p(f.label(key, colon=False), bold=True), T((1.0,), ((cell(*f.text(key)),),), least=36))
    for who, role in (("ect", "Athro / ECT"), ("tutor", "Tiwtor / Tutor"), ("head", "Pennaeth / Headteacher")):
        name, day = f.signed(who)
        s.add(p(f"{role}: ", name, Gap(300.0), "Dyddiad / Date: ", day))
    return s


def numbered_questions(t: Random, c: Random) -> Sketch:
    """Every label is a numbered question, the answer on the next line or in a box."""
    f = Form("numbered_questions", t, c, "progress_review", {
        "ect_name": ("Who is this review about?", "What is the name of the early career teacher?", "Which teacher are you reporting on?"), "trn": ("What is their teacher reference number?", "What is the teacher’s TRN?"), "school_name": ("Which school do they teach at?", "At which school are they serving induction?", "Where does the ECT work?"),
        "induction_tutor_name": ("Who is their induction tutor?", "Who carried out this review (induction tutor)?"), "mentor_name": ("Who is their mentor?", "Who has mentored the ECT this term?"), "period_start": ("When did this review period start?", "On what date did the period begin?"), "period_end": ("When did this review period end?", "On what date did the period finish?"),
        "days_absent": ("How many days has the ECT missed in this period?", "How many days were they absent?"), "fte": ("If they are part-time, what is their FTE?", "What proportion of full time do they work?"), "evidence": ("What evidence have you drawn on?", "What did you base this review on?"), "targets": ("What are their targets for the next period?", "What should they work on next?"),
        "support_plan": ("If they are not on track, what support will they receive?", "What extra support is planned?"), "ect_comments": ("What would the ECT like to add?", "Does the ECT have any comments?"),
    })  # fmt: skip
    f._roles = False
    s = f.sketch
    s.add(
        p(
            f.words(
                "ECT progress review: questions for the induction tutor",
                "Induction progress review",
                "Your ECT’s progress review",
            ),
            heading=1,
        )
    )
    s.add(p("Answer every question. It takes about 15 minutes. Questions 10 to 13 can be answered in bullet points."))
    short = (
        "ect_name",
        "trn",
        "school_name",
        "induction_tutor_name",
        "mentor_name",
        "period_start",
        "period_end",
        "days_absent",
        "fte",
    )
    style = t.choice(["{n}. ", "Q{n} ", "{n}) ", "Question {n}: "])
    boxes = t.random() < 0.5
    for number, key in enumerate(short, start=1):
        label = style.format(n=number) + f.label(key)
        if boxes:
            s.add(p(label, after=1), T((0.7,), ((cell(p(f.answer(key))),),), least=20))
        else:
            s.add(p(Run(label, bold=True), after=1), p(f.answer(key), after=6))
    yes = c.random() < 0.85
    s.add(
        p(
            Run(
                style.format(n=10)
                + f.words("Is the ECT on track to complete induction?", "Do you judge the ECT to be on track?"),
                bold=True,
            )
        )
    )
    s.truth["on_track"] = yes
    s.add(
        *f.lines(
            [("Yes, on track", yes and not f.blank), ("No, not on track", not yes and not f.blank)],
            t.choice(["glyph", "radio"]),
        )
    )
    for number, key in enumerate(("evidence", "targets", "support_plan", "ect_comments"), start=11):
        s.add(p(Run(style.format(n=number) + f.label(key), bold=True)), T((1.0,), ((cell(*f.text(key)),),), least=40))
    return s


def guidance_right(t: Random, c: Random) -> Sketch:
    """Three columns: what is asked, the answer, and how to fill it in."""
    f = Form("guidance_right", t, c, "progress_review", {
        "ect_name": ("Name", "ECT", "Teacher’s name"), "trn": ("TRN", "Teacher Reference Number"), "date_of_birth": ("Date of birth", "DoB"), "school_name": ("Employing school", "School / setting"), "appropriate_body": ("AB", "Appropriate body", "Hub"), "period_start": ("Period start", "Start of period"),
        "period_end": ("Period end", "End of period"), "days_absent": ("Absence", "Days absent"), "terms_completed": ("Terms served", "Induction served to date (terms)"), "evidence": ("Evidence", "Summary of evidence"), "targets": ("Targets", "Development targets"), "ect_comments": ("ECT comment", "ECT’s comments"),
    })  # fmt: skip
    f._roles = False
    notes = {
        "ect_name": "As shown on the teacher’s QTS certificate.", "trn": "Seven digits. Ask the ECT if you are unsure.", "date_of_birth": "Use DD/MM/YYYY.", "school_name": "The school that pays the ECT, not the trust.", "appropriate_body": "The body named when the ECT was registered.", "period_start": "The day after the last review.",
        "period_end": "Usually the last day of term.", "days_absent": "In days and half days, excluding statutory leave.", "terms_completed": "A part-timer on 0.5 serves half a term in each term.", "evidence": "Refer to the Teachers’ Standards. Two or three sentences are enough.", "targets": "No more than three.", "ect_comments": "To be written by the ECT, not the tutor.",
    }  # fmt: skip
    s = f.sketch
    s.landscape = t.random() < 0.5
    s.add(
        p(
            f.words("Progress review form", "ECT progress review form 2024-25", "Progress review: terms 1, 2, 4 and 5"),
            heading=1,
        )
    )
    first = t.random() < 0.3
    heads = ("Guidance", "Item", "Your answer") if first else ("Item", "Your answer", "Guidance")
    rows: list[tuple[Cell, ...]] = [tuple(cell(one, bold=True, shaded=True) for one in heads)]
    yes = c.random() < 0.85

    def row(label: Cell, answer: Cell, note: str) -> tuple[Cell, ...]:
        return (cell(note), label, answer) if first else (label, answer, cell(note))

    rows += [
        row(cell(f.label(key, colon=False), bold=True), cell(p(f.answer(key))), notes[key])
        for key in (
            "ect_name",
            "trn",
            "date_of_birth",
            "school_name",
            "appropriate_body",
            "period_start",
            "period_end",
            "days_absent",
            "terms_completed",
        )
    ]
    question = cell(f.words("On track?", "Is the ECT on track?", "Progress on track (Yes/No)"), bold=True)
    rows.append(
        row(
            question,
            cell(p(*f.yes_no("on_track", yes, t.choice(["before", "behind", "highlight"])))),
            "If No, attach the support plan.",
        )
    )
    rows += [
        row(cell(f.label(key, colon=False), bold=True), cell(*f.text(key)), notes[key])
        for key in ("evidence", "targets", "ect_comments")
    ]
    s.add(T((0.28, 0.22, 0.5) if first else (0.22, 0.5, 0.28), tuple(rows)))
    return s


def digit_boxes(t: Random, c: Random) -> Sketch:
    """A form with one box for each digit of the number and of the dates."""
    f = Form("digit_boxes", t, c, "progress_review", {
        "ect_name": ("Full name (block capitals)", "Name of ECT (please print)", "ECT: full name"), "school_name": ("School or college", "School (in full)"), "headteacher_name": ("Head", "Name of head teacher / principal"), "induction_tutor_name": ("Tutor", "Name of induction tutor"), "days_absent": ("Days absent (to nearest half day)", "No. of days absence"),
        "strengths": ("Main strengths", "Strengths shown"), "areas_for_development": ("Main areas to develop", "To be developed"), "ect_comments": ("ECT’s remarks", "Remarks by the ECT"),
    })  # fmt: skip
    f._roles = False
    s = f.sketch
    s.add(p(f.words("ECT PROGRESS REVIEW", "Review of progress (induction)"), heading=1), p("Write one figure in each box."))

    def digits(label: str, key: str, value: str, shown: str, *parts: int) -> Block:
        empty = f.blank or f.c.random() < 0.05
        f.sketch.truth[key] = None if empty else value
        cells = [cell(label)]
        for number, figure in enumerate(shown):
            if number and number in parts:
                cells.append(cell("/"))
            cells.append(cell(p(a("" if empty else figure))))
        return T((0.4, *[0.055] * (len(cells) - 1)), (tuple(cells),), least=20)

    s.add(T((0.35, 0.65), (left(f, "ect_name"), left(f, "school_name"))))
    s.add(digits(f.words("TRN", "Teacher reference number"), "trn", f.facts.trn, f.facts.trn))
    for key, label, day in (
        ("date_of_birth", f.words("Date of birth", "DOB (DDMMYYYY)"), f.facts.born),
        ("period_start", f.words("Review period from", "Start of review period"), f.facts.start),
        ("period_end", f.words("Review period to", "End of review period"), f.facts.end),
    ):
        s.add(digits(label, key, day.isoformat(), f"{day:%d%m%Y}", *((2, 4) if t.random() < 0.5 else ())))
    s.add(T((0.35, 0.65), (left(f, "induction_tutor_name"), left(f, "headteacher_name"), left(f, "days_absent"))))
    yes = c.random() < 0.85
    s.truth["on_track"] = yes
    s.add(
        T(
            (0.7, 0.1, 0.05, 0.1, 0.05),
            (
                (
                    cell(f.words("On track to complete induction", "Is progress on track?")),
                    cell("Yes"),
                    cell(p(f.noted("X" if yes else ""))),
                    cell("No"),
                    cell(p(f.noted("" if yes else "X"))),
                ),
            ),
        )
    )
    for key in ("strengths", "areas_for_development", "ect_comments"):
        s.add(T((1.0,), ((cell(p(f.label(key, colon=False), bold=True), *f.text(key)),),), least=50))
    return s


def landscape_record(t: Random, c: Random) -> Sketch:
    """A landscape record: six heads over one row, texts side by side under their heads."""
    f = Form("landscape_record", t, c, "progress_review", {
        "ect_name": ("ECT name", "Name of early career teacher"), "trn": ("TRN", "Teacher ref number"), "school_name": ("School name", "School"), "induction_tutor_name": ("Induction tutor name", "Induction tutor"), "mentor_name": ("Mentor name", "Mentor"), "term_number": ("Term (1/2/4/5)", "Which term?"), "period_start": ("Review period start", "Dates from"),
        "period_end": ("Review period end", "Dates to"), "days_absent": ("Days absence", "Days absent this term"), "fte": ("Contract (FTE)", "FTE contract"), "strengths": ("Going well", "Strengths evident this term"), "areas_for_development": ("Developing", "Areas that need further development"), "targets": ("Next steps", "Targets with dates"), "ect_comments": ("Comments made by the ECT", "ECT’s views"),
    })  # fmt: skip
    f._roles = False
    s = f.sketch
    s.landscape = True
    s.add(
        p(
            f.words("PROGRESS REVIEW RECORD", "Progress review (landscape form)", "Termly review of an ECT’s progress"),
            heading=1,
        )
    )
    for keys in (
        ("ect_name", "trn", "school_name", "induction_tutor_name", "mentor_name"),
        ("term_number", "period_start", "period_end", "days_absent", "fte"),
    ):
        heads = tuple(cell(f.label(key, colon=False), bold=True, shaded=True) for key in keys)
        s.add(T((0.22, 0.14, 0.24, 0.2, 0.2), (heads, tuple(cell(p(f.answer(key))) for key in keys)), least=24))
    yes = c.random() < 0.85
    s.add(
        p(
            f.words("Is the ECT on track?", "On track to meet the Teachers’ Standards?"),
            " ",
            *f.yes_no("on_track", yes, t.choice(["strike", "highlight", "bold", "before"])),
        )
    )
    boxes = ("strengths", "areas_for_development", "targets")
    s.add(
        T(
            (0.34, 0.33, 0.33),
            (
                tuple(cell(f.label(key, colon=False), bold=True, shaded=True) for key in boxes),
                tuple(cell(*f.text(key, paragraphs=2)) for key in boxes),
            ),
            least=60,
        )
    )
    s.add(T((1.0,), ((cell(p(f.label("ect_comments", colon=True), bold=True), *f.text("ect_comments")),),), least=40))
    rows: list[tuple[Cell, ...]] = []
    for who, role in (("ect", "ECT"), ("tutor", "Induction tutor")):
        name, day = f.signed(who)
        rows.append((cell(f"{role} name"), cell(p(name)), cell("Signature"), cell(""), cell("Date"), cell(p(day))))
    s.add(T((0.15, 0.25, 0.12, 0.2, 0.08, 0.2), tuple(rows)))
    return s


def lesson_grid(t: Random, c: Random) -> Sketch:
    """An observation: a box of particulars, standards to tick, notes, and what was agreed."""
    f = Form("lesson_grid", t, c, "lesson_observation", {
        "ect_name": ("Teacher", "ECT being observed", "Name of ECT"), "mentor_name": ("Observer", "Observed by (name)", "Name of observer"), "school_name": ("School", "Academy"), "strengths": ("What went well (WWW)", "Strengths of the lesson", "Positives"), "areas_for_development": ("Even better if (EBI)", "Areas for development", "To improve"),
        "targets": ("Agreed actions", "Targets agreed", "Action steps"), "ect_comments": ("Teacher’s comments", "ECT’s reflections"),
    })  # fmt: skip
    f._roles = False
    s = f.sketch
    s.add(
        p(
            f.words("Lesson observation record – ECT", "Lesson observation form", "Observation record: early career teacher"),
            heading=1,
        )
    )
    s.add(
        T(
            (0.18, 0.32, 0.18, 0.32),
            (
                left(f, "ect_name", "mentor_name"),
                (
                    *left(f, "school_name"),
                    cell("Date and period", shaded=True),
                    cell(p(f.noted(f"{f.day(f.facts.start)}, P3"))),
                ),
                (
                    cell("Class", shaded=True),
                    cell(p(f.noted("8X2"))),
                    cell("Number of pupils", shaded=True),
                    cell(p(f.noted("27"))),
                ),
            ),
        )
    )
    s.add(p("Focus of the observation (tick all that apply):"))
    s.add(
        p(*(piece for number in range(1, 9) for piece in (Tick(c.random() < 0.3 and not f.blank), Run(f" TS{number}"), Gap())))
    )
    for key in ("strengths", "areas_for_development", "targets", "ect_comments"):
        s.add(T((0.3, 0.7), ((cell(f.label(key, colon=False), bold=True, shaded=True), cell(*f.text(key))),), least=44))
    s.add(p("Observer signature: ", Line(90), Gap(), "ECT signature: ", Line(90)))
    return s
