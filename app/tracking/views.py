"""Events as they arrive, the sources they come from, and what their names mean."""

from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for

from app import clock, confirming, paging
from app.access import may_edit, needs
from app.accounts.models import Role
from app.tracking import (
    arriving,
    queries,
    questions,
    redaction,
    services,
    showing,
    snippets,
    vocabulary,
    watching,
)
from app.tracking.charts import APART, Period
from app.tracking.forms import EventNameForm, SourceForm, SourceLimitsForm
from app.tracking.messages import LONGEST_ID
from app.tracking.models import Source
from app.tracking.newest import Filter
from app.tracking.tail import Wanted
from app.tracking.vocabulary import KnownName, NamePage

bp = Blueprint("tracking", __name__)

# The largest number that a database has a place for.
LARGEST_ID = 2**63 - 1


@bp.app_template_filter("redacted")
def _redacted(text: str) -> str:
    return redaction.redacted_text(text)


@bp.get("/events")
def index():
    wanted, period = _wanted(), _period()
    # Asked first: what is stored meanwhile is then shown twice for a moment, and never not at all.
    waiting_count = queries.count_waiting()
    arrivals = queries.arrivals(wanted)
    return render_template(
        "tracking/index.html",
        wanted=wanted,
        is_filtered=wanted != Filter(),
        arrivals=arrivals,
        tabs=showing.tabs(arrivals, wanted),
        period=period,
        periods=showing.periods(period),
        charts=[
            showing.linked(chart, period) for chart in queries.event_charts(period, now=clock.now())
        ],
        waiting_count=waiting_count,
        refused_count=queries.count_refused(),
        sources=queries.list_sources(),
    )


@bp.get("/events/refused")
def refused():
    return render_template(
        "tracking/refused.html", messages=queries.list_refused(paging.asked_for())
    )


@bp.get("/events/live")
def live():
    """Show messages as they arrive, whatever becomes of them."""
    return render_template(
        "tracking/live.html", **_tail(), sources=queries.list_sources(), is_paused=_is_paused()
    )


@bp.get("/events/live/tail")
def tail():
    """Answer the page that looks again and again."""
    return render_template("tracking/_tail.html", **_tail())


@bp.get("/events/message")
def message():
    """Show one message whole."""
    found = watching.find(
        refused=_number("refused"),
        waiting=_number("waiting"),
        number=_number("number") or 0,
        source_id=_number("source"),
        message_id=_text("id"),
        at=_moment(request.args.get("at", "")),
    )
    entry = found or abort(404)
    return render_template(
        "tracking/message.html",
        entry=entry,
        source=queries.find_source(entry.source_id),
        shows_values=_shows_values(),
        asked=request.args.to_dict(),
    )


@bp.route("/events/names", methods=["GET", "POST"])
def names():
    form, shown = EventNameForm(), _shown_names()
    if form.validate_on_submit():
        name = form.name.data.strip()
        services.map_event_name(name=name, kind=form.chosen_kind)
        flash(f"From now on, “{name}” counts as {form.chosen_word}.", "good")
        return redirect(url_for("tracking.names", **shown))
    page = render_template(
        "tracking/names.html",
        form=form,
        kinds=form.kind.choices,
        unmapped=_name_page(queries.unmapped_names(), "page"),
        known=_name_page(queries.known_names(), "known"),
        shown=shown,
    )
    return page, 422 if form.errors else 200


@bp.post("/events/names/forget")
def forget_name():
    """Take a name's meaning away."""
    name = request.form.get("name", "")
    services.forget_event_name(name=name)
    flash(f"“{name}” stands for itself from now on.", "good")
    return redirect(url_for("tracking.names", **_shown_names()))


@bp.get("/sources")
def sources():
    return render_template("tracking/sources.html", sources=queries.list_sources())


@bp.route("/sources/new", methods=["GET", "POST"])
@needs(Role.EDITOR)
def new_source():
    form = SourceForm()
    if form.validate_on_submit():
        try:
            source = services.create_source(name=form.name.data, now=clock.now())
        except services.SourceNameTaken:
            form.name.errors = ["Another source has this name. Choose a name of its own."]
        except services.SourceNameInvalid:
            form.name.errors = ["Name the source in 1 to 120 signs."]
        else:
            return redirect(url_for("tracking.show_source", source_id=source.id))
    return render_template("tracking/new_source.html", form=form), 422 if form.errors else 200


