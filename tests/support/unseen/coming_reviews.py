"""Progress reviews as further offices lay them out: two-column pages, notes at the foot, survey questions, rows for each entitlement."""

from __future__ import annotations

from random import Random

from tests.support.papers_model import Cell, Gap, Line, P, Run, Sketch, T, Tick, a, cell, p
from tests.support.unseen.coming_words import Paper, marked
from tests.support.unseen.form import left, mark, under


def side_by_side(t: Random, c: Random) -> Sketch:
    """A page of two columns without rules: the teacher on the left, the school on the right, texts below in the same way."""
    f = Paper("side_by_side", t, c, "progress_review", {
        "ect_name": ("Full name", "Name"), "trn": ("TRN", "Teacher reference number"), "term_number": ("Term of induction (1, 2, 4 or 5)", "Review no."), "fte": ("Working hours (FTE)", "Hours (1.0 = full-time)"), "school_name": ("School", "Name of school"), "induction_tutor_name": ("Induction tutor", "Reviewed by (induction tutor)"), "mentor_name": ("Mentor", "Mentor’s name"), "days_absent": ("Absent (days) this term", "Days absent this term"),
        "period_start": ("Review period commenced", "Term start"), "period_end": ("Review period concluded", "Term end"), "strengths": ("What has gone well?", "WWW (what went well)", "Celebrations"), "areas_for_development": ("Even better if…", "What needs further work?"), "targets": ("Actions for the coming term", "What next?"), "ect_comments": ("ECT voice", "In the ECT’s own words"),
    })  # fmt: skip
    s = f.sketch
    s.header = f.words("Calder Vale Teaching School Hub", "Red Rose Induction Service – progress reviews", "")
    s.add(
        p(
            f.words("Termly progress review", "ECT progress review – summary sheet", "Progress review (non-assessment term)"),
            heading=1,
        )
    )

    def column(title: str, keys: tuple[str, ...]) -> Cell:
        return cell(
            p(title, bold=True), *(p(Run(f.label(key, colon=True) + " ", bold=f.bold_labels), f.answer(key)) for key in keys)
        )

    teacher = column(f.words("The early career teacher", "About the teacher"), ("ect_name", "trn", "term_number", "fte"))
    school = column(
        f.words("The school", "About the school"), ("school_name", "induction_tutor_name", "mentor_name", "days_absent")
    )
    s.add(T((0.5, 0.5), ((teacher, school),), ruled=t.random() < 0.4))
    s.add(T((0.5, 0.5), ((under(f, "period_start"), under(f, "period_end")),), ruled=False))
    value = c.random() < 0.85
    s.truth["on_track"] = value
    mechanic = t.choice(["ring", "box"])
    words = ((f.words("On track", "Making expected progress"), value), (f.words("Not on track", "Not yet on track"), not value))
    if "expected" in words[0][0]:
        words = (words[0], ("Not making expected progress", not value))
    pieces: list[Tick | Run | Gap] = []
    for text, one in words:
        pieces += (
            [Run(text, ringed=one and not f.blank)] if mechanic == "ring" else [Tick(one and not f.blank), Run(f" {text}")]
        )
        pieces.append(Gap())
    s.add(p(f.words("Progress: ", "Current position: ", "At this point the ECT is: "), *pieces[:-1]))
    for keys in (("strengths", "areas_for_development"), ("targets", "ect_comments")):
        heads = tuple(cell(p(f.label(key, colon=False), bold=True), shaded=True) for key in keys)
        s.add(T((0.5, 0.5), (heads, tuple(cell(*f.long(key, 2)) for key in keys)), least=26))
    for who, role in (("tutor", "Induction tutor"), ("ect", "ECT")):
        name, day = f.signed(who)
        s.add(p(f"{role}: ", name, Gap(280.0), "Date: ", day))
    return s


