"""Formal and interim assessments as a county, a hub, a trust and a diocese hand them out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from random import Random

from tests.support.papers_model import Cell, Gap, Run, Sketch, T, Tick, a, cell, p
from tests.support.papers_people import plain
from tests.support.papers_words import STANDARDS
from tests.support.unseen.ahead_words import Draft
from tests.support.unseen.form import left, under


def county_recommendation(t: Random, c: Random) -> Sketch:
    """A county's final form: answers under their labels, terms or days, statements with a box at the end, a reply to opt into, office use."""
    who = t.choice(("ECT", "NQT"))
    f = Draft("county_recommendation", t, c, "formal_assessment", {
        "ect_name": (f"Full name of {who}", "Name (in full)", f"Full name of {who} (as on QTS certificate)"), "ect_former_name": ("Former name(s) if applicable", "Previous surname (where applicable)"), "date_of_birth": ("Date of birth", f"{who} date of birth"), "trn": ("DfE/teacher reference number", "Teacher reference number", "DfE reference number (TRN)"), "national_insurance_number": ("National Insurance number", "NI number"),
        "school_name": ("Name of institution (school or college)", "School/academy name", "Name of educational establishment"), "school_dfe_number": ("DfE institution number", "DfE school number", "DfE no. of institution (if applicable)"), "appropriate_body": ("Appropriate body to which this report is sent", "Appropriate body receiving this form"), "induction_start": ("Date induction started", "Date of start of induction"),
        "period_start": ("Start date of final assessment period", "Final assessment period began", "Date of start of final assessment period"), "period_end": ("End date of final assessment period", "Final assessment period ended", "Date of end of final assessment period"), "terms_completed": ("Number of terms completed in this period", "Terms completed"), "days_served": ("or number of days completed", "Days completed (where counted in days)"), "days_absent": ("Days of absence in this period", "Number of days’ absence during the final assessment period", "Absence during this period (days)"), "days_absent_total": ("Days of absence in the whole induction period", "Number of days’ absence during the entire induction period", "Absence during the entire induction (days)"),
        "strengths": ("Strengths", "Strengths in relation to the Standards", "Strengths (refer to the Teachers’ Standards)"), "areas_for_development": ("Areas requiring further development", "Areas for further development, including any areas of concern", "Areas of concern or for continued development"), "evidence": ("Evidence used to inform the judgements", "Evidence", "Sources of evidence for the above"), "ect_comments": (f"{who} comments", f"Comments by the {who}"),
    })  # fmt: skip
    s = f.page(f.words("Cleaveshire County Council – Education Services, Shire Hall", "CLEAVESHIRE COUNTY COUNCIL   School Workforce Team"), f.words("Final assessment – page 1 of 2", ""), f.words(f"{who} induction: final assessment and recommendation", f"Final assessment of {who} and recommendation of the headteacher"))  # fmt: skip
    s.truth["assessment_point"] = "final"
    for one in ("Please enter ‘X’ in the boxes.", "Dates must include the day, month and year.", f"E-mail this form within 10 working days of the meeting, copying in the {who} and the induction tutor."):  # fmt: skip
        s.add(p(f"• {one}", after=1))
    s.add(p(f.words(f"{who}’s details", "Personal details"), heading=2))
    rows: list[tuple[Cell, ...]] = [(under(f, "ect_name", 2), under(f, "ect_former_name")), tuple(under(f, key) for key in ("date_of_birth", "trn", "national_insurance_number"))]  # fmt: skip
    rows += [(under(f, "school_name", 2), under(f, "school_dfe_number")), (under(f, "appropriate_body", 3),)]
    in_terms = c.random() < 0.5
    rows.append(tuple(under(f, key) for key in ("induction_start", "period_start", "period_end")))
    count = [cell(p(f.label(key), bold=f.bold_labels), p(f.answer(key, blank=float(other)))) for key, other in (("terms_completed", not in_terms), ("days_served", in_terms))]  # fmt: skip
    pattern = cell(p(f.words(f"Does the {who} work:", "Hours of work:"), bold=f.bold_labels), p(*f.pattern(f.words("before", "behind"))))  # fmt: skip
    rows += [(*count, pattern), (under(f, "days_absent", 2), under(f, "days_absent_total"))]
    s.add(T((0.36, 0.32, 0.32), tuple(rows)))
    confirmed = c.random() < 0.92
    s.truth["support_confirmed"] = confirmed
    s.add(p(Tick(confirmed and not f.blank), f.words(f" I confirm that the {who} has had a personalised programme of support and monitoring throughout the period.", " I confirm that support and monitoring have been provided in line with the statutory guidance.")))  # fmt: skip
    s.add(p(f.words("Headteacher’s recommendation", "Recommendation"), heading=2))
    options = f.words("has performed satisfactorily against the Teachers’ Standards for the completion of induction|has not performed satisfactorily against the Teachers’ Standards for the completion of induction|should have the induction period extended", "has met the Teachers’ Standards|has not met the Teachers’ Standards|requires an extension to induction").split("|")  # fmt: skip
    chosen = f.outcome((("satisfactory", options[0]), ("unsatisfactory", options[1]), ("extension", options[2])))
    s.add(T((0.9, 0.1), tuple((cell(f"The teacher named above {text}"), f.cross(one)) for text, one in chosen)))
    s.add(p(f.words("Assessment of progress against the Teachers’ Standards", "Assessment of performance"), heading=2))
    s.add(*(f.box(key, most=3) for key in ("strengths", "areas_for_development", "evidence")))
    silent = c.random() < 0.25
    s.add(p(f"I have discussed this report with the induction tutor and/or headteacher and ({who} to tick):"))
    s.add(p(Tick(silent and not f.blank), " have no comments to make", Gap(), Tick(not silent and not f.blank), " wish to make the following comments"))  # fmt: skip
    reply = f.untouched("ect_comments") if silent else f.long("ect_comments", blank=0)
    s.add(T((1.0,), ((cell(p(f.label("ect_comments"), bold=True), *reply),),), least=40))
    s.add(f.signing((("head", "Headteacher/Principal"), ("ect", who), ("tutor", "Induction tutor")), ("", f.words("Print name", "Full name (please print)"), "Signature", "Date")))  # fmt: skip
    s.add(T((0.25, 0.25, 0.25, 0.25), ((cell("COUNCIL USE", bold=True, shaded=True), cell("Received:"), cell("Entered by:"), cell("DfE notified:")),)))  # fmt: skip
    return s