@bp.get("/sources/<int:source_id>")
def show_source(source_id: int):
    source = queries.find_source(source_id) or abort(404)
    return render_template(
        "tracking/show_source.html",
        source=source,
        **_heard(source),
        sections=snippets.sections(current_app.config["PUBLIC_URL"], source.write_key),
        delete_question=questions.before_deleting(source),
    )


@bp.route("/sources/<int:source_id>/limits", methods=["GET", "POST"])
@needs(Role.EDITOR)
def limits(source_id: int):
    source = queries.find_source(source_id) or abort(404)
    form = SourceLimitsForm(
        allowed_origins="\n".join(source.allowed_origins),
        requests_a_minute=source.requests_a_minute,
    )
    if form.validate_on_submit():
        services.limit_source(
            source_id=source_id,
            allowed_origins=form.origins,
            requests_a_minute=form.requests_a_minute.data,
        )
        flash("What the write key may be used for is saved. It counts within seconds.", "good")
        return redirect(url_for("tracking.show_source", source_id=source_id))
    page = render_template("tracking/limits.html", form=form, source=source)
    return page, 422 if form.errors else 200


@bp.get("/sources/<int:source_id>/arrived")
def arrived(source_id: int):
    """Answer the page that waits for a source's first event."""
    source = queries.find_source(source_id) or abort(404)
    return render_template("tracking/_arrived.html", source=source, **_heard(source))


@bp.post("/sources/<int:source_id>/delete")
def delete_source(source_id: int):
    source = queries.find_source(source_id) or abort(404)
    back = url_for("tracking.show_source", source_id=source_id)
    asking = confirming.asked(questions.before_deleting(source), back)
    if asking:
        return asking
    try:
        services.delete_source(source_id=source_id)
    except services.SourceInUse:
        flash("Events of it still wait to be stored. Try again in a moment.", "bad")
        return redirect(back)
    flash(f"The source “{source.name}” is deleted. Its events are still there.", "good")
    return redirect(url_for("tracking.sources"))


def _heard(source: Source) -> dict[str, Any]:
    """Return what came of a source last: taken in, and refused."""
    taken, refused_ones = watching.first_and_refused(source.id)
    return {
        "last_heard": queries.last_heard(source),
        "taken": taken,
        "refused_ones": refused_ones,
        "shows_values": False,
    }


def _tail() -> dict[str, Any]:
    who, word, source_id = _text("who"), _text("event"), _number("source")
    only_refused = request.args.get("refused") == "only"
    wanted = Wanted(word, source_id, arriving.ids_of(who) if who else (), only_refused)
    asked = {
        "event": word,
        "who": who,
        "source": source_id,
        "refused": "only" if only_refused else None,
        "show": "values" if _shows_values() else None,
    }
    return {
        "entries": watching.latest(wanted),
        "names": {source.id: source.name for source in queries.list_sources()},
        "asked": {name: value for name, value in asked.items() if value not in {"", None}},
        "shows_values": _shows_values(),
    }


def _is_paused() -> bool:
    return request.args.get("paused") == "yes"


def _shows_values() -> bool:
    """Tell whether values are asked for by somebody who may see them."""
    return request.args.get("show") == "values" and may_edit()


def _number(name: str) -> int | None:
    found = request.args.get(name, type=int)
    return found if found is not None and 0 <= found <= LARGEST_ID else None


def _moment(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
        return found.astimezone(UTC) if found.tzinfo else None
    except (ValueError, OverflowError):
        return None


def _text(name: str) -> str:
    return request.args.get(name, "").strip()[:LONGEST_ID]


def _shown_names() -> dict[str, Any]:
    """Return what the address asks for of the list of names, to come back to the same place."""
    asked = {
        "search": _text("search"),
        "page": paging.asked_for(),
        "known": paging.asked_for("known"),
    }
    return {name: value for name, value in asked.items() if value not in {"", 1}}


def _name_page(names: list[KnownName], param: str) -> NamePage:
    return vocabulary.page(names, search=_text("search"), number=paging.asked_for(param))


def _wanted() -> Filter:
    return Filter(
        event=_text("event"),
        name=_text("name"),
        since=_moment(request.args.get("since", "")),
        until=_moment(request.args.get("until", "")),
        without=tuple(text[:LONGEST_ID] for text in request.args.getlist("without")[:APART]),
    )


def _period() -> Period:
    asked = request.args.get("period", "")
    return Period(asked) if asked in set(Period) else Period.DAY
