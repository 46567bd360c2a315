"""The reader port: both readers keep one contract; the isolated one outlives everything that happens to its far side."""

import io
import os
import signal
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PIL import Image

from ingest.reading import InProcessReader, IsolatedReader, Reader
from parsers.forms import ReadFile, Unreadable
from parsers.limits import Limits
from parsers.warming import papers
from tests.support import scans

ODD = "tests.support.misbehaving"


@pytest.fixture(scope="module", params=["isolated", "in process"])
def reader(request: pytest.FixtureRequest) -> Iterator[Reader]:
    if request.param == "in process":
        yield InProcessReader()
        return
    with IsolatedReader() as isolated:
        yield isolated


@pytest.mark.parametrize(
    "data", [b"", b"\0" * 1000, b"%PDF-1.7", b"PK\x03\x04" + b"x" * 50, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]
)
def test_file_that_no_reader_reads_is_a_value_with_a_reason(reader: Reader, data: bytes) -> None:
    outcome = reader.read(data, "../../etc/passwd")
    assert isinstance(outcome, Unreadable)
    assert outcome.reason.endswith((".", ")"))
    assert not outcome.passing


def children_of(parent: int, words: bytes = b"") -> list[int]:
    """Living child processes whose command line holds `words`."""
    found = []
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit():
            continue
        try:
            state, its_parent = (folder / "stat").read_text().rsplit(")", 1)[1].split()[:2]
            command = (folder / "cmdline").read_bytes()
        except OSError:
            continue  # It ended while we looked.
        if int(its_parent) == parent and state != "Z" and words in command:
            found.append(int(folder.name))
    return found


def supervisors_of(parent: int) -> list[int]:
    return children_of(parent, b"parsers.child")


def test_supervisor_that_died_is_replaced() -> None:
    before = set(supervisors_of(os.getpid()))
    with IsolatedReader(reading=ODD) as reader:
        assert reader.read(b"one", "n") == Unreadable("n: one, None")
        (supervisor,) = set(supervisors_of(os.getpid())) - before
        os.kill(supervisor, signal.SIGKILL)
        outcomes = [reader.read(b"two", "n") for _ in range(2)]
        assert outcomes[-1] == Unreadable("n: two, None")


def test_supervisor_that_dies_while_reading_gives_a_passing_reason() -> None:
    before = set(supervisors_of(os.getpid()))
    with IsolatedReader(reading=ODD, limits=Limits(patience=30)) as reader, ThreadPoolExecutor(1) as pool:
        reader.read(b"one", "n")
        (supervisor,) = set(supervisors_of(os.getpid())) - before
        reading = pool.submit(reader.read, b"sleep", "n")
        wait_until(lambda: bool(children_of(supervisor)))
        (child,) = children_of(supervisor)
        os.kill(supervisor, signal.SIGKILL)
        outcome = reading.result(timeout=60)
        assert isinstance(outcome, Unreadable)
        assert outcome.passing
        wait_until(lambda: not Path(f"/proc/{child}").exists())
        assert reader.read(b"two", "n") == Unreadable("n: two, None")


def test_only_a_picture_of_paper_starts_the_process_with_the_readers_of_pictures() -> None:
    before = set(supervisors_of(os.getpid()))
    scan = scans.file(scans.form())
    with IsolatedReader() as reader:
        for paper in papers():
            assert isinstance(reader.read(paper, "text"), ReadFile)
        assert len(set(supervisors_of(os.getpid())) - before) == 1
        for picture in (scan, one_page_of(scan)):
            read = reader.read(picture, "picture", shown=False)
            assert isinstance(read, ReadFile)
            assert read.papers[0].form.reader == "scan/1"
        supervisors = set(supervisors_of(os.getpid())) - before
        assert len(supervisors) == 2
        # A thread would be missing after the fork; and one that a library started to send usage data home had no lock on.
        assert {len(list(Path(f"/proc/{one}/task").iterdir())) for one in supervisors} == {1}
        assert isinstance(reader.read(next(papers()), "text"), ReadFile)


def one_page_of(picture: bytes) -> bytes:
    """A PDF that is only this picture."""
    content = io.BytesIO()
    Image.open(io.BytesIO(picture)).save(content, "PDF", resolution=200)
    return content.getvalue()


def test_several_workers_read_at_the_same_time() -> None:
    with IsolatedReader(workers=2, reading=ODD, limits=Limits(patience=30)) as reader, ThreadPoolExecutor(1) as pool:
        slow = pool.submit(reader.read, b"honest 6", "n")
        assert reader.read(b"quick", "n") == Unreadable("n: quick, None")
        assert not slow.done(), "the quick one did not wait for the slow one"
        assert slow.result(timeout=60) == Unreadable("honest work done")


def test_many_threads_each_get_the_answer_to_their_own_document() -> None:
    with IsolatedReader(workers=2, reading=ODD) as reader, ThreadPoolExecutor(8) as pool:
        orders = [f"order{number}" for number in range(40)]
        outcomes = list(pool.map(lambda order: reader.read(order.encode(), order), orders))
    assert outcomes == [Unreadable(f"{order}: {order}, None") for order in orders]


def test_closing_ends_the_processes_and_the_reading() -> None:
    before = set(supervisors_of(os.getpid()))
    reader = IsolatedReader(reading=ODD, limits=Limits(patience=60))
    outcome: list[object] = []
    reading = threading.Thread(target=lambda: outcome.append(reader.read(b"sleep", "n")))
    reading.start()
    wait_until(lambda: bool(set(supervisors_of(os.getpid())) - before))
    reader.close()
    reading.join(timeout=30)
    assert not reading.is_alive()
    assert isinstance(outcome[0], Unreadable)
    assert outcome[0].passing
    assert set(supervisors_of(os.getpid())) <= before
    late = reader.read(b"late", "n")
    assert isinstance(late, Unreadable)
    assert late.passing


def wait_until(condition: object, seconds: float = 30.0) -> None:
    assert callable(condition)
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.02)


def test_engine_that_complains_about_a_picture_goes_on_reading() -> None:
    with IsolatedReader(reading=ODD, limits=Limits(patience=30)) as reader:
        assert reader.read(b"sliver", "scan.png") == ReadFile(())
