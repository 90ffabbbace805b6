"""Signing in and out."""

from urllib.parse import urlsplit

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask_login import current_user, login_user, logout_user

from app import clock
from app.accounts import services as accounts
from app.accounts.forms import SignInForm
from app.extensions import limiter

bp = Blueprint("accounts", __name__)


@bp.route("/sign-in", methods=["GET", "POST"])
@limiter.limit(lambda: current_app.config["SIGN_IN_LIMIT"], methods=["POST"])
def sign_in():
    if current_user.is_authenticated:
        return redirect(url_for("home.index"))
    form = SignInForm()
    if form.validate_on_submit():
        try:
            user = accounts.authenticate(
                email=form.email.data, password=form.password.data, now=clock.now()
            )
        except accounts.WrongCredentials:
            form.form_errors.append("That e-mail and password do not belong together. Try again.")
        else:
            login_user(user)
            return redirect(_safe_target(request.args.get("next")))
    status = 422 if form.is_submitted() else 200
    return render_template("accounts/sign_in.html", form=form), status


@bp.post("/sign-out")
def sign_out():
    logout_user()
    flash("You are signed out.", "good")
    return redirect(url_for("accounts.sign_in"))


def _safe_target(target: str | None) -> str:
    """Return where to go after sign-in: a path of ours, never another host."""
    if not target or "\\" in target or not target.startswith("/") or target.startswith("//"):
        return url_for("home.index")
    parts = urlsplit(target)
    return target if not parts.scheme and not parts.netloc else url_for("home.index")
