"""Escalations that were declined: explained well, explained badly, or never explained on the case."""

from snow_escalations.sandbox.desk.scene import (
    DEADLINE,
    DECLINED,
    EXECUTIVE,
    INACTIVITY,
    LACK_OF_PROGRESS,
    Request,
    Said,
    Scene,
    Vote,
)


def _no(comment: str = "", approver: str = "", actor: str = "") -> tuple[Vote, ...]:
    return (Vote(approver, "rejected", comment, actor),)


DECLINED_WITH_REASON = (
    Scene(
        topic="webhooks-missed",
        thread="30d 29d:take 28d:give 27d:note 24d:update 21d:update 7d:ask",
        priority="3",
        state="18",
        requests=(
            Request(
                "declined-explained-waiting",
                "20d",
                LACK_OF_PROGRESS,
                "No progress. Please escalate.",
                _no("Waiting for the customer since last week; explained on the case.", "deborah.klein"),
                DECLINED,
                "19d",
            ),
        ),
        said=(
            Said(
                "19d",
                "agent",
                "Thank you for telling us that you are not satisfied. We reviewed your escalation today and do not "
                "approve it: since our last message, in which we asked you to set `echo.queue.capacity` to 5000, "
                "the next step is with you, and the fix itself depends on what you see with that value. So that it "
                "does not depend on writing back and forth, I offer a call of 30 minutes in which we set the value "
                "together; I am free tomorrow and on Thursday from 9 to 12. Just answer here. If you see lost "
                "events with the new value as well, we will look at this decision again at once, and in any case I "
                "write to you on Friday.",
            ),
        ),
    ),
    Scene(
        topic="numbers-differ",
        thread="41d 40d:take 39d:give 38d:note 35d:update 28d:update 24d:fix 22d:confirm 9d:close",
        state="3",
        priority="3",
        requests=(
            Request(
                "declined-explained-closed-later",
                "34d",
                INACTIVITY,
                "No reaction since Monday.",
                _no("Answered the same day.", "claire.moreau"),
                DECLINED,
                "33d",
            ),
        ),
        said=(
            Said(
                "33d",
                "agent",
                "Your escalation of yesterday was declined, because our answer with the cause of the doubled "
                "rows had been posted on this case before it arrived; it seems that the two messages crossed. "
                "Nothing is lost by that: once the script is reviewed you get its list here, and we run it as soon "
                "as you have confirmed that. If you would rather go through the list together, please call me on "
                "+353 1 555 0117 or propose a time here. I will be back on this case on Wednesday at the latest.",
            ),
        ),
    ),
    Scene(
        topic="zahllauf-bricht-ab",
        thread="26d 25d:take 24d:give 22d:note 18d:update 9d:fix",
        state="6",
        requests=(
            Request(
                "declined-explained-german",
                "17d",
                DEADLINE,
                "Wir brauchen die Lösung dringend.",
                _no("Workaround reicht, siehe Kommentar am Fall.", "stefan.brandt"),
                DECLINED,
                "16d",
            ),
        ),
        said=(
            Said(
                "16d",
                "agent",
                "Ihre Eskalation haben wir geprüft und nicht genehmigt. Der Grund: Mit der korrigierten "
                "Bankverbindung läuft der Zahllauf mit Ihren Daten bei uns vollständig durch, und ein Termin, der "
                "damit nicht zu halten wäre, ist im Fall nicht genannt. Als Nächstes begleite ich Ihren Lauf im "
                "Produktivsystem, Vorschlag: Donnerstag 18 Uhr. Sollten wir einen Termin übersehen haben, antworten "
                "Sie bitte hier oder rufen Sie mich an (+49 89 5550 0163); dann prüfen wir die Entscheidung sofort "
                "neu.",
            ),
        ),
    ),
    Scene(
        topic="orchestrator-memory",
        thread="55d 54d:take 52d:give 50d:note 46d:update 40d:update 31d:fix 29d:confirm 15d:close",
        state="3",
        requests=(
            Request(
                "declined-explained-workaround",
                "45d",
                EXECUTIVE,
                "Our head of platform wants this escalated.",
                _no("Limit is stable, explained to the customer.", "helen.sato"),
                DECLINED,
                "44d",
            ),
        ),
        said=(
            Said(
                "44d",
                "agent",
                "We discussed your escalation with engineering this morning. It was not approved: with a limit of "
                "200 executions the heap has stayed flat at 3 GB in our lab for four days with the data of your "
                "dump, and the permanent change is scheduled for $fixed already. Until it is delivered I stay your "
                "contact, watch the heap with you and report here each Monday. If your head of platform would like "
                "to hear this from us directly, we are glad to join a call; please suggest two dates.",
            ),
        ),
    ),
)

