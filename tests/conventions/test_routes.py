"""Every route is kebab-case, typed, and protected or on a short public list; names resolve."""

import importlib
import re
from pathlib import Path

import pytest

import config
from app.access import MACHINE_BLUEPRINTS, PUBLIC_ENDPOINTS
from app.queue import JobName
from jobs.schedule import PERIODIC

ROOT = Path(__file__).parent.parent.parent
UNTYPED = {"bucket", "kind", "account", "filename", "client_file_id"}


def test_every_route_is_kebab_case_and_typed(app):
    for rule in app.url_map.iter_rules():
        bare = re.sub(r"<[^>]+>", "", rule.rule)
        assert bare == bare.lower(), rule.rule
        assert "_" not in bare, rule.rule
        for name in re.findall(r"<([^:>]+)>", rule.rule):
            assert name in UNTYPED, rule.rule


def test_every_page_is_protected_or_on_the_public_list(app):
    client = app.test_client()
    for rule in app.url_map.iter_rules():
        if rule.endpoint in PUBLIC_ENDPOINTS or rule.endpoint.split(".")[0] in MACHINE_BLUEPRINTS:
            continue
        path = re.sub(r"<int:[^>]+>", "1", rule.rule)
        path = re.sub(r"<[^>]+>", "x", path)
        method = "GET" if "GET" in (rule.methods or ()) else "POST"
        app.config["WTF_CSRF_ENABLED"] = False

        answer = client.open(path, method=method)

        assert answer.status_code == 302, path
        assert answer.location.startswith("/sign-in"), path


@pytest.mark.parametrize("name", list(JobName))
def test_every_job_resolves_and_is_named_as_a_service(name):
    module, _, function = name.value.rpartition(".")
    feature = module.removeprefix("jobs.")
    place = next(
        each for each in ("app", "app.site") if (ROOT.joinpath(*each.split("."), feature)).is_dir()
    )

    assert callable(getattr(importlib.import_module(module), function))
    own = ROOT.joinpath(*place.split("."), feature).rglob("services.py")
    modules = [".".join(each.relative_to(ROOT).with_suffix("").parts) for each in own]
    assert any(hasattr(importlib.import_module(each), function) for each in modules)


def test_every_periodic_job_is_a_job():
    assert set(PERIODIC) <= set(JobName)


def test_every_setting_of_the_environment_is_described():
    read = set(re.findall(r'"([A-Z][A-Z_]+)"', (ROOT / "config.py").read_text()))
    settings = {
        name for name in read if f'values.get("{name}"' in _flat() or f'values, "{name}"' in _flat()
    }
    described = (ROOT / "docs" / "settings.md").read_text()

    assert settings
    assert [name for name in sorted(settings) if f"`{name}`" not in described] == []


def _flat() -> str:
    return re.sub(r"\(\s+", "(", (ROOT / "config.py").read_text())


def test_a_missing_secret_stops_the_start(tmp_path):
    with pytest.raises(config.SettingMissing):
        config.load({"DATA_DIR": str(tmp_path)})


def test_an_id_that_no_row_can_have_is_a_page_not_found(app, pages):
    rules = [
        rule
        for rule in app.url_map.iter_rules()
        if rule.arguments and "GET" in rule.methods and "<int:" in rule.rule
    ]
    addresses = [re.sub(r"<int:\w+>", "9" * 20, rule.rule) for rule in rules]

    found = {address: pages.client.get(address).status_code for address in addresses}

    assert rules
    assert set(found.values()) == {404}
