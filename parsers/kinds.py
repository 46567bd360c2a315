"""What kind of form a paper is, and which assessment it reports: by its title, its ticks, and the places it has.

A paper *about* forms (a newsletter, a guidance page, an invoice) uses the same words but has no places to fill in.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from parsers.forms import FormKind, Status
from parsers.labels.words import respelt, words_of
from parsers.layout.blocks import Block, Paper
from parsers.wordlists import spaced

_FAMILY = re.compile(
    r"\b(ects?|nqts?|early career|newly qualified|induction|appropriate body|teaching school hub|ecf|trn|teachers standards|mentee)\b"
)
_WORDS_A_MENTION = 1_000
"""Every form of the family names it more often than once in so many words."""
_FORM = r"(form|record|report|assessment|review|proforma|pro forma|template|notification|request|notice|details|sheet|plan|document)"
_TITLE_WORDINGS: tuple[tuple[FormKind, str, float], ...] = (
    (FormKind.CHANGE_OF_DETAILS, (r"\bchanges? (of|to|in|notification)\b.*\b(detail|circumstance|contract|information|record|working|fte|name|employment|"
     r"ect|nqt|induction|tutor|mentor)|\bchanges?\b.*\b(ects?|nqts?|teacher|induction) (details|circumstances|record)\b|\bchange (form|notification|request)\b|\bamend(ment)?s? (to|of|form)\b|\bamended details\b|\bnotification of change"), 1.0),
    (FormKind.LEAVER_NOTICE, r"\bleavers?\b|\bleaving\b.*" + _FORM + r"|" + _FORM + r".*\b(leaving|departure|end of employment)\b|\btransfer (form|notification|notice)\b|"
     r"\bnotification of (transfer|leaving|departure)\b|\brelease (of|for)\b|\brelease\b.*" + _FORM, 1.0),
    (FormKind.LESSON_OBSERVATION, (r"\b(lesson|teaching|classroom|formal|ect|nqt|class) observation\b|\bobservation (form|record|notes?|report|sheet|feedback|of)\b|"
     r"\brecord of (lesson )?observation\b|\blearning walk (record|form)\b"), 1.0),
    (FormKind.SUPPORT_PLAN, (r"\bsupport plan\b|\baction plan\b|\b(additional|targeted|enhanced|individual) support\b.*\b(plan|record|form)\b|\bcause for concern\b|"
     r"\bplan of support\b|\bimprovement plan\b|\bsupport programme\b"), 1.0),
    (FormKind.REGISTRATION, (r"\bregist(ration|er|ering)\b|\b(new starter|enrolment|enrollment|joining|starter) (form|notification)\b|\bnotification of (a |an )?(new |"
     r"appointment|ect|nqt|start)|\bappointment of (an? )?(ect|nqt|early)|\bsign ?up form\b|\binduction (start|commencement) (form|notification)\b"), 1.0),
    (FormKind.INTERIM_ASSESSMENT, r"\binterim (assessment|report|review|formal)\b|\binterim\b.*\b(assessment|report)\b", 1.0),
    (FormKind.PROGRESS_REVIEW, (r"\bprogress (review|report|check|meeting|monitoring)s?\b|\b(termly|half termly|monitoring) review\b|\breview of progress\b|\bterm(ly)? progress\b|"
     r"\binduction review\b|\b(ect|nqt|induction) (termly )?review\b|\breview meeting (record|form)\b"), 1.0),
    (FormKind.FORMAL_ASSESSMENT, (r"\b(formal|final|first|second|third|summative|end of (year|induction|first|second|final)|induction|nqt|ect|termly|statutory|annual|"
     r"period|year (one|two|1|2)|teacher|career)\b.*\bassessment\b|\bassessment (form|report|record|and recommendation|for the|of induction|point)\b|"
     r"\bassessment\b.*\b(recommendation|induction|nqt|ect)\b|\bassessment against (the )?(teachers )?standards\b|\bnqt assessment\b|\b(final|first|second|end of induction|induction|nqt|ect) report\b|\binduction assessment\b|"
     r"\b(report|recommendation) (on|of|at|for) (the )?(completion|end|final|outcome)\b"), 0.9),
)  # fmt: skip
_TITLES = tuple((kind, re.compile(wording), strength) for kind, wording, strength in _TITLE_WORDINGS)
_LOOSE = 0.59
"""What the first line of a paper says of its kind in words that no title has: for a person to check."""
_LOOSE_TITLES = (
    (FormKind.CHANGE_OF_DETAILS, re.compile(r"\b(updat|amend|chang|correction)\w*"), _LOOSE),
    (FormKind.LEAVER_NOTICE, re.compile(r"\b(leav|depart|resign|moving on|goodbye|transfer)\w*"), _LOOSE),
    (FormKind.REGISTRATION, re.compile(r"\b(regist|enrol|starter|joining)\w*"), _LOOSE),
    (FormKind.LESSON_OBSERVATION, re.compile(r"\bobserv\w*"), _LOOSE),
    (FormKind.PROGRESS_REVIEW, re.compile(r"\breview\w*"), _LOOSE),
)
_TICKED = 0.3
"""What a tick at "first assessment" says of the kind of form, whatever its title."""
_TITLE_WORDS = frozenset(
    spaced("""
    assessment assessments interim formal final progress review induction registration observation support change details
    leaver circumstances teacher teachers career early newly qualified report record notification appropriate
