"""Several papers in one file: a new one begins on a page that has a form's title and asks again who the teacher is."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from rapidfuzz.distance import Levenshtein

from parsers.forms import FormKind
from parsers.kinds import find_titles
from parsers.labels import Zone
from parsers.labels.texts import read_heading
from parsers.layout.blocks import Paper, cut_into_blocks, join
from parsers.layout.entries import Entry
from parsers.layout.labels import find_entries
from parsers.strangers import are_strangers, is_full_name
from parsers.tokens import Box, Cell, Field, Sheet, Token
from parsers.written import read_value

_IDENTITY = {"trn", "date_of_birth", "ect_name", "<name>", "ect_first_name", "ect_last_name"}
_ASKS_FOR = {"<name>": "ect_name"}
_SURE = 0.6
"""How certain it must be that a line is the title of a form."""
_LATE = 0.3
"""The same for a line far down a paper without pages, before it is known that a paper may start there."""
_NAMING = 10
"""A title stands among the first blocks of its page."""


@dataclass(frozen=True)
class Part:
    """One paper of a file: its sheet, and its first and last page where the file has pages of its own."""

    sheet: Sheet
    pages: tuple[int, int] | None = None
    paper: Paper | None = None
    """The sheet cut into blocks, where that was done on the way."""


def split_papers(sheet: Sheet) -> list[Part]:
    """The papers of a file. One without pages of its own may change papers wherever the title of a form stands."""
    if sheet.source in {"word", "odt"}:
        return _split_at_titles(sheet)
    last = max((page.number for page in sheet.pages), default=1)
    if last < 2:
        return [Part(sheet, (1, last))]
    paper = cut_into_blocks(sheet)
    starts = _starts(paper)
    if len(starts) < 2:
        return [Part(sheet, (1, last), paper)]
    ends = [*(start - 1 for start in starts[1:]), last]
    return [Part(pages_of(sheet, first, end), (first, end)) for first, end in zip(starts, ends, strict=True)]


def _split_at_titles(sheet: Sheet) -> list[Part]:
    """The papers of a Word file: it is taken as if each title began a page."""
    whole = cut_into_blocks(sheet)
    titles = [
        title.block
        for title in find_titles(whole)
        if title.strength >= _LATE and title.block.cell is None and read_heading(title.block.text) is None
    ]
    cuts = sorted({block.box.top for block in titles if block.number})
    if not cuts:
        return [Part(sheet, None, whole)]
    paged = _paged(sheet, cuts)
    starts = _starts(cut_into_blocks(paged), least={"trn", "date_of_birth"})
    if len(starts) < 2:
        return [Part(sheet, None, whole)]
    ends = [*(start - 1 for start in starts[1:]), len(cuts) + 1]
    return [Part(pages_of(paged, first, end)) for first, end in zip(starts, ends, strict=True)]


def _paged(sheet: Sheet, cuts: list[float]) -> Sheet:
    """The sheet with everything from each cut on counted to a page of its own."""

    def moved(box: Box) -> Box:
        return replace(box, page=1 + sum(cut <= box.top + 0.5 for cut in cuts))

    return replace(
        sheet,
        pages=tuple(replace(sheet.pages[0], number=number) for number in range(1, len(cuts) + 2)),
        tokens=tuple(replace(one, box=moved(one.box)) for one in sheet.tokens),
        marks=tuple(replace(one, box=moved(one.box)) for one in sheet.marks),
        cells=tuple(replace(one, box=moved(one.box)) for one in sheet.cells),
        fields=tuple(replace(one, box=moved(one.box)) if one.box is not None else one for one in sheet.fields),
        rules=tuple(replace(one, box=moved(one.box)) for one in sheet.rules),
    )


@dataclass
class _PageFacts:
    """What the top of a page says about whose paper it is."""

    kind: FormKind | None = None
    strength: float = 0.0
    read_off: bool = False
    asked: dict[str, str] = field(default_factory=dict)
    """Facts that say who the teacher is, with what was written, evened out; empty where nothing was."""

    def is_other(self, before: _PageFacts) -> bool:
        """Whether a new paper starts here: another form, or the same form about somebody else."""
        if self.kind is None or not self.asked or (before.kind is None and len(before.asked) < 2):
            return False
        if self.kind is not before.kind:
            return True
        if self._names_somebody_else(before):
            return True
        shared = [key for key in self.asked.keys() & before.asked.keys() if self.asked[key] and before.asked[key]]
        return len(self.asked) >= 2 and any(not self._is_same(key, before) for key in shared)

    def _names_somebody_else(self, before: _PageFacts) -> bool:
        """Whether both pages name the teacher in full, and no word of one name is like a word of the other."""
        one, other = self.asked.get("ect_name", ""), before.asked.get("ect_name", "")
        return is_full_name(one) and is_full_name(other) and are_strangers(one, other)

    def _is_same(self, key: str, before: _PageFacts) -> bool:
        """Whether both pages say the same; a picture may have been misread by a letter or two."""
        one, other = self.asked[key], before.asked[key]
        return one == other or (self.read_off and Levenshtein.distance(one, other) <= max(2, len(one) // 5))


def _starts(paper: Paper, least: set[str] | None = None) -> list[int]:
    """The pages on which papers start. Of the facts in `least` a new paper asks for one, where it is given."""
    sheet = paper.sheet
    pages = {page.number: _PageFacts(read_off=page.source == "ocr") for page in sheet.pages}
    for title in find_titles(paper):
        facts = pages[title.block.page]
        if title.place < _NAMING and title.strength >= _SURE and title.strength > facts.strength:
            facts.kind, facts.strength = title.kind, title.strength
    if not any(facts.kind for number, facts in pages.items() if number > min(pages)):
        return [min(pages)]
    tolerant = any(page.source == "ocr" for page in sheet.pages)
    for block in paper.blocks:
        if 0 < len(block.items) <= 60 and read_heading(block.text) is None:
            for entry in find_entries(block, Zone.DETAILS, tolerant=tolerant):
                if entry.label.key in _IDENTITY and entry.label.strength >= 0.6:
                    asked = pages[block.page].asked
                    asked[entry.label.key] = asked.get(entry.label.key) or _written(entry, paper)
    starts, current = [min(pages)], pages[min(pages)]
    for number in sorted(pages)[1:]:
        if pages[number].is_other(current) and (least is None or least & pages[number].asked.keys()):
            starts.append(number)
            current = pages[number]
        else:
            current.asked = {**pages[number].asked, **current.asked}
            current.kind = current.kind or pages[number].kind
    return starts


def _written(entry: Entry, paper: Paper) -> str:
    """The value behind a label or in the next cell; nothing where that is a word of forms: "Name" over "Signature"."""
    rest = join(item for item in entry.rest if isinstance(item, Token) and not item.placeholder)
    if not rest and entry.block.cell is not None:
        following = paper.blocks[entry.block.number + 1 : entry.block.number + 2]
        rest = following[0].text if following and following[0].cell is not None else ""
    written = read_value(_ASKS_FOR.get(entry.label.key, entry.label.key), rest)
    whole = entry.label.key in _ASKS_FOR or entry.label.key == "ect_name"
    if written is None or (whole and not is_full_name(str(written.value))):
        return ""
    return " ".join(str(written.value).casefold().split())


def pages_of(sheet: Sheet, first: int, last: int) -> Sheet:
    """The sheet of some of its pages. Page numbers stay those of the file; indices are counted anew."""
    cells = {index: cell for index, cell in enumerate(sheet.cells) if first <= cell.box.page <= last}
    fields = {index: one for index, one in enumerate(sheet.fields) if one.box is None or first <= one.box.page <= last}
    new_cell = {old: new for new, old in enumerate(cells)}
    new_field = {old: new for new, old in enumerate(fields)}

    def moved_cell(index: int | None) -> int | None:
        return None if index is None else new_cell.get(index)

    def moved_field(index: int | None) -> int | None:
        return None if index is None else new_field.get(index)

    return replace(
        sheet,
        pages=tuple(page for page in sheet.pages if first <= page.number <= last),
        tokens=tuple(
            replace(one, cell=moved_cell(one.cell), field=moved_field(one.field))
            for one in sheet.tokens
            if first <= one.box.page <= last
        ),
        marks=tuple(
            replace(one, cell=moved_cell(one.cell), field=moved_field(one.field))
            for one in sheet.marks
            if first <= one.box.page <= last
        ),
        cells=tuple(_rehung(cell, new_cell) for cell in cells.values()),
        fields=tuple[Field, ...](fields.values()),
        rules=tuple(rule for rule in sheet.rules if first <= rule.box.page <= last),
    )


def _rehung(cell: Cell, new_cell: dict[int, int]) -> Cell:
    return cell if cell.parent is None else replace(cell, parent=new_cell.get(cell.parent))
