"""The composition root: turns settings into the parts of a running service. Holds no rules."""

from __future__ import annotations

import contextlib
import fcntl
import secrets
import socket
import threading
from collections.abc import Collection, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from ipaddress import ip_network
from itertools import count
from pathlib import Path
from typing import Any

from ingest.keeping import Keeper
from ingest.limits import ListenerSettings
from ingest.reading import IsolatedReader
from ingest.sorting import Sorter, SortingSettings
from mailroom import VERSION, safe_keeping
from mailroom.config import Settings
from mailroom.house import House
from mailroom.mailboxes import watched
from mailroom.post_door import PostDoor
from mailroom.running import LONGEST_STEP, Loop, Pages, Part, Server, stalled
from notifications import delivery
from notifications.compose import Letterhead
from notifications.delivery import Outbox, OutboxSettings
from notifications.postman import CapturePostman, Encryption, Postman, Smarthost, SmtpPostman
from notifications.unsubscribe import MarketingTerms
from parsers.limits import Limits
from records.accounts import SessionTimes
from records.models.inductions import Outcome
from records.retention import PRESETS, Anchor, Policy
from records.values import spoken_time
from scheduler.jobs import Workplace, jobs
from scheduler.runner import Runner
from scheduler.timetable import TIMETABLE, Daily
from scheduler.waking import AlarmClock
from web.app import create_app
from web.provider import ProviderSettings
from web.settings import Pulse, WebSettings


class Role(StrEnum):
    """What a process does. `serve` does all of it."""

    RECEIVE = "receive"
    """Takes post in."""
    WORK = "work"
    """Opens and reads post, sends letters, keeps the clock."""
    WEB = "web"
    """Serves the pages."""


ALL = frozenset(Role)
REST_SECONDS = 1.0
"""How long an idle loop rests: post from other processes on the same database is found by looking."""
SWEEP_SECONDS = 30.0


@dataclass
class Built:
    """What `mailroom.running.run` runs, and what is closed after it."""

    servers: list[Server]
    parts: list[Part]
    closing: ExitStack
    keeper: Keeper | None = None

    @property
    def pulse(self) -> Pulse:
        return Pulse(stalled=lambda: stalled(self.servers, self.parts), troubles=self._troubles)

    def _troubles(self) -> list[str]:
        """A restart would make it take post again on a disk that failed, so it is not counted as stalled."""
        if self.keeper is not None and self.keeper.failed:
            return ["The disk did not confirm a write: look at it, then start the service anew. No post is taken in."]
        return []


def build(house: House, roles: Collection[Role]) -> Built:
    """The parts of the roles, not yet started. Leave `closing` at the end, whatever happened."""
    built = Built([], [], ExitStack())
    post_came = threading.Event()
    if Role.WORK in roles:
        _add_work(built, house, built.closing.enter_context(name_taken(house)), post_came)
    if Role.RECEIVE in roles:
        keeper = built.closing.enter_context(Keeper(house.database, house.blobs, house.clock, on_kept=post_came.set))
        built.keeper = keeper
        built.servers.append(PostDoor(listener_settings(house.settings), keeper))
        built.servers.extend(watched(house, keeper))
    if Role.WEB in roles:
        built.servers.append(pages(house, built.pulse))
    return built


def _add_work(built: Built, house: House, name: str, post_came: threading.Event) -> None:
    settings = house.settings
    reader = built.closing.enter_context(IsolatedReader(settings.ingest.workers, limits(settings)))
    sorting = sorting_settings(settings)
    for number in range(1, settings.ingest.workers + 1):
        own = f"{name}/sorter-{number}"
        sorter = Sorter(house.database, house.blobs, reader, house.clock, own, sorting, learner=reader)
        sorter.take_back_own()
        built.parts.append(Loop(own, sorter.step, REST_SECONDS, post_came, LONGEST_STEP + sorting.reading_seconds))
    post_out = outbox(house, f"{name}/outbox")
    if post_out is not None:
        post_out.take_back_own()
        built.parts.append(Loop(f"{name}/outbox", post_out.step, REST_SECONDS))
        built.parts.append(Loop(f"{name}/sweep", lambda: _swept(house), SWEEP_SECONDS))
    built.parts.append(AlarmClock(runner(house, f"{name}/clock"), settings.scheduler.wake_seconds))


