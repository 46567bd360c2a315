"""Signs that a value took in too much or too little: each makes it one to check, and honest values show none."""

import pytest

from parsers.layout.mapping import Found
from parsers.suspicions import suspicions
from parsers.written import Written


def found(key: str, value: str) -> Found:
    return Found(key, Written(value, None), value, (), "box", 1.0, 1.0)


@pytest.mark.parametrize(
    ("key", "value", "why"),
    [
        ("ect_comments", "I feel sure of myself.\nWill this ECT be at your school for the next assessment period?", "question"),
        ("ect_comments", "Agreed.\nDate of birth:", "question"),
        ("evidence", "and the mentor saw three lessons.", "middle of a sentence"),
        ("evidence", "Three lessons were seen, and", None),
        ("evidence", "Three lessons were seen -", "middle of a sentence"),
        ("targets", "7.", "middle of a sentence"),
        ("next_school", "O Yes X No", "options of a choice"),
        ("next_school", "Hill Primary School", None),
        ("next_school", "Hill Nursery & Pre-School here: (if known)", "a label may have run into it"),
        ("evidence", "Yes, there is no doubt: all standards are met.", None),
        ("ect_comments", "What is my next step? I would like to see phonics taught.", None),
    ],
)
def test_what_looks_wrong_is_named(key: str, value: str, why: str | None) -> None:
    reasons = list(suspicions(found(key, value)))
    assert (reasons == []) if why is None else any(why in reason for reason in reasons)