def notes_at_foot(t: Random, c: Random) -> Sketch:
    """Labels carry the numbers of notes; the notes stand at the end of the form, with its addresses."""
    f = Paper("notes_at_foot", t, c, "progress_review", {
        "ect_name": ("Teacher’s name (1)", "Name of ECT (note 1)"), "trn": ("TRN (2)", "Teacher reference number (note 2)"), "date_of_birth": ("Date of birth", "DOB"), "school_name": ("School/college", "Establishment name"), "induction_tutor_name": ("Induction tutor", "Tutor completing this review"), "period_start": ("Period from (3)", "This review covers the period from (note 3)"), "period_end": ("Period to (3)", "This review covers the period up to (note 3)"), "days_served": ("Days in employment in the period (4)", "School days in the period (note 4)"), "days_absent": ("of which absent (5)", "Number of those days absent (note 5)"), "fte": ("FTE worked", "Proportion worked (FTE)"),
        "evidence": ("Please explain your answer with reference to the Teachers’ Standards", "Rationale, with reference to evidence", "Reasons and evidence"), "targets": ("Agreed objectives", "Objectives until the next review", "New objectives"), "support_plan": ("If the answer is ‘No’, what extra help will be given?", "Where not on track: action to be taken by the school"), "ect_comments": ("The teacher may comment here", "Any comments by the teacher"),
    })  # fmt: skip
    s = f.sketch
    s.add(
        p(
            f.words("Record of progress review", "Early career teachers: progress review", "Induction: progress review record"),
            heading=1,
        )
    )
    keys = (
        "ect_name",
        "trn",
        "date_of_birth",
        "school_name",
        "induction_tutor_name",
        "period_start",
        "period_end",
        "days_served",
        "days_absent",
        "fte",
    )
    s.add(T((0.48, 0.52), tuple(left(f, key, shaded=t.random() < 0) for key in keys), ruled=t.random() < 0.5))
    yes = c.random() < 0.85
    s.add(p(f.words("Is the teacher presently on track to complete induction successfully? (6) ", "Is satisfactory progress being made towards the successful completion of induction? (note 6) "), *f.yes_no("on_track", yes, t.choice(["before", "behind", "strike", "bold"]))))  # fmt: skip
    for key in ("evidence", "targets", "support_plan", "ect_comments"):
        made = f.long(key) if key != "support_plan" or not yes or f.blank else _empty(f, key)
        s.add(p(f.label(key, colon=False), bold=True), T((1.0,), ((cell(*made),),), least=36))
    tutor, day = f.signed("tutor")
    s.add(p("Signature of induction tutor ", Line(110), Gap(320.0), "Date ", day), p("Name in capitals ", tutor))
    notes = ("1. As it appears on the teacher’s record.", "2. Seven digits, without letters.", "3. Normally a school term of about 13 weeks.", "4. Count all days under contract, INSET included.", "5. Include odd half days. Statutory leave is not counted.", "6. If not, a support plan must start at once.")  # fmt: skip
    s.add(p("Notes", bold=True), *(p(one, after=1) for one in notes))
    s.footer = f.words(
        "Questions? Ring Dawn Hepworth, Induction Officer, on 01632 960188 or write to inductions@eastshire.example",
        "PR3 (rev. 09/2024)",
    )
    return s


def _empty(f: Paper, key: str) -> tuple[P, ...]:
    f.sketch.truth[key] = None
    return (p(a("")),)


