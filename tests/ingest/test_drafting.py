"""The dictionary from readings to drafts."""

from ingest.drafting import NI_NUMBER, draft_of
from parsers.forms import FIELD_TYPES, Evidence, ExtractedForm, FormKind, Reading, Status
from records.fields import BY_KEY, FIELDS, FORM_KINDS


def _form(**readings: Reading) -> ExtractedForm:
    return ExtractedForm(
        kind=FormKind.PROGRESS_REVIEW,
        kind_status=Status.CHECK,
        kind_reason="Two titles",
        blank=False,
        reader="word/1",
        layout="x",
        fields=readings,
        warnings=("an old version",),
    )


def test_both_rooms_know_the_same_fields_and_kinds() -> None:
    assert set(BY_KEY) == set(FIELD_TYPES)
    assert {key: value.value for key, value in FIELD_TYPES.items()} == {spec.key: spec.kind.value for spec in FIELDS}
    assert set(FORM_KINDS) == {kind.value for kind in FormKind}
    assert NI_NUMBER in BY_KEY


def test_a_reading_becomes_a_draft_in_the_records_words_and_order() -> None:
    draft = draft_of(
        _form(
            on_track=Reading(True, "Yes", Status.CLEAR, evidence=(Evidence(part="table 1, row 2, cell 2"),)),
            remaining_at_school=Reading(False, "No", Status.CHECK, "Two boxes are ticked"),
            trn=Reading("1234567", "12/34567", Status.CLEAR),
            ect_name=Reading(None, None, Status.MISSING),
        )
    )
    assert (draft.kind, draft.kind_status, draft.kind_reason) == ("progress_review", "check", "Two titles")
    assert draft.warnings == ("an old version",)
    assert [(one.key, one.value, one.raw, one.status, one.reason) for one in draft.values] == [
        ("ect_name", None, None, "missing", None),
        ("trn", "1234567", "12/34567", "clear", None),
        ("remaining_at_school", "false", "No", "check", "Two boxes are ticked"),
        ("on_track", "true", "Yes", "clear", None),
    ]
    assert draft.values[3].evidence == ({"part": "table 1, row 2, cell 2"},)
