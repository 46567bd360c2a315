"""A site keeps files whole or not at all, and says in words what is wrong with it."""

import hashlib
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from scheduler.sites import FolderSite, Missing, SiteFault


@pytest.fixture
def site(tmp_path: Path) -> FolderSite:
    return FolderSite(tmp_path / "site")


def put(site: FolderSite, path: str, content: bytes) -> None:
    with site.writing() as arriving:
        arriving.write(content[:3])
        arriving.write(content[3:])
        assert arriving.sha256 == hashlib.sha256(content).hexdigest()
        assert arriving.size == len(content)
        arriving.keep(path)


def test_what_is_kept_can_be_read_and_listed_in_order(site: FolderSite) -> None:
    put(site, "papers/ab/two", b"second")
    put(site, "papers/aa/one", b"first")
    assert site.files("papers") == ["papers/aa/one", "papers/ab/two"]
    assert site.files("nothing") == []
    with site.reading("papers/aa/one") as file:
        assert file.read() == b"first"


def test_what_is_kept_again_replaces_what_was_there(site: FolderSite) -> None:
    put(site, "ledger", b"old words")
    put(site, "ledger", b"new words")
    with site.reading("ledger") as file:
        assert file.read() == b"new words"


def test_what_is_not_kept_leaves_nothing(site: FolderSite) -> None:
    with site.writing() as arriving:
        arriving.write(b"half")
    assert site.files("") == []


def test_nobody_else_can_look_into_a_site(site: FolderSite) -> None:
    put(site, "papers/aa/one", b"first")
    folders = [site.root / "papers", site.root / "papers" / "aa", site.root / "unfinished"]
    assert {folder.stat().st_mode & 0o077 for folder in folders} == {0}


def test_sweeping_removes_what_a_dead_run_left(site: FolderSite) -> None:
    put(site, "papers/aa/one", b"first")
    (site.root / "unfinished" / "half").write_bytes(b"half a file")
    site.sweep()
    assert site.files("") == ["papers/aa/one"]


def test_removing_twice_is_harmless(site: FolderSite) -> None:
    put(site, "papers/aa/one", b"first")
    site.remove("papers/aa/one")
    site.remove("papers/aa/one")
    assert site.files("papers") == []


def test_a_folder_that_is_not_there_is_told_and_not_taken_for_an_empty_one(site: FolderSite) -> None:
    for ask in (lambda: site.files("papers"), site.device):
        with pytest.raises(Missing, match="is missing"):
            ask()
    with pytest.raises(Missing, match="papers/aa/one is missing"), site.reading("papers/aa/one"):
        pass


def test_a_file_in_the_way_is_told(site: FolderSite) -> None:
    site.root.write_text("a file")
    with pytest.raises(SiteFault, match="cannot be used"):
        put(site, "papers/aa/one", b"first")


def test_a_full_disk_is_told_in_one_word(tmp_path: Path) -> None:
    """In a process of its own, whose files may not grow."""
    program = (
        "import sys; from pathlib import Path\n"
        "from scheduler.sites import FolderSite, SiteFault\n"
        "site = FolderSite(Path(sys.argv[1]))\n"
        "try:\n"
        "    with site.writing() as arriving:\n"
        "        arriving.write(b'x' * 100_000); arriving.keep('large')\n"
        "except SiteFault as fault:\n"
        "    print(fault, site.files(''))\n"
    )

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))

    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "site")],
        capture_output=True,
        text=True,
        check=True,
        preexec_fn=limit,
        cwd=Path(__file__).parents[2],
    )
    assert done.stdout.startswith("the disk is full")
    assert done.stdout.rstrip().endswith("[]")
