"""Headwater's application: what create_app joins, in order."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Flask

import config
from app import cli, errors, extensions, logs, pages, security

ROOT = Path(__file__).parent.parent


def create_app(settings: Mapping[str, Any] | None = None) -> Flask:
    """Return the application with the given settings, or those of the environment."""
    app = Flask(
        __name__,
        root_path=str(ROOT),
        template_folder="templates",
        static_folder="static",
    )
    app.config.from_mapping(config.load() if settings is None else settings)
    logs.configure(app)
    extensions.init_app(app)
    security.init_app(app)
    errors.init_app(app)
    pages.init_app(app)
    _register_blueprints(app)
    cli.init_app(app)
    return app


def _register_blueprints(app: Flask) -> None:
    from app.accounts.views import bp as accounts
    from app.dataflows.views import bp as dataflows
    from app.home.views import bp as home
    from app.schemas.views import bp as schemas
    from app.streams.api import bp as streams_api
    from app.streams.views import bp as streams
    from wizard.views import bp as wizard

    for blueprint in (home, accounts, streams, schemas, dataflows, wizard, streams_api):
        app.register_blueprint(blueprint)
    extensions.csrf.exempt(streams_api)
