"""Files that leave the house: what to tell the DfE, what must be entered by hand and why, and the register."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

from starlette.responses import Response

from records import inbox
from records.exports import dfe
from records.exports.dfe_files import File
from records.exports.register import register_file
from web.visit import Visit

MOST_ROWS = 200
PIECES = {"claims": ("claims",), "outcomes": ("outcomes",), "by-hand": ("by_hand",), "all": ("claims", "outcomes", "by_hand")}


def show(visit: Visit) -> Response:
    return visit.page(
        "exports.html",
        told=dfe.to_tell(visit.session, visit.today),
        most=MOST_ROWS,
        earlier=inbox.latest(visit.session, "dfe_export_made", "register_exported"),
    )


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
