"""The paper side of the review page: page pictures with boxes over them, or the HTML of a Word file with marked cells."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import nh3
from lxml import html as markup
from markupsafe import Markup

from records.blobs import Blobs
from records.models.post import Paper
from records.models.submissions import SubmissionValue

_TAGS = {
    "a", "b", "br", "div", "em", "h2", "h3", "h4", "h5", "h6", "i", "ins", "del", "li", "mark", "ol", "p", "s", "section", "span",
    "strong", "sub", "sup", "table", "tbody", "td", "th", "thead", "tr", "u", "ul",
}  # fmt: skip
_ATTRIBUTES = {
    "*": {"id", "class", "aria-label", "role"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
}


@dataclass(frozen=True, slots=True)
class Box:
    """A reading's place on a page picture, in points."""

    id: str
    key: str
    look: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Page:
    """A page picture with the boxes over it. `width` and `height` are points, as the boxes are."""

    number: int
    address: str
    pixels: tuple[int, int]
    width: float
    height: float
    boxes: tuple[Box, ...]
    name: str = ""
    """The picture that it was, where a paper was put together from several."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value's evidence can be seen: the id to go to (None where nothing shows it) and the place in words."""

    id: str | None
    words: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A paper as the page shows it: pictures, or HTML, or neither where only the original file can be looked at."""

    pages: tuple[Page, ...] = ()
    html: Markup | None = None
    places: Mapping[str, tuple[Place, ...]] | None = None

    def places_of(self, key: str) -> tuple[Place, ...]:
        return (self.places or {}).get(key, ())

    @property
    def shown(self) -> bool:
        return bool(self.pages or self.html)


def sheet_of(paper: Paper | None, values: Iterable[SubmissionValue], looks: Mapping[str, str], blobs: Blobs) -> Sheet:
    """The paper with the places of its values. `looks` says by key how a value's status looks."""
    if paper is None:
        return Sheet()
    parts = {(one.key, index): item for one in values for index, item in enumerate(one.evidence)}
    pages = tuple(
        _page(paper, number, sha256, scale, parts, looks, blobs)
        for number, sha256, scale in _pictures(paper)
        if blobs.exists(sha256)
    )
    shown = {box.id for page in pages for box in page.boxes}
    ids: set[str] = set()
    html = None
    if paper.html_sha256 and not pages and blobs.exists(paper.html_sha256):
        marks = {part_id(item["part"]): looks.get(key, "") for (key, _index), item in parts.items() if item.get("part")}
        html, ids = marked_html(blobs.read(paper.html_sha256).decode("utf-8", "replace"), marks)
    places: dict[str, tuple[Place, ...]] = {}
    for (key, index), item in parts.items():
        places[key] = (*places.get(key, ()), _place(key, index, item, shown, ids))
    return Sheet(pages, html, places)


def part_id(part: str) -> str:
    """The id that the HTML of a paper gives to an evidence part: "table 1, row 3" → "part-table-1-row-3".

    The readers write these ids by the same rule; a test compares the two.
    """
    words = "".join(character if character.isalnum() else " " for character in part.casefold()).split()
    return "part-" + "-".join(words)


def marked_html(written: str, marks: Mapping[str, str]) -> tuple[Markup, set[str]]:
    """The HTML of a paper made safe once more, with the cells that readings came from marked, and the ids it has.

    The readers write it safely already; it is cleaned here because it began as a stranger's file.
    """
    clean = nh3.clean(
        written,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        attribute_filter=_attribute,
        clean_content_tags={"script", "style"},
        url_schemes=set(),
        link_rel=None,
    )
    root = markup.fragment_fromstring(clean, create_parent="div")
    ids = set()
    for element in root.iter():
        name = element.get("id")
        if name is None:
            continue
        ids.add(name)
        if name in marks:
            look = marks[name]
            element.set("class", f"{element.get('class', '')} mr-evidence mr-evidence--{look}".strip())
    # nh3 and lxml have escaped every text and attribute in it.
    return Markup("".join(markup.tostring(child, encoding="unicode") for child in root) or (root.text or "")), ids  # noqa: S704


def png_size(content: bytes) -> tuple[int, int]:
    """Width and height in pixels, from the header. (0, 0) for what is no PNG."""
    if content[:8] != b"\x89PNG\r\n\x1a\n" or len(content) < 24:
        return 0, 0
    width, height = struct.unpack(">II", content[16:24])
    return int(width), int(height)


def _attribute(tag: str, name: str, value: str) -> str | None:  # noqa: ARG001 - the sanitiser hands in three
    if name == "id":
        return value if value.startswith("part-") else None
    if name == "role":
        return value if value == "img" else None
    if name == "class":
        return " ".join(word for word in value.split() if word.startswith("paper")) or None
    return value


def _pictures(paper: Paper) -> list[tuple[int, str, int]]:
    return [(image.page, image.blob_sha256, image.scale) for image in paper.images]


def _page(
    paper: Paper,
    number: int,
    sha256: str,
    scale: int,
    parts: Mapping[tuple[str, int], Mapping[str, object]],
    looks: Mapping[str, str],
    blobs: Blobs,
) -> Page:
    pixels = png_size(blobs.read(sha256))
    factor = 100 / scale if scale else 1
    boxes = []
    for (key, index), item in parts.items():
        bbox = item.get("bbox")
        if item.get("page") == number and isinstance(bbox, list) and len(bbox) == 4:
            left, top, right, bottom = (float(edge) for edge in bbox)
            # A little air around the words, so that the frame does not cross them.
            air = 2.0
            width, height = max(right - left, 1) + 2 * air, max(bottom - top, 1) + 2 * air
            boxes.append(Box(f"ev-{key}-{index}", key, looks.get(key, ""), left - air, top - air, width, height))
    address = f"/papers/{paper.id}/pages/{number}"
    return Page(number, address, pixels, pixels[0] * factor, pixels[1] * factor, tuple(boxes), _name(paper, number))


def _name(paper: Paper, number: int) -> str:
    if len(paper.parts) < 2:
        return ""
    place = [image.page for image in paper.images].index(number)
    return paper.parts[place].attachment.name if place < len(paper.parts) else ""


def _place(key: str, index: int, item: Mapping[str, object], shown: set[str], ids: set[str]) -> Place:
    box, part = f"ev-{key}-{index}", item.get("part")
    if box in shown:
        return Place(box, f"page {item.get('page')}")
    if isinstance(part, str) and part:
        name = part_id(part)
        return Place(name if name in ids else None, part)
    page = item.get("page")
    return Place(None, f"page {page}" if page else "")
