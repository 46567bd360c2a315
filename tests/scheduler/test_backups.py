"""A backup at each site, checked there, restored from there exactly; and what a fault of one part costs the others."""

import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from records import backup_runs, leases, restored
from records.blob_removal import BACKUP
from records.db import Database
from records.models.backups import BackupOutcome, BackupRun
from records.models.events import Event
from records.models.post import Attachment, BlobRemoval
from scheduler import backups, letting_go, snapshot
from scheduler.sealing import Identity, Keys
from scheduler.sites import FolderSite
from scheduler.unpacking import Unusable
from scheduler.vault import NotNow, lone_sites
from tests.support.vaults import SECRET, Safe, content_of, dump, more_post, safe

GOOD = BackupOutcome.VERIFIED


@pytest.fixture
def kept(sqlite: Database, tmp_path: Path) -> Safe:
    return safe(sqlite, tmp_path)


def outcomes(report: backups.Report) -> list[str]:
    return [site.outcome.value for site in report.sites]


def files(site: FolderSite, folder: str = "") -> set[str]:
    return set(site.files(folder))


def assert_restores_exactly(one: Safe, number: int, name: str) -> None:
    """From this site alone: the records as SQL, and every paper byte by byte."""
    snap = one.folder / f"as-it-was-{name}"
    snap.mkdir()
    copy = snapshot.take(one.database, snap, "pg_dump")
    outcome = one.restored(name, number)
    from records.blobs import FolderBlobs

    papers = content_of(FolderBlobs(one.folder / name / "blobs"))
    assert papers == {sha256: sha256 for sha256 in one.papers}
    assert outcome.missing == []
    mine, theirs = dump(copy.file), dump(one.folder / name / "mailroom.db")
    # What a restore itself writes, and what the run wrote after its copy was made.
    own = ("backup_run", "setting", "lease", '"event"', "event_detail", "erasure")
    ours = [line for line in mine if not any(f'INSERT INTO "{table.strip(chr(34))}"' in line for table in own)]
    assert ours == [line for line in theirs if not any(f'INSERT INTO "{table.strip(chr(34))}"' in line for table in own)]
    events = [line for line in mine if 'INSERT INTO "event"' in line]
    assert set(events) <= set(theirs)


def test_each_site_gets_a_whole_backup_that_restores_exactly(kept: Safe) -> None:
    report = backups.run(kept.vault)
    assert outcomes(report) == ["verified", "verified"]
    assert all(site.copied == site.papers == len(kept.papers) for site in report.sites)
    for number in (0, 1):
        assert_restores_exactly(kept, number, f"from-{number}")


def test_a_paper_is_copied_once_per_site(kept: Safe) -> None:
    backups.run(kept.vault)
    before = files(kept.site(0), "papers")
    kept.clock.later(hours=6)
    fresh = more_post(kept)
    report = backups.run(kept.vault)
    assert [(site.papers, site.copied) for site in report.sites] == [(len(kept.papers), 2)] * 2
    assert before < files(kept.site(0), "papers")
    assert fresh not in "".join(files(kept.site(0)))
    assert_restores_exactly(kept, 1, "second")


def test_nothing_at_a_site_can_be_read_without_the_private_key(kept: Safe) -> None:
    backups.run(kept.vault)
    everything = b"".join((kept.site(0).root / path).read_bytes() for path in files(kept.site(0)))
    for words in (b"Harrowgill", b"Quillfeather", b"paper ", *(sha256.encode() for sha256 in kept.papers)):
        assert words not in everything


def test_new_holders_of_keys_get_every_paper_and_the_old_ones_nothing_more(kept: Safe) -> None:
    backups.run(kept.vault)
    kept.clock.later(hours=6)
    heir = Identity.new()
    report = backups.run(replace(kept.vault, keys=Keys.of([heir.recipient], SECRET)))
    assert [site.copied for site in report.sites] == [len(kept.papers)] * 2
    with pytest.raises(Unusable, match="another key"):
        kept.restored("by the old holder")
    kept.identity = heir
    assert kept.restored("by the heir").papers == len(kept.papers)


def test_one_flipped_bit_in_a_paper_is_found_at_that_run_and_written_anew(kept: Safe) -> None:
    backups.run(kept.vault)
    flip(kept.site(0), min(files(kept.site(0), "papers")))
    kept.clock.later(hours=6)
    report = backups.run(kept.vault)
    assert outcomes(report) == ["partly", "verified"]
    assert any("damaged file was written anew" in fault for fault in report.sites[0].faults)
    assert_restores_exactly(kept, 1, "other")
    assert_restores_exactly(kept, 0, "healed")
    kept.clock.later(hours=6)
    assert outcomes(backups.run(kept.vault)) == ["verified", "verified"]


