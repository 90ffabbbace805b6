"""Files and functions stay small; each exception is named, and the list only shrinks."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
FOLDERS = ("app", "wizard", "jobs")
LONGEST_FILE, LONGEST_FUNCTION, LONGEST_TEMPLATE = 300, 25, 150
# name: lines it may have; each wants a split.
LONGER_FILES: dict[str, int] = {}
LONGER_FUNCTIONS: dict[str, int] = {}
KINDS = {"utils", "util", "helpers", "helper", "common", "misc"}


def python_files() -> list[Path]:
    return [path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*.py"))]


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", [*python_files(), *ROOT.glob("tests/**/*.py")], ids=name_of)
def test_a_file_is_short(path):
    lines = len(path.read_text().splitlines())

    assert lines <= LONGER_FILES.get(name_of(path), LONGEST_FILE)


@pytest.mark.parametrize("path", python_files(), ids=name_of)
def test_functions_are_short(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            whole = f"{name_of(path)}:{node.name}"
            lines = body_lines(node)
            assert lines <= LONGER_FUNCTIONS.get(whole, LONGEST_FUNCTION), f"{whole} has {lines}"


def body_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Count the lines of a function's body without its docstring."""
    body = node.body
    if isinstance(body[0], ast.Expr) and isinstance(getattr(body[0], "value", None), ast.Constant):
        body = body[1:] or body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1


@pytest.mark.parametrize("path", python_files(), ids=name_of)
def test_a_file_is_named_for_a_concept_and_says_in_a_sentence_what_it_is_for(path):
    assert path.stem not in KINDS
    assert ast.get_docstring(ast.parse(path.read_text()))


@pytest.mark.parametrize(
    "path", sorted((ROOT / "templates").rglob("*.html")), ids=lambda path: path.name
)
def test_a_template_is_short_and_has_no_inline_script_or_style(path):
    text = path.read_text()

    assert len(text.splitlines()) <= LONGEST_TEMPLATE
    assert " style=" not in text
    assert "<style" not in text
    assert " onclick" not in text
