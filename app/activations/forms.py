"""The forms of activations."""

from flask_wtf import FlaskForm
from wtforms import (
    HiddenField,
    PasswordField,
    RadioField,
    SelectField,
    StringField,
    ValidationError,
)
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, Length, Regexp

from app import outgoing
from app.activations.models import AuthMethod

WEBHOOK_PATH = "/cdp/webhook"
PERSON_IDENTIFIER = "userid"
_PRINTABLE = Regexp(
    r"^[^\x00-\x1f\x7f\ud800-\udfff]*\Z", message="Leave out signs that cannot be seen"
)
_SIGNS = Regexp(r"^[A-Za-z0-9_-]+\Z", message="Use letters, digits, - and _ only")
_AUTH_WORDS = {
    AuthMethod.BASIC: "HTTP Basic, the usual way",
    AuthMethod.HEADERS: "Two headers, x-client-id and x-client-secret",
}


class ActivationForm(FlaskForm):
    """A place that audiences go to."""

    version = HiddenField(default="0")
    name = StringField(
        "Name", validators=[DataRequired("Name the activation"), Length(max=120), _PRINTABLE]
    )
    person_identifier = SelectField(
        "Person identifier",
        description="What the other end knows people by.",
        choices=[SelectChoice(PERSON_IDENTIFIER, PERSON_IDENTIFIER)],
    )
    client_id = StringField(
        "Client id", validators=[DataRequired("Enter the client id"), Length(max=200), _SIGNS]
    )
    client_secret = PasswordField("Client secret", render_kw={"autocomplete": "new-password"})
    auth_method = RadioField(
        "How they are sent",
        choices=[SelectChoice(method.value, _AUTH_WORDS[method]) for method in AuthMethod],
        default=AuthMethod.BASIC.value,
    )
    segment_group_identifier = StringField(
        "Segment group identifier",
        validators=[
            DataRequired("Enter the segment group identifier"),
            Length(max=200),
            _PRINTABLE,
        ],
    )
    base_url = StringField(
        "Base URL",
        description="The address of the site's webhook; it ends in /cdp/webhook.",
        validators=[DataRequired("Enter the base URL"), Length(max=2000)],
        render_kw={"inputmode": "url", "placeholder": "https://www.example.com/cdp/webhook"},
    )

    def __init__(self, *args, is_new: bool, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self._is_new = is_new
        if not is_new:
            self.client_secret.description = "Leave it empty to keep the one there is."

    def validate_client_secret(self, field):
        if not field.data and not self._is_new:
            return
        if not field.data:
            raise ValidationError("Enter the client secret")
        if len(field.data) < 16:
            raise ValidationError("Use a secret of 16 signs or more: it signs every message")
        Length(max=200)(self, field)
        _SIGNS(self, field)

    def validate_base_url(self, field):
        try:
            outgoing.check_url(field.data.strip())
        except outgoing.UrlInvalid as failure:
            raise ValidationError(str(failure)) from failure
        if not field.data.strip().endswith(WEBHOOK_PATH):
            raise ValidationError(f"The base URL must end in {WEBHOOK_PATH}")

    @property
    def seen_version(self) -> int:
        """The version of the activation that the page showed."""
        data = self.version.data or ""
        return int(data) if data.isascii() and data.isdecimal() and len(data) < 10 else 0
