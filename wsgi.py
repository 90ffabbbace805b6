"""The web application, for gunicorn and the flask command."""

import sys

import config
from app import create_app

try:
    app = create_app()
except (config.SettingMissing, config.SettingInvalid) as failure:
    sys.exit(f"Headwater cannot start: {failure}")
