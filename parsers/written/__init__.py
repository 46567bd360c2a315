"""What people write into the places of a form, turned into the value it stands for; the paper's own words are kept beside it.

One entry: `read_value`. It never guesses: a text that cannot be the field's value gives no value, and an unusual one
says why a person should look.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from parsers.forms import FIELD_TYPES, ValueType
from parsers.wordlists import spaced
from parsers.written.dates import dates_in
from parsers.written.names import plain_name

_NUMBER_WORDS = {
    word: number
    for number, word in enumerate(
        spaced("""
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
seventeen eighteen nineteen twenty
""")
    )
}
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6}
_NOTHING = re.compile(r"(?:nil|none|no absences?|no|zero|0)(?:\s+(?:days?|absences?|at all))?\.?", re.IGNORECASE)
_BLANKS = {
    "",
    "n/a",
    "na",
    "not applicable",
    "-",
    "--",
    "–",
    "—",
    "n / a",
    "n.a.",
    "tbc",
    "tba",
    "unknown",
    ".",
    "_",
    "/",
    "/ /",
}
_FRACTIONS = {"½": ".5", "¼": ".25", "¾": ".75"}
_DECIMAL = re.compile(r"(?<![\w.])(\d{1,3}(?:[.,]\d{1,3})?|\.\d{1,3})(?!\d)")
_OTHER_UNITS = {
    "days": re.compile(
        r"\b(weeks?|months?|terms?|years?|hours?|sessions?|(?<!a )half[- ]days)\b|\d\s*x?\s*half[- ]day", re.IGNORECASE
    ),
    "terms": re.compile(r"\b(weeks?|months?|years?|days?|(?<!a )half[- ]terms)\b|\d\s*x?\s*half[- ]term", re.IGNORECASE),
}
_NO_NAME = re.compile(
    r"(yes|no|none|unknown|attached|supply( work| teaching)?|(maternity|paternity|sick|parental) leave)$|(see|please|same|as)\b",
    re.IGNORECASE,
)
_HALF_TERM = re.compile(r"\b(autumn|spring|summer)( term)?\s*[12]\b", re.IGNORECASE)
_NI = re.compile(r"([A-Z]{2})(\d{6})([A-D]?)")
_EMAIL = re.compile(r"[\w.!#$%&'*+/=?^`{|}~’-]+@[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)
_DFE = re.compile(r"(?<!\d)(\d{3})\s?[/\\-]?\s?(\d{4})(?!\d)")
_URN = re.compile(r"(?<![\d/])(\d{5,6})(?![\d/])")
_FULL = re.compile(r"\b(?:full[- ]?time|f/?t)\b", re.IGNORECASE)
_PART = re.compile(r"\b(?:part[- ]?time|p/?t)\b", re.IGNORECASE)
_YES = re.compile(r"(?:yes|y|true|✓|✔|☑|☒|x|agreed|confirmed|i confirm\b.*)[.!]?", re.IGNORECASE)
_NO = re.compile(r"(?:no|n|false|not? (?:yet|on track|confirmed).*)[.!]?", re.IGNORECASE)


_AROUND_DATES = frozenset(
    spaced("""
    monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun date dated the from
    until till approx end start of and day
""")
)
_AROUND_NUMBERS = frozenset(
    spaced("""
    day days half term terms school working teaching total the and absent absence none nil fte week weeks per each out full time part
    equivalent proportion contract cent percent sickness sick leave approx about exactly only year years half-days sessions number
""")
)


@dataclass(frozen=True, slots=True)
class Written:
    """A value as read: normalised, and why a person should look (None when nothing speaks against it)."""

    value: str | bool
    doubt: str | None = None


def is_blank(text: str) -> bool:
    """Whether a text says that there is nothing to say: "N/A", a dash, an empty answer line."""
    return text.strip(" _.…:\u2002\u00a0").casefold() in _BLANKS


def read_value(key: str, text: str) -> Written | None:
    """The value that `text` stands for in the field `key`; None when it cannot be one."""
    text = _without_leaders(" ".join(text.replace("\u00a0", " ").split()))
    kind = FIELD_TYPES[key]
    if key == "term_number":
        return _term(text)
    return _READERS[kind](key, text)


def _without_leaders(text: str) -> str:
    """The text without the dots or the line that was printed to write on."""
    return re.sub(r"^[\s_.…]*(?:_{2,}|\.{3,}|…)[\s_.…]*|[\s_.…]*(?:_{2,}|\.{4,}|…)[\s_.…]*$", "", text)


def _date(key: str, text: str) -> Written | None:
    found = dates_in(text, key)
    if not found:
        return None
    first = found[0]
    if len({one.day for one in found}) > 1:
        return Written(first.day.isoformat(), "there are two dates in this place")
    doubt = first.doubt
    if _strange_words(text[: first.start] + " " + text[first.end :], _AROUND_DATES):
        doubt = doubt or "there is more than the date in this place"
    return Written(first.day.isoformat(), doubt)


def _strange_words(text: str, usual: frozenset[str]) -> bool:
    """Whether words are left that do not go with the value: what stands in brackets is a remark."""
    rest = re.sub(r"\([^)]*\)?", " ", text.casefold())
    return any(len(word) > 2 and word not in usual for word in re.findall(r"[^\W\d_]+", rest))


def _trn(_key: str, text: str) -> Written | None:
    """The DfE's rule: only digits count; five or six are padded with zeros, fewer or more are no TRN."""
    digits = re.sub(r"\D", "", text)
    letters = re.sub(r"[^a-z]", "", text.casefold())
    if not 5 <= len(digits) <= 7:
        return None
    doubt = None
    if len(digits) < 7:
        doubt = f"a TRN has seven digits; here are {len(digits)}, so zeros were added in front"
    elif letters not in {"", "rp", "trn", "no", "dfe", "ref", "gtc"}:
        doubt = "there is more than the number in this place"
    return Written(digits.zfill(7), doubt)


