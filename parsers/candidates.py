"""The best candidate of every field of a paper, and the kind of form it is; how sure that is, `doubts` says."""

from __future__ import annotations

from dataclasses import dataclass, replace

from parsers.by_look import by_look
from parsers.forms import FIELD_TYPES, FormKind, Status, ValueType
from parsers.kinds import Title, Verdict, judge_kind, point_for
from parsers.layout.blocks import Paper
from parsers.layout.mapping import Found, Mapped, map_sheet
from parsers.learned import Layouts
from parsers.office_part import office_part
from parsers.recall.reading import Recalled, recall, recognise
from parsers.settling import (
    drop_colleagues,
    drop_strange,
    join_blocks,
    join_names,
    point_from_title,
    said,
    settle_judgement,
    settle_periods,
    settle_schools,
    settle_waiting,
)
from parsers.tokens import Sheet
from parsers.unclaimed import Leftovers

_SURE_LABEL = 0.95
_LIKELY_LABEL = 0.85


@dataclass(frozen=True)
class Finding:
    """What was found on a paper, before anybody says how sure it is."""

    mapped: Mapped
    verdict: Verdict
    own: Verdict
    """The kind without what earlier papers have taught."""
    best: dict[str, Found]
    left: Leftovers
    office: frozenset[int]
    """Order numbers of what stands in the part that the office fills in."""
    known: Recalled | None = None


def find(sheet: Sheet, layouts: Layouts | None = None, kind: FormKind | None = None, paper: Paper | None = None) -> Finding:
    """The best candidate of every field: from the places of the paper's layout where it is known, else by the labels.

    `kind` is what a person has said that the paper is.
    """
    mapped = map_sheet(sheet, paper)
    own = _verdict(mapped)
    met = recognise(layouts, mapped.paper) if layouts is not None and layouts.layouts else None
    known = recall(*met, mapped) if met is not None else None
    verdict = _taught_kind(own, known, mapped.titles) if kind is None else _of_kind(kind, own, mapped.titles)
    if verdict.kind is None:
        return Finding(mapped, verdict, own, {}, Leftovers(mapped, frozenset(), ()), frozenset(), known)
    drop_strange(mapped, verdict.kind)
    drop_colleagues(mapped)
    settle_waiting(mapped, verdict.kind)
    settle_periods(mapped, verdict)
    settle_judgement(mapped, verdict.kind)
    settle_schools(mapped, verdict.kind)
    join_blocks(mapped)
    left = Leftovers.on(mapped, known.taken if known is not None else frozenset())
    best = {key: _best(candidates) for key, candidates in mapped.found.items() if key in FIELD_TYPES}
    if known is not None:
        best = _with_taught(best, known)
    else:
        best |= {one.key: one for one in by_look(left.stretches, best, verdict.kind)}
    join_names(best)
    point_from_title(best, verdict)
    return Finding(mapped, verdict, own, best, left, office_part(mapped.paper, best), known)


def _taught_kind(own: Verdict, known: Recalled | None, titles: list[Title]) -> Verdict:
    """The kind that a person gave to papers of the layout, where the reader comes to the same answer as it did for those."""
    if known is None:
        return own
    read_as = own.kind.value if own.kind is not None else None
    if read_as is not None and read_as != known.layout.read_as and own.status is Status.CLEAR:
        return own  # One template may serve two kinds, told apart by what is ticked on it.
    return _of_kind(FormKind(known.layout.kind), own, titles)


def _of_kind(kind: FormKind, own: Verdict, titles: list[Title]) -> Verdict:
    title = max(titles, key=lambda one: one.strength, default=None)
    return Verdict(kind, Status.CLEAR, None, point_for(kind, title, own.point), title)


def _with_taught(best: dict[str, Found], known: Recalled) -> dict[str, Found]:
    """The candidates with what stands in the taught places, which nobody else may claim."""
    kept = {
        key: one for key, one in best.items()
        if one.written is None or not any(item.order in known.taken for item in one.items)
    }  # fmt: skip
    labelled = {anchor.key for anchor in known.layout.anchors if anchor.labelled}
    for key, taught in known.found.items():
        rival = best.get(key)
        one = _gone_further(taught, rival)
        if rival is None or rival.written is None or rival.label < _LIKELY_LABEL or not differs(rival, one):
            kept[key] = one
        elif rival.label < _SURE_LABEL:
            against = f"its label seems to stand at “{short(rival.raw)}”"
            kept[key] = replace(one, doubts=(*one.doubts, against)) if one.written is not None else one
        elif key in labelled:
            kept[key] = replace(rival, doubts=(*rival.doubts, "it does not stand where earlier papers of this form had it"))
        elif one.written is not None:
            kept[key] = replace(one, doubts=(*one.doubts, f"its label stands at “{short(rival.raw)}”"))
        else:
            kept[key] = one
    return kept


def _gone_further(one: Found, rival: Found | None) -> Found:
    """What stands in the place of a long text, with all of it where what stands by the label begins so and goes on, as over a page."""
    if rival is None or FIELD_TYPES[one.key] is not ValueType.TEXT:
        return one
    begun, whole = one.value, rival.value
    if not isinstance(begun, str) or not isinstance(whole, str) or begun == whole or not whole.startswith(begun):
        return one
    return replace(one, written=rival.written, raw=rival.raw, items=rival.items)


def _verdict(mapped: Mapped) -> Verdict:
    return judge_kind(mapped.paper, mapped.titles, set(_places(mapped)), said(mapped, "assessment_point"))


def _places(mapped: Mapped) -> list[str]:
    waiting = {"<start>": "period_start", "<end>": "period_end"}
    inside = [one.key for column in mapped.periods.values() for one in column]
    return [*mapped.found, *inside, *(waiting[one.key] for one in mapped.waiting)]


def _best(candidates: list[Found]) -> Found:
    """The strongest candidate with a value; one that differs and is nearly as strong makes it doubtful."""
    filled = sorted((one for one in candidates if one.written is not None), key=_strength, reverse=True)
    if not filled:
        unfit = [one for one in candidates if not one.fits]
        marked = [one for one in candidates if one.doubts]
        return (marked or unfit or candidates)[0]
    best = filled[0]
    for other in filled[1:]:
        if differs(other, best) and _strength(best) - _strength(other) < 0.45:
            return replace(best, doubts=(*best.doubts, f"another place of the paper says “{short(other.raw)}”"))
    undecided = [one for one in candidates if one.doubts and one.written is None]
    return replace(best, doubts=(*best.doubts, *undecided[0].doubts)) if undecided else best


def _strength(one: Found) -> float:
    return one.score + 0.5 * one.label - 0.2 * (one.written is not None and one.written.doubt is not None)


def differs(one: Found, other: Found) -> bool:
    """Whether two places give two values, apart from capitals and spaces."""
    return _plain(one.value) != _plain(other.value)


def _plain(value: str | bool | None) -> str:
    return " ".join(str(value).casefold().split())


def short(text: str) -> str:
    """What is said of a text in a reason."""
    return text if len(text) <= 40 else text[:37] + "…"
