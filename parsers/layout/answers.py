"""What the words in the place of an answer say, given the field they answer."""

from __future__ import annotations

import re

from parsers.forms import FIELD_TYPES, ValueType
from parsers.labels.words import is_known, words_of
from parsers.written import Written, read_value
from parsers.written.dates import dates_in
from parsers.written.names import before_day

_BARE_DATE = re.compile(r"^\s*(\d\d)(\d\d)((?:19|20)\d\d)\s*$")
"""A date in boxes, one figure in each."""
_PARTS_OF_NAMES = {"ect_first_name", "ect_last_name", "ect_former_name"}
_HARD = {ValueType.DATE, ValueType.TRN, ValueType.NI_NUMBER, ValueType.EMAIL, ValueType.DIGITS}


def read_answer(key: str, text: str) -> Written | None:
    """The value for a field, or for a label that is no field: an aside takes anything, so that it keeps its value from others."""
    if key in {"<start>", "<end>"}:
        return read_value("period_start", text)
    if key.startswith("<"):
        return Written(text)
    if FIELD_TYPES[key] is ValueType.WORDS:
        words = read_value(key, text)
        return Written(words.value, "this reads like a label") if words and all(map(is_known, words_of(text))) else words
    if FIELD_TYPES[key] is ValueType.DATE and _BARE_DATE.match(text):
        text = "/".join(_BARE_DATE.match(text).groups())  # type: ignore[union-attr]  # it has just matched
    if FIELD_TYPES[key] is not ValueType.NAME:
        return read_value(key, text)
    if key.endswith("_signed_name"):
        found = dates_in(text)
        text = before_day(text[: found[0].start] if found else text)
    written = read_value(key, text)
    if written is not None and written.doubt is None and " " not in str(written.value) and key not in _PARTS_OF_NAMES:
        written = Written(written.value, "this is one word where a whole name is asked for")
    if written is None or not all(map(is_known, words_of(text))):
        return written
    # Words of labels are no name, but one of them may be a surname: "Head", "Day".
    return (
        Written(written.value, "this does not look quite like a name") if key in _PARTS_OF_NAMES and " " not in text else None
    )


def is_hard(key: str) -> bool:
    return FIELD_TYPES.get(key) in _HARD
