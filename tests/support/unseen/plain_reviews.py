"""Progress reviews as other bodies might print them."""

from __future__ import annotations

from random import Random

from tests.support.papers_model import Cell, Gap, Line, Run, Sketch, T, Tick, cell, p
from tests.support.unseen.form import left, mark, under
from tests.support.unseen.plain_writing import Plain


def three_across(t: Random, c: Random) -> Sketch:
    """Labels over answers, three across; yes and no within the question's cell; strengths and next steps side by side."""
    f = Plain("three_across", t, c, "progress_review", {
        "ect_name": ("ECT name", "Name of ECT"), "trn": ("TRN", "ECT TRN"), "school_name": ("School", "School name"), "induction_tutor_name": ("Induction tutor", "Induction tutor’s name"), "mentor_name": ("Mentor", "Mentor’s name"), "headteacher_name": ("Headteacher", "Head teacher"), "period_start": ("Review period start", "Start of review period"), "period_end": ("Review period end", "End of review period"), "term_number": ("Term of induction (1, 2, 4 or 5)", "Induction term"), "days_absent": ("Days absent in this period", "Days absent this term"), "fte": ("FTE (if PT)", "If part-time: FTE"),
        "evidence": ("Rationale for the judgement (brief)", "Brief reasons for this judgement"), "support_plan": ("If NO, what support will be put in place?", "If the ECT is not on track, outline the support plan"), "strengths": ("Strengths", "What is going well"), "targets": ("Next steps / targets", "Targets for the next review"), "ect_comments": ("ECT’s comments on progress and support", "ECT reflections"),
    })  # fmt: skip
    s = f.pages(f.words("Moorside Teaching School Hub", "Three Spires Appropriate Body"), "")
    s.add(p(f.words("Progress Review Record", "ECT Progress Review – Terms 1, 2, 4 and 5"), heading=1))
    s.add(T((0.34, 0.33, 0.33), (
        (under(f, "ect_name"), under(f, "trn"), under(f, "school_name")),
        (under(f, "induction_tutor_name"), under(f, "mentor_name"), under(f, "headteacher_name")),
        (under(f, "period_start"), under(f, "period_end"), under(f, "term_number")),
        (cell(p("Full time or part time?", bold=f.bold_labels), p(*f.pattern("before", ("FT", "PT")))), under(f, "fte"), under(f, "days_absent")),
    ), least=32))  # fmt: skip
    yes = c.random() < 0.85
    s.add(
        T(
            (0.7, 0.3),
            (
                (
                    cell(
                        p(
                            f.words(
                                "Is the ECT on track to complete induction successfully?",
                                "Is the ECT currently on track against the Teachers’ Standards?",
                            ),
                            bold=True,
                        )
                    ),
                    cell(p(*f.yes_no("on_track", yes, f.words("behind", "before", "strike")))),
                ),
            ),
        )
    )
    s.add(f.box("evidence"), f.box("support_plan", least=24))
    s.add(
        T(
            (0.5, 0.5),
            (
                tuple(cell(f.label(key, colon=False), bold=True, shaded=True) for key in ("strengths", "targets")),
                tuple(cell(*f.long(key)) for key in ("strengths", "targets")),
            ),
        )
    )
    s.add(f.box("ect_comments"))
    s.add(f.signatures(("", "Name", "Signature", "Date"), (("ect", "ECT"), ("tutor", "Induction tutor"))))
    return s


