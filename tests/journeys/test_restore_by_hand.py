"""docs/restore.md, carried out word for word with the programs of a bare machine: age, zstd, sqlite3 and openssl."""

import re
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from records.blobs import FolderBlobs
from records.db import Database
from scheduler import backups, snapshot
from tests.scheduler.test_backups import flip
from tests.support.databases import missing
from tests.support.vaults import Safe, content_of, dump, more_post, safe

PAGE = Path(__file__).parents[2] / "docs" / "restore.md"
PROGRAMS = ("age", "zstd", "sqlite3", "openssl", "sha256sum")


@pytest.fixture(autouse=True)
def _programs() -> None:
    for program in PROGRAMS:
        if shutil.which(program) is None:
            missing(f"{program} (tests/services.sh installs it)")


@pytest.fixture
def kept(sqlite: Database, tmp_path: Path) -> Safe:
    one = safe(sqlite, tmp_path)
    (tmp_path / "backup-identity.txt").write_text(one.identity.written(one.vault.keys.public_signer))
    backups.run(one.vault)
    one.clock.later(hours=6)
    more_post(one)
    backups.run(one.vault)
    return one


def script() -> str:
    """Every command of the part "By hand", in the order of the page."""
    part = PAGE.read_text(encoding="utf-8").split("## By hand", 1)[1].split("\n## ", 1)[0]
    return "\n".join(re.findall(r"```sh\n(.*?)```", part, re.DOTALL))


def by_hand(kept: Safe, site: int = 0) -> subprocess.CompletedProcess[str]:
    """The page's own words, with our folders in place of those that it gives as examples."""
    words = script()
    for example, ours in (
        ("SITE=/mnt/backup-one", f"SITE={kept.site(site).root}"),
        ("KEY=/media/key/backup-identity.txt", f"KEY={kept.folder}/backup-identity.txt"),
        ("NEW=/srv/mailroom/data.new", f"NEW={kept.folder}/by-hand"),
    ):
        assert example in words
        words = words.replace(example, ours)
    return subprocess.run(
        ["bash", "-euo", "pipefail", "-c", words], capture_output=True, text=True, check=False, cwd=kept.folder
    )


def test_the_commands_of_the_page_restore_exactly(kept: Safe) -> None:
    done = by_hand(kept)
    assert done.returncode == 0, done.stderr
    new = kept.folder / "by-hand"
    (kept.folder / "copy").mkdir()
    copy = snapshot.take(kept.database, kept.folder / "copy", "unused")
    changing = 'INSERT INTO "backup_run"', 'INSERT INTO "lease"'
    mine, theirs = dump(copy.file), dump(new / "mailroom.db")
    assert [line for line in theirs if not line.startswith(changing)] == [
        line for line in mine if not line.startswith(changing)
    ]
    assert content_of(FolderBlobs(new / "blobs")) == {sha256: sha256 for sha256 in kept.papers}
    with closing(sqlite3.connect(copy.file)) as connection:
        people = connection.execute("SELECT count(*) FROM person").fetchone()[0]
    assert "Signature Verified Successfully" in done.stdout
    assert "\nok\n" in done.stdout
    assert f"person|{people}|{people}" in done.stdout
    assert re.search(r"papers named and not there: 0$", done.stdout, re.MULTILINE)


def test_a_flipped_bit_stops_the_commands_of_the_page(kept: Safe) -> None:
    newest = kept.site(0).files("database")[-1]
    flip(kept.site(0), newest)
    done = by_hand(kept)
    assert done.returncode != 0
    assert not (kept.folder / "by-hand" / "blobs").exists()


def test_a_forged_manifest_stops_the_commands_of_the_page(kept: Safe) -> None:
    newest = kept.site(0).files("backups")[-1]
    file = kept.site(0).root / newest
    file.write_bytes(file.read_bytes().replace(b'"person": 1', b'"person": 2'))
    done = by_hand(kept)
    assert done.returncode != 0
    assert "Signature Verified Successfully" not in done.stdout
