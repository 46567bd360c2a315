"""docs/states.md says what the code does."""

import re
from pathlib import Path

import pytest

from records.states import CLAIMED, EDGES, LONGEST, AttachmentState, MessageState, NoticeState, State, SubmissionState

PAGE = Path(__file__).parents[2] / "docs" / "states.md"
KINDS = {"message": MessageState, "attachment": AttachmentState, "submission": SubmissionState, "notice": NoticeState}


def _rows(heading: str) -> dict[str, list[str]]:
    section = PAGE.read_text(encoding="utf-8").split(f"## {heading}\n")[1].split("\n## ")[0]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in section.splitlines() if line.startswith("| `")]
    return {row[0].strip("`"): row for row in cells}


@pytest.mark.parametrize("heading", KINDS)
def test_the_page_lists_every_state_with_its_edges(heading: str) -> None:
    rows = _rows(heading)
    assert set(rows) == {state.value for state in KINDS[heading]}
    for state in KINDS[heading]:
        assert set(re.findall(r"`(\w+)`", rows[state.value][4])) == {to.value for to in EDGES[_state(state)]}


@pytest.mark.parametrize("heading", KINDS)
def test_the_page_says_which_states_pass_and_how_long(heading: str) -> None:
    for name, row in _rows(heading).items():
        state = _state(KINDS[heading](name))
        assert ("passing" in row[1]) == (state in LONGEST)
        assert ("claimed" in row[1]) == (state in CLAIMED)
        if state in LONGEST:
            number, unit = row[3].split()
            assert int(number) * {"minutes": 60, "hours": 3600}[unit] == LONGEST[state].total_seconds()


def _state(state: object) -> State:
    assert isinstance(state, MessageState | AttachmentState | SubmissionState | NoticeState)
    return state
