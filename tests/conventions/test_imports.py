"""Imports point one way: starters, doors, use cases, tables, pure packages."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
FEATURES = (
    *("accounts", "suppressions", "streams", "schemas", "dataflows", "drafts", "runs"),
    *("quarantine", "execution", "retention", "datasets", "tracking", "people", "audiences"),
    *("activations", "erasures"),
)
USE_CASES = {"services", "queries", "models"}
DOORS = {"views", "api", "forms", "commands"}
STARTERS = {"app.cli", "app.home", "app.stack", "app.demo", "app"}
PURE_PACKAGES = ("app.tabular", "app.lake")
WEB = {"flask", "flask_login", "flask_wtf", "flask_sqlalchemy", "sqlalchemy", "wtforms"}


def modules() -> dict[str, Path]:
    """Return every module of ours by its dotted name."""
    found = {}
    for folder in ("app", "wizard", "jobs"):
        for path in (ROOT / folder).rglob("*.py"):
            parts = path.relative_to(ROOT).with_suffix("").parts
            found[".".join(part for part in parts if part != "__init__")] = path
    return found


MODULES = modules()


def imports(path: Path) -> Iterator[str]:
    """Yield what a module imports at run time, as dotted names of modules."""
    tree = ast.parse(path.read_text())
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            node.body = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                yield whole if whole in MODULES else node.module


def feature(name: str) -> str | None:
    parts = name.split(".")
    return parts[1] if len(parts) > 1 and parts[0] == "app" and parts[1] in FEATURES else None


def role(name: str) -> str:
    return name.rsplit(".", 1)[-1]


@pytest.mark.parametrize("name", [n for n in MODULES if n.startswith(PURE_PACKAGES)])
def test_a_pure_package_knows_neither_web_nor_database(name):
    found = set(imports(MODULES[name]))

    assert not {each.split(".")[0] for each in found} & WEB
    assert all(
        each.startswith(name.rsplit(".", name.count(".") - 1)[0])
        for each in found
        if each.startswith("app.")
    )


@pytest.mark.parametrize("name", [n for n in MODULES if feature(n) and role(n) in USE_CASES])
def test_use_cases_never_know_the_doors_nor_a_later_feature(name):
    allowed = FEATURES[: FEATURES.index(feature(name)) + 1]

    for each in imports(MODULES[name]):
        assert each.split(".")[0] not in {"wizard", "jobs", "wtforms", "flask_wtf"}, each
        assert not (feature(each) and role(each) in DOORS), each
        assert feature(each) is None or feature(each) in allowed, each


@pytest.mark.parametrize(
    "name", [n for n in MODULES if role(n) == "services" and (feature(n) or "app.site." in n)]
)
def test_services_never_know_flask(name):
    assert not any(each.split(".")[0] == "flask" for each in imports(MODULES[name]))


@pytest.mark.parametrize("name", [n for n in MODULES if n.startswith("app.site")])
def test_the_site_knows_no_feature_of_the_platform(name):
    for each in imports(MODULES[name]):
        assert feature(each) in {None, "accounts"}, each
        assert not each.startswith(PURE_PACKAGES), each


@pytest.mark.parametrize("name", [n for n in MODULES if not n.startswith(("wizard", "jobs"))])
def test_nothing_but_a_starter_imports_the_wizard_or_the_jobs(name):
    if name == "app":
        return

    assert not any(each.split(".")[0] in {"wizard", "jobs"} for each in imports(MODULES[name]))


@pytest.mark.parametrize("name", [n for n in MODULES if role(n) not in {"services"}])
def test_only_services_commit(name):
    assert "session.commit(" not in MODULES[name].read_text()


@pytest.mark.parametrize("name", list(MODULES))
def test_only_config_reads_the_environment(name):
    if name.startswith(("app.stack", "app.demo")) or name in {"jobs.worker", "jobs.schedule"}:
        return

    assert "os.environ" not in MODULES[name].read_text()
