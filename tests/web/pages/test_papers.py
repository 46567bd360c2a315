"""Papers as bytes, and what a person does with an attachment whatever became of its reading."""

import pytest
import sqlalchemy as sa

from records.models.accounts import Account
from records.models.post import Attachment
from records.models.submissions import Submission
from records.states import AttachmentState, SubmissionState
from tests.support import house
from tests.support.house import World, text_of
from web.pages.papers import _original


def one(world: World, name: str) -> Attachment:
    with world.db.reading() as session:
        return session.get_one(Attachment, world.ids[name])


def test_page_picture_is_png_and_is_fetched_once(desk: World) -> None:
    browser = desk.client("reader")
    path = f"/papers/{desk.ids['paper']}/pages/1"
    first = browser.get(path)
    assert first.headers["content-type"] == "image/png"
    assert first.content == house.page_png(1)
    assert first.headers["cache-control"] == "private, no-cache"
    again = browser.get(path, headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert browser.get(f"/papers/{desk.ids['paper']}/pages/9").status_code == 404


def test_picture_is_not_shown_to_someone_signed_out_who_knows_its_address(desk: World) -> None:
    path = f"/papers/{desk.ids['paper']}/pages/1"
    tag = desk.client("reader").get(path).headers["etag"]
    assert desk.client().get(path, headers={"if-none-match": tag}).status_code == 303


def test_original_is_saved_as_it_came_and_never_shown(desk: World) -> None:
    answer = desk.client("assessor").get(f"/attachments/{desk.ids['word']}/original")
    assert answer.content == b"PK word bytes"
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith('attachment; filename="review.docx"')
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in answer.headers["content-security-policy"]


def test_message_is_saved_as_it_came(desk: World) -> None:
    answer = desk.client("assessor").get(f"/inbox/{desk.ids['message']}/original")
    assert answer.content.startswith(b"Subject: Spring review\r\n\r\n")
    assert f"message-{desk.ids['message']}.eml" in answer.headers["content-disposition"]


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\forms\\review.docx", "review.docx"),
        ('a";\r\nSet-Cookie: x=1;".html', "a__Set-Cookie_ x_1__.html"),
        ("\u202efdp.exe", "fdp.exe"),
        ("Ełżbieta.pdf", "E__bieta.pdf"),
        ("..", "attachment"),
        ("", "attachment"),
        ("x" * 400 + ".pdf", "x" * 146 + ".pdf"),
    ],
)
def test_name_of_a_download_is_tame(desk: World, name: str, plain: str) -> None:
    sha256 = one(desk, "word").blob_sha256
    written = _original(desk.blobs, sha256, name).headers["content-disposition"]
    assert f'filename="{plain}"' in written
    assert "\r" not in written
    assert "\n" not in written


def test_bytes_that_were_let_go_are_not_found(desk: World) -> None:
    sha256 = one(desk, "logo").blob_sha256
    assert sha256
    desk.blobs.remove(sha256)
    assert desk.client("assessor").get(f"/attachments/{desk.ids['logo']}/original").status_code == 404


def test_paper_is_read_again_when_a_person_asks(desk: World) -> None:
    answer = desk.client("assessor").post(f"/attachments/{desk.ids['word']}/read-again")
    assert answer.headers["location"] == f"/inbox/{desk.ids['message']}"
    assert one(desk, "word").state is AttachmentState.WAITING


def test_attachment_that_was_set_aside_is_typed_in_by_hand(desk: World) -> None:
    browser = desk.client("assessor")
    path = f"/attachments/{desk.ids['logo']}/type-in"
    assert "Which kind of form is it?" in browser.get(path).text
    assert browser.post(path, data={}).status_code == 422
    answer = browser.post(path, data={"kind": "progress_review"})
    page = text_of(browser.get(answer.headers["location"]).text)
    assert "Name of the ECT Not filled in yet" in page
    assert "There is no picture of this paper" in page
    key = answer.headers["location"].rsplit("/", 1)[-1]
    typed = {"trn": "1234567", "ect_name": "Amara Quillfeather", "on_track": "true"}
    for field, text in typed.items():
        assert browser.post(f"/submissions/{key}/values/{field}", data={"value": text}).status_code == 303
    born = {"value-day": "17", "value-month": "5", "value-year": "1999"}
    browser.post(f"/submissions/{key}/values/date_of_birth", data=born)
    page = browser.get(f"/submissions/{key}").text
    assert "Matches the record" in page
    assert browser.post(f"/submissions/{key}/accept", data={"seen": house.hidden(page, "seen")}).headers["location"] == "/queue"


def test_document_is_filed_for_an_ect_and_its_draft_is_closed(desk: World) -> None:
    browser = desk.client("assessor")
    path = f"/attachments/{desk.ids['word']}/file"
    page = browser.get(path).text
    assert str(desk.ids["induction"]) in page, "the ECT of the same letter is offered"
    refused = browser.post(path, data={"do": "file"})
    assert refused.status_code == 422
    assert "Choose what kind of document it is" in text_of(refused.text)
    answer = browser.post(path, data={"do": "file", "kind": "support_plan", "induction": str(desk.ids["induction"])})
    assert answer.headers["location"] == f"/inbox/{desk.ids['message']}"
    assert one(desk, "word").filed_for_id == desk.ids["induction"]
    with desk.db.reading() as session:
        assert session.get_one(Submission, desk.ids["clear"]).state is SubmissionState.REJECTED
    assert "Support plan" in text_of(browser.get(f"/ects/{desk.ids['induction']}").text)
    assert "Filed as: Support plan, for Amara Quillfeather" in text_of(browser.get(f"/inbox/{desk.ids['message']}").text)


def test_searching_while_filing_keeps_what_was_chosen(desk: World) -> None:
    browser = desk.client("assessor")
    data = {"do": "search", "kind": "letter", "search": "quillf"}
    page = browser.post(f"/attachments/{desk.ids['logo']}/file", data=data).text
    assert "Amara Quillfeather" in page
    assert 'value="letter" checked' in page
    assert one(desk, "logo").filed_as is None


def test_document_about_no_ect_can_be_filed(desk: World) -> None:
    data = {"do": "file", "kind": "other", "induction": "nobody"}
    assert desk.client("assessor").post(f"/attachments/{desk.ids['logo']}/file", data=data).status_code == 303
    assert one(desk, "logo").filed_as == "other"
    assert one(desk, "logo").filed_for_id is None


def test_filing_does_not_decide_about_an_ect_whose_named_contact_one_is(desk: World) -> None:
    with desk.db.writing() as session:
        contact = session.scalars(sa.select(Account).where(Account.user_name == "assessor")).one()
        matched = sa.select(Submission).where(
            Submission.induction_id.is_not(None), Submission.state == SubmissionState.IN_REVIEW
        )
        submission = session.scalars(matched).first()
        assert submission is not None
        assert submission.induction is not None
        assert submission.paper is not None
        submission.induction.named_contact_id = contact.person_id
        attachment, draft = submission.paper.parts[0].attachment_id, submission.id
    answer = desk.client("assessor").post(f"/attachments/{attachment}/file", data={"induction": "nobody", "kind": "other"})
    assert answer.status_code == 403
    with desk.db.reading() as session:
        assert session.get_one(Submission, draft).state is SubmissionState.IN_REVIEW
