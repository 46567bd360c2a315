"""`mailroom verify`: whether all that is kept is whole."""

from __future__ import annotations

from collections.abc import Iterator

import typer

from mailroom import house, safe_keeping
from mailroom.commands.options import DEFAULT_CONFIG, Config, Json, settings_of
from mailroom.screen import FAILED, OK, console, put, put_json
from records import soundness
from records.soundness import Soundness
from scheduler.checking import Anchors, compare_anchors


def add_to(application: typer.Typer) -> None:
    application.command(epilog="Example: mailroom verify --json")(verify)


def verify(config: Config = DEFAULT_CONFIG, as_json: Json = False) -> None:
    """Check the chain of history, every stored paper against its sha256, and every row against its bytes.

    Where backups are made, the history is also compared with how it ended when each of them was made: that shows a chain
    whose end was cut off.
    """
    with (
        house.opened(settings_of(config)) as open_house,
        console().status("Reading everything that is kept"),
        open_house.database.reading() as session,
    ):
        found = soundness.check(session, open_house.blobs)
        vault = safe_keeping.vault(open_house)
        anchors = compare_anchors(session, vault.sites, vault.keys.public_signer) if vault else Anchors()
    if as_json:
        put_json(_as_json(found, anchors))
    else:
        for line in (*_anchors_in_words(anchors), *_in_words(found, sound=found.sound and not anchors.wrong)):
            put(line)
    raise typer.Exit(OK if found.sound and not anchors.wrong else FAILED)


def _as_json(found: Soundness, anchors: Anchors) -> dict[str, object]:
    return {
        "sound": found.sound and not anchors.wrong,
        "anchors": {"compared": anchors.compared, "wrong": anchors.wrong, "unread": anchors.unread},
        "events": found.events,
        "head": found.head,
        "unsealed": found.unsealed,
        "broken_at": found.broken_at,
        "wrong_details": [str(one) for one in found.wrong_details],
        "blobs": found.blobs,
        "altered": found.altered,
        "missing": [{"table": table, "row": row, "sha256": sha256} for table, row, sha256 in found.missing],
        "unknown": found.unknown,
    }


def _anchors_in_words(anchors: Anchors) -> Iterator[str]:
    if anchors.compared:
        yield f"Backups: the history was compared with its end in {anchors.compared} of them."
    for name in anchors.wrong:
        yield f"BROKEN: the history is not what it was when backup {name} was made. It was changed or cut since."
    for site, why in anchors.unread.items():
        yield f"Not compared with the backups at {site}: {why}"


def _in_words(found: Soundness, *, sound: bool) -> Iterator[str]:
    yield f"History: {found.events} events in the chain, {found.unsealed} not yet in it; it ends with {found.head[:16]}."
    if found.broken_at is not None:
        yield f"BROKEN: the chain does not hold at event {found.broken_at}. It has been changed from there on."
    for detail in found.wrong_details:
        yield f"ALTERED: the detail of event {detail} is not what was written."
    yield f"Papers: {found.blobs} stored{_unused(len(found.unknown))}."
    for name in found.altered:
        yield f"ALTERED: the bytes of {name} are not what was stored."
    for table, row, sha256 in found.missing:
        yield f"MISSING: {table} {row} needs {sha256}, which is not there."
    yield "All is whole." if sound else "Not everything is whole. Restore from a backup what is altered or missing."


def _unused(number: int) -> str:
    if not number:
        return ", each belongs to something on record"
    belongs = "belongs" if number == 1 else "belong"
    return f", {number} of them {belongs} to nothing on record: left over from deliveries that broke off, which does no harm"
