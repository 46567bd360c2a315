"""Conversations and the log of what was said: reading, owning, answering, noting, finishing, searching and taking away."""

from __future__ import annotations

import codecs
import uuid

from starlette.responses import Response

from records import accounts, communications, conversations, inbox
from records.access import Act, Viewer, visibilities
from records.communications import Search
from records.events import record
from records.exports.dfe_files import csv_bytes, for_spreadsheet
from records.models.accounts import Account
from records.models.communications import Communication, CommunicationChannel, Conversation, Direction, Visibility
from records.models.people import Role
from records.models.post import StoredMessage
from records.values import LONDON, Wrong
from web import words
from web.forms import Faults, asked_date, typed_date
from web.visit import Denied, Missing, Visit

MOST_EXPORTED = 20_000
BOM = codecs.BOM_UTF8
"""Spreadsheets take UTF-8 for what it is only behind this."""
EXPORT_HEADINGS = ("When", "What", "With", "About", "School", "In one line", "What was said", "Delivery")


def show(visit: Visit) -> Response:
    viewer = _viewer(visit)
    which = visit.query.get("show", "open")
    rows = conversations.listed(visit.session, done=which == "done", owner_id=viewer.account_id if which == "mine" else None)
    lines = [
        (row, conversations.last_letter(visit.session, row), _owner(visit, row)) for row in rows if not _hidden(visit, row)
    ]
    return visit.page("conversations.html", lines=[line for line in lines if line[1] is not None], which=which)


def one(visit: Visit) -> Response:
    return _page(visit, _found(visit))


def set_owner(visit: Visit) -> Response:
    row, chosen = _found(visit), visit.written.text("owner")
    owner = next((account for account in _staff(visit) if str(account.id) == chosen), None)
    if chosen and owner is None:
        raise Missing
    conversations.set_owner(visit.session, row, owner.id if owner else None, visit.actor, visit.now)
    return visit.go(f"/conversations/{row.id}", "The conversation has an owner" if owner else "The conversation has no owner")


def answer(visit: Visit) -> Response:
    row, faults = _found(visit), Faults()
    try:
        conversations.answer(visit.session, row, visit.written.text("answer"), visit.actor, visit.now)
    except Wrong as wrong:
        faults.add("answer", str(wrong))
        return _page(visit, row, faults)
    if visit.written.text("then") == "done":
        conversations.finish(visit.session, row, visit.actor, visit.now)
    return visit.go(f"/conversations/{row.id}", "The answer is on its way")


def note(visit: Visit) -> Response:
    row, faults = _found(visit), Faults()
    try:
        conversations.note(visit.session, row, visit.written.text("note"), visit.actor, visit.now)
    except Wrong as wrong:
        faults.add("note", str(wrong))
        return _page(visit, row, faults)
    return visit.go(f"/conversations/{row.id}", "Noted")


def finish(visit: Visit) -> Response:
    row = _found(visit)
    if row.done_at is None:
        conversations.finish(visit.session, row, visit.actor, visit.now)
        return visit.go("/conversations", "Done")
    conversations.reopen(visit.session, row, visit.actor, visit.now)
    return visit.go(f"/conversations/{row.id}", "Open again")


def set_visibility(visit: Visit) -> Response:
    """Say who sees an entry. Nobody hides one from themselves, and nobody opens what they do not see."""
    entry = visit.session.get(Communication, visit.id)
    seen = visibilities(visit.viewer)
    if entry is None or not communications.is_shown(visit.session, entry, _eyes(visit)):
        raise Missing
    chosen = next((one for one in Visibility if one.value == visit.written.text("visibility")), None)
    if chosen is None or chosen not in seen:
        raise Denied("Choose who may see it: nobody can hide an entry from themselves.")
    back = f"/conversations/{entry.conversation_id}" if entry.conversation_id else "/communications"
    try:
        if "whole" in visit.written and _whole(visit, entry):
            others = conversations.keep_together(visit.session, entry, chosen, visit.actor, visit.now)
            said = f"The whole conversation, {others + 1} entries, is now seen by: {words.VISIBILITY[chosen]}"
        else:
            communications.set_visibility(visit.session, entry, chosen, visit.actor, visit.now)
            said = f"Now seen by: {words.VISIBILITY[chosen]}"
    except Wrong as wrong:
        return visit.go(back, str(wrong))
    return visit.go(back, said)


def _whole(visit: Visit, entry: Communication) -> bool:
    """Whether the entry is in a conversation that the viewer sees all of: nobody opens what they do not see."""
    row = visit.session.get(Conversation, entry.conversation_id) if entry.conversation_id else None
    if row is not None and _hidden(visit, row):
        raise Missing
    return row is not None


