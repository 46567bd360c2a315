"""Registrations as other bodies might print them, with the asides that offices ask for."""

from __future__ import annotations

from random import Random

from tests.support.papers_fill import choice
from tests.support.papers_model import Cell, Gap, Line, Run, Sketch, T, Tick, a, cell, p
from tests.support.papers_people import Person
from tests.support.unseen.form import left, under
from tests.support.unseen.plain_writing import Plain

_BURSAR = Person("Hilary", "Cross")


def hub_registration(t: Random, c: Random) -> Sketch:
    """Sections of two pairs a row: teacher, training, post, induction served elsewhere, people, contact, invoice, declaration."""
    f = Plain("hub_registration", t, c, "registration", {
        "ect_first_name": ("First name", "Forename(s)"), "ect_last_name": ("Surname", "Last name"), "ect_former_name": ("Previous surname", "Maiden / former name"), "date_of_birth": ("Date of birth", "DOB"), "trn": ("TRN", "Teacher Reference Number"), "national_insurance_number": ("National Insurance No.", "NI number"), "ect_email": ("ECT email (school address)", "ECT work email"), "qts_date": ("QTS award date", "Date of QTS"), "school_name": ("School name", "Name of school"), "school_urn": ("School URN", "URN"), "headteacher_name": ("Headteacher’s name", "Headteacher / Principal"), "induction_start": ("Induction start date", "Proposed start date of induction"), "induction_tutor_name": ("Induction tutor name", "Name of induction tutor"), "induction_tutor_email": ("Induction tutor email", "Email"), "mentor_name": ("Mentor name", "Name of mentor"), "fte": ("FTE (if part time)", "If part-time, FTE"), "terms_completed": ("FTE terms already served", "Terms completed elsewhere (FTE)"), "days_absent_total": ("Days absent in induction already served", "Absence to date (days)"),
    })  # fmt: skip
    f._words["induction_tutor_email"] = "Induction tutor email"
    s = f.pages(f.words("Meridian Teaching School Hub", "Copper Coast Appropriate Body"), "Registration form 2025-26")
    s.add(
        p(f.words("ECT Registration Form", "Registration of an Early Career Teacher with the Appropriate Body"), heading=1),
        p("Induction cannot start until this registration has been accepted."),
    )
    widths = (0.22, 0.28, 0.22, 0.28)
    qualified = (cell("ITT provider", shaded=True), cell(p(f.noted(f.words("University of Tarrow", "Downs SCITT")))))
    s.add(
        p("1. About the ECT", heading=2),
        T(
            widths,
            (
                left(f, "ect_first_name", "ect_last_name"),
                left(f, "ect_former_name", "date_of_birth"),
                left(f, "trn", "national_insurance_number"),
                (*left(f, "qts_date"), *qualified),
                left(f, "ect_email", span=3),
            ),
        ),
    )
    f.join_names()
    phone = (cell("School telephone", shaded=True), cell(p(f.noted("01632 960114"))))
    s.add(
        p("2. About the school and post", heading=2),
        T(
            widths,
            (left(f, "school_name", "school_urn"), (*left(f, "headteacher_name"), *phone), left(f, "induction_start", "fte")),
        ),
    )
    s.add(p("Full time or part time: ", *f.pattern("before", ("Full time", "Part time"))))
    s.add(p("Programme: ", *f.ticks((("Provider-led", not f.blank), ("School-led", False)))))
    elsewhere = c.random() < 0.4
    if not elsewhere or f.blank:
        f.sketch.truth |= {"terms_completed": None, "days_absent_total": None}
    served = [f.answer(key, blank=0) if elsewhere else a("") for key in ("terms_completed", "days_absent_total")]
    s.add(
        p("3. Induction already served", heading=2),
        p(
            "Has any part of statutory induction been served elsewhere? ",
            *choice([("Yes", elsewhere and not f.blank), ("No", not elsewhere and not f.blank)], "before"),
        ),
    )
    before = f.noted(f"{f.facts.next_school} / {f.words('Tarrow Council', 'Lighthouse AB')}" if elsewhere else "")
    s.add(
        T(
            (0.5, 0.5),
            (
                (cell("If yes, previous school and appropriate body", shaded=True), cell(p(before))),
                *(
                    (cell(f.label(key), shaded=True), cell(p(one)))
                    for key, one in zip(("terms_completed", "days_absent_total"), served, strict=True)
                ),
            ),
        )
    )
    mentor_email = (cell("Mentor email", shaded=True), cell(p(f.noted(f.facts.mentor_email))))
    s.add(
        p("4. Induction tutor and mentor", heading=2),
        T(widths, (left(f, "induction_tutor_name", "induction_tutor_email"), (*left(f, "mentor_name"), *mentor_email))),
    )
    s.add(
        p("5. Invoicing", heading=2),
        T(
            widths,
            (
                (
                    cell("Finance contact", shaded=True),
                    cell(p(f.noted(_BURSAR.name))),
                    cell("Email for invoices", shaded=True),
                    cell(p(f.noted("finance@office.example"))),
                ),
                (cell("Purchase order no.", shaded=True), cell(p(f.noted("4500123"))), cell("", shaded=True), cell("")),
            ),
        ),
    )
    s.add(p(Tick(not f.blank), " The post is suitable for induction and the timetable has been reduced by 10%."))
    name, day = f.signed("head")
    s.add(p("Headteacher declaration", heading=2), p("Name: ", name, Gap(), "Signature: ", Line(80), Gap(), "Date: ", day))
    return s


