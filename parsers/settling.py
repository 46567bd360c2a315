"""What depends on the kind of form: whose date a bare "Start date" is, which period counts, which words judge."""

from __future__ import annotations

from dataclasses import replace

from parsers.forms import FIELD_TYPES, FormKind, ValueType
from parsers.kinds import Verdict
from parsers.labels.words import words_of
from parsers.layout.mapping import Found, Mapped
from parsers.strangers import SEVERAL, are_strangers
from parsers.unasked import NEVER
from parsers.written import Written

_ASSESSMENTS = {FormKind.FORMAL_ASSESSMENT, FormKind.INTERIM_ASSESSMENT}
_REVIEWS = {*_ASSESSMENTS, FormKind.PROGRESS_REVIEW, FormKind.SUPPORT_PLAN}
_OF_SCHOOLS = ("school_name", "school_urn", "school_dfe_number", "headteacher_name", "appropriate_body")
_COLLEAGUES = ("headteacher_name", "induction_tutor_name", "mentor_name")
_SURE_LABEL = 0.85
_SEVERAL_BLOCKS = "it stands in several places of the paper, put together here"
_POINT_COLUMNS = {"first": 1, "second": 2, "third": 3, "final": 3}


def drop_strange(mapped: Mapped, kind: FormKind) -> None:
    """Without fields that no form of the kind has: a lesson has no assessment period, and a post that "meets requirements" no judgement."""
    for key in NEVER.get(kind, frozenset()):
        mapped.found.pop(key, None)
    if kind is FormKind.LESSON_OBSERVATION:
        mapped.waiting.clear()
    if kind is FormKind.REGISTRATION and "induction_start" not in mapped.found:
        for one in mapped.found.pop("period_start", []):
            mapped.add(replace(one, key="induction_start"))


def drop_colleagues(mapped: Mapped) -> None:
    """Without a colleague's name as the teacher's, where the paper names the teacher elsewhere: "Print name" under "Headteacher"."""
    named = [one for one in mapped.found.get("ect_name", []) if isinstance(one.value, str)]
    colleagues = {
        one.value for key in _COLLEAGUES for one in mapped.found.get(key, []) if one.value and one.label >= _SURE_LABEL
    }
    strange = [one for one in named if one.value in colleagues]
    if strange and len(strange) < len(named):
        mapped.found["ect_name"] = [one for one in mapped.found["ect_name"] if one not in strange]


def settle_waiting(mapped: Mapped, kind: FormKind) -> None:
    """A bare "Start date" is the induction's on a registration and the period's on every other form; a change only has a day of its own."""
    if kind is FormKind.CHANGE_OF_DETAILS:
        return
    start = "induction_start" if kind is FormKind.REGISTRATION else "period_start"
    end = "leaving_date" if kind is FormKind.LEAVER_NOTICE else "period_end"
    both = sorted(one.key for one in mapped.waiting if one.written is not None) == ["<end>", "<start>"]
    for one in mapped.waiting:
        key = start if one.key == "<start>" else end
        if kind is FormKind.REGISTRATION and key == "period_end":
            continue
        mapped.add(replace(one, key=key, label=max(one.label, 0.88) if both and kind in _REVIEWS else one.label))


def join_blocks(mapped: Mapped) -> None:
    """Of a form with a block for each target, with the same labels in each, the answers to one label are one text, for a person to look at."""
    for key, candidates in mapped.found.items():
        written = [one for one in candidates if one.written is not None and one.how.startswith("text")]
        heads = {words_of(one.heading) for one in written}
        if FIELD_TYPES.get(key) is not ValueType.TEXT or len(written) < 2 or len(heads) > 1:
            continue
        joined = replace(
            written[0], written=Written("\n".join(str(one.value) for one in written)), raw="\n".join(one.raw for one in written),
            items=tuple(item for one in written for item in one.items), doubts=(*written[0].doubts, _SEVERAL_BLOCKS),
        )  # fmt: skip
        mapped.found[key] = [joined, *(one for one in candidates if one not in written)]


