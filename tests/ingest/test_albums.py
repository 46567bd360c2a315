"""Several pictures of one letter: read together, written down together, and none lost on the way."""

from collections.abc import Sequence

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from ingest.opening import SAME_FILE, WITH_OTHERS
from ingest.outcome import NO_FORM, NOT_TOGETHER, READ_ALONE
from ingest.reading import Reader
from parsers.forms import ReadFile, Shot, Unreadable
from records import papers
from records.albums import MOST, pages
from records.belongings import belongings
from records.blobs import FolderBlobs
from records.db import Database
from records.models.events import EventDetail
from records.models.notices import Notice
from records.models.post import Attachment, Paper, StoredMessage
from records.retention import Departure, Scope
from records.states import AttachmentState
from tests.support import desk, letters
from tests.support.builders import NOW, a_school, an_administrator, an_ect

FIRST: dict[str, str | None] = {"trn": "1234567", "on_track": None}
SECOND: dict[str, str | None] = {"days_absent": "2"}


def _photos(*pictures: tuple[str, bytes], message_id: str = "<1@hill.example>") -> bytes:
    return letters.letter(*pictures, message_id=message_id, sender="Harrowgill <office@harrowgill.example>")


def _two_pages(start: int = 1) -> list[tuple[str, bytes]]:
    return [
        ("IMG_001.png", desk.written_picture(start, FIRST, begins=True)),
        ("IMG_002.png", desk.written_picture(start + 1, SECOND)),
    ]


def _work(db: Database, blobs: FolderBlobs, letter: bytes, reader: Reader | None = None) -> StoredMessage:
    message = desk.deliver(db, blobs, letter)
    desk.work(desk.sorter(db, blobs, reader))
    return message


def _became(session: Session, message: StoredMessage) -> list[tuple[str, str, str]]:
    """What became of each file, the letter's own words apart."""
    return [(one.name, one.state.value, one.problem or "") for one in desk.attachments(session, message)[1:]]


def test_two_photos_are_one_paper_with_a_part_for_each_and_one_receipt(database: Database, blobs: FolderBlobs) -> None:
    with database.writing() as session:
        a_school(session)
    message = _work(database, blobs, _photos(*_two_pages()))
    with database.writing() as session:
        assert _became(session, message) == [("IMG_001.png", "read", ""), ("IMG_002.png", "read", "")]
        (draft,) = desk.drafts(session)
        assert {one.key: (one.value, [place["page"] for place in one.evidence]) for one in draft.values} == {
            "trn": ("1234567", [1]),
            "on_track": (None, []),
            "days_absent": ("2", [2]),
        }
        assert draft.paper is not None
        assert [(part.position, part.attachment.name, part.first_page) for part in draft.paper.parts] == [
            (0, "IMG_001.png", 1),
            (1, "IMG_002.png", 1),
        ]
        assert [image.page for image in draft.paper.images] == [1, 2]
        first, second = desk.attachments(session, message)[1:]
        assert pages(session, [first.id, second.id]) == {first.id: (1, 2), second.id: (2, 2)}
        assert [len(one.content["forms"]) for one in session.scalars(sa.select(Notice))] == [1]


def test_two_forms_photographed_in_one_letter_are_two_papers(database: Database, blobs: FolderBlobs) -> None:
    other = ("IMG_003.png", desk.written_picture(9, {"trn": "7654321"}, begins=True))
    message = _work(database, blobs, _photos(*_two_pages(), other))
    with database.writing() as session:
        assert [state for _, state, _ in _became(session, message)] == ["read"] * 3
        papers_ = session.scalars(sa.select(Paper).order_by(Paper.number)).all()
        assert [[part.attachment.name for part in one.parts] for one in papers_] == [
            ["IMG_001.png", "IMG_002.png"],
            ["IMG_003.png"],
        ]
        assert [[image.page for image in one.images] for one in papers_] == [[1, 2], [3]]