def test_one_flipped_bit_in_a_database_is_told_once_and_the_other_site_restores_that_backup(kept: Safe) -> None:
    first = backups.run(kept.vault).name
    made_at = kept.clock.now
    flip(kept.site(0), next(iter(files(kept.site(0), "database"))))
    kept.clock.later(hours=6)
    report = backups.run(kept.vault)
    assert outcomes(report) == ["partly", "verified"]
    assert any(f"the backup {first} is damaged" in fault for fault in report.sites[0].faults)
    assert row(kept, first, 0).outcome is BackupOutcome.DAMAGED
    assert row(kept, first, 1).outcome is GOOD
    outcome = kept.restored("older", at=made_at)
    assert (outcome.site, outcome.manifest.name) == (kept.site(1).name, first)
    assert any("site-1" in note for note in outcome.notes)
    kept.clock.later(hours=6)
    assert outcomes(backups.run(kept.vault)) == ["verified", "verified"]


def test_a_missing_manifest_is_found_at_that_run(kept: Safe) -> None:
    first = backups.run(kept.vault).name
    (kept.site(0).root / "backups" / f"{first}.manifest").unlink()
    kept.clock.later(hours=6)
    report = backups.run(kept.vault)
    assert outcomes(report) == ["partly", "verified"]
    assert report.sites[0].faults == [f"the backup {first} is gone: its manifest is missing"]
    assert row(kept, first, 0).outcome is BackupOutcome.LOST
    assert_restores_exactly(kept, 1, "other")


def test_a_manifest_with_one_flipped_bit_is_not_believed(kept: Safe) -> None:
    first = backups.run(kept.vault).name
    flip(kept.site(0), f"backups/{first}.manifest")
    kept.clock.later(hours=6)
    papers = files(kept.site(0), "papers")
    report = backups.run(kept.vault)
    assert outcomes(report) == ["partly", "verified"]
    assert row(kept, first, 0).outcome is BackupOutcome.DAMAGED
    assert files(kept.site(0), "papers") == papers
    kept.clock.later(days=15)
    assert outcomes(backups.run(kept.vault)) == ["verified", "verified"]
    assert len(files(kept.site(0), "backups")) == 1


def test_a_site_that_is_not_mounted_fails_alone_and_an_empty_mount_point_is_not_filled(kept: Safe) -> None:
    backups.run(kept.vault)
    shutil.rmtree(kept.site(0).root)
    kept.site(0).root.mkdir()
    kept.clock.later(hours=6)
    report = backups.run(kept.vault)
    assert outcomes(report) == ["failed", "verified"]
    assert "is its disk mounted?" in report.sites[0].faults[0]
    assert files(kept.site(0)) == set()
    assert outcomes(backups.run(kept.vault)) == ["failed", "verified"], "a second run in the same second has its own name"
    kept.clock.later(hours=6)
    assert outcomes(backups.run(kept.vault, [kept.site(0).name])) == ["verified", "verified"]


def test_the_site_of_another_installation_is_left_alone(kept: Safe) -> None:
    site = kept.site(0)
    site.root.mkdir()
    (site.root / "site.json").write_text('{"format": 1, "installation": "somebody else"}')
    report = backups.run(kept.vault)
    assert outcomes(report) == ["failed", "verified"]
    assert files(site) == {"site.json"}


def test_two_folders_on_one_device_count_as_one_and_are_reported(kept: Safe) -> None:
    report = backups.run(kept.vault)
    assert "on the same disk as the data" in report.sites[0].remarks[0]
    assert "count as one" in report.sites[1].remarks[0]
    assert "count as one" in (row(kept, report.name, 1).remark or "")


@pytest.mark.skipif(not Path("/dev/shm").is_dir(), reason="no second device")
def test_folders_on_different_devices_are_not_reported(tmp_path: Path) -> None:
    import tempfile

    with tempfile.TemporaryDirectory(dir="/dev/shm") as other:
        if Path(other).stat().st_dev == tmp_path.stat().st_dev:
            pytest.skip("no second device")
        assert lone_sites([FolderSite(Path(other))], tmp_path) == {}
        assert list(lone_sites([FolderSite(Path(other)), FolderSite(Path(other))], tmp_path)) == [other]


def test_papers_that_the_store_has_lost_are_told_and_the_rest_is_backed_up(kept: Safe) -> None:
    backups.run(kept.vault)
    fresh = more_post(kept)
    old = kept.papers[0]
    for sha256 in (fresh, old):
        kept.blobs.path(sha256).unlink()
    kept.clock.later(hours=6)
    report = backups.run(kept.vault)
    assert outcomes(report) == ["partly", "partly"]
    assert all("1 paper is lost" in site.faults[0] for site in report.sites)
    outcome = kept.restored()
    assert outcome.missing == [fresh]
    assert content_of(type(kept.blobs)(kept.folder / "restored" / "blobs"))[old] == old


