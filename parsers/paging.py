"""Numbers printed on pages ("Page 2 of 3"): in which order pages belong, and which are missing."""

from __future__ import annotations

import re

from parsers.tokens import Page, Sheet

_EDGE = 0.15
"""The share of a page's height, at its top and bottom, in which its number stands."""
_NUMBERED = re.compile(r"\bp(?:age|\.|g\.?)\s*(\d{1,2})\s*(?:of|/)\s*(\d{1,2})\b", re.IGNORECASE)


def missing_pages(sheet: Sheet) -> str | None:
    """Which pages a paper lacks by the numbers printed on those it has, in words; None where nothing tells of any."""
    numbers = [printed_number(sheet, page) for page in sheet.pages]
    found = {one[0] for one in numbers if one}
    wholes = {one[1] for one in numbers if one}
    if None in numbers or len(wholes) != 1:
        return None
    [whole] = wholes
    absent = [str(one) for one in range(1, whole + 1) if one not in found]
    if not absent:
        return None
    which = f"page {absent[0]} of {whole} is" if len(absent) == 1 else f"pages {', '.join(absent)} of {whole} are"
    return f"By the numbers printed on its pages, {which} missing."


def printed_number(sheet: Sheet, page: Page) -> tuple[int, int] | None:
    """The number printed at the edge of a page: "Page 2 of 3"."""
    tokens = [one for one in sheet.tokens if one.box.page == page.number]
    edge = [token.text for token in tokens if not _EDGE < token.box.middle / page.height < 1 - _EDGE]
    found = _NUMBERED.search(" ".join(edge))
    number, whole = (int(found[1]), int(found[2])) if found else (0, 0)
    return (number, whole) if 1 <= number <= whole else None
