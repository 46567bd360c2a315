"""Whether somebody signed, or is only named: on many forms the same words ask for both."""

from __future__ import annotations

from parsers.candidates import Finding
from parsers.forms import FormKind
from parsers.labels.words import meaning
from parsers.layout.mapping import Found

_NOTICES = frozenset({FormKind.REGISTRATION, FormKind.CHANGE_OF_DETAILS, FormKind.LEAVER_NOTICE})
"""Kinds that few bodies have signed; most only ask who fills them in."""


def signing_doubt(one: Found, finding: Finding) -> str | None:
    """What speaks against a name or a date of a signature, in words."""
    who, signed, what = one.key.partition("_signed_")
    if not signed:
        return None
    if what == "on":
        name = finding.best.get(f"{who}_signed_name")
        return "a date without the name of who signed" if name is not None and name.written is None else None
    if finding.verdict.kind in _NOTICES and not meaning(one.heading).ideas & {"sign", "confirm"}:
        return "it is not certain that this person signed"
    return None
