"""Closing words that forms print under the last answer: what becomes of the paper and of the data."""

from __future__ import annotations

import re

_NEVER_WRITTEN = re.compile(
    r"(privacy( notice| statement)?\s?[:.–-]|data protection( notice| statement)?\s?[:–-]|this content is (neither )?created|the data you submit|by submitting|"
    r"(please )?(return|send|e-?mail|submit) (this|the|your|completed|it)( completed)? (form|report|record|review|to)\b|for office use|office use( only)?\b|"
    r"powered by|typed (names|signatures) (are|will be|may be|can be) |(electronic|typed|digital) signatures (are|will be|may be|can be) |thank you for completing|(for|if you have) (any |further )?(queries|questions)\b.*\b(contact|call|ring|e-?mail|telephone)\b)",
    re.IGNORECASE,
)
"""How no answer begins."""
_BEGINNING = re.compile(
    r"(please|kindly|once|when|after|before|return|send|email|keep|retain|submit|this|the|your|all|any|data|privacy|©|copyright)\b|©",
    re.IGNORECASE,
)
_OF_THE_PAPER = re.compile(
    r"\b(form owner|owner of (the|this) form|(return|send|submit|email|forward|retain|keep|upload) (a copy of )?(this|the|your|completed)( \w+)? "
    r"(form|copy|document|report|notice)|(this|the|your|completed|signed) (\w+ )?(form|document) (must|should|will|is|to) (be )?"
    r"(returned?|sent|submitted|emailed|uploaded|kept|stored|held|processed|reach)|"
    r"(personal )?(data|information) (you|that you|given|provided|on this|in this|will be|is|are)\b.{0,40}(form|submit|provide|process|held|stor|shar|sent)|"
    r"privacy (notice|policy|statement)|all rights reserved|(under|with|by) (the )?(uk )?gdpr|"
    r"data protection (act|laws?|legislation|regulations?|notice|policy|statement))",
    re.IGNORECASE,
)
_LONGEST = 60
"""Words."""


def speaks_of_itself(text: str, *, below: bool = True) -> bool:
    """Whether a paragraph tells what to do with the form, or what becomes of its data, and so belongs to no answer.

    `below`: an answer stands above it already.
    """
    if _NEVER_WRITTEN.match(text):
        return True
    return (
        below
        and len(text.split()) <= _LONGEST
        and _BEGINNING.match(text) is not None
        and _OF_THE_PAPER.search(text) is not None
    )
