"""One paper's sheet becomes an `ExtractedForm`: for every field the best candidate, how sure it is and where it stands."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace

from parsers.candidates import Finding, find, short
from parsers.confidence import Features, reason_to_check
from parsers.doubts import features_of, with_capital_i
from parsers.forms import FIELD_TYPES, Evidence, ExtractedForm, FormKind, Reading, Status, ValueType
from parsers.kinds import draft_warning
from parsers.labels.words import normal
from parsers.layout.blocks import Item, Paper
from parsers.layout.mapping import Found, Mapped, map_sheet
from parsers.learned import Layouts
from parsers.recall.reading import recall, recognise
from parsers.tokens import Sheet, Token
from parsers.versions import old_version

READERS = {"word": "word/1", "odt": "odt/1", "pdf": "pdf/1", "form": "pdf/1", "scan": "scan/1", "photo": "scan/1"}
_PREPRINTED = {"appropriate_body", "assessment_point"}


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


def signature_of(mapped: Mapped) -> tuple[str, ...]:
    """The labels of a paper, evened out, in order: what near layouts are compared by."""
    return tuple(dict.fromkeys(filter(None, map(normal, mapped.signature))))


def fingerprint(kind: FormKind, signature: Iterable[str]) -> str:
    """The layout id: the same for two copies of one template, however they were filled in or rendered."""
    words = "\n".join([kind.value, *sorted(set(signature))])
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def _readings(finding: Finding, sheet: Sheet) -> dict[str, Reading]:
    features = features_of(finding, sheet)
    return {key: _reading(finding.best[key], features.get(key), sheet) for key in FIELD_TYPES if key in finding.best}


def _reading(one: Found, features: Features | None, sheet: Sheet) -> Reading:
    evidence = _evidence(one.items, sheet)
    if features is None:
        if one.doubts:
            return Reading(None, one.raw or None, Status.CHECK, one.doubts[0], evidence)
        if not one.fits:
            return Reading(None, one.raw, Status.CHECK, f"“{short(one.raw)}” cannot be read as this field", evidence)
        return Reading(None, one.raw or None, Status.MISSING, None, evidence)
    reason = reason_to_check(features)
    value = with_capital_i(one, sheet).value
    return Reading(value, one.raw, Status.CHECK if reason else Status.CLEAR, reason, evidence)


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
