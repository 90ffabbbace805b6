"""Who may load what: every view loads through here."""

from functools import wraps
from typing import Any

from flask import Flask, abort, request
from flask_login import current_user

from app import live
from app.accounts import queries as accounts
from app.accounts.models import Role
from app.extensions import login

# Everything else needs somebody signed in. Machine routes check their own keys.
PUBLIC_ENDPOINTS = frozenset({"static", "accounts.sign_in", "home.health"})
MACHINE_BLUEPRINTS = frozenset({"streams_api", "webhook", "memberships_api", "feed_api"})
# Their pages are for changing things only, so that to look at them already needs an editor.
EDITOR_BLUEPRINTS = frozenset({"wizard", "file_mapping", "transform_map", "custom_columns"})


def init_app(app: Flask) -> None:
    """Ask for a sign-in everywhere but on the public and the machines' routes."""
    login.login_view = "accounts.sign_in"
    login.login_message = "Sign in to see this page."
    login.login_message_category = "info"
    login.user_loader(lambda user_id: accounts.find_user(int(user_id)))
    app.before_request(_require_sign_in)
    app.jinja_env.globals["may_edit"] = may_edit
    app.jinja_env.globals["may_administer"] = may_administer


def _require_sign_in() -> Any:
    is_machine = request.blueprint in MACHINE_BLUEPRINTS
    if is_machine or request.endpoint is None or request.endpoint in PUBLIC_ENDPOINTS:
        return None
    if not current_user.is_authenticated:
        return abort(401) if live.is_fragment() else login.unauthorized()
    is_changing = request.method not in {"GET", "HEAD"} and request.endpoint != "accounts.sign_out"
    if is_changing or request.blueprint in EDITOR_BLUEPRINTS:
        require_role(Role.EDITOR)
    return None


def may_edit() -> bool:
    """Tell whether buttons that change something are for whoever looks at the page."""
    return not current_user.is_authenticated or current_user.role.covers(Role.EDITOR)


def may_administer() -> bool:
    """Tell whether what only an admin may do is for whoever looks at the page."""
    return bool(current_user.is_authenticated and current_user.role.covers(Role.ADMIN))


def require_role(role: Role) -> None:
    """Answer 403 unless the user's role covers the one needed."""
    if not current_user.role.covers(role):
        abort(403)


def needs(role: Role) -> Any:
    """Decorate a view that only this role and those above may open."""

    def decorate(view: Any) -> Any:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            require_role(role)
            return view(*args, **kwargs)

        return guarded

    return decorate
