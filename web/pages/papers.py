"""Papers as bytes and as things to file: pictures, originals, reading again, typing in, filing as a document."""

from __future__ import annotations

import uuid
from urllib.parse import quote

from starlette.responses import Response

from records import communications, inbox, people, viewings
from records.access import Act
from records.blobs import Blobs
from records.fields import FORM_KINDS
from records.models.inductions import Induction
from records.models.post import Attachment, Paper
from records.papers import DOCUMENT_KINDS, file_document
from records.papers import read_again as have_read_again
from records.papers import type_in as type_in_by_hand
from records.submissions import current_of
from records.values import Wrong
from records.viewings import Thing
from web.forms import Faults
from web.pages.inbox import found_message
from web.seeing import saw
from web.visit import Missing, Visit

NEVER_RUN = "default-src 'none'; sandbox; frame-ancestors 'none'"
"""The policy of a stranger's file: even a browser that ignores the disposition runs nothing of it."""


def page_image(visit: Visit) -> Response:
    """A page of a paper as PNG. Its address names a row, not a blob; the blob's name tells whether the browser has it."""
    paper = visit.session.get(Paper, visit.id)
    image = next((one for one in paper.images if one.page == visit.parts["page"]), None) if paper else None
    if image is None:
        raise Missing
    headers = {"ETag": f'"{image.blob_sha256}"', "Cache-Control": "private, no-cache"}
    if visit.if_none_match == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    return Response(_bytes(visit.house.blobs, image.blob_sha256), media_type="image/png", headers=headers)


def attachment_bytes(visit: Visit) -> Response:
    one = _attachment(visit)
    for form in inbox.submissions_of(visit.session, [one.id]).get(one.id, []):
        saw(visit, viewings.thing_of(form, f"{FORM_KINDS.get(form.kind or '', 'Paper')}, as it came"))
    if one.filed_for_id is not None:
        saw(visit, Thing(one.filed_for_id, DOCUMENT_KINDS.get(one.filed_as or "", "A document")))
    return _original(visit.house.blobs, one.blob_sha256, one.name or "attachment")


def message_bytes(visit: Visit) -> Response:
    message = found_message(visit)
    return _original(visit.house.blobs, message.blob_sha256, f"message-{message.id}.eml")


def read_again(visit: Visit) -> Response:
    one = _attachment(visit)
    try:
        have_read_again(visit.session, one, visit.actor, visit.now)
    except Wrong as wrong:
        return visit.go(f"/inbox/{one.message_id}", str(wrong))
    return visit.go(
        f"/inbox/{one.message_id}",
        "The paper will be read again. Its draft stays until the new reading takes its place, and what was corrected by hand stays corrected",
    )


def show_type_in(visit: Visit) -> Response:
    return _type_in_page(visit, _attachment(visit))


def type_in(visit: Visit) -> Response:
    one = _attachment(visit)
    try:
        submission = type_in_by_hand(visit.session, one, visit.written.text("kind"), visit.actor, visit.now)
    except Wrong as wrong:
        faults = Faults()
        faults.add("kind", str(wrong))
        return _type_in_page(visit, one, faults)
    return visit.go(f"/submissions/{submission.id}")


def show_file(visit: Visit) -> Response:
    """Suggests the ECT whose form came from the same attachment or message."""
    one = _attachment(visit)
    drafts = inbox.submissions_of(visit.session, [other.id for other in one.message.attachments])
    suggested = {draft.induction.id: draft.induction for found in drafts.values() for draft in found if draft.induction}
    return _file_page(visit, one, list(suggested.values()))


def file(visit: Visit) -> Response:
    """File it, or look for an ECT first: both buttons stand in one form, so that nothing typed is lost."""
    one, written = _attachment(visit), visit.written
    searched = written.text("search")
    if written.text("do") == "search":
        return _file_page(visit, one, people.search_ects(visit.session, searched, 25) if searched else [])
    faults = Faults()
    induction = _induction(visit, written.text("induction"))
    if induction is None and written.text("induction") != "nobody":
        faults.add("induction", "Choose whom it is about, or “No ECT”")
    if written.text("kind") not in DOCUMENT_KINDS:
        faults.add("kind", "Choose what kind of document it is")
    if faults:
        return _file_page(visit, one, [induction] if induction else [], faults)
    if induction is not None:
        visit.require(Act.CORRECT, induction)
    for draft in current_of(visit.session, one):
        # Filing closes the draft, which is a decision about its ECT.
        visit.require(Act.DECIDE, draft)
    file_document(visit.session, one, induction, written.text("kind"), visit.actor, visit.now)
    return visit.go(f"/inbox/{one.message_id}", f"Filed as: {DOCUMENT_KINDS[written.text('kind')]}")


def _attachment(visit: Visit) -> Attachment:
    """What came in a letter for somebody else alone is not there for the viewer, unless it is a form or filed by itself."""
    one = visit.session.get(Attachment, visit.id)
    if one is None:
        raise Missing
    by_itself = one.filed_as is not None or inbox.submissions_of(visit.session, [one.id])
    eyes = communications.eyes_of(visit.viewer)
    if not by_itself and not communications.is_letter_shown(visit.session, one.message_id, eyes):
        raise Missing
    return one


def _induction(visit: Visit, written: str) -> Induction | None:
    try:
        return visit.session.get(Induction, uuid.UUID(written))
    except ValueError:
        return None


def _original(blobs: Blobs, sha256: str | None, name: str) -> Response:
    """Somebody else's bytes: saved, never shown. The type is always the same, so that nothing is opened in the page."""
    if sha256 is None:
        raise Missing
    headers = {
        "Content-Disposition": f"attachment; filename=\"{_plain(name)}\"; filename*=UTF-8''{quote(_tame(name), safe='')}",
        "Content-Security-Policy": NEVER_RUN,
    }
    return Response(_bytes(blobs, sha256), media_type="application/octet-stream", headers=headers)


def _bytes(blobs: Blobs, sha256: str) -> bytes:
    try:
        return blobs.read(sha256)
    except FileNotFoundError:
        raise Missing from None


def _tame(name: str) -> str:
    """A file name without folders, control characters or marks that turn the writing direction."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(letter for letter in last if letter.isprintable()).strip(". ")
    return kept[-150:] or "attachment"


def _plain(name: str) -> str:
    """The same for old browsers: letters, digits and a few signs."""
    return "".join(letter if letter.isascii() and (letter.isalnum() or letter in "._- ") else "_" for letter in _tame(name))


def _type_in_page(visit: Visit, one: Attachment, faults: Faults | None = None) -> Response:
    kinds = list(FORM_KINDS.items())
    return visit.page(
        "type_in.html", 422 if faults else 200, attachment=one, kinds=kinds, chosen=visit.written.text("kind"), faults=faults
    )


def _file_page(visit: Visit, one: Attachment, known: list[Induction], faults: Faults | None = None) -> Response:
    return visit.page(
        "file.html",
        422 if faults else 200,
        attachment=one,
        kinds=list(DOCUMENT_KINDS.items()),
        chosen=visit.written.text("kind"),
        induction=visit.written.text("induction"),
        searched=visit.written.text("search"),
        known=known,
        faults=faults,
    )
