"""Progress reviews as a diocese, a council and a trust might redesign the model form."""

from __future__ import annotations

from random import Random

from tests.support.papers_model import Cell, Gap, Line, P, Piece, Run, Sketch, T, a, cell, p
from tests.support.unseen.form import left, mark
from tests.support.unseen.further_words import Leaf

_TERMS = ("1", "2", "4", "5")


def diocesan_review(t: Random, c: Random) -> Sketch:
    """Label and answer in one cell, two across; terms to tick in a row; a box to cross for each position; texts under shaded bars."""
    f = Leaf("diocesan_review", t, c, "progress_review", {
        "ect_name": ("ECT", "Name of ECT reviewed"), "trn": ("TRN", "TRN (7 figures)"), "school_name": ("School / academy", "Catholic school or academy"), "headteacher_name": ("Headteacher", "Principal/Headteacher"), "induction_tutor_name": ("Review carried out by (induction tutor)", "Induction tutor"), "mentor_name": ("Mentor", "ECT’s mentor"),
        "period_start": ("Review covers: from", "Start of term/review period"), "period_end": ("Review covers: to", "End of term/review period"), "days_absent": ("Days absent", "Absence in this period (days)"), "fte": ("FTE", "Hours (FTE)"),
        "evidence": ("Evidence on which the review is based", "Why do you say so? Evidence"), "targets": ("What the ECT will work on next", "Agreed priorities for next term"), "support_plan": ("Additional support (only if not yet on track)", "If not on track: support to be given"), "ect_comments": ("Comments of the ECT", "The ECT comments as follows"),
    })  # fmt: skip
    s = f.page(f.words("Diocese of Wearmouth Education Trust – Appropriate Body", "Wearmouth Diocesan Schools Service"), f.words("Progress review, academic year 2025–26", ""), f.words("Progress review of an early career teacher", "ECT Induction: Progress Review"))  # fmt: skip
    rows = [(f.inside("ect_name"), f.inside("trn")), (f.inside("school_name"), f.inside("headteacher_name")), (f.inside("induction_tutor_name"), f.inside("mentor_name")), (f.inside("period_start"), f.inside("period_end")), (f.inside("days_absent"), f.inside("fte"))]  # fmt: skip
    s.add(T((0.5, 0.5), tuple(rows)))
    term = f.facts.term
    s.truth["term_number"] = None if f.blank else term
    s.add(T((0.32, 0.17, 0.17, 0.17, 0.17), ((cell(f.words("Term of induction", "Which term is reviewed?"), shaded=True), *(cell(p(*mark(one == term and not f.blank, "glyph"), f" {one}")) for one in _TERMS)),)))  # fmt: skip
    on = c.random() < 0.85
    s.truth["on_track"] = on
    head = f.words(
        "Progress towards meeting the Teachers’ Standards by the end of induction (X one)",
        "At present the ECT is (put X in one box):",
    )
    yes, no = t.choice(
        (
            ("On track", "Not yet on track"),
            ("on track to complete induction successfully", "not on track to complete induction successfully"),
        )
    )
    s.add(T((0.9, 0.1), ((cell(head, bold=True, shaded=True, span=2),), (cell(yes), f.cross(on)), (cell(no), f.cross(not on)))))
    for key in ("evidence", "targets"):
        s.add(T((1.0,), ((cell(f.label(key, colon=False), bold=True, shaded=True),), (cell(*f.long(key)),)), least=24))
    made = f.long("support_plan") if not on else _nothing(f, "support_plan")
    s.add(T((1.0,), ((cell(f.label("support_plan", colon=False), bold=True, shaded=True),), (cell(*made),), (cell(f.label("ect_comments", colon=False), bold=True, shaded=True),), (cell(*f.long("ect_comments")),)), least=24))  # fmt: skip
    tutor, ect = f.signed("tutor"), f.signed("ect")
    s.add(T((0.5, 0.5), ((cell(p("Induction tutor: ", tutor[0])), cell(p("Date: ", tutor[1]))), (cell(p("ECT: ", ect[0])), cell(p("Date: ", ect[1]))))))  # fmt: skip
    return s


def _nothing(f: Leaf, key: str) -> tuple[P, ...]:
    """A place that does not apply to this teacher."""
    f.sketch.truth[key] = None
    return (p(a(f.c.choice(("", "", "N/A")) if not f.blank else "")),)


