"""Assessments and notices drawn after the wide layouts had been mended: sentences to fill, rows of a sheet, slips, absence tables."""

from __future__ import annotations

from random import Random

from tests.support.papers_model import Cell, Gap, Line, Run, Sketch, T, Tick, cell, p
from tests.support.papers_words import STANDARDS
from tests.support.unseen.form import Form, left, mark, under

_WHO = (("ect", "ECT"), ("tutor", "Induction tutor"), ("head", "Headteacher"))


def absence_table(t: Random, c: Random) -> Sketch:
    """A formal assessment with a small table of absences, by reason, before their total."""
    f = Form("absence_table", t, c, "formal_assessment", {
        "ect_name": ("Full name of early career teacher", "Name of the early career teacher"), "trn": ("TRN", "Teacher reference number"), "date_of_birth": ("Date of birth", "Teacher’s date of birth"), "school_name": ("School", "Employing school or academy"), "school_dfe_number": ("LA/School number", "DfE number of school"), "appropriate_body": ("Appropriate body", "Reporting to (appropriate body)"), "period_start": ("Start date of this period", "First day of the period"), "period_end": ("End date of this period", "Last day of the period"),
        "days_absent": ("Total days absent in this period", "All absence this period (days)"), "evidence": ("Evidence that supports the judgement", "What supports this judgement?"), "strengths": ("Areas of strength", "Strengths in practice"), "areas_for_development": ("Areas for further growth", "Areas for further development"), "ect_comments": ("ECT’s comments on the assessment", "Remarks from the ECT"),
    })  # fmt: skip
    s = f.sketch
    point = c.choice(["first", "final"])
    s.truth["assessment_point"] = point
    s.add(
        p(
            {"first": "First formal assessment", "final": "Final formal assessment"}[point]
            + f.words(" of an ECT", " report", ""),
            heading=1,
        )
    )
    s.add(
        T(
            (0.2, 0.3, 0.2, 0.3),
            (
                left(f, "ect_name", "trn"),
                left(f, "date_of_birth", "school_name"),
                left(f, "school_dfe_number", "appropriate_body"),
                left(f, "period_start", "period_end"),
            ),
        )
    )
    total = f.facts.absent
    rows: list[tuple[Cell, ...]] = [tuple(cell(one, bold=True, shaded=True) for one in ("Reason", "Days"))]
    rows += [(cell("Sickness"), cell(p(f.noted(f"{total}")))), (cell("Other"), cell(p(f.noted("0"))))]
    rows.append((cell(f.label("days_absent", colon=False), bold=True), cell(p(f.answer("days_absent")))))
    s.add(p("Absence record", bold=True), T((0.5, 0.2), tuple(rows)))
    options = (
        ("satisfactory", "On track: performance satisfactory"),
        ("unsatisfactory", "Not on track: performance unsatisfactory"),
    )
    if t.random() < 0.5:
        options = (
            ("satisfactory", "The teacher’s performance meets the Teachers’ Standards so far"),
            ("unsatisfactory", "The teacher’s performance does not meet the Teachers’ Standards so far"),
        )
    s.add(
        p(f.words("Judgement", "Assessment outcome"), bold=True),
        *f.lines(f.outcome(options), t.choice(["glyph", "bracket", "radio"])),
    )
    for key in ("evidence", "strengths", "areas_for_development", "ect_comments"):
        s.add(T((1.0,), ((cell(p(f.label(key, colon=False), bold=True), shaded=True),), (cell(*f.text(key)),))))
    made = {who: f.signed(who) for who, _ in _WHO}
    s.add(
        T(
            (0.2, 0.27, 0.27, 0.26),
            (
                (cell(""), *(cell(role, bold=True) for _, role in _WHO)),
                (cell("Print name"), *(cell(p(made[who][0])) for who, _ in _WHO)),
                (cell("Signature"), cell(""), cell(""), cell("")),
                (cell("Date signed"), *(cell(p(made[who][1])) for who, _ in _WHO)),
            ),
        )
    )
    return s