def _national_insurance(_key: str, text: str) -> Written | None:
    match = _NI.fullmatch(re.sub(r"[^A-Za-z0-9]", "", text).upper())
    if not match:
        return None
    prefix, number, suffix = match.groups()
    value = prefix + number + suffix
    if not suffix or prefix[0] in "DFIQUV" or prefix[1] in "DFIQUVO" or prefix in {"BG", "GB", "NK", "KN", "TN", "NT", "ZZ"}:
        return Written(value, "this is not the pattern of a National Insurance number")
    return Written(value)


def _email(_key: str, text: str) -> Written | None:
    joined = re.sub(r"\s+", "", text)
    found = list(dict.fromkeys(_EMAIL.findall(joined)))
    if not found:
        return None
    if len(found) > 1 or joined.count("@") > 1:
        separate = _EMAIL.findall(text)
        return Written(separate[0] if separate else found[0], "there is more than one address in this place")
    doubt = None if found[0] == joined.strip("<>();,.") else "there is more than the address in this place"
    return Written(found[0].strip(".,;"), doubt)


def _words(key: str, text: str) -> Written | None:
    value = re.sub(r"\s*\([^)]*(?:\d|\b(?:since|formerly|from|until|previously|was)\b)[^)]*\)$", "", text).strip(" _:;,")
    if not any(character.isalpha() for character in value) or (key == "next_school" and value.casefold() == "none"):
        return None
    if _NO_NAME.match(value) or dates_in(value):
        return Written(value, "this does not look quite like a name")
    return Written(value, "unusually long" if len(value) > 120 else None)


def _digits(key: str, text: str) -> Written | None:
    if key == "school_urn":
        match = re.search(r"URN\W{0,3}(\d{5,6})(?!\d)", text, re.IGNORECASE) or _URN.search(text)
        return Written(match.group(1)) if match else None
    match = _DFE.search(text)
    if match:
        return Written(f"{match.group(1)}/{match.group(2)}")
    short = re.fullmatch(r"/?\s*(\d{4})", text)
    return Written(short.group(1), "the number of the local authority is missing") if short else None


def _decimal(key: str, text: str) -> Written | None:
    if _NOTHING.fullmatch(text.strip()):
        return Written("0")
    numbers = _numbers(text)
    if not numbers:
        return None
    doubt = None
    if len(numbers) > 1:
        doubt = "there is more than one number in this place"
    elif _strange_words(text, _AROUND_NUMBERS | _NUMBER_WORDS.keys()):
        doubt = "there is more than the number in this place"
    elif _OTHER_UNITS["terms" if key == "terms_completed" else "days"].search(text):
        doubt = "it seems to be counted in another unit"
    return Written(_plain(numbers[0]), doubt)


def _numbers(text: str) -> list[Decimal]:
    for sign, digits in _FRACTIONS.items():
        if sign in text:
            text = re.sub(rf"(\d)\s?{sign}", rf"\g<1>{digits}", text).replace(sign, f"0{digits}")
    text = re.sub(r"(\d)\s?1\s?/\s?2\b", r"\g<1>.5", re.sub(r"\b(\d{1,2}) 1/2\b", r"\1.5", text))
    text = re.sub(r"(\d)\s*(?:and )?a half\b", r"\g<1>.5", text, flags=re.IGNORECASE)
    text = re.sub(r"^half(?: a)? (?:day|term)$", "0.5", text.strip(), flags=re.IGNORECASE)
    found = [Decimal(match.group(1).replace(",", ".")) for match in _DECIMAL.finditer(text)]
    if not found:
        words = re.findall(r"[a-z]+", text.casefold())
        found = [Decimal(_NUMBER_WORDS[word]) for word in words[:3] if word in _NUMBER_WORDS]
        if found and "half" in words:
            found = [found[0] + Decimal("0.5")]
    return found


