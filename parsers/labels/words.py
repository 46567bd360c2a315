"""The words of labels: how a text is evened out, and which idea each word or phrase of the family's labels stands for.

Only vocabulary lives here. Which ideas together make a label for which field is decided in `parsers.labels`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from parsers.labels.office_words import FILLING, FURTHER
from parsers.wordlists import spaced

_PHRASES: dict[str, str] = {
    # Who
    "ect": "ect|ects|early career teacher|early career teachers|nqt|nqts|newly qualified teacher|mentee|participant|inductee|"
    "new teacher|teacher on induction|teacher undertaking induction|teacher serving induction|teacher in induction|nqt ect|"
    "ect nqt|candidate|person on induction|early career teachers ect|trainee|trainee ect",
    "teacher": "teacher|employee|applicant|colleague|member of staff|staff member",
    "tutor+name": "it name|name of it",
    "tutor": "induction tutor|tutor|tutors|induction mentor tutor|ect tutor|nqt tutor|induction tutor lead|induction lead tutor|"
    "lead induction tutor|school induction tutor|induction tutor coordinator",
    "mentor": "mentor|mentors|ect mentor|nqt mentor|school mentor|induction mentor|in school mentor|ecf mentor|ecte mentor|subject mentor|school based mentor|in house mentor|coach mentor|mentor coach|coach or mentor|mentor or coach|mentor and coach|ect coach",
    "head": "head teacher|headteacher|head|principal|headmaster|headmistress|head of school|executive headteacher|headteachers|"
    "executive head teacher|executive head|executive principal|head of academy|head of centre|heads|headteacher principal|"
    "head teacher principal|principal headteacher|head of establishment|head of organisation|head of setting|head of institution|head of provision",
    "coordinator": "induction coordinator|induction co ordinator|induction lead|coordinator|co ordinator|nqt coordinator|"
    "ect coordinator|ect lead|induction leader|induction manager|professional tutor",
    "observer": "visit by|visited by|person observing|observing|observer|observed by|name of observer|reviewer|lesson observed by|observation carried out by|seen by|lesson seen by|observation by|lesson observer",
    "other": "finance|finance contact|business manager|school business manager|line manager|hr|union|representative|governor|"
    "chair|chair of governors|assessor|verifier|witness|referee|emergency|kin|administrator|admin contact|data protection|"
    "named contact|main contact|invoice|delivery partner|lead provider|training provider|provider|parent|buddy|coach|"
    "head of department|department head|facilitator|officer|consultant|panel|office use|finance office|"
    "line manager name|second mentor|previous mentor|previous tutor",
    # Where
    "school": "organisation|current employer|present employer|employing organisation|school organisation|setting organisation|organisation setting|school provider|provision name|school trust|school or trust|school mat|school and trust|school|schools|academy|institution|educational establishment|establishment|college|setting|workplace|"
    "place of work|place of employment|employing school|employing academy|place of induction|inducting school|host school|current school|school or college|school academy|"
    "educational institution|school academy setting|school setting|school college|nursery|lead school|base school|employing school",
    "body": "hub|induction body|ab name|registering body|appropriate body|appropriate bodies|teaching school hub|ab|tsh|appropriate body service",
    "next+school": "school they go to|to school|they are joining|school joining|joining|the ect is joining|they will be joining|new school|new employer|school moving to|destination school|destination|moving to|going to|where they are going|where are they going|receiving school|next school|new post|next post|school they are going to|school they will join|subsequent school|next employer|where is the ect going|where is the teacher going|where is the ect moving to|where will the ect go next",
    "next": "next|future|new",
    "former+name": "name before marriage|names before marriage|other names used|any other names|other names known by|names used previously|formerly known as|also known as",
    "former": "former|previous|maiden|formerly|prior|birth name|name at birth|previously|also|aka|née|nee|earlier",
    "elsewhere": "elsewhere",
    # What
    "name": "who is|who are|who was|who has been|who will be|name|names|full name|full names|print name|printed name|name in full|name print|surname first|last name first|family name first|first and last name|fullname",
    "forename": "other names|other name|first name|forename|forenames|given name|given names|first names|firstname|christian name|christian names|fore name",
    "surname": "last name|surname|family name|lastname|last names|sur name|surnames",
    "birth": "date of birth|dob|d o b|birth date|birth|birthdate|born|born on|birthday",
    "trn": "teacher reference number|trn|teacher ref|teacher reference|teacher ref no|teacher reference no|teacher number|teacher no|teachers no|teacher num|7 digit trn|7 digit teacher reference number|"
    "gtc number|gtc|teacher dcsf number|dfe teacher reference number|dfe reference number|dfe reference|dfe teacher number|"
    "dcsf teacher reference number|dfes teacher reference number|teacher ref number|dcsf reference number|dfes reference|"
    "teachers ref|teachers reference|teachers reference number|ref no trn|trn number|trn no|"
    "tra reference number|tra reference|tra ref|tra number|teacher registration number|t r n|dfe ref|dfe ref no|dfe ref number",
    "ni": "national insurance|ni number|nino|ni no|ni|national insurance number|national insurance no|n i number|n i no|nat ins|nat insurance|n insurance",
    "qts": "qts|qualified teacher status|qualified status|qts certificate",
    "award": "award|awarded|achieved|gained|obtained|conferred|attained|confirmed",
    "date": "date|dates|dated|when|date on which|day month year|on what date",
    "start+date": "start date|start dates|starting date|commencement date",
    "end+date": "end date|end dates|ending date|finish date",
    "start": "opens|opened|opening|open|start|starts|started|starting|begin|begins|beginning|began|commence|commencement|commenced|commencing|commences|"
    "from|started on|first day|date from|effective|start on|covers from",
    "end": "completion|closes|closed|closing|concludes|concluded|end|ends|ended|ending|finish|finished|finishes|last day|until|till|date to|up to|close|to date of|covers to",
    "to": "to",
    "period": "window|assessment window|review window|period|assessment period|review period|reporting period|report period|progress review period|this period|"
    "induction assessment period|period covered|period of assessment|period of review|monitoring period|time covered|covers|covering|covering the period|covered by this report",
    "assessment": "assessment|assessments|report|reports|reporting|formal assessment|assessed",
    "review": "review|progress review|reviews|progress",
    "induction": "induction|statutory induction|induction programme|ecf|ecte|ecf induction|induction year",
    "entire": "induction period|entire induction period|whole induction period|full induction period|whole of induction|"
    "induction overall|entire induction|whole induction|total induction period|entire period|whole period",
    "interim": "interim",
    "final": "final|last|third",
    "first": "first",
    "second": "second",
    "days": "days|day|school days|working days|number of days|teaching days|half days|sessions",
    "terms": "terms|number of terms|school terms|fte terms",
    "term": "term|term covered|term reported|calendar term|school term|term of induction|induction term|which term|term number|term no",
    "absent": "absent|absence|absences|days absence|missed|not in school|days lost|days off|absense|days away|absenteeism|not attended",
    "served": "employed in the period|served|worked|employed|count|counted|counting|counts|accrued|in post|attended|work|attendance|present",
    "sick": "sickness|sick|illness|off sick|sick leave|sickness absence",
    "served+days": "school days in the period|days in the period|school days in period|working days in the period",
    "completed": "completed|complete|done|undertaken|claimed",
    "total": "total|in total",
    "so_far": "overall|altogether|in all|aggregate|entire|whole|to date|so far|cumulative|throughout|since induction began|running total|since start of induction|"
    "since the start of induction|across induction",
    "including": "including absence|including absences|inclusive of absence|including any absence|excluding absence|"
    "excluding absences|including days absent|including days of absence|less absence|minus absence|net of absence",
    "number": "number|no|num|nos|code|ref|reference|numbers|how many|amount",
    "dfe": "dfe|dfes|dcsf|dfee|laestab|estab|establishment number|institution number|la estab|department for education|"
    "dfe number|dfe no|la|school number|establishment code|la code|institution no|estab no|local authority|lea",
    "urn": "urn|unique reference number|unique ref no|unique reference|unique ref number|school urn|edubase|gias|unique reference no",
    "fte": "fte|f t e|full time equivalent|proportion|fraction|percentage|pro rata|proportion of time|proportion of week|contract fte|"
    "proportion of full time|contracted hours fte|equivalent|fte contract|timetable percentage",
    "full": "full time|ft|fulltime",
    "part": "part time|pt|parttime",
    "pattern": "working pattern|work pattern|hours of work|employment pattern|full time part time|full or part time|mode|"
    "contract hours|working hours|full part time",
    "email+ect": "personal or school email|personal or school e mail|school or personal email|personal email|personal e mail|private email",
    "email": "email|e mail|email address|e mail address|emails|mail",
    "phone": "telephone|phone|tel|mobile|fax|telephone number|contact number|phone number|tel no|telephone no",
    "address": "address|postcode|post code|street|town|county|home address|school address",
    "sign": "authorised by|authorised|authorised on behalf of|authorisation|endorsed by|signature|signed|sign|signatory|signatures|signature of|signed by|sign off|electronic signature|initials|"
    "signing|digital signature",
    "leave+ect": "leaver|leavers|departing ect|departing teacher|outgoing ect",
    "leave": "departing|departs|leaving|leave|left|departure|resignation|leaves on|date left|leaves|termination",
    "leave+end": "last working day|last day of employment|last day at school|last day in school|last day at this school|last day in post|"
    "final date of employment|last date in school|last date of service|final date of service|date of final day|contract end date|contract ends|end of contract|last day of contract|last day of the contract|last date of employment|date of last day|last day of employment here|employment end|last day here|leave date|last day at the school|last day of service|final day|final day at this school|final day in school|final working day|"
    "employment ends|employment end date|date employment ends|last day with us|last day at the academy",
    "observed": "observation|observed|lesson observation|observations|visit",
    "meeting": "meeting|meetings|discussion|visit date|discussed|conversation",
    "next_review": "next review|next meeting|review date|next visit|next observation|next assessment",
    # Places that forms have and the record has not
    "aside": "title|qualification|qualifications|degree|subject|subjects|subject s|key stage|age range|age group|phase|specialism|"
    "training institute|training institution|itt provider|ite provider|route|training route|programme type|programme|post title|position|post held|position held|"
    "job title|year group|class|gender|nationality|fee|fees|payroll|cost|room|topic|lesson|time|salary|grade|"
    "contract|contract type|permanent|temporary|contract length|specialist|post|purchase order|ukprn|po number|"
    "reduction|reduced|deduction|extension|version|reason|reasons|category|status|signed off|hours|minutes|"
    "trust|mat|local authority area|region|diocese|pupils|roll|known as|preferred name|pronouns|middle name|middle names|"
    "middle initial|nature|size|focus|duration|length|number of pupils|dbs|visa|country|pay|scale",
    # A post beside a name is no place of its own: "Induction tutor and position held"
    "ect+name": "who is leaving|this review is for|this report is for|this form is for|who is this review about|who is this report about|who is this about|this report is about|this review is about|"
    "this form is about|report on|name of the person under review",
    "school+place": "employed at|employed by|works at|working at|teaching at|where does the ect work|where does the teacher work|where do they work|where do they teach|where does the ect teach|which school do they work at|which school do they work in|which school do they teach at|which school do they teach in|which school does the ect work in|at which school|which school",
    "_": "to register|to be registered|within the trust|in the trust|within trust|carried out this review|carried out the review|who carried out this review|who carried out the review|conducted the review|conducted this review|conducted by|undertaken by|led by|leading the review|leading this review|writing this report|written by|report written by|plan written by|are you reporting on|is this report about|supporting the ect|carrying out the review|carrying out this review|completing this form|completing the form|and position|and position held|and post|and post held|and job title|and post title|and role|and their role|name and post|"
    "name and position|name role|name post",
    # The tick or the sentence that follows decides
    "remain": "remain|remaining|remains|staying|stay|continue|continuing|continues",
    "track": "on track|on course",
    "confirm": "confirm|confirmation|confirms|i confirm|confirmed that",
    "support": "support|monitoring|personalised|programme of support|entitlement|entitlements|programme of monitoring",
    "standards": "teachers standards|teacher standards|standards|core standards|relevant standards|standard",
    "outcome": "recommendation|judgement|judgment|outcome|decision|recommended outcome|overall judgement|conclusion|result",
    "satisfactory": "satisfactory|satisfactorily|successfully|meets|met|meeting|performance|making|performing",
    "details": "details|information|particulars",
    "agreed": "agreed|approved|granted|agreed by",
}
"""An idea and the phrases that stand for it, as they read after `normal`. Longer phrases win over shorter ones."""

_IGNORED = frozenset(
    spaced("""
