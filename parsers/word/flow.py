"""A paper without pages as its file tells it: stories of paragraphs and tables, still without geometry.

The Word and the OpenDocument reader both write this; the geometry (`word_geometry`) and the HTML (`word_html`) are
made from it alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

NORMAL_SIZE = 11.0


@dataclass(frozen=True, slots=True)
class Look:
    """How a stretch of text looks. Sizes are points."""

    struck: bool = False
    bold: bool = False
    underlined: bool = False
    highlighted: bool = False
    hidden: bool = False
    prompt: bool = False
    """Set in the style that Word keeps for the prompts of empty controls."""
    size: float = NORMAL_SIZE
    font: str = ""
    """Only for symbol fonts, whose letters are pictures; empty for every font that writes text."""


PLAIN = Look()


@dataclass(frozen=True, slots=True)
class Words:
    """A stretch of text in one look."""

    text: str
    look: Look = PLAIN
    field: int | None = None
    inserted: bool = False
    deleted: bool = False
    placeholder: bool = False


@dataclass(frozen=True, slots=True)
class Tick:
    """A box that can be ticked."""

    ticked: bool | None
    known_by: str
    field: int | None = None


@dataclass(frozen=True, slots=True)
class Tab:
    underlined: bool = False


@dataclass(frozen=True, slots=True)
class Break:
    """The rest goes on a new line of the same paragraph."""


@dataclass(frozen=True, slots=True)
class Blank:
    """An input with nothing in it, not even a prompt."""

    field: int


@dataclass(frozen=True, slots=True)
class Pictured:
    """A picture stands here, often a signature; the picture itself is among `Flow.pictures` where it is a raster image."""


Piece = Words | Tick | Tab | Break | Blank | Pictured


@dataclass(frozen=True, slots=True)
class Stop:
    """A tab stop: points from the left edge of the text. `kind` is "left", "right" or "center"."""

    at: float
    kind: str = "left"


@dataclass(frozen=True, slots=True)
class Shape:
    """How a paragraph lies. `level` is 1 to 9 for headings, 0 otherwise; lengths are points."""

    level: int = 0
    left: float = 0.0
    first: float = 0.0
    stops: tuple[Stop, ...] = ()


PLAIN_SHAPE = Shape()


@dataclass(frozen=True, slots=True)
class Paragraph:
    pieces: tuple[Piece, ...]
    place: str
    shape: Shape = PLAIN_SHAPE


@dataclass(frozen=True, slots=True)
class FlowCell:
    """A cell with everything in it; a merged cell stands once, where it begins."""

    blocks: tuple[Block, ...]
    place: str
    column: int
    column_span: int = 1
    row_span: int = 1
    shaded: bool = False


@dataclass(frozen=True, slots=True)
class FlowRow:
    cells: tuple[FlowCell, ...]
    height: float = 0.0
    heading: bool = False
    """The row is repeated at the top of every page: its cells head their columns."""


@dataclass(frozen=True, slots=True)
class FlowTable:
    """`widths` are points, one for each column; `indent` is from the left edge of the text."""

    widths: tuple[float, ...]
    rows: tuple[FlowRow, ...]
    indent: float = 0.0


@dataclass(frozen=True, slots=True)
class TextBox:
    blocks: tuple[Block, ...]
    place: str


Block = Paragraph | FlowTable | TextBox


@dataclass(frozen=True, slots=True)
class Story:
    """The body, a header or a footer."""

    kind: str
    place: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Input:
    """A named input. `value` is set where the file stores it apart from the text that shows it."""

    name: str
    kind: str
    title: str = ""
    value: str | None = None
    options: tuple[str, ...] = ()
    known_by: str = "content control"
    place: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A raster image in the file, for a reader of images: its bytes, its place and its size in points (0 if untold)."""

    place: str
    content: bytes
    width: float = 0.0
    height: float = 0.0


@dataclass(frozen=True, slots=True)
class Flow:
    """The whole paper. Lengths are points; `tab` is the distance of default tab stops."""

    source: str
    stories: tuple[Story, ...]
    inputs: tuple[Input, ...] = ()
    pictures: tuple[Picture, ...] = ()
    width: float = 595.3
    margin: float = 72.0
    text_width: float = 451.3
    tab: float = 36.0
    warnings: tuple[str, ...] = ()


@dataclass
class Places:
    """Counts tables, paragraphs and boxes while a paper is walked, and names them as a person would."""

    prefix: str = ""
    tables: int = 0
    boxes: int = 0
    paragraphs: int = 0
    stories: dict[str, int] = field(default_factory=dict)

    def next_table(self) -> str:
        self.tables += 1
        return f"{self.prefix}table {self.tables}"

    def next_box(self) -> str:
        self.boxes += 1
        return f"{self.prefix}text box {self.boxes}"

    def next_paragraph(self) -> str:
        self.paragraphs += 1
        return f"paragraph {self.paragraphs}"

    def next_story(self, kind: str) -> str:
        """The name of a header or footer: "header", then "header 2"."""
        self.stories[kind] = self.stories.get(kind, 0) + 1
        return kind if self.stories[kind] == 1 else f"{kind} {self.stories[kind]}"


def says_something(pieces: tuple[Piece, ...]) -> bool:
    """Whether there is more than white space."""
    return any(not isinstance(piece, Words) or piece.text.strip() for piece in pieces if not isinstance(piece, Tab | Break))


def paragraphs_of(blocks: tuple[Block, ...]) -> Iterator[Paragraph]:
    """Every paragraph under these blocks, in reading order."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        elif isinstance(block, TextBox):
            yield from paragraphs_of(block.blocks)
        else:
            for row in block.rows:
                for cell in row.cells:
                    yield from paragraphs_of(cell.blocks)
