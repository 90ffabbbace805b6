"""What the overview of dataflows is asked for, kept in its address."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from app.dataflows.states import DataflowState

# What can be asked for, beside all of them.
STATES = {
    "active": tuple(state for state in DataflowState if state.is_active),
    "failed": (DataflowState.FAILED,),
    "paused": (DataflowState.PAUSED,),
    "drafts": tuple(state for state in DataflowState if state.is_draft),
}
SORTS = {
    "": "Failed first",
    "name": "By name",
    "state": "By state",
    "run": "By last run",
    "changed": "By last change",
}
VIEWS = ("", "cards")
LONGEST_SEARCH = 120


def sort_select(chosen: str) -> dict[str, Any]:
    """Return what a filter needs to ask for an order."""
    return {"name": "sort", "label": "Order", "value": chosen, "options": list(SORTS.items())}


@dataclass(frozen=True)
class Asked:
    """A search, one of the states, an order and a view; each empty where nothing is asked."""

    search: str = ""
    state: str = ""
    sort: str = ""
    view: str = ""

    @property
    def states(self) -> tuple[DataflowState, ...]:
        """The states that fit; none for any."""
        return STATES.get(self.state, ())

    def arguments(self, **changes: str) -> dict[str, Any]:
        """Return what an address says to ask for this, but for the changes."""
        return {name: value for name, value in asdict(replace(self, **changes)).items() if value}


def asked_for(arguments: Mapping[str, str]) -> Asked:
    """Return what an address asks for; what is unknown is not asked."""
    return Asked(
        search=arguments.get("search", "")[:LONGEST_SEARCH],
        state=_one_of(STATES, arguments.get("state", "")),
        sort=_one_of(SORTS, arguments.get("sort", "")),
        view=_one_of(VIEWS, arguments.get("view", "")),
    )


def _one_of(known: Mapping[str, object] | tuple[str, ...], word: str) -> str:
    return word if word in known else ""
