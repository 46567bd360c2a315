"""A registration, a transfer and a support plan as a federation, a hub and a national body might lay them out."""

from __future__ import annotations

from random import Random

from tests.support.papers_model import Cell, Gap, Sketch, T, Tick, a, cell, p
from tests.support.unseen.form import left
from tests.support.unseen.further_words import Leaf


def national_enrolment(t: Random, c: Random) -> Sketch:
    """The teacher beside the school, then who supports, then the post in a strip; choices by circle; fees and consent at the end."""
    f = Leaf("national_enrolment", t, c, "registration", {
        "ect_first_name": ("First name(s)", "Given names"), "ect_last_name": ("Surname", "Last name"), "ect_former_name": ("Previous surname", "Former name (if different)"), "date_of_birth": ("Date of birth", "DOB"), "trn": ("TRN", "Teacher ref. number"), "national_insurance_number": ("NI number", "National Insurance no."), "ect_email": ("School e-mail", "ECT e-mail"), "qts_date": ("QTS awarded on", "Date of QTS"),
        "school_name": ("Name", "School name"), "school_urn": ("URN", "School URN"), "school_dfe_number": ("DfE number", "LA/DfE no."), "headteacher_name": ("Headteacher", "Head"), "induction_start": ("Induction starts on", "Start of induction"), "fte": ("FTE", "Contracted FTE"),
    })  # fmt: skip
    s = f.page(f.words("National Schools’ Induction Board", "NSIB – appropriate body for independent and maintained schools"), f.words("NSIB form R1", "Enrolments are confirmed within five working days."), f.words("ECT enrolment form (registration for induction)", "Registration of an early career teacher"))  # fmt: skip
    pairs = (("ect_last_name", "school_name"), ("ect_first_name", "school_urn"), ("ect_former_name", "school_dfe_number"), ("date_of_birth", "headteacher_name"))  # fmt: skip
    rows: list[tuple[Cell, ...]] = [(cell(f.words("The ECT", "Early career teacher"), bold=True, shaded=True, span=2), cell(f.words("The school", "School"), bold=True, shaded=True, span=2))]  # fmt: skip
    rows += [left(f, *pair, shaded=False) for pair in pairs]
    numbers = (("School telephone", "01632 960208"), ("School type", c.choice(("Academy", "Maintained", "Independent"))), ("Phase", c.choice(("Primary", "Secondary"))), ("Local authority", "Holderness"))  # fmt: skip
    for key, (label, text) in zip(("trn", "national_insurance_number", "qts_date", "ect_email"), numbers, strict=True):
        rows.append((*left(f, key, shaded=False), cell(label), cell(p(f.noted(text)))))
    f.join_names()
    s.add(T((0.19, 0.31, 0.2, 0.3), tuple(rows)))
    facts = f.facts
    s.truth |= {"induction_tutor_name": None if f.blank else facts.tutor.name, "induction_tutor_email": None if f.blank else facts.tutor_email, "mentor_name": None if f.blank else facts.mentor.name}  # fmt: skip
    heads = (
        "",
        f.words("Full name", "Name"),
        f.words("E-mail", "Email address"),
        f.words("Trained for the role?", "Previous experience?"),
    )
    people: list[tuple[Cell, ...]] = [tuple(cell(one, bold=True, shaded=True) for one in heads)]
    for role, who, address in (
        ("Induction tutor", facts.tutor, facts.tutor_email),
        ("Mentor", facts.mentor, facts.mentor_email),
    ):
        people.append(
            (cell(role), cell(p(f.noted(who.name))), cell(p(f.noted(address))), cell(p(f.noted(c.choice(("Yes", "No"))))))
        )
    s.add(p(f.words("Who will support the ECT?", "Support in school"), bold=True), T((0.18, 0.27, 0.35, 0.2), tuple(people)))
    heads_row, values = f.over("induction_start", "fte")
    kind = ("Permanent", "Temporary")
    chosen = c.choice(kind)
    more = (cell(f.words("Contract (circle)", "Type of contract"), bold=True, shaded=True), cell(f.words("Working hours (circle)", "Hours"), bold=True, shaded=True))  # fmt: skip
    full = facts.full_time
    s.truth["working_pattern"] = "full_time" if full else "part_time"
    ring = (cell(p(*f.options([(one, one == chosen) for one in kind], "ring"))), cell(p(*f.options((("Full-time", full), ("Part-time", not full)), "ring"))))  # fmt: skip
    s.add(T((0.24, 0.16, 0.3, 0.3), ((*heads_row, *more), (*values, *ring))))
    s.add(
        p(f.words("Training: ", "Training route (tick): "), *f.options((("provider-led", True), ("school-led", False)), "tick"))
    )
    s.add(p(Tick(not f.blank), " The school accepts the Board’s fee of £195 per ECT and year."), p(Tick(not f.blank), " The ECT has agreed to their data being shared with the Board."))  # fmt: skip
    name, day = f.signed("head", blank=0.04)
    s.add(p("Headteacher (name): ", name, Gap(300.0), "Date: ", day))
    return s


