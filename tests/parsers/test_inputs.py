"""The form's own names of its inputs speak beside the printed labels, and against them."""

import io

import pytest
from reportlab.pdfgen.canvas import Canvas

from parsers.choose import read
from parsers.forms import ReadFile, Reading, Status
from parsers.inputs import named_otherwise
from parsers.layout.mapping import Found
from parsers.tokens import Box, Field, Token
from parsers.written import Written

PRINTED = (
    ("Full name of ECT", "Aroha Example", "ect_name"),
    ("Teacher reference number (TRN)", "1234567", "trn"),
    ("Date of birth", "17/05/1996", "date_of_birth"),
    ("Date QTS awarded", "14/07/2019", "qts_date"),
    ("Name of school", "Nether Tarrow High School", "school_name"),
    ("Start of review period", "04/09/2023", "period_start"),
    ("End of review period", "20/12/2023", "period_end"),
)


def form(**called: tuple[str, str]) -> dict[str, Reading]:
    """What is read from a PDF form. `called` gives the inputs of some fields a name and a tooltip."""
    content = io.BytesIO()
    canvas = Canvas(content)
    canvas.setFont("Helvetica-Bold", 14)
    canvas.drawString(60, 780, "ECT induction progress review form")
    canvas.setFont("Helvetica", 10)
    for number, (label, value, key) in enumerate(PRINTED):
        canvas.drawString(60, 730 - 40 * number, f"{label}:")
        name, title = called.get(key, (f"Text{number}", ""))
        canvas.acroForm.textfield(
            name=name, tooltip=title, value=value, x=260, y=724 - 40 * number, width=240, height=20, fontSize=10
        )
    canvas.drawString(60, 400, "Is the ECT on track to meet the Teachers' Standards? Yes")
    canvas.save()
    read_ = read(content.getvalue(), "form.pdf")
    assert isinstance(read_, ReadFile)
    return read_.papers[0].form.fields


def test_names_that_say_nothing_or_the_same_change_nothing() -> None:
    plain = form()
    assert {plain[key].status for _, _, key in PRINTED} == {Status.CLEAR}
    same = form(date_of_birth=("DOB_3", "Date of birth"), qts_date=("DateQTSAwarded", ""), ect_name=("name1", "First name"))
    assert {key: one.status for key, one in same.items()} == {key: one.status for key, one in plain.items()}


@pytest.mark.parametrize(("name", "title"), [("Text9", "Date of birth"), ("form1.txtDateOfBirth", ""), ("DATE_OF_BIRTH_2", "")])
def test_input_that_is_called_by_the_name_of_another_field_is_for_a_person_to_check(name: str, title: str) -> None:
    read_ = form(qts_date=(name, title))
    assert read_["qts_date"].value == "2019-07-14"
    assert read_["qts_date"].status is Status.CHECK
    assert read_["qts_date"].reason == f"the form itself calls this place “{title or name}”"
    assert read_["date_of_birth"].status is Status.CLEAR


@pytest.mark.parametrize(
    ("key", "kind", "title", "said"),
    [
        ("trn", "text", "Date of birth", True),
        ("trn", "checkbox", "Date of birth", False),
        ("trn", "text", "Text Field 7", False),
        ("trn", "text", "Date", False),
        ("ect_last_name", "text", "Name of ECT", False),
        ("tutor_signed_name", "text", "Name of ECT", True),
    ],
)
def test_only_a_sure_name_of_an_input_for_values_speaks_against_a_label(key: str, kind: str, title: str, *, said: bool) -> None:
    token = Token("x", Box(1, 0, 0, 9, 9), 0, 0, 0, field=0)
    one = Found(key, Written("x"), "x", (token,), "right", 1.0, 1.0)
    assert bool(list(named_otherwise(one, [Field("f", kind, "x", None, title)]))) is said
