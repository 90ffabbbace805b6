"""Where a dataflow stands, and which event leads it where."""

from enum import StrEnum


class DataflowState(StrEnum):
    """Where a dataflow stands."""

    DRAFT = "draft"
    READY = "ready"
    WAITING = "waiting"
    RUNNING = "running"
    PAUSED = "paused"
    FAILED = "failed"

    @property
    def is_active(self) -> bool:
        """Tell whether a production file starts a run."""
        return self in {DataflowState.WAITING, DataflowState.RUNNING, DataflowState.FAILED}

    @property
    def is_draft(self) -> bool:
        """Tell whether the wizard is still being walked."""
        return self in {DataflowState.DRAFT, DataflowState.READY}

    @property
    def label(self) -> str:
        """The state as a badge says it."""
        return "waiting for a file" if self is DataflowState.WAITING else self.value

    @property
    def next_run(self) -> str:
        """When the next run starts."""
        return _NEXT_RUNS[self]

    @property
    def tone(self) -> str:
        """The tone of that badge."""
        return _TONES[self]


_TONES = {
    DataflowState.DRAFT: "neutral",
    DataflowState.READY: "info",
    DataflowState.WAITING: "good",
    DataflowState.RUNNING: "info",
    DataflowState.PAUSED: "warn",
    DataflowState.FAILED: "bad",
}


_NEXT_RUNS = {
    DataflowState.DRAFT: "once it is activated",
    DataflowState.READY: "once it is activated",
    DataflowState.WAITING: "when a file arrives",
    DataflowState.RUNNING: "when this one has ended, if a file waits",
    DataflowState.PAUSED: "once it is resumed",
    DataflowState.FAILED: "when a file arrives",
}


class Event(StrEnum):
    """What happens to a dataflow."""

    EDITED = "edited"
    TRIED = "tried"
    ACTIVATED = "activated"
    RUN_STARTED = "run started"
    RUN_FINISHED = "run finished"
    RUN_FAILED = "run failed"
    PAUSED = "paused"
    RESUMED = "resumed"


class EventImpossible(Exception):
    """The event does not fit where the dataflow stands."""

    def __init__(self, state: DataflowState, event: Event) -> None:
        super().__init__(f"A dataflow that is {state.label} cannot be {event.value}.")
        self.state = state
        self.event = event


def after(state: DataflowState, event: Event) -> DataflowState:
    """Return where a dataflow stands after the event; raise EventImpossible."""
    if state not in TRANSITIONS[event]:
        raise EventImpossible(state, event)
    return TRANSITIONS[event][state]


def _all_to(new: DataflowState, *olds: DataflowState) -> dict[DataflowState, DataflowState]:
    return dict.fromkeys(olds, new)


_DRAFT, _READY = DataflowState.DRAFT, DataflowState.READY
_WAITING, _RUNNING = DataflowState.WAITING, DataflowState.RUNNING
_PAUSED, _FAILED = DataflowState.PAUSED, DataflowState.FAILED
_STAY = {state: state for state in (_WAITING, _RUNNING, _PAUSED, _FAILED)}
_ACTIVE = (_WAITING, _RUNNING, _FAILED)

# Once active, a dataflow has an active version beside its draft: edits and trials of the draft
# move nothing. A run that began before a pause, or before it was resumed, ends in its time.
TRANSITIONS: dict[Event, dict[DataflowState, DataflowState]] = {
    Event.EDITED: {**_all_to(_DRAFT, _DRAFT, _READY), **_STAY},
    Event.TRIED: {**_all_to(_READY, _DRAFT, _READY), **_STAY},
    Event.ACTIVATED: {
        **_all_to(_WAITING, _DRAFT, _READY, _WAITING, _PAUSED, _FAILED),
        _RUNNING: _RUNNING,
    },
    Event.RUN_STARTED: _all_to(_RUNNING, *_ACTIVE),
    Event.RUN_FINISHED: {**_all_to(_WAITING, *_ACTIVE), _PAUSED: _PAUSED},
    Event.RUN_FAILED: {**_all_to(_FAILED, *_ACTIVE), _PAUSED: _PAUSED},
    Event.PAUSED: _all_to(_PAUSED, *_ACTIVE, _PAUSED),
    Event.RESUMED: {_PAUSED: _WAITING, **{state: state for state in _ACTIVE}},
}
