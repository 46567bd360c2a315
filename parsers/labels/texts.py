"""Headings of the long text boxes: strengths, targets, comments, one box a Teachers' Standard, and headings nobody keeps.

A heading is recognised by what it speaks of and by having few words that headings do not use, so that a sentence of the
text itself ("Targets set last time have been met") is not taken for one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter

from rapidfuzz import fuzz

from parsers.labels.themes import disputed, theme_of
from parsers.labels.words import is_known, one_language, respelt, without_letter, words_of
from parsers.wordlists import spaced

ASIDE_TEXT = "<aside text>"
THEMED = 0.7
"""How certain a heading can be that only its single words explain: always for a person to check."""
DISPUTED = 0.65
"""How certain a heading can be whose words speak as much for another field: "Development priorities"."""
_COMMON = frozenset(
    spaced("""
the a an of to for in on at by with from and or if is are was were be been has have had what which who whom
how where when please give provide describe outline summarise summarize list state record detail details brief
briefly short comment comments explain identify include including refer referring reference your his her their
our this that these those any all each you we ect ects nqt nqts early career newly qualified teacher teachers
mentee participant standards standard induction period assessment review progress term next last first second
third final interim previous current tutor head headteacher mentor school appropriate body agreed agree new
key main further future made making taken put place used use using seen considered consider inform support
supporting supported judgement judgements judgment judgments decision answer question reasons reason no yes
above below against relation relating demonstrate demonstrated demonstrates identified during including
overall own personal professional general other additional continue continued overleaf box sheet separate
section extent meets meet meeting met with areas area made will would should can could need needs needed
required requiring need action actions plan planned plans set setting it its they he she do does as s about up
following completed complete statement only evidence strength strengths target targets development improvement
concern concerns ts part one two specific smart date dates by comments views response reflection reflections
summary discussion report performance practice impact programme monitoring least not more than max maximum
minimum up four three words bullet points applicable where based upon regarding towards ready term's terms
whom signature relevant since has
""")
)
_ECT = (r"(?:the |an |your )?(?:departing |leaving |transferring |early career |newly qualified )?"
        r"(?:ects?|nqts?|teachers?|mentees?|participants?|inductees?|colleagues?|practitioners?|candidates?)")  # fmt: skip
_SAYS = r"(?:comments?|remarks?|feedback|views?|responses?|reflections?|observations|statement|reply|words|thoughts)"
_OWN_WORDS = re.compile(
    r"^i (wish|would like|want) to (make|add|offer|record) (the following |these |some )?(comments?|remarks|observations)\b|"
    r"^(the )?comments? (that )?i (wish|would like|want) to (make|add)\b|^my (own )?(comments?|views?|response|reflections?)$"
)
"""Headings in the first person: the teacher writes here."""
_WORDINGS: tuple[tuple[str, str, str], ...] = (
    # Asides first: they hold words of the others.
    (ASIDE_TEXT, r"(head ?teacher|principal|tutor|mentor|head)s? (final |overall |own |general )?(comments?|statement|views|remarks)",
     r"\b(ect|nqt|mentee)\b"),
    (ASIDE_TEXT, r"comments? (by|from|of) (the )?(induction )?(head ?teacher|principal|tutor|mentor|head|assessor|appropriate body)", r"\b(ect|nqt)\b"),
    (ASIDE_TEXT, (r"\b(previous|last|past|earlier|former) (term s |review s |period s )?(targets?|objectives?|actions?)|"
     r"\b(review of|progress (towards|against|on|made)|reviewing|met) (the )?(previous |last |agreed |past )*(targets?|objectives?)|"
     r"(targets?|objectives?) (from|set (at|in|during)) (the )?(last|previous)"), ""),
    (ASIDE_TEXT, (r"^(additional|further|other|general|any other) (information|comments|notes)$|^office use|^notes?$|^guidance|"
     r"^form handling advice|^data protection|^privacy|^declaration|^instructions?|^support arrangements|^checklist|"
     r"^assessment of (progress|performance)$|^how to"), ""),
    ("ect_comments", (rf"^(?:any |further |own )?{_SAYS} (?:of|by|from) {_ECT}$|^{_ECT} (?:own )?{_SAYS}(?: (?:if any|on (?:the|this) (?:report|review|assessment|form)))?$|"
     rf"^right (?:of|to) reply(?: {_ECT})?$|^(?:in )?{_ECT} own words$|^{_ECT} (?:voice|say)$"), r"^(induction )?(tutor|mentor|head)"),
    ("support_plan", (r"^(if|where) (the |your )?(answer (is|was) )?(no|not)\b.*\b(help|support|action|steps|plan|put in place|provided|given)\b|\bextra (help|support)\b|"
     r"^(if|where) (the \w+ is )?not (yet )?on track\b.*\b(action|help|support|steps|plan)\b"), ""),
    ("ect_comments", (r"^(remarks|observations|words|comments?) (of|by|from) (the )?(ect|nqt|teacher)\b|^(ect|nqt|teacher)s? observations\b|"
     r"^(ect|nqt|teacher|mentee)s? (voice|thoughts|perspective|remarks|own words|say|section|reply|words)\b|^thoughts (of|from) (the )?(ect|nqt|teacher)\b|^the (ect|nqt|teacher)s? (thoughts|reply)\b|"
     r"^(to be )?completed by (the )?(ect|nqt|teacher|early career teacher)$|^(what|anything) (does|would|did|do) (the )?(ect|nqt|teacher|you)\b.*\b(say|think|feel|add|comment)\b|"
     r"\b(ect|nqt|mentee|participant|early career teacher|newly qualified teacher|teacher|your|own)s?\b.*"
     r"\b(comments?|reflections?|views?|response|statement|feedback)\b|"
     r"\b(comments?|reflections?|views?|response|statement|feedback)\b.*\b(ect|nqt|mentee|participant|early career teacher|"
     r"newly qualified teacher|by (the )?teacher|from (the )?teacher)\b"), r"against|extent|standards met|progress of"),
    ("evidence", r"^(lesson |classroom |observation )notes$|^notes (of|from|on) the (lesson|observation|visit)$", ""),
    ("support_plan", r"^actions? and support( who| by whom)?$|^support and actions?$", ""),
    ("support_plan", r"^support\b.*\b(continued?|recommended|go on|carry on|carried on)\b|^support (for|at|in) the (next|new|receiving) school", r"\b(has|have|had|received)\b"),
    ("support_plan", (r"\bsupport plan\b|\bsupport\b.*\b(put|place|provided|give|offered|planned|plan|needed|required|given|agreed)\b|"
     r"\b(additional|further|extra|targeted|planned) support\b|\baction plan\b|\bplan (of|for) (support|improvement)\b|"
     r"\bhow will (the )?\w+ be supported\b|\bimprovement plan\b"), r"\bstrengths?\b|confirm|received|personalised|i |arrangements|\b(start|end|review|finish|begin)\w* (date|of)\b|\bdates?\b"),
    ("targets", (r"\b(targets?|objectives|next steps|action points|priorities|development goals?|smart goals?|goals)\b|"
     r"\bwork (on|towards)\b.*\bnext\b|\bactions?\b.*\b(next|agreed|taken|coming|following|term|forward)\b|\bagreed actions?\b|^actions$|\bto (do|work on) next\b|"
     r"\bnext (actions?|aims?|focus|areas? of focus)\b|^(and )?what (is )?next( for (the )?\w+)?$|^focus (for|of|in) the (coming|next|following) \w+$"), r"^evidence|\bdevelopment priorities\b|\bpriorities for (further |future )?(development|improvement)\b"),
    ("areas_for_development", (r"^(matters|points|issues|areas|aspects|things) .*\b(next|new|receiving|future) (school|employer|establishment|setting)\b|"
     r"^(less|little|limited|slower|insufficient|too little|not enough) progress (has been |is being |was |being )?made\b|"
     r"^(areas?|aspects?|standards?)( that| which)?( are| is)? not yet (being )?(secure|met|embedded|consistent|achieved)( yet)?$|"
     r"\bwhat (has been|was|is|have you found|did you find|do you find) (most |more )?(difficult|challenging|hard|hardest)\b|\bstill needs? (some |more )?work\b|"
     r"^concerns? (with|and|about|identified|relating|in relation)\b"), r"\btargets?\b|\bstrengths?\b|\bnot met$"),
    ("strengths", (r"^(good|strong|secure|excellent|pleasing|most|the most|greatest) progress (has been |is being |was |being )?made\b|"
     r"\b(most )?pleased (with|about|by)\b|\bproud(est)? of\b|^(areas?|aspects?|examples?) of (secure|strong|good|effective|confident|best) (practice|teaching)\b"),
     r"\b(not|less|yet|if)\b"),
    ("targets", r"\bwhat (will|should|must|do|does|shall) (you|we|they|the \w+|this \w+) (now |next )?(need to )?(focus|concentrate|work) on\b|\b(until|before|by the time) (we|you|they) (next )?meet\b", ""),
    ("support_plan", (r"^(what )?(help|support|assistance)( that| which)?( will| is to)?( the| your| this)?( \w+){0,2} (will |is to |can |going to )?(be )?"
     r"(give|given|provide|provided|offer|offered|receive|put in place)\b"), r"\b(has|have|had|was|were|received|been)\b"),
    ("strengths", (r"\b(making|makes|made|shown|shows|showing) (very )?(good|strong|secure|excellent|rapid|significant|sound) progress\b|"
     r"\b(areas?|aspects?) (in which|where)\b.*\b(is|are|was) (very )?(strong|confident|secure|successful|excelling)\b"), r"\b(not|less|more|further|yet|if)\b"),
    ("areas_for_development", (r"\b(areas?|aspects?|points?|issues?)\b.*\b(development|improvement|concerns?|develop|improve|attention|growth|progress)\b|"
     r"\bdevelopment (needs?|areas?|points?|priorities)\b|\bpriorities for (further |future )?(development|improvement)\b|\beven better if\b|\bweaknesses\b|\bneeds? (further )?(development|improvement)\b|"
     r"\bnot going (so )?well\b|\bwhat (needs|should) (to )?(improve|be improved|be better|develop)\b|\bto develop( further)?$|"
     r"\b(areas?|aspects?) (in which )?to grow\b|\bbarriers\b.*\b(growth|progress|develop\w*)\b|\bareas? of growth\b|^what should (the |an? )?\w+( \w+)? (develop|improve)\b|"
     r"^further development|\bareas? of concern\b|^concerns$|^development$|\bless secure\b|\bweaker (points|areas)\b|\bto be developed\b|\b(further|more) progress\b|\bneeds? (more|further) (work|attention|support)\b|"
     r"\b(should|could|must|still)\b.*\b(work(ed)? on|improved?|strengthened?)\b|\bto (work on|improve|strengthen)$|\bto be (worked on|improved|strengthened|addressed)$|^(further )?improvements?$"), r"\bnext\b(?! areas? of growth)(?!$)"),
    ("strengths", (r"^celebrations?$|^(key |main )?highlights( (of|from|this) .*)?$|^accomplishments|\bstrengths?\b|\b(going|went|gone|working|done|doing|does|do|did) well\b|\bachievements?\b|\bsuccesses\b|\bgood practice\b|\bwww\b|"
     r"\bstrong (areas|aspects|points)\b|\bpositives\b|\bpositive aspects\b"), r"^(please|comment)\b.*with reference to|extent"),
    ("evidence", (r"\bevidence\b|\breasons? (for|behind) (your|this|the) (answer|judgement|judgment|decision|response|view|recommendation|assessment)\b|"
     r"\bbrief details\b|\brationale\b|\bsources? (of information|used|considered)\b|\bbasis (of|for)\b|\bjustif|"
     r"\bdetails? (for|of|to support) (your|the|this) (answer|reasons?|judgement)|\bhow do you know\b|\bsupports? (this|the|your|that) (judge?ment|view|decision|answer|recommendation)\b|\bexplain your (answer|judgement|decision)\b"), ""),
)  # fmt: skip
_CORE = frozenset({"achievements", "successes", "rationale", "weaknesses", "objectives", "priorities", "goals", "sources", "well",
                    "going", "went", "gone", "do", "does", "even", "better", "steps", "victories", "success", "voice", "say", "says", "own",
                    "noted", "shown", "observed", "worked", "work", "carried", "forward", "main", "stage", "coming", "informed", "informs",
                    "relied", "so", "far", "seen", "weaker", "wishes", "make", "thoughts", "reply", "looked", "base", "doing", "did", "towards", "give", "know", "summarise", "drawn", "actions", "aims", "aim", "more", "still", "strengthen", "upon", "outlined", "continuing", "focus", "responses", "response", "current", "achieved", "points", "brief", "positives", "strong", "discussed",
                    "celebrations", "celebration", "highlights", "grow", "growth", "barriers", "inductee", "inductees", "colleague", "colleagues", "practitioner", "departing", "transferring", "right", "extra", "help", "improve", "develop", "attention", "secure", "pleased", "proud", "difficult", "challenging", "hard", "again", "until", "works", "matters", "things", "practice", "phase", "less", "little", "concentrate", "receiving", "relates", "follow", "justification", "teaching", "feedback", "conduct", "recommended", "given", "go", "here", "notes", "observation", "lesson", "classroom"})  # fmt: skip
_HEADING_WORDS = _COMMON | _CORE
_STANDARDS = {
    1: "set high expectations which inspire motivate and challenge pupils",
    2: "promote good progress and outcomes by pupils",
    3: "demonstrate good subject and curriculum knowledge",
    4: "plan and teach well structured lessons",
    5: "adapt teaching to respond to the strengths and needs of all pupils",
    6: "make accurate and productive use of assessment",
    7: "manage behaviour effectively to ensure a good and safe learning environment",
    8: "fulfil wider professional responsibilities",
}
_TELLING = 12
"""Letters that tell one standard from another, at least."""
_PART_TWO = "personal and professional conduct"
_NUMBERED = re.compile(r"^(?:teachers? )?(?:ts|standard|s) ?([1-8])\b")
_LEADING = re.compile(r"^([1-8])\b")
_SPAN = re.compile(r"\b(?:plan|period|review|report|term|assessment) (?:from|to|until|till)$")
"""The end of words that ask for a day, though they name a text: "Support plan from"."""
_RULES = tuple((key, re.compile(wanted), re.compile(veto) if veto else None) for key, wanted, veto in _WORDINGS)
_BARE_NUMBER = re.compile(r"^[1-8] ")
_PART_ONE_NAMED = re.compile(r"part (one|1)\b")
_PART_TWO_NAMED = re.compile(r"part (two|2)\b|p2\b")
_PROMPT = re.compile(
    r"^(please|comment on|describe|summari[sz]e|outline|identify|list|record|provide|refer|include|explain|give|consider|you should|"
    r"this (section|box|part)|to be completed|complete (this|the)|enter|note|tick|continue|insert|state|taking|with reference|"
    r"click|use this|what|how|which|in this (section|box))\b"
)
_OF_FORMS = re.compile(
    r"\b(please|box|below|section|form|standards|the (ect|nqt|teacher|early career teacher)|early career teacher|this period|"
    r"this report|the judgement|guidance|tick|overleaf)\b"
)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a text box; `key` is a field or `<aside text>`."""

    key: str
    strength: float


