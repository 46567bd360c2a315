"""A registration, a leaver's form, a change of details and a plan of support as a diocese, a university, a council and a hub hand them out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from random import Random

from tests.support.papers_model import Cell, Gap, Run, Sketch, T, Tick, cell, p
from tests.support.unseen.beyond_forms import Blank
from tests.support.unseen.form import left


def church_register(t: Random, c: Random) -> Sketch:
    """A diocese's registration: shaded title rows in one long table, surname before forenames, people with an address each, the head's declaration."""
    f = Blank("church_register", t, c, "registration", {
        "ect_last_name": ("Surname", "Last name", "Surname (as registered with the DfE)"), "ect_first_name": ("Forenames", "First name(s)", "Christian/first names"), "ect_former_name": ("Previous name (if applicable)", "Maiden or former name", "Any previous names"), "date_of_birth": ("Date of birth", "DOB (dd/mm/yyyy)"), "trn": ("Teacher Reference Number (TRN)", "TRN", "DfE/teacher reference no."), "national_insurance_number": ("National Insurance No.", "NI number"), "qts_date": ("Date of QTS", "Date QTS awarded", "QTS award date"), "ect_email": ("School email of ECT", "ECT email address", "Contact email"),
        "school_name": ("Name of school", "School", "School/academy name"), "school_urn": ("URN", "School URN"), "school_dfe_number": ("DfE number", "School DfE no. (LA/establishment)"), "headteacher_name": ("Headteacher", "Name of headteacher", "Headteacher/principal"), "induction_start": ("Start date of induction", "Date ECT will begin induction", "Induction to start on"), "fte": ("If part time, FTE", "FTE (if not full time)"),
        "induction_tutor_name": ("Induction tutor", "Name of induction tutor"), "induction_tutor_email": ("Induction tutor’s email", "Email (induction tutor)"), "mentor_name": ("Mentor", "Name of mentor", "ECT mentor"),
    })  # fmt: skip
    s = f.page(f.words("Diocese of Aldred – Board of Education", "ALDRED DIOCESAN BOARD OF EDUCATION"), f.words("Return to: ect@aldreddiocese.example", "Page 1 of 1"), f.words("ECT Registration Form", "Registration for statutory induction", "Early Career Teacher: registration with the appropriate body"))  # fmt: skip
    star = f.words("*", "")
    s.add(p(f.words("Please complete all sections in block capitals or type.", "To be completed by the school before the ECT starts.") + (" Boxes marked * must be filled in." if star else "")))  # fmt: skip
    f.facts.signing = f.facts.induction - timedelta(days=c.randint(1, 50))
    number = f.words("{n}  {w}", "Section {n}: {w}", "{w}")

    def title(n: int, text: str) -> tuple[Cell, ...]:
        return (cell(number.format(n=n, w=text), bold=True, shaded=True, span=4),)

    def two(*keys: str) -> tuple[Cell, ...]:
        made: list[Cell] = []
        for key in keys:
            needed = star if key in {"ect_last_name", "ect_first_name", "trn", "date_of_birth", "school_name"} else ""
            made += [cell(f"{f.label(key, colon=False)}{needed}"), cell(p(f.answer(key)))]
        return tuple(made)

    voluntary = c.choice(("VA", "VC", "Academy"))
    status = tuple(piece for one in ("VA", "VC", "Academy", "Other") for piece in (Tick(one == voluntary and not f.blank), Run(f" {one}"), Gap()))  # fmt: skip
    rows = [
        title(1, f.words("The teacher", "Teacher’s details")), two("ect_last_name", "ect_first_name"), two("ect_former_name", "date_of_birth"), two("trn", "national_insurance_number"), two("qts_date", "ect_email"),
        title(2, f.words("The school", "School details")), two("school_name", "headteacher_name"), two("school_urn", "school_dfe_number"), (cell(f.words("Status of school", "Type")), cell(p(*status), span=3)),
        title(3, f.words("The post", "Details of the post")),
    ]  # fmt: skip
    full = f.facts.full_time
    rows.append((*two("induction_start"), cell(f.words("Full or part time", "Full-time/part-time")), cell(p(*f.hours(f.words("tick", "ring", "strike"))))))  # fmt: skip
    rows.append((cell(f.label("fte", colon=False)), cell(p(f.answer("fte", blank=1.0 if full else 0.0))), cell(f.words("Year group / subject", "Age range or subject")), cell(p(f.noted(c.choice(("Year 1", "Mathematics", "KS3 RE", "")))))))  # fmt: skip
    rows += [title(4, f.words("Support for the teacher", "Named support")), two("induction_tutor_name", "induction_tutor_email"), two("mentor_name"), title(5, f.words("Previous induction", "Induction elsewhere"))]  # fmt: skip
    rows[-2] += (cell(f.words("Mentor’s email", "Email (mentor)")), cell(p(f.noted(f.facts.mentor_email if c.random() < 0.8 else ""))))  # fmt: skip
    before = c.random() < 0.25
    rows.append((cell(f.words("Has the teacher served any induction before?", "Any terms served at another school?"), span=2), cell(p(f.noted("Yes, in Leeds" if before else c.choice(("No", "NO", "n/a")))), span=2)))  # fmt: skip
    s.add(T((0.22, 0.28, 0.22, 0.28), tuple(rows)))
    f.join_names()
    s.add(p(f.words("I confirm that the teacher holds QTS, that the post is suitable and that the reduced timetable will be given.", "Declaration: the particulars above are correct and the teacher has QTS."), after=8))  # fmt: skip
    name, day = f.signed("head", blank=0.06)
    s.add(p(f.words("Headteacher’s name: ", "Signed (headteacher): "), name, Gap(320.0), "Date: ", day))
    s.add(p(f.words("For diocesan use: TRA checked ____  Acknowledged ____", "Office: entered ______ by ______")))
    return s


def finished_with_us(t: Random, c: Random) -> Sketch:
    """A university partnership's leaver form: labels with a word of help on the left, answers on the right, a reason in words, who filled it in."""
    f = Blank("finished_with_us", t, c, "leaver_notice", {
        "ect_name": ("Name of ECT", "ECT’s full name", "Early career teacher"), "trn": ("Teacher Reference Number", "TRN"), "date_of_birth": ("Date of birth", "ECT’s date of birth"), "ect_email": ("Email address (non-school)", "ECT’s personal email", "Forwarding email address"), "school_name": ("School", "Name of school/college", "School the ECT is leaving"), "school_urn": ("School URN", "URN"), "induction_tutor_name": ("Induction tutor", "Name of induction tutor"), "induction_tutor_email": ("Induction tutor’s email", "Email of induction tutor"), "headteacher_name": ("Headteacher", "Headteacher/principal"), "fte": ("FTE at time of leaving", "FTE"),
        "induction_start": ("Date induction started at this school", "Start date of induction", "Induction start date"), "leaving_date": ("Leaving date", "Last day of employment", "Date ECT left/will leave"), "terms_completed": ("Number of terms completed", "Terms of induction completed (FTE)", "Induction completed (number of terms)"), "days_absent": ("Absence since the last assessment (days)", "Number of days absent since the last report"), "days_absent_total": ("Total absence during induction (days)", "Number of days absent in total"), "next_school": ("Name of next school", "New school", "School moving to"),
    })  # fmt: skip
    s = f.page(f.words("University of Calderbank – School of Education Partnership", "Calderbank Partnership Appropriate Body"), f.words("partnership@calderbank.example", ""), f.words("ECT Leaver Form", "Early Career Teacher – leaver’s form", "Notice of an ECT leaving"))  # fmt: skip
    s.add(p(f.words("Please let us know as soon as an ECT hands in their notice.", "An interim assessment must also be sent if the ECT has been in post for a term or more.")))  # fmt: skip
    shaded, hints = t.random() < 0.7, t.random() < 0.6
    help_with = {"trn": "7 digits", "terms_completed": "full-time equivalent", "next_school": "leave blank if not known", "leaving_date": "last day of contract, including holidays"}  # fmt: skip

    def rows(keys: Sequence[str], moving: bool = True) -> tuple[tuple[Cell, ...], ...]:
        made = []
        for key in keys:
            label = [p(f.label(key), bold=f.bold_labels, after=0)]
            if hints and key in help_with:
                label.append(p(f"({help_with[key]})", after=0))
            made.append((cell(*label, shaded=shaded), cell(p(f.answer(key, blank=0.08 if moving else 1.0)))))
        return tuple(made)

    moving = c.random() < 0.65
    s.add(p(f.words("ECT and school", "About the ECT"), heading=2))
    s.add(T((0.4, 0.6), rows(("ect_name", "trn", "date_of_birth", "ect_email", "school_name", "school_urn", "headteacher_name", "induction_tutor_name", "induction_tutor_email"))))  # fmt: skip
    s.add(p(f.words("Induction", "Induction to date"), heading=2))
    s.add(T((0.4, 0.6), (*rows(("induction_start", "leaving_date", "terms_completed", "fte", "days_absent", "days_absent_total")),)))  # fmt: skip
    s.add(p(f.words("After leaving", "Where next?"), heading=2))
    why = c.choice(("New post nearer home", "Promotion", "End of temporary contract")) if moving else c.choice(("Relocating abroad", "Leaving the profession", "Personal reasons"))  # fmt: skip
    on = f.options((("Yes", moving), ("No", not moving)), f.words("tick", "ring", "behind"))
    s.add(T((0.4, 0.6), ((cell(f.words("Reason for leaving", "Why is the ECT leaving?"), bold=f.bold_labels, shaded=shaded), cell(p(f.noted(why)))), (cell(f.words("Will the ECT continue induction elsewhere?", "Is the ECT moving to another school?"), bold=f.bold_labels, shaded=shaded), cell(p(*on))), *rows(("next_school",), moving))))  # fmt: skip
    s.add(p(f.words("Form completed by: ", "Completed by (name and job title): "), f.noted(f"{c.choice(('J. Peel', 'Moira Tench', 'Sam O’Dea'))}, {c.choice(('School Business Manager', 'HR', 'PA to the Head'))}")))  # fmt: skip
    name, day = f.signed("head", blank=0.08)
    s.add(p(f.words("Approved by headteacher: ", "Headteacher (name): "), name, Gap(330.0), "Date: ", day))
    return s


