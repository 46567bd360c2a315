"""Words of a label that may turn its meaning: "Days absent" and "Half days absent" ask for two numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from parsers.forms import FIELD_TYPES, ValueType
from parsers.labels import person_of
from parsers.labels.words import meaning
from parsers.layout.mapping import Found

_ABSENT = frozenset({"days_absent", "days_absent_total"})
_DAYS = _ABSENT | {"days_served"}
_COLLEAGUES = frozenset({"tutor", "mentor", "head"})
_NONE = frozenset({"no", "none", "n"})
_TURNS = tuple(
    (keys, re.compile(words, re.IGNORECASE), why)
    for keys, words, why in (
        (_DAYS, r"\bsessions?\b|\bhalf[- ]days? (absen|miss|lost)|\b(number|no\.?) of half[- ]days", "it may be counted in half days"),
        (_DAYS, r"\b(per|a|each) week\b|\bweekly\b", "it may be of one week"),
        (_DAYS, r"%|\bper ?cent|\brate\b", "it may be a percentage"),
        (_ABSENT, r"\boccasions?\b|\b(number|no\.?) of absences\b(?!.*\bdays?\b)", "it may be how often, and not how long"),
        (_ABSENT, r"\b(remaining|allowed|allowance|maximum|permitted)\b|\bbefore (an )?extension", "it may be how many are still allowed"),
        (_ABSENT, r"\blast (term|year|period|review)\b", "it may be of an earlier time"),
        (frozenset({"induction_start"}), r"\belsewhere\b|\b(resum|re-?commenc|re-?start)", "it may be another start than the first one here"),
        (frozenset({"headteacher_name", "head_signed_name"}),
         r"\bhead of (year|faculty|phase|key stage|subject|curriculum|sixth form|(lower|upper) school)\b|\b(deputy|assistant|vice)\b",
         "its label names another role"),
        (frozenset({"qts_date"}), r"\b(expected|due|anticipated)\b", "it may be a day to come"),
        (frozenset({"ect_name"}), r"\b(surname|family name|last name)\b.*\b(first|forename|given)", "its label asks for the surname first"),
        (frozenset({f"{who}_signed_name" for who in ("ect", "tutor", "head")}), r"\b(on behalf of|in the absence of|p\.?p\.?)\b",
         "somebody may have signed for this person"),
    )
)  # fmt: skip


def turned(one: Found) -> Iterator[str]:
    """In words, what the label says besides what the field asks for."""
    for keys, words, why in _TURNS:
        if one.key in keys and words.search(one.heading):
            yield why
    if one.key == "terms_completed" and one.heading.rstrip().endswith("?") and one.raw.casefold().strip(" .") in _NONE:
        yield "it may only answer a question with yes or no"
    amount = one.key in _DAYS or FIELD_TYPES[one.key] is ValueType.FTE
    if amount and person_of(meaning(one.heading).ideas) in _COLLEAGUES:
        yield "its label speaks of a colleague"
