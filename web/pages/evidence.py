"""The evidence pack of an ECT: for whom and why, and the PDF. What is not noted does not leave the house."""

from __future__ import annotations

import re

from starlette.responses import Response

from records import disclosures
from records.disclosures import GROUNDS, Recipient
from records.evidence import pack
from records.models.disclosures import DisclosureGround, DisclosureKind
from records.models.inductions import Induction
from records.values import Wrong
from web.forms import Faults, asked_text
from web.pages.ects import found
from web.visit import Visit

OFFERED = (DisclosureGround.APPEAL, DisclosureGround.INSPECTION, DisclosureGround.ECT_ASKED)


def show(visit: Visit) -> Response:
    return _page(visit, found(visit))


def make(visit: Visit) -> Response:
    induction, faults = found(visit), Faults()
    name = asked_text(visit.written, "recipient", "Enter who gets it", faults)
    ground = next((one for one in OFFERED if one.value == visit.written.text("ground")), None)
    if ground is None:
        faults.add("ground", "Choose why it may be handed over")
    if faults or ground is None:
        return _page(visit, induction, faults)
    by = visit.viewer.name if visit.viewer else ""
    heading = pack.Heading(visit.house.settings.body_name, name, GROUNDS[ground], by)
    try:
        disclosures.check(visit.session, induction)
        made = pack.make(visit.session, visit.house.blobs, induction, heading, visit.now)
        recipient = Recipient(name, ground, note=visit.written.text("note"))
        disclosures.by_download(
            visit.session, induction, DisclosureKind.EVIDENCE_PACK, recipient, made.manifest, visit.actor, visit.now
        )
    except Wrong as wrong:
        faults.add("recipient", str(wrong))
        return _page(visit, induction, faults)
    file = re.sub(r"[^A-Za-z0-9-]", "-", induction.person.last_name) or "ect"
    headers = {"Content-Disposition": f'attachment; filename="evidence-{file}.pdf"', "Cache-Control": "no-store"}
    return Response(made.content, media_type="application/pdf", headers=headers)


def _page(visit: Visit, induction: Induction, faults: Faults | None = None) -> Response:
    return visit.page(
        "evidence.html",
        422 if faults else 200,
        induction=induction,
        grounds=[(one.value, GROUNDS[one]) for one in OFFERED],
        typed={name: visit.written.raw(name) for name in ("recipient", "ground", "note")},
        faults=faults,
    )