def sentences_final(t: Random, c: Random) -> Sketch:
    """A final report in sentences with places to fill in."""
    f = Form("sentences_final", t, c, "formal_assessment", {
        "strengths": ("Main strengths of the teacher", "Strengths on which the recommendation rests"), "areas_for_development": ("Further development after induction", "Development after induction"), "ect_comments": ("The ECT’s own comments", "ECT: comments on the recommendation"),
    })  # fmt: skip
    s = f.sketch
    s.truth["assessment_point"] = "final"
    words = {
        "ect_name": f.words("Name of teacher:", "ECT:", "Teacher:"),
        "trn": "TRN:",
        "school_name": f.words("School:", "employed at:"),
        "period_start": f.words("from:", "Period from:"),
        "period_end": "to:",
        "days_absent_total": f.words(
            "Total number of days absent during induction:", "Days absent over the whole of induction:"
        ),
    }
    s.add(
        p(
            f.words(
                "Headteacher’s final assessment and recommendation", "Final assessment: recommendation to the appropriate body"
            ),
            heading=1,
        )
    )

    def part(key: str) -> list[Run]:
        return [Run(words[key] + " "), f.answer(key, blank=0.03)]

    s.add(
        p(*part("ect_name"), Gap(280.0), *part("trn")),
        p(*part("school_name")),
        p(*part("period_start"), Gap(280.0), *part("period_end")),
        p(*part("days_absent_total")),
    )
    s.add(p(f.words("I recommend that:", "My recommendation is that:"), bold=True))
    options = (
        ("satisfactory", "the ECT has satisfactorily completed induction"),
        ("unsatisfactory", "the ECT has not satisfactorily completed induction"),
        ("extension", "the induction period be extended"),
    )
    s.add(*f.lines(f.outcome(options), t.choice(["glyph", "bracket", "radio"])))
    for key in ("strengths", "areas_for_development", "ect_comments"):
        s.add(p(Run(f.label(key, colon=True), bold=True)), *f.text(key, paragraphs=3))
    for who, role in (("head", "Headteacher"), ("ect", "ECT")):
        name, day = f.signed(who)
        s.add(p(Run(f"{role}’s name: "), name), p(Run(f"{role}’s signature: "), Line(110), Gap(), "Date: ", day))
    return s


def sheet_row(t: Random, c: Random) -> Sketch:
    """A registration like a spreadsheet: heads in two rows over one row of answers each, landscape."""
    f = Form("sheet_row", t, c, "registration", {
        "ect_last_name": ("Surname", "Last name"), "ect_first_name": ("Forename", "First name"), "date_of_birth": ("DoB", "Date of birth"), "trn": ("TRN", "Teacher ref."), "national_insurance_number": ("NI no.", "NI number"), "qts_date": ("QTS awarded", "Date QTS gained"), "induction_start": ("Induction start", "Induction from"), "fte": ("FTE", "FTE %"), "induction_tutor_name": ("Induction tutor", "Tutor name"), "induction_tutor_email": ("Tutor email", "Induction tutor e-mail"), "mentor_name": ("Mentor", "Mentor name"),
        "school_name": ("School", "School name"), "school_urn": ("School URN", "URN"), "headteacher_name": ("Headteacher", "Name of head"),
    })  # fmt: skip
    f._roles = False
    s = f.sketch
    s.landscape = True
    s.add(p(f.words("ECT registration sheet", "Registration of new ECT(s)", "New ECT – registration grid"), heading=1))
    s.add(
        T(
            (0.12, 0.3, 0.12, 0.12, 0.12, 0.22),
            ((*left(f, "school_name"), *left(f, "school_urn"), *left(f, "headteacher_name")),),
        )
    )
    for keys in (
        ("ect_last_name", "ect_first_name", "date_of_birth", "trn", "national_insurance_number"),
        ("qts_date", "induction_start", "fte", "induction_tutor_name", "mentor_name"),
    ):
        s.add(
            T(
                (0.2, 0.2, 0.2, 0.2, 0.2),
                (
                    tuple(cell(f.label(key, colon=False), bold=True, shaded=True) for key in keys),
                    tuple(cell(p(f.answer(key))) for key in keys),
                ),
                least=22,
            )
        )
    s.add(p(Run(f.label("induction_tutor_email", colon=True) + " "), f.answer("induction_tutor_email")))
    f.join_names()
    return s


