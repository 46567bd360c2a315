"""What is known of every value that was found, and what speaks against it: of this its status is made (`confidence`)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from parsers.candidates import Finding, differs
from parsers.confidence import Features
from parsers.contradictions import contradictions
from parsers.forms import FIELD_TYPES, Status, ValueType
from parsers.inputs import named_otherwise
from parsers.labels.words import meaning, words_of
from parsers.layout.blocks import Item
from parsers.layout.mapping import Found, Mapped
from parsers.recall.reading import TAUGHT
from parsers.signatories import nobodys_address, signing_doubt
from parsers.strangers import SEVERAL, of_several
from parsers.suspicions import suspicions
from parsers.tokens import MISREAD, Sheet, Token
from parsers.turned import turned
from parsers.unasked import UNASKED, is_unasked
from parsers.written import Written
from parsers.written.dates import MONTH_FIRST, could_be_month_first

_WHOLE = frozenset({ValueType.CHOICE, ValueType.YES_NO})
_DISPUTED = "two readings of the picture differ here"
_SHORT_TEXT = 12
"""Words; a shorter text is read like any value."""
_SMALL_L = re.compile(r"\bl(?=[a-z])")
_QUALIFIED = re.compile(
    r"\b(subject to|but|except|apart from|with (some )?(concerns?|reservations?|conditions?)|provided|pending|however|unless)\b",
    re.IGNORECASE,
)
_CORRECTED = "it was corrected on the paper"


def features_of(finding: Finding, sheet: Sheet) -> dict[str, Features]:
    """What is known of every value that was found, by field: what its status is made of."""
    against = month_first(finding.best) | contradictions({key: one.value for key, one in finding.best.items()})
    filled = {key: one for key, one in finding.best.items() if one.written is not None}
    alone = {key: _features(one, finding, sheet, against.get(key)) for key, one in filled.items()}
    if of_several(finding.mapped.found.get("ect_name", ())):
        alone = {key: replace(one, doubts=(*one.doubts, SEVERAL)) for key, one in alone.items()}
    doubted, others = sum(bool(one.doubts) for one in alone.values()), max(1, len(alone) - 1)
    return {key: replace(one, doubted=(doubted - bool(one.doubts)) / others) for key, one in alone.items()}


def month_first(best: Mapping[str, Found]) -> dict[str, str]:
    """Dates in figures beside one that only makes sense with the month first: who wrote that one may have written all so."""
    if not any(one.written is not None and one.written.doubt == MONTH_FIRST for one in best.values()):
        return {}
    why = "another date on the paper has the month first"
    return {key: why for key, one in best.items() if FIELD_TYPES[key] is ValueType.DATE and could_be_month_first(one.raw)}


def _features(one: Found, finding: Finding, sheet: Sheet, against: str | None) -> Features:
    one = with_capital_i(one, sheet)
    return Features(
        how=one.how, label=one.label, kind=FIELD_TYPES[one.key],
        input=any(isinstance(item, Token) and item.field is not None for item in one.items),
        sight=_sight(one), marked=one.marked, read_off=_read_off(one.items, sheet), seconded=_seconded(one.items),
        form_sure=finding.verdict.status is Status.CLEAR, rival=_has_rival(one, finding), source=sheet.source,
        doubts=(*_doubts(one, finding.mapped, against), *_cut(one, finding), *_misplaced(one, finding)),
    )  # fmt: skip


def _has_rival(one: Found, finding: Finding) -> bool:
    """Whether another place of the paper gives another value, however weakly."""
    others = finding.mapped.found.get(one.key, ())
    return any(other.written is not None and differs(other, one) for other in others)


def with_capital_i(one: Found, sheet: Sheet) -> Found:
    """A name off a picture with its capital I where both engines saw a small l: in many types they are one shape."""
    if FIELD_TYPES[one.key] is not ValueType.NAME or not isinstance(one.value, str) or not _read_off(one.items, sheet):
        return one
    name = _SMALL_L.sub("I", one.value) if any(part[0].isupper() for part in one.value.split()) else one.value
    return one if name == one.value else replace(one, written=Written(name, "a capital I and a small l look alike"))


def _doubts(one: Found, mapped: Mapped, against: str | None) -> Iterable[str]:
    yield from one.doubts
    if one.written is not None and one.written.doubt:
        yield one.written.doubt
    if any(isinstance(item, Token) and item.order in mapped.paper.corrected for item in one.items) and not one.how.startswith(
        "text"
    ):
        yield _CORRECTED
    if one.key == "judgement" and one.value in {"unsatisfactory", "extension"}:
        yield "an outcome other than satisfactory is always looked at by a person"
    if against:
        yield against
    text = FIELD_TYPES[one.key] is ValueType.TEXT
    # A word misread among a hundred does not make a text wrong; how sure its words are on the whole counts.
    graver = {"", MISREAD} if text else {""}
    yield from (item.doubt for item in one.items if isinstance(item, Token) and item.doubt not in graver)
    if not text and _seconded(one.items) is False:
        yield _DISPUTED
    if one.marked == "typed" and _QUALIFIED.search(one.raw):
        yield "what was written says so only in part"
    yield from suspicions(one, taught=one.how == TAUGHT)
    if one.how != TAUGHT:
        yield from named_otherwise(one, mapped.paper.sheet.fields)


def _cut(one: Found, finding: Finding) -> Iterable[str]:
    """What tells that a value goes on where its place ends."""
    if FIELD_TYPES[one.key] is ValueType.TEXT:
        if finding.left.follow_over_page(one):
            yield "it may go on over the page"
    elif FIELD_TYPES[one.key] not in _WHOLE and one.how != TAUGHT and finding.left.follow(one):
        yield "more words stand right behind it"


def _misplaced(one: Found, finding: Finding) -> Iterable[str]:
    """What speaks for another field or another label, unless earlier papers have taught the place."""
    if one.how == TAUGHT:
        return
    if one.key == "days_absent" and _asks_for_all(one.heading):
        yield "it may be the absence of the whole induction"
    yield from turned(one)
    stays = finding.best.get("remaining_at_school")
    leaves = stays is not None and stays.value is False
    if FIELD_TYPES[one.key] is ValueType.TEXT and _asked_again(one, finding.mapped):
        yield "the same label stands more than once on this paper"
    if is_unasked(one.key, finding.verdict.kind, finding.mapped.found, leaves=leaves):
        yield UNASKED
    if one.items and {item.order for item in one.items} & finding.office:
        yield "it stands in the part that the office fills in"
    for reason in (finding.left.against(FIELD_TYPES[one.key]), signing_doubt(one, finding), nobodys_address(one, finding.best)):
        if reason:
            yield reason


def _asked_again(one: Found, mapped: Mapped) -> bool:
    """Whether the words that head a text stand somewhere else too, as in blocks for several targets."""
    head = words_of(one.heading)
    short = (words_of(block.text) for block in mapped.paper.blocks if 0 < len(block.tokens) <= len(head) + 2)
    return len(head) > 1 and sum(words == head for words in short) > 1


def _asks_for_all(heading: str) -> bool:
    """Whether a label asks for a total and does not say of which time."""
    ideas = meaning(heading).ideas
    return "total" in ideas and not ideas & {"period", "term", "assessment"}


def _seconded(items: tuple[Item, ...]) -> bool | None:
    """Whether two engines read all of it alike; None where only one looked at some of it."""
    read = [item.seconded for item in items if isinstance(item, Token) and any(map(str.isalnum, item.text))]
    return False if False in read else True if read and all(read) else None


def _sight(one: Found) -> float:
    """The confidence of the least sure word; of a long text, that of its words on the whole."""
    if FIELD_TYPES[one.key] is not ValueType.TEXT or len(one.items) < _SHORT_TEXT:
        return min((item.confidence for item in one.items), default=1.0)
    return sum(item.confidence for item in one.items) / len(one.items)


def _read_off(items: tuple[Item, ...], sheet: Sheet) -> bool:
    """Whether any of it stands on a page whose text came from a picture, and not in an input of the file."""
    pictures = {page.number for page in sheet.pages if page.source == "ocr"}
    return any(item.box.page in pictures and item.field is None for item in items)
