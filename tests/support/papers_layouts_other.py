"""Layouts of the smaller forms: leavers, changes, observations, support plans, registrations in sections."""

from __future__ import annotations

from random import Random

from tests.support.papers_fill import Filling, choice, pair_row
from tests.support.papers_model import Gap, Line, Run, Sketch, T, a, cell, p


def leaver(t: Random, c: Random) -> Sketch:
    f = Filling("leaver", t, c, "leaver_notice")
    s = f.sketch
    s.add(
        p(t.choice(["ECT Leaver Form", "Notification of ECT leaving", "Leaver notification: early career teacher"]), heading=1)
    )
    keys = [
        "ect_name",
        "trn",
        "date_of_birth",
        "school_name",
        "leaving_date",
        "next_school",
        "terms_completed",
        "days_absent_total",
        "ect_email",
        "induction_tutor_name",
    ]
    s.add(
        T(
            (0.45, 0.55),
            (
                *(pair_row(f, key) for key in keys),
                (
                    cell("Reason for leaving", shaded=True),
                    cell(p(a(c.choice(["Relocation", "End of contract", "Resignation"])))),
                ),
            ),
        )
    )
    s.add(p("Has an interim assessment been submitted? ", *choice([("Yes", True), ("No", False)], "before")))
    name, day = f.signed("head")
    s.add(p("Declaration", heading=2), p("Headteacher name: ", name, Gap(260.0), "Date: ", day))
    return s


def change_of_details(t: Random, c: Random) -> Sketch:
    """Old and new values side by side: the new ones count."""
    f = Filling("change_of_details", t, c, "change_of_details")
    s = f.sketch
    s.add(
        p(
            t.choice(["Change of details", "ECT change of circumstances form", "Notification of change to induction details"]),
            heading=1,
        )
    )
    s.add(T((0.3, 0.7), tuple(pair_row(f, key, bold=True) for key in ("ect_name", "trn", "school_name"))))
    other = Filling("change_of_details", t, Random(c.random()), "change_of_details")
    rows = [
        (
            cell("", bold=True),
            cell(t.choice(["Current details", "Existing", "Previous", "Old details"]), bold=True),
            cell(t.choice(["New details", "New", "Changed to"]), bold=True),
        )
    ]
    for key in ("ect_last_name", "fte", "induction_tutor_name", "mentor_name", "ect_email"):
        rows += [(cell(f.label(key)), cell(p(other.answer(key))), cell(p(f.answer(key, blank=0.3))))]
    s.add(T((0.3, 0.35, 0.35), tuple(rows), least=20))
    name, day = f.signed("head")
    s.add(p("Signed: ", Line(100), Gap(), "Name of headteacher: ", name, Gap(), "Date: ", day))
    s.truth.pop("headteacher_name", None)
    return s


def observation(t: Random, c: Random) -> Sketch:
    f = Filling("observation", t, c, "lesson_observation")
    s = f.sketch
    s.add(
        p(
            t.choice(["Lesson observation record", "ECT Lesson Observation Form", "Record of classroom observation (ECT)"]),
            heading=1,
        )
    )
    mentor = f.answer("mentor_name", blank=0)
    s.add(
        T(
            (0.2, 0.3, 0.2, 0.3),
            (
                (cell("ECT"), cell(p(f.answer("ect_name", blank=0))), cell("Observer"), cell(p(mentor))),
                (cell("Date"), cell(p(a(f.facts.written_date(f.facts.start)))), cell("Time"), cell(p(a("10.15 am")))),
                (cell("Class"), cell(p(a("Year 5"))), cell("Subject"), cell(p(a("Geography")))),
            ),
        )
    )
    s.add(p("Focus of observation: ", a("questioning")))
    for key in ("strengths", "areas_for_development", "targets"):
        s.add(T((1.0,), ((cell(p(f.label(key), bold=True)),), (cell(*f.text(key)),)), least=30))
    s.add(p(f.label("ect_comments"), heading=2), *f.text("ect_comments"))
    return s


def support_plan(t: Random, c: Random) -> Sketch:
    f = Filling("support_plan", t, c, "support_plan")
    s = f.sketch
    s.add(
        p(
            t.choice(
                [
                    "ECT Support Plan",
                    "Individual support plan for an early career teacher",
                    "Induction: additional support plan",
                ]
            ),
            heading=1,
        )
    )
    s.add(
        T(
            (0.25, 0.25, 0.25, 0.25),
            (
                pair_row(f, "ect_name", "trn"),
                pair_row(f, "school_name", "induction_tutor_name"),
                (
                    cell("Start date of plan"),
                    cell(p(f.answer("period_start"))),
                    cell("End date of plan"),
                    cell(p(f.answer("period_end"))),
                ),
            ),
        )
    )
    for key in ("areas_for_development", "targets", "support_plan", "evidence"):
        words = {"support_plan": t.choice(["Support to be provided", "Support that will be put in place", "Support plan"])}.get(
            key, f.label(key)
        )
        s.add(p(words, bold=True), T((1.0,), ((cell(*f.text(key)),),), least=40))
    for who, role in (("ect", "ECT"), ("tutor", "Induction tutor"), ("head", "Headteacher")):
        name, day = f.signed(who)
        s.add(p(f"{role} (print name): ", name, Gap(300.0), "Date: ", day))
    return s


def registration_sections(t: Random, c: Random) -> Sketch:
    """Sections whose labels only say "Name" and "Email": the section says whose."""
    f = Filling("registration_sections", t, c, "registration")
    s = f.sketch
    s.add(
        p(
            t.choice(
                ["ECT Registration Form", "Registration of an early career teacher for induction", "Induction registration"]
            ),
            heading=1,
        )
    )
    s.add(p("Section A: School details", heading=2))
    s.add(
        T(
            (0.35, 0.65),
            (
                pair_row(f, "school_name"),
                pair_row(f, "school_urn"),
                pair_row(f, "headteacher_name"),
                (cell("Telephone"), cell(p(a("01632 960123")))),
                (cell("School address"), cell(p(a("1 High Street, Amberley")))),
            ),
        )
    )
    s.add(p("Section B: Early career teacher", heading=2))
    s.add(
        T(
            (0.35, 0.65),
            tuple(
                pair_row(f, key)
                for key in (
                    "ect_first_name",
                    "ect_last_name",
                    "ect_former_name",
                    "date_of_birth",
                    "trn",
                    "national_insurance_number",
                    "qts_date",
                    "induction_start",
                    "ect_email",
                )
            ),
        )
    )
    f.join_names()
    s.add(
        p(
            "Contract: ",
            *f.pattern(t.choice(["before", "behind"])),
            Gap(),
            Run(f.label("fte", colon=True) + " "),
            f.answer("fte"),
        )
    )
    s.add(p("Section C: Induction tutor", heading=2))
    s.add(
        T(
            (0.35, 0.65),
            (
                (cell("Name"), cell(p(f.answer("induction_tutor_name", blank=0)))),
                (cell("Email"), cell(p(f.answer("induction_tutor_email", blank=0)))),
            ),
        )
    )
    s.add(p("Section D: Mentor", heading=2))
    s.add(
        T(
            (0.35, 0.65),
            ((cell("Name"), cell(p(f.answer("mentor_name", blank=0)))), (cell("Email"), cell(p(a("mentor@amberley.example"))))),
        )
    )
    return s
