"""What accepted papers have taught about the design of forms: places, never people's values."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from records.models.base import Base, Keyed, Retention, UtcDateTime


class Layout(Keyed, Base):
    """One design of a form."""

    __tablename__ = "layout"
    retention = Retention.REFERENCE

    fingerprint: Mapped[str] = mapped_column(sa.String(100), unique=True)
    """The name by which readings speak of it: `Paper.layout`."""
    form_kind: Mapped[str] = mapped_column(sa.String(40))
    read_as: Mapped[str | None] = mapped_column(sa.String(40))
    """The kind that the reader takes such a paper for by itself; None where it recognises no form."""
    printed: Mapped[list[Any]] = mapped_column(sa.JSON(), default=list)
    """The form's own words as small numbers in order, in rows that end where something was filled in."""
    title: Mapped[str] = mapped_column(sa.String(300), default="")
    """Empty where the title has words that could name somebody."""
    papers: Mapped[int] = mapped_column(default=0)
    first_seen_at: Mapped[datetime] = mapped_column(UtcDateTime())
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime())

    anchors: Mapped[list[LayoutAnchor]] = relationship(
        back_populates="layout", order_by="LayoutAnchor.field", cascade="all, delete-orphan"
    )


class LayoutAnchor(Keyed, Base):
    """Where a field's value stands in a layout, and how often that proved right."""

    __tablename__ = "layout_anchor"
    __table_args__ = (sa.UniqueConstraint("layout_id", "field"),)
    retention = Retention.REFERENCE

    layout_id: Mapped[uuid.UUID] = mapped_column(sa.ForeignKey("layout.id"))
    field: Mapped[str] = mapped_column(sa.String(40))
    anchor: Mapped[dict[str, Any]] = mapped_column(sa.JSON())
    """The place as the readers say it; empty while the form is only known to ask for the field."""
    agreements: Mapped[int] = mapped_column(default=0)
    contradictions: Mapped[int] = mapped_column(default=0)
    learnt_from_id: Mapped[uuid.UUID | None] = mapped_column(sa.Uuid())
    """The submission it was learnt from, for as long as that exists."""
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime())

    layout: Mapped[Layout] = relationship(back_populates="anchors")
