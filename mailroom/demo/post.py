"""The demo's post: which letters are sent, and how each of them must end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from email.message import EmailMessage
from email.utils import format_datetime

from mailroom.demo import cast
from mailroom.demo.cast import FORMS_ADDRESS, EctFacts, FormFacts, form_of
from mailroom.demo.pdf_papers import acro_form, damaged_pdf, pdf_form, scan
from mailroom.demo.word_papers import word_form, word_letter


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A file in a letter, and what must become of it."""

    name: str
    content: bytes
    state: str
    """Where the attachment comes to rest."""
    form: FormFacts | None = None
    """The form that must be read from it; None where there is none to read."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A letter of the demo. `answered` tells whether a receipt goes out for it."""

    title: str
    sender: str
    subject: str
    text: str
    enclosed: tuple[Enclosed, ...]
    answered: bool
    headers: tuple[tuple[str, str], ...] = field(default=())

    @property
    def message_id(self) -> str:
        """Tells the letters of the demo apart in the database."""
        local = "".join(letter for letter in self.title.lower() if letter.isalnum())
        return f"<{local}@{self.sender.rpartition('@')[2]}>"

    def as_message(self, now: datetime) -> EmailMessage:
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = self.sender, FORMS_ADDRESS, self.subject
        message["Date"], message["Message-ID"] = format_datetime(now), self.message_id
        for name, value in self.headers:
            message[name] = value
        message.set_content(self.text)
        for one in self.enclosed:
            message.add_attachment(one.content, maintype="application", subtype="octet-stream", filename=one.name)
        return message


def samples(today: date) -> list[Sample]:
    """Every letter, its papers made on the spot."""
    return [
        _with_form("Word form", cast.AMINA, today, word_form, "docx"),
        _with_form("PDF with text", cast.TOMASZ, today, pdf_form, "pdf"),
        _with_form("PDF form", cast.GRACE, today, acro_form, "pdf"),
        _with_form("Scan", cast.DEVAN, today, scan, "pdf"),
        _two_forms(today),
        _no_form(),
        _damaged(today),
        _out_of_office(),
    ]


def _with_form(title: str, ect: EctFacts, today: date, make: Callable[[FormFacts], bytes], suffix: str) -> Sample:
    form = form_of(ect, today)
    return Sample(
        title=title,
        sender=ect.school.tutor_address,
        subject=f"Induction form, {ect.school.name}",
        text=_signed("Please find the form attached.", ect.school.tutor),
        enclosed=(Enclosed(f"{ect.last_name} induction.{suffix}", make(form), "read", form),),
        answered=True,
    )


def _two_forms(today: date) -> Sample:
    isla, owen = form_of(cast.ISLA, today, days_absent="2.5"), form_of(cast.OWEN, today)
    return Sample(
        title="Two forms in one letter",
        sender=cast.HILLSIDE.address,
        subject="Two forms from Hillside",
        text=_signed("Two forms this time.", "The school office"),
        enclosed=(
            Enclosed("Penhale.docx", word_form(isla), "read", isla),
            Enclosed("Castell.pdf", pdf_form(owen), "read", owen),
        ),
        answered=True,
    )


def _no_form() -> Sample:
    letter = word_letter(
        "Summer fair",
        ["The summer fair of our school takes place on the field behind the hall.", "There will be cakes and a tombola."],
    )
    return Sample(
        title="No form",
        sender=cast.RIVERMEAD.address,
        subject="Our summer fair",
        text=_signed("You are all invited.", "The school office"),
        enclosed=(Enclosed("Summer fair.docx", letter, "set_aside"),),
        answered=False,
    )


def _damaged(today: date) -> Sample:
    return Sample(
        title="Damaged file",
        sender=cast.RIVERMEAD.tutor_address,
        subject="Form",
        text=_signed("Sent from my telephone.", cast.RIVERMEAD.tutor),
        enclosed=(Enclosed("form.pdf", damaged_pdf(form_of(cast.DEVAN, today)), "unreadable"),),
        answered=True,
    )


def _out_of_office() -> Sample:
    return Sample(
        title="Out of office",
        sender=cast.HILLSIDE.tutor_address,
        subject="Automatic reply: we have received your email",
        text="I am away until Monday.",
        enclosed=(),
        answered=False,
        headers=(("Auto-Submitted", "auto-replied"),),
    )


def _signed(text: str, name: str) -> str:
    return f"Dear colleagues,\n\n{text}\n\nKind regards\n{name}\n"
