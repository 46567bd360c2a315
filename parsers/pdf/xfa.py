"""Reads the answers of an XFA form: XML inside a PDF, which only Adobe's programs show.

The answers stand in the packet `datasets`, the questions in `template`. A form that has its answers nowhere else shows
"Please wait..." as its only page; its questions and answers are then laid out on that page, one a line.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

import pikepdf
from lxml import etree

from parsers.pdf.fields import FormField, Widget, text_of
from parsers.pdf.typed import TextStyle, typed
from parsers.pdf.words import Word

WARNING = "The PDF is a form that only Adobe's programs can show. Its stored answers were read, but nobody sees them on the page picture."
_MOST_XML = 10 * 1024 * 1024
_MOST_ANSWERS = 2_000
_TICKED, _UNTICKED = {"1", "on", "yes", "true"}, {"0", "off", "no", "false", ""}


@dataclass(frozen=True, slots=True)
class Answer:
    """One question of the form with what was entered."""

    name: str
    caption: str
    kind: str
    value: str | None


def read_answers(file: pikepdf.Pdf) -> list[Answer]:
    """All answers in the order of the data; an empty list where the file is no XFA form or its XML is broken."""
    packets = _packets(file)
    data = _parsed(packets.get("datasets") or packets.get(""))
    if data is None:
        return []
    questions = _questions(_parsed(packets.get("template") or packets.get("")))
    root = next((one for one in data.iter("*") if _tag(one) == "data"), data)
    answers = []
    for leaf in _leaves(root):
        name = _tag(leaf)
        caption, kind = questions.get(name, ("", "text"))
        value = "".join(str(text) for text in leaf.itertext()).strip()
        answers.append(Answer(name, caption or _spelt_out(name), kind, value or None))
        if len(answers) >= _MOST_ANSWERS:
            break
    return answers


def complete(fields: list[FormField], answers: list[Answer]) -> None:
    """Gives the fields without a value the answer of the same name, where the name is the only one of its kind."""
    by_name: dict[str, list[Answer]] = {}
    for answer in answers:
        by_name.setdefault(answer.name, []).append(answer)
    for form_field in fields:
        found = by_name.get(re.sub(r"\[\d+\]$", "", form_field.name.split(".")[-1]), [])
        if len(found) == 1 and form_field.kind in {"text", "date", "choice"}:
            form_field.value = form_field.value or found[0].value
            form_field.title = form_field.title or found[0].caption


def laid_out(answers: list[Answer], width: float, height: float) -> tuple[list[FormField], list[Word]]:
    """Fields and words for one page: captions on the left, answers on the right."""
    fields: list[FormField] = []
    words: list[Word] = []
    lines = [max(1, len(answer.value or "") // 55 + (answer.value or "").count("\n") + 1) for answer in answers]
    step = min(14.0, (height - 60) / max(1, sum(lines)))
    top = 30.0
    for answer, count in zip(answers, lines, strict=True):
        bottom = top + step * count
        words += typed(answer.caption, (40, top, width * 0.4, top + step), TextStyle(size=0.7 * step))
        box = (width * 0.42, top, width - 40, bottom)
        fields.append(_field(answer, height, box))
        words += _answer_words(answer, box, len(fields) - 1, 0.7 * step)
        top = bottom
    return fields, words


def _field(answer: Answer, height: float, box: tuple[float, float, float, float]) -> FormField:
    x0, top, x1, bottom = box
    value = answer.value
    if answer.kind == "checkbox":
        value = {True: "yes", False: "no", None: None}[_is_ticked(answer)]
    return FormField(answer.name, answer.kind, value, answer.caption, (), [Widget(1, (x0, height - bottom, x1, height - top))])


def _answer_words(answer: Answer, box: tuple[float, float, float, float], index: int, size: float) -> list[Word]:
    x0, top, x1, bottom = box
    if answer.kind == "checkbox":
        ticked = _is_ticked(answer)
        return [Word("☐", x0, top, x0 + size, top + size, field=index, ticked=ticked, known_by="form field")]
    return typed(answer.value or "", (x0, top, x1, bottom), TextStyle(size=size, multi_line=True, field=index))


def _is_ticked(answer: Answer) -> bool | None:
    value = (answer.value or "").casefold()
    return True if value in _TICKED else False if value in _UNTICKED else None


def _packets(file: pikepdf.Pdf) -> dict[str, bytes]:
    """The packets by name; one whole document has the name ""."""
    form = file.Root.get("/AcroForm")
    packed = form.get("/XFA") if isinstance(form, pikepdf.Dictionary) else None
    if isinstance(packed, pikepdf.Stream):
        return {"": _bytes(packed)}
    if not isinstance(packed, pikepdf.Array):
        return {}
    parts = list(packed)[:100]  # type: ignore[call-overload, unused-ignore]
    pairs = zip(parts[::2], parts[1::2], strict=False)
    return {text_of(name): _bytes(part) for name, part in pairs if isinstance(part, pikepdf.Stream)}


def _bytes(packet: pikepdf.Stream) -> bytes:
    try:
        content = packet.read_bytes()
    except (pikepdf.PdfError, zlib.error):
        return b""
    return content if len(content) <= _MOST_XML else b""


def _parsed(xml: bytes | None) -> etree._Element | None:
    if not xml or b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, recover=False)
    try:
        return etree.fromstring(xml, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def _tag(element: etree._Element) -> str:
    return str(etree.QName(element).localname)


def _leaves(root: etree._Element) -> Iterator[etree._Element]:
    """Elements that hold text; rich text is XHTML inside its leaf."""
    for element in root.iterchildren("*"):
        if any("xhtml" not in str(inner.tag) for inner in element.iterchildren("*")):
            yield from _leaves(element)
        else:
            yield element


def _questions(template: etree._Element | None) -> dict[str, tuple[str, str]]:
    """(caption, kind) of the template's fields by name; the first of a name counts."""
    questions: dict[str, tuple[str, str]] = {}
    for element in template.iter("*") if template is not None else ():
        name = element.get("name", "") if _tag(element) in {"field", "exclGroup"} else ""
        if name and name not in questions:
            questions[name] = (_caption(element), _kind(element))
    return questions


def _caption(field: etree._Element) -> str:
    for wanted in ("caption", "assist"):
        for part in field.iterchildren("*"):
            if _tag(part) == wanted:
                text = " ".join(" ".join(str(one) for one in part.itertext()).split())
                if text:
                    return text
    return ""


def _kind(field: etree._Element) -> str:
    tags = {_tag(one) for ui in field.iterchildren("*") if _tag(ui) == "ui" for one in ui.iterchildren("*")}
    if _tag(field) == "exclGroup":
        return "radio"
    kinds = {"checkButton": "checkbox", "choiceList": "choice", "dateTimeEdit": "date"}
    return next((kinds[tag] for tag in tags if tag in kinds), "text")


def _spelt_out(name: str) -> str:
    """A name run together as words: TeacherReferenceNumber as "Teacher Reference Number"."""
    return " ".join(re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+", name.replace("_", " "))) or name
