"""An open connection with what commands do over it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice

from snow_escalations.cli.session import present
from snow_escalations.decisions.drafting import Drafting
from snow_escalations.decisions.planning import Planner
from snow_escalations.decisions.records import Records
from snow_escalations.model import Person
from snow_escalations.servicenow.account import own_user
from snow_escalations.servicenow.connection import Connection
from snow_escalations.servicenow.desk import Desk
from snow_escalations.servicenow.journals import Journals
from snow_escalations.servicenow.options import ConnectionOptions
from snow_escalations.servicenow.query import Queries, value_of
from snow_escalations.servicenow.rights import DecidingRights, read_rights
from snow_escalations.servicenow.tables import Tables
from snow_escalations.settings import Configuration

PAGES_OF_ACCOUNTS = 10


@dataclass(frozen=True, slots=True)
class Instance:
    """One instance, as the account of the settings (or of the demo) sees it."""

    connection: Connection
    configuration: Configuration
    user_name: str

    @classmethod
    @contextmanager
    def open(
        cls, options: ConnectionOptions, configuration: Configuration, user_name: str, on_secret: Callable[[str], None]
    ) -> Iterator["Instance"]:
        """Connect, and close at the end. Nothing is sent before the first read."""
        with Connection(options, on_secret=on_secret) as connection:
            yield cls(connection, configuration, user_name)

    @property
    def url(self) -> str:
        """The address of the instance."""
        return self.connection.options.url

    @property
    def tables(self) -> Tables:
        """Its tables."""
        return Tables(self.connection)

    @property
    def desk(self) -> Desk:
        """Everything pending on it."""
        return Desk(self.connection, self.configuration.settings.dialect)

    @property
    def journals(self) -> Journals:
        """The journals of its cases."""
        return Journals(self.tables, self.configuration.settings.dialect, self.connection.options.journal_page_size)

    @property
    def records(self) -> Records:
        """The records of one decision, read again."""
        return Records(self.tables, self.configuration.settings.dialect, self.journals)

    def own_user(self) -> Person | None:
        """The account's own user record, None where it is not known or closed to it."""
        return own_user(self.tables, self.configuration.settings.dialect, self.user_name)

    def rights(self) -> DecidingRights:
        """What the account may decide now.

        Raises:
            InstanceError: a read failed.
        """
        return read_rights(self.tables, self.configuration.settings.dialect, self.own_user(), present())

    def planner(self) -> Planner:
        """Judges dossiers by the configured policy and templates.

        Raises:
            ConfigurationError: the policy or a template cannot be used.
        """
        configuration = self.configuration
        settings, policy = configuration.settings, configuration.policy
        drafting = Drafting(
            instance=self.url,
            templates=configuration.reply_templates,
            approval_table=settings.dialect.tables.approval,
            case_table=settings.dialect.tables.case,
            rights=self.rights(),
            check=settings.reply_check,
            rule_names=tuple(rule.name for rule in policy.rules),
        )
        return Planner(
            drafting=drafting,
            reader=configuration.evidence_reader,
            policy=policy,
            lifetime=timedelta(hours=settings.plan.lifetime_hours),
        )

    def account_names(self) -> frozenset[str]:
        """The names of accounts, which only their own customers may read in a reply: the first 10 pages of them.

        Raises:
            InstanceError: the read failed.
        """
        dialect = self.configuration.settings.dialect
        query = Queries(dialect).of(dialect.tables.account)
        pages = islice(self.tables.pages(query, [dialect.fields.account.name]), PAGES_OF_ACCOUNTS)
        names = (value_of(row.get(dialect.fields.account.name)) for page in pages for row in page.rows)
        return frozenset(name for name in names if name)
