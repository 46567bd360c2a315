"""A real Dovecot on loopback: a child process with a folder and an account of its own, that tests stop, kill and start again."""

from __future__ import annotations

import contextlib
import grp
import imaplib
import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest

from tests.support.databases import missing

USER, PASSWORD = "forms@body.example", 'a "quoted" \\ password'
PATIENCE = 20.0
PROGRAM = "/usr/sbin/dovecot"

_SETTINGS = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
default_vsz_limit = 1G
ssl = {ssl}
disable_plaintext_auth = no
auth_mechanisms = plain xoauth2
auth_failure_delay = 0
first_valid_uid = 1
first_valid_gid = 1
mail_location = maildir:~/Maildir
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service imap-login {{
  chroot =
  process_min_avail = 0
  inet_listener imap {{
    port = {plain_port}
  }}
  inet_listener imaps {{
    port = {tls_port}
    ssl = yes
  }}
}}
service stats {{
  chroot =
}}
passdb {{
  driver = passwd-file
  mechanisms = plain login
  args = scheme=PLAIN username_format=%u {folder}/users
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={folder}/homes/%u
}}
namespace inbox {{
  inbox = yes
  separator = /
}}
{more}
"""

_OAUTH = """
passdb {{
  driver = oauth2
  mechanisms = xoauth2
  args = {folder}/oauth2.conf
}}
"""

_OAUTH_FILE = """
introspection_mode = post
introspection_url = {url}
username_attribute = username
active_attribute = active
active_value = true
"""


class Dovecot:
    """Runs as an account without rights when the tests run as root, else as whoever runs them."""

    def __init__(
        self, folder: Path, *, introspection_url: str | None = None, tls: tuple[Path, Path] | None = None, more: str = ""
    ) -> None:
        """`tls` are the files of a certificate and its key; `more` is added to the configuration."""
        self.folder = folder
        self.port = _free_port()
        self.user, self.group = _account()
        self._numbers = count(1)
        self._process: subprocess.Popen[bytes] | None = None
        ssl = "no"
        if tls is not None:
            ssl = "required"
            for file, name in zip(tls, ("certificate.pem", "key.pem"), strict=True):
                shutil.copy(file, folder / name)
            more += f"\nssl_cert = <{folder}/certificate.pem\nssl_key = <{folder}/key.pem\n"
        if introspection_url is not None:
            more += _OAUTH.format(folder=folder)
            (folder / "oauth2.conf").write_text(_OAUTH_FILE.format(url=introspection_url))
        text = _SETTINGS.format(
            folder=folder,
            user=self.user,
            group=self.group,
            ssl=ssl,
            plain_port=0 if tls else self.port,
            tls_port=self.port if tls else 0,
            more=more,
        )
        (folder / "dovecot.conf").write_text(text)
        (folder / "users").write_text(f"{USER}:{{PLAIN}}{PASSWORD}\n")
        self.box = folder / "homes" / USER / "Maildir"
        for name in ("tmp", "new", "cur"):
            (self.box / name).mkdir(parents=True)
        self._own(folder)

    def start(self) -> None:
        """Returns when it answers."""
        switch = {"user": self.user, "group": self.group, "extra_groups": []} if os.geteuid() == 0 else {}
        self._process = subprocess.Popen(
            [PROGRAM, "-F", "-c", str(self.folder / "dovecot.conf")],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=self.folder,
            **switch,  # type: ignore[call-overload]
        )
        until = time.monotonic() + PATIENCE
        while not self._answers():
            if time.monotonic() > until or self._process.poll() is not None:
                pytest.fail(f"Dovecot does not start: {self.log()[-2000:]}")
            time.sleep(0.02)

    def kill(self) -> None:
        """SIGKILL to the master and to every child of it, by their ids. Whatever they were about to do stays undone."""
        if self._process is None:
            return
        family = _family(self._process.pid)
        for pid in family:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self._process.wait()
        # A worker that the master started while its children were being counted sees the master gone and ends.
        (self.folder / "run" / "master.pid").unlink(missing_ok=True)
        self._process = None

    def stop(self) -> None:
        if self._process is None:
            return
        self._process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(10)
        self.kill()

    def workers(self, name: str) -> list[int]:
        """The ids of the processes of one kind: `imap`, `imap-login`."""
        assert self._process is not None
        return [pid for pid in _family(self._process.pid) if _name(pid) == name]

    def deliver(self, letter: bytes, folder: str = "") -> Path:
        """As a mail server does: written in tmp, then renamed into new. Works whether Dovecot lives or not."""
        box = self.box / f".{folder}" if folder else self.box
        name = f"{time.time_ns()}.{next(self._numbers)}.body.example"
        file = box / "tmp" / name
        file.write_bytes(letter)
        self._own(file)
        return file.rename(box / "new" / name)

    def letters(self, folder: str = "") -> list[bytes]:
        """What lies in a folder, by its name on the disk (modified UTF-7). Only while nobody moves anything there."""
        return [file.read_bytes() for file in self._files(folder)]

    def count(self, folder: str = "") -> int:
        return len(self._files(folder))

    def flags(self, folder: str = "") -> list[str]:
        """The flags of each letter, as Maildir writes them."""
        return [file.name.partition(":2,")[2] for file in self._files(folder)]

    def _files(self, folder: str) -> list[Path]:
        box = self.box / f".{folder}" if folder else self.box
        return [file for part in ("new", "cur") for file in sorted((box / part).glob("*"))]

    def count_anew(self) -> None:
        """Give the inbox another UIDVALIDITY, as after a restore. While the server is down."""
        uids = self.box / "dovecot-uidlist"
        first, _, rest = uids.read_text().partition("\n")
        anew = re.sub(r" V(\d+) ", lambda found: f" V{int(found[1]) + 1} ", first)
        assert anew != first
        uids.write_text(f"{anew}\n{rest}")
        for file in self.box.glob("dovecot.index*"):
            file.unlink()

    def log(self) -> str:
        file = self.folder / "log"
        return file.read_text(errors="replace") if file.exists() else ""

    @contextmanager
    def session(self) -> Iterator[imaplib.IMAP4]:
        """Somebody else's mail program on the same mailbox."""
        with imaplib.IMAP4("127.0.0.1", self.port, timeout=PATIENCE) as client:
            client.login(USER, PASSWORD)
            yield client

    def _answers(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1) as line:
                # With TLS the server waits for us to speak, and to be connected to is answer enough.
                return "imaps" in self._listens() or line.recv(4).startswith(b"* OK")
        except OSError:
            return False

    def _listens(self) -> str:
        return "imaps" if "ssl = required" in (self.folder / "dovecot.conf").read_text() else "imap"

    def _own(self, path: Path) -> None:
        """Give what was made to the account that Dovecot runs as."""
        if os.geteuid() == 0:
            for one in [path, *path.rglob("*")] if path.is_dir() else [path]:
                shutil.chown(one, self.user, self.group)


