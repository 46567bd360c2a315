"""The OpenDocument reader: bytes of an .odt to the same sheet, HTML and pictures that a Word file gives."""

from __future__ import annotations

from lxml import etree

from parsers.forms import NotReadable
from parsers.odt.inputs import form_controls
from parsers.odt.names import OFFICE, STYLE, TABLE, TEXT, XML_ID
from parsers.odt.styles import OdtStyles, page
from parsers.odt.text import Changes
from parsers.odt.walk import OdtWalk
from parsers.tokens import Sheet
from parsers.word import WordPaper
from parsers.word.accessible import written
from parsers.word.finish import with_stored_dates
from parsers.word.flow import Flow, Places, Story, paragraphs_of, says_something
from parsers.word.gate import DEEP, Entries, entries, parsed
from parsers.word.geometry import laid_out
from parsers.word.names import local
from parsers.word.symbols import Glyphs
from parsers.zipped import LOCKED

NO_DOCUMENT = "The file has no OpenDocument text in it."
_OTHER_PAPERS = {"spreadsheet": "a spreadsheet", "presentation": "a presentation", "drawing": "a drawing"}
_EDGES = {"header": ("header-first", "header"), "footer": ("footer-first", "footer")}


def read(data: bytes, *, shown: bool = True) -> WordPaper:
    """The paper in an .odt file, with its HTML if it is to be shown. Raises `NotReadable` with the reason, and nothing else."""
    flow = flow_of(data)
    return WordPaper(laid_out(flow), written(flow) if shown else "", flow.pictures)


def read_sheet(data: bytes) -> Sheet:
    """The sheet alone. Raises `NotReadable`."""
    return laid_out(flow_of(data))


def flow_of(data: bytes) -> Flow:
    """The flow of an .odt file. Raises `NotReadable`."""
    package = entries(data)
    if package.holds("META-INF/manifest.xml") and b"encryption-data" in package.content("META-INF/manifest.xml"):
        raise NotReadable(LOCKED)
    if not package.holds("content.xml"):
        raise NotReadable(NO_DOCUMENT)
    written_content = package.content("content.xml")
    content = parsed(written_content)
    try:
        return _flow(package, content, Glyphs(written_content.decode("utf-8", errors="ignore")))
    except RecursionError as trouble:
        raise NotReadable(DEEP) from trouble


def _flow(package: Entries, content: etree._Element, glyphs: Glyphs) -> Flow:
    body = _body(content)
    common = _common(package)
    roots = [content] if common is None else [content, common]
    walk = OdtWalk(package, OdtStyles(*roots), glyphs, form_controls(body), _changes(body))
    for folder, warning in (("basic/", "macros"), ("scripts/", "macros")):
        if any(name.startswith(folder) for name in package.names):
            walk.warnings[f"The file holds {warning}. They were ignored."] = None
    stories: list[Story] = []
    if common is not None:
        stories = _edges(common, body, walk, "header")
    stories.append(Story("body", "", walk.blocks(body)))
    if common is not None:
        stories.extend(_edges(common, body, walk, "footer"))
    width, margin, text_width = page(common) if common is not None else (595.3, 72.0, 451.3)
    return Flow(
        source="odt",
        stories=tuple(stories),
        inputs=with_stored_dates(walk.inputs, walk.dates, stories),
        pictures=tuple(walk.pictures.values()),
        width=width,
        margin=margin,
        text_width=text_width,
        tab=walk.styles.tab(),
        warnings=tuple(walk.warnings),
    )


def _body(content: etree._Element) -> etree._Element:
    body = content.find(f"{OFFICE}body/{OFFICE}text")
    if body is not None:
        return body
    for other in content.iterfind(f"{OFFICE}body/*"):
        if local(other) in _OTHER_PAPERS:
            message = f"This is {_OTHER_PAPERS[local(other)]}, not a text document."
            raise NotReadable(message)
    raise NotReadable(NO_DOCUMENT)


def _common(package: Entries) -> etree._Element | None:
    """The root of styles.xml; a paper whose styles are damaged is still read."""
    if not package.holds("styles.xml"):
        return None
    try:
        return parsed(package.content("styles.xml"))
    except NotReadable:
        return None


def _changes(body: etree._Element) -> Changes:
    changes = Changes()
    for region in body.iterfind(f"{TEXT}tracked-changes/{TEXT}changed-region"):
        key = region.get(TEXT + "id") or region.get(XML_ID) or ""
        if region.find(TEXT + "insertion") is not None:
            changes.inserted.add(key)
        deletion = region.find(TEXT + "deletion")
        if deletion is not None:
            gone = ("".join(str(text) for text in part.itertext()) for part in deletion if part.tag != OFFICE + "change-info")
            changes.removed[key] = " ".join(gone)
    return changes


def _master(common: etree._Element, walk: OdtWalk, body: etree._Element) -> etree._Element | None:
    masters = common.findall(f"{OFFICE}master-styles/{STYLE}master-page")
    first = next(body.iter(TEXT + "p", TEXT + "h", TABLE + "table"), None)
    wanted = "" if first is None else walk.styles.master(first)
    for name in (wanted, "Standard"):
        for master in masters:
            if name and master.get(STYLE + "name") == name:
                return master
    return masters[0] if masters else None


def _edges(common: etree._Element, body: etree._Element, walk: OdtWalk, kind: str) -> list[Story]:
    """Headers or footers of the page that the paper begins with; the styles of their own part go first there."""
    master = _master(common, walk, body)
    stories: list[Story] = []
    body_styles, body_places = walk.styles, walk.places
    walk.styles = OdtStyles(common)
    for name in _EDGES[kind]:
        element = None if master is None else master.find(STYLE + name)
        if element is None or element.get(STYLE + "display") == "false":
            continue
        walk.place = body_places.next_story(kind)
        walk.places = Places(prefix=f"{walk.place}, ")
        story = Story(kind, walk.place, walk.blocks(element))
        walk.place, walk.open_fields = "", []
        if any(says_something(paragraph.pieces) for paragraph in paragraphs_of(story.blocks)):
            stories.append(story)
    walk.styles, walk.places = body_styles, body_places
    return stories
