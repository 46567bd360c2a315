"""What earlier papers of a layout have taught: where each field stands among the form's printed words. Never anybody's values.

The extract of learnt layouts comes as JSON with each document, so that reading needs no database:
`{"schema": "mailroom.layouts/1", "layouts": [{"id", "kind", "read_as", "title", "papers", "printed": [[number, …], …],
"anchors": {field: {"how", "word", "shift"?, "input"?, "options"?, "labelled"?, "agreements", "contradictions"}}}]}`

`printed` holds the form's own words as small numbers in reading order, a new row wherever something was filled in.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any

from parsers.forms import FIELD_TYPES, FormKind
from parsers.recall.places import Place

SCHEMA = "mailroom.layouts/1"


@dataclass(frozen=True, slots=True)
class Anchor:
    """A field's place, none while it is not known, and how many accepted papers agreed with it or spoke against it."""

    key: str
    place: Place | None
    options: Mapping[int, str | bool | None] = field(default_factory=dict)
    """Of a choice: the printed word of each option, with what ticking it says; None where no paper has told yet."""
    agreements: int = 1
    contradictions: int = 0
    labelled: bool = False
    """Whether the reader found the value there by the form's own label too: then the label has the last word."""

    def __post_init__(self) -> None:
        if self.key not in FIELD_TYPES:
            message = f"no such field: {self.key}"
            raise ValueError(message)

    @property
    def vacant(self) -> bool:
        """Whether the form asks for the field in a place that nobody has filled in yet."""
        return self.place is None and not self.options

    @property
    def trusted(self) -> bool:
        """Whether a value from here may be clear: an accepted paper had it here, and no more of them spoke against it."""
        return self.agreements > self.contradictions

    def to_json(self) -> dict[str, Any]:
        packed: dict[str, Any] = self.place.to_json() if self.place is not None else {}
        if self.options:
            packed["options"] = {str(word): value for word, value in self.options.items()}
        if self.labelled:
            packed["labelled"] = True
        return {**packed, "agreements": self.agreements, "contradictions": self.contradictions}

    @classmethod
    def from_json(cls, key: str, packed: Mapping[str, Any]) -> Anchor:
        """Raises `KeyError`, `TypeError` or `ValueError` for anything that `to_json` would not have written."""
        options = {int(word): value for word, value in packed.get("options", {}).items()}
        place = Place.from_json(packed) if "how" in packed else None
        return cls(key, place, options, int(packed.get("agreements", 1)), int(packed.get("contradictions", 0)),
                   bool(packed.get("labelled", False)))  # fmt: skip


@dataclass(frozen=True)
class Layout:
    """One design of a form."""

    id: str
    kind: str
    printed: tuple[tuple[int, ...], ...]
    anchors: tuple[Anchor, ...] = ()
    read_as: str | None = None
    """The kind that the reader takes such a paper for by itself; None where it recognises no form."""
    title: str = ""
    papers: int = 1

    def __post_init__(self) -> None:
        FormKind(self.kind)

    @cached_property
    def words(self) -> frozenset[int]:
        return frozenset(word & 0xFFFF for run in self.printed for word in run if word)

    @cached_property
    def count(self) -> int:
        """How many words are printed on it."""
        return sum(1 for run in self.printed for word in run if word)

    def to_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "kind": self.kind,
            "read_as": self.read_as,
            "title": self.title,
            "papers": self.papers,
            "printed": [list(run) for run in self.printed],
            "anchors": {one.key: one.to_json() for one in self.anchors},
        }

    @classmethod
    def from_json(cls, packed: Mapping[str, Any]) -> Layout:
        """Raises `KeyError`, `TypeError`, `ValueError` or `AttributeError` for anything that `to_json` would not have written."""
        read_as = packed.get("read_as")
        return cls(
            str(packed["id"]),
            str(packed["kind"]),
            tuple(tuple(int(word) for word in run) for run in packed["printed"]),
            tuple(Anchor.from_json(key, one) for key, one in packed["anchors"].items()),
            None if read_as is None else str(read_as),
            str(packed.get("title", "")),
            int(packed.get("papers", 1)),
        )


@dataclass(frozen=True)
class Layouts:
    """Every layout that reading may use."""

    layouts: tuple[Layout, ...] = ()

    @classmethod
    def from_json(cls, text: str | None) -> Layouts:
        """Raises `ValueError` for anything else than an extract of layouts."""
        return _unpacked(text) if text else cls()

    def to_json(self) -> str:
        return json.dumps({"schema": SCHEMA, "layouts": [one.to_json() for one in self.layouts]}, separators=(",", ":"))


@lru_cache(maxsize=4)
def _unpacked(text: str) -> Layouts:
    try:
        packed = json.loads(text)
        if packed["schema"] != SCHEMA:
            raise ValueError("this is no extract of layouts")
        return Layouts(tuple(Layout.from_json(one) for one in packed["layouts"]))
    except (KeyError, TypeError, AttributeError) as problem:
        message = f"this is no extract of layouts: {problem!r}"
        raise ValueError(message) from problem
