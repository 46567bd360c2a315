"""Every leaf of a message is listed with what was decided about it and why."""

import hashlib
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.contents import Contents, Listed, take_apart
from ingest.encodings import BROKEN_BASE64
from ingest.mime import TOO_DEEP
from parsers.zipped import LOCKED
from records.blobs import Kept
from records.models.post import AttachmentDecision as Decision
from tests.support import letters

SAFETY_SECONDS = 5.0
"""Of the processor."""


class Store:
    """What was kept, in memory."""

    def __init__(self) -> None:
        self.content: dict[str, bytes] = {}

    def keep(self, content: bytes) -> Kept:
        sha256 = hashlib.sha256(content).hexdigest()
        self.content[sha256] = content
        return Kept(sha256, len(content))


def _listed(raw: bytes) -> list[tuple[str, str, Decision]]:
    return [(line.path, line.name, line.decision) for line in take_apart(raw, Store().keep).listed]


def _only(contents: Contents, path: str) -> Listed:
    (line,) = [line for line in contents.listed if line.path == path]
    return line


def test_a_letter_with_a_form_is_a_body_and_a_paper_whose_bytes_are_kept() -> None:
    store = Store()
    contents = take_apart(letters.letter(("form.pdf", letters.PDF)), store.keep)
    body, paper = contents.listed
    assert (body.decision, body.kept) == (Decision.BODY, None)
    assert (paper.name, paper.decision, paper.true_type, paper.problem) == ("form.pdf", Decision.PAPER, "pdf", None)
    assert paper.kept
    assert store.content[paper.kept.sha256] == letters.PDF
    assert contents.words == "Please find the form attached."


def test_a_scanners_mail_that_is_nothing_but_a_pdf_is_a_paper() -> None:
    raw = b"From: scanner@hill.example\r\nContent-Type: application/pdf; name=scan.pdf\r\n\r\n" + letters.PDF
    assert _listed(raw) == [("1", "scan.pdf", Decision.PAPER)]
    assert _listed(letters.PDF) == [("1", "Unnamed part 1", Decision.PAPER)]


def test_type_and_disposition_do_not_hide_a_paper() -> None:
    inline = letters.part(letters.PDF, b"Content-Type: text/plain; name=form.txt", b"Content-Disposition: inline")
    alternative = letters.raw_letter(b"\r\ntext", inline, subtype="alternative")
    assert _listed(alternative)[1] == ("2", "form.txt", Decision.PAPER)


def test_a_name_that_is_a_path_is_shown_without_it_and_told() -> None:
    line = _only(take_apart(letters.letter(("../../etc/passwd", letters.PDF)), Store().keep), "2")
    assert line.name == "passwd"
    assert "“../../etc/passwd”" in line.reason


def test_a_name_that_turns_itself_round_is_shown_straight() -> None:
    line = _only(take_apart(letters.letter(("form\u202efdp.exe", letters.PDF)), Store().keep), "2")
    assert line.name == "formfdp.exe"
    assert "\\x202e" in line.reason


def test_only_a_small_picture_that_the_text_shows_is_set_aside_as_a_logo() -> None:
    html = b'Content-Type: text/html\r\n\r\n<img src="cid:logo"><img src="cid:page">'
    logo = letters.part(letters.picture(300, 80), b"Content-Type: image/png; name=logo.png", b"Content-ID: <logo>")
    page = letters.part(letters.picture(1240, 1754), b"Content-Type: image/png; name=page.png", b"Content-ID: <page>")
    loose = letters.part(letters.picture(300, 80), b"Content-Type: image/png; name=loose.png", b"Content-ID: <loose>")
    contents = take_apart(letters.raw_letter(html, logo, page, loose, subtype="related"), Store().keep)
    assert [line.decision for line in contents.listed] == [Decision.BODY, Decision.SET_ASIDE, Decision.PAPER, Decision.PAPER]
    assert "logo" in contents.listed[1].reason
    assert contents.listed[1].kept


