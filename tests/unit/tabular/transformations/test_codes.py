"""Phone numbers, countries, currencies, yes and no: written in one way, or a failure."""

import re

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.tabular.columns.transforming import TransformationImpossible
from app.tabular.columns.written_types import PHONE_SHAPE
from tests.unit.tabular.strategies import TEXTS
from tests.unit.tabular.transformations.making import applied, failed, made, values_of

EXAMPLES = {
    region: number
    for region in sorted(phonenumbers.SUPPORTED_REGIONS)
    if (number := phonenumbers.example_number(region)) is not None
}
NATIONAL = phonenumbers.PhoneNumberFormat.NATIONAL
INTERNATIONAL = phonenumbers.PhoneNumberFormat.INTERNATIONAL


@pytest.mark.parametrize("region", EXAMPLES)
def test_a_number_of_every_country_is_the_same_however_it_is_written(region):
    number = EXAMPLES[region]
    expected = f"+{number.country_code}{phonenumbers.national_significant_number(number)}"
    written = [phonenumbers.format_number(number, style) for style in (NATIONAL, INTERNATIONAL)]

    done = made("phone_e164", {"region": region}, [*written, expected])

    assert done == [expected] * 3


def test_what_is_no_number_fails_and_nothing_of_a_number_is_lost():
    texts = ["12", "+47 22 12 34 56 x5", "1-800-FLOWERS", "0171 1234567/0172 7654321", "4.42E+11"]

    done = applied("phone_e164", {"region": "DE"}, [*texts, "", None, " "])

    assert failed(done) == [0, 1, 2, 3, 4]
    assert values_of(done) == [None] * 8


def test_without_a_country_a_number_has_to_say_its_own():
    assert made("phone_e164", {}, ["22 12 34 56", "+47 22 12 34 56"]) == [None, "+4722123456"]


@given(st.lists(TEXTS | st.text("0123456789+ ()-./", max_size=20), max_size=5))
def test_a_made_number_has_the_digits_that_were_written(texts):
    for text, number in zip(texts, made("phone_e164", {"region": "NO"}, texts), strict=True):
        if number is not None:
            digits = "".join(sign for sign in text if sign.isdigit())
            assert digits.endswith(number[3:])
            assert number[1:].isdigit()
            assert 7 <= len(number[1:]) <= 15
            assert made("phone_e164", {}, [number]) == [number]


@pytest.mark.parametrize(
    ("texts", "code"),
    [
        (["no", "NOR", " Norway ", "norway"], "NO"),
        (["UK", "GB", "GBR", "United Kingdom", "Great Britain"], "GB"),
        (["US", "usa", "United States", "The United States of America"], "US"),
        (["CI", "Côte d’Ivoire", "Cote d'Ivoire", "Ivory Coast"], "CI"),
        (["VC", "Saint Vincent and the Grenadines", "St. Vincent & Grenadines"], "VC"),
        (["TR", "Turkey", "Türkiye"], "TR"),
        (["BA", "Bosnia and Herzegovina"], "BA"),
        (["XK", "Kosovo"], "XK"),
        (["NA", "Namibia"], "NA"),
    ],
)
def test_a_country_has_one_code(texts, code):
    assert made("country_code", {}, texts) == [code] * len(texts)


def test_what_is_no_country_fails():
    done = applied("country_code", {}, ["EU", "ZZ", "AN", "Atlantis", "N0", "", None, "europe"])

    assert failed(done) == [0, 1, 2, 3, 4, 7]
    assert values_of(done) == [None] * 8


def test_there_are_as_many_countries_as_in_the_standard_and_kosovo():
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    pairs = [first + second for first in letters for second in letters]

    codes = {code for code in made("country_code", {}, pairs) if code}

    assert len(codes) == 249 + 1
    assert made("country_code", {}, sorted(codes)) == sorted(codes)


@pytest.mark.parametrize(
    ("texts", "code"),
    [
        (["eur", "EUR", "Euro", "euros", "€"], "EUR"),
        (["USD", "US Dollar", "US dollars"], "USD"),
        (["NOK", "Norwegian krone", "Norwegian kroner"], "NOK"),
        (["CAD", "CA$"], "CAD"),
        (["DEM", "German mark"], "DEM"),
    ],
)
def test_a_currency_has_one_code(texts, code):
    assert made("currency_code", {}, texts) == [code] * len(texts)


def test_a_sign_of_several_currencies_is_none():
    done = applied("currency_code", {}, ["$", "£", "¥", "kr", "XXX", "dollar", "ABC", ""])

    assert failed(done) == [0, 1, 2, 3, 4, 5, 6]


WORDS = st.sampled_from(["aktiv", "AKTIV", " ja ", "nö", "NÖ", "x", "true", "", None])


@given(st.lists(WORDS, max_size=6))
def test_yes_and_no_by_words_agree_with_plain_python(values):
    meanings = {"aktiv": "true", "ja": "true", "nö": "false"}
    words = [(value or "").strip().lower() for value in values]

    done = applied("yes_or_no", {"yes": "Aktiv, ja", "no": ["nö"]}, values)

    assert values_of(done) == [meanings.get(word) for word in words]
    assert failed(done) == [at for at, word in enumerate(words) if word and word not in meanings]


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ({"yes": "ja", "no": "JA"}, "“ja” cannot mean both"),
        ({"yes": " , ", "no": "x"}, "Fill in “Words for yes”"),
        ({"yes": "x"}, "Fill in “Words for no”"),
    ],
)
def test_words_that_say_nothing_are_refused(params, words):
    with pytest.raises(TransformationImpossible) as refused:
        made("yes_or_no", params, ["x"])

    assert words in refused.value.message


def test_a_made_phone_number_is_one_for_the_type_too():
    for number in EXAMPLES.values():
        written = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
        assert re.match(PHONE_SHAPE, written), written
