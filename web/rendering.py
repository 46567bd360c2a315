"""From templates to HTML: the Jinja environment with autoescape, and the words that pages use for values and states."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PackageLoader, PrefixLoader, select_autoescape

from records.access import Act
from records.values import counted, decimal_text, spoken_date, spoken_moment
from web import history_words, words

FOLDER = Path(__file__).parent
STATIC = FOLDER / "static"


class Templates:
    """The templates of the pages. Everything that is not marked as markup by a macro is escaped."""

    def __init__(self) -> None:
        self.environment = _environment()

    def render(self, template: str, /, **context: Any) -> str:
        return self.environment.get_template(template).render(**context)


@cache
def _environment() -> Environment:
    """Compiled once in a process: templates and assets come with the code and do not change under it."""
    environment = Environment(
        loader=ChoiceLoader(
            [
                FileSystemLoader(FOLDER / "templates"),
                PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
            ]
        ),
        autoescape=select_autoescape(default=True, default_for_string=True),
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.globals.update(assets=f"/assets/{_stamp()}", Act=Act, words=words, history_words=history_words)
    environment.filters.update(_FILTERS)
    return environment


def _stamp() -> str:
    """Names the compiled assets in addresses, so that browsers may keep them for good."""
    file = STATIC / "assets.stamp"
    if not file.is_file():
        raise RuntimeError("the front-end assets have not been compiled: run `make assets`")
    return file.read_text(encoding="ascii").strip()[:12]


def _day(value: date | None) -> str:
    return spoken_date(value) if value else ""


def _moment(value: datetime | None) -> str:
    return spoken_moment(value) if value else ""


def _amount(value: Decimal | None) -> str:
    return decimal_text(value) if value is not None else ""


def _size(number: int) -> str:
    """As people say it: 820 bytes, 14 KB, 2.3 MB."""
    if number < 1000:
        return counted(number, "byte")
    if number < 1_000_000:
        return f"{number / 1000:.0f} KB"
    return f"{number / 1_000_000:.1f} MB"


_FILTERS: dict[str, Callable[..., str]] = {
    "day": _day,
    "moment": _moment,
    "amount": _amount,
    "size": _size,
    "count": counted,
    "value_words": words.value_words,
}