def entitlement_rows(t: Random, c: Random) -> Sketch:
    """A checklist with columns Y and N, in which the last row asks whether the teacher is on track."""
    f = Paper("entitlement_rows", t, c, "progress_review", {
        "ect_name": ("Inductee", "Name of inductee", "ECT name in full"), "trn": ("TRN no.", "Teacher Ref. No."), "school_name": ("Base school", "School where based", "Current school"), "school_urn": ("School URN no.", "URN"), "induction_tutor_name": ("Induction co-ordinator/tutor", "Tutor (name)"), "mentor_name": ("Mentor (name)", "Name of mentor"), "period_start": ("Date from", "Review from"), "period_end": ("Date to", "Review to"), "days_absent": ("Absences (days)", "Days of absence", "Sick/other leave (days)"), "term_number": ("Which term is this?", "Induction term no."),
        "strengths": ("Progress since the last review", "Progress made since last time", "Highlights of the term"), "targets": ("Next steps – what, how and by when", "Next steps agreed with the ECT"), "ect_comments": ("Feedback by the inductee", "Inductee’s comments", "Reflections of the ECT"),
    })  # fmt: skip
    f._words["period_start"], f._words["period_end"] = t.choice((("Date from", "Date to"), ("Review from", "Review to")))
    s = f.sketch
    s.add(
        p(
            f.words(
                "ECT termly review and entitlement check",
                "Progress review and checklist",
                "Progress review incl. statutory entitlements",
            ),
            heading=1,
        )
    )
    pairs = (("ect_name", "trn"), ("school_name", "school_urn"), ("induction_tutor_name", "mentor_name"), ("period_start", "period_end"), ("term_number", "days_absent"))  # fmt: skip
    s.add(T((0.22, 0.3, 0.2, 0.28), tuple(left(f, *pair) for pair in pairs)))
    mechanic = t.choice(["glyph", "Y", "x"])
    heads = f.words("Y|N", "Yes|No", "✔ Yes|✔ No").split("|")
    rows: list[tuple[Cell, ...]] = [tuple(cell(one, bold=True, shaded=True) for one in ("Has the ECT…", *heads))]
    statements = ("a reduced timetable (10% in year 1, 5% in year 2) in addition to PPA?", "met the mentor regularly?", "been observed teaching, with written feedback?", "watched experienced colleagues teach?")  # fmt: skip
    rows += [(cell(text), *f.pair(c.random() < 0.95, mechanic)) for text in statements]
    rows.append(f.columns("on_track", f.words("made the progress expected, i.e. is on track to complete induction?", "made satisfactory progress (is on track)?"), mechanic=mechanic))  # fmt: skip
    s.add(T((0.8, 0.1, 0.1), tuple(rows)))
    for key in ("strengths", "targets", "ect_comments"):
        s.add(T((1.0,), ((cell(p(f.label(key, colon=True), bold=True), *f.long(key)),),), least=50))
    made = {who: f.signed(who) for who in ("tutor", "ect")}
    s.add(T((0.5, 0.5), ((cell(p("Induction tutor: ", made["tutor"][0])), cell(p("ECT: ", made["ect"][0]))), (cell(p("Date: ", made["tutor"][1])), cell(p("Date: ", made["ect"][1])))), ruled=False))  # fmt: skip
    s.add(
        p(
            "Privacy: the data on this form is held under Article 6(1)(e) UK GDPR for six years after induction ends and then destroyed."
        )
    )
    return s


def survey_print(t: Random, c: Random) -> Sketch:
    """The print of a survey: numbered questions with stars, the answer below, choices as radio buttons."""
    f = Paper("survey_print", t, c, "progress_review", {
        "ect_name": ("Name of the ECT this review is about", "Please state the name of the ECT"), "trn": ("Please enter their TRN", "What is the ECT’s TRN?"), "school_name": ("Which school do you work in?", "Name of your school"), "induction_tutor_name": ("Your name (induction tutor)", "Name of the induction tutor completing this form"), "period_start": ("When did the review period begin?", "Start of review period"), "period_end": ("When did the review period finish?", "End of review period"), "days_absent": ("How many days has the ECT missed in this period?", "Number of days the ECT was absent this term"),
        "strengths": ("Please describe the ECT’s strengths", "What are the ECT’s key strengths?"), "areas_for_development": ("Please describe any areas for development", "What should the ECT develop next?"), "support_plan": ("If they are not on track, what support have you put in place?", "If you answered no, please give details of the support plan"), "ect_comments": ("Please paste the ECT’s comments", "What does the ECT say about their progress?"),
    })  # fmt: skip
    s = f.sketch
    s.header = f.words("Progress Review Autumn Term | Five Boroughs TSH", "Five Boroughs Appropriate Body – survey response")
    s.add(
        p(f.words("ECT Progress Review", "Progress review – autumn", "ECT termly progress review (online form)"), heading=1),
        p("* Required"),
    )
    number = 0
    for key in ("ect_name", "trn", "school_name", "induction_tutor_name", "period_start", "period_end", "days_absent"):
        number += 1
        s.add(p(f"{number}. {f.label(key, colon=False)} *", bold=True), p(f.answer(key, blank=0.04), after=8))
    for key, text in (("on_track", f.words("Do you feel the ECT is on track?", "Is this ECT on track to pass induction?")), ("remaining_at_school", f.words("Will they still be working at your school next term?", "Is the ECT staying with you next term?"))):  # fmt: skip
        number += 1
        value = c.random() < 0.85
        s.truth[key] = value
        s.add(p(f"{number}. {text} *", bold=True), *(p(*mark(one and not f.blank, t.choice(["radio"])), f" {word}") for word, one in (("Yes", value), ("No", not value))))  # fmt: skip
    for key in ("strengths", "areas_for_development", "support_plan", "ect_comments"):
        number += 1
        made = _empty(f, key) if key == "support_plan" and s.truth["on_track"] else f.long(key)
        s.add(p(f"{number}. {f.label(key, colon=False)}", bold=True), *made)
    s.add(p("This content is created by the owner of the form. The data you submit will be sent to the form owner."))
    return s


