"""What goes wrong with forms on their way: labels misspelt or reworded, rows in another order, rules left out, strangers' facts added.

Each change keeps the truth of the paper. A reader that is shown only good papers learns that it is never wrong.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from random import Random

from parsers.forms import FIELD_TYPES, ValueType
from tests.support.papers_model import Block, Cell, P, Piece, Run, Sketch, T, cell, p

_REWORDED = {
    "name": ("title and name", "person"), "school": ("establishment", "workplace", "base school"), "teacher": ("colleague", "trainee"),
    "absent": ("away", "off sick"), "absence": ("leave",), "period": ("cycle", "window", "phase"), "date": ("when", "day"),
    "number": ("code", "identifier"), "tutor": ("supervisor",), "mentor": ("coach", "buddy"), "headteacher": ("executive head", "leader"),
    "start": ("opening", "commencing"), "end": ("closing", "last day"), "strengths": ("highlights",), "targets": ("focus points",),
    "evidence": ("sources",), "comments": ("remarks",), "days": ("dates", "sessions"), "body": ("organisation",), "email": ("contact",),
    "induction": ("programme",), "terms": ("blocks",), "former": ("earlier",), "birth": ("birthday",), "review": ("conversation",),
}  # fmt: skip
_SENTENCES = (
    "TRN: 7654321 was checked by the office.", "Start date: 4 September, as agreed.", "Name: to follow.", "Days absent: none to report.",
    "Date of birth: 01/02/1990 is on file.", "School: see the letterhead.", "Signed: J Bloggs, 12/03/2024.", "FTE 0.8 from Easter.",
    "On track? Yes.", "Next review date: 14 March 2025.", "End date: 19/12/2024.", "Mentor: Kit Example.",
)  # fmt: skip
_ACCENTED = {
    "Amara": "Zoë", "Beth": "Siân", "Ciaran": "Seán", "Delphine": "Renée", "Eoin": "Jérôme", "Gwen": "Chloë", "Jamal": "José",
    "Leopold": "Björn", "Nikhil": "Agnès", "Piotr": "Göran", "Tomasz": "Tomás", "Zofia": "Inês", "Drinkwater": "Müller",
    "Jankowska": "Lefèvre", "Rosenthal": "Núñez", "Zielinski": "Peña", "Castellano": "Gonçalves", "Ndiaye": "Ångström",
}  # fmt: skip
_LETTERS = "abcdefghijklmnoprstuwy"


def misspelt(sketch: Sketch, dice: Random) -> None:
    """Some words of the printed text lose, double or swap a letter."""
    share = dice.choice((0.05, 0.15, 0.3))

    def word(text: str) -> str:
        if len(text) < 4 or not text.isalpha() or dice.random() >= share:
            return text
        at = dice.randrange(1, len(text) - 1)
        return dice.choice(
            (
                text[:at] + text[at + 1 :],
                text[:at] + text[at] + text[at:],
                text[:at] + text[at + 1] + text[at] + text[at + 2 :],
                text[:at] + dice.choice(_LETTERS) + text[at + 1 :],
            )
        )

    _print_anew(sketch, lambda text: " ".join(map(word, text.split(" "))))


def reworded(sketch: Sketch, dice: Random) -> None:
    """Words of labels give way to others that no dictionary of forms has."""
    share = dice.choice((0.1, 0.3))

    def word(text: str) -> str:
        bare = text.strip("(),:?'’s").casefold()
        if bare not in _REWORDED or dice.random() >= share:
            return text
        new = dice.choice(_REWORDED[bare])
        return (new.capitalize() if text[:1].isupper() else new) + ("?" if "?" in text else ":" if ":" in text else "")

    _print_anew(sketch, lambda text: " ".join(map(word, text.split(" "))))


def shuffled(sketch: Sketch, dice: Random) -> None:
    """Rows of label and value in another order."""

    def table(one: T) -> T:
        rows = list(one.rows)
        # A bare "Name" or "Email" says whose it is by the row above it.
        if not all(_is_row_of_pairs(row) and all(map(_says_enough, row[::2])) for row in rows):
            return one
        dice.shuffle(rows)
        return replace(one, rows=tuple(rows))

    sketch.blocks = [table(block) if isinstance(block, T) else block for block in sketch.blocks]


def unruled(sketch: Sketch, dice: Random) -> None:
    """Tables without lines."""
    sketch.blocks = [
        replace(block, ruled=False) if isinstance(block, T) and dice.random() < 0.8 else block for block in sketch.blocks
    ]


def narrow(sketch: Sketch, dice: Random) -> None:
    """Columns of labels so narrow that their words run over lines."""

    def table(one: T) -> T:
        if len(one.widths) not in {2, 4} or not all(len(row) == len(one.widths) for row in one.rows):
            return one
        taken = dice.choice((0.5, 0.7))
        widths = list(one.widths)
        for index in range(0, len(widths), 2):
            kept = widths[index] * taken
            widths[index + 1] += widths[index] - kept
            widths[index] = kept
        return replace(one, widths=tuple(widths))

    sketch.blocks = [table(block) if isinstance(block, T) else block for block in sketch.blocks]


def strange(sketch: Sketch, dice: Random) -> None:
    """Facts that the record does not keep, in rows between the others and in lines of their own."""

    def table(one: T) -> T:
        rows = []
        for row in one.rows:
            rows.append(row)
            if len(row) == 2 and _is_row_of_pairs(row) and dice.random() < 0.3:
                label, value = _stranger(dice)
                rows.append((replace(cell(label), shaded=row[0].shaded), cell(p(Run(value, answer=True)))))
        return replace(one, rows=tuple(rows))

    blocks: list[Block] = []
    for block in sketch.blocks:
        blocks.append(table(block) if isinstance(block, T) else block)
        if isinstance(block, T) and dice.random() < 0.3:
            label, value = _stranger(dice)
            blocks.append(p(f"{label}: ", Run(value, answer=True)))
    sketch.blocks = blocks


def chatty(sketch: Sketch, dice: Random) -> None:
    """Long answers that contain lines which read like labels with values."""
    added: dict[str, str] = {}
    paragraphs = Counter(one for value in sketch.truth.values() if isinstance(value, str) for one in value.split("\n"))
    for key, value in sketch.truth.items():
        if FIELD_TYPES.get(key) is ValueType.TEXT and isinstance(value, str) and dice.random() < 0.6:
            last = value.split("\n")[-1]
            if paragraphs[last] > 1:
                continue
            longer = f"{last} {dice.choice(_SENTENCES)}"
            added[last] = longer
            sketch.truth[key] = value[: len(value) - len(last)] + longer

    def run(piece: Run) -> Run:
        bare = piece.text.removeprefix("• ")
        return replace(piece, text=piece.text.replace(bare, added[bare])) if piece.answer and bare in added else piece

    _runs_anew(sketch, run)


def accented(sketch: Sketch, dice: Random) -> None:
    """Names with letters that English has not."""
    names = {old: new for old, new in _ACCENTED.items() if dice.random() < 0.8}

    def spelt(text: str) -> str:
        for old, new in names.items():
            text = text.replace(old, new).replace(old.upper(), new.upper())
        return text

    sketch.truth = {
        key: spelt(value) if isinstance(value, str) and "@" not in value else value for key, value in sketch.truth.items()
    }
    _runs_anew(
        sketch, lambda piece: replace(piece, text=spelt(piece.text)) if piece.answer and "@" not in piece.text else piece
    )


def unmarked(sketch: Sketch, dice: Random) -> None:
    """Labels without their colons and question marks, in plain type."""
    del dice
    _print_anew(sketch, lambda text: text.replace(":", "").replace("?", ""), bold=False)


SPOILINGS: dict[str, Callable[[Sketch, Random], None]] = {
    "misspelt": misspelt, "reworded": reworded, "shuffled": shuffled, "unruled": unruled, "narrow": narrow, "strange": strange,
    "chatty": chatty, "accented": accented, "unmarked": unmarked,
}  # fmt: skip


def spoil(sketch: Sketch, dice: Random) -> tuple[str, ...]:
    """Changes the sketch in one way or in two; says in which."""
    chosen = dice.sample(sorted(SPOILINGS), dice.randint(1, 2))
    for name in chosen:
        SPOILINGS[name](sketch, dice)
    return tuple(chosen)


def _stranger(dice: Random) -> tuple[str, str]:
    number, day = (
        f"{dice.randint(1000000, 9999999)}",
        f"{dice.randint(1, 28):02d}/{dice.randint(1, 12):02d}/{dice.randint(2021, 2025)}",
    )
    person = f"{dice.choice(('Noor', 'Ivo', 'Greta', 'Callum'))} {dice.choice(('Stonebridge', 'Aldous', 'Merriweather'))}"
    return dice.choice(
        (
            ("Payroll number", number), ("Employee ID", number), ("Staff code", number[:5]), ("Vacancy reference", f"V{number}"),
            ("Date received", day), ("Office use: date logged", day), ("Contract end date", day), ("Date of last visit", day),
            ("Right to work checked on", day), ("Line manager", person), ("Checked by", person), ("Phase leader", person),
            ("Contact for queries", person), ("Chair of governors", person), ("Lead provider", "Ambition North"),
            ("Delivery partner", "Wealden Hub"), ("Training provider", "University of Elmstead"), ("Subject", "Chemistry"),
            ("Key stage", "2"), ("Year group", "4"), ("Class size", "28"), ("Number on roll", "412"), ("Room", "12"),
            ("Hours per week", "32.5"), ("Planning time (hours)", "2.5"), ("Lessons observed", "3"), ("Telephone", f"01632 {number[:6]}"),
            ("Feeder school", "Larkrise Primary School"), ("Placement school", "Larkrise Primary School"), ("Emergency contact", person),
        )
    )  # fmt: skip


def _is_row_of_pairs(row: tuple[Cell, ...]) -> bool:
    return len(row) % 2 == 0 and all(
        one.span == 1 and (_is_answered(one) if number % 2 else not _is_answered(one)) for number, one in enumerate(row)
    )


def _says_enough(label: Cell) -> bool:
    text = " ".join(piece.text for block in label.blocks for piece in block.pieces if isinstance(piece, Run))
    return text.strip(" :?").casefold() not in {"name", "email", "e-mail", "telephone", "title", "date", "role", "position"}


def _is_answered(one: Cell) -> bool:
    return any(isinstance(piece, Run) and piece.answer for block in one.blocks for piece in block.pieces)


def _print_anew(sketch: Sketch, change: Callable[[str], str], *, bold: bool = True) -> None:
    """Changes what is printed on the form: no answers, no options of choices, no titles."""

    def run(piece: Run) -> Run:
        if piece.answer or piece.struck or piece.highlighted or piece.underlined:
            return piece
        return replace(piece, text=change(piece.text), bold=piece.bold and bold)

    _runs_anew(sketch, run, but_titles=True)


def _runs_anew(sketch: Sketch, change: Callable[[Run], Run], *, but_titles: bool = False) -> None:
    def piece(one: Piece) -> Piece:
        return change(one) if isinstance(one, Run) else one

    def paragraph(one: P) -> P:
        return one if but_titles and one.heading == 1 else replace(one, pieces=tuple(map(piece, one.pieces)))

    def block(one: Block) -> Block:
        if isinstance(one, P):
            return paragraph(one)
        if isinstance(one, T):
            rows = tuple(tuple(replace(held, blocks=tuple(map(paragraph, held.blocks))) for held in row) for row in one.rows)
            return replace(one, rows=rows)
        return one

    sketch.blocks = list(map(block, sketch.blocks))
