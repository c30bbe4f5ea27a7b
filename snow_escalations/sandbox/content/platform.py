"""The platform's own rows: built-in users, roles and who has them, and the declared properties."""

from collections.abc import Iterable, Iterator, Mapping

from snow_escalations.sandbox.identifiers import named
from snow_escalations.sandbox.identity.accounts import ACCOUNTS, CONTAINS
from snow_escalations.sandbox.properties import Property
from snow_escalations.sandbox.schema.model import ANY_ROLE, EVERYONE, Schema

Values = dict[str, str]


def role_id(name: str) -> str:
    """The sys_id of a role's row, where the platform makes that row."""
    return named(f"sys_user_role/{name}")


def role_names(schema: Schema) -> list[str]:
    """Every role that an account has, another role contains, or an access rule names."""
    names = {role for account in ACCOUNTS for role in account.roles}
    names |= set(CONTAINS) | {contained for roles in CONTAINS.values() for contained in roles}
    for table in schema.tables.values():
        grants = [grant for right in table.access.rights.values() for grant in right]
        grants += [grant for rights in table.access.fields.values() for right in rights.values() for grant in right]
        names |= {grant.role for grant in grants}
    return sorted(names - {EVERYONE, ANY_ROLE})


def user_rows() -> Iterator[Values]:
    """The built-in accounts."""
    for account in ACCOUNTS:
        yield {
            "sys_id": account.sys_id,
            "user_name": account.user_name,
            "user_password": account.password,
            "first_name": account.first_name,
            "last_name": account.last_name,
            "name": account.name,
            "email": f"{account.user_name}@example.com",
        }


def role_rows(schema: Schema) -> Iterator[Values]:
    """The roles."""
    for name in role_names(schema):
        yield {"sys_id": role_id(name), "name": name}


def contained_rows(roles: Mapping[str, str]) -> Iterator[Values]:
    """Which role contains which; `roles` are the sys_ids of the roles that exist, by name."""
    for role, contained in CONTAINS.items():
        for name in contained:
            if role in roles and name in roles:
                yield {
                    "sys_id": named(f"sys_user_role_contains/{role}/{name}"),
                    "role": roles[role],
                    "contains": roles[name],
                }


def grant_rows(users: Mapping[str, str], roles: Mapping[str, str]) -> Iterator[Values]:
    """Who has which role, for the built-in accounts among `users` (sys_ids by user name)."""
    for account in ACCOUNTS:
        for role in account.roles:
            if account.user_name in users and role in roles:
                yield {
                    "sys_id": named(f"sys_user_has_role/{account.user_name}/{role}"),
                    "user": users[account.user_name],
                    "role": roles[role],
                }


def property_rows(declarations: Iterable[Property]) -> Iterator[Values]:
    """The declared properties with their defaults."""
    for declaration in declarations:
        yield {
            "sys_id": named(f"sys_properties/{declaration.name}"),
            "name": declaration.name,
            "value": declaration.default,
            "description": declaration.description,
            "type": {"boolean": "boolean", "integer": "integer", "choice": "choicelist"}.get(
                declaration.kind, "string"
            ),
            "choices": ",".join(declaration.choices),
        }
