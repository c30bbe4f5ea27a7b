"""One escalation by its number, for commands that are about one."""

from datetime import datetime

from snow_escalations.cli.instance import Instance
from snow_escalations.errors import ConfigurationError, SnowEscalationsError
from snow_escalations.model import Dossier


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
        raise SnowEscalationsError(f"{wanted}: no escalation of this case waits for a decision")
    numbers = ", ".join(dossier.escalation.number for dossier in waiting)
    raise SnowEscalationsError(f"{wanted}: {len(waiting)} escalations of this case wait; name one of {numbers}")
