"""The held-out half of the unseen layouts: assessments."""

from __future__ import annotations

from random import Random

from tests.support.papers_model import Cell, Gap, Line, Piece, Run, Sketch, T, Tick, cell, p
from tests.support.papers_words import STANDARDS
from tests.support.unseen.form import Form, left, mark, under

_MET = (
    (
        "satisfactory",
        "The above-named teacher has performed satisfactorily against the Teachers’ Standards for the completion of induction",
    ),
    (
        "unsatisfactory",
        "The above-named teacher has not performed satisfactorily against the Teachers’ Standards for the completion of induction",
    ),
    ("extension", "The above-named teacher should have the induction period extended"),
)
_MAKING = (
    ("satisfactory", "is making satisfactory progress against the Teachers’ Standards"),
    ("unsatisfactory", "is not making satisfactory progress against the Teachers’ Standards"),
)


def letterhead(t: Random, c: Random) -> Sketch:
    """An NQT's final report with the outcome first; name and number again in the header of each page."""
    f = Form("letterhead", t, c, "formal_assessment", {
        "ect_name": ("Full name of NQT", "Name in full"), "ect_former_name": ("Former name(s), where applicable", "Previous name(s)"), "date_of_birth": ("Date of birth", "Date of birth of NQT"), "trn": ("DfE/teacher reference number", "Teacher reference number"),
        "national_insurance_number": ("National insurance number", "NI number"), "school_name": ("Name of institution (e.g. school or college)", "Institution"), "school_dfe_number": ("DfE institution number", "DfE number of institution"),
        "appropriate_body": ("Appropriate body receiving this report", "Report sent to (appropriate body)"), "period_start": ("Date of start of final assessment period", "Start of final period"), "period_end": ("Date of end of final assessment period", "End of final period"),
        "terms_completed": ("Number of terms completed", "Terms completed in this period"), "days_absent_total": ("Days of absence during the entire induction period", "Total absence during induction (days)"),
        "strengths": ("Strengths", "Strengths of the teacher"), "areas_for_development": ("Areas requiring further development", "Further development needed"), "evidence": ("Evidence used", "Evidence used to inform the judgement"), "ect_comments": ("Comments by the NQT", "NQT’s comments"),
    })  # fmt: skip
    s = f.sketch
    s.truth["assessment_point"] = "final"
    if not f.blank:
        s.header = f"{f.facts.ect.name}  TRN: {f.facts.trn}"
    s.add(
        p(f.facts.body),
        p("Learning and Skills, County Hall, Long Road"),
        p(
            f.words(
                "NQT induction: final assessment", "Induction of newly qualified teachers: final assessment and recommendation"
            ),
            heading=1,
        ),
    )
    s.add(
        p("• Where tick boxes appear please insert “X”."),
        p("• Send a copy within 10 working days of the end of the period."),
        p("Recommendation:", bold=True),
    )
    s.add(T((0.07, 0.93), tuple((cell(p(*mark(one, "typed"))), cell(text)) for text, one in f.outcome(_MET)), least=18))
    s.add(p("The teacher’s details:", bold=True))
    rows: list[tuple[Cell, ...]] = [
        (under(f, "ect_name", 2), under(f, "ect_former_name")), (under(f, "date_of_birth"), under(f, "trn"), under(f, "national_insurance_number")),
        (under(f, "school_name", 2), under(f, "school_dfe_number")), (under(f, "appropriate_body", 3),), (under(f, "period_start"), under(f, "period_end"), under(f, "terms_completed")), (under(f, "days_absent_total", 3),),
    ]  # fmt: skip
    s.add(T((0.34, 0.33, 0.33), tuple(rows), least=30), p("Does the NQT work: ", *f.pattern(t.choice(["before", "behind"]))))
    for key in ("strengths", "areas_for_development", "evidence", "ect_comments"):
        s.add(T((1.0,), ((cell(p(f.label(key), bold=True), *f.text(key)),),), least=44))
    for who, role in (("head", "Head teacher/principal"), ("ect", "NQT"), ("tutor", "Induction tutor")):
        name, day = f.signed(who)
        s.add(p(f"Signed ({role}): ", Line(70), Gap(), "Full name: ", name, Gap(), "Date: ", day, after=8))
    return s


