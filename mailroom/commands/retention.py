"""`mailroom retention`: what must go today, and letting it go."""

from __future__ import annotations

from typing import Annotated, Any

import typer
from rich.progress import Progress

from mailroom import build, house, safe_keeping
from mailroom.commands.options import DEFAULT_CONFIG, Config, Json, settings_of
from mailroom.house import House
from mailroom.screen import USAGE, console, leave, put, put_json, say
from records import retention
from records.belongings import belongings
from records.events import Actor
from records.retention import Departure, Plan, Policy
from records.values import counted, spoken_date
from scheduler import letting_go
from scheduler.vault import share_ledger

_group = typer.Typer(
    help="Letting data go when their time is up.",
    epilog="Example: mailroom retention plan",
    no_args_is_help=True,
    rich_markup_mode=None,
)
ACTOR = Actor.machine("command line")


def add_to(application: typer.Typer) -> None:
    application.add_typer(_group, name="retention")


@_group.command(epilog="Example: mailroom retention plan --json")
def plan(config: Config = DEFAULT_CONFIG, as_json: Json = False) -> None:
    """Show what goes today, what a hold keeps back, and what a person must look at. Changes nothing."""
    with house.opened(settings_of(config)) as open_house:
        policy = _policy(open_house)
        with open_house.database.reading() as session:
            found = retention.plan(session, policy, open_house.clock())
            counts = _added(belongings(session, one).counts() for one in found.departures)
    if as_json:
        put_json(_plan_json(found, counts))
        return
    put(f"Policy {found.policy}, plan for {spoken_date(found.on)}")
    for title, rows in (("goes", found.departures), ("held", found.held)):
        for one in rows:
            put(f"{title}: {one.scope.value} {one.subject_id}, due since {spoken_date(one.due_on)}")
    for question in found.questions:
        put(f"ask: {question.induction_id}: {question.why}")
    if not found.departures:
        put("Nothing is due to go.")
    elif counts:
        put("rows: " + ", ".join(f"{name} {number}" for name, number in counts.items()))


@_group.command(epilog="Example: mailroom retention apply --yes")
def apply(
    config: Config = DEFAULT_CONFIG,
    as_json: Json = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Let go what the plan names. It cannot be taken back; backups forget it as they roll off."""
    with house.opened(settings_of(config)) as open_house:
        policy, now = _policy(open_house), open_house.clock()
        with open_house.database.reading() as session:
            found = retention.plan(session, policy, now)
        if found.departures and not yes:
            typer.confirm(f"Let {counted(len(found.departures), 'thing')} go for good?", abort=True, err=True)
        with Progress(console=console(), transient=True) as progress:
            task = progress.add_task("Letting go", total=len(found.departures) or 1)
            report = letting_go.apply(
                open_house.database,
                open_house.blobs,
                policy,
                ACTOR,
                now,
                lambda _one: progress.advance(task),
                marks_key=build.marks_key(open_house.settings),
            )
        if (vault := safe_keeping.vault(open_house)) is not None:
            share_ledger(vault)
    if as_json:
        put_json({**_plan_json(report.plan, report.counts), "done": len(report.done), "blobs_removed": report.blobs_removed})
    else:
        say(f"{len(report.done)} let go, {counted(report.blobs_removed, 'file')} removed.")


def _policy(open_house: House) -> Policy:
    policy = build.retention_policy(open_house.settings)
    if policy is None:
        leave(USAGE, "No policy is set: records.retention_policy is empty.")
    return policy


def _plan_json(found: Plan, counts: dict[str, int]) -> dict[str, Any]:
    return {
        "policy": found.policy,
        "on": found.on.isoformat(),
        "departures": [_departure_json(one) for one in found.departures],
        "held": [_departure_json(one) for one in found.held],
        "questions": [{"induction": str(one.induction_id), "why": one.why} for one in found.questions],
        "rows": counts,
    }


def _departure_json(one: Departure) -> dict[str, str]:
    return {
        "scope": one.scope.value,
        "subject": str(one.subject_id),
        "anchor": one.anchor.isoformat(),
        "due_on": one.due_on.isoformat(),
    }


def _added(each: Any) -> dict[str, int]:
    total: dict[str, int] = {}
    for counts in each:
        for name, number in counts.items():
            total[name] = total.get(name, 0) + number
    return total
