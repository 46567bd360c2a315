"""Registrations, changes and leavers in designs of national bodies, councils and hubs."""

from __future__ import annotations

from random import Random

from tests.support.papers_model import Cell, Gap, Line, Run, Sketch, T, Tick, cell, p
from tests.support.unseen.form import Form, left, under


def coded_rows(t: Random, c: Random) -> Sketch:
    """A national body's registration: every row has a code before its label."""
    f = Form("coded_rows", t, c, "registration", {
        "ect_first_name": ("Legal first name(s)", "Forenames", "First names in full"), "ect_last_name": ("Legal surname", "Family name", "Surname"), "ect_former_name": ("Previously known as", "Previous names, if any"), "date_of_birth": ("Date of birth", "Birth date"), "trn": ("DfE teacher reference number", "TRN", "QTS certificate number (TRN)"),
        "national_insurance_number": ("National insurance no", "NINO"), "ect_email": ("E-mail (not a university address)", "Personal or school e-mail", "Contact email of ECT"), "qts_date": ("Date on which QTS was conferred", "QTS awarded on"), "school_name": ("Establishment", "Name of establishment"), "school_urn": ("Establishment URN", "URN (six digits)"),
        "school_dfe_number": ("LA code and establishment number", "DfE establishment number"), "headteacher_name": ("Head of establishment", "Name of head"), "induction_start": ("Proposed start of induction", "Requested induction start date"), "fte": ("Contract (FTE)", "FTE of the post"), "induction_tutor_name": ("Named induction tutor", "Induction tutor: name"), "induction_tutor_email": ("Induction tutor: e-mail", "E-mail of named induction tutor"), "mentor_name": ("Named mentor", "Mentor: name"),
    })  # fmt: skip
    f._roles = False
    s = f.sketch
    s.add(
        p(
            f.words(
                "ECT registration form",
                "Registration of an early career teacher for statutory induction",
                "Application to register an ECT",
            ),
            heading=1,
        )
    )
    s.add(p("Induction cannot be backdated. Incomplete forms are returned."))
    for letter, title, keys in (
        (
            "A",
            "Teacher",
            (
                "ect_last_name",
                "ect_first_name",
                "ect_former_name",
                "date_of_birth",
                "trn",
                "national_insurance_number",
                "qts_date",
                "ect_email",
            ),
        ),
        ("B", "Establishment", ("school_name", "school_urn", "school_dfe_number", "headteacher_name")),
        ("C", "Induction", ("induction_start", "fte", "induction_tutor_name", "induction_tutor_email", "mentor_name")),
    ):
        rows: list[tuple[Cell, ...]] = [(cell(letter, bold=True, shaded=True), cell(title, bold=True, shaded=True, span=2))]
        rows += [
            (cell(f"{letter}{number}"), cell(f.label(key, colon=False)), cell(p(f.answer(key))))
            for number, key in enumerate(keys, start=1)
        ]
        s.add(T((0.08, 0.42, 0.5), tuple(rows)))
    f.join_names()
    s.add(p(Tick(not f.blank), " I confirm that the ECT holds QTS and that the post is suitable for induction."))
    return s


