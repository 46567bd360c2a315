"""The numbers of statutory induction, each with the paragraph it comes from. A body may set them; the rules take them as they are.

"2.30" is a paragraph of "Induction for early career teachers (England)", April 2024; "reg" a regulation of SI 2012/1115 as
amended by SI 2021/385; "Sch 3" its third schedule. Where neither gives a number, the sentence says that it is our own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class Guidance:
    """One body's reading of the rules."""

    standard_terms: Decimal = Decimal(6)
    """Terms of induction, full-time equivalent (2.30; reg 7)."""
    nqt_terms: Decimal = Decimal(3)
    """Terms of an induction under the rules before September 2021 (reg 7 as made)."""
    shortest_post_terms: Decimal = Decimal(1)
    """Continuous employment in one post below which nothing counts, in calendar terms whatever the hours (2.33; each of several
    posts at once, 3.14)."""
    shortest_induction_terms: Decimal = Decimal(1)
    """To what an induction may be reduced at most (3.2; reg 7(3))."""
    absence_threshold_days: Decimal = Decimal(30)
    """From this many days absent in a part on, the part is extended by all of them (3.6; SI 2021/385: "30 or
    more days in either the first or the second part")."""
    absence_threshold_pro_rata: bool = False
    """Whether the threshold shrinks with the hours ("or equivalent for part-time teachers", 3.6). Our default: as the law's
    number stands."""
    school_days_in_term: Decimal = Decimal(65)
    """By which days become terms: a school year of 195 days, as the DfE's own service reckons."""
    late_start_share: Decimal = Decimal("0.5")
    """Who starts after this share of a term has no review in it (2.48)."""
    review_too_near_days: int = 42
    """A review this near before a formal assessment is not needed (2.49: less than a term; terms end on fixed days, so half
    of one tells them apart; our own number)."""
    return_days: int = 28
    """How long after coming back an assessment is due that fell into an absence (2.48 says "when back"; our own number)."""
    slack_terms: Decimal = Decimal("0.05")
    """Terms still count as whole where this little is missing: terms do not begin and end on the same weekday (our own)."""

    recommendation_days: int = 10
    """Working days for the head's recommendation, beginning with the end of induction (reg 11(3))."""
    representation_days: int = 10
    """Working days for the ECT's representations, beginning with the recommendation's receipt (reg 11(4))."""
    decision_days: int = 20
    """Working days for the body's decision, beginning with the recommendation's receipt (reg 11(5))."""
    notice_days: int = 3
    """Working days for the written notice, beginning with the decision (reg 11(7))."""
    appeal_days: int = 20
    """Working days for an appeal, beginning with the day the notice counts as received (Sch 3 para 2)."""
    appeal_reply_days: int = 20
    """Working days for the body's reply to an appeal, beginning with the receipt of its copy (Sch 3 para 6)."""
    deemed_receipt_days: int = 2
    """A notice sent by email counts as received on the second day after (reg 18): calendar days."""
    dispute_days: int = 20
    """Working days to settle a dispute about an induction. Our own number."""
    concern_days: int = 10
    """Working days to answer a concern that somebody raised. Our own number."""
    appeal_address: str = "Teaching Regulation Agency, Cheylesmore House, 5 Quinton Road, Coventry CV1 2WT"
    """Where an appeal goes, as the notice must say (reg 11(8)); the address is the one that GOV.UK gives."""
    extra_holidays: frozenset[date] = frozenset()
    """Days that count as bank holidays besides those that the calendar of England knows."""


STANDARD = Guidance()
"""Every number as the sentences above give it."""


def of(session: Session) -> Guidance:
    """The numbers of the installation that a session belongs to (`records.db.Database.guidance`)."""
    found = session.info.get("guidance", STANDARD)
    assert isinstance(found, Guidance)
    return found
