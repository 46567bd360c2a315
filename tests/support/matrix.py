"""Who may come to which route, do which act and see which communication, written down apart from the table that decides."""

from __future__ import annotations

from dataclasses import dataclass

EVERYONE = (
    "GET /healthz",
    "GET /readyz",
    "GET /metrics",
    "GET /favicon.ico",
    "GET /cookies",
    "GET /accessibility",
    "GET /privacy",
    "GET /sign-in",
    "POST /sign-in",
    "GET /link/{token}",
    "POST /link/{token}",
    "GET /set-up/{token}",
    "POST /set-up/{token}",
    "GET /sign-in/code",
    "POST /sign-in/code",
    "GET /sign-in/app",
    "POST /sign-in/app",
    "GET /sign-in/provider",
    "GET /sign-in/provider/back",
    "POST /sign-out",
    "GET /collect/{token}",
    "POST /collect/{token}",
    "GET /unsubscribe/{token}",
    "POST /unsubscribe/{token}",
    "POST /unsubscribe/{token}/again",
    "GET /school/sign-in",
    "POST /school/sign-in",
    "GET /school/invitation",
    "POST /school/invitation",
    "GET /school/code",
    "POST /school/code",
)
"""Signed out people too."""

STAFF_ROWS: dict[tuple[str, ...], tuple[str, ...]] = {
    ("administrator", "assessor", "contact", "reader", "officer"): (
        "POST /sign-out-everywhere",
        "GET /account",
        "POST /account/password",
        "GET /account/recovery-codes",
        "POST /account/recovery-codes",
        "GET /account/provider",
        "POST /account/provider",
        "POST /account/provider/disconnect",
        "GET /",
    ),
    ("administrator", "assessor", "reader"): (
        "GET /inbox",
        "GET /inbox/{id:uuid}",
        "GET /queue",
        "GET /due",
        "GET /due/reminders",
    ),
    ("administrator", "assessor"): (
        "POST /inbox/{id:uuid}/open-again",
        "GET /inbox/{id:uuid}/original",
        "GET /attachments/{id:uuid}/original",
        "POST /attachments/{id:uuid}/read-again",
        "GET /attachments/{id:uuid}/type-in",
        "POST /attachments/{id:uuid}/type-in",
        "GET /attachments/{id:uuid}/file",
        "POST /attachments/{id:uuid}/file",
        "POST /submissions/{id:uuid}/take",
        "POST /submissions/{id:uuid}/kind",
        "POST /submissions/{id:uuid}/values/{key}",
        "POST /submissions/{id:uuid}/values/{key}/confirm",
        "GET /submissions/{id:uuid}/ect",
        "POST /submissions/{id:uuid}/ect/search",
        "POST /submissions/{id:uuid}/ect",
        "POST /submissions/{id:uuid}/assessment",
        "POST /submissions/{id:uuid}/accept",
        "GET /submissions/{id:uuid}/send-back",
        "POST /submissions/{id:uuid}/send-back",
        "GET /submissions/{id:uuid}/not-a-form",
        "POST /submissions/{id:uuid}/not-a-form",
        "POST /submissions/{id:uuid}/reopen",
        "GET /ects/new",
        "POST /ects/new",
        "POST /ects/{id:uuid}/expect",
        "GET /ects/{id:uuid}/entries/{entry}/new",
        "POST /ects/{id:uuid}/entries/{entry}/new",
        "GET /entries/{entry}/{id:uuid}",
        "POST /entries/{entry}/{id:uuid}",
        "POST /entries/{entry}/{id:uuid}/withdraw",
        "GET /posts/{id:uuid}/people",
        "POST /posts/{id:uuid}/people",
        "GET /ects/{id:uuid}/transfer",
        "POST /ects/{id:uuid}/transfer",
        "POST /ects/{id:uuid}/transfer/withdraw",
        "GET /ects/{id:uuid}/facts",
        "GET /ects/{id:uuid}/facts/{fact}",
        "POST /ects/{id:uuid}/facts/{fact}",
        "POST /ects/{id:uuid}/lists/{list}",
        "POST /ects/{id:uuid}/lists/{list}/take-out",
        "GET /schools/{id:uuid}/facts/{school_fact}",
        "POST /schools/{id:uuid}/facts/{school_fact}",
        "GET /schools/new",
        "POST /schools/new",
        "POST /schools/{id:uuid}/addresses",
        "POST /schools/{id:uuid}/people",
        "POST /schools/{id:uuid}/people/end",
        "POST /people/{id:uuid}/marketing",
        "GET /cases",
        "GET /ects/{id:uuid}/cases/new",
        "POST /ects/{id:uuid}/cases/new",
        "GET /cases/{id:uuid}",
        "POST /cases/{id:uuid}",
        "POST /cases/{id:uuid}/papers",
        "POST /cases/{id:uuid}/close",
        "POST /cases/{id:uuid}/reopen",
        "GET /ects/{id:uuid}/outcome",
        "GET /ects/{id:uuid}/outcome/{ending}",
        "POST /ects/{id:uuid}/outcome/{ending}",
        "POST /ects/{id:uuid}/outcome/{ending}/letter",
        "GET /ects/{id:uuid}/decision",
        "POST /ects/{id:uuid}/decision",
        "POST /ects/{id:uuid}/decision/notice",
        "GET /layouts",
        "GET /layouts/{id:uuid}",
        "GET /ects/{id:uuid}/evidence",
        "POST /ects/{id:uuid}/evidence",
        "GET /exports",
        "POST /communications/export",
        "POST /exports/dfe",
        "POST /exports/register",
        "POST /exports/dfe-refusals",
        "POST /exports/dfe-refusals/{id:uuid}/settled",
    ),
    ("administrator", "assessor", "contact", "reader"): (
        "GET /papers/{id:uuid}/pages/{page:int}",
        "GET /submissions/{id:uuid}",
        "GET /ects",
        "POST /ects",
        "GET /ects/{id:uuid}",
        "GET /ects/{id:uuid}/access",
        "GET /conversations",
        "GET /conversations/{id:uuid}",
        "GET /communications",
        "POST /communications",
        "GET /schools",
        "POST /schools",
        "GET /schools/{id:uuid}",
        "GET /people/{id:uuid}",
    ),
    ("administrator", "assessor", "contact"): (
        "GET /ects/{id:uuid}/note",
        "POST /ects/{id:uuid}/note",
        "POST /ects/{id:uuid}/interests",
        "GET /schools/{id:uuid}/note",
        "POST /schools/{id:uuid}/note",
        "GET /people/{id:uuid}/note",
        "POST /people/{id:uuid}/note",
        "POST /conversations/{id:uuid}/owner",
        "POST /conversations/{id:uuid}/answer",
        "POST /conversations/{id:uuid}/note",
        "POST /conversations/{id:uuid}/done",
        "POST /communications/{id:uuid}/visibility",
    ),
    ("administrator", "assessor", "officer"): (
        "GET /retention",
        "GET /ects/{id:uuid}/hold",
        "POST /ects/{id:uuid}/hold",
        "POST /holds/{id:uuid}/lift",
    ),
    ("administrator",): (
        "GET /announcements",
        "GET /moving",
        "POST /moving/transfer",
        "POST /moving/history",
        "POST /interests/{id:uuid}/end",
        "POST /status/confirm-restored",
        "POST /announcements",
        "GET /staff",
        "GET /staff/new",
        "POST /staff/new",
        "POST /staff/{id:uuid}/link",
        "POST /staff/{id:uuid}/training",
        "POST /staff/{id:uuid}/reset-app",
        "POST /staff/{id:uuid}/close",
        "GET /layouts/{id:uuid}/forget",
        "POST /layouts/{id:uuid}/forget",
    ),
    ("administrator", "assessor", "reader", "officer"): ("GET /status",),
}
"""Everybody who is not named is refused."""


