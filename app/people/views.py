"""Finding a person, and what is known of one."""

from flask import Blueprint, abort, redirect, render_template, request, url_for

from app import paging
from app.audiences import queries as audiences
from app.people import queries

bp = Blueprint("people", __name__)


@bp.get("/people")
def index():
    search = request.args.get("search", "").strip()[:200]
    page = queries.list_people(search=search, number=paging.asked_for())
    if page.number > page.last:
        return redirect(url_for("people.index", search=search or None, page=page.last))
    if search and page.ids == [search]:
        return redirect(url_for("people.show", id=search))
    return render_template("people/index.html", page=page, search=search)


@bp.get("/people/identifiers")
def identifiers():
    return render_template("people/identifiers.html", counts=queries.list_identifiers())


@bp.get("/people/identifiers/shared")
def shared():
    schema_id = request.args.get("schema", 0, type=int)
    found, values = queries.list_shared(request.args.get("type", "")[:200], schema_id)
    return render_template("people/shared.html", identifier=found or abort(404), values=values)


@bp.get("/people/profile")
def show():
    person_id = request.args.get("id", "").strip()[:200]
    profile = queries.find_profile(person_id)
    page = render_template(
        "people/show.html", profile=profile, memberships=audiences.audiences_of(person_id)
    )
    return page, 200 if profile.is_known else 404
