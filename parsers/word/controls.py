"""What a Word file says of its inputs: content controls (w:sdt) and legacy form fields (w:ffData)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from parsers.word.flow import Input
from parsers.word.names import VAL, W, flag, is_on, local, number, value
from parsers.word.prompts import is_no_choice
from parsers.word.symbols import state_of, symbol

CONTENT_CONTROL = "content control"
FORM_FIELD = "form field"
_MOST_OPTIONS = 500

# Controls that group other content or are filled in by Word itself; what is inside them is ordinary content.
_TRANSPARENT = {"group", "docPartObj", "docPartList", "repeatingSection", "repeatingSectionItem", "picture", "equation",
                "citation", "bibliography"}  # fmt: skip
_KINDS = {"date": "date", "dropDownList": "choice", "comboBox": "choice", "text": "text", "richText": "text"}


@dataclass(frozen=True, slots=True)
class Control:
    """An input as declared. `entry` is None for a control that only groups other content.

    `stored` is the ISO date that a date control keeps beside its text.
    """

    entry: Input | None
    showing_prompt: bool = False
    is_checkbox: bool = False
    ticked: bool | None = None
    stored: str | None = None


def content_control(control: etree._Element) -> Control:
    """What a w:sdt declares of itself."""
    properties = control.find(W + "sdtPr")
    if properties is None:
        return Control(None)
    declared = {local(child): child for child in properties}
    name, title = value(properties, "tag") or "", value(properties, "alias") or ""
    showing = flag(properties, "showingPlcHdr")
    if "checkbox" in declared:
        ticked = _agreed(_checked(declared["checkbox"]), declared["checkbox"], control)
        said = {True: "yes", False: "no", None: None}[ticked]
        return Control(Input(name, "checkbox", title, said), is_checkbox=True, ticked=ticked)
    if declared.keys() & _TRANSPARENT:
        return Control(None, showing)
    kind = next((_KINDS[one] for one in declared if one in _KINDS), None)
    if kind is None:
        kind = "text"
    if kind == "text" and "text" not in declared and not showing and _groups(control):
        return Control(None)
    listed = declared.get("dropDownList") if "dropDownList" in declared else declared.get("comboBox")
    stored = declared["date"].get(W + "fullDate") if "date" in declared else None
    return Control(Input(name, kind, title, options=_options(listed)), showing, stored=stored[:10] if stored else None)


def _groups(control: etree._Element) -> bool:
    """Whether a rich text control holds a part of the form instead of an answer."""
    content = control.find(W + "sdtContent")
    if content is None:
        return False
    return any(next(content.iter(W + name), None) is not None for name in ("tbl", "sdt", "ffData", "tr"))


def _options(listed: etree._Element | None) -> tuple[str, ...]:
    if listed is None:
        return ()
    shown = (item.get(W + "displayText") or item.get(VAL) or "" for item in listed.findall(W + "listItem")[:_MOST_OPTIONS])
    return tuple(option for option in shown if option and not is_no_choice(option))


def _checked(checkbox: etree._Element) -> bool:
    for child in checkbox:
        if local(child) == "checked":
            said = next((content for key, content in child.attrib.items() if str(key).endswith("val")), "1")
            return str(said).casefold() not in {"0", "false", "off"}
    return False


def _agreed(stored: bool, checkbox: etree._Element, control: etree._Element) -> bool | None:
    """The state of a checkbox, or None where its glyph says something else: somebody typed over it."""
    shown = _glyphs(control)
    if len(shown) != 1:
        return stored
    said = state_of(shown)
    for child in checkbox:
        code = next((str(content) for key, content in child.attrib.items() if str(key).endswith("val")), "")
        if local(child) in {"checkedState", "uncheckedState"} and re.fullmatch("[0-9A-Fa-f]{1,6}", code):
            own = int(code, 16)
            if own <= 0x10FFFF and shown == chr(own):
                said = local(child) == "checkedState"
                break
    return stored if said is None or said == stored else None


def _glyphs(control: etree._Element) -> str:
    content = control.find(W + "sdtContent")
    if content is None:
        return ""
    found = [(one.text or "") if one.tag == W + "t" else symbol_of(one) for one in content.iter(W + "t", W + "sym") if one.tag]
    return "".join(found).strip()


def symbol_of(element: etree._Element) -> str:
    """The character that a w:sym draws."""
    code = element.get(W + "char") or ""
    return symbol(element.get(W + "font") or "", int(code, 16)) if re.fullmatch("[0-9A-Fa-f]{1,6}", code) else ""


@dataclass(frozen=True, slots=True)
class Legacy:
    """A legacy form field. `chosen` is the entry that a drop-down shows; `default` what a text field began with."""

    entry: Input
    is_checkbox: bool = False
    ticked: bool = False
    chosen: str | None = None
    default: str = ""


def legacy_field(told: etree._Element) -> Legacy:
    """What a w:ffData declares."""
    name = value(told, "name") or ""
    title = value(told, "statusText") or value(told, "helpText") or ""
    box, choices, text = told.find(W + "checkBox"), told.find(W + "ddList"), told.find(W + "textInput")
    if box is not None:
        checked, default = box.find(W + "checked"), box.find(W + "default")
        decided = checked if checked is not None else default
        ticked = decided is not None and is_on(decided)
        return Legacy(Input(name, "checkbox", title, "yes" if ticked else "no", known_by=FORM_FIELD), True, ticked)
    if choices is not None:
        return _drop_down(name, title, choices)
    kind = "date" if text is not None and value(text, "type") in {"date", "currentDate"} else "text"
    default_text = (value(text, "default") or "") if text is not None else ""
    return Legacy(Input(name, kind, title, known_by=FORM_FIELD), default=default_text)


def _drop_down(name: str, title: str, choices: etree._Element) -> Legacy:
    listed = [entry.get(VAL) or "" for entry in choices.findall(W + "listEntry")[:_MOST_OPTIONS]]
    index = int(number(value(choices, "result") or value(choices, "default"), 0))
    chosen = listed[index] if 0 <= index < len(listed) else ""
    options = tuple(option for option in listed if not is_no_choice(option))
    answer = None if is_no_choice(chosen) else chosen
    return Legacy(Input(name, "choice", title, answer, options, FORM_FIELD), chosen=chosen)
