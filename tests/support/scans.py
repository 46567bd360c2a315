"""Makes pictures of a filled-in form as scanners and cameras give them: skewed, turned, shaded, grainy, in perspective."""

import io
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
import reportlab
from PIL import Image, ImageDraw, ImageFont

Pixels = npt.NDArray[np.uint8]

DPI = 200
SIZE = (1654, 2339)
ROWS = (
    ("Full name", "Aroha Example"),
    ("Teacher reference number", "1234567"),
    ("Date of birth", "16/07/1996"),
    ("School", "Nether Tarrow High School"),
    ("Days absent", "17.5"),
    ("Former name", ""),
)
TEXT = (
    "Calm presence and clear instructions. Very good knowledge of fractions. She has sought",
    "advice from parents and acted on it within the week. Seating plans are in place for all",
    "pupils. The next step is to check understanding before moving on, using live modelling.",
    "Transitions are quicker now, and pupils know what to do when they come in.",
)
TICKED, EMPTY, RING_TICKED, RING_EMPTY = (200, 1000), (480, 1000), (200, 1080), (480, 1080)


def font(size: int) -> ImageFont.FreeTypeFont:
    chosen = ImageFont.load_default(size)
    assert isinstance(chosen, ImageFont.FreeTypeFont)
    return chosen


def accented_font(size: int) -> ImageFont.FreeTypeFont:
    """One with the accents of western Europe and the half, which the one above lacks."""
    return ImageFont.truetype(str(Path(reportlab.__file__).parent / "fonts" / "Vera.ttf"), size)


def form() -> Pixels:
    """The form as printed: a title, a table of six rows, tick boxes, circles, a struck and a highlighted word, some text."""
    image = Image.new("L", SIZE, 255)
    draw = ImageDraw.Draw(image)
    draw.text((180, 140), "Progress review record", font=font(44), fill=0)
    for number, (label, value) in enumerate(ROWS):
        top = 300 + 70 * number
        draw.rectangle((170, top, 700, top + 70), outline=0, width=2, fill=228)
        draw.rectangle((700, top, 1480, top + 70), outline=0, width=2)
        draw.text((185, top + 18), label, font=font(30), fill=0)
        draw.text((715, top + 18), value, font=font(30), fill=0)
    _choices(draw)
    for number, line in enumerate(TEXT):
        draw.text((180, 1250 + 44 * number), line, font=font(30), fill=0)
    return np.array(image, np.uint8)


def _choices(draw: ImageDraw.ImageDraw) -> None:
    draw.text((180, 760), "Full time / part time (delete as appropriate):", font=font(30), fill=0)
    draw.text((1000, 760), "full", font=font(30), fill=0)
    draw.text((1120, 760), "part", font=font(30), fill=0)
    left, _, right, _ = draw.textbbox((1120, 760), "part", font=font(30))
    draw.line((left - 3, 781, right + 3, 781), fill=0, width=3)
    draw.text((180, 850), "On track to complete induction:", font=font(30), fill=0)
    draw.rectangle((735, 845, 810, 890), fill=205)
    draw.text((745, 850), "Yes", font=font(30), fill=0)
    draw.text((880, 850), "No", font=font(30), fill=0)
    for x, y, word, ticked in ((*TICKED, "Agreed", True), (*EMPTY, "Refused", False)):
        draw.rectangle((x, y, x + 30, y + 30), outline=0, width=2)
        if ticked:
            draw.line((x + 5, y + 5, x + 25, y + 25), fill=0, width=3)
            draw.line((x + 25, y + 5, x + 5, y + 25), fill=0, width=3)
        draw.text((x + 45, y - 2), word, font=font(30), fill=0)
    for x, y, word, ticked in ((*RING_TICKED, "Satisfied", True), (*RING_EMPTY, "Doubtful", False)):
        draw.ellipse((x, y, x + 36, y + 36), outline=0, width=3)
        if ticked:
            draw.ellipse((x + 10, y + 10, x + 26, y + 26), fill=0)
        draw.text((x + 50, y), word, font=font(30), fill=0)


def rotated(page: Pixels, degrees: float) -> Pixels:
    height, width = page.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
    turned = cv2.warpAffine(page, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=(255,))
    return np.asarray(turned, np.uint8)


def quarter(page: Pixels, times: int) -> Pixels:
    """Turned to the left by so many quarters."""
    return np.ascontiguousarray(np.rot90(page, times))


def grainy(page: Pixels, seed: int = 1) -> Pixels:
    noise = np.random.default_rng(seed).normal(0, 9, page.shape)
    blurred = np.asarray(cv2.GaussianBlur(page, (3, 3), 0), np.float64)
    return np.clip(blurred * 0.94 + noise, 0, 255).astype(np.uint8)


def shaded(page: Pixels) -> Pixels:
    """A lamp on one side: the far corner gets a little more than half of its light."""
    height, width = page.shape
    light = np.linspace(1.0, 0.72, width)[None, :] * np.linspace(0.78, 1.0, height)[:, None]
    return np.clip(page * light, 0, 255).astype(np.uint8)


def photo(page: Pixels) -> Pixels:
    """The page on a dark table, seen at an angle."""
    height, width = page.shape
    target = np.array([[190, 210], [width - 140, 120], [width - 60, height - 190], [90, height - 110]], np.float32)
    source = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    matrix = cv2.getPerspectiveTransform(source, target)
    seen = cv2.warpPerspective(page, matrix, (width, height), flags=cv2.INTER_AREA, borderValue=(70,))
    return shaded(np.asarray(seen, np.uint8))


def file(page: Pixels, kind: str = "PNG", *, dpi: int | None = DPI, exif_turn: int | None = None) -> bytes:
    content = io.BytesIO()
    image = Image.fromarray(page)
    options: dict[str, object] = {"dpi": (dpi, dpi)} if dpi else {}
    if exif_turn is not None:
        exif = Image.Exif()
        exif[0x0112] = exif_turn
        options["exif"] = exif
    image.save(content, kind, **options)
    return content.getvalue()


def tiff(pages: list[Pixels]) -> bytes:
    content = io.BytesIO()
    first, *others = (Image.fromarray(page) for page in pages)
    first.save(content, "TIFF", save_all=True, append_images=others, dpi=(DPI, DPI), compression="tiff_deflate")
    return content.getvalue()
