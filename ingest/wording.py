"""The letter's own words: which of its texts is the letter, HTML as plain text, pictures that a text shows, shared links."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import unquote

from lxml import etree

from ingest.encodings import storable, text_of
from ingest.mime import Part

MOST_CHARACTERS = 200_000
LINKS_TO = "The letter links to a file on"
"""How the remark on a shared link begins."""
_MOST_HTML = 1024 * 1024
_CUT_SHORT = "\n[The letter goes on. It is kept whole as it came.]"

_BLOCKS = frozenset(
    {"address", "blockquote", "br", "dd", "div", "dl", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p"}
    | {"pre", "table", "td", "th", "tr", "ul"}
)
_UNSEEN = frozenset({"head", "script", "style", "title", "noscript", "template"})
_SHOWN_PICTURE = re.compile(r"cid:([^\"'\s>)]{1,500})", re.IGNORECASE)
_LINK = re.compile(r"https?://([a-z0-9.-]{3,253})", re.IGNORECASE)
_SHARES = {
    "1drv.ms": "OneDrive",
    "onedrive.live.com": "OneDrive",
    "sharepoint.com": "OneDrive or SharePoint",
    "drive.google.com": "Google Drive",
    "docs.google.com": "Google Drive",
    "dropbox.com": "Dropbox",
    "icloud.com": "iCloud",
    "wetransfer.com": "WeTransfer",
    "we.tl": "WeTransfer",
    "box.com": "Box",
}


@dataclass(frozen=True, slots=True)
class Wording:
    """A text of the letter, decoded. `part` is None for one that was found inside another part."""

    text: str
    part: Part
    html: bool


def words_of(wordings: Iterable[Wording]) -> str:
    """The letter as plain text: of each set of alternatives the plain one, unless it is empty."""
    chosen: dict[str, Wording] = {}
    for one in wordings:
        alternatives = [path for path, kind in one.part.within if kind == "multipart/alternative"]
        place = alternatives[-1] if alternatives else f"part {one.part.path}"
        held = chosen.get(place)
        if held is None or (not held.text.strip() and one.text.strip()) or (held.html and not one.html and one.text.strip()):
            chosen[place] = one
    room = _MOST_HTML
    texts: list[str] = []
    for one in chosen.values():
        texts.append((plain_text(one.text[:room]) if one.html else one.text).strip("\r\n"))
        room -= len(one.text) if one.html else 0
    whole = "\n\n".join(text for text in texts if text.strip()).replace("\r\n", "\n")
    return storable(whole if len(whole) <= MOST_CHARACTERS else whole[:MOST_CHARACTERS] + _CUT_SHORT)


def wording_of(part: Part, content: bytes, *, html: bool) -> tuple[Wording, bool]:
    """A text part decoded, and whether its characters are sure."""
    text, sure = text_of(content, part.kind.parameters.get("charset"))
    return Wording(text, part, html), sure


def plain_text(html: str) -> str:
    """HTML without its markup: one line per block, nothing that a reader would not see. Never raises."""
    parser = etree.HTMLParser(recover=True, remove_comments=True, remove_pis=True, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(html[:_MOST_HTML].encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    # Nested more deeply than the parser goes, it gives up with nothing; then the text between the tags must do.
    text = "" if root is None else _text_within(root)
    return text or re.sub(r"\s*<[^<>]*>\s*", " ", html[:_MOST_HTML]).strip()


def _text_within(root: etree._Element) -> str:
    pieces: list[str] = []
    hidden = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        name = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            hidden += name in _UNSEEN
            pieces += ["\n" if name in _BLOCKS else "", "" if hidden else _spaced(element.text)]
        else:
            hidden -= name in _UNSEEN
            pieces += ["\n" if name in _BLOCKS and name != "br" else "", "" if hidden else _spaced(element.tail)]
    lines = ("".join(pieces)).split("\n")
    return re.sub(r"\n{3,}", "\n\n", "\n".join(" ".join(line.split()) for line in lines)).strip()


def _spaced(text: str | None) -> str:
    return re.sub(r"\s+", " ", text) if text else ""


def shown_pictures(wordings: Iterable[Wording]) -> frozenset[str]:
    """Content-IDs of the pictures that the letter's HTML shows in place, in lower case."""
    return frozenset(
        unquote(match).lower() for one in wordings if one.html for match in _SHOWN_PICTURE.findall(one.text[:_MOST_HTML])
    )


def shared_links(wordings: Iterable[Wording]) -> list[str]:
    """Remarks on links to shared files, which arrive instead of the file. They are never followed."""
    places: dict[str, None] = {}
    for one in wordings:
        for host in _LINK.findall(one.text[:_MOST_HTML]):
            known = next((name for end, name in _SHARES.items() if _within(host.lower(), end)), None)
            if known:
                places[known] = None
    return [f"{LINKS_TO} {place}. Links are not followed here. Please ask for the form as an attachment." for place in places]


def _within(host: str, domain: str) -> bool:
    return host == domain or host.endswith("." + domain)
