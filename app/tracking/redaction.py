"""Messages without what is personal or secret in them: names of values stay, values are hidden."""

import json
import re
from typing import Any

from app.tracking import bodies

HIDDEN = "••••"
# Whatever a name is made of, one of these words in it tells of a person or a secret.
_WORDS = frozenset(
    [
        "address",
        "adresse",
        "age",
        "bank",
        "bday",
        "bic",
        "birth",
        "birthdate",
        "birthday",
        "card",
        "cardholder",
        "cc",
        "cell",
        "city",
        "correo",
        "csc",
        "cvc",
        "cvv",
        "dob",
        "email",
        "firstname",
        "fullname",
        "geburtsdatum",
        "geburtstag",
        "gender",
        "geo",
        "iban",
        "ip",
        "ipv4",
        "ipv6",
        "jwt",
        "key",
        "lastname",
        "lat",
        "latitude",
        "lng",
        "lon",
        "longitude",
        "mail",
        "mobile",
        "msisdn",
        "name",
        "nachname",
        "nickname",
        "nom",
        "otp",
        "passcode",
        "passport",
        "passwd",
        "password",
        "passwort",
        "phone",
        "pin",
        "plz",
        "postal",
        "postcode",
        "pwd",
        "prenom",
        "secret",
        "session",
        "sex",
        "signature",
        "sms",
        "ssn",
        "street",
        "strasse",
        "surname",
        "swift",
        "tax",
        "tel",
        "telefon",
        "telefono",
        "telephone",
        "token",
        "username",
        "vat",
        "vorname",
        "whatsapp",
        "zip",
        "zipcode",
        "auth",
        "authorization",
        "bearer",
        "cookie",
        "credential",
        "credentials",
        "login",
        "salt",
        "fax",
        "account",
        "konto",
    ]
)
# Names that are written in one, such as customeremail, hold one of these.
_PARTS = (
    *("mail", "phone", "passw", "secret", "token", "birth", "iban", "street", "surname"),
    *("firstname", "lastname", "fullname", "username", "address", "adresse", "creditcard"),
    *("cardnumber", "cardno", "apikey", "cookie", "credential", "password", "socialsecurity"),
    *("ipaddr", "clientip", "userip", "remoteip", "postcode", "zipcode", "telefon", "passport"),
)
_WORD = re.compile(r"[^\W_]+")
_CAPITAL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_DIGITS_AT_END = re.compile(r"\d+$")
# Texts that are personal whatever they are called: e-mails, numbers of cards, phones and accounts.
_PERSONAL = re.compile(
    r"[^\s\"'<>,;:=&?/]+(?:@|%40)[^\s\"'<>,;&?/]+"
    r"|\b[A-Z]{2}\d{2}(?:[ ]?[A-Z0-9]{4}){2,7}(?:[ ]?[A-Z0-9]{1,3})?\b"
    r"|(?<![\w.-])\+?\d(?:[ ()./-]?\d){9,18}(?![\w.])"
    r"|\beyJ[\w-]+\.[\w-]+\.[\w-]*"
    r"|\b(?:\d{1,3}\.){3}\d{1,3}\b"
)
_PARAMETER = re.compile(r"([?&;#]|%3F|%26)([^=&;#?\s]+)(=|%3D)([^&;#\s]*)", re.IGNORECASE)


def redacted(value: Any) -> Any:
    """Return what a message holds with all that is personal or secret hidden, at any depth."""
    if isinstance(value, dict):
        return {_text(str(name)): _of(str(name), each) for name, each in value.items()}
    if isinstance(value, list):
        return [redacted(each) for each in value]
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return HIDDEN if _text(str(value)) != str(value) else value
    return value


def redacted_text(text: str) -> str:
    """Return a message as it was written, hidden as `redacted` does; all of it where it is cut off.

    Of text that is no whole JSON nobody can tell which values belong to which names.
    """
    try:
        return bodies.printable(json.dumps(redacted(json.loads(text)), ensure_ascii=False))
    except (ValueError, RecursionError):
        return HIDDEN


def is_sensitive(name: str) -> bool:
    """Tell whether a value under this name is personal or secret."""
    parts = _WORD.findall(_CAPITAL.sub(" ", name))
    words = {_DIGITS_AT_END.sub("", part.casefold()) or part for part in parts}
    joined = "".join(_WORD.findall(name)).casefold()
    return not words.isdisjoint(_WORDS) or any(part in joined for part in _PARTS)


def _of(name: str, value: Any) -> Any:
    if value is None or value == "" or not is_sensitive(name):
        return redacted(value)
    return HIDDEN


def _text(text: str) -> str:
    """Hide what is personal within a text, also parameters of an address, and JSON in a text."""
    if text.lstrip()[:1] in {"{", "[", '"'}:
        inner = _inner(text)
        if inner is not None:
            return inner
    return _PERSONAL.sub(HIDDEN, _PARAMETER.sub(_parameter, text))


def _inner(text: str) -> str | None:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return json.dumps(redacted(found), ensure_ascii=False)


def _parameter(match: re.Match[str]) -> str:
    begin, name, equals, value = match.groups()
    return f"{begin}{name}{equals}{HIDDEN if value and is_sensitive(name) else value}"
