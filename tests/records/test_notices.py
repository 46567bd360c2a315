"""Letters are asked for once, and name nobody."""

import pytest
import sqlalchemy as sa

from records.db import Database
from records.models.notices import Notice
from records.notices import ask, initials
from tests.support.builders import LATER, NOW


def test_asking_twice_with_one_key_gives_one_letter_with_one_message_id(database: Database) -> None:
    with database.writing() as session:
        first = ask(session, kind="receipt", key="receipt:1", to_address="a@b.example", now=NOW)
    with database.writing() as session:
        second = ask(session, kind="receipt", key="receipt:1", to_address="other@b.example", now=LATER)
        assert (second.id, second.letter_id) == (first.id, first.letter_id)
        assert session.scalar(sa.select(sa.func.count()).select_from(Notice)) == 1


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Amara Quillfeather", "AQ"),
        ("Mary-Ann O'Neil", "MAO"),
        ("Suharti", "S"),
        ("", "an ECT"),
        (None, "an ECT"),
        ("123", "an ECT"),
    ],
)
def test_a_letter_names_an_ect_by_initials(name: str | None, letters: str) -> None:
    assert initials(name) == letters
