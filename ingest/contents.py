"""From the bytes of a message to the list of everything in it, with what was decided about each and why. No rows, no session.

Every leaf is listed: parts, letters inside letters, files inside archives. The bytes of each are kept before it is listed.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field

from ingest.containers import ENCRYPTED_LETTER, OUTLOOK_LETTER, TOO_LARGE, Entry, is_litter, zip_entries
from ingest.encodings import Decoded, storable, text_of, uuencoded
from ingest.headers import Headers, addresses, words
from ingest.mime import OUTSIDE, TOO_DEEP, Allowance, Part, Walked, walk
from ingest.outlook import winmail_entries
from ingest.pictures import is_logo, is_one_page
from ingest.screening import Screened, Treatment, plain_name, screen
from ingest.sealed import signed_letter
from ingest.wording import Wording, shared_links, shown_pictures, wording_of, words_of
from parsers.filetypes import IMAGES, FileType
from records.blobs import Kept
from records.models.post import AttachmentDecision

EMPTY = "The letter is empty. Please ask for it to be sent again."
MOST_ARCHIVES = 3
"""Archives within archives."""

_LETTERS = frozenset({"message/rfc822", "message/global", "message/news"})
_LETTER_TEXTS = frozenset({"text/plain", "text/html"})
_READ_AS_TEXT = frozenset({FileType.TEXT, FileType.HTML, FileType.XML, FileType.EMPTY, FileType.UNKNOWN, FileType.EML})
_REPORTS = {
    "message/delivery-status": "Part of a mail server’s report on delivery.",
    "message/global-delivery-status": "Part of a mail server’s report on delivery.",
    "message/disposition-notification": "A notice that a letter was displayed.",
    "message/feedback-report": "A mail server’s report.",
    "text/rfc822-headers": "The headers of a letter that a mail server reports on.",
    "application/applefile": "What a Mac keeps beside a file. The file itself is listed by itself.",
    "application/pgp-signature": "An electronic signature of the letter.",
    "application/pgp-encrypted": "The cover of an encrypted letter.",
}
_ELSEWHERE = {
    "message/partial": "This is one piece of a letter that was sent in pieces. Please ask for it to be sent whole.",
    "message/external-body": "The letter names a file that it does not carry. Please ask for it as an attachment.",
}


@dataclass(frozen=True, slots=True)
class Listed:
    """One thing found, as its row will say it. `problem` stands where a person must act before anybody can read it."""

    path: str
    parent: str | None
    name: str
    declared: str
    true_type: str
    size: int
    kept: Kept | None
    decision: AttachmentDecision
    reason: str
    problem: str | None = None
    picture: bool = False
    """Whether it is a single picture, which may be one page of a paper."""


@dataclass(frozen=True, slots=True)
class Contents:
    """A message taken apart. `digests` are those of its own leaves, for recognising the same letter by another road."""

    headers: Headers
    words: str
    listed: tuple[Listed, ...]
    digests: tuple[str, ...]
    remarks: tuple[str, ...] = ()


def take_apart(raw: bytes, keep: Callable[[bytes], Kept], allowance: Allowance | None = None) -> Contents:
    """List everything in a message. `keep` makes bytes safe; nothing but it can raise."""
    opening = _Opening(keep, allowance or Allowance())
    walked, spoken = opening.letter(raw, _Within("", None, 0, 0))
    own_words = words_of(spoken)
    remarks = [*opening.remarks, *shared_links(spoken)]
    return Contents(
        walked.headers, own_words, tuple(opening.listed), tuple(sorted(opening.digests)), tuple(dict.fromkeys(remarks))
    )


@dataclass(frozen=True, slots=True)
class _Within:
    """What a leaf lies in: the beginning of its path, the row of the container, and how deep that is."""

    path: str
    parent: str | None
    depth: int
    archives: int

    @property
    def outermost(self) -> bool:
        return self.parent is None

    def of(self, number: str) -> str:
        return f"{self.path} > {number}" if self.path else number

    def inside(self, path: str, *, archive: bool = False) -> _Within:
        return _Within(path, path, self.depth + 1, self.archives + archive)


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A leaf with its bytes, before anything is decided."""

    path: str
    within: _Within
    name: str
    declared: str
    content: bytes
    part: Part | None = None
    shown_in_text: bool = False
    remark: str | None = None

    @property
    def is_letter_text(self) -> bool:
        """A text without a name is the letter itself, not something sent along."""
        if self.part is None or self.declared not in _LETTER_TEXTS or self.name:
            return False
        return self.part.disposition.main != "attachment" and self.part.was_looked_into


