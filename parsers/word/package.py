"""Opening a Word file: its main document, its other parts and their relations. What the parts say is read elsewhere.

Relations are followed from the package's own; those that dangle lead nowhere, as Word forgives them.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from lxml import etree

from parsers import zipped
from parsers.forms import NotReadable
from parsers.word.gate import Entries, entries, parsed
from parsers.word.names import W, local, transitional

NO_DOCUMENT = "The file has no Word document in it."
_OTHER_PAPERS = {"workbook": "a spreadsheet", "presentation": "a presentation"}
_PACKAGE = ""
MOST_RELATIONS = 5_000
"""Of one part."""


@dataclass(frozen=True, slots=True)
class Relation:
    """A tie from one part to another. `target` is a part's name, or an address outside the file."""

    kind: str
    target: str
    external: bool


@dataclass(frozen=True)
class Package:
    """An opened Word file. Part names have no leading slash; the relations of "" are the package's own."""

    main: str
    parts: Mapping[str, bytes]
    relations: Mapping[str, Mapping[str, Relation]]
    warnings: tuple[str, ...] = field(default=())

    def root(self, part: str, cut: Callable[[bytes], bytes] = bytes) -> etree._Element:
        """The root of an XML part, in transitional names. `cut` takes out what nobody needs. Raises `NotReadable`."""
        content = self.parts.get(part)
        if content is None:
            raise NotReadable(NO_DOCUMENT)
        return parsed(cut(transitional(content)))

    def ties(self, part: str) -> Mapping[str, Relation]:
        return self.relations.get(part, {})

    def related(self, part: str, kind: str) -> str | None:
        """The first part of a kind that a part points at."""
        for tie in self.ties(part).values():
            if tie.kind == kind and not tie.external and tie.target in self.parts:
                return tie.target
        return None


def open_package(data: bytes) -> Package:
    """Raises `NotReadable` for what is no Word file or is not safe to open."""
    gated = entries(data)
    parts, relations = _opened(gated)
    main = _main_of(parts, relations)
    return Package(main, parts, relations, _warnings(parts, relations))


_Opened = tuple[dict[str, bytes], dict[str, dict[str, Relation]]]


def _opened(gated: Entries) -> _Opened:
    parts: dict[str, bytes] = {}
    relations: dict[str, dict[str, Relation]] = {_PACKAGE: _ties(gated, _PACKAGE)}
    waiting = [tie.target for tie in relations[_PACKAGE].values() if not tie.external]
    waiting.append("word/document.xml")
    while waiting:
        name = waiting.pop()
        if name in parts or not gated.holds(name):
            continue
        try:
            parts[name] = gated.content(name, limit=_limit(name))
        except NotReadable:
            if name.endswith("document.xml"):
                raise
            continue
        relations[name] = _ties(gated, name)
        waiting.extend(tie.target for tie in relations[name].values() if not tie.external)
    return parts, relations


def _limit(name: str) -> int:
    return 20 * 1024 * 1024 if name.casefold().endswith(".xml") else 100 * 1024 * 1024


def _ties(gated: Entries, part: str) -> dict[str, Relation]:
    folder, _, name = part.rpartition("/")
    listed = posixpath.join(folder, "_rels", name + ".rels")
    if not gated.holds(listed):
        return {}
    found: dict[str, Relation] = {}
    for tie in _related(gated.content(listed)):
        external = tie.get("TargetMode") == "External"
        target = tie.get("Target") or ""
        if not external:
            target = posixpath.normpath(posixpath.join("/" + folder, target)).lstrip("/")
        found[tie.get("Id") or ""] = Relation(_kind(tie.get("Type") or ""), target, external)
    return found


def _related(content: bytes) -> etree._Element:
    root = parsed(content)
    if len(root) > MOST_RELATIONS:
        raise NotReadable(zipped.CROWDED)
    return root


def _kind(address: str) -> str:
    return address.rpartition("/")[2]


def _main_of(parts: Mapping[str, bytes], relations: Mapping[str, Mapping[str, Relation]]) -> str:
    named = [tie.target for tie in relations.get(_PACKAGE, {}).values() if tie.kind == "officeDocument" and not tie.external]
    for name in (*named, "word/document.xml"):
        if name in parts:
            return name
    raise NotReadable(NO_DOCUMENT)


def body_of(package: Package) -> etree._Element:
    """The body of the main document. Raises `NotReadable` where the package holds another kind of paper."""
    root = package.root(package.main)
    body = root.find(W + "body")
    if body is None:
        other = _OTHER_PAPERS.get(local(root))
        raise NotReadable(f"This is {other}, not a Word document." if other else NO_DOCUMENT)
    return body


def _warnings(parts: Mapping[str, bytes], relations: Mapping[str, Mapping[str, Relation]]) -> tuple[str, ...]:
    ties = [tie for some in relations.values() for tie in some.values()]
    kinds = {tie.kind for tie in ties if not tie.external}
    outside = {tie.kind for tie in ties if tie.external} - {"hyperlink"}
    found = []
    if "vbaProject" in kinds or any(name.casefold().endswith("vbaproject.bin") for name in parts):
        found.append("The file holds macros. They were ignored.")
    if outside:
        found.append("The file points to something outside itself, which was not followed.")
    if kinds & {"oleObject", "package"}:
        found.append("The file holds another file inside, which was not opened.")
    if "control" in kinds:
        found.append("The file holds ActiveX controls, which were not read.")
    return tuple(found)
