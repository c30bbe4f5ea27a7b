"""Threads that German-speaking customers write in German; internal notes stay in English."""

from snow_escalations.sandbox.desk.topic import Exchange, Reply, Topic

TOPICS = (
    Topic(
        key="zahllauf-bricht-ab",
        product="Ledger",
        language="de",
        subjects=(
            "Zahllauf bricht mit $code ab",
            "Zahlungslauf {Mandant|Buchungskreis} $site endet mit Fehler $code",
        ),
        openings=(
            (
                "Seit dem Update auf $version bricht unser Zahllauf nach etwa $minutes Minuten mit $code ab. "
                "Betroffen sind $count Posten. {Die Skontofrist läuft|Unsere Lieferanten warten bereits auf ihr "
                "Geld}. Bitte um schnelle Hilfe."
            ),
            (
                "Der Zahllauf für $site {läuft seit Montag nicht mehr durch|endet jede Nacht mit $code}. Einzelne "
                "Zahlungen von Hand funktionieren, bei $count Posten ist das aber {keine Lösung|nicht zumutbar}."
            ),
        ),
        exchanges=(
            Exchange(
                "Könnten Sie uns bitte das Protokoll des Laufs und die Liste der Kreditoren mit geänderter "
                "Bankverbindung {zusenden|hochladen}?",
                "Protokoll und Liste sind angehängt. Es wurden {drei|fünf} Bankverbindungen geändert, alle im Ausland.",
            ),
            Exchange(
                Reply(
                    "Vielen Dank. ",
                    "Einer der Kreditoren hat eine IBAN mit Leerzeichen. {Können|Könnten} Sie diese in der "
                    "Testumgebung korrigieren und den Lauf als Vorschlag starten?",
                ),
                "Korrigiert. Der Vorschlag läuft {jetzt|damit} durch, $minutes Minuten.",
            ),
        ),
        notes=(
            (
                "$code is thrown by the IBAN check, new in $version. One bad account stops the whole run instead of "
                "being listed as an exception."
            ),
            "Workaround verified with the customer in test. Asked $colleague for a change: list as exception. $ticket.",
        ),
        updates=(
            (
                "Die neue IBAN-Prüfung bricht den gesamten Lauf ab, wenn eine einzige Bankverbindung fehlerhaft "
                "ist. Wir {prüfen|klären} gerade, ob sich das je Posten behandeln lässt."
            ),
            (
                "Die Korrektur der einen Bankverbindung reicht aus. Anbei eine Abfrage, mit der Sie solche Fälle "
                "vor dem Lauf finden. Der Fehler selbst ist unter $ticket in Arbeit."
            ),
        ),
        fix="Bitte korrigieren Sie die Bankverbindung auch im Produktivsystem und starten Sie den Lauf erneut. Ab "
        "$fixed werden fehlerhafte Posten als Ausnahme ausgewiesen, der Lauf geht weiter.",
        confirm="Der Lauf ist {heute Nacht|gestern Abend} durchgelaufen, alle $count Posten sind bezahlt. "
        "{Herzlichen Dank|Besten Dank für die schnelle Hilfe}.",
        cause="IBAN check stopped the payment run at the first bad account.",
    ),
    Topic(
        key="schnittstelle-lager",
        product="Bridge",
        language="de",
        subjects=(
            "Schnittstelle zum Lager {steht|hängt}: $count Meldungen in der Warteschlange",
            "Lieferscheine kommen {verspätet|nicht} im Lagersystem an",
        ),
        openings=(
            (
                "Seit $window stehen $count Meldungen in der Warteschlange zum Lagersystem. {Die Kommissionierung "
                "ruht|Im Lager wird auf Papier gearbeitet}. Ein Neustart von $host hat {nichts|nur kurz etwas} "
                "gebracht."
            ),
            (
                "Lieferscheine erreichen unser Lagersystem mit bis zu $hours Stunden Verspätung. Im Protokoll von "
                "$host steht ständig $code. {Unsere Spedition droht mit Standgeld|Die LKW fahren halb leer}."
            ),
        ),
        exchanges=(
            Exchange(
                "Bitte senden Sie uns die Ausgabe von `bridge queue list` und das Protokoll der letzten Stunde. "
                "Wurde am Lagersystem etwas geändert?",
                "Beides ist angehängt. Am Lagersystem wurde {am Wochenende|vorige Woche} ein Zertifikat getauscht.",
            ),
            Exchange(
                "Das neue Zertifikat wird von einer anderen Stelle ausgestellt. Ist deren Wurzelzertifikat auf "
                "$host hinterlegt?",
                "Nein, {das fehlt|daran hat niemand gedacht}. Wir holen es von der Kollegin.",
            ),
        ),
        notes=(
            (
                "$code = unknown issuer. The retry hides it as a delay, therefore the customer sees lag instead of "
                "an error."
            ),
            (
                "Root missing in trust store of one of two nodes; that explains why half of the messages pass. "
                "$colleague adds it to the checklist."
            ),
        ),
        updates=(
            (
                "{Eine der beiden Instanzen|Einer der beiden Knoten} vertraut dem neuen Zertifikat nicht, daher "
                "geht etwa die Hälfte der Meldungen erst beim zweiten Versuch durch."
            ),
            (
                "Bitte hinterlegen Sie das Wurzelzertifikat auf beiden Knoten (Anleitung anbei). Die Warteschlange "
                "leert sich danach von selbst, nach unserer Schätzung in $minutes Minuten."
            ),
        ),
        fix="Das Wurzelzertifikat ist auf beiden Knoten hinterlegt und die Warteschlange ist leer. Ab $fixed meldet "
        "Bridge ein unbekanntes Zertifikat als Fehler, statt es immer wieder zu versuchen.",
        confirm="Alles {läuft wieder|ist angekommen}. {Der Vorgang kann geschlossen werden|Sie können den Fall "
        "schließen}.",
        cause="Root certificate missing on one node.",
    ),
)
