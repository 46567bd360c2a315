"""What machines that watch this one are told, by whom they are asked, and that nothing of it is about a person."""

import shutil
import uuid
from dataclasses import replace
from datetime import timedelta
from ipaddress import ip_network
from pathlib import Path

import pytest
import sqlalchemy as sa
from prometheus_client.parser import text_string_to_metric_families

from records import mailboxes
from records.blobs import FolderBlobs
from records.mailboxes import Condition, Standing
from records.models.backups import BackupOutcome, BackupRun
from records.models.clock import JobOutcome
from records.models.post import Attachment
from records.states import AttachmentState
from tests.support.house import World
from web.settings import Pulse

Samples = dict[tuple[str, tuple[tuple[str, str], ...]], float]


def numbers(world: World) -> Samples:
    answer = world.client().get("/metrics")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }


def value(found: Samples, name: str, /, **labels: str) -> float:
    return found[name, tuple(sorted(labels.items()))]


def changed(world: World, **settings: object) -> World:
    world.settings, world.made = replace(world.settings, **settings), None  # type: ignore[arg-type]
    return world


def test_alive_is_answered_to_everybody_without_the_database(bare: World) -> None:
    bare.db.engine.dispose()
    Path(str(bare.db.engine.url.database)).unlink()
    answer = bare.client(address="203.0.113.9").get("/healthz")
    assert (answer.status_code, answer.text) == (200, "ok\n")


def test_a_part_that_is_stuck_ends_life_and_readiness(bare: World) -> None:
    bare.clock_ran()
    stuck: list[str] = []
    bare.pulse = Pulse(stalled=lambda: stuck)
    assert [bare.client().get(path).status_code for path in ("/healthz", "/readyz")] == [200, 200]
    assert value(numbers(bare), "mailroom_stalled_parts") == 0
    stuck.append("host#1/outbox")
    for path in ("/healthz", "/readyz"):
        answer = bare.client().get(path)
        assert (answer.status_code, answer.text) == (503, "not ok\nwrong: Stuck: host#1/outbox.\n")
        assert bare.client(address="203.0.113.9").get(path).text == "not ok\n"
    assert value(numbers(bare), "mailroom_stalled_parts") == 1


def test_a_whole_house_is_ready(bare: World) -> None:
    bare.clock_ran(minutes=19)
    answer = bare.client().get("/readyz")
    assert (answer.status_code, answer.text) == (200, "ok\n")


def test_ready_only_while_the_clock_goes(bare: World) -> None:
    assert "The clock has not yet run" in bare.client().get("/readyz").text
    bare.clock_ran(minutes=21)
    answer = bare.client().get("/readyz")
    assert answer.status_code == 503
    assert "The clock stands still: its last job was due on 30 March 2026 at 10:09am." in answer.text


def test_what_the_process_says_of_itself_counts(bare: World) -> None:
    bare.clock_ran()
    bare.pulse = Pulse(troubles=lambda: ["The disk did not confirm a write."])
    assert bare.client().get("/readyz").text == "not ok\nwrong: The disk did not confirm a write.\n"
    assert bare.client().get("/healthz").status_code == 200, "starting anew by itself would not help"


def test_not_ready_where_papers_cannot_be_kept(bare: World) -> None:
    bare.clock_ran()
    free = bare.blobs.free_bytes()
    bare.blobs, bare.made = FolderBlobs(bare.blobs.root, reserve_bytes=free * 2), None
    answer = bare.client().get("/readyz")
    assert (answer.status_code, "less than records.reserve_bytes is free" in answer.text) == (503, True)
    bare.blobs, bare.made = FolderBlobs(bare.blobs.root), None
    assert bare.client().get("/readyz").status_code == 200
    shutil.rmtree(bare.blobs.unfinished)
    answer = bare.client().get("/readyz")
    assert (answer.status_code, "cannot be written" in answer.text) == (503, True)


def test_asking_leaves_nothing_behind_in_the_store(bare: World) -> None:
    bare.clock_ran()
    before = sorted(bare.blobs.root.rglob("*"))
    bare.client().get("/readyz")
    assert sorted(bare.blobs.root.rglob("*")) == before


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE alembic_version SET version_num = '9999'", "written by a later version"),
        ("DROP TABLE alembic_version", "The database is empty"),
    ],
)
def test_not_ready_on_another_schema(bare: World, statement: str, words: str) -> None:
    bare.clock_ran()
    with bare.db.engine.begin() as connection:
        connection.execute(sa.text(statement))
    answer = bare.client().get("/readyz")
    assert (answer.status_code, words in answer.text) == (503, True)


def test_a_database_that_does_not_answer_is_told_without_its_words(bare: World) -> None:
    browser = bare.client()
    bare.db.engine.dispose()
    file = Path(str(bare.db.engine.url.database))
    file.with_name(file.name + "-wal").unlink(missing_ok=True)
    file.write_bytes(b"this is no database" * 100)
    answer = browser.get("/readyz")
    assert (answer.status_code, answer.text) == (503, "not ok\nwrong: The database does not answer.\n")
    assert "mailroom_database_up 0.0" in browser.get("/metrics").text
    assert browser.get("/healthz").text == "ok\n"


def test_what_a_person_should_see_to_is_a_remark_and_closes_no_door(desk: World) -> None:
    desk.clock_ran("remind", JobOutcome.FAILED, minutes=3)
    with desk.db.writing() as session:
        one = session.get_one(Attachment, desk.ids["word"])
        one.state, one.state_since = AttachmentState.WAITING, desk.now.replace(hour=1)
        mailboxes.note(session, Condition("forms", Standing.REFUSED, "Sign-in refused", None, 3), desk.now)
    answer = desk.client().get("/readyz")
    assert answer.status_code == 200
    assert answer.text.splitlines() == [
        "ok",
        "remark: The job remind of 30 March 2026 at 10:27am failed.",
        "remark: 1 attachment waiting for too long, since 30 March 2026 at 2:30am.",
        "remark: The mailbox forms is not watched: refused.",
    ]
    assert desk.client(address="203.0.113.9").get("/readyz").text == "ok\n"


