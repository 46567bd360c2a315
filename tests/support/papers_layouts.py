"""The layouts of the generated papers. Each differs in design, order and mechanics from the others and from the samples."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from tests.support.papers_fill import Filling, choice, pair_row
from tests.support.papers_layouts_other import change_of_details, leaver, observation, registration_sections, support_plan
from tests.support.papers_model import Cell, Gap, Line, Run, Sketch, T, Tick, a, cell, p
from tests.support.papers_words import STANDARDS

Drawing = Callable[[Random, Random], Sketch]


def capitals(t: Random, c: Random) -> Sketch:
    """One column of boxes, "LABEL: value" in capitals; the kind of assessment in tick rows."""
    f = Filling("capitals", t, c, "formal_assessment")
    s = f.sketch
    s.add(p("NQT ASSESSMENT FORM FOR THE:" if t.random() < 0.5 else "INDUCTION ASSESSMENT FORM FOR THE:", heading=1))
    s.add(
        T(
            (0.9, 0.1),
            tuple((cell(text), cell(p(Run("X" if chosen else "", answer=True)))) for text, chosen in f.point()),
            least=18,
        )
    )
    rows: list[tuple[Cell, ...]] = []
    for key in (
        "ect_first_name",
        "ect_last_name",
        "ect_former_name",
        "date_of_birth",
        "trn",
        "national_insurance_number",
        "qts_date",
    ):
        rows += [(cell(p(f.label(key, colon=True).upper() + " ", f.answer(key)), span=3),)]
    f.join_names()
    rows.append(
        (
            *(cell(p(f.label(key, colon=True).upper() + " ", f.answer(key))) for key in ("school_name", "school_dfe_number")),
            cell(p("TELEPHONE NUMBER: ", a("01632 960" + str(c.randint(100, 999))))),
        )
    )
    rows.append(
        (
            cell(p(f.label("period_start", colon=True).upper() + " ", f.answer("period_start")), span=2),
            cell(p(f.label("period_end", colon=True).upper() + " ", f.answer("period_end"))),
        )
    )
    rows.append((cell(p(f.label("days_absent", colon=True).upper() + " ", f.answer("days_absent")), span=3),))
    s.add(T((0.4, 0.3, 0.3), tuple(rows)))
    s.add(p("Recommendation:", bold=True))
    for text, chosen in f.judgement():
        s.add(p(Tick(chosen), f" {text}"))
    for key in ("strengths", "areas_for_development", "targets"):
        s.add(T((1.0,), ((cell(p(f.label(key).upper(), bold=True), *f.text(key)),),), least=40))
    s.add(T((1.0,), ((cell(p(f.label("ect_comments").upper(), bold=True), *f.text("ect_comments")),),), least=40))
    _signature_grid(f, ("head", "tutor", "ect"))
    return s


def ruleless(t: Random, c: Random) -> Sketch:
    """Labels on one line told apart by position alone, values on the line below; no rules at all."""
    f = Filling("ruleless", t, c, "formal_assessment")
    s = f.sketch
    point = c.choice(["first", "final"])
    s.truth["assessment_point"] = point
    s.add(
        p(f"Induction: {point} assessment report", heading=1),
        p("Please complete every section and return within ten working days."),
    )
    for keys in (
        ("ect_name", "ect_former_name"),
        ("date_of_birth", "trn", "national_insurance_number"),
        ("school_name", "school_dfe_number"),
        ("period_start", "period_end"),
        ("days_absent", "days_absent_total"),
    ):
        stops = [0.0, 165.0, 330.0] if len(keys) == 3 else [0.0, 250.0]
        labels: list[object] = []
        values: list[object] = []
        for key, stop in zip(keys, stops, strict=True):
            if stop:
                labels.append(Gap(stop))
                values.append(Gap(stop))
            labels.append(Run(f.label(key), bold=True))
            values.append(f.answer(key))
        s.add(p(*labels, after=1), p(*values, after=8))  # type: ignore[arg-type]  # the lists hold pieces only
    s.add(
        p(
            "Employment: ",
            *f.pattern(t.choice(["before", "behind", "strike"])),
            Gap(),
            Run(f.label("fte", colon=True) + " "),
            f.answer("fte"),
        )
    )
    for text, chosen in f.judgement():
        s.add(p(Tick(chosen), f" {text}"))
    for key in ("strengths", "targets", "ect_comments"):
        s.add(p(f.label(key), heading=2), *f.text(key))
    s.add(p("Signatures", heading=2))
    for who, role in (("tutor", "Induction tutor"), ("head", "Headteacher"), ("ect", "ECT")):
        name, day = f.signed(who)
        s.add(p(f"{role}: ", name, Gap(300.0), "Date: ", day))
    return s


def numbered(t: Random, c: Random) -> Sketch:
    """A label-value table, then numbered questions with boxes; standards one by one."""
    f = Filling("numbered", t, c, "formal_assessment")
    s = f.sketch
    s.header = "Form handling: keep a copy. " + f.facts.body
    s.add(
        p(
            t.choice(
                [
                    "ECT formal assessment report",
                    "Early Career Teacher Induction: Formal Assessment Form",
                    "Formal assessment of an early career teacher",
                ]
            ),
            heading=1,
        )
    )
    s.add(
        p("Form handling advice", heading=2),
        p("• Complete in term 3 and term 6. Send to the appropriate body within 10 working days."),
        p("• The date of birth and TRN must match the Teaching Record System."),
    )
    keys = [
        "ect_name",
        "trn",
        "date_of_birth",
        "school_name",
        "induction_tutor_name",
        "mentor_name",
        "period_start",
        "period_end",
        "days_absent",
        "appropriate_body",
    ]
    t.shuffle(keys)
    rows = [pair_row(f, key, bold=t.random() < 2) for key in keys]
    rows.insert(
        4,
        (
            cell("Is the ECT full time or part time?", shaded=True),
            cell(p(*f.pattern(t.choice(["strike", "highlight", "before"]), ("FT", "PT")))),
        ),
    )
    s.add(T((0.42, 0.58), tuple(rows)))
    s.add(p("1. Which assessment period does this report cover?", bold=True))
    for text, chosen in f.point():
        s.add(p(Tick(chosen), f" {text}"))
    s.add(p("2. " + t.choice(["Judgement", "Recommendation to the appropriate body", "Assessment outcome"]), bold=True))
    for text, chosen in f.judgement():
        s.add(p(Tick(chosen), f" {text}"))
    s.add(p("3. Progress against the Teachers’ Standards", bold=True))
    style = t.choice(["TS{n} {t}", "{n}. {t}", "Standard {n}: {t}"])
    rows = []
    for number, text in enumerate(STANDARDS, start=1):
        rows.append((cell(style.format(n=number, t=text), bold=True), cell(*f.text(f"standard_{number}", paragraphs=1))))
    s.add(T((0.35, 0.65), tuple(rows)))
    s.add(p("4. " + f.label("targets", colon=False), bold=True), T((1.0,), ((cell(*f.text("targets")),),), least=60))
    s.add(p("5. " + f.label("ect_comments", colon=False), bold=True), T((1.0,), ((cell(*f.text("ect_comments")),),), least=60))
    s.add(
        p(
            "6. ",
            f.label("remaining_at_school", colon=False),
            " ",
            *f.yes_no("remaining_at_school", c.random() < 0.8, t.choice(["before", "strike"])),
        )
    )
    _signature_lines(f, ("ect", "tutor", "head"))
    return s


def review_boxes(t: Random, c: Random) -> Sketch:
    """A progress review: two pairs a row, then heading and box by turns."""
    f = Filling("review_boxes", t, c, "progress_review")
    s = f.sketch
    s.add(
        p(
            t.choice(
                [
                    "Progress Review",
                    "ECT Termly Progress Review",
                    "Induction progress review form",
                    "Progress review record (terms 1, 2, 4, 5)",
                ]
            ),
            heading=1,
        )
    )
    s.add(
        T(
            (0.22, 0.28, 0.22, 0.28),
            (
                pair_row(f, "ect_name", "trn"),
                pair_row(f, "school_name", "date_of_birth"),
                pair_row(f, "induction_tutor_name", "mentor_name"),
                pair_row(f, "period_start", "period_end"),
                pair_row(f, "term_number", "days_absent"),
                pair_row(f, "fte", "headteacher_name"),
            ),
        )
    )
    mechanic = t.choice(["before", "behind", "strike", "highlight", "bold"])
    s.add(p(f.label("on_track", colon=False), Gap(), *f.yes_no("on_track", c.random() < 0.85, mechanic)))
    for key in ("evidence", "strengths", "areas_for_development", "targets", "support_plan"):
        s.add(p(f.label(key), bold=True), T((1.0,), ((cell(*f.text(key)),),), least=50))
    s.add(p(f.label("support_confirmed", colon=False), Gap(), *f.yes_no("support_confirmed", c.random() < 0.9, mechanic)))
    s.add(p(f.label("ect_comments"), bold=True), T((1.0,), ((cell(*f.text("ect_comments")),),), least=50))
    _signature_grid(f, ("ect", "tutor"))
    return s


def online(t: Random, c: Random) -> Sketch:
    """The print of an online form: a list of labels and values without rules, sections, typed signatures."""
    f = Filling("online", t, c, "progress_review")
    s = f.sketch
    s.add(p("Induction manager – Progress review report", heading=1), p("Printed on 3 March 2024 at 10:41"))
    s.add(p("Teacher details", heading=2))
    for keys, title in (
        (("ect_name", "trn", "date_of_birth", "ect_email"), "School details"),
        (("school_name", "school_urn", "headteacher_name"), "Induction details"),
        (("induction_start", "period_start", "period_end", "fte", "days_served", "days_absent"), "Review"),
    ):
        for key in keys:
            s.add(p(Run(f.label(key, colon=False)), Gap(190.0), f.answer(key), after=2))
        s.add(p(title, heading=2))
    s.add(p(f.label("on_track", colon=False)), p(a(_typed(f, "on_track", c.random() < 0.85))))
    for key in ("evidence", "targets", "ect_comments"):
        s.add(p(f.label(key, colon=False), bold=True), *f.text(key))
    s.add(p("Signatures", heading=2))
    for who, role in (("ect", "ECT"), ("tutor", "Induction tutor")):
        name, day = f.signed(who, blank=0)
        s.add(p(f"Signed by {role}: ", name, " on ", day))
    return s


def standards_pages(t: Random, c: Random) -> Sketch:
    """Headings over boxes for every standard, details label above value in a grid."""
    f = Filling("standards_pages", t, c, "formal_assessment")
    s = f.sketch
    point = c.choice(["first", "second", "final"])
    s.truth["assessment_point"] = point
    s.add(p(f"{point.title()} formal assessment of induction", heading=1))

    def above(key: str, span: int = 1) -> Cell:
        return cell(p(f.label(key), bold=t.random() < 2), p(f.answer(key)), span=span)

    s.add(
        T(
            (0.34, 0.33, 0.33),
            (
                (above("ect_name", 2), above("ect_former_name")),
                (above("trn"), above("date_of_birth"), above("national_insurance_number")),
                (above("school_name", 2), above("school_dfe_number")),
                (above("appropriate_body", 3),),
                (above("period_start"), above("period_end"), above("terms_completed")),
                (above("days_served"), above("days_absent"), above("days_absent_total")),
            ),
            least=32,
        )
    )
    s.add(p("Outcome", heading=2))
    s.add(
        T(
            (0.08, 0.92),
            tuple((cell(p(Run("X" if chosen else "", answer=True))), cell(text)) for text, chosen in f.judgement()),
            least=18,
        )
    )
    s.add(p("Teachers’ Standards", heading=2), p("Please comment on the ECT’s performance against each standard below."))
    for number, text in enumerate(STANDARDS, start=1):
        s.add(
            T(
                (1.0,),
                ((cell(p(f"{number} {text}", bold=True)),), (cell(*f.text(f"standard_{number}", paragraphs=1)),)),
                least=20,
            )
        )
    s.add(
        T(
            (1.0,),
            (
                (cell(p("Part Two: Personal and professional conduct", bold=True)),),
                (cell(*f.text("standard_part_two", paragraphs=1)),),
            ),
            least=20,
        )
    )
    s.add(T((1.0,), ((cell(p(f.label("ect_comments"), bold=True)),), (cell(*f.text("ect_comments")),)), least=30))
    _signature_columns(f)
    return s


def running(t: Random, c: Random) -> Sketch:
    """Several pairs a line that only their order tells apart; choices by strike."""
    f = Filling("running", t, c, "interim_assessment")
    s = f.sketch
    s.truth["assessment_point"] = "interim"
    s.add(p(t.choice(["Interim Assessment Report", "Interim assessment (ECT leaving before the end of a period)"]), heading=1))
    bold = t.random() < 0.5
    for keys in (
        ("ect_name", "date_of_birth"),
        ("trn", "qts_date"),
        ("school_name",),
        ("school_dfe_number", "appropriate_body"),
        ("period_start", "period_end"),
        ("days_served", "days_absent"),
        ("leaving_date", "next_school"),
    ):
        pieces: list[object] = []
        for key in keys:
            pieces += [Run(f.label(key, colon=not bold) + " ", bold=bold), f.answer(key), Gap()]
        s.add(p(*pieces[:-1]))  # type: ignore[arg-type]  # the list holds pieces only
    s.add(p("Full time / part time (delete as applicable): ", *f.pattern("strike")))
    for text, chosen in f.judgement():
        s.add(p(Tick(chosen), f" {text}"))
    for key in ("strengths", "areas_for_development", "evidence", "ect_comments"):
        s.add(p(f.label(key), bold=True), *f.text(key))
    s.add(p("This report must be signed by all three people.", bold=True))
    for who, role in (("head", "Head teacher"), ("tutor", "Induction tutor"), ("ect", "ECT")):
        name, day = f.signed(who)
        s.add(p(f"{role} ", name, Gap(), "Dated ", day))
    return s


def draft_four_boxes(t: Random, c: Random) -> Sketch:
    """A header row over its values, glyph options, four boxes; a draft that must not be sent."""
    f = Filling("draft_four_boxes", t, c, "formal_assessment")
    s = f.sketch
    s.warned = True
    s.add(
        p("NQT assessment – first period", heading=1),
        p("This is a draft for discussion and must NOT be sent to the Appropriate Body.", bold=True),
    )
    s.truth["assessment_point"] = "first"
    s.add(
        T(
            (0.34, 0.33, 0.33),
            (
                (
                    cell("NQT", bold=True),
                    cell("Induction Tutor", bold=True),
                    cell("Induction Co-ordinator (if applicable)", bold=True),
                ),
                (
                    cell(p(f.answer("ect_name", blank=0))),
                    cell(p(f.answer("induction_tutor_name", blank=0))),
                    cell(p(a("" if f.blank else c.choice(["", "Robin Vale"])))),
                ),
            ),
        )
    )
    s.add(T((0.5, 0.5), (pair_row(f, "school_name"), pair_row(f, "days_served"), pair_row(f, "days_absent"))))
    s.add(p("Judgement", bold=True))
    for text, chosen in f.judgement():
        s.add(p(Tick(chosen), f" {text}"))
    s.truth["support_confirmed"] = c.random() < 0.9 and not f.blank
    s.add(
        p(
            Tick(bool(s.truth["support_confirmed"])),
            " I confirm that the NQT has received a personalised programme of support and monitoring",
        )
    )
    s.add(p("Continues overleaf"))
    for key in ("strengths", "areas_for_development", "evidence", "targets"):
        s.add(T((1.0,), ((cell(p(f.label(key), bold=True), *f.text(key)),),), least=60))
    return s


def _typed(f: Filling, key: str, value: bool) -> str:
    f.sketch.truth[key] = value
    return "" if f.blank else "Yes" if value else "No"


_ROLES = {
    "ect": ("ECT", "Early career teacher", "NQT"),
    "tutor": ("Induction tutor", "Tutor"),
    "head": ("Headteacher", "Headteacher / Principal", "Head teacher"),
}


def _signature_grid(f: Filling, who: tuple[str, ...]) -> None:
    order = f.t.choice([("Name", "Signature", "Date"), ("Signature", "Name (please print)", "Date"), ("Name", "Date")])
    rows = [(cell(f.t.choice(["", "Role"])), *(cell(one, bold=True) for one in order))]
    for one in who:
        name, day = f.signed(one)
        by_head = {"N": name, "D": day, "S": a("")}
        rows.append((cell(f.t.choice(_ROLES[one])), *(cell(p(by_head[head[0]])) for head in order)))
    f.sketch.add(T((0.28, *([0.72 / len(order)] * len(order))), tuple(rows), least=22))


def _signature_lines(f: Filling, who: tuple[str, ...]) -> None:
    f.sketch.add(p("Signatures", heading=2))
    for one in who:
        name, day = f.signed(one)
        role = f.t.choice(_ROLES[one])
        f.sketch.add(p(f"{role} signature: ", Line(90), Gap(220.0), "Name: ", name, Gap(380.0), "Date: ", day, after=8))


def _signature_columns(f: Filling) -> None:
    """Roles side by side, name and date under each."""
    who = ("ect", "tutor", "head")
    made = [f.signed(one) for one in who]
    f.sketch.add(p("Signed", heading=2))
    f.sketch.add(
        T(
            (0.16, 0.28, 0.28, 0.28),
            (
                (cell(""), *(cell(f.t.choice(_ROLES[one]), bold=True) for one in who)),
                (cell("Signature"), cell(""), cell(""), cell("")),
                (cell("Name"), *(cell(p(name)) for name, _ in made)),
                (cell("Date"), *(cell(p(day)) for _, day in made)),
            ),
            least=20,
        )
    )


LAYOUTS: dict[str, Drawing] = {
    "capitals": capitals, "ruleless": ruleless, "numbered": numbered, "review_boxes": review_boxes, "online": online,
    "standards_pages": standards_pages, "running": running, "draft_four_boxes": draft_four_boxes, "leaver": leaver,
    "change_of_details": change_of_details, "observation": observation, "support_plan": support_plan,
    "registration_sections": registration_sections,
}  # fmt: skip

__all__ = ["LAYOUTS", "choice"]
