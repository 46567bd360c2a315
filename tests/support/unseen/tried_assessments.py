"""Half of the unseen layouts whose failures may be looked at: assessments."""

from __future__ import annotations

from random import Random

from tests.support.papers_model import Cell, Gap, Line, P, Piece, Run, Sketch, T, cell, p
from tests.support.papers_words import STANDARDS
from tests.support.unseen.form import Form, left, mark, under
from tests.support.unseen.pieces import below

_THREE = (
    ("satisfactory", "On the evidence so far the ECT is performing satisfactorily against the Teachers’ Standards"),
    ("unsatisfactory", "On the evidence so far the ECT is not performing satisfactorily against the Teachers’ Standards"),
    ("extension", "The ECT’s induction period should be extended"),
)
_TWO = (
    ("satisfactory", "The performance of the above teacher indicates satisfactory progress"),
    ("unsatisfactory", "The performance of the above teacher does not indicate satisfactory progress"),
)


def caption_below(t: Random, c: Random) -> Sketch:
    """Values on lines, their captions in small type beneath."""
    f = Form("caption_below", t, c, "formal_assessment", {
        "ect_name": ("Name of teacher in full", "Full name of ECT"), "trn": ("Teacher reference number (TRN)", "TRN"), "date_of_birth": ("Date of birth", "Birth date"),
        "school_name": ("School or college", "Name of school"), "school_dfe_number": ("DfE establishment number", "LA / DfE number"), "period_start": ("Assessment period: first day", "Date period began"),
        "period_end": ("Assessment period: last day", "Date period ended"), "days_absent": ("Days absent in the period", "Days of absence this period"), "terms_completed": ("Terms completed", "Number of terms completed so far"),
        "strengths": ("Main strengths", "Strengths shown"), "targets": ("Targets for the next stage", "Priorities for the next stage"), "ect_comments": ("Comments by the ECT", "Statement by the teacher"),
    })  # fmt: skip
    s = f.sketch
    point = c.choice(["first", "final"])
    s.truth["assessment_point"] = point
    s.add(p({"first": "First formal assessment", "final": "Final formal assessment"}[point] + " of induction", heading=1))
    s.add(p("Write above each line. Dates as day, month, year."))

    def pair(key: str) -> tuple[Cell, Cell]:
        return cell(p(f.answer(key, blank=0.04), after=0)), cell(p(Run(f"({f.label(key, colon=False)})"), after=6))

    rows: list[tuple[Cell, ...]] = []
    for keys in (
        ("ect_name", "trn"),
        ("date_of_birth", "school_name"),
        ("school_dfe_number", "terms_completed"),
        ("period_start", "period_end"),
        ("days_absent",),
    ):
        made = [pair(key) for key in keys]
        fill = (cell(""),) * (2 - len(keys))
        rows += [(*(one for one, _ in made), *fill), (*(two for _, two in made), *fill)]
    s.add(T((0.5, 0.5), tuple(rows), ruled=False))
    s.add(p("Judgement (tick one)", heading=2), *f.lines(f.outcome(_THREE), t.choice(["glyph", "sym"])))
    for key in ("strengths", "targets", "ect_comments"):
        s.add(p(f.label(key, colon=False), heading=2), *f.text(key))
    for who, role in (("head", "Headteacher"), ("ect", "Early career teacher")):
        name, day = f.signed(who)
        s.add(p(f"{role} (name) ", name, Gap(300.0), "on ", day))
    return s


