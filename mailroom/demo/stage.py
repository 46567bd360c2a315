"""Setting the demo's stage: a folder of its own with a real configuration, and the schools and ECTs on record."""

from __future__ import annotations

import fcntl
import json
import os
import secrets
import shutil
from pathlib import Path

from sqlalchemy.orm import Session

from mailroom import config as configuration
from mailroom import house
from mailroom.commands.setting_up import example
from mailroom.config import Settings
from mailroom.demo import cast
from mailroom.demo.cast import BODY, FORMS_ADDRESS, EctFacts, SchoolFacts
from mailroom.demo.kept_safe import identity_file
from mailroom.house import House
from records import accounts, people
from records.events import Actor
from records.expectations import reschedule
from records.inductions import start_induction
from records.models.accounts import LinkPurpose
from records.models.people import Role
from records.models.schools import CalendarTerm, School
from records.schools import register_school
from records.values import local_day
from scheduler.sealing import Identity, Keys

MARK = ".mailroom-demo"
"""Stands in a folder that a demo made. Only such a folder is ever emptied."""
USER_NAME = "demo"
ACTOR = Actor.machine("demo")


class NotOurs(Exception):  # noqa: N818
    """The folder holds something that no demo made, or a demo that runs. It is left alone."""


def set_up(folder: Path) -> Settings:
    """A fresh installation in `folder`. What an earlier demo left there goes. Raises `NotOurs`."""
    if folder.exists() and any(folder.iterdir()) and not (folder / MARK).exists():
        message = f"{folder} holds something else. Name another folder with --folder."
        raise NotOurs(message)
    if (folder / MARK).exists() and not _held(folder / MARK):
        message = f"A demo runs in {folder}. End it first, or name another folder with --folder."
        raise NotOurs(message)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / MARK).touch()
    _held(folder / MARK)
    key, backup_key = secrets.token_hex(32), Identity.new()
    (folder / "mailroom.key").write_text(key, encoding="ascii")
    signer = Keys.of([backup_key.recipient], key).public_signer
    identity_file(folder).write_text(backup_key.written(signer), encoding="ascii")
    (folder / "config.toml").write_text(_configuration(backup_key.recipient), encoding="utf-8")
    settings = configuration.load(folder / "config.toml")
    with house.opened(settings) as open_house:
        fill(open_house)
    return settings


def _held(mark: Path) -> bool:
    """Whether the mark is this process's now, for as long as it lives: nobody then takes the folder away under it."""
    held = os.open(mark, os.O_RDWR)
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(held)
        return False
    return True


def sign_in_link(open_house: House, pages: str) -> str:
    """An address that signs its first visitor in, once."""
    with open_house.database.writing() as session:
        account = accounts.find_account(session, USER_NAME)
        assert account is not None
        return f"{pages}/link/{accounts.make_link(session, account, LinkPurpose.SIGN_IN, open_house.clock())}"


def _configuration(recipient: str) -> str:
    """The example with another body, free loopback ports, letters that go into a folder, and two backup sites."""
    answers = {
        ("body", "name"): BODY,
        ("body", "contact_address"): "help@mailroom.example",
        ("ingest", "addresses"): [FORMS_ADDRESS],
        ("ingest", "port"): 0,
        ("ingest", "hostname"): "mailroom.example",
        ("records", "reserve_bytes"): 0,
        ("notifications", "capture_folder"): "outbox",
        ("notifications", "max_per_minute"): 600,
        ("scheduler", "backup_sites"): ["backup-one", "backup-two"],
        ("scheduler", "backup_recipients"): [recipient],
        ("web", "port"): 0,
        ("web", "demo"): True,
        ("web", "second_factor"): False,
        ("mailroom", "secret_key_file"): "mailroom.key",
    }
    lines, table = [], ""
    for line in example().splitlines():
        if line.startswith("["):
            table = line.strip("[]")
        key = line.partition(" = ")[0]
        lines.append(f"{key} = {json.dumps(answers[table, key])}" if (table, key) in answers else line)
    return "\n".join(lines) + "\n"


def fill(open_house: House) -> None:
    """Put the reviewer, the schools, their terms and their ECTs on record."""
    now = open_house.clock()
    today = local_day(now)
    with open_house.database.writing() as session:
        accounts.add_account(
            session,
            user_name=USER_NAME,
            first_name="Demo",
            last_name="Reviewer",
            roles=[Role.ADMINISTRATOR],
            now=now,
            actor=ACTOR,
        )
        for term in cast.terms_around(today):
            session.add(CalendarTerm(name=term.name, starts_on=term.starts_on, ends_on=term.ends_on))
        schools = {facts.urn: _school(session, facts, open_house) for facts in cast.SCHOOLS}
        for ect in cast.ECTS:
            _ect(session, ect, schools[ect.school.urn], open_house)


def _school(session: Session, facts: SchoolFacts, open_house: House) -> School:
    now = open_house.clock()
    domain = facts.address[facts.address.index("@") :]
    school = register_school(session, name=facts.name, urn=facts.urn, addresses=[domain], now=now)
    first, _, last = facts.tutor.rpartition(" ")
    tutor = people.register_person(session, first_name=first, last_name=last, now=now, address=facts.tutor_address)
    people.add_membership(session, tutor, school, Role.INDUCTION_TUTOR)
    return school


def _ect(session: Session, facts: EctFacts, school: School, open_house: House) -> None:
    now = open_house.clock()
    person = people.register_person(
        session, first_name=facts.first_name, last_name=facts.last_name, trn=facts.trn, date_of_birth=facts.born, now=now
    )
    starts_on = cast.started_on(facts, local_day(now))
    tutor = people.holders(session, school, Role.INDUCTION_TUTOR, local_day(now))[0]
    induction = start_induction(session, person, school, starts_on=starts_on, tutor=tutor, actor=ACTOR, now=now)
    reschedule(session, induction, ACTOR, now)