DECLINED_BADLY = (
    Scene(
        topic="rapprochement-bloque",
        thread="24d 23d:take 22d:give 21d:note 16d:chase 10d:update",
        requests=(
            Request(
                "declined-one-line",
                "15d",
                LACK_OF_PROGRESS,
                "Aucune avancée depuis une semaine, merci d'escalader.",
                _no("P2, in progress.", "claire.moreau"),
                DECLINED,
                "14d",
            ),
        ),
        said=(Said("14d", "agent", "Your escalation has been declined."),),
    ),
    Scene(
        topic="scim-deactivated",
        thread="47d 46d:take 45d:give 44d:note 38d:update 33d:fix 30d:confirm 18d:close",
        state="3",
        requests=(
            Request(
                "declined-leaking",
                "40d",
                DEADLINE,
                "Everybody must be able to log in on Monday morning.",
                _no("Rule 7: no high severity.", "own.rows"),
                DECLINED,
                "39d",
            ),
        ),
        said=(
            Said(
                "39d",
                "agent",
                "Escalation declined by rule 7 (score 41, threshold 60). See "
                "https://wiki.corp.corvane.example/escalations for the criteria.",
            ),
        ),
    ),
    Scene(
        topic="partner-tls",
        thread="32d 31d:take 30d:give 28d:note 22d:chase 15d:update 8d:chase",
        requests=(
            Request(
                "declined-silent-by-mail",
                "21d",
                INACTIVITY,
                "Nobody answers. $count documents wait.",
                _no(approver="stefan.brandt"),
                DECLINED,
                "20d",
            ),
        ),
    ),
    Scene(
        topic="tablero-sin-datos",
        thread="29d 28d:take 27d:give 25d:note 20d:chase 11d:update",
        priority="3",
        requests=(
            Request(
                "declined-silent-on-approval",
                "19d",
                EXECUTIVE,
                "El director general ve el tablero vacío cada mañana. Solicitamos escalar.",
                _no(
                    "The cause is on the customer's side, the code format changed in their source. They should fix "
                    "it there.",
                    "claire.moreau",
                ),
                DECLINED,
                "18d",
            ),
        ),
    ),
    Scene(
        topic="invoice-tax",
        thread="58d 57d:take 55d:give 54d:note 43d:update 40d:fix 39d:confirm 27d:close",
        state="3",
        priority="3",
        requests=(
            Request(
                "declined-work-note-only",
                "50d",
                LACK_OF_PROGRESS,
                "We were told that tax experts would call us, and nobody did.",
                _no("See work note.", "marta.kowalczyk"),
                DECLINED,
                "49d",
            ),
        ),
        said=(
            Said(
                "49d",
                "note",
                "Escalation declined: the call is booked for tomorrow, the customer just has not seen the "
                "invitation. No need to answer, they will notice.",
            ),
        ),
    ),
    Scene(
        topic="connexion-lente",
        thread="21d 20d:take 19d:give 18d:note 13d:update 6d:fix",
        state="6",
        requests=(
            Request(
                "declined-silent-recent",
                "9d",
                LACK_OF_PROGRESS,
                "Nos guichets ouvrent toujours en retard.",
                _no("Fix is out.", "claire.moreau"),
                DECLINED,
                "8d",
            ),
        ),
    ),
)

SCENES = (*DECLINED_WITH_REASON, *DECLINED_BADLY)
