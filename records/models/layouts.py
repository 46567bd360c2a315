"""What reviewers' corrections have taught about the design of forms: places, never people's values."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from records.models.base import Base, Keyed, Retention, UtcDateTime


class Layout(Base):
    """One design of a form, by fingerprint."""

    __tablename__ = "layout"
    retention = Retention.REFERENCE

    id: Mapped[str] = mapped_column(sa.String(100), primary_key=True)
    form_kind: Mapped[str | None] = mapped_column(sa.String(40))
    signature: Mapped[list[Any]] = mapped_column(sa.JSON(), default=list)
    """The normalised labels in order, for near matches."""
    first_seen_at: Mapped[datetime] = mapped_column(UtcDateTime())
    last_seen_at: Mapped[datetime] = mapped_column(UtcDateTime())
    papers: Mapped[int] = mapped_column(default=0)
    title: Mapped[str | None] = mapped_column(sa.String(300))

    anchors: Mapped[list[LayoutAnchor]] = relationship(back_populates="layout")


class LayoutAnchor(Keyed, Base):
    """Where a field's value stands in a layout, and how often that proved right."""

    __tablename__ = "layout_anchor"
    __table_args__ = (sa.UniqueConstraint("layout_id", "field"),)
    retention = Retention.REFERENCE

    layout_id: Mapped[str] = mapped_column(sa.ForeignKey("layout.id"))
    field: Mapped[str] = mapped_column(sa.String(40))
    anchor: Mapped[dict[str, Any]] = mapped_column(sa.JSON())
    agreements: Mapped[int] = mapped_column(default=0)
    contradictions: Mapped[int] = mapped_column(default=0)
    learnt_from_id: Mapped[uuid.UUID | None] = mapped_column(sa.Uuid())
    """The submission it was learnt from, for as long as that exists."""
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime())

    layout: Mapped[Layout] = relationship(back_populates="anchors")
