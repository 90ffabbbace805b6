"""Headwater's application: what create_app joins, in order."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from flask import Blueprint, Flask

ROOT = Path(__file__).parent.parent


def create_app(settings: Mapping[str, Any] | None = None) -> Flask:
    """Return the application with the given settings, or those of the environment."""
    with _without_collecting():
        return _made(settings)


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Look for no garbage meanwhile: a fifth of the start went there, and what is made stays."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _made(settings: Mapping[str, Any] | None) -> Flask:
    # Imported here, so that the pure packages below `app` can be used without the web.
    from flask import Flask

    import config
    from app import (
        access,
        addresses,
        cli,
        errors,
        extensions,
        live,
        logs,
        pages,
        queue,
        security,
    )  # fmt: skip
    from app.tracking import collector

    app = Flask(__name__, root_path=str(ROOT), template_folder="templates", static_folder="static")
    app.config.from_mapping(config.load() if settings is None else settings)
    for part in (addresses, logs, extensions, queue, security, errors, pages, access, live):
        part.init_app(app)
    _register_blueprints(app)
    cli.init_app(app)
    collector.init_app(app)
    return app


def create_files_app() -> Flask:
    """Return an application with the commands on files alone, which need no settings."""
    from flask import Flask

    from app.tabular.commands import files

    app = Flask(__name__)
    app.cli.add_command(files)
    return app


def _register_blueprints(app: Flask) -> None:
    from app.extensions import csrf

    machines = _for_machines()
    for blueprint in (*_for_people(), *machines):
        app.register_blueprint(blueprint)
    for blueprint in machines:
        csrf.exempt(blueprint)


def _for_people() -> tuple[Blueprint, ...]:
    from app.accounts.views import bp as accounts
    from app.activations.views import bp as activations
    from app.dataflows.views import bp as dataflows
    from app.datasets.views import bp as datasets
    from app.erasures.views import bp as erasures
    from app.home.views import bp as home
    from app.patterns.views import bp as patterns
    from app.people.views import bp as people
    from app.quarantine.views import bp as quarantine
    from app.replays.views import bp as replays
    from app.runs.views import bp as runs
    from app.schemas.views import bp as schemas
    from app.site.exports.views import bp as exports
    from app.site.segments.views import bp as segments
    from app.streams.views import bp as streams
    from app.suppressions.views import bp as suppressions
    from app.tracking.views import bp as tracking

    return (
        home, accounts, streams, schemas, datasets, dataflows, runs, quarantine, replays,
        *_of_the_wizard(), tracking, people, *_of_audiences(), activations, segments, exports,
        patterns, erasures, suppressions,
    )  # fmt: skip


def _of_the_wizard() -> tuple[Blueprint, ...]:
    from wizard.custom_columns import bp as custom_columns
    from wizard.file_mapping import bp as file_mapping
    from wizard.transform_map import bp as transform_map
    from wizard.views import bp as wizard

    return wizard, file_mapping, transform_map, custom_columns


def _of_audiences() -> tuple[Blueprint, ...]:
    from app.audiences.dividing.views import bp as dividing
    from app.audiences.history.views import bp as history
    from app.audiences.lists.views import bp as lists
    from app.audiences.overlaps.views import bp as overlaps
    from app.audiences.versions.views import bp as versions
    from app.audiences.views import bp as audiences

    return audiences, history, overlaps, versions, lists, dividing


def _for_machines() -> tuple[Blueprint, ...]:
    from app.audiences.api import bp as memberships
    from app.audiences.feed.api import bp as feed
    from app.site.segments.api import bp as webhook
    from app.streams.api import bp as streams

    return streams, memberships, feed, webhook