def hub_formal(t: Random, c: Random) -> Sketch:
    """A hub's form for the first, the final and the interim assessment: a table of two columns, then numbered questions with boxes."""
    f = Draft("hub_formal", t, c, "formal_assessment", {
        "ect_name": ("Early Career Teacher: full name", "ECT full name (as held by the TRA)", "Full name of ECT"), "trn": ("ECT teacher reference number (TRN)", "TRN (7 digits)", "Teacher reference number of ECT"), "date_of_birth": ("ECT date of birth (DD/MM/YYYY)", "Date of birth"), "school_name": ("School/academy/college name", "Name of school", "School/Academy"), "school_urn": ("School unique reference number (URN)", "URN"), "induction_tutor_name": ("Induction tutor name and role", "Name and role of person completing this form (induction tutor)", "Induction tutor (name and role)"), "mentor_name": ("Mentor name and role", "Name of mentor", "Mentor (name, role)"), "appropriate_body": ("Name of appropriate body", "Appropriate body this is submitted to"),
        "period_start": ("Assessment period start date", "Start date of this assessment period", "Date assessment period started"), "period_end": ("Assessment period end date", "End date of this assessment period", "Date assessment period ended"), "days_absent": ("Total days absent in this assessment period", "Days absent during this period (to the nearest half day)", "Number of days absent (this assessment period)"), "fte": ("FTE in this period", "If part-time, FTE"), "leaving_date": ("Leaving date", "If interim, date of leaving"), "next_school": ("Destination, if known", "Next school (if known)"),
        "evidence": ("Summarise the evidence on which your judgement is based", "Please outline the evidence considered", "Give a brief summary of the evidence used"), "strengths": ("In which of the Teachers’ Standards is the ECT strong?", "Please describe the ECT’s strengths against the Teachers’ Standards", "Strengths (please cite the Teachers’ Standards)"), "areas_for_development": ("In which of the Teachers’ Standards does the ECT need to develop?", "Please describe areas for development against the Teachers’ Standards", "Areas in which further development is needed"), "targets": ("What targets have been agreed for the next stage?", "Development targets for the next period or, after induction, for the ECT’s further career", "Agreed targets"), "ect_comments": ("Comments from the ECT", "ECT comments on this assessment and on the support received", "The ECT should record their comments here"),
    })  # fmt: skip
    s = f.page("Ouse Valley Teaching School Hub", f.words("Formal assessment template v2.3", "OVTSH Appropriate Body | September 2025"), f.words("Early Career Teacher formal assessment", "ECT Formal Assessment Form"))  # fmt: skip
    stage = f.stage((f.words("End of first assessment period (Year 1)", "First formal assessment"), "first"), (f.words("End of second or final assessment period (Year 2)", "Final formal assessment"), "final"), (f.words("Interim (ECT completing induction at another establishment)", "Interim assessment"), "interim"))  # fmt: skip
    interim = s.truth["assessment_point"] == "interim"
    s.truth["form_kind"] = "interim_assessment" if interim else "formal_assessment"
    if not interim:
        f.facts.whole_year()
    s.add(p("Form handling advice", bold=True), p("• The headteacher/principal must send this form to the appropriate body shortly after the assessment meeting.", after=1), p("• The ECT must see the form and add comments before it is submitted."))  # fmt: skip
    s.add(p(f.words("Section 1: Personal and induction details", "Personal details and induction details"), heading=2))
    s.add(f.rows_of(("ect_name", "trn", "date_of_birth", "school_name", "school_urn", "induction_tutor_name", "mentor_name", "appropriate_body", "period_start", "period_end"), 0.44))  # fmt: skip
    full = f.facts.full_time
    s.truth["working_pattern"] = None if f.blank else "full_time" if full else "part_time"
    share = f.answer("fte", blank=1.0 if full else 0.0)
    look = f.words("strike", "tick", "ring")
    hours = f.either(None if f.blank else full, look, ("FT", "PT") if look != "tick" else ("Full-time", "Part-time"))
    more = (cell(f.words("Is the ECT full-time or part-time?", "Working pattern"), bold=f.bold_labels, shaded=True), cell(p(*hours, Gap(), f"{f.label('fte', colon=True)} ", share)))  # fmt: skip
    met = (cell("Date of assessment meeting", bold=f.bold_labels, shaded=True), cell(p(f.noted(f.day(f.facts.signing)))))
    s.add(T((0.44, 0.56), (left(f, "days_absent"), more, met)))
    s.add(p(f.words("Section 2: Assessment", "Assessment period details"), heading=2))
    s.add(p(f.words("1. Which assessment period does this form cover?", "1. Please indicate the type of assessment.")), *f.lines(stage))  # fmt: skip
    away = [f.answer(key, blank=0.1 if interim else 1.0) for key in ("leaving_date", "next_school")]
    s.add(T((0.22, 0.2, 0.22, 0.36), ((cell(f.label("leaving_date")), cell(p(away[0])), cell(f.label("next_school")), cell(p(away[1]))),)))  # fmt: skip
    s.add(p("2. The ECT’s performance against the Teachers’ Standards, within the induction period, indicates that he/she/they:"))  # fmt: skip
    good, bad = t.choice((("is making satisfactory progress", "is not making satisfactory progress"), ("has performed satisfactorily", "has not performed satisfactorily")))  # fmt: skip
    s.add(*f.lines(f.outcome((("satisfactory", good), ("unsatisfactory", bad)))))
    for number, key in enumerate(("evidence", "strengths", "areas_for_development", "targets", "ect_comments"), 3):
        s.add(p(f"{number}. {f.label(key, colon=False)}"), T((1.0,), ((cell(*f.long(key)),),), least=44))
    s.add(p(f.words("Section 3: Signatures", "Signatures (typed names are accepted)"), heading=2))
    for who, role in (("tutor", "Induction tutor"), ("head", "Headteacher/principal"), ("ect", "ECT")):
        name, day = f.signed(who)
        s.add(T((0.28, 0.44, 0.1, 0.18), ((cell(f"{role} name", shaded=True), cell(p(name)), cell("Date", shaded=True), cell(p(day))),)))  # fmt: skip
    return s


