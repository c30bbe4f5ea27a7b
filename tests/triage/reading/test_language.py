"""A text in another language than English is known as one, so that what it does not say is not taken for nothing."""

import pytest

from benchmarks.labelled import load
from benchmarks.signals import TEXTS
from snow_escalations.triage.reading.signals import signals_of

FOREIGN = {
    "de": (
        "Seit heute früh steht die gesamte Produktion still, Menschen sind in Gefahr. Wir schalten unsere Anwälte ein.",
        "Patienten sind in Lebensgefahr. Unsere Anwälte sind eingeschaltet.",
        "Seit zwei Wochen keine Antwort.",
        "Wir brauchen das bis Freitag.",
        "Hello team, seit gestern läuft der Export nicht mehr und niemand meldet sich bei uns. Regards",
        "produktion steht, bitte um rückruf",
    ),
    "fr": (
        "Toute la production est arrêtée depuis ce matin et des vies sont en danger.",
        "Toujours aucune réponse depuis dix jours.",
        "Merci de nous rappeler avant vendredi.",
    ),
    "es": (
        "Nuestra planta está parada y hay riesgo de muerte para los pacientes. Vamos a demandarles.",
        "Llevamos dos semanas sin respuesta.",
        "Lo necesitamos antes del viernes.",
    ),
    "ja": (
        "生産が完全に停止し、患者の生命に危険があります。法的措置を取ります。12月1日までに必ず解決してください。",
        "CEO が本件を注視しています。至急ご連絡ください。",
        "助けてください",
    ),
    "pt": ("A produção está parada desde ontem e ninguém responde.", "Precisamos disso até sexta-feira."),
    "it": ("La produzione è ferma da ieri e nessuno risponde.", "Ci serve entro venerdì."),
    "nl": ("De productie ligt sinds gisteren stil en niemand reageert.", "Wij hebben dit vrijdag nodig."),
    "pl": ("Produkcja stoi od wczoraj i nikt nie odpowiada.",),
    "sv": ("Produktionen står still sedan igår och ingen svarar.",),
    "tr": ("Üretim dünden beri durdu ve kimse cevap vermiyor.",),
    "ru": ("Производство остановлено, никто не отвечает.",),
    "ko": ("생산이 중단되었고 아무도 답하지 않습니다.",),
    "he": ("הייצור הושבת מאתמול ואף אחד לא עונה.",),
    "zh": ("生产已停止，没有人回复。",),
}
ENGLISH = (
    "",
    "?",
    "ORA-00942",
    "VPN",
    "Kafka Zookeeper Quorum Lost",
    "Boxeo export fails",
    "any news???",
    "still down",
    "It is purple haze.",
    "ETA by EOW pls",
    "Please call Mr. Müller-Lüdenscheidt in Düsseldorf (Büro Süd), he waits for your answer.",
    "We have heard nothing for a week. Mit freundlichen Grüßen, Jürgen Schröder",
    "The field 住所 is empty in every export since Friday.",
    "2026-11-16 04:12:55.120 FATAL kernel: watchdog: BUG: soft lockup - CPU#3 stuck for 22s",
    "<p>Hello,</p><p>the nightly import has stopped again.</p>",
)


@pytest.mark.parametrize(("language", "text"), [(name, text) for name, texts in FOREIGN.items() for text in texts])
def test_a_text_in_another_language_is_foreign(language: str, text: str) -> None:
    assert signals_of(text).is_foreign, language


@pytest.mark.parametrize("text", ENGLISH)
def test_what_is_short_technical_or_has_foreign_names_is_not(text: str) -> None:
    assert not signals_of(text).is_foreign


def test_hardly_a_text_of_a_customer_who_writes_english_is_taken_for_foreign() -> None:
    texts = [item["text"] for item in load(TEXTS)["items"]]
    foreign = [text for text in texts if signals_of(text).is_foreign]
    assert len(foreign) <= len(texts) // 300, foreign
