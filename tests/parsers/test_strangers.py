"""Names of one person and of two."""

import pytest

from parsers.strangers import are_strangers, is_full_name


@pytest.mark.parametrize(
    ("one", "other", "strangers"),
    [
        ("Amara Quillfeather", "Tom Holt", True),
        ("Amara Quillfeather", "A. Quillfeather", False),
        ("Amara Quillfeather", "Amara Holt", False),
        ("Amara Quillfeather", "Arnara Quilfeather", False),
        ("Jo Ng", "Al Wu", False),
    ],
)
def test_strangers_share_no_word(one: str, other: str, strangers: bool) -> None:
    assert are_strangers(one, other) is are_strangers(other, one) is strangers


def test_words_of_labels_and_single_words_are_no_full_name() -> None:
    assert [is_full_name(one) for one in ("tom holt", "signature date", "holt", "")] == [True, False, False, False]
