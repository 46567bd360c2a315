"""The settings of the statutory rules. What each number is and where it comes from: `records.guidance`."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from mailroom.config_values import Positive, Table
from records.guidance import Guidance

Terms = Annotated[Decimal, Field(gt=0, le=16)]
Share = Annotated[Decimal, Field(ge=0, le=1)]


class RulesTable(Table):
    """The numbers of the guidance, for the day on which it changes."""

    standard_terms: Terms = Decimal(6)
    nqt_terms: Terms = Decimal(3)
    shortest_post_terms: Terms = Decimal(1)
    shortest_induction_terms: Terms = Decimal(1)
    absence_threshold_days: Annotated[Decimal, Field(gt=0)] = Decimal(30)
    absence_threshold_pro_rata: bool = False
    school_days_in_term: Annotated[Decimal, Field(ge=30, le=120)] = Decimal(65)
    late_start_share: Share = Decimal("0.5")
    review_too_near_days: Positive = 42
    return_days: Positive = 28
    slack_terms: Share = Decimal("0.05")
    recommendation_days: Positive = 10
    representation_days: Positive = 10
    decision_days: Positive = 20
    notice_days: Positive = 3
    appeal_days: Positive = 20
    appeal_reply_days: Positive = 20
    deemed_receipt_days: Annotated[int, Field(ge=0)] = 2
    dispute_days: Positive = 20
    concern_days: Positive = 10
    appeal_address: Annotated[str, Field(min_length=10)] = Guidance().appeal_address
    extra_holidays: list[date] = Field(default_factory=list)
