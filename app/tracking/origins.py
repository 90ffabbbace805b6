"""Which sites' pages may send with a write key: origins, exactly or with any subdomain."""

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

MOST_ORIGINS, LONGEST_ORIGIN = 100, 260
_HOST = re.compile(r"(\*\.)?[a-z0-9]([a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\]")


class OriginInvalid(Exception):
    """A line is no origin; the sentence says what it should be."""


def parsed(lines: str) -> list[str]:
    """Return the origins of a text with one a line; raise OriginInvalid."""
    found = [_parsed(line.strip()) for line in lines.splitlines() if line.strip()]
    if len(found) > MOST_ORIGINS:
        raise OriginInvalid(f"At most {MOST_ORIGINS} origins can be given.")
    return list(dict.fromkeys(found))


def is_allowed(origin: str, allowed: Iterable[str]) -> bool:
    """Tell whether a browser's Origin header is one of those allowed, `*.` being any subdomain."""
    sent = origin.lower()
    return any(sent == each or _is_below(sent, each) for each in allowed)


def _is_below(sent: str, allowed: str) -> bool:
    scheme, star, domain = allowed.partition("://*.")
    return bool(star) and sent.startswith(f"{scheme}://") and sent.endswith(f".{domain}")


def _parsed(line: str) -> str:
    refusal = OriginInvalid(
        f"“{line[:60]}” is no origin. Write the beginning of the pages' address, such as "
        "https://www.example.com or https://*.example.com, without a path."
    )
    try:
        parts = urlsplit(line.lower().rstrip("/"))
        host, port = parts.hostname or "", parts.port
    except ValueError as failure:
        raise refusal from failure
    named = f"[{host}]" if ":" in host else host
    has_more = parts.path or parts.query or parts.fragment or parts.username is not None
    is_short = len(line) <= LONGEST_ORIGIN
    if parts.scheme not in {"http", "https"} or has_more or not is_short:
        raise refusal
    if _HOST.fullmatch(named) is None:
        raise refusal
    is_usual = port is None or port == {"http": 80, "https": 443}[parts.scheme]
    return f"{parts.scheme}://{named}" + ("" if is_usual else f":{port}")
