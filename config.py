"""Every setting, its default and its environment variable; only this reads the environment."""

import os
import re
from collections.abc import Mapping
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from cryptography.fernet import Fernet
from dotenv import dotenv_values

from app import settings_file
from app.settings_file import SettingInvalid as SettingInvalid
from app.settings_file import SettingMissing as SettingMissing
from app.settings_file import required

MEGABYTE = 1024 * 1024


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
        **settings_file.load(values.get("HEADWATER_CONFIG"), values, _made_sender(values)),
    }


def data_folder(environment: Mapping[str, str]) -> Path:
    """Return the folder everything is kept in, which is known before any secret is."""
    return Path(environment.get("DATA_DIR", "instance")).absolute()


def _server_settings(values: Mapping[str, str], data_dir: Path) -> dict[str, Any]:
    host, port = values.get("HOST", "127.0.0.1"), _whole_number(values, "PORT", 8080, 0, 65535)
    public_url = values.get("PUBLIC_URL", f"http://{host}:{port}").rstrip("/")
    return {
        "DATA_DIR": data_dir,
        "SECRET_KEY": required(values, "SECRET_KEY"),
        "ENCRYPTION_KEYS": _encryption_keys(values),
        "ENVIRONMENT": _word(values, "ENVIRONMENT", "production"),
        "SQLALCHEMY_DATABASE_URI": values.get(
            "DATABASE_URL", f"sqlite:///{data_dir / 'headwater.db'}"
        ),
        # Each thread that answers may use one, and so may what works beside them.
        "SQLALCHEMY_ENGINE_OPTIONS": {"max_overflow": 15},
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
    keys = tuple(key.strip() for key in required(values, "ENCRYPTION_KEY").split(","))
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
        "ENGINE_URL": _engine_url(values),
        "LOCKS_DIR": data_dir / "locks",
        "STAGING_DIR": data_dir / "staging",
        "MAX_CONTENT_LENGTH": None,
        "MAX_FORM_MEMORY_SIZE": 2 * MEGABYTE,
        "MAX_STREAM_FILE_BYTES": _whole_number(values, "MAX_STREAM_FILE_MB", 10240) * MEGABYTE,
        "MAX_STREAM_PART_BYTES": _whole_number(values, "MAX_STREAM_PART_MB", 512) * MEGABYTE,
        "MAX_EVENTS_BYTES": _whole_number(values, "MAX_EVENTS_MB", 4) * MEGABYTE,
        "INBOX_REQUESTS": _whole_number(values, "INBOX_REQUESTS", 250_000),
        "INBOX_BYTES": _whole_number(values, "INBOX_MB", 4096) * MEGABYTE,
        "PARSE_IN_REQUEST_BYTES": _whole_number(values, "PARSE_IN_REQUEST_MB", 4) * MEGABYTE,
        "PART_LIFETIME_HOURS": _whole_number(values, "PART_LIFETIME_HOURS", 24),
        "FILE_LIFETIME_DAYS": _whole_number(values, "FILE_LIFETIME_DAYS", 30, most=36_500),
        "JOURNAL_LIFETIME_DAYS": _whole_number(values, "JOURNAL_LIFETIME_DAYS", 90, most=36_500),
        "AUDIENCE_REFRESH_SECONDS": _whole_number(values, "AUDIENCE_REFRESH_SECONDS", 30),
        "RUN_STALLED_SECONDS": _whole_number(values, "RUN_STALLED_SECONDS", 60),
    }


def _engine_url(values: Mapping[str, str]) -> str:
    url = values.get("ENGINE_URL", "").strip()
    if not re.fullmatch(r"|local\[(\*|[1-9][0-9]{0,2})\]|spark://[^\s/]+:[0-9]+(,\S*)?", url):
        raise SettingInvalid(
            f"ENGINE_URL must be empty, spark://host:port or local[2], not {url!r}."
        )
    return url


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


def _made_sender(values: Mapping[str, str]) -> dict[str, str]:
    """Return with what the platform of the same installation may send to the webhook."""
    return {
        "client_id": values.get("SITE_CLIENT_ID", ""),
        "client_secret": values.get("SITE_CLIENT_SECRET", ""),
        "segment_group_identifier": values.get("SITE_SEGMENT_GROUP", "headwater"),
    }


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
