"""What accepted forms have taught: a list of layouts, what each taught and how well it reads, and forgetting with a second look."""

from __future__ import annotations

from starlette.responses import Response

from records import layouts
from records.layouts import Quality
from records.models.layouts import Layout, LayoutAnchor
from records.values import counted
from web.visit import Missing, Visit
from web.words import field_title, form_title

_PLACES = {
    "inside": "Behind its label, in the same box or line",
    "before": "In front of its label, in the same box or line",
    "under": "In the line under its label",
    "next": "Below its label, up to the next label",
}


def show(visit: Visit) -> Response:
    qualities = layouts.qualities(visit.session)
    rows = [
        (one, _title(one), _known(one), quality_words(qualities.get(one.fingerprint))) for one in layouts.every(visit.session)
    ]
    return visit.page("layouts.html", rows=rows)


def one(visit: Visit) -> Response:
    layout = _found(visit)
    quality = layouts.qualities(visit.session).get(layout.fingerprint)
    rows = [(anchor, field_title(anchor.field), place_words(anchor), trust_words(anchor)) for anchor in layout.anchors]
    return visit.page("layout.html", layout=layout, title=_title(layout), rows=rows, quality=quality_words(quality))


def ask_forget(visit: Visit) -> Response:
    layout = _found(visit)
    field = _field(layout, visit.query.get("field"))
    what = field_title(field) if field else None
    return visit.page("layout_forget.html", layout=layout, title=_title(layout), field=field, what=what)


def forget(visit: Visit) -> Response:
    layout = _found(visit)
    field = _field(layout, visit.written.text("field") or None)
    title = _title(layout)
    layouts.forget(visit.session, layout.fingerprint, field, visit.actor, visit.now)
    if field is not None:
        return visit.go(f"/layouts/{layout.id}", f"The place of {field_title(field)} is forgotten")
    return visit.go("/layouts", f"What was learnt from “{title}” is forgotten")


def place_words(anchor: LayoutAnchor) -> str:
    """Where a field's value stands on the paper, in words."""
    place = anchor.anchor
    if place.get("options"):
        told = sum(value is not None for value in place["options"].values())
        return f"The option that is marked: {told} of {len(place['options'])} have been told"
    if place.get("how") == "cell":
        down, right = place.get("shift", (0, 0))
        return (
            "In the cell "
            + " and ".join(filter(None, (_steps(down, "row", "below"), _steps(right, "column", "right of"))))
            + " its label"
        )
    return _PLACES.get(str(place.get("how")), "Asked for, but empty on every accepted form so far")


def trust_words(anchor: LayoutAnchor) -> str:
    if not anchor.anchor.get("how") and not anchor.anchor.get("options"):
        return "Not known yet"
    agreed = f"{counted(anchor.agreements, 'form agrees', 'forms agree')}"
    if anchor.agreements > anchor.contradictions:
        return f"Used: {agreed}"
    return f"Used, but a person checks each value: {agreed}, {anchor.contradictions} spoke against it"


def quality_words(quality: Quality | None) -> str:
    """How well accepted papers of a layout were read. Empty while there are none."""
    if quality is None or not quality.values:
        return ""
    forms = f"{counted(quality.papers, 'accepted form')}"
    return f"{quality.right} of {quality.values} values of {forms} were right as read"


def _steps(number: int, one_: str, where: str) -> str:
    if not number:
        return ""
    return f"{counted(number, one_)} {where}"


def _title(layout: Layout) -> str:
    return layout.title or form_title(layout.form_kind)


def _known(layout: Layout) -> int:
    return sum(bool(one.anchor.get("how") or one.anchor.get("options")) for one in layout.anchors)


def _found(visit: Visit) -> Layout:
    layout = visit.session.get(Layout, visit.id)
    if layout is None:
        raise Missing
    return layout


def _field(layout: Layout, field: str | None) -> str | None:
    if field is not None and field not in {one.field for one in layout.anchors}:
        raise Missing
    return field
