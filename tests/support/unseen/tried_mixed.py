"""Layouts whose wordings are drawn at random from many, in the commonest designs: they try the vocabulary."""

from __future__ import annotations

from random import Random

from tests.support.papers_model import Block, Cell, Gap, Line, P, Run, Sketch, T, cell, p
from tests.support.papers_words import STANDARDS
from tests.support.unseen.form import Form, left, mark, under
from tests.support.unseen.many_words import MANY, ON_TRACK, OUTCOMES, REMAINING, SUPPORT


def mixed_review(t: Random, c: Random) -> Sketch:
    f = Form("mixed_review", t, c, "progress_review", MANY)
    f._roles = False
    s = f.sketch
    s.add(
        p(
            f.words(
                "ECT progress review",
                "Progress Review Record",
                "Termly progress review: early career teacher",
                "Monitoring review form (ECT)",
            ),
            heading=1,
        )
    )
    keys = [
        "ect_name",
        "trn",
        "date_of_birth",
        "school_name",
        "induction_tutor_name",
        "mentor_name",
        "headteacher_name",
        "period_start",
        "period_end",
        "days_absent",
        "fte",
        "term_number",
    ]
    t.shuffle(keys)
    s.add(*_details(f, keys[: t.randint(8, 12)]))
    s.add(*_question(f, "on_track", t.choice(ON_TRACK), c.random() < 0.85))
    texts = ["strengths", "areas_for_development", "evidence", "targets", "support_plan"]
    t.shuffle(texts)
    for key in texts[: t.randint(2, 5)]:
        s.add(*_box(f, key))
    s.add(*_question(f, "support_confirmed", t.choice(SUPPORT), c.random() < 0.9), *_box(f, "ect_comments"))
    _signatures(f, ("ect", "tutor"))
    return s


def mixed_assessment(t: Random, c: Random) -> Sketch:
    f = Form("mixed_assessment", t, c, "formal_assessment", MANY)
    f._roles = False
    s = f.sketch
    point = c.choice(["first", "final"])
    s.truth["assessment_point"] = point
    s.add(
        p(
            {
                "first": f.words(
                    "First formal assessment", "Formal assessment 1", "End of first assessment period: assessment report"
                ),
                "final": f.words(
                    "Final formal assessment", "Final assessment of induction", "End of induction assessment report (final)"
                ),
            }[point],
            heading=1,
        )
    )
    keys = [
        "ect_name",
        "trn",
        "date_of_birth",
        "national_insurance_number",
        "school_name",
        "school_dfe_number",
        "appropriate_body",
        "induction_tutor_name",
        "period_start",
        "period_end",
        "days_served",
        "days_absent",
        "days_absent_total",
        "terms_completed",
    ]
    t.shuffle(keys)
    s.add(*_details(f, keys[: t.randint(9, 14)]))
    mechanic = t.choice(["glyph", "sym", "bracket", "radio", "typed"])
    options = f.outcome(t.choice(OUTCOMES))
    s.add(p(f.words("Recommendation", "Judgement", "Outcome of this assessment", "Headteacher’s recommendation"), bold=True))
    if mechanic == "typed":
        s.add(T((0.85, 0.15), tuple((cell(text), cell(p(*mark(one, "typed")))) for text, one in options)))
    else:
        s.add(*f.lines(options, mechanic))
    if t.random() < 0.4:
        style = t.choice(["{n}. {t}", "TS{n} – {t}", "Standard {n} {t}"])
        for number, text in enumerate(STANDARDS, start=1):
            s.add(
                p(style.format(n=number, t=text), bold=True),
                T((1.0,), ((cell(*f.text(f"standard_{number}", paragraphs=1)),),), least=20),
            )
    for key in t.sample(["strengths", "areas_for_development", "evidence", "targets"], 3):
        s.add(*_box(f, key))
    s.add(*_box(f, "ect_comments"), *_question(f, "remaining_at_school", t.choice(REMAINING), c.random() < 0.8))
    _signatures(f, ("head", "tutor", "ect"))
    return s


def mixed_registration(t: Random, c: Random) -> Sketch:
    f = Form("mixed_registration", t, c, "registration", MANY)
    f._roles = False
    s = f.sketch
    s.add(
        p(
            f.words("ECT registration form", "Registering an early career teacher", "New ECT: registration for induction"),
            heading=1,
        )
    )
    keys = [
        "ect_name",
        "trn",
        "date_of_birth",
        "national_insurance_number",
        "qts_date",
        "ect_email",
        "induction_start",
        "school_name",
        "school_urn",
        "school_dfe_number",
        "headteacher_name",
        "induction_tutor_name",
        "induction_tutor_email",
        "mentor_name",
        "fte",
        "appropriate_body",
    ]
    t.shuffle(keys)
    s.add(*_details(f, [*keys[: t.randint(10, 16)]]))
    return s


