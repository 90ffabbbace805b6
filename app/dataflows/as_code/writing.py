"""A described dataflow as YAML, the same bytes for the same dataflow."""

from collections.abc import Mapping
from typing import Any

import yaml

from app.dataflows.as_code.describing import (
    Described,
    DescribedColumn,
    DescribedSchema,
    DescribedSchemaColumn,
    DescribedStep,
)
from app.dataflows.definition import Conversion, DriftPolicy
from app.dataflows.reject_limits import RejectLimit

FORMAT = 1
HEADING = "# A dataflow of Headwater: `flask dataflows apply FILE` puts it in force.\n"
WIDTH = 100
_LINE_ENDS = "\n\r\x85\u2028\u2029"


def as_yaml(described: Described) -> str:
    """Return the text of the dataflow's file."""
    values = {
        "format": FORMAT,
        "name": described.name,
        "description": described.description,
        "state": described.standing.value,
        "schema": _schema(described.schema),
        "write_mode": described.write_mode.value,
        **_drift_policy(described.drift_policy),
        **_reject_limit(described.reject_limit),
        "parsing_options": described.options.to_dict(),
        "columns": [_column(each) for each in described.columns],
        "transformations": [_step(each) for each in described.transformations],
        "mapping": dict(described.mapping),
    }
    return HEADING + dumped(values)


def dumped(values: dict[str, Any]) -> str:
    """Return values as YAML, in their order.

    Without aliases, which `apply` refuses: no value of ours stands twice as one object.
    """
    text: str = yaml.dump(values, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=WIDTH)
    return text


class _Dumper(yaml.SafeDumper):
    """Writes every value out, however often it occurs."""

    def ignore_aliases(self, data: Any) -> bool:
        return True

    def represent_str(self, data: str) -> yaml.ScalarNode:
        return self.represent_scalar("tag:yaml.org,2002:str", data, style=_style(data))


_Dumper.add_representer(str, _Dumper.represent_str)


def _style(text: str) -> str | None:
    """Return how a text is written: lines as lines, unusual ends of lines only in quotes."""
    if not set(text) & set(_LINE_ENDS):
        return None
    lines = text.split("\n")
    is_plain = all(line and line == line.strip() and line.isprintable() for line in lines)
    return "|" if is_plain else '"'


def _drift_policy(policy: DriftPolicy) -> dict[str, Any]:
    return {"drift_policy": policy.value} if policy is not DriftPolicy.STOP else {}


def _reject_limit(limit: RejectLimit) -> dict[str, Any]:
    said = {"count": limit.count, "percent": limit.percent}
    given = {name: value for name, value in said.items() if value is not None}
    return {"reject_limit": given} if given else {}


def _schema(schema: DescribedSchema) -> dict[str, Any]:
    return {
        "name": schema.name,
        "parent": schema.parent.value,
        "description": schema.description,
        **_filled({"event_name": schema.event_name}),
        "columns": [_schema_column(each) for each in schema.columns],
    }


def _schema_column(column: DescribedSchemaColumn) -> dict[str, Any]:
    return _filled(
        {
            "name": column.name,
            "type": column.type.value,
            "identifier": column.is_identifier,
            "role": column.role.value if column.role else "",
        }
    )


def _column(column: DescribedColumn) -> dict[str, Any]:
    named = {"source": column.file.source_name, "name": column.file.name}
    if column.file.name == column.file.source_name:
        del named["name"]
    mandatory = {"mandatory": column.file.is_mandatory}
    return {**named, **_filled(mandatory), **_conversion(column.conversion)}


def _step(each: DescribedStep) -> dict[str, Any]:
    made = {
        "output": each.step.output,
        "kind": each.step.kind,
        "inputs": list(each.step.inputs),
        "params": _plain(each.step.params),
    }
    return {**made, **_conversion(each.conversion)}


def _conversion(conversion: Conversion | None) -> dict[str, Any]:
    if conversion is None:
        return {}
    said = {"pattern": conversion.pattern, "fallback": conversion.fallback}
    return {"type": conversion.type.value, **_filled(said)}


def _filled(values: dict[str, Any]) -> dict[str, Any]:
    """Leave out what is empty or false: it means the same."""
    return {name: value for name, value in values.items() if value}


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value
