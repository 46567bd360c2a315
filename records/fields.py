"""The fields that a draft can have: key, title, kind of value and choices. One table for pages, letters and rules.

The keys are those of `mailroom.reading/1`; parsers keep their own list, because rooms side by side never meet. A test
compares the two.
"""

from __future__ import annotations

from dataclasses import dataclass

from records.values import Kind


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field of a draft as people see it. `choices` are (value, words) pairs."""

    key: str
    title: str
    kind: Kind
    group: str
    choices: tuple[tuple[str, str], ...] = ()


FORM_KINDS: dict[str, str] = {
    "progress_review": "Progress review",
    "formal_assessment": "Formal assessment",
    "interim_assessment": "Interim assessment",
    "registration": "Registration",
    "change_of_details": "Change of details",
    "leaver_notice": "Leaver notice",
    "lesson_observation": "Lesson observation",
    "support_plan": "Support plan",
}
"""Form kinds in the words of the field."""

ASSESSMENT_KINDS = frozenset({"progress_review", "formal_assessment", "interim_assessment"})
"""The kinds that complete an expected assessment."""

_POINTS = (("first", "First"), ("second", "Second"), ("third", "Third"), ("final", "Final"), ("interim", "Interim"))
_JUDGEMENTS = (("satisfactory", "Satisfactory"), ("unsatisfactory", "Unsatisfactory"), ("extension", "Extension"))
_PATTERNS = (("full_time", "Full time"), ("part_time", "Part time"))
_YES_NO = (("true", "Yes"), ("false", "No"))

_WHO, _WHERE, _WHEN, _SAYS, _SIGNED = "The ECT", "School and people", "Period", "Assessment", "Signatures"

FIELDS: tuple[FieldSpec, ...] = (
    FieldSpec("ect_name", "Name of the ECT", Kind.NAME, _WHO),
    FieldSpec("ect_first_name", "First name", Kind.NAME, _WHO),
    FieldSpec("ect_last_name", "Last name", Kind.NAME, _WHO),
    FieldSpec("ect_former_name", "Former name", Kind.NAME, _WHO),
    FieldSpec("trn", "Teacher reference number (TRN)", Kind.TRN, _WHO),
    FieldSpec("date_of_birth", "Date of birth", Kind.DATE, _WHO),
    FieldSpec("national_insurance_number", "National Insurance number", Kind.NI_NUMBER, _WHO),
    FieldSpec("ect_email", "Email address of the ECT", Kind.EMAIL, _WHO),
    FieldSpec("qts_date", "Date of qualified teacher status (QTS)", Kind.DATE, _WHO),
    FieldSpec("school_name", "School", Kind.WORDS, _WHERE),
    FieldSpec("school_urn", "School URN", Kind.DIGITS, _WHERE),
    FieldSpec("school_dfe_number", "School DfE number", Kind.DIGITS, _WHERE),
    FieldSpec("appropriate_body", "Appropriate body", Kind.WORDS, _WHERE),
    FieldSpec("induction_tutor_name", "Induction tutor", Kind.NAME, _WHERE),
    FieldSpec("induction_tutor_email", "Email address of the induction tutor", Kind.EMAIL, _WHERE),
    FieldSpec("mentor_name", "Mentor", Kind.NAME, _WHERE),
    FieldSpec("headteacher_name", "Headteacher", Kind.NAME, _WHERE),
    FieldSpec("assessment_point", "Assessment point", Kind.CHOICE, _WHEN, _POINTS),
    FieldSpec("induction_start", "Start of induction", Kind.DATE, _WHEN),
    FieldSpec("period_start", "Start of the period", Kind.DATE, _WHEN),
    FieldSpec("period_end", "End of the period", Kind.DATE, _WHEN),
    FieldSpec("term_number", "Term", Kind.DECIMAL, _WHEN),
    FieldSpec("terms_completed", "Terms completed", Kind.DECIMAL, _WHEN),
    FieldSpec("days_served", "Days served", Kind.DECIMAL, _WHEN),
    FieldSpec("days_absent", "Days absent in this period", Kind.DECIMAL, _WHEN),
    FieldSpec("days_absent_total", "Days absent in the whole induction", Kind.DECIMAL, _WHEN),
    FieldSpec("working_pattern", "Working pattern", Kind.CHOICE, _WHEN, _PATTERNS),
    FieldSpec("fte", "Full-time equivalent (FTE)", Kind.FTE, _WHEN),
    FieldSpec("remaining_at_school", "Staying at this school next period", Kind.YES_NO, _WHEN, _YES_NO),
    FieldSpec("leaving_date", "Leaving date", Kind.DATE, _WHEN),
    FieldSpec("next_school", "Next school", Kind.WORDS, _WHEN),
    FieldSpec("support_confirmed", "Support programme received", Kind.YES_NO, _SAYS, _YES_NO),
    FieldSpec("on_track", "On track to complete induction", Kind.YES_NO, _SAYS, _YES_NO),
    FieldSpec("judgement", "Recommendation", Kind.CHOICE, _SAYS, _JUDGEMENTS),
    *(FieldSpec(f"standard_{number}", f"Teachers’ Standard {number}", Kind.TEXT, _SAYS) for number in range(1, 9)),
    FieldSpec("standard_part_two", "Personal and professional conduct", Kind.TEXT, _SAYS),
    FieldSpec("strengths", "Strengths", Kind.TEXT, _SAYS),
    FieldSpec("areas_for_development", "Areas for development", Kind.TEXT, _SAYS),
    FieldSpec("evidence", "Evidence", Kind.TEXT, _SAYS),
    FieldSpec("targets", "Targets", Kind.TEXT, _SAYS),
    FieldSpec("support_plan", "Support plan", Kind.TEXT, _SAYS),
    FieldSpec("ect_comments", "Comments of the ECT", Kind.TEXT, _SAYS),
    FieldSpec("ect_signed_name", "Signed by the ECT", Kind.NAME, _SIGNED),
    FieldSpec("ect_signed_on", "Date signed by the ECT", Kind.DATE, _SIGNED),
    FieldSpec("tutor_signed_name", "Signed by the induction tutor", Kind.NAME, _SIGNED),
    FieldSpec("tutor_signed_on", "Date signed by the induction tutor", Kind.DATE, _SIGNED),
    FieldSpec("head_signed_name", "Signed by the headteacher", Kind.NAME, _SIGNED),
    FieldSpec("head_signed_on", "Date signed by the headteacher", Kind.DATE, _SIGNED),
)

BY_KEY: dict[str, FieldSpec] = {spec.key: spec for spec in FIELDS}
"""The table by key."""

_COMMON = (
    "ect_name", "ect_former_name", "trn", "date_of_birth", "school_name", "induction_tutor_name", "period_start", "period_end",
    "term_number", "working_pattern", "fte", "days_absent", "remaining_at_school", "leaving_date", "next_school",
)  # fmt: skip
_SIGNATURES = ("ect_comments", "ect_signed_name", "ect_signed_on", "tutor_signed_name", "tutor_signed_on")
_REPORT = (
    *_COMMON, "assessment_point", "terms_completed", "days_served", "days_absent_total", "support_confirmed", "judgement",
    "strengths", "areas_for_development", "evidence", "targets", *_SIGNATURES, "head_signed_name", "head_signed_on",
)  # fmt: skip

KIND_FIELDS: dict[str, tuple[str, ...]] = {
    "progress_review": (*_COMMON, "on_track", "strengths", "areas_for_development", "targets", "support_plan", *_SIGNATURES),
    "formal_assessment": _REPORT,
    "interim_assessment": _REPORT,
    "registration": (
        "ect_first_name", "ect_last_name", "ect_former_name", "trn", "date_of_birth", "ect_email", "qts_date", "school_name",
        "school_urn", "induction_start", "working_pattern", "fte", "induction_tutor_name", "induction_tutor_email",
        "mentor_name", "headteacher_name",
    ),
    "change_of_details": (
        "ect_name", "ect_former_name", "trn", "date_of_birth", "ect_email", "qts_date", "school_name", "period_start",
        "working_pattern", "fte", "induction_tutor_name", "induction_tutor_email", "mentor_name",
    ),
    "leaver_notice": ("ect_name", "trn", "date_of_birth", "school_name", "leaving_date", "next_school"),
    "lesson_observation": ("ect_name", "trn", "school_name", "mentor_name", "strengths", "areas_for_development"),
    "support_plan": ("ect_name", "trn", "school_name", "period_start", "period_end", "support_plan", "targets"),
}  # fmt: skip
"""The fields to offer when a person types a form of a kind in by hand."""

REQUIRED: dict[str, tuple[str, ...]] = {
    "progress_review": ("on_track",),
    "formal_assessment": ("judgement",),
    "interim_assessment": (),
    "registration": ("trn", "date_of_birth", "induction_start"),
    "leaver_notice": ("leaving_date",),
}
"""What a form of a kind must say before it can be accepted (statutory guidance, April 2024, paragraphs 2.52 and 2.60)."""
