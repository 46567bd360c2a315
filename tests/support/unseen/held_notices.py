"""The held-out half of the unseen layouts: registrations, changes and plans."""

from __future__ import annotations

from random import Random

from tests.support.papers_model import Cell, Gap, Sketch, T, cell, p
from tests.support.unseen.form import Form, left, mark


def registration_cells(t: Random, c: Random) -> Sketch:
    """A registration in which label and value share a cell, after a colon or on the next line."""
    f = Form("registration_cells", t, c, "registration", {
        "ect_first_name": ("First name(s)", "Forename"), "ect_last_name": ("Surname", "Last name"), "ect_former_name": ("Previous surname", "Former surname (if applicable)"), "date_of_birth": ("Date of birth", "DOB"), "trn": ("TRN", "Teacher reference number"),
        "national_insurance_number": ("National Insurance number", "NI no."), "ect_email": ("ECT’s email", "Email address of ECT"), "qts_date": ("Date of QTS", "QTS date"), "induction_start": ("Start date of induction", "Induction start date"),
        "school_name": ("School", "Name of school"), "school_urn": ("URN", "School URN"), "school_dfe_number": ("DfE number", "LA and DfE number"), "headteacher_name": ("Headteacher", "Head teacher’s name"), "induction_tutor_name": ("Induction tutor", "Induction tutor’s name"),
        "induction_tutor_email": ("Induction tutor’s email", "Tutor email"), "mentor_name": ("Mentor", "Mentor’s name"), "fte": ("FTE if part time", "Part-time fraction (FTE)"),
    })  # fmt: skip
    f._roles, f._colon = False, True
    s = f.sketch
    s.add(
        p(f.words("New ECT registration", "Registration for statutory induction"), heading=1),
        p("Privacy: we use these details to register the teacher and delete them after six years."),
    )
    broken = t.random() < 0.5

    def one(key: str, span: int = 1) -> Cell:
        label, run = f.label(key), f.answer(key)
        return cell(p(label), p(run), span=span) if broken else cell(p(label + " ", run), span=span)

    s.add(
        T((0.5, 0.5), ((one("school_name", 2),), (one("school_urn"), one("school_dfe_number")), (one("headteacher_name", 2),)))
    )
    s.add(p("The teacher", heading=2))
    s.add(T((0.34, 0.33, 0.33), (
        (one("ect_first_name"), one("ect_last_name"), one("ect_former_name")), (one("date_of_birth"), one("trn"), one("national_insurance_number")),
        (one("ect_email", 2), one("qts_date")), (one("induction_start"), cell(p(*f.pattern("before"))), one("fte")),
    )))  # fmt: skip
    f.join_names()
    s.add(
        p("Support", heading=2),
        T((0.5, 0.5), ((one("induction_tutor_name"), one("induction_tutor_email")), (one("mentor_name", 2),))),
    )
    return s


def plan_grid(t: Random, c: Random) -> Sketch:
    """A support plan: particulars above, then headings over wide boxes, review dates at the end."""
    f = Form("plan_grid", t, c, "support_plan", {
        "ect_name": ("ECT", "Name of ECT"), "trn": ("TRN", "Teacher reference number"), "school_name": ("School", "Name of school"), "induction_tutor_name": ("Induction tutor", "Tutor"), "period_start": ("Plan starts", "Start date"), "period_end": ("Plan ends", "End date"),
        "areas_for_development": ("Areas of concern, with reference to the Teachers’ Standards", "Areas of concern"), "targets": ("Objectives", "Targets to be met by the end of the plan"), "support_plan": ("Support that the school will give", "Support and monitoring to be provided"), "evidence": ("How progress will be evidenced", "Evidence of success"),
    })  # fmt: skip
    f._roles = False
    s = f.sketch
    s.add(p(f.words("Support plan for an early career teacher", "ECT: additional support plan"), heading=1))
    s.add(
        T(
            (0.2, 0.3, 0.2, 0.3),
            (left(f, "ect_name", "trn"), left(f, "school_name", "induction_tutor_name"), left(f, "period_start", "period_end")),
        )
    )
    for key in ("areas_for_development", "targets", "support_plan", "evidence"):
        s.add(T((1.0,), ((cell(p(f.label(key, colon=False), bold=True), shaded=True),), (cell(*f.text(key)),))))
    heads = (cell("Review meeting"), cell("Date"), cell("Outcome"))
    s.add(
        T(
            (0.4, 0.3, 0.3),
            (
                heads,
                (cell("Halfway"), cell(p(f.noted(f.day(f.facts.start)))), cell(p(f.noted("Some progress")))),
                (cell("Final"), cell(""), cell("")),
            ),
        )
    )
    for who, role in (("ect", "ECT"), ("head", "Headteacher")):
        name, day = f.signed(who)
        s.add(p(f"{role}: ", name, Gap(300.0), "Date: ", day))
    return s


def change_ticks(t: Random, c: Random) -> Sketch:
    """A change of details: which kinds are ticked, then from and to in two columns."""
    f = Form("change_ticks", t, c, "change_of_details", {
        "ect_name": ("ECT", "Name of ECT"), "trn": ("TRN", "ECT’s TRN"), "school_name": ("School", "School name"), "fte": ("FTE", "Working hours (FTE)"), "induction_tutor_name": ("Induction tutor", "Tutor"),
        "mentor_name": ("Mentor", "ECF mentor"), "ect_email": ("ECT’s email", "Email"), "ect_last_name": ("Surname", "ECT’s surname"),
    })  # fmt: skip
    f._roles = False
    s = f.sketch
    s.add(p(f.words("ECT change of details form", "Notification of a change of details"), heading=1))
    s.add(T((0.3, 0.7), tuple(left(f, key) for key in ("ect_name", "trn", "school_name"))))
    s.add(
        p(
            "What is changing? ",
            *mark(c.random() < 0.5 and not f.blank, "glyph"),
            " Hours",
            Gap(),
            *mark(c.random() < 0.5 and not f.blank, "glyph"),
            " Staff",
            Gap(),
            *mark(False, "glyph"),
            " Name",
        )
    )
    other = Form(
        "change_ticks",
        t,
        Random(c.random()),
        "change_of_details",
        {key: (key,) for key in ("fte", "induction_tutor_name", "mentor_name", "ect_email", "ect_last_name")},
    )
    other.blank, other._roles = f.blank, False
    rows: list[tuple[Cell, ...]] = [
        (
            cell("Detail", shaded=True),
            cell(f.words("From (old)", "Was"), shaded=True),
            cell(f.words("To (new)", "Now"), shaded=True),
        )
    ]
    rows += [
        (cell(f.label(key, colon=False)), cell(p(other.answer(key))), cell(p(f.answer(key, blank=0.3))))
        for key in ("fte", "induction_tutor_name", "mentor_name", "ect_email", "ect_last_name")
    ]
    s.add(T((0.3, 0.35, 0.35), tuple(rows), least=20))
    name, day = f.signed("head", blank=0)
    s.add(p("Headteacher (print name): ", name, Gap(), "Date: ", day))
    return s