def outcome_typed(t: Random, c: Random) -> Sketch:
    """The outcome is typed in words; labels on the left with dotted rules, no table rules."""
    f = Form("outcome_typed", t, c, "formal_assessment", {
        "ect_name": ("Teacher", "ECT’s name in full"), "trn": ("Teacher Reference Number", "TRN"), "date_of_birth": ("Date of Birth", "DOB (dd/mm/yyyy)"), "school_name": ("School", "Name of School / Trust"), "induction_start": ("Induction began on", "Start of induction"),
        "induction_tutor_name": ("Induction Tutor (name, role)", "Tutor (name and role)"), "headteacher_name": ("Headteacher", "Head / Principal"), "period_start": ("Assessment period start", "Period begins"), "period_end": ("Assessment period end", "Period ends"),
        "days_served": ("Days served", "Total days served in period"), "days_absent": ("Days absent", "Total days absent in period"), "strengths": ("Key strengths", "Summary of strengths"), "targets": ("Targets for the next period", "Future targets"), "ect_comments": ("ECT comments", "Comments made by the ECT"),
    })  # fmt: skip
    s = f.sketch
    point = c.choice(["first", "final"])
    s.truth["assessment_point"] = point
    s.add(p(f"Formal assessment: {'end of year one (first)' if point == 'first' else 'end of induction (final)'}", heading=1))
    keys = (
        "ect_name",
        "trn",
        "date_of_birth",
        "school_name",
        "induction_start",
        "induction_tutor_name",
        "headteacher_name",
        "period_start",
        "period_end",
        "days_served",
        "days_absent",
    )
    s.add(T((0.4, 0.6), tuple(left(f, key, shaded=False) for key in keys), ruled=t.random() < 0.3))
    value = c.choices(["satisfactory", "unsatisfactory"], [8, 2])[0]
    s.truth["judgement"] = None if f.blank else value
    s.add(
        p(
            Run(f.words("Overall judgement: ", "Recommendation: ", "Judgement at this point: "), bold=True),
            f.noted(value.title()),
        )
    )
    for key in ("strengths", "targets", "ect_comments"):
        s.add(p(f.label(key, colon=False), heading=2), *f.text(key, paragraphs=3))
    return s


def standards_ticks(t: Random, c: Random) -> Sketch:
    """Standards in a table with a tick for each and comments beside it; outcome highlighted."""
    f = Form("standards_ticks", t, c, "formal_assessment", {
        "ect_name": ("ECT Name", "Name"), "trn": ("TRN", "ECT TRN"), "school_name": ("School", "School Name"), "date_of_birth": ("ECT DOB", "Date of Birth"), "period_start": ("Period start date", "Start date of assessment period"),
        "period_end": ("Period end date", "End date of assessment period"), "days_absent": ("Days absent in period", "Days’ absence in period"), "fte": ("FTE", "Contract FTE"), "targets": ("Targets", "Development targets"), "ect_comments": ("ECT Comments", "Comments from the ECT"),
    })  # fmt: skip
    s = f.sketch
    s.add(p(f.words("ECT FORMAL ASSESSMENT", "Formal Assessment Record"), heading=1))
    s.add(
        T(
            (0.2, 0.3, 0.2, 0.3),
            (
                left(f, "ect_name", "trn"),
                left(f, "school_name", "date_of_birth"),
                left(f, "period_start", "period_end"),
                left(f, "days_absent", "fte"),
            ),
        )
    )
    point = c.choice(["first", "final"])
    pieces: list[Piece] = ["Assessment: "]  # type: ignore[list-item]  # a string becomes a run
    for text, one in f.chosen("assessment_point", [("First", "first"), ("Final", "final"), ("Interim", "interim")], point):
        pieces += [Tick(one), Run(f" {text}"), Gap()]
    s.add(p(*pieces[:-1]))
    rows: list[tuple[Cell, ...]] = [
        (cell("Teachers’ Standard", shaded=True), cell("Met", shaded=True), cell("Comments and evidence", shaded=True))
    ]
    for number, text in enumerate(STANDARDS, start=1):
        rows.append(
            (
                cell(f"S{number}. {text}"),
                cell(p(*mark(c.random() < 0.9 and not f.blank, "glyph"))),
                cell(*f.text(f"standard_{number}", paragraphs=1)),
            )
        )
    rows.append(
        (
            cell("Part 2. Personal and professional conduct"),
            cell(p(*mark(not f.blank, "glyph"))),
            cell(*f.text("standard_part_two", paragraphs=1)),
        )
    )
    s.add(T((0.3, 0.1, 0.6), tuple(rows)))
    s.add(p("The ECT (highlight one):", bold=True))
    for text, one in f.outcome(_MAKING):
        s.add(p(Run(text, highlighted=one)))
    for key in ("targets", "ect_comments"):
        s.add(T((0.25, 0.75), ((cell(f.label(key), shaded=True), cell(*f.text(key))),), least=40))
    return s


