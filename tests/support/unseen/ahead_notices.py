"""A registration, a leaver's notice, a change of circumstances and a support plan as offices hand them out."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from random import Random

from tests.support.papers_model import Cell, Gap, Run, Sketch, T, Tick, a, cell, p
from tests.support.unseen.ahead_words import Draft, Met
from tests.support.unseen.form import left


def hub_intake(t: Random, c: Random) -> Sketch:
    """A registration in sections: the teacher, induction served before, the post, the people in a table, declarations, office use."""
    f = Draft("hub_intake", t, c, "registration", {
        "ect_first_name": ("First name(s)", "Forename(s)", "Given name(s)"), "ect_last_name": ("Last name", "Surname", "Family name"), "ect_former_name": ("Previous surname (if any)", "Any other surname used", "Former name(s), e.g. before marriage"), "date_of_birth": ("Date of birth", "Date of birth (dd/mm/yyyy)"), "trn": ("Teacher Reference Number (TRN)", "TRN", "DfE teacher reference number"), "national_insurance_number": ("National Insurance number", "NI no."), "ect_email": ("Work e-mail address", "ECT’s school email", "E-mail (not personal)"), "qts_date": ("Date QTS was awarded", "QTS award date", "QTS awarded on"),
        "terms_completed": ("Terms already completed (FTE)", "FTE terms of induction already served"), "days_absent_total": ("Days absent during those terms", "Days of absence to date"), "school_name": ("School name", "Name of employing school", "School/academy"), "school_urn": ("School URN", "URN"), "school_dfe_number": ("DfE number (e.g. 123/4567)", "LA and DfE number"), "headteacher_name": ("Headteacher/Principal", "Name of headteacher", "Head of school"),
        "induction_start": ("Date ECT will start induction with you", "Proposed induction start date", "Induction start date at your school"), "fte": ("FTE", "Contract FTE (1.0 = full-time)", "Full-time equivalent (e.g. 0.6)"),
    })  # fmt: skip
    s = f.page(f.words("Ouse Valley Teaching School Hub – Appropriate Body Service", "OUSE VALLEY TSH"), f.words("Registrations: ab@ousevalley.example", "Form R – one for each ECT"), f.words("Registration of an Early Career Teacher", "ECT registration form 2025–26"))  # fmt: skip
    s.add(p("All ECTs must be registered before they start. Induction cannot be backdated."))
    f.facts.signing = f.facts.induction - timedelta(days=c.randint(3, 60))
    wide = t.random() < 0.5
    number = f.words("Section {n} – {w}", "{n}. {w}", "{n}) {w}")

    def section(n: int, words: str) -> None:
        s.add(p(number.format(n=n, w=words), heading=2))

    section(1, f.words("ECT details", "Early career teacher"))
    title = (cell("Title"), cell(p(f.noted(c.choice(("Mr", "Mrs", "Miss", "Ms", "Dr", ""))))))
    mine = ("ect_first_name", "ect_last_name", "ect_former_name", "date_of_birth", "trn", "national_insurance_number", "ect_email", "qts_date")  # fmt: skip
    provider = (cell(f.words("ITT provider", "Where did the ECT train?")), cell(p(f.noted(c.choice(("University of Woldshire", "Trentside SCITT", ""))))))  # fmt: skip
    if wide:
        s.add(T((0.4, 0.6), (title, *(left(f, key, shaded=False) for key in mine), provider)))
    else:
        pairs = ((*title, *left(f, mine[0], shaded=False)), *(left(f, *mine[n : n + 2], shaded=False) for n in (1, 3, 5)), (*left(f, mine[7], shaded=False), *provider))  # fmt: skip
        s.add(T((0.22, 0.28, 0.22, 0.28), pairs))
    f.join_names()
    before = c.random() < 0.4
    section(2, f.words("Previous induction", "Induction already served"))
    s.add(p(f.words("Has the ECT already completed part of induction?  ", "Has any induction been served at another school?  "), *f.options((("Yes", before), ("No", not before)), f.words("tick", "behind"))))  # fmt: skip
    served = [f.answer(key, blank=0.0 if before else 1.0) for key in ("terms_completed", "days_absent_total")]
    s.add(T((0.32, 0.18, 0.32, 0.18), ((cell(f.label("terms_completed")), cell(p(served[0])), cell(f.label("days_absent_total")), cell(p(served[1]))),)))  # fmt: skip
    past = (f.facts.next_school, "Pennine Appropriate Body Service") if before else ("", "")
    s.add(T((0.32, 0.68), tuple((cell(text), cell(p(f.noted(one)))) for text, one in zip(("Name of previous school", "Previous appropriate body"), past, strict=True))))  # fmt: skip
    section(3, f.words("School and post", "The school and the post"))
    s.add(T((0.26, 0.3, 0.2, 0.24), (left(f, "school_name", "school_urn", shaded=False), left(f, "headteacher_name", "school_dfe_number", shaded=False), left(f, "induction_start", "fte", shaded=False))))  # fmt: skip
    fixed = c.random() < 0.4
    s.add(p("Contract: ", *f.options((("Permanent", not fixed), ("Fixed term", fixed)), "tick"), Gap(), "Ends on: ", f.noted(f.day(f.facts.leaving) if fixed else "")))  # fmt: skip
    s.add(p("Working pattern: ", *f.pattern(f.words("before", "behind"), ("Full-time", "Part-time"))))
    s.add(p("Phase / subject: ", f.noted(c.choice(("Primary, Year 2", "Secondary – English", "KS2"))), Gap(), "Training programme: ", *f.options((("provider-led", True), ("school-led", False)), "ring")))  # fmt: skip
    section(4, f.words("People", "Who will support the ECT?"))
    _people(f)
    section(5, f.words("Declaration by the headteacher", "Declaration"))
    for one in ("I have checked that the ECT holds QTS.", "The post is suitable for induction.", "The ECT will have a reduced timetable."):  # fmt: skip
        s.add(p(Tick(c.random() < 0.95 and not f.blank), f" {one}", after=1))
    name, day = f.signed("head", blank=0.05)
    s.add(p("Name: ", name, Gap(260.0), "Date: ", day))
    s.add(T((0.34, 0.33, 0.33), ((cell(f.words("Hub use only", "For office use"), bold=True, shaded=True), cell("TRA check:"), cell("Added to ECT Manager:")),)))  # fmt: skip
    return s


def _people(f: Draft) -> None:
    """The people at the school by role, each with an address; a name may stand without its address."""
    facts, s, c = f.facts, f.sketch, f.c
    tutor_mail = facts.tutor_email if c.random() < 0.9 else ""
    mentor = facts.mentor.name if c.random() < 0.85 else ""
    s.truth |= {"induction_tutor_name": facts.tutor.name, "induction_tutor_email": tutor_mail or None, "mentor_name": mentor or None}  # fmt: skip
    if f.blank:
        s.truth |= dict.fromkeys(("induction_tutor_name", "induction_tutor_email", "mentor_name"))
    rows: list[tuple[Cell, ...]] = [tuple(cell(one, bold=True, shaded=True) for one in ("", f.words("Name", "Full name"), f.words("E-mail", "Email address"), f.words("QTS?", "Holds QTS (Y/N)")))]  # fmt: skip
    for role, who, address in (("Induction tutor", facts.tutor.name, tutor_mail), ("Mentor", mentor, facts.mentor_email if mentor else ""), (f.words("Finance contact", "Invoice to"), "Pat Merriweather", "finance@fenslearning.example")):  # fmt: skip
        rows.append((cell(role), cell(p(f.noted(who))), cell(p(f.noted(address))), cell(p(f.noted("Y" if who else "")))))
    s.add(T((0.2, 0.28, 0.38, 0.14), tuple(rows)))


def leaving_notice(t: Random, c: Random) -> Sketch:
    """A county's notice that a teacher leaves: sections with a shaded title row each, reasons to tick, the next school, who sent it."""
    f = Draft("leaving_notice", t, c, "leaver_notice", {
        "ect_name": ("Name of ECT", "ECT leaving", "Full name of the ECT who is leaving"), "trn": ("Teacher reference number", "TRN", "DfE teacher number (TRN)"), "date_of_birth": ("Date of birth", "DOB"), "ect_email": ("Personal e-mail of the ECT", "E-mail for the ECT after leaving"), "school_name": ("Name of school", "School", "Current school"), "school_dfe_number": ("DfE number", "School DfE no."), "induction_tutor_name": ("Induction tutor", "Name of induction tutor"), "headteacher_name": ("Headteacher", "Name of headteacher"),
        "induction_start": ("Date induction started", "Start date of induction"), "leaving_date": ("Last day at this school", "Date employment ends/ended", "Leaving date"), "terms_completed": ("FTE terms completed at this school", "Terms of induction completed here", "Number of FTE terms served"), "days_absent": ("Days absent since last report", "Absence since the last review (days)", "Days absent since the last assessment or review"), "days_absent_total": ("Total days absent", "Days absent in induction to date", "Total absence during induction (days)"), "next_school": ("New school (if known)", "Name of new school", "School the ECT is joining"),
    })  # fmt: skip
    s = f.page(f.words("Cleaveshire County Council, Education Services", "Cleaveshire CC – appropriate body"), f.words("ECT/L – revised April 2025", ""), f.words("ECT leaver form", "Notification of an ECT leaving before the end of induction"))  # fmt: skip
    s.add(p(f.words("Please return this form at least two weeks before the ECT leaves.", "Use this form when an ECT leaves before completing induction. An interim assessment is also needed after a term or more.")))  # fmt: skip

    def pair(one: str, two: str) -> tuple[Cell, ...]:
        return left(f, one, two, shaded=False)

    def block(title: str, *rows: tuple[Cell, ...]) -> None:
        s.add(T((0.24, 0.28, 0.24, 0.24), ((cell(title, bold=True, shaded=True, span=4),), *rows)))

    titles = t.choice((("ECT", "School", "Induction"), ("Details of the ECT", "Details of the school", "Induction served")))
    block(titles[0], pair("ect_name", "trn"), pair("date_of_birth", "ect_email"))  # fmt: skip
    block(titles[1], pair("school_name", "school_dfe_number"), pair("headteacher_name", "induction_tutor_name"))  # fmt: skip
    block(titles[2], pair("induction_start", "leaving_date"), pair("terms_completed", "days_absent"), (cell(f.label("days_absent_total")), cell(p(f.answer("days_absent_total"))), cell("Working pattern"), cell(p(*f.pattern(f.words("before", "strike"))))))  # fmt: skip
    reasons = (
        "New teaching post",
        "End of fixed-term contract",
        "Relocation",
        f.words("Leaving teaching", "Career break"),
        "Other",
    )
    moving = c.random() < 0.6
    place = 0 if moving else c.randint(1, 4)
    s.add(p(f.words("Reason for leaving (tick one)", "Why is the ECT leaving?"), bold=True))
    boxes = tuple(cell(p(Tick(n == place and not f.blank), f" {one}")) for n, one in enumerate(reasons))
    s.add(T((0.2,) * 5, (boxes,), ruled=t.random() < 0.5))
    s.add(T((0.34, 0.66), ((cell(f.label("next_school")), cell(p(f.answer("next_school", blank=0.1 if moving else 1.0)))), (cell(f.words("Local authority / town of new school", "Where is it?")), cell(p(f.noted("Harlingford" if moving else "")))))))  # fmt: skip
    done = c.random() < 0.7
    s.add(p(f.words("Has an interim assessment been completed? ", "Interim assessment attached? "), *f.options((("Yes", done), ("No", not done)), f.words("ring", "strike", "tick"))))  # fmt: skip
    s.add(p(f.words("Form completed by: ", "Sent by: "), f.noted(f"Chris Amberson, {c.choice(('office manager', 'HR officer'))}"), Gap(), "Tel: ", f.noted("01632 960417")))  # fmt: skip
    name, day = f.signed("head", blank=0.08)
    s.add(p("Headteacher (print name): ", name, Gap(300.0), "Date: ", day))
    return s


