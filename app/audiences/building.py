"""What the views of the builder share: the form as sent, what a button does, what is shown."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from flask import flash, json, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.exceptions import NotFound

from app import clock, live
from app.audiences import (
    previewing,
    queries,
    services,
    starting_points,
    statement,
    suggesting,
)
from app.audiences.builder import checking, choices, commands, opening, saying, sent, showing
from app.audiences.builder.checking import Checked
from app.audiences.builder.choices import Choices
from app.audiences.builder.entry import FIELDS, Part, chosen, fresh, has_room
from app.audiences.builder.raw import to_raw
from app.audiences.forms import AudienceForm
from app.audiences.models import Audience
from app.audiences.suggesting import Suggestion
from app.audiences.tree import doubting, reading
from app.audiences.tree.conditions import Attribute, Group
from app.audiences.tree.values import ValueUnfit
from app.audiences.tree.vocabulary import (
    AttributeUnknown,
    AudienceInItself,
    AudienceUnknown,
    Vocabulary,
)
from app.audiences.tree.writing import to_json
from app.tracking import queries as tracking

LONGEST_LINK, LONGEST_JSON = 8_000, 500_000


@dataclass(frozen=True)
class Shown:
    """What a page shows: the tree as it is edited, what is focused, and what was asked beside."""

    part: Part
    focus: str = ""
    verb: str = ""
    path: str = ""
    is_counted: bool = False
    # Whether what is missing is said; nobody is told off for what they are about to write.
    is_checked: bool = False
    json_text: str = ""
    json_problems: dict[str, str] = field(default_factory=dict)
    wants_sql: bool = False


def edited(form: AudienceForm, audience: Audience | None) -> ResponseReturnValue:
    """Show the builder, do what its button says, or save."""
    if request.method == "GET":
        shown = _opened(audience)
        return _page(form, shown, audience), 422 if shown.json_problems else 200
    shown = Shown(sent.read(request.form), is_checked="checked" in request.form)
    command = request.form.get("do", "")
    if command:
        return _page(form, _pressed(shown, command), audience)
    return _saved_or_told(form, replace(shown, is_checked=True), audience)


def counted_form(form: AudienceForm, audience: Audience | None) -> dict[str, Any]:
    """Return what the preview shows of the form as it was sent; raise Superseded."""
    part = sent.read(request.form)
    tree = checking.checked(to_raw(part), Vocabulary()).tree
    return _counted(tree, _zone(form), audience)


def sentence(form: AudienceForm) -> str:
    """Return the sentence of the form as it was sent."""
    vocabulary = queries.vocabulary()
    return _sentence(sent.read(request.form), _zone(form), vocabulary)


def suggested(given: dict[str, str]) -> list[Suggestion]:
    """Return what a field may hold: values of an attribute or a property, properties, events."""
    attribute = chosen(given.get("attribute", ""))
    if "attribute" in given:
        found = all(isinstance(each, str) for each in attribute.values()) and attribute
        return suggesting.values_of_attribute(Attribute(**attribute)) if found else []
    event, name = given.get("event", ""), given.get("property")
    if name is not None:
        return suggesting.values_of(event or "*", name) if name else []
    return suggesting.property_names(event or "*") if "event" in given else suggesting.event_names()


def _opened(audience: Audience | None) -> Shown:
    """Return what a page begins with: what is saved, a starting point, a tree that is linked to."""
    if audience is not None:
        return Shown(opening.from_raw(audience.tree), is_counted=True)
    if "tree" in request.args:
        text = request.args["tree"]
        if len(text) > LONGEST_LINK:
            return Shown(fresh(), json_problems={"n": "This is too long for a link."})
        return replace(_replaced(Shown(fresh()), text), focus="", verb="", is_counted=True)
    if "from" not in request.args:
        return Shown(fresh())
    points = starting_points.starting_points(queries.vocabulary().attributes.items())
    point = starting_points.found(points, request.args["from"])
    if point is None:
        raise NotFound
    return Shown(opening.from_raw(point.raw), is_counted=True)


def _pressed(shown: Shown, command: str) -> Shown:
    if command == "json":
        return _replaced(shown, request.form.get("json", ""))
    # A part of an open page counts by itself, when it is there.
    is_counted = not live.is_fragment()
    if command in {"count", "update", "sql"}:
        return replace(shown, is_counted=is_counted, wants_sql=command == "sql")
    found = commands.changed(shown.part, command)
    focus = _first_field(found) if found.is_new else f"at-{found.path}" if found.path else ""
    return replace(shown, focus=focus, verb=found.verb, path=found.path, is_counted=is_counted)


def _first_field(found: commands.Changed) -> str:
    """Return the field of a new part that is filled in first."""
    path, part = found.path, found.part
    if part is not None and part.is_group:
        path, part = f"{path}.0", next(iter(part.members), None)
    if part is None or part.is_group:
        return f"at-{found.path}"
    first = {"step": "event"}.get(part.kind) or FIELDS[part.kind][0]
    return f"{path}:{found.field or first}"


def _replaced(shown: Shown, text: str) -> Shown:
    """Put the tree of JSON in place of the form's, or say what is wrong with it."""
    try:
        if len(text) > LONGEST_JSON:
            raise ValueError("too long")
        tree = reading.parsed(json.loads(text))
    except (ValueError, RecursionError):
        problems = {"n": "This is no JSON. Copy it anew, or mend its brackets and quotes."}
        return replace(shown, json_text=text[:LONGEST_JSON], json_problems=problems)
    except reading.TreeInvalid as failure:
        return replace(shown, json_text=text, json_problems=failure.problems)
    is_counted = not live.is_fragment()
    part = opening.from_raw(to_json(tree))
    return replace(shown, part=part, verb="json", focus="at-n", is_counted=is_counted)


