"""What the commands of one run share: the global options, and from them configuration, instant and connection."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

EARLIEST, LATEST = datetime(1970, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
"""Instants that --now takes: ages and expiries around them stay within what can be computed with."""

if TYPE_CHECKING:
    from snow_escalations.cli.instance import Instance
    from snow_escalations.secrets import Redactor
    from snow_escalations.settings import Configuration


class CliSession:
    """The global options of a run. Everything heavy is loaded when it is first asked for."""

    def __init__(self) -> None:
        self._config: Path | None = None
        self._now: datetime | None = None
        self.debug = False
        self._redactor: Redactor | None = None
        self._configuration: Configuration | None = None

    def set_options(self, config: Path | None, now: str | None, *, debug: bool) -> None:
        """Take the global options over.

        Raises:
            click.BadParameter: `now` is not an instant.
        """
        self._config = config
        self._now = None if now is None else parse_instant(now)
        self.debug = debug

    @property
    def redactor(self) -> "Redactor":
        """Knows the secrets of this run."""
        if self._redactor is None:
            from snow_escalations.secrets import Redactor

            self._redactor = Redactor()
        return self._redactor

    @property
    def configuration(self) -> "Configuration":
        """The configuration directory, loaded.

        Raises:
            ConfigurationError: it cannot be used.
        """
        if self._configuration is None:
            from snow_escalations.settings import load_configuration

            self._configuration = load_configuration(self._config)
        return self._configuration

    @property
    def fixed_now(self) -> datetime | None:
        """The instant of --now, if it was given."""
        return self._now

    def now(self) -> datetime:
        """The instant to judge by: that of --now, or the present one."""
        return self._now if self._now is not None else present()

    def start_logs(self) -> None:
        """Log to standard error: warnings, or with --debug everything that is sent."""
        from snow_escalations.cli.logs import set_up_logs

        set_up_logs(debug=self.debug, redact=self.redactor.redact)

    @contextmanager
    def instance(self) -> Iterator["Instance"]:
        """A connection to the instance of the settings, closed at the end.

        The whole configuration is checked before, so that no request is sent for one that cannot be used.

        Raises:
            ConfigurationError: no instance is set, its login is incomplete, or the policy or a reply cannot be used.
        """
        from snow_escalations.cli.instance import Instance
        from snow_escalations.settings.instance import connection_options

        configuration = self.configuration
        options = connection_options(configuration.settings.instance, configuration.directory, self.redactor)
        configuration.check()
        self.start_logs()
        user = configuration.settings.instance.auth.user or ""
        with Instance.open(options, configuration, user, self.redactor.add) as instance:
            yield instance


def present() -> datetime:
    """The present instant, in UTC."""
    return datetime.now(UTC)


def parse_instant(text: str) -> datetime:
    """An instant with its offset from UTC, as UTC.

    Raises:
        click.BadParameter: it is not one, has no offset, or lies outside of EARLIEST to LATEST.
    """
    try:
        instant = datetime.fromisoformat(text)
    except ValueError as error:
        raise click.BadParameter(
            f"`{text}` is not an instant such as 2026-11-18T10:00:00Z", param_hint="--now"
        ) from error
    if instant.tzinfo is None:
        raise click.BadParameter(f"`{text}` has no offset; add Z for UTC, or +01:00 and the like", param_hint="--now")
    # Compared as it is: near the ends of the calendar there is no such instant in UTC.
    if not EARLIEST <= instant < LATEST:
        raise click.BadParameter(
            f"`{text}` is outside of the years {EARLIEST.year} to {LATEST.year - 1}", param_hint="--now"
        )
    return instant.astimezone(UTC)
