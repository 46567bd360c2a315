"""read."""

import json
from datetime import date
from pathlib import Path

from mailroom.demo import cast
from mailroom.demo.word_papers import word_form
from tests.mailroom.commands.conftest import Call


def test_papers_are_read_without_a_configuration(call: Call, tmp_path: Path) -> None:
    paper, broken = tmp_path / "form.docx", tmp_path / "broken.pdf"
    paper.write_bytes(word_form(cast.form_of(cast.AMINA, date(2026, 11, 21))))
    broken.write_bytes(b"%PDF-1.7\nno more")
    answer = call("read", "--json", str(paper), str(broken))
    assert answer.status == 3
    first, second = [json.loads(line) for line in answer.out.splitlines()]
    assert (first["schema"], first["form"]["kind"]) == ("mailroom.reading/1", "progress_review")
    assert first["fields"]["trn"]["value"] == cast.AMINA.trn
    assert second["error"]["reason"]


def test_a_call_without_a_paper_is_a_wrong_call(call: Call) -> None:
    assert call("read").status == 2