@lru_cache(maxsize=4096)
def read_heading(text: str, *, shown: bool = False) -> Heading | None:
    """The heading that a whole paragraph or cell is, or None where it is something else.

    `shown`: it looks like a heading (bold, capitals, a cell of its own), so that its words may be less usual.
    """
    part_two = _part_two(" ".join(words_of(text)))
    text = one_language(without_letter(text), _is_heading_word)
    words = words_of(text)
    plain = " ".join(words)
    if not 0 < len(words) <= 34 or _SPAN.search(plain):
        return None
    standard = _standard(plain, text) or part_two
    if standard is not None:
        return standard
    if _OWN_WORDS.search(plain):
        return Heading("ect_comments", 0.95)
    known = sum(word in _COMMON or word.isdigit() or _is_core(word) for word in words) / len(words)
    if known < (0.5 if shown and len(words) <= 12 else 0.8 if len(words) > 5 else 0.75) or _reads_as_prose(text, words):
        return None
    for key, wanted, veto in _RULES:
        if wanted.search(plain) and not (veto and veto.search(plain)):
            sure = max(known, 0.9) if shown and len(words) <= 6 else known
            sure = min(sure, DISPUTED) if disputed(plain, key) else sure
            return Heading(key, sure * (1.0 if len(words) <= 14 else 0.9))
    return None


