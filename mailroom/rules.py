"""The numbers of the guidance as an installation sets them."""

from __future__ import annotations

from mailroom.config_rules import RulesTable
from records.guidance import Guidance


def guidance(table: RulesTable) -> Guidance:
    return Guidance(
        standard_terms=table.standard_terms,
        nqt_terms=table.nqt_terms,
        shortest_post_terms=table.shortest_post_terms,
        shortest_induction_terms=table.shortest_induction_terms,
        absence_threshold_days=table.absence_threshold_days,
        absence_threshold_pro_rata=table.absence_threshold_pro_rata,
        school_days_in_term=table.school_days_in_term,
        late_start_share=table.late_start_share,
        review_too_near_days=table.review_too_near_days,
        return_days=table.return_days,
        slack_terms=table.slack_terms,
        recommendation_days=table.recommendation_days,
        representation_days=table.representation_days,
        decision_days=table.decision_days,
        notice_days=table.notice_days,
        appeal_days=table.appeal_days,
        appeal_reply_days=table.appeal_reply_days,
        deemed_receipt_days=table.deemed_receipt_days,
        dispute_days=table.dispute_days,
        concern_days=table.concern_days,
        appeal_address=table.appeal_address,
        extra_holidays=frozenset(table.extra_holidays),
    )
