"""The customers' side of the demo desk: accounts and the people there."""

import unicodedata
from dataclasses import dataclass, field
from random import Random

from snow_escalations.sandbox.desk.moments import DAY, Moment
from snow_escalations.sandbox.desk.rows import Row, Rows
from snow_escalations.sandbox.desk.texts.accounts import ACCOUNTS, TITLES, Account
from snow_escalations.sandbox.desk.texts.names import NAMES

_LETTERS = str.maketrans({"ß": "ss", "ø": "o", "ł": "l", "Ł": "L", "ı": "i", "đ": "d"})


@dataclass(slots=True)
class Customer:
    """One account with its contacts.

    Attributes:
        told: how many scenes it has a part in.
        escalated: whether one of them is an account escalation; an account has one at most.
    """

    row: Row
    account: Account
    contacts: list[Row] = field(default_factory=list)
    told: int = 0
    escalated: bool = False


class Customers:
    """Every account of the demo desk. No two of the people there have one name, nor that of one of the vendor's.

    Attributes:
        all: the customers in the order of the table.
        by_language: the same by their own language.
    """

    def __init__(self, rows: Rows, now: Moment, rng: Random) -> None:
        self._rows = rows
        self._now = now
        self._rng = rng
        self._user_names: set[str] = set()
        self._names = {row["name"] for row in rows.tables["sys_user"]}
        self.all = [self._sign(number, account) for number, account in enumerate(ACCOUNTS)]
        self.by_language: dict[str, list[Customer]] = {}
        for customer in self.all:
            self.by_language.setdefault(customer.account.language, []).append(customer)

    def hire(self, customer: Customer, first: str, last: str, gender: str, title: str) -> Row:
        """A further contact of a customer."""
        account, name = customer.account, f"{first} {last}"
        self._names.add(name)
        user_name = self._user_name(first, last, account.slug)
        row = self._rows.add(
            "customer_contact",
            self._now - (100 + int(self._rng.random() * 700)) * DAY,
            "admin",
            user_name=user_name,
            email=user_name,
            first_name=first,
            last_name=last,
            name=name,
            gender=gender.capitalize(),
            title=title,
            account=customer.row["sys_id"],
            company=customer.row["sys_id"],
            country=account.country,
            city=account.city,
            phone=f"+1 555 01{int(self._rng.random() * 100):02}",
            time_zone=account.zone,
            preferred_language=account.language,
            vip="true" if title.startswith(("Chief", "SVP")) else "false",
            active="true",
        )
        customer.contacts.append(row)
        return row

    def _sign(self, number: int, account: Account) -> Customer:
        row = self._rows.add(
            "customer_account",
            self._now - (880 - 3 * number) * DAY,
            "admin",
            number=f"ACCT{10001 + number:07}",
            name=account.name,
            industry=account.industry,
            city=account.city,
            country=account.country,
            time_zone=account.zone,
            website=f"https://{account.slug}.example",
            customer="true",
            active_escalation="",
        )
        customer = Customer(row, account)
        for _ in range(2 + int(self._rng.random() * 3)):
            self._introduce(customer)
        row["primary_contact"] = customer.contacts[0]["sys_id"]
        customer.contacts[0]["is_primary_contact"] = "true"
        return customer

    def _introduce(self, customer: Customer) -> None:
        women, men, families = NAMES[customer.account.language]
        gender, firsts = ("female", women) if self._rng.random() < 0.5 else ("male", men)
        names = [(first, last) for first in firsts for last in families if f"{first} {last}" not in self._names]
        self.hire(customer, *self._rng.choice(names), gender, self._rng.choice(TITLES))

    def _user_name(self, first: str, last: str, slug: str) -> str:
        # The platform keeps 40 characters of it.
        local = ".".join(filter(None, (_ascii(first)[:1], _ascii(last)))) or "contact"
        candidate, number = f"{local}@{slug}.example", 2
        while candidate in self._user_names:
            candidate, number = f"{local}{number}@{slug}.example", number + 1
        self._user_names.add(candidate)
        return candidate


def _ascii(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.translate(_LETTERS)).encode("ascii", "ignore").decode()
    return "".join(char for char in plain.lower() if char.isalnum())
