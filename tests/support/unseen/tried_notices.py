"""Half of the unseen layouts whose failures may be looked at: registrations and notices."""

from __future__ import annotations

from random import Random

from tests.support.papers_model import Cell, Gap, Line, Run, Sketch, T, cell, p
from tests.support.unseen.form import Form, left, mark


def people_blocks(t: Random, c: Random) -> Sketch:
    """A registration in one long table: bands name the person, the labels are the same in each."""
    f = Form("people_blocks", t, c, "registration", {
        "ect_name": ("Full name", "Name"), "trn": ("TRN", "Teacher Reference Number"), "date_of_birth": ("Date of birth", "DOB"), "national_insurance_number": ("NI number", "National insurance"),
        "qts_date": ("QTS awarded on", "Date of QTS"), "ect_email": ("Email", "Email address"), "school_name": ("School name", "Name of school"), "school_urn": ("URN", "School’s URN"),
        "induction_start": ("Induction to start on", "Proposed induction start date"), "fte": ("FTE", "Full-time equivalent (1.0 = full time)"),
        "headteacher_name": ("Full name", "Name"), "induction_tutor_name": ("Full name", "Name"), "mentor_name": ("Full name", "Name"), "induction_tutor_email": ("Email", "Email address"),
    })  # fmt: skip
    f._roles = False
    s = f.sketch
    s.add(
        p(f.words("Register an ECT with us", "ECT registration", "Appropriate body registration form"), heading=1),
        p("We cannot backdate induction. Please send this before the first day."),
    )
    rows: list[tuple[Cell, ...]] = []

    def band(text: str) -> None:
        rows.append((cell(p(text, bold=True), span=2, shaded=True),))

    name, mail = f.label("ect_name"), f.label("ect_email")
    band(f.words("1. The school", "School"))
    rows += [left(f, "school_name", shaded=False), left(f, "school_urn", shaded=False)]
    band(f.words("2. The early career teacher", "ECT"))
    rows += [
        left(f, key, shaded=False)
        for key in ("ect_name", "ect_email", "trn", "date_of_birth", "national_insurance_number", "qts_date")
    ]
    band(f.words("3. The post", "Contract"))
    rows += [left(f, "induction_start", shaded=False)]
    rows += [(cell("Working pattern"), cell(p(*f.pattern(t.choice(["before", "highlight"])))))]
    rows += [left(f, "fte", shaded=False)]
    for role, key, who, address in (
        (f.words("4. The headteacher", "Headteacher"), "headteacher_name", f.facts.head, f.facts.head_email),
        (f.words("5. The induction tutor", "Induction tutor"), "induction_tutor_name", f.facts.tutor, f.facts.tutor_email),
        (f.words("6. The mentor", "Mentor"), "mentor_name", f.facts.mentor, f.facts.mentor_email),
    ):
        band(role)
        rows.append((cell(name), cell(p(f.person(key, who)))))
        if key == "induction_tutor_name":
            s.truth["induction_tutor_email"] = None if f.blank else address
        rows += [
            (cell(mail), cell(p(f.noted(address)))),
            (cell("Telephone"), cell(p(f.noted(f"01632 960{c.randint(100, 999)}")))),
        ]
    s.add(T((0.4, 0.6), tuple(rows)))
    return s


