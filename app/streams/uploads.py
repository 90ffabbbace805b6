"""A file somebody chose in the browser, kept on its stream."""

from typing import Any

from flask import current_app

from app import clock
from app.streams import services
from app.streams.models import FileKind, StreamFile


def keep(file: Any, *, stream_pk: int, kind: FileKind) -> StreamFile:
    """Keep the uploaded file of a form; raise a failure of `receiving`."""
    return services.receive_upload(
        stream_pk=stream_pk,
        kind=kind,
        name=file.filename,
        stream=file.stream,
        limit=current_app.config["MAX_STREAM_FILE_BYTES"],
        now=clock.now(),
    )
