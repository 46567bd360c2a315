"""Which field a label asks for: rules over the ideas in its words, so that a wording nobody has seen before still counts.

"Days absent in this period" and "during the entire induction" share most words and mean different facts; therefore a
rule names the ideas that must be there and those that must not. Headings of long texts are in `labels_texts`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

from parsers.labels.words import Meaning, main_clause, meaning, without_remark, words_of

PEOPLE = ("tutor", "mentor", "head", "coordinator", "observer", "other", "ect", "teacher")
_NAMED = {"ect": "ect_name", "teacher": "ect_name", "tutor": "induction_tutor_name", "mentor": "mentor_name",
          "head": "headteacher_name", "observer": "mentor_name"}  # fmt: skip
_SIGNING = {"ect": "ect", "teacher": "ect", "tutor": "tutor", "head": "head"}
_IDENTITY = {"name", "forename", "surname", "birth", "trn", "ni", "qts", "email", "phone", "address"}
_TIMES = {"period", "assessment", "review", "term", "final", "first", "second", "interim"}


class Zone(StrEnum):
    """Where on the form a label stands: a name beside "Headteacher" means another thing where people sign."""

    DETAILS = "details"
    SIGNING = "signing"


@dataclass(frozen=True, slots=True)
class Label:
    """What a label asks for.

    `key` is a field, or a word in angle brackets: `<name>`, `<date>`, `<email>`, `<sign>`, `<start>` and
    `<end>` wait for a person or thing from their surroundings; `<aside>` is a place the record does not keep.
    """

    key: str
    strength: float
    also: tuple[str, ...] = ()
    person: str | None = None
    ideas: frozenset[str] = field(default_factory=frozenset)

    @property
    def waiting(self) -> bool:
        return self.key.startswith("<") and self.key not in {ASIDE, LEAD}


ASIDE = "<aside>"
_WELL_KNOWN = 0.95
_ALONE = 0.85
_PARTLY = 0.7
"""How certain a label can be of whose words some are unknown: they may turn its meaning, so a person looks."""
_SELF_EVIDENT = frozenset({"trn", "national_insurance_number", "ect_email", "school_urn", "school_dfe_number", "date_of_birth"})
"""Fields whose values nothing else on a form looks like."""
LEAD = "<lead>"
"""An induction lead: the tutor where a form asks for no tutor besides."""


@lru_cache(maxsize=4096)
def read_label(
    text: str, *, tolerant: bool = False, zone: Zone = Zone.DETAILS, around: frozenset[str] = frozenset()
) -> Label | None:
    """The label that a text is, if its words are those of a label. `around` are ideas of headers and sections that surround it."""
    meant = meaning(text, tolerant=tolerant)
    if zone is Zone.SIGNING and words_of(text) == ("on",):
        return Label("<date>", 0.8, ideas=frozenset({"date"}))
    if not meant.ideas or meant.words > 30:
        return None
    label = resolve(meant.ideas, zone, around)
    outside, remark = without_remark(text)
    if remark and _asks(meaning(remark, tolerant=tolerant)):
        remark = ""
    elif not remark and (label is None or label.key != "next_school"):
        outside, remark = main_clause(text)
    if remark:
        bare = meaning(outside, tolerant=tolerant)
        label, meant = (own, bare) if (own := _unremarked(bare, label, zone, around)) is not None else (label, meant)
    if label is None:
        return None
    strength = label.strength * meant.known * (0.97**meant.corrected)
    if meant.known < _WELL_KNOWN and label.key not in _SELF_EVIDENT:
        strength = min(strength, _PARTLY)
    return Label(label.key, strength, label.also, label.person, meant.ideas)


def _asks(remark: Meaning) -> bool:
    """Whether a remark in brackets asks for a field by itself: "Full-time or part-time? (Give the FTE if PT)"."""
    own = resolve(remark.ideas) if remark.known >= _WELL_KNOWN else None
    return own is not None and not own.waiting and own.key != ASIDE


def _unremarked(bare: Meaning, label: Label | None, zone: Zone, around: frozenset[str]) -> Label | None:
    """The label without its remark in brackets, where that says enough: "Mentor (must hold QTS)" asks for no date."""
    own = resolve(bare.ideas, zone, around)
    if own is None or own.waiting or own.key == ASIDE or own.strength < _ALONE or bare.known < _WELL_KNOWN:
        return None
    return own if label is None or label.key != own.key else None


def coverage(text: str, *, tolerant: bool = False) -> Meaning:
    return meaning(text, tolerant=tolerant)


def resolve(ideas: frozenset[str], zone: Zone = Zone.DETAILS, around: frozenset[str] = frozenset()) -> Label | None:
    """The label of a set of ideas. Surrounding ideas only complete a label that does not say enough by itself."""
    label = _by_rule(ideas, zone)
    if label is None or not label.waiting or not around:
        return label
    wider = _by_rule(ideas | around, zone)
    if wider is None or wider.waiting or wider.key == ASIDE:
        return label if wider is None or wider.waiting else wider
    return Label(wider.key, wider.strength * 0.95, wider.also, wider.person)


@lru_cache(maxsize=4096)
def person_of(ideas: frozenset[str]) -> str | None:
    """The one person a set of ideas speaks of; an ECT beside another person only says whose tutor that is."""
    found = [person for person in PEOPLE if person in ideas]
    special = [person for person in found if person not in {"ect", "teacher"}]
    if special == ["tutor", "coordinator"]:
        return "tutor"
    if len(special) > 1:
        return "other"
    return (special or found or [None])[0]  # type: ignore[list-item]  # the last list is only reached when both are empty


@lru_cache(maxsize=4096)
def _by_rule(ideas: frozenset[str], zone: Zone) -> Label | None:
    for rule in (_numbers_of_people, _of_signing, _of_parts_of_names, _of_names, _of_places, _of_amounts, _of_dates, _of_rest):
        label = rule(ideas, zone)
        if label is not None:
            return label
    return None


def _label(key: str, strength: float = 1.0, *also: str, person: str | None = None) -> Label:
    return Label(key, strength, also, person)


def _aside() -> Label:
    return Label(ASIDE, 0.9)


def _numbers_of_people(ideas: frozenset[str], _zone: Zone) -> Label | None:
    """Numbers and dates that belong to the teacher alone."""
    person = person_of(ideas)
    of_teacher = person in {None, "ect", "teacher"}
    if "trn" in ideas or ("dfe" in ideas and "number" in ideas and person in {"ect", "teacher"} and "school" not in ideas):
        return _label("trn") if of_teacher else _aside()
    if "number" in ideas and ideas <= {"ect", "teacher", "number"} and person is not None:
        return _label("trn", 0.8)
    if "ni" in ideas:
        return _label("national_insurance_number") if of_teacher else _aside()
    if "birth" in ideas:
        return _label("date_of_birth") if of_teacher else _aside()
    if {"qts", "checked"} <= ideas:
        return _aside()
    if "qts" in ideas:
        return (
            _label("qts_date", 1.0 if ideas & {"date", "award"} else 0.7) if of_teacher and not ideas & {"number"} else _aside()
        )
    if "email" in ideas:
        if ideas & {"school", "body", "next"} and not ideas & {"ect", "teacher", "tutor"}:
            return _aside()
        return {None: _label("<email>", 0.9), "ect": _label("ect_email"), "teacher": _label("ect_email"),
                "tutor": _label("induction_tutor_email")}.get(person, _aside())  # fmt: skip
    return _aside() if ideas & {"phone", "address", "next_review"} else None


def _of_signing(ideas: frozenset[str], zone: Zone) -> Label | None:
    person = person_of(ideas)
    signs = "sign" in ideas
    if not signs and zone is not Zone.SIGNING:
        return None
    if person is None:
        if signs and "date" in ideas:
            return _label("<date>", 0.9)
        return _label("<sign>", 0.9) if signs else None
    if ideas - {"sign", "date", "name", "ect", "teacher", "tutor", "mentor", "head", "induction", "coordinator", "number",
                "observer", "other", "school", "body", "forename", "surname", "assessment", "confirm", "completed", "agreed", "checked"}:  # fmt: skip
        return None
    signer = _SIGNING.get(person)
    if signer is None:
        return Label(ASIDE, 0.9, person=person)
    if "date" in ideas:
        return _label(f"{signer}_signed_on", person=person)
    if "name" in ideas or not signs:
        return _label(f"{signer}_signed_name", 1.0 if "name" in ideas else 0.85, person=person)
    return _label("<sign>", 0.9, person=person)


def _of_parts_of_names(ideas: frozenset[str], _zone: Zone) -> Label | None:
    if "former" in ideas:
        if ideas & {"school", "body", "assessment", "review", "period", "terms", "tutor", "mentor", "head", "elsewhere"}:
            return _aside()
        return _label("ect_former_name") if ideas & {"name", "surname", "forename"} else None
    if not ideas & {"forename", "surname"}:
        return None
    if person_of(ideas) not in {None, "ect", "teacher"}:
        return _aside()
    if {"forename", "surname"} <= ideas:
        return _label("ect_name")
    return _label("ect_first_name" if "forename" in ideas else "ect_last_name")


_ALSO = {"tutor": ("coordinator",), "head": ("checked",)}
"""What may stand beside a person: "Induction tutor/Co-ordinator", "Headteacher (seen)"."""


def _of_names(ideas: frozenset[str], _zone: Zone) -> Label | None:
    person = person_of(ideas)
    if "place" in ideas:
        return _label("next_school" if "next" in ideas else "school_name", 0.9)
    if (
        person in {"ect", "teacher"}
        and not ideas - {"ect", "teacher", "name", "leave", "observed"}
        and ideas & {"leave", "observed"}
    ):
        return _label("ect_name", 1.0 if "name" in ideas else 0.88, person=person)
    if "name" not in ideas and (
        person is None or ideas - {person, "ect", "induction", "teacher", "school", "completed", "next", *_ALSO.get(person, ())}
    ):
        return None
    if person == "ect" and ideas >= {"next", "school"}:
        return None
    if ideas & {"aside", "details"} or (ideas & {"school", "body", "next"} and person in {None, "teacher"}):
        return None
    if person is None:
        return _label("<name>", 0.9) if not ideas - {"name", "induction"} else None
    if ideas & {"days", "date", "absent", "start", "end", "number", "confirm", "support", "period", "term", "standards"}:
        return None
    key = _NAMED.get(person)
    if person == "coordinator" and not ideas - {"coordinator", "name", "induction", "school", "ect"}:
        return Label(LEAD, 0.7, person=person)
    if key is None:
        return Label(ASIDE, 0.9, person=person)
    alone = "name" not in ideas
    return _label(key, {"ect": 0.6, "teacher": 0.5}.get(person, 0.85) if alone else 1.0, person=person)


def _of_places(ideas: frozenset[str], _zone: Zone) -> Label | None:
    if {"leave", "school"} <= ideas and not ideas & {"date", "end", "start", "next", "days", "absent", "terms"}:
        return _label("school_name", 0.9)
    if ideas & {"leave", "days", "absent", "terms", "fte"}:
        return None
    if "urn" in ideas:
        return _label("school_dfe_number", 1.0, "school_urn") if "dfe" in ideas else _label("school_urn")
    if "dfe" in ideas or {"school", "number"} <= ideas:
        if ideas & {"start", "end", "assessment", "confirm"}:
            return None
        return _label("school_dfe_number", 1.0 if ideas & {"number", "school"} else 0.9)
    if {"next", "name"} <= ideas <= {"next", "name", "ect", "teacher"}:
        return _label("ect_name", _PARTLY)  # "New name", beside which the old one may stand.
    if "next" in ideas and ideas & {"school", "name"} and "support" not in ideas:
        return _label("next_school") if not ideas & {"start", "date"} else _aside()
    busy = ideas & {"start", "end", "period", "term", "remain", "confirm", "support", "aside", "review", "date", "assessment",
                    "observed", "meeting", "standards", "first", "second", "final", "outcome", "details"}  # fmt: skip
    if "body" in ideas:
        return _label("appropriate_body") if not busy - {"assessment"} else None
    if "school" in ideas:
        return _label("school_name", 1.0 if "name" in ideas else 0.85) if not busy else None
    return None


_OF_TERM = {"term", "number", "induction", "first", "second", "assessment", "review", "period", "final"}


def _of_amounts(ideas: frozenset[str], _zone: Zone) -> Label | None:
    if "fte" in ideas and not ideas & {"terms", "days"}:
        return _label("fte", 1.0, *(("working_pattern",) if ideas & {"full", "part", "pattern"} else ()))
    if {"full", "part"} <= ideas or "pattern" in ideas:
        return _label("working_pattern")
    if "part" in ideas and not ideas & {"days", "terms", "absent"}:
        return _label("working_pattern", 0.8)
    if ideas & {"aside", "support", "agreed"} and ideas & {"days", "terms", "term"} and "absent" not in ideas:
        return _aside()
    if "sick" in ideas and "absent" not in ideas and not ideas & {"start", "end"}:
        return _label("days_absent", 0.88 if ideas & {"days", "number"} else 0.6)  # One reason of absence among others.
    if "absent" in ideas and not ideas & {"reason", "start", "end"}:
        so_far = "so_far" in ideas and not ideas & {"period", "term"}
        whole = so_far or "entire" in ideas or ("induction" in ideas and not ideas & {"period", "assessment", "review", "term"})
        return _label(
            "days_absent_total" if whole else "days_absent",
            0.7 if "total" in ideas and not whole and not ideas & _TIMES else 1.0,
        )
    if "days" in ideas and ideas & {"served", "completed"}:
        return _label("days_served", 1.0 if "served" in ideas else 0.95)
    if "terms" in ideas:
        return _label("terms_completed", 1.0 if ideas & {"completed", "served"} else 0.7)
    asked = "which" in ideas and not ideas & {"absent", "days", "date", "start"}  # "Which term does this review close?"
    if "term" in ideas and (asked or not ideas - _OF_TERM):
        return _label("term_number")
    return None


def _of_dates(ideas: frozenset[str], _zone: Zone) -> Label | None:
    if "leave" in ideas and not ideas & {"start", "aside"}:
        return (
            _label("leaving_date", 1.0 if ideas & {"date", "end"} else 0.7)
            if "school" not in ideas or "date" in ideas
            else None
        )
    if ideas & {"aside", "meeting", "observed", "award"}:
        return None
    starts, ends = "start" in ideas, bool(ideas & {"end", "to"})
    about_period = bool(ideas & _TIMES)
    if starts and ends and ideas & (_TIMES | {"date"}):
        return _label("period_start", 0.9, "period_end")
    if starts and (ideas & {"induction", "entire"}) and not ideas & {"period", "review", "assessment"}:
        return _label("induction_start")
    if starts:
        return _label("period_start") if about_period else _label("<start>", 0.9 if "date" in ideas else 0.6)
    if "end" in ideas:
        if "entire" in ideas or ("induction" in ideas and not about_period):
            return _aside()
        if "school" in ideas and not about_period:
            return _label("leaving_date", _PARTLY)  # "Date employment at this school ends"
        return _label("period_end") if about_period else _label("<end>", 0.9 if "date" in ideas else 0.6)
    if "period" in ideas and ideas <= {
        "period",
        "assessment",
        "review",
        "date",
        "first",
        "second",
        "final",
        "ect",
        "induction",
    }:
        return _label("period_start", 0.8 if "date" in ideas else 0.6, "period_end")
    return None


def _of_rest(ideas: frozenset[str], _zone: Zone) -> Label | None:
    person = person_of(ideas)
    if ideas == {"to"}:
        return _label("<end>", 0.4)
    if "date" in ideas and not ideas - {"date", "confirm", "completed", "assessment", "review"}:
        return _label("<date>", 0.8 if ideas == {"date"} else 0.6)
    if "date" in ideas and person and not ideas - {"date", "induction", person, "ect", "completed"}:
        return Label("<date>", 0.7, (), person)
    if ideas & {"aside", "other", "date", "meeting", "observed"} or ideas == {"effect"}:
        return _aside()
    return None
