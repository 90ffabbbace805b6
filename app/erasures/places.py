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
    Step.PAST: "Remove earlier versions of tables",
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
    PAST = "past"

    @property
    def label(self) -> str:
        """Say what was found there."""
        return _LABELS[self]

    @property
    def is_of_the_person(self) -> bool:
        """Tell whether what is counted there was theirs, not what was done about it."""
        return self not in {Place.SUPPRESSIONS, Place.EXITS, Place.FILES_FORGOTTEN}


_LABELS = {
    Place.SUPPRESSIONS: "Identifiers that are not taken in any more",
    Place.EXITS: "Audiences they were taken out of",
    Place.EVENTS: "Events",
    Place.IDENTITIES: "Links between a browser and the person",
    Place.INBOX: "Messages that waited in the inbox",
    Place.REFUSED: "Refused messages",
    Place.DATASETS: "Rows of datasets",
    Place.JOURNALS: "Entries in journals of runs",
    Place.FILES: "Records in stored files",
    Place.FILES_FORGOTTEN: "Stored files that allow no cut, so that their bytes were forgotten",
    Place.REJECTS: "Rejected rows that were emptied",
    Place.SAMPLES: "Examples shown on pages",
    Place.LOGS: "Places in log files",
    Place.DELIVERIES: "Changes in messages that were sent",
    Place.MEMBERSHIP: "Entries in the log of memberships",
    Place.PAST: "Tables whose earlier versions were removed",
}