def rated_standards(t: Random, c: Random) -> Sketch:
    """A grid in which each standard is only rated; then a declaration, an extension question, and texts."""
    f = Plain("rated_standards", t, c, "progress_review", {
        "ect_name": ("Name of early career teacher", "ECT’s name"), "date_of_birth": ("Date of birth", "ECT’s DOB"), "trn": ("Teacher reference number (7 digits)", "TRN"), "school_name": ("Name of school", "School’s name"), "appropriate_body": ("Appropriate body", "Name of Appropriate Body"), "induction_tutor_name": ("Induction tutor (name and role)", "Name and role of induction tutor"), "period_start": ("Date this review period started", "Review period from"), "period_end": ("Date this review period ended", "Review period to"), "days_absent": ("Total number of days absent since the last review", "Days absent since last progress review"),
        "areas_for_development": ("Key areas for development", "Areas for development identified"), "targets": ("Agreed development targets", "SMART targets agreed with the ECT"), "ect_comments": ("ECT comment box", "Space for the ECT to comment"),
    })  # fmt: skip
    s = f.pages("", f.words("Progress review template, September 2025", "© Lantern Hub"))
    s.add(
        p(
            f.words(
                "Progress review (to be completed by the induction tutor)", "Termly progress review of early career teacher"
            ),
            heading=1,
        )
    )
    keys = (
        "ect_name",
        "date_of_birth",
        "trn",
        "school_name",
        "appropriate_body",
        "induction_tutor_name",
        "period_start",
        "period_end",
        "days_absent",
    )
    s.add(T((0.45, 0.55), tuple(left(f, key, shaded=False) for key in keys)))
    s.add(p("Progress towards the Teachers’ Standards", heading=2), p("Tick the column that best describes progress so far."))
    heads = ("Standard", *f.words("Emerging|Developing|Secure", "Not yet on track|On track|Exceeding").split("|"))
    rows: list[tuple[Cell, ...]] = [tuple(cell(one, bold=True, shaded=True) for one in heads)]
    for standard in (
        "1. High expectations",
        "2. Pupil progress",
        "3. Subject knowledge",
        "4. Planning",
        "5. Adaptive teaching",
        "6. Assessment",
        "7. Behaviour",
        "8. Wider professional responsibilities",
        "Part 2. Conduct",
    ):
        chosen = c.choice((1, 1, 2))
        rows.append((cell(standard), *(cell(p(Tick(one == chosen and not f.blank))) for one in range(3))))
    s.add(T((0.46, 0.18, 0.18, 0.18), tuple(rows)))
    yes = c.random() < 0.9
    s.truth["on_track"] = None if f.blank else yes
    s.add(
        p(
            f.words(
                "Overall, is this ECT on track to meet the Teachers’ Standards by the end of induction? (Yes/No) ",
                "Overall on track? Y/N: ",
            ),
            f.noted(c.choice(("Yes", "Y", "YES")) if yes else c.choice(("No", "N"))),
        )
    )
    s.add(
        T(
            (0.75, 0.25),
            (
                (
                    cell("Is an extension to the induction period likely to be needed?"),
                    cell(p(Tick(False), " Yes", Gap(), Tick(not f.blank), " No")),
                ),
            ),
        )
    )
    for key in ("areas_for_development", "targets", "ect_comments"):
        s.add(p(Run(f.label(key, colon=True), bold=True)), *f.long(key))
    confirmed = c.random() < 0.9 and not f.blank
    s.truth["support_confirmed"] = confirmed
    s.add(
        p(
            Tick(confirmed),
            f.words(
                " I confirm that the ECT has received a reduced timetable and a programme of support and monitoring.",
                " The ECT has received all statutory entitlements this term.",
            ),
        )
    )
    name, day = f.signed("tutor")
    s.add(p("Induction tutor: ", name, Gap(300.0), "Date: ", day))
    name, day = f.signed("ect")
    s.add(p("Early career teacher: ", name, Gap(300.0), "Date: ", day))
    return s


def lines_and_boxes(t: Random, c: Random) -> Sketch:
    """Particulars in lines, two to a line; term to tick; reasons, targets in a numbered table; staying next term."""
    f = Plain("lines_and_boxes", t, c, "progress_review", {
        "ect_name": ("ECT", "Teacher"), "trn": ("TRN", "Ref. no. (TRN)"), "school_name": ("School", "Employing school"), "induction_tutor_name": ("Induction tutor", "Tutor"), "mentor_name": ("ECT mentor", "Mentor"), "period_start": ("Period start", "Start date of period"), "period_end": ("Period end", "End date of period"), "days_absent": ("Days of absence", "Days absent"), "fte": ("FTE", "Contract (FTE)"),
        "strengths": ("Areas in which the ECT is making good progress", "Progress since last review"), "areas_for_development": ("Areas in which further progress is needed", "Where further progress is needed"), "ect_comments": ("ECT’s view", "ECT’s feedback on this review"),
    })  # fmt: skip
    s = f.pages("ECT Induction Service", "Return to your appropriate body by the last day of term")
    s.add(p(f.words("Review of progress – ECT", "ECT progress review return"), heading=1))
    for one, two in (
        ("ect_name", "trn"),
        ("school_name", "fte"),
        ("induction_tutor_name", "mentor_name"),
        ("period_start", "period_end"),
    ):
        s.add(
            p(
                Run(f.label(one, colon=True) + " ", bold=f.bold_labels),
                f.answer(one),
                Gap(290.0),
                Run(f.label(two, colon=True) + " ", bold=f.bold_labels),
                f.answer(two),
            )
        )
    s.add(p(Run(f.label("days_absent", colon=True) + " ", bold=f.bold_labels), f.answer("days_absent")))
    term = f.facts.term
    s.truth["term_number"] = None if f.blank else term
    s.add(p("Review at the end of: ", *f.ticks([(f"Term {one}", one == term and not f.blank) for one in ("1", "2", "4", "5")])))
    yes = c.random() < 0.85
    s.truth["on_track"] = yes
    s.add(p(f.words("The induction tutor’s judgement is that the ECT is:", "My judgement is that the ECT is:")))
    s.add(
        *(
            p(*mark(one, "glyph"), f" {text}")
            for text, one in (
                ("on track to meet the Teachers’ Standards", yes and not f.blank),
                ("not on track to meet the Teachers’ Standards (attach a support plan)", not yes and not f.blank),
            )
        )
    )
    s.add(f.box("strengths"), f.box("areas_for_development"))
    staying = c.random() < 0.85
    s.add(
        p(
            f.words(
                "Will the ECT be employed at this school next term? ",
                "Is the ECT expected to remain at this school next term? ",
            ),
            *f.yes_no("remaining_at_school", staying, "before"),
        )
    )
    s.add(f.box("ect_comments"))
    name, day = f.signed("tutor")
    s.add(p("Signed (induction tutor): ", Line(100), Gap(), "Print name: ", name, Gap(), "Date: ", day))
    return s
