"""The file that HEADWATER_CONFIG names: what is a list or a tree, read and checked."""

import tomllib
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from croniter import croniter

# What the file may have.
PARTS = {"data_export", "activations", "people", "log_channels"}
LOG_CHANNELS = ("cdp.webhook", "cdp.requests")
EXPORT_KINDS = ("user", "product", "content")
SAMPLE_SHOP_SOURCES = {
    kind: {
        "callable": f"app.site.sample_shop.sources.{name}",
        "count": f"app.site.sample_shop.sources.count_{name}",
    }
    for kind, name in zip(EXPORT_KINDS, ("users", "products", "content"), strict=True)
}


class SettingMissing(Exception):
    """A setting without which Headwater must not start is not set."""


class SettingInvalid(Exception):
    """A setting has a value that cannot be used."""


def load(path: str | None, values: Mapping[str, str], made: Mapping[str, str]) -> dict[str, Any]:
    """Return what is a list or a tree: from the file where it says so, else the sample shop's.

    A value `env:NAME` is taken from `values`. `made` is the sender that the first start made, for
    where the file names none. Raises SettingMissing or SettingInvalid.
    """
    given = _read(path, values) if path else {}
    return {
        **_export_settings(_table(given, "data_export", "the file")),
        "SITE_ACTIVATIONS": _activations(given.get("activations", []), made),
        "SITE_PEOPLE": _people(_table(given, "people", "the file")),
        "LOG_CHANNELS": _log_channels(_table(given, "log_channels", "the file")),
    }


def _activations(given: Any, made: Mapping[str, str]) -> tuple[dict[str, str], ...]:
    """Return who may send to the webhook; without entries, the one that the first start made."""
    needed = ("client_id", "client_secret", "segment_group_identifier")
    if not isinstance(given, list) or not all(isinstance(entry, dict) for entry in given):
        raise SettingInvalid("activations must be a list of tables: [[activations]].")
    ids = [entry.get("client_id") for entry in given]
    entries = given or ([made] if all(made.values()) else [])
    for number, entry in enumerate(entries, start=1):
        given_texts = [entry.get(name) for name in needed]
        if not all(isinstance(text, str) and 0 < len(text) <= 200 for text in given_texts):
            raise SettingInvalid(
                f"activations, entry {number}: {', '.join(needed)} are needed, of 1 to 200 signs."
            )
        if ":" in entry["client_id"] or ids.count(entry["client_id"]) > 1:
            raise SettingInvalid(
                f"activations, entry {number}: its client_id must be its own, without a colon."
            )
        if entry.get("signature", "required") not in ("required", "optional"):
            raise SettingInvalid(f"activations, entry {number}: signature is required or optional.")
    return tuple({"signature": "required", **entry} for entry in entries)


def _people(given: dict[str, Any]) -> dict[str, Any]:
    """Return how the site's own people are looked up; by default, those of the sample shop."""
    if given and ("sql" in given) == ("callable" in given):
        raise SettingInvalid("people needs one of sql and callable.")
    return given or {"callable": "app.site.sample_shop.sources.known_users"}


def _log_channels(given: dict[str, Any]) -> dict[str, Any]:
    """Return what each channel is told; nothing for one that keeps its own file."""
    for name, channel in given.items():
        if name not in LOG_CHANNELS:
            raise SettingInvalid(f"log_channels.{name}: the channels are {LOG_CHANNELS}.")
        handlers = channel.get("handlers", []) if isinstance(channel, dict) else None
        if not isinstance(handlers, list) or not all(_has_class(each) for each in handlers):
            raise SettingInvalid(f"log_channels.{name}: each of its handlers needs a class.")
    return {name: given.get(name, {}) for name in LOG_CHANNELS}


def _has_class(handler: Any) -> bool:
    return isinstance(handler, dict) and isinstance(handler.get("class"), str)