reviewed assessed plan over across already recently concerned of the a an in on at for this that these their his her your our its is was be been has have had being are were
do does did and or & s please enter give state insert print block capital capitals letters type write typed in
which by any if where applicable appropriate as per with into including inclusive excluding include includes e
g eg i ie etc role roles job position who whom you they he she we it x tick one each during within under yyyy
dd mm yy dd mm yyyy dfe's current currently different both following above below here named covered relevant
only since all  other others contact personal qualified official legal registered undertaking serving
employment employer contracted  known towards induction's when required necessary will would can
being receiving used about box boxes total's name's please's should include must match shown listed exactly
letter calendar academic year years part of time proportionate sept september july august usually normally
weekend holidays bank training inset also per week so far no later than not than more per concerned
proposed anticipated confirmed under completing answer answering legal full since then used forward requested planned preferred intended agreed expected actual supporting supports supported named teach teaches teaching serve serving serves what are carried out they their electronically digitally sent
""")
) | frozenset(spaced(FILLING))
_SOFT = _IGNORED | {"to", "from"}
_IN_PHRASES = 0.8
"""How far a word is known that labels use, though not in this phrase: "Base academy" after "base school"."""
_QUOTES = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00a0": " "})
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_LEAD = re.compile(
    r"^\W*(?:section\s+[a-z0-9]{1,3}\b[\s:.)–-]*|(?:q(?:uestion)?\s?|item\s|box\s|field\s)?\d{1,2}[a-z]?[.):]+|q\d{1,2}(?=\s)|[a-h]\d{1,2}(?=\s)|\(?[a-z]\)|[ivx]{1,4}[.)])\s+",
    re.IGNORECASE,
)
_PARTING = re.compile(r"\s*(?:/|\||\n)\s*|\s+[–-]\s+")
_DAY = re.compile(r"(\w\s*)\((?:dates?|day)\)", re.IGNORECASE)
"""What a label says of the form of its answer: "To (date)" does not say "to date"."""
_NOTE = re.compile(r"\s*[\[(](?:see )?(?:foot)?note\s*\d{1,2}[\])]|(?<=\w)\s*[\[(]\d{1,2}[\])](?=\s*[:?*]?\s*$)", re.IGNORECASE)
_RAISED = re.compile(r"(?<=[^\W\d_])[⁰¹²³⁴-⁹]+")
"""Marks that lead to a note at the foot: "Days absent (3)", "FTE¹"."""
_FOREIGN = 0.4
"""The greatest share of known words in a part of a label that counts as another language."""
_LETTER = re.compile(r"^\W*(?:(?:part|section)\s+(?:[a-h]|\d{1,2})\s*[.):–-]*|[a-h][.):])\s+(?=\S)", re.IGNORECASE)


def _phrase_table() -> dict[tuple[str, ...], str]:
    tables = (_PHRASES, FURTHER)
    return {tuple(phrase.split()): idea for table in tables for idea, phrases in table.items() for phrase in phrases.split("|")}


_TABLE = _phrase_table()
_LONGEST = max(len(phrase) for phrase in _TABLE)
_WORDS = frozenset(word for phrase in _TABLE for word in phrase) | _IGNORED
_CORRECTABLE = sorted(word for word in _WORDS if len(word) > 4)


@dataclass(frozen=True, slots=True)
class Meaning:
    """What the words of a text stand for. `known` is the share of its words that labels of the family use."""

    ideas: frozenset[str]
    words: int
    known: float
    corrected: int = 0

    @property
    def whole(self) -> bool:
        return self.known >= 1.0 and bool(self.ideas)


@lru_cache(maxsize=16384)
def words_of(text: str) -> tuple[str, ...]:
    """Lower-case words; possessive endings, accents and punctuation gone: "NQT’s name:" → nqt, name."""
    text = unicodedata.normalize("NFKC", _RAISED.sub("", text)).translate(_QUOTES).casefold()
    text = _LEAD.sub("", text)
    return tuple(_bare(word) for word in _WORD.findall(text))


def _bare(word: str) -> str:
    if word.isascii() and word.isalnum():
        return word
    word = word.removesuffix("'s").removesuffix("'").replace("'", "")
    return "".join(ch for ch in unicodedata.normalize("NFKD", word) if not unicodedata.combining(ch)) or word


def normal(text: str) -> str:
    return " ".join(words_of(text))


def is_ignored(word: str) -> bool:
    return word in _IGNORED


def ends_in_phrase(text: str) -> bool:
    """Whether the last words of a text are one of the phrases, so that nothing is missing behind them: "will leave us on"."""
    words = words_of(text)
    return any(words[-length:] in _TABLE for length in range(2, min(_LONGEST, len(words)) + 1))


def is_known(word: str) -> bool:
    return word in _WORDS


def is_familiar(word: str) -> bool:
    """Whether labels use the word, perhaps with another ending."""
    return word in _WORDS or _stem(word) in _STEMS


@lru_cache(maxsize=4096)
def correct(word: str) -> str:
    """The label word that a misread word most likely was ("Dale" stays; "Refcrence" → "reference")."""
    if word in _WORDS or len(word) < 5:
        return word
    single = re.sub(r"(.)\1", r"\1", word)
    if single in _WORDS:
        return single
    match = process.extractOne(word, _CORRECTABLE, scorer=fuzz.ratio, score_cutoff=84)
    return match[0] if match else _with_one_slip(word, _CORRECTABLE) or word


def _with_one_slip(word: str, words: Sequence[str]) -> str | None:
    """The word that one letter too many, too few, wrong or swapped with its neighbour makes of it; the first one is right."""
    near = (one for one in words if one[0] == word[0] and abs(len(one) - len(word)) <= 1)
    return next((one for one in near if OSA.distance(word, one, score_cutoff=1) <= 1), None)


@lru_cache(maxsize=4096)
def respelt(word: str, words: frozenset[str]) -> str:
    """The word of a closed list that a mistyped one was meant to be, else the word itself."""
    if word in words or len(word) < 5:
        return word
    close = _long_ones(words)
    match = process.extractOne(word, close, scorer=fuzz.ratio, score_cutoff=88)
    return match[0] if match else _with_one_slip(word, close) or word


@lru_cache(maxsize=16)
def _long_ones(words: frozenset[str]) -> list[str]:
    return sorted(one for one in words if len(one) > 4)


@lru_cache(maxsize=4096)
def mended(word: str) -> list[str]:
    """The label words that a misread word stands for: "refcrence" → reference, "dateofbirth" → date, of, birth."""
    if word in _WORDS or word.isdigit():
        return [word]
    parts = _parted(word) if len(word) >= 6 else None
    return parts or [correct(word)]


def _parted(word: str) -> list[str] | None:
    """Label words that OCR ran together, or None. Longer words first, and no more than five."""
    if not word:
        return []
    for length in range(len(word), 1, -1):
        if word[:length] in _WORDS and (length > 2 or word[:length] in {"of", "no", "to", "in"}):
            rest = _parted(word[length:])
            if rest is not None and len(rest) < 5:
                return [word[:length], *rest]
    return None


def without_letter(text: str) -> str:
    """A heading without the letter of its section: "B. Strengths", "Section C: ...", "Part 2 - ..."."""
    return _LETTER.sub("", text, count=1)


@lru_cache(maxsize=8192)
def meaning(text: str, *, tolerant: bool = False) -> Meaning:
    """The ideas in a text. `tolerant` mends words that were misread or mistyped."""
    return _meaning(one_language(_DAY.sub(r"\1", _NOTE.sub("", text)), is_known), tolerant=tolerant)


def one_language(text: str, known: Callable[[str], bool]) -> str:
    """The part of a label in two languages whose words are known: "Dyddiad geni / Date of birth", "Enw – Name"."""
    parts = [part for part in _PARTING.split(text) if words_of(part)]
    if len(parts) != 2:
        return text
    shares = [sum(len(word) > 1 and known(word) for word in words) / len(words) for words in map(words_of, parts)]
    foreign = words_of(parts[shares.index(min(shares))])
    if min(shares) <= _FOREIGN and max(shares) >= 0.99 and not (len(foreign) > 1 and known(foreign[0])):
        return parts[shares.index(max(shares))]
    return text


def _meaning(text: str, *, tolerant: bool) -> Meaning:
    words = words_of(without_letter(text))
    corrected = 0
    if tolerant:
        corrected = sum(word not in _WORDS and mended(word) != [word] for word in words)
        words = tuple(one for word in words for one in mended(word))
    optional = _optional_words(text)
    remarks = _words_of_remarks(text)
    ideas: list[str] = []
    known = 0.0
    counted = 0.0
    index = 0
    while index < len(words):
        length, idea = _longest(words, index)
        if idea:
            if idea == "_":
                ideas += ["name"] if words[index] == "name" else []
            elif idea == "fte" or not remarks.issuperset(words[index : index + length]):
                ideas += idea.split("+")
            known += length
            counted += length
        elif words[index] in _SOFT or words[index].isdigit():
            known += 1
            counted += 1
        elif words[index] in _WORDS or _stem(words[index]) in _STEMS:
            known += _IN_PHRASES
            counted += 1
        else:
            weight = 0.0 if words[index] in optional else 1.0
            counted += weight
        index += max(length, 1)
    if words and words[-1] == "to":
        ideas.append("end")
    return Meaning(frozenset(ideas), len(words), known / counted if counted else 0.0, corrected)


def _stem(word: str) -> str:
    """A word without the ending that grammar gave it: "reviewing" → review."""
    for ending in ("ing", "ed", "er", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 5:
            return word.removesuffix(ending)
    return word


_REMARK = re.compile(r"\s*\([^()]*\)")
_LONG_REMARK = 3
"""Words; a shorter remark in brackets often is the field's other name: "Reference (TRN)"."""
_STEMS = frozenset(_stem(word) for word in _WORDS if len(word) > 4)