def test_a_letter_inside_is_a_container_before_what_it_holds() -> None:
    inner = letters.letter(("form.pdf", letters.PDF), sender="Head <head@hill.example>", subject="The form")
    for encoded in (b"Content-Type: message/rfc822\r\n\r\n" + inner, letters.part(inner, b"Content-Type: message/rfc822")):
        contents = take_apart(letters.raw_letter(b"\r\nSee below", encoded), Store().keep)
        assert [(line.path, line.parent, line.decision) for line in contents.listed] == [
            ("1", None, Decision.BODY),
            ("2", None, Decision.CONTAINER),
            ("2 > 1", "2", Decision.BODY),
            ("2 > 2", "2", Decision.PAPER),
        ]
        assert contents.listed[1].name == "The form"
        assert "head@hill.example" in contents.listed[1].reason
        assert contents.words == "See below"


def test_an_eml_file_is_opened_by_its_bytes() -> None:
    inner = letters.letter(("form.pdf", letters.PDF))
    assert [path for path, _, _ in _listed(letters.letter(("forwarded.eml", inner)))] == ["1", "2", "2 > 1", "2 > 2"]


def test_an_archive_is_opened_and_litter_in_it_is_listed_but_not_read() -> None:
    content = letters.archive(("forms/a.pdf", letters.PDF), ("__MACOSX/._a.pdf", b"\0\5\x16\7"), ("b.pdf", letters.PDF + b"2"))
    assert _listed(letters.letter(("forms.zip", content)))[1:] == [
        ("2", "forms.zip", Decision.CONTAINER),
        ("2 > 1", "a.pdf", Decision.PAPER),
        ("2 > 2", "._a.pdf", Decision.SET_ASIDE),
        ("2 > 3", "b.pdf", Decision.PAPER),
    ]


def test_outlooks_package_is_opened_and_its_files_have_their_long_names() -> None:
    content = letters.winmail(("Féte review.pdf", letters.PDF), ("b.pdf", letters.PDF + b"2"))
    assert _listed(letters.letter(("winmail.dat", content)))[1:] == [
        ("2", "winmail.dat", Decision.CONTAINER),
        ("2 > 1", "Féte review.pdf", Decision.PAPER),
        ("2 > 2", "b.pdf", Decision.PAPER),
    ]


def test_a_signed_letter_is_opened_like_one_inside() -> None:
    inner = letters.letter(("form.pdf", letters.PDF), sender="Head <head@hill.example>")
    head = b"From: office@hill.example\r\n"
    raw = head + letters.part(letters.signed(inner, in_pieces=True), b"Content-Type: application/pkcs7-mime; name=smime.p7m")
    contents = take_apart(raw, Store().keep)
    assert [(line.path, line.decision) for line in contents.listed] == [
        ("1", Decision.CONTAINER),
        ("1 > 1", Decision.BODY),
        ("1 > 2", Decision.PAPER),
    ]


def test_what_nobody_can_open_says_what_to_ask_for() -> None:
    encrypted = bytes.fromhex("308006092a864886f70d010703") + b"\xa0\x80" + b"\0" * 100
    outlook = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "__properties_version1.0".encode("utf-16-le")
    for name, content in (("smime.p7m", encrypted), ("a.msg", outlook), ("forms.zip", letters.locked_archive())):
        line = _only(take_apart(letters.letter((name, content)), Store().keep), "2")
        assert line.decision is Decision.CONTAINER
        assert line.kept
        assert "Please ask for" in (line.problem or "")
    assert line.problem == LOCKED


def test_a_uuencoded_file_in_the_text_is_listed() -> None:
    raw = b"From: a@b.example\r\n\r\nHello\r\nbegin 644 form.txt\r\n#86)C\r\n`\r\nend\r\n"
    contents = take_apart(raw, Store().keep)
    assert [(line.path, line.name, line.size) for line in contents.listed] == [
        ("1", "Text of the letter", 7),
        ("1.u1", "form.txt", 3),
    ]
    assert contents.words == "Hello"