def leaver_slip(t: Random, c: Random) -> Sketch:
    """A slip with dotted lines and two ticks."""
    f = Form("leaver_slip", t, c, "leaver_notice", {
        "ect_name": ("Name of ECT who has left / is leaving", "Name of leaving ECT", "ECT’s name"), "trn": ("TRN", "ECT’s TRN"), "school_name": ("School they are leaving", "Name of school"), "leaving_date": ("Date left / leaving", "Date of last day", "Final date of employment"), "next_school": ("New school (if applicable)", "Name of school they are joining"), "terms_completed": ("Number of FTE terms served", "How many terms of induction were served?"), "days_absent_total": ("Days absent during induction at this school", "Total days of absence during induction"),
    })  # fmt: skip
    s = f.sketch
    s.add(p(f.words("ECT leaving form", "Leavers’ slip – ECT", "Notification of ECT leaving a school"), heading=1))
    keys = ("ect_name", "trn", "school_name", "leaving_date", "next_school", "terms_completed", "days_absent_total")
    dots = t.random() < 0.5
    for key in keys:
        run = f.answer(key)
        s.add(p(Run(f.label(key, colon=not dots) + " "), *([Run("…………… ")] if dots else []), run if run.text else Line(120)))
    gone = c.random() < 0.5
    s.add(
        p(
            "The ECT is ",
            Tick(gone and not f.blank),
            " moving to another school",
            Gap(),
            Tick(not gone and not f.blank),
            " leaving the profession",
        )
    )
    name, day = f.signed("head", blank=0)
    s.add(p("Completed by (headteacher): ", name, Gap(), "Date: ", day))
    return s


def standards_pairs(t: Random, c: Random) -> Sketch:
    """Comments for each standard under its title, two standards side by side."""
    f = Form("standards_pairs", t, c, "formal_assessment", {
        "ect_name": ("ECT", "Name of ECT"), "trn": ("TRN", "Teacher reference number"), "school_name": ("School", "School name"), "period_start": ("Period start date", "Assessment from"), "period_end": ("Period end date", "Assessment to"), "days_absent": ("Days absent", "Number of days absent in the period"), "targets": ("Overall targets", "Targets for the next stage"), "ect_comments": ("ECT’s response to this assessment", "Early career teacher’s comments"),
    })  # fmt: skip
    s = f.sketch
    point = c.choice(["first", "final"])
    s.add(p(f.words("Formal assessment against the Teachers’ Standards", "ECT formal assessment record"), heading=1))
    s.add(p(f.words("Assessment point:", "This is the:"), " ", *_point(f, point)))
    s.add(
        T(
            (0.18, 0.32, 0.2, 0.3),
            (left(f, "ect_name", "trn"), left(f, "school_name", "days_absent"), left(f, "period_start", "period_end")),
        )
    )
    rows: list[tuple[Cell, ...]] = []
    for one in range(0, 8, 2):
        rows.append(tuple(cell(p(Run(f"TS{n + 1} {STANDARDS[n]}", bold=True)), shaded=True) for n in (one, one + 1)))
        rows.append(tuple(cell(*f.text(f"standard_{n + 1}", paragraphs=1)) for n in (one, one + 1)))
    s.add(T((0.5, 0.5), tuple(rows)))
    two = (("satisfactory", "Satisfactory progress"), ("unsatisfactory", "Unsatisfactory progress"))
    s.add(p(Run(f.words("Overall judgement: ", "Judgement: ")), *_boxes(f.outcome(two))))
    for key in ("targets", "ect_comments"):
        s.add(p(Run(f.label(key, colon=False), bold=True)), T((1.0,), ((cell(*f.text(key)),),), least=40))
    for who, role in _WHO:
        name, day = f.signed(who)
        s.add(p(f"{role} ", name, Gap(250.0), "Date ", day))
    return s


def _point(f: Form, point: str) -> list[Tick | Run | Gap]:
    return _boxes(f.chosen("assessment_point", [("first assessment", "first"), ("final assessment", "final")], point))


def _boxes(options: list[tuple[str, bool]]) -> list[Tick | Run | Gap]:
    pieces: list[Tick | Run | Gap] = []
    for text, chosen in options:
        pieces += [Tick(chosen), Run(f" {text}"), Gap()]
    return pieces[:-1]


