"""From a sheet to what stands in every place of the form: labels, choices, long texts and two-headed tables put together.

What is found here still has several candidates and no verdict: `parsers.confidence` says how sure each one is.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from parsers.forms import FIELD_TYPES, ValueType
from parsers.kinds import Title, find_titles
from parsers.labels import ASIDE, LEAD, Zone, person_of, resolve
from parsers.labels.words import meaning
from parsers.layout.blocks import Block, Item, Paper, cut_into_blocks, join, without
from parsers.layout.compose import Crossing, find_crossings
from parsers.layout.context import Context, find_context
from parsers.layout.entries import Entry
from parsers.layout.grids import Grids
from parsers.layout.heads import is_old
from parsers.layout.in_brackets import named_in
from parsers.layout.labels import find_entries
from parsers.layout.pairs import Pair, pair_up
from parsers.layout.people import person_at
from parsers.layout.slots import loose_entries
from parsers.layout.texts import UNSURE_ENDS, TextPlace, find_texts
from parsers.marks import Choice, Choices, find_choices
from parsers.tokens import Sheet
from parsers.written import Written, is_blank, read_value


@dataclass(frozen=True)
class Found:
    """One candidate for a field: what stands there, where, and how the place was found."""

    key: str
    written: Written | None
    raw: str
    items: tuple[Item, ...]
    how: str
    """The relation of label and value, or "text", "choice", "crossing", "joined"."""
    label: float
    score: float
    heading: str = ""
    doubts: tuple[str, ...] = ()
    fits: bool = True
    """False where something stands in the place that cannot be the field's value."""
    block: Block | None = None
    marked: str = ""
    """How we know which option was chosen."""

    @property
    def value(self) -> str | bool | None:
        return self.written.value if self.written is not None else None


@dataclass
class Mapped:
    """Everything found on one paper."""

    paper: Paper
    found: dict[str, list[Found]] = field(default_factory=dict)
    periods: dict[int, list[Found]] = field(default_factory=dict)
    """Candidates of tables with a column for each period, by the period's number."""
    choices: Choices = field(default_factory=Choices)
    signature: list[str] = field(default_factory=list)
    titles: list[Title] = field(default_factory=list)
    waiting: list[Found] = field(default_factory=list)
    """Start and end dates that do not say of what: the kind of form decides."""
    claimed: set[int] = field(default_factory=set)
    """The order numbers of everything whose part on the form is understood."""

    def orders(self) -> set[int]:
        """The order numbers of everything that is an option or a value."""
        values = {item.order for candidates in self.found.values() for one in candidates if one.written for item in one.items}
        return values | self.choices.taken

    def add(self, one: Found) -> None:
        self.found.setdefault(one.key, []).append(one)


def map_sheet(sheet: Sheet, paper: Paper | None = None) -> Mapped:
    """All places of a sheet that holds one paper. `paper` is the sheet cut into blocks, where somebody has done so already."""
    tolerant = sheet.source in {"scan", "photo"} or any(page.source == "ocr" for page in sheet.pages)
    whole = paper or cut_into_blocks(sheet)
    grids = Grids(whole)
    choices = find_choices(whole, grids, tolerant=tolerant)
    found = find_titles(whole, choices.taken)
    first = frozenset(one.block.number for one in found if one.strength >= 0.6 and one.block.cell is None and one.place < 4)
    texts = find_texts(whole, grids, choices.taken, tolerant=tolerant, titles=first)
    mapped = Mapped(whole, choices=choices, titles=found)
    named = {title.block.number for title in mapped.titles if title.strength >= 0.6 and title.block.cell is None}
    for choice in choices.choices:
        mapped.add(_of_choice(choice))
    for place in texts.places:
        mapped.add(_of_text(place))
    titles = {item.order for block in whole.blocks if block.number in named for item in block.items}
    heads = {item.order for block in whole.blocks if block.number in texts.headings for item in block.items}
    mapped.claimed |= texts.taken | choices.taken | titles | heads
    rest = without(whole, texts.taken | choices.taken | titles)
    _map_labels(rest, Grids(rest), texts.headings, mapped, tolerant=tolerant)
    mapped.signature += [place.heading for place in texts.places]
    return mapped


def _map_labels(paper: Paper, grids: Grids, headings: set[int], mapped: Mapped, *, tolerant: bool) -> None:
    context = find_context(paper, grids, headings, tolerant=tolerant)
    labelled: dict[int, list[Entry]] = {}
    for block in paper.blocks:
        if block.items:
            entries = find_entries(block, context.zone(block), tolerant=tolerant)
            if entries:
                labelled[block.number] = entries
    labelled |= loose_entries(paper, grids, labelled, context.zones)
    crossings = find_crossings(grids, labelled, context)
    for crossing in crossings.found:
        if crossing.key != ASIDE:
            _add_crossing(crossing, mapped)
    asked = _asked(paper, grids, labelled, crossings.heads, context)
    mapped.signature += [entry.text for entry, _ in asked if entry.label.strength >= 0.8]
    mapped.signature += [crossing.row_head.text for crossing in crossings.found]
    pairs = pair_up(paper, grids, asked, {n: e for n, e in labelled.items() if n not in crossings.heads})
    mapped.claimed |= {order for entries in labelled.values() for entry in entries for order in entry.orders}
    mapped.claimed |= {token.order for pair in (*pairs.settled, *pairs.unfit) for token in pair.tokens}
    mapped.claimed |= {item.order for crossing in crossings.found for item in (*crossing.tokens, *crossing.row_head.tokens)}
    mapped.claimed |= {item.order for block in paper.blocks if block.number in crossings.heads for item in block.items}
    for pair in pairs.settled:
        _add_pair(pair, mapped)
    for pair in pairs.empty:
        _add_empty(pair, mapped)
    for pair in pairs.unfit:
        _add_unfit(pair, mapped)
    _add_named(paper, mapped)


