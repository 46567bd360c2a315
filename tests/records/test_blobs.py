"""The blob store: what is kept is whole, what is not kept is gone, and a full or failing disk is said in one word."""

import errno
import gc
import hashlib
import os
import resource
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from records.blobs import ABANDONED_SECONDS, FolderBlobs, Kept, StoreFailed, StoreFull


def files(blobs: FolderBlobs) -> list[Path]:
    return [file for file in blobs.root.rglob("*") if file.is_file()]


def open_handles() -> int:
    return sum(1 for _ in Path("/proc/self/fd").iterdir())


@contextmanager
def largest_file(limit: int) -> Iterator[None]:
    """A disk that is full after `limit` bytes of one file, as far as a process can see."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_bytes_come_back_under_their_sha256(blobs: FolderBlobs) -> None:
    kept = blobs.put(b"a form")
    assert kept == Kept(hashlib.sha256(b"a form").hexdigest(), 6)
    assert blobs.read(kept.sha256) == b"a form"
    assert list(blobs.names()) == [kept.sha256]


def test_the_same_bytes_twice_are_one_file(blobs: FolderBlobs) -> None:
    assert blobs.put(b"a form") == blobs.put(b"a form")
    assert len(files(blobs)) == 1


def test_the_same_bytes_from_many_threads_at_once_are_one_file(blobs: FolderBlobs) -> None:
    kept: list[Kept] = []
    threads = [threading.Thread(target=lambda: kept.append(blobs.put(b"a form" * 1000))) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(kept) == 16
    assert len(set(kept)) == 1
    assert len(files(blobs)) == 1


def test_what_is_not_kept_leaves_nothing(blobs: FolderBlobs) -> None:
    with blobs.writing() as one:
        one.write(b"half a fo")
    assert files(blobs) == []


def test_a_file_cannot_be_kept_after_it_was_discarded(blobs: FolderBlobs) -> None:
    one = blobs.incoming()
    one.write(b"x")
    one.discard()
    one.discard()
    with pytest.raises(ValueError, match="already"):
        one.keep()
    assert files(blobs) == []


def test_altered_bytes_are_noticed(blobs: FolderBlobs) -> None:
    kept = blobs.put(b"a form")
    blobs.path(kept.sha256).write_bytes(b"a farm")
    with pytest.raises(ValueError, match="altered"):
        blobs.read(kept.sha256)


def test_removed_bytes_are_gone_and_removing_again_is_harmless(blobs: FolderBlobs) -> None:
    kept = blobs.put(b"a form")
    blobs.remove(kept.sha256)
    blobs.remove(kept.sha256)
    with pytest.raises(FileNotFoundError):
        blobs.read(kept.sha256)


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "a" * 63, "A" * 64, "a" * 63 + "/"])
def test_only_a_sha256_is_a_name(blobs: FolderBlobs, name: str) -> None:
    with pytest.raises(ValueError, match="sha256"):
        blobs.path(name)


def test_the_reserve_is_kept_free(tmp_path: Path) -> None:
    full = FolderBlobs(tmp_path / "full", reserve_bytes=1 << 60)
    assert not full.has_room()
    with pytest.raises(StoreFull):
        full.put(b"a form")
    assert files(full) == []


def test_a_disk_that_fills_up_midway_says_full_and_keeps_nothing(blobs: FolderBlobs) -> None:
    with largest_file(1000), pytest.raises(StoreFull):
        blobs.put(b"x" * 2000)
    assert files(blobs) == []


def test_a_failed_fsync_is_no_lack_of_room(blobs: FolderBlobs, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_handle: int) -> None:
        raise OSError(errno.EIO, "input/output error")

    one = blobs.incoming()
    one.write(b"a form")
    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(StoreFailed):
        one.keep()
    one.discard()
    assert files(blobs) == []


def test_the_file_is_safe_before_its_name_and_the_name_before_the_answer(
    blobs: FolderBlobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []
    fsync, replace = os.fsync, os.replace

    def watched_fsync(handle: int) -> None:
        steps.append(f"folder {os.fstat(handle).st_ino}" if stat.S_ISDIR(os.fstat(handle).st_mode) else "file")
        fsync(handle)

    def watched_replace(source: str, target: str) -> None:
        steps.append("name")
        replace(source, target)

    monkeypatch.setattr(os, "fsync", watched_fsync)
    monkeypatch.setattr(os, "replace", watched_replace)
    kept = blobs.put(b"a form")
    root, folder = blobs.root.stat().st_ino, blobs.path(kept.sha256).parent.stat().st_ino
    assert steps == ["file", f"folder {root}", "name", f"folder {folder}"], "the new folder's own name is made safe too"
    steps.clear()
    blobs.put(b"a form")
    assert steps == ["file", "name", f"folder {folder}"], "a known name may be another's that is not yet safe"


def test_a_store_that_is_let_go_of_closes_its_folders(tmp_path: Path) -> None:
    before = open_handles()
    one = FolderBlobs(tmp_path / "one")
    for number in range(300):
        one.put(str(number).encode())
    assert open_handles() - before <= 256
    del one
    gc.collect()
    assert open_handles() <= before


def test_sweeping_takes_what_a_dead_process_left_and_nothing_that_lives(blobs: FolderBlobs) -> None:
    program = (
        "import sys, os, signal; from pathlib import Path; from records.blobs import FolderBlobs\n"
        "one = FolderBlobs(Path(sys.argv[1])).incoming(); one.write(b'half'); os.kill(os.getpid(), signal.SIGKILL)"
    )
    died = subprocess.run([sys.executable, "-c", program, str(blobs.root)], cwd=Path(__file__).parents[2], check=False)
    assert died.returncode == -9
    with blobs.writing() as living:
        living.write(b"still ")
        living.write(b"coming")
        assert len(files(blobs)) == 2
        assert blobs.sweep(time.time()) == 0, "too young to judge"
        assert blobs.sweep(time.time() + ABANDONED_SECONDS + 5) == 1
        kept = living.keep()
    assert blobs.read(kept.sha256) == b"still coming"
