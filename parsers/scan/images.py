"""Opens picture files: TIFF with its pages, PNG, JPEG, HEIC and their kin, as grey pages the right way up as the camera knew."""

from __future__ import annotations

import io
from dataclasses import dataclass

import numpy as np
import pillow_heif
from PIL import Image, ImageOps

from parsers import limits
from parsers.forms import NotReadable
from parsers.scan.straight import Pixels

MOST_PAGES = 60
_MOST_PIXELS = 89_000_000
"""A3 at 600 dpi has 70 million. Pillow warns from here on, too."""
_LARGEST_SIDE = 4_700
"""A4 at 400 dpi; beyond it nothing more can be read, it only takes longer."""

DAMAGED = "The picture is damaged or incomplete and cannot be opened. Please ask for it to be sent again."
ENORMOUS = "The picture has far more dots than any camera or scanner makes, so it was not opened."


@dataclass(frozen=True, slots=True)
class Picture:
    """One page as a picture. `dpi` is None where nobody says how large the paper was."""

    grey: Pixels
    dpi: float | None = None


def open_images(data: bytes) -> list[Picture]:
    """All pages of a picture file, at most `MOST_PAGES`. Raises `NotReadable`."""
    try:
        with _opened(data) as image:
            return [_picture(image, number) for number in range(min(getattr(image, "n_frames", 1), _frames(image)))]
    except NotReadable:
        raise
    except (MemoryError, Image.DecompressionBombError, Image.DecompressionBombWarning) as fault:
        raise NotReadable(ENORMOUS) from fault
    except Exception as fault:
        # Every format has its own way to fail: OSError, SyntaxError, struct.error, ValueError and more.
        raise NotReadable(DAMAGED) from fault


def page_count(data: bytes) -> int:
    """How many pages the picture file says it has, so that one can tell when some were left out. Raises `NotReadable`."""
    try:
        with _opened(data) as image:
            return int(getattr(image, "n_frames", 1)) if image.format == "TIFF" else 1
    except NotReadable:
        raise
    except Exception as fault:
        raise NotReadable(DAMAGED) from fault


def _frames(image: Image.Image) -> int:
    """Only the pages of a TIFF are pages; the frames of a GIF or of a phone's live photo are not."""
    return MOST_PAGES if image.format == "TIFF" else 1


def _opened(data: bytes) -> Image.Image:
    image: Image.Image
    if data[4:8] == b"ftyp" and data[8:12] != b"avif":
        heif = pillow_heif.open_heif(io.BytesIO(data), convert_hdr_to_8bit=True)
        _check(heif.size)
        image = heif.to_pillow()
    else:
        # The size is checked below, by a bound that lets the largest cameras through.
        image = Image.open(io.BytesIO(data))
        _check(image.size)
    return image


def _check(size: tuple[int, int]) -> None:
    if size[0] * size[1] > _MOST_PIXELS:
        raise NotReadable(ENORMOUS)
    if min(size) < 1:
        raise NotReadable(DAMAGED)


def _picture(image: Image.Image, number: int) -> Picture:
    limits.allow(10)
    if number or image.format == "TIFF":
        image.seek(number)
        _check(image.size)
    dpi, stated = _dpi(image), max(image.size)
    image.draft("L", (_LARGEST_SIDE // 2, _LARGEST_SIDE // 2))
    turned = ImageOps.exif_transpose(image)
    grey = _on_white(turned)
    longest = max(grey.size)
    if longest > _LARGEST_SIDE:
        factor = _LARGEST_SIDE / longest
        grey = grey.resize((round(grey.width * factor), round(grey.height * factor)), Image.Resampling.BOX, reducing_gap=2.0)
    if dpi is not None:
        dpi *= max(grey.size) / stated
    return Picture(np.array(grey, np.uint8), dpi)


def _on_white(image: Image.Image) -> Image.Image:
    """Grey; what is transparent shows white paper. Sixteen bits a dot are brought to eight."""
    if image.mode.startswith("I") or image.mode == "F":
        values = np.asarray(image, np.float32)
        spread = max(1.0, float(values.max()))
        return Image.fromarray((values * (255 / spread)).clip(0, 255).astype(np.uint8))
    if "A" in image.getbands() or "transparency" in image.info:
        coloured = image.convert("RGBA")
        paper = Image.new("RGBA", coloured.size, "white")
        paper.alpha_composite(coloured)
        return paper.convert("L")
    return image.convert("L")


def _dpi(image: Image.Image) -> float | None:
    """As the file states it, where that is a number at all; whether it makes a page is judged elsewhere."""
    stated = image.info.get("dpi")
    if not isinstance(stated, tuple) or len(stated) != 2:
        return None
    across, down = (float(one) for one in stated)
    return across if across >= 60 and abs(across - down) < 0.1 * across else None
