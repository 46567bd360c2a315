"""Turns a PDF page's own coordinates into those of a sheet: points from the top left of the upright page."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import numpy.typing as npt
import pypdfium2.raw as pdfium_c

Matrix = tuple[float, float, float, float, float, float]
"""(a, b, c, d, e, f): x' = a·x + c·y + e, y' = b·x + d·y + f."""

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Upright:
    """How one page stands: its size in points as a person sees it, and the way there from the page's own space."""

    number: int
    width: float
    height: float
    turned: int
    matrix: Matrix

    @classmethod
    def of(cls, page: Any, number: int) -> Self:
        """The page as displayed."""
        left, bottom, right, top = visible_box(page)
        turned = pdfium_c.FPDFPage_GetRotation(page) % 4 * 90
        width, height = right - left, top - bottom
        matrix: Matrix = {
            0: (1.0, 0.0, 0.0, -1.0, -left, top),
            90: (0.0, 1.0, 1.0, 0.0, -bottom, -left),
            180: (-1.0, 0.0, 0.0, 1.0, right, -bottom),
            270: (0.0, -1.0, -1.0, 0.0, top, right),
        }[turned]
        if turned % 180:
            width, height = height, width
        return cls(number, width, height, turned, matrix)

    def boxes(self, left: Numbers, bottom: Numbers, right: Numbers, top: Numbers) -> tuple[Numbers, Numbers, Numbers, Numbers]:
        """(x0, top, x1, bottom) on the upright page."""
        a, b, c, d, e, f = self.matrix
        first_x, first_y = a * left + c * bottom + e, b * left + d * bottom + f
        second_x, second_y = a * right + c * top + e, b * right + d * top + f
        return (
            np.minimum(first_x, second_x),
            np.minimum(first_y, second_y),
            np.maximum(first_x, second_x),
            np.maximum(first_y, second_y),
        )

    def box(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        """(x0, top, x1, bottom) of one rectangle on the upright page."""
        first = moved(self.matrix, left, bottom)
        second = moved(self.matrix, right, top)
        return (min(first[0], second[0]), min(first[1], second[1]), max(first[0], second[0]), max(first[1], second[1]))


def moved(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    """The point after the matrix."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def joined(first: Matrix, then: Matrix) -> Matrix:
    """One matrix that does `first` and `then` the other."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def visible_box(page: Any) -> tuple[float, float, float, float]:
    """Left, bottom, right, top of what is shown of a page, in its own space."""
    box = pdfium_c.FS_RECTF()
    if pdfium_c.FPDF_GetPageBoundingBox(page, ctypes.byref(box)) and box.right > box.left and box.top > box.bottom:
        return box.left, box.bottom, box.right, box.top
    return 0.0, 0.0, 595.0, 842.0