def test_a_broken_encoding_is_remarked_at_the_paper_and_at_the_letter() -> None:
    broken = letters.part(letters.PDF * 9, b"Content-Type: application/pdf; name=form.pdf")
    contents = take_apart(letters.raw_letter(b"\r\ntext", broken[:-5] + b"!\r\n"), Store().keep)
    assert BROKEN_BASE64 in _only(contents, "2").reason
    assert contents.remarks == (f"form.pdf: {BROKEN_BASE64}",)


def test_a_delivery_report_is_listed_without_papers() -> None:
    raw = letters.raw_letter(
        b"\r\nYour mail did not arrive",
        b"Content-Type: message/delivery-status\r\n\r\nAction: failed",
        b"Content-Type: text/rfc822-headers\r\n\r\nSubject: x",
        subtype="report",
    )
    assert [decision for _, _, decision in _listed(raw)] == [Decision.BODY, Decision.SET_ASIDE, Decision.SET_ASIDE]


def test_letters_in_letters_stop_at_their_limit_with_a_reason() -> None:
    contents = take_apart(letters.deep_letters(), Store().keep)
    assert contents.listed[-1].problem == TOO_DEEP
    assert len(contents.listed) == 11


def test_the_same_leaves_have_the_same_digests_in_whatever_encoding() -> None:
    plain = letters.raw_letter(b"Content-Type: application/pdf\r\n\r\n" + letters.PDF)
    encoded = letters.raw_letter(letters.part(letters.PDF, b"Content-Type: application/pdf"))
    assert take_apart(plain, Store().keep).digests == take_apart(encoded, Store().keep).digests


@pytest.mark.parametrize("what", sorted(letters.NASTY))
def test_a_nasty_letter_is_listed_in_time(what: str) -> None:
    raw = letters.NASTY[what]()
    begun = time.process_time()
    contents = take_apart(raw, Store().keep)
    assert time.process_time() - begun < SAFETY_SECONDS
    _holds_together(contents)


def _holds_together(contents: Contents) -> None:
    """Every leaf has a place of its own, a name, and words for what was decided; containers stand before their contents."""
    paths = [line.path for line in contents.listed]
    assert paths
    assert len(paths) == len(set(paths))
    for place, line in enumerate(contents.listed):
        assert line.name
        assert line.reason or line.problem
        assert len(line.path) < 500
        assert line.parent is None or line.parent in paths[:place]


PIECES = st.sampled_from(
    [
        b"From: a@b.example\r\n",
        b"Content-Type: multipart/mixed; boundary=b\r\n",
        b"Content-Type: message/rfc822\r\n",
        b"Content-Type: text/html\r\n",
        b"Content-Type: application/zip; name=a.zip\r\n",
        b"Content-Transfer-Encoding: base64\r\n",
        b"Content-ID: <c>\r\n",
        b"\r\n",
        b"--b\r\n",
        b"--b--\r\n",
        b'<img src="cid:c">',
        b"begin 644 a.doc\n#86)C\n`\nend\n",
        letters.PDF,
        letters.archive(("a.pdf", letters.PDF)),
        letters.picture(10, 10),
    ]
)


@settings(max_examples=200)
@given(st.lists(st.one_of(PIECES, st.binary(max_size=50)), max_size=25))
def test_any_bytes_are_listed_whole(pieces: list[bytes]) -> None:
    _holds_together(take_apart(b"".join(pieces), Store().keep))


def test_every_sample_letter_is_listed_in_time(samples: Path) -> None:
    files = letters.sample_letters(samples)
    assert len(files) > 400
    for file in files:
        begun = time.process_time()
        contents = take_apart(file.read_bytes(), Store().keep)
        assert time.process_time() - begun < SAFETY_SECONDS, file.name
        _holds_together(contents)
