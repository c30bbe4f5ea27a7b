"""`init`: the shipped configuration, written out for a team's own use."""

from pathlib import Path

import click


@click.command()
@click.argument("directory", metavar="[DIR]", required=False, default="config", type=click.Path(path_type=Path))
def init(directory: Path) -> None:
    """Write the shipped configuration into a directory.

    DIR is `config` unless another is named. Settings, policy and reply templates, ready to be changed. Files that are
    already there are never overwritten.

    Example: snow-escalations init config
    """
    from snow_escalations.settings.shipped import write_out

    for path in write_out(directory):
        click.echo(f"wrote {path}")
    click.echo(f"Next: set your instance in {directory / 'settings.yaml'}, then run snow-escalations doctor.")
