"""Finding a person, what is known of one, and taking it along."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

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
from flask_login import current_user

from app import clock, confirming, live, paging
from app.access import needs
from app.accounts.models import Role
from app.audiences import queries as audiences
from app.datasets import rows
from app.people import export as exporting
from app.people import profile as profiles
from app.people import queries, questions, telling
from app.people.timeline import Asked
from app.schemas import queries as schemas
from app.tracking import queries as tracking
from app.tracking import services as tracking_services

bp = Blueprint("people", __name__)

CHIPS = 12
IDENTITIES_A_PAGE, IDENTITIES_PAGE = 10, "ids"


@bp.get("/people")
def index():
    search = request.args.get("search", "").strip()[:200]
    page = queries.list_people(search=search, number=paging.asked_for())
    if page.number > page.last:
        return redirect(url_for("people.index", search=search or None, page=page.last))
    if search and page.ids == [search]:
        return redirect(url_for("people.show", id=search))
    shown = render_template("people/index.html", page=page, search=search)
    return live.whole_page(shown) if live.is_fragment() else shown


@bp.get("/people/identifiers")
def identifiers():
    shown = render_template("people/identifiers.html", counts=queries.list_identifiers())
    return live.whole_page(shown) if live.is_fragment() else shown


@bp.get("/people/identifiers/shared")
def shared():
    schema_id = request.args.get("schema", 0, type=int)
    found, values = queries.list_shared(request.args.get("type", "")[:200], schema_id)
    return render_template("people/shared.html", identifier=found or abort(404), values=values)


@bp.get("/people/profile")
def show():
    person_id, asked = _person_id(), _asked()
    profile = profiles.find_profile(person_id, asked)
    if asked.number > profile.timeline.last:
        return redirect(url_for("people.show", **_address(asked, page=profile.timeline.last)))
    page = render_template(
        "people/show.html",
        profile=profile,
        asked=asked,
        chips=_chips(profile, asked),
        address=_address(asked),
        standings=audiences.standings_of(person_id),
        told=telling.told,
        remarks=_remarks(),
        **_identities(profile),
    )
    return page, 200 if profile.is_known else 404


@bp.get("/people/profile/origins/<int:schema_id>")
def origins(schema_id: int):
    """Answer the page with where each value of one dataset comes from, read from the journals."""
    schema = schemas.find_schema(schema_id) or abort(404)
    person_id = _person_id()
    identity = rows.identity_of(schema, person_id, None, None)
    row = rows.find_row(schema, identity) if identity else None
    if row is None or not row.is_there:
        # Gone since the page was made: what the page shows of it stays.
        return "", 204
    return render_template("people/_origins.html", schema=schema, row=row, person_id=person_id)


@bp.get("/people/profile/export")
@needs(Role.EDITOR)
def export():
    """Send all that is known of a person, as a file."""
    profile = profiles.find_profile(_person_id())
    if not profile.is_known:
        abort(404)
    told = [each.to_dict() for each in audiences.standings_of(profile.person_id)]
    pieces = exporting.document(profile, told, clock.now())
    return Response(
        stream_with_context(pieces),
        content_type="application/json; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="person.json"'},
    )


@bp.post("/people/profile/unmerge")
@needs(Role.EDITOR)
def unmerge():
    """Take an anonymous id away from a person."""
    person_id, anonymous_id, back = _pair()
    others = {
        link.person_id for link in tracking.links(person_id) if link.anonymous_id == anonymous_id
    }
    question = questions.before_unmerging(person_id, anonymous_id, sorted(others - {person_id}))
    asking = confirming.asked(question, back)
    if asking:
        return asking
    _decide(person_id, anonymous_id, is_theirs=False)
    flash(f"“{anonymous_id}” is no longer {person_id}.", "good")
    return redirect(back)


@bp.post("/people/profile/link-again")
@needs(Role.EDITOR)
def link_again():
    """Give an anonymous id back to a person."""
    person_id, anonymous_id, back = _pair()
    _decide(person_id, anonymous_id, is_theirs=True)
    flash(f"“{anonymous_id}” is {person_id} again.", "good")
    return redirect(back)


def _remarks() -> Callable[[dict[str, Any]], list[str]]:
    """Return what says of an event, beside its time, what it is called and where it is from."""
    sources = {source.id: source.name for source in tracking.list_sources()}

    def remarks(row: dict[str, Any]) -> list[str]:
        named = [row["event"], row["name"]] if row["name"] != row["event"] else [row["event"]]
        found = [*named, sources.get(row["source_id"], ""), row["anonymous_id"]]
        return [each for each in found if each]

    return remarks


def _decide(person_id: str, anonymous_id: str, *, is_theirs: bool) -> None:
    try:
        tracking_services.decide_identity(
            anonymous_id=anonymous_id,
            person_id=person_id,
            is_theirs=is_theirs,
            by=current_user.email,
            now=clock.now(),
        )
    except tracking_services.NeverIdentified:
        abort(404)


def _pair() -> tuple[str, str, str]:
    """Return the two ids a form names, and the way back."""
    person_id, anonymous_id = (request.form.get(name, "") for name in ("id", "anonymous_id"))
    return person_id, anonymous_id, url_for("people.show", id=person_id, _anchor="identities")


def _identities(profile: profiles.Profile) -> dict[str, Any]:
    """Return a page of the person's anonymous ids, and what is asked before one is taken away."""
    number, last = paging.within(len(profile.identities), IDENTITIES_A_PAGE, IDENTITIES_PAGE)
    begin = (number - 1) * IDENTITIES_A_PAGE
    shown = profile.identities[begin : begin + IDENTITIES_A_PAGE]
    return {
        "identities": shown,
        "identities_page": (number, last),
        "unmerge_questions": _questions(profile.person_id, shown),
    }


def _questions(
    person_id: str, shown: Sequence[profiles.Identity]
) -> dict[str, confirming.Question]:
    return {
        each.anonymous_id: questions.before_unmerging(
            person_id, each.anonymous_id, [other for other in each.people if other != person_id]
        )
        for each in shown
        if person_id in each.people
    }


def _person_id() -> str:
    return request.args.get("id", "").strip()[:200]


def _asked() -> Asked:
    since, until = _day("since"), _day("until")
    return Asked(
        event=request.args.get("event", "")[:200],
        since=since,
        until=until,
        number=paging.asked_for(),
    )


def _day(name: str) -> date | None:
    """Return a day of the address; what is none asks for nothing."""
    try:
        return date.fromisoformat(request.args.get(name, ""))
    except ValueError:
        return None


def _address(asked: Asked, **changes: Any) -> dict[str, Any]:
    """Return the parameters of the address that asks for the same but for the changes."""
    told: dict[str, Any] = {
        "id": _person_id(),
        "event": asked.event or None,
        "since": asked.since.isoformat() if asked.since else None,
        "until": asked.until.isoformat() if asked.until else None,
        IDENTITIES_PAGE: request.args.get(IDENTITIES_PAGE),
    }
    return {**told, **changes}


def _chips(profile: profiles.Profile, asked: Asked) -> list[dict[str, object]]:
    """Return links to the most frequent events and, wherever it stands, the one looked at."""
    counts = profile.timeline.by_event
    shown = dict(list(counts.items())[:CHIPS])
    if asked.event:
        shown.setdefault(asked.event, counts.get(asked.event, 0))
    return [
        {
            "label": name or "All",
            "href": url_for("people.show", **_address(asked, event=name or None), _anchor="events"),
            "is_current": name == asked.event,
            "number": number,
        }
        for name, number in {"": sum(counts.values()), **shown}.items()
    ]
