"""Questions that a form answers by a choice, and the options it offers: tick boxes, yes or no, delete as appropriate."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from parsers.labels.words import correct, is_known, one_language, words_of


@dataclass(frozen=True, slots=True)
class Question:
    """A question answered by yes or no. `reverse`: yes to the question means no to the field."""

    key: str
    strength: float
    reverse: bool = False


@dataclass(frozen=True, slots=True)
class Option:
    """What ticking an option says: a field and its value. `answer` is set for a bare yes or no, whose question is elsewhere."""

    key: str | None
    value: str | bool | None
    strength: float = 1.0
    answer: bool | None = None


_QUESTIONS: tuple[tuple[str, str, str, bool, float], ...] = (
    # Asked, but no field: they come first so that nothing else claims them.
    ("<aside>", (r"reported at the end|attended (the |la )?briefing|acted (as|before)|certificate|copy (of|attached)|been observed|"
     r"data protection|privacy|consent|any absence|been absent|first post|previous(ly)? (served|completed)|first time|"
     r"(school|institution) that reported|timetable (been )?reduced|10 (%|percent)?|qts been|has qts|hold qts|permanent"), r"on track|programme of (support|monitoring)|statutory entitle", False, 0.9),
    ("on_track", (r"\bon track\b|\bon course\b|\bmaking (satisfactory|sufficient|expected|good|appropriate|adequate) progress\b|"
     r"\blikely to (successfully )?(complete|pass|meet)\b|\bprogress\b.*\b(is )?satisfactory\b|\bexpected progress\b|"
     r"\bexpected to (successfully )?(complete|pass|meet)\b|\bsatisfactory progress\b"), r"\bnot (on track|making)\b|^if (no|not)\b|\bwhat\b", False, 1.0),
    ("remaining_at_school", (r"\b(remain(ing)?|stay(ing)?|continu(e|ing)|still be( employed)?|be employed)\b.*\b(school|post|academy|institution|employ(ed|ment)|here|"
     r"setting|college|establishment|us|term|period)\b|\bwill (the|this) \w+( \w+)? (be )?(remain|stay|continue)|"
     r"\bwill (the|this) \w+( \w+)? (still )?be (working |employed |teaching )?(at|in|with) (your|this|the|our|us)\b"), r"\bif (no|not)\b", False, 1.0),
    ("remaining_at_school", (r"\b(leaving|leave|left|moving from|moving to another)\b.*\b(school|post|academy|institution|employment|setting|college|before|"
     r"period|term)\b"), r"\b(date|reason|if|last)\b", True, 0.9),
    ("support_confirmed", (r"\b(receiv(ed|ing)|had|given|provided|access(ed)?|entitle\w*|in place)\b.*\b(support|monitoring|programme|entitlements?|timetable|ppa)\b|"
     r"\b(support|monitoring|programme|entitlements?)\b.*\b(receiv(ed|ing)|provided|in place|delivered|given|met)\b|"
     r"\bconfirm\w*\b.*\b(support|monitoring|programme|entitlements?|induction)\b|\bpersonalised (programme|support)\b|\bconfirmation of (induction|support)\b"),
     r"\bsupport plan\b|\bif no\b|\bdescribe\b|\bdetails\b|\bpart two\b", False, 1.0),
    ("judgement", (r"\b(met|meets|meeting|has met|achieved|satisf\w+)\b.*\bstandards?\b|\bstandards\b.*\b(been )?(met|achieved)\b|\bperform\w*\b.*\bsatisfactor|"
     r"\bsatisfactor\w+\b.*\b(perform|complet|progress|standard)|\bsuccessfully completed\b.*\binduction\b|\b(pass|passed)\b.*\binduction\b|"
     r"\b(recommend\w*|judg\w+|outcome)\b.*\b(satisfactory|pass|induction)\b"), r"\bextend|\bextension|\bnot (met|perform)|\bcomment|\bdescribe|\bif no\b", False, 0.95),
)  # fmt: skip
_ASKED = tuple(
    (key, re.compile(wanted), re.compile(veto), reverse, strength) for key, wanted, veto, reverse, strength in _QUESTIONS
)
_NEGATED = re.compile(
    r"(is|are|was|has|have|does|did|do|will|can)( (?!or\b|if\b|whether\b)\w+){0,6} (?<!or )(?<!if )(?<!whether )not\b(?! (applicable|required))"
)
_YES = {"yes", "y"}
_NO = {"no", "n"}
_FULL = re.compile(r"^(is |works? |employed )?(full time|ft|fulltime|f t)( \(?1 0\)?| fte)?$")
_PART = re.compile(
    r"^(is |works? |employed )?(part time|pt|parttime|p t)( please.*| fte.*| if .*| give.*| specify.*| proportion.*| state.*)?$"
)
_TERM = re.compile(r"^(?:end of )?term ([1-6])$")
_NEGATIVE = re.compile(
    r"\b(not|unsatisfactor\w*|fail\w*|insufficient\w*|below|isn t|hasn t|un satisfactory|no longer|inadequate|non satisfactory)\b"
)
_GOOD = re.compile(
    r"\b(satisfactor\w*|sufficient\w*|met the|meets the|has met|have met|meeting the|pass|passed|passes|success\w*|on track|"
    r"achieved the|made good progress|expected progress|perform\w* well|unsatisfactor\w*|fail\w*|standards (are )?met|"
    r"standards not (yet )?met|met all|not met|inadequate)\b"
)
_AGREED = re.compile(r"\bagreed reduction\b")
_STAYS = re.compile(r"\bwill (be )?(remain|stay|continu)\w*")
_LEAVES = re.compile(r"\bwill (be )?(leav)\w*|\bis leaving\b")
_BACK_ON_TRACK = re.compile(r"\bback on (track|course)\b")
_ON_TRACK = re.compile(r"\bon (track|course)\b")
_FORMAL = re.compile(r"\b(end of|assessment|formal)\b")
_CONFIRMED = re.compile(
    r"\b(confirm\w*|received|has had|given|provided)\b.*\b(programme|monitoring|entitle\w*|personalised|timetable|support)\b"
)
_EXTEND = re.compile(r"\b(extend\w*|extension)\b")
_POINT_WORDINGS = (
    ("final", r"\b(second or final|final or second|final|last|third and final|sixth|end of (the )?induction|completion)\b"),
    ("first", r"\b(first|1st|1|one)\b"),
    ("second", r"\b(second|2nd|2|two)\b"),
    ("third", r"\b(third|3rd|3|three)\b"),
    ("interim", r"\binterim\b"),
)
_POINTS = tuple((value, re.compile(wording)) for value, wording in _POINT_WORDINGS)
_POINT_WORDS = re.compile(r"\b(assessment|period|interim|report|term|year|induction|first|second|third|final|end|formal)\b")
_POINT_ALONE = re.compile(
    r"^(the )?(end of )?(the )?(first|second|third|final|interim|1st|2nd|3rd|second or final)( \w+){0,5}$"
)


@lru_cache(maxsize=4096)
def read_question(text: str, *, tolerant: bool = False) -> Question | None:
    """The yes-or-no question that a text asks, if it is one of the family's. `tolerant` mends misread words."""
    words = words_of(text)
    if not 2 <= len(words) <= 60:
        return None
    found = _question(" ".join(words))
    return _question(" ".join(map(_mended, words))) if found is None and tolerant else found


