"""Inputs of an OpenDocument paper: content controls, form controls, and the form fields that Word files leave behind."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from parsers.odt.names import FIELD, FORM, LOEXT, TEXT, TRUE, XML_ID
from parsers.word.controls import CONTENT_CONTROL, FORM_FIELD
from parsers.word.flow import Input
from parsers.word.names import number
from parsers.word.prompts import is_no_choice
from parsers.word.symbols import state_of

_MOST_OPTIONS = 500


@dataclass(frozen=True, slots=True)
class OdtInput:
    """An input as declared. `shown` is the text that it shows where the file does not hold it as text; `label` stands beside it."""

    entry: Input
    showing_prompt: bool = False
    is_box: bool = False
    ticked: bool | None = None
    shown: str | None = None
    label: str = ""
    stored: str | None = None


def content_control(control: etree._Element) -> OdtInput:
    """What a loext:content-control declares. LibreOffice writes one wherever Word has one."""
    name, title = control.get(LOEXT + "tag") or "", control.get(LOEXT + "alias") or ""
    showing = control.get(LOEXT + "showing-place-holder") in TRUE
    if control.get(LOEXT + "checkbox") in TRUE:
        stored = control.get(LOEXT + "checked") in TRUE
        shown = "".join(str(text) for text in control.itertext()).strip()
        told = {control.get(LOEXT + "checked-state"): True, control.get(LOEXT + "unchecked-state"): False}.get(shown)
        said = state_of(shown) if told is None else told
        ticked = stored if said is None or said == stored else None
        return OdtInput(_box(name, title, ticked, CONTENT_CONTROL), is_box=True, ticked=ticked)
    options = tuple(
        option
        for item in control.findall(LOEXT + "list-item")[:_MOST_OPTIONS]
        if (option := item.get(LOEXT + "display-text") or item.get(LOEXT + "value") or "") and not is_no_choice(option)
    )
    lists = control.get(LOEXT + "dropdown") in TRUE or control.get(LOEXT + "combobox") in TRUE
    kind = "choice" if lists else "date" if control.get(LOEXT + "date") in TRUE else "text"
    stored_date = (control.get(LOEXT + "current-date") or "")[:10]
    return OdtInput(Input(name, kind, title, options=options), showing, stored=stored_date or None)


def field_mark(mark: etree._Element) -> OdtInput | None:
    """What a field:fieldmark or its start declares; None for fields that nobody fills in."""
    kind = (mark.get(FIELD + "type") or "").rpartition(".")[2]
    name = mark.get(TEXT + "name") or ""
    told: dict[str, list[str]] = {}
    for parameter in mark.findall(FIELD + "param"):
        key = (parameter.get(FIELD + "name") or "").rpartition(".")[2]
        told.setdefault(key, []).append(parameter.get(FIELD + "value") or "")
    if kind == "FORMCHECKBOX":
        ticked = told.get("Checkbox_Checked", ["false"])[0].casefold() in TRUE
        return OdtInput(_box(name, "", ticked, FORM_FIELD), is_box=True, ticked=ticked)
    if kind == "FORMDROPDOWN":
        listed = told.get("Dropdown_ListEntry", [])
        index = int(number(told.get("Dropdown_Selected", ["-1"])[0], -1))
        chosen = listed[index] if 0 <= index < len(listed) else ""
        return OdtInput(_choice(name, chosen, listed), shown=chosen)
    if kind in {"FORMTEXT", "FORMDATE"}:
        return OdtInput(Input(name, "date" if kind == "FORMDATE" else "text", known_by=FORM_FIELD))
    return None


def drop_down(field: etree._Element) -> OdtInput:
    """A text:drop-down: its labels, the chosen one marked, and the shown text."""
    labels = field.findall(TEXT + "label")[:_MOST_OPTIONS]
    chosen = next((one.get(TEXT + "value") or "" for one in labels if one.get(TEXT + "current-selected") in TRUE), "")
    shown = (labels[-1].tail if labels else field.text) or chosen
    return OdtInput(
        _choice(field.get(TEXT + "name") or "", shown.strip(), [one.get(TEXT + "value") or "" for one in labels]), shown=shown
    )


def form_controls(root: etree._Element) -> dict[str, OdtInput]:
    """Form controls by the id that drawings name."""
    found: dict[str, OdtInput] = {}
    for form in root.iter(FORM + "form"):
        for control in form:
            made = _form_control(control)
            for key in (control.get(XML_ID), control.get(FORM + "id")):
                if key and made is not None:
                    found[key] = made
    return found


def _form_control(control: etree._Element) -> OdtInput | None:
    name, title = control.get(FORM + "name") or "", control.get(FORM + "title") or ""
    label, kind = control.get(FORM + "label") or "", control.tag
    if kind == FORM + "checkbox":
        state = control.get(FORM + "current-state") or control.get(FORM + "state") or "unchecked"
        ticked = {"checked": True, "unchecked": False}.get(state)
        return OdtInput(_box(name, title or label, ticked, FORM_FIELD), is_box=True, ticked=ticked, label=label)
    if kind == FORM + "radio":
        chosen = (control.get(FORM + "current-selected") or control.get(FORM + "selected")) in TRUE
        option = label or control.get(FORM + "value") or ""
        entry = Input(name, "radio", title, option if chosen else None, (option,) if option else (), FORM_FIELD)
        return OdtInput(entry, is_box=True, ticked=chosen, label=label)
    if kind == FORM + "listbox":
        options = control.findall(FORM + "option")[:_MOST_OPTIONS]
        chosen_one = next((one for one in options if one.get(FORM + "current-selected") in TRUE), None)
        shown = "" if chosen_one is None else chosen_one.get(FORM + "label") or ""
        return OdtInput(_choice(name, shown, [one.get(FORM + "label") or "" for one in options], title), shown=shown)
    if kind in {FORM + one for one in ("text", "textarea", "formatted-text", "date", "number", "combobox")}:
        value = control.get(FORM + "current-value") or control.get(FORM + "value") or ""
        kinds = {FORM + "date": "date", FORM + "combobox": "choice"}
        return OdtInput(Input(name, kinds.get(kind, "text"), title, known_by=FORM_FIELD), shown=value)
    return None


def _box(name: str, title: str, ticked: bool | None, known_by: str) -> Input:
    return Input(name, "checkbox", title, {True: "yes", False: "no", None: None}[ticked], known_by=known_by)


def _choice(name: str, chosen: str, listed: list[str], title: str = "") -> Input:
    options = tuple(option for option in listed[:_MOST_OPTIONS] if not is_no_choice(option))
    return Input(name, "choice", title, None if is_no_choice(chosen) else chosen, options, FORM_FIELD)