def trust_year_end(t: Random, c: Random) -> Sketch:
    """A trust's end-of-year assessment: a band of particulars, the standards with their full titles, a grade that no record wants."""
    final = t.random() < 0.5
    f = Draft("trust_year_end", t, c, "formal_assessment", {
        "ect_name": ("ECT", "Colleague (ECT)", "Name of ECT"), "trn": ("TRN", "Teacher ref."), "school_name": ("Academy", "School in the trust", "Academy name"), "induction_tutor_name": ("Induction tutor", "Assessor (induction tutor)", "Name of induction tutor"), "mentor_name": ("Mentor", "ECT mentor"), "headteacher_name": ("Principal", "Head of school"), "period_start": ("Year began", "From"), "period_end": ("Year ended", "To"), "days_absent": ("Days absent this year", "Absence in the year (days)", "Total absence (days)"), "fte": ("FTE", "Contract FTE", "Working time (FTE)"),
        "standard_part_two": ("Part Two: Personal and professional conduct", "Part 2 Personal and professional conduct"), "targets": ("Priorities for Year 2" if not final else "Priorities for the future", "Agreed next steps"), "ect_comments": ("ECT response", "Colleague’s own comments", "Comments by the ECT"),
    })  # fmt: skip
    f.facts.whole_year()
    year = "2" if final else "1"
    s = f.page(f.words("Fens Learning Trust", "FENS LEARNING TRUST | People and Development"), "Page 1", f.words(f"End of Year {year} formal assessment{' (final)' if final else ''}", f"ECT induction – formal assessment, year {year}"))  # fmt: skip
    s.truth["assessment_point"] = "final" if final else "first"
    pairs = (("ect_name", "trn"), ("school_name", "headteacher_name"), ("induction_tutor_name", "mentor_name"), ("period_start", "period_end"), ("days_absent", "fte"))  # fmt: skip
    s.add(T((0.2, 0.32, 0.2, 0.28), tuple(left(f, *pair) for pair in pairs)))
    given = f.asked("support_confirmed", yes=0.95)
    s.add(p(f.words("Full ECT entitlement provided (mentor, tutor, time, training)? ", "The ECT has received the full statutory entitlement: "), *f.either(given, f.words("tick", "behind"))))  # fmt: skip
    heads = (f.words("Teachers’ Standard", "A teacher must:"), f.words("Evidence and comment", "Assessor’s comments"))
    rows: list[tuple[Cell, ...]] = [tuple(cell(one, bold=True, shaded=True) for one in heads)]
    form = f.words("{n}. {w}", "{n} {w}", "TS{n} – {w}")
    rows += [(cell(p(form.format(n=n, w=words), bold=True)), cell(*f.text(f"standard_{n}", paragraphs=2))) for n, words in enumerate(STANDARDS, 1)]  # fmt: skip
    rows.append((cell(p(f.label("standard_part_two", colon=False), bold=True)), cell(*f.text("standard_part_two", paragraphs=1))))  # fmt: skip
    s.add(T((0.34, 0.66), tuple(rows)))
    if not final:
        s.add(p(f.words("Progress grade (A = excellent … E = none): ", "Grade A–E: "), f.noted(c.choice("AABBBC"))))
    words = t.choice((("Satisfactory", "Unsatisfactory"), ("SATISFACTORY", "UNSATISFACTORY")))
    chosen = f.outcome((("satisfactory", words[0]), ("unsatisfactory", words[1])))
    look = f.words("tick", "ring", "strike")
    s.add(p(Run(f.words("Overall judgement: ", "Performance against the Teachers’ Standards overall: "), bold=True), *f.options(chosen, look), {"strike": " (delete as applicable)", "ring": " (circle)"}.get(look, "")))  # fmt: skip
    s.add(f.box("targets", f.words("(no more than four)", "")), f.box("ect_comments"))
    made = [f.signed(one) for one in ("ect", "tutor", "head")]
    names = ("ECT", "Induction tutor", "Principal")
    s.add(T((1 / 3, 1 / 3, 1 / 3), (tuple(cell(p(Run(f"{role}: ", bold=True), name)) for role, (name, _) in zip(names, made, strict=True)), tuple(cell("Signature:") for _ in names), tuple(cell(p("Date: ", day)) for _, day in made))))  # fmt: skip
    return s


