"""Backups as the settings have them: the vault with its sites and keys, and the private key where one is at hand."""

from __future__ import annotations

import socket
from datetime import timedelta
from pathlib import Path

from mailroom.config import BadConfiguration, Settings
from mailroom.config_clock import NO_KEY
from mailroom.house import House
from scheduler.sealing import Identity, Keys, WrongKey
from scheduler.sites import FolderSite
from scheduler.vault import Vault


def vault(house: House) -> Vault | None:
    """None where no site is named."""
    table = house.settings.scheduler
    if not table.backup_sites:
        return None
    return Vault(
        database=house.database,
        blobs=house.blobs,
        clock=house.clock,
        host=socket.gethostname()[:60],
        sites=tuple(FolderSite(folder.resolve()) for folder in table.backup_sites),
        keys=keys(house.settings),
        work_folder=house.settings.records.data_folder / "backup",
        keep=timedelta(days=table.backup_keep_days),
        pg_dump=table.pg_dump_program,
        identity=identity(table.backup_identity_file) if table.backup_identity_file else None,
    )


def keys(settings: Settings) -> Keys:
    return Keys.of(settings.scheduler.backup_recipients, secret(settings))


def secret(settings: Settings) -> str:
    """Raises `BadConfiguration` where the installation has no key."""
    if settings.mailroom.secret_key is None:
        raise BadConfiguration([NO_KEY])
    return settings.mailroom.secret_key.get_secret_value()


def identity(file: Path) -> Identity:
    """The private key in a file. Raises `BadConfiguration`."""
    try:
        return Identity.read(file.read_text(encoding="utf-8"))
    except WrongKey as wrong:
        raise BadConfiguration([f"{file}: {wrong}"]) from None
    except (OSError, UnicodeDecodeError) as wrong:
        raise BadConfiguration([f"{file}: cannot be read ({getattr(wrong, 'strerror', None) or 'not text'})"]) from None
