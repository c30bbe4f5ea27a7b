"""Who wrote a journal entry: us, the customer or the system, by the author's own user record and never by the text.

A user is on the side that the class of the record says; one of our own classes who holds a role of customers is a
customer. Only a comment of ours that ends in a reference line is told from our people's: this program posted it.
"""

from collections.abc import Iterable, Sequence

from snow_escalations.model import AuthorKind, Case, Journal, JournalEntry, Person, referenced_escalation
from snow_escalations.servicenow.chunks import chunks
from snow_escalations.servicenow.conditions import Operator
from snow_escalations.servicenow.dialect import Dialect
from snow_escalations.servicenow.errors import Forbidden, QueryError, QueryRefused, UnknownTable
from snow_escalations.servicenow.query import Queries, value_of
from snow_escalations.servicenow.tables import Tables

ROLES = "sys_user_has_role"


class Authors:
    """Remembers the kind of each author by user name, so that agents are looked up once."""

    def __init__(self, tables: Tables, dialect: Dialect) -> None:
        self._tables, self._dialect = tables, dialect
        self._queries = Queries(dialect)
        self._kinds: dict[str, AuthorKind] = dict.fromkeys(dialect.system_users, AuthorKind.SYSTEM)
        self._sys_ids: dict[str, str] = {}

    def learn(self, user_names: Iterable[str]) -> None:
        """Look up the users that are not known yet.

        Raises:
            InstanceError: the read failed. Users that the account may not read stay unknown.
        """
        names = set(user_names)
        for chunk in chunks(sorted(name for name in names - self._kinds.keys() if self._is_safe(name))):
            self._look_up(chunk)

    def assigned(self, journal: Journal, case: Case) -> Journal:
        """The journal with the kind of each author. The case's contact is the customer in any case."""
        entries = tuple(
            entry.model_copy(update={"author_kind": self._kind_of_entry(entry, case.contact)})
            if entry.sys_id
            else entry
            for entry in journal.entries
        )
        return journal.model_copy(update={"entries": entries})

    def side(self, user_name: str) -> AuthorKind:
        """On whose side a user is; unknown for one that was never looked up."""
        return self._kinds.get(user_name, AuthorKind.UNKNOWN)

    def _kind_of_entry(self, entry: JournalEntry, contact: Person | None) -> AuthorKind:
        kind = self._kind(entry.author, contact)
        is_posted = kind is AuthorKind.US and referenced_escalation(entry.text) is not None
        return AuthorKind.TOOL if is_posted else kind

    def _kind(self, author: str, contact: Person | None) -> AuthorKind:
        if contact is not None and (author == contact.user_name or self._sys_ids.get(author) == contact.sys_id):
            return AuthorKind.CUSTOMER
        return self._kinds.get(author, AuthorKind.UNKNOWN)

    def _look_up(self, user_names: Sequence[str]) -> None:
        query = self._queries.of(self._dialect.tables.user).where("user_name", Operator.IN, user_names)
        for row in self._tables.rows(query, ["user_name", "sys_class_name"]):
            name, table = value_of(row.get("user_name")), value_of(row.get("sys_class_name"))
            if name and table:
                self._kinds[name] = self._kind_of(table)
                self._sys_ids[name] = value_of(row.get("sys_id")) or ""
        self._tell_customers([name for name in user_names if self._kinds.get(name) is AuthorKind.US])

    def _tell_customers(self, user_names: Sequence[str]) -> None:
        """Who of our own classes holds a role of customers; where roles are hidden, nobody is known to hold none."""
        if not user_names or not self._dialect.customer_roles:
            return
        query = (
            self._queries.of(ROLES)
            .where("user.user_name", Operator.IN, user_names)
            .where("role.name", Operator.IN, self._dialect.customer_roles)
        )
        try:
            rows, counted = self._tables.all_rows(query, ["user"])
        except (Forbidden, QueryRefused, UnknownTable):
            rows, counted = [], None
        if counted is None or counted > len(rows):
            self._kinds.update(dict.fromkeys(user_names, AuthorKind.UNKNOWN))
        customers = [value_of(row.get("user.user_name")) for row in rows]
        self._kinds.update({name: AuthorKind.CUSTOMER for name in customers if name})

    def _kind_of(self, table: str) -> AuthorKind:
        if table in self._dialect.customer_classes:
            return AuthorKind.CUSTOMER
        return AuthorKind.US if table in self._dialect.staff_classes else AuthorKind.UNKNOWN

    def _is_safe(self, user_name: str) -> bool:
        try:
            self._queries.of(self._dialect.tables.user).where("user_name", Operator.IN, [user_name])
        except QueryError:
            return False
        return True
