"""What machine-made papers and letters are put together from: the right elements in wrong places, with wrong numbers."""

from collections.abc import Callable
from xml.sax.saxutils import escape, quoteattr

from hypothesis import strategies as st

from parsers.tokens import Box, Cell, Field, Mark, Page, Sheet, Token
from tests.support import odt_xml, pdf_bytes, word_xml

LABELS = (
    "Full name of ECT", "Date of birth (DD/MM/YYYY)", "Teacher Reference Number (TRN):", "Name", "Date", "Signed", "School", "/",
    "Is the ECT on track? Yes / No", "Days absent", "Targets", "☐", "☒", "X", "FT / PT", "Term 1 / 2 / 3", "(please print", ")", ":",
    "ECT assessment at the end of the final assessment period", "Headteacher", "Appropriate body", "Start date", "0.6", "N/A", "",
)  # fmt: skip
VALUES = (
    "Aroha Example",
    "12/34567",
    "31/02/2026",
    "1 September 2025",
    "½",
    "2,5",
    "ŁÓDŹ O’Neill",
    "\u200b",
    "0",
    "9" * 40,
    "a@b.example",
)
texts = st.one_of(st.sampled_from(LABELS + VALUES), st.text(max_size=12))
few = st.sampled_from(("0", "1", "2", "3", "-1", "", "x", "1.5"))
"""Small ones: the bombs try what large ones cost."""
numbers = st.sampled_from(("0", "1", "2", "3", "-1", "20000", "2147483648", "", "x", "1.5", "true", "0x10"))


def _storable(text: str) -> str:
    """Without the characters that no XML can hold."""
    return "".join(one for one in text if one in "\t\n" or " " <= one < "\ud800" or "\ue000" <= one < "\ufffe")


def _nested(
    pieces: st.SearchStrategy[str], blocks: Callable[[st.SearchStrategy[str]], st.SearchStrategy[str]]
) -> st.SearchStrategy[str]:
    """Blocks within blocks."""
    return st.one_of(pieces, blocks(st.one_of(pieces, blocks(pieces))))


# ---- Word

_PROPERTIES = st.sampled_from(
    ("<w:b/>", "<w:strike/>", '<w:strike w:val="0"/>', "<w:vanish/>", '<w:u w:val="single"/>', '<w:sz w:val="-4"/>', '<w:sz w:val="x"/>',
     '<w:rStyle w:val="Gone"/>', '<w:rFonts w:ascii="Wingdings"/>', '<w:highlight w:val="yellow"/>', "")
)  # fmt: skip
_CONTROLS = st.sampled_from(
    ("<w:text/>", "<w:date/>", '<w:date w:fullDate="0000-99-99T00:00:00Z"/>', "<w:showingPlcHdr/>", "<w14:checkbox/>", "<w:dropDownList/>",
     '<w14:checkbox><w14:checked w14:val="maybe"/></w14:checkbox>', '<w:dropDownList><w:listItem w:value="a"/></w:dropDownList>', "",
     '<w:alias w:val="TRN"/><w:tag w:val=""/>')
)  # fmt: skip
_FIELDS = st.sampled_from(
    ("<w:checkBox/>", "<w:checkBox><w:checked/></w:checkBox>", '<w:ddList><w:result w:val="7"/><w:listEntry w:val="a"/></w:ddList>',
     "<w:textInput/>", "", '<w:name w:val="x"/>')
)  # fmt: skip
_WRAPPERS = st.sampled_from(
    ("w:ins", "w:del", "w:moveTo", "w:moveFrom", "w:smartTag", "w:customXml", "w:hyperlink", "w:fldSimple", "mc:AlternateContent", "mc:Choice",
     "mc:Fallback", "w:sdt", "w:sdtContent", "w:txbxContent", "w:pict", "v:textbox", "w:unheardOf")
)  # fmt: skip
_pieces = st.one_of(
    st.builds(word_xml.run, texts.map(_storable), _PROPERTIES),
    st.sampled_from(
        ("<w:r><w:tab/></w:r>", "<w:r><w:br/></w:r>", '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>', "<w:r/>")
    ),
    st.builds(lambda code: f'<w:r><w:sym w:font="Wingdings" w:char="{code}"/></w:r>', numbers),
    st.builds(
        lambda kind: f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>', st.sampled_from(("begin", "separate", "end", "odd"))
    ),
    st.builds(
        word_xml.legacy, _FIELDS, st.sampled_from(("FORMTEXT", "FORMCHECKBOX", "FORMDROPDOWN", "DATE", "")), st.just("y")
    ),
)


