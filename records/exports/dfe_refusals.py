"""What the DfE's service sent back: its error file taken in, each message kept with the ECT until it is dealt with."""

from __future__ import annotations

import hashlib
import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from records.events import Actor, record
from records.exports.dfe_rules import CLAIM_HEADER, OUTCOME_HEADER
from records.models.exports import DfeRefusal, Export, ExportKind, ExportRow
from records.models.inductions import Induction, InductionPeriod
from records.models.people import Person
from records.moving.tables import Table, TableRow, read_table
from records.values import Wrong, iso_date

MESSAGE = "Error message"
_HEADERS = {ExportKind.CLAIMS: CLAIM_HEADER, ExportKind.OUTCOMES: OUTCOME_HEADER}
_DAY = {ExportKind.CLAIMS: "Induction period start date", ExportKind.OUTCOMES: "Induction period end date"}


@dataclass
class Taken:
    """What came of an error file. `unknown` are its rows whose TRN nobody here has: line and TRN."""

    kind: ExportKind
    attached: list[DfeRefusal] = field(default_factory=list)
    known_already: int = 0
    unknown: list[tuple[int, str]] = field(default_factory=list)


def take_in(session: Session, content: bytes, name: str, actor: Actor, now: datetime) -> Taken:
    """Attach the messages of an error file ("Errors for … .csv") to ECTs by TRN. The same file again changes nothing.

    Raises `Wrong` for a file of another kind, and then takes in nothing.
    """
    table = read_table(content, name)
    taken = Taken(_kind_of(table, name))
    rows = [row for row in table.rows if row.cells.get(MESSAGE)]
    if not rows:
        message = f"{name} holds no error messages"
        raise Wrong(message)
    for row in rows:
        _attach(session, row, taken, actor, now)
    session.flush()
    return taken


def open_refusals(session: Session, induction_id: uuid.UUID | None = None) -> list[DfeRefusal]:
    """Those nobody has dealt with yet, the newest first; of one induction where it is named."""
    chosen = sa.select(DfeRefusal).where(DfeRefusal.settled_at.is_(None))
    if induction_id is not None:
        chosen = chosen.where(DfeRefusal.induction_id == induction_id)
    return list(session.scalars(chosen.order_by(DfeRefusal.taken_in_at.desc(), DfeRefusal.about)))


def inductions_of(session: Session, refusals: Sequence[DfeRefusal]) -> dict[uuid.UUID, Induction]:
    """The inductions that refusals are about, by id."""
    ids = {one.induction_id for one in refusals}
    return {one.id: one for one in session.scalars(sa.select(Induction).where(Induction.id.in_(ids)))}


def settle(session: Session, refusal: DfeRefusal, actor: Actor, now: datetime) -> None:
    """Say that a refusal was dealt with. Twice is once."""
    if refusal.settled_at is None:
        refusal.settled_at, refusal.settled_by_id = now, actor.account_id
        session.flush()
        record(session, "dfe_refusal_settled", refusal, actor, now, induction_id=refusal.induction_id)


def _kind_of(table: Table, name: str) -> ExportKind:
    columns = set(table.header)
    for kind, header in _HEADERS.items():
        if columns == {*header, MESSAGE}:
            return kind
    message = f"{name} is no error file of the DfE’s service: its columns are those of an upload and “{MESSAGE}”"
    raise Wrong(message)


def _attach(session: Session, row: TableRow, taken: Taken, actor: Actor, now: datetime) -> None:
    cells = {column: _unguarded(cell) for column, cell in row.cells.items()}
    trn = cells["TRN"]
    induction_id = _induction_of(session, trn, taken.kind, cells[_DAY[taken.kind]])
    if induction_id is None:
        taken.unknown.append((row.line, trn))
        return
    about = ", ".join(cells[column] for column in _HEADERS[taken.kind])
    digest = hashlib.sha256(f"{about}\n{cells[MESSAGE]}".encode()).hexdigest()
    known = sa.select(DfeRefusal).where(
        DfeRefusal.induction_id == induction_id, DfeRefusal.kind == taken.kind, DfeRefusal.digest == digest
    )
    if session.scalar(known) is not None:
        taken.known_already += 1
        return
    refusal = DfeRefusal(
        id=uuid.uuid4(),
        induction_id=induction_id,
        kind=taken.kind,
        message=cells[MESSAGE],
        about=about[:300],
        digest=digest,
        taken_in_at=now,
    )
    session.add(refusal)
    session.flush()
    _offer_again(session, refusal)
    record(session, "dfe_refused", refusal, actor, now, detail={"message": refusal.message}, induction_id=induction_id)
    taken.attached.append(refusal)


def _unguarded(cell: str) -> str:
    """The service's download guards cells against spreadsheets with an apostrophe."""
    return cell[1:] if re.match(r"'[=+\-@]", cell) else cell


def _induction_of(session: Session, trn: str, kind: ExportKind, day: str) -> uuid.UUID | None:
    """The induction whose period with us the row was about, else the newest of that TRN."""
    periods = session.scalars(
        sa.select(InductionPeriod)
        .join(Induction, InductionPeriod.induction_id == Induction.id)
        .join(Person, Induction.person_id == Person.id)
        .where(Person.trn == trn, InductionPeriod.body_name.is_(None))
        .order_by(InductionPeriod.starts_on.desc())
    ).all()
    if not periods:
        return None
    written = _day(day)
    fitting = [one for one in periods if (one.starts_on if kind is ExportKind.CLAIMS else one.ends_on) == written]
    return (fitting or periods)[0].induction_id


def _day(text: str) -> date | None:
    try:
        return iso_date(text)
    except Wrong:
        return None


def _offer_again(session: Session, refusal: DfeRefusal) -> None:
    """What was refused has not gone: forget that the newest such row went, so that it is offered again."""
    newest = (
        sa.select(ExportRow.id)
        .join(Export, ExportRow.export_id == Export.id)
        .where(ExportRow.induction_id == refusal.induction_id, ExportRow.kind == refusal.kind)
        .order_by(Export.made_at.desc())
        .limit(1)
    )
    session.execute(sa.delete(ExportRow).where(ExportRow.id.in_(newest)))
