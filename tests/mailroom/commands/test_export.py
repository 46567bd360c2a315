"""`mailroom export` on a real installation."""

import json
import stat
from pathlib import Path

from records.models.inductions import ProgrammeKind
from tests.support.builders import an_ect
from tests.support.installation import install


def test_the_dfes_files_are_written_once_and_again_only_when_asked(tmp_path: Path) -> None:
    place = install(tmp_path)
    with place.database() as database, database.writing() as session:
        an_ect(session).programme = ProgrammeKind.SCHOOL_LED
    to = tmp_path / "out"
    first = place.run("export", "dfe", "--to", str(to), "--json")
    assert json.loads(first.stdout) == {"claims": 1, "outcomes": 0, "by_hand": 0, "files": [str(to / "claims.csv")]}
    assert (to / "claims.csv").read_text(encoding="utf-8").splitlines()[1] == "1234567,1999-05-17,school-led,2025-09-01"
    assert stat.S_IMODE((to / "claims.csv").stat().st_mode) == 0o600
    assert "nothing new" in place.run("export", "dfe", "--to", str(to)).stderr
    assert json.loads(place.run("export", "dfe", "--to", str(to), "--json", "--again").stdout)["claims"] == 1


def test_the_register_is_written(tmp_path: Path) -> None:
    place = install(tmp_path)
    with place.database() as database, database.writing() as session:
        an_ect(session)
    answer = place.run("export", "register", "--to", str(tmp_path))
    assert answer.returncode == 0
    assert "Quillfeather,Amara" in (tmp_path / "register.csv").read_text(encoding="utf-8")