def settle_periods(mapped: Mapped, verdict: Verdict) -> None:
    """Of a table with a column for each period only the reported one counts."""
    if not mapped.periods:
        return
    filled = [number for number, column in mapped.periods.items() if any(one.written is not None for one in column)]
    wanted = _POINT_COLUMNS.get(verdict.point or "")
    term = said(mapped, "term_number")
    if wanted is None and term and term.isdigit() and int(term) in mapped.periods:
        wanted = int(term)
    if verdict.point == "final":
        wanted = max(mapped.periods)
    doubt: tuple[str, ...] = ()
    if wanted is None:
        wanted = max(filled, default=min(mapped.periods))
        doubt = ("the form has several periods and does not say which one it reports",) if len(filled) > 1 else ()
    elif wanted not in filled and filled:
        doubt = ("the column of the reported period is empty, another one is filled in",)
    for one in mapped.periods.get(wanted, []):
        mapped.add(replace(one, doubts=(*one.doubts, *doubt)))


def settle_judgement(mapped: Mapped, kind: FormKind) -> None:
    """Progress is judged on a formal assessment and "on track" on a progress review, whichever words the form uses."""
    judged, tracked = mapped.found.get("judgement"), mapped.found.get("on_track")
    if kind in _ASSESSMENTS and tracked and not judged:
        del mapped.found["on_track"]
        words = {True: "satisfactory", False: "unsatisfactory"}
        for one in tracked:
            value = None if one.value is None else Written(words[bool(one.value)])
            mapped.add(replace(one, key="judgement", written=value))
    elif kind is FormKind.PROGRESS_REVIEW and judged and not tracked:
        del mapped.found["judgement"]
        for one in judged:
            value = None if one.value is None else Written(one.value == "satisfactory")
            mapped.add(replace(one, key="on_track", written=value))
    elif kind in _ASSESSMENTS and tracked:
        del mapped.found["on_track"]


def settle_schools(mapped: Mapped, kind: FormKind) -> None:
    """Who joins a school is registered by that school: a registration's "new school" is the form's own."""
    joined = mapped.found.get("next_school", []) if kind is FormKind.REGISTRATION else []
    if not joined:
        return
    del mapped.found["next_school"]
    if any(one.how == "crossing" for one in joined):
        # Beside it stands the school that was left, with all its particulars.
        for key in _OF_SCHOOLS:
            mapped.found[key] = [one for one in mapped.found.get(key, []) if one.how != "crossing"]
    if not mapped.found.get("school_name"):
        for one in joined:
            mapped.add(replace(one, key="school_name"))


def join_names(best: dict[str, Found]) -> None:
    """A form that asks for first and last name apart says the full name too."""
    first, last, whole = best.get("ect_first_name"), best.get("ect_last_name"), best.get("ect_name")
    if first is None or last is None:
        return
    joined = f"{first.value} {last.value}" if isinstance(first.value, str) and isinstance(last.value, str) else None
    if whole is not None and whole.written is not None and whole.label >= 0.85:
        if joined is not None and are_strangers(joined, str(whole.value)):
            best["ect_name"] = replace(whole, written=Written(joined), doubts=(*whole.doubts, SEVERAL))
        return
    if isinstance(first.value, str) and isinstance(last.value, str):
        doubts = tuple(one.written.doubt for one in (first, last) if one.written and one.written.doubt)
        best["ect_name"] = Found(
            "ect_name", Written(f"{first.value} {last.value}", next(iter(doubts), None)), f"{first.raw} {last.raw}",
            (*first.items, *last.items), "joined", min(first.label, last.label), 1.0, doubts=(*first.doubts, *last.doubts),
        )  # fmt: skip
    elif whole is None or whole.written is None or whole.label < 0.85:
        best.pop("ect_name", None)


def point_from_title(best: dict[str, Found], verdict: Verdict) -> None:
    if verdict.kind not in _ASSESSMENTS:
        best.pop("assessment_point", None)
        return
    ticked = best.get("assessment_point")
    if ticked is None and verdict.point and verdict.title:
        best["assessment_point"] = Found("assessment_point", Written(verdict.point), verdict.title.text,
                                         tuple(verdict.title.block.tokens), "title", 1.0, 1.0)  # fmt: skip


def said(mapped: Mapped, key: str) -> str | None:
    for one in mapped.found.get(key, []):
        if isinstance(one.value, str):
            return one.value
    return None
