"""What a paper said: the values that leave the readers, and their JSON.

A reading says what stands on the paper, how sure that is and where it stands. Whether it is true, and of whom, is
decided elsewhere by a person. The JSON of `ExtractedForm` is a public shape (`mailroom.reading/1`): other tools rely on it.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from parsers.tokens import Sheet

SCHEMA = "mailroom.reading/1"


class FormKind(StrEnum):
    """The kinds of form in the induction family."""

    PROGRESS_REVIEW = "progress_review"
    FORMAL_ASSESSMENT = "formal_assessment"
    INTERIM_ASSESSMENT = "interim_assessment"
    REGISTRATION = "registration"
    CHANGE_OF_DETAILS = "change_of_details"
    LEAVER_NOTICE = "leaver_notice"
    LESSON_OBSERVATION = "lesson_observation"
    SUPPORT_PLAN = "support_plan"


class Status(StrEnum):
    """How sure a reading is. `MISSING`: the form has the place, nobody filled it in."""

    CLEAR = "clear"
    CHECK = "check"
    MISSING = "missing"


class ValueType(StrEnum):
    """What kind of value a field holds; decides how it is written down and compared."""

    NAME = "name"
    DATE = "date"
    TRN = "trn"
    NI_NUMBER = "ni_number"
    EMAIL = "email"
    WORDS = "words"
    DIGITS = "digits"
    DECIMAL = "decimal"
    FTE = "fte"
    CHOICE = "choice"
    YES_NO = "yes_no"
    TEXT = "text"


_N, _D, _T, _X = ValueType.NAME, ValueType.DATE, ValueType.TEXT, ValueType.DECIMAL

FIELD_TYPES: dict[str, ValueType] = {
    "assessment_point": ValueType.CHOICE,
    "ect_name": _N,
    "ect_first_name": _N,
    "ect_last_name": _N,
    "ect_former_name": _N,
    "date_of_birth": _D,
    "qts_date": _D,
    "induction_start": _D,
    "period_start": _D,
    "period_end": _D,
    "leaving_date": _D,
    "ect_signed_on": _D,
    "tutor_signed_on": _D,
    "head_signed_on": _D,
    "trn": ValueType.TRN,
    "national_insurance_number": ValueType.NI_NUMBER,
    "ect_email": ValueType.EMAIL,
    "induction_tutor_email": ValueType.EMAIL,
    "school_name": ValueType.WORDS,
    "next_school": ValueType.WORDS,
    "appropriate_body": ValueType.WORDS,
    "school_urn": ValueType.DIGITS,
    "school_dfe_number": ValueType.DIGITS,
    "induction_tutor_name": _N,
    "mentor_name": _N,
    "headteacher_name": _N,
    "ect_signed_name": _N,
    "tutor_signed_name": _N,
    "head_signed_name": _N,
    "term_number": _X,
    "terms_completed": _X,
    "days_served": _X,
    "days_absent": _X,
    "days_absent_total": _X,
    "fte": ValueType.FTE,
    "working_pattern": ValueType.CHOICE,
    "support_confirmed": ValueType.YES_NO,
    "on_track": ValueType.YES_NO,
    "remaining_at_school": ValueType.YES_NO,
    "judgement": ValueType.CHOICE,
    **{f"standard_{number}": _T for number in range(1, 9)},
    "standard_part_two": _T,
    "strengths": _T,
    "areas_for_development": _T,
    "evidence": _T,
    "targets": _T,
    "support_plan": _T,
    "ect_comments": _T,
}
"""Every field key that a form of the family can have. An unknown key in an `ExtractedForm` is an error."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a value stands: a page with a box in points, or a part of a paper without pages."""

    page: int | None = None
    bbox: tuple[float, float, float, float] | None = None
    part: str | None = None
    converted_from: str | None = None
    """"doc" or "rtf" where the place is one of the copy that another program made of the paper; else None."""

    def to_json(self) -> dict[str, Any]:
        packed: dict[str, Any] = {}
        if self.page is not None:
            packed["page"] = self.page
        if self.bbox is not None:
            packed["bbox"] = [round(edge, 1) for edge in self.bbox]
        if self.part is not None:
            packed["part"] = self.part
        if self.converted_from is not None:
            packed["converted_from"] = self.converted_from
        return packed

    @classmethod
    def from_json(cls, packed: dict[str, Any]) -> Evidence:
        bbox = packed.get("bbox")
        return cls(packed.get("page"), tuple(bbox) if bbox else None, packed.get("part"), packed.get("converted_from"))


