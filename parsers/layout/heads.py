"""Heads of columns that stand for more than their words: the total of a row of terms, the school that is left and the one that is joined."""

from __future__ import annotations

import re
from functools import lru_cache

from parsers.labels.words import words_of

_TOTALS = {"total", "totals", "overall", "altogether"}
_SO_FAR = {"induction", "date", "far", "cumulative", "year", "years"}
_ONE = {"period", "assessment", "review", "report"}
_AMOUNTS = {"days_absent", "days_served", "terms_completed", "fte"}
_SCHOOLS = {"school", "setting", "employer", "academy", "institution", "establishment", "college", "employment", "post"}
_LEFT = ("current", "present", "exist", "leav", "releas", "previous", "old", "send", "depart", "outgoing", "losing")
_JOINED = ("new", "join", "receiv", "next", "destination", "future", "gaining", "incoming", "accept")
_SMALL = {"the", "details", "of", "a", "at", "transferring", "transferred", "moving", "transfer"}
_OLD = {"previous", "current", "present", "existing", "old", "former", "original"}
_NEW = {"new", "revised", "amended", "updated", "changed", "proposed", "future"}
_FROM_NOW = re.compile(r"\bfrom (that|this|the above) date\b|\bfrom now on\b|\bafter the change\b|\bwith effect\b")
_LONGEST = 7


@lru_cache(maxsize=4096)
def sums_up(text: str, key: str) -> str | None:
    """The field that a column of totals gives for a row of amounts: "Total for this period"; the row's own key where it only says "Total".

    None where the text heads no totals, or the row no amounts.
    """
    words = words_of(text)
    key = "terms_completed" if key == "fte" else key  # Full-time equivalents of terms add up to terms served.
    if key not in _AMOUNTS or not 0 < len(words) <= _LONGEST or not _TOTALS.intersection(words):
        return None
    if _SO_FAR.intersection(words) and not _ONE.intersection(words):
        return "days_absent_total" if key == "days_absent" else key
    return key


def is_old(text: str) -> bool | None:
    """Whether a label asks for what was so far (True) or what comes instead (False): "Previous FTE", "FTE from that date"."""
    words = words_of(text)
    old, new = bool(_OLD.intersection(words)), bool(_NEW.intersection(words)) or _FROM_NOW.search(" ".join(words)) is not None
    return old if old != new else None


def says_which(text: str) -> bool:
    """Whether a head of totals says of what: of the period, or of the induction so far."""
    return bool((_SO_FAR | _ONE).intersection(words_of(text)))


@lru_cache(maxsize=4096)
def joins(text: str) -> bool | None:
    """Whether a column is about the school that is joined (True) or left (False): "New school", "Leaving"."""
    words = [word for word in words_of(text) if word not in _SMALL]
    left, joined = any(map(_is_left, words)), any(map(_is_joined, words))
    others = [word for word in words if word not in _SCHOOLS and not _is_left(word) and not _is_joined(word)]
    return joined if words and left != joined and not others else None


def names_school(text: str) -> bool:
    """Whether a head speaks of a school, or of leaving or joining one, and not only of what is new."""
    return any(
        word in _SCHOOLS or word.startswith(("leav", "join", "releas", "receiv", "transfer", "moving"))
        for word in words_of(text)
    )


def _is_left(word: str) -> bool:
    return word == "from" or word.startswith(_LEFT)


def _is_joined(word: str) -> bool:
    return word == "to" or word.startswith(_JOINED)
