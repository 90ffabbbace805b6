"""What SDKs ask the collector for before they send, and what is answered where nothing is taken."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, cast
from urllib.parse import urlsplit

from flask import Blueprint, Response, current_app, request, send_file
from werkzeug.exceptions import MethodNotAllowed

from app.tracking import answers
from app.tracking.answers import HEADERS
from app.tracking.intake import ROUTES

if TYPE_CHECKING:
    from app.tracking.admission import Admission
    from app.tracking.collector import Collector

bp = Blueprint("collector", __name__)

_TRACKER = Path(__file__).parent.parent.parent / "static" / "tracker" / "track.js"


@bp.get("/v1/projects/<path:write_key>/settings")
def settings(write_key: str):
    """Tell Segment's SDK in browsers to send to us, and that it has to load nothing else."""
    _admission().known(write_key)
    address = urlsplit(current_app.config["PUBLIC_URL"])
    here = {
        "apiKey": write_key,
        "apiHost": f"{address.netloc}{address.path}/v1",
        "protocol": address.scheme,
    }
    return _answer({"integrations": {"Segment.io": here}, "plan": {}, "edgeFunction": {}})


@bp.get("/sourceConfig/")
def source_config():
    """Tell RudderStack's SDKs that they have to load nothing else, and that nothing is cut off."""
    source = _admission().admit(request.environ)
    config = {"id": str(source.id), "enabled": True, "config": {}, "destinations": []}
    return _answer({"source": config, "updatedAt": "2026-01-01T00:00:00.000Z"})


@bp.get("/track.js")
def track_js():
    """Serve our own tracker to any site."""
    answer = send_file(_TRACKER, mimetype="text/javascript", max_age=3600)
    answer.headers.update({**HEADERS, "Cache-Control": "public, max-age=3600"})
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer


def not_by_post():
    """Say that messages are posted; what is posted never comes here."""
    raise MethodNotAllowed(["POST", "OPTIONS"])


for _path in ROUTES:
    bp.add_url_rule(_path, view_func=not_by_post)


@bp.app_errorhandler(Exception)
def _failed(failure: Exception):
    refusal = answers.refusal_of(failure, request.path)
    return Response(
        refusal.body(), refusal.status, refusal.headers(), content_type="application/json"
    )


def _answer(content: object) -> Response:
    return Response(json.dumps(content), 200, HEADERS, content_type="application/json")


def _admission() -> "Admission":
    return cast("Collector", current_app).admission