def header_over(t: Random, c: Random) -> Sketch:
    """Rows of headings over rows of values, without rules; standards by number."""
    f = Form("header_over", t, c, "formal_assessment", {
        "ect_last_name": ("Surname", "Family name"), "ect_first_name": ("Forename", "First names"), "trn": ("TRN", "Teacher ref. no."), "date_of_birth": ("Date of birth", "D.O.B."),
        "school_name": ("School", "School or academy"), "school_dfe_number": ("DfE no.", "LAESTAB"), "induction_tutor_name": ("Induction tutor", "Tutor"), "period_start": ("From", "Start of period"),
        "period_end": ("To", "End of period"), "days_absent": ("Days absent", "Absence (days)"), "days_absent_total": ("Total absence in induction", "Absence to date"),
        "ect_comments": ("ECT comment", "Comment from the teacher"), "targets": ("Targets carried forward", "Next targets"),
    })  # fmt: skip
    f._roles = False
    f._colon = False
    s = f.sketch
    s.add(
        p(f.words("Formal Assessment Report", "ECT Assessment Report (formal)"), heading=1),
        p("Return this form to the appropriate body no later than ten working days after the meeting."),
    )
    ruled = t.random() < 0.3
    for keys, widths in (
        (("ect_last_name", "ect_first_name", "trn", "date_of_birth"), (0.25, 0.25, 0.25, 0.25)),
        (("school_name", "school_dfe_number", "induction_tutor_name"), (0.45, 0.2, 0.35)),
        (("period_start", "period_end", "days_absent", "days_absent_total"), (0.25, 0.25, 0.2, 0.3)),
    ):
        heads = tuple(cell(p(f.label(key), bold=True), shaded=True) for key in keys)
        s.add(T(widths, (heads, tuple(cell(p(f.answer(key, blank=0.05))) for key in keys)), ruled=ruled))
    f.join_names()
    s.add(p("Assessment period", bold=True))
    point = c.choice(["first", "final"])
    for text, chosen in f.chosen(
        "assessment_point",
        [
            ("First assessment (end of year 1)", "first"),
            ("Final assessment (end of year 2)", "final"),
            ("Interim assessment", "interim"),
        ],
        point,
    ):
        s.add(p(*mark(chosen, "bracket"), f" {text}"))
    s.add(p("Recommendation", bold=True))
    for text, chosen in f.outcome(_THREE):
        s.add(p(*mark(chosen, "bracket"), f" {text}"))
    for number, text in enumerate(STANDARDS, start=1):
        s.add(p(f"TS{number}: {text}", bold=True), *f.text(f"standard_{number}", paragraphs=1))
    s.add(p(f.label("targets"), bold=True), *f.text("targets"), p(f.label("ect_comments"), bold=True), *f.text("ect_comments"))
    heads = tuple(cell(one, bold=True) for one in ("", "Name", "Date"))
    rows = [heads]
    for who, role in (("ect", "ECT"), ("tutor", "Induction tutor"), ("head", "Headteacher")):
        name, day = f.signed(who)
        rows.append((cell(role), cell(p(name)), cell(p(day))))
    s.add(T((0.3, 0.4, 0.3), tuple(rows), ruled=ruled))
    return s


def misspelt(t: Random, c: Random) -> Sketch:
    """A form typed by hand in an office: labels with slips, lettered sections, choices struck out."""
    f = Form("misspelt", t, c, "formal_assessment", {
        "ect_name": ("Name of Early Carreer Teacher", "Full nmae of ECT"), "trn": ("Teacher Refrence Number", "Teachers Reference Numbr"), "date_of_birth": ("Date of Brith", "Date of bith"),
        "national_insurance_number": ("National Insurence No", "Nat. Insurance Number"), "school_name": ("Name of Shool", "Name of schoool"), "appropriate_body": ("Appropiate Body", "Appropriate Boddy"),
        "induction_tutor_name": ("Inducton Tutor", "Induction Tuter"), "period_start": ("Assesment Period Start Date", "Assessment period strat date"), "period_end": ("Assesment Period End Date", "Asessment period end date"),
        "days_absent": ("Number of days absense this period", "Days absant this period"), "strengths": ("Stengths", "Strenghts"), "areas_for_development": ("Areas for developement", "Areas for furhter development"),
        "evidence": ("Evidance", "Sources of evidence"), "ect_comments": ("ECT coments", "ECT’s commments"),
    })  # fmt: skip
    s = f.sketch
    s.truth["assessment_point"] = "final"
    f._roles = False
    s.add(
        p(f.words("ECT FINAL ASSESMENT FORM", "Final assessment form for Early Career Teachers"), heading=1),
        p("SECTION A – PERSONAL DETAILS", bold=True),
    )
    keys = (
        "ect_name",
        "trn",
        "date_of_birth",
        "national_insurance_number",
        "school_name",
        "appropriate_body",
        "induction_tutor_name",
        "period_start",
        "period_end",
        "days_absent",
    )
    s.add(T((0.4, 0.6), tuple(left(f, key) for key in keys)))
    s.add(p("SECTION B – RECOMMENDATION", bold=True))
    chosen = f.outcome((("satisfactory", "Satisfactory"), ("unsatisfactory", "Unsatisfactory"), ("extension", "Extension")))
    pieces: list[Piece] = []
    for text, one in chosen:
        pieces += [Run(text, struck=not one and not f.blank), Run(" / ")]
    s.add(p("The teacher’s performance against the standards (delete as aplicable): ", *pieces[:-1]))
    s.add(p("SECTION C – DETAIL", bold=True))
    for key in ("strengths", "areas_for_development", "evidence", "ect_comments"):
        s.add(T((0.28, 0.72), ((cell(f.label(key), shaded=True), cell(*f.text(key))),), least=36))
    s.add(p("SECTION D – SIGNITURES", bold=True))
    for who, role in (("head", "Head Teacher"), ("tutor", "Induction Tutor"), ("ect", "ECT")):
        name, day = f.signed(who)
        s.add(p(f"{role}: ", name, Gap(280.0), "Date: ", day))
    return s


