"""Every setting, its default and its environment variable; only this reads the environment."""

import os
import tomllib
from collections.abc import Mapping
from datetime import UTC, datetime
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from croniter import croniter
from cryptography.fernet import Fernet
from dotenv import dotenv_values

MEGABYTE = 1024 * 1024
# What the file that HEADWATER_CONFIG names may have.
FILE_PARTS = {"data_export", "activations", "people", "log_channels"}
LOG_CHANNELS = ("cdp.webhook", "cdp.requests")


class SettingMissing(Exception):
    """A setting without which Headwater must not start is not set."""


class SettingInvalid(Exception):
    """A setting has a value that cannot be used."""


EXPORT_KINDS = ("user", "product", "content")
SAMPLE_SHOP_SOURCES = {
    kind: {
        "callable": f"app.site.sample_shop.sources.{name}",
        "count": f"app.site.sample_shop.sources.count_{name}",
    }
    for kind, name in zip(EXPORT_KINDS, ("users", "products", "content"), strict=True)
}


def load(environment: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Return the settings as Flask takes them; raise SettingMissing or SettingInvalid.

    The process environment wins over `<DATA_DIR>/headwater.env`, which the first start writes.
    What is a list or a tree is in the TOML file that HEADWATER_CONFIG names, if it names one.
    """
    given = dict(os.environ if environment is None else environment)
    data_dir = data_folder(given)
    secrets_file = data_dir / "headwater.env"
    stored = dotenv_values(secrets_file) if secrets_file.is_file() else {}
    values = {**{name: value for name, value in stored.items() if value is not None}, **given}
    return {
        **_server_settings(values, data_dir),
        **_platform_settings(values, data_dir),
        **_site_settings(values, data_dir),
        **_webhook_settings(values, data_dir),
        **_file_settings(values),
    }


def data_folder(environment: Mapping[str, str]) -> Path:
    """Return the folder everything is kept in, which is known before any secret is."""
    return Path(environment.get("DATA_DIR", "instance")).absolute()


def _server_settings(values: Mapping[str, str], data_dir: Path) -> dict[str, Any]:
    host, port = values.get("HOST", "127.0.0.1"), _whole_number(values, "PORT", 8080, 0, 65535)
    public_url = values.get("PUBLIC_URL", f"http://{host}:{port}").rstrip("/")
    return {
        "DATA_DIR": data_dir,
        "SECRET_KEY": _required(values, "SECRET_KEY"),
        "ENCRYPTION_KEYS": _encryption_keys(values),
        "ENVIRONMENT": _word(values, "ENVIRONMENT", "production"),
        "SQLALCHEMY_DATABASE_URI": values.get(
            "DATABASE_URL", f"sqlite:///{data_dir / 'headwater.db'}"
        ),
        "REDIS_URL": values.get("REDIS_URL", f"unix://{quote(str(data_dir / 'valkey.sock'))}"),
        "HOST": host,
        "PORT": port,
        "PUBLIC_URL": public_url,
        "WEB_WORKERS": _whole_number(values, "WEB_WORKERS", 2, most=256),
        "WORKERS": _whole_number(values, "WORKERS", 1, most=256),
        "PARTS": tuple(values.get("PARTS", "platform,site").split(",")),
        "LOG_LEVEL": values.get("LOG_LEVEL", "INFO").upper(),
        "ADMIN_EMAIL": values.get("ADMIN_EMAIL", "admin@example.com"),
        "ADMIN_PASSWORD": values.get("ADMIN_PASSWORD", ""),
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": public_url.startswith("https://"),
        "PERMANENT_SESSION_LIFETIME": 14 * 24 * 3600,
        "WTF_CSRF_TIME_LIMIT": None,
        "RATELIMIT_STORAGE_URI": values.get("RATELIMIT_STORAGE_URI", "memory://"),
        "SIGN_IN_LIMIT": values.get("SIGN_IN_LIMIT", "10 per minute"),
    }


def _encryption_keys(values: Mapping[str, str]) -> tuple[str, ...]:
    keys = tuple(key.strip() for key in _required(values, "ENCRYPTION_KEY").split(","))
    try:
        for key in keys:
            Fernet(key)
    except ValueError as failure:
        raise SettingInvalid(
            "ENCRYPTION_KEY must be 32 bytes in URL-safe base64, or several such with commas."
        ) from failure
    return keys


def _is_private(host: str) -> bool:
    """Tell whether the host can be reached from this machine or network only."""
    try:
        ip = ip_address(host.strip("[]"))
        return not (ip.is_global or ip.is_unspecified)
    except ValueError:
        return host == "localhost" or host.endswith((".localhost", ".local", ".internal"))


def _platform_settings(values: Mapping[str, str], data_dir: Path) -> dict[str, Any]:
    # Without an address of its own it is reached where it listens.
    host = urlsplit(values.get("PUBLIC_URL", "")).hostname or values.get("HOST", "127.0.0.1")
    return {
        "ALLOW_PRIVATE_ADDRESSES": _yes_or_no(values, "ALLOW_PRIVATE_ADDRESSES", _is_private(host)),
        "FILES_URL": values.get("FILES_URL", str(data_dir / "files")),
        "LAKE_URL": values.get("LAKE_URL", str(data_dir / "lake")),
        "LOCKS_DIR": data_dir / "locks",
        "STAGING_DIR": data_dir / "staging",
        "MAX_CONTENT_LENGTH": None,
        "MAX_FORM_MEMORY_SIZE": 2 * MEGABYTE,
        "MAX_STREAM_FILE_BYTES": _whole_number(values, "MAX_STREAM_FILE_MB", 10240) * MEGABYTE,
        "MAX_STREAM_PART_BYTES": _whole_number(values, "MAX_STREAM_PART_MB", 512) * MEGABYTE,
        "MAX_EVENTS_BYTES": _whole_number(values, "MAX_EVENTS_MB", 4) * MEGABYTE,
        "PARSE_IN_REQUEST_BYTES": _whole_number(values, "PARSE_IN_REQUEST_MB", 4) * MEGABYTE,
        "PART_LIFETIME_HOURS": _whole_number(values, "PART_LIFETIME_HOURS", 24),
        "AUDIENCE_REFRESH_SECONDS": _whole_number(values, "AUDIENCE_REFRESH_SECONDS", 30),
        "RUN_STALLED_SECONDS": _whole_number(values, "RUN_STALLED_SECONDS", 60),
    }


def _site_settings(values: Mapping[str, str], data_dir: Path) -> dict[str, Any]:
    host, port = values.get("HOST", "127.0.0.1"), values.get("PORT", "8080")
    return {
        "SITE_PLATFORM_URL": values.get("SITE_PLATFORM_URL", f"http://{host}:{port}").rstrip("/"),
        "SITE_ACCOUNT": values.get("SITE_ACCOUNT", "default"),
        "SITE_API_KEY": values.get("SITE_API_KEY", ""),
        "SITE_SAMPLE_SHOP_URL": values.get(
            "SITE_SAMPLE_SHOP_URL", f"sqlite:///{data_dir / 'sample-shop.db'}"
        ),
        "EXPORT_PART_ROWS": _whole_number(values, "EXPORT_PART_ROWS", 5000),
    }


def _webhook_settings(values: Mapping[str, str], data_dir: Path) -> dict[str, Any]:
    return {
        "LOGS_DIR": data_dir / "logs",
        "MAX_WEBHOOK_BYTES": _whole_number(values, "MAX_WEBHOOK_MB", 16) * MEGABYTE,
        "WRONG_CREDENTIALS_LIMIT": values.get("WRONG_CREDENTIALS_LIMIT", "120 per minute"),
        "BULK_ASYNC_THRESHOLD": _whole_number(values, "BULK_ASYNC_THRESHOLD", 100),
        "BULK_BATCH_ITEMS": _whole_number(values, "BULK_BATCH_ITEMS", 1000, most=20_000),
        "BULK_INTERVAL_SECONDS": _whole_number(values, "BULK_INTERVAL_SECONDS", 1, 0, 3600),
    }


def _file_settings(values: Mapping[str, str]) -> dict[str, Any]:
    """Return what is a list or a tree: from the file where it says so, else the sample shop's."""
    given = _settings_file(values)
    return {
        **_export_settings(_table(given, "data_export", "the file")),
        "SITE_ACTIVATIONS": _activations(given.get("activations", []), values),
        "SITE_PEOPLE": _people(_table(given, "people", "the file")),
        "LOG_CHANNELS": _log_channels(_table(given, "log_channels", "the file")),
    }


def _activations(given: Any, values: Mapping[str, str]) -> tuple[dict[str, str], ...]:
    """Return who may send to the webhook; without entries, the one that the first start made."""
    needed = ("client_id", "client_secret", "segment_group_identifier")
    if not isinstance(given, list) or not all(isinstance(entry, dict) for entry in given):
        raise SettingInvalid("activations must be a list of tables: [[activations]].")
    made = {
        "client_id": values.get("SITE_CLIENT_ID", ""),
        "client_secret": values.get("SITE_CLIENT_SECRET", ""),
        "segment_group_identifier": values.get("SITE_SEGMENT_GROUP", "headwater"),
    }
    ids = [entry.get("client_id") for entry in given]
    entries = given or ([made] if made["client_id"] and made["client_secret"] else [])
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


def _settings_file(values: Mapping[str, str]) -> dict[str, Any]:
    path = values.get("HEADWATER_CONFIG")
    if not path:
        return {}
    try:
        given = tomllib.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError) as failure:
        raise SettingInvalid(f"HEADWATER_CONFIG: {path} cannot be read: {failure}.") from failure
    if unknown := sorted(given.keys() - FILE_PARTS):
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
        return _required(values, given.removeprefix("env:"))
    return given


