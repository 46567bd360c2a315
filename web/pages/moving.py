"""Moving records in: a transfer bundle of another body, or a table of ECTs from another system. Looked at first, then taken in."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session
from starlette.responses import Response

from records.blobs import StoreFull
from records.events import Actor
from records.moving import history, history_in, mapping, transfer_in
from records.moving.history import HistoryPlan, Terms
from records.moving.mapping import Columns
from records.moving.tables import Table, read_table
from records.uploads import UploadedFile
from records.values import Wrong, counted
from web.forms import Faults
from web.visit import Visit

MOST_ROWS = 2000
"""Rows that are taken in while somebody waits for a page; the command line takes any number."""
MOST_SAID = 100
SYSTEM = "other"


@dataclass(frozen=True, slots=True)
class Looked:
    """What an import would do, with the mapping it was read by."""

    plan: HistoryPlan
    mapping: str


def show(visit: Visit) -> Response:
    return _page(visit)


def transfer(visit: Visit) -> Response:
    """Take in a bundle: bytes first, then one transaction."""
    faults, file = Faults(), visit.written.file("bundle")
    if file is None:
        faults.add("bundle", "Choose the bundle: a zip")
        return _page(visit, faults)
    try:
        bundle = transfer_in.opened(file.content)
        transfer_in.keep_papers(visit.house.blobs, bundle)
        with visit.house.db.writing() as session:
            visit.opened = session
            induction = transfer_in.take_in(session, visit.house.blobs, bundle, visit.actor, visit.now)
            return visit.go(f"/ects/{induction.id}", f"The record came in from {bundle.bundle.from_body}")
    except Wrong as wrong:
        faults.add("bundle", f"{wrong}. Nothing was taken in")
    except StoreFull:
        faults.add("bundle", "There is no room for the papers at the moment. Nothing was taken in")
    visit.opened = None
    return _page(visit, faults)


def take_history(visit: Visit) -> Response:
    """Look at a table of ECTs, or take it in: all of it, or nothing while something is wrong."""
    faults, file = Faults(), visit.written.file("table")
    if file is None:
        faults.add("table", "Choose the table: CSV or a workbook")
        return _page(visit, faults)
    key = visit.house.settings.marks_key
    if key is None:
        faults.add("table", "The installation has no key: whoever runs the service must set mailroom.secret_key_file")
        return _page(visit, faults)
    terms = Terms(key, visit.house.settings.retention, visit.house.settings.keep_ni_numbers)
    try:
        table = _table(file)
        columns = _columns(visit, table)
    except Wrong as wrong:
        faults.add("mapping" if "mapping" in str(wrong).casefold() else "table", str(wrong))
        return _page(visit, faults)
    doubts = visit.written.text("doubts") == "yes"
    if visit.written.text("how") == "take":
        return _take(visit, table, columns, terms, doubts=doubts)
    return _look(visit, table, columns, terms)


def _look(visit: Visit, table: Table, columns: Columns, terms: Terms) -> Response:
    faults = Faults()
    try:
        with visit.house.db.reading() as session:
            found = history.plan(session, table, None, columns, terms, visit.now)
    except Wrong as wrong:
        faults.add("mapping", str(wrong))
        return _page(visit, faults, written=mapping.to_toml(columns))
    return _page(visit, looked=Looked(found, mapping.to_toml(columns)))


def _take(visit: Visit, table: Table, columns: Columns, terms: Terms, *, doubts: bool) -> Response:
    faults = Faults()
    try:
        with visit.house.db.writing() as session:
            visit.opened = session
            found = _carry_out(session, table, columns, terms, visit, visit.actor, doubts=doubts)
            if not found.errors and (doubts or not found.doubts):
                refused = f", {counted(len(found.refused), 'row stays', 'rows stay')} out" if found.refused else ""
                return visit.go("/moving", f"{counted(len(found.new), 'ECT')} came in{refused}")
    except Wrong as wrong:
        faults.add("mapping", str(wrong))
        visit.opened = None
        return _page(visit, faults, written=mapping.to_toml(columns))
    visit.opened = None
    faults.add("table", "Nothing was taken in: put right what is listed below, or accept the doubts")
    return _page(visit, faults, looked=Looked(found, mapping.to_toml(columns)))


def _carry_out(
    session: Session, table: Table, columns: Columns, terms: Terms, visit: Visit, actor: Actor, *, doubts: bool
) -> HistoryPlan:
    """The plan, carried out where nothing stands in the way."""
    found = history.plan(session, table, None, columns, terms, visit.now)
    if not found.errors and (doubts or not found.doubts):
        history_in.carry_out(session, found, terms, actor, visit.now, accept_doubts=doubts)
    return found


def _table(file: UploadedFile) -> Table:
    table = read_table(file.content, file.plain_name)
    if len(table.rows) > MOST_ROWS:
        message = (
            f"The table has {len(table.rows)} rows: more than {MOST_ROWS} come in by the command line (mailroom import history)"
        )
        raise Wrong(message)
    return table


def _columns(visit: Visit, table: Table) -> Columns:
    """What was typed, else a preset that fits, else a guess by the names of columns."""
    if visit.written.text("mapping"):
        return mapping.from_toml(visit.written.raw("mapping"))
    for preset in mapping.PRESETS.values():
        if not preset.missing(table.header):
            return preset
    return mapping.guessed(SYSTEM, table.header)


def _page(visit: Visit, faults: Faults | None = None, *, looked: Looked | None = None, written: str = "") -> Response:
    return visit.page(
        "moving.html",
        422 if faults else 200,
        looked=looked,
        mapping=(looked.mapping if looked else "") or written or visit.written.raw("mapping"),
        titles=mapping.ECT_FIELDS,
        most=MOST_ROWS,
        most_said=MOST_SAID,
        faults=faults,
    )