def transfer_record(t: Random, c: Random) -> Sketch:
    """A transfer: particulars, the induction served term by term with its totals, the school ahead, a part for the body alone."""
    f = Leaf("transfer_record", t, c, "leaver_notice", {
        "ect_name": ("ECT who is leaving", "Name of the ECT"), "trn": ("TRN", "Teacher reference number"), "date_of_birth": ("Date of birth", "DOB"), "school_name": ("School releasing the ECT", "School which the ECT is leaving"), "headteacher_name": ("Headteacher of this school", "Head of the releasing school"), "induction_tutor_name": ("Induction tutor at this school", "Induction tutor"), "leaving_date": ("Last day of service", "Contract ends on"), "next_school": ("School joined", "Moving to (school)"),
    })  # fmt: skip
    s = f.page(f.words("Trentside Teaching School Hub", "Trentside TSH Appropriate Body"), f.words("Transfer record T3", "Send within a week of the ECT’s last day."), f.words("ECT leaver and transfer record", "Transfer record for an ECT leaving a school"))  # fmt: skip
    s.add(p(f.words("Part 1: about the ECT", "1. ECT"), heading=2), T((0.24, 0.36, 0.16, 0.24), (left(f, "ect_name", "trn"), left(f, "school_name", "date_of_birth"), left(f, "headteacher_name", "leaving_date"))))  # fmt: skip
    s.add(T((0.4, 0.6), (left(f, "induction_tutor_name"),)))
    terms = c.randint(1, 3)
    absent = [c.choice((0, 0, 1, 2, 4)) for _ in range(terms)]
    s.truth |= {"terms_completed": None if f.blank else str(terms), "days_absent_total": None if f.blank else str(sum(absent))}
    heads = ("Term", f.words("Dates", "From – to"), f.words("FTE terms", "Terms (FTE)"), "Days absent")
    rows: list[tuple[Cell, ...]] = [tuple(cell(one, bold=True, shaded=True) for one in heads)]
    when = (("Autumn", "2/9/24 – 20/12/24"), ("Spring", "6/1/25 – 4/4/25"), ("Summer", "22/4/25 – 22/7/25"))
    for place, (term, dates) in enumerate(when):
        some = (dates, "1", str(absent[place])) if place < terms else ("", "", "")
        rows.append((cell(term), *(cell(p(f.noted(one))) for one in some)))
    rows.append((cell(f.words("Total to date", "Total"), bold=True), cell(""), *(cell(p(f.noted(one))) for one in (str(terms), str(sum(absent))))))  # fmt: skip
    s.add(p(f.words("Part 2: induction served so far", "2. Induction served (all terms)"), heading=2), T((0.25, 0.35, 0.2, 0.2), tuple(rows)))  # fmt: skip
    s.add(p(f.words("Part 3: where is the ECT going?", "3. Destination"), heading=2), T((0.4, 0.6), (left(f, "next_school"), (cell(f.words("Its appropriate body, if known", "Appropriate body of that school")), cell(p(f.noted(c.choice(("", "Pennine Appropriate Body Service")))))))))  # fmt: skip
    sent = c.random() < 0.7
    s.add(p(f.words("Interim assessment: ", "Has an interim assessment been written? "), *f.options((("enclosed", sent), ("to follow", not sent)), f.words("strike", "ring"))))  # fmt: skip
    for who, role in (("head", "Headteacher"), ("ect", "ECT")):
        name, day = f.signed(who)
        s.add(p(f"{role}: ", name, Gap(280.0), "Date: ", day))
    s.add(T((0.5, 0.5), ((cell(f.words("Part 4: for the appropriate body only", "4. Hub use only"), bold=True, shaded=True, span=2),), (cell("Released on DfE service (date):"), cell("By:")))))  # fmt: skip
    return s