def diocesan_interim(t: Random, c: Random) -> Sketch:
    """A diocese's interim report: labels and answers in one cell, induction served term by term with a total, the head's initials beside a statement."""
    f = Draft("diocesan_interim", t, c, "interim_assessment", {
        "ect_name": ("Name of teacher", "Teacher’s full name", "Early career teacher"), "trn": ("TRN", "Teacher reference no.", "TRN (7 figures)"), "date_of_birth": ("Date of birth", "DOB"), "school_name": ("School", "School from which the report comes", "Name of church school or academy"), "school_dfe_number": ("DfE no.", "School number (LA/DfE)"), "headteacher_name": ("Headteacher", "Head teacher", "Name of headteacher"), "induction_start": ("Induction began", "Date on which induction began"), "period_start": ("This report covers: from", "Period of this report: from"), "period_end": ("This report covers: to", "Period of this report: to"), "days_absent": ("Days absent since the last report", "Absence since the last report (days)", "Days absent (since last report)"),
        "leaving_date": ("Last day of service", "Leaves this school on", "Date of leaving"), "next_school": ("School to be joined", "Goes to (school)", "Next school, if known"), "strengths": ("What the teacher does well", "Strengths to build on", "Strengths"), "areas_for_development": ("What the teacher still has to work on", "What remains to be developed", "Areas still to be developed"), "support_plan": ("Support given here which should go on", "Support recommended to the next school", "Support which the next school should continue"), "ect_comments": ("The teacher’s own statement", "Statement by the teacher", "Comments of the teacher"),
    })  # fmt: skip
    s = f.page(f.words("Peakshire Diocesan Board of Education", "Diocese of Peakshire · Schools Department"), f.words("DBE/ECT/Interim", "A copy goes to the teacher, the next school and its appropriate body."), f.words("Interim assessment of an early career teacher", "Interim report on a teacher leaving before the next formal assessment"))  # fmt: skip
    s.truth["assessment_point"] = "interim"
    absent = [c.choice((0, 0, 1, 2, 3)) for _ in range(c.randint(2, 4))]
    f.facts.absent = Decimal(absent[-1])
    f.facts.induction = f.facts.start - timedelta(days=120 * (len(absent) - 1))
    pairs = (("ect_name", "trn"), ("school_name", "school_dfe_number"), ("headteacher_name", "date_of_birth"), ("induction_start", "days_absent"), ("period_start", "period_end"), ("leaving_date", "next_school"))  # fmt: skip
    s.add(T((0.56, 0.44), tuple((f.inside(one), f.inside(two)) for one, two in pairs)))
    _served(f, absent)
    s.add(p(f.words("Judgement – the headteacher initials one statement", "The headteacher should initial the statement that applies"), bold=True))  # fmt: skip
    good, bad = t.choice((("The teacher is making satisfactory progress towards meeting the Teachers’ Standards.", "The teacher is not making satisfactory progress towards meeting the Teachers’ Standards."), ("Progress so far is satisfactory.", "Progress so far is not satisfactory.")))  # fmt: skip
    chosen = f.outcome((("satisfactory", good), ("unsatisfactory", bad)))
    head = f.facts.head
    initials = f"{head.first[0]}{head.last[0].upper()}"
    s.add(T((0.12, 0.88), tuple((cell(p(a(initials if one and not f.blank else ""))), cell(text)) for text, one in chosen)))
    for key in ("strengths", "areas_for_development"):
        s.add(p(f.label(key, colon=False), bold=True), *f.long(key))
    s.add(p(f.label("support_plan", colon=False), bold=True), *(f.untouched("support_plan") if c.random() < 0.4 else f.long("support_plan", most=2)))  # fmt: skip
    s.add(p(f.label("ect_comments", colon=False), bold=True), *f.long("ect_comments"))
    s.add(f.sign_line("head", "Headteacher"), f.sign_line("tutor", "Induction tutor"), f.sign_line("ect", "Teacher"))
    return s


