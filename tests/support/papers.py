"""Generated papers of many layouts with exact truth: what the reader is judged on besides the samples it has seen.

A layout is drawn by one function. The template seed chooses wordings and details of the design, the copy seed who filled it in
and how, so that two copies of one template differ as two real forms do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

from tests.support.papers_docx import to_docx
from tests.support.papers_fill import Copy
from tests.support.papers_layouts import LAYOUTS
from tests.support.papers_model import Sketch, Truth
from tests.support.papers_pdf import to_pdf

RENDERINGS: dict[str, Callable[[Sketch], bytes]] = {
    "docx": to_docx,
    "controls": lambda sketch: to_docx(sketch, controls=True),
    "print": to_pdf,
    "fields": lambda sketch: to_pdf(sketch, fields=True),
}
SUFFIX = {"docx": "docx", "controls": "docx", "print": "pdf", "fields": "pdf"}


@dataclass(frozen=True)
class Made:
    """One generated file."""

    name: str
    layout: str
    rendering: str
    content: bytes
    truth: Truth


def make(layout: str, template: int, copy: int, rendering: str) -> Made:
    """One paper. The same arguments give the same paper."""
    sketch = draw(layout, template, copy)
    name = f"{layout}-{template}-{copy}-{rendering}.{SUFFIX[rendering]}"
    return Made(name, layout, rendering, RENDERINGS[rendering](sketch), sketch.truth)


def draw(layout: str, template: int, copy: int) -> Sketch:
    return LAYOUTS[layout](Random(f"{layout}/{template}"), Random(f"{layout}/{template}/{copy}"))


def draw_blank(layout: str, template: int) -> Sketch:
    """The template as a body hands it out: nothing filled in."""
    copy = Copy(f"{layout}/{template}/blank")
    copy.blank = True
    sketch = LAYOUTS[layout](Random(f"{layout}/{template}"), copy)
    kept = {key: sketch.truth[key] for key in ("form_kind", "assessment_point") if sketch.truth.get(key)}
    sketch.truth = {**kept, "blank": True}
    return sketch


def make_all(templates: int = 2, copies: int = 1, renderings: tuple[str, ...] = tuple(RENDERINGS)) -> Iterator[Made]:
    """Every layout in several templates, copies and renderings."""
    for layout in LAYOUTS:
        for template in range(templates):
            for copy in range(copies):
                for rendering in renderings:
                    yield make(layout, template, copy, rendering)
