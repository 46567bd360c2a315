"""Reads the form fields of a PDF: names, values, options, and where their boxes stand.

Only fields with a box on a page count: that is what the person who filled the form in could see. A field inherits from
its parents, and a hostile file's parents may go round in a circle, so the way up is counted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import InvalidOperation
from typing import Any

import pikepdf

_MOST_PARENTS = 32
_MOST_FIELDS = 5_000
_MOST_TEXT = 100_000
_RADIO, _PUSH = 1 << 15, 1 << 16
_MULTI_LINE, _PASSWORD, _COMB = 1 << 12, 1 << 13, 1 << 24
_HIDDEN, _NO_VIEW = 2, 32
_OFF = "Off"
_PROMPT = re.compile(r"^\W*(please\s+|click\s+(here\s+)?to\s+)?(select|choose|pick|enter|type)\b.{0,40}$", re.IGNORECASE)
_DATE_SCRIPT = re.compile(r"AFDate_", re.ASCII)

BROKEN = (pikepdf.PdfError, ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RuntimeError)
"""What pikepdf raises for objects that are not what their place asks for; `UnicodeDecodeError` is a `ValueError`."""

PdfBox = tuple[float, float, float, float]
"""Left, bottom, right, top in the page's own space."""


@dataclass(slots=True)
class Widget:
    """One box of a field on a page."""

    page: int
    box: PdfBox
    state: str = ""
    """Of a button: what the field's value is when this box is ticked."""
    ticked: bool | None = None


@dataclass(slots=True)
class FormField:
    """A field with its boxes. `value` is None where nobody filled it in."""

    name: str
    kind: str
    value: str | None = None
    title: str = ""
    options: tuple[str, ...] = ()
    widgets: list[Widget] = field(default_factory=list)
    prompt: bool = False
    """The value is the form's own request to choose something."""
    multi_line: bool = False
    comb: int = 0
    """Number of boxes of a field with one character a box; 0 for any other."""
    font_size: float = 0.0
    """0 where the viewer chooses."""
    signed_on: str | None = None
    """Of a signature: the day, as the file says it."""
    is_signature: bool = False

    @property
    def is_button(self) -> bool:
        return self.kind in {"checkbox", "radio"}


def read_fields(file: pikepdf.Pdf, most_pages: int) -> tuple[list[FormField], bool]:
    """The fields in the order of the pages and of the boxes on each; and whether some are too damaged to be read."""
    found: dict[object, tuple[FormField, _Inherited]] = {}
    damaged = False
    for number, page in enumerate(file.pages[:most_pages], start=1):
        for annotation in annotations_of(page.obj):
            try:
                if len(found) < _MOST_FIELDS and annotation.get("/Subtype") == "/Widget":
                    _add_widget(found, annotation, number)
            except BROKEN:
                damaged = True
    kept = []
    for form_field, inherited in found.values():
        try:
            _settle(form_field, inherited)
        except BROKEN:
            damaged = True
        if form_field.kind != "push":
            kept.append(form_field)
    return kept, damaged


def _add_widget(found: dict[object, tuple[FormField, _Inherited]], annotation: pikepdf.Dictionary, number: int) -> None:
    inherited, box = _inherited(annotation), box_of(annotation)
    if inherited is None or box is None or not is_shown(annotation):
        return
    if inherited.key not in found:
        found[inherited.key] = (_new_field(inherited), inherited)
    form_field, first = found[inherited.key]
    form_field.widgets.append(_widget(annotation, number, box, form_field.is_button))
    form_field.title = form_field.title or first.text("/TU") or inherited.text("/TU")


def annotations_of(page: pikepdf.Object) -> list[pikepdf.Dictionary]:
    """The annotations of a page that are fit to be read."""
    listed = page.get("/Annots")
    if not isinstance(listed, pikepdf.Array):
        return []
    return [one for one in listed if isinstance(one, pikepdf.Dictionary)]  # type: ignore[attr-defined, unused-ignore]


def is_shown(annotation: pikepdf.Dictionary) -> bool:
    """Whether a person looking at the page sees the annotation."""
    flags = _number(annotation.get("/F"))
    return not flags & (_HIDDEN | _NO_VIEW)


