"""Uploading forms: kept like every letter that comes in, and said to be received only once it is safe."""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence

from starlette.responses import Response

from records import people, post, school_side
from records.blobs import StoreFull
from records.models.people import Person
from records.models.post import Channel
from records.post import Delivery
from records.uploads import UploadedFile, called, letter_around, mark_of
from web.forms import Faults
from web.pages.school_home import viewer_of
from web.visit import Visit

LONGEST_NOTE = 2000
MOST_FILES = 20
MOST_PARTS = 2 * MOST_FILES
"""So many are still heard, so that whoever chose too many is told how many they may choose."""


def show(visit: Visit) -> Response:
    return _page(visit, once=secrets.token_hex(16))


def upload(visit: Visit) -> Response:
    """Bytes first, then the row; the answer follows the commit."""
    files, faults = visit.written.chosen("file"), Faults()
    once = visit.written.text("once")
    if not re.fullmatch(r"[0-9a-f]{32}", once):
        once = secrets.token_hex(16)
    if wrong := _wrong_with(files, visit.house.settings.upload_bytes):
        faults.add("file", wrong)
    if len(visit.written.raw("note")) > LONGEST_NOTE:
        faults.add("note", f"Use {LONGEST_NOTE} characters or fewer")
    if faults:
        return _page(visit, once, faults)
    try:
        _keep(visit, files, once)
    except StoreFull:
        faults.add("file", "We cannot take files at the moment. Nothing was kept: try again later, or send the form by email")
        return _page(visit, once, faults)
    with visit.house.db.writing() as session:
        visit.opened = session
        return visit.go("/school/home", f"We have received {called(files)}")


def _wrong_with(files: Sequence[UploadedFile], most_bytes: int) -> str | None:
    """Why these files cannot be taken, in words to whoever chose them."""
    empty = [file for file in files if not file.content]
    if not files or (empty and len(files) == 1):
        return "Choose a file that is not empty"
    if empty:
        return f"{empty[0].plain_name} is empty: choose the files again without it"
    if len(files) > MOST_FILES:
        return f"Choose at most {MOST_FILES} files at a time"
    if sum(len(file.content) for file in files) > most_bytes:
        these = "The file" if len(files) == 1 else "The files together"
        return f"{these} must be smaller than {most_bytes // (1024 * 1024)} MB"
    return None


def _keep(visit: Visit, files: Sequence[UploadedFile], once: str) -> None:
    viewer, house, words = viewer_of(visit), visit.house, visit.written.raw("note")
    mark = mark_of(files, once=once, words=words)
    with house.db.reading() as session:
        person = session.get_one(Person, viewer.person_id)
        # Somebody whose only address came back lately still signs in by no code; an address is there whenever they can.
        address = people.current_address(person, visit.today) or f"{viewer.account_id}@mailroom.invalid"
    letter = letter_around(files, sender=address, sender_name=viewer.name, mark=mark, words=words, now=visit.now)
    kept = house.blobs.put(letter)
    with house.db.writing() as session:
        post.keep(
            session,
            Delivery(
                kept,
                Channel.UPLOAD,
                visit.now,
                envelope_from=address,
                peer=visit.client,
                source=school_side.upload_source(viewer, mark),
            ),
        )


def _page(visit: Visit, once: str, faults: Faults | None = None) -> Response:
    return visit.page(
        "school/upload.html",
        422 if faults else 200,
        once=once,
        note=visit.written.raw("note"),
        most=visit.house.settings.upload_bytes // (1024 * 1024),
        faults=faults,
    )
