"""What is answered when something is refused or breaks: a page, or problem+json for machines."""

import logging
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from flask import Flask, Response, json, render_template, request
from flask_login import current_user
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from app import disk
from app.access import MACHINE_BLUEPRINTS
from app.logs import current_request_id

log = logging.getLogger(__name__)

# After so long, one of the limits that are counted by the minute lets in again.
RETRY_SECONDS = 60
MACHINE_PATHS = ("/api/", "/stream/", "/v1/", "/cdp/")


@dataclass(frozen=True)
class Wording:
    """How a status is said to a person."""

    title: str
    sentence: str
    advice: str


WORDINGS = {
    400: Wording(
        "That request could not be read",
        "Something in the address or the form was not as expected.",
        "Go back, reload the page and try again.",
    ),
    403: Wording(
        "You may not do this",
        "Your role does not allow it.",
        "Ask an administrator for the role of editor.",
    ),
    404: Wording(
        "This page does not exist",
        "It may have been deleted, or the address has a slip in it.",
        "Start again from the home page.",
    ),
    405: Wording(
        "That does not work here",
        "The page cannot be asked in this way.",
        "Use the buttons of the page.",
    ),
    409: Wording(
        "Somebody else changed this",
        "What you were editing has changed since you opened it.",
        "Reload the page to see the newest state.",
    ),
    413: Wording(
        "That is too large",
        "What was sent is over the limit.",
        "Send it in smaller parts, or ask an administrator to raise the limit.",
    ),
    429: Wording(
        "Too many tries", "Too many requests came from you in a short time.", "Wait a minute."
    ),
    500: Wording(
        "Something broke",
        "This is a fault of ours, and it has been logged. Nothing you sent was half done.",
        "Try again. If it stays, give the administrator the request id below.",
    ),
    507: Wording(
        "The disk is full",
        "What you sent was not kept, and nothing was half done.",
        "Ask whoever runs this server to free some room, then send it again.",
    ),
    503: Wording(
        "Not available at the moment", "A part that is needed does not answer.", "Try again soon."
    ),
}


@dataclass
class Problem(Exception):
    """A refusal for a machine, answered as RFC 9457 problem+json."""

    status: int
    code: str
    title: str
    detail: str
    extra: dict[str, Any] = field(default_factory=dict)


def init_app(app: Flask) -> None:
    """Answer each failure in the form its asker understands."""
    app.register_error_handler(Problem, problem_response)
    app.register_error_handler(CSRFError, _csrf_failed)
    app.register_error_handler(HTTPException, _http_failure)
    app.register_error_handler(Exception, _unexpected_failure)


def problem_response(problem: Problem) -> Response:
    """Return the problem as JSON."""
    body = {
        "type": f"about:blank#{problem.code}",
        "title": problem.title,
        "status": problem.status,
        "detail": problem.detail,
        "code": problem.code,
        "request_id": current_request_id(),
        **problem.extra,
    }
    return Response(
        json.dumps(body), status=problem.status, content_type="application/problem+json"
    )


def _csrf_failed(_failure: CSRFError) -> Any:
    return _page(
        400,
        Wording(
            "This page was open too long",
            "The form no longer belongs to your session, so it was not used.",
            "Go back, reload the page and send it again.",
        ),
    )


def _http_failure(failure: HTTPException) -> Any:
    status = failure.code or 500
    if failure.response is not None or status < 400:
        return failure
    wording = WORDINGS.get(status, WORDINGS[400] if status < 500 else WORDINGS[500])
    return _answer(status, wording, failure)


def _unexpected_failure(failure: Exception) -> Any:
    if disk.is_full(failure):
        log.error("disk.full", extra={"path": request.path})
        return _answer(507, WORDINGS[507], failure)
    log.exception("request.failed", extra={"path": request.path})
    return _answer(500, WORDINGS[500], failure)


def _answer(status: int, wording: Wording, failure: Exception) -> Any:
    if request.blueprint in MACHINE_BLUEPRINTS or request.path.startswith(MACHINE_PATHS):
        code = HTTPStatus(status).name.lower()
        answer = problem_response(Problem(status, code, wording.title, wording.sentence))
        if status == HTTPStatus.TOO_MANY_REQUESTS:
            answer.headers["Retry-After"] = str(RETRY_SECONDS)
        return answer
    page, status = _page(status, wording)
    headers = dict(failure.get_headers()) if isinstance(failure, HTTPException) else {}
    kept = {name: headers[name] for name in ("Retry-After", "Allow") if name in headers}
    return page, status, kept


def _page(status: int, wording: Wording) -> tuple[str, int]:
    page = render_template(
        "errors/error.html",
        layout="app" if status < 500 and current_user.is_authenticated else "signed_out",
        status=status,
        wording=wording,
        request_id=current_request_id(),
    )
    return page, status
