"""Rejected rows of a run: looked through, taken away, corrected, taken up again."""

from flask import (
    Blueprint,
    Response,
    abort,
    flash,
    redirect,
    render_template,
    request,
    stream_with_context,
    url_for,
)

from app import clock, paging
from app.access import needs
from app.accounts.models import Role
from app.dataflows import queries as dataflows
from app.formatting import plural
from app.quarantine import correcting, exporting, forms, queries, refusals, services, showing
from app.quarantine.queries import Counts, Standing, Wanted
from app.quarantine.services import Chosen
from app.quarantine.waiting import waiting_among
from app.runs import queries as runs
from app.runs.models import Run
from app.runs.services import RunAlreadyActive

bp = Blueprint("quarantine", __name__)

UNDER_WAY = "Another run of this dataflow is under way. Take the rows up when it has ended."


@bp.get("/runs/<int:run_id>/rejects")
def index(run_id: int):
    run = _run(run_id)
    wanted = _wanted()
    dataflow = dataflows.find_dataflow(run.dataflow_id) or abort(404)
    counts = queries.standing(run_id, wanted.rule)
    count = _count(run_id, wanted, counts)
    number, last = paging.within(count, queries.REJECTS_A_PAGE)
    found = queries.list_rejects(run_id, wanted, number=number)
    waiting = waiting_among(run_id, [reject.id for reject in found])
    return render_template(
        "quarantine/index.html",
        run=run,
        dataflow=dataflow,
        wanted=wanted,
        rule_tabs=_tabs(run, wanted),
        standings=[("", "Waiting or not"), ("waiting", "Waiting"), ("taken-up", "Taken up again")],
        counts=counts,
        refused=refusals.reason(run, dataflow),
        failing=correcting.failing_columns(dataflow, run_id, wanted.rule),
        rows=[showing.shown(reject, reject.id in waiting) for reject in found],
        count=count,
        number=number,
        last=last,
        address=_address(run_id, wanted),
    )


@bp.get("/runs/<int:run_id>/rejects/download")
def download(run_id: int):
    _run(run_id)
    name = request.args.get("format", "csv")
    chosen = exporting.FORMATS.get(name) or abort(404)
    lines = chosen.lines(queries.stream_rejects(run_id, _wanted()))
    return Response(
        stream_with_context(lines),
        content_type=chosen.content_type,
        headers={"Content-Disposition": f'attachment; filename="rejects-{run_id}.{name}"'},
    )


@bp.post("/runs/<int:run_id>/rejects/take-up")
def take_up(run_id: int):
    _run(run_id)
    rule = request.form.get("rule", "")[:40]
    chosen = Chosen(rule=rule, only_corrected=bool(request.form.get("only-corrected")))
    try:
        started = services.start_repair(run_id=run_id, chosen=chosen, now=clock.now())
    except refusals.RepairRefused as refused:
        flash(refused.sentence, "warn")
    except RunAlreadyActive:
        flash(UNDER_WAY, "warn")
    else:
        return redirect(url_for("runs.show", run_id=started.id))
    return redirect(url_for("quarantine.index", run_id=run_id, rule=rule or None))


@bp.route("/runs/<int:run_id>/rejects/values", methods=["GET", "POST"])
@needs(Role.EDITOR)
def values(run_id: int):
    """Correct all rows that fail a rule by the same value."""
    run = _run(run_id)
    rule, column = request.args.get("rule", "")[:40], request.args.get("column", "")[:300]
    found = queries.wrong_values(run_id, rule, column)
    form = forms.replacements_form(found)
    if form.validate_on_submit():
        entered = forms.replacements(form, found)
        count = correcting.replaced(form, run_id, rule, column, entered)
        if count is not None:
            flash(f"{plural(count, 'row')} corrected. Now take them up again.", "good")
            return redirect(url_for("quarantine.index", run_id=run_id, rule=rule))
    page = render_template(
        "quarantine/values.html",
        run=run,
        rule=rule,
        column=column,
        form=form,
        rows=correcting.paired(form, found),
        more=queries.count_wrong_values(run_id, rule, column) - len(found),
    )
    return page, correcting.status(form)


@bp.route("/rejects/<int:reject_id>/edit", methods=["GET", "POST"])
@needs(Role.EDITOR)
def edit(reject_id: int):
    """Correct one row by its cells."""
    reject, run = queries.find_with_run(reject_id) or abort(404)
    back = url_for("quarantine.index", run_id=run.id, rule=reject.rule)
    try:
        row = correcting.row_of(reject, run)
    except refusals.RepairRefused as refused:
        flash(refused.sentence, "warn")
        return redirect(back)
    form = forms.cells_form(row.names, row.cells)
    if form.validate_on_submit() and correcting.is_kept(form, reject, row):
        flash(f"Line {reject.line} is corrected. Take it up again when you are done.", "good")
        return redirect(back)
    page = render_template(
        "quarantine/edit.html",
        reject=reject,
        run=run,
        row=row,
        form=form,
        fields=correcting.fields(form, row),
        back=back,
    )
    return page, correcting.status(form)


def _run(run_id: int) -> Run:
    return runs.find_run(run_id) or abort(404)


def _count(run_id: int, wanted: Wanted, counts: Counts) -> int:
    """Return how many rows match; what was counted already is not counted anew."""
    if wanted.search:
        return queries.count_rejects(run_id, wanted)
    return {
        Standing.ANY: counts.waiting + counts.taken_up,
        Standing.WAITING: counts.waiting,
        Standing.TAKEN_UP: counts.taken_up,
    }[wanted.standing]


def _wanted() -> Wanted:
    standing = request.args.get("standing", "")
    return Wanted(
        rule=request.args.get("rule", "")[:40],
        standing=Standing(standing) if standing in list(Standing) else Standing.ANY,
        search=request.args.get("search", "").strip()[:200],
    )


def _address(run_id: int, wanted: Wanted, endpoint: str = "quarantine.index", **more) -> str:
    return url_for(
        endpoint,
        run_id=run_id,
        rule=wanted.rule or None,
        standing=wanted.standing.value or None,
        search=wanted.search or None,
        **more,
    )


def _tabs(run: Run, wanted: Wanted) -> list[dict[str, object]]:
    """Return a tab for all rejected rows and one for each rule."""
    rules = queries.count_rejects_by_rule(run.id)
    total = sum(count for _rule, count in rules)
    return [
        {
            "label": rule.replace("_", " ").capitalize() or "All",
            "href": url_for("quarantine.index", run_id=run.id, rule=rule or None),
            "is_current": rule == wanted.rule,
            "number": count,
        }
        for rule, count in [("", total), *rules]
    ]
