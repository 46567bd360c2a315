"""The status page: what is stuck, how much there is of each, how the mailboxes are doing, and when the clock last did its jobs."""

from __future__ import annotations

from starlette.responses import Response

from records import backup_runs, inbox, mailboxes, restored
from records.access import Act
from records.mailboxes import Standing
from records.models.backups import BackupOutcome
from records.models.clock import JobOutcome
from web import words
from web.visit import Visit
from web.words import Mark

OUTCOMES: dict[JobOutcome, Mark] = {
    JobOutcome.RUNNING: Mark("Running", "govuk-tag--blue"),
    JobOutcome.DONE: Mark("Done", "govuk-tag--green"),
    JobOutcome.FAILED: Mark("Failed", "govuk-tag--red"),
    JobOutcome.SKIPPED: Mark("Skipped", "govuk-tag--grey"),
}
STANDINGS: dict[Standing, Mark] = {
    Standing.WATCHED: Mark("Watched", "govuk-tag--green"),
    Standing.IN_TROUBLE: Mark("In trouble", "govuk-tag--yellow"),
    Standing.REFUSED: Mark("Not let in", "govuk-tag--red"),
}
BACKUPS: dict[BackupOutcome, Mark] = {
    BackupOutcome.RUNNING: Mark("Running", "govuk-tag--blue"),
    BackupOutcome.VERIFIED: Mark("Whole", "govuk-tag--green"),
    BackupOutcome.PARTLY: Mark("Whole, with faults", "govuk-tag--yellow"),
    BackupOutcome.FAILED: Mark("Failed", "govuk-tag--red"),
    BackupOutcome.DAMAGED: Mark("Damaged", "govuk-tag--red"),
    BackupOutcome.LOST: Mark("Lost", "govuk-tag--red"),
    BackupOutcome.PRUNED: Mark("Let go", "govuk-tag--grey"),
}
THINGS = {"message": "Messages", "attachment": "Files", "submission": "Forms", "notice": "Letters"}


def show(visit: Visit) -> Response:
    counts = inbox.counts(visit.session)
    tables = [
        (title, [(mark, counts.get(f"{thing}_{state.value}", 0)) for state, mark in words.STATES[thing]])
        for thing, title in THINGS.items()
    ]
    return visit.page(
        "status.html",
        stuck=[(words.state_words(one.what, one.state), one) for one in inbox.overstayed(visit.session, visit.now)],
        things=THINGS,
        tables=tables,
        jobs=inbox.last_runs(visit.session),
        outcomes=OUTCOMES,
        mailboxes=mailboxes.conditions(visit.session),
        standings=STANDINGS,
        sites=backup_runs.standing(visit.session, visit.now),
        backups=BACKUPS,
        restored=restored.waiting(visit.session),
        letters=restored.letters_waiting(visit.session),
        may_confirm=visit.may(Act.CONFIRM_RESTORED),
    )


def confirm_restored(visit: Visit) -> Response:
    if restored.confirm(visit.session, visit.actor, visit.now):
        return visit.go("/status", "This installation writes to people again")
    return visit.go("/status")