@dataclass(frozen=True, slots=True)
class Reading:
    """One field as read: the normalised value, what stood there, how sure, why not surer, and where."""

    value: str | bool | None
    raw: str | None
    status: Status
    reason: str | None = None
    evidence: tuple[Evidence, ...] = ()

    def __post_init__(self) -> None:
        if (self.status is Status.MISSING) != (self.value is None) and self.status is not Status.CHECK:
            message = f"a {self.status} reading cannot have the value {self.value!r}"
            raise ValueError(message)
        if self.status is Status.CHECK and not self.reason:
            raise ValueError("a reading that a person must check says why")

    def to_json(self) -> dict[str, Any]:
        return {
            "value": self.value,
            "raw": self.raw,
            "status": self.status.value,
            "reason": self.reason,
            "evidence": [one.to_json() for one in self.evidence],
        }

    @classmethod
    def from_json(cls, packed: dict[str, Any]) -> Reading:
        return cls(
            value=packed["value"],
            raw=packed.get("raw"),
            status=Status(packed["status"]),
            reason=packed.get("reason"),
            evidence=tuple(Evidence.from_json(one) for one in packed.get("evidence", ())),
        )


@dataclass(frozen=True, slots=True)
class ExtractedForm:
    """One paper as read. `kind` is None for a paper that is no form of the family; its fields are then empty."""

    kind: FormKind | None
    kind_status: Status
    blank: bool
    reader: str
    """Which reader in which version: "word/1", "pdf/1", "scan/1"."""
    layout: str | None
    """Fingerprint of the form's design, equal for two filled-in copies of one template; None for a paper that is no form."""
    fields: dict[str, Reading]
    pages: tuple[int, int] | None = None
    """First and last page of the paper within its file, from 1; None where the file has no pages."""
    kind_reason: str | None = None
    signature: tuple[str, ...] = ()
    """The normalised labels in order: what near layouts are compared by."""
    warnings: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        unknown = set(self.fields) - set(FIELD_TYPES)
        if unknown:
            message = f"no such fields on any form: {', '.join(sorted(unknown))}"
            raise ValueError(message)

    def to_json(self) -> dict[str, Any]:
        return {
            "pages": list(self.pages) if self.pages else None,
            "form": {
                "kind": self.kind.value if self.kind else None,
                "status": self.kind_status.value,
                "reason": self.kind_reason,
                "blank": self.blank,
                "reader": self.reader,
                "layout": self.layout,
                "signature": list(self.signature),
            },
            "fields": {key: reading.to_json() for key, reading in self.fields.items()},
            "warnings": list(self.warnings),
        }

    @classmethod
    def from_json(cls, packed: dict[str, Any]) -> ExtractedForm:
        """Raises `KeyError`, `TypeError` or `ValueError` for anything that `to_json` would not have written."""
        form = packed["form"]
        pages = packed.get("pages")
        return cls(
            kind=FormKind(form["kind"]) if form["kind"] is not None else None,
            kind_status=Status(form["status"]),
            blank=bool(form["blank"]),
            reader=form["reader"],
            layout=form["layout"],
            fields={key: Reading.from_json(one) for key, one in packed["fields"].items()},
            pages=(pages[0], pages[1]) if pages else None,
            kind_reason=form.get("reason"),
            signature=tuple(form.get("signature", ())),
            warnings=tuple(packed.get("warnings", ())),
        )


