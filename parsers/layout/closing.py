"""Closing words that forms print under the last answer: what becomes of the paper and of the data."""

from __future__ import annotations

import re

_BEGINNING = re.compile(
    r"(please|kindly|once|when|after|before|return|send|email|keep|retain|submit|this|the|your|all|any|data|privacy|©|copyright)\b|©",
    re.IGNORECASE,
)
_OF_THE_PAPER = re.compile(
    r"\b(form owner|owner of (the|this) form|(return|send|submit|email|forward|retain|keep|upload) (a copy of )?(this|the|your|completed)( \w+)? "
    r"(form|copy|document|report|notice)|(this|the|your|completed|signed) (\w+ )?(form|document) (must|should|will|is|to) (be )?"
    r"(returned?|sent|submitted|emailed|uploaded|kept|stored|held|processed|reach)|"
    r"(personal )?(data|information) (you|that you|given|provided|on this|in this|will be|is|are)\b.{0,40}(form|submit|provide|process|held|stor|shar|sent)|"
    r"privacy (notice|policy|statement)|all rights reserved|gdpr|data protection)",
    re.IGNORECASE,
)
_LONGEST = 60
"""Words."""


def speaks_of_itself(text: str) -> bool:
    """Whether a paragraph tells what to do with the form, or what becomes of its data, and so belongs to no answer."""
    return len(text.split()) <= _LONGEST and _BEGINNING.match(text) is not None and _OF_THE_PAPER.search(text) is not None
