"""The register of schools as published: encodings, columns, lines that are wrong."""

import io
from datetime import date

import pytest

from records.models.schools import Country, SchoolLinkKind, SchoolStatus
from records.moving.gias import BadLine, LinkRow, RegisterRow, link_rows, register_rows
from records.values import Wrong
from tests.support.register import links_file, register_file


def test_a_row_is_read_as_published() -> None:
    [row] = register_rows(register_file({"EstablishmentName": "École St Mary’s"}, encoding="cp1252"))
    assert row == RegisterRow(
        urn="100001",
        name="École St Mary’s",
        status=SchoolStatus.OPEN,
        country=Country.ENGLAND,
        dfe_number="8234001",
        ukprn="10012345",
        kind="Community school",
        opened_on=date(1999, 9, 1),
        town="Ashby",
        postcode="AB1 2CD",
    )


@pytest.mark.parametrize("encoding", ["iso-8859-1", "utf-8", "utf-8-sig"])
def test_names_survive_however_the_file_was_saved(encoding: str) -> None:
    [row] = register_rows(
        register_file({"EstablishmentName": "Ysgol Tŷ’r École".replace("ŷ", "ý").replace("’", "'")}, encoding=encoding)
    )
    assert isinstance(row, RegisterRow)
    assert row.name == "Ysgol Tý'r École"


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"URN": "12"}, "URN"),
        ({"EstablishmentName": " "}, "no name"),
        ({"EstablishmentStatus (name)": "Sleeping"}, "status"),
        ({"CloseDate": "31-02-2024"}, "31-02-2024 is not a real date"),
    ],
)
def test_a_wrong_line_is_left_out_with_its_number_and_reason(change: dict[str, str], why: str) -> None:
    bad, good = register_rows(register_file(change, {"URN": "100002"}))
    assert isinstance(bad, BadLine)
    assert bad.line == 2
    assert why in bad.why
    assert isinstance(good, RegisterRow)


@pytest.mark.parametrize("content", [b"", b"Name,Town\nx,y\n", b"\x89PNG\r\n\x1a\n\0\0"])
def test_a_file_that_is_something_else_is_refused(content: bytes) -> None:
    with pytest.raises(Wrong, match="not the register"):
        list(register_rows(io.BytesIO(content)))


def test_links_point_from_the_school_that_closed_whichever_side_says_so() -> None:
    rows = list(
        link_rows(
            links_file(
                ("1", "2", "Successor", "01-09-2024"),
                ("4", "3", "Predecessor", ""),
                ("5", "6", "Successor - merged", ""),
                ("7", "8", "Successor - Split School", ""),
                ("9", "10", "Sixth Form Centre Link", ""),
            )
        )
    )
    assert rows == [
        LinkRow("1", "2", SchoolLinkKind.SUCCESSOR, False, date(2024, 9, 1)),
        LinkRow("3", "4", SchoolLinkKind.SUCCESSOR, False, None),
        LinkRow("5", "6", SchoolLinkKind.MERGED_INTO, False, None),
        LinkRow("7", "8", SchoolLinkKind.SUCCESSOR, True, None),
    ]
