"""Registrations, transfers and leavers as further offices lay them out: other synonyms, invoices, two schools side by side."""

from __future__ import annotations

from random import Random

from tests.support.papers_model import Cell, Gap, Line, Run, Sketch, T, Tick, a, cell, p
from tests.support.unseen.coming_words import Paper
from tests.support.unseen.form import left


def office_registration(t: Random, c: Random) -> Sketch:
    """Numbered sections by who knows the answer, with the finance contact and the address of the body between."""
    f = Paper("office_registration", t, c, "registration", {
        "ect_first_name": ("Forename(s)", "Given name(s)"), "ect_last_name": ("Surname", "Family name"), "ect_former_name": ("Maiden/previous name", "Known by any other name?", "Other names used"), "date_of_birth": ("Date of birth", "DOB (dd/mm/yyyy)"), "trn": ("TRN", "Teacher reference no."), "national_insurance_number": ("National Insurance no.", "NI number"), "qts_date": ("Qualified on (QTS)", "QTS gained on", "Date of qualification (QTS)"), "ect_email": ("Preferred e-mail of the teacher", "Teacher’s work e-mail"),
        "school_name": ("Establishment name", "Name of employing establishment"), "school_dfe_number": ("DfE no.", "Establishment no. (LA/Estab)"), "school_urn": ("URN", "Unique ref. no. (URN)"), "headteacher_name": ("Headteacher/Principal/CEO", "Head of establishment"),
        "induction_start": ("Commencement of induction", "Date on which induction is to commence", "Induction commencement date"), "fte": ("Contracted hours (decimal)", "Contract (1.0 = full time)", "Hours worked as FTE"), "induction_tutor_name": ("Induction tutor", "Designated induction tutor"), "induction_tutor_email": ("E-mail of the induction tutor", "Induction tutor’s e-mail"), "mentor_name": ("Mentor", "Designated mentor"),
    })  # fmt: skip
    s = f.sketch
    s.header = f.words(
        "Eastshire County Council, Schools HR, County Hall, Eastford EF1 1AA", "Return to: ect.registrations@redrose.example"
    )
    s.add(
        p(
            f.words(
                "ECT induction – registration",
                "Notification of a newly appointed ECT (registration)",
                "Registration of an ECT for induction",
            ),
            heading=1,
        )
    )
    s.add(p(f.words("Please complete all sections in type. Handwritten forms are sent back.", "For queries please telephone Gail Ormerod, Induction Administrator, on 01632 960771.")))  # fmt: skip
    for title, rows in (
        (f.words("Section 1: Establishment", "1. The school"), (("school_name", "school_dfe_number"), ("headteacher_name", "school_urn"))),
        (f.words("Section 2: Newly appointed teacher", "2. The teacher"), (("ect_last_name", "ect_first_name"), ("ect_former_name", "date_of_birth"), ("trn", "national_insurance_number"), ("qts_date", "ect_email"))),
        (f.words("Section 3: Induction arrangements", "3. The post"), (("induction_start", "fte"), ("induction_tutor_name", "mentor_name"), ("induction_tutor_email",))),
    ):  # fmt: skip
        made: list[tuple[Cell, ...]] = [(cell(title, bold=True, shaded=True, span=4),)]
        made += [left(f, *keys, shaded=False) if len(keys) > 1 else left(f, *keys, span=3, shaded=False) for keys in rows]
        s.add(T((0.23, 0.27, 0.23, 0.27), tuple(made)))
    f.join_names()
    s.add(p(f.words("The teacher is currently: ", "The post is: "), *f.pattern("before", ("Full-time", "Part-time")), after=8))
    invoice = (
        ("Finance contact", "Pam Ridley"),
        ("E-mail for invoices", "finance@thornhill.example"),
        ("Purchase order number", "4107332"),
    )
    s.add(T((0.4, 0.6), ((cell("Section 4: Invoicing", bold=True, shaded=True, span=2),), *((cell(label), cell(p(f.noted(value)))) for label, value in invoice))))  # fmt: skip
    s.add(
        p(Tick(not f.blank), " A copy of the QTS certificate is attached."),
        p(Tick(not f.blank), " The post is suitable for induction."),
    )
    name, day = f.signed("head", blank=0.05)
    s.add(p("Signed (headteacher) ", Line(90), Gap(), "Name ", name, Gap(), "Date ", day))
    return s