def respelt_heading(text: str) -> Heading | None:
    """The heading that a text with slips of typing was meant to be; for a person to check."""
    words = words_of(without_letter(text))
    mended = [respelt(word, _HEADING_WORDS) for word in words]
    found = read_heading(" ".join(mended), shown=True) if mended != list(words) and len(words) <= 10 else None
    return None if found is None else Heading(found.key, min(found.strength, 0.8))


def themed_heading(text: str) -> Heading | None:
    """The heading that a text with unusual words most likely is; for a person to check."""
    words = words_of(text)
    key = (
        theme_of(without_letter(text))
        if 0 < len(words) <= 12 and not _SPAN.search(" ".join(words)) and not _reads_as_prose(text, words)
        else None
    )
    return None if key is None else Heading(key, THEMED)


def is_prompt(text: str) -> bool:
    """Whether a paragraph at the head of a box is the form's instruction and not the answer.

    Targets begin with the same verbs as instructions ("Identify three strategies"), so a verb alone is not enough.
    """
    words = words_of(text)
    stripped = text.strip()
    if not words or len(words) > 45:
        return False
    if stripped.startswith("(") and stripped.endswith((")", ").")):
        return True
    plain = " ".join(words)
    if stripped.endswith((":", "?")):
        return _share_of_common(words) >= 0.6
    return bool(_PROMPT.search(plain)) and bool(_OF_FORMS.search(plain)) and _share_of_common(words) >= 0.6