# People at schools. "Near" are those who have to do with the ECT whom a row of the matrix names.

NEAR: dict[str, frozenset[str]] = {
    "own": frozenset({"coordinator", "headteacher", "tutor", "ect", "school administrator"}),
    "second": frozenset({"coordinator", "headteacher", "other tutor", "school administrator"}),
    "other": frozenset({"coordinator elsewhere", "ect elsewhere"}),
    "moved": frozenset({"coordinator elsewhere"}),
}
"""Who has to do with which ECT today: one's own, another at the same school, one at the other school, and one who moved there
from the own school, whose people keep nothing."""
OFFICE = frozenset({"school administrator"})
"""Who sees no assessment."""
COORDINATORS = frozenset({"coordinator", "coordinator elsewhere"})
UPLOADERS = COORDINATORS | OFFICE | {"tutor", "other tutor"}
SEERS = frozenset().union(*NEAR.values()) | {"moved ect"}
"""Whose role opens the page of some ECT."""
AT_SCHOOLS = SEERS | {"governor"}
"""Whose role opens any door at all. Everybody else at schools is shut out: former, unauthorised, mentors."""


@dataclass(frozen=True)
class Cell:
    """Who at schools may come to a row at all, and to whom the very thing named in the address belongs."""

    may: frozenset[str]
    whose: dict[str, frozenset[str]] | None = None
    """Whom the row lets in for each ECT; None: the address names no thing that belongs to a school."""