""")
)
"""Words that a slip of typing in a title must not hide."""
_NOT_TITLES = re.compile(
    r"\b(guidance|guide|newsletter|invoice|handbook|policy|faqs?|agenda|minutes|timetable|how to|curriculum vitae|cv|lesson plan|"
    r"certificate|quotation|receipt|calendar|bulletin|training|workshop|briefing|programme of events|privacy notice|checklist for|advert\w*|"
    r"statement of work|remittance|reference request)\b"
)
_SENTENCES = re.compile(r"(where|the|please|to be|this|for|if|is|has|how|what|date|name|number|days|i)\b")
"""How no title begins."""
_POINT_WORDINGS = (
    ("interim", r"\binterim\b"),
    (
        "final",
        r"\b(second (and|or) final|final|second or final|end of induction|final assessment|completion of induction|summative final|end of year (2|two)|assessment year (2|two))\b",
    ),
    (
        "first",
        r"\b(first|assessment (point )?(1|one)|formal assessment (1|one)|1st|end of year (1|one)|assessment year (1|one)|end of first)\b",
    ),
    ("second", r"\b(second|assessment (point )?(2|two)|formal assessment (2|two)|2nd|end of second)\b"),
    ("third", r"\b(third|3rd|assessment (3|three))\b"),
)
_POINTS = tuple((value, re.compile(wording)) for value, wording in _POINT_WORDINGS)
_DRAFT = re.compile(
    r"\b(draft|do not (send|submit|return)|must not be (sent|submitted|returned)|should not be (sent|submitted)|not to be (sent|submitted|returned)|not for submission)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Title:
    """A line that names a form."""

    kind: FormKind
    block: Block
    text: str
    strength: float
    place: int
    """How many blocks with words stand above it on its page."""


@dataclass(frozen=True)
class Verdict:
    """The kind of a paper with how sure that is; kind None for a paper that is no form."""

    kind: FormKind | None
    status: Status
    reason: str | None = None
    point: str | None = None
    title: Title | None = None


def find_titles(paper: Paper, options: set[int] | None = None) -> list[Title]:
    """Every line that could be a form's title. `options` are items of tick boxes, which name forms without being one."""
    titles = []
    places: dict[int, int] = {}
    for block in [*paper.margins, *paper.blocks]:
        if not block.tokens:
            continue
        place = places.get(block.page, 0)
        places[block.page] = place + (block not in paper.margins)
        option = block.has_marks or (options is not None and any(token.order in options for token in block.tokens))
        found = None if option else _title(block, place)
        if found is not None:
            titles.append(found)
    return titles


