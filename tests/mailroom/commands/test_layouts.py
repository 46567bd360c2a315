"""layouts."""

import json
from pathlib import Path

import pytest

from tests.mailroom.commands.conftest import Call
from tests.parsers.test_learned import TRUTH, nonsense


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    file, truth = tmp_path / "form.docx", tmp_path / "form.json"
    file.write_bytes(nonsense("Orla Yardley", "1234567", "2"))
    truth.write_text(json.dumps(TRUTH))
    return file


def test_one_taught_paper_lets_another_be_read(call: Call, paper: Path, tmp_path: Path) -> None:
    layouts, other = tmp_path / "layouts.json", tmp_path / "other.docx"
    other.write_bytes(nonsense("Piotr Eastgate", "7654321", "3"))
    assert call("layouts", "learn", str(paper), "--truth", str(paper.with_suffix(".json")), "--to", str(layouts)).status == 0
    answer = call("read", "--json", "--layouts", str(layouts), str(other))
    form = json.loads(answer.out)
    assert (form["form"]["kind"], form["fields"]["trn"]["value"]) == ("progress_review", "7654321")
    (one,) = json.loads(call("layouts", "list", "--from", str(layouts), "--json").out)
    assert (one["kind"], one["papers"], one["places"]) == ("progress_review", 1, 3)
    assert "trn: trusted, 1 paper agrees" in call("layouts", "show", one["id"], "--from", str(layouts)).out
    assert call("layouts", "forget", one["id"], "--field", "trn", "--from", str(layouts), "--yes").status == 0
    assert "trn" not in json.loads(call("layouts", "show", one["id"], "--from", str(layouts), "--json").out)["anchors"]
    assert (
        "This layout has no place for trn" in call("layouts", "forget", one["id"], "--field", "trn", "--from", str(layouts)).err
    )
    assert "days absent: trusted" in call("layouts", "show", one["id"], "--from", str(layouts)).out
    assert call("layouts", "forget", one["id"], "--field", "days absent", "--from", str(layouts), "--yes").status == 0
    assert "days absent" not in call("layouts", "show", one["id"], "--from", str(layouts)).out
    assert call("layouts", "forget", one["id"], "--from", str(layouts), "--yes").status == 0
    assert "No paper has taught" in call("layouts", "list", "--from", str(layouts)).err


def test_paper_that_is_not_known_as_a_form_is_told_with_the_commands_that_teach_it(
    call: Call, paper: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("values.json").write_text(json.dumps(TRUTH))
    first = call("read", paper.name)
    assert "form.docx: not a form." in first.out
    assert "Field" not in first.out, "no empty table"
    learn, read = [line.split()[1:] for line in first.out.splitlines() if line.strip().startswith("mailroom ")]
    assert call(*learn).status == 0
    assert "form.docx: progress review" in call(*read).out


def test_corrections_alone_teach_too_and_a_second_paper_confirms(call: Call, paper: Path, tmp_path: Path) -> None:
    layouts, corrections = tmp_path / "layouts.json", tmp_path / "corrections.json"
    call("layouts", "learn", str(paper), "--truth", str(paper.with_suffix(".json")), "--to", str(layouts))
    other = tmp_path / "other.docx"
    other.write_bytes(nonsense("Piotr Eastgate", "7654321", "3"))
    corrections.write_text("{}")
    assert call("layouts", "learn", str(other), "--corrected", str(corrections), "--to", str(layouts)).status == 0
    anchors = json.loads(layouts.read_text())["layouts"][0]["anchors"]
    assert {one["agreements"] for one in anchors.values()} == {2}


def test_layouts_of_an_installation(call: Call, config: str, paper: Path) -> None:
    assert call("init", "--config", config).status in {0, 2}
    call("migrate", "--config", config)
    assert call("layouts", "learn", str(paper), "--truth", str(paper.with_suffix(".json")), "-c", config).status == 0
    (one,) = json.loads(call("layouts", "list", "-c", config, "--json").out)
    assert call("layouts", "forget", one["id"], "-c", config, "--yes").status == 0
    assert json.loads(call("layouts", "list", "-c", config, "--json").out) == []


def test_a_misspelt_field_and_values_that_are_not_on_the_paper_teach_nothing(call: Call, paper: Path, tmp_path: Path) -> None:
    truth, layouts = tmp_path / "truth.json", tmp_path / "layouts.json"
    truth.write_text(json.dumps({**TRUTH, "period_ends": "2026-03-27"}))
    answer = call("layouts", "learn", str(paper), "--truth", str(truth), "--to", str(layouts))
    assert (answer.status, layouts.exists()) == (2, False)
    assert "there is no field period_ends (is it period_end?)" in answer.err
    assert "working_pattern" in answer.err, "every key that there is"
    truth.write_text(json.dumps({"form_kind": "progress_review", "trn": "9999999", "ect_name": "Somebody Else"}))
    answer = call("layouts", "learn", str(paper), "--truth", str(truth), "--to", str(layouts))
    assert (answer.status, layouts.exists()) == (1, False)
    assert "nothing was learnt" in answer.err


def test_wrong_calls_say_what_is_missing(call: Call, paper: Path, tmp_path: Path) -> None:
    assert call("layouts", "learn", str(paper)).status == 2
    assert call("layouts", "show", "nothing", "--from", str(paper)).status == 2
    empty, layouts = tmp_path / "empty.json", tmp_path / "layouts.json"
    empty.write_text("{}")
    answer = call("layouts", "learn", str(paper), "--truth", str(empty), "--to", str(layouts))
    assert (answer.status, layouts.exists()) == (1, False)
    assert "form_kind" in answer.err


@pytest.mark.parametrize("text", ["no JSON", '{"naem": "x"}', "[1]", '{"schema": "mailroom.layouts/1", "layouts": [{}]}'])
def test_file_that_is_none_of_layouts_is_blamed_and_not_the_paper(call: Call, paper: Path, tmp_path: Path, text: str) -> None:
    layouts = tmp_path / "layouts.json"
    layouts.write_text(text)
    answer = call("read", "--layouts", str(layouts), str(paper))
    assert answer.status == 2
    assert "is no file of learned layouts" in answer.err
    absent = call("read", "--layouts", str(tmp_path / "absent.json"), str(paper))
    assert (absent.status, "No such file" in absent.err) == (2, True)
