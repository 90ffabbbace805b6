"""One run: live progress, what became of its rows, and what can be done about it."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_login import current_user

from app import clock, confirming, live, paging
from app.dataflows.definition import DriftPolicy
from app.dataflows.services import EditedElsewhere
from app.dataflows.widening import ColumnGone
from app.lake.buckets import Bucket
from app.quarantine import queries as quarantine
from app.runs import differing, pipeline_picture, queries, questions, services
from app.runs.models import Run

bp = Blueprint("runs", __name__)

UNDER_WAY = "Another run of this dataflow is under way. Try again when it has ended."
PLAN_EXPIRED = (
    "The dataset was written, or the dataflow changed, since this dry run. Try the file once more."
)
FILE_GONE = "The bytes of this file are no longer kept, so it cannot be taken once more."


@bp.get("/runs/<int:run_id>")
def show(run_id: int):
    run = queries.find_run(run_id) or abort(404)
    rule = request.args.get("rule", "")[:40]
    rules = quarantine.count_rejects_by_rule(run_id)
    matching = sum(count for name, count in rules if rule in {"", name})
    number, last = paging.within(matching, quarantine.REJECTS_A_PAGE)
    return render_template(
        "runs/show.html",
        run=run,
        dataset=queries.dataset_of(run),
        related=queries.find_related(run),
        is_plan_current=run.kind.is_dry and queries.is_plan_current(run),
        has_journal=queries.journal_of(run) is not None,
        undo_question=questions.before_undoing(run),
        speed=_speed(run),
        run_links=_links(run),
        stages=pipeline_picture.stages(run, rules),
        rules=rules,
        quarantine=quarantine.standing(run_id),
        rule_tabs=_tabs(run, rules, rule),
        rule=rule,
        drift=differing.shown(run),
        rejects=quarantine.list_rejects(run_id, quarantine.Wanted(rule), number=number),
        number=number,
        last=last,
    )


@bp.get("/runs/<int:run_id>/rows/<bucket>")
def rows(run_id: int, bucket: str):
    """Show the rows that a number on the page of a run counts."""
    run = queries.find_run(run_id) or abort(404)
    if bucket not in list(Bucket):
        abort(404)
    chosen = Bucket(bucket)
    count = run.count_of(chosen)
    number, last = paging.within(count, queries.ROWS_A_PAGE)
    return render_template(
        "runs/rows.html",
        run=run,
        bucket=chosen,
        count=count,
        tabs=_bucket_tabs(run, chosen),
        rows=queries.list_rows(run, chosen, number),
        number=number,
        last=last,
    )


@bp.get("/runs/<int:run_id>/progress")
def progress(run_id: int):
    """Answer the page that waits for a run: how far it is, or the page anew."""
    run = queries.find_run(run_id) or abort(404)
    if not run.status.is_active:
        return live.whole_page(show(run_id))
    return render_template(
        "runs/_progress.html", run=run, speed=_speed(run), stages=[], run_links={}
    )


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
    rename = differing.rename_at(run, place) or abort(404)
    old, new = rename.missing, rename.new
    try:
        services.take_rename(run_id=run_id, rename=rename, by=current_user.email, now=clock.now())
    except ColumnGone:
        flash(f"The dataflow reads no column “{old}” any more, or “{new}” already.", "warn")
    except EditedElsewhere:
        flash("Somebody changed the dataflow at the same moment. Look at it, then retry.", "warn")
    else:
        flash(f"“{new}” is read for “{old}” from now on. Try again to take this file.", "good")
    return redirect(url_for("runs.show", run_id=run_id))


def _retried(run_id: int, policy: DriftPolicy | None = None):
    queries.find_run(run_id) or abort(404)
    try:
        services.retry_run(run_id=run_id, now=clock.now(), policy=policy)
    except services.RunAlreadyActive:
        flash(UNDER_WAY, "warn")
    except services.RowsTakenElsewhere:
        flash("Another run has taken up the rows that this one was to take.", "warn")
    except (services.DataflowPaused, services.NothingToTry):
        flash("The dataflow is not active. Activate it in its step 5, then try again.", "warn")
    return redirect(url_for("runs.show", run_id=run_id))


@bp.post("/runs/<int:run_id>/cancel")
def cancel(run_id: int):
    queries.find_run(run_id) or abort(404)
    try:
        services.cancel_run(run_id=run_id, now=clock.now())
    except services.RunEnded:
        flash("The run has ended already, so there is nothing to stop.", "info")
    return redirect(url_for("runs.show", run_id=run_id))


@bp.post("/runs/<int:run_id>/undo")
def undo(run_id: int):
    run = queries.find_run(run_id) or abort(404)
    back = url_for("runs.show", run_id=run_id)
    asking = confirming.asked(questions.before_undoing(run), back)
    if asking:
        return asking
    try:
        started = services.start_undo(run_id=run_id, now=clock.now())
    except services.RunAlreadyActive:
        flash(UNDER_WAY, "warn")
    except services.NothingToUndo:
        flash("This run wrote nothing that could be taken back, or was taken back already.", "warn")
    except services.RepairsHold as failure:
        others = ", ".join(str(repair) for repair in failure.args)
        flash(f"Run {others} took rows of this one up again. Undo that first, then this.", "warn")
    else:
        return redirect(url_for("runs.show", run_id=started.id))
    return redirect(back)


@bp.post("/runs/<int:run_id>/carry-out")
def carry_out(run_id: int):
    """Do what a dry run of a production file has tried."""
    queries.find_run(run_id) or abort(404)
    try:
        started = services.start_planned(run_id=run_id, now=clock.now())
    except services.RunAlreadyActive:
        flash(UNDER_WAY, "warn")
    except services.FileGone:
        flash(FILE_GONE, "warn")
    except services.PlanExpired:
        flash(PLAN_EXPIRED, "warn")
    else:
        return redirect(url_for("runs.show", run_id=started.id))
    return redirect(url_for("runs.show", run_id=run_id))


def _links(run: Run) -> dict[str, str]:
    """Return where the rows of each bucket are listed."""
    links = {
        bucket.value: url_for("runs.rows", run_id=run.id, bucket=bucket.value) for bucket in Bucket
    }
    return {**links, "rejected": url_for("runs.show", run_id=run.id, _anchor="rejects")}


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


def _bucket_tabs(run: Run, chosen: Bucket) -> list[dict[str, object]]:
    """Return a tab for each bucket that has rows, and for the one that is looked at."""
    found: list[dict[str, object]] = [
        {
            "label": bucket.value.capitalize(),
            "href": url_for("runs.rows", run_id=run.id, bucket=bucket.value),
            "is_current": bucket is chosen,
            "number": run.count_of(bucket),
        }
        for bucket in Bucket
        if bucket is chosen or run.count_of(bucket)
    ]
    if run.rejected_count:
        found.append(
            {
                "label": "Rejected",
                "href": url_for("quarantine.index", run_id=run.id),
                "is_current": False,
                "number": run.rejected_count,
            }
        )
    return found