def _asked(
    paper: Paper, grids: Grids, labelled: dict[int, list[Entry]], heads: set[int], context: Context
) -> list[tuple[Entry, str]]:
    """Every label with the field it asks for, once its surroundings have completed it."""
    asked = []
    for block in paper.blocks:
        if block.number in heads:
            continue
        for entry in labelled.get(block.number, []):
            key = ASIDE if _of_the_past(block, grids) else _completed(entry, paper, grids, labelled, context)
            if key:
                asked.append((entry, key))
    asked = _with_totals(_without_old(asked))
    tutor = any(key == "induction_tutor_name" for _, key in asked)
    return [(entry, key if key != LEAD else ASIDE if tutor else "induction_tutor_name") for entry, key in asked]


def _without_old(asked: list[tuple[Entry, str]]) -> list[tuple[Entry, str]]:
    """Where a form asks for the same thing as it was and as it will be, what was is left aside: "Previous FTE | New FTE"."""
    renewed = {key for entry, key in asked if is_old(entry.text) is False}
    return [(entry, ASIDE if key in renewed and is_old(entry.text) else key) for entry, key in asked]


def _with_totals(asked: list[tuple[Entry, str]]) -> list[tuple[Entry, str]]:
    """Of two places for days absent, one of which names the period, the other one's "all" or "total" is of the whole induction."""
    days = [entry.label.ideas for entry, key in asked if key == "days_absent"]
    if not any(ideas & _PERIODS for ideas in days) or any(key == "days_absent_total" for _, key in asked):
        return asked
    return [
        (entry, "days_absent_total" if key == "days_absent" and "total" in ideas and not ideas & _PERIODS else key)
        for entry, key, ideas in ((entry, key, entry.label.ideas) for entry, key in asked)
    ]


def _of_the_past(block: Block, grids: Grids) -> bool:
    """Whether a cell heads a column of a table of earlier schools, whose dates and days are not this form's."""
    if block.cell is None or len(grids.row(block)) < _PAST_COLUMNS:
        return False
    heads = [meaning(one.text).ideas for one in grids.row(block) if 0 < len(one.tokens) <= 8]
    return any("former" in ideas and ideas & {"school", "body"} for ideas in heads)


def _completed(entry: Entry, paper: Paper, grids: Grids, labelled: dict[int, list[Entry]], context: Context) -> str | None:
    label = entry.label
    if label.key == ASIDE:
        return ASIDE
    if not label.waiting:
        return label.key
    zone = context.zone(entry.block)
    if label.key in {"<start>", "<end>"}:
        if entry.block.number in context.past:
            return ASIDE
        wider = resolve(label.ideas, zone, _beside(entry, grids, labelled) or context.section(entry.block))
        return wider.key if wider is not None and not wider.waiting and wider.key != ASIDE else label.key
    group = _beside(entry, grids, labelled)
    of_place = bool(group & {"school", "body", "next"}) and person_of(group) is None
    person = label.person or (None if of_place else person_at(entry, paper, grids, labelled, context))
    around = frozenset({person}) if person else group or context.section(entry.block)
    wider = resolve(label.ideas, zone, around)
    if label.key == "<sign>" and person in {"ect", "teacher", "tutor", "head"}:
        return {"teacher": "ect"}.get(person, person) + "_signed_name"
    if wider is not None and not wider.waiting:
        return wider.key
    if zone is Zone.DETAILS and person is None:
        return {"<name>": "ect_name", "<email>": "ect_email"}.get(label.key, ASIDE)
    return ASIDE


def _beside(entry: Entry, grids: Grids, labelled: dict[int, list[Entry]]) -> frozenset[str]:
    """The ideas of a cell that heads the rows of a group: "School" beside "Name" and "URN"."""
    if entry.block.cell is None:
        return frozenset()
    head = grids.at(grids.cell(entry.block).table, grids.cell(entry.block).row, 0)
    if head is None or head is entry.block or not 0 < len(head.tokens) <= 4:
        return frozenset()
    others = [one for one in grids.row(entry.block) if one is not head and one.tokens]
    grouped = all(one.number in labelled and labelled[one.number][0].start == 0 for one in others)
    if grids.cell(head).row_span < 2 and not (grouped and len(others) > 1):
        return frozenset()
    meant = meaning(head.text)
    return meant.ideas if meant.known >= 0.6 else frozenset()


