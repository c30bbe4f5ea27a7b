"""Escalations that were approved and are open: on the case one can see what approval brought."""

from snow_escalations.sandbox.desk.scene import (
    DEADLINE,
    DECLINED,
    ESCALATED,
    EXECUTIVE,
    HIGH,
    INACTIVITY,
    LACK_OF_PROGRESS,
    Request,
    Said,
    Scene,
    Vote,
)

APPROVED = (Vote(state="approved"),)


SCENES = (
    Scene(
        topic="consumer-lag",
        thread="31d 30d:take 29d:give 28d:note 24d:chase 18d:update 12d:update 5d:hold",
        priority="1",
        requests=(
            Request(
                "approved-deadline",
                "23d",
                DEADLINE,
                "Peak season begins on $date_4. With this lag we cannot ship in time.",
                APPROVED,
                ESCALATED,
                "22d",
                severity=HIGH,
                trend="improving",
            ),
        ),
        said=(
            Said(
                "21d",
                "agent",
                "Your escalation is approved. I lead it from our side and write to you here every Tuesday and "
                "Friday before noon, also when there is nothing new. The next step is a measurement on $host "
                "together with your team tomorrow.",
            ),
        ),
    ),
    Scene(
        topic="fila-de-pedidos",
        thread="20d 19d:take 18d:give 17d:note 15d:chase 9d:update 4d:ask",
        requests=(
            Request(
                "approved-portuguese",
                "14d",
                LACK_OF_PROGRESS,
                "Os pedidos atrasam há uma semana e cada dia custa clientes. Pedimos um responsável fixo.",
                (Vote("victor.almeida", "approved", "Peak of their season, agreed."),),
                ESCALATED,
                "13d",
                trend="same",
            ),
        ),
    ),
    Scene(
        topic="period-close-slow",
        thread="44d 43d:take 42d:give 40d:note 36d:chase 30d:update 21d:chase 12d:hold 6d:update",
        requests=(
            Request(
                "approved-second-time-first",
                "35d",
                INACTIVITY,
                "No answer for a week while we prepare the half-year close.",
                (Vote("stefan.brandt", "rejected", "We did answer, by phone."),),
                DECLINED,
                "34d",
            ),
            Request(
                "approved-second-time",
                "20d",
                LACK_OF_PROGRESS,
                "We escalate again. Last time we never learned why it was declined. The next close starts on "
                "$iso_9_ago and takes $hours hours still.",
                APPROVED,
                ESCALATED,
                "19d",
                severity=HIGH,
                trend="improving",
            ),
        ),
        said=(
            Said(
                "18d",
                "agent",
                "This time your escalation is approved, and I am sorry that nobody explained the first decision to "
                "you. From today I work on this case alone, and I will call you tomorrow at 10:00 to plan the "
                "rebuild of the index before your next close.",
            ),
        ),
    ),
    Scene(
        topic="sso-loop",
        thread="27d 26d:take 25d:give 24d:note 20d:update 11d:chase 6d:update",
        requests=(
            Request(
                "auto-approved-premier",
                "19d",
                LACK_OF_PROGRESS,
                "Premier customer, contract names one hour for login problems.",
                (),
                ESCALATED,
                "19d",
                template="Case Escalation (Premier)",
                requester="ines.carvalho",
                trend="same",
            ),
        ),
    ),
    Scene(
        topic="facturas-electronicas",
        thread="13d 12d:take 11d:give 10d:note 7d:update",
        priority="1",
        requests=(
            Request(
                "auto-approved-premier-outage",
                "12d",
                LACK_OF_PROGRESS,
                "No podemos facturar y estamos detenidos.",
                (),
                ESCALATED,
                "12d",
                template="Case Escalation (Premier)",
                severity=HIGH,
                requester="paula.ortega",
                trend="improving",
            ),
        ),
    ),
    Scene(
        topic="dashboard-slow",
        thread="36d 35d:take 33d:give 32d:note 25d:update 12d:chase 8d:hold",
        executive="Renata|Falk|female|Chief Financial Officer",
        requests=(
            Request(
                "approved-executive",
                "28d",
                EXECUTIVE,
                "Our CFO Renata Falk opens these dashboards in front of the supervisory board each month.",
                (Vote("helen.sato", "approved", "Visible customer, fix is known."),),
                ESCALATED,
                "27d",
                trend="declining",
            ),
        ),
    ),
    Scene(
        topic="backup-window",
        thread="50d 49d:take 48d:give 46d:note 39d:update 30d:chase 22d:update 9d:ask",
        state="18",
        requests=(
            Request(
                "approved-by-delegate",
                "29d",
                INACTIVITY,
                "We wait for an answer since the middle of the month.",
                (Vote("stefan.brandt", "approved", "For Stefan: agreed.", "heike.sommer"),),
                ESCALATED,
                "27d",
                trend="same",
            ),
        ),
    ),
    Scene(
        topic="restore-checksum",
        thread="18d 17d:take 17d:give 16d:note 14d:update 6d:update",
        priority="1",
        requests=(
            Request(
                "approved-legal",
                "16d",
                DEADLINE,
                "The supervisory authority wants these files on $date_3. Four people of our legal department wait "
                "for them.",
                (Vote("own.rows", "approved"), Vote("marta.kowalczyk", "not_required")),
                ESCALATED,
                "15d",
                severity=HIGH,
                trend="improving",
            ),
        ),
    ),
    Scene(
        topic="deployments-stuck",
        thread="22d 21d:take 20d:give 19d:note 16d:update 10d:chase 5d:update",
        requests=(
            Request(
                "approved-internal",
                "15d",
                LACK_OF_PROGRESS,
                "Third customer with this defect this month. Asking for engineering's attention, see $ticket.",
                (Vote("deborah.klein", "approved"),),
                ESCALATED,
                "14d",
                requester="tyrone.banks",
                trend="improving",
            ),
        ),
    ),
    Scene(
        topic="revaluation-wrong",
        thread="34d 33d:take 32d:give 30d:note 26d:update 20d:chase 10d:update",
        related=2,
        requests=(
            Request(
                "account-escalation-approved",
                "25d",
                EXECUTIVE,
                "The group's treasurer and the CEO have asked for a recovery plan for all open finance cases.",
                (Vote("nadia.rahman", "approved", "Weekly call set up."),),
                ESCALATED,
                "23d",
                severity=HIGH,
                template="Account Escalation",
                requester="jonas.weber",
                trend="improving",
            ),
        ),
    ),
    Scene(
        topic="bank-import-rejected",
        thread="17d 16d:take 15d:give 14d:note 9d:update",
        requests=(
            Request(
                "approved-service-account",
                "11d",
                DEADLINE,
                "Payments of the payroll run on $date_2 depend on it.",
                (Vote("stefan.brandt", "approved", actor="snow.escalations"),),
                ESCALATED,
                "10d",
            ),
        ),
    ),
)