def details_changed(t: Random, c: Random) -> Sketch:
    """A council's change of details: who it is about, then places of which only those that changed are filled in."""
    f = Blank("details_changed", t, c, "change_of_details", {
        "ect_name": ("Name of ECT", "ECT’s full name", "ECT name (now)"), "trn": ("TRN", "Teacher reference number"), "date_of_birth": ("Date of birth", "DOB"), "school_name": ("School", "Name of school", "School name"), "school_dfe_number": ("DfE number", "School DfE number"),
        "ect_former_name": ("Previous surname", "Surname we hold (old)", "Old surname"), "ect_last_name": ("New surname", "Surname now", "Changed to (new surname)"), "ect_email": ("New email address for ECT", "ECT’s new email"), "fte": ("New FTE", "FTE after the change", "FTE now"), "induction_tutor_name": ("New induction tutor", "Induction tutor is now", "Name of new tutor"), "induction_tutor_email": ("New induction tutor’s email", "Email of new tutor"), "mentor_name": ("New mentor", "Mentor is now", "Name of new mentor"), "headteacher_name": ("New headteacher", "Headteacher is now", "Name of new headteacher"),
    })  # fmt: skip
    s = f.page(f.words("Stanmouth Borough Council – Learning and Schools", "STANMOUTH BOROUGH COUNCIL"), f.words("ect@stanmouth.example    01632 960 101", ""), f.words("ECT change of details form", "Change to ECT details", "Change of details (ECT induction)"))  # fmt: skip
    s.add(p(f.words("Use this form to tell us about changes during induction. Leave blank anything that has not changed.", "Please complete Part 1, and only those lines of Part 2 where something has changed.")))  # fmt: skip
    s.add(p(f.words("Part 1: who is this about?", "Part 1 – ECT and school"), heading=2))
    s.add(f.beside(("ect_name", "trn", "school_name", "school_dfe_number")), T((0.22, 0.78), (left(f, "date_of_birth"),)))
    groups = (("ect_former_name", "ect_last_name"), ("ect_email",), ("fte",), ("induction_tutor_name", "induction_tutor_email"), ("mentor_name",), ("headteacher_name",))  # fmt: skip
    changed = set(c.sample(range(len(groups)), c.randint(1, 3)))
    f.facts.former = c.choice([one for one in f.facts.lasts if one != f.facts.ect.last])
    old = f.facts.full_time
    f.facts.fte = Decimal(c.choice(("0.5", "0.6", "0.8"))) if old else Decimal(1)
    s.add(p(f.words("Part 2: what has changed?", "Part 2 – new details"), heading=2))
    rows: list[tuple[Cell, ...]] = []
    for n, keys in enumerate(groups):
        rows += [(cell(f.label(key), bold=f.bold_labels), cell(p(f.answer(key, blank=0.0 if n in changed else 1.0)))) for key in keys]  # fmt: skip
    new_hours = 2 in changed and not f.blank
    s.truth["working_pattern"] = None if not new_hours else "part_time" if old else "full_time"
    hours = f.options((("Full time", new_hours and not old), ("Part time", new_hours and old)), f.words("tick", "behind"))
    rows.insert(3, (cell(f.words("New working pattern", "Working pattern from now on"), bold=f.bold_labels), cell(p(*hours))))
    s.add(T((0.4, 0.6), tuple(rows), ruled=t.random() < 0.8))
    s.add(p(f.words("Date from which the change applies: ", "With effect from: "), f.noted(f.day(f.facts.end))))
    s.add(p(f.words("Any other information: ", "Notes: "), f.noted(c.choice(("", "", "Please send a new contract letter.", "Maternity cover until July.")))))  # fmt: skip
    name, day = f.signed("head", blank=0.05)
    s.add(p("Signed .............................", Gap(150.0), f.words("Headteacher: ", "Name of head: "), name, Gap(360.0), "Date: ", day))  # fmt: skip
    s.add(p(f.words("Office use: SIMS ____ letter ____", "")))
    return s


