"""The kind that writes phone numbers in one way, E.164: +4722123456."""

import phonenumbers
import pyarrow.compute as pc
from babel import Locale

from app.tabular.transformations.kinds import (
    Given,
    Group,
    Kind,
    Made,
    converted,
    each_distinct,
    trimmed,
)
from app.tabular.transformations.parameters import Parameter
from app.tabular.types import ColumnType

# Signs that people put between digits. A letter, or a second number, would be left out unsaid.
_SHAPE = r"^\+?[0-9 ()./\x{a0}\x{2010}-\x{2013}-]{3,40}$"
_NAMES = Locale("en").territories
_REGIONS = tuple(
    sorted(
        ((region, _NAMES.get(region, region)) for region in phonenumbers.SUPPORTED_REGIONS),
        key=lambda pair: pair[1],
    )
)
_NO_REGION = ("", "None: a number has to begin with + and its country")


def _e164(given: Given) -> Made:
    texts = trimmed(given.texts)
    region = given.settings["region"] or None
    shaped = pc.if_else(pc.match_substring_regex(texts, _SHAPE), texts, None)
    return converted(texts, each_distinct(shaped, lambda text: _written(text, region)))


def _written(text: str, region: str | None) -> str | None:
    """Return a number as E.164 has it, None where it cannot be one."""
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None
    # Whether a number was handed out is not asked: lists of those are never up to date.
    reason = phonenumbers.is_possible_number_with_reason(number)
    if reason != phonenumbers.ValidationResult.IS_POSSIBLE:
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


KINDS = (
    Kind(
        "phone_e164",
        "Phone number as E.164",
        "Writes phone numbers in one way, with + and the country: +4722123456.",
        _e164,
        group=Group.CONVERT,
        parameters=(
            Parameter(
                "region",
                "Country of numbers that do not say one",
                "choice",
                choices=(_NO_REGION, *_REGIONS),
            ),
        ),
        type=ColumnType.PHONE,
        failure="is no phone number that can be called from abroad",
        writes_plainly=True,
    ),
)
