"""A school photographs a form of two pages and mails the photos: one paper before a person, with all its pages."""

import io
from pathlib import Path

import sqlalchemy as sa
from PIL import Image

from mailroom.demo import cast
from mailroom.house import House
from records.models.submissions import Submission
from tests.journeys.test_main_job import in_queue, signed_in
from tests.support.installation import eventually, letter, post, served
from tests.support.papers import make
from tests.support.pictured import on_a_table, pages

TUTOR = cast.HILLSIDE.tutor_address
FORM = make("standards_pages", 0, 0, "print")


def photos() -> list[tuple[str, bytes]]:
    made = []
    for number, page in enumerate(pages(FORM.content, 200), start=1):
        content = io.BytesIO()
        Image.fromarray(on_a_table(page)).save(content, "JPEG", quality=85)
        made.append((f"IMG_{4100 + number}.JPG", content.getvalue()))
    return made


def read_value(open_house: House, key: str) -> tuple[str | None, set[int]]:
    with open_house.database.reading() as session:
        draft = session.scalars(sa.select(Submission)).one()
        (value,) = [one for one in draft.values if one.key == key]
        return value.value, {place["page"] for place in value.evidence}


def test_photos_of_two_pages_are_one_form_before_a_person(tmp_path: Path) -> None:
    logo = io.BytesIO()
    Image.new("L", (900, 700), 220).save(logo, "PNG")
    first, second = photos()
    outbox = tmp_path / "outbox"
    with served(tmp_path, notifications__capture_folder="outbox") as (running, open_house):
        # Mail programs list attachments in any order; the camera's numbers tell.
        post(running, letter(TUTOR, second, ("school.png", logo.getvalue()), first), TUTOR)
        eventually(lambda: any(outbox.glob("*.eml")), "everything is read and the receipt is out")
        assert in_queue(open_house) == 1
        assert read_value(open_house, "trn") == (FORM.truth["trn"], {1})
        assert read_value(open_house, "head_signed_name")[1] == {2}

        visitor = signed_in(open_house, running.pages)
        visitor.go("/inbox")
        assert "Page 1 of 2: these pictures were read together" in visitor.words
        assert "Page 2 of 2: these pictures were read together" in visitor.words
        assert "school.png" in visitor.words
        visitor.go("/queue")
        [submission] = visitor.links("/submissions/")
        visitor.go(submission)
        assert "Page 1: IMG_4101.JPG" in visitor.words
        assert "Page 2: IMG_4102.JPG" in visitor.words
        assert "school.png" not in visitor.words