def people_rows(t: Random, c: Random) -> Sketch:
    """Labels and answers in two columns, then the people at the school in a table of name, role, e-mail and telephone."""
    f = Plain("people_rows", t, c, "registration", {
        "ect_name": ("Name of ECT (as on the TRA record)", "ECT’s full name"), "ect_former_name": ("Any previous name", "Previous name(s)"), "date_of_birth": ("Date of birth (DD/MM/YYYY)", "ECT’s date of birth"), "trn": ("Teacher Reference Number", "TRN (seven digits)"), "ect_email": ("ECT’s e-mail address", "E-mail for ECT"), "qts_date": ("Date on which QTS was awarded", "QTS awarded on"), "school_name": ("School where induction will be served", "Employing school"), "school_dfe_number": ("DfE establishment number", "DfE number (LA/school)"), "induction_start": ("Date induction is to start", "First day of induction at this school"), "fte": ("Full-time equivalent (1.0 = full time)", "FTE as a decimal"),
    })  # fmt: skip
    s = f.pages("", f.words("Returned forms are processed within five working days.", "Highfell Induction Service"))
    s.add(
        p(
            f.words(
                "Register an early career teacher",
                "New ECT: registration for statutory induction",
                "ECT registration with Highfell AB",
            ),
            heading=1,
        )
    )
    rows = [
        left(f, key)
        for key in (
            "ect_name",
            "ect_former_name",
            "date_of_birth",
            "trn",
            "qts_date",
            "ect_email",
            "school_name",
            "school_dfe_number",
            "induction_start",
            "fte",
        )
    ]
    rows.insert(
        6, (cell("Age range and subject", shaded=True), cell(p(f.noted(c.choice(("KS2 generalist", "11–16 Biology", "EYFS"))))))
    )
    rows.append(
        (
            cell("Contract type", shaded=True),
            cell(
                p(
                    *choice(
                        [("Permanent", not f.blank), ("Fixed term", False), ("Supply", False)],
                        f.words("before", "strike"),
                        blank=f.blank,
                    )
                )
            ),
        )
    )
    s.add(T((0.45, 0.55), tuple(rows)))
    s.add(p(f.words("People supporting the ECT", "School contacts"), heading=2))
    heads = ("Role", "Name", "E-mail", "Telephone")
    facts = f.facts
    people = (
        ("Headteacher", "headteacher_name", facts.head, facts.head_email),
        ("Induction tutor", "induction_tutor_name", facts.tutor, facts.tutor_email),
        ("Mentor", "mentor_name", facts.mentor, facts.mentor_email),
    )
    table: list[tuple[Cell, ...]] = [tuple(cell(one, bold=True, shaded=True) for one in heads)]
    for role, key, who, email in people:
        table.append((cell(role), cell(p(f.person(key, who))), cell(p(f.noted(email))), cell(p(f.noted("01632 960221")))))
    s.truth["induction_tutor_email"] = None if f.blank else facts.tutor_email
    table.append(
        (cell("Finance contact"), cell(p(f.noted(_BURSAR.name))), cell(p(f.noted("accounts@office.example"))), cell(""))
    )
    s.add(T((0.2, 0.27, 0.35, 0.18), tuple(table)))
    s.add(p("Please confirm:", bold=True))
    for text in (
        "the ECT holds QTS and I have seen the certificate;",
        "the post meets the requirements of paragraph 2.17 of the statutory guidance;",
        "the ECT has been told of the named contact at the appropriate body.",
    ):
        s.add(p(Tick(not f.blank and c.random() < 0.9), f" {text}"))
    s.add(p("Completed by: ", f.noted(facts.tutor.name), Gap(), "Date: ", f.noted(f.day(facts.induction))))
    return s


