"""What was handed to whom outside: every disclosure of somebody's record, with its ground and who authorised it."""

from __future__ import annotations

import uuid
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from records.models.base import Base, Keyed, Retention, UtcDateTime, choice
from records.models.inductions import Induction


class DisclosureKind(StrEnum):
    TRANSFER = "transfer"
    """The record of an ECT who moves to another school or appropriate body."""
    EVIDENCE_PACK = "evidence_pack"


class DisclosureGround(StrEnum):
    """Why it may be handed over."""

    NEW_BODY = "new_body"
    """The appropriate body that takes over asks for assessments (statutory guidance 2.75)."""
    NEW_HEADTEACHER = "new_headteacher"
    """The new headteacher asks for reviews and reports (2.75)."""
    ECT_ASKED = "ect_asked"
    APPEAL = "appeal"
    INSPECTION = "inspection"


class HandedOver(StrEnum):
    DOWNLOAD = "download"
    LINK = "link"


class Disclosure(Keyed, Base):
    """One handing over. A link is kept as a hash and asks for a typed code: mail scanners open links before people do."""

    __tablename__ = "disclosure"
    retention = Retention.RECORD

    induction_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("induction.id"), index=True)
    kind: Mapped[DisclosureKind] = mapped_column(choice(DisclosureKind))
    ground: Mapped[DisclosureGround] = mapped_column(choice(DisclosureGround))
    note: Mapped[str | None] = mapped_column(sa.Text)
    recipient: Mapped[str] = mapped_column(sa.String(300))
    """The body, school or person it goes to."""
    recipient_address: Mapped[str | None] = mapped_column(sa.String(320))
    how: Mapped[HandedOver] = mapped_column(choice(HandedOver))
    authorised_by_id: Mapped[uuid.UUID | None] = mapped_column(sa.ForeignKey("account.id"))
    authorised_at: Mapped[datetime] = mapped_column(UtcDateTime())
    content: Mapped[dict[str, Any]] = mapped_column(sa.JSON(), default=dict)
    """The manifest of what was handed over: names of files with their sha256."""
    link_hash: Mapped[str | None] = mapped_column(sa.String(64), unique=True)
    code_hash: Mapped[str | None] = mapped_column(sa.String(64))
    code_tries: Mapped[int] = mapped_column(default=0)
    expires_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    collected_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    """When it was first fetched."""

    induction: Mapped[Induction] = relationship()