def _word_blocks(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    joined = st.lists(inner, max_size=3).map("".join)
    span = st.builds(
        lambda kind, size: f"<w:{kind} w:val={quoteattr(size)}/>", st.sampled_from(("gridSpan", "vMerge", "shd")), numbers
    )
    cells = st.builds(lambda content, laid: word_xml.cell(content or "<w:p/>", properties=laid), joined, span)
    rows = st.lists(cells, max_size=4).map(lambda some: word_xml.row(*some))
    return st.one_of(
        st.lists(inner, max_size=4).map(lambda some: word_xml.paragraph(*(one for one in some if one))),
        st.lists(rows, max_size=4).map(lambda some: word_xml.table(*some)),
        st.builds(word_xml.control, joined, _CONTROLS),
        st.builds(lambda kind, content: f"<{kind}>{content}</{kind}>", _WRAPPERS, joined),
    )


word_files = st.lists(_nested(_pieces, _word_blocks), max_size=8).map(lambda some: word_xml.package("".join(some)))

# ---- OpenDocument

_odt_pieces = st.one_of(
    texts.map(lambda text: odt_xml.p(escape(_storable(text)) or "x")),
    st.builds(lambda count: f"<text:p>a<text:s text:c={quoteattr(count)}/>b</text:p>", numbers),
    st.sampled_from(
        (
            "<text:p/>",
            "<text:h/>",
            odt_xml.COVERED,
            "<text:list><text:list-item/></text:list>",
            "<text:p><text:line-break/></text:p>",
        )
    ),
)


def _odt_blocks(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    repeated = st.builds(
        lambda name, count: f"table:number-{name}={quoteattr(count)}",
        st.sampled_from(("columns-spanned", "rows-spanned", "columns-repeated", "rows-repeated")), few,
    )  # fmt: skip
    joined = st.lists(inner, max_size=3).map("".join)
    cells = st.builds(lambda content, many: odt_xml.cell(content or "<text:p/>", attributes=many), joined, repeated)
    rows = st.builds(lambda some, many: odt_xml.row(*some, attributes=many), st.lists(cells, max_size=4), repeated)
    return st.one_of(
        st.lists(rows, max_size=4).map(lambda some: odt_xml.table(*some)),
        joined.map(lambda content: f"<text:section>{content}</text:section>"),
        joined.map(lambda content: f"<text:list><text:list-item>{content}</text:list-item></text:list>"),
    )


odt_files = st.lists(_nested(_odt_pieces, _odt_blocks), max_size=8).map(lambda some: odt_xml.odt("".join(some)))

# ---- PDF

_places = st.one_of(st.integers(-50, 900), st.sampled_from((0, 10**9, -(10**9))))
_words = st.builds(
    lambda x, y, words, size: pdf_bytes.text(x, y, _latin(words), size=size),
    _places, _places, texts, st.sampled_from((10, 0, -8, 0.01, 4_000)),
)  # fmt: skip
_strokes = st.builds("{} {} {} {} re S ".format, _places, _places, _places, _places)
_odd = st.sampled_from(
    (
        "q ",
        "Q ",
        "Q Q Q ",
        "0 0 0 0 0 0 cm ",
        "-1 0 0 1 600 0 cm ",
        "0 1 -1 0 0 0 cm ",
        "BT ",
        "ET ",
        "/None Do ",
        "3 Tr ",
        "1 1 1 rg ",
    )
)
_entries = st.sampled_from(
    ("", "/Rotate 90", "/Rotate 45", "/MediaBox [0 0 0 0]", "/MediaBox [600 800 0 0]", "/CropBox [1 1 2 2]", "/UserUnit 1000")
)
pdf_files = st.builds(
    lambda drawn, entries: pdf_bytes.page(" ".join(drawn), entries=entries),
    st.lists(st.one_of(_words, _strokes, _odd), max_size=40), _entries,
)  # fmt: skip


def _latin(text: str) -> str:
    plain = "".join(one if " " <= one <= "~" else "?" for one in text)
    return plain.replace("\\", "?").replace("(", "\\(").replace(")", "\\)")


# ---- letters

_HEADS = st.sampled_from(
    ("Content-Type: multipart/mixed; boundary=a", 'Content-Type: multipart/alternative; boundary="b"', "Content-Type: text/plain; charset=odd",
     "Content-Type: message/rfc822", "Content-Transfer-Encoding: base64", "Content-Transfer-Encoding: quoted-printable", "Content-Type:",
     "Content-Disposition: attachment; filename*0*=utf-8''%zz; filename*1=b", "Subject: =?utf-8?q?=zz?= =?x?b?@?=", "From: <a@b", ": :",
     "Content-Type: application/ms-tnef", "Content-Type: application/pkcs7-mime", "Date: 99 Foo 0000", "MIME-Version: 1.0", " folded", "x" * 300)
)  # fmt: skip
_LINES = st.one_of(
    st.sampled_from(
        (
            b"--a",
            b"--a--",
            b"--b",
            b"--b--",
            b"",
            b"--",
            b"begin 644 x",
            b"From x",
            b"SGVsbG8=",
            b"=E9=\r",
            b"PK\x03\x04",
            b"%PDF-1.7",
        )
    ),
    st.binary(max_size=20),
)
letters = st.lists(
    st.tuples(st.lists(_HEADS, max_size=5), st.lists(_LINES, max_size=8)), min_size=1, max_size=6
).map(
    lambda some: b"\r\n".join(
        b"\r\n".join([*(head.encode() for head in heads), b"", *lines]) for heads, lines in some
    )
)  # fmt: skip

# ---- sheets

_at = st.floats(-20, 900, allow_nan=False)
_boxes = st.builds(
    lambda page, x, y, w, h: Box(page, x, y, x + abs(w), y + abs(h)),
    st.integers(1, 3),
    _at,
    _at,
    st.floats(0, 300),
    st.floats(0, 40),
)
_indexes = st.one_of(st.none(), st.integers(0, 3))
_said = texts.map(lambda text: "".join(text.split())).filter(bool)
_tokens = st.builds(
    Token, _said, _boxes, st.integers(0, 99), st.integers(0, 9), st.integers(0, 9), _indexes, _indexes, glued=st.booleans(), struck=st.booleans(),
    bold=st.booleans(), deleted=st.booleans(), inserted=st.booleans(), placeholder=st.booleans(), confidence=st.floats(0, 1),
)  # fmt: skip
_marks = st.builds(
    Mark, _boxes, st.sampled_from((True, False, None)), st.sampled_from(("glyph", "ink", "form field")), st.integers(0, 99), st.integers(0, 9),
    st.integers(0, 9), _indexes, _indexes,
)  # fmt: skip
_cells = st.builds(Cell, _boxes, st.integers(0, 1), st.integers(0, 3), st.integers(0, 3), st.integers(1, 3), st.integers(1, 3))
_inputs = st.builds(
    Field,
    texts,
    st.sampled_from(("text", "date", "choice", "checkbox", "radio")),
    st.one_of(st.none(), texts),
    st.one_of(st.none(), _boxes),
)
sheets = st.builds(
    lambda source, tokens, marks, cells, inputs: Sheet(
        source,
        tuple(Page(number, 595, 842, source="ocr" if source in {"scan", "photo"} else "digital") for number in (1, 2, 3)),
        tuple(tokens), tuple(marks), tuple(cells), tuple(inputs),
    ),
    st.sampled_from(("word", "odt", "pdf", "form", "scan", "photo")), st.lists(_tokens, max_size=40), st.lists(_marks, max_size=6),
    st.lists(_cells, min_size=4, max_size=8), st.lists(_inputs, min_size=4, max_size=5),
)  # fmt: skip