def change_sheet(t: Random, c: Random) -> Sketch:
    """A change of circumstances: lettered parts with a box each, of which only those ticked are filled in."""
    f = Draft("change_sheet", t, c, "change_of_details", {
        "ect_name": ("ECT’s full name (as it is now)", "Name of ECT now", "Early career teacher"), "trn": ("TRN", "ECT’s TRN", "Teacher reference number"), "date_of_birth": ("Date of birth", "DOB"), "school_name": ("School", "Name of school", "School/academy"), "school_urn": ("URN", "School URN"), "ect_former_name": ("Former surname", "Surname before the change"), "ect_last_name": ("New surname", "Surname after the change"), "fte": ("New FTE", "FTE from that date", "Revised FTE"), "induction_tutor_name": ("Name of new induction tutor", "New induction tutor", "Incoming tutor"), "induction_tutor_email": ("New tutor’s e-mail", "E-mail of new induction tutor"), "mentor_name": ("Name of new mentor", "New mentor", "Mentor from now on"),
    })  # fmt: skip
    s = f.page(f.words("Marches Induction Partnership", ""), f.words("Send to changes@marches.example", "Changes are confirmed by e-mail."), f.words("Change of circumstances – ECT", "Notification of a change in an ECT’s circumstances"))  # fmt: skip
    old = Met(Random(c.random()))
    was = old.ect.last
    parts = {one for one in "ABCD" if c.random() < 0.5} | {c.choice("ABCD")}
    s.add(T((0.3, 0.34, 0.16, 0.2), (left(f, "ect_name", "trn"), left(f, "school_name", "school_urn"))), T((0.3, 0.7), (left(f, "date_of_birth"),)))  # fmt: skip
    s.add(p(f.words("Tick the parts that apply and complete those only.", "What has changed? Tick and complete the relevant parts."), bold=True))  # fmt: skip

    def part(letter: str, title: str) -> None:
        s.add(p(Tick(letter in parts and not f.blank), Run(f" {letter}. {title}", bold=True)))

    def new(key: str, letter: str) -> Run:
        return f.answer(key, blank=0.0 if letter in parts else 1.0)

    def before(text: str, letter: str) -> Run:
        return f.noted(text if letter in parts else "")

    part("A", f.words("Change of name", "Name"))
    s.truth["ect_former_name"] = was if "A" in parts and not f.blank else None
    s.add(T((0.22, 0.28, 0.22, 0.28), ((cell(f.label("ect_former_name")), cell(p(before(was, "A"))), cell(f.label("ect_last_name")), cell(p(new("ect_last_name", "A")))),)))  # fmt: skip
    part("B", f.words("Change of hours", "Contract / hours"))
    f.facts.fte = Decimal(c.choice(("0.4", "0.5", "0.6", "0.8")))
    s.add(T((0.16, 0.18, 0.16, 0.18, 0.14, 0.18), ((cell(f.words("Current FTE", "Previous FTE")), cell(p(before("1.0", "B"))), cell(f.label("fte")), cell(p(new("fte", "B"))), cell("With effect from"), cell(p(before(f.day(f.facts.end), "B")))),)))  # fmt: skip
    part("C", f.words("Change of induction tutor", "Induction tutor"))
    s.add(T((0.4, 0.6), ((cell("Outgoing tutor"), cell(p(before(old.tutor.name, "C")))), *((cell(f.label(key)), cell(p(new(key, "C")))) for key in ("induction_tutor_name", "induction_tutor_email")))))  # fmt: skip
    part("D", f.words("Change of mentor", "Mentor"))
    s.add(T((0.4, 0.6), ((cell(f.label("mentor_name")), cell(p(new("mentor_name", "D")))), (cell(f.words("Replaces", "Previous mentor")), cell(p(before(old.mentor.name, "D")))))))  # fmt: skip
    away = c.random() < 0.25
    s.add(p(Tick(away and not f.blank), Run(f" E. {f.words('Maternity or other statutory leave', 'Absence of more than a month')}", bold=True)))  # fmt: skip
    s.add(p("Leave begins: ", f.noted(f.day(f.facts.leaving) if away else ""), Gap(240.0), "Expected return: ", f.noted("not yet known" if away else "")))  # fmt: skip
    name, day = f.signed("head", blank=0.05)
    s.add(p(Run(f.words("Authorised by the headteacher", "Confirmed by the headteacher"), bold=True)), p("Name: ", name, Gap(260.0), "Date: ", day))  # fmt: skip
    return s


