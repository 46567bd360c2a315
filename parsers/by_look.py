"""Values whose label nobody knows, but which look like nothing else: a number with seven digits, the only school, the only birthday.

They are proposals. None is ever clear, because only its look says what it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from parsers.forms import FIELD_TYPES, FormKind, ValueType
from parsers.layout.blocks import join
from parsers.layout.mapping import Found
from parsers.tokens import Token
from parsers.unclaimed import Leftover
from parsers.written import Written, read_value

HOW = "look"
_DOUBT = "no label that is known says what it is"
_LABEL, _SCORE = 0.5, 0.3
_YOUNGEST = 18
_TRN = re.compile(r"\(?(?:RP)?\d{2}/?\d{5}\)?[.,;]?", re.IGNORECASE)
_DAY_OF_KIND = {FormKind.REGISTRATION: "induction_start", FormKind.LEAVER_NOTICE: "leaving_date"}
"""The one date that a notice is about, besides the birthday."""


def by_look(left: Sequence[Leftover], best: dict[str, Found], kind: FormKind) -> Iterator[Found]:
    """Proposals for fields that no label on the paper asks for, each where only one text on it can be meant."""
    open_ = {key for key in FIELD_TYPES if key not in best}
    for key, some in (("trn", _numbers(left)), ("school_name", _of(left, ValueType.WORDS)), ("ect_name", _names(left, best))):
        if key in open_ and (one := _only(key, some)) is not None:
            yield one
    days = [one for one in (_found("date_of_birth", tokens) for tokens in _of(left, ValueType.DATE)) if one is not None]
    latest = max((_year(one) for one in (*best.values(), *days) if FIELD_TYPES[one.key] is ValueType.DATE), default=0)
    born = [one for one in days if _year(one) <= latest - _YOUNGEST]
    if "date_of_birth" in open_ and len(born) == 1:
        yield born[0]
    others = [one for one in days if one not in born]
    if (
        _DAY_OF_KIND.get(kind) in open_
        and len(others) == 1
        and (one := _found(_DAY_OF_KIND[kind], others[0].items)) is not None
    ):
        yield one


def _of(left: Iterable[Leftover], kind: ValueType) -> list[tuple[Token, ...]]:
    return [one.tokens for one in left if one.kind is kind]


def _names(left: Iterable[Leftover], best: dict[str, Found]) -> list[tuple[Token, ...]]:
    """Full names that are nobody's yet."""
    known = {one.value for one in best.values() if FIELD_TYPES[one.key] is ValueType.NAME}
    return [tokens for tokens in _of(left, ValueType.NAME) if join(tokens) not in known]


def _numbers(left: Iterable[Leftover]) -> list[tuple[Token, ...]]:
    """Words written like a teacher reference number."""
    return [(token,) for one in left for token in one.tokens if _TRN.fullmatch(token.text)]


def _only(key: str, some: list[tuple[Token, ...]]) -> Found | None:
    found = [one for one in (_found(key, tokens) for tokens in some) if one is not None]
    return found[0] if len({one.value for one in found}) == 1 else None


def _found(key: str, tokens: Iterable[Token | object]) -> Found | None:
    items = tuple(token for token in tokens if isinstance(token, Token))
    text = join(items)
    written = read_value(key, text.strip("().,; ") if key == "trn" else text)
    if written is None:
        return None
    return Found(key, Written(written.value, written.doubt or _DOUBT), text, items, HOW, _LABEL, _SCORE)


def _year(one: Found) -> int:
    return date.fromisoformat(one.value).year if isinstance(one.value, str) else 0
