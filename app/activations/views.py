"""Pages of activations, of what they send, and of every delivery."""

import json
from typing import Any

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for

from app import clock, confirming, live, paging
from app.access import needs
from app.accounts.models import Role
from app.activations import queries, questions, services
from app.activations.delivering import Means
from app.activations.forms import ActivationForm
from app.activations.models import Activation, DeliveryStatus
from app.audiences import queries as audiences

bp = Blueprint("activations", __name__)

LONGEST_SHOWN = 20_000
_COLUMNS = (
    *("name", "person_identifier", "client_id", "auth_method"),
    *("segment_group_identifier", "base_url"),
)


@bp.get("/activations")
def index():
    found = queries.list_activations(number=paging.asked_for())
    troubles = queries.troubles([activation.id for activation in found])
    return render_template("activations/index.html", activations=found, troubles=troubles)


@bp.route("/activations/new", methods=["GET", "POST"])
@needs(Role.EDITOR)
def new():
    return _edited(ActivationForm(is_new=True), None)


@bp.route("/activations/<int:activation_id>/edit", methods=["GET", "POST"])
@needs(Role.EDITOR)
def edit(activation_id: int):
    activation = queries.find_activation(activation_id) or abort(404)
    return _edited(ActivationForm(obj=activation, is_new=False), activation)


@bp.get("/activations/<int:activation_id>")
def show(activation_id: int):
    activation = queries.find_activation(activation_id) or abort(404)
    found = _standing(activation)
    return render_template(
        "activations/show.html",
        **found,
        detach_questions={
            each.audience_id: questions.before_detaching(each.audience)
            for each in found["attached"]
        },
        attachable=queries.attachable_audiences(activation_id),
        delete_question=questions.before_deleting(activation),
        everything_question=questions.before_sending_everything(activation),
    )


@bp.get("/activations/<int:activation_id>/standing")
def standing(activation_id: int):
    """Answer the page that watches deliveries go out."""
    activation = queries.find_activation(activation_id) or abort(404)
    found = _standing(activation)
    if not found["is_moving"]:
        return live.whole_page(show(activation_id))
    return render_template("activations/_standing.html", **found)


@bp.post("/activations/<int:activation_id>/test")
def test(activation_id: int):
    queries.find_activation(activation_id) or abort(404)
    beat = services.test_connection(activation_id=activation_id, means=_means(), clock=clock.now)
    if beat.failure:
        flash(f"The connection does not work. {beat.failure}", "bad")
    else:
        flash("The connection works: the other end answered the heartbeat.", "good")
    return redirect(url_for("activations.show", activation_id=activation_id))


@bp.post("/activations/<int:activation_id>/audiences")
def attach(activation_id: int):
    queries.find_activation(activation_id) or abort(404)
    audience_id = request.form.get("audience_id", 0, type=int)
    audience = audiences.find_audience(audience_id) if 0 < audience_id < 2**31 else None
    if audience is None:
        flash("Choose an audience that is there.", "bad")
        return redirect(url_for("activations.show", activation_id=activation_id))
    try:
        services.attach_audience(
            activation_id=activation_id, audience_id=audience.id, now=clock.now()
        )
    except services.AlreadyAttached:
        flash(f"“{audience.name}” is attached already.", "info")
    else:
        flash(f"“{audience.name}” is attached. Its members are being sent.", "good")
    if request.form.get("back") == "audience":
        return redirect(url_for("audiences.show", audience_id=audience.id))
    return redirect(url_for("activations.show", activation_id=activation_id))


@bp.post("/activations/<int:activation_id>/audiences/<int:audience_id>/detach")
def detach(activation_id: int, audience_id: int):
    attached = queries.find_attached(activation_id, audience_id) or abort(404)
    back = url_for("activations.show", activation_id=activation_id)
    asking = confirming.asked(questions.before_detaching(attached.audience), back)
    if asking:
        return asking
    services.detach_audience(activation_id=activation_id, audience_id=audience_id, now=clock.now())
    flash(f"“{attached.audience.name}” is detached.", "good")
    return redirect(back)


@bp.post("/activations/<int:activation_id>/send-everything")
def send_everything(activation_id: int):
    activation = queries.find_activation(activation_id) or abort(404)
    back = url_for("activations.show", activation_id=activation_id)
    asking = confirming.asked(questions.before_sending_everything(activation), back)
    if asking:
        return asking
    services.send_everything_again(activation_id=activation_id, now=clock.now())
    flash("All members are being sent again.", "good")
    return redirect(back)


@bp.post("/activations/<int:activation_id>/pause")
def pause(activation_id: int):
    queries.find_activation(activation_id) or abort(404)
    services.pause(activation_id=activation_id)
    return redirect(url_for("activations.show", activation_id=activation_id))