def _standard(plain: str, text: str) -> Heading | None:
    """One of the eight standards or Part Two, by number or by the standard's own words."""
    numbered = _NUMBERED.search(plain)
    body = _NUMBERED.sub("", plain).strip() if numbered else _BARE_NUMBER.sub("", plain)
    best, close = _closest(body)
    if numbered and (not body or close >= 60 or len(body.split()) <= 2):
        return Heading(f"standard_{numbered.group(1)}", 1.0 if not body or close >= 80 else 0.85)
    number = numbered or _LEADING.match(plain)
    if number and _speaks_of(body, int(number.group(1))):
        return Heading(f"standard_{number.group(1)}", 0.85)
    if close >= 88 and len(body.split()) >= 2:
        return Heading(f"standard_{best}", 1.0)
    if (part_two := _part_two(plain)) is not None or _PART_TWO_NAMED.match(plain):
        return part_two
    return Heading(ASIDE_TEXT, 0.9) if _PART_ONE_NAMED.match(plain) and len(text) < 60 else None


def _part_two(plain: str) -> Heading | None:
    """The second part of the standards, whose "Part 2:" may look like the letter of a section."""
    if not _PART_TWO_NAMED.match(plain) and _nearness(plain, _PART_TWO) < 90:
        return None
    told = _nearness(plain, _PART_TWO) >= 70 or "conduct" in plain
    return Heading("standard_part_two", 1.0 if told else 0.5) if told or len(plain.split()) == 2 else None