_AIMS = (
    ("TS1 / TS7", "Routines at the start of lessons are not yet secure", "Pupils are settled and working within three minutes in every lesson seen", "Mentor to model routines twice; drop-ins on Tuesdays"),
    ("TS4", "Lessons do not always have a clear purpose", "Each lesson plan has one objective, shared with pupils and returned to at the end", "Joint planning with the head of year for an hour a week"),
    ("TS6", "Assessment during lessons does not lead to changes in teaching", "Mini-whiteboards or hinge questions used in four lessons a week", "Observe a colleague in the maths department; feedback from the tutor"),
    ("TS5", "Work is not adapted for pupils with SEND", "Adapted tasks ready for the five pupils named on the register", "SENDCo surgery each fortnight"),
    ("TS8, Part Two", "Deadlines for reports and data have been missed", "All deadlines met during the half term", "Weekly list agreed with the induction tutor on Mondays"),
)  # fmt: skip


def aims_in_blocks(t: Random, c: Random) -> Sketch:
    """Odd: a hub's plan of support: particulars as lines, then a small table for each aim with the same labels, not all of them used."""
    f = Blank("aims_in_blocks", t, c, "support_plan", {
        "ect_name": ("Name of ECT", "ECT", "Early Career Teacher"), "trn": ("TRN", "Teacher ref. no."), "school_name": ("School", "School/academy"), "induction_tutor_name": ("Induction tutor", "Plan led by (induction tutor)"), "mentor_name": ("Mentor", "ECT mentor"), "headteacher_name": ("Headteacher", "Principal/headteacher"), "period_start": ("Plan starts", "Start date", "Plan start date"), "period_end": ("Plan ends", "End date", "Plan end date"),
        "areas_for_development": ("Area for development", "Concern", "What needs to improve?"), "targets": ("Target", "Success looks like", "SMART target"), "support_plan": ("Support", "Support and actions", "Support to be given (and by whom)"), "ect_comments": ("ECT’s comments", "Comments from the ECT", "ECT’s view of the plan"),
    })  # fmt: skip
    s = f.page(f.words("Three Rivers Teaching School Hub", "Three Rivers TSH – Appropriate Body"), f.words("Confidential to the ECT, the school and the appropriate body", ""), f.words("ECT Support Plan", "Support plan for an early career teacher", "Additional support plan (ECT not on track)"))  # fmt: skip
    f.facts.end = f.facts.start + timedelta(days=c.choice((42, 56, 70)))
    f.facts.signing = f.facts.start + timedelta(days=c.randint(0, 4))
    for line in (("ect_name", "trn"), ("school_name",), ("induction_tutor_name", "mentor_name"), ("headteacher_name",), ("period_start", "period_end")):  # fmt: skip
        pairs = [(Run(f"{f.label(key, colon=True)} ", bold=True), f.answer(key)) for key in line]
        s.add(p(*pairs[0], *(piece for pair in pairs[1:] for piece in (Gap(285.0), *pair))))
    s.add(p(f.words("Agree no more than three aims. Review every two weeks.", "Complete one block for each aim.")))
    keys = ("areas_for_development", "targets", "support_plan")
    used = c.randint(1, 3)
    made = c.sample(_AIMS, used)
    for place, key in enumerate(keys, 1):
        s.truth[key] = None if f.blank else "\n".join(aim[place] for aim in made)
    word, standard, review = f.words("Aim", "Objective", "Priority"), f.words("Teachers’ Standard(s)", "Standard"), f.words("Review date", "To be reviewed on")  # fmt: skip
    for n in range(3):
        aim = made[n] if n < used else ("",) * 4
        when = f.day(f.facts.start + timedelta(days=14 * (n + 1))) if n < used else ""
        rows: list[tuple[Cell, ...]] = [(cell(f"{word} {n + 1}", bold=True, shaded=True, span=2),), (cell(standard), cell(p(f.noted(aim[0]))))]  # fmt: skip
        rows += [(cell(f.label(key, colon=False)), cell(p(f.noted(text)))) for key, text in zip(keys, aim[1:], strict=True)]
        rows.append((cell(review), cell(p(f.noted(when)))))
        s.add(T((0.3, 0.7), tuple(rows)), p("", after=2))
    s.add(f.box("ect_comments", most=2))
    if t.random() < 0.5:
        s.add(
            f.signing(
                (("ect", "ECT"), ("tutor", "Induction tutor"), ("head", "Headteacher")), ("", "Name", "Signature", "Date")
            )
        )
    else:
        for one, role in (("tutor", "Induction tutor"), ("ect", "ECT"), ("head", "Headteacher")):
            name, day = f.signed(one)
            s.add(p(f"{role}: ", name, Gap(330.0), "Date: ", day))
    return s