def _add_crossing(crossing: Crossing, mapped: Mapped) -> None:
    text = join(crossing.tokens)
    blank = not crossing.tokens or is_blank(text)
    written = None if blank else read_value(crossing.key, text)
    one = Found(
        crossing.key, written, text, tuple(crossing.tokens), "crossing", crossing.strength,
        1.0 if written else 0.5, crossing.row_head.text, (crossing.doubt,) if crossing.doubt else (),
        fits=blank or written is not None, block=crossing.block,
    )  # fmt: skip
    if crossing.period is None:
        mapped.add(one)
    else:
        mapped.periods.setdefault(crossing.period, []).append(one)


def _add_pair(pair: Pair, mapped: Mapped) -> None:
    if pair.key == ASIDE:
        return
    entry = pair.entry
    one = Found(pair.key, pair.value, pair.text, pair.tokens, pair.relation, _strength(pair), pair.score, entry.text,
                _doubts_of(pair), block=pair.block or entry.block)  # fmt: skip
    _add(one, mapped)
    for key, written in pair.also:
        mapped.add(
            Found(
                key,
                written,
                pair.text,
                pair.tokens,
                pair.relation,
                entry.label.strength,
                pair.score,
                entry.text,
                block=one.block,
            )
        )


_PAST_COLUMNS = 3
_PERIODS = frozenset({"period", "term", "assessment", "review", "final"})
_COMPLETED = 0.88
"""How certain a label is whose surroundings or whose value say what it leaves out."""


def _strength(pair: Pair) -> float:
    """The label's own certainty; more where a group says what starts, or where a whole name stands beside a lone "ECT"."""
    label = pair.entry.label
    if label.key in {"<start>", "<end>"} and not pair.key.startswith("<"):
        return max(label.strength, _COMPLETED)
    named = (
        pair.key == "ect_name" and label.person == "ect" and pair.entry.closed and pair.relation in {"right", "inside", "below"}
    )
    if named and pair.value is not None and pair.value.doubt is None and " " in str(pair.value.value):
        return max(label.strength, _COMPLETED)
    return label.strength


def _add(one: Found, mapped: Mapped) -> None:
    if one.key.startswith("<"):
        mapped.waiting.append(one)
    else:
        mapped.add(one)


def _doubts_of(pair: Pair) -> tuple[str, ...]:
    doubts = []
    if any(token.struck for token in pair.tokens):
        doubts.append("part of it is struck out")
    return tuple(doubts)


def _add_named(paper: Paper, mapped: Mapped) -> None:
    """Adds the teacher whom a sentence names, with the number in brackets, where no label asks for either."""
    sentences = (block for block in paper.blocks if block.cell is None and "(" in block.text and not block.has_marks)
    for block in sentences:
        named = named_in(block)
        if any(one.written is not None for each in named for one in mapped.found.get(each.key, ())):
            continue
        for each in named:
            mapped.add(Found(each.key, each.value, join(each.tokens), each.tokens, "run on", _COMPLETED, 0.8, block=block))
            mapped.claimed |= {token.order for token in each.tokens}


def _add_empty(pair: Pair, mapped: Mapped) -> None:
    if pair.key == ASIDE:
        return
    entry = pair.entry
    for key in (pair.key, *entry.label.also):
        _add(
            Found(
                key,
                None,
                pair.text,
                tuple(entry.tokens),
                pair.relation,
                entry.label.strength,
                0.2,
                entry.text,
                block=entry.block,
            ),
            mapped,
        )


def _add_unfit(pair: Pair, mapped: Mapped) -> None:
    if pair.key == ASIDE or (FIELD_TYPES.get(pair.key) is ValueType.NAME and pair.entry.label.strength < 0.9):
        return
    entry = pair.entry
    _add(
        Found(
            pair.key,
            None,
            pair.text,
            pair.tokens,
            pair.relation,
            entry.label.strength,
            0.25,
            entry.text,
            fits=False,
            block=entry.block,
        ),
        mapped,
    )


def _of_choice(choice: Choice) -> Found:
    chosen = choice.chosen
    shown = chosen or choice.offers
    items = tuple(item for offer in shown for item in offer.items)
    raw = "; ".join(offer.text for offer in chosen)
    written = None if choice.value is None else Written(choice.value)
    strength = min((offer.option.strength for offer in choice.offers if offer.option), default=1.0)
    doubts = (choice.doubt,) if choice.doubt else ()
    return Found(choice.key, written, raw, items, "choice", strength, 1.0, doubts=doubts, block=choice.offers[0].block,
                 marked=shown[0].how)  # fmt: skip


def _of_text(place: TextPlace) -> Found:
    text = place.text()
    needless = place.key == "support_plan" and text.strip(" .").casefold() == "none"  # Asked for only where it applies.
    written = Written(text) if text and not is_blank(text) and not needless else None
    return Found(
        place.key,
        written,
        text,
        tuple(place.tokens),
        f"text {place.where}",
        place.strength,
        0.9,
        place.heading,
        (f"it may go on behind {place.ended_by}",) if place.ended_by in UNSURE_ENDS else (),
        block=place.block,
    )
