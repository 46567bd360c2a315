"""Compares readings with the truth of a paper: what is right, what is wrong, and what is wrong without a warning."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from rapidfuzz.distance import Levenshtein

from parsers.forms import FIELD_TYPES, ExtractedForm, Status, ValueType

DERIVED = {
    "ect_first_name",
    "ect_last_name",
    "headteacher_name",
    "induction_tutor_name",
    "working_pattern",
    "remaining_at_school",
    "appropriate_body",
}
_QUOTES = str.maketrans("’‘–", "''-")
"""Of some characters the drawn inputs hold the plain ones."""


def is_right(truth: Mapping[str, str | bool | None], key: str, value: str | bool) -> bool | None:
    """Whether a value that was read is what the paper says; None where it may be inferred and nobody can tell."""
    if key not in truth:
        return None if key in DERIVED and not truth.get("blank") else False
    expected = truth[key]
    return expected is not None and same(key, expected, value)


def compare(truth: Mapping[str, str | bool | None], form: ExtractedForm) -> Counter[str]:
    """Counts: truth, right, clear (right and clear), missed, wrong (wrong, invented or extra), silent (wrong and clear), kind."""
    counts: Counter[str] = Counter(papers=1, kind=form.kind is not None and form.kind.value == truth["form_kind"])
    for key, value in truth.items():
        if key in {"form_kind", "blank"}:
            continue
        reading = form.fields.get(key)
        got = reading.value if reading is not None else None
        counts["truth"] += value is not None
        if got is None:
            counts["missed"] += value is not None
        elif value is not None and same(key, value, got):
            counts["right"] += 1
            counts["clear"] += reading is not None and reading.status is Status.CLEAR
        else:
            counts["wrong"] += 1
            counts["silent"] += reading is not None and reading.status is Status.CLEAR
    for key, reading in form.fields.items():
        if reading.value is not None and key not in truth and (truth.get("blank") or key not in DERIVED):
            counts["wrong"] += 1
            counts["silent"] += reading.status is Status.CLEAR
    return counts


def same(key: str, one: str | bool, other: str | bool) -> bool:
    a, b = _even(key, one), _even(key, other)
    if FIELD_TYPES[key] is ValueType.TEXT:
        return Levenshtein.normalized_similarity(str(a), str(b)) >= 0.95
    return a == b


def _even(key: str, value: str | bool) -> object:
    if isinstance(value, bool):
        return value
    text = " ".join(value.translate(_QUOTES).casefold().split())
    if FIELD_TYPES[key] in {ValueType.DECIMAL, ValueType.FTE}:
        try:
            return Decimal(text)
        except InvalidOperation:
            return text
    if FIELD_TYPES[key] is ValueType.TEXT:
        return " ".join(re.sub(r"(^|\s)[•▪·*-]\s", " ", text).split())
    return text.replace(" ", "") if FIELD_TYPES[key] in {ValueType.NI_NUMBER, ValueType.EMAIL, ValueType.TRN} else text


def score(counts: Counter[str]) -> float:
    """F1 of the values."""
    claimed = counts["right"] + counts["wrong"]
    recall, precision = counts["right"] / max(1, counts["truth"]), counts["right"] / max(1, claimed)
    return 2 * recall * precision / (recall + precision) if recall + precision else 0.0
