"""Who we are on the instance."""

from snow_escalations.model import Person
from snow_escalations.servicenow.conditions import Operator
from snow_escalations.servicenow.dialect import Dialect
from snow_escalations.servicenow.query import Queries, value_of
from snow_escalations.servicenow.tables import Tables


def own_user(tables: Tables, dialect: Dialect, user_name: str) -> Person | None:
    """The user record of an account by its user name (`sys_user.user_name`).

    None without a user name (API keys and client credentials name none), or if the account may not read the record.

    Raises:
        InstanceError: the read failed.
    """
    if not user_name:
        return None
    query = Queries(dialect).of(dialect.tables.user).where("user_name", Operator.EQUALS, user_name)
    page = tables.first(query, ["user_name", "name", "active"], 2)
    if len(page.rows) != 1:
        return None
    row = page.rows[0]
    return Person(
        sys_id=value_of(row.get("sys_id")) or "",
        name=value_of(row.get("name")) or "",
        user_name=value_of(row.get("user_name")) or "",
        active=value_of(row.get("active")) == "true",
    )