def help_programme(t: Random, c: Random) -> Sketch:
    """A support plan on its side: particulars in a strip, concern, aim and help side by side, weekly notes, the outcome."""
    f = Leaf("help_programme", t, c, "support_plan", {
        "ect_name": ("ECT", "Name of ECT"), "trn": ("TRN", "ECT’s TRN"), "school_name": ("School", "School / academy"), "induction_tutor_name": ("Induction tutor", "Plan drawn up by (induction tutor)"), "mentor_name": ("Mentor", "ECT’s mentor"), "period_start": ("Plan begins", "Date on which the plan begins"), "period_end": ("Plan will be reviewed and end on", "End date of the plan"),
        "areas_for_development": ("Concern (with the standard to which it relates)", "Standards not yet being met"), "targets": ("What must improve (targets)", "Improvement sought: targets"), "support_plan": ("Help which the school will provide", "Support and who will give it"), "ect_comments": ("ECT’s view of the plan", "Comment by the ECT"),
    })  # fmt: skip
    s = f.page(f.words("Trentside Teaching School Hub", "The Minster Federation – Appropriate Body"), f.words("Support plan – confidential", ""), f.words("Support plan for an ECT who is not on track", "ECT support plan"))  # fmt: skip
    s.landscape = t.random() < 0.6
    s.add(T((0.32, 0.2, 0.48), f.over("ect_name", "trn", "school_name")), T((0.28, 0.26, 0.22, 0.24), f.over("induction_tutor_name", "mentor_name", "period_start", "period_end")))  # fmt: skip
    keys = ("areas_for_development", "targets", "support_plan")
    s.add(T((0.33, 0.34, 0.33), (tuple(cell(f.label(key, colon=False), bold=True, shaded=True) for key in keys), tuple(cell(*f.long(key, most=3, blank=0.03)) for key in keys)), least=24))  # fmt: skip
    rows: list[tuple[Cell, ...]] = [tuple(cell(one, bold=True, shaded=True) for one in (f.words("Weekly meeting", "Meeting"), f.words("Notes of progress", "Progress seen")))]  # fmt: skip
    rows += [
        (cell("Week 2"), cell(p(f.noted("Seating plan changed; calmer start to lessons.")))),
        (cell("Week 4"), cell(p(a("")))),
    ]
    s.add(T((0.2, 0.8), tuple(rows)))
    s.add(
        T((0.26, 0.74), ((cell(f.label("ect_comments", colon=False), shaded=True), cell(*f.long("ect_comments"))),), least=36)
    )
    s.add(p(f.words("Outcome when the plan ends: ", "At the end of the plan: "), *f.options((("back on track", False), ("plan extended", False), ("concerns remain", False)), "tick")))  # fmt: skip
    for who, role in (("tutor", "Induction tutor"), ("ect", "ECT"), ("head", "Headteacher")):
        name, day = f.signed(who)
        s.add(p(f"{role}: ", name, Gap(300.0), "Date: ", day))
    return s
