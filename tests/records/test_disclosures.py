"""Handing records over: every one is noted, a link opens nothing without its code, and dies after ten wrong ones."""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from records import disclosures, holds
from records.db import Database
from records.disclosures import LINK_LASTS, MOST_TRIES, Link, Recipient
from records.models.disclosures import Disclosure, DisclosureGround, DisclosureKind
from records.models.events import Event, EventDetail
from records.models.inductions import Induction
from records.values import Wrong
from tests.support.builders import NOW, an_administrator, an_ect

TO = Recipient("Next Body", DisclosureGround.NEW_BODY, "office@next.example", "asked by telephone")
MANIFEST: dict[str, Any] = {"files": [{"path": "ect.json", "sha256": "0" * 64, "size": 1}]}
KIND = DisclosureKind.TRANSFER


def _details(session: Session, kind: str) -> list[dict[str, Any]]:
    found = sa.select(EventDetail.detail).join(Event, Event.id == EventDetail.event_id).where(Event.kind == kind)
    return list(session.scalars(found))


def _link(session: Session, induction: Induction) -> Link:
    return disclosures.by_link(session, induction, KIND, TO, an_administrator(session), NOW)


def test_a_download_is_noted_with_recipient_ground_authoriser_and_content(database: Database) -> None:
    with database.writing() as session:
        induction, actor = an_ect(session), an_administrator(session)
        row = disclosures.by_download(session, induction, KIND, TO, MANIFEST, actor, NOW)
        assert (row.recipient, row.ground, row.authorised_by_id, row.content) == (
            "Next Body",
            DisclosureGround.NEW_BODY,
            actor.account_id,
            MANIFEST,
        )
        assert disclosures.of_induction(session, induction) == [row]
        assert _details(session, "record_disclosed") == [
            {"recipient": "Next Body", "ground": "new_body", "how": "download", "files": ["ect.json"]}
        ]


def test_a_link_works_with_its_code_until_it_ends_and_can_be_fetched_again(database: Database) -> None:
    with database.writing() as session:
        link = _link(session, an_ect(session))
        row = disclosures.of_link(session, link.token, NOW)
        assert row is not None
        assert link.token not in (row.link_hash or "")
        assert not disclosures.try_code(session, row, link.token, "")
        spaced = f"{link.code[:3]} {link.code[3:]}"
        assert disclosures.try_code(session, row, link.token, spaced)
        disclosures.collected(session, row, MANIFEST, NOW)
        assert disclosures.of_link(session, link.token, NOW + timedelta(days=1)) is row
        assert disclosures.of_link(session, link.token, NOW + LINK_LASTS) is None
        assert disclosures.of_link(session, "other", NOW) is None
        assert len(_details(session, "record_disclosed")) == 1


def test_a_link_dies_after_ten_wrong_codes_even_for_the_right_one(database: Database) -> None:
    with database.writing() as session:
        link = _link(session, an_ect(session))
        wrong = "000000" if link.code != "000000" else "111111"
        for _ in range(MOST_TRIES):
            row = disclosures.of_link(session, link.token, NOW)
            assert row is not None
            assert not disclosures.try_code(session, row, link.token, wrong)
        assert disclosures.of_link(session, link.token, NOW) is None


def test_a_withdrawn_link_no_longer_works(database: Database) -> None:
    with database.writing() as session:
        link = _link(session, an_ect(session))
        disclosures.withdraw(session, link.disclosure, an_administrator(session, "second"), NOW)
        assert disclosures.of_link(session, link.token, NOW) is None
        assert len(_details(session, "disclosure_withdrawn")) == 1


def test_a_record_that_may_only_be_stored_is_not_handed_over(database: Database) -> None:
    with database.writing() as session:
        induction, actor = an_ect(session), an_administrator(session)
        holds.place(session, induction.person, reason="asked", actor=actor, now=NOW, restricts=True)
        with pytest.raises(Wrong, match="only be stored"):
            disclosures.by_download(session, induction, KIND, TO, MANIFEST, actor, NOW)
        assert session.scalars(sa.select(Disclosure)).all() == []
