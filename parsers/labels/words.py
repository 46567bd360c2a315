"""The words of labels: how a text is evened out, and which idea each word or phrase of the family's labels stands for.

The vocabulary is in `phrases` and `office_words`. Which ideas together make a label for which field is decided in `parsers.labels`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from parsers.labels.office_words import FILLING, FURTHER
from parsers.labels.phrases import IGNORED, PHRASES
from parsers.wordlists import spaced

_IGNORED = frozenset(spaced(IGNORED)) | frozenset(spaced(FILLING))
_SOFT = _IGNORED | {"to", "from"}
_IN_PHRASES = 0.8
"""How far a word is known that labels use, though not in this phrase: "Base academy" after "base school"."""
_QUOTES = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00a0": " "})
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_LEAD = re.compile(
    r"^\W*(?:section\s+[a-z0-9]{1,3}\b[\s:.)–-]*|(?:q(?:uestion)?\s?|item\s|box\s|field\s)?\d{1,2}(?:\.\d{1,2}){0,2}[a-z]?[.):]+|\d{1,2}(?:\.\d{1,2}){1,2}[a-z]?(?=\s+[^\W\d])|q\d{1,2}(?=\s)|[a-h]\d{1,2}(?=\s)|\(?[a-z]\)|[ivx]{1,4}[.)])\s+",
    re.IGNORECASE,
)
_PARTING = re.compile(r"\s*(?:/|\||\n)\s*|\s+[–-]\s+")
_PARTERS = frozenset("/|\n–-")
_BRACKETS = frozenset("([")
_NOTHING: frozenset[str] = frozenset()
_DAY = re.compile(r"(\w\s*)\((?:dates?|day)\)", re.IGNORECASE)
"""What a label says of the form of its answer: "To (date)" does not say "to date"."""
_NOTE = re.compile(r"\s*[\[(](?:see )?(?:foot)?note\s*\d{1,2}[\])]|(?<=\w)\s*[\[(]\d{1,2}[\])](?=\s*[:?*]?\s*$)", re.IGNORECASE)
_RAISED = re.compile(r"(?<=[^\W\d_])[⁰¹²³⁴-⁹]+")
"""Marks that lead to a note at the foot: "Days absent (3)", "FTE¹"."""
_DOUBLED = re.compile(r"(.)\1")
_BRACKETED = re.compile(r"\(([^()]*)\)?")
_FOREIGN = 0.4
"""The greatest share of known words in a part of a label that counts as another language."""
_LETTER = re.compile(r"^\W*(?:(?:part|section)\s+(?:[a-h]|\d{1,2})\s*[.):–-]*|[a-h][.):])\s+(?=\S)", re.IGNORECASE)


def _phrase_table() -> dict[tuple[str, ...], str]:
    tables = (PHRASES, FURTHER)
    return {tuple(phrase.split()): idea for table in tables for idea, phrases in table.items() for phrase in phrases.split("|")}


_TABLE = _phrase_table()
_LONGEST = max(len(phrase) for phrase in _TABLE)
_LENGTHS = {phrase[0]: len(phrase) for phrase in sorted(_TABLE, key=len)}
"""Words of the longest phrase that begins with a word."""
_WORDS = frozenset(word for phrase in _TABLE for word in phrase) | _IGNORED


@dataclass(frozen=True, slots=True)
class Meaning:
    """What the words of a text stand for. `known` is the share of its words that labels of the family use."""

    ideas: frozenset[str]
    words: int
    known: float
    corrected: int = 0

    @property
    def whole(self) -> bool:
        return self.known >= 1.0 and bool(self.ideas)


@lru_cache(maxsize=16384)
def words_of(text: str) -> tuple[str, ...]:
    """Lower-case words; possessive endings, accents and punctuation gone: "NQT’s name:" → nqt, name."""
    plain = text.isascii()
    if not plain:
        text = unicodedata.normalize("NFKC", _RAISED.sub("", text))
    text = text.translate(_QUOTES).casefold()
    lead = _LEAD.match(text)
    words = _WORD.findall(text[lead.end() :] if lead else text)
    return tuple(words if plain and "'" not in text else map(_bare, words))


def _bare(word: str) -> str:
    if word.isascii() and word.isalnum():
        return word
    word = word.removesuffix("'s").removesuffix("'").replace("'", "")
    return "".join(ch for ch in unicodedata.normalize("NFKD", word) if not unicodedata.combining(ch)) or word


def normal(text: str) -> str:
    return " ".join(words_of(text))


def is_ignored(word: str) -> bool:
    return word in _IGNORED


def ends_in_phrase(text: str) -> bool:
    """Whether the last words of a text are one of the phrases, so that nothing is missing behind them: "will leave us on"."""
    words = words_of(text)
    return any(words[-length:] in _TABLE for length in range(2, min(_LONGEST, len(words)) + 1))


def is_known(word: str) -> bool:
    return word in _WORDS


def is_familiar(word: str) -> bool:
    """Whether labels use the word, perhaps with another ending."""
    return word in _WORDS or _stem(word) in _STEMS


@lru_cache(maxsize=4096)
def correct(word: str) -> str:
    """The label word that a misread word most likely was ("Dale" stays; "Refcrence" → "reference")."""
    if word in _WORDS or len(word) < 5:
        return word
    single = _DOUBLED.sub(r"\1", word)
    if single in _WORDS:
        return single
    close = _about_as_long(_WORDS, len(word))
    match = process.extractOne(word, close, scorer=fuzz.ratio, score_cutoff=84)
    return match[0] if match else _with_one_slip(word, close) or word


def _with_one_slip(word: str, words: Sequence[str]) -> str | None:
    """The word that one letter too many, too few, wrong or swapped with its neighbour makes of it; the first one is right."""
    near = (one for one in words if one[0] == word[0] and abs(len(one) - len(word)) <= 1)
    return next((one for one in near if OSA.distance(word, one, score_cutoff=1) <= 1), None)


@lru_cache(maxsize=4096)
def respelt(word: str, words: frozenset[str]) -> str:
    """The word of a closed list that a mistyped one was meant to be, else the word itself."""
    if word in words or len(word) < 5:
        return word
    close = _about_as_long(words, len(word))
    match = process.extractOne(word, close, scorer=fuzz.ratio, score_cutoff=88)
    return match[0] if match else _with_one_slip(word, close) or word


@lru_cache(maxsize=256)
def _about_as_long(words: frozenset[str], length: int) -> list[str]:
    """The longer words that a word of this length can be like to 84 %: each letter more or less costs its share."""
    return sorted(one for one in words if len(one) > 4 and abs(len(one) - length) <= 0.161 * (len(one) + length))


@lru_cache(maxsize=4096)
def mended(word: str) -> list[str]:
    """The label words that a misread word stands for: "refcrence" → reference, "dateofbirth" → date, of, birth."""
    if word in _WORDS or word.isdigit():
        return [word]
    parts = _parted(word) if len(word) >= 6 else None
    return parts or [correct(word)]


def _parted(word: str) -> list[str] | None:
    """Label words that OCR ran together, or None. Longer words first, and no more than five."""
    if not word:
        return []
    for length in range(len(word), 1, -1):
        if word[:length] in _WORDS and (length > 2 or word[:length] in {"of", "no", "to", "in"}):
            rest = _parted(word[length:])
            if rest is not None and len(rest) < 5:
                return [word[:length], *rest]
    return None


def without_letter(text: str) -> str:
    """A heading without the letter of its section: "B. Strengths", "Section C: ...", "Part 2 - ..."."""
    return _LETTER.sub("", text, count=1)


@lru_cache(maxsize=8192)
def meaning(text: str, *, tolerant: bool = False) -> Meaning:
    """The ideas in a text. `tolerant` mends words that were misread or mistyped."""
    if not _BRACKETS.isdisjoint(text):
        text = _DAY.sub(r"\1", _NOTE.sub("", text))
    return _meaning(one_language(text, is_known), tolerant=tolerant)


def one_language(text: str, known: Callable[[str], bool]) -> str:
    """The part of a label in two languages whose words are known: "Dyddiad geni / Date of birth", "Enw – Name"."""
    parts = [] if _PARTERS.isdisjoint(text) else [part for part in _PARTING.split(text) if words_of(part)]
    if len(parts) != 2:
        return text
    shares = [sum(len(word) > 1 and known(word) for word in words) / len(words) for words in map(words_of, parts)]
    foreign = words_of(parts[shares.index(min(shares))])
    if min(shares) <= _FOREIGN and max(shares) >= 0.99 and not (len(foreign) > 1 and known(foreign[0])):
        return parts[shares.index(max(shares))]
    return text


def _meaning(text: str, *, tolerant: bool) -> Meaning:
    words = words_of(without_letter(text))
    corrected = 0
    if tolerant:
        corrected = sum(word not in _WORDS and mended(word) != [word] for word in words)
        words = tuple(one for word in words for one in mended(word))
    optional, remarks = (_optional_words(text), _words_of_remarks(text)) if "(" in text else (_NOTHING, _NOTHING)
    ideas: list[str] = []
    known = 0.0
    counted = 0.0
    index = length = 0
    while index < len(words):
        length, idea = _longest(words, index)
        if idea:
            if idea == "_":
                ideas += ["name"] if words[index] == "name" else []
            elif idea == "fte" or not remarks.issuperset(words[index : index + length]):
                ideas += idea.split("+")
            known += length
            counted += length
        elif words[index] in _SOFT or words[index].isdigit():
            known += 1
            counted += 1
        elif words[index] in _WORDS or _stem(words[index]) in _STEMS:
            known += _IN_PHRASES
            counted += 1
        else:
            weight = 0.0 if words[index] in optional else 1.0
            counted += weight
        index += max(length, 1)
    if words and words[-1] == "to" and length <= 1:
        ideas.append("end")
    return Meaning(frozenset(ideas), len(words), known / counted if counted else 0.0, corrected)


def _stem(word: str) -> str:
    """A word without the ending that grammar gave it: "reviewing" → review."""
    for ending in ("ing", "ed", "er", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 5:
            return word.removesuffix(ending)
    return word


_REMARK = re.compile(r"\s*\([^()]*\)")
_LONG_REMARK = 3
"""Words; a shorter remark in brackets often is the field's other name: "Reference (TRN)"."""
_STEMS = frozenset(_stem(word) for word in _WORDS if len(word) > 4)