@dataclass(frozen=True, slots=True)
class ReadPaper:
    """One paper of a file with what the pages need to show it."""

    form: ExtractedForm
    sheet: dict[str, Any]
    """`Sheet.to_json()` of the paper's own pages; empty where it was read for its fields alone."""

    def to_json(self) -> dict[str, Any]:
        return {"form": self.form.to_json(), "sheet": self.sheet}

    @classmethod
    def from_json(cls, packed: dict[str, Any]) -> ReadPaper:
        return cls(form=ExtractedForm.from_json(packed["form"]), sheet=_checked(packed["sheet"]))


def _checked(sheet: dict[str, Any]) -> dict[str, Any]:
    return Sheet.from_json(sheet).to_json() if sheet else {}


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture that may be one page of a paper, as it was handed in. Its name may tell its place, and is believed no more."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class PageImage:
    """A page as PNG, upright, `scale` pixels a point."""

    number: int
    png: bytes
    scale: float

    def to_json(self) -> dict[str, Any]:
        return {"number": self.number, "png": base64.b64encode(self.png).decode("ascii"), "scale": self.scale}

    @classmethod
    def from_json(cls, packed: dict[str, Any]) -> PageImage:
        return cls(number=packed["number"], png=base64.b64decode(packed["png"], validate=True), scale=packed["scale"])


@dataclass(frozen=True, slots=True)
class ReadFile:
    """All that reading one file gave: its papers, and what shows them to a person."""

    papers: tuple[ReadPaper, ...]
    images: tuple[PageImage, ...] = ()
    html: str | None = None
    """Accessible HTML of a Word file; elements carry ids equal to `part_id` of the evidence's part."""
    origins: tuple[int, ...] = ()
    """Of several pictures that were read together: for each page, in order, the place of its picture, from 0."""
    left_out: tuple[int, ...] = ()
    """The places of pictures that are no pages of these papers; they are to be read by themselves."""

    def to_json(self) -> dict[str, Any]:
        return {
            "papers": [paper.to_json() for paper in self.papers],
            "images": [image.to_json() for image in self.images],
            "html": self.html,
            "origins": list(self.origins),
            "left_out": list(self.left_out),
        }

    @classmethod
    def from_json(cls, packed: dict[str, Any]) -> ReadFile:
        """Raises `KeyError`, `TypeError` or `ValueError` for anything that `to_json` would not have written."""
        return cls(
            papers=tuple(ReadPaper.from_json(one) for one in packed["papers"]),
            images=tuple(PageImage.from_json(one) for one in packed["images"]),
            html=packed["html"],
            origins=tuple(int(one) for one in packed["origins"]),
            left_out=tuple(int(one) for one in packed["left_out"]),
        )


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Why a file could not be read, in words that a coordinator understands. An expected outcome, not an exception."""

    reason: str
    passing: bool = False
    """True where trying again may help (the reader was killed); False where the file itself is at fault."""

    def to_json(self) -> dict[str, Any]:
        return {"reason": self.reason, "passing": self.passing}

    @classmethod
    def from_json(cls, packed: dict[str, Any]) -> Unreadable:
        return cls(reason=str(packed["reason"]), passing=bool(packed["passing"]))


def part_id(part: str) -> str:
    """The HTML id for an evidence part: "table 1, row 3, cell 2" → "part-table-1-row-3-cell-2"."""
    words = "".join(character if character.isalnum() else " " for character in part.casefold()).split()
    return "part-" + "-".join(words)


class NotReadable(Exception):  # noqa: N818 - it says what is the matter, not that something broke
    """The file cannot be read. The message is the reason in words that a coordinator understands.

    Readers raise it; `parsers.choose.read` turns it into `Unreadable`, so that nothing leaves the room as an exception.
    """


class NeedsPictures(Exception):  # noqa: N818 - as above
    """The file holds pictures of paper, and whoever was asked does not read those."""