def council_record(t: Random, c: Random) -> Sketch:
    """Lines with dotted leaders; absence by cause with a total; YES and NO to strike out; texts beside their prompts."""
    f = Leaf("council_record", t, c, "progress_review", {
        "ect_name": ("Name of teacher", "ECT (name)"), "trn": ("Teacher ref. no.", "TRN"), "date_of_birth": ("D.O.B.", "Date of birth"), "school_name": ("School/establishment", "Name of school"), "induction_tutor_name": ("Name of induction tutor", "Induction tutor’s name"), "period_start": ("Period reviewed: from", "Commencing"), "period_end": ("Period reviewed: to", "Ending"),
        "strengths": ("Good progress has been made in", "Successes this term"), "areas_for_development": ("Less progress has been made in", "Aspects needing attention"), "targets": ("Objectives agreed for next term", "Objectives to be met by the next review"), "ect_comments": ("The teacher’s comments", "Teacher’s own comments"),
    })  # fmt: skip
    s = f.page("", f.words("Holderness Council 10/25", "Return one copy to the Induction Officer, Guildhall"), f.words("Record of termly progress review", "ECT induction – progress review (terms 1, 2, 4 and 5)"))  # fmt: skip
    for keys in (
        ("ect_name", "trn"),
        ("school_name", "date_of_birth"),
        ("induction_tutor_name",),
        ("period_start", "period_end"),
    ):
        pieces: list[Piece] = [Run(f.label(keys[0], colon=True) + " "), f.answer(keys[0], blank=0.04)]
        if len(keys) > 1:
            pieces += [Gap(300.0), Run(f.label(keys[1], colon=True) + " "), f.answer(keys[1], blank=0.04)]
        s.add(p(*pieces, after=7))
    total = f.answer("days_absent", blank=0)
    heads = ("", f.words("Sickness", "Illness"), "Other", f.words("Total", "Total days"))
    parts = (f.noted(total.text), f.noted("0"), total)
    s.add(T((0.34, 0.22, 0.22, 0.22), (tuple(cell(one, bold=True) for one in heads), (cell(f.words("Days absent in the period", "Number of days absent")), *(cell(p(one)) for one in parts)))))  # fmt: skip
    s.add(
        p(
            f.words("The teacher works: ", "Contract: "),
            *f.pattern(f.words("strike", "before", "behind"), ("full time", "part time")),
        )
    )
    on = c.random() < 0.85
    s.truth["on_track"] = on
    look = f.words("strike", "ring")
    s.add(p(f.words("Is the teacher on track to complete induction satisfactorily? ", "On present evidence is the teacher on track to satisfy the Teachers’ Standards by the end of induction? "), *f.options((("YES", on), ("NO", not on)), look)))  # fmt: skip
    for key in ("strengths", "areas_for_development", "targets", "ect_comments"):
        s.add(T((0.24, 0.76), ((cell(f.label(key, colon=False), bold=True), cell(*f.long(key))),), least=46))
    for who, role in (("tutor", "induction tutor"), ("ect", "ECT")):
        name, day = f.signed(who)
        s.add(p(f"Signed ({role}) ", Line(50), Gap(180.0), "Print name ", name, Gap(350.0), "Date ", day))
    return s


def trust_conversation(t: Random, c: Random) -> Sketch:
    """Notes of a review conversation: particulars without rules, questions in bold with answers below, a closing table of answers."""
    f = Leaf("trust_conversation", t, c, "progress_review", {
        "ect_name": ("Who is the review about?", "Early career teacher"), "trn": ("Their TRN", "TRN"), "school_name": ("Which academy?", "Academy"), "induction_tutor_name": ("Who led the review? (induction tutor)", "Review led by (induction tutor)"), "mentor_name": ("Who is the mentor?", "Mentor"), "period_start": ("When did the period start?", "Period: first day"), "period_end": ("When did it end?", "Period: last day"), "days_absent": ("How many days’ absence were there?", "Absence during it (days)"),
        "strengths": ("What are you most pleased with?", "What has the ECT done well since last time?"), "areas_for_development": ("What has been difficult?", "What still needs work?"), "targets": ("What will you focus on until we meet again?", "Which goals have been agreed?"), "support_plan": ("What help will the academy give?", "What extra support will be given, and by whom?"), "ect_comments": ("Anything you, the ECT, would like to add?", "ECT: is there anything you would like to say?"),
    })  # fmt: skip
    s = f.page(f.words("Kingfisher Learning Trust", "Kingfisher Learning Trust with Trentside TSH"), "", f.words("Progress review conversation", "ECT progress review: notes of the conversation"))  # fmt: skip
    s.add(T((0.44, 0.56), tuple(left(f, key, shaded=False) for key in ("ect_name", "trn", "school_name", "induction_tutor_name", "mentor_name", "period_start", "period_end", "days_absent")), ruled=False))  # fmt: skip
    for key in ("strengths", "areas_for_development", "targets", "support_plan", "ect_comments"):
        s.add(p(f.label(key, colon=False), bold=True), *f.long(key, blank=0.03))
    on, stays, had = c.random() < 0.85, c.random() < 0.9, c.random() < 0.9
    s.truth |= {"on_track": None if f.blank else on, "remaining_at_school": None if f.blank else stays, "support_confirmed": None if f.blank else had}  # fmt: skip
    rows: list[tuple[Cell, ...]] = [(cell(f.words("To finish", "Closing questions"), bold=True, shaded=True), cell("Yes / No", bold=True, shaded=True))]  # fmt: skip
    for text, value in (
        (f.words("Is the ECT on track to pass induction?", "Do we agree that the ECT is on track?"), on),
        (f.words("Has the ECT had their statutory entitlement (time off timetable, mentor, training)?", "Were all entitlements (time, mentor and training) given?"), had),
        (f.words("Will the ECT still be employed at this academy next term?", "Is the ECT staying at this academy next term?"), stays),
    ):  # fmt: skip
        rows.append((cell(text), cell(p(f.noted("Yes" if value else "No")))))
    s.add(T((0.82, 0.18), tuple(rows)))
    tutor, ect = f.signed("tutor"), f.signed("ect")
    s.add(p("Agreed by", bold=True))
    s.add(T((0.25, 0.45, 0.3), ((cell("Induction tutor"), cell(p(tutor[0])), cell(p(tutor[1]))), (cell("ECT"), cell(p(ect[0])), cell(p(ect[1]))))))  # fmt: skip
    return s