def log(visit: Visit) -> Response:
    """The log; what is looked for comes by POST, because names in an address would stay in histories."""
    faults = Faults()
    wanted = _wanted(visit, faults)
    rows, total = communications.search(visit.session, wanted, _eyes(visit)) if not faults else ([], 0)
    written = visit.written
    return visit.page(
        "communications.html",
        422 if faults else 200,
        rows=rows,
        total=total,
        typed={name: written.text(name) for name in ("words", "channel", "direction")},
        since=typed_date(written, "since"),
        until=typed_date(written, "until"),
        channels=list(words.COMMUNICATION_ELSE.items()),
        faults=faults,
    )


def export(visit: Visit) -> Response:
    """What was found as CSV for a spreadsheet. That somebody took it away is written down."""
    faults = Faults()
    wanted = _wanted(visit, faults)
    if faults:
        return log(visit)
    rows, total = communications.search(visit.session, wanted, _eyes(visit), limit=MOST_EXPORTED)
    account = visit.session.get_one(Account, _viewer(visit).account_id)
    record(
        visit.session, "communications_exported", account, visit.actor, visit.now, detail={"rows": min(total, MOST_EXPORTED)}
    )
    content = csv_bytes([EXPORT_HEADINGS, *(for_spreadsheet(_cells(row)) for row in rows)])
    name = f"communications-{visit.today.isoformat()}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(BOM + content, media_type="text/csv; charset=utf-8", headers=headers)


def _cells(row: communications.Entry) -> list[str]:
    said = row.communication
    return [
        said.happened_at.astimezone(LONDON).strftime("%Y-%m-%d %H:%M"),
        words.communication_words(said.channel, said.direction),
        said.other_party or "",
        "; ".join(row.people),
        "; ".join(row.schools),
        said.summary,
        said.body or "",
        words.NOTICE[row.delivery].text if row.delivery else "",
    ]


def _wanted(visit: Visit, faults: Faults) -> Search:
    written = visit.written
    since, until = (
        asked_date(written, name, title, faults, required=False) for name, title in (("since", "From"), ("until", "Until"))
    )
    return Search(
        words=written.text("words")[:300],
        channel=next((one for one in CommunicationChannel if one.value == written.text("channel")), None),
        direction=next((one for one in Direction if one.value == written.text("direction")), None),
        since=since,
        until=until,
    )


def _eyes(visit: Visit) -> communications.Eyes:
    return communications.eyes_of(visit.viewer)


def _viewer(visit: Visit) -> Viewer:
    if visit.viewer is None:
        raise Denied
    return visit.viewer


def _found(visit: Visit) -> Conversation:
    """A conversation with an entry that the viewer does not see is not there for them at all."""
    row = visit.session.get(Conversation, visit.id)
    if row is None or _hidden(visit, row):
        raise Missing
    return row


def _hidden(visit: Visit, row: Conversation) -> bool:
    every = conversations.entries(visit.session, row, communications.EVERYTHING)
    return len(every) != len(conversations.entries(visit.session, row, _eyes(visit)))


def _staff(visit: Visit) -> list[Account]:
    """Who can own a conversation: open accounts whose role lets them answer."""
    answering = {Role.ADMINISTRATOR, Role.ASSESSOR, Role.NAMED_CONTACT}
    return [
        one
        for one in accounts.all_accounts(visit.session)
        if one.closed_at is None and accounts.roles_of(visit.session, one.person_id, visit.today) & answering
    ]


def _owner(visit: Visit, row: Conversation) -> str:
    account = visit.session.get(Account, row.owner_id) if row.owner_id else None
    return account.person.full_name if account else ""


def _page(visit: Visit, row: Conversation, faults: Faults | None = None) -> Response:
    entries = conversations.entries(visit.session, row, _eyes(visit))
    letters: dict[uuid.UUID, StoredMessage] = {}
    for entry in entries:
        letter = inbox.message(visit.session, entry.message_id) if entry.message_id else None
        if letter is not None:
            letters[entry.id] = letter
    sent = {one.id: inbox.notice(visit.session, one.notice_id) for one in entries if one.notice_id}
    last = conversations.last_letter(visit.session, row)
    return visit.page(
        "conversation.html",
        422 if faults else 200,
        row=row,
        subject=(last.subject if last else "") or "(no subject)",
        entries=entries,
        letters=letters,
        sent=sent,
        waiting=conversations.waiting(visit.session, row),
        owner=_owner(visit, row),
        staff=_staff(visit),
        answers_to=last.authentication.get("from") if last and not last.automatic else None,
        may_see=[(one.value, words.VISIBILITY[one]) for one in Visibility if one in visibilities(visit.viewer)],
        may_converse=visit.may(Act.CONVERSE),
        typed={name: visit.written.raw(name) for name in ("answer", "note")},
        faults=faults,
    )
