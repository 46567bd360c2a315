"""The order in which forms usually ask for their fields: what decides where nothing else does."""

from __future__ import annotations

from parsers.forms import FIELD_TYPES

_ORDER = (
    "ect_name", "ect_first_name", "ect_last_name", "ect_former_name", "date_of_birth", "trn", "national_insurance_number",
    "ect_email", "qts_date", "school_name", "school_dfe_number", "school_urn", "appropriate_body", "headteacher_name",
    "induction_tutor_name", "induction_tutor_email", "mentor_name", "induction_start", "period_start", "period_end",
    "leaving_date", "next_school", "term_number", "fte", "terms_completed", "days_served", "days_absent", "days_absent_total",
    "ect_signed_name", "tutor_signed_name", "head_signed_name", "ect_signed_on", "tutor_signed_on", "head_signed_on",
)  # fmt: skip
"""In which order forms usually ask; it decides between places that nothing else tells apart."""


def place_in_order(key: str) -> int:
    """Where forms usually ask for a field, as a number to sort by."""
    return _ORDER.index(key) if key in _ORDER else len(_ORDER) + list(FIELD_TYPES).index(key)