def people_grid(t: Random, c: Random) -> Sketch:
    """A registration whose people stand in a grid: one row each, name and address in columns."""
    f = Form("people_grid", t, c, "registration", {
        "ect_first_name": ("Forename(s)", "First name(s)"), "ect_last_name": ("Surname", "Last name"), "ect_former_name": ("Previous surname (if any)", "Other names used"),
        "trn": ("Teacher Reference Number (TRN)", "TRN"), "date_of_birth": ("Date of Birth", "Date of birth (DD/MM/YYYY)"), "qts_date": ("Date QTS was gained", "QTS award date"), "ect_email": ("ECT email", "Email (not a training address)"),
        "induction_start": ("Start date of induction", "Date induction will start"), "school_name": ("School", "Employing school"), "school_dfe_number": ("DfE number (LA/Est)", "DfE number"),
    })  # fmt: skip
    s = f.sketch
    s.header = "Registration form 2025/26 – version 3"
    s.add(
        p(f.words("Induction registration", "Early Career Teacher Registration Form 2025-2026"), heading=1), p("ECT", heading=2)
    )
    title = f.noted(c.choice(["Mr", "Ms", "Mx"]))
    s.add(
        T(
            (0.25, 0.25, 0.25, 0.25),
            (
                (cell("Title", shaded=True), cell(p(title)), *left(f, "ect_first_name")),
                left(f, "ect_last_name", "ect_former_name"), left(f, "trn", "date_of_birth"), left(f, "qts_date", "ect_email"),
                left(f, "induction_start", "school_name"), left(f, "school_dfe_number", span=3),
            ),
        )
    )  # fmt: skip
    f.join_names()
    s.add(p("People at the school", heading=2))
    rows = [(cell("Role", shaded=True), cell("Name", shaded=True), cell("Email", shaded=True))]
    for role, key, who, address in (
        ("Headteacher", "headteacher_name", f.facts.head, f.facts.head_email),
        (f.words("Induction tutor", "Induction Tutor / Lead"), "induction_tutor_name", f.facts.tutor, f.facts.tutor_email),
        (f.words("Mentor", "ECF mentor"), "mentor_name", f.facts.mentor, f.facts.mentor_email),
        ("Finance contact", "", f.facts.mentor, "finance@office.example"),
    ):
        name = f.person(key, who) if key else f.noted("Sam Okafor")
        rows.append((cell(role), cell(p(name)), cell(p(f.noted(address)))))
    s.truth["induction_tutor_email"] = None if f.blank else f.facts.tutor_email
    s.add(T((0.3, 0.35, 0.35), tuple(rows)))
    s.add(p("Programme: ", *mark(not f.blank, "glyph"), " Provider-led", Gap(), *mark(False, "glyph"), " School-led"))
    return s


def leaver_lines(t: Random, c: Random) -> Sketch:
    """A leaver form of numbered lines with dots."""
    f = Form("leaver_lines", t, c, "leaver_notice", {
        "ect_name": ("1. Name of ECT who is leaving", "1. ECT’s name"), "trn": ("2. TRN", "2. Teacher reference number"), "school_name": ("3. Name of school being left", "3. School"),
        "leaving_date": ("4. Last day of employment", "4. Date of leaving the school"), "days_absent": ("5. Days absent since last assessment", "5. Days absent in the current period"),
        "terms_completed": ("6. Terms of induction completed", "6. Number of terms served (FTE)"), "next_school": ("7. Name of new school (if known)", "7. New school"),
    })  # fmt: skip
    s = f.sketch
    s.add(
        p(f.words("ECT leaving: notice to the appropriate body", "Leaver form – early career teacher"), heading=1),
        p("Please let us know as soon as a resignation is accepted."),
    )
    for key in ("ect_name", "trn", "school_name", "leaving_date", "days_absent", "terms_completed", "next_school"):
        run = f.answer(key)
        dots = Run(" ……… ") if t.random() < 2 else Run(" ")
        s.add(p(Run(f.label(key, colon=False)), dots, run if run.text else Run("………………………")))
    value = c.random() < 0.5
    s.add(
        p(
            "8. Has the ECT an induction post to go to? ",
            *mark(value and not f.blank, "glyph"),
            " Yes ",
            *mark(not value and not f.blank, "glyph"),
            " No",
        )
    )
    name, day = f.signed("head", blank=0)
    s.add(p("Completed by the headteacher: ", name, Gap(), "Date: ", day))
    return s


def sentences(t: Random, c: Random) -> Sketch:
    """A change of details told partly in lines with labels, partly in boxes to tick."""
    f = Form("sentences", t, c, "change_of_details", {
        "ect_name": ("Teacher concerned", "ECT concerned"), "trn": ("TRN", "Teacher Reference Number"), "school_name": ("School", "Current school"),
        "fte": ("New FTE", "FTE from now on"), "induction_tutor_name": ("New induction tutor", "Name of new induction tutor"), "mentor_name": ("New mentor", "Name of new mentor"), "ect_last_name": ("New surname", "Surname (if changed)"),
    })  # fmt: skip
    f._roles = False
    s = f.sketch
    s.add(p(f.words("Change of circumstances during induction", "Tell us about a change: ECT details"), heading=1))
    s.add(p("Part 1: who", heading=2))
    for key in ("ect_name", "trn", "school_name"):
        s.add(p(Run(f.label(key, colon=True) + " ", bold=True), f.answer(key, blank=0)))
    s.add(p("Part 2: what has changed (complete only what applies)", heading=2))
    s.add(
        T((0.5, 0.5), tuple(left(f, key) for key in ("ect_last_name", "fte", "induction_tutor_name", "mentor_name")), least=20)
    )
    s.add(p("The change takes effect on ", f.noted(f.day(f.facts.leaving)), "."))
    name, day = f.signed("head", blank=0)
    s.add(p("Signed ", Line(80), Gap(), "Headteacher’s name: ", name, Gap(), "Date: ", day))
    return s
