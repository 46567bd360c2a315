"""The words for what happened: each kind of event, and what changed by it in one line, from the value before to that after."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from records.decisions import REASONS
from records.entry_forms import FORMS
from records.facts import INDUCTION_FACTS, PERSON_FACTS, SCHOOL_FACTS, words_of
from records.values import counted, iso_date, spoken_date
from web.words import document_kind, field_title, form_title, value_words

EVENT: dict[str, str] = {
    "communication_visibility_set": "Who may see a conversation was changed",
    "invited": "An invitation to sign in was sent",
    "second_factor_connected": "An authenticator app was connected",
    "second_factor_reset": "An authenticator app was taken away",
    "recovery_codes_made": "New recovery codes were made",
    "identity_connected": "An account at the sign-in provider was connected",
    "identity_disconnected": "An account at the sign-in provider was disconnected",
    "training_noted": "Training in data protection was noted",
    "interest_declared": "A conflict of interest was declared",
    "interest_ended": "A conflict of interest ended",
    "induction_started": "Induction registered",
    "submission_drafted": "A form was read",
    "submission_typed_in": "A form was typed in by hand",
    "submission_assigned": "A form was assigned to this ECT",
    "submission_in_review": "A decision was taken back",
    "submission_accepted": "A form was accepted",
    "submission_returned": "A form was sent back",
    "submission_rejected": "A form was marked as not valid",
    "submission_superseded": "A form was replaced by a later one",
    "assessment_accepted": "An assessment was completed",
    "late_form_filed": "A form that came after the outcome was filed",
    "registration_corrected": "The registration was corrected",
    "induction_pass": "The induction was passed",
    "induction_fail": "The induction was failed",
    "induction_released": "The ECT left before completing",
    "induction_extended": "The induction was extended",
    "hold_placed": "The record was put on hold",
    "hold_lifted": "The hold was lifted",
    **{
        f"{form.entry.value}_{done}": f"{form.title}: {told}"
        for form in FORMS.values()
        for done, told in (("entered", "entered"), ("corrected", "corrected"), ("withdrawn", "taken back"))
    },
    "outcome_taken_back": "The outcome was taken back",
    "extension_taken_back": "The extension was taken back",
    "notice_recorded": "The day of the written notice was noted",
    "notice_not_served": "The written notice did not arrive: its day counts no more",
    "case_opened": "A case was opened",
    "case_changed": "A case was changed",
    "case_paper_added": "A document was put with a case",
    "case_closed": "A case was closed",
    "case_reopened": "A case was opened again",
    "rescheduled": "What is expected was worked out anew",
    "notice_asked": "A letter was asked for",
    "assessment_chosen": "The assessment that a form answers was chosen",
    "value_corrected": "A value was corrected",
    "value_confirmed": "A value was confirmed",
    "kind_corrected": "The kind of form was corrected",
    "corrections_kept": "What people had put right went over to the new reading",
    "layout_learnt": "A form taught where its fields stand",
    "layout_forgotten": "What forms had taught was forgotten",
    "document_filed": "A document was filed",
    "communication_logged": "A conversation was noted",
    "tutor_set": "The induction tutor was changed by the school",
    "post_moved_to_successor": "The post moved to the school that took the place of one that closed",
    "role_moved_to_successor": "A role moved to the school that took the place of one that closed",
    "history_imported": "A history from another system was taken in",
    "ect_imported": "The record came in from another system",
    "papers_imported": "Papers came in from another system",
    "record_disclosed": "The record was handed over",
    "disclosure_offered": "A link to the record was made for somebody outside",
    "disclosure_withdrawn": "A link to the record was stopped",
    "transfer_taken_in": "The record came from another appropriate body",
    "fact_corrected": "A fact was corrected",
    "leaver_accepted": "The ECT leaves the school",
    "colleague_set": "A form named the tutor or the mentor",
    "colleague_corrected": "The induction tutor or the mentor was corrected",
    "fact_added": "A fact was added",
    "fact_removed": "A fact was taken out",
    "everything_exported": "Everything on record was written to files",
    "dfe_refused": "The DfE’s service sent a row back",
    "dfe_refusal_settled": "What the DfE sent back was dealt with",
    "schools_imported": "The register of schools was taken in",
}
"""History in words. A kind without a row is shown as its own name with spaces."""
CHANGED: dict[str, str] = {
    "trn": "TRN",
    "fte": "Full-time equivalent",
    "qts_on": "QTS awarded",
    **{asked.key: asked.title for form in FORMS.values() for asked in form.asked},
    "starts_on": "First day",
    "owner_id": "Owner",
    "notice_sent_on": "Written notice sent",
    "decided_on": "Decided",
    "completed_on": "Completed",
    "due_on": "Due",
}
"""Facts as a line of history names them; others by their own name."""
FACTS = {**PERSON_FACTS, **INDUCTION_FACTS, **SCHOOL_FACTS}
"""What a correction in the history is about."""


def event_words(kind: str) -> str:
    return EVENT.get(kind) or kind.replace("_", " ").capitalize()


def event_detail(kind: str, detail: Mapping[str, Any]) -> str:
    """What changed, in one line: both the value before and the value after. Empty where the kind says it all."""
    if kind == "value_corrected":
        key = str(detail.get("key"))
        before, after = (value_words(detail.get(side), key) or "nothing" for side in ("before", "after"))
        return f"{field_title(key)}: “{before}” became “{after}”"
    if kind == "value_confirmed":
        return field_title(str(detail.get("key")))
    if kind == "kind_corrected":
        return f"“{form_title(detail.get('before'))}” became “{form_title(detail.get('after'))}”"
    if kind == "submission_returned":
        return ". ".join(REASONS.get(code, code) for code in str(detail.get("why", "")).split("; "))
    simple = _SIMPLE_DETAIL.get(kind)
    return simple(detail) if simple else ""


def _ending_words(detail: Mapping[str, Any]) -> str:
    """How an induction ended: the day, the terms, and the notice where there was one. Empty once it was erased."""
    said = []
    if detail.get("on"):
        said.append(f"on {spoken_date(iso_date(detail['on']))}")
    if detail.get("terms"):
        said.append(counted(Decimal(detail["terms"]), "term"))
    if detail.get("notice_sent_on"):
        said.append(f"written notice sent on {spoken_date(iso_date(detail['notice_sent_on']))}")
    text = ", ".join(said)
    more = [f"Although: {'; '.join(detail['despite'])}"] if detail.get("despite") else []
    more += [f"Why: {detail['why']}"] if detail.get("why") else []
    return ". ".join([one for one in (text[:1].upper() + text[1:], *more) if one])


def _changes_words(detail: Mapping[str, Any]) -> str:
    """Each fact that was changed, before and after, and why."""
    said = [
        f"{CHANGED.get(key, key.replace('_', ' ').capitalize())}: “{before or 'nothing'}” became “{after or 'nothing'}”"
        for key, (before, after) in detail.get("changes", {}).items()
        if not key.endswith("_id")
    ]
    said += [f"{CHANGED[key]} changed" for key in detail.get("changes", {}) if key.endswith("_id")]
    return ". ".join([*said, *([f"Why: {detail['why']}"] if detail.get("why") else [])])


def _fact_words(detail: Mapping[str, Any]) -> str:
    """The value before and after, and why. Empty once it was erased."""
    spec = FACTS.get(str(detail.get("fact")))
    if spec is None:
        return ""
    before, after = (words_of(spec, detail.get(side)) or "not known" for side in ("before", "after"))
    return f"{spec.title}: “{before}” became “{after}”. {detail.get('why', '')}"


_SIMPLE_DETAIL: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "fact_corrected": _fact_words,
    "fact_added": lambda detail: str(detail.get("said", "")),
    "fact_removed": lambda detail: ". ".join(str(detail[key]) for key in ("said", "why") if detail.get(key)),
    "colleague_set": lambda detail: (
        f"{detail.get('before') or 'Nobody'} became {detail['after']}" if detail.get("after") else ""
    ),
    "leaver_accepted": lambda detail: (
        f"On {spoken_date(iso_date(detail['leaving_date']))}"
        + (f", to {detail['next_school']}" if detail.get("next_school") else "")
        if detail.get("leaving_date")
        else ""
    ),
    "record_disclosed": lambda detail: f"To {detail['recipient']}" if detail.get("recipient") else "",
    "disclosure_offered": lambda detail: f"For {detail['recipient']}" if detail.get("recipient") else "",
    "transfer_taken_in": lambda detail: f"From {detail['from']}" if detail.get("from") else "",
    "interest_declared": lambda detail: str(detail.get("reason", "")),
    "document_filed": lambda detail: document_kind(detail.get("filed_as")),
    "induction_pass": _ending_words,
    "induction_fail": _ending_words,
    "induction_released": _ending_words,
    "induction_extended": _ending_words,
    "registration_corrected": _changes_words,
    "case_changed": _changes_words,
    "tutor_set": _changes_words,
    "colleague_corrected": _changes_words,
    "outcome_taken_back": _changes_words,
    "extension_taken_back": _changes_words,
    "notice_recorded": _changes_words,
    "notice_not_served": _changes_words,
    "case_reopened": _changes_words,
    **{f"{entry.value}_{done}": _changes_words for entry in FORMS for done in ("entered", "corrected", "withdrawn")},
    "hold_placed": lambda detail: str(detail.get("reason", "")),
    "dfe_refused": lambda detail: str(detail.get("message", "")),
    "hold_lifted": lambda detail: str(detail.get("reason", "")),
}