def old_and_new(t: Random, c: Random) -> Sketch:
    """A change of details with what is held now in the first column and what it should be in the second."""
    keys = (
        "ect_last_name",
        "school_name",
        "fte",
        "induction_tutor_name",
        "induction_tutor_email",
        "mentor_name",
        "headteacher_name",
    )
    f = Form("old_and_new", t, c, "change_of_details", {
        "ect_name": ("ECT (as registered)", "ECT’s name", "Which ECT?"), "trn": ("TRN", "ECT’s reference number"), "ect_last_name": ("Surname", "ECT’s surname"), "school_name": ("School", "Name of school"), "fte": ("Contract (FTE)", "FTE"), "induction_tutor_name": ("Induction tutor", "Name of induction tutor"), "induction_tutor_email": ("Induction tutor’s email", "Tutor email"),
        "mentor_name": ("Mentor", "Name of mentor"), "headteacher_name": ("Headteacher", "Name of headteacher"),
    })  # fmt: skip
    f._roles = False
    s = f.sketch
    s.add(p(f.words("Change of circumstances form", "Change of details – ECT", "Amendment to an ECT’s record"), heading=1))
    s.add(p("Complete only those rows that have changed."))
    s.add(T((0.2, 0.4, 0.12, 0.28), (left(f, "ect_name", "trn"),)))
    old = Form("old_and_new", t, Random(c.random()), "change_of_details", {key: (key,) for key in keys})
    old.blank, old._roles = f.blank, False
    heads = (
        f.words("", "Item", "Detail"),
        f.words("Current details", "Currently held", "Existing information"),
        f.words("New details", "Please change to", "Amended information"),
    )
    rows: list[tuple[Cell, ...]] = [tuple(cell(one, bold=True, shaded=True) for one in heads)]
    rows += [
        (cell(f.label(key, colon=False)), cell(p(old.answer(key, blank=0.2))), cell(p(f.answer(key, blank=0.4))))
        for key in keys
    ]
    s.add(T((0.3, 0.35, 0.35), tuple(rows)))
    s.add(p("Date from which the change takes effect: ", f.noted(f.day(f.facts.end))))
    name, day = f.signed("head", blank=0)
    s.add(p("Authorised by (headteacher): ", name, Gap(), "Date: ", day))
    return s


def release_letter(t: Random, c: Random) -> Sketch:
    """A leaver's form in two columns without lines, the value under its label."""
    f = Form("release_letter", t, c, "leaver_notice", {
        "ect_name": ("Name of leaver", "Name of departing ECT", "ECT’s full name"), "trn": ("Teacher reference number", "TRN"), "date_of_birth": ("Date of birth", "DOB"), "school_name": ("Current employer", "School being left", "Current school"), "leaving_date": ("Contract end date", "Last day of contract", "Leaving date"), "next_school": ("New employer (if known)", "New school"),
        "terms_completed": ("Terms served here", "FTE terms completed at the school"), "days_absent_total": ("Total absence during induction (days)", "Days absent since start of induction"), "induction_tutor_name": ("Induction tutor", "Induction lead"), "headteacher_name": ("Head teacher", "Principal"),
    })  # fmt: skip
    f._roles = False
    s = f.sketch
    s.add(
        p(f.words("ECT leaver form", "Release of an ECT", "Leaver’s notification"), heading=1),
        p("Please return this form as soon as notice has been given."),
    )
    pairs = (
        ("ect_name", "trn"),
        ("date_of_birth", "school_name"),
        ("leaving_date", "next_school"),
        ("terms_completed", "days_absent_total"),
        ("induction_tutor_name", "headteacher_name"),
    )
    s.add(T((0.5, 0.5), tuple((under(f, one), under(f, two)) for one, two in pairs), ruled=t.random() < 0.5, least=34))
    s.add(p("Have all progress reviews been completed? ", Tick(not f.blank), " Yes", Gap(), Tick(False), " No"))
    s.add(p("Will an interim assessment be sent? ", Tick(not f.blank), " Yes", Gap(), Tick(False), " No"))
    name, day = f.signed("head", blank=0.1)
    s.add(p("Signed on behalf of the school ", Line(90)), p("Print name (Headteacher) ", name, Gap(), "Date ", day))
    return s


