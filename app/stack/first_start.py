"""Migrates the database and, the first time, makes the administrator and the sample shop."""

import json
import sys

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import current_app
from flask_migrate import upgrade
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

import config
from app import clock, create_app, logs
from app.accounts import services as accounts
from app.extensions import db
from app.site.exports import scheduling
from app.site.sample_shop import services as sample_shop
from app.site.segments import services as segments
from app.tracking import services as tracking


class DatabaseNewer(Exception):
    """The database was migrated by a later Headwater."""


def main() -> None:
    """Print one line of JSON: the sign-in that was made, if one was, or the problem."""
    try:
        answer = _prepare()
    except (logs.ChannelInvalid, scheduling.ScheduleInvalid) as failure:
        answer = {"problem": str(failure)}
    except DatabaseNewer:
        answer = {"problem": f"{_database()} was made by a newer Headwater. Update this one."}
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError) as failure:
        answer = {"problem": f"DATABASE_URL cannot be used ({failure}). Mend it or leave it out."}
    except DBAPIError as failure:
        reason = str(failure.orig).strip().splitlines()[0]
        answer = {"problem": f"{_database()} cannot be used ({reason}). Mend it or DATABASE_URL."}
    except accounts.EmailInvalid as failure:
        answer = {"problem": f"ADMIN_EMAIL is no e-mail address: {failure}"}
    except accounts.PasswordLengthWrong as failure:
        answer = {"problem": f"ADMIN_PASSWORD cannot be used. {failure}"}
    sys.stdout.write(f"\n{json.dumps(answer)}\n")


def _prepare() -> dict[str, str]:
    app = create_app()
    # A slip in it should be known now, not when the export does not come.
    scheduling.entries(app.config["EXPORT_SCHEDULE"])
    with app.app_context():
        _refuse_newer()
        upgrade()
        made = accounts.ensure_administrator(
            email=app.config["ADMIN_EMAIL"], password=app.config["ADMIN_PASSWORD"], now=clock.now()
        )
        tracking.ensure_event_names()
        if "site" in app.config["PARTS"]:
            segments.ensure_groups(activations=app.config["SITE_ACTIVATIONS"], now=clock.now())
            sample_shop.create_sample_shop(url=app.config["SITE_SAMPLE_SHOP_URL"])
    return {"email": made.email, "password": made.password} if made else {}


def _refuse_newer() -> None:
    """Raise DatabaseNewer where the database is at a revision we have never heard of."""
    migrate = current_app.extensions["migrate"].migrate
    scripts = ScriptDirectory.from_config(migrate.get_config())
    known = {script.revision for script in scripts.walk_revisions()}
    with db.engine.connect() as connection:
        current = set(MigrationContext.configure(connection).get_current_heads())
    if not current <= known:
        raise DatabaseNewer


def _database() -> str:
    url = make_url(config.load()["SQLALCHEMY_DATABASE_URI"])
    return f"The database {url.render_as_string(hide_password=True)}"


if __name__ == "__main__":
    main()
