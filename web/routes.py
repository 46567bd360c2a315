"""The route table: every address with its method, its permission, what it opens, and the page that answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from starlette.responses import Response

from records.access import Act
from web.pages import (
    about,
    account,
    announcements,
    cases,
    colleagues,
    conversations,
    due,
    ects,
    endings,
    entries,
    evidence,
    exports,
    facts,
    health,
    inbox,
    interests,
    layouts,
    moving,
    outcome,
    papers,
    people,
    provider,
    registering,
    retention,
    review,
    school_home,
    school_invitation,
    school_people,
    school_preferences,
    school_sign_in,
    school_upload,
    school_users,
    schools,
    second_factor,
    sign_in,
    staff,
    status,
    threads,
    transfers,
    unsubscribe,
    values,
    waiting,
)
from web.visit import Visit

Page = Callable[[Visit], Response]


class Everyone(Enum):
    """The permission of a page that signed-out people reach. It must be written down: there is no default."""

    EVERYONE = auto()


EVERYONE: Final = Everyone.EVERYONE


class Opens(Enum):
    """Which session a page is given."""

    READING = auto()
    WRITING = auto()
    """One transaction, kept unless the answer is a refusal."""
    OWN = auto()
    """None: the page opens its transactions itself, because slow work goes between them."""
    NOTHING = auto()
    """None, and nobody is recognised: it answers where the database is away too."""


@dataclass(frozen=True, slots=True)
class Row:
    """One address. `permission` is asked before the page runs; a page asks again for the very thing it touches."""

    method: str
    path: str
    page: Page
    permission: Act | Everyone
    opens: Opens = Opens.READING
    takes_files: int = 0
    """How many files a form may bring, which may be larger than a form. They are read only after the permission was asked."""
    shows_notices: bool = True
    """False for pictures and downloads: a notice waits for the next page that people read."""


def _see(path: str, page: Page, permission: Act | Everyone) -> Row:
    return Row("GET", path, page, permission)


def _bytes(path: str, page: Page, permission: Act) -> Row:
    return Row("GET", path, page, permission, shows_notices=False)


def _ask(path: str, page: Page) -> Row:
    """For machines that watch this one. Pages that tell more than yes or no ask from where they are asked themselves."""
    return Row("GET", path, page, EVERYONE, Opens.NOTHING, shows_notices=False)


def _do(path: str, page: Page, permission: Act | Everyone, opens: Opens = Opens.WRITING) -> Row:
    # A page that answers a write shows no notice either: it answers with a redirect, or with what was typed.
    return Row("POST", path, page, permission, opens, shows_notices=False)


ROUTES: tuple[Row, ...] = (
    _ask("/healthz", health.alive),
    _ask("/readyz", health.ready),
    _ask("/metrics", health.metrics),
    Row("GET", "/favicon.ico", about.favicon, EVERYONE, Opens.NOTHING, shows_notices=False),
    _see("/cookies", about.cookies, EVERYONE),
    _see("/accessibility", about.accessibility, EVERYONE),
    _see("/privacy", about.privacy, EVERYONE),
    # Signing in and out
    _see("/sign-in", sign_in.show, EVERYONE),
    _do("/sign-in", sign_in.sign_in, EVERYONE, Opens.OWN),
    _see("/link/{token}", sign_in.show_link, EVERYONE),
    _do("/link/{token}", sign_in.use_link, EVERYONE),
    _see("/set-up/{token}", sign_in.show_set_up, EVERYONE),
    _do("/set-up/{token}", sign_in.set_up, EVERYONE, Opens.OWN),
    _see("/sign-in/code", second_factor.show_code, EVERYONE),
    _do("/sign-in/code", second_factor.use_code, EVERYONE, Opens.OWN),
    Row("GET", "/sign-in/app", second_factor.show_app, EVERYONE, Opens.WRITING),
    _do("/sign-in/app", second_factor.connect_app, EVERYONE, Opens.OWN),
    Row("GET", "/sign-in/provider", provider.set_out, EVERYONE, Opens.OWN, shows_notices=False),
    Row("GET", "/sign-in/provider/back", provider.come_back, EVERYONE, Opens.OWN, shows_notices=False),
    _do("/sign-out", account.sign_out, EVERYONE),
    _do("/sign-out-everywhere", account.sign_out_everywhere, Act.OWN_ACCOUNT),
    _see("/account", account.show, Act.OWN_ACCOUNT),
    _see("/account/recovery-codes", second_factor.show_new_codes, Act.OWN_ACCOUNT),
    _do("/account/recovery-codes", second_factor.new_codes, Act.OWN_ACCOUNT, Opens.OWN),
    _see("/account/provider", provider.show_connect, Act.OWN_ACCOUNT),
    _do("/account/provider", provider.connect, Act.OWN_ACCOUNT, Opens.OWN),
    _do("/account/provider/disconnect", provider.disconnect, Act.OWN_ACCOUNT),
    _do("/account/password", account.change_password, Act.OWN_ACCOUNT, Opens.OWN),
    # What came in
    _see("/", about.home, Act.START),
    _see("/inbox", inbox.show, Act.SEE_INBOX),
    _see("/inbox/{id:uuid}", inbox.message, Act.SEE_INBOX),
    _do("/inbox/{id:uuid}/open-again", inbox.open_again, Act.READ_AGAIN),
    _bytes("/inbox/{id:uuid}/original", papers.message_bytes, Act.DOWNLOAD),
    _bytes("/attachments/{id:uuid}/original", papers.attachment_bytes, Act.DOWNLOAD),
    _do("/attachments/{id:uuid}/read-again", papers.read_again, Act.READ_AGAIN),
    _see("/attachments/{id:uuid}/type-in", papers.show_type_in, Act.CORRECT),
    _do("/attachments/{id:uuid}/type-in", papers.type_in, Act.CORRECT),
    _see("/attachments/{id:uuid}/file", papers.show_file, Act.CORRECT),
    _do("/attachments/{id:uuid}/file", papers.file, Act.CORRECT),
    _bytes("/papers/{id:uuid}/pages/{page:int}", papers.page_image, Act.SEE_PAPER),
    # Review
    _see("/queue", waiting.show, Act.SEE_QUEUE),
    _see("/submissions/{id:uuid}", review.show, Act.SEE_PAPER),
    _do("/submissions/{id:uuid}/take", review.take, Act.CORRECT),
    _do("/submissions/{id:uuid}/kind", values.correct_kind, Act.CORRECT),
    _do("/submissions/{id:uuid}/values/{key}", values.correct, Act.CORRECT),
    _do("/submissions/{id:uuid}/values/{key}/confirm", values.confirm, Act.CORRECT),
    _see("/submissions/{id:uuid}/ect", review.show_ect, Act.CORRECT),
    _do("/submissions/{id:uuid}/ect/search", review.search_ect, Act.CORRECT, Opens.READING),
    _do("/submissions/{id:uuid}/ect", review.choose_ect, Act.CORRECT),
    _do("/submissions/{id:uuid}/assessment", review.choose_assessment, Act.CORRECT),
    _do("/submissions/{id:uuid}/accept", review.accept, Act.DECIDE),
    _see("/submissions/{id:uuid}/send-back", review.show_send_back, Act.DECIDE),
    _do("/submissions/{id:uuid}/send-back", review.send_back, Act.DECIDE),
    _see("/submissions/{id:uuid}/not-a-form", review.show_reject, Act.DECIDE),
    _do("/submissions/{id:uuid}/not-a-form", review.reject, Act.DECIDE),
    _do("/submissions/{id:uuid}/reopen", review.reopen, Act.DECIDE),
    # ECTs and schools
    _see("/ects", ects.show, Act.SEE_ECTS),
    _do("/ects", ects.search, Act.SEE_ECTS, Opens.READING),
    _see("/ects/new", registering.show, Act.ADD_RECORDS),
    _do("/ects/new", registering.add, Act.ADD_RECORDS),
    _see("/ects/{id:uuid}", ects.one, Act.SEE_ECT),
    _do("/ects/{id:uuid}/expect", ects.expect, Act.CORRECT),
    _see("/ects/{id:uuid}/entries/{entry}/new", entries.show_new, Act.CORRECT),
    _do("/ects/{id:uuid}/entries/{entry}/new", entries.add, Act.CORRECT),
    _see("/entries/{entry}/{id:uuid}", entries.show, Act.CORRECT),
    _do("/entries/{entry}/{id:uuid}", entries.correct, Act.CORRECT),
    _do("/entries/{entry}/{id:uuid}/withdraw", entries.withdraw, Act.CORRECT),
    _see("/posts/{id:uuid}/people", colleagues.show, Act.CORRECT),
    _do("/posts/{id:uuid}/people", colleagues.correct, Act.CORRECT),
    _see("/ects/{id:uuid}/facts", facts.show, Act.CORRECT),
    _see("/ects/{id:uuid}/facts/{fact}", facts.show_one, Act.CORRECT),
    _do("/ects/{id:uuid}/facts/{fact}", facts.correct, Act.CORRECT),
    _do("/ects/{id:uuid}/lists/{list}", facts.add, Act.CORRECT),
    _do("/ects/{id:uuid}/lists/{list}/take-out", facts.take_out, Act.CORRECT),
    _see("/schools/{id:uuid}/facts/{school_fact}", facts.show_school, Act.ADD_RECORDS),
    _do("/schools/{id:uuid}/facts/{school_fact}", facts.correct_school, Act.ADD_RECORDS),
    _see("/ects/{id:uuid}/note", conversations.show, Act.NOTE_CALL),
    _do("/ects/{id:uuid}/note", conversations.note, Act.NOTE_CALL),
    _see("/schools/{id:uuid}/note", conversations.show_school, Act.NOTE_CALL),
    _do("/schools/{id:uuid}/note", conversations.note_school, Act.NOTE_CALL),
    _see("/people/{id:uuid}/note", conversations.show_person, Act.NOTE_CALL),
    _do("/people/{id:uuid}/note", conversations.note_person, Act.NOTE_CALL),
    _see("/conversations", threads.show, Act.SEE_CONVERSATIONS),
    _see("/conversations/{id:uuid}", threads.one, Act.SEE_CONVERSATIONS),
    _do("/conversations/{id:uuid}/owner", threads.set_owner, Act.CONVERSE),
    _do("/conversations/{id:uuid}/answer", threads.answer, Act.CONVERSE),
    _do("/conversations/{id:uuid}/note", threads.note, Act.CONVERSE),
    _do("/conversations/{id:uuid}/done", threads.finish, Act.CONVERSE),
    _see("/communications", threads.log, Act.SEE_CONVERSATIONS),
    _do("/communications", threads.log, Act.SEE_CONVERSATIONS, Opens.READING),
    _do("/communications/export", threads.export, Act.EXPORT),
    _do("/communications/{id:uuid}/visibility", threads.set_visibility, Act.CONVERSE),
    _see("/ects/{id:uuid}/evidence", evidence.show, Act.DISCLOSE),
    Row("POST", "/ects/{id:uuid}/evidence", evidence.make, Act.DISCLOSE, Opens.WRITING, shows_notices=False),
    _see("/ects/{id:uuid}/access", interests.show, Act.SEE_ACCESS),
    _do("/ects/{id:uuid}/interests", interests.declare, Act.DECLARE_INTEREST),
    _do("/interests/{id:uuid}/end", interests.end, Act.END_INTEREST),
    _see("/schools", schools.show, Act.SEE_ECTS),
    _do("/schools", schools.search, Act.SEE_ECTS, Opens.READING),
    _see("/schools/new", schools.show_new, Act.ADD_RECORDS),
    _do("/schools/new", schools.add, Act.ADD_RECORDS),
    _see("/schools/{id:uuid}", schools.one, Act.SEE_ECTS),
    _do("/schools/{id:uuid}/addresses", schools.add_address, Act.ADD_RECORDS),
    _do("/schools/{id:uuid}/people", school_people.authorise, Act.AUTHORISE_SCHOOL),
    _do("/schools/{id:uuid}/people/end", school_people.end, Act.AUTHORISE_SCHOOL),
    _see("/people/{id:uuid}", people.show, Act.SEE_ECTS),
    _do("/people/{id:uuid}/marketing", people.set_marketing, Act.SET_MARKETING),
    # How inductions go on, and how they end
    _see("/due", due.show, Act.SEE_DUE),
    _see("/due/reminders", due.reminders_of_a_day, Act.SEE_DUE),
    _see("/cases", cases.show, Act.CONCLUDE),
    _see("/ects/{id:uuid}/cases/new", cases.show_new, Act.CONCLUDE),
    _do("/ects/{id:uuid}/cases/new", cases.add, Act.CONCLUDE),
    _see("/cases/{id:uuid}", cases.one, Act.CONCLUDE),
    _do("/cases/{id:uuid}", cases.change, Act.CONCLUDE),
    _do("/cases/{id:uuid}/papers", cases.add_paper, Act.CONCLUDE),
    _do("/cases/{id:uuid}/close", cases.close, Act.CONCLUDE),
    _do("/cases/{id:uuid}/reopen", cases.reopen, Act.CONCLUDE),
    _see("/ects/{id:uuid}/outcome", endings.choose, Act.CONCLUDE),
    _see("/ects/{id:uuid}/outcome/{ending}", endings.show, Act.CONCLUDE),
    _do("/ects/{id:uuid}/outcome/{ending}", endings.record, Act.CONCLUDE),
    _do("/ects/{id:uuid}/outcome/{ending}/letter", endings.letter, Act.CONCLUDE, Opens.READING),
    _see("/ects/{id:uuid}/decision", outcome.show, Act.CONCLUDE),
    _do("/ects/{id:uuid}/decision", outcome.take_back, Act.CONCLUDE),
    _do("/ects/{id:uuid}/decision/notice", outcome.note_notice, Act.CONCLUDE),
    # What leaves the house, and what goes for good
    _see("/exports", exports.show, Act.EXPORT),
    _do("/exports/dfe", exports.make, Act.EXPORT),
    _do("/exports/register", exports.register, Act.EXPORT),
    Row(
        "POST",
        "/exports/dfe-refusals",
        exports.take_refusals,
        Act.EXPORT,
        Opens.WRITING,
        takes_files=1,
        shows_notices=False,
    ),
    _do("/exports/dfe-refusals/{id:uuid}/settled", exports.settle_refusal, Act.EXPORT),
    _see("/moving", moving.show, Act.MOVE_IN),
    Row("POST", "/moving/transfer", moving.transfer, Act.MOVE_IN, Opens.OWN, takes_files=1, shows_notices=False),
    Row("POST", "/moving/history", moving.take_history, Act.MOVE_IN, Opens.OWN, takes_files=1, shows_notices=False),
    _see("/retention", retention.show, Act.SEE_RETENTION),
    _see("/layouts", layouts.show, Act.SEE_LAYOUTS),
    _see("/layouts/{id:uuid}", layouts.one, Act.SEE_LAYOUTS),
    _see("/layouts/{id:uuid}/forget", layouts.ask_forget, Act.FORGET_LAYOUT),
    _do("/layouts/{id:uuid}/forget", layouts.forget, Act.FORGET_LAYOUT),
    _see("/ects/{id:uuid}/hold", retention.show_hold, Act.HOLD),
    _do("/ects/{id:uuid}/hold", retention.place_hold, Act.HOLD),
    _do("/holds/{id:uuid}/lift", retention.lift_hold, Act.HOLD),
    _see("/announcements", announcements.show, Act.ANNOUNCE),
    _do("/announcements", announcements.send, Act.ANNOUNCE),
    _see("/ects/{id:uuid}/transfer", transfers.show, Act.DISCLOSE),
    _do("/ects/{id:uuid}/transfer", transfers.hand_over, Act.DISCLOSE),
    _do("/ects/{id:uuid}/transfer/withdraw", transfers.withdraw, Act.DISCLOSE),
    _see("/collect/{token}", transfers.show_collect, EVERYONE),
    _do("/collect/{token}", transfers.collect, EVERYONE),
    _see("/unsubscribe/{token}", unsubscribe.show, EVERYONE),
    _do("/unsubscribe/{token}", unsubscribe.opt_out, EVERYONE),
    _do("/unsubscribe/{token}/again", unsubscribe.opt_in, EVERYONE),
    # People at schools
    _see("/school/sign-in", school_sign_in.show, EVERYONE),
    _do("/school/sign-in", school_sign_in.ask, EVERYONE),
    _see("/school/invitation", school_invitation.show, EVERYONE),
    _do("/school/invitation", school_invitation.sign_in, EVERYONE, Opens.OWN),
    _see("/school/code", school_sign_in.show_code, EVERYONE),
    _do("/school/code", school_sign_in.sign_in, EVERYONE),
    _see("/school/home", school_home.show, Act.SCHOOL_HOME),
    _see("/school/ects/{id:uuid}", school_home.ect, Act.SCHOOL_ECT),
    _see("/school/upload", school_upload.show, Act.SCHOOL_UPLOAD),
    Row(
        "POST",
        "/school/upload",
        school_upload.upload,
        Act.SCHOOL_UPLOAD,
        Opens.OWN,
        takes_files=school_upload.MOST_PARTS,
        shows_notices=False,
    ),
    _see("/school/people", school_users.show, Act.SCHOOL_PEOPLE),
    _do("/school/people", school_users.add, Act.SCHOOL_PEOPLE),
    _do("/school/people/{id:uuid}/end", school_users.end, Act.SCHOOL_PEOPLE),
    _do("/school/ects/{id:uuid}/tutor", school_users.set_tutor, Act.SCHOOL_PEOPLE),
    _see("/school/preferences", school_preferences.show, Act.OWN_PREFERENCES),
    _do("/school/preferences", school_preferences.choose, Act.OWN_PREFERENCES),
    # The service itself
    _see("/status", status.show, Act.SEE_STATUS),
    _do("/status/confirm-restored", status.confirm_restored, Act.CONFIRM_RESTORED),
    _see("/staff", staff.show, Act.MANAGE_STAFF),
    _see("/staff/new", staff.show_new, Act.MANAGE_STAFF),
    _do("/staff/new", staff.add, Act.MANAGE_STAFF),
    _do("/staff/{id:uuid}/link", staff.link, Act.MANAGE_STAFF),
    _do("/staff/{id:uuid}/training", staff.note_training, Act.MANAGE_STAFF),
    _do("/staff/{id:uuid}/reset-app", staff.reset_app, Act.MANAGE_STAFF),
    _do("/staff/{id:uuid}/close", staff.close, Act.MANAGE_STAFF),
)
