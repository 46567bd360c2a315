"""Ways to look at a sheet in a test."""

from parsers.tokens import Sheet, Token


def said(sheet: Sheet) -> str:
    """What the paper says: no deleted text, no prompts."""
    words: list[str] = []
    for token in sheet.tokens:
        if not token.deleted and not token.placeholder:
            words.append(token.text if token.glued and words else " " + token.text)
    return "".join(words).strip()


def in_place(sheet: Sheet, place: str) -> str:
    """What stands in one place."""
    return " ".join(token.text for token in sheet.tokens if token.place == place and not token.deleted)


def token(sheet: Sheet, text: str) -> Token:
    """The only token with this text."""
    found = [one for one in sheet.tokens if one.text == text]
    assert len(found) == 1, f"{text!r} stands {len(found)} times"
    return found[0]


def ticks(sheet: Sheet) -> list[bool | None]:
    return [mark.ticked for mark in sheet.marks]
