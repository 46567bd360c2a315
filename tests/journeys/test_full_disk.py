"""A disk that really is full: post is put off, nothing is half kept, and it is taken again when there is room."""

import shutil
from pathlib import Path

import pytest

from records.blobs import FolderBlobs
from records.db import connect
from tests.support.databases import sqlite_url
from tests.support.disks import disk
from tests.support.post_office import LETTER, post_office

SIZE = 24 << 20


@pytest.mark.timeout(300)
def test_a_full_disk_puts_post_off_until_there_is_room(tmp_path: Path, sqlite_template: Path) -> None:
    with disk(tmp_path, SIZE) as own:
        ballast = own.path / "ballast"
        ballast.write_bytes(b"x" * (4 << 20))
        shutil.copy2(sqlite_template, own.path / "mailroom.db")
        database, blobs = connect(sqlite_url(own.path / "mailroom.db")), FolderBlobs(own.path / "blobs")
        with post_office(database, blobs) as office:
            replies = []
            with office.call() as call:
                call.greet()
                for number in range(200):
                    replies.append(call.deliver(LETTER + b"%d " % number + b"y" * 300_000 + b"\r\n"))
                    if not replies[-1].startswith("250 "):
                        break
                assert replies[-1].startswith("452 ")
                assert call.deliver(LETTER + b"z" * 300_000).startswith("452 "), "still full, and still speaking"
                ballast.unlink()
                assert call.deliver(LETTER + b"a" * 300_000).startswith("250 "), "there is room again"
            assert len(office.rows()) == len(replies)
            for row in office.rows():
                assert len(blobs.read(str(row.blob_sha256))) == row.size
            assert not list(blobs.unfinished.iterdir())
        database.close()
