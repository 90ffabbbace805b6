"""Origins: what may be written down, and what they let in."""

import pytest

from app.tracking import origins


@pytest.mark.parametrize(
    ("line", "origin"),
    [
        ("https://Shop.Example/", "https://shop.example"),
        ("https://shop.example:443", "https://shop.example"),
        ("http://localhost:3000", "http://localhost:3000"),
        ("https://*.example.com", "https://*.example.com"),
        ("http://[::1]:8080", "http://[::1]:8080"),
    ],
)
def test_an_origin_is_kept_as_browsers_send_it(line, origin):
    assert origins.parsed(f"\n  {line} \n\n") == [origin]


@pytest.mark.parametrize(
    "line",
    [
        *("shop.example", "https://", "ftp://shop.example", "https://shop.example/a", "*"),
        *("https://a@shop.example", "https://shop.example?x", "https://a.*.example", "https://*"),
        *("https://shop.example:99999", "https://[::1", "https://" + "a" * 300, "javascript:x"),
    ],
)
def test_what_is_no_origin_is_refused_with_a_sentence(line):
    with pytest.raises(origins.OriginInvalid, match="is no origin"):
        origins.parsed(line)


@pytest.mark.parametrize(
    ("origin", "is_allowed"),
    [
        ("https://www.example.com", True),
        ("https://a.b.example.com", True),
        ("HTTPS://WWW.EXAMPLE.COM", True),
        ("https://example.com", False),
        ("https://evilexample.com", False),
        ("https://example.com.evil.test", False),
        ("http://www.example.com", False),
        ("https://www.example.com:8443", False),
    ],
)
def test_a_star_is_any_subdomain_of_the_same_scheme(origin, is_allowed):
    assert origins.is_allowed(origin, ["https://*.example.com"]) is is_allowed
