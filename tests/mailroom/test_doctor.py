"""The doctor's single looks, on things that are fit and on things that are not."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from ingest.converting import find_office
from mailroom import doctor, house
from mailroom.doctor import State, examine, shown_until
from records.db import connect
from tests.support.certificates import make_certificate
from tests.support.installation import settings_in
from tests.support.smarthost import PlayedSmarthost


def finding(folder: Path, what: str, **answers: object) -> doctor.Finding:
    [found] = [one for one in examine(settings_in(folder, **answers)) if one.what == what]
    return found


def test_a_certificate_is_good_until_its_last_day(tmp_path: Path) -> None:
    chain, key = make_certificate(tmp_path)
    ends = shown_until(chain, key)
    assert 0 <= (ends - house.clock()).days <= 1
    answers = {"ingest__certificate_file": str(chain), "ingest__certificate_key_file": str(key)}
    assert finding(tmp_path / "one", "certificate", **answers).state is State.WARNING, "it ends within two weeks"


def test_a_key_that_does_not_belong_to_the_certificate_is_found(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    chain, _ = make_certificate(tmp_path)
    _, key = make_certificate(tmp_path / "other")
    answers = {"ingest__certificate_file": str(chain), "ingest__certificate_key_file": str(key)}
    assert finding(tmp_path / "one", "certificate", **answers).state is State.FAILED


def test_a_smarthost_that_answers_is_fit(tmp_path: Path) -> None:
    with PlayedSmarthost() as server:
        answers = {
            "notifications__smarthost": "127.0.0.1",
            "notifications__port": server.port,
            "notifications__encryption": "none",
        }
        assert finding(tmp_path, "letters", **answers).state is State.OK
    assert server.taken == [], "looking sends nothing"


def test_a_database_without_a_schema_and_one_that_is_no_database_are_told_apart(tmp_path: Path) -> None:
    assert "not made yet" in finding(tmp_path, "database").words
    data = tmp_path / "data"
    data.mkdir(exist_ok=True)
    empty = connect(f"sqlite:///{data / 'mailroom.db'}")
    with empty.engine.connect():
        pass
    empty.close()
    assert finding(tmp_path, "database").state is State.WARNING
    for file in data.glob("mailroom.db*"):
        file.unlink()
    (data / "mailroom.db").write_bytes(b"this is a letter, not a database" * 100)
    assert finding(tmp_path, "database").state is State.FAILED


def test_too_little_room_is_found(tmp_path: Path) -> None:
    assert finding(tmp_path, "disk", records__reserve_bytes=10**18).state is State.FAILED
    assert finding(tmp_path, "disk").state is not State.FAILED


def test_pages_for_others_without_encryption_are_warned_about(tmp_path: Path) -> None:
    if finding(tmp_path, "pages").state is State.FAILED:
        pytest.skip("the style sheets are not compiled")
    found = finding(tmp_path, "pages", web__host="0.0.0.0")
    assert (found.state, "not encrypted" in found.words) == (State.WARNING, True)


class _Answering(BaseHTTPRequestHandler):
    words = "ok\n"

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(self.words.encode())

    def log_message(self, *_said: Any, **_more: Any) -> None:
        """Says nothing."""


class _SomethingElse(_Answering):
    words = "<html>It works!</html>"


@pytest.mark.parametrize(("answers", "state"), [(_Answering, State.OK), (_SomethingElse, State.FAILED), (None, State.WARNING)])
def test_pages_are_said_to_be_served_only_where_the_service_answers(
    tmp_path: Path, answers: type[_Answering] | None, state: State
) -> None:
    if not any((Path(__file__).parents[2] / "web" / "static").glob("*.css")):
        pytest.skip("the style sheets are not compiled")
    with ThreadingHTTPServer(("127.0.0.1", 0), answers or _Answering) as server:
        port = server.server_address[1]
        if answers is None:
            server.server_close()
            assert finding(tmp_path, "pages", web__port=port).state is state
            return
        serving = threading.Thread(target=server.serve_forever, daemon=True)
        serving.start()
        try:
            assert finding(tmp_path, "pages", web__port=port).state is state
        finally:
            server.shutdown()
            serving.join()


def test_old_formats_are_converted_or_said_not_to_be_read(tmp_path: Path) -> None:
    there = find_office() is not None
    found = finding(tmp_path, "old formats")
    assert ("converted by LibreOffice" in found.words) is there
    assert ("not installed" in found.words) is not there
    assert found.state is not State.FAILED
