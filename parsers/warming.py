"""Papers of our own to read before the first fork, so that children inherit what reading builds once: caches, fonts, engines.

They are no samples and nobody sees what is read in them; they only use as many words of forms as there are rules.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from xml.sax.saxutils import escape

_TITLE = "ECT assessment at the end of the second assessment period"
_PAIRS = (
    ("Full name of Early Career Teacher (ECT)", "Aroha Example"),
    ("Former name(s) (where applicable)", ""),
    ("Teacher Reference Number (TRN)", "12/34567"),
    ("National Insurance number", "QQ 12 34 56 C"),
    ("Date of birth (DD/MM/YYYY)", "14 March 1999"),
    ("Email address of induction tutor", "tutor@school.example"),
    ("Name of school/academy", "Meadowside Primary School"),
    ("DfE number / URN", "823/4001"),
    ("Name of appropriate body", "Example Hub"),
    ("Name of induction tutor", "Mr T. O'Neill"),
    ("Headteacher/Principal name", "Dr Jane Rivers-Hill"),
    ("Assessment period start date", "01/09/2025"),
    ("Date of end of assessment period", "12th Dec 2025"),
    ("Induction start date", "2025-09-01"),
    ("Date QTS awarded", "July 2025"),
    ("Number of days absent in this period", "2.5"),
    ("Days absent during the entire induction period", "None"),
    ("Number of terms completed", "1"),
    ("FT / PT (Give the FTE if PT)", "0.6 FTE (60%, 3 days a week)"),
    ("Term 1 / 2 / 3 / 4 / 5 / Other", "2"),
    ("Leaving date", "31.08.26"),
    ("Phone number of the finance contact", "01632 960 000"),
)
_TICKS = (
    "Is the ECT on track to successfully complete induction?  ☒ Yes  ☐ No",
    "Will the ECT remain at this school for the next period?  ☐ Yes  ☒ No",
    "Has the ECT received the monitoring and support?  Yes / No",
    "Employment:  ☒ Full time  ☐ Part time",
    "☒ The ECT has performed satisfactorily against the Teachers' Standards for the completion of induction",
    "☐ The ECT has not performed satisfactorily against the Teachers' Standards",
    "☐ The induction period should be extended",
    "☐ End of first assessment period  ☒ Second or final  ☐ Interim  ☐ Neither of these at all",
    "Has the kettle been descaled by the caretaker?  Yes",
)
_TEXTS = (
    ("Standard 1: Set high expectations", "The classroom is calm. Targets set last time have been met, 12/03/2026."),
    ("Areas of strength", "Planning is thorough and the weather was fine."),
    ("Areas for development", "Questioning of the most able pupils."),
    ("Evidence used to inform the judgement", "Observations and a conversation."),
    ("Targets for the next period", "Observe a colleague."),
    ("Comments from the ECT", "I have enjoyed the term."),
    ("Support arrangements put in place", "Weekly meetings"),
)
_SIGNED = ("Signed (ECT)", "Full name (please print)", "Date", "Signed by the induction tutor", "Headteacher signature")
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def papers() -> Iterator[bytes]:
    """One small paper for each reader of text."""
    yield _docx()
    yield _odt()
    yield _pdf()


def _docx() -> bytes:
    rows = "".join(f"<w:tr><w:tc>{_words(label)}</w:tc><w:tc>{_control(value)}</w:tc></w:tr>" for label, value in _PAIRS)
    lines = "".join(map(_words, (*_TICKS, *(part for text in _TEXTS for part in text), *_SIGNED)))
    title = f'<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t>{_TITLE}</w:t></w:r></w:p>'
    body = f"{title}<w:tbl><w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid>{rows}</w:tbl>{lines}"
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    ties = f'<Relationship Id="rId1" Type="{_OFFICE}/{{}}" Target="{{}}"/>'.format
    entries = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
        f'ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="{kind}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{ties("officeDocument", "word/document.xml")}'
        "</Relationships>",
        "word/document.xml": f'<w:document xmlns:w="{_WORD}"><w:body>{body}</w:body></w:document>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{ties("styles", "styles.xml")}'
        "</Relationships>",
        "word/styles.xml": f'<w:styles xmlns:w="{_WORD}"><w:style w:type="paragraph" w:styleId="Heading1">'
        '<w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style></w:styles>',
    }
    return _zipped(entries)


def _words(text: str) -> str:
    return f'<w:p><w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def _control(value: str) -> str:
    shown = "" if value else "<w:showingPlcHdr/>"
    return f"<w:sdt><w:sdtPr>{shown}<w:text/></w:sdtPr><w:sdtContent>{_words(value or 'Click to enter text.')}</w:sdtContent></w:sdt>"


def _odt() -> bytes:
    oasis = "urn:oasis:names:tc:opendocument:xmlns"
    pairs = (f"{label}: {value}" for label, value in _PAIRS)
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in (_TITLE, *pairs, *_TICKS))
    content = (
        f'<office:document-content xmlns:office="{oasis}:office:1.0" xmlns:text="{oasis}:text:1.0">'
        f"<office:body><office:text>{lines}</office:text></office:body></office:document-content>"
    )
    return _zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content})


def _zipped(entries: dict[str, str]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in entries.items():
            archive.writestr(name, part)
    return content.getvalue()


def _pdf() -> bytes:
    """A table of pairs with its rules, then lines of text."""
    drawn = [_line(40, 800, _TITLE, bold=True)]
    for number, (label, value) in enumerate(_PAIRS):
        y = 776 - 16 * number
        drawn += [f"40 {y} 260 16 re S 300 {y} 250 16 re S", _line(44, y + 4, label), _line(304, y + 4, value)]
    below = (*_TICKS, *(part for text in _TEXTS for part in text), *_SIGNED)
    drawn += [_line(40, 400 - 12 * number, text) for number, text in enumerate(below)]
    content = "\n".join(drawn).encode("latin-1", "replace")
    font = "<</Type/Font/Subtype/Type1/BaseFont/{}/Encoding/WinAnsiEncoding>>".format
    objects = (
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        (
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font"
            f"<</F1 {font('Helvetica')}/F2 {font('Helvetica-Bold')}>>>>>>"
        ),
        f"<</Length {len(content)}>>\nstream\n{content.decode('latin-1')}\nendstream",
    )
    file = bytearray(b"%PDF-1.7\n")
    places = []
    for number, written in enumerate(objects, 1):
        places.append(len(file))
        file += f"{number} 0 obj\n{written}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    trailer = f"trailer\n<</Size {len(places) + 1}/Root 1 0 R>>\nstartxref\n{len(file)}\n%%EOF\n"
    file += f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n{table}{trailer}".encode("latin-1")
    return bytes(file)


def _line(x: float, y: float, text: str, *, bold: bool = False) -> str:
    shown = text.replace("☒", "X").replace("☐", "O").replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"BT /F{2 if bold else 1} 9 Tf {x} {y} Td ({shown}) Tj ET"
