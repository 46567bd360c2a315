"""Which papers the odds are learnt from: every layout that the tests can draw, in every way that it can reach an office."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

from tests.support import papers, unseen
from tests.support.papers_layouts import LAYOUTS
from tests.support.papers_model import Sketch
from tests.support.papers_pdf import to_pdf
from tests.support.papers_spoilt import spoil
from tests.support.pictured import WAYS, pictured
from tests.support.unseen.converted import SOFFICE

FAMILIES: dict[str, tuple[list[str], Callable[[str, int, int], Sketch]]] = {
    "papers": (list(LAYOUTS), papers.draw),
    "unseen": (list(unseen.LAYOUTS), unseen.draw),
}
CONVERTED = unseen.CONVERTED if SOFFICE else {}
_SCANS = (
    "scan", "150 dpi", "300 dpi", "black and white", "jpeg 30", "skew 3", "turned 180", "shade", "holes and staple", "stamp", "noise",
    "poor text",
)  # fmt: skip
_PHOTOS = ("photo", "photo from aside", "photo heic")
PICTURED = {"scan": _SCANS, "photo": _PHOTOS}
FIRST = 3000
"""The number of the first template; the tests draw those before it."""
SPOILT = 0.12
"""The share of papers on which something goes wrong that most bodies take care of."""
_TAUGHT_EVERY = 5


@dataclass(frozen=True)
class Plan:
    """One paper to make. `template` chooses the design, what was filled in, and what is spoilt."""

    family: str
    layout: str
    template: int
    rendering: str
    taught: bool = False
    """Another paper of the same template has taught its layout."""

    @property
    def name(self) -> str:
        return f"{self.family}/{self.layout}/{self.template}/{self.rendering}{'/taught' if self.taught else ''}"


def plans(digital: int, pictures: int) -> Iterator[Plan]:
    """So many templates of every layout in each rendering of our own and one of LibreOffice, and so many pictures of every layout."""
    layouts = [(family, layout) for family, (names, _) in FAMILIES.items() for layout in names]
    for number, (family, layout) in enumerate(layouts):
        for template in range(FIRST, FIRST + digital):
            for place, rendering in enumerate(unseen.DRAWN):
                yield Plan(family, layout, template, rendering, taught=(number + template + place) % _TAUGHT_EVERY == 0)
            if CONVERTED:
                yield Plan(family, layout, template, list(CONVERTED)[(number + template) % len(CONVERTED)])
        for template in range(FIRST, FIRST + pictures):
            yield Plan(family, layout, template, "photo" if (number + template) % 3 == 2 else "scan")


def drawn(plan: Plan, copy: int = 0) -> tuple[Sketch, tuple[str, ...]]:
    """The filled-in form, and in which ways it was spoilt. The same plan gives the same form."""
    sketch = FAMILIES[plan.family][1](plan.layout, plan.template, copy)
    dice = Random(f"{plan.family}/{plan.layout}/{plan.template}")
    if plan.taught or dice.random() >= SPOILT:
        return sketch, ()
    return sketch, spoil(sketch, dice)


def rendered(plan: Plan, sketch: Sketch) -> bytes:
    """The file; what LibreOffice is to convert comes as the Word file that it is made from."""
    if plan.rendering in PICTURED:
        way = Random(f"{plan.name}/way").choice(PICTURED[plan.rendering])
        return pictured(to_pdf(sketch), WAYS[way])
    source = CONVERTED[plan.rendering][0] if plan.rendering in CONVERTED else plan.rendering
    return unseen.DRAWN[source](sketch)
