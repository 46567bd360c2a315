"""What the documents name is there: commands with their options, files, settings, numbers."""

import re
from datetime import datetime
from pathlib import Path

import pytest
import typer
from typer.core import TyperGroup

from mailroom.cli import application
from mailroom.config import Settings
from records.blobs import FolderBlobs
from records.db import Database
from tests.support.builders import NOW
from web import measures

ROOT = Path(__file__).parents[1]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])


def told_numbers(database: Database, folder: Path, now: datetime) -> set[str]:
    """The name of every number of ours."""
    with database.reading() as session:
        numbers = [
            *measures.of_machine(FolderBlobs(folder / "numbers"), "1", 0),
            *measures.of_records(session, now),
            measures.database_up(answers=True),
        ]
    return {one.name for one in numbers}


def command_exists(line: str) -> bool:
    """Whether the words after `mailroom` are a command with these options. Arguments are not looked at."""
    words = line.removeprefix("mailroom ").split()
    for place, word in enumerate(words):
        if "|" in word:
            return all(command_exists(" ".join([*words[:place], one, *words[place + 1 :]])) for one in word.split("|"))
    command = typer.main.get_command(application)
    while isinstance(command, TyperGroup):
        if not words or words[0].startswith("-"):
            break
        found = command.commands.get(words.pop(0))
        if found is None:
            return False
        command = found
    known = {option for parameter in command.params for option in parameter.opts} | {"--help", "-h"}
    asked = {word.partition("=")[0] for word in words if re.fullmatch(r"--?[a-z][\w-]*(=.*)?", word)}
    return asked <= known


def commands(text: str) -> set[str]:
    """Every call of the program in code: in the running text and in blocks, whose long lines may be broken by a backslash."""
    found = set()
    for block in re.findall(r"(?ms)^\s*```(?:sh|console)\n(.*?)^\s*```", text):
        for line in block.replace("\\\n", " ").splitlines():
            # The name is also that of a user, a group and folders: a call is followed by a word or by an option of the whole.
            found |= set(re.findall(r"(?:^|[\s/])(?:mailroom|mr) +((?:[a-z]|--version)[^|>#&;)']*)", line.partition(" #")[0]))
    prose = re.sub(r"(?ms)^\s*```.*?^\s*```", "", text)
    found |= {call.removeprefix("mailroom ") for call in re.findall(r"`(mailroom [a-z-][^`]*)`", prose.replace("\n", " "))}
    return {re.sub(r"\s+", " ", one).strip() for one in found}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda one: str(one.relative_to(ROOT)))
def test_every_command_that_a_document_names_exists(document: Path) -> None:
    missing = sorted(one for one in commands(document.read_text(encoding="utf-8")) if not command_exists(one))
    assert missing == []


def test_documents_name_commands_at_all_and_wrong_ones_would_be_seen() -> None:
    assert {"init", "doctor", "serve"} <= {one.split()[0] for one in commands((ROOT / "README.md").read_text(encoding="utf-8"))}
    text = "Run `mailroom sing --loud`.\n\n```sh\nsudo -u mailroom /opt/mailroom/bin/mailroom \\\n  serve --colour red | less\n```\n"
    assert commands(text) == {"sing --loud", "serve --colour red"}
    assert [
        command_exists(one) for one in ("sing --loud", "serve --colour red", "serve -c x", "db upgrade", "db downgrade")
    ] == [*(False, False, True, True, False)]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda one: str(one.relative_to(ROOT)))
def test_every_file_that_a_document_links_exists(document: Path) -> None:
    text = re.sub(r"(?ms)^\s*```.*?^\s*```", "", document.read_text(encoding="utf-8"))
    links = [link for link in re.findall(r"\]\(([^)\s]+)\)", text) if not re.match(r"(https?|mailto):", link)]
    missing = [link for link in links if not (document.parent / link.partition("#")[0]).exists()]
    assert missing == []
    for link in links:
        file, _, place = link.partition("#")
        if place:
            words = (document.parent / file if file else document).read_text(encoding="utf-8")
            headings = re.findall(r"(?m)^#+ (.+)$", words)
            assert place in {re.sub(r"[^\w\- ]", "", one.casefold()).replace(" ", "-") for one in headings}, link


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda one: str(one.relative_to(ROOT)))
def test_every_setting_that_a_document_names_exists(document: Path) -> None:
    tables = {name: field.annotation for name, field in Settings.model_fields.items()}
    named = set(re.findall(r"`([a-z]+)\.(?!db`)([a-z_]+)(?: = [^`]*)?`", document.read_text(encoding="utf-8")))
    unknown = {
        f"{table}.{key}"
        for table, key in named
        if table in tables and key not in getattr(tables[table], "model_fields", {}) and not is_module(table, key)
    }
    assert unknown == set()


def is_module(room: str, name: str) -> bool:
    return (ROOT / room / f"{name}.py").exists() or (ROOT / room / name).is_dir()


def test_the_page_on_operations_tells_of_every_number_and_of_no_other(sqlite: Database, tmp_path: Path) -> None:
    text = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    told = set(re.findall(r"(?m)^\| `(mailroom_\w+)", text))
    assert told == told_numbers(sqlite, tmp_path, NOW)