@dataclass
class _Opening:
    """The list while it grows. Recursion goes as deep as the allowance says and no deeper."""

    keep: Callable[[bytes], Kept]
    allowance: Allowance
    listed: list[Listed] = field(default_factory=list)
    digests: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def letter(self, raw: bytes, within: _Within) -> tuple[Walked, list[Wording]]:
        """List a letter's parts. Returns its headers and the texts that are its own words."""
        walked = walk(raw, self.allowance, within.depth)
        self.remarks += walked.remarks
        if walked.headers.shortened:
            self.remarks.append("The headers of the letter are unusually long. Only their beginning was looked at.")
        leaves: list[_Leaf] = []
        for part in walked.parts:
            leaves += self._leaves(part, within)
        spoken = [self._wording(leaf) for leaf in leaves if leaf.is_letter_text and leaf.part]
        pictures = shown_pictures(spoken)
        for leaf in leaves:
            self._decide(leaf, shown=leaf.part is not None and _content_id(leaf.part) in pictures)
        return walked, spoken

    def _leaves(self, part: Part, within: _Within) -> list[_Leaf]:
        """A part decoded, and the files that stand uuencoded in a text."""
        path = within.of(part.path)
        if len(part.encoded) > self.allowance.content:
            self._list(
                _Leaf(path, within, part.name, part.declared, b"", part), AttachmentDecision.PAPER, "", problem=TOO_LARGE
            )
            return []
        decoded = part.decoded() if part.was_looked_into else Decoded(part.encoded)
        content, leaves = decoded.content, []
        if part.declared == "text/plain" and b"begin" in content:
            content, files = uuencoded(content, self.allowance.parts)
            self.allowance.parts -= len(files)
            leaves = [
                _Leaf(f"{path}.u{number}", within, words(file.name), "", file.content, remark=file.remark)
                for number, file in enumerate(files, start=1)
            ]
        self.allowance.content -= len(content) + sum(len(leaf.content) for leaf in leaves)
        if within.outermost:
            self.digests += [hashlib.sha256(one).hexdigest() for one in (content, *(leaf.content for leaf in leaves))]
        return [_Leaf(path, within, part.name, part.declared, content, part, remark=decoded.remark), *leaves]

    def _wording(self, leaf: _Leaf) -> Wording:
        assert leaf.part is not None
        wording, sure = wording_of(leaf.part, leaf.content, html=leaf.declared == "text/html")
        if not sure and leaf.within.outermost:
            self.remarks.append("The letter does not say how its characters are written, so a few may be wrong.")
        return wording

    def _decide(self, leaf: _Leaf, *, shown: bool) -> None:
        if leaf.remark:
            self.remarks.append(f"{_title(leaf)}: {leaf.remark}")
        if leaf.declared in _LETTERS:
            self._nested(leaf)
            return
        screened = screen(leaf.content, leaf.declared, leaf.name)
        if leaf.is_letter_text and screened.true_type in _READ_AS_TEXT:
            own = "The letter’s own words." if leaf.within.outermost else "The words of the letter inside."
            self._list(leaf, AttachmentDecision.BODY, own, screened)
        elif leaf.part is not None and not leaf.part.was_looked_into:
            self._unopened(leaf, screened)
        elif leaf.declared in _ELSEWHERE:
            self._list(leaf, AttachmentDecision.CONTAINER, "", screened, problem=_ELSEWHERE[leaf.declared])
        elif leaf.declared in _REPORTS:
            self._list(leaf, AttachmentDecision.SET_ASIDE, _REPORTS[leaf.declared], screened)
        elif is_litter(leaf.name):
            self._list(leaf, AttachmentDecision.SET_ASIDE, "What a computer keeps beside files; nobody sent it.", screened)
        elif shown and screened.true_type in IMAGES and is_logo(leaf.content):
            logo = "A small picture that the letter shows in its text, such as a logo."
            self._list(leaf, AttachmentDecision.SET_ASIDE, logo, screened)
        else:
            self._by_screening(leaf, screened)

    def _by_screening(self, leaf: _Leaf, screened: Screened) -> None:
        kind = screened.true_type
        if kind is FileType.EML and screened.treatment is Treatment.OPEN:
            self._nested(leaf)
        elif kind in {FileType.ZIP, FileType.TNEF}:
            self._archive(leaf, screened)
        elif kind is FileType.P7M:
            self._sealed(leaf, screened)
        elif kind is FileType.MSG:
            self._list(leaf, AttachmentDecision.CONTAINER, "", screened, problem=OUTLOOK_LETTER)
        elif screened.treatment is Treatment.REFUSE:
            self._list(leaf, AttachmentDecision.PAPER, "", screened, problem=screened.problem)
        elif screened.treatment is Treatment.SET_ASIDE:
            self._list(leaf, AttachmentDecision.SET_ASIDE, screened.problem or "", screened)
        else:
            self._list(leaf, AttachmentDecision.PAPER, "It may hold a form.", screened)

    def _unopened(self, leaf: _Leaf, screened: Screened) -> None:
        """A part that the walk did not look into."""
        if leaf.part is not None and leaf.part.remark == TOO_DEEP:
            self._list(leaf, AttachmentDecision.CONTAINER, "", screened, problem=TOO_DEEP)
        else:
            self._list(leaf, AttachmentDecision.SET_ASIDE, OUTSIDE, screened)

    def _sealed(self, leaf: _Leaf, screened: Screened) -> None:
        """A signed letter is opened like one inside; nobody can open an encrypted one."""
        inner = signed_letter(leaf.content)
        if inner is None:
            self._list(leaf, AttachmentDecision.CONTAINER, "", screened, problem=ENCRYPTED_LETTER)
        else:
            self._nested(leaf, inner)

    def _nested(self, leaf: _Leaf, raw: bytes | None = None) -> None:
        """A letter inside: its row is a container, and its parts follow."""
        if self.allowance.messages <= 0 or leaf.within.depth >= self.allowance.depth:
            self._list(leaf, AttachmentDecision.CONTAINER, "", problem=TOO_DEEP)
            return
        self.allowance.messages -= 1
        place = len(self.listed)
        walked, _spoken = self.letter(leaf.content if raw is None else raw, leaf.within.inside(leaf.path))
        sender = ", ".join(address for _, address in addresses(walked.headers.first("from"))[:3])
        reason = "A letter inside the letter. What it holds is listed below." + (f" It is from {sender}." if sender else "")
        name = leaf.name or walked.headers.text("subject") or "Forwarded letter"
        self._list(leaf, AttachmentDecision.CONTAINER, reason, name=name, place=place)

    def _archive(self, leaf: _Leaf, screened: Screened) -> None:
        if screened.treatment is not Treatment.OPEN:
            self._list(leaf, AttachmentDecision.CONTAINER, "", screened, problem=screened.problem)
            return
        if leaf.within.archives >= MOST_ARCHIVES or leaf.within.depth >= self.allowance.depth:
            self._list(leaf, AttachmentDecision.CONTAINER, "", screened, problem=TOO_DEEP)
            return
        entries = _entries(leaf, screened, self.allowance.content)
        what = "A package made by Outlook." if screened.true_type is FileType.TNEF else "An archive."
        held = "The files in it are listed below." if entries else "It holds no files."
        self._list(leaf, AttachmentDecision.CONTAINER, f"{what} {held}", screened)
        self._hold(entries, leaf.within.inside(leaf.path, archive=True))

    def _hold(self, entries: list[Entry], within: _Within) -> None:
        """List the files of a container; its own row stands already."""
        for number, entry in enumerate(entries, start=1):
            if self.allowance.parts <= 0:
                self.remarks.append("The archive holds more files than can be listed. The others are kept in it.")
                break
            self.allowance.parts -= 1
            self.allowance.content -= len(entry.content)
            inner = _Leaf(within.of(str(number)), within, storable(entry.name), "", entry.content)
            if entry.problem:
                self._list(inner, AttachmentDecision.PAPER, "", problem=entry.problem)
            else:
                self._decide(inner, shown=False)

    def _list(
        self,
        leaf: _Leaf,
        decision: AttachmentDecision,
        reason: str,
        screened: Screened | None = None,
        *,
        problem: str | None = None,
        name: str = "",
        place: int | None = None,
    ) -> None:
        """Keep the bytes and write the line. The words of the outermost letter stand on its row and need no blob."""
        own_words = decision is AttachmentDecision.BODY and leaf.within.outermost
        kept = self.keep(leaf.content) if leaf.content and not own_words else None
        warnings = screened.warnings if screened else ()
        told = [reason, leaf.remark or "", *warnings, _called_otherwise(leaf.name)]
        line = Listed(
            path=leaf.path,
            parent=leaf.within.parent,
            name=plain_name(name) if name else _title(leaf, decision),
            declared=storable(leaf.declared)[:200],
            true_type=screened.true_type.value if screened else "",
            size=len(leaf.content),
            kept=kept,
            decision=decision,
            reason=" ".join(words for words in told if words),
            problem=problem,
            picture=screened is not None and is_one_page(leaf.content, screened.true_type),
        )
        self.listed.insert(len(self.listed) if place is None else place, line)


def _entries(leaf: _Leaf, screened: Screened, room: int) -> list[Entry]:
    if screened.true_type is FileType.TNEF:
        return winmail_entries(leaf.content)
    return list(zip_entries(leaf.content, room))


def _title(leaf: _Leaf, decision: AttachmentDecision | None = None) -> str:
    """What people call a leaf: its name, or what it is and where."""
    if leaf.name:
        return plain_name(leaf.name)
    number = leaf.path.rpartition("> ")[2]
    return "Text of the letter" if decision is AttachmentDecision.BODY else f"Unnamed part {number}"


def _called_otherwise(name: str) -> str:
    """What the sender called it, where that cannot be shown as it is."""
    shown = plain_name(name) if name else ""
    if " ".join(name.split()) == shown:
        return ""
    visible = "".join(
        f"\\x{ord(one):02x}" if unicodedata.category(one) in {"Cc", "Cf", "Cs", "Zl", "Zp"} else one for one in name[:200]
    )
    return f"The sender called it “{visible}”."


def _content_id(part: Part) -> str:
    value = part.headers.first("content-id") or b""
    return text_of(value, None)[0].strip().strip("<>").strip().lower()
