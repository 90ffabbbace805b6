"""One run: live progress, what became of its rows, and those it rejected."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for

from app import clock, live, paging
from app.dataflows import services as dataflows
from app.dataflows.definition import DriftPolicy
from app.dataflows.widening import ColumnGone
from app.runs import drifting, queries, services
from app.runs.models import Run

bp = Blueprint("runs", __name__)


@bp.get("/runs/<int:run_id>")
def show(run_id: int):
    run = queries.find_run(run_id) or abort(404)
    rule = request.args.get("rule", "")[:40]
    number = paging.asked_for()
    rules = queries.count_rejects_by_rule(run_id)
    matching = sum(count for name, count in rules if rule in {"", name})
    return render_template(
        "runs/show.html",
        run=run,
        speed=_speed(run),
        rules=rules,
        rule_tabs=_tabs(run, rules, rule),
        rule=rule,
        drift=drifting.shown(run),
        rejects=queries.list_rejects(run_id, rule=rule, number=number),
        number=number,
        last=max(1, -(-matching // queries.REJECTS_A_PAGE)),
    )


@bp.get("/runs/<int:run_id>/progress")
def progress(run_id: int):
    """Answer the page that waits for a run: how far it is, or the page anew."""
    run = queries.find_run(run_id) or abort(404)
    if not run.status.is_active:
        return live.whole_page(show(run_id))
    return render_template("runs/_progress.html", run=run, speed=_speed(run))


@bp.post("/runs/<int:run_id>/retry")
def retry(run_id: int):
    return _retried(run_id)


@bp.post("/runs/<int:run_id>/retry-once")
def retry_once(run_id: int):
    """Try again, this once leaving out what differs in the file."""
    return _retried(run_id, DriftPolicy.IGNORE)


@bp.post("/runs/<int:run_id>/renames/<int:place>")
def take_rename(run_id: int, place: int):
    """Read a column by the name that it likely has now, from now on."""
    run = queries.find_run(run_id) or abort(404)
    rename = drifting.rename_at(run, place) or abort(404)
    old, new = rename.missing, rename.new
    try:
        dataflows.follow_rename(dataflow_id=run.dataflow_id, old=old, new=new, now=clock.now())
    except ColumnGone:
        flash(f"The dataflow reads no column “{old}” any more, or “{new}” already.", "warn")
    else:
        flash(f"“{new}” is read for “{old}” from now on. Try again to take this file.", "good")
    return redirect(url_for("runs.show", run_id=run_id))


def _retried(run_id: int, policy: DriftPolicy | None = None):
    queries.find_run(run_id) or abort(404)
    try:
        services.retry_run(run_id=run_id, now=clock.now(), policy=policy)
    except services.RunAlreadyActive:
        flash("Another run of this dataflow is under way. Try again when it has ended.", "warn")
    except (services.DataflowPaused, services.NothingToTry):
        flash("The dataflow is not active. Activate it in its step 5, then try again.", "warn")
    return redirect(url_for("runs.show", run_id=run_id))


def _speed(run: Run) -> dict[str, float | None]:
    now = clock.now()
    return {
        "rows_a_second": queries.rows_a_second(run, now),
        "seconds_left": queries.seconds_left(run, now),
    }


def _tabs(run: Run, rules: list[tuple[str, int]], chosen: str) -> list[dict[str, object]]:
    """Return a tab for all rejected rows and one for each rule."""
    return [
        {
            "label": name.replace("_", " ").capitalize() or "All",
            "href": url_for("runs.show", run_id=run.id, rule=name or None, _anchor="rejects"),
            "is_current": name == chosen,
            "number": count,
        }
        for name, count in [("", run.rejected_count), *rules]
    ]