@bp.post("/activations/<int:activation_id>/resume")
def resume(activation_id: int):
    queries.find_activation(activation_id) or abort(404)
    services.resume(activation_id=activation_id, now=clock.now())
    return redirect(url_for("activations.show", activation_id=activation_id))


@bp.post("/activations/<int:activation_id>/delete")
def delete(activation_id: int):
    activation = queries.find_activation(activation_id) or abort(404)
    name, back = activation.name, url_for("activations.show", activation_id=activation_id)
    asking = confirming.asked(questions.before_deleting(activation), back)
    if asking:
        return asking
    services.delete_activation(activation_id=activation_id)
    flash(f"The activation “{name}” is deleted.", "good")
    return redirect(url_for("activations.index"))


@bp.get("/activations/<int:activation_id>/deliveries")
def deliveries(activation_id: int):
    activation = queries.find_activation(activation_id) or abort(404)
    chosen = next((s for s in DeliveryStatus if s.value == request.args.get("status")), None)
    found = queries.list_deliveries(activation_id, status=chosen, number=paging.asked_for())
    counts = queries.count_deliveries(activation_id)
    return render_template(
        "activations/deliveries.html",
        activation=activation,
        deliveries=found,
        chosen=chosen.value if chosen else "",
        tabs=_tabs(activation_id, counts, chosen),
    )


@bp.get("/deliveries/<int:delivery_id>")
def delivery(delivery_id: int):
    found = queries.find_delivery(delivery_id) or abort(404)
    return render_template(
        "activations/delivery.html",
        delivery=found,
        attempts=queries.list_attempts(delivery_id),
        message=_readable(found.body),
    )


@bp.post("/deliveries/<int:delivery_id>/send-again")
def send_again(delivery_id: int):
    queries.find_delivery(delivery_id) or abort(404)
    try:
        services.send_again(delivery_id=delivery_id, now=clock.now())
    except services.NotToBeSent:
        flash("It is being sent already, or was meant for another place or moment.", "info")
    else:
        flash("It is being sent.", "good")
    return redirect(url_for("activations.delivery", delivery_id=delivery_id))


def _edited(form: ActivationForm, activation: Activation | None):
    """Show the form, or save what was sent and lead to the activation."""
    if form.validate_on_submit():
        try:
            activation_id = _saved(form, activation)
        except services.ActivationNameTaken:
            form.name.errors = ["Another activation has this name. Choose a name of its own."]
        except services.SecretNeeded:
            form.client_secret.errors = ["Enter the secret again: it would go to another host"]
        except services.EditedElsewhere:
            form.form_errors.append("This was changed in another tab. Open it anew to see it.")
        else:
            flash("The activation is saved. Test the connection to see that it works.", "good")
            return redirect(url_for("activations.show", activation_id=activation_id))
    page = render_template("activations/edit.html", form=form, activation=activation)
    return page, 422 if form.errors else 200


def _saved(form: ActivationForm, activation: Activation | None) -> int:
    given: dict[str, Any] = {
        "values": {name: form[name].data for name in _COLUMNS},
        "secret": form.client_secret.data or "",
        "keys": current_app.config["ENCRYPTION_KEYS"],
        "now": clock.now(),
    }
    if activation is None:
        return services.create_activation(**given).id
    services.save_activation(activation_id=activation.id, version=form.seen_version, **given)
    return activation.id


def _means() -> Means:
    settings = current_app.config
    return Means(settings["ENCRYPTION_KEYS"], settings["ALLOW_PRIVATE_ADDRESSES"])


def _standing(activation: Activation) -> dict[str, Any]:
    counts = queries.count_deliveries(activation.id)
    waiting = sum(counts.get(s.value, 0) for s in DeliveryStatus if s.is_active)
    attached = queries.list_attached(activation.id)
    is_behind = any(not each.is_up_to_date for each in attached)
    return {
        "activation": activation,
        "attached": attached,
        "is_moving": not activation.is_paused and bool(waiting or is_behind),
        "counts": {status: counts.get(status.value, 0) for status in DeliveryStatus},
        "waiting_count": waiting,
        "trouble": queries.troubles([activation.id]).get(activation.id),
        "deliveries": queries.list_latest_deliveries(activation.id),
    }


def _tabs(
    activation_id: int, counts: dict[str, int], chosen: DeliveryStatus | None
) -> list[dict[str, object]]:
    numbers = {"": sum(counts.values())} | {s.value: counts.get(s.value, 0) for s in DeliveryStatus}
    current = chosen.value if chosen else ""
    return [
        {
            "label": (status or "all").capitalize(),
            "href": url_for(
                "activations.deliveries", activation_id=activation_id, status=status or None
            ),
            "is_current": status == current,
            "number": number,
        }
        for status, number in numbers.items()
    ]


def _readable(body: bytes) -> str:
    """Return the message with a line a value, as much of it as is of use to read."""
    return json.dumps(json.loads(body), indent=2, ensure_ascii=False)[:LONGEST_SHOWN]
