"""How the failures of taking in a file are said to a person."""

from collections.abc import Callable
from typing import Any

from app import receiving
from app.formatting import bytes_

SENTENCES: dict[type[Exception], Callable[[Any], str]] = {
    receiving.BodyEmpty: lambda _failure: "The file is empty. Choose another.",
    receiving.BodyTruncated: lambda _failure: (
        "The file was cut off on the way, or is a broken archive. Send it again."
    ),
    receiving.BodyCorrupt: lambda _failure: "The file looks like gzip but cannot be unpacked.",
    receiving.BodyTooLarge: lambda failure: (
        f"The file has more than {bytes_(failure.limit)} once unpacked. Send a smaller one."
    ),
}