def _served(f: Draft, absent: Sequence[int]) -> None:
    """Terms of induction in rows with the days absent in each, the first perhaps at another school; the record wants their sums."""
    c, s, facts = f.c, f.sketch, f.facts
    total = (plain(facts.fte * len(absent)), str(sum(absent)))
    s.truth |= {key: None if f.blank else one for key, one in zip(("terms_completed", "days_absent_total"), total, strict=True)}
    elsewhere = "Moor End Primary" if c.random() < 0.4 else facts.school
    heads = ("Term", "School", f.words("Full-time equivalent", "FTE"), f.words("Days absent", "Absence (days)"))
    rows: list[tuple[Cell, ...]] = [tuple(cell(one, bold=True, shaded=True) for one in heads)]
    for place, term in enumerate([*("Autumn", "Spring", "Summer", "Autumn")[-len(absent) :], *("",) * (4 - len(absent))]):
        served = place < len(absent)
        some = (term, facts.school if place else elsewhere, f"{facts.fte}", str(absent[place])) if served else ("",) * 4
        rows.append(tuple(cell(p(f.noted(one))) for one in some))
    rows.append((cell(f.words("Total served to date", "Total"), bold=True, span=2), *(cell(p(f.noted(one))) for one in total)))
    s.add(p(f.words("Induction served so far (all schools)", "Record of induction served"), bold=True))
    s.add(T((0.2, 0.4, 0.2, 0.2), tuple(rows)))
