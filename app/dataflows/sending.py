"""The commands that send a file to a dataflow, ready to be pasted."""

import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from app.schemas.models import SchemaParent
from app.streams.models import FileKind

_USERS = ("users", "stream-user-data")
_PRODUCTS = ("products", "stream-product-data")
_CONTENT = ("content", "stream-content-data")
_EXPORTS: dict[SchemaParent | None, tuple[tuple[str, str], ...]] = {
    None: (_USERS, _PRODUCTS, _CONTENT),
    SchemaParent.PERSONAL_DATA: (_USERS,),
    SchemaParent.CATALOG: (_PRODUCTS, _CONTENT),
    SchemaParent.INTERACTION: (),
}


@dataclass(frozen=True)
class Command:
    """What to paste into a shell, and what it sends."""

    label: str
    text: str


def exports(
    stream_id: str, kind: FileKind, parent: SchemaParent | None, environment: Mapping[str, object]
) -> list[Command]:
    """Return the site's export commands whose records fit; all, while nobody knows the parent.

    `environment` holds the settings that a shell beside this server would not have by itself.
    """
    settings = "".join(f"{name}={shlex.quote(str(value))} " for name, value in environment.items())
    mode = "--draft" if kind is FileKind.DRAFT else "--no-draft"
    return [
        Command(
            f"Export command for {records}",
            f"{settings}.venv/bin/flask cdp {command} {mode} --stream-id {stream_id}",
        )
        for records, command in _EXPORTS[parent]
    ]


def curl(stream_id: str, kind: FileKind, public_url: str) -> Command:
    """Return the curl call that sends any file; each call is a file of its own."""
    address = f"{public_url}/api/v1/streams/{stream_id}/files/export-$(date +%s)?kind={kind.value}"
    return Command(
        "Or any file, with curl", f'curl --fail-with-body --upload-file export.csv "{address}"'
    )


def unusual_settings(config: Mapping[str, object]) -> dict[str, object]:
    """Return where a server differs from what a command without settings would take."""
    usual = {"DATA_DIR": Path("instance").absolute(), "PORT": 8080}
    return {name: config[name] for name, value in usual.items() if config[name] != value}


def commands(
    stream_id: str, kind: FileKind, parent: SchemaParent | None, config: Mapping[str, object]
) -> list[Command]:
    """Return every command that sends files of this kind to a stream."""
    return [
        *exports(stream_id, kind, parent, unusual_settings(config)),
        curl(stream_id, kind, str(config["PUBLIC_URL"])),
    ]
