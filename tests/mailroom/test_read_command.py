"""`mailroom read` writes one JSON document a line and paper, and goes on after a file that cannot be read."""

import io
import json
from pathlib import Path

import pytest
from PIL import Image

from mailroom.read_command import OK, PARTLY, read_album, read_files
from tests.support.papers import make
from tests.support.pictured import on_a_table, pages


def run(paths: list[Path], *, as_json: bool) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    status = read_files(paths, as_json=as_json, out=out, err=err)
    return status, out.getvalue(), err.getvalue()


def test_each_paper_is_one_line_of_the_public_shape(tmp_path: Path) -> None:
    made = make("review_boxes", 0, 0, "docx")
    file = tmp_path / made.name
    file.write_bytes(made.content)
    status, out, _ = run([file], as_json=True)
    (line,) = map(json.loads, out.splitlines())
    assert status == OK
    assert line["schema"] == "mailroom.reading/1"
    assert line["file"] == str(file)
    assert line["paper"] == 1
    assert line["form"]["kind"] == "progress_review"
    assert set(line["fields"]["trn"]) == {"value", "raw", "status", "reason", "evidence"}


def test_unreadable_file_gives_its_reason_and_the_others_go_on(tmp_path: Path) -> None:
    made = make("leaver", 0, 0, "print")
    good, empty = tmp_path / "good.pdf", tmp_path / "empty.pdf"
    good.write_bytes(made.content)
    empty.write_bytes(b"")
    status, out, _ = run([empty, tmp_path / "absent.pdf", good], as_json=True)
    first, second, third = map(json.loads, out.splitlines())
    assert status == PARTLY
    assert first["error"]["reason"]
    assert second["error"]["reason"]
    assert third["form"]["kind"] == "leaver_notice"


def test_table_shows_fields_to_a_person(tmp_path: Path) -> None:
    made = make("leaver", 0, 0, "docx")
    file = tmp_path / made.name
    file.write_bytes(made.content)
    status, out, err = run([file], as_json=False)
    assert status == OK
    assert "leaving date" in out
    assert err == ""


def photos_in(folder: Path) -> list[Path]:
    """The pages of a form, photographed, and a picture that is damaged."""
    files = []
    for number, page in enumerate(pages(make("standards_pages", 0, 0, "print").content, 200), start=1):
        files.append(folder / f"IMG_{number}.png")
        Image.fromarray(on_a_table(page)).save(files[-1])
    files.append(folder / "IMG_9.png")
    files[-1].write_bytes(b"\x89PNG\r\n\x1a\n")
    return files


def test_pictures_read_together_are_one_line_named_by_the_first_page_and_the_rest_is_read_alone(tmp_path: Path) -> None:
    first, second, broken = photos_in(tmp_path)
    out, err = io.StringIO(), io.StringIO()
    status = read_album([second, first, tmp_path / "absent.png", broken], as_json=True, out=out, err=err)
    paper, *errors = map(json.loads, out.getvalue().splitlines())
    assert status == PARTLY
    assert (paper["schema"], paper["file"], paper["paper"], paper["pages"]) == ("mailroom.reading/1", str(first), 1, [1, 2])
    assert paper["form"]["kind"] == "formal_assessment"
    assert [(one["file"], bool(one["error"]["reason"])) for one in errors] == [
        (str(tmp_path / "absent.png"), True),
        (str(broken), True),
    ]
    assert err.getvalue() == ""


def test_table_names_every_picture_of_a_paper(tmp_path: Path) -> None:
    first, second, _ = photos_in(tmp_path)
    out = io.StringIO()
    assert read_album([first, second], as_json=False, out=out, err=io.StringIO()) == OK
    assert "IMG_1.png + IMG_2.png: formal assessment" in out.getvalue()


@pytest.mark.parametrize("as_json", [False, True])
def test_a_folder_is_told_with_what_to_name_instead(as_json: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    status, out, err = run([Path()], as_json=as_json)
    assert status == PARTLY
    told = json.loads(out)["error"]["reason"] if as_json else err
    assert "This is a folder. Name the files in it: mailroom read ./*" in told
    assert as_json or err.startswith(".: ")


def test_word_file_among_pictures_is_told_to_be_read_by_itself(tmp_path: Path) -> None:
    made = make("review_boxes", 0, 0, "docx")
    word = tmp_path / "review.docx"
    word.write_bytes(made.content)
    first, second, _ = photos_in(tmp_path)
    out, err = io.StringIO(), io.StringIO()
    assert read_album([first, word, second], as_json=False, out=out, err=err) == OK
    assert "IMG_1.png + IMG_2.png: formal assessment" in out.getvalue()
    assert "review.docx: progress review" in out.getvalue()
    assert err.getvalue() == "review.docx is no picture, so it is read by itself.\n"
