"""Options and questions say what ticking them means, and never the opposite."""

import pytest

from parsers.labels.options import read_option, read_question


@pytest.mark.parametrize(
    ("text", "key", "value"),
    [
        ("The above named NQT has performed satisfactorily against the relevant standards", "judgement", "satisfactory"),
        ("The above named NQT has not performed satisfactorily against the relevant standards", "judgement", "unsatisfactory"),
        ("Unsatisfactory performance against the Teachers’ Standards", "judgement", "unsatisfactory"),
        ("should have their induction period extended", "judgement", "extension"),
        ("is not making satisfactory progress against the Teachers' Standards", "judgement", "unsatisfactory"),
        ("End of second or final assessment period", "assessment_point", "final"),
        ("First ASSESSMENT (yellow)", "assessment_point", "first"),
        ("Interim (if NQT leaving school mid-term)", "assessment_point", "interim"),
        ("Part-time", "working_pattern", "part_time"),
        ("Not on track", "on_track", False),
    ],
)
def test_option_says_its_value(text: str, key: str, value: str | bool) -> None:
    for tolerant in (False, True):
        option = read_option(text, tolerant=tolerant)
        assert option is not None
        assert (option.key, option.value) == (key, value)


@pytest.mark.parametrize("text", ["Term 4", "End of term 4"])
def test_term_is_an_option(text: str) -> None:
    option = read_option(text)
    assert option is not None
    assert (option.key, option.value) == ("term_number", "4")


def test_misread_word_never_loses_its_not() -> None:
    option = read_option("Unsatisfactcry performance against the Teachers' Standards", tolerant=True)
    assert option is not None
    assert option.value == "unsatisfactory"


@pytest.mark.parametrize("text", ["Permanent", "10% reduced timetable in addition to PPA time", "Term 7"])
def test_option_that_the_record_does_not_keep_is_none(text: str) -> None:
    assert read_option(text) is None


def test_question_is_known_with_its_direction() -> None:
    on_track = read_question("1. Is the ECT on track to successfully complete induction by the end of the induction period?")
    staying = read_question("Will this NQT be remaining at this school for the next assessment period?")
    leaving = read_question("Is the ECT leaving the school at the end of this period?")
    assert on_track is not None
    assert staying is not None
    assert leaving is not None
    assert (on_track.key, staying.key, leaving.key) == ("on_track", "remaining_at_school", "remaining_at_school")
    assert leaving.reverse
    assert not staying.reverse