def _table(given: Mapping[str, Any], name: str, where: str) -> dict[str, Any]:
    table = given.get(name, {})
    if not isinstance(table, dict):
        raise SettingInvalid(f"In {where}, {name} must be a table.")
    return table


def _required(values: Mapping[str, str], name: str) -> str:
    if not values.get(name):
        raise SettingMissing(
            f"{name} is not set. Set it, or start with `make run`, which makes what it needs."
        )
    return values[name]


def _yes_or_no(values: Mapping[str, str], name: str, default: bool) -> bool:
    word = values.get(name, "yes" if default else "no").lower()
    if word not in {"yes", "no"}:
        raise SettingInvalid(f"{name} must be yes or no, not {word!r}.")
    return word == "yes"


def _word(values: Mapping[str, str], name: str, default: str) -> str:
    word = values.get(name, default)
    if not word.replace("-", "").isalnum():
        raise SettingInvalid(f"{name} must be a word of letters, digits and dashes, not {word!r}.")
    return word


def _whole_number(
    values: Mapping[str, str], name: str, default: int, least: int = 1, most: int = 1_000_000_000
) -> int:
    text = values.get(name, str(default))
    if not (text.isascii() and text.isdecimal() and least <= int(text[:20]) <= most):
        raise SettingInvalid(
            f"{name} must be a whole number between {least} and {most}, not {text!r}."
        )
    return int(text)