@contextmanager
def dovecot(**options: object) -> Iterator[Dovecot]:
    """A running Dovecot, stopped afterwards. Skips loudly where the program is missing."""
    if not Path(PROGRAM).exists():
        missing("Dovecot (the Debian package dovecot-imapd)")
    # Not in pytest's folder: that is closed to the account, and too long for the names of sockets.
    # A child that dies late may still write while the folder is removed.
    with tempfile.TemporaryDirectory(prefix="dovecot-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o755)
        one = Dovecot(folder, **options)  # type: ignore[arg-type]
        try:
            one.start()
            yield one
        finally:
            one.stop()


def _account() -> tuple[str, str]:
    if os.geteuid() == 0:
        return "nobody", grp.getgrgid(pwd.getpwnam("nobody").pw_gid).gr_name
    return pwd.getpwuid(os.geteuid()).pw_name, grp.getgrgid(os.getegid()).gr_name


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def _family(master: int) -> list[int]:
    """A process and all its descendants, the eldest first, so that none is started anew while the others are ended."""
    found = [master]
    for pid in found:
        for task in Path(f"/proc/{pid}/task").glob("*/children"):
            with contextlib.suppress(OSError):
                found += [int(child) for child in task.read_text().split()]
    return found


def _name(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/comm").read_text().strip()
    except OSError:
        return ""
