"""What a heading speaks of, judged by its words alone: for headings in wordings that no rule has.

Every word stem speaks for one theme or more; the theme with the greatest sum wins if no other comes near it.
"""

from __future__ import annotations

import re
from functools import lru_cache

from parsers.labels.words import words_of

_OWNERS = frozenset({"ect", "ects", "nqt", "nqts", "teacher", "teachers", "colleague", "colleagues", "participant", "participants", "mentee",
                     "mentees", "inductee", "your", "own", "you"})  # fmt: skip
_OTHERS = frozenset(
    {
        "tutor",
        "mentor",
        "head",
        "headteacher",
        "principal",
        "tutors",
        "mentors",
        "headteachers",
        "assessor",
        "governor",
        "office",
    }
)
_VOICES = ("comment", "view", "voice", "words", "say", "said", "reply", "respon", "remark", "statement", "thought", "reflect", "feedback",
           "opinion", "feel", "add", "perspective", "account", "agree")  # fmt: skip
_STEMS: dict[str, tuple[tuple[str, float], ...]] = {
    "strengths": (("strength", 1.2), ("strong", 1.1), ("well", 1.0), ("good", 0.7), ("best", 0.7), ("success", 1.0), ("achiev", 1.0),
                  ("celebrat", 1.3), ("positiv", 1.0), ("excel", 1.0), ("proud", 1.0), ("effective", 0.9), ("secure", 0.6), ("impress", 0.8),
                  ("commend", 1.0), ("accomplish", 1.0), ("highlight", 0.9)),
    "areas_for_development": (("improv", 1.0), ("develop", 1.0), ("better", 1.0), ("concern", 1.2), ("weak", 1.1), ("challeng", 0.9), ("grow", 0.9),
                              ("attention", 0.8), ("gap", 0.9), ("further", 0.3), ("still", 0.5), ("work", 0.4), ("need", 0.4), ("difficult", 0.8),
                              ("strengthen", 1.0), ("refine", 0.8), ("matters", 0.4), ("struggl", 0.9), ("barrier", 0.8)),
    "targets": (("target", 1.3), ("action", 0.9), ("goal", 1.1), ("objective", 1.2), ("priorit", 0.9), ("step", 0.7), ("aim", 0.9), ("focus", 0.6),
                ("next", 0.6), ("forward", 0.6), ("future", 0.5), ("agreed", 0.3), ("criteria", 0.5), ("coming", 0.4), ("look", 0.3)),
    "support_plan": (("support", 1.1), ("help", 0.8), ("interven", 1.0), ("provision", 0.8), ("additional", 0.3), ("given", 0.2), ("receive", 0.3),
                     ("provide", 0.3), ("plan", 0.3), ("extra", 0.4), ("monitor", 0.4)),
    "evidence": (("evidence", 1.4), ("reason", 1.0), ("base", 1.0), ("basis", 1.1), ("rationale", 1.2), ("justif", 1.1), ("source", 0.9),
                 ("ground", 0.9), ("drawn", 0.6), ("explain", 0.5), ("perform", 0.5), ("judg", 0.4), ("summary", 0.4), ("inform", 0.4),
                 ("progress", 0.4), ("impact", 0.5), ("shows", 0.4)),
}  # fmt: skip
_STANDARD_STRENGTH = {"strengthen": "strength"}
"""Stems that another stem would match too: the longer word is meant."""
_WORKED_ON = frozenset({"areas_for_development", "targets"})
_WORK_ON = re.compile(r"\b(should|must|needs? to|to be)\b.*\bwork(ed)? on\b")
"""Some forms ask so for what is weak, others for what was agreed."""
_LEAST = 0.9
_AHEAD = 0.15


@lru_cache(maxsize=4096)
def theme_of(text: str) -> str | None:
    """The field of long text that a heading asks for by the sum of its words, or None where they say nothing or too much."""
    scores = _scores(words_of(text))
    (best, most), (_, second) = sorted(scores.items(), key=lambda one: -one[1])[:2]
    return best if most >= _LEAST and most - second >= _AHEAD else None


def disputed(text: str, key: str) -> bool:
    """Whether the words of a heading speak at least as much for another field than the one it was taken for."""
    scores = _scores(words_of(text))
    own = scores.get(key)
    if own is None:
        return False
    if key in _WORKED_ON and _WORK_ON.search(text):
        return True
    near = {"areas_for_development": "targets", "targets": "areas_for_development"}.get(key)
    return any(
        score >= max(own - (_AHEAD if other == near else 0.0), _LEAST) for other, score in scores.items() if other != key
    )


def _scores(words: tuple[str, ...]) -> dict[str, float]:
    scores = {key: sum(_weight(word, stems) for word in set(words)) for key, stems in _STEMS.items()}
    owned = bool(_OWNERS.intersection(words)) and not _OTHERS.intersection(words)
    voiced = any(word.startswith(_VOICES) for word in words)
    return {**scores, "ect_comments": 1.4 if owned and voiced else 0.0}


def _weight(word: str, stems: tuple[tuple[str, float], ...]) -> float:
    return max(
        (weight for stem, weight in stems if word.startswith(stem) and _STANDARD_STRENGTH.get(word[:10]) != stem), default=0.0
    )
