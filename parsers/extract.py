"""One paper's sheet becomes an `ExtractedForm`: for every field the best candidate, how sure it is and where it stands."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from parsers.confidence import Features, reason_to_check
from parsers.contradictions import contradictions
from parsers.forms import FIELD_TYPES, Evidence, ExtractedForm, FormKind, Reading, Status, ValueType
from parsers.inputs import named_otherwise
from parsers.kinds import Title, Verdict, draft_warning, judge_kind, point_for
from parsers.labels.words import normal
from parsers.layout.blocks import Item, Paper
from parsers.layout.mapping import Found, Mapped, map_sheet
from parsers.learned import Layouts
from parsers.recall.reading import TAUGHT, Recalled, recall, recognise
from parsers.strangers import SEVERAL, of_several
from parsers.suspicions import suspicions
from parsers.tokens import MISREAD, Sheet, Token
from parsers.versions import old_version
from parsers.written import Written

READERS = {"word": "word/1", "odt": "odt/1", "pdf": "pdf/1", "form": "pdf/1", "scan": "scan/1", "photo": "scan/1"}
_PREPRINTED = {"appropriate_body", "assessment_point"}
_ASSESSMENTS = {FormKind.FORMAL_ASSESSMENT, FormKind.INTERIM_ASSESSMENT}
_REVIEWS = {*_ASSESSMENTS, FormKind.PROGRESS_REVIEW, FormKind.SUPPORT_PLAN}
_NEVER: dict[FormKind, frozenset[str]] = {
    FormKind.LESSON_OBSERVATION: frozenset(
        {
            "period_start",
            "period_end",
            "leaving_date",
            "induction_start",
            "days_absent",
            "days_served",
            "terms_completed",
            "next_school",
        }
    ),
}
_POINT_COLUMNS = {"first": 1, "second": 2, "third": 3, "final": 3}
_DISPUTED = "two readings of the picture differ here"
_SHORT_TEXT = 12
"""Words; a shorter text is read like any value."""
_SMALL_L = re.compile(r"\bl(?=[a-z])")
_CORRECTED = "it was corrected on the paper"
_SURE_LABEL = 0.95


@dataclass(frozen=True)
class Finding:
    """What was found on a paper, before anybody says how sure it is."""

    mapped: Mapped
    verdict: Verdict
    own: Verdict
    """The kind without what earlier papers have taught."""
    best: dict[str, Found]
    known: Recalled | None = None


def extract(
    sheet: Sheet, pages: tuple[int, int] | None = None, layouts: Layouts | None = None, paper: Paper | None = None
) -> ExtractedForm:
    """What one paper says. `pages` are its first and last page in its file; `layouts` what earlier papers have taught;
    `paper` is the sheet cut into blocks, where somebody has done so already.
    """
    finding = find(sheet, layouts, paper=paper)
    mapped, verdict = finding.mapped, finding.verdict
    reader = READERS.get(sheet.source, "pdf/1")
    draft = draft_warning(mapped.paper)
    warnings = (*sheet.warnings, *([draft] if draft else []))
    if verdict.kind is None:
        return ExtractedForm(None, verdict.status if verdict.reason else Status.CLEAR, False, reader, None, {}, pages,
                             verdict.reason, warnings=warnings)  # fmt: skip
    fields = _readings(finding, sheet)
    blank = _is_blank(fields)
    if blank:
        fields = {key: _left_empty(reading) for key, reading in fields.items()}
    signature = signature_of(mapped)
    return ExtractedForm(
        kind=verdict.kind, kind_status=verdict.status, blank=blank, reader=reader,
        layout=finding.known.layout.id if finding.known else fingerprint(verdict.kind, signature), fields=fields, pages=pages,
        kind_reason=verdict.reason, signature=signature, warnings=(*warnings, *old_version(mapped.paper, fields)),
    )  # fmt: skip


def values_of(sheet: Sheet, layouts: Layouts | None = None, paper: Paper | None = None) -> set[int]:
    """The orders of the words that make up values, long texts apart: what a second reading is worth its time for."""
    mapped = map_sheet(sheet, paper)
    met = recognise(layouts, mapped.paper) if layouts is not None and layouts.layouts else None
    taught = list(recall(*met, mapped).found.values()) if met is not None else []
    columns = [one for column in mapped.periods.values() for one in column]
    every = [*(one for some in mapped.found.values() for one in some), *columns, *mapped.waiting, *taught]
    values = [one for one in every if FIELD_TYPES.get(one.key) is not ValueType.TEXT]
    return {item.order for one in values for item in one.items if isinstance(item, Token)}


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
        return Finding(mapped, verdict, own, {}, known)
    _drop_strange(mapped, verdict.kind)
    _settle_waiting(mapped, verdict.kind)
    _settle_periods(mapped, verdict)
    _settle_judgement(mapped, verdict.kind)
    best = {key: _best(candidates) for key, candidates in mapped.found.items() if key in FIELD_TYPES}
    if known is not None:
        best = _with_taught(best, known)
    _join_names(best)
    _point_from_title(best, verdict)
    return Finding(mapped, verdict, own, best, known)


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
    for key, one in known.found.items():
        rival = best.get(key)
        if rival is None or rival.written is None or rival.label < _SURE_LABEL or _plain(rival.value) == _plain(one.value):
            kept[key] = one
        elif key in labelled:
            kept[key] = replace(rival, doubts=(*rival.doubts, "it does not stand where earlier papers of this form had it"))
        elif one.written is not None:
            kept[key] = replace(one, doubts=(*one.doubts, f"its label stands at “{_short(rival.raw)}”"))
        else:
            kept[key] = one
    return kept


def signature_of(mapped: Mapped) -> tuple[str, ...]:
    """The labels of a paper, evened out, in order: what near layouts are compared by."""
    return tuple(dict.fromkeys(filter(None, map(normal, mapped.signature))))


def _verdict(mapped: Mapped) -> Verdict:
    return judge_kind(mapped.paper, mapped.titles, set(_places(mapped)), _value(mapped, "assessment_point"))


def fingerprint(kind: FormKind, signature: Iterable[str]) -> str:
    """The layout id: the same for two copies of one template, however they were filled in or rendered."""
    words = "\n".join([kind.value, *sorted(set(signature))])
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def _places(mapped: Mapped) -> list[str]:
    waiting = {"<start>": "period_start", "<end>": "period_end"}
    inside = [one.key for column in mapped.periods.values() for one in column]
    return [*mapped.found, *inside, *(waiting[one.key] for one in mapped.waiting)]


def _value(mapped: Mapped, key: str) -> str | None:
    for one in mapped.found.get(key, []):
        if isinstance(one.value, str):
            return one.value
    return None


def _drop_strange(mapped: Mapped, kind: FormKind) -> None:
    """Without fields that no form of the kind has: the period of a lesson is no assessment period."""
    for key in _NEVER.get(kind, frozenset()):
        mapped.found.pop(key, None)
    if kind is FormKind.LESSON_OBSERVATION:
        mapped.waiting.clear()


def _settle_waiting(mapped: Mapped, kind: FormKind) -> None:
    """A bare "Start date" is the induction's on a registration and the period's on every other form."""
    start = "induction_start" if kind is FormKind.REGISTRATION else "period_start"
    end = "leaving_date" if kind is FormKind.LEAVER_NOTICE else "period_end"
    both = sorted(one.key for one in mapped.waiting if one.written is not None) == ["<end>", "<start>"]
    for one in mapped.waiting:
        key = start if one.key == "<start>" else end
        if kind is FormKind.REGISTRATION and key == "period_end":
            continue
        mapped.add(replace(one, key=key, label=max(one.label, 0.88) if both and kind in _REVIEWS else one.label))


def _settle_periods(mapped: Mapped, verdict: Verdict) -> None:
    """Of a table with a column for each period only the reported one counts."""
    if not mapped.periods:
        return
    filled = [number for number, column in mapped.periods.items() if any(one.written is not None for one in column)]
    wanted = _POINT_COLUMNS.get(verdict.point or "")
    term = _value(mapped, "term_number")
    if wanted is None and term and term.isdigit() and int(term) in mapped.periods:
        wanted = int(term)
    if verdict.point == "final":
        wanted = max(mapped.periods)
    doubt: tuple[str, ...] = ()
    if wanted is None:
        wanted = max(filled, default=min(mapped.periods))
        doubt = ("the form has several periods and does not say which one it reports",) if len(filled) > 1 else ()
    elif wanted not in filled and filled:
        doubt = ("the column of the reported period is empty, another one is filled in",)
    for one in mapped.periods.get(wanted, []):
        mapped.add(replace(one, doubts=(*one.doubts, *doubt)))


def _settle_judgement(mapped: Mapped, kind: FormKind) -> None:
    """Progress is judged on a formal assessment and "on track" on a progress review, whichever words the form uses."""
    judged, tracked = mapped.found.get("judgement"), mapped.found.get("on_track")
    if kind in _ASSESSMENTS and tracked and not judged:
        del mapped.found["on_track"]
        words = {True: "satisfactory", False: "unsatisfactory"}
        for one in tracked:
            value = None if one.value is None else Written(words[bool(one.value)])
            mapped.add(replace(one, key="judgement", written=value))
    elif kind is FormKind.PROGRESS_REVIEW and judged and not tracked:
        del mapped.found["judgement"]
        for one in judged:
            value = None if one.value is None else Written(one.value == "satisfactory")
            mapped.add(replace(one, key="on_track", written=value))
    elif kind in _ASSESSMENTS and tracked:
        del mapped.found["on_track"]


def features_of(finding: Finding, sheet: Sheet) -> dict[str, Features]:
    """What is known of every value that was found, by field: what its status is made of."""
    against = contradictions({key: one.value for key, one in finding.best.items()})
    filled = {key: one for key, one in finding.best.items() if one.written is not None}
    alone = {key: _features(one, finding, sheet, against.get(key)) for key, one in filled.items()}
    if of_several(finding.mapped.found.get("ect_name", ())):
        alone = {key: replace(one, doubts=(*one.doubts, SEVERAL)) for key, one in alone.items()}
    doubted, others = sum(bool(one.doubts) for one in alone.values()), max(1, len(alone) - 1)
    return {key: replace(one, doubted=(doubted - bool(one.doubts)) / others) for key, one in alone.items()}


def _readings(finding: Finding, sheet: Sheet) -> dict[str, Reading]:
    features = features_of(finding, sheet)
    return {key: _reading(finding.best[key], features.get(key), sheet) for key in FIELD_TYPES if key in finding.best}


def _best(candidates: list[Found]) -> Found:
    """The strongest candidate with a value; one that differs and is nearly as strong makes it doubtful."""
    filled = sorted((one for one in candidates if one.written is not None), key=_strength, reverse=True)
    if not filled:
        unfit = [one for one in candidates if not one.fits]
        marked = [one for one in candidates if one.doubts]
        return (marked or unfit or candidates)[0]
    best = filled[0]
    for other in filled[1:]:
        if _plain(other.value) != _plain(best.value) and _strength(best) - _strength(other) < 0.45:
            return replace(best, doubts=(*best.doubts, f"another place of the paper says “{_short(other.raw)}”"))
    undecided = [one for one in candidates if one.doubts and one.written is None]
    return replace(best, doubts=(*best.doubts, *undecided[0].doubts)) if undecided else best


def _strength(one: Found) -> float:
    return one.score + 0.5 * one.label - 0.2 * (one.written is not None and one.written.doubt is not None)


def _plain(value: str | bool | None) -> str:
    return " ".join(str(value).casefold().split())


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:37] + "…"


def _join_names(best: dict[str, Found]) -> None:
    """A form that asks for first and last name apart says the full name too."""
    first, last, whole = best.get("ect_first_name"), best.get("ect_last_name"), best.get("ect_name")
    if first is None or last is None or (whole is not None and whole.written is not None and whole.label >= 0.85):
        return
    if isinstance(first.value, str) and isinstance(last.value, str):
        doubts = tuple(one.written.doubt for one in (first, last) if one.written and one.written.doubt)
        best["ect_name"] = Found(
            "ect_name", Written(f"{first.value} {last.value}", next(iter(doubts), None)), f"{first.raw} {last.raw}",
            (*first.items, *last.items), "joined", min(first.label, last.label), 1.0, doubts=(*first.doubts, *last.doubts),
        )  # fmt: skip
    elif whole is None or whole.written is None or whole.label < 0.85:
        best.pop("ect_name", None)


def _point_from_title(best: dict[str, Found], verdict: Verdict) -> None:
    if verdict.kind not in _ASSESSMENTS:
        best.pop("assessment_point", None)
        return
    ticked = best.get("assessment_point")
    if ticked is None and verdict.point and verdict.title:
        best["assessment_point"] = Found("assessment_point", Written(verdict.point), verdict.title.text,
                                         tuple(verdict.title.block.tokens), "title", 1.0, 1.0)  # fmt: skip


def _reading(one: Found, features: Features | None, sheet: Sheet) -> Reading:
    evidence = _evidence(one.items, sheet)
    if features is None:
        if one.doubts:
            return Reading(None, one.raw or None, Status.CHECK, one.doubts[0], evidence)
        if not one.fits:
            return Reading(None, one.raw, Status.CHECK, f"“{_short(one.raw)}” cannot be read as this field", evidence)
        return Reading(None, one.raw or None, Status.MISSING, None, evidence)
    reason = reason_to_check(features)
    value = _with_capital_i(one, sheet).value
    return Reading(value, one.raw, Status.CHECK if reason else Status.CLEAR, reason, evidence)


def _features(one: Found, finding: Finding, sheet: Sheet, against: str | None) -> Features:
    one = _with_capital_i(one, sheet)
    return Features(
        how=one.how, label=one.label, kind=FIELD_TYPES[one.key],
        input=any(isinstance(item, Token) and item.field is not None for item in one.items),
        sight=_sight(one), marked=one.marked, read_off=_read_off(one.items, sheet), seconded=_seconded(one.items),
        form_sure=finding.verdict.status is Status.CLEAR, rival=_has_rival(one, finding), source=sheet.source,
        doubts=tuple(_doubts(one, finding.mapped, against)),
    )  # fmt: skip


def _has_rival(one: Found, finding: Finding) -> bool:
    """Whether another place of the paper gives another value, however weakly."""
    others = finding.mapped.found.get(one.key, ())
    return any(other.written is not None and _plain(other.value) != _plain(one.value) for other in others)


def _with_capital_i(one: Found, sheet: Sheet) -> Found:
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
    yield from suspicions(one, taught=one.how == TAUGHT)
    if one.how != TAUGHT:
        yield from named_otherwise(one, mapped.paper.sheet.fields)


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


def _evidence(items: tuple[Item, ...], sheet: Sheet) -> tuple[Evidence, ...]:
    """Boxes by page, or the parts of a paper without pages."""
    if sheet.source in {"word", "odt"}:
        return tuple(Evidence(part=place) for place in dict.fromkeys(item.place for item in items if item.place))
    boxes: dict[int, tuple[float, float, float, float]] = {}
    for item in items:
        box = item.box
        x0, top, x1, bottom = boxes.get(box.page, (box.x0, box.top, box.x1, box.bottom))
        boxes[box.page] = (min(x0, box.x0), min(top, box.top), max(x1, box.x1), max(bottom, box.bottom))
    return tuple(Evidence(page=page, bbox=box) for page, box in sorted(boxes.items()))


def _left_empty(reading: Reading) -> Reading:
    """On a blank form a box without a tick is no answer."""
    return replace(reading, value=None, raw=None, status=Status.MISSING, reason=None) if reading.value is False else reading


def _is_blank(fields: dict[str, Reading]) -> bool:
    """Whether nobody has filled anything in; what the body printed itself does not count."""
    return not any(reading.value not in {None, False} for key, reading in fields.items() if key not in _PREPRINTED)
