"""The webhook: what the platform posts, and how far a queued message is."""

import hashlib
import io
import logging
from datetime import timedelta
from uuid import uuid4

from flask import Blueprint, current_app, redirect, request, url_for
from sqlalchemy.exc import OperationalError

from app import clock, disk, receiving, signing
from app.errors import Problem, problem_response
from app.extensions import limiter
from app.logs import masked
from app.site.segments import credentials, messages, people, queries, services
from app.site.segments.credentials import Client
from app.site.segments.messages import LONGEST_ID, WebhookUpdate
from app.site.segments.people import Known, PeopleUnreachable
from app.site.segments.recording import Bulk, Incoming

bp = Blueprint("webhook", __name__)
channel = logging.getLogger("cdp.webhook")

RETRY_SECONDS = 5
# What is answered where a message cannot be used; without a sentence, its own says what is wrong.
_REFUSALS: dict[type[Exception], tuple[int, str, str, str]] = {
    messages.NotJson: (400, "not_json", "That is no JSON", "Send one JSON object."),
    messages.TooDeep: (
        400, "too_deep", "Nested too deeply",
        f"At most {messages.DEEPEST} objects or lists may stand in one another.",
    ),
    messages.TooManyItems: (
        413, "too_many_items", "Too many items",
        f"At most {messages.MOST_ITEMS} items are taken at once. Send several messages.",
    ),
    messages.UpdateTypeUnknown: (422, "update_type_unknown", "Unknown updateType", ""),
    messages.MessageInvalid: (422, "message_invalid", "Something is missing", ""),
}  # fmt: skip


@bp.before_request
def _log_request() -> None:
    fields = {"method": request.method, "path": request.path, "size": request.content_length}
    headers = masked(dict(request.headers))
    channel.debug("request.received", extra={**fields, "headers": headers})


@bp.errorhandler(Problem)
def _refused(problem: Problem):
    """Answer, log and keep why a request was not taken in."""
    fields = {"status": problem.status, "code": problem.code}
    channel.warning("message.refused", extra=fields)
    if request.method == "POST":
        _keep(problem)
    answer = problem_response(problem)
    if problem.status == 503:
        answer.headers["Retry-After"] = str(RETRY_SECONDS)
    if problem.status == 401:
        answer.headers["WWW-Authenticate"] = 'Basic realm="webhook"'
    return answer


def _keep(problem: Problem) -> None:
    """Keep the refusal for its page; that it cannot be kept changes nothing for the sender."""
    client_id, _secret = credentials.given(_headers())
    # What is none of our ids may be anything, a secret in the wrong place too.
    known = {entry["client_id"] for entry in current_app.config["SITE_ACTIVATIONS"]}
    try:
        services.keep_refusal(
            status=problem.status,
            code=problem.code,
            detail=problem.detail,
            client_id=client_id if client_id in known else "",
            remote_address=request.remote_addr or "",
            now=clock.now(),
        )
    except OperationalError:
        channel.exception("refusal.lost")


@bp.errorhandler(OperationalError)
def _busy(failure: OperationalError):
    channel.error("database.busy", extra={"failure": type(failure).__name__})
    problem = Problem(503, "busy", "Not now", "The database does not answer. Send it again.")
    if disk.is_full(failure):
        problem = Problem(507, "disk_full", "The disk is full", "Nothing was kept. Send it later.")
    answer = problem_response(problem)
    answer.headers["Retry-After"] = str(RETRY_SECONDS)
    return answer


@bp.post("/cdp/webhook")
@limiter.limit(
    lambda: current_app.config["WRONG_CREDENTIALS_LIMIT"],
    deduct_when=lambda answer: answer.status_code == 401,
)
def receive():
    """Take in one message; 200 means worked, 202 kept and queued."""
    client = _client()
    body, digest = _body()
    _check_signature(client, body)
    update = _update(client, body)
    incoming = Incoming(client, _webhook_id(), len(body), digest, update)
    try:
        message = services.receive_message(
            incoming=incoming, bulk=_bulk(), known=_known(), now=clock.now()
        )
    except services.WebhookIdReused as failure:
        raise Problem(
            409, "webhook_id_reused", "That id was used before",
            "Another message came under this webhook-id. Give each message an id of its own.",
        ) from failure  # fmt: skip
    except PeopleUnreachable as failure:
        detail = "This site cannot ask for its people at the moment. Send it again."
        raise Problem(503, "people_unreachable", "Not now", detail) from failure
    return message.answer, message.answer_status