def test_a_picture_that_is_no_page_and_one_that_is_damaged_take_nothing_with_them(
    database: Database, blobs: FolderBlobs
) -> None:
    broken = letters.picture(640, 30) + b"nonsense"
    logo = desk.written_picture(31)
    reader = desk.JsonReader()
    letter = _photos(("0.png", broken), *_two_pages(), ("logo.png", logo), ("form.pdf", desk.written_paper({"trn": "1111111"})))
    message = _work(database, blobs, letter, reader)
    with database.writing() as session:
        assert _became(session, message) == [
            ("0.png", "unreadable", "The picture is damaged."),
            ("IMG_001.png", "read", ""),
            ("IMG_002.png", "read", ""),
            ("logo.png", "set_aside", NO_FORM),
            ("form.pdf", "read", ""),
        ]
        assert len(desk.drafts(session)) == 2
        whys = {row.detail.get("why") for row in session.scalars(sa.select(EventDetail))}
        assert READ_ALONE in whys
    assert sorted(reader.read_names) == ["0.png", "0.png + IMG_001.png + IMG_002.png + logo.png", "form.pdf", "logo.png"]


def test_pictures_of_another_letter_or_archive_are_read_apart(database: Database, blobs: FolderBlobs) -> None:
    reader = desk.JsonReader()
    zipped = letters.archive(("a.png", desk.written_picture(5, FIRST, begins=True)), ("b.png", desk.written_picture(6, SECOND)))
    _work(database, blobs, _photos(("1.png", desk.written_picture(7, FIRST, begins=True)), ("more.zip", zipped)), reader)
    assert sorted(reader.read_names) == ["1.png", "a.png + b.png"]


def test_a_later_letter_with_another_page_is_not_joined(database: Database, blobs: FolderBlobs) -> None:
    one, two = _two_pages()
    _work(database, blobs, _photos(one))
    later = _work(database, blobs, _photos(two, message_id="<2@hill.example>"))
    with database.writing() as session:
        assert _became(session, later) == [("IMG_002.png", "set_aside", NO_FORM)]
        (draft,) = desk.drafts(session)
        assert [value.key for value in draft.values] == ["trn", "on_track"]


def test_the_same_photos_again_are_linked_but_read_where_one_of_them_is_new(database: Database, blobs: FolderBlobs) -> None:
    _work(database, blobs, _photos(*_two_pages()))
    again = _work(database, blobs, _photos(*_two_pages(), message_id="<2@hill.example>"))
    retaken = ("IMG_002.png", desk.written_picture(40, {"days_absent": "3"}))
    mended = _work(database, blobs, _photos(_two_pages()[0], retaken, message_id="<3@hill.example>"))
    with database.writing() as session:
        rows = desk.attachments(session, again)[1:]
        assert [(row.state.value, row.reason, row.same_as_id is not None) for row in rows] == [
            ("set_aside", SAME_FILE, True)
        ] * 2
        rows = desk.attachments(session, mended)[1:]
        assert [(row.state.value, row.same_as_id is not None) for row in rows] == [("read", True), ("read", False)]
        assert rows[0].reason == WITH_OTHERS
        assert sorted(len(draft.paper.parts) for draft in desk.drafts(session) if draft.paper) == [2, 2]


def test_many_pictures_make_albums_of_a_bounded_size(database: Database, blobs: FolderBlobs) -> None:
    pictures = [(f"{number}.png", desk.written_picture(number + 1, FIRST, begins=not number)) for number in range(MOST + 3)]
    reader = desk.JsonReader()
    _work(database, blobs, _photos(*pictures), reader)
    assert [name.count(" + ") + 1 for name in reader.read_names] == [MOST, 3]


def test_reading_a_page_again_reads_its_whole_paper_again(database: Database, blobs: FolderBlobs) -> None:
    message = _work(database, blobs, _photos(*_two_pages()))
    with database.writing() as session:
        papers.read_again(session, desk.attachments(session, message)[2], an_administrator(session), NOW)
    desk.work(desk.sorter(database, blobs))
    with database.writing() as session:
        assert sorted(desk.states(desk.drafts(session))) == ["in_review", "superseded"]
        assert [state for _, state, _ in _became(session, message)] == ["read", "read"]
        current = session.scalars(sa.select(Paper).where(Paper.replaced_at.is_(None))).one()
        assert len(current.parts) == 2


