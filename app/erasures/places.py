"""The places that something of a person may be in, and the steps that go through them in order."""

from enum import StrEnum


class Step(StrEnum):
    """What an erasure does, in this order; each step may be done again without harm."""

    SUPPRESS = "suppress"
    EXITS = "exits"
    EVENTS = "events"
    INBOX = "inbox"
    DATASETS = "datasets"
    FILES = "files"
    REJECTS = "rejects"
    SAMPLES = "samples"
    LOGS = "logs"
    DELIVERIES = "deliveries"
    PAST = "past"
    VERIFY = "verify"

    @property
    def sentence(self) -> str:
        """Say what it does."""
        return _SENTENCES[self]

    @property
    def number(self) -> int:
        """Its place among the steps, from 1."""
        return list(Step).index(self) + 1

    @property
    def following(self) -> "Step | None":
        """The step after it; none after the last."""
        return next(iter(list(Step)[self.number :]), None)


_SENTENCES = {
    Step.SUPPRESS: "Take nothing of them in any more",
    Step.EXITS: "Take them out of all audiences",
    Step.EVENTS: "Remove events and identities",
    Step.INBOX: "Remove messages that wait or were refused",
    Step.DATASETS: "Remove rows of datasets, and what runs did to them",
    Step.FILES: "Cut their records out of stored files",
    Step.REJECTS: "Empty their rejected rows",
    Step.SAMPLES: "Remove examples that pages show",
    Step.LOGS: "Remove the identifier from log files",
    Step.DELIVERIES: "Wait until sites were told, then empty what was sent",
    Step.PAST: "Remove earlier versions of tables, and copies",
    Step.VERIFY: "Look for them everywhere once more",
}


class Place(StrEnum):
    """Where something of a person is kept."""

    SUPPRESSIONS = "suppressions"
    EXITS = "exits"
    EVENTS = "events"
    IDENTITIES = "identities"
    INBOX = "inbox"
    REFUSED = "refused"
    DATASETS = "datasets"
    JOURNALS = "journals"
    FILES = "files"
    FILES_FORGOTTEN = "files_forgotten"
    REJECTS = "rejects"
    SAMPLES = "samples"
    LOGS = "logs"
    DELIVERIES = "deliveries"
    MEMBERSHIP = "membership"
    PREPARED = "prepared"
    PAST = "past"

    @property
    def label(self) -> str:
        """Say what was found there."""
        return _LABELS[self]


_LABELS = {
    Place.SUPPRESSIONS: "Identifiers suppressed",
    Place.EXITS: "Audiences they left",
    Place.EVENTS: "Events",
    Place.IDENTITIES: "Links to browsers",
    Place.INBOX: "Messages in the inbox",
    Place.REFUSED: "Refused messages",
    Place.DATASETS: "Rows of datasets",
    Place.JOURNALS: "Entries of journals",
    Place.FILES: "Records in files",
    Place.FILES_FORGOTTEN: "Files forgotten whole",
    Place.REJECTS: "Rejected rows, emptied",
    Place.SAMPLES: "Examples on pages",
    Place.LOGS: "Places in log files",
    Place.DELIVERIES: "Changes in sent messages",
    Place.MEMBERSHIP: "Entries of memberships",
    Place.PREPARED: "Copies of events, by person",
    Place.PAST: "Tables without a past now",
}
