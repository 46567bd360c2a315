"""Whose a name or an address is: whether somebody signed or is only named, and for whom."""

from __future__ import annotations

import re
from collections.abc import Mapping

from parsers.candidates import Finding
from parsers.contradictions import plain_name
from parsers.forms import FormKind
from parsers.labels.words import meaning
from parsers.layout.mapping import Found

_NOTICES = frozenset({FormKind.REGISTRATION, FormKind.CHANGE_OF_DETAILS, FormKind.LEAVER_NOTICE})
"""Kinds that few bodies have signed; most only ask who fills them in."""


_OF_TEACHER = frozenset({"ect", "teacher"})


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


def nobodys_address(one: Found, best: Mapping[str, Found]) -> str | None:
    """What speaks against an address as the teacher's own, where neither its label nor the address names the teacher."""
    name = best.get("ect_name")
    if one.key != "ect_email" or name is None or not isinstance(name.value, str) or meaning(one.heading).ideas & _OF_TEACHER:
        return None
    local = re.sub(r"[^a-z]", "", str(one.value).partition("@")[0].casefold())
    own = any(part in local for part in plain_name(name.value).split() if len(part) > 2)
    return None if own else "nothing says whose address it is"
