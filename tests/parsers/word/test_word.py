"""The Word reader as a whole: sample papers, and what leaves it for other rooms."""

import json
from pathlib import Path

import pytest

from parsers.tokens import Sheet
from parsers.word import read, read_sheet
from tests.support.sheets import said
from tests.support.word_xml import cell, control, package, paragraph, row, table


def test_label_and_value_stand_in_their_cells() -> None:
    sheet = read_sheet(package(table(row("Full name", cell(paragraph(control("<w:r><w:t>Ada Quill</w:t></w:r>")))))))
    ada = next(token for token in sheet.tokens if token.text == "Ada")
    assert ada.place == "table 1, row 1, cell 2"
    assert ada.cell == 1
    assert sheet.fields[0].value == "Ada Quill"
    box = sheet.cells[1].box
    assert box.x0 <= ada.box.x0 < ada.box.x1 <= box.x1
    assert box.top <= ada.box.top < ada.box.bottom <= box.bottom


def test_sheet_survives_json() -> None:
    sheet = read_sheet(package(paragraph("Term ☐ 1 ☒ 2") + table(row("a", "b"))))
    again = Sheet.from_json(json.loads(json.dumps(sheet.to_json())))
    assert [token.text for token in again.tokens] == [token.text for token in sheet.tokens]
    assert [mark.ticked for mark in again.marks] == [False, True]


def _bare(text: str) -> str:
    """Letters and spaces alone: the samples write quotes in two ways."""
    return "".join(letter for letter in text if letter.isalnum() or letter == " ")


def test_every_long_text_of_the_samples_is_there(samples: Path) -> None:
    files = sorted((samples / "forms").glob("*.docx"))
    assert len(files) >= 10
    for file in files:
        spoken = said(read(file.read_bytes()).sheet)
        truth = json.loads(file.with_name(file.name + ".truth.json").read_text())
        for key in ("evidence", "targets", "ect_comments", "strengths"):
            for line in (truth.get(key) or "").split("\n"):
                assert _bare(line) in _bare(spoken), file.name


@pytest.mark.parametrize("name", ["727ae27-docx.docx", "ace6975-docx.docx"])
def test_prompts_of_sample_controls_are_no_values(samples: Path, name: str) -> None:
    sheet = read_sheet((samples / "forms" / name).read_bytes())
    prompts = [token for token in sheet.tokens if token.placeholder]
    assert prompts
    assert "Click" not in said(sheet)
    empty = {token.field for token in prompts}
    assert all(sheet.fields[index].value is None for index in empty if index is not None)