def roles_table(t: Random, c: Random) -> Sketch:
    """A registration whose people stand in one table by role, with title, name and e-mail apart; the rest in a sheet without lines."""
    f = Paper("roles_table", t, c, "registration", {
        "trn": ("Teacher reference number", "ECT’s TRN"), "date_of_birth": ("ECT’s date of birth", "ECT born on"), "qts_date": ("Date QTS was awarded", "Award of QTS"), "school_name": ("School/establishment", "Name of the school"), "school_urn": ("URN", "School URN"), "appropriate_body": ("Appropriate body chosen", "AB"), "induction_start": ("First day of induction", "Start on induction", "Induction to commence on"), "terms_completed": ("Terms of induction already served elsewhere", "Induction completed to date (terms)"), "fte": ("Full-time equivalent of the contract", "FTE of contract"),
    })  # fmt: skip
    s = f.sketch
    s.add(
        p(
            f.words("New starter: registration for ECT induction", "ECT registration sheet", "Register your ECT with us"),
            heading=1,
        )
    )
    s.add(p(f.words("People involved", "A. Who is who"), heading=2))
    heads = ("", f.words("Title", "Mr/Ms/…"), f.words("Name", "First name and surname"), f.words("E-mail", "Work e-mail"))
    facts = f.facts
    rows: list[tuple[Cell, ...]] = [tuple(cell(one, bold=True, shaded=True) for one in heads)]
    people = ((f.words("ECT", "Early career teacher"), "ect_name", facts.ect, facts.email), ("Induction tutor", "induction_tutor_name", facts.tutor, facts.tutor_email), ("Mentor", "mentor_name", facts.mentor, facts.mentor_email), (f.words("Headteacher", "Head/Principal"), "headteacher_name", facts.head, facts.head_email))  # fmt: skip
    for role, key, who, address in people:
        s.truth[key] = None if f.blank else who.name
        title = f.noted(c.choice(["Mr", "Mrs", "Miss", "Ms", "Dr"]))
        rows.append((cell(role, bold=True), cell(p(title)), cell(p(f.noted(who.name))), cell(p(f.noted(address)))))
    s.truth["ect_email"], s.truth["induction_tutor_email"] = (None, None) if f.blank else (facts.email, facts.tutor_email)
    s.add(T((0.22, 0.12, 0.3, 0.36), tuple(rows)))
    s.add(p(f.words("Particulars", "B. Particulars of school and induction"), heading=2))
    keys = (
        "trn",
        "date_of_birth",
        "qts_date",
        "school_name",
        "school_urn",
        "appropriate_body",
        "induction_start",
        "terms_completed",
        "fte",
    )
    s.add(T((0.48, 0.52), tuple(left(f, key, shaded=False) for key in keys), ruled=False))
    s.add(
        p(
            f.words("Which training will they follow?", "Training programme:"),
            Gap(),
            Tick(not f.blank),
            " provider-led",
            Gap(),
            Tick(False),
            " school-led",
        )
    )
    s.add(p("By submitting this form you accept our terms of service (£180 + VAT per ECT and year)."))
    return s


def two_schools(t: Random, c: Random) -> Sketch:
    """A transfer: the releasing school and the receiving school side by side, the teacher above."""
    f = Paper("two_schools", t, c, "leaver_notice", {
        "ect_name": ("Teacher transferring", "ECT transferring", "Name of ECT"), "trn": ("TRN", "Teacher reference number"), "date_of_birth": ("Date of birth", "DOB"), "leaving_date": ("Last day at releasing school", "Released on", "Date of release"), "terms_completed": ("Terms served at releasing school", "FTE terms served to date"), "days_absent_total": ("Days absent to date", "Total absence on record (days)"),
    })  # fmt: skip
    s = f.sketch
    s.add(
        p(
            f.words(
                "ECT leaving: transfer to another school",
                "Transfer form (ECT leaving your school)",
                "Leaver and transfer notification",
            ),
            heading=1,
        )
    )
    s.add(T((0.2, 0.3, 0.2, 0.3), (left(f, "ect_name", "trn"), left(f, "date_of_birth", "leaving_date"))))
    facts = f.facts
    s.truth["school_name"] = None if f.blank else facts.school
    s.truth["headteacher_name"] = None if f.blank else facts.head.name
    known = c.random() < 0.8
    s.truth["next_school"] = facts.next_school if known and not f.blank else None
    old, new = t.choice(
        (("Releasing school", "Receiving school"), ("Current school", "New school"), ("Transferring from", "Transferring to"))
    )
    rows: list[tuple[Cell, ...]] = [tuple(cell(one, bold=True, shaded=True) for one in ("", old, new))]
    for label, one, two in ((f.words("Name", "School name", "Name of school"), facts.school, facts.next_school), ("Headteacher", facts.head.name, facts.mentor.name), (f.words("Telephone", "Tel."), "01632 960321", "01632 960654")):  # fmt: skip
        rows.append((cell(label), cell(p(f.noted(one))), cell(p(f.noted(two if known else "")))))
    s.add(T((0.22, 0.39, 0.39), tuple(rows)))
    s.add(T((0.5, 0.5), (left(f, "terms_completed"), left(f, "days_absent_total"))))
    for text in ("An interim assessment has been completed and shared with the ECT", "All progress reviews to date are attached", "The receiving school has been told of any support plan"):  # fmt: skip
        s.add(p(Tick(not f.blank and c.random() < 0.7), f" {text}"))
    name, day = f.signed("head", blank=0.05)
    s.add(
        p(
            f.words("Completed by (headteacher of the releasing school): ", "Headteacher (releasing school): "),
            name,
            Gap(340.0),
            "Date: ",
            day,
        )
    )
    return s


