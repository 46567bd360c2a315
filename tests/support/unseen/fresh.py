"""Layouts drawn last, after the readers were mended: their first figures are the honest ones."""

from __future__ import annotations

from random import Random

from tests.support.papers_model import Cell, Gap, Line, Run, Sketch, T, cell, p
from tests.support.unseen.form import Form, left, mark, under

_DECISION = (
    ("satisfactory", "The ECT’s performance against the relevant standards has been satisfactory"),
    ("unsatisfactory", "The ECT’s performance against the relevant standards has been unsatisfactory"),
    ("extension", "I recommend an extension to the period of induction"),
)


def borough_form(t: Random, c: Random) -> Sketch:
    """A borough's assessment: numbered cells, two to a row, the label with its number above the value."""
    f = Form("borough_form", t, c, "formal_assessment", {
        "ect_last_name": ("Surname of teacher", "Last name"), "ect_first_name": ("Forenames of teacher", "Other names"), "trn": ("DfE teacher reference", "Teacher’s TRN"), "date_of_birth": ("Teacher’s date of birth", "Date of birth"), "qts_date": ("QTS gained on", "Date of QTS"),
        "school_name": ("School in which employed", "School at which induction is served"), "school_dfe_number": ("School’s DfE number", "LA and school number"), "period_start": ("First day of this period", "This period: first day"), "period_end": ("Last day of this period", "This period: last day"),
        "days_served": ("School days in the period", "Days employed in the period"), "days_absent": ("of which absent", "Days of absence in the period"), "strengths": ("Principal strengths", "Strengths that were evident"), "areas_for_development": ("Aspects in need of development", "Where further progress is needed"),
        "ect_comments": ("Remarks of the teacher", "Teacher’s observations on this report"),
    })  # fmt: skip
    f._colon = False
    s = f.sketch
    point = c.choice(["first", "final"])
    s.truth["assessment_point"] = point
    s.add(
        p("Borough of Elmstead – Schools Service", bold=True),
        p(
            f"Statutory induction: {'report on the first assessment' if point == 'first' else 'report on the final assessment'}",
            heading=1,
        ),
    )
    rows: list[tuple[Cell, ...]] = []
    number = 0
    for keys in (
        ("ect_last_name", "ect_first_name"),
        ("trn", "date_of_birth"),
        ("qts_date", "school_dfe_number"),
        ("school_name",),
        ("period_start", "period_end"),
        ("days_served", "days_absent"),
    ):
        cells: list[Cell] = []
        for key in keys:
            number += 1
            cells.append(cell(p(Run(f"{number}. {f.label(key)}")), p(f.answer(key)), span=2 // len(keys)))
        rows.append(tuple(cells))
    f.join_names()
    s.add(T((0.5, 0.5), tuple(rows), least=32))
    s.add(p("Decision recommended by the headteacher", bold=True))
    s.add(T((0.9, 0.1), tuple((cell(text), cell(p(*mark(one, "typed")))) for text, one in f.outcome(_DECISION)), least=20))
    for key in ("strengths", "areas_for_development", "ect_comments"):
        s.add(T((1.0,), ((cell(p(f.label(key), bold=True), *f.text(key, paragraphs=3)),),), least=48))
    for who, role in (("head", "For the school (headteacher)"), ("ect", "Teacher (ECT)")):
        name, day = f.signed(who)
        s.add(p(f"{role}. Signed: ", Line(70), Gap(), "Name: ", name, Gap(), "Date: ", day))
    return s


def hub_template(t: Random, c: Random) -> Sketch:
    """A hub's progress review: a coloured table of particulars with headings across it, questions in its last rows."""
    f = Form("hub_template", t, c, "progress_review", {
        "ect_name": ("ECT’s full name", "Full name of the ECT"), "trn": ("ECT’s TRN", "TRN of the ECT"), "date_of_birth": ("ECT’s date of birth", "DOB of the ECT"), "school_name": ("Name of the school", "School name"), "school_urn": ("URN of the school", "School URN"),
        "headteacher_name": ("Name of the headteacher", "Headteacher’s full name"), "induction_tutor_name": ("Name of the induction tutor", "Induction tutor’s full name"), "mentor_name": ("Name of the mentor", "Mentor’s full name"), "period_start": ("The review period started on", "Started on"),
        "period_end": ("The review period finished on", "Finished on"), "days_absent": ("Days off in the review period", "Number of days off in the period"), "evidence": ("How do you know? Summarise your evidence", "Evidence for this answer"), "targets": ("What will the ECT work towards next term?", "Goals for next term"),
        "ect_comments": ("What does the ECT say about their progress?", "Comment from the ECT on their progress"),
    })  # fmt: skip
    f._roles = False
    s = f.sketch
    s.add(
        p(f.words("Progress review template", "Termly Progress Review"), heading=1),
        p("To be completed by the induction tutor in terms 1, 2, 4 and 5."),
    )
    rows: list[tuple[Cell, ...]] = []
    for band, keys in (
        ("ECT", ("ect_name", "trn", "date_of_birth")),
        ("School", ("school_name", "school_urn", "headteacher_name", "induction_tutor_name", "mentor_name")),
        ("Review period", ("period_start", "period_end", "days_absent")),
    ):
        rows.append((cell(p(band, bold=True), span=2, shaded=True),))
        rows += [left(f, key, shaded=False) for key in keys]
    rows.append((cell(p("Review", bold=True), span=2, shaded=True),))
    rows.append(
        (
            cell(f.words("Is the ECT on track to pass induction?", "Is this ECT currently on track?")),
            cell(p(*f.yes_no("on_track", c.random() < 0.85, t.choice(["before", "strike", "highlight"])))),
        )
    )
    rows += [(cell(f.label(key, colon=False)), cell(*f.text(key))) for key in ("evidence", "targets", "ect_comments")]
    s.add(T((0.4, 0.6), tuple(rows)))
    return s


def trust_registration(t: Random, c: Random) -> Sketch:
    """A trust's registration: lines with labels in two columns without rules, people in a table at the end."""
    f = Form("trust_registration", t, c, "registration", {
        "ect_name": ("Teacher’s full name", "Name in full"), "ect_former_name": ("Any previous name", "Name before marriage (if applicable)"), "trn": ("TRN", "Teacher reference no."), "date_of_birth": ("Date of birth", "DOB"), "national_insurance_number": ("NI number", "National Insurance"),
        "qts_date": ("QTS date", "Date QTS was awarded"), "ect_email": ("Teacher’s email", "Email for the teacher"), "induction_start": ("Induction starts on", "Start date for induction"), "fte": ("FTE", "Fraction of full time"), "school_name": ("Academy", "Academy name"), "school_urn": ("Academy URN", "URN"),
    })  # fmt: skip
    f._roles, f._colon = False, True
    s = f.sketch
    s.add(p(f.words("Trust ECT Registration 2025", "Registration of a new ECT"), heading=1))
    keys = (
        "ect_name",
        "ect_former_name",
        "trn",
        "date_of_birth",
        "national_insurance_number",
        "qts_date",
        "ect_email",
        "induction_start",
        "fte",
        "school_name",
        "school_urn",
    )
    for one, two in zip(keys[::2], (*keys[1::2], ""), strict=True):
        pieces: list[object] = [Run(f.label(one) + " ", bold=f.bold_labels), f.answer(one)]
        if two:
            pieces += [Gap(245.0), Run(f.label(two) + " ", bold=f.bold_labels), f.answer(two)]
        s.add(p(*pieces))  # type: ignore[arg-type]  # the list holds pieces only
    s.add(p("Who supports the ECT?", heading=2))
    rows: list[tuple[Cell, ...]] = [(cell("", shaded=True), cell("Full name", shaded=True), cell("Email address", shaded=True))]
    for role, key, who, address in (
        ("Induction tutor", "induction_tutor_name", f.facts.tutor, f.facts.tutor_email),
        ("Mentor", "mentor_name", f.facts.mentor, f.facts.mentor_email),
        ("Headteacher", "headteacher_name", f.facts.head, f.facts.head_email),
    ):
        rows.append((cell(role), cell(p(f.person(key, who))), cell(p(f.noted(address)))))
    s.truth["induction_tutor_email"] = None if f.blank else f.facts.tutor_email
    s.add(T((0.28, 0.34, 0.38), tuple(rows)))
    return s


def moving_on(t: Random, c: Random) -> Sketch:
    """A leaver's notice with sentences to complete and boxes."""
    f = Form("moving_on", t, c, "leaver_notice", {
        "ect_name": ("ECT leaving", "Name of the ECT who is leaving"), "trn": ("TRN", "Their TRN"), "school_name": ("School", "School they are leaving"), "leaving_date": ("Date of leaving", "Their last day"), "next_school": ("Moving to (school, if known)", "New school, if known"),
        "terms_completed": ("Terms of induction completed", "Terms completed at this school"), "days_absent_total": ("Total days absent during induction", "Days absent in all"),
    })  # fmt: skip
    s = f.sketch
    s.add(p(f.words("Leaver notification (ECT)", "ECT leaver: tell your appropriate body"), heading=1))
    s.add(
        T(
            (0.5, 0.5),
            tuple(
                (under(f, one), under(f, two))
                for one, two in (("ect_name", "trn"), ("school_name", "leaving_date"), ("next_school", "terms_completed"))
            ),
            least=34,
        )
    )
    s.add(p(Run(f.label("days_absent_total", colon=True) + " ", bold=True), f.answer("days_absent_total")))
    name, day = f.signed("head", blank=0)
    s.add(p("Headteacher’s signature: ", Line(80), Gap(), "Name: ", name, Gap(), "Date: ", day))
    return s


def two_page_final(t: Random, c: Random) -> Sketch:
    """A final report: particulars as label and value with leader dots, the outcome by struck words, long texts."""
    f = Form("two_page_final", t, c, "formal_assessment", {
        "ect_name": ("Name", "Name of the teacher"), "trn": ("Teacher reference number", "TRN"), "date_of_birth": ("Date of birth", "Born"), "school_name": ("School", "Name of school"), "appropriate_body": ("Appropriate body", "Appropriate body named"), "induction_tutor_name": ("Induction tutor", "Tutor"),
        "period_start": ("Start of the final period", "Final period: start"), "period_end": ("End of the final period", "Final period: end"), "days_absent_total": ("Total days absent since the start of induction", "Days absent over the whole induction"), "strengths": ("Strengths of the teacher’s practice", "Strengths"),
        "evidence": ("Evidence relied upon", "Evidence on which this rests"), "targets": ("Suggested targets for the years ahead", "Targets for future development"), "ect_comments": ("Statement by the ECT", "The ECT’s statement"),
    })  # fmt: skip
    f._roles = False
    s = f.sketch
    s.truth["assessment_point"] = "final"
    s.add(p(f.words("Final assessment at the end of induction", "Final formal assessment: headteacher’s report"), heading=1))
    for key in (
        "ect_name",
        "trn",
        "date_of_birth",
        "school_name",
        "appropriate_body",
        "induction_tutor_name",
        "period_start",
        "period_end",
        "days_absent_total",
    ):
        s.add(p(Run(f.label(key, colon=False) + " "), Run(".......... "), f.answer(key, blank=0.04)))
    pieces: list[Run] = []
    for text, one in f.outcome((("satisfactory", "satisfactory"), ("unsatisfactory", "unsatisfactory"))):
        pieces += [Run(text, struck=not one and not f.blank), Run(" / ")]
    s.add(p("The teacher’s performance has been (strike out what does not apply): ", *pieces[:-1]))
    for key in ("strengths", "evidence", "targets", "ect_comments"):
        s.add(p(f.label(key, colon=False), heading=2), *f.text(key, paragraphs=4))
    rows: list[tuple[Cell, ...]] = [tuple(cell(one, shaded=True) for one in ("Signatory", "Printed name", "Signature", "Date"))]
    for who, role in (("ect", "Teacher"), ("tutor", "Induction tutor"), ("head", "Headteacher")):
        name, day = f.signed(who)
        rows.append((cell(role), cell(p(name)), cell(""), cell(p(day))))
    s.add(T((0.25, 0.3, 0.25, 0.2), tuple(rows), least=22))
    return s


def support_record(t: Random, c: Random) -> Sketch:
    """A support plan in a landscape-like grid: heads over one wide row of texts, particulars in lines above."""
    f = Form("support_record", t, c, "support_plan", {
        "ect_name": ("Name of ECT", "ECT"), "trn": ("TRN", "Teacher reference number"), "school_name": ("School", "Name of school"), "period_start": ("Plan start date", "From"), "period_end": ("Plan end date", "To"),
        "areas_for_development": ("Area of concern", "Areas for development"), "targets": ("Targets", "Agreed targets"), "support_plan": ("Support to be given", "Support in place"),
    })  # fmt: skip
    s = f.sketch
    s.add(p(f.words("ECT Support Plan", "Additional Support Plan – ECT"), heading=1))
    for key in ("ect_name", "trn", "school_name", "period_start", "period_end"):
        s.add(p(Run(f.label(key, colon=True) + " ", bold=True), f.answer(key)))
    keys = ("areas_for_development", "targets", "support_plan")
    s.add(
        T(
            (0.34, 0.33, 0.33),
            (
                tuple(cell(f.label(key, colon=False), bold=True, shaded=True) for key in keys),
                tuple(cell(*f.text(key, paragraphs=1)) for key in keys),
            ),
        )
    )
    name, day = f.signed("tutor", blank=0)
    s.add(p("Signed by induction tutor: ", name, Gap(), "Date: ", day))
    return s