def without_remark(text: str) -> tuple[str, str]:
    """A label without a longer remark in brackets, and the remark; the text and nothing where nothing else is left."""
    outside = _REMARK.sub(lambda found: " " if len(words_of(found.group())) >= _LONG_REMARK else found.group(), text)
    left = outside != text and bool(words_of(outside)) and _unwrapped(text) == text
    remark = " ".join(found for found in _REMARK.findall(text) if len(words_of(found)) >= _LONG_REMARK)
    return (outside, remark.strip(" ()")) if left else (text, "")


_CLAUSE = re.compile(
    r"\s(?:(?:in|at|to|from|for) (?:which|whom)|where|who|whose|that|registering|employing|completing|undergoing|undertaking|serving)\b",
    re.IGNORECASE,
)


def main_clause(text: str) -> tuple[str, str]:
    """A label before its relative clause, and the clause: "Name of the school" / "in which the ECT is employed"."""
    found = _CLAUSE.search(text)
    return (text[: found.start()], text[found.start() :]) if found and words_of(text[: found.start()]) else (text, "")


def _longest(words: tuple[str, ...], index: int) -> tuple[int, str | None]:
    for length in range(min(_LENGTHS.get(words[index], 0), len(words) - index), 0, -1):
        idea = _TABLE.get(words[index : index + length])
        if idea:
            return length, idea
    return 0, None


def _optional_words(text: str) -> frozenset[str]:
    """Words in brackets are instructions: one that is unknown costs nothing."""
    return frozenset(word for bracket in _BRACKETED.findall(_unwrapped(text)) for word in words_of(bracket))


def _unwrapped(text: str) -> str:
    """A caption without the brackets that hold all of it: "(Name of school)"."""
    text = text.strip()
    if not text.startswith("(") or not text.endswith(")"):
        return text
    depth = 0
    for place, one in enumerate(text):
        depth += (one == "(") - (one == ")")
        if not depth and place < len(text) - 1:
            return text
    return text[1:-1]


def _words_of_remarks(text: str) -> frozenset[str]:
    """Words that stand only in a long remark in brackets, "(dates must include training days)": they name no field."""
    text = _unwrapped(text)
    remarks = [words_of(bracket) for bracket in _BRACKETED.findall(text)]
    outside = set(words_of(_BRACKETED.sub(" ", text)))
    return frozenset(word for words in remarks if len(words) > 3 for word in words if word not in outside)
