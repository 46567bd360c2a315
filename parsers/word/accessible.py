"""The paper as accessible HTML for the review page: a safe fragment without scripts, styles or anything remote.

Elements carry ids equal to `part_id` of the places that tokens name, so that evidence can be shown.
"""

from __future__ import annotations

from html import escape

from parsers.forms import part_id
from parsers.word.flow import (
    Blank,
    Block,
    Break,
    Flow,
    FlowCell,
    FlowTable,
    Paragraph,
    Piece,
    Story,
    Tab,
    TextBox,
    Tick,
    Words,
)
from parsers.word.walk import flow_of

_SIGNS = {True: ("☒", "ticked box"), False: ("☐", "empty box"), None: ("⍰", "box that cannot be told")}
_REGIONS = {"header": "Header", "footer": "Footer"}


def accessible_html(data: bytes) -> str:
    """The HTML of a Word file. Raises `NotReadable`."""
    return written(flow_of(data))


def written(flow: Flow) -> str:
    """The HTML of a flow: one `div` to be set into a page that has its own h1."""
    return f'<div class="paper">{"".join(_story(story) for story in flow.stories)}</div>'


def _story(story: Story) -> str:
    content = _blocks(story.blocks, story.kind == "body")
    if story.kind == "body":
        return content
    label = _REGIONS[story.kind]
    return f'<section class="paper-{story.kind}" id="{part_id(story.place)}" aria-label="{label}">{content}</section>'


def _blocks(blocks: tuple[Block, ...], own_ids: bool) -> str:
    return "".join(_block(block, own_ids) for block in blocks)


def _block(block: Block, own_ids: bool) -> str:
    if isinstance(block, FlowTable):
        return _table(block)
    if isinstance(block, TextBox):
        return f'<div class="paper-box" id="{part_id(block.place)}">{_blocks(block.blocks, own_ids=False)}</div>'
    return _paragraph(block, own_ids)


def _paragraph(paragraph: Paragraph, own_ids: bool) -> str:
    content = "".join(_piece(piece) for piece in paragraph.pieces)
    if not content.strip():
        return ""
    # The page around the paper has the h1.
    name = f"h{min(paragraph.shape.level + 1, 6)}" if paragraph.shape.level else "p"
    named = f' id="{part_id(paragraph.place)}"' if own_ids and paragraph.place else ""
    return f"<{name}{named}>{content}</{name}>"


def _piece(piece: Piece) -> str:
    if isinstance(piece, Words):
        return _words(piece)
    if isinstance(piece, Tick):
        sign, told = _SIGNS[piece.ticked]
        return f'<span class="paper-mark" role="img" aria-label="{told}">{sign}</span>'
    if isinstance(piece, Tab):
        return '<span class="paper-tab">\u2003</span>'
    if isinstance(piece, Break):
        return "<br>"
    name, told = ("blank", "empty input") if isinstance(piece, Blank) else ("picture", "picture")
    return f'<span class="paper-{name}" role="img" aria-label="{told}">\u2003</span>'


def _words(words: Words) -> str:
    text, look = escape(words.text), words.look
    if not words.text.strip():
        return text
    for applies, name in (
        (look.bold, "strong"),
        (look.underlined, "u"),
        (look.highlighted, "mark"),
        (look.struck, "s"),
        (words.inserted, "ins"),
        (words.deleted, "del"),
    ):
        if applies:
            text = f"<{name}>{text}</{name}>"
    return f'<span class="paper-prompt">{text}</span>' if words.placeholder else text


def _table(table: FlowTable) -> str:
    rows = "".join(
        f"<tr>{''.join(_cell(cell, 'th' if row.heading else 'td') for cell in row.cells)}</tr>" for row in table.rows
    )
    return f'<table class="paper-table"><tbody>{rows}</tbody></table>'


def _cell(cell: FlowCell, name: str) -> str:
    spans = f' colspan="{cell.column_span}"' if cell.column_span > 1 else ""
    spans += f' rowspan="{cell.row_span}"' if cell.row_span > 1 else ""
    scope = ' scope="col"' if name == "th" else ""
    return f'<{name} id="{part_id(cell.place)}"{scope}{spans}>{_blocks(cell.blocks, own_ids=False)}</{name}>'