def hub_people(t: Random, c: Random) -> Sketch:
    """A hub's registration: two pairs a row, the people in a table with addresses, a privacy notice between."""
    f = Form("hub_people", t, c, "registration", {
        "ect_name": ("ECT’s name (as on QTS certificate)", "Full legal name", "Teacher’s name"), "trn": ("TRN", "Teacher reference no.", "Teacher Reference Number (TRN)"), "date_of_birth": ("DOB", "Date of birth (DD/MM/YY)"), "national_insurance_number": ("NI number", "National Insurance number"), "qts_date": ("QTS date", "Date of QTS"), "ect_email": ("ECT’s email", "Email (ECT)"),
        "school_name": ("School/Trust", "School / setting name", "Name of organisation"), "school_urn": ("URN", "School’s URN"), "induction_start": ("Induction start date", "Start date (induction)"), "terms_completed": ("Terms already completed", "Induction already served (terms)"), "fte": ("FTE", "Contract FTE"),
    })  # fmt: skip
    f._roles = False
    s = f.sketch
    s.landscape = t.random() < 0.3
    s.add(
        p(
            f.words(
                "Register an ECT with the Hub", "New ECT registration 2025/26", "ECT registration – one form for each teacher"
            ),
            heading=1,
        )
    )
    rows = [
        left(f, *pair)
        for pair in (
            ("ect_name", "trn"),
            ("date_of_birth", "national_insurance_number"),
            ("qts_date", "ect_email"),
            ("school_name", "school_urn"),
            ("induction_start", "terms_completed"),
        )
    ]
    s.add(
        T(
            (0.22, 0.28, 0.22, 0.28),
            (*rows, (*left(f, "fte"), cell("Working pattern", shaded=True), cell(p(*f.pattern("before"))))),
        )
    )
    s.add(
        p("How we use this information", heading=2),
        p(
            "We share names, dates of birth and teacher reference numbers with the Department for Education. Our lawful basis is public task. Your data protection officer is named on our website."
        ),
    )
    people: list[tuple[Cell, ...]] = [tuple(cell(one, bold=True, shaded=True) for one in ("Role", "Name", "Email", "Phone"))]
    for role, key, who, address in (
        ("Headteacher", "headteacher_name", f.facts.head, f.facts.head_email),
        ("Induction tutor", "induction_tutor_name", f.facts.tutor, f.facts.tutor_email),
        ("Mentor", "mentor_name", f.facts.mentor, f.facts.mentor_email),
    ):
        people.append((cell(role), cell(p(f.person(key, who))), cell(p(f.noted(address))), cell(p(f.noted("01632 960123")))))
    s.truth["induction_tutor_email"] = None if f.blank else f.facts.tutor_email
    s.add(p("People", heading=2), T((0.2, 0.28, 0.34, 0.18), tuple(people)))
    return s


def plan_cycle(t: Random, c: Random) -> Sketch:
    """A support plan with its particulars in one cell of run-on labels and the plan below in headed boxes."""
    f = Form("plan_cycle", t, c, "support_plan", {
        "ect_name": ("ECT", "Name of teacher"), "trn": ("TRN", "Teacher reference number"), "school_name": ("School", "Setting"), "induction_tutor_name": ("Induction tutor", "Plan written by (induction tutor)"), "mentor_name": ("Mentor", "Mentor supporting"), "period_start": ("Start of plan", "Plan begins"), "period_end": ("Review date of plan", "End of plan", "Plan ends"),
        "areas_for_development": ("Concerns, by Teachers’ Standard", "Areas causing concern"), "targets": ("What will improvement look like?", "Success criteria and targets", "Targets"), "support_plan": ("Support to be provided", "Actions and support", "What support will be given, by whom and when?"), "ect_comments": ("ECT’s comments on the plan", "Comments from the ECT"),
    })  # fmt: skip
    f._roles = False
    s = f.sketch
    s.add(p(f.words("ECT support plan", "Individual support plan (not on track)", "Enhanced support plan"), heading=1))

    def pair(one: str, two: str) -> Cell:
        return cell(
            p(
                Run(f.label(one, colon=True) + " ", bold=True),
                f.answer(one),
                Gap(240.0),
                Run(f.label(two, colon=True) + " ", bold=True),
                f.answer(two),
            )
        )

    s.add(
        T(
            (1.0,),
            (
                (pair("ect_name", "trn"),),
                (pair("school_name", "induction_tutor_name"),),
                (pair("period_start", "period_end"),),
                left_of(f, "mentor_name"),
            ),
        )
    )
    for key in ("areas_for_development", "targets", "support_plan", "ect_comments"):
        s.add(T((1.0,), ((cell(p(f.label(key, colon=False), bold=True), shaded=True),), (cell(*f.text(key)),)), least=30))
    for who, role in (("ect", "ECT"), ("tutor", "Induction tutor"), ("head", "Headteacher")):
        name, day = f.signed(who)
        s.add(p(f"Agreed by {role}: ", name, Gap(300.0), "on: ", day))
    return s


def left_of(f: Form, key: str) -> tuple[Cell, ...]:
    return (cell(p(Run(f.label(key, colon=True) + " ", bold=True), f.answer(key))),)