def box_of(annotation: pikepdf.Dictionary, name: str = "/Rect") -> PdfBox | None:
    """The annotation's rectangle, None where it has none that makes sense."""
    try:
        numbers = [float(one) for one in annotation[name]]  # type: ignore[attr-defined, arg-type, unused-ignore]
    except (KeyError, TypeError, ValueError, InvalidOperation):
        return None
    if len(numbers) < 4 or not all(abs(one) < 1e6 for one in numbers):
        return None
    left, right = sorted((numbers[0], numbers[2]))
    bottom, top = sorted((numbers[1], numbers[3]))
    return (left, bottom, right, top) if right - left > 0.5 and top - bottom > 0.5 else None


def text_of(thing: Any) -> str:
    """The text of a string, a name or a short stream; nothing for anything else."""
    if isinstance(thing, pikepdf.Stream):
        try:
            return thing.read_bytes()[:_MOST_TEXT].decode("utf-8", "replace")
        except pikepdf.PdfError:
            return ""
    if isinstance(thing, pikepdf.String):
        return str(thing)[:_MOST_TEXT].replace("\r\n", "\n").replace("\r", "\n")
    if isinstance(thing, pikepdf.Name):
        return _state_name(thing)
    return ""


def _state_name(name: Any) -> str:
    """A name without its slash. Names of states are often Latin-1, which pikepdf gives as escaped bytes."""
    raw = str(name).removeprefix("/")
    return raw.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _number(thing: Any) -> int:
    try:
        return int(thing)
    except (TypeError, ValueError, OverflowError, InvalidOperation):
        return 0


@dataclass(frozen=True, slots=True)
class _Inherited:
    """A widget with its parents, nearest first."""

    chain: tuple[pikepdf.Dictionary, ...]
    key: object

    def get(self, name: str) -> Any:
        return next((one[name] for one in self.chain if name in one), None)

    def text(self, name: str) -> str:
        return text_of(self.get(name)).strip()

    def name(self) -> str:
        parts = [text_of(one["/T"]) for one in reversed(self.chain) if "/T" in one]
        return ".".join(part for part in parts if part)


def _inherited(annotation: pikepdf.Dictionary) -> _Inherited | None:
    chain = [annotation]
    seen = {annotation.objgen}
    parent = annotation.get("/Parent")
    while isinstance(parent, pikepdf.Dictionary) and len(chain) < _MOST_PARENTS:
        if parent.objgen != (0, 0) and parent.objgen in seen:
            break
        seen.add(parent.objgen)
        chain.append(parent)
        parent = parent.get("/Parent")
    own = next((one for one in chain if "/T" in one), annotation)
    if not any("/FT" in one for one in chain):
        return None
    inherited = _Inherited(tuple(chain), own.objgen)
    # Without an object number, or where two objects carry one full name, the name says which field it is.
    return _Inherited(tuple(chain), inherited.name() or own.objgen)


def _new_field(inherited: _Inherited) -> FormField:
    kind, flags = str(inherited.get("/FT")), _number(inherited.get("/Ff"))
    name = inherited.name()
    if kind == "/Btn":
        return FormField(name, "push" if flags & _PUSH else "radio" if flags & _RADIO else "checkbox")
    if kind == "/Ch":
        return FormField(name, "choice", font_size=_font_size(inherited))
    made = FormField(name, "date" if kind == "/Tx" and _is_date(inherited) else "text", font_size=_font_size(inherited))
    made.multi_line = kind == "/Tx" and bool(flags & _MULTI_LINE)
    if flags & _COMB and not made.multi_line:
        made.comb = max(0, min(100, _number(inherited.get("/MaxLen"))))
    return made


def _is_date(inherited: _Inherited) -> bool:
    actions = inherited.get("/AA")
    if not isinstance(actions, pikepdf.Dictionary):
        return False
    scripts = [one.get("/JS") for one in (actions.get("/F"), actions.get("/K")) if isinstance(one, pikepdf.Dictionary)]
    return any(_DATE_SCRIPT.search(text_of(script)) for script in scripts)


def _font_size(inherited: _Inherited) -> float:
    found = re.search(r"([\d.]+)\s+Tf", inherited.text("/DA"))
    try:
        return min(72.0, float(found[1])) if found else 0.0
    except ValueError:
        return 0.0


