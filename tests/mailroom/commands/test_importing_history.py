"""`mailroom import history` and `mailroom import mapping` on a real installation."""

import json
from pathlib import Path

import pytest
import sqlalchemy as sa

from mailroom import house
from mailroom.config import Settings
from records import inbox, schools, soundness
from records.models.notices import Notice
from records.models.people import Person
from records.models.post import Attachment
from tests.mailroom.commands.conftest import Call
from tests.support import old_system
from tests.support.installation import settings_in


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """An installation with a key, by which it recognises who was erased."""
    (tmp_path / "key").write_text("a" * 64, encoding="ascii")
    return settings_in(tmp_path, mailroom__secret_key_file="key")


def _old_files(folder: Path, settings: Settings) -> list[str]:
    """An export with one ECT, one assessment and papers: one told in the table, one by its folder, one of nobody, one no paper."""
    with house.opened(settings) as open_house, open_house.database.writing() as session:
        schools.register_school(session, name="Harrowgill Primary School", urn="100001", now=open_house.clock())
    ended = {"Induction end date": "19/07/2025", "Induction start date": "01/09/2023", "QTS date": "01/07/2023"}
    (folder / "ects.csv").write_bytes(old_system.ects(ended))
    form = {"Start date": "01/09/2023", "End date": "12/07/2024", "Date completed": "12/07/2024", "File": "reports/r1.pdf"}
    (folder / "forms.csv").write_bytes(old_system.forms(form))
    papers = folder / "papers"
    for name in ("reports", "1234567", "elsewhere"):
        (papers / name).mkdir(parents=True)
    (papers / "reports" / "r1.pdf").write_bytes(b"%PDF-1.4\n%first\n%%EOF\n")
    (papers / "1234567" / "Lesson observation.pdf").write_bytes(b"%PDF-1.4\n%second\n%%EOF\n")
    (papers / "elsewhere" / "nobody.pdf").write_bytes(b"%PDF-1.4\n%third\n%%EOF\n")
    (papers / "1234567" / "song.mp3").write_bytes(b"ID3\x03\0\0\0")
    return [
        str(folder / "ects.csv"), "--assessments", str(folder / "forms.csv"), "--papers", str(papers), "--mapping", "ect-manager"
    ]  # fmt: skip


def test_a_history_comes_in_with_its_papers_and_again_brings_no_doubles(
    call: Call, config: str, settings: Settings, tmp_path: Path
) -> None:
    files = _old_files(tmp_path, settings)
    tried = json.loads(call("import", "history", *files, "-c", config, "--json", "--dry-run").out)
    assert (tried["new"], tried["assessments"], tried["papers"], tried["filed"]) == (1, 1, 3, 0)
    first = call("import", "history", *files, "-c", config, "--json")
    assert first.status == 3
    told = json.loads(first.out)
    assert told["filed"] == 2
    assert [line.split(":")[0] for line in told["left_out"]] == ["elsewhere/nobody.pdf", "1234567/song.mp3"]
    again = json.loads(call("import", "history", *files, "-c", config, "--json").out)
    assert (again["new"], again["known"], again["filed"]) == (0, 1, 0)
    with house.opened(settings) as open_house, open_house.database.reading() as session:
        filed = {one.name: one for one in session.scalars(sa.select(Attachment))}
        assert {name: one.filed_as for name, one in filed.items()} == {
            "r1.pdf": "formal_assessment",
            "Lesson observation.pdf": "lesson_observation",
        }
        assert filed["r1.pdf"].assessment_id is not None
        assert open_house.blobs.read(str(filed["r1.pdf"].blob_sha256)).startswith(b"%PDF")
        assert inbox.messages(session).total == 0
        assert session.scalars(sa.select(Notice)).all() == []
        assert soundness.check(session, open_house.blobs).sound


def test_a_wrong_row_takes_nothing_in_and_says_where(call: Call, config: str, settings: Settings, tmp_path: Path) -> None:
    files = _old_files(tmp_path, settings)
    (tmp_path / "ects.csv").write_bytes(old_system.ects({}, {"User ID": "2", "TRN": "7654321", "DOB": "31/02/1999"}))
    refused = call("import", "history", *files, "-c", config)
    assert refused.status == 1
    assert "ECTs, line 3, DOB" in refused.err
    assert "Nothing was taken in" in refused.err
    with house.opened(settings) as open_house, open_house.database.reading() as session:
        assert session.scalars(sa.select(Person.trn).where(Person.trn.is_not(None))).all() == []
        assert list(open_house.blobs.names()) == []