def _speaks_of(body: str, number: int) -> bool:
    """Whether most words of a short name are the standard's own, in any order: "Behaviour and environment"."""
    words = [word for word in body.split() if len(word) > 3]
    own = {word[:5] for word in _STANDARDS[number].split() if len(word) > 3}
    spoken = sum(any(word[:5].startswith(one) or one.startswith(word[:5]) for one in own) for word in words)
    return 0 < len(body.split()) <= 7 and 3 * spoken >= 2 * len(words) > 0


def _closest(body: str) -> tuple[int, float]:
    """The standard that a heading is nearest to, and how near."""
    if len(body) < _TELLING:
        return 1, 0.0
    return max(((number, _nearness(body, words)) for number, words in _STANDARDS.items()), key=itemgetter(1))


def _nearness(body: str, words: str) -> float:
    """How near a heading comes to a standard's words; headings shorten them from the end."""
    if len(body) < _TELLING:
        return 0.0
    whole, begun = fuzz.ratio(body, words), 0.0
    if len(body) < len(words) and len(body.split()) >= 3:
        begun = fuzz.ratio(body, words[: len(body)])
    elif len(words) < len(body) <= 2 * len(words) + 20:
        begun = fuzz.ratio(body[: len(words)], words)
    return max(whole, begun)


def _is_heading_word(word: str) -> bool:
    return word in _HEADING_WORDS or is_known(word)


def _is_core(word: str) -> bool:
    return word in _CORE


def _share_of_common(words: Sequence[str]) -> float:
    return sum(word in _COMMON or _is_core(word) for word in words) / len(words)


def _reads_as_prose(text: str, words: Sequence[str]) -> bool:
    """A first person, a full stop in the middle, or the past perfect of a report."""
    stripped = text.strip()
    if stripped.startswith(("-", "•", "*", "·")):
        return True
    if words[0] in {"i", "my", "he", "she", "they", "we", "it"}:
        return True
    return stripped.endswith(".") and len(words) > 5 and words[0] not in {"please", "describe", "comment", "summarise", "list",
                                                                        "outline", "give", "record", "identify", "provide"}  # fmt: skip