def changes_one_column(t: Random, c: Random) -> Sketch:
    """A change of details that asks for the new facts alone."""
    f = Form("changes_one_column", t, c, "change_of_details", {
        "ect_name": ("Name of ECT", "ECT’s full name"), "trn": ("TRN", "Teacher reference number"), "school_name": ("School", "Name of school"), "fte": ("New FTE", "FTE from this date"), "induction_tutor_name": ("New induction tutor", "Induction tutor (new)"), "induction_tutor_email": ("New induction tutor’s email", "Email of new induction tutor"), "mentor_name": ("New mentor", "Mentor (new)"),
    })  # fmt: skip
    f._roles = False
    s = f.sketch
    s.add(p(f.words("ECT change form", "Notification of changes (ECT)", "Changes to an ECT’s induction details"), heading=1))
    s.add(T((0.4, 0.6), tuple(left(f, key) for key in ("ect_name", "trn", "school_name"))))
    s.add(p("What has changed? Fill in those that apply.", bold=True))
    s.add(
        T(
            (0.4, 0.6),
            tuple(
                left(f, key, shaded=False) for key in ("fte", "induction_tutor_name", "induction_tutor_email", "mentor_name")
            ),
        )
    )
    s.add(p("Date of change: ", f.noted(f.day(f.facts.end))))
    name, day = f.signed("head", blank=0)
    s.add(p("Headteacher’s name: ", name, Gap(), "Date: ", day))
    return s


def part_time_interim(t: Random, c: Random) -> Sketch:
    """An interim report for a part-timer: label above value in bordered cells, three-way outcome in a column of boxes."""
    f = Form("part_time_interim", t, c, "interim_assessment", {
        "ect_name": ("Name of ECT", "Early career teacher name"), "trn": ("TRN number", "Teacher Reference Number"), "national_insurance_number": ("NI number", "National Insurance No"), "school_name": ("School", "Name of current school/academy"), "leaving_date": ("Leaving date", "Date of leaving current school"), "next_school": ("Destination", "Destination school or college"), "fte": ("FTE worked", "Proportion of full time (FTE)"), "period_start": ("Employed from", "Start date at this school"), "days_absent": ("Days absent since last report", "Absences since last report (days)"), "terms_completed": ("Terms completed (pro rata)", "Number of terms (pro rata)"),
        "strengths": ("Strengths identified", "Particular strengths"), "areas_for_development": ("Areas identified for development", "Ongoing development needs"), "ect_comments": ("Comment from ECT", "ECT’s written comments"),
    })  # fmt: skip
    s = f.sketch
    s.truth["assessment_point"] = "interim"
    s.add(
        p(
            f.words(
                "Interim assessment form",
                "ECT Interim Assessment",
                "Interim report (ECT leaving before the next formal assessment)",
            ),
            heading=1,
        )
    )
    pairs = (
        ("ect_name", "trn"),
        ("national_insurance_number", "school_name"),
        ("leaving_date", "next_school"),
        ("fte", "period_start"),
        ("days_absent", "terms_completed"),
    )
    s.add(T((0.5, 0.5), tuple((under(f, one), under(f, two)) for one, two in pairs), least=32))
    s.add(p(f.words("Progress to date", "Headteacher’s view of progress"), bold=True))
    options = (("satisfactory", "Making satisfactory progress"), ("unsatisfactory", "Not making satisfactory progress"))
    s.add(T((0.85, 0.15), tuple((cell(text), cell(p(*mark(one, t.choice(["glyph"]))))) for text, one in f.outcome(options))))
    for key in ("strengths", "areas_for_development", "ect_comments"):
        s.add(p(Run(f.label(key, colon=False), bold=True)), T((1.0,), ((cell(*f.text(key)),),), least=36))
    made = {who: f.signed(who) for who in ("ect", "head")}
    rows: list[tuple[Cell, ...]] = [
        tuple(cell(one, bold=True, shaded=True) for one in ("Signed by", "Name in capitals", "Signature", "Date"))
    ]
    rows += [
        (cell(role), cell(p(made[who][0])), cell(""), cell(p(made[who][1])))
        for who, role in (("ect", "Early career teacher"), ("head", "Headteacher / principal"))
    ]
    s.add(T((0.28, 0.3, 0.24, 0.18), tuple(rows)))
    return s
