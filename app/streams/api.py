"""The Streaming API: stream files pushed by a site, or by curl."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from uuid import uuid4

from flask import Blueprint, current_app, request

from app import clock, receiving
from app.errors import Problem
from app.receiving import Body
from app.runs import services as runs
from app.streams import services
from app.streams.models import FileKind, FileStatus, Stream, StreamFile
from app.streams.services import Address
from app.tabular.files.source import FileUnreadable
from app.tabular.json.checking import JsonArrayChecker

bp = Blueprint("streams_api", __name__)

LONGEST_ID = 200


@bp.post("/stream/<account>")
def push(account: str):
    stream = _stream(request.headers.get("x-streamid", ""))
    kind = _kind(request.headers.get("x-isdraft", "false"))
    named = request.headers.get("x-stream-file")
    if named is None and kind is FileKind.PRODUCTION:
        _refuse_unnamed(stream)
    address = Address(
        stream_pk=stream.id,
        kind=kind,
        client_file_id=_client_id(named or str(uuid4())),
        number=_whole("x-part", 1),
        total=_whole("x-complete", None) if named else 1,
        original_name=f"{named or 'push'}.json",
    )
    file = _receive(address, JsonArrayChecker(), current_app.config["MAX_STREAM_PART_BYTES"])
    if file.status is FileStatus.OPEN:
        return {"file": file.client_file_id, "kind": kind.value, "part": address.number}, 202
    return _confirmed(file)


@bp.put("/api/v1/streams/<uuid:stream_id>/files/<client_file_id>")
def put(stream_id, client_file_id: str):
    stream = _stream(str(stream_id))
    kind = request.args.get("kind", FileKind.DRAFT.value)
    if kind not in set(FileKind):
        raise Problem(400, "kind_unknown", "Kind not known", "Use ?kind=draft or ?kind=production.")
    address = Address(
        stream_pk=stream.id,
        kind=FileKind(kind),
        client_file_id=_client_id(client_file_id),
        total=1,
        original_name=client_file_id,
    )
    file = _receive(address, None, current_app.config["MAX_STREAM_FILE_BYTES"])
    return _confirmed(file)


def _stream(stream_id: str) -> Stream:
    """Return the stream the sender may write to, or refuse."""
    scheme, _, key = request.headers.get("Authorization", "").partition(" ")
    try:
        return services.find_open_stream(
            stream_id=stream_id, key=key.strip() if scheme.lower() == "bearer" else None
        )
    except services.StreamUnknown as failure:
        raise Problem(
            404,
            "stream_unknown",
            "No such stream",
            "No stream has this id. Copy it anew from step 2, Download, of the dataflow.",
        ) from failure
    except services.KeyMissing as failure:
        raise Problem(
            401,
            "key_wrong",
            "Key missing or wrong",
            "Send Authorization: Bearer with an API key of the scope stream:write.",
        ) from failure


def _receive(address: Address, checker: JsonArrayChecker | None, limit: int) -> StreamFile:
    """Keep the body, or say what is wrong with it."""
    body = Body(
        stream=request.stream,
        is_gzip=_is_gzip(request.headers.get("Content-Encoding", "identity")),
        digest=_digest(),
        length=request.content_length,
    )
    try:
        file = services.receive_part(
            address=address, body=body, checker=checker, limit=limit, now=clock.now()
        )
    except tuple(_REFUSALS) as failure:
        raise _REFUSALS[type(failure)](failure) from failure
    return file


def _confirmed(file: StreamFile) -> tuple[dict[str, Any], HTTPStatus]:
    """Say that a file is whole, then let a run start: losing that race forgets what was read."""
    answer = _confirmation(file)
    if file.status is FileStatus.CLOSED and file.kind is FileKind.PRODUCTION:
        runs.start_for_stream(stream_pk=file.stream_pk, now=clock.now())
    return answer, HTTPStatus.CREATED


def _confirmation(file: StreamFile) -> dict[str, Any]:
    return {
        "file": file.client_file_id,
        "kind": file.kind.value,
        "rows": file.row_count,
        "parts": len(file.parts),
        "size": file.size,
        "sha256": file.sha256,
    }


def _refuse_unnamed(stream: Stream) -> None:
    if stream.is_overwriting and not stream.is_one_call_whole:
        raise Problem(
            409,
            "file_not_named",
            "This stream replaces a dataset",
            "Each call would wipe what the call before it brought. Send the header x-stream-file "
            "with every part and x-complete with the last, or confirm on the stream's page that "
            "one call is the whole file.",
        )


def _kind(is_draft: str) -> FileKind:
    """Return the kind that the header says; a draft must not become production by a slip."""
    word = is_draft.strip().lower()
    if word not in {"true", "1", "false", "0"}:
        raise Problem(
            400, "header_invalid", "Header not readable", "x-isdraft must be true or false."
        )
    return FileKind.DRAFT if word in {"true", "1"} else FileKind.PRODUCTION


def _is_gzip(encoding: str) -> bool:
    if encoding.strip().lower() not in {"gzip", "x-gzip", "identity", ""}:
        raise Problem(
            415,
            "encoding_unknown",
            "Encoding not known",
            "Send the body plain, or with Content-Encoding: gzip.",
        )
    return encoding.strip().lower() in {"gzip", "x-gzip"}


def _digest() -> bytes | None:
    try:
        return receiving.parsed_digest(request.headers.get("Content-Digest"))
    except receiving.DigestUnreadable as failure:
        raise Problem(
            400,
            "digest_unreadable",
            "Digest not readable",
            "Write Content-Digest as sha-256=:<base64>: or leave it out.",
        ) from failure


def _client_id(text: str) -> str:
    if not text or len(text) > LONGEST_ID or not text.isprintable():
        raise Problem(
            400,
            "file_id_invalid",
            "File id not usable",
            f"Name the file with 1 to {LONGEST_ID} printable signs.",
        )
    return text


def _whole(header: str, default: int | None) -> Any:
    text = request.headers.get(header)
    if text is None:
        return default
    if not text.isdecimal() or not 1 <= int(text) <= 1_000_000:
        raise Problem(
            400,
            "header_invalid",
            "Header not readable",
            f"{header} must be a whole number from 1, not {text[:40]!r}.",
        )
    return int(text)


def _fixed(status: int, code: str, title: str, detail: str) -> Callable[[Any], Problem]:
    return lambda _failure: Problem(status, code, title, detail)


def _unreadable(failure: FileUnreadable) -> Problem:
    detail = f"{failure.message} {failure.hint}".strip()
    return Problem(400, failure.code, "Not a JSON array of flat objects", detail, failure.to_dict())


_TRUNCATED = _fixed(
    400,
    "body_truncated",
    "The body was cut off",
    "It ended before it was whole, and nothing of it was kept. Send it again.",
)
_REFUSALS: dict[type[Exception], Callable[[Any], Problem]] = {
    FileUnreadable: _unreadable,
    receiving.BodyTruncated: _TRUNCATED,
    receiving.BodyCorrupt: _fixed(
        400, "body_corrupt", "Not gzip", "The body is said to be gzip, but cannot be unpacked."
    ),
    receiving.BodyEmpty: _fixed(
        400, "empty_file", "Nothing was sent", "The body is empty. Send at least one row."
    ),
    receiving.BodyTooLarge: lambda failure: Problem(
        413,
        "too_large",
        "Too large",
        f"At most {failure.limit} bytes are taken in one call, once unpacked. Send smaller parts.",
        {"limit": failure.limit},
    ),
    receiving.DigestMismatch: _fixed(
        400,
        "digest_mismatch",
        "The digest does not fit",
        "Other bytes arrived than were sent, and none was kept. Send them again.",
    ),
    services.PartConflict: _fixed(
        409,
        "part_conflict",
        "Sent before with other content",
        "This part of this file is here already, with other bytes. Choose a new file id.",
    ),
    services.FileIncomplete: lambda failure: Problem(
        409,
        "file_incomplete",
        "Parts are missing",
        "The file cannot be closed: parts "
        f"{', '.join(map(str, failure.missing[:20])) or 'beyond the number given'} do not fit "
        "x-complete. Send what is missing, then close it again.",
        {"missing": failure.missing[:1000]},
    ),
}
