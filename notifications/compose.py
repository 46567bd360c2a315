"""Composing: what a notice asks for, in words. Templates hold the words; nothing here decides whether a letter is sent."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import jinja2

from notifications.kinds import Category, NoticeKind
from notifications.letters import Letter
from records.values import counted, decimal, spoken_date, spoken_moment


class CannotCompose(Exception):  # noqa: N818
    """The notice lacks something that its template needs. A person must look at it; trying again will not help."""


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who writes, as every letter says it."""

    body_name: str
    address: str
    contact_address: str = ""
    telephone: str = ""
    pages_url: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """What a letter is made from: the notice's own facts, without its row."""

    kind: NoticeKind
    letter_id: str
    to: str
    content: dict[str, Any]
    null_sender: bool = False
    in_reply_to: str | None = None
    """The Message-ID of the letter that it answers."""
    unsubscribe_url: str | None = None
    """Where the receiver opts out. Only marketing has one, so a service letter with a marketing block cannot be written."""


class Composer:
    """Writes letters from the templates of this folder."""

    def __init__(self, letterhead: Letterhead) -> None:
        self._letterhead = letterhead
        self._templates = jinja2.Environment(
            loader=jinja2.PackageLoader("notifications"),
            autoescape=jinja2.select_autoescape(["html"]),
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.filters["spoken_date"] = spoken_date
        self._templates.filters["count"] = lambda number, one: counted(decimal(str(number)), one)
        self._templates.filters["iso_date"] = date.fromisoformat
        self._templates.filters["spoken_moment"] = lambda written: spoken_moment(datetime.fromisoformat(written))

    def compose(self, task: Task, now: datetime) -> Letter:
        """Raises `CannotCompose` when the content does not fit the template."""
        words = {**task.content, "letterhead": self._letterhead}
        try:
            if task.kind.category is Category.MARKETING:
                words["unsubscribe_url"] = _way_out(task)
            rendered = self._templates.get_template(f"{task.kind.template}.txt").render(words)
            subject, text = _subject_and_text(rendered)
            headers = tuple(_headers(task))
            html = self._templates.get_template("letter.html").render(
                subject=subject, blocks=_blocks(text), letterhead=self._letterhead
            )
        except (jinja2.TemplateError, KeyError, TypeError, ValueError, AttributeError) as fault:
            message = f"the content of a {task.kind.name} does not fit its template: {fault}"
            raise CannotCompose(message) from fault
        return Letter(
            letter_id=task.letter_id,
            sender=self._letterhead.address,
            sender_name=self._letterhead.body_name,
            to=task.to,
            envelope_sender="" if task.null_sender else self._letterhead.address,
            subject=subject,
            text=text,
            html=html,
            written_at=now,
            headers=headers,
        )


def _headers(task: Task) -> list[tuple[str, str]]:
    """What tells other machines not to answer, and mail programs where the letter belongs (RFC 3834, RFC 5322)."""
    headers = [
        ("Auto-Submitted", "auto-replied" if task.kind.automatic_answer else "auto-generated"),
        ("X-Auto-Response-Suppress", "All"),
    ]
    if task.kind.category is Category.MARKETING:
        # RFC 8058: a mail program may opt out for its reader by POST; opening the address by GET changes nothing.
        headers += [("List-Unsubscribe", f"<{_way_out(task)}>"), ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")]
    answered = _message_id(task.in_reply_to)
    if answered:
        headers += [("In-Reply-To", answered), ("References", answered)]
    return headers


def _way_out(task: Task) -> str:
    if not task.unsubscribe_url:
        raise ValueError("marketing needs a way out")
    return task.unsubscribe_url


def _message_id(written: str | None) -> str | None:
    """A sender's Message-ID, only where it looks like one: it is copied into a header of ours."""
    found = re.search(r"<[!-;=?-~]{1,300}>", written or "")
    return found.group() if found else None


def _subject_and_text(rendered: str) -> tuple[str, str]:
    """A template begins with a line "Subject: …". It is made one line, whatever the content held."""
    first, _, rest = rendered.strip().partition("\n\n")
    if not first.startswith("Subject: "):
        raise ValueError("a letter begins with its subject")
    return " ".join(first.removeprefix("Subject: ").split()), _tidy(rest)


def _tidy(text: str) -> str:
    """At most one empty line in a row, none at the ends."""
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in text.splitlines())).strip() + "\n"


def _blocks(text: str) -> list[tuple[str, list[list[tuple[str, str]]]]]:
    """The text as paragraphs ("p") and lists ("ul"); each line as pieces that are words or addresses of pages."""
    blocks: list[tuple[str, list[list[tuple[str, str]]]]] = []
    for paragraph in text.strip().split("\n\n"):
        kind = ""
        for line in paragraph.splitlines():
            now = "ul" if line.startswith("- ") else "p"
            if now != kind:
                blocks.append((now, []))
                kind = now
            blocks[-1][1].append(_pieces(line.removeprefix("- ")))
    return blocks


def _pieces(line: str) -> list[tuple[str, str]]:
    parts = re.split(r"(https?://[^\s<>\"]+)", line)
    return [("link" if number % 2 else "words", part) for number, part in enumerate(parts) if part]
