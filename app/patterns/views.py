"""The page of patterns; there only while developing."""

from datetime import UTC, date, datetime

from flask import Blueprint, abort, current_app, render_template
from werkzeug.datastructures import MultiDict

from app.patterns.forms import PatternForm, PatternUploadForm
from app.people import telling

_BOUGHT = {"event": "buy", "properties": '{"product": "Trail running shoes", "size": 42}'}

bp = Blueprint("patterns", __name__)


@bp.get("/patterns")
def index():
    if not current_app.debug:
        abort(404)
    entered = MultiDict({"wrong-skipped_rows": "many"})
    wrong_form = PatternForm(entered, prefix="wrong-", meta={"csrf": False})
    wrong_form.validate()
    wrong_form.form_errors.append("Somebody else saved this dataflow. Reload the page.")
    return render_template(
        "patterns.html",
        form=PatternForm(formdata=None, data={"name": "Customers", "write_mode": "append"}),
        wrong_form=wrong_form,
        moment=datetime(2026, 11, 23, 18, 33, tzinfo=UTC),
        timeline_days=[(date(2026, 11, 23), telling.told(_BOUGHT))],
        upload_form=PatternUploadForm(formdata=None),
    )
