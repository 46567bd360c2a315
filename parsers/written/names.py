"""Names of people as they are written on forms: titles, roles and remarks come off, the name stays as it is."""

from __future__ import annotations

import re

from parsers.wordlists import spaced

_TITLE = re.compile(
    r"^(?:(?:mr|mrs|ms|miss|mx|dr|prof|professor|rev|revd|reverend|sir|dame|fr|sr)\b\.?\s*(?:/\s*)?)+(?=\S)", re.IGNORECASE
)
_ROLE_WORDS = {
    *spaced("""
head headteacher head-teacher principal deputy assistant executive acting interim vice teacher tutor mentor
lead leader
"""),
    *spaced("""
coordinator co-ordinator ect nqt senco sendco director manager phase year subject key stage ks1 ks2 ks3 ks4
"""),
    *spaced("""
faculty department curriculum induction professional english maths mathematics science role dht aht slt hod ht
"""),
    *spaced("""
coach sbm officer administrator admin reception nursery governor chair observer early career newly qualified
"""),
}
_JOINTS = {"of", "for", "and", "the", "&", "in", "at", "to"}
_PARTICLES = {
    *spaced("""
van der den de la le du da das dos del della di al el bin binti ibn ap ab von zu zur ter ten af av y e i ul ur
""")
}
_NEVER = {
    *spaced("""
date signature signed name school please the this that these which and with from for not has have is was are
to of in on
"""),
    *spaced("""
click tap enter here choose number email yes no none n/a tbc period term days
"""),
}
_LETTERS = re.compile(r"[^\W\d_]")
_SPLIT = re.compile(r"\s*(?:,|;|/|\||\s[-–—]\s|\(|\[|\bemail\b|\be-mail\b)\s*", re.IGNORECASE)
NAMES_END = 60


_BEFORE_DAY = re.compile(
    r"(?:[\s,;:–-]*\b(?:on|dated?|signed|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?))*[\s,;:–-]*$",
    re.IGNORECASE,
)


def before_day(text: str) -> str:
    """What stands before a date without the words that lead to it: "Jo Park on Friday" is "Jo Park"."""
    return _BEFORE_DAY.sub("", text)


def plain_name(text: str) -> tuple[str, bool] | None:
    """The name without title, role and remark, and whether it looks like one; None for what cannot be a name."""
    text = " ".join(text.split()).strip(" :_.…")
    text = _TITLE.sub("", text)
    pieces = [piece for piece in _SPLIT.split(text) if piece]
    if not pieces or not _LETTERS.search(pieces[0]):
        return None
    name = _without_role(pieces[0].strip(" )]'\"-–"))
    if not name or any(character.isdigit() for character in name) or "@" in name or len(name) > NAMES_END:
        return None
    rest = pieces[1:]
    if (
        rest
        and len(name.split()) <= 3
        and " " not in rest[0].strip()
        and f"{pieces[0]}," in text
        and looks_like_name(rest[0])
        and not is_role(rest[0])
    ):
        return f"{name}, {rest[0]}", False  # "Smith, Jane": as written; a person says which is which.
    cut = pieces[0].strip(" )]'\"-–").split()[len(name.split()) :]
    certain = len(cut) != 1 and looks_like_name(name) and all(_is_remark(piece, text) for piece in rest)
    return name, certain


def looks_like_name(text: str) -> bool:
    """Whether every word could stand in a name: capital first, or a particle like "van"."""
    words = text.split()
    if not 1 <= len(words) <= 6:
        return False
    return all(_could_be_name(word) for word in words) and any(word[0].isupper() for word in words)


def is_role(text: str) -> bool:
    """Whether a text names a post ("Deputy Headteacher") and no person."""
    words = re.findall(r"[^\W_]+(?:-[^\W_]+)*", text.casefold())
    return bool(words) and any(word in _ROLE_WORDS for word in words) and words[0] not in _JOINTS


def _is_remark(piece: str, whole: str) -> bool:
    """A role, or a remark in brackets; a second capitalised word after a comma could be the first name."""
    return is_role(piece) or f"({piece}" in whole or piece.casefold().startswith("head of")


def _without_role(name: str) -> str:
    words = name.split()
    for index in range(2, len(words)):
        tail = words[index:]
        if tail[0].casefold() in _ROLE_WORDS and all(
            word.casefold() in _ROLE_WORDS | _JOINTS or index + 2 < len(words) for word in tail
        ):
            return " ".join(words[:index])
    return " ".join(words)


def _could_be_name(word: str) -> bool:
    lowered = word.casefold().strip(".,")
    if lowered in _PARTICLES:
        return True
    if lowered in _NEVER:
        return False
    letters = word.strip("'’.-")
    return bool(letters) and letters[0].isupper() and all(ch.isalpha() or ch in "'’.-`" for ch in letters)