def signoff_rows(t: Random, c: Random) -> Sketch:
    """Names written "Surname, Forename"; sign-off by role in rows, with a statement before each."""
    f = Form("signoff_rows", t, c, "formal_assessment", {
        "trn": ("TRN", "Teacher reference number (TRN)"), "date_of_birth": ("Date of birth", "DOB"), "qts_date": ("QTS award date", "QTS awarded"), "school_name": ("School where employed", "School"), "school_urn": ("URN", "URN of school"),
        "period_start": ("This assessment covers from", "Covering the period from"), "period_end": ("This assessment covers to", "Covering the period to"), "days_absent": ("Absence in that time (days)", "Days absent in that time"),
        "strengths": ("Section 3. Strengths", "Section 3. What the ECT does well"), "areas_for_development": ("Section 4. Areas for development", "Section 4. Areas still to be developed"), "ect_comments": ("Section 5. ECT’s comments", "Section 5. To be completed by the ECT: comments"),
    })  # fmt: skip
    s = f.sketch
    point = c.choice(["first", "final"])
    s.truth["assessment_point"] = point
    s.add(
        p(f.words("ECT Induction", "Statutory Induction"), heading=1),
        p(f"{point.upper()} FORMAL ASSESSMENT", heading=2),
        p("Section 1. Details", bold=True),
    )
    named = cell(p(f.surname_first("ect_name", f.facts.ect)))
    s.add(
        T(
            (0.42, 0.58),
            (
                (cell(f.words("Name of ECT (surname, forename)", "ECT (surname first)")), named),
                *(
                    left(f, key, shaded=False)
                    for key in (
                        "trn",
                        "date_of_birth",
                        "qts_date",
                        "school_name",
                        "school_urn",
                        "period_start",
                        "period_end",
                        "days_absent",
                    )
                ),
            ),
        )
    )
    s.add(p("Section 2. Recommendation", bold=True), *f.lines(f.outcome(_MET), "bracket"))
    for key in ("strengths", "areas_for_development", "ect_comments"):
        s.add(p(f.label(key, colon=False), bold=True), *f.text(key))
    s.add(p("Section 6. Sign-off", bold=True))
    rows: list[tuple[Cell, ...]] = [(cell("Who"), cell("Full name"), cell("Signed"), cell("Dated"))]
    for who, role in (("ect", "Early Career Teacher"), ("tutor", "Induction Tutor"), ("head", "Headteacher or Principal")):
        name, day = f.signed(who)
        rows.append((cell(role), cell(p(name)), cell(""), cell(p(day))))
    s.add(T((0.28, 0.3, 0.22, 0.2), tuple(rows), least=24))
    return s


def interim_questions(t: Random, c: Random) -> Sketch:
    """An interim assessment as a list of questions, each answered on the next line."""
    f = Form("interim_questions", t, c, "interim_assessment", {
        "ect_name": ("What is the ECT’s name?", "Name of the ECT"), "trn": ("What is their TRN?", "ECT’s TRN"), "date_of_birth": ("What is their date of birth?", "ECT’s date of birth"), "school_name": ("Which school are they leaving?", "Name of the school they are leaving"),
        "leaving_date": ("When do they leave?", "What is their leaving date?"), "next_school": ("Where are they going?", "Name of their next school"), "terms_completed": ("How many terms have they completed?", "Number of terms completed"),
        "days_absent": ("How many days were they absent since the last assessment?", "Days absent since the last assessment"), "evidence": ("What evidence was used?", "Evidence used"), "strengths": ("What are their strengths?", "What strengths have they shown?"),
        "targets": ("What should they work on at their next school?", "Targets for their next school"), "ect_comments": ("What does the ECT say?", "The ECT’s own comments"),
    })  # fmt: skip
    s = f.sketch
    s.truth["assessment_point"] = "interim"
    s.add(p(f.words("Interim assessment", "ECT moving on: interim assessment report"), heading=1))
    for number, key in enumerate(
        ("ect_name", "trn", "date_of_birth", "school_name", "leaving_date", "next_school", "terms_completed", "days_absent"),
        start=1,
    ):
        s.add(p(f"{number}. {f.label(key, colon=False)}", bold=f.bold_labels, after=1), p(f.answer(key, blank=0.04)))
    s.add(p("9. Judgement", bold=f.bold_labels), *f.lines(f.outcome(_MAKING)))
    for number, key in enumerate(("evidence", "strengths", "targets", "ect_comments"), start=10):
        s.add(p(f"{number}. {f.label(key, colon=False)}", bold=f.bold_labels, after=1), *f.text(key))
    for who, role in (("head", "Headteacher"), ("tutor", "Induction tutor"), ("ect", "ECT")):
        name, day = f.signed(who)
        s.add(T((0.25, 0.45, 0.1, 0.2), ((cell(f"{role} name"), cell(p(name)), cell("Date"), cell(p(day))),)))
    return s
