"""The isolated child: whatever a document does to it is an answer, and the next document is read."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.reading import IsolatedReader
from parsers import child
from parsers.confine import landlock_version
from parsers.forms import ReadFile, Shot, Unreadable
from parsers.limits import Limits

PATIENT = 60.0
"""No bound on speed, only on hanging: the machine that runs the tests may be busy."""

TRIES = 30


@pytest.fixture(scope="module")
def reader() -> Iterator[IsolatedReader]:
    limits = Limits(patience=1.5, longest=8.0, memory=700 * 1024 * 1024, answer=1_000_000)
    with IsolatedReader(limits=limits, reading="tests.support.misbehaving", picturing="tests.support.misbehaving") as reader:
        yield reader


def said(reader: IsolatedReader, order: str) -> Unreadable:
    begun = time.monotonic()
    outcome = reader.read(order.encode(), "form.pdf", "layouts")
    assert time.monotonic() - begun < PATIENT
    assert isinstance(outcome, Unreadable)
    after = reader.read(b"next", "form.pdf", "layouts")
    assert after == Unreadable("form.pdf: next, layouts"), "the document after it is read as if nothing had happened"
    return outcome


def test_document_that_hangs_is_stopped_and_is_at_fault(reader: IsolatedReader) -> None:
    answers = (said(reader, "hang") for _ in range(TRIES))
    # Where the child was not given a third of the processor, nobody can tell yet whose fault it is.
    assert next(one for one in answers if not one.passing) == Unreadable(child.TOO_LONG)


def test_reader_that_never_got_the_processor_may_be_tried_again(reader: IsolatedReader) -> None:
    assert said(reader, "sleep") == Unreadable(child.TOO_BUSY, passing=True)


@pytest.mark.parametrize("order", ["crash", "segfault", "exit 0", "exit 3"])
def test_child_that_ends_without_an_answer_is_a_reason(reader: IsolatedReader, order: str) -> None:
    assert said(reader, order) == Unreadable(child.CRASHED)


def test_memory_beyond_the_limit_is_a_reason() -> None:
    limits = Limits(patience=30, memory=700 * 1024 * 1024)
    with IsolatedReader(limits=limits, reading="tests.support.misbehaving") as reader:
        assert said(reader, "memory") == Unreadable(child.TOO_MUCH)


def test_answer_beyond_the_limit_is_refused_and_a_smaller_one_passes(reader: IsolatedReader) -> None:
    assert said(reader, "answer 5000000") == Unreadable(child.TOO_LARGE_ANSWER)
    assert said(reader, "answer 900000").reason == "x" * 900_000


def test_exception_names_its_kind_and_nothing_from_the_document(reader: IsolatedReader) -> None:
    reason = said(reader, "fault").reason
    assert "KeyError" in reason
    assert "Aroha" not in reason


def test_endless_recursion_is_a_reason(reader: IsolatedReader) -> None:
    answers = (said(reader, "deep") for _ in range(TRIES))
    assert next(one for one in answers if not one.passing) == Unreadable(child.TOO_DEEP)


def test_honest_work_is_given_more_time(reader: IsolatedReader) -> None:
    assert said(reader, "honest 6") == Unreadable("honest work done")


def test_many_pages_that_are_soon_done_earn_time_for_what_comes_after(reader: IsolatedReader) -> None:
    assert said(reader, "earns 6") == Unreadable("many pages done")


def test_slow_pages_earn_no_more_than_quick_ones(reader: IsolatedReader) -> None:
    assert said(reader, "slow-page 20").reason in {child.TOO_LONG, child.TOO_BUSY}


def test_asking_for_time_again_and_again_ends_at_the_longest(reader: IsolatedReader) -> None:
    assert said(reader, "asks").reason in {child.TOO_LONG, child.TOO_BUSY}


@pytest.mark.skipif(landlock_version() < 6, reason="this kernel's Landlock is too old to hold every lock")
def test_child_reaches_no_file_no_network_no_program_and_no_process(reader: IsolatedReader, tmp_path: Path) -> None:
    secret = tmp_path / "config.toml"
    secret.write_text("secret")
    assert set(said(reader, f"reach {secret}").reason.split()) == {"refused"}
    assert not secret.with_name("config.toml.new").exists()


@pytest.mark.skipif(landlock_version() < 6, reason="this kernel's Landlock is too old to hold every lock")
def test_protections_are_proven_by_a_child_that_tries(reader: IsolatedReader) -> None:
    held = reader.protections()
    assert held["opening connections"]
    assert [lock for lock, holds in held.items() if not holds] == []


def test_child_inherits_no_secret(reader: IsolatedReader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAILROOM_SECRET", "x")
    variables, opened, folder = said(reader, "inherited").reason.split("|")
    # OpenCV sets LD_LIBRARY_PATH by itself when it is imported.
    assert set(variables.split(",")) <= {"LC_CTYPE", "LD_LIBRARY_PATH", "OMP_THREAD_LIMIT", "OPENBLAS_NUM_THREADS"}
    assert opened == "1", "the pipe for its own answer, and nothing else"
    assert folder == "/"


def test_zero_bytes_and_half_characters_do_not_leave_the_child(reader: IsolatedReader) -> None:
    assert said(reader, "half").reason == "a b?c\\u0000d"


def test_printing_does_not_disturb_the_talk(reader: IsolatedReader) -> None:
    assert said(reader, "prints").reason == "printed"


def test_pictures_reach_one_child_together_with_their_names(reader: IsolatedReader) -> None:
    read = reader.read_together([Shot("1.jpg", b"page"), Shot("2.jpg", b""), Shot("3.jpg", b"page of another length")])
    assert read == ReadFile((), html="1.jpg 2.jpg 3.jpg", origins=(0, 2), left_out=(1,))


@pytest.mark.parametrize("harm", [b"segfault", b"fault", b"answer 5000000"])
def test_picture_that_does_harm_is_left_out_and_the_others_are_read(reader: IsolatedReader, harm: bytes) -> None:
    read = reader.read_together([Shot("1.jpg", b"page"), Shot("2.jpg", harm), Shot("3.jpg", b"page")])
    assert read == ReadFile((), html="1.jpg 3.jpg", origins=(0, 2), left_out=(1,))


def test_pictures_that_are_all_at_fault_have_a_reason(reader: IsolatedReader) -> None:
    assert reader.read_together([Shot("1.jpg", b"segfault"), Shot("2.jpg", b"segfault")]) == Unreadable(child.CRASHED)


def test_answer_that_does_not_account_for_every_picture_once_is_not_believed(reader: IsolatedReader) -> None:
    assert reader.read_together([Shot("1.jpg", b"lie"), Shot("2.jpg", b"lie")]) == Unreadable(child.CRASHED)


def test_file_by_itself_is_left_out_of_nothing(reader: IsolatedReader) -> None:
    assert reader.read(b"leaves", "1.pdf") == Unreadable(child.CRASHED)
