"""What scanners, cameras, fax machines and offices make of a printed page: each way a name, all repeatable."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial, reduce

import cv2
import numpy as np
import pillow_heif
import pypdfium2 as pdfium
from docx import Document
from docx.shared import Pt
from PIL import Image, ImageDraw
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from tests.support.scans import Pixels, font, grainy, quarter, rotated, shaded

Change = Callable[[Pixels], Pixels]
A4 = (595.0, 842.0)


@dataclass(frozen=True)
class Way:
    """`dpi` of the scanner, what happens to each page (in order), and the file that comes out."""

    dpi: int = 200
    changes: tuple[Change, ...] = ()
    file: str = "pdf"
    photo: bool = False


def pages(print_: bytes, dpi: int) -> list[Pixels]:
    """The pages of a PDF as a perfect scanner sees them."""
    with pdfium.PdfDocument(print_) as document:
        return [np.asarray(page.render(scale=dpi / 72, grayscale=True).to_pil().convert("L"), np.uint8) for page in document]


def pictured(print_: bytes, way: Way) -> bytes:
    """The file that comes of a printed form in this way."""
    changed = [reduce(lambda made, change: change(made), way.changes, page) for page in pages(print_, way.dpi)]
    # A picture file of these kinds holds one page: several photos come as a PDF then, as scanning apps make it.
    several = len(changed) > 1 and way.file in {"png", "jpeg", "heic"}
    return _FILES["pdf" if several else way.file](changed, way.dpi)


def grain(page: Pixels) -> Pixels:
    """A good office scanner: hardly any noise."""
    noise = np.random.default_rng(3).normal(0, 4, page.shape)
    return np.clip(np.asarray(cv2.GaussianBlur(page, (3, 3), 0), np.float64) * 0.96 + noise, 0, 255).astype(np.uint8)


def noise(page: Pixels, amount: float = 22) -> Pixels:
    return np.clip(page * 0.92 + np.random.default_rng(4).normal(0, amount, page.shape), 0, 255).astype(np.uint8)


def bilevel(page: Pixels) -> Pixels:
    return np.where(page < 150, 0, 255).astype(np.uint8)


def jpeg(page: Pixels, quality: int = 30) -> Pixels:
    content = io.BytesIO()
    Image.fromarray(page).save(content, "JPEG", quality=quality)
    return np.asarray(Image.open(content).convert("L"), np.uint8)


def faded(page: Pixels) -> Pixels:
    made: Pixels = np.clip(120 + page * 0.5, 0, 255).astype(np.uint8)
    return made


def shadow(page: Pixels) -> Pixels:
    """A hand or a telephone between lamp and paper: a hard edge across the page."""
    height, width = page.shape
    mask = Image.new("L", (width, height), 255)
    ImageDraw.Draw(mask).polygon(
        [(width * 0.55, 0), (width, 0), (width, height * 0.8), (width * 0.35, height * 0.45)], fill=150
    )
    soft = cv2.GaussianBlur(np.asarray(mask), (0, 0), 9)
    made: Pixels = np.clip(page.astype(np.float64) * soft / 255, 0, 255).astype(np.uint8)
    return made


def holes(page: Pixels) -> Pixels:
    image = Image.fromarray(page)
    draw = ImageDraw.Draw(image)
    radius = page.shape[1] // 75
    for share in (0.36, 0.64):
        x, y = page.shape[1] // 25, round(page.shape[0] * share)
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=15)
    return np.array(image, np.uint8)


def staple(page: Pixels) -> Pixels:
    image = Image.fromarray(page)
    draw = ImageDraw.Draw(image)
    unit = page.shape[1] / 1654
    draw.line((70 * unit, 110 * unit, 150 * unit, 60 * unit), fill=40, width=max(1, round(5 * unit)))
    draw.polygon([(0, 0), (150 * unit, 0), (0, 170 * unit)], fill=205)
    return np.array(image, np.uint8)


def stamp(page: Pixels) -> Pixels:
    """RECEIVED in grey across the upper third, over whatever stands there."""
    unit = page.shape[1] / 1654
    size = (round(520 * unit), round(120 * unit))
    ink = Image.new("L", size, 0)
    draw = ImageDraw.Draw(ink)
    draw.rectangle((3, 3, size[0] - 4, size[1] - 4), outline=255, width=max(2, round(6 * unit)))
    draw.text((round(24 * unit), round(26 * unit)), "RECEIVED 09 DEC", font=font(max(8, round(54 * unit))), fill=255)
    turned = ink.rotate(-12, expand=True, resample=Image.Resampling.BICUBIC)
    layer = Image.new("L", (page.shape[1], page.shape[0]), 0)
    layer.paste(turned, (round(1000 * unit), round(330 * unit)))
    opacity = np.asarray(layer, np.float64) / 255 * 0.45
    return np.clip(page * (1 - opacity) + 40 * opacity, 0, 255).astype(np.uint8)


def fax_lines(page: Pixels) -> Pixels:
    """Rows that were lost or doubled on the wire, and a streak from a dirty glass."""
    rng = np.random.default_rng(5)
    made = page.copy()
    for row in rng.integers(10, page.shape[0] - 10, page.shape[0] // 120):
        made[row] = made[row - 1] if rng.random() < 0.6 else 255
    column = round(page.shape[1] * 0.93)
    made[:, column : column + 2] = 0
    return made


def specks(page: Pixels) -> Pixels:
    made = page.copy()
    rng = np.random.default_rng(6)
    for y, x in rng.integers((0, 0), (page.shape[0] - 4, page.shape[1] - 4), (page.size // 9_000, 2)):
        size = int(rng.integers(1, 4))
        made[y : y + size, x : x + size] = int(rng.integers(0, 120))
    return made


def on_a_table(page: Pixels, bend: float = 1.0) -> Pixels:
    """A photo: the page on a darker, uneven ground, seen from an angle, lit from one side, a little out of focus."""
    height, width = page.shape
    rng = np.random.default_rng(7)
    ground = np.asarray(cv2.GaussianBlur(rng.normal(95, 22, page.shape), (0, 0), 3), np.float64)
    corners = np.array([[0.08, 0.06], [0.93, 0.045], [0.965, 0.93], [0.05, 0.955]])
    corners = 0.5 + (corners - 0.5) * (0.97 if bend <= 1 else 0.92)
    corners[0, 0] += 0.03 * bend
    corners[1, 1] += 0.02 * bend
    target = (corners * (width, height)).astype(np.float32)
    source = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    matrix = cv2.getPerspectiveTransform(source, target)
    seen = cv2.warpPerspective(page, matrix, (width, height), flags=cv2.INTER_AREA)
    there = cv2.warpPerspective(np.full_like(page, 255), matrix, (width, height)) > 127
    whole = np.where(there, seen * 0.95, ground)
    light = np.linspace(1.0, 0.7, width)[None, :] * np.linspace(0.82, 1.0, height)[:, None]
    focus = cv2.GaussianBlur(whole * light, (0, 0), 0.7)
    made: Pixels = np.clip(focus + rng.normal(0, 5, page.shape), 0, 255).astype(np.uint8)
    return made


def _pdf(made: list[Pixels], dpi: int, text: str = "") -> bytes:
    content = io.BytesIO()
    canvas = Canvas(content, pagesize=A4, invariant=1)
    for page in made:
        size = (page.shape[1] * 72 / dpi, page.shape[0] * 72 / dpi)
        canvas.setPageSize(size)
        canvas.drawImage(ImageReader(Image.fromarray(page)), 0, 0, *size)
        if text:
            writing = canvas.beginText(50, size[1] - 60)
            writing.setTextRenderMode(3)
            writing.setFont("Helvetica", 9)
            for number in range(40):
                writing.textLine(text[number * 3 :] + text[: number * 3])
            canvas.drawText(writing)
        canvas.showPage()
    canvas.save()
    return content.getvalue()


_POOR = "Fu11 narne 0f tbe tcachcr Rcf nurnbcr l234S67 Dat e of b1rth school narne 0ate tutor f0rm pcriod"


def _image(made: list[Pixels], dpi: int, kind: str) -> bytes:
    content = io.BytesIO()
    first, *others = (Image.fromarray(page) for page in made)
    if kind == "TIFF":
        first.save(content, kind, save_all=True, append_images=others, dpi=(dpi, dpi), compression="tiff_deflate")
    elif kind == "HEIC":
        pillow_heif.from_pillow(first.convert("RGB")).save(content, quality=75)
    else:
        first.save(content, kind, **({"quality": 80} if kind == "JPEG" else {"dpi": (dpi, dpi)}))
    return content.getvalue()


def _docx(made: list[Pixels], dpi: int) -> bytes:
    del dpi
    document = Document()
    for page in made:
        content = io.BytesIO()
        Image.fromarray(page).save(content, "PNG")
        document.add_picture(io.BytesIO(content.getvalue()), width=Pt(450))
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


_FILES: dict[str, Callable[[list[Pixels], int], bytes]] = {
    "pdf": _pdf,
    "poor text": partial(_pdf, text=_POOR),
    "tiff": partial(_image, kind="TIFF"),
    "png": partial(_image, kind="PNG"),
    "jpeg": partial(_image, kind="JPEG"),
    "heic": partial(_image, kind="HEIC"),
    "docx": _docx,
}

WAYS: dict[str, Way] = {
    "scan": Way(changes=(grain, partial(rotated, degrees=0.6))),
    "100 dpi": Way(100, (grain, partial(rotated, degrees=0.4))),
    "150 dpi": Way(150, (grain, partial(rotated, degrees=-0.8))),
    "300 dpi": Way(300, (grain, partial(rotated, degrees=0.5))),
    "black and white": Way(changes=(partial(rotated, degrees=-0.7), bilevel), file="tiff"),
    "fax": Way(150, (partial(rotated, degrees=0.7), bilevel, fax_lines)),
    "jpeg 30": Way(changes=(grain, jpeg)),
    "noise": Way(changes=(partial(rotated, degrees=0.9), noise)),
    "specks": Way(changes=(grain, specks)),
    "faded": Way(changes=(grain, faded)),
    "skew 3": Way(changes=(partial(rotated, degrees=3.1), grain)),
    "skew -8": Way(changes=(partial(rotated, degrees=-7.8), grain)),
    "turned 90": Way(changes=(partial(rotated, degrees=0.8), grain, partial(quarter, times=1))),
    "turned 180": Way(changes=(partial(rotated, degrees=-0.9), grain, partial(quarter, times=2))),
    "turned 270": Way(changes=(grain, partial(quarter, times=3))),
    "shade": Way(changes=(grain, shaded)),
    "shadow": Way(changes=(grain, shadow)),
    "holes and staple": Way(changes=(holes, staple, grain, partial(rotated, degrees=1.2))),
    "stamp": Way(changes=(stamp, grain)),
    "poor text": Way(changes=(grain, partial(rotated, degrees=0.6)), file="poor text"),
    "tiff": Way(changes=(grainy,), file="tiff"),
    "docx": Way(150, (grain, partial(rotated, degrees=0.5)), file="docx"),
    "photo": Way(changes=(on_a_table,), file="jpeg", photo=True),
    "photo from aside": Way(changes=(partial(on_a_table, bend=2.2),), file="jpeg", photo=True),
    "photo heic": Way(250, (on_a_table,), file="heic", photo=True),
}
