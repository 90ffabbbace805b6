"""What commands have in common: options, files that are written, and what their exit says."""

from pathlib import Path

import click

# The exit of a command that was given a file in which something is wrong.
WRONG = 2
for_machines = click.option("--json", "is_json", is_flag=True, help="Answer in JSON, for machines.")
to_file = click.option(
    "--output", type=click.Path(path_type=Path, dir_okay=False), help="A file, not the screen."
)


def write(text: str, output: Path | None) -> None:
    """Write a text to a file, or to the screen where none is named."""
    if output is None:
        click.echo(text, nl=False)
        return
    try:
        output.write_bytes(text.encode())
    except OSError as failure:
        raise click.ClickException(f"{output} cannot be written: {failure.strerror}.") from None
