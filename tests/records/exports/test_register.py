"""The register: eight columns and the number of assessment periods."""

from decimal import Decimal

from records.db import Database
from records.exports.register import HEADER, register_file
from records.outcomes import release
from tests.support.builders import LATER, NOW, a_school, an_administrator, an_ect, expected


def test_the_register_lists_every_induction_by_name(database: Database) -> None:
    with database.writing() as session:
        school = a_school(session)
        one = an_ect(session, school)
        expected(session, one).accepted_at = NOW
        other = an_ect(session, school, trn="0000042", name=("=Jo", "Abel"))
        release(session, other, on=NOW.date(), terms=Decimal("1.75"), actor=an_administrator(session), now=LATER)
        session.flush()
        session.expire_all()
        lines = register_file(session).content.decode().splitlines()
    assert lines == [
        ",".join(HEADER),
        "0000042,Abel,'=Jo,1999-05-17,2025-09-01,,Released,1.75,0",
        "1234567,Quillfeather,Amara,1999-05-17,2025-09-01,,In progress,,1",
    ]
