"""What to paste so that a website, a server or an SDK sends to a source."""

from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True)
class Snippet:
    """A piece of code to copy, and what it is for."""

    label: str
    text: str


@dataclass(frozen=True)
class Section:
    """The snippets of one kind of sender, with what to know beside."""

    title: str
    about: str
    snippets: tuple[Snippet, ...]


def sections(url: str, key: str) -> list[Section]:
    """Return what to paste where, the website first."""
    return [
        _website(url, key),
        _server(url, key),
        _python(url, key),
        _node(url, key),
        _segment(url, key),
        _rudderstack(url, key),
    ]


def _website(url: str, key: str) -> Section:
    snippet = (
        "<script>window.headwater = window.headwater || [];</script>\n"
        f'<script async src="{url}/track.js" data-write-key="{key}"></script>'
    )
    calls = (
        'headwater.push(["identify", "4711", {plan: "gold"}]);\n'
        'headwater.push(["visit", {category: "Books", sku: "B-1"}]);\n'
        'headwater.push(["basket", {sku: "B-1", price: 12.5, quantity: 2}]);\n'
        'headwater.push(["buy", {sku: "B-1", value: 25, currency: "EUR"}]);'
    )
    before_consent = snippet.replace(f'"{key}"', f'"{key}" data-consent="required"')
    consent = 'headwater.push(["consent", true]);   // or false, when it is taken back'
    return Section(
        "Website",
        'Page views are sent by themselves. With data-auto="off" on the snippet they are not: '
        "call page yourself.",
        (
            Snippet("Snippet for the head of every page", snippet),
            Snippet("What people do, in your own scripts", calls),
            Snippet("In its place, to store and send nothing before consent", before_consent),
            Snippet("Once a visitor has agreed", consent),
        ),
    )


def _server(url: str, key: str) -> Section:
    body = '{"userId": "4711", "event": "buy", "properties": {"sku": "B-1", "value": 25}}'
    store = (
        '{"userId": "4711", "event": "buy in store", '
        '"properties": {"products": [{"sku": "B-1", "price": 12.5, "quantity": 2}]}}'
    )
    return Section(
        "Server or till",
        "One request, from any language. An answer of 200 means that it is kept.",
        tuple(
            Snippet(label, f"curl -u {key}: {url}/v1/track -d '{content}'")
            for label, content in (("One event", body), ("A purchase at a till", store))
        ),
    )


def _python(url: str, key: str) -> Section:
    segment = (
        "# pip install segment-analytics-python\n"
        "from segment.analytics.client import Client\n\n"
        f'client = Client("{key}", host="{url}")\n'
        'client.track("4711", "Order Completed", {"products": [{"sku": "B-1", "price": 12.5}]})\n'
        "client.flush()"
    )
    rudderstack = (
        "# pip install rudder-sdk-python\n"
        "from rudderstack.analytics.client import Client\n\n"
        f'client = Client("{key}", host="{url}")\n'
        'client.track("4711", "Order Completed", {"products": [{"sku": "B-1", "price": 12.5}]})\n'
        "client.flush()"
    )
    return Section(
        "Python",
        "The libraries of Segment and RudderStack, unchanged.",
        (Snippet("Segment for Python", segment), Snippet("RudderStack for Python", rudderstack)),
    )


def _node(url: str, key: str) -> Section:
    call = 'analytics.track({userId: "4711", event: "Order Completed", properties: {total: 25}});\n'
    segment = (
        "// npm install @segment/analytics-node\n"
        'const { Analytics } = require("@segment/analytics-node");\n'
        f'const analytics = new Analytics({{writeKey: "{key}", host: "{url}"}});\n'
        f"{call}analytics.closeAndFlush();"
    )
    rudderstack = (
        "// npm install @rudderstack/rudder-sdk-node\n"
        'const RudderAnalytics = require("@rudderstack/rudder-sdk-node");\n'
        f'const analytics = new RudderAnalytics("{key}", {{dataPlaneUrl: "{url}"}});\n'
        f"{call}analytics.flush();"
    )
    return Section(
        "Node.js",
        "The libraries of Segment and RudderStack, unchanged.",
        (Snippet("Segment for Node.js", segment), Snippet("RudderStack for Node.js", rudderstack)),
    )


def _segment(url: str, key: str) -> Section:
    address = urlsplit(url)
    code = (
        "// npm install @segment/analytics-next\n"
        'import { AnalyticsBrowser } from "@segment/analytics-next";\n\n'
        "const analytics = AnalyticsBrowser.load(\n"
        f'  {{writeKey: "{key}", cdnURL: "{url}"}},\n'
        '  {integrations: {"Segment.io": {\n'
        f'    apiHost: "{address.netloc}{address.path}/v1", protocol: "{address.scheme}"\n'
        "  }}}\n"
        ");\n"
        "analytics.page();"
    )
    return Section(
        "Segment in the browser",
        "Two addresses lead here: cdnURL for the settings, apiHost for the events.",
        (Snippet("Analytics.js 2.0", code),),
    )


def _rudderstack(url: str, key: str) -> Section:
    code = (
        "// npm install @rudderstack/analytics-js\n"
        'import { RudderAnalytics } from "@rudderstack/analytics-js/bundled";\n\n'
        "const rudderanalytics = new RudderAnalytics();\n"
        f'rudderanalytics.load("{key}", "{url}", {{configUrl: "{url}"}});\n'
        "rudderanalytics.page();"
    )
    return Section(
        "RudderStack in the browser",
        "The bundled package loads no further file from elsewhere. The older rudder-sdk-js takes "
        "the same call of load.",
        (Snippet("JavaScript SDK 3", code),),
    )
