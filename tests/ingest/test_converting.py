"""Old Word and RTF files: converted in a cage where LibreOffice is, a plain reason everywhere else, and nothing gets out."""

import shutil
import socket
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.converting import ConversionLimits, Converter, find_office
from ingest.reading import IsolatedReader
from parsers.confine import landlock_version
from parsers.filetypes import FileType, true_type
from parsers.forms import ReadFile, Unreadable
from tests.support import hostile
from tests.support.installation import eventually
from tests.support.word_xml import package, paragraph, run

RTF = rb"{\rtf1\ansi\trowd\cellx4000\cellx8000 Name of ECT\cell Ada Quill\cell\row\trowd\cellx4000\cellx8000 TRN\cell 1234567\cell\row}"
LIMITS = ConversionLimits(seconds=20, file=1_000_000)

office = pytest.mark.skipif(
    find_office() is None, reason="LibreOffice is not installed: apt-get install libreoffice-writer-nogui"
)


def stand_in(folder: Path, script: str) -> Path:
    """A program in LibreOffice's place. In the cage the folder that it is in can be read, as LibreOffice's own can."""
    program = folder / "office" / "program" / "soffice"
    program.parent.mkdir(parents=True)
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    return program


def outcome(folder: Path, script: str, limits: ConversionLimits = LIMITS) -> bytes | Unreadable:
    return Converter(stand_in(folder, script), limits=limits).convert(RTF, FileType.RTF)


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder that is not below /tmp, which is another one in the cage."""
    with tempfile.TemporaryDirectory(dir="/var/tmp") as folder:
        yield Path(folder)


@pytest.mark.parametrize("data", [RTF, hostile.ole("WordDocument")])
def test_without_libreoffice_the_sender_is_asked_for_another_format(data: bytes) -> None:
    with IsolatedReader(converter=Converter(None)) as reader:
        answer = reader.read(data, "form")
    assert isinstance(answer, Unreadable)
    assert "Please save it as .docx or PDF and send it again." in answer.reason
    assert not answer.passing


@pytest.mark.parametrize(
    "body",
    [
        b"{" * 201 + b"x" + b"}" * 201,
        rb"\intbl x\cell" * 20_001,
        rb"x\par " * 50_001,
        rb"\b" * 1_500_001,
        rb"{\pict\pngblip\picw2000000000\pich2000000000 00}",
    ],
    ids=["nested", "cells", "paragraphs", "words", "picture"],
)
def test_rtf_with_more_than_any_form_is_refused_before_libreoffice_starts(place: Path, body: bytes) -> None:
    program = stand_in(place, "exit 1")
    answer = Converter(program, limits=LIMITS).convert(rb"{\rtf1\ansi " + body + b"}", FileType.RTF)
    assert isinstance(answer, Unreadable)
    assert answer.reason.startswith("This is an RTF file with far more in it than any form holds")


def test_rtf_with_as_much_as_a_long_form_goes_to_libreoffice(place: Path) -> None:
    picture = rb"{\pict\pngblip\picw15000\pich9000 00}"
    body = b"{" * 60 + rb"\{\}" + b"}" * 60 + picture + rb"\intbl x\cell" * 5_000 + rb"x\par " * 5_000
    docx = package(paragraph(run("Fit to read")))
    program = stand_in(place, f"cp {place}/office/form.docx paper.docx")
    (place / "office" / "form.docx").write_bytes(docx)
    assert Converter(program, limits=LIMITS).convert(rb"{\rtf1\ansi " + body + b"}", FileType.RTF) == docx


@pytest.mark.parametrize(
    "script",
    [
        "exit 1",
        "exit 0",
        "kill -9 $$",
        "echo no Word file > paper.docx",
        "ln -s /etc/passwd paper.docx",
        "mkfifo paper.docx",
        "yes flood",
        "yes flood > paper.docx",
        "cat /dev/zero | head -c 900000 > paper.docx",
    ],
)
def test_program_that_fails_or_floods_is_a_plain_reason(place: Path, script: str) -> None:
    answer = outcome(place, script, ConversionLimits(seconds=2, file=1_000_000))
    assert isinstance(answer, Unreadable)
    assert answer.reason.startswith("This is an RTF file, and ")
    assert not answer.passing


def test_program_that_hangs_is_killed_with_all_that_it_started(place: Path) -> None:
    mark = f"{time.time_ns() % 10**8}.5"
    started = time.monotonic()
    answer = outcome(place, f"sleep {mark} & setsid sleep {mark} & sleep {mark}", ConversionLimits(seconds=1))
    assert isinstance(answer, Unreadable)
    assert "far longer" in answer.reason
    assert time.monotonic() - started < 30
    if Converter(None).protections().get("namespaces"):
        # They are killed by then; the kernel takes a moment to be done with them.
        eventually(lambda: _left_running(mark) == [], "nothing of it runs any more", seconds=60)


def test_program_that_works_without_end_is_stopped_by_the_work_it_did(place: Path) -> None:
    limits = ConversionLimits(work=1, seconds=250)
    answer = outcome(place, "(while :; do :; done) & while :; do :; done", limits)
    assert isinstance(answer, Unreadable)
    assert "far longer" in answer.reason or "could not be converted" in answer.reason, "by us or by the kernel's own count"


def _left_running(mark: str) -> list[str]:
    found = []
    for line in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = line.read_bytes()
        except OSError:
            continue  # It ended while we looked.
        if mark.encode() in words and words.startswith((b"sleep", b"setsid")):
            found.append(str(line))
    return found


def test_closing_ends_a_conversion_and_the_paper_can_be_tried_again(place: Path) -> None:
    converter = Converter(stand_in(place, "sleep 60"), limits=ConversionLimits(seconds=50))
    answers: list[bytes | Unreadable] = []
    thread = threading.Thread(target=lambda: answers.append(converter.convert(RTF, FileType.RTF)))
    thread.start()
    converter.close()
    thread.join(30)
    (answer,) = answers
    assert isinstance(answer, Unreadable)
    assert answer.passing


@pytest.mark.skipif(landlock_version() < 3, reason="this kernel has no Landlock to hold a program in")
def test_program_in_the_cage_reads_and_writes_nothing_but_its_own_folder(place: Path) -> None:
    secret = place / "secret"
    secret.write_text("secret", encoding="utf-8")
    docx = package(paragraph(run("Fit to read")))
    script = f"cat {secret} && exit 1\necho x > {secret} && exit 1\ncp {place}/office/form.docx paper.docx"
    program = stand_in(place, script)
    (place / "office" / "form.docx").write_bytes(docx)
    assert Converter(program, limits=LIMITS).convert(RTF, FileType.RTF) == docx
    assert secret.read_text(encoding="utf-8") == "secret"


@pytest.mark.skipif(shutil.which("python3", path="/usr/bin:/bin") is None, reason="no python3 for a program in the cage")
def test_program_in_the_cage_reaches_no_network(place: Path) -> None:
    docx = package(paragraph(run("Fit to read")))
    if not Converter(None).protections().get("network"):
        pytest.skip("this machine cannot take the network away")
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        port = server.getsockname()[1]
        call = f"import socket; socket.create_connection(('127.0.0.1', {port}), 5)"
        able = 'python3 -c "import socket; socket.socketpair()" || exit 1'
        program = stand_in(place, f'{able}\npython3 -c "{call}" && exit 1\ncp {place}/office/form.docx paper.docx')
        (place / "office" / "form.docx").write_bytes(docx)
        assert Converter(program, limits=LIMITS).convert(RTF, FileType.RTF) == docx
        with pytest.raises(TimeoutError):
            server.accept()


@office
def test_rtf_is_read_and_says_everywhere_that_it_was_converted() -> None:
    with IsolatedReader() as reader:
        read = reader.read(RTF, "form.rtf")
    assert isinstance(read, ReadFile)
    (paper,) = read.papers
    assert "Quill" in str(paper.sheet)
    assert paper.form.reader == "word/1 (converted from .rtf)"
    assert any("LibreOffice converted it" in warning for warning in paper.form.warnings)
    assert {place.converted_from for one in paper.form.fields.values() for place in one.evidence} <= {"rtf"}


@office
def test_damaged_file_is_a_plain_reason_and_the_next_one_is_read() -> None:
    converter = Converter(find_office())
    broken = converter.convert(hostile.ole("WordDocument"), FileType.DOC)
    assert isinstance(broken, Unreadable)
    assert broken.reason.startswith("This is an old Word file (.doc), and it could not be converted.")
    made = converter.convert(RTF, FileType.RTF)
    assert isinstance(made, bytes)
    assert true_type(made) is FileType.DOCX


@office
@pytest.mark.parametrize("field", ["INCLUDETEXT", "INCLUDEPICTURE"])
def test_file_that_asks_for_another_file_does_not_get_it(place: Path, field: str) -> None:
    (place / "secret.txt").write_text("Swordfish", encoding="utf-8")
    asks = rf'{{\rtf1\ansi Words {{\field{{\*\fldinst {field} "{place}/secret.txt"}}{{\fldrslt none}}}}}}'.encode()
    with IsolatedReader() as reader:
        read = reader.read(asks, "form.rtf")
    assert "Swordfish" not in str(read.to_json())


@office
def test_every_sample_of_the_old_formats_is_read(samples: Path) -> None:
    files = [*samples.glob("forms/*.doc"), *samples.glob("forms/*.rtf")]
    with IsolatedReader() as reader:
        kinds = {file.name: reader.read(file.read_bytes(), file.name) for file in files}
    assert files
    assert all(isinstance(read, ReadFile) and read.papers[0].form.kind for read in kinds.values())
