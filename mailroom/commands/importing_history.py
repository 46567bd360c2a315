"""`mailroom import history` and `mailroom import mapping`: an ECT's past moves in from another system."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from mailroom import build, history_files, house
from mailroom.commands.importing import ACTOR, MOST_SAID
from mailroom.commands.options import DEFAULT_CONFIG, Config, Json, settings_of
from mailroom.history_files import Found
from mailroom.house import House
from mailroom.screen import FAILED, OK, PARTLY, USAGE, counting, leave, put, put_json, say
from records.blobs import must_be_there
from records.moving import history, history_in, mapping
from records.moving.history import HistoryPlan, Terms
from records.moving.history_papers import HistoryPaper, Whose, file_papers
from records.moving.mapping import Columns
from records.moving.tables import Table, read_table
from records.values import Wrong, counted

Forms = Annotated[
    Path | None, typer.Option("--assessments", help="A second table, one row for each progress review and assessment.")
]


def add_to(group: typer.Typer) -> None:
    """Two more commands of `mailroom import`."""
    group.command(
        "history",
        epilog="Example: mailroom import history ects.csv --assessments reports.csv --papers ./documents "
        "--mapping ect-manager --dry-run",
    )(import_history)
    group.command(
        "mapping", epilog="Example: mailroom import mapping ects.csv --assessments reports.csv --system old > columns.toml"
    )(guess_mapping)


def import_history(
    ects: Annotated[
        Path, typer.Argument(help="One row for each ECT: CSV, or the first sheet of a workbook.", show_default=False)
    ],
    forms: Forms = None,
    papers: Annotated[
        list[Path] | None, typer.Option("--papers", help="A folder of PDF and Word files. May be given several times.")
    ] = None,
    chosen: Annotated[
        str, typer.Option("--mapping", help="A preset (ect-manager, mailroom) or a TOML file that says which column is what.")
    ] = "mailroom",
    config: Config = DEFAULT_CONFIG,
    as_json: Json = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would come in and what is wrong.")] = False,
    accept_doubts: Annotated[
        bool, typer.Option("--accept-doubts", help="Take rows in although something about them looks doubtful.")
    ] = False,
) -> None:
    """Take in the history of ECTs from another system: all of it, or nothing while a row is wrong.

    It may run again: what is here already stays as it is, and new rows and papers come in. Nobody is written to.
    """
    settings = settings_of(config)
    key = build.marks_key(settings)
    if key is None:
        leave(USAGE, "The import needs mailroom.secret_key_file, to recognise who was erased; `mailroom init` makes one.")
    terms = Terms(key, build.retention_policy(settings), settings.records.keep_ni_numbers)
    try:
        columns, tables = columns_of(chosen), (_table(ects), _table(forms) if forms else None)
    except Wrong as wrong:
        leave(USAGE, f"{wrong}.")
    with house.opened(settings) as open_house:
        try:
            with open_house.database.reading() as session, counting() as count:
                found = history.plan(session, *tables, columns, terms, open_house.clock(), count)
        except Wrong as wrong:
            leave(
                USAGE, f"{wrong}.\n`mailroom import mapping {ects}` guesses which column is what; give its answer to --mapping."
            )
        seen = _look_through(papers or [], found, tables[0])
        stopped = bool(found.errors) or (bool(found.doubts) and not accept_doubts)
        filed = 0
        if not dry_run and not stopped:
            filed = _carry_out(open_house, tables, columns, terms, seen, accept_doubts=accept_doubts)
    if as_json:
        put_json({**found.counts(), "papers": len(seen.papers), "filed": filed, **_words(found, seen)})
    _tell(found, seen, filed, dry_run=dry_run, stopped=stopped)
    raise typer.Exit(FAILED if stopped else PARTLY if found.refused or found.changed or seen.left_out else OK)


def guess_mapping(
    ects: Annotated[Path, typer.Argument(help="The table of ECTs.", show_default=False)],
    forms: Forms = None,
    system: Annotated[
        str, typer.Option("--system", help="What the other system is called. Ids are kept under this name.")
    ] = "other",
) -> None:
    """Guess from the names of columns which holds what, as a TOML file to look through and to give to `import history`."""
    try:
        tables = (_table(ects), _table(forms) if forms else None)
    except Wrong as wrong:
        leave(USAGE, f"{wrong}.")
    found = mapping.guessed(system, tables[0].header, tables[1].header if tables[1] else ())
    put(mapping.to_toml(found).rstrip())
    unused = [column for column in tables[0].header if column not in found.ects.values()]
    if unused:
        say(f"Not used of the ECTs: {', '.join(unused)}")
    open_ = found.missing(tables[0].header) + (found.missing(tables[1].header, assessments=True) if tables[1] else [])
    for one in open_:
        say(one)
    if open_:
        say("These are needed: write them into the mapping by hand.")


def columns_of(chosen: str) -> Columns:
    """A preset by its name, or the mapping of a file. Raises `Wrong`."""
    if chosen in mapping.PRESETS:
        return mapping.PRESETS[chosen]
    file = Path(chosen)
    if not file.is_file():
        message = f"{chosen} is neither a preset ({', '.join(mapping.PRESETS)}) nor a file"
        raise Wrong(message)
    try:
        return mapping.from_toml(file.read_text(encoding="utf-8"))
    except UnicodeDecodeError:
        message = f"{chosen} is not UTF-8"
        raise Wrong(message) from None


def _table(file: Path) -> Table:
    return read_table(file.read_bytes(), file.name)


def _look_through(folders: Sequence[Path], found: HistoryPlan, ects: Table) -> Found:
    ids: dict[str, str] = {}
    for row in ects.rows:
        ect_id = row.cells.get(found.columns.ects["legacy_id"], "")
        trn = row.cells.get(found.columns.ects.get("trn", ""), "")
        ids |= {key: ect_id for key in (ect_id, trn) if key}
    coming = {str(row.get("legacy_id")) for row in found.new} | set(found.inductions)
    return history_files.look_through(folders, Whose(found, ids), coming.__contains__)


def _carry_out(
    open_house: House,
    tables: tuple[Table, Table | None],
    columns: Columns,
    terms: Terms,
    seen: Found,
    *,
    accept_doubts: bool,
) -> int:
    """Bytes first, then every row in one transaction. The plan is made again there: the record may have moved on."""
    kept: list[HistoryPaper] = []
    if seen.papers:
        with counting("papers kept") as count:
            kept = history_files.keep(open_house.blobs, seen, count)
    with open_house.database.writing() as session, counting("ECTs taken in") as count:
        now = open_house.clock()
        plan = history.plan(session, *tables, columns, terms, now)
        came = history_in.carry_out(session, plan, terms, ACTOR, now, accept_doubts=accept_doubts, progress=count)
        filed = file_papers(session, came, kept, columns.system, ACTOR, now)
        must_be_there(open_house.blobs, {one.kept.sha256 for one in kept})
    return filed


def _words(found: HistoryPlan, seen: Found) -> dict[str, list[str]]:
    return {
        "problems": [str(one) for one in found.problems],
        "refused_rows": found.refused,
        "changed_rows": found.changed,
        "left_out": seen.left_out,
        "remarks": found.remarks,
    }


def _tell(found: HistoryPlan, seen: Found, filed: int, *, dry_run: bool, stopped: bool) -> None:
    for remark in found.remarks:
        say(remark)
    for title, lines in (
        ("Wrong", [str(one) for one in found.errors]),
        ("Doubtful", [str(one) for one in found.doubts]),
        ("Stays out", found.refused),
        ("Has changed since, and was not written over", found.changed),
        ("Papers that stay out", seen.left_out),
    ):
        if lines:
            say(f"{title} ({len(lines)}):")
            for line in lines[:MOST_SAID]:
                say(f"  {line}")
            if len(lines) > MOST_SAID:
                say(f"  … and {len(lines) - MOST_SAID} more (--json tells all)")
    counts = found.counts()
    if found.errors:
        nothing = "Nothing would come in" if dry_run else "Nothing was taken in"
        say(f"{nothing} before what is wrong is put right: {found.right} of {counts['new']} new ECTs are right as they are.")
        return
    would = "would come in" if dry_run or stopped else "came in"
    say(
        f"{counted(counts['new'], 'ECT')} and {counted(counts['assessments'], 'assessment')} {would}; {counted(counts['known'], 'ECT was', 'ECTs were')} here already."
    )
    if seen.papers:
        say(
            f"{counted(len(seen.papers), 'paper belongs', 'papers belong')} to them."
            if dry_run or stopped
            else f"{counted(filed, 'paper was', 'papers were')} filed."
        )
    if stopped:
        nothing = "Nothing comes in" if dry_run else "Nothing was taken in"
        say(f"{nothing} while rows are doubtful. Put them right, or --accept-doubts where they are right as they are.")