def mixed_leaver(t: Random, c: Random) -> Sketch:
    f = Form("mixed_leaver", t, c, "leaver_notice", MANY)
    f._roles = False
    s = f.sketch
    s.add(p(f.words("ECT leaver form", "Leaving notification", "Notification that an ECT is leaving"), heading=1))
    keys = [
        "ect_name",
        "trn",
        "date_of_birth",
        "school_name",
        "leaving_date",
        "next_school",
        "terms_completed",
        "days_absent",
        "days_absent_total",
        "headteacher_name",
    ]
    t.shuffle(keys)
    s.add(*_details(f, keys[: t.randint(7, 10)]))
    return s


def _details(f: Form, keys: list[str]) -> list[Block]:
    """The short fields in one of the common designs."""
    design = f.t.choice(["left", "left", "pairs", "above", "colons", "stacked", "gaps"])
    if design == "left":
        return [T((0.42, 0.58), tuple(left(f, key, shaded=f.t.random() < 2) for key in keys))]
    if design == "pairs":
        even = keys if len(keys) % 2 == 0 else keys[:-1]
        return [T((0.24, 0.26, 0.24, 0.26), tuple(left(f, one, two) for one, two in zip(even[::2], even[1::2], strict=True)))]
    if design == "above":
        even = keys[: len(keys) // 2 * 2]
        return [
            T(
                (0.5, 0.5),
                tuple((under(f, one), under(f, two)) for one, two in zip(even[::2], even[1::2], strict=True)),
                least=30,
            )
        ]
    if design == "colons":
        return [p(Run(f.label(key, colon=True) + " ", bold=f.bold_labels), f.answer(key)) for key in keys]
    if design == "stacked":
        lines: list[Block] = []
        for key in keys:
            lines += [p(Run(f.label(key), bold=True), after=0), p(f.answer(key), after=6)]
        return lines
    return [p(Run(f.label(key, colon=False), bold=f.bold_labels), Gap(260.0), f.answer(key)) for key in keys]


def _question(f: Form, key: str, words: str, value: bool) -> list[Block]:
    design = f.t.choice(["before", "behind", "strike", "highlight", "cells", "typed", "radio"])
    if design == "cells":
        f.sketch.truth[key] = value
        yes, no = (cell(p(*mark(one and not f.blank, "glyph"))) for one in (value, not value))
        return [T((0.6, 0.1, 0.1, 0.1, 0.1), ((cell(words), cell("Yes"), yes, cell("No"), no),))]
    if design == "typed":
        f.sketch.truth[key] = None if f.blank else value
        return [T((0.75, 0.25), ((cell(words, shaded=True), cell(p(f.noted("Yes" if value else "No")))),))]
    if design == "radio":
        f.sketch.truth[key] = value
        return [
            p(words),
            p(*mark(value and not f.blank, "radio"), " Yes", Gap(), *mark(not value and not f.blank, "radio"), " No"),
        ]
    return [p(words, Gap(), *f.yes_no(key, value, design))]


def _box(f: Form, key: str) -> list[Block]:
    label = f.label(key, colon=False)
    body: tuple[P, ...] = f.text(key, paragraphs=3)
    design = f.t.choice(["cell", "rows", "side", "page", "box"])
    if design == "cell":
        return [T((1.0,), ((cell(p(label, bold=True), *body),),), least=40)]
    if design == "rows":
        return [T((1.0,), ((cell(p(label, bold=f.bold_labels), shaded=True),), (cell(*body),)))]
    if design == "side":
        return [T((0.28, 0.72), ((cell(label, shaded=True), cell(*body)),), least=40)]
    if design == "box":
        return [p(label, bold=True), T((1.0,), ((cell(*body),),), least=40)]
    return [p(label, heading=2), *body]


_ROLES = {
    "ect": ("ECT", "Early career teacher", "Teacher"),
    "tutor": ("Induction tutor", "Tutor"),
    "head": ("Headteacher", "Headteacher/Principal", "Head"),
}


def _signatures(f: Form, who: tuple[str, ...]) -> None:
    design = f.t.choice(["rows", "columns", "lines", "names"])
    made = {one: f.signed(one) for one in who}
    roles = {one: f.t.choice(_ROLES[one]) for one in who}
    s = f.sketch
    if design == "rows":
        rows: list[tuple[Cell, ...]] = [tuple(cell(one, bold=True) for one in ("", "Name", "Signature", "Date"))]
        rows += [(cell(roles[one]), cell(p(made[one][0])), cell(""), cell(p(made[one][1]))) for one in who]
        s.add(T((0.25, 0.3, 0.25, 0.2), tuple(rows)))
    elif design == "columns":
        heads = (cell(""), *(cell(roles[one], bold=True) for one in who))
        names = (cell("Name"), *(cell(p(made[one][0])) for one in who))
        days = (cell("Date"), *(cell(p(made[one][1])) for one in who))
        s.add(T((0.19, *[0.81 / len(who)] * len(who)), (heads, names, days)))
    elif design == "lines":
        s.add(
            *(
                p(f"Signed ({roles[one]}): ", Line(70), Gap(), "Name: ", made[one][0], Gap(), "Date: ", made[one][1])
                for one in who
            )
        )
    else:
        s.add(
            p("Names and dates", heading=2),
            *(p(f"{roles[one]}: ", made[one][0], Gap(300.0), "Date: ", made[one][1]) for one in who),
        )