def delete_as_appropriate(t: Random, c: Random) -> Sketch:
    """Answers below their labels, two to a row, words to delete, and a transfer block for those who come from another school."""
    f = Plain("delete_as_appropriate", t, c, "registration", {
        "ect_name": ("Full name of teacher", "Teacher’s name in full"), "trn": ("DfE teacher reference number (TRN)", "Teacher ref number"), "date_of_birth": ("Date of birth", "D.O.B"), "qts_date": ("Date QTS gained", "Date of award of QTS"), "ect_email": ("Teacher’s email", "Email address of ECT"), "school_name": ("Name of school or college", "School / college"), "school_urn": ("Unique reference number of school", "School’s URN"), "induction_start": ("Start date for induction", "Date of commencement of induction"), "headteacher_name": ("Name of headteacher", "Head’s name"), "induction_tutor_name": ("Name of induction tutor", "Induction tutor / lead"), "mentor_name": ("Name of ECT mentor", "Mentor’s name"), "induction_tutor_email": ("Email address of induction tutor", "Induction tutor’s email"), "fte": ("If part-time, proportion of full time", "Proportion if part-time (e.g. 0.6)"),
    })  # fmt: skip
    s = f.pages(f.words("Statutory Induction – Registration", "Fosse Way Appropriate Body"), "")
    s.add(
        p(
            f.words(
                "Notification of appointment of an ECT", "Registration form – new or transferring ECT", "ECT registration form"
            ),
            heading=1,
        )
    )
    pairs = (
        ("ect_name", "trn"),
        ("date_of_birth", "qts_date"),
        ("ect_email", "school_name"),
        ("school_urn", "headteacher_name"),
        ("induction_tutor_name", "induction_tutor_email"),
        ("mentor_name", "induction_start"),
    )
    s.add(T((0.5, 0.5), tuple((under(f, one), under(f, two)) for one, two in pairs), least=34))
    s.add(p("This appointment is: ", *f.pattern("strike", ("full-time", "part-time")), " (delete as appropriate)"))
    s.add(p(Run(f.label("fte", colon=True) + " "), f.answer("fte", blank=0)))
    s.add(
        p(
            "The ECT is: ",
            *choice([("new to induction", not f.blank), ("transferring from another school", False)], "strike", blank=f.blank),
        )
    )
    s.add(p(f.words("For transferring ECTs only", "Complete for transfers only"), bold=True))
    s.add(
        T(
            (0.5, 0.5),
            tuple(
                (cell(p(one), p(a(""))), cell(p(two), p(a(""))))
                for one, two in (
                    ("Previous school", "Previous appropriate body"),
                    ("Date induction was started there", "Terms completed there"),
                )
            ),
        )
    )
    s.add(p("Training programme: ", *choice([("provider-led", not f.blank), ("school-led", False)], "strike", blank=f.blank)))
    s.add(p("An invoice for £180 should be sent to: ", f.noted("the trust’s finance team, finance@office.example")))
    name, day = f.signed("head")
    s.add(
        T(
            (0.6, 0.4),
            (
                (cell(p("Signature of headteacher")), cell(p("Date: ", day))),
                (
                    cell(
                        p("Print name: ", name),
                    ),
                    cell(""),
                ),
            ),
        )
    )
    return s
