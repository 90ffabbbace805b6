"""What is not taken in any more, and letting a person come back."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_login import current_user

from app import clock
from app.access import needs
from app.accounts.models import Role
from app.suppressions import queries, services
from app.suppressions.forms import LiftForm

bp = Blueprint("suppressions", __name__)


@bp.route("/people/suppressed", methods=["GET", "POST"])
@needs(Role.ADMIN)
def index():
    form = LiftForm()
    if form.validate_on_submit():
        try:
            services.lift(identifier=form.identifier.data, user_id=current_user.id, now=clock.now())
        except services.NotSuppressed:
            form.identifier.errors = ["Nothing is suppressed under this identifier. Check it."]
        else:
            flash("What comes with this identifier is taken in again from now on.", "good")
            return redirect(url_for("suppressions.index"))
    page = render_template("suppressions/index.html", form=form, counts=queries.count_suppressed())
    return page, 422 if form.errors else 200
