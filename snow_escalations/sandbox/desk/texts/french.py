"""Threads that French-speaking customers write in French; internal notes stay in English."""

from snow_escalations.sandbox.desk.topic import Exchange, Reply, Topic

TOPICS = (
    Topic(
        key="rapprochement-bloque",
        product="Ledger",
        language="fr",
        subjects=(
            "Rapprochement bancaire bloqué ($code)",
            "Le rapprochement automatique ne trouve plus {aucune facture|les factures}",
        ),
        openings=(
            (
                "Depuis le passage en $version, le rapprochement automatique ne propose plus {rien|aucune facture}. "
                "Nous avons $count lignes à traiter à la main, {ce qui est intenable|alors que la clôture approche}."
            ),
            (
                "Le traitement de rapprochement s'arrête avec $code après $minutes minutes. {Rien n'a changé de "
                "notre côté|Notre banque n'a rien changé}. Merci de nous aider rapidement."
            ),
        ),
        exchanges=(
            Exchange(
                "Pourriez-vous nous envoyer un relevé concerné et une copie d'écran des règles de rapprochement, "
                "s'il vous plaît ?",
                "Vous trouverez le relevé et les règles en pièce jointe. Les règles datent de {l'an dernier|2023}.",
            ),
            Exchange(
                Reply(
                    "Merci. ",
                    "La règle 4 compare la référence avec le numéro de facture. Vos factures ont-elles un nouveau "
                    "préfixe ?",
                ),
                "Oui, depuis {janvier|le mois dernier} elles commencent par {FA-|FR}. C'est donc cela ?",
            ),
        ),
        notes=(
            (
                "Rule 4 matches digits only since $version; prefix with letters is never found. Behaviour changed, "
                "not announced."
            ),
            "Customer rule adapted together on the phone with $colleague. Asked for a note in the release notes.",
        ),
        updates=(
            (
                "La règle 4 ne reconnaît pas les préfixes avec des lettres depuis cette version. Nous {vérifions|"
                "étudions} comment l'adapter sans toucher à vos autres règles."
            ),
            (
                "Nous vous proposons une règle modifiée, jointe à ce message. Essayez-la d'abord sur un seul "
                "relevé, puis relancez le rapprochement complet."
            ),
        ),
        fix="La règle adaptée peut être activée en production. La version $fixed accepte de nouveau les préfixes "
        "avec des lettres, vous pourrez alors revenir à votre règle d'origine.",
        confirm="Tout est rapproché, {il reste moins de dix lignes|plus aucune ligne en attente}. {Merci beaucoup|"
        "Un grand merci à toute l'équipe}.",
        cause="Matching rule ignored prefixes with letters.",
    ),
    Topic(
        key="connexion-lente",
        product="Identity",
        language="fr",
        subjects=(
            "Connexion très lente {le matin|à 9 heures} sur $host",
            "L'authentification prend $minutes secondes",
        ),
        openings=(
            (
                "Tous les matins, la connexion prend plus de $minutes secondes pour nos $users agents. {Les "
                "guichets ouvrent en retard|Les appels au support interne explosent}. Version $version."
            ),
            (
                "Depuis {lundi|la semaine dernière} l'authentification sur $host est très lente, avec parfois "
                "l'erreur $code. {L'après-midi tout va bien|Le soir il n'y a aucun problème}."
            ),
        ),
        exchanges=(
            Exchange(
                "Pourriez-vous relever la charge de $host entre 8 h 30 et 9 h 30 et nous envoyer le journal de "
                "l'annuaire ?",
                "Voici les deux. La charge est {normale|faible}, mais l'annuaire répond en plusieurs secondes.",
            ),
            Exchange(
                "L'annuaire est interrogé sans index sur l'attribut des groupes. Votre équipe peut-elle créer cet "
                "index sur {la préproduction|l'environnement de test} ?",
                "C'est fait. La connexion y prend maintenant {une seconde|moins d'une seconde}.",
            ),
        ),
        notes=(
            (
                "Group lookup without index: linear scan per login, adds up at 9:00. New in $version because nested "
                "groups are resolved."
            ),
            "Index helps in pre-production. Sent the paragraph for the installation guide to $colleague.",
        ),
        updates=(
            (
                "La recherche des groupes parcourt tout l'annuaire à chaque connexion. Un index devrait suffire ; "
                "nous vous envoyons la procédure."
            ),
            Reply(
                "Le résultat en préproduction est concluant. ",
                "Vous pouvez créer l'index en production, sans interruption de service.",
                "Nos essais avec cet index sont concluants. ",
            ),
        ),
        fix="Vous pouvez créer l'index en production. En attendant, la résolution des groupes imbriqués peut être "
        "désactivée (paramètre `groups.nested=false`).",
        confirm="L'index est en place, {les guichets ouvrent à l'heure|plus aucune plainte depuis trois jours}.",
        cause="Directory attribute without index.",
    ),
)