@bp.get("/cdp/webhook/batches/<string:public_id>")
def batch(public_id: str):
    """Tell a sender how far a queued message is; lead a person to its page."""
    if request.accept_mimetypes.best == "text/html":
        return redirect(url_for("segments.batch", public_id=public_id))
    client = _client()
    message = queries.find_message_by_public_id(public_id)
    if message is None or message.client_id != client.client_id:
        raise Problem(404, "batch_unknown", "No such batch", "No message of yours has this id.")
    found = queries.count_items(message.id)
    counts = {status.value.replace(" ", "_"): n for status, n in found.items()}
    return {
        "status": message.status.value,
        "batch": public_id,
        "items": message.item_count,
        "counts": counts,
    }


def _headers() -> dict[str, str]:
    return {name.lower(): value for name, value in request.headers.items()}


def _client() -> Client:
    try:
        return credentials.checked(_headers(), current_app.config["SITE_ACTIVATIONS"])
    except credentials.CredentialsWrong as failure:
        raise Problem(
            401, services.CREDENTIALS_WRONG, "Client id or secret is wrong",
            "Send them with each request, as HTTP Basic or as x-client-id and x-client-secret.",
        ) from failure  # fmt: skip


def _body() -> tuple[bytes, str]:
    """Return the body and its SHA-256 in hex."""
    limit = current_app.config["MAX_WEBHOOK_BYTES"]
    if (request.content_length or 0) > limit:
        raise _too_large(limit)
    buffer = io.BytesIO()
    sent = receiving.Body(stream=request.stream, length=request.content_length)
    try:
        receiving.receive(sent, into=buffer, limit=limit)
    except receiving.BodyTooLarge as failure:
        raise _too_large(limit) from failure
    except receiving.BodyEmpty as failure:
        raise Problem(400, "body_empty", "Nothing was sent", "Send one JSON object.") from failure
    except (receiving.BodyTruncated, receiving.BodyCorrupt) as failure:
        raise Problem(
            400, "body_broken", "The body is cut off", "Send the whole message again."
        ) from failure
    body = buffer.getvalue()
    return body, hashlib.sha256(body).hexdigest()


def _too_large(limit: int) -> Problem:
    return Problem(
        413, "too_large", "The message is too large",
        f"At most {limit} bytes are taken at once. Send the changes in several messages.",
        {"limit": limit},
    )  # fmt: skip


def _check_signature(client: Client, body: bytes) -> None:
    # Who signs nothing may still name messages, so that one sent again is known.
    if not client.is_signed and "webhook-signature" not in request.headers:
        return
    try:
        signing.check(client.secret, body, _headers())
    except signing.TimestampStale as failure:
        raise Problem(
            401, "timestamp_stale", "The signature is too old",
            "It was made more than five minutes from now. Sign each try anew; check both clocks.",
        ) from failure  # fmt: skip
    except signing.SignatureMismatch as failure:
        raise Problem(
            401, "signature_wrong", "The signature is missing or wrong",
            "Sign the exact bytes with the client secret, as Standard Webhooks says.",
        ) from failure  # fmt: skip


def _update(client: Client, body: bytes) -> WebhookUpdate:
    try:
        update = messages.parsed(body)
    except tuple(_REFUSALS) as failure:
        status, code, title, detail = _REFUSALS[type(failure)]
        raise Problem(status, code, title, detail or str(failure)) from failure
    if update.group_identifier != client.group_identifier:
        raise Problem(
            403, "group_wrong", "That segment group is another's",
            f"These credentials belong to the segment group {client.group_identifier}.",
        )  # fmt: skip
    return update


def _webhook_id() -> str:
    """Return the message's id; one without, of a sender that does not sign, is always new."""
    given = request.headers.get("webhook-id", "")
    if not given:
        return f"unnamed_{uuid4().hex}"
    if len(given) > LONGEST_ID or not given.isascii() or not given.isprintable():
        raise Problem(400, "webhook_id_invalid", "The webhook-id cannot be used",
                      "Use up to 200 readable ASCII signs.")  # fmt: skip
    return given


def _bulk() -> Bulk:
    settings = current_app.config
    return Bulk(
        threshold=settings["BULK_ASYNC_THRESHOLD"],
        batch_items=settings["BULK_BATCH_ITEMS"],
        interval=timedelta(seconds=settings["BULK_INTERVAL_SECONDS"]),
        status_url=f"{settings['PUBLIC_URL']}/cdp/webhook/batches",
    )


def _known() -> Known:
    settings = current_app.config
    return people.lookup(settings["SITE_PEOPLE"], settings["SITE_SAMPLE_SHOP_URL"])
