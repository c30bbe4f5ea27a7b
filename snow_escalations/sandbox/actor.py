"""Who does something in the sandbox: a user with roles, or the system itself."""

from dataclasses import dataclass

ADMIN_ROLE = "admin"
SYSTEM_USER = "system"


@dataclass(frozen=True, slots=True)
class Actor:
    """The user behind a write: `sys_user.user_name`, `sys_user.sys_id` and the roles, contained ones included."""

    user_name: str
    sys_id: str
    roles: frozenset[str]

    @staticmethod
    def system() -> "Actor":
        """The platform itself, as flows and scheduled jobs write: no access rule and no check applies."""
        return Actor(SYSTEM_USER, "", frozenset())

    @property
    def is_system(self) -> bool:
        """Whether this is the platform itself."""
        return self.user_name == SYSTEM_USER

    @property
    def is_admin(self) -> bool:
        """Whether every access rule passes (role `admin`)."""
        return ADMIN_ROLE in self.roles