class _NeverTogether(desk.JsonReader):
    """Reads each picture, but breaks down on several."""

    def __init__(self, reason: str = "Too much.", *, passing: bool = False) -> None:
        super().__init__()
        self._answer = Unreadable(reason, passing)

    def read_together(self, shots: Sequence[Shot], layouts: str | None = None) -> ReadFile | Unreadable:
        super().read_together(shots, layouts)
        return self._answer


@pytest.mark.parametrize("passing", [False, True])
def test_pictures_that_cannot_be_read_together_are_read_each_by_itself(
    database: Database, blobs: FolderBlobs, passing: bool
) -> None:
    reader = _NeverTogether(passing=passing)
    message = _work(database, blobs, _photos(*_two_pages()), reader)
    together = "IMG_001.png + IMG_002.png"
    assert reader.read_names == [together] * (3 if passing else 1) + ["IMG_001.png", "IMG_002.png"]
    with database.writing() as session:
        assert _became(session, message) == [("IMG_001.png", "read", ""), ("IMG_002.png", "set_aside", NO_FORM)]
        assert [one.album for one in desk.attachments(session, message)] == [None] * 3
        whys = {row.detail.get("why") for row in session.scalars(sa.select(EventDetail))}
        assert NOT_TOGETHER in whys


def test_a_second_reading_that_fails_keeps_the_draft_of_all_pages(database: Database, blobs: FolderBlobs) -> None:
    message = _work(database, blobs, _photos(*_two_pages()))
    with database.writing() as session:
        papers.read_again(session, desk.attachments(session, message)[1], an_administrator(session), NOW)
    desk.work(desk.sorter(database, blobs, _NeverTogether()))
    with database.writing() as session:
        assert [one[1:] for one in _became(session, message)] == [("unreadable", "Too much.")] * 2
        (draft,) = desk.drafts(session)
        assert (draft.state.value, draft.paper and draft.paper.replaced_at) == ("in_review", None)


def test_an_album_is_never_claimed_in_part(database: Database, blobs: FolderBlobs) -> None:
    message = desk.deliver(database, blobs, _photos(*_two_pages()))
    desk.sorter(database, blobs).step()
    with database.writing() as session:
        # As if one of two had been given back by a sweep that was cut short.
        second = desk.attachments(session, message)[2]
        second.state, second.claimed_by, second.claimed_until = AttachmentState.READING, "gone", NOW.replace(year=2999)
    reader = desk.JsonReader()
    assert desk.work(desk.sorter(database, blobs, reader)) == 0
    with database.writing() as session:
        desk.attachments(session, message)[2].claimed_until = NOW.replace(year=2000)
    desk.work(desk.sorter(database, blobs, reader))
    assert reader.read_names == ["IMG_001.png + IMG_002.png"]
    with database.writing() as session:
        states = set(session.scalars(sa.select(Attachment.state).where(Attachment.album.is_not(None))))
        assert states == {AttachmentState.READ}


def test_an_ect_who_goes_takes_every_picture_of_their_paper_and_leaves_the_others(
    database: Database, blobs: FolderBlobs
) -> None:
    with database.writing() as session:
        induction = an_ect(session)
    mine: dict[str, str | None] = {"trn": "1234567", "date_of_birth": "1999-05-17", "ect_name": "Amara Quillfeather"}
    pictures = [
        ("1.png", desk.written_picture(1, mine, begins=True)),
        ("2.png", desk.written_picture(2, SECOND)),
        ("3.png", desk.written_picture(3, {"trn": "7654321"}, begins=True)),
    ]
    message = _work(database, blobs, _photos(*pictures))
    with database.writing() as session:
        going = belongings(session, Departure(Scope.EVERYTHING, induction.id, induction.person_id, NOW.date(), NOW.date()))
        one, two, three = desk.attachments(session, message)[1:]
        assert {one.id, two.id} <= going.of(Attachment)
        assert three.id not in going.of(Attachment)
        assert {one.blob_sha256, two.blob_sha256} <= going.blobs
        assert three.blob_sha256 not in going.blobs
        (paper,) = [draft.paper for draft in desk.drafts(session) if draft.induction_id == induction.id]
        assert paper is not None
        assert {image.blob_sha256 for image in paper.images} <= going.blobs
