"""Fields that a kind of form does not ask for: a value found for one of them most likely answers something else."""

from __future__ import annotations

from collections.abc import Collection

from parsers.forms import FormKind

UNASKED = "forms of this kind do not usually ask for this"

_STANDARDS = frozenset({*(f"standard_{number}" for number in range(1, 9)), "standard_part_two"})
_OUTCOME = frozenset({"judgement", "on_track"})
_JUDGED = _OUTCOME | {"assessment_point"}
_JUDGED_AT_LENGTH = frozenset({"strengths", "areas_for_development", "evidence", "targets", "support_plan", "ect_comments"})
_PERIOD = frozenset({"period_start", "period_end", "term_number"})
_LEAVING = frozenset({"leaving_date", "next_school"})
_JOINING = frozenset({"national_insurance_number", "qts_date", "ect_former_name"})

_UNASKED: dict[FormKind, frozenset[str]] = {
    FormKind.PROGRESS_REVIEW: _STANDARDS | _LEAVING,
    FormKind.FORMAL_ASSESSMENT: _LEAVING | {"ect_email", "induction_tutor_email"},
    FormKind.INTERIM_ASSESSMENT: frozenset({"ect_email", "induction_tutor_email"}),
    FormKind.REGISTRATION: _STANDARDS
    | _JUDGED
    | _JUDGED_AT_LENGTH
    | _PERIOD
    | _LEAVING
    | {"remaining_at_school", "days_absent"},
    FormKind.CHANGE_OF_DETAILS: _STANDARDS | _JUDGED | _JUDGED_AT_LENGTH | _PERIOD | _JOINING | {"days_absent"},
    FormKind.LEAVER_NOTICE: _STANDARDS | _JUDGED | _JUDGED_AT_LENGTH | _PERIOD | _JOINING | {"remaining_at_school"},
    FormKind.LESSON_OBSERVATION: _STANDARDS | _JUDGED | _LEAVING | _JOINING,
    FormKind.SUPPORT_PLAN: _STANDARDS | _JUDGED | _LEAVING | _JOINING,
}


NEVER: dict[FormKind, frozenset[str]] = {
    FormKind.REGISTRATION: _OUTCOME,
    FormKind.CHANGE_OF_DETAILS: _OUTCOME,
    FormKind.LESSON_OBSERVATION: frozenset({"period_start", "period_end", "leaving_date", "induction_start", "next_school"})
    | {"days_absent", "days_served", "terms_completed"},
}
"""What no form of a kind can ask for: such a candidate is dropped, and not only doubted."""


_SERIES = 6
"""Standards that a form asks for one by one; fewer may be an answer's own."""


def is_unasked(key: str, kind: FormKind | None, asked: Collection[str] = (), *, leaves: bool = False) -> bool:
    """Whether forms of the kind have no place for a field, as far as bodies' forms go, and this one shows none.

    `asked` are the fields that the form has places for; it asks standard by standard where it has most of them. `leaves`: it asks
    whether the teacher stays at the school, and the answer is no, so that it wants to know where he or she goes.
    """
    if kind is None or key not in _UNASKED[kind]:
        return False
    if key in _STANDARDS:
        return len(_STANDARDS.intersection(asked)) < _SERIES
    renamed = key == "ect_former_name" and kind is FormKind.CHANGE_OF_DETAILS and "ect_last_name" in asked
    return not renamed and not (leaves and key in _LEAVING)
