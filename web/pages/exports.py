"""Files that leave the house: what to tell the DfE, what must be entered by hand and why, and the register."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

from starlette.responses import Response

from records import inbox
from records.exports import dfe, dfe_refusals
from records.exports.dfe_files import File
from records.exports.dfe_refusals import Taken
from records.exports.register import register_file
from records.models.exports import DfeRefusal
from records.values import Wrong
from web.forms import Faults
from web.visit import Missing, Visit

MOST_ROWS = 200
PIECES = {"claims": ("claims",), "outcomes": ("outcomes",), "by-hand": ("by_hand",), "all": ("claims", "outcomes", "by_hand")}


def show(visit: Visit) -> Response:
    return _page(visit)


def make(visit: Visit) -> Response:
    """Hand the files over and write down that they went. What a person already has is offered again only on request."""
    chosen = PIECES.get(visit.written.text("what"), PIECES["all"])
    every = dfe.to_tell(visit.session, visit.today, again=visit.written.text("again") == "yes")
    told = replace(every, **{name: () for name in PIECES["all"] if name not in chosen})
    files = told.files()
    if not files:
        return visit.go("/exports", "There is nothing new to tell the DfE")
    dfe.note_exported(visit.session, told, visit.actor, visit.now)
    return _download(files, f"dfe-{visit.today.isoformat()}.zip")


def register(visit: Visit) -> Response:
    """The register of every induction. That somebody took it away is written down."""
    dfe.note_register(visit.session, visit.actor, visit.now)
    return _download([register_file(visit.session)], "")


def take_refusals(visit: Visit) -> Response:
    """The error file of the DfE's service: its messages go to the ECTs they are about."""
    file, faults = visit.written.file("file"), Faults()
    if file is None:
        faults.add("file", "Choose the error file that the DfE’s service gave you")
        return _page(visit, faults)
    try:
        taken = dfe_refusals.take_in(visit.session, file.content, file.plain_name, visit.actor, visit.now)
    except Wrong as wrong:
        faults.add("file", str(wrong))
        return _page(visit, faults)
    return visit.go("/exports", _taken_words(taken))


def _taken_words(taken: Taken) -> str:
    said = [f"Messages taken in: {len(taken.attached)}"]
    if taken.known_already:
        said.append(f"here already: {taken.known_already}")
    if taken.unknown:
        said.append(f"about TRNs that nobody here has: {', '.join(trn or 'none' for _line, trn in taken.unknown[:5])}")
    return "; ".join(said)


def settle_refusal(visit: Visit) -> Response:
    refusal = visit.session.get(DfeRefusal, visit.id)
    if refusal is None:
        raise Missing
    dfe_refusals.settle(visit.session, refusal, visit.actor, visit.now)
    return visit.go("/exports", "Marked as dealt with")


def _page(visit: Visit, faults: Faults | None = None) -> Response:
    refusals = dfe_refusals.open_refusals(visit.session)
    return visit.page(
        "exports.html",
        422 if faults else 200,
        told=dfe.to_tell(visit.session, visit.today),
        most=MOST_ROWS,
        refusals=refusals,
        refused=dfe_refusals.inductions_of(visit.session, refusals),
        earlier=inbox.latest(visit.session, "dfe_export_made", "register_exported"),
        faults=faults,
    )


def _download(files: list[File], name: str) -> Response:
    """One file as it is, several in a zip. The DfE's service takes CSV by its media type."""
    if len(files) == 1:
        return _attached(files[0].content, files[0].name, "text/csv; charset=utf-8")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for one in files:
            archive.writestr(one.name, one.content)
    return _attached(packed.getvalue(), name, "application/zip")


def _attached(content: bytes, name: str, media_type: str) -> Response:
    return Response(content, media_type=media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'})
