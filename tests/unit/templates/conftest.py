"""Templates as the app has them: strict about what is missing, with the same filters."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from app import formatting

TEMPLATES = Path(__file__).parent.parent.parent.parent / "templates"


@pytest.fixture(scope="session")
def render() -> Callable[..., str]:
    """Return a function that renders one call of a macro."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(number=formatting.number, percent=formatting.percent)
    environment.globals.update(
        asset=lambda path: f"/static/{path}", csrf_token=lambda: "a-token", may_edit=lambda: True
    )

    def rendered(macros: str, call: str, **values: Any) -> str:
        name = call.replace("call ", "").split("(")[0]
        body = (
            f"{{% {call} %}}inside{{% endcall %}}"
            if call.startswith("call ")
            else f"{{{{ {call} }}}}"
        )
        source = f'{{% from "macros/{macros}.html" import {name} %}}{body}'
        return environment.from_string(source).render(**values)

    return rendered
