"""Looking through a dataset and taking it away."""

from flask import (
    Blueprint,
    Response,
    abort,
    redirect,
    render_template,
    request,
    stream_with_context,
    url_for,
)

from app import paging
from app.addresses import LARGEST_ID
from app.datasets import queries, rows
from app.schemas import queries as schemas

bp = Blueprint("datasets", __name__)


@bp.get("/datasets")
def index():
    return render_template("datasets/index.html", datasets=queries.list_datasets())


@bp.get("/datasets/<int:schema_id>")
def show(schema_id: int):
    schema = schemas.find_schema(schema_id) or abort(404)
    search = _search()
    sort = request.args.get("sort", type=int)
    descending = request.args.get("descending") == "1"
    number = paging.asked_for()
    page = queries.browse(schema, search=search, sort=sort, descending=descending, number=number)
    if number > page.last:
        return redirect(
            url_for(
                "datasets.show",
                schema_id=schema_id,
                search=search or None,
                sort=sort,
                descending="1" if descending else None,
                page=page.last,
            )
        )
    return render_template(
        "datasets/show.html",
        schema=schema,
        page=page,
        search=search,
        sort=sort,
        descending=descending,
    )


@bp.get("/datasets/<int:schema_id>/row")
def row(schema_id: int):
    """Show one row, named by its key, or by the run and line it came from."""
    schema = schemas.find_schema(schema_id) or abort(404)
    key, run, line = (request.args.get(name, "")[:2000] for name in ("key", "run", "line"))
    identity = rows.identity_of(schema, key, _number(run), _number(line))
    found = rows.find_row(schema, identity) if identity else None
    if found is None:
        abort(404)
    return render_template("datasets/row.html", schema=schema, row=found)


@bp.get("/datasets/<int:schema_id>/download")
def download(schema_id: int):
    schema = schemas.find_schema(schema_id) or abort(404)
    lines = queries.stream_csv(schema, search=_search())
    return Response(
        stream_with_context(lines),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="dataset-{schema.id}.csv"'},
    )


def _number(text: str) -> int | None:
    is_one = text.isascii() and text.isdecimal() and len(text) < 20
    return int(text) if is_one and int(text) <= LARGEST_ID else None


def _search() -> str:
    return request.args.get("search", "").strip()[:200]