def _saved_or_told(
    form: AudienceForm, shown: Shown, audience: Audience | None
) -> ResponseReturnValue:
    found = _checked(shown.part, audience, queries.vocabulary())
    if form.validate_on_submit() and found.is_right and found.tree is not None:
        try:
            saved = _saved(form, found.tree, audience)
        except services.AudienceNameTaken:
            form.name.errors = ["Another audience has this name. Choose a name of its own."]
        except services.EditedElsewhere:
            form.form_errors.append(
                "This audience was changed in another tab. Open it anew to see the newest state."
            )
        except reading.TreeInvalid as failure:
            # Something it asks for went since it was looked at.
            return _page(form, shown, audience, failure.problems), 422
        else:
            flash(f"“{saved.name}” is saved. Its members are being found.", "good")
            return redirect(url_for("audiences.show", audience_id=saved.id))
    return _page(form, shown, audience), 422


def _saved(form: AudienceForm, tree: Group, audience: Audience | None) -> Audience:
    values: dict[str, Any] = {
        "name": form.name.data,
        "description": form.description.data or "",
        "tags": form.listed_tags,
        "zone": form.zone.data,
        "tree": tree,
        "now": clock.now(),
        "by": current_user.email,
    }
    if audience is None:
        return services.create_audience(**values)
    return services.save_audience(audience_id=audience.id, version=form.seen_version, **values)


def _checked(part: Part, audience: Audience | None, vocabulary: Vocabulary) -> Checked:
    own = vocabulary.audiences.get(audience.public_id) if audience is not None else None
    return checking.checked(to_raw(part), vocabulary, own)


def _page(
    form: AudienceForm,
    shown: Shown,
    audience: Audience | None,
    refused: Mapping[str, str] | None = None,
) -> str:
    vocabulary, zone = queries.vocabulary(), _zone(form)
    found = _checked(shown.part, audience, vocabulary)
    raw = to_json(found.tree) if found.tree is not None else to_raw(shown.part)
    points = starting_points.starting_points(vocabulary.attributes.items())
    return render_template(
        "audiences/edit.html",
        audience=audience,
        form=form,
        shown=shown,
        problems={**found.problems, **(refused or {})} if shown.is_checked else {},
        given=choices,
        choices=Choices(vocabulary, audience.public_id if audience is not None else ""),
        seen=showing.seen,
        waiting=showing.waiting,
        has_room=has_room(shown.part, "n", fresh("did")),
        points=points if _is_begun_here(audience) else [],
        events=tracking.event_words(),
        properties=tracking.property_words(),
        json_text=shown.json_text or json.dumps(raw, indent=2, ensure_ascii=False),
        statement=_statement(found.tree, zone) if shown.wants_sql else "",
        **_counted(found.tree if shown.is_counted else None, zone, audience),
        page_token=_page_token(),
        sentence=_sentence(shown.part, zone, vocabulary),
    )


def _is_begun_here(audience: Audience | None) -> bool:
    """Tell whether a new audience is not begun yet, or with a starting point."""
    return audience is None and request.method == "GET" and "tree" not in request.args


def _zone(form: AudienceForm) -> str:
    zone: str = form.zone.data or ""
    return zone if zone in {each.value for each in form.zone.choices} else "UTC"


def _sentence(part: Part, zone: str, vocabulary: Vocabulary) -> str:
    return saying.sentence(to_raw(part), zone, _names(vocabulary))


def _names(vocabulary: Vocabulary) -> dict[str, str]:
    return {each.public_id: each.name for each in vocabulary.audiences.values()}


def _statement(tree: Group | None, zone: str) -> str:
    if tree is None:
        return "-- Fill in the conditions first."
    try:
        return statement.written(tree, zone=zone, now=clock.now())
    except (AttributeUnknown, AudienceInItself, AudienceUnknown, ValueUnfit) as problem:
        return f"-- {problem}"


def _counted(tree: Group | None, zone: str, audience: Audience | None) -> dict[str, Any]:
    """Return what a template shows of a tree's size; raise Superseded."""
    nothing: dict[str, Any] = {
        "preview": None,
        "failure": "",
        "lines": [],
        "members": [],
        "doubts": {},
    }
    if tree is None:
        return nothing
    doubts = doubting.doubts(tree, set(tracking.event_words()))
    try:
        counted = queries.count(
            tree, zone=zone, now=clock.now(), page=_page_token(), audience=audience
        )
    except (AttributeUnknown, AudienceInItself, AudienceUnknown, ValueUnfit) as problem:
        return {**nothing, "failure": str(problem), "doubts": doubts}
    return {
        "preview": counted,
        "failure": "",
        "lines": previewing.lines(counted, tree, _names(queries.vocabulary())),
        "members": previewing.members(counted, tree),
        "doubts": doubts,
    }


def _page_token() -> str:
    """Return what tells one open page from another, so that it counts one thing at a time."""
    return request.form.get("page", "")[:32] or secrets.token_hex(8)
