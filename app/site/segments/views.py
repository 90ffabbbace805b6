"""Pages of the site's segments, and of what its webhook received."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for

from app import clock, live, paging
from app.formatting import plural
from app.site.segments import queries, services
from app.site.segments.models import ItemStatus, MessageStatus, WebhookMessage

bp = Blueprint("segments", __name__)


@bp.get("/segment-groups")
def index():
    settings = current_app.config
    return render_template(
        "segments/index.html",
        groups=queries.list_groups(),
        senders=settings["SITE_ACTIVATIONS"],
        url=f"{settings['PUBLIC_URL']}/cdp/webhook",
        message_count=sum(queries.count_messages().values()),
        refusal_count=queries.count_refusals(),
    )


@bp.get("/segment-groups/<int:group_id>")
def group(group_id: int):
    found = queries.find_group(group_id) or abort(404)
    segments = queries.list_segments(group_id, number=paging.asked_for())
    counts = queries.member_counts([segment.id for segment in segments])
    return render_template("segments/group.html", group=found, segments=segments, counts=counts)


@bp.get("/segments/<int:segment_id>")
def show(segment_id: int):
    segment = queries.find_segment(segment_id) or abort(404)
    search = request.args.get("search", "").strip()[:200]
    return render_template(
        "segments/show.html",
        segment=segment,
        members=queries.list_members(segment_id, search=search, number=paging.asked_for()),
        search=search,
        items=queries.list_latest_items(segment),
    )


@bp.get("/webhook-messages")
def messages():
    chosen = _chosen(MessageStatus)
    counts = queries.count_messages()
    numbers = {"": sum(counts.values())} | {each: counts.get(each, 0) for each in MessageStatus}
    return render_template(
        "segments/messages.html",
        messages=queries.list_messages(status=chosen, number=paging.asked_for()),
        chosen=chosen.value if chosen else "",
        tabs=_tabs(numbers, chosen.value if chosen else "", "segments.messages"),
        refusal_count=queries.count_refusals(),
    )


@bp.get("/webhook-messages/refused")
def refused():
    refusals = queries.list_refusals(paging.asked_for())
    return render_template("segments/refused.html", refusals=refusals)


@bp.get("/webhook-messages/<int:message_id>")
def message(message_id: int):
    found = queries.find_message_by_id(message_id) or abort(404)
    chosen = _chosen(ItemStatus)
    counts = queries.count_items(message_id)
    numbers = {"": found.item_count, **{status.value: n for status, n in counts.items()}}
    current = chosen.value if chosen else ""
    items = queries.list_items(message_id, status=chosen, number=paging.asked_for())
    return render_template(
        "segments/message.html",
        message=found,
        counts=counts,
        unknown_count=counts.get(ItemStatus.UNKNOWN_PERSON, 0),
        items=items,
        segments=queries.segments_of(found.group_id, [item.audience_id for item in items]),
        chosen=current,
        tabs=_tabs(numbers, current, "segments.message", message_id=message_id),
    )


@bp.get("/webhook-messages/<int:message_id>/progress")
def progress(message_id: int):
    """Answer the page that waits for a queued message."""
    found = queries.find_message_by_id(message_id) or abort(404)
    if not found.status.is_active:
        return live.whole_page(message(message_id))
    return render_template(
        "segments/_progress.html", message=found, counts=queries.count_items(message_id)
    )


@bp.get("/webhook-messages/batches/<string:public_id>")
def batch(public_id: str):
    """Lead from the name that a sender was told to the page."""
    found = queries.find_message_by_public_id(public_id) or abort(404)
    return redirect(url_for("segments.message", message_id=found.id))


@bp.post("/webhook-messages/<int:message_id>/try-again")
def try_again(message_id: int):
    found: WebhookMessage = queries.find_message_by_id(message_id) or abort(404)
    size = current_app.config["BULK_BATCH_ITEMS"]
    count = services.try_again(message_id=found.id, batch_items=size, now=clock.now())
    flash(f"{plural(count, 'item is', 'items are')} worked again.", "good")
    return redirect(url_for("segments.message", message_id=message_id))


def _chosen(kind: Any) -> Any:
    """Return the status the address asks for; None for one there is not."""
    return next((each for each in kind if each.value == request.args.get("status")), None)


def _tabs(
    numbers: Mapping[str, int], current: str, endpoint: str, **values: Any
) -> list[dict[str, object]]:
    return [
        {
            "label": (status or "all").capitalize(),
            "href": url_for(endpoint, status=status or None, **values),
            "is_current": status == current,
            "number": number,
        }
        for status, number in numbers.items()
    ]
