"""Tables from files of unknown encodings, and workbooks."""

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest

from records.moving.tables import garbled, read_table
from records.values import Wrong
from tests.support.workbook import workbook


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_names_with_accents_survive_every_encoding_that_people_use(encoding: str) -> None:
    table = read_table("Name,Id\r\nZoë O’Marsh,1\r\n".encode(encoding), "x.csv")
    assert table.header == ("Name", "Id")
    assert table.rows[0].cells == {"Name": "Zoë O’Marsh", "Id": "1"}
    assert bool(table.remarks) == (encoding == "cp1252")


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "empty"),
        (b"  \n", "empty"),
        (b"a,b\nx\x81,1\n", "line 2: the encoding is not known"),
        (b"\xef\xbb\xbfa\n\xff\n", "damaged"),
        (b"a\0b", "no CSV"),
        (b'a,b\n"x,1\n', "line 2"),
        (b"a,b\n1,2,3\n", "line 2: there are more cells than columns"),
        (b"a,a\n1,2\n", "two columns with the name a"),
        (b"PK\x03\x04rubbish", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rubbish", "cannot be read"),
    ],
)
def test_a_file_that_cannot_be_read_says_where_and_why(content: bytes, why: str) -> None:
    with pytest.raises(Wrong, match=why):
        read_table(content, "x.csv")


def test_lines_are_those_of_the_file_where_a_cell_spans_lines_and_lines_are_empty() -> None:
    table = read_table(b'a;b\n"one\ntwo";1\n\nlast;2\n', "x.csv")
    assert [row.line for row in table.rows] == [2, 5]


def test_a_row_that_ends_early_has_every_column() -> None:
    table = read_table(b"a,b,c\n1\n1,2,3,\n", "x.csv")
    assert [row.cells for row in table.rows] == [{"a": "1", "b": "", "c": ""}, {"a": "1", "b": "2", "c": "3"}]


def test_a_workbook_gives_dates_and_whole_numbers_as_text() -> None:
    table = read_table(workbook([["TRN", "DOB", "FTE"], [123456, date(1999, 5, 17), 0.6], [None, None, None]]), "x.xlsx")
    assert [row.cells for row in table.rows] == [{"TRN": "123456", "DOB": "1999-05-17", "FTE": "0.6"}]
    assert table.rows[0].line == 2


def test_a_workbook_that_would_unpack_to_any_size_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(5):
            archive.writestr(f"xl/worksheets/sheet{number}.xml", b"\0" * (90 * 1024 * 1024))
    with pytest.raises(Wrong, match="too large"):
        read_table(packed.getvalue(), "x.xlsx")


@pytest.mark.parametrize("text", ["LÃ©a", "Oâ€™Marsh", "L\ufffda", "ZoÃ«", "a\x07b"])
def test_what_went_through_the_wrong_encoding_is_noticed(text: str) -> None:
    assert garbled(text)


@pytest.mark.parametrize("text", ["Léa", "O’Marsh", "Åse", "Ânia", "François", "Ãngelo"])
def test_names_with_accents_are_not_taken_for_garbled(text: str) -> None:
    assert garbled(text) is None
