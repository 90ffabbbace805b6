"""The rest of the loop walked over HTTP: sources, audiences, activations, segments."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests
from dotenv import dotenv_values

from app.demo.visiting import PageUnexpected, Visitor
from app.demo.walking import wait_until

MOST_PAGES = 500


@dataclass(frozen=True)
class Built:
    """An audience that was built, or an activation, by its address and its name."""

    path: str
    name: str


def send_events(url: str, write_key: str, batch: Sequence[Mapping[str, Any]]) -> None:
    """Send track messages as a till would."""
    answer = requests.post(
        f"{url}/v1/batch", json={"batch": list(batch)}, auth=(write_key, ""), timeout=60
    )
    if answer.json() != {"success": True}:
        raise PageUnexpected(f"The collector answered {answer.text[:200]}.")


def stored_events(visitor: Visitor, event: str) -> int:
    """Return how many events of a name are stored."""
    visitor.open(f"/events?event={event}")
    found = re.search(r"of ([\d\u202f]+) events?\.", visitor.text)
    return int(found.group(1).replace("\u202f", "")) if found else 0


def build_audience(visitor: Visitor, name: str, condition: Mapping[str, str]) -> Built:
    """Build an audience of one condition and wait until its members are found."""
    visitor.open("/audiences/new")
    tree = {"n:kind": "all", **{f"n.0:{field}": value for field, value in condition.items()}}
    visitor.send("/audiences/new", name=name, **tree)
    found = re.search(r"/audiences/\d+$", visitor.url)
    if found is None:
        raise PageUnexpected(f"{visitor.url} is not the audience that was built.")
    built = Built(found.group(), name)

    def is_evaluated() -> bool:
        visitor.open(built.path)
        return ">evaluated<" in visitor.text

    wait_until(is_evaluated, f"the members of “{name}”")
    return built


def attribute(schema: str, column: str) -> str:
    """Return how the builder's form names a column of a dataset."""
    return json.dumps([schema, column])


def people_listed(visitor: Visitor, path: str, separator: str) -> set[str]:
    """Return the identifiers on all pages of a list of members."""
    found: set[str] = set()
    for number in range(1, MOST_PAGES):
        visitor.open(f"{path}{separator}page={number}")
        members = visitor.text.partition('id="items"')[0]
        found.update(re.findall(r'<td class="cell">(?:<a [^>]*>)?([\w-]+)(?:</a>)?</td>', members))
        if 'rel="next"' not in members:
            return found
    raise PageUnexpected(f"{path} has more than {MOST_PAGES} pages.")


def create_activation(visitor: Visitor, base_url: str, secrets_file: Path) -> Built:
    """Make an activation to the site of the same installation, by what its settings say."""
    secrets = dotenv_values(secrets_file)
    visitor.open("/activations/new")
    visitor.send(
        "/activations/new",
        name="This site",
        client_id=secrets["SITE_CLIENT_ID"],
        client_secret=secrets["SITE_CLIENT_SECRET"],
        segment_group_identifier="headwater",
        base_url=f"{base_url}/cdp/webhook",
    )
    found = re.search(r"/activations/\d+$", visitor.url)
    if found is None:
        raise PageUnexpected(f"{visitor.url} is not the activation that was made.")
    return Built(found.group(), "This site")


def connection_works(visitor: Visitor, activation: Built) -> bool:
    """Send a heartbeat and tell whether it was answered."""
    visitor.open(activation.path)
    visitor.send("/test")
    return "The connection works" in visitor.text


def attach(visitor: Visitor, activation: Built, audience: Built) -> None:
    """Have the activation send an audience, and wait until all of it arrived."""
    visitor.open(audience.path)
    visitor.send(f"{activation.path}/audiences")
    wait_until(lambda: has_arrived(visitor, activation), f"“{audience.name}” to arrive")


def has_arrived(visitor: Visitor, activation: Built) -> bool:
    """Tell whether nothing of an activation waits, at either end."""
    visitor.open(activation.path)
    waits = ">to be sent<" in visitor.text or '?status=queued">0<' not in visitor.text
    visitor.open("/webhook-messages?status=queued")
    return not waits and ">No message here<" in visitor.text


def messages_by_answer(visitor: Visitor) -> dict[str, int]:
    """Return how many messages the webhook worked at once (200) and how many it queued (202)."""
    visitor.open("/webhook-messages")
    counts = {"200": 0, "202": 0}
    for path in sorted(set(re.findall(r"/webhook-messages/\d+(?=\")", visitor.text))):
        visitor.open(path)
        answered = re.search(r"<dt>Answered</dt>\s*<dd>(\d+)</dd>", visitor.text)
        if answered is not None:
            counts[answered.group(1)] += 1
    return counts


def segment_members(visitor: Visitor, name: str) -> set[str]:
    """Return who is in a segment of the site, by its name."""
    visitor.open("/segment-groups")
    group = re.search(r"/segment-groups/\d+", visitor.text)
    visitor.open(group.group() if group else "/segment-groups")
    found = re.search(rf'"(/segments/\d+)">{re.escape(name)}<', visitor.text)
    if found is None:
        return set()
    return people_listed(visitor, found.group(1), "?")
