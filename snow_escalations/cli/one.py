"""One escalation by its number, for commands that are about one."""

from collections.abc import Sequence
from datetime import datetime

from snow_escalations.cli.instance import Instance
from snow_escalations.errors import ConfigurationError, SnowEscalationsError
from snow_escalations.model import Case, Dossier, Part
from snow_escalations.triage.policy.values import with_unit


def number_of(given: str) -> str:
    """The number that a person gave, as the instance writes it.

    Raises:
        ConfigurationError: it is empty.
    """
    number = given.strip().upper()
    if not number:
        raise ConfigurationError("NUMBER is empty; give that of an escalation or a case, such as ESC0010023")
    return number


def one_dossier(instance: Instance, number: str, now: datetime) -> Dossier:
    """The dossier of an escalation, or of the one escalation of a case that waits for a decision.

    Raises:
        SnowEscalationsError: there is none of that number, or the case has none or several that wait.
        UnexpectedRow, InstanceError: it could not be read.
    """
    wanted = number_of(number)
    case, sys_ids = instance.desk.find(wanted)
    dossiers = instance.desk.gather(sys_ids, now)
    if not dossiers and case is None:
        raise SnowEscalationsError(
            f"{wanted}: there is no escalation and no case of this number on {instance.url}, or none that the account "
            f"may read"
        )
    if case is None:
        return dossiers[0]
    waiting = [dossier for dossier in dossiers if dossier.requested]
    if len(waiting) == 1:
        return waiting[0]
    if not waiting:
        raise SnowEscalationsError(f"{wanted}: {_none_waits(instance, case, dossiers)}")
    numbers = ", ".join(dossier.escalation.number for dossier in waiting)
    raise SnowEscalationsError(f"{wanted}: {len(waiting)} escalations of this case wait; name one of {numbers}")


def _none_waits(instance: Instance, case: Case, dossiers: Sequence[Dossier]) -> str:
    """That no escalation of a case waits, as far as it could be read."""
    hidden = instance.desk.hidden_escalations(case)
    unread = {why for dossier in dossiers if (why := dossier.unread.get(Part.APPROVALS))}
    if hidden:
        unread.add(f"{with_unit(hidden, 'escalations')} of it hidden from the account")
    if hidden is None:
        unread.add("the instance does not say how many escalations of it are hidden")
    if not unread:
        return "no escalation of this case waits for a decision"
    return f"no escalation of this case that could be read waits for a decision; {'; '.join(sorted(unread))}"