def three_periods(t: Random, c: Random) -> Sketch:
    """Periods as rows, earlier ones filled in too; the box ticked above says which one is reported."""
    f = Form("three_periods", t, c, "formal_assessment", {
        "ect_name": ("NQT’s name", "Name of NQT"), "trn": ("Teacher ref. number", "DfE ref. number"), "date_of_birth": ("Date of birth", "DOB"), "school_name": ("Name of school", "School"),
        "strengths": ("Strengths", "Areas of strength"), "targets": ("Targets for next period", "Objectives for next period"), "ect_comments": ("NQT’s comments", "Comments by NQT"),
    })  # fmt: skip
    s = f.sketch
    s.add(p("Newly Qualified Teacher assessment", heading=1))
    s.add(T((0.22, 0.28, 0.2, 0.3), (left(f, "ect_name", "trn"), left(f, "school_name", "date_of_birth"))))
    point = c.choice(["first", "second", "final"])
    s.add(p("This report is for (place an X in one box):"))
    options = f.chosen(
        "assessment_point",
        [("First assessment", "first"), ("Second assessment", "second"), ("Third and final assessment", "final")],
        point,
    )
    s.add(T((0.08, 0.92), tuple((cell(p(*mark(one, "typed"))), cell(text)) for text, one in options)))
    heads = (cell("Assessment"), cell("Start date"), cell("End date"), cell("Days absent"))
    rows = [tuple(cell(one.blocks[0], shaded=True) for one in heads)]
    place = ["first", "second", "final"].index(point)
    for number, name in enumerate(("First", "Second", "Third")):
        if number == place:
            rows.append(
                (cell(name), *(cell(p(f.answer(key, blank=0.05))) for key in ("period_start", "period_end", "days_absent")))
            )
        else:
            earlier = f.facts.start.replace(year=f.facts.year - 1, month=3 * number + 2)
            rows.append(
                (
                    cell(name),
                    *(
                        cell(p(f.noted(text if number < place else "")))
                        for text in (f.day(earlier), f.day(earlier.replace(day=27)), "2")
                    ),
                )
            )
    s.add(T((0.25, 0.27, 0.27, 0.21), tuple(rows)))
    s.add(p("Progress", heading=2))
    s.add(T((0.9, 0.1), tuple((cell(text), cell(p(*mark(one, "typed")))) for text, one in f.outcome(_TWO))))
    for key in ("strengths", "targets", "ect_comments"):
        s.add(T((1.0,), ((cell(p(f.label(key), bold=True), *f.text(key)),),), least=40))
    s.add(p("Signed by the headteacher: ", f.signed("head")[0], Gap(), Line(90)))
    s.truth.pop("head_signed_on", None)
    return s


def merged(t: Random, c: Random) -> Sketch:
    """An interim assessment: group names in merged cells at the left, labels above values in the cells beside them."""
    f = Form("merged", t, c, "interim_assessment", {
        "ect_name": ("Name", "ECT name"), "trn": ("TRN", "Teacher reference number"), "date_of_birth": ("Date of birth", "DOB"), "school_name": ("Name", "School name"), "school_urn": ("URN", "Unique ref. no."),
        "appropriate_body": ("Appropriate body", "AB"), "period_start": ("Start", "From"), "period_end": ("End", "To"), "leaving_date": ("Date of leaving", "Leaves on"), "next_school": ("Going to", "Next school, if known"),
        "days_served": ("Days served", "Days in post this period"), "days_absent": ("Days absent", "Of which absent"), "evidence": ("Evidence of progress", "Evidence relied on"), "areas_for_development": ("Points for the next school to work on", "Areas for further development"),
        "ect_comments": ("ECT’s comments", "Comments (ECT)"),
    })  # fmt: skip
    s = f.sketch
    s.truth["assessment_point"] = "interim"
    f._colon = False
    s.add(p(f.words("Interim Assessment of an ECT", "ECT interim assessment (teacher moving school)"), heading=1))
    rows: list[tuple[Cell, ...]] = []
    for group, lines in (
        ("Teacher", (("ect_name", "trn"), ("date_of_birth", "appropriate_body"))),
        ("School", (("school_name", "school_urn"),)),
        ("Assessment period", (("period_start", "period_end"), ("days_served", "days_absent"))),
        ("Leaving", (("leaving_date", "next_school"),)),
    ):
        for number, keys in enumerate(lines):
            first = cell(p(group, bold=True), shaded=True) if number == 0 else below()
            rows.append((first, *(under(f, key) for key in keys)))
    s.add(T((0.2, 0.4, 0.4), tuple(rows), least=30))
    s.add(p("Progress to date", heading=2), *f.lines(f.outcome(_TWO), t.choice(["glyph", "radio"])))
    for key in ("evidence", "areas_for_development", "ect_comments"):
        blocks: tuple[P, ...] = f.text(key)
        s.add(T((1.0,), ((cell(p(f.label(key), bold=True), shaded=True),), (cell(*blocks),)), least=22))
    who = {one: f.signed(one) for one in ("ect", "tutor", "head")}
    s.add(
        T(
            (0.2, 0.27, 0.27, 0.26),
            (
                (cell(""), cell("Early career teacher"), cell("Induction tutor"), cell("Headteacher")),
                (cell("Print name"), *(cell(p(name)) for name, _ in who.values())),
                (cell("Date"), *(cell(p(day)) for _, day in who.values())),
            ),
        )
    )
    return s
