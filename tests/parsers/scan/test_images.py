"""Opening picture files: pages, the camera's way up, and bounds on what a picture may unpack to."""

import io

import numpy as np
import pillow_heif
import pytest
from PIL import Image

from parsers.forms import NotReadable
from parsers.scan.images import DAMAGED, ENORMOUS, MOST_PAGES, open_images, page_count
from tests.support import hostile, scans

SMALL = np.full((60, 40), 255, np.uint8)
SMALL[:20, :10] = 0


def test_every_page_of_a_tiff_is_opened_in_order() -> None:
    pages = [np.full((60, 40), shade, np.uint8) for shade in (10, 120, 240)]
    opened = open_images(scans.tiff(pages))
    assert [int(picture.grey.mean()) for picture in opened] == [10, 120, 240]
    assert [picture.dpi for picture in opened] == [200.0, 200.0, 200.0]


def test_tiff_with_very_many_pages_is_cut_and_its_count_known() -> None:
    data = scans.tiff([SMALL] * (MOST_PAGES + 5))
    assert len(open_images(data)) == MOST_PAGES
    assert page_count(data) == MOST_PAGES + 5


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "BMP", "WEBP", "GIF"])
def test_common_kinds_are_opened(kind: str) -> None:
    (picture,) = open_images(scans.file(SMALL, kind, dpi=None))
    assert picture.grey.shape == (60, 40)
    assert picture.grey[5, 4] < 40
    assert picture.grey[50, 30] > 215


def test_iphone_photo_is_opened() -> None:
    content = io.BytesIO()
    pillow_heif.from_pillow(Image.fromarray(np.full((128, 96), 200, np.uint8)).convert("RGB")).save(content, quality=90)
    (picture,) = open_images(content.getvalue())
    assert picture.grey.shape == (128, 96)


def test_camera_that_was_turned_is_believed() -> None:
    (picture,) = open_images(scans.file(SMALL, "JPEG", exif_turn=6))
    assert picture.grey.shape == (40, 60)
    assert picture.grey[5, 50] < 60, "the dark corner has moved from the top left to the top right"


def test_transparent_picture_lies_on_white_paper() -> None:
    content = io.BytesIO()
    Image.new("RGBA", (30, 30), (0, 0, 0, 0)).save(content, "PNG")
    (picture,) = open_images(content.getvalue())
    assert picture.grey.min() == 255


def test_sixteen_bit_scan_is_opened() -> None:
    content = io.BytesIO()
    Image.fromarray(np.linspace(0, 65_535, 2_400).reshape(60, 40).astype(np.uint16)).save(content, "PNG")
    (picture,) = open_images(content.getvalue())
    assert picture.grey.min() == 0
    assert picture.grey.max() == 255


@pytest.mark.parametrize(
    "data", [b"", b"\x89PNG\r\n\x1a\n", scans.file(SMALL)[:60], b"II*\0\xff\xff\xff\xff", b"\0\0\0\x18ftypheic"]
)
def test_damaged_picture_is_refused_with_a_reason(data: bytes) -> None:
    with pytest.raises(NotReadable, match="damaged") as refusal:
        open_images(data)
    assert str(refusal.value) == DAMAGED


def test_picture_that_unpacks_to_billions_of_dots_is_refused_before_unpacking() -> None:
    with pytest.raises(NotReadable) as refusal:
        open_images(hostile.pixel_bomb_png())
    assert str(refusal.value) == ENORMOUS