def _title(block: Block, place: int) -> Title | None:
    lines = _first_line(block)
    count = len(words_of(lines))
    if not 2 <= count <= 22 or lines.rstrip().endswith((".", "?", ";", ",")) or block.tokens[0].field is not None:
        return None
    if sum(token.text.endswith(":") for token in block.tokens) > 1:
        return None  # Labels side by side with their answers.
    named = _named(lines, first=place == 0)
    if named is None:
        return None
    kind, weight = named
    weight *= 1.0 if place < 4 else 0.8 if place < 10 else 0.45
    bold = all(token.bold for token in block.tokens[:count])
    return Title(kind, block, lines, weight * (1.0 if bold or lines.isupper() or place < 3 else 0.8), place)


@lru_cache(maxsize=4096)
def _named(text: str, *, first: bool) -> tuple[FormKind, float] | None:
    """The kind of form that a line names and how strongly. `first`: it stands first on its page."""
    if text[:1].islower() and any(map(str.isdigit, text)):
        return None  # The middle of a sentence with its date: "will leave our employment on 19 July 2024".
    words = words_of(text)
    plain = " ".join(respelt(word, _TITLE_WORDS) for word in words)
    if _NOT_TITLES.search(plain) or _SENTENCES.match(plain):
        return None
    for kind, pattern, strength in (*_TITLES, *(_LOOSE_TITLES if first and len(words) <= 10 else ())):
        if pattern.search(plain) and not (kind is FormKind.LEAVER_NOTICE and "interim" in words):
            return kind, strength * (1.0 if _FAMILY.search(plain) else 0.75) * (1.0 if len(words) <= 12 else 0.8)
    return None


def _first_line(block: Block) -> str:
    """The words of the first paragraph; a title may run over two lines."""
    if len(block.tokens) <= 22:
        return block.text
    first = [token for token in block.tokens if token.paragraph == block.tokens[0].paragraph]
    return " ".join(token.text for token in first[:24])


def belongs_to_family(paper: Paper) -> bool:
    """Whether its words are those of induction; a long paper that says one of them by chance is about something else."""
    words = words_of(" ".join(block.text for block in [*paper.margins, *paper.blocks]))
    needed = 1 + len(words) // _WORDS_A_MENTION
    return sum(1 for _ in islice(_FAMILY.finditer(" ".join(words)), needed)) == needed


def point_of(text: str) -> str | None:
    """The assessment that a title names."""
    plain = " ".join(words_of(text))
    hits = [value for value, pattern in _POINTS if pattern.search(plain)]
    if ("interim" in hits and len(hits) > 1) or ("first" in hits and ("second" in hits or "final" in hits)):
        return None
    return hits[0] if hits else None


def judge_kind(paper: Paper, titles: list[Title], places: set[str], ticked: str | None) -> Verdict:
    """The kind, from titles, the ticked kind of assessment and the fields the paper has places for.

    `ticked` is the assessment point that was ticked.
    """
    scores: dict[FormKind, float] = dict.fromkeys(FormKind, 0.0)
    best: Title | None = None
    for title in titles:
        scores[title.kind] = max(scores[title.kind], title.strength)
        if best is None or title.strength > best.strength:
            best = title
    for kind, weight in _by_places(places).items():
        # An interim assessment is about a leaver too: where its title says so, the places of leavers do not speak against it.
        interim = kind is FormKind.LEAVER_NOTICE and scores[FormKind.INTERIM_ASSESSMENT] > scores[kind]
        scores[FormKind.INTERIM_ASSESSMENT if interim else kind] += weight
    if ticked in {"first", "second", "third", "final"}:
        scores[FormKind.FORMAL_ASSESSMENT] += _TICKED
    if scores[FormKind.INTERIM_ASSESSMENT] and "judgement" in places:
        # The places of an interim assessment are those of a formal one; only its title tells.
        scores[FormKind.INTERIM_ASSESSMENT] += scores[FormKind.FORMAL_ASSESSMENT]
    kind = max(scores, key=lambda one: scores[one])
    least = _LOOSE * 0.75 if len(places) >= 5 else 0.6
    if len(places) < 3 or scores[kind] < least or not belongs_to_family(paper):
        return Verdict(None, Status.CLEAR if len(places) < 3 or best is None else Status.CHECK, _no_form_reason(best, places))
    if kind is FormKind.FORMAL_ASSESSMENT and ticked == "interim":
        kind = FormKind.INTERIM_ASSESSMENT
    point = point_for(kind, best, ticked) or _point_beside(titles, kind, best)
    rivals = sorted(scores.values(), reverse=True)
    sure = rivals[0] - rivals[1] >= 0.2 and best is not None and best.strength >= 0.6 and len(places) >= 5
    return Verdict(
        kind,
        Status.CLEAR if sure else Status.CHECK,
        None if sure else "the title does not say clearly which form this is",
        point,
        best,
    )