def _swept(house: House) -> bool:
    """Give back letters that dead outboxes held; sorters sweep for themselves. Never busy: the next sweep is in a while."""
    delivery.sweep(house.database, house.clock())
    return False


def pages(house: House, pulse: Pulse) -> Pages:
    table = house.settings.web

    def application(address: str) -> Any:
        return create_app(web_settings(house.settings, address), house.database, house.blobs, house.clock, pulse)

    return Pages(application, table.host, table.port, table.trusted_proxies)


@contextmanager
def name_taken(house: House) -> Iterator[str]:
    """A name for this process's workers: the same after a crash, and never that of another living process.

    What is still claimed under it was left behind by its dead namesake, so it can be taken back at once. The kernel lets
    the lock go when the process ends in whatever way.
    """
    folder = house.settings.records.data_folder / "workers"
    folder.mkdir(exist_ok=True)
    for number in count(1):
        with (folder / f"{number}.lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                continue
            yield f"{socket.gethostname()[:50]}-{_folder_mark(folder)}#{number}"
            return


def _folder_mark(folder: Path) -> str:
    """Tells hosts apart that have one name and one database: each data folder has a mark of its own."""
    file = folder / "mark"
    if not file.exists():
        fresh = folder / f"mark.{secrets.token_hex(4)}"
        fresh.write_text(secrets.token_hex(4), encoding="ascii")
        with contextlib.suppress(FileExistsError):
            file.hardlink_to(fresh)
        fresh.unlink()
    return file.read_text(encoding="ascii")


def retention_policy(settings: Settings) -> Policy | None:
    """The body's own dates on one of the published policies; None where nothing goes by itself."""
    table = settings.records
    if not table.retention_policy:
        return None
    policy = PRESETS[table.retention_policy]
    leaving = Anchor.DECIDED if table.leavers_count_from_release else Anchor.PERSON
    return replace(
        policy,
        years=table.retention_years,
        anchors=tuple({**dict(policy.anchors), Outcome.RELEASE: leaving}.items()),
        raw_post_days=table.raw_post_days,
        unmatched_post_days=table.unmatched_post_days,
    )


def marks_key(settings: Settings) -> bytes | None:
    """The key of the erasure ledger's marks; None where the installation has no key."""
    secret = settings.mailroom.secret_key
    return secret.get_secret_value().encode() if secret is not None else None


def session_times(settings: Settings) -> SessionTimes:
    web = settings.web
    return SessionTimes(idle=timedelta(minutes=web.session_idle_minutes), absolute=timedelta(hours=web.session_max_hours))


def limits(settings: Settings) -> Limits:
    table = settings.parsers
    return Limits(patience=table.patience_seconds, longest=table.max_seconds, memory=table.max_memory_bytes)


def letterhead(settings: Settings) -> Letterhead:
    body = settings.body
    return Letterhead(body.name, settings.sender_address, body.contact_address, body.telephone)


def postman(settings: Settings) -> Postman | None:
    """None where no letter can go out yet: they wait."""
    if settings.notifications.capture_folder is not None:
        return CapturePostman(settings.notifications.capture_folder)
    return SmtpPostman(smarthost(settings)) if settings.notifications.smarthost else None


def smarthost(settings: Settings) -> Smarthost:
    out = settings.notifications
    return Smarthost(
        host=out.smarthost,
        port=out.port,
        encryption=Encryption(out.encryption),
        authority_file=out.certificate_authority_file,
        user_name=out.user_name,
        password=out.password.get_secret_value() if out.password else "",
        timeout_seconds=out.timeout_seconds,
        own_name=settings.ingest.hostname or socket.gethostname(),
    )


def outbox(house: House, worker: str) -> Outbox | None:
    by = postman(house.settings)
    if by is None:
        return None
    settings = OutboxSettings(
        letterhead=letterhead(house.settings),
        null_sender=house.settings.notifications.null_sender,
        max_per_minute=house.settings.notifications.max_per_minute,
        marketing=marketing_terms(house.settings),
    )
    return Outbox(house.database, by, house.clock, settings, worker)


def marketing_terms(settings: Settings) -> MarketingTerms | None:
    """None where the installation has no key: then no link could be signed, and no marketing goes out."""
    secret = settings.mailroom.secret_key
    if secret is None:
        return None
    return MarketingTerms(
        secret.get_secret_value().encode(), settings.public_url, settings.notifications.marketing_needs_consent
    )


def runner(house: House, worker: str) -> Runner:
    place = Workplace(
        house.database,
        house.blobs,
        house.clock,
        worker,
        session_times(house.settings),
        retention_policy(house.settings),
        marks_key(house.settings),
        training_days=house.settings.web.training_days,
        vault=safe_keeping.vault(house),
    )
    lease = timedelta(seconds=house.settings.scheduler.lease_seconds)
    return Runner(house.database, TIMETABLE, jobs(place), house.clock, worker, lease)


def listener_settings(settings: Settings) -> ListenerSettings:
    table = settings.ingest
    return ListenerSettings(
        addresses=frozenset(table.addresses),
        listen_on=((table.host, table.port),),
        hostname=table.hostname or socket.gethostname(),
        max_bytes=table.max_bytes,
        max_header_bytes=table.max_header_bytes,
        max_recipients=table.max_recipients,
        max_connections=table.max_connections,
        max_connections_per_host=table.max_connections_per_host,
        idle_seconds=table.idle_seconds,
        message_seconds=table.message_seconds,
        closing_seconds=settings.mailroom.stop_seconds,
        certificate_file=table.certificate_file,
        key_file=table.certificate_key_file,
        require_tls=table.require_tls,
    )


def sorting_settings(settings: Settings) -> SortingSettings:
    return SortingSettings(
        trusted_servers=tuple(settings.ingest.trusted_servers),
        reading_seconds=settings.parsers.max_seconds + 120,
        ni_numbers=settings.records.keep_ni_numbers,
    )


def web_settings(settings: Settings, address: str) -> WebSettings:
    body = settings.body
    return WebSettings(
        base_url=settings.web.public_url or address,
        body_name=body.name,
        body_email=body.contact_address,
        body_address=body.postal_address,
        body_telephone=body.telephone,
        data_protection_officer=body.data_protection_officer,
        demo=settings.web.demo,
        second_factor=settings.web.second_factor,
        provider=sign_in_provider(settings),
        training_days=settings.web.training_days,
        times=session_times(settings),
        version=VERSION,
        metrics_networks=tuple(ip_network(one) for one in settings.web.metrics_networks),
        marketing=marketing_terms(settings),
        mail_goes_out=settings.mail_goes_out,
        retention=retention_policy(settings),
        lets_go_at=_time_of("let_go"),
        marks_key=marks_key(settings),
        keep_ni_numbers=settings.records.keep_ni_numbers,
    )


def sign_in_provider(settings: Settings) -> ProviderSettings | None:
    web = settings.web
    if not web.provider_issuer or web.provider_client_secret is None:
        return None
    secret = web.provider_client_secret.get_secret_value()
    return ProviderSettings(web.provider_issuer, web.provider_client_id, secret, web.provider_name)


def _time_of(job: str) -> str:
    """When a daily job of the timetable runs, as people say it: "2:30am"."""
    times = next(one.times for one in TIMETABLE if one.name == job)
    return " and ".join(spoken_time(at) for at in times.at) if isinstance(times, Daily) else ""
