"""Small papers drawn for one question, read in every rendering that needs no other program."""

from parsers import choose
from parsers.forms import ExtractedForm, ReadFile
from tests.support.papers_docx import to_docx
from tests.support.papers_model import Block, Sketch, T, a, cell, p
from tests.support.papers_pdf import to_pdf

BASICS = T((0.5, 0.5), ((cell("ECT name"), cell(p(a("Orla Yardley")))), (cell("TRN"), cell(p(a("1234567"))))))


def read_all(title: str, *blocks: Block) -> list[ExtractedForm]:
    """The paper as Word and as PDF with and without form fields, with its first particulars."""
    return read_bare(title, BASICS, *blocks)


def read_bare(title: str, *blocks: Block) -> list[ExtractedForm]:
    """As `read_all`, with nothing but what is given."""
    sketch = Sketch("drawn", {}, [p(title, heading=1), *blocks])
    forms = []
    for content in (to_docx(sketch), to_pdf(sketch), to_pdf(sketch, fields=True)):
        answer = choose.read(content, "paper", shown=False)
        assert isinstance(answer, ReadFile)
        forms.append(answer.papers[0].form)
    return forms
