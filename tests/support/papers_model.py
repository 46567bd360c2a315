"""The drawing board of generated papers: what stands on them, before any file format. Everything is invented."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Run:
    """A stretch of text in one look."""

    text: str
    bold: bool = False
    struck: bool = False
    highlighted: bool = False
    underlined: bool = False
    ringed: bool = False
    """A ring is drawn round it by hand (on a PDF); in Word it is highlighted."""
    answer: bool = False
    """Written by the person who filled the form in; a form-field rendering puts it into an input."""


@dataclass(frozen=True)
class Tick:
    ticked: bool
    mechanic: str = "glyph"
    """"glyph" or "control" (a rectangle in print)."""


@dataclass(frozen=True)
class Gap:
    """A wide space: the distance between two pairs on one line."""

    to: float | None = None
    """Points from the left edge of the text where the next piece starts; None for some spaces."""


@dataclass(frozen=True)
class Line:
    """A signature or answer line to write on."""

    width: float = 120.0


Piece = Run | Tick | Gap | Line


@dataclass(frozen=True)
class P:
    pieces: tuple[Piece, ...]
    heading: int = 0
    after: float = 4.0


@dataclass(frozen=True)
class Cell:
    blocks: tuple[P, ...]
    span: int = 1
    shaded: bool = False


@dataclass(frozen=True)
class T:
    """A table. Widths are shares of the text width; `ruled=False` draws no lines."""

    widths: tuple[float, ...]
    rows: tuple[tuple[Cell, ...], ...]
    ruled: bool = True
    least: float = 0.0
    """Least height of a row in points."""


@dataclass(frozen=True)
class NewPage:
    pass


Block = P | T | NewPage
Truth = dict[str, str | bool | None]


@dataclass
class Sketch:
    """A filled-in form with its exact truth."""

    layout: str
    truth: Truth
    blocks: list[Block] = field(default_factory=list)
    header: str = ""
    footer: str = ""
    warned: bool = False
    landscape: bool = False

    def add(self, *blocks: Block) -> None:
        self.blocks += blocks


def p(*pieces: Piece | str, heading: int = 0, bold: bool = False, after: float = 4.0) -> P:
    """A paragraph; plain strings become runs."""
    made = tuple(Run(piece, bold=bold or heading > 0) if isinstance(piece, str) else piece for piece in pieces)
    return P(made, heading, after)


def a(text: str | None) -> Run:
    """An answer; empty where nobody filled it in."""
    return Run(text or "", answer=True)


def cell(*blocks: P | str, span: int = 1, bold: bool = False, shaded: bool = False) -> Cell:
    return Cell(tuple(p(block, bold=bold) if isinstance(block, str) else block for block in blocks), span, shaded)
