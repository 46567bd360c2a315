"""The demo's own look at files for the DfE sees what is wrong with them."""

from datetime import date

import pytest

from mailroom.demo.dfe_check import refusals

TODAY = date(2026, 3, 30)
CLAIMS = "TRN,Date of birth,Induction programme,Induction period start date\n1234567,1999-05-17,school-led,2025-09-01\n"
OUTCOMES = "TRN,Date of birth,Induction period end date,Number of terms,Outcome\n1234567,1999-05-17,2026-03-20,1.3,release\n"


def test_good_files_pass() -> None:
    assert refusals("claims.csv", CLAIMS.encode(), TODAY) == []
    assert refusals("outcomes-2.csv", OUTCOMES.encode(), TODAY) == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("1234567", "123456"),
        ("1999-05-17", "17/05/1999"),
        ("1999-05-17", "2015-05-17"),
        ("school-led", "other"),
        ("2025-09-01", "2021-09-01"),
        ("2025-09-01", "2026-04-01"),
        ("TRN,", "\ufeffTRN,"),
        ("TRN,", "Trn,"),
    ],
)
def test_bad_claims_are_refused(before: str, after: str) -> None:
    assert refusals("claims.csv", CLAIMS.replace(before, after).encode(), TODAY)


@pytest.mark.parametrize(
    ("before", "after"), [("release", "fail"), ("1.3", "1.25"), ("1.3", "17"), ("2026-03-20", "2026-04-01")]
)
def test_bad_outcomes_are_refused(before: str, after: str) -> None:
    assert refusals("outcomes.csv", OUTCOMES.replace(before, after).encode(), TODAY)


def test_an_ect_twice_and_an_empty_file_are_refused() -> None:
    assert refusals("claims.csv", (CLAIMS + CLAIMS.splitlines()[1] + "\n").encode(), TODAY)
    assert refusals("claims.csv", (CLAIMS.splitlines()[0] + "\n").encode(), TODAY)
