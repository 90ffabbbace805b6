"""What every template may use."""

import hashlib
from functools import cache
from pathlib import Path

from flask import Flask, url_for
from jinja2 import StrictUndefined

from app import formatting, navigation


def init_app(app: Flask) -> None:
    """Set Jinja up: a missing variable is an error, filters and the menu are there."""
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    formatting.init_app(app)
    folder = Path(app.static_folder or "")

    def asset(path: str) -> str:
        return url_for("static", filename=path, v=_digest(folder / path))

    app.jinja_env.globals["asset"] = asset
    app.context_processor(lambda: {"navigation": navigation.links()})


@cache
def _digest(file: Path) -> str:
    """Return a few signs that change when the file does, so that browsers may keep it."""
    return hashlib.sha256(file.read_bytes()).hexdigest()[:10]
