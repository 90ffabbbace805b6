"""The sign-in form."""

from flask_wtf import FlaskForm
from wtforms import EmailField, PasswordField
from wtforms.validators import InputRequired, Length

from app.accounts import passwords


class SignInForm(FlaskForm):
    """E-mail and password."""

    email = EmailField(
        "E-mail",
        validators=[InputRequired("Enter your e-mail address"), Length(max=254)],
        render_kw={"autocomplete": "username", "autofocus": True},
    )
    password = PasswordField(
        "Password",
        validators=[InputRequired("Enter your password"), Length(max=passwords.LONGEST)],
        render_kw={"autocomplete": "current-password"},
    )
