"""How numbers, times and sizes are written for people."""

from datetime import UTC, datetime, timedelta
from datetime import date as date_
from decimal import Decimal

import humanize
from flask import Flask
from markupsafe import Markup

THIN_SPACE = "\u202f"


def number(value: float | None) -> str:
    """Return 1234567 as 1 234 567, with thin spaces that do not break."""
    return "–" if value is None else f"{value:,}".replace(",", THIN_SPACE)


def amount(value: Decimal | None) -> str:
    """Return 1234.500000000 as 1 234.5."""
    if value is None:
        return "–"
    text = f"{value:,f}".replace(",", THIN_SPACE)
    return text.rstrip("0").rstrip(".") if "." in text else text


def percent(share: float) -> str:
    """Return 0.1234 as 12.3 %."""
    return f"{share * 100:.1f}{THIN_SPACE}%".replace(".0", "")


def bytes_(size: int | None) -> str:
    """Return a size in bytes as 1.2 MB."""
    return "–" if size is None else humanize.naturalsize(size)


def when(moment: datetime | None) -> Markup:
    """Return a moment as a <time> element, in UTC."""
    if moment is None:
        return Markup("–")
    moment = moment.astimezone(UTC)
    text = f"{moment.day} {moment:%b %Y, %H:%M} UTC"
    return Markup('<time datetime="{}">{}</time>').format(moment.isoformat(), text)


def date(moment: datetime | None) -> Markup:
    """Return the day of a moment as a <time> element, in UTC."""
    if moment is None:
        return Markup("–")
    moment = moment.astimezone(UTC)
    text = f"{moment.day} {moment:%b %Y}"
    return Markup('<time datetime="{}">{}</time>').format(moment.isoformat(), text)


def day(day: date_) -> Markup:
    """Return a day as a <time> element with its weekday."""
    text = f"{day:%A}, {day.day} {day:%b %Y}"
    return Markup('<time datetime="{}">{}</time>').format(day.isoformat(), text)


def time_of_day(moment: datetime) -> Markup:
    """Return when it was on its day as a <time> element, in UTC."""
    moment = moment.astimezone(UTC)
    return Markup('<time datetime="{}">{:%H:%M}</time>').format(moment.isoformat(), moment)


def duration(seconds: float | None) -> str:
    """Return 75.2 as 1 minute and 15 seconds."""
    if seconds is None:
        return "–"
    return humanize.precisedelta(timedelta(seconds=seconds), minimum_unit="seconds", format="%.1f")


def plural(count: int, noun: str, many: str | None = None) -> str:
    """Return `1 row`, `2 rows`."""
    return f"{number(count)} {noun if count == 1 else many or noun + 's'}"


def init_app(app: Flask) -> None:
    """Give templates these words."""
    filters = {
        "amount": amount,
        "number": number,
        "percent": percent,
        "bytes": bytes_,
        "when": when,
        "date": date,
        "day": day,
        "time_of_day": time_of_day,
        "duration": duration,
        "plural": plural,
    }
    app.jinja_env.filters.update(filters)
    app.jinja_env.globals["plural"] = plural