def _no_form_reason(best: Title | None, places: set[str]) -> str | None:
    if best is not None and len(places) >= 3:
        return "it looks somewhat like a form of the induction family, but not enough of it was recognised"
    return None


def point_for(kind: FormKind, best: Title | None, ticked: str | None) -> str | None:
    """The assessment that a form of this kind is about: as ticked, else as its title names it."""
    if kind not in {FormKind.FORMAL_ASSESSMENT, FormKind.INTERIM_ASSESSMENT}:
        return None
    if ticked:
        return ticked
    if kind is FormKind.INTERIM_ASSESSMENT:
        return "interim"
    return point_of(best.text) if best is not None else None


def _point_beside(titles: list[Title], kind: FormKind, best: Title | None) -> str | None:
    """The assessment that a second line of the title names: "Formal assessment" over "First assessment point"."""
    if kind is not FormKind.FORMAL_ASSESSMENT or best is None:
        return None
    near = [title for title in titles if title is not best and title.kind is kind and abs(title.place - best.place) <= 2]
    return next(filter(None, (point_of(title.text) for title in near if title.place < 5)), None)


def _by_places(places: set[str]) -> dict[FormKind, float]:
    """What the places themselves speak for, where a title is missing or vague."""
    weights: dict[FormKind, float] = {}
    period = bool(places & {"period_start", "period_end", "days_absent"})
    if "on_track" in places and "judgement" not in places:
        weights[FormKind.PROGRESS_REVIEW] = 0.5 + 0.15 * period
    if "judgement" in places:
        weights[FormKind.FORMAL_ASSESSMENT] = 0.45 + 0.2 * period
    if places >= {"induction_start", "qts_date"} and not period and not places & {"judgement", "on_track"}:
        weights[FormKind.REGISTRATION] = 0.5 + 0.1 * len(places & {"induction_tutor_email", "ect_email", "fte", "mentor_name"})
    if "leaving_date" in places and not places & {"judgement", "on_track"}:
        weights[FormKind.LEAVER_NOTICE] = 0.3 + 0.3 * ("next_school" in places)
    if len(places & {f"standard_{number}" for number in range(1, 9)}) >= 4:
        weights[FormKind.FORMAL_ASSESSMENT] = weights.get(FormKind.FORMAL_ASSESSMENT, 0.0) + 0.15
    return weights


def draft_warning(paper: Paper) -> str | None:
    """What the form says of itself, where it is a draft."""
    for block in [*paper.margins, *paper.blocks]:
        if len(block.tokens) > 40 or (block.tokens and block.tokens[0].field is not None):
            continue
        short = len(block.tokens) <= 5
        said = {match.group(0).casefold() for match in _DRAFT.finditer(block.text)}
        if said - {"draft"} or (said and short):
            return "The form says that it is a draft which must not be sent to the appropriate body."
    return None