def test_no_blob_is_unlinked_while_a_backup_runs_and_the_run_does_it_afterwards(kept: Safe) -> None:
    gone = kept.papers[0]
    now = kept.clock()
    with kept.database.writing() as session:
        attachment = session.scalars(sa.select(Attachment).where(Attachment.blob_sha256 == gone)).one()
        attachment.blob_sha256 = None
        session.execute(sa.text("DELETE FROM blob WHERE sha256 = :it"), {"it": gone})
        session.add(BlobRemoval(sha256=gone, asked_at=now))
        assert leases.take(session, BACKUP, "elsewhere", now, timedelta(hours=1))
    assert letting_go.unlink_marked(kept.database, kept.blobs, now) == 0
    assert kept.blobs.exists(gone)
    with kept.database.writing() as session:
        leases.let_go(session, BACKUP, "elsewhere")
    backups.run(kept.vault)
    assert not kept.blobs.exists(gone)


def test_two_runs_at_once_are_refused_in_words(kept: Safe) -> None:
    from scheduler.vault import at_work

    with at_work(kept.vault), pytest.raises(NotNow, match="on this machine"):
        backups.run(kept.vault)
    with kept.database.writing() as session:
        assert leases.take(session, BACKUP, "other host", kept.clock(), timedelta(hours=1))
    with pytest.raises(NotNow, match="another host"):
        backups.run(kept.vault)


def test_a_damaged_database_is_not_backed_up_and_nothing_is_pruned(kept: Safe) -> None:
    backups.run(kept.vault)
    kept.clock.later(days=20)
    with closing(sqlite3.connect(str(kept.database.engine.url.database))) as careless, careless:
        careless.execute("DELETE FROM school")
    report = backups.run(kept.vault)
    assert outcomes(report) == ["failed", "failed"]
    assert "point at nothing" in report.sites[0].faults[0]
    assert [len(files(kept.site(number), "backups")) for number in (0, 1)] == [1, 1]


def test_a_history_that_was_cut_is_told(kept: Safe) -> None:
    backups.run(kept.vault)
    kept.clock.later(hours=6)
    with kept.database.engine.connect() as connection:
        connection.exec_driver_sql("DROP TRIGGER event_stays")
        connection.exec_driver_sql("DELETE FROM event_detail")
        last = connection.scalar(sa.select(sa.func.max(Event.number)))
        connection.exec_driver_sql(f"DELETE FROM event WHERE number = {last}")
        connection.commit()
    report = backups.run(kept.vault)
    assert outcomes(report) == ["partly", "partly"]
    assert "history is not what it was" in report.sites[0].faults[0]


def test_a_clock_that_went_back_prunes_nothing(kept: Safe) -> None:
    backups.run(kept.vault)
    kept.clock.later(days=-20)
    report = backups.run(kept.vault)
    assert "is the clock right?" in report.sites[0].faults[0]
    assert len(files(kept.site(0), "backups")) == 2


def test_with_the_private_key_at_hand_every_backup_is_opened(sqlite: Database, tmp_path: Path) -> None:
    one = safe(sqlite, tmp_path)
    report = backups.run(replace(one.vault, identity=one.identity))
    assert all(site.opened for site in report.sites)
    assert row(one, report.name, 0).opened_at == one.clock()
    one.clock.later(hours=6)
    other = backups.run(replace(one.vault, identity=Identity.new()))
    assert outcomes(other) == ["failed", "failed"]
    assert "it was sealed for another key" in other.sites[0].faults[0]


def test_how_sites_stand_is_told_for_the_status_page(kept: Safe) -> None:
    with kept.database.reading() as session:
        assert backup_runs.standing(session, kept.clock()) == []
    backups.run(kept.vault)
    kept.clock.later(hours=6, minutes=30)
    with kept.database.reading() as session:
        first, second = backup_runs.standing(session, kept.clock())
    assert (first.late, first.there, second.damaged) == (False, 1, 0)
    kept.clock.later(hours=1)
    with kept.database.reading() as session:
        assert all(site.late for site in backup_runs.standing(session, kept.clock()))


def test_a_restored_installation_makes_no_backup_until_somebody_confirms(kept: Safe) -> None:
    from tests.support.builders import MACHINE

    backups.run(kept.vault)
    kept.clock.later(hours=6)
    with kept.database.writing() as session:
        restored.mark(session, kept.clock(), kept.clock(), MACHINE)
    with pytest.raises(NotNow, match="until an administrator confirms"):
        backups.run(kept.vault)
    with kept.database.writing() as session:
        assert restored.confirm(session, MACHINE, kept.clock())
        assert not restored.confirm(session, MACHINE, kept.clock())
    assert outcomes(backups.run(kept.vault)) == ["verified", "verified"]


def flip(site: FolderSite, path: str) -> None:
    """One bit in the middle of a file."""
    file = site.root / path
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 0x04
    file.write_bytes(content)


def row(one: Safe, name: str, number: int) -> BackupRun:
    with one.database.reading() as session:
        found = backup_runs.row(session, name, one.site(number).name)
        assert found is not None
        return found
