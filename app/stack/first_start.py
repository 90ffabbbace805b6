"""Migrates the database and, the first time, makes the administrator and the sample shop."""

import json
import sys

from flask_migrate import upgrade

from app import clock, create_app
from app.accounts import services as accounts
from app.site import services as site


def main() -> None:
    """Print, as one line of JSON, the sign-in that was made, if one was."""
    app = create_app()
    with app.app_context():
        upgrade()
        made = accounts.ensure_administrator(
            email=app.config["ADMIN_EMAIL"], password=app.config["ADMIN_PASSWORD"], now=clock.now()
        )
        site.create_sample_shop(url=app.config["SITE_SAMPLE_SHOP_URL"])
    sign_in = {"email": made.email, "password": made.password} if made else {}
    sys.stdout.write(f"\n{json.dumps(sign_in)}\n")


if __name__ == "__main__":
    main()
