"""Files that are damaged or made to do harm, through the gates and the isolated reader: a plain reason, and life goes on."""

import socket
import threading
import time
from collections.abc import Callable, Iterator

import pytest

from ingest.reading import IsolatedReader
from ingest.screening import Treatment, screen
from parsers.child import CRASHED
from parsers.forms import ReadFile, Unreadable
from tests.support import hostile
from tests.support.bombs import BOMBS

PATIENT = 45.0
"""Seconds: no bound on speed, only on hanging, for a machine that is busy with other tests."""

REFUSED_AT_THE_GATE: dict[str, Callable[[], bytes]] = {
    "empty": lambda: b"",
    "oversize": lambda: b"%PDF-1.7\n" + b"x" * (51 * 1024 * 1024),
    "encrypted docx": hostile.encrypted_docx,
    "truncated docx": hostile.truncated_docx,
    "zip bomb": hostile.zip_bomb_docx,
    "overlapping zip": hostile.overlapping_zip,
    "crowded zip": hostile.crowded_zip,
    "locked zip": hostile.locked_zip,
}
UNREADABLE: dict[str, Callable[[], bytes]] = {
    **REFUSED_AT_THE_GATE,
    "entity bomb": hostile.entity_bomb_docx,
    "deeply nested docx": hostile.deep_docx,
    "document that hangs": hostile.xobject_laughs,
    "XObject loop": hostile.xobject_loop,
    "page-tree loop": hostile.page_tree_loop,
    "Flate bomb": hostile.flate_bomb,
    "picture of billions of dots": hostile.pixel_bomb_png,
    "truncated picture": lambda: hostile.pixel_bomb_png(500)[:80],
}
READ_OR_UNREADABLE: dict[str, Callable[[], bytes]] = {
    "truncated PDF": hostile.truncated_pdf,
    "field loop": hostile.field_loop,
    "page 200 metres wide": hostile.huge_page_pdf,
    "cells two million columns wide": hostile.wide_docx,
    "entity of a file": lambda: hostile.external_entity_docx("file:///etc/passwd"),
}


@pytest.fixture(scope="module")
def reader() -> Iterator[IsolatedReader]:
    with IsolatedReader() as reader:
        yield reader


def outcome(reader: IsolatedReader, data: bytes) -> ReadFile | Unreadable:
    """What the reader says, within bounds; the next document is read as if nothing had happened."""
    begun = time.monotonic()
    read = reader.read(data, hostile.name_out_of_the_folder())
    assert time.monotonic() - begun < PATIENT
    after = reader.read(hostile.plain_pdf(), "form.pdf")
    assert isinstance(after, ReadFile), after
    words = [token["text"] for paper in after.papers for token in paper.sheet["tokens"]]
    assert words == ["Full", "name:", "Aroha", "Example"]
    return read


@pytest.mark.parametrize("name", REFUSED_AT_THE_GATE)
def test_gate_refuses_with_a_plain_reason(name: str) -> None:
    screened = screen(REFUSED_AT_THE_GATE[name](), "application/octet-stream", "form.docx")
    assert screened.treatment is Treatment.REFUSE
    assert_plain(screened.problem)


@pytest.mark.parametrize("name", UNREADABLE)
def test_harmful_file_is_unreadable_with_a_plain_reason(reader: IsolatedReader, name: str) -> None:
    read = outcome(reader, UNREADABLE[name]())
    assert isinstance(read, Unreadable)
    assert_plain(read.reason)


@pytest.mark.parametrize("name", READ_OR_UNREADABLE)
def test_odd_file_is_read_or_has_a_plain_reason(reader: IsolatedReader, name: str) -> None:
    read = outcome(reader, READ_OR_UNREADABLE[name]())
    if isinstance(read, Unreadable):
        assert_plain(read.reason)
    else:
        assert "root:" not in str([paper.sheet for paper in read.papers])


LONG = {"TIFF of 400 pages"}


@pytest.mark.parametrize("name", [pytest.param(name, marks=pytest.mark.soak if name in LONG else ()) for name in BOMBS])
def test_bomb_is_read_or_has_a_plain_reason_and_breaks_nothing(reader: IsolatedReader, name: str) -> None:
    read = reader.read(BOMBS[name](), "form", shown=False)
    if isinstance(read, Unreadable):
        assert_plain(read.reason)
        assert not read.reason.startswith(CRASHED), "the reader knew what was the matter"
    after = reader.read(hostile.plain_pdf(), "form.pdf")
    assert isinstance(after, ReadFile), after


def test_wrongly_named_file_is_read_as_what_it_is(reader: IsolatedReader) -> None:
    data = hostile.plain_pdf()
    assert screen(data, "application/msword", "form.docx").warnings
    assert isinstance(reader.read(data, "form.docx"), ReadFile)


def test_nothing_is_fetched_from_the_network(reader: IsolatedReader) -> None:
    with socket.socket() as trap:
        trap.bind(("127.0.0.1", 0))
        trap.listen()
        address = f"http://127.0.0.1:{trap.getsockname()[1]}"
        caught: list[object] = []

        def watch() -> None:
            while True:
                try:
                    visitor, came_from = trap.accept()
                except OSError:
                    return
                caught.append(came_from)
                visitor.close()

        watching = threading.Thread(target=watch)
        watching.start()
        read = outcome(reader, hostile.calling_docx(address))
        outcome(reader, hostile.external_entity_docx(f"{address}/entity"))
        trap.shutdown(socket.SHUT_RDWR)
        watching.join()
    assert isinstance(read, ReadFile), "the form itself is read"
    assert caught == []


def assert_plain(reason: str | None) -> None:
    """A sentence for a coordinator: no traceback, no path, no name of a class of ours."""
    assert reason
    assert reason[0].isupper()
    assert reason.rstrip(")").endswith((".", "Error", "Exception")) or reason.endswith(".")
    assert not any(sign in reason for sign in ("Traceback", "/", "0x", "parsers.", "None"))