def _export_settings(given: dict[str, Any]) -> dict[str, Any]:
    """Return what is exported and how it is changed on the way; by default, the sample shop."""
    sources = _table(given, "sources", "data_export")
    for kind, source in sources.items():
        where = f"data_export.sources.{kind}"
        if kind not in EXPORT_KINDS:
            raise SettingInvalid(f"{where}: the kinds are {', '.join(EXPORT_KINDS)}.")
        if not isinstance(source, dict) or ("sql" in source) == ("callable" in source):
            raise SettingInvalid(f"{where} needs one of sql and callable.")
    processors = given.get("processors", [])
    if any(not isinstance(each, dict) or "name" not in each for each in processors):
        raise SettingInvalid("Each of data_export.processors needs a name.")
    return {
        "EXPORT_SOURCES": {**SAMPLE_SHOP_SOURCES, **sources},
        "EXPORT_PROCESSORS": processors,
        "EXPORT_SCHEDULE": _schedule(given),
    }


def _schedule(given: Mapping[str, Any]) -> dict[str, list[dict[str, str]]]:
    """Return which exports run by themselves; what their options mean, the site knows."""
    schedule = _table(given, "schedule", "data_export")
    for kind, entries in schedule.items():
        where = f"data_export.schedule.{kind}"
        if kind not in EXPORT_KINDS:
            raise SettingInvalid(f"{where}: the kinds are {', '.join(EXPORT_KINDS)}.")
        if not isinstance(entries, list):
            raise SettingInvalid(f"{where} must be a list of tables: write [[{where}]].")
        for number, entry in enumerate(entries, start=1):
            _check_scheduled(entry, f"{where}, entry {number}")
    return schedule


def _check_scheduled(entry: Any, where: str) -> None:
    if not isinstance(entry, dict) or entry.keys() != {"interval", "options"}:
        raise SettingInvalid(f"{where} needs interval and options, and nothing else.")
    for name, value in entry.items():
        if not isinstance(value, str):
            raise SettingInvalid(f"{where}: {name} must be a text in quotes, not {value!r}.")
    interval = entry["interval"]
    if len(interval.split()) != 5 or not _ever_comes(interval):
        raise SettingInvalid(
            f"{where}: the interval {interval!r} is no cron expression of five fields "
            'that ever comes, such as "*/30 * * * *".'
        )


def _ever_comes(interval: str) -> bool:
    try:
        croniter(interval, datetime(2000, 1, 1, tzinfo=UTC)).get_next()
    except (ValueError, TypeError):
        # One of the library's failures is a TypeError, the others are ValueErrors.
        return False
    return True


def _read(path: str, values: Mapping[str, str]) -> dict[str, Any]:
    try:
        given = tomllib.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError) as failure:
        raise SettingInvalid(f"HEADWATER_CONFIG: {path} cannot be read: {failure}.") from failure
    if unknown := sorted(given.keys() - PARTS):
        raise SettingInvalid(f"HEADWATER_CONFIG: {path} sets {unknown[0]}, which is no setting.")
    filled: dict[str, Any] = _filled(given, values)
    return filled


def _filled(given: Any, values: Mapping[str, str]) -> Any:
    """Put in place of each `env:NAME` what the environment says."""
    if isinstance(given, dict):
        return {name: _filled(value, values) for name, value in given.items()}
    if isinstance(given, list):
        return [_filled(value, values) for value in given]
    if isinstance(given, str) and given.startswith("env:"):
        return required(values, given.removeprefix("env:"))
    return given


def _table(given: Mapping[str, Any], name: str, where: str) -> dict[str, Any]:
    table = given.get(name, {})
    if not isinstance(table, dict):
        raise SettingInvalid(f"In {where}, {name} must be a table.")
    return table


def required(values: Mapping[str, str], name: str) -> str:
    """Return a setting that must be there; raise SettingMissing."""
    if not values.get(name):
        raise SettingMissing(
            f"{name} is not set. Set it, or start with `make run`, which makes what it needs."
        )
    return values[name]