def _widget(annotation: pikepdf.Dictionary, number: int, box: PdfBox, is_button: bool) -> Widget:
    widget = Widget(number, box)
    if is_button:
        appearances = annotation.get("/AP")
        normal = appearances.get("/N") if isinstance(appearances, pikepdf.Dictionary) else None
        names = list(normal.keys()) if isinstance(normal, pikepdf.Dictionary) and not isinstance(normal, pikepdf.Stream) else []
        states = [_state_name(one) for one in names]
        shown = annotation.get("/AS")
        widget.state = next((one for one in states if one != _OFF), "")
        if isinstance(shown, pikepdf.Name):
            name = _state_name(shown)
            widget.ticked = name != _OFF
            widget.state = widget.state or (name if name != _OFF else "")
    return widget


def _settle(form_field: FormField, inherited: _Inherited) -> None:
    """Works out the value, once all boxes of the field are known."""
    if form_field.kind in {"checkbox", "radio"}:
        _settle_button(form_field, inherited)
    elif form_field.kind == "choice":
        _settle_choice(form_field, inherited)
    elif str(inherited.get("/FT")) == "/Sig":
        form_field.is_signature = True
        form_field.value, form_field.signed_on = _signer(inherited)
    elif not _number(inherited.get("/Ff")) & _PASSWORD:
        form_field.value = inherited.text("/V") or None
    if form_field.value is not None and form_field.kind in {"text", "date", "choice"}:
        form_field.prompt = bool(_PROMPT.match(form_field.value)) or not form_field.value.strip(" -_.…")


def _settle_button(form_field: FormField, inherited: _Inherited) -> None:
    value = inherited.text("/V")
    states = [widget.state for widget in form_field.widgets]
    displayed = _display_names(inherited)
    for index, widget in enumerate(form_field.widgets):
        chosen = bool(value) and value not in {_OFF, "No", "0"} and (value == widget.state or not widget.state)
        if widget.ticked is None:
            widget.ticked = chosen or (bool(value) and value == widget.state)
        elif value and value in {*states, _OFF} and widget.ticked is not (value == widget.state):
            # What the viewer draws and what the file says differ; nobody can tell which one the person meant.
            widget.ticked = None
        if displayed and index < len(displayed):
            widget.state = displayed[index]
    if len({state for state in states if state}) > 1:
        form_field.kind = "radio"
    if form_field.kind == "radio":
        form_field.options = tuple(dict.fromkeys(widget.state for widget in form_field.widgets if widget.state))
        ticked = [widget.state for widget in form_field.widgets if widget.ticked]
        form_field.value = ticked[0] if len(ticked) == 1 else None
    else:
        ticks = {widget.ticked for widget in form_field.widgets}
        form_field.value = "yes" if ticks == {True} else "no" if ticks == {False} else None


def _display_names(inherited: _Inherited) -> list[str]:
    """What the states of a group stand for, box by box, where the file says so and names the states 0, 1, 2."""
    options = inherited.get("/Opt")
    return [text_of(one) for one in options] if isinstance(options, pikepdf.Array) else []  # type: ignore[attr-defined, unused-ignore]


def _settle_choice(form_field: FormField, inherited: _Inherited) -> None:
    shown: dict[str, str] = {}
    options = inherited.get("/Opt")
    for one in options if isinstance(options, pikepdf.Array) else []:  # type: ignore[attr-defined, unused-ignore]
        pair = [text_of(part) for part in one] if isinstance(one, pikepdf.Array) else [text_of(one)]  # type: ignore[attr-defined, unused-ignore]
        if pair and len(shown) < 2_000:
            shown[pair[0]] = pair[-1]
    value = inherited.get("/V")
    chosen = [text_of(one) for one in value] if isinstance(value, pikepdf.Array) else [text_of(value)]  # type: ignore[attr-defined, unused-ignore]
    texts = [shown.get(one, one).strip() for one in chosen if one.strip()]
    form_field.options = tuple(dict.fromkeys(text for text in shown.values() if text.strip()))
    form_field.value = ", ".join(texts) or None


def _signer(inherited: _Inherited) -> tuple[str | None, str | None]:
    """Who signed a signature field and on which day, as far as the file says it; the signature is not checked."""
    signature = inherited.get("/V")
    if not isinstance(signature, pikepdf.Dictionary):
        return None, None
    moment = re.match(r"D:(\d{4})(\d\d)(\d\d)", text_of(signature.get("/M")))
    when = f"{moment[3]}/{moment[2]}/{moment[1]}" if moment else None
    return text_of(signature.get("/Name")).strip() or None, when
