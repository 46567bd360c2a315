"""Every table, imported once, so that `Base.metadata` is whole. Import this before creating or migrating."""

from records.models import (
    accounts,
    backups,
    cases,
    clock,
    communications,
    disclosures,
    events,
    exports,
    facts,
    imports,
    inductions,
    interests,
    layouts,
    notices,
    people,
    post,
    retention,
    schools,
    submissions,
)
from records.models.base import Base

TABLES = (
    accounts,
    backups,
    cases,
    clock,
    communications,
    disclosures,
    events,
    exports,
    facts,
    imports,
    inductions,
    interests,
    layouts,
    notices,
    people,
    post,
    retention,
    schools,
    submissions,
)

metadata = Base.metadata