def without_remark(text: str) -> tuple[str, str]:
    """A label without a longer remark in brackets, and the remark; the text and nothing where nothing else is left."""
    outside = _REMARK.sub(lambda found: " " if len(words_of(found.group())) >= _LONG_REMARK else found.group(), text)
    left = outside != text and bool(words_of(outside)) and _unwrapped(text) == text
    remark = " ".join(found for found in _REMARK.findall(text) if len(words_of(found)) >= _LONG_REMARK)
    return (outside, remark.strip(" ()")) if left else (text, "")


_CLAUSE = re.compile(
    r"\s(?:(?:in|at|to|from|for) (?:which|whom)|where|who|whose|that|registering|employing|completing|undergoing|undertaking|serving)\b",
    re.IGNORECASE,
)


def main_clause(text: str) -> tuple[str, str]:
    """A label before its relative clause, and the clause: "Name of the school" / "in which the ECT is employed"."""
    found = _CLAUSE.search(text)
    return (text[: found.start()], text[found.start() :]) if found and words_of(text[: found.start()]) else (text, "")


def _longest(words: tuple[str, ...], index: int) -> tuple[int, str | None]:
    for length in range(min(_LONGEST, len(words) - index), 0, -1):
        idea = _TABLE.get(words[index : index + length])
        if idea:
            return length, idea
    return 0, None


def _optional_words(text: str) -> frozenset[str]:
    """Words in brackets are instructions: one that is unknown costs nothing."""
    return frozenset(word for bracket in re.findall(r"\(([^()]*)\)?", _unwrapped(text)) for word in words_of(bracket))


def _unwrapped(text: str) -> str:
    """A caption without the brackets that hold all of it: "(Name of school)"."""
    text = text.strip()
    if not text.startswith("(") or not text.endswith(")"):
        return text
    depth = 0
    for place, one in enumerate(text):
        depth += (one == "(") - (one == ")")
        if not depth and place < len(text) - 1:
            return text
    return text[1:-1]


def _words_of_remarks(text: str) -> frozenset[str]:
    """Words that stand only in a long remark in brackets, "(dates must include training days)": they name no field."""
    text = _unwrapped(text)
    remarks = [words_of(bracket) for bracket in re.findall(r"\(([^()]*)\)?", text)]
    outside = set(words_of(re.sub(r"\([^()]*\)?", " ", text)))
    return frozenset(word for words in remarks if len(words) > 3 for word in words if word not in outside)