def _question(plain: str) -> Question | None:
    if _NEGATED.match(plain):
        return None  # What a yes to it says, people differ about.
    for key, wanted, veto, reverse, strength in _ASKED:
        if wanted.search(plain) and not veto.search(plain):
            return Question(key, strength, reverse)
    return None


@lru_cache(maxsize=4096)
def read_option(text: str, *, tolerant: bool = False) -> Option | None:
    """What one option says; None for options that the record does not keep. `tolerant` mends misread words."""
    words = words_of(one_language(text, _is_option_word))
    if not 0 < len(words) <= 60:
        return None
    found = _option(words)
    return _option([_mended(word) for word in words]) if found is None and tolerant else found


def _is_option_word(word: str) -> bool:
    return word in _YES | _NO or is_known(word)


def _mended(word: str) -> str:
    """A misread word put right, but never so that a "not" is lost: "unsatisfactory" is not "satisfactory" misread."""
    if "satis" in word or "sfact" in word:
        return "unsatisfactory" if word.startswith(("un", "dis", "no")) else "satisfactory"
    return word if len(word) <= 6 or word.startswith(("un", "in", "dis", "non")) else correct(word)


def _option(words: Sequence[str]) -> Option | None:
    plain = " ".join(words)
    if words[0] in {"yes", "no"} and 2 < len(words) <= 12:
        told = _statement(" ".join(words[1:]), len(words) - 1)
        agrees = {"on_track": True, "judgement": "satisfactory"}.get(told.key or "") if told is not None else None
        if told is not None and agrees is not None and (told.value == agrees) == (words[0] == "yes"):
            return told
    if plain in _YES or (words[0] == "yes" and len(words) <= 4):
        return Option(None, None, answer=True)
    if plain in _NO or (words[0] == "no" and len(words) <= 4):
        return Option(None, None, answer=False)
    if _FULL.match(plain):
        return Option("working_pattern", "full_time")
    if _PART.match(plain):
        return Option("working_pattern", "part_time")
    term = _TERM.match(plain)
    if term is not None:
        return Option("term_number", term[1])
    return _statement(plain, len(words)) or _point(plain, len(words))


def _statement(plain: str, count: int) -> Option | None:
    """A sentence that is ticked when it is true."""
    if _CONFIRMED.search(plain):
        return Option("support_confirmed", value=True)
    if _EXTEND.search(plain) and not _AGREED.search(plain) and (count > 2 or plain.startswith("exten")):
        return Option("judgement", "extension")
    if _STAYS.search(plain):
        return Option("remaining_at_school", "no" not in plain.split() and "not" not in plain.split())
    if _LEAVES.search(plain):
        return Option("remaining_at_school", value=False)
    if _BACK_ON_TRACK.search(plain):
        return None  # How a support plan ended.
    if _ON_TRACK.search(plain):
        return Option("on_track", not _NEGATIVE.search(plain))
    if _GOOD.search(plain):
        return Option("judgement", "unsatisfactory" if _NEGATIVE.search(plain) else "satisfactory", 1.0 if count > 2 else 0.9)
    return None


def _point(plain: str, count: int) -> Option | None:
    """Which assessment a form is for: "End of second or final assessment period", "First ASSESSMENT (yellow)"."""
    if count > 16 or not _POINT_WORDS.search(plain):
        return None
    if "progress review" in plain:
        return Option("form_kind", "progress_review")
    if "interim" in plain.split():
        return Option("assessment_point", "interim")
    if not (_POINT_ALONE.match(plain) or _FORMAL.search(plain)):
        return None
    for value, pattern in _POINTS:
        if pattern.search(plain):
            return Option("assessment_point", value)
    return None