def coaching_plan(t: Random, c: Random) -> Sketch:
    """A plan for a teacher who is not on track: a row for each concern with its target, help and date, then notes of reviews."""
    f = Draft("coaching_plan", t, c, "support_plan", {
        "ect_name": ("Name of ECT", "ECT", "Early career teacher’s name"), "trn": ("TRN", "Teacher reference number"), "school_name": ("School", "Name of school", "School or academy"), "induction_tutor_name": ("Induction tutor", "Tutor responsible for the plan", "Induction tutor (lead for this plan)"), "mentor_name": ("Mentor", "Name of mentor"), "headteacher_name": ("Headteacher", "Principal"), "period_start": ("Plan start date", "Support plan from", "Start date of plan"), "period_end": ("Plan end date", "Support plan to", "End date of plan"),
        "areas_for_development": ("Area of concern (Teachers’ Standard)", "Area for improvement", "Concern, with reference to the Teachers’ Standards"), "targets": ("Target and success criteria", "Target: what success will look like", "Objective / success criteria"), "support_plan": ("Support and who will give it", "Support to be provided", "Actions and support (who?)"), "ect_comments": ("ECT’s comments on the plan", "Comments of the ECT", "ECT view"),
    })  # fmt: skip
    s = f.page(f.words("Peakshire Diocesan Board of Education", "Ouse Valley Teaching School Hub"), f.words("Confidential", "Send a copy to the appropriate body as soon as the plan is agreed."), f.words("Individual support plan", "ECT support plan (progress not on track)"))  # fmt: skip
    s.landscape = t.random() < 0.4
    first = f.facts.start
    f.facts.signing = first + timedelta(days=c.randint(0, 3))
    pairs = (("ect_name", "trn"), ("school_name", "headteacher_name"), ("induction_tutor_name", "mentor_name"), ("period_start", "period_end"))  # fmt: skip
    s.add(T((0.2, 0.32, 0.2, 0.28), tuple(left(f, *pair) for pair in pairs)))
    keys = ("areas_for_development", "targets", "support_plan")
    count = c.randint(1, 3)
    made = c.sample(_CONCERNS, count)
    for place, key in enumerate(keys):
        s.truth[key] = None if f.blank else "\n".join(row[place].format(n=f.facts.ect.first) for row in made)
    numbered = t.random() < 0.5
    rows: list[tuple[Cell, ...]] = [tuple(cell(one, bold=True, shaded=True) for one in (*(["No."] if numbered else []), *(f.label(key, colon=False) for key in keys), f.words("By when", "Review date")))]  # fmt: skip
    for n in range(3):
        texts = [one.format(n=f.facts.ect.first) for one in made[n]] if n < count else [""] * 3
        when = f.day(first + timedelta(days=28 + 14 * n)) if n < count else ""
        rows.append((*([cell(str(n + 1))] if numbered else []), *(cell(p(f.noted(one))) for one in (*texts, when))))
    s.add(T((0.06, 0.24, 0.28, 0.26, 0.16) if numbered else (0.26, 0.3, 0.28, 0.16), tuple(rows), least=30))
    notes: list[tuple[Cell, ...]] = [tuple(cell(one, bold=True, shaded=True) for one in ("Review meeting", "Date", f.words("Progress made", "Outcome")))]  # fmt: skip
    notes += [(cell("First"), cell(p(f.noted(f.day(first + timedelta(days=21))))), cell(p(f.noted("Routines are clearer; continue as planned.")))), (cell("Second"), cell(p(a(""))), cell(p(a(""))))]  # fmt: skip
    s.add(T((0.22, 0.22, 0.56), tuple(notes)))
    s.add(f.box("ect_comments", most=2))
    s.add(f.signing((("ect", "ECT"), ("tutor", "Induction tutor"), ("head", "Headteacher")), (f.words("Agreed by", "Signed by"), "Name", "Signature", "Date")))  # fmt: skip
    return s


_CONCERNS = (
    ("TS7 – behaviour: low-level disruption in the first ten minutes of lessons", "{n} meets the class at the door and starts the register task within two minutes, in four lessons out of five", "Joint planning of starts with the mentor each Monday; observation of Year 9 by the head of department"),
    ("TS4: lessons not always well sequenced", "Medium-term plans for the unit shared with the tutor two weeks ahead; each lesson has one clear aim", "Planning meeting of one hour a week in addition to mentor time (deputy head)"),
    ("TS6 Assessment is not used to adapt teaching", "Exit questions used in each lesson seen and acted on in the next", "Visit to the lead practitioner on 12 February, cover arranged by the school"),
    ("Standard 5: support for pupils with SEND", "Pupil passports used in planning; SENDCo confirms that adaptations are in place", "SENDCo to model adaptations for two pupils and to look at plans with {n}"),
    ("Part 2 – punctuality and deadlines", "Reports and registers completed on time for half a term", "Weekly check of deadlines with the induction tutor, 15 minutes on Fridays"),
)  # fmt: skip
