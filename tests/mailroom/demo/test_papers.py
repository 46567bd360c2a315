"""The demo's papers are what they claim to be, and say what the cast says."""

from collections.abc import Callable
from datetime import date

import pytest

from ingest.reading import InProcessReader
from mailroom.demo import cast
from mailroom.demo.cast import FormFacts, form_of
from mailroom.demo.pdf_papers import acro_form, damaged_pdf, pdf_form, scan
from mailroom.demo.post import samples
from mailroom.demo.word_papers import word_form, word_letter
from parsers.forms import ReadFile, Unreadable

DAYS = [date(2026, 1, 1), date(2026, 4, 2), date(2026, 8, 31), date(2026, 11, 21), date(2028, 2, 29)]


@pytest.mark.parametrize("make", [word_form, pdf_form, acro_form])
@pytest.mark.parametrize("ect", [cast.AMINA, cast.TOMASZ], ids=["review", "assessment"])
def test_a_form_says_what_the_cast_says(make: Callable[[FormFacts], bytes], ect: cast.EctFacts) -> None:
    form = form_of(ect, date(2026, 11, 21), days_absent="2.5")
    read = InProcessReader().read(make(form), "form")
    assert isinstance(read, ReadFile)
    [paper] = read.papers
    assert paper.form.kind == form.kind
    fields = {key: reading.value for key, reading in paper.form.fields.items()}
    assert fields["trn"] == ect.trn
    assert fields["date_of_birth"] == ect.born.isoformat()
    assert fields["ect_name"] == ect.name
    assert fields["period_end"] == form.period_end.isoformat()
    assert fields["days_absent"] == "2.5"


def test_a_scan_has_no_text_and_the_same_pixels_every_time() -> None:
    form = form_of(cast.DEVAN, date(2026, 11, 21))
    first = scan(form)
    assert b"/Font" not in first
    assert b"/Image" in first
    assert len(first) == len(scan(form))


def test_a_letter_is_no_form_and_a_damaged_file_cannot_be_read() -> None:
    read = InProcessReader().read(word_letter("Summer fair", ["There will be cakes."]), "letter.docx")
    assert isinstance(read, ReadFile)
    assert all(paper.form.kind is None for paper in read.papers)
    broken = InProcessReader().read(damaged_pdf(form_of(cast.AMINA, date(2026, 11, 21))), "broken.pdf")
    assert isinstance(broken, Unreadable)


@pytest.mark.parametrize("today", DAYS)
def test_on_any_day_the_forms_are_about_a_term_that_has_ended(today: date) -> None:
    term = cast.reported_term(today)
    assert term.ends_on < today
    for ect in cast.ECTS:
        assert cast.started_on(ect, today) <= term.starts_on


def test_the_samples_cover_what_a_mail_room_meets() -> None:
    found = samples(date(2026, 11, 21))
    assert len({sample.message_id for sample in found}) == len(found)
    assert sum(len(sample.enclosed) == 2 for sample in found) == 1
    states = {enclosed.state for sample in found for enclosed in sample.enclosed}
    assert states == {"read", "set_aside", "unreadable"}
    assert all(sample.sender.endswith(".example") for sample in found)