def labels_above(t: Random, c: Random) -> Sketch:
    """Every label is a shaded row over its answer, some rows shared by two; the tutor's choice is a cross in a row of words."""
    f = Paper("labels_above", t, c, "progress_review", {
        "ect_name": ("Name of early career colleague", "ECT (full name)"), "trn": ("TRN (on the QTS certificate)", "DfE TRN"), "school_name": ("School / MAT", "Organisation"), "mentor_name": ("Mentor allocated", "Allocated mentor"), "induction_tutor_name": ("Member of staff leading the review (induction tutor)", "Induction lead"), "period_start": ("Period start", "Since (date)"), "period_end": ("Period end", "Until (date)"), "fte": ("Time worked (FTE)", "Contract as a proportion of full time"), "days_absent": ("Time lost through absence (days)", "Absence in days"),
        "evidence": ("How do you know? (evidence)", "On what evidence is this based?"), "areas_for_development": ("Barriers and next areas of growth", "Areas in which to grow"), "ect_comments": ("Comments from the early career colleague", "Early career teacher – your comments"),
    })  # fmt: skip
    f._words["period_start"], f._words["period_end"] = t.choice(
        (("Period start", "Period end"), ("Review period began on", "Review period ended on"))
    )
    s = f.sketch
    s.add(
        p(
            f.words(
                "Progress review", "ECT Progress Review Form (terms 1, 2, 4, 5)", "Review of progress – statutory induction"
            ),
            heading=1,
        )
    )
    for one, two in (("ect_name", "trn"), ("school_name", "mentor_name"), ("induction_tutor_name", "fte")):
        _pair(f, one, two)
    third = ("period_start", "period_end", "days_absent")
    s.add(T((0.34, 0.33, 0.33), (tuple(cell(p(f.label(key, colon=False), bold=True), shaded=True) for key in third), tuple(cell(p(f.answer(key))) for key in third))))  # fmt: skip
    value = c.random() < 0.85
    s.truth["on_track"] = value
    words = (f.words("Is on track", "Yes, on track"), f.words("Is not on track", "No, not on track"))
    s.add(p(f.words("State with an X whether the ECT:", "Current judgement (insert X):"), bold=True))
    s.add(
        T(
            (0.38, 0.12, 0.38, 0.12),
            ((cell(words[0]), marked(value and not f.blank, "X"), cell(words[1]), marked(not value and not f.blank, "X")),),
        )
    )
    for key in ("evidence", "areas_for_development", "ect_comments"):
        s.add(T((1.0,), ((cell(p(f.label(key, colon=False), bold=True), shaded=True),), (cell(*f.long(key, 2)),)), least=22))
    tutor, ect = f.signed("tutor"), f.signed("ect")
    heads = tuple(cell(one, bold=True) for one in ("Signed by ECT", "Date", "Signed by induction tutor", "Date"))
    s.add(T((0.3, 0.2, 0.3, 0.2), (heads, (cell(p(ect[0])), cell(p(ect[1])), cell(p(tutor[0])), cell(p(tutor[1]))))))
    return s


def _pair(f: Paper, one: str, two: str) -> None:
    heads = tuple(cell(p(f.label(key, colon=False), bold=True), shaded=True) for key in (one, two))
    f.sketch.add(T((0.5, 0.5), (heads, tuple(cell(p(f.answer(key))) for key in (one, two)))))
