"""Old Word and RTF files become .docx through LibreOffice, where it is installed, in a cage of their own.

LibreOffice is a large program with a long history of holes, so it gets a fresh home and profile for each file, no network,
no file but its own, little time and little memory; what comes out is read like any stranger's file, by the confined reader.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, replace
from pathlib import Path

import ingest
from ingest import rtf
from ingest.spent import spent
from parsers.filetypes import WORD_PACKAGES, FileType, true_type
from parsers.forms import ExtractedForm, ReadFile, Unreadable

_PLACES = ("/usr/local/bin", "/usr/bin", "/usr/lib/libreoffice/program", "/usr/lib64/libreoffice/program")
# The filter is named, so that LibreOffice never opens a file as something else than what its first bytes say.
_FILTERS = {FileType.DOC: "MS Word 97", FileType.RTF: "Rich Text Format"}
_NAMES = {FileType.DOC: "an old Word file (.doc)", FileType.RTF: "an RTF file"}
_OTHERWISE = "Please save it as .docx or PDF and send it again."
_MEBIBYTE = 1024 * 1024
_LOOK_SECONDS = 0.02
_ASK_SECONDS = 0.1

_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


@dataclass(frozen=True, slots=True)
class ConversionLimits:
    """What converting one file may cost. Times in seconds, sizes in bytes."""

    work: float = 4.0
    """Of the processor, by all its processes together: a form of several pages takes one and a half."""
    seconds: float = 30.0
    """By the clock, for a machine that is busy with other things."""
    memory: int = 2048 * _MEBIBYTE
    """Address space of each process."""
    file: int = 64 * _MEBIBYTE
    """The largest file that it may write, and so the largest .docx that is taken from it."""

    def kernel(self) -> dict[str, int]:
        return {
            "RLIMIT_AS": self.memory,
            "RLIMIT_CPU": int(self.work) + 1,
            "RLIMIT_FSIZE": self.file,
            "RLIMIT_NOFILE": 256,
            "RLIMIT_CORE": 0,
        }


def find_office() -> Path | None:
    """LibreOffice's program on this machine, or None."""
    own_packages = sorted((str(folder) for folder in Path("/opt").glob("libreoffice*/program")), reverse=True)
    found = shutil.which("soffice", path=os.pathsep.join((*_PLACES, *own_packages)))
    return Path(found) if found else None


