"""The secrets of an installation: made once, kept in the data folder, readable by nobody else."""

import base64
import os
import secrets
from collections.abc import Callable, Mapping
from pathlib import Path

from dotenv import dotenv_values

FILE_NAME = "headwater.env"
# 32 random bytes in URL-safe base64 are a Fernet key.
MAKERS: dict[str, Callable[[], str]] = {
    "SECRET_KEY": lambda: secrets.token_urlsafe(48),
    "ENCRYPTION_KEY": lambda: base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
    # With these the platform may send to the webhook of the same installation.
    "SITE_CLIENT_ID": lambda: f"headwater-{secrets.token_hex(6)}",
    "SITE_CLIENT_SECRET": lambda: secrets.token_hex(32),
}


def ensure(folder: Path, environment: Mapping[str, str]) -> None:
    """Add each secret that neither the environment nor the file has."""
    file = folder / FILE_NAME
    kept = file.read_text() if file.exists() else ""
    known = {name for name, value in {**dotenv_values(file), **environment}.items() if value}
    missing = [f"{name}={make()}\n" for name, make in MAKERS.items() if name not in known]
    if missing:
        _replace(file, "".join([kept, "\n" if kept and not kept.endswith("\n") else "", *missing]))


def _replace(file: Path, text: str) -> None:
    """Write the whole file or none of it: half a secret would lock everybody out."""
    draft = file.with_suffix(".new")
    draft.unlink(missing_ok=True)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as opened:
        opened.write(text)
        opened.flush()
        os.fsync(opened.fileno())
    draft.replace(file)