_COORDINATED = {whose: near & COORDINATORS for whose, near in NEAR.items()}

SCHOOL_ROWS: dict[str, Cell] = {
    "GET /": Cell(AT_SCHOOLS),
    "GET /school/home": Cell(AT_SCHOOLS),
    "GET /school/ects/{id:uuid}": Cell(SEERS, {**NEAR, "moved": NEAR["moved"] | {"moved ect"}}),
    "POST /school/ects/{id:uuid}/tutor": Cell(COORDINATORS, _COORDINATED),
    "GET /school/upload": Cell(UPLOADERS),
    "POST /school/upload": Cell(UPLOADERS),
    "GET /school/people": Cell(COORDINATORS),
    "POST /school/people": Cell(COORDINATORS),
    "POST /school/people/{id:uuid}/end": Cell(COORDINATORS, _COORDINATED),
    "GET /school/preferences": Cell(AT_SCHOOLS),
    "POST /school/preferences": Cell(AT_SCHOOLS),
}
"""The rows for people at schools. Every other row that is not for everyone is the body's alone."""

STAFF_ACTS: dict[tuple[str, ...], frozenset[str]] = {
    ("administrator", "assessor", "named_contact", "data_protection_officer", "read_only"): frozenset({"own_account", "start"}),
    ("administrator", "assessor", "named_contact", "read_only"): frozenset(
        {"see_ects", "see_ect", "see_paper", "see_access", "see_conversations"}
    ),
    ("administrator", "assessor", "read_only"): frozenset({"see_inbox", "see_queue", "see_due"}),
    ("administrator", "assessor", "named_contact"): frozenset({"note_call", "declare_interest", "converse"}),
    ("administrator", "assessor", "data_protection_officer"): frozenset({"see_retention", "hold"}),
    ("administrator", "assessor", "read_only", "data_protection_officer"): frozenset({"see_status"}),
    ("administrator", "assessor"): frozenset(
        {
            "download",
            "correct",
            "decide",
            "read_again",
            "add_records",
            "authorise_school",
            "conclude",
            "export",
            "disclose",
            "set_marketing",
            "see_layouts",
        }
    ),
    ("administrator",): frozenset({"announce", "move_in", "confirm_restored", "manage_staff", "end_interest", "forget_layout"}),
}
"""The body's acts. An act of the body that stands nowhere here is denied to everybody, and a new one fails its test."""

_DOOR = {"start": "self", "school_home": "self", "own_preferences": "self"}
_ASSESSED = ("school_ect", "school_assessments", "school_said")
SCHOOL_ACTS: dict[str, dict[str, str]] = {
    "induction_coordinator": {
        **_DOOR,
        **dict.fromkeys((*_ASSESSED, "school_people", "school_totals"), "own_school"),
        "school_upload": "self",
    },
    "headteacher": {**_DOOR, **dict.fromkeys((*_ASSESSED, "school_totals"), "own_school")},
    "induction_tutor": {**_DOOR, **dict.fromkeys(_ASSESSED, "own_ect"), "school_upload": "self"},
    "school_administrator": {**_DOOR, "school_ect": "own_school", "school_upload": "self"},
    "governor": {**_DOOR, "school_totals": "own_school"},
    "ect": {**_DOOR, **dict.fromkeys(_ASSESSED, "self")},
    "mentor": {},
}
"""The acts of each role at a school, with what they must have to do with an ECT."""

SAID: dict[str, dict[str, frozenset[str]]] = {
    "named_contact": dict.fromkeys(NEAR, frozenset({"contact"})),
    "body": dict.fromkeys(NEAR, frozenset({"administrator", "assessor", "contact", "reader"})),
    "school": {
        whose: frozenset({"administrator", "assessor", "contact", "reader"}) | (near - OFFICE - {"ect", "ect elsewhere"})
        for whose, near in NEAR.items()
    },
    "ect": {
        "own": frozenset({"administrator", "assessor", "contact", "reader", "ect"}),
        "second": frozenset({"administrator", "assessor", "contact", "reader"}),
        "other": frozenset({"administrator", "assessor", "contact", "reader", "ect elsewhere"}),
        "moved": frozenset({"administrator", "assessor", "contact", "reader", "moved ect"}),
    },
}
"""Who sees what was said about an ECT, by the visibility of the entry."""
