"""Handing an ECT's record over to another body or school, and fetching it by a link with a code."""

from __future__ import annotations

import re

from starlette.responses import Response

from records import disclosures
from records.disclosures import GROUNDS, Recipient
from records.models.disclosures import DisclosureGround, DisclosureKind, HandedOver
from records.models.inductions import Induction
from records.moving import transfer_out
from records.moving.transfer_out import Packed
from records.values import Kind, Wrong, written_form
from web.forms import Faults, asked_text
from web.pages.ects import found
from web.visit import Visit

NOT_RIGHT = "The code is not right, or the link no longer works"
"""One answer for every reason."""


def show(visit: Visit) -> Response:
    return _page(visit, found(visit))


def hand_over(visit: Visit) -> Response:
    """Make the bundle and note who gets it, in one transaction: what is not noted does not leave the house."""
    induction, faults = found(visit), Faults()
    recipient = _recipient(visit, faults)
    how = next((one for one in HandedOver if one.value == visit.written.text("how")), None)
    if how is None:
        faults.add("how", "Choose how it is handed over")
    if faults or recipient is None or how is None:
        return _page(visit, induction, faults)
    try:
        disclosures.check(visit.session, induction)
        packed = _packed(visit, induction)
        if how is HandedOver.LINK:
            link = disclosures.by_link(visit.session, induction, DisclosureKind.TRANSFER, recipient, visit.actor, visit.now)
            address = f"{visit.house.settings.base_url}/collect/{link.token}"
            return visit.page("transfer_link.html", link=link, address=address, induction=induction)
        disclosures.by_download(
            visit.session, induction, DisclosureKind.TRANSFER, recipient, packed.manifest, visit.actor, visit.now
        )
    except Wrong as wrong:
        faults.add("recipient", str(wrong))
        return _page(visit, induction, faults)
    return _download(packed, induction)


def withdraw(visit: Visit) -> Response:
    induction = found(visit)
    rows = {str(one.id): one for one in disclosures.of_induction(visit.session, induction)}
    row = rows.get(visit.written.text("disclosure"))
    if row is not None:
        disclosures.withdraw(visit.session, row, visit.actor, visit.now)
    return visit.go(f"/ects/{induction.id}/transfer", "The link no longer works" if row is not None else None)


def show_collect(visit: Visit) -> Response:
    """The page behind a link. Opening it, by whatever machine, changes nothing and tells nothing about anybody."""
    return visit.page("collect.html")


def collect(visit: Visit) -> Response:
    """A wrong code is counted: the answer is kept, and is the same as for a link that does not work."""
    faults, token, code = Faults(), str(visit.parts["token"]), visit.written.text("code")
    if not code:
        faults.add("code", "Enter the code that you were told")
        return visit.page("collect.html", 422, faults=faults)
    row = disclosures.of_link(visit.session, token, visit.now)
    if row is None or not disclosures.try_code(visit.session, row, token, code):
        faults.add("code", NOT_RIGHT)
        return visit.page("collect.html", faults=faults)
    try:
        disclosures.check(visit.session, row.induction)
        packed = _packed(visit, row.induction)
    except Wrong:
        faults.add("code", NOT_RIGHT)
        return visit.page("collect.html", faults=faults)
    disclosures.collected(visit.session, row, packed.manifest, visit.now)
    return _download(packed, row.induction)


def _packed(visit: Visit, induction: Induction) -> Packed:
    try:
        return transfer_out.pack(visit.session, visit.house.blobs, induction, visit.house.settings.body_name, visit.now)
    except FileNotFoundError:
        raise Wrong("A paper of an assessment is missing from the store: tell whoever runs the service") from None


def _recipient(visit: Visit, faults: Faults) -> Recipient | None:
    written = visit.written
    name = asked_text(written, "recipient", "Enter the body, school or person who gets it", faults)
    ground = next((one for one in DisclosureGround if one.value == written.text("ground")), None)
    if ground is None:
        faults.add("ground", "Choose why it may be handed over")
    address = None
    try:
        address = written_form(Kind.EMAIL, written.text("address"))
    except Wrong as wrong:
        faults.add("address", str(wrong))
    return Recipient(name, ground, address, written.text("note")) if ground is not None else None


def _download(packed: Packed, induction: Induction) -> Response:
    name = re.sub(r"[^A-Za-z0-9-]", "-", induction.person.last_name) or "ect"
    headers = {"Content-Disposition": f'attachment; filename="transfer-{name}.zip"', "Cache-Control": "no-store"}
    return Response(packed.content, media_type="application/zip", headers=headers)


def _page(visit: Visit, induction: Induction, faults: Faults | None = None) -> Response:
    rows = disclosures.of_induction(visit.session, induction)
    written = visit.written
    return visit.page(
        "transfer.html",
        422 if faults else 200,
        induction=induction,
        person=induction.person,
        completed=[one for one in induction.assessments if one.accepted_at is not None],
        still_open=any(one.ends_on is None for one in induction.periods),
        disclosures=rows,
        grounds=[(ground.value, text) for ground, text in GROUNDS.items()],
        words_of_ground=GROUNDS,
        typed={name: written.raw(name) for name in ("recipient", "ground", "address", "note", "how")},
        faults=faults,
    )
