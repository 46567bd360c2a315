"""Letters inside a signature are opened; encrypted ones are told apart."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.sealed import signed_letter
from tests.support import letters

INNER = letters.letter(("form.pdf", letters.PDF * 40))


@pytest.mark.parametrize("in_pieces", [True, False])
def test_the_letter_inside_a_signature_comes_out_whole(in_pieces: bool) -> None:
    assert signed_letter(letters.signed(INNER, in_pieces=in_pieces)) == INNER


def test_armour_is_taken_off() -> None:
    armoured = b"-----BEGIN PKCS7-----\n" + base64.encodebytes(letters.signed(INNER, in_pieces=False)) + b"-----END PKCS7-----"
    assert signed_letter(armoured) == INNER


def test_what_is_encrypted_or_something_else_stays_closed() -> None:
    package = letters.signed(INNER, in_pieces=False)
    enveloped = package.replace(bytes.fromhex("2a864886f70d010702"), bytes.fromhex("2a864886f70d010703"))
    assert signed_letter(enveloped) is None
    assert signed_letter(b"") is None
    assert signed_letter(package[:100]) is None


@given(st.integers(0, 120), st.binary(min_size=1, max_size=4), st.booleans())
def test_any_damage_is_survived(place: int, damage: bytes, in_pieces: bool) -> None:
    package = letters.signed(b"x" * 50, in_pieces=in_pieces)
    found = signed_letter(package[:place] + damage + package[place + len(damage) :])
    assert found is None or isinstance(found, bytes)