def test_columns_are_guessed_saved_and_used(call: Call, config: str, settings: Settings, tmp_path: Path) -> None:
    _old_files(tmp_path, settings)
    rows = "Id,Forename,Surname,TRN,Induction start date,School\n1,Amara,Holt,1234567,01/09/2025,Harrowgill Primary School\n"
    (tmp_path / "other.csv").write_text(rows, encoding="utf-8")
    guessed = call("import", "mapping", str(tmp_path / "other.csv"), "--system", "elsewhere")
    (tmp_path / "columns.toml").write_text(guessed.out, encoding="utf-8")
    taken = call("import", "history", str(tmp_path / "other.csv"), "--mapping", str(tmp_path / "columns.toml"), "-c", config)
    assert taken.status == 0, taken.err
    assert "1 ECT and 0 assessments came in" in taken.err


PLAIN = "legacy_id,first_name,last_name,trn,starts_on,school_name\n"


def test_a_dry_run_with_errors_says_what_is_wrong_and_promises_nothing(
    call: Call, config: str, settings: Settings, tmp_path: Path
) -> None:
    _old_files(tmp_path, settings)
    good = "1,Amara,Holt,1234567,2025-09-01,Harrowgill Primary School\n"
    (tmp_path / "plain.csv").write_text(PLAIN + good + "2,Beth,Grove,12,2025-09-01,Harrowgill Primary School\n", "utf-8")
    wrong = call("import", "history", str(tmp_path / "plain.csv"), "-c", config, "--dry-run")
    assert wrong.status == 1
    assert "“12” is no TRN: a TRN has 7 digits, this has 2" in wrong.err
    assert "1 of 2 new ECTs are right as they are" in wrong.err
    assert "would come in;" not in wrong.err
    assert "--accept-doubts" not in wrong.err
    assert "Columns that the table of ECTs has not, and that are not needed: former_name" in wrong.err
    (tmp_path / "plain.csv").write_text(PLAIN + good.replace("2025-09-01", "2015-09-01"), "utf-8")
    doubtful = call("import", "history", str(tmp_path / "plain.csv"), "-c", config, "--dry-run")
    assert "--accept-doubts where they are right" in doubtful.err
    (tmp_path / "plain.csv").write_text(PLAIN + good, "utf-8")
    right = call("import", "history", str(tmp_path / "plain.csv"), "-c", config, "--dry-run")
    assert (right.status, "1 ECT and 0 assessments would come in" in right.err) == (0, True)


def test_a_guess_knows_common_headings_and_names_what_is_needed(call: Call, tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("Reference,Forename,Surname,Induction start\n1,A,B,2025-09-01\n", "utf-8")
    found = call("import", "mapping", str(tmp_path / "x.csv"))
    assert 'legacy_id = "Reference"' in found.out
    assert 'starts_on = "Induction start"' in found.out
    assert "needed" not in found.err
    (tmp_path / "x.csv").write_text("Forename,Surname\nA,B\n", "utf-8")
    found = call("import", "mapping", str(tmp_path / "x.csv"))
    assert '# starts_on = "…"  (needed: Start of induction)' in found.out
    assert "Say which column holds: Id in the other system (legacy_id)" in found.err


def test_a_mapping_that_does_not_fit_says_which_column_is_missing(call: Call, config: str, tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    refused = call("import", "history", str(tmp_path / "x.csv"), "--mapping", "ect-manager", "-c", config)
    assert refused.status == 2
    assert "There is no column “User ID” (Id in the other system)" in refused.err
    assert "mailroom import mapping" in refused.err
    plain = call("import", "history", str(tmp_path / "x.csv"), "-c", config)
    assert "There is no column “legacy_id”" in plain.err
    assert "starts_on" in plain.err
    assert "fte" not in plain.err, "what is not needed is not complained of"
    assert "neither a preset" in call("import", "history", str(tmp_path / "x.csv"), "--mapping", "nosuch", "-c", config).err
