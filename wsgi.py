"""The web application, for gunicorn and the flask command."""

import sys

import config
from app import create_app, create_files_app

try:
    app = create_files_app() if "files" in sys.argv[1:] else create_app()
except (config.SettingMissing, config.SettingInvalid) as failure:
    sys.exit(f"Headwater cannot start: {failure}")
