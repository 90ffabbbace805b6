"""Templates and the files they lean on agree: icons, classes, behaviours, licences."""

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent.parent
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
STYLES = sorted((ROOT / "static" / "css").rglob("*.css"))
SCRIPTS = sorted((ROOT / "static" / "js").glob("*.js"))
ICON_CALLS = r'(?:icon\(|icon_name=|empty_state\()"([a-z0-9-]+)"'


def text_of(paths: list[Path]) -> str:
    return "\n".join(path.read_text() for path in paths)


def test_every_icon_asked_for_is_in_the_sprite():
    sprite = (ROOT / "static" / "vendor" / "lucide" / "sprite.svg").read_text()
    drawn = set(re.findall(r'<symbol id="([a-z0-9-]+)"', sprite))
    asked = set(re.findall(ICON_CALLS, text_of(TEMPLATES)))
    menu = set(
        re.findall(r'"[a-z_]+\.index", "([a-z-]+)"', (ROOT / "app/navigation.py").read_text())
    )

    assert asked
    assert menu
    assert (asked | menu) - drawn == set()


def test_every_class_that_a_template_uses_is_styled():
    styled = set(re.findall(r"\.([a-z][\w-]*)", text_of(STYLES)))
    used = set()
    for value in re.findall(r'class="([^"]*)"', text_of(TEMPLATES)):
        plain = re.sub(r"\{[{%].*?[%}]\}", "\0", value)
        used.update(name for name in plain.split() if "\0" not in name)

    assert used - styled == set()


def test_every_behaviour_that_a_template_names_has_its_script():
    named = set(re.findall(r'data-behaviour="([a-z]+)"', text_of(TEMPLATES)))

    assert named == {path.stem for path in SCRIPTS}


def test_every_component_is_loaded_by_the_page():
    base = (ROOT / "templates" / "layouts" / "base.html").read_text()
    components = {path.stem for path in STYLES if path.parent.name == "components"}

    assert [name for name in sorted(components) if f'"{name}"' not in base] == []


def test_every_style_sheet_closes_what_it_opens():
    unbalanced = [
        path.name for path in STYLES if path.read_text().count("{") != path.read_text().count("}")
    ]

    assert unbalanced == []


def test_what_is_vendored_has_its_licence_beside_it():
    folders = [path for path in (ROOT / "static" / "vendor").iterdir() if path.is_dir()]

    assert folders
    assert [path.name for path in folders if not list(path.glob("LICENSE*"))] == []
