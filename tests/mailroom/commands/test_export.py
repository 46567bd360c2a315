"""`mailroom export` on a real installation."""

import json
import stat
import zipfile
from pathlib import Path

from mailroom import house
from mailroom.config import Settings
from records.models.inductions import ProgrammeKind
from tests.mailroom.commands.conftest import Call
from tests.support.builders import an_ect


def test_the_dfes_files_are_written_once_and_again_only_when_asked(
    call: Call, config: str, settings: Settings, tmp_path: Path
) -> None:
    with house.opened(settings) as open_house, open_house.database.writing() as session:
        an_ect(session).programme = ProgrammeKind.SCHOOL_LED
    to = tmp_path / "out"
    first = call("export", "dfe", "-c", config, "--to", str(to), "--json")
    assert json.loads(first.out) == {"claims": 1, "outcomes": 0, "by_hand": 0, "files": [str(to / "claims.csv")]}
    assert (to / "claims.csv").read_text(encoding="utf-8").splitlines()[1] == "1234567,1999-05-17,school-led,2025-09-01"
    assert stat.S_IMODE((to / "claims.csv").stat().st_mode) == 0o600
    assert "nothing new" in call("export", "dfe", "-c", config, "--to", str(to)).err
    assert json.loads(call("export", "dfe", "-c", config, "--to", str(to), "--json", "--again").out)["claims"] == 1


def test_the_register_is_written(call: Call, config: str, settings: Settings, tmp_path: Path) -> None:
    with house.opened(settings) as open_house, open_house.database.writing() as session:
        an_ect(session)
    assert call("export", "register", "-c", config, "--to", str(tmp_path)).status == 0
    assert "Quillfeather,Amara" in (tmp_path / "register.csv").read_text(encoding="utf-8")


def test_everything_is_written_to_a_folder_or_a_zip_and_never_over_something(
    call: Call, config: str, settings: Settings, tmp_path: Path
) -> None:
    with house.opened(settings) as open_house, open_house.database.writing() as session:
        an_ect(session)
    folder, packed = tmp_path / "all", tmp_path / "all.zip"
    assert call("export", "everything", "-c", config, "--to", str(folder)).status == 0
    assert "Quillfeather" in (folder / "tables" / "person.csv").read_text(encoding="utf-8")
    assert stat.S_IMODE((folder / "tables" / "person.csv").stat().st_mode) == 0o600
    told = json.loads(call("export", "everything", "-c", config, "--to", str(packed), "--json").out)
    assert told["rows"]["person"] == 1
    with zipfile.ZipFile(packed) as archive:
        assert archive.testzip() is None
        assert "README.txt" in archive.namelist()
    assert stat.S_IMODE(packed.stat().st_mode) == 0o600
    for there in (folder, packed):
        assert call("export", "everything", "-c", config, "--to", str(there)).status == 2
