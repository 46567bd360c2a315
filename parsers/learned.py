"""What earlier papers of a layout have taught: which label asks for which field. Places are learnt, never anybody's values.

The extract of learnt layouts comes as JSON with each document, so that reading needs no database:
`{"schema": "mailroom.layouts/1", "layouts": [{"id", "kind", "signature": [...], "anchors": {field: {"label", "agreements"}}}]}`
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from parsers.forms import FIELD_TYPES

SCHEMA = "mailroom.layouts/1"
_ALIKE = 0.85
"""The least share of common labels for two designs to be one layout with small differences."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """The label, evened out, behind which a field stands; and how many accepted papers agree."""

    key: str
    label: str
    agreements: int = 1

    def __post_init__(self) -> None:
        if self.key not in FIELD_TYPES:
            message = f"no such field: {self.key}"
            raise ValueError(message)


@dataclass(frozen=True, slots=True)
class Layout:
    """One design of a form and its anchors."""

    id: str
    kind: str
    signature: frozenset[str]
    anchors: tuple[Anchor, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "kind": self.kind,
            "signature": sorted(self.signature),
            "anchors": {one.key: {"label": one.label, "agreements": one.agreements} for one in self.anchors},
        }


@dataclass(frozen=True)
class Layouts:
    """Every layout that reading may use."""

    layouts: tuple[Layout, ...] = field(default=())

    @classmethod
    def from_json(cls, text: str | None) -> Layouts:
        """Raises `KeyError`, `TypeError` or `ValueError` for anything else than an extract of layouts."""
        if not text:
            return cls()
        packed = json.loads(text)
        if packed["schema"] != SCHEMA:
            raise ValueError("this is no extract of layouts")
        return cls(tuple(_layout(one) for one in packed["layouts"]))

    def to_json(self) -> str:
        return json.dumps({"schema": SCHEMA, "layouts": [one.to_json() for one in self.layouts]}, ensure_ascii=False)

    def find(self, layout_id: str, kind: str, signature: frozenset[str]) -> Layout | None:
        """The layout of this id, else the one most alike of the same kind, if it is alike enough."""
        exact = next((one for one in self.layouts if one.id == layout_id), None)
        if exact is not None:
            return exact
        near = [(likeness(one.signature, signature), one) for one in self.layouts if one.kind == kind]
        share, best = max(near, key=lambda pair: pair[0], default=(0.0, None))
        return best if share >= _ALIKE else None


def _layout(packed: Mapping[str, Any]) -> Layout:
    anchors = tuple(Anchor(key, one["label"], int(one.get("agreements", 1))) for key, one in packed["anchors"].items())
    return Layout(str(packed["id"]), str(packed["kind"]), frozenset(packed["signature"]), anchors)


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of labels that two designs have in common."""
    return len(one & other) / len(one | other) if one | other else 0.0
