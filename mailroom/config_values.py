"""Kinds of values that the tables of the settings are made of."""

from __future__ import annotations

import re
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, SecretStr

OptionalPath = Annotated[Path | None, BeforeValidator(lambda value: None if value == "" else value)]
OptionalSecret = Annotated[SecretStr | None, BeforeValidator(lambda value: None if value == "" else value)]
Port = Annotated[int, Field(ge=0, le=65535)]
Positive = Annotated[int, Field(ge=1)]


def email_address(written: str) -> str:
    """The address itself. Raises `ValueError`."""
    if not re.fullmatch(r"[^@\s]+@[^@\s]+", written):
        raise ValueError("is not an email address")
    return written


Address = Annotated[str, AfterValidator(email_address)]
OptionalAddress = Annotated[str, AfterValidator(lambda written: written and email_address(written))]


def _network(written: str) -> str:
    try:
        ip_network(written)
    except ValueError:
        raise ValueError('is not a network such as "10.20.0.0/16" or one address') from None
    return written


Network = Annotated[str, AfterValidator(_network)]


class Table(BaseModel):
    """A table of the file. A key that nobody knows is an error: most often it is a misspelt one."""

    model_config = ConfigDict(extra="forbid", frozen=True)
