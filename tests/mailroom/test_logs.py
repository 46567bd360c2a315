"""The log: ids only. Addresses become marks, and what an exception says about somebody is left out."""

import json
import logging
from collections.abc import Iterator

import pytest
import structlog
from pydantic import SecretStr

from mailroom import logs
from mailroom.config import Settings
from mailroom.config_tables import BodyTable, IngestTable, LogFormat, MailroomTable


@pytest.fixture
def _quiet() -> Iterator[None]:
    """Give pytest its own handlers back afterwards."""
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    yield
    root.handlers[:] = before
    root.setLevel(level)
    structlog.reset_defaults()


def settings(secret: str | None = "open sesame") -> Settings:
    return Settings.model_construct(
        body=BodyTable(name="x"),
        ingest=IngestTable(addresses=["forms@body.example"]),
        mailroom=MailroomTable(log_format=LogFormat.JSON, secret_key=SecretStr(secret) if secret else None),
    )


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    captured = capsys.readouterr()
    assert captured.out == "", "the log goes to stderr"
    return [json.loads(line) for line in captured.err.splitlines()]


@pytest.mark.usefixtures("_quiet")
def test_the_same_address_has_the_same_mark_and_cannot_be_read(capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up(settings())
    log = structlog.get_logger("ingest.test")
    log.info("came", sender="Office@School.example", listed=["<office@school.example>", {"to": "head@school.example"}])
    logging.getLogger("web.test").warning("from %s", "office@school.example")
    first, second = lines(capsys)
    mark = str(first["sender"])
    assert mark.startswith("address:")
    assert first["listed"] == [f"<{mark}>", {"to": first["listed"][1]["to"]}]  # type: ignore[index]
    assert first["listed"][1]["to"] not in {mark, "head@school.example"}
    assert second["event"] == f"from {mark}"


@pytest.mark.usefixtures("_quiet")
def test_without_a_key_an_address_is_only_called_one(capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up(settings(None))
    structlog.get_logger("ingest.test").info("came", sender="office@school.example")
    assert lines(capsys)[0]["sender"] == "address"


@pytest.mark.usefixtures("_quiet")
def test_an_exception_is_logged_by_its_type_and_place_without_what_it_says(capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up(settings())
    for logger in (structlog.get_logger("ingest.test"), logging.getLogger("web.test")):
        try:
            int("Amina Farrow, born 14 March 1998")
        except ValueError:
            logger.exception("stumbled")
    for line in lines(capsys):
        assert line["exception"] == "ValueError"
        assert "test_logs.py" in str(line["at"])
        assert "Farrow" not in json.dumps(line)


@pytest.mark.usefixtures("_quiet")
def test_what_the_machine_says_and_what_we_say_ourselves_stays(capsys: pytest.CaptureFixture[str]) -> None:
    from records.blobs import StoreFull

    logs.set_up(settings())
    log = structlog.get_logger("ingest.test")
    for fault in (OSError(28, "No space left on device", "/data/Amina"), StoreFull("the disk is nearly full")):
        try:
            raise fault
        except (OSError, StoreFull):
            log.exception("stumbled")
    first, second = lines(capsys)
    assert first["said"] == "No space left on device"
    assert "Amina" not in json.dumps(first)
    assert second["said"] == "the disk is nearly full"


@pytest.mark.usefixtures("_quiet")
def test_libraries_only_speak_up_when_something_is_wrong(capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up(settings())
    logging.getLogger("sqlalchemy.engine").info("SELECT 'Farrow'")
    logging.getLogger("records.x").info("kept")
    logging.getLogger("records.x").debug("details")
    assert [line["event"] for line in lines(capsys)] == ["kept"]
