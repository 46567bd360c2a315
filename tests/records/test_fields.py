"""The record's fields and the readers' fields are the same list, kept apart because their rooms never meet."""

from parsers.forms import FIELD_TYPES, FormKind
from records.fields import ASSESSMENT_KINDS, BY_KEY, FIELDS, FORM_KINDS, KIND_FIELDS, REQUIRED


def test_keys_and_kinds_equal_those_of_the_readers() -> None:
    assert {spec.key: spec.kind.value for spec in FIELDS} == {key: kind.value for key, kind in FIELD_TYPES.items()}
    assert set(FORM_KINDS) == {kind.value for kind in FormKind}


def test_no_field_stands_twice() -> None:
    assert len(BY_KEY) == len(FIELDS)


def test_every_kind_can_be_typed_in_with_known_fields() -> None:
    assert set(KIND_FIELDS) == set(FORM_KINDS)
    assert set(REQUIRED) <= set(FORM_KINDS)
    assert set(FORM_KINDS) >= ASSESSMENT_KINDS
    for kind, keys in KIND_FIELDS.items():
        assert set(keys) <= set(BY_KEY)
        assert set(REQUIRED.get(kind, ())) <= set(keys)
