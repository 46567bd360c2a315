"""What the status page says of backups, and the button that ends restored mode."""

from datetime import timedelta

from records import backup_runs, restored
from records.models.backups import BackupOutcome
from tests.support.builders import MACHINE
from tests.support.house import World, text_of


def backed_up(world: World) -> None:
    with world.db.writing() as session:
        backup_runs.begin(session, "20260330T060000Z", ["/mnt/one", "/mnt/two"], world.now - timedelta(hours=3))
        for site, outcome in (("/mnt/one", BackupOutcome.VERIFIED), ("/mnt/two", BackupOutcome.FAILED)):
            row = backup_runs.row(session, "20260330T060000Z", site)
            assert row is not None
            row.outcome = outcome
            row.reason = "the disk is full" if outcome is BackupOutcome.FAILED else None
            row.remark = "it is on the same disk as the data, so the two count as one"


def test_each_site_with_what_is_wrong_is_on_the_page(bare: World) -> None:
    assert "No backup has been made yet" in text_of(bare.client("reader").get("/status").text)
    backed_up(bare)
    said = text_of(bare.client("reader").get("/status").text)
    assert "/mnt/one Whole" in said
    assert "/mnt/two Failed None Late 0 the disk is full. it is on the same disk" in said
    bare.later(hours=8)
    assert text_of(bare.client("reader").get("/status").text).count("Late") == 2


def test_only_an_administrator_ends_restored_mode(bare: World) -> None:
    backed_up(bare)
    with bare.db.writing() as session:
        restored.mark(session, bare.now - timedelta(hours=3), bare.now, MACHINE)
    reader = bare.client("reader")
    page = reader.get("/status").text
    assert "nothing is sent until an administrator confirms" in text_of(page)
    assert "/status/confirm-restored" not in page
    assert reader.post("/status/confirm-restored").status_code == 403
    administrator = bare.client("administrator")
    assert "/status/confirm-restored" in administrator.get("/status").text
    assert administrator.post("/status/confirm-restored").headers["location"] == "/status"
    assert "writes to people again" in text_of(administrator.get("/status").text)
    with bare.db.reading() as session:
        assert restored.waiting(session) is None
    assert "nothing is sent" not in text_of(reader.get("/status").text)
