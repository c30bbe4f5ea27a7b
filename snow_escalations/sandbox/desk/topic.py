"""What a support thread can be about: the shape of the text tables in `texts/`.

Every text may hold alternatives, `{first|second}`, and slots, `$slot`. `expand.py` picks and fills them, so that two
cases of one topic tell the same kind of story in other words and with other facts.
"""

from collections.abc import Mapping
from typing import NamedTuple


class Exchange(NamedTuple):
    """A question of the agent and the customer's answer to just that question."""

    ask: str
    give: str


class Topic(NamedTuple):
    """One kind of problem with one product, told in the order in which a case about it unfolds.

    `notes` and `updates` progress: the second says more than the first. `pools` adds slots of this topic to those that
    every case has (`slots.py`).
    """

    key: str
    product: str
    subjects: tuple[str, ...]
    openings: tuple[str, ...]
    exchanges: tuple[Exchange, ...]
    notes: tuple[str, ...]
    updates: tuple[str, ...]
    fix: str
    confirm: str
    cause: str
    language: str = "en"
    pools: Mapping[str, tuple[str, ...]] = {}


class Voice(NamedTuple):
    """What agents and customers of one language say in any case, whatever it is about."""

    greet: str
    greet_formal: Mapping[str, str]
    sign: str
    intro: str
    tail: str
    opening_greet: str
    customer_greet: str
    customer_sign: str
    received: str
    chase: tuple[str, ...]
    hold: tuple[str, ...]
    reminder: str
    close: str
    withdraw: tuple[str, ...]
    cancel: str
