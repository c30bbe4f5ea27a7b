"""What a support thread can be about: the shape of the text tables in `texts/`.

Every text may hold alternatives, `{first|second}`, and slots, `$slot`. `expand.py` picks and fills them, so that two
cases of one topic tell the same kind of story in other words and with other facts.
"""

from collections.abc import Mapping
from typing import NamedTuple, TypeAlias


class Reply(NamedTuple):
    """Words that begin with an answer to what the customer has just written, such as thanks or what follows from it.

    Attributes:
        opening: the answer, with the space that ends it; told only where the customer's are the last words.
        text: what is said in any case.
        otherwise: stands in for the opening where there is nothing to answer.
    """

    opening: str
    text: str
    otherwise: str = ""


Words: TypeAlias = str | Reply


class Exchange(NamedTuple):
    """A question of the agent and the customer's answer to just that question.

    A question may reply to the answer that was given to the one before it.
    """

    ask: Words
    give: str


class Topic(NamedTuple):
    """One kind of problem with one product, told in the order in which a case about it unfolds.

    `notes` and `updates` progress: the second says more than the first, and may reply to the last answer. `pools` adds
    slots of this topic to those that every case has (`voice.py`).
    """

    key: str
    product: str
    subjects: tuple[str, ...]
    openings: tuple[str, ...]
    exchanges: tuple[Exchange, ...]
    notes: tuple[str, ...]
    updates: tuple[Words, ...]
    fix: str
    confirm: str
    cause: str
    language: str = "en"
    pools: Mapping[str, tuple[str, ...]] = {}


class Voice(NamedTuple):
    """What agents and customers of one language say in any case, whatever it is about.

    `intro` replies to the description of the case, `cancel` to `withdraw`: both follow it always (`shapes.py`). `close`
    may reply to the customer's confirmation.
    """

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
    close: Words
    withdraw: tuple[str, ...]
    cancel: str