def test_numbers_say_how_much_there_is_how_old_and_how_jobs_went(desk: World) -> None:
    desk.clock_ran("seal_history", JobOutcome.DONE, minutes=10)
    desk.clock_ran("seal_history", JobOutcome.FAILED, minutes=5)
    with desk.db.writing() as session:
        mailboxes.note(session, Condition("forms", Standing.WATCHED, "", desk.now, 2), desk.now)
    desk.later(minutes=2)
    found = numbers(changed(desk, version="1.2.3"))
    assert value(found, "mailroom_build", version="1.2.3") == 1
    assert value(found, "mailroom_database_up") == 1
    assert value(found, "mailroom_items", what="submission", state="in_review") == 2
    assert value(found, "mailroom_items", what="attachment", state="read") == 2
    assert value(found, "mailroom_items", what="notice", state="failed") == 0
    assert value(found, "mailroom_oldest_seconds", what="submission", state="in_review") == 120
    assert value(found, "mailroom_oldest_seconds", what="message", state="received") == 0
    assert ("mailroom_oldest_seconds", (("state", "opened"), ("what", "message"))) not in found
    assert value(found, "mailroom_overstayed_items") == 0
    assert value(found, "mailroom_job_outcome", job="seal_history", outcome="failed") == 1
    assert value(found, "mailroom_job_outcome", job="seal_history", outcome="done") == 0
    earlier = desk.now.timestamp() - 120
    assert value(found, "mailroom_job_success_timestamp_seconds", job="seal_history") == earlier - 600
    assert value(found, "mailroom_clock_timestamp_seconds") == earlier - 300
    assert value(found, "mailroom_mailbox_standing", mailbox="forms", standing="watched") == 1
    assert value(found, "mailroom_mailbox_looked_timestamp_seconds", mailbox="forms") == earlier
    assert value(found, "mailroom_mailbox_left_behind", mailbox="forms") == 2
    assert value(found, "mailroom_free_bytes") > 0
    assert value(found, "process_resident_memory_bytes") > 1_000_000


def test_backups_are_told_by_site(desk: World) -> None:
    desk.clock_ran()
    with desk.db.writing() as session:
        for name, site, outcome, hours in (
            ("20260330T000000Z", "/mnt/one", BackupOutcome.VERIFIED, 9),
            ("20260330T060000Z", "/mnt/one", BackupOutcome.FAILED, 3),
            ("20260330T000000Z", "/mnt/two", BackupOutcome.DAMAGED, 9),
            ("20260330T060000Z", "/mnt/two", BackupOutcome.VERIFIED, 3),
        ):
            moment = desk.now - timedelta(hours=hours)
            session.add(BackupRun(id=uuid.uuid4(), name=name, site=site, outcome=outcome, started_at=moment))
    found = numbers(desk)
    assert value(found, "mailroom_backup_good_timestamp_seconds", site="/mnt/one") == desk.now.timestamp() - 9 * 3600
    assert value(found, "mailroom_backup_good_timestamp_seconds", site="/mnt/two") == desk.now.timestamp() - 3 * 3600
    assert value(found, "mailroom_backups", site="/mnt/two", found="damaged") == 1
    assert value(found, "mailroom_restored") == 0
    assert desk.client().get("/readyz").text.splitlines() == [
        "ok",
        "remark: Backups at /mnt/one: the last good one is too old.",
        "remark: Backups at /mnt/two: one is damaged.",
    ]


def test_numbers_name_nobody(desk: World) -> None:
    desk.clock_ran()
    told = (desk.client().get("/metrics").text + desk.client().get("/readyz").text).casefold()
    for word in ("quillfeather", "amara", "1234567", "harrowgill", "@", "review.docx", "spring review"):
        assert word not in told


@pytest.mark.parametrize(
    ("address", "networks", "status"),
    [
        ("127.0.0.1", None, 200),
        ("::1", None, 200),
        ("::ffff:127.0.0.1", None, 200),
        ("10.20.0.7", None, 403),
        ("10.20.0.7", ["10.20.0.0/16"], 200),
        ("127.0.0.1", ["10.20.0.0/16"], 403),
        ("fd00::7", ["fd00::/8"], 200),
        ("not an address", None, 403),
    ],
)
def test_numbers_are_for_the_configured_networks(bare: World, address: str, networks: list[str] | None, status: int) -> None:
    if networks is not None:
        changed(bare, metrics_networks=tuple(ip_network(one) for one in networks))
    assert bare.client(address=address).get("/metrics").status_code == status


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "X-Real-IP", "Via", "X-Forwarded-Proto"])
def test_numbers_are_not_told_through_a_proxy_on_this_machine(bare: World, header: str) -> None:
    browser = bare.client()
    assert browser.get("/metrics", headers={header: "127.0.0.1"}).status_code == 403
    assert browser.get("/readyz", headers={header: "127.0.0.1"}).text == "not ok\n"


def test_a_cookie_is_not_looked_at(bare: World) -> None:
    browser = bare.client("officer")
    with bare.db.engine.begin() as connection:
        connection.execute(sa.text("DROP TABLE web_session"))
    assert [browser.get(path).status_code for path in ("/healthz", "/metrics")] == [200, 200]
