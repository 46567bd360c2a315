"""Whatever bytes come, a reader reads or gives a reason, and what it says can be written down.

The normal run takes the same few examples every time; `make fuzz` looks for new ones and keeps what it finds.
"""

import hashlib
import json
import os
from datetime import date

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from ingest.contents import take_apart
from parsers import choose
from parsers.extract import extract
from parsers.forms import FIELD_TYPES, ExtractedForm, ReadFile, Status, Unreadable, ValueType
from parsers.split import split_papers
from parsers.tokens import Sheet
from parsers.written import read_value
from records.blobs import Kept
from tests.fuzz import shapes

EXAMPLES = int(os.environ.get("MAILROOM_FUZZ", "0"))
fuzzed = settings(
    max_examples=EXAMPLES or 25,
    derandomize=not EXAMPLES,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


def stands(answer: ReadFile | Unreadable) -> None:
    """The answer survives the way out of the child, and each field says why where a person must look."""
    packed = json.loads(json.dumps(answer.to_json()))
    if isinstance(answer, Unreadable):
        assert answer.reason.endswith(".")
        return
    assert ReadFile.from_json(packed).papers == answer.papers
    for paper in answer.papers:
        for reading in paper.form.fields.values():
            assert reading.status is not Status.CLEAR or reading.value is not None


@fuzzed
@given(shapes.word_files)
def test_word_file_is_read_or_refused(data: bytes) -> None:
    stands(choose.read(data, ""))


@fuzzed
@given(shapes.odt_files)
def test_odt_file_is_read_or_refused(data: bytes) -> None:
    stands(choose.read(data, ""))


@fuzzed
@given(shapes.pdf_files)
def test_pdf_file_is_read_or_refused(data: bytes) -> None:
    stands(choose.read(data, "", shown=False))


@fuzzed
@given(shapes.letters)
def test_letter_is_taken_apart_and_every_leaf_is_listed(raw: bytes) -> None:
    kept: set[str] = set()

    def keep(content: bytes) -> Kept:
        sha256 = hashlib.sha256(content).hexdigest()
        kept.add(sha256)
        return Kept(sha256, len(content))

    listed = take_apart(raw, keep).listed
    assert {line.kept.sha256 for line in listed if line.kept} == kept, "nothing is kept that no row tells of"
    assert len({line.path for line in listed}) == len(listed)


@fuzzed
@given(shapes.sheets)
def test_any_sheet_is_mapped(sheet: Sheet) -> None:
    for part in split_papers(Sheet.from_json(json.loads(json.dumps(sheet.to_json())))):
        form = extract(part.sheet, part.pages, None, part.paper)
        assert ExtractedForm.from_json(json.loads(json.dumps(form.to_json()))) == form


_fragments = st.one_of(
    shapes.texts,
    st.dates().map(lambda day: day.strftime("%d/%m/%Y")),
    st.dates().map(lambda day: day.strftime("%-d %b %y")),
    st.integers(0, 10**9).map(str),
    st.sampled_from(
        ("1st", "Sept", "£", "%", "days", "½", "Mr", "Dr", "(Head)", "and", "-", "/", ".", ",", "to", "RP", "Yes", "no")
    ),
)


@fuzzed
@given(st.sampled_from(sorted(FIELD_TYPES)), st.lists(_fragments, max_size=6).map(" ".join))
@example("date_of_birth", "29/02/2025")
def test_value_is_written_so_that_it_reads_the_same_again(key: str, text: str) -> None:
    written = read_value(key, text)
    if written is None or isinstance(written.value, bool):
        return
    if FIELD_TYPES[key] is ValueType.DATE:
        assert written.doubt or date.fromisoformat(written.value).year >= 1900
    if written.doubt is None and FIELD_TYPES[key] in {ValueType.DATE, ValueType.TRN, ValueType.DECIMAL, ValueType.EMAIL}:
        again = read_value(key, written.value)
        assert again is not None
        assert again.value == written.value
