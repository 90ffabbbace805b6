"""Events as they arrive, the sources they come from, and what their names mean."""

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for

from app import clock, confirming, paging
from app.access import needs
from app.accounts.models import Role
from app.tracking import queries, questions, services
from app.tracking.forms import EventNameForm, SourceForm
from app.tracking.queries import Arrivals

bp = Blueprint("tracking", __name__)

SHOWN = 12


@bp.get("/events")
def index():
    event = request.args.get("event", "")[:200]
    # Asked first: what is stored meanwhile is then shown twice for a moment, and never not at all.
    waiting_count = queries.count_waiting()
    arrivals = queries.arrivals(event=event)
    return render_template(
        "tracking/index.html",
        event=event,
        arrivals=arrivals,
        tabs=_tabs(arrivals, event),
        waiting_count=waiting_count,
        refused_count=queries.count_refused(),
        sources=queries.list_sources(),
    )


@bp.get("/events/refused")
def refused():
    return render_template(
        "tracking/refused.html", messages=queries.list_refused(paging.asked_for())
    )


@bp.route("/events/names", methods=["GET", "POST"])
def names():
    form = EventNameForm()
    if form.validate_on_submit():
        name = form.name.data.strip()
        services.map_event_name(name=name, kind=form.chosen_kind)
        flash(f"From now on, “{name}” counts as {form.kind.data}.", "good")
        return redirect(url_for("tracking.names"))
    page = render_template(
        "tracking/names.html",
        form=form,
        names=queries.list_event_names(),
        unmapped=queries.unmapped_names(),
    )
    return page, 422 if form.errors else 200


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
        last_heard=queries.last_heard(source),
        url=current_app.config["PUBLIC_URL"],
        delete_question=questions.before_deleting(source),
    )


@bp.get("/sources/<int:source_id>/arrived")
def arrived(source_id: int):
    """Answer the page that waits for a source's first event."""
    source = queries.find_source(source_id) or abort(404)
    return render_template(
        "tracking/_arrived.html", source=source, last_heard=queries.last_heard(source)
    )


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


def _tabs(arrivals: Arrivals, event: str) -> list[dict[str, object]]:
    """Return links to the most frequent events and, wherever it stands, the one looked at."""
    shown = dict(arrivals.by_event[:SHOWN])
    if event:
        shown.setdefault(event, arrivals.matching_count)
    return [
        {
            "label": name or "All",
            "href": url_for("tracking.index", event=name or None),
            "is_current": name == event,
            "number": number,
        }
        for name, number in {"": arrivals.total_count, **shown}.items()
    ]
