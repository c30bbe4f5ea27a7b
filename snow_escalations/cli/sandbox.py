"""`sandbox`: the embedded instance."""

from pathlib import Path

import click

from snow_escalations.cli.session import CliSession, parse_instant


@click.group()
def sandbox() -> None:
    """Run the embedded instance.

    A ServiceNow look-alike on this machine, for demos, rehearsals and tests.
    """


@sandbox.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8808, show_default=True, type=click.IntRange(0, 65535), help="0 takes a free one.")
@click.option("--data", metavar="DIR", type=click.Path(path_type=Path), help="Rows to serve, one <table>.json a table.")
@click.option(
    "--schema",
    metavar="FILE",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Tables to add, extend or replace. May be given several times.",
)
@click.option("--faults", metavar="FILE", type=click.Path(path_type=Path), help="A schedule of faults.")
@click.option("--now", metavar="ISO-INSTANT", help="Where the sandbox's clock starts. Default: the present.")
@click.option("--latency-ms", default=0, show_default=True, type=click.IntRange(0), help="Added to every answer.")
@click.option("--seed", default=0, show_default=True, type=int, help="For the demo desk, new sys_ids and chance.")
@click.pass_obj
def serve(  # noqa: PLR0917  (click passes them by name)
    session: CliSession,
    host: str,
    port: int,
    data: Path | None,
    schema: tuple[Path, ...],
    faults: Path | None,
    now: str | None,
    latency_ms: int,
    seed: int,
) -> None:
    """Serve the sandbox until it is interrupted.

    Prints one line with its address once it answers. Without --data it serves the demo desk.

    Example: snow-escalations sandbox serve --port 0
    """
    from snow_escalations import sandbox as room

    room.serve(
        room.SandboxOptions(
            host=host,
            port=port,
            data=data,
            schema=schema,
            faults=faults,
            now=parse_instant(now) if now is not None else session.fixed_now,
            frozen=False,
            latency_ms=latency_ms,
            seed=seed,
        )
    )
