"""Where each event leads a dataflow, as one table a person can check."""

import pytest

from app.dataflows.states import DataflowState, Event, EventImpossible, after

# One row a state, one column an event; "-" where the event does not fit.
TABLE = """
state    edited   tried    activated  run started  run finished  run failed  paused  resumed
draft    draft    ready    waiting    -            -             -           -       -
ready    draft    ready    waiting    -            -             -           -       -
waiting  waiting  waiting  waiting    running      waiting       failed      paused  waiting
running  running  running  running    running      waiting       failed      paused  running
paused   paused   paused   waiting    -            paused        paused      paused  waiting
failed   failed   failed   waiting    running      waiting       failed      paused  failed
"""
EVENTS = [
    Event.EDITED,
    Event.TRIED,
    Event.ACTIVATED,
    Event.RUN_STARTED,
    Event.RUN_FINISHED,
    Event.RUN_FAILED,
    Event.PAUSED,
    Event.RESUMED,
]
CELLS = [
    (row.split()[0], event, cell)
    for row in TABLE.strip().splitlines()[1:]
    for event, cell in zip(EVENTS, row.split()[1:], strict=True)
]


def test_the_table_has_every_state_and_every_event() -> None:
    assert {state for state, _event, _cell in CELLS} == {state.value for state in DataflowState}
    assert set(EVENTS) == set(Event)


@pytest.mark.parametrize(("state", "event", "expected"), CELLS)
def test_an_event_leads_where_the_table_says(state: str, event: Event, expected: str) -> None:
    if expected == "-":
        with pytest.raises(EventImpossible, match="cannot be"):
            after(DataflowState(state), event)
    else:
        assert after(DataflowState(state), event) is DataflowState(expected)
