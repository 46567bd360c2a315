"""The papers that are read before the first fork: every one is read as the form it is, so none warms nothing."""

import pytest

from parsers import choose
from parsers.forms import FormKind, ReadFile
from parsers.warming import papers


@pytest.mark.parametrize("place", range(3))
def test_each_paper_is_read_as_the_form_that_it_is(place: int) -> None:
    read = choose.read(list(papers())[place], "")
    assert isinstance(read, ReadFile)
    form = read.papers[0].form
    assert form.kind is FormKind.FORMAL_ASSESSMENT
    assert form.fields["date_of_birth"].value == "1999-03-14"


def test_fields_alone_are_the_same_fields_without_sheet_pictures_and_html() -> None:
    for paper in papers():
        whole, alone = choose.read(paper, ""), choose.read(paper, "", shown=False)
        assert isinstance(whole, ReadFile)
        assert isinstance(alone, ReadFile)
        assert [one.form for one in alone.papers] == [one.form for one in whole.papers]
        assert whole.papers[0].sheet
        assert whole.html or whole.images
        assert (alone.papers[0].sheet, alone.html, alone.images) == ({}, None, ())