class Converter:
    """Converts at most `workers` files at once. Thread-safe; never raises because of a document."""

    def __init__(self, program: Path | None, workers: int = 1, limits: ConversionLimits | None = None) -> None:
        """`program` is LibreOffice's; with None nothing is ever converted."""
        self._program = program
        self._limits = limits or ConversionLimits()
        self._places = threading.BoundedSemaphore(max(1, workers))
        self._changing = threading.Lock()
        self._running: set[int] = set()
        self._closed = False

    def takes(self, kind: FileType) -> bool:
        return self._program is not None and kind in _FILTERS

    def convert(self, data: bytes, kind: FileType) -> bytes | Unreadable:
        """The file as .docx, or why there is none. `kind` is one that it `takes`."""
        if kind is FileType.RTF and rtf.is_no_form(data):
            return Unreadable(f"{rtf.NO_FORM} {_OTHERWISE}")
        with self._places, tempfile.TemporaryDirectory(prefix="convert-", ignore_cleanup_errors=True) as place:
            folder = Path(place).resolve()
            try:
                (folder / "profile" / "user").mkdir(parents=True)
                (folder / "profile" / "user" / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
                (folder / f"paper.{kind.value}").write_bytes(data)
                ended = self._run(self._words(kind), folder)
            except OSError:
                # No room on the disk, or no process to be had: that says nothing about the file.
                return Unreadable(f"This is {_NAMES[kind]}, and it could not be converted just now.", passing=True)
            if self._closed:
                return Unreadable("Reading stopped because the service is closing.", passing=True)
            if ended is None:
                return Unreadable(f"This is {_NAMES[kind]}, and converting it took far longer than any form does. {_OTHERWISE}")
            made = _taken(folder / "paper.docx", self._limits.file) if ended == 0 else None
            return made or Unreadable(f"This is {_NAMES[kind]}, and it could not be converted. {_OTHERWISE}")

    def protections(self) -> dict[str, bool]:
        """Which locks the cage has on this machine; empty where it cannot be made."""
        with tempfile.TemporaryDirectory(prefix="convert-") as place, contextlib.suppress(OSError, ValueError):
            program = _caged([], Path(place), self._limits)
            told = subprocess.run(program, env={}, cwd=place, capture_output=True, timeout=60, check=False)  # noqa: S603 - our own interpreter, our own words
            return {str(lock): bool(held) for lock, held in json.loads(told.stdout).items()}
        return {}

    def close(self) -> None:
        """End what runs; its files end as unreadable for now."""
        self._closed = True
        with self._changing:
            for process in self._running:
                _kill(process)

    def _words(self, kind: FileType) -> list[str]:
        quiet = ["--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck", "--nofirststartwizard"]
        turn = [f"--infilter={_FILTERS[kind]}", "--convert-to", "docx:Office Open XML Text", "--outdir", "{folder}"]
        profile = "-env:UserInstallation=file://{folder}/profile"
        return [str(self._program), profile, *quiet, *turn, f"{{folder}}/paper.{kind.value}"]

    def _run(self, words: list[str], folder: Path) -> int | None:
        """The exit status; None when it took too long and was killed with everything that it had started."""
        with self._changing:
            if self._closed:
                return None
            process = subprocess.Popen(  # noqa: S603 - our own interpreter, our own words
                _caged(words, folder, self._limits),
                env={},
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
            self._running.add(process.pid)
        try:
            in_time = _ended(process.pid, self._limits)
        finally:
            with self._changing:
                self._running.discard(process.pid)
                _kill(process.pid)
            process.wait()
        return process.returncode if in_time else None


def _ended(process: int, limits: ConversionLimits) -> bool:
    """Wait without collecting it: as long as nobody did, its number and its group's belong to no one else."""
    begun = time.monotonic()
    asked = begun
    while os.waitid(os.P_PID, process, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
        now = time.monotonic()
        if now - begun > limits.seconds:
            return False
        # No process can have worked longer than the clock ran, but several at once may.
        if now - asked > _ASK_SECONDS and 4 * (now - begun) > limits.work:
            asked = now
            if spent(process) > limits.work:
                return False
        time.sleep(_LOOK_SECONDS)
    return True


def converted(read: ReadFile, kind: FileType) -> ReadFile:
    """What the reader made of the copy, saying everywhere that it was one."""
    papers = tuple(replace(paper, form=_marked(paper.form, kind)) for paper in read.papers)
    return replace(read, papers=papers)


def _marked(form: ExtractedForm, kind: FileType) -> ExtractedForm:
    fields = {
        key: replace(one, evidence=tuple(replace(place, converted_from=kind.value) for place in one.evidence))
        for key, one in form.fields.items()
    }
    warning = f"This was {_NAMES[kind]}. LibreOffice converted it to .docx before it was read."
    return replace(
        form, fields=fields, reader=f"{form.reader} (converted from .{kind.value})", warnings=(*form.warnings, warning)
    )


def _caged(words: list[str], folder: Path, limits: ConversionLimits) -> list[str]:
    own = str(Path(ingest.__path__[0]).parent.resolve())
    arguments = f"{words!r}, Path({str(folder)!r}), {limits.kernel()!r}"
    program = f"import sys; sys.path.insert(0, {own!r}); from pathlib import Path; from ingest.caging import become; become({arguments})"
    return [sys.executable, "-I", "-B", "-S", "-c", program]


def _kill(process: int) -> None:
    """The whole group, and with its first process all of its process space."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process, signal.SIGKILL)


def _taken(path: Path, most: int) -> bytes | None:
    """A plain Word file that lies there; None for a link, a pipe, too much, or anything else."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return None
    with open(descriptor, "rb") as file:  # noqa: PTH123 - a descriptor has no path
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            return None
        content = file.read(most + 1)
    return content if len(content) <= most and true_type(content) in WORD_PACKAGES else None