def leaver_statement(t: Random, c: Random) -> Sketch:
    """A leaver's notice in sentences whose blanks are filled, then a few lines, with the reasons for leaving to tick."""
    f = Paper("leaver_statement", t, c, "leaver_notice", {
        "next_school": ("Next employment, if known", "Forwarding school", "Taking up post at"), "terms_completed": ("Number of terms served at this establishment", "Terms to be credited"), "days_absent": ("Absence since the last assessment (days)", "Days absent since last formal assessment"), "induction_tutor_name": ("Induction tutor", "Induction tutor at time of leaving"),
    })  # fmt: skip
    s = f.sketch
    s.add(
        p(
            f.words(
                "Cessation of induction – ECT leaver", "Notice that an ECT is leaving", "ECT leaver form: end of employment"
            ),
            heading=1,
        )
    )
    s.add(
        p(
            f.words("I write to confirm that ", "This is to notify you that "),
            f.answer("ect_name", blank=0),
            f.words(" (teacher reference number ", " (TRN "),
            f.answer("trn", blank=0),
            ")",
        )
    )
    s.add(p(f.words("employed as an early career teacher at ", "who works at "), f.answer("school_name", blank=0)))
    s.add(p(f.words("will leave our employment on ", "ceases to be employed here on "), f.answer("leaving_date", blank=0), "."))
    for key in ("next_school", "terms_completed", "days_absent", "induction_tutor_name"):
        s.add(p(Run(f.label(key, colon=True) + " "), f.answer(key)))
    s.add(p(f.words("Reason for leaving (tick)", "Why is the ECT leaving?"), bold=True))
    place = c.randrange(4)
    for number, text in enumerate(
        (
            "Appointed to a post in another school",
            "End of fixed-term contract",
            "Leaving the profession",
            "Other (please state) …………………",
        )
    ):
        s.add(p(Tick(number == place and not f.blank), f" {text}"))
    name, day = f.signed("head", blank=0.05)
    s.add(p("Headteacher’s name: ", name), p("Date: ", day))
    s.add(
        p(
            f.words(
                "Please send to Mercia Appropriate Body, PO Box 114, or leavers@mercia.example",
                "Office use: record closed on ………… by …………",
            )
        )
    )
    return s


def moved_in(t: Random, c: Random) -> Sketch:
    """A teacher who moves in from another body: label cells that span, the old body and school as history."""
    f = Paper("moved_in", t, c, "registration", {
        "ect_name": ("Name of transferring teacher", "ECT joining your school", "Teacher’s name in full"), "trn": ("TRN", "Teacher Reference (TRN)"), "date_of_birth": ("Date of birth", "D.O.B."), "ect_email": ("E-mail address", "Contact e-mail"), "school_name": ("New employing school", "Joining (name of school)", "Your school"), "induction_start": ("Induction resumes on", "Date of resuming induction", "Start date in your school"), "terms_completed": ("Terms already completed", "Induction already completed (terms)"), "days_absent_total": ("Absence so far (days)", "Days of absence so far"), "fte": ("FTE in the new post", "New contract (FTE)"), "induction_tutor_name": ("Induction tutor in the new school", "Induction tutor"), "mentor_name": ("Mentor in the new school", "Mentor"),
    })  # fmt: skip
    s = f.sketch
    s.add(p(f.words("Registration of an ECT transferring in", "Registration – ECT part-way through induction", "Register an ECT who has started induction elsewhere"), heading=1))  # fmt: skip
    wide = (0.2, 0.3, 0.22, 0.28)
    s.add(
        T(
            wide,
            (
                (cell("Teacher", bold=True, shaded=True, span=4),),
                left(f, "ect_name", "trn"),
                left(f, "date_of_birth", "ect_email"),
            ),
        )
    )
    gone = f.facts.induction.replace(year=f.facts.induction.year - 1)
    history = (
        ("Previous school", f.facts.next_school),
        ("Previous appropriate body", "Lodestar Induction"),
        ("Dates there", f"{f.day(gone)} – {f.day(gone.replace(month=12, day=19))}"),
    )
    s.add(T((0.35, 0.65), ((cell(f.words("Induction so far", "History"), bold=True, shaded=True, span=2),), *((cell(label), cell(p(f.noted(value)))) for label, value in history), left(f, "terms_completed", shaded=False), left(f, "days_absent_total", shaded=False))))  # fmt: skip
    s.add(T((0.35, 0.65), ((cell(f.words("From now on", "The new post"), bold=True, shaded=True, span=2),), *(left(f, key, shaded=False) for key in ("school_name", "induction_start", "fte", "induction_tutor_name", "mentor_name")))))  # fmt: skip
    s.add(p("Office use: ", a(""), "TRS checked ☐   Interim received ☐   Welcome e-mail sent ☐"))
    return s
