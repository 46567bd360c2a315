"""`mailroom read` writes one JSON document a line and paper, and goes on after a file that cannot be read."""

import io
import json
from pathlib import Path

from mailroom.read_command import OK, PARTLY, read_files
from tests.support.papers import make


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
