"""The composition root: which role gets which parts, what settings become, and names that survive a crash."""

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from mailroom import build, house
from mailroom.build import ALL, Role
from notifications.postman import CapturePostman, Encryption, SmtpPostman
from tests.support.installation import eventually, settings_in

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("roles", "servers", "works"),
    [
        (ALL, ["smtp", "web"], True),
        ({Role.RECEIVE}, ["smtp"], False),
        ({Role.WEB}, ["web"], False),
        ({Role.WORK}, [], True),
    ],
)
def test_each_role_has_its_parts_and_no_others(tmp_path: Path, roles: frozenset[Role], servers: list[str], works: bool) -> None:
    with house.opened(settings_in(tmp_path, notifications__capture_folder="outbox", ingest__workers=3)) as open_house:
        built = build.build(open_house, roles)
        with built.closing:
            assert [server.name for server in built.servers] == servers
            kinds = [part.name.rpartition("/")[2] for part in built.parts]
            assert kinds == (["sorter-1", "sorter-2", "sorter-3", "outbox", "sweep", "clock"] if works else [])


def test_letters_wait_where_no_way_out_is_named(tmp_path: Path) -> None:
    assert build.postman(settings_in(tmp_path / "none")) is None
    assert isinstance(build.postman(settings_in(tmp_path / "folder", notifications__capture_folder="outbox")), CapturePostman)
    named = settings_in(tmp_path / "host", notifications__smarthost="mail.body.example", notifications__encryption="tls")
    assert isinstance(build.postman(named), SmtpPostman)
    assert build.smarthost(named).encryption is Encryption.TLS


def test_settings_reach_the_rooms(tmp_path: Path) -> None:
    settings = settings_in(
        tmp_path,
        body__name="Example Body",
        body__telephone="01234 567890",
        ingest__max_bytes=123_456,
        ingest__trusted_servers=["mx.body.example"],
        parsers__max_seconds=77,
        records__keep_ni_numbers=True,
        web__public_url="https://mailroom.body.example",
        web__session_idle_minutes=7,
        web__demo=True,
    )
    assert build.listener_settings(settings).max_bytes == 123_456
    assert build.limits(settings).longest == 77
    assert build.sorting_settings(settings).trusted_servers == ("mx.body.example",)
    assert build.sorting_settings(settings).ni_numbers
    assert build.sorting_settings(settings).reading_seconds > 77, "a claim outlasts the reading"
    assert build.letterhead(settings).telephone == "01234 567890"
    pages = build.web_settings(settings, "http://127.0.0.1:1")
    assert (pages.base_url, pages.demo) == ("https://mailroom.body.example", True)
    assert pages.times.idle == timedelta(minutes=7)
    assert build.web_settings(settings_in(tmp_path / "own"), "http://127.0.0.1:1").base_url == "http://127.0.0.1:1"


HOLD = """
import sys, time
from pathlib import Path
from mailroom import build, config, house
with house.opened(config.load(Path(sys.argv[1]))) as open_house, build.name_taken(open_house) as name:
    print(name, flush=True)
    time.sleep(600)
"""


def test_a_name_is_one_process_s_alone_and_comes_back_after_a_crash(tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    with house.opened(settings) as open_house:
        with subprocess.Popen(
            [sys.executable, "-c", HOLD, str(tmp_path / "config.toml")], cwd=ROOT, stdout=subprocess.PIPE, text=True
        ) as other:
            assert other.stdout is not None
            held = other.stdout.readline().strip()
            with build.name_taken(open_house) as own:
                assert own != held
            other.kill()
        eventually(lambda: other.poll() is not None, "the other process is gone")
        with build.name_taken(open_house) as again:
            assert again == held
