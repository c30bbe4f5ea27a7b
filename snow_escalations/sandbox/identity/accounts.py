"""The accounts, roles and credentials that every sandbox has."""

from collections.abc import Mapping
from dataclasses import dataclass

from snow_escalations.sandbox.identifiers import named


@dataclass(frozen=True, slots=True)
class Account:
    """A built-in account: it can log in whether or not `sys_user` holds a row for it."""

    user_name: str
    password: str
    first_name: str
    last_name: str
    roles: tuple[str, ...]

    @property
    def sys_id(self) -> str:
        """The sys_id of its row, where the platform makes that row."""
        return named(f"user/{self.user_name}")

    @property
    def name(self) -> str:
        """The full name."""
        return f"{self.first_name} {self.last_name}"


ACCOUNTS: tuple[Account, ...] = (
    Account("admin", "admin", "System", "Administrator", ("admin",)),
    Account(
        "snow.escalations",
        "sandbox",
        "Snow",
        "Escalations",
        (
            "sn_customerservice_agent",
            "sn_crm_escalation_config_viewer",
            "approval_admin",
            "audit_viewer",
            "personalize_choices",
        ),
    ),
    Account("case.agent", "sandbox", "Case", "Agent", ("sn_customerservice_agent",)),
    Account("own.rows", "sandbox", "Own", "Rows", ("sn_customerservice_manager",)),
    Account("itil.user", "sandbox", "ITIL", "User", ("itil",)),
    Account("read.only", "sandbox", "Read", "Only", ("snc_read_only",)),
    Account("no.role", "sandbox", "No", "Role", ()),
)

# Which role contains which others: ServiceNow docs, customer-service-management-roles (since Xanadu) and
# case-escalation-components (Australia).
CONTAINS: Mapping[str, tuple[str, ...]] = {
    "sn_customerservice_manager": ("sn_customerservice_agent", "approver_user"),
    "sn_customerservice_agent": ("sn_customerservice.deescalation_requester",),
    "sn_customerservice.deescalation_requester": ("sn_customerservice.escalation_requester",),
    "sn_customerservice.escalation_requester": ("sn_customerservice.consumer_agent",),
    "sn_crm_escalation_admin": (
        "sn_crm_escalation_config_viewer",
        "sn_customerservice.deescalation_requester",
    ),
}

SERVICE_ACCOUNT = "snow.escalations"
API_KEYS: Mapping[str, str] = {"sandbox-api-key": SERVICE_ACCOUNT}


@dataclass(frozen=True, slots=True)
class OAuthClient:
    """A registered OAuth client; `user_name` is who it acts for with the client_credentials grant."""

    client_id: str
    client_secret: str
    user_name: str


CLIENTS: tuple[OAuthClient, ...] = (OAuthClient("sandbox-client", "sandbox-secret", SERVICE_ACCOUNT),)