def _term(text: str) -> Written | None:
    text = re.sub(r"\b(?:19|20)\d{2}(?:\s?[/-]\s?\d{2,4})?\b", "", text)
    ordinal = next((number for word, number in _ORDINALS.items() if re.search(rf"\b{word}\b", text, re.IGNORECASE)), None)
    match = re.search(r"(?<![\d.])([1-9])(?:st|nd|rd|th)?(?![\d.])(?:\s*(?:of|/|out of)\s*(\d))?", text)
    if match:
        rest = re.sub(r"\b(?:term|autumn|spring|summer|of|out)\b|[\d\W]|(?:st|nd|rd|th)\b", "", text, flags=re.IGNORECASE)
        several = len(re.findall(r"\d", text)) > 1 + bool(match.group(2))
        doubt = "there is more than the number of the term" if several or len(rest) > 12 else None
        return Written(match.group(1), doubt or ("it may be half of a school term" if _HALF_TERM.search(text) else None))
    if ordinal:
        return Written(str(ordinal))
    return next(
        (
            Written(str(number))
            for word, number in _NUMBER_WORDS.items()
            if 0 < number < 10 and re.fullmatch(rf"(?:term )?{word}", text, re.IGNORECASE)
        ),
        None,
    )


def _fte(_key: str, text: str) -> Written | None:
    """A share of full time between 0 and 1: "0.6", "60%", "3 days a week", "3 out of 5", "3/5"."""
    found = _share_in(text.casefold())
    if found is not None and found.doubt is None and _strange_words(text, _AROUND_NUMBERS | _NUMBER_WORDS.keys()):
        return Written(found.value, "there is more than the share in this place")
    return found


def _share_in(lowered: str) -> Written | None:
    """The share that a text says; one in brackets behind another is the same share in other words, or speaks against it."""
    said = re.fullmatch(r"([^()]*\d[^()]*)\(([^()]*\d[^()]*)\)\s*", lowered)
    if said is None:
        return _one_share(lowered)
    first, second = _one_share(said[1]), _one_share(said[2])
    if first is None or second is None or first.value == second.value:
        return first or second
    return Written(first.value, "two shares that differ stand in this place")


def _one_share(lowered: str) -> Written | None:
    share = re.search(r"(\d(?:\.\d+)?)\s*(?:days?)?\s*(?:out of|of|/)\s*(?:a\s*)?(5|10|25)\b", lowered)
    if share:
        return _share(Decimal(share.group(1)) / Decimal(share.group(2)))
    percent = re.search(r"(\d{1,3}(?:\.\d+)?)\s?(?:%|per ?cent)", lowered)
    if percent:
        return _share(Decimal(percent.group(1)) / 100)
    numbers = _numbers(lowered)
    if not numbers:
        return Written("1", "full time was written instead of a number") if _FULL.fullmatch(lowered) else None
    number = numbers[0]
    doubt = "there is more than one number in this place" if len(set(numbers)) > 1 else None
    if re.search(r"\bdays?\b", lowered) and number <= 5:
        return _share(number / 5, doubt)
    if number <= 1:
        return _share(number, doubt)
    if number <= 5:
        return _share(number / 5, "read as days in a week of five")
    return _share(number / 100, "read as a percentage") if 10 <= number <= 100 else None


def _share(value: Decimal, doubt: str | None = None) -> Written | None:
    if not 0 < value <= 1:
        return None
    return Written(_plain(value.quantize(Decimal("0.001"))), doubt)


def _plain(number: Decimal) -> str:
    text = f"{number.normalize():f}"
    return text or "0"


_NOBODY = {"none", "nil", "no", "same", "as above", "not known", "none known", "no previous name", "no change"}
"""What is written where there is no name to give."""


_GOES_ON = re.compile(
    r"(?:is|are|was|were|will|must|should|may|can|cannot|has|have|to|be|of|for|in|on|at|and|or|who|which|that)\s"
)
"""A word that goes on with a sentence: "Typed names" / "are accepted"."""


def _name(_key: str, text: str) -> Written | None:
    goes_on = _GOES_ON.match(text)
    found = None if goes_on or text.casefold().strip(" .") in _NOBODY else plain_name(text)
    if found is None:
        return None
    return Written(found[0], None if found[1] else "this does not look quite like a name")


def _choice(key: str, text: str) -> Written | None:
    if key == "working_pattern":
        full, part = bool(_FULL.search(text)), bool(_PART.search(text))
        if full == part:
            return None
        return Written("full_time" if full else "part_time")
    return None


def _yes_no(_key: str, text: str) -> Written | None:
    answer = text.strip()
    if _YES.fullmatch(answer) or re.match(r"yes\b[\s,.;:–-]", answer, re.IGNORECASE):
        return Written(value=True)
    if _NO.fullmatch(answer) or re.match(r"no\b[\s,.;:–-]", answer, re.IGNORECASE):
        return Written(value=False)
    return None


def _text(_key: str, text: str) -> Written | None:
    return Written(text) if text else None


_READERS: dict[ValueType, Callable[[str, str], Written | None]] = {
    ValueType.DATE: _date,
    ValueType.TRN: _trn,
    ValueType.NI_NUMBER: _national_insurance,
    ValueType.EMAIL: _email,
    ValueType.WORDS: _words,
    ValueType.DIGITS: _digits,
    ValueType.DECIMAL: _decimal,
    ValueType.FTE: _fte,
    ValueType.NAME: _name,
    ValueType.CHOICE: _choice,
    ValueType.YES_NO: _yes_no,
    ValueType.TEXT: _text,
}
