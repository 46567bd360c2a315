"""The readings side of the review page: each value with its word, its reason, and how a person can change it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from records.decisions import doubtful
from records.fields import BY_KEY, FIELDS, KIND_FIELDS, FieldSpec
from records.matching import conflicts
from records.models.submissions import Submission, SubmissionValue
from records.submissions import values_of
from records.values import Kind, Wrong, iso_date
from web import words
from web.forms import spread_date
from web.sheet import Place, Sheet
from web.words import Mark

NOT_FILLED_IN = Mark("Not filled in yet", "missing")


@dataclass(frozen=True, slots=True)
class Reading:
    """One value as the page shows it."""

    spec: FieldSpec
    value: str | None
    mark: Mark
    why: str
    raw: str
    """What stood on the paper, where it differs from the value."""
    before: str
    """What was read before a person corrected it."""
    places: tuple[Place, ...]
    doubtful: bool
    """Nobody has looked at it yet although the reading is not sure."""
    typed: Mapping[str, str]
    """What the fields of its form hold: the value, or what was typed and refused."""

    @property
    def key(self) -> str:
        return self.spec.key

    @property
    def words(self) -> str:
        return words.value_words(self.value, self.key)

    @property
    def attention(self) -> bool:
        return self.doubtful or self.mark.look == "conflict"


def clashes(submission: Submission) -> dict[str, str]:
    """Where the values contradict the record of the ECT that they are matched to."""
    return conflicts(values_of(submission), submission.induction) if submission.induction is not None else {}


def looks(submission: Submission) -> dict[str, str]:
    """How each value's status looks, by key: what the boxes on the paper take their colour from."""
    clash = clashes(submission)
    return {one.key: _mark(one, clash).look for one in submission.values}


def readings(
    submission: Submission, sheet: Sheet, refused: Mapping[str, Mapping[str, str]], added: str | None
) -> list[tuple[str, list[Reading]]]:
    """The values by group, each group in the order of the paper. `refused` holds what was typed and could not be taken.

    `added` is the key of a field that a person wants to fill in although the paper has no place for it.
    """
    clash = clashes(submission)
    waiting = {one.key for one in doubtful(submission)}
    rows = [_reading(one, clash, waiting, sheet, refused) for one in submission.values if one.key in BY_KEY]
    have = {row.key for row in rows}
    wanted = {added, *refused} - have
    rows += [_empty(spec, refused) for spec in FIELDS if spec.key in wanted]
    groups = list(dict.fromkeys(spec.group for spec in FIELDS))
    return [(group, found) for group in groups if (found := [row for row in rows if row.spec.group == group])]


def addable(submission: Submission) -> list[FieldSpec]:
    """Fields that a form of this kind usually has and this one lacks."""
    have = {one.key for one in submission.values}
    return [BY_KEY[key] for key in KIND_FIELDS.get(submission.kind or "", ()) if key not in have]


def attention(groups: Iterable[tuple[str, list[Reading]]]) -> list[Reading]:
    return [row for _group, rows in groups for row in rows if row.attention]


def _mark(one: SubmissionValue, clash: Mapping[str, str]) -> Mark:
    if one.key in clash:
        return words.STATUS["conflict"]
    if one.corrected_by_id is not None and not _is_asked(one):
        return words.STATUS["typed" if one.status == "typed" else "corrected"]
    if one.status == "typed":
        return NOT_FILLED_IN
    if one.status == "check" and one.confirmed_by_id is not None:
        return words.STATUS["confirmed"]
    return words.STATUS.get(one.status, words.STATUS["check"])


def _is_asked(one: SubmissionValue) -> bool:
    """Whether a person has to look at the value, who may have corrected it before the paper was read anew."""
    return one.status == "check" and one.confirmed_by_id is None


def _reading(
    one: SubmissionValue, clash: Mapping[str, str], waiting: set[str], sheet: Sheet, refused: Mapping[str, Mapping[str, str]]
) -> Reading:
    spec = BY_KEY[one.key]
    corrected = one.corrected_by_id is not None and one.status != "typed"
    reasons = [clash.get(one.key, ""), "" if corrected and not _is_asked(one) else one.reason or ""]
    return Reading(
        spec=spec,
        value=one.value,
        mark=_mark(one, clash),
        why=". ".join(_sentence(reason) for reason in reasons if reason),
        raw=one.raw or "" if one.raw and not _same(one.raw, one.value, one.key) else "",
        before=words.value_words(one.read_value, one.key) if corrected else "",
        places=sheet.places_of(one.key),
        doubtful=one.key in waiting,
        typed=refused.get(one.key) or _fields(spec, one.value),
    )


def _empty(spec: FieldSpec, refused: Mapping[str, Mapping[str, str]]) -> Reading:
    return Reading(spec, None, NOT_FILLED_IN, "", "", "", (), False, refused.get(spec.key) or _fields(spec, None))


def _fields(spec: FieldSpec, value: str | None) -> dict[str, str]:
    """What the fields of a value's form begin with."""
    if spec.kind is not Kind.DATE:
        return {"value": value or ""}
    try:
        return {"value": value or "", **spread_date(iso_date(value) if value else None)}
    except Wrong:
        return {"value": value or "", **spread_date(None)}


def _sentence(reason: str) -> str:
    """A reason with a capital in front and no full stop behind."""
    return f"{reason[0].upper()}{reason[1:]}".rstrip(".")


def _same(raw: str, value: str | None, key: str) -> bool:
    """Whether showing the raw text beside the value would only repeat it."""
    return " ".join(raw.split()) in {" ".join((value or "").split()), words.value_words(value, key)}
