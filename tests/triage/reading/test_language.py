"""A text in another language than English is known as one, so that what it does not say is not taken for nothing."""

import pytest

from benchmarks.labelled import load
from benchmarks.signals import HALVES, TEXTS, languages
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
    assert len(foreign) <= len(texts) // 140, foreign  # nearly all have a part in French, Spanish or German


@pytest.mark.parametrize("half", HALVES)
def test_of_a_further_authors_texts_the_language_is_told(half: str) -> None:
    wrong, of = languages(half, "english")
    assert len(wrong) <= of * 0.05, wrong
    missed, of = languages(half, "foreign")
    assert len(missed) <= of * 0.08, missed


@pytest.mark.parametrize(
    "text",
    [
        "The connector fails. Unser Vorstand erwartet eine Lösung bis Freitag.",
        "The connector fails.\nNOTRE DIRECTION EXIGE UNE SOLUTION AVANT VENDREDI",
        "The same crash happened at 03:12 and la moitié des agences n'a plus accès au réseau.",
        "The export is empty again, see the log. 本番環境のため、今週末までに復旧してください。",
        "Please find the dump attached. Клиент отказывается перезапускать сервер.",
        "PRODUKTION STEHT STILL, WIR BRAUCHEN SOFORT HILFE",
        "SIGUE SIN FUNCIONAR, POR FAVOR ESCALAR YA",
        "Bitte dringend eskalieren",
        "Toujours en panne",
        "Dringend",
    ],
)
def test_a_part_in_another_language_is_enough_and_capitals_hide_none(text: str) -> None:
    assert signals_of(text).is_foreign


@pytest.mark.parametrize(
    "text",
    [
        "Please raise the priority, the plant is affected.\n\nС уважением,\nДмитрий Соколов",
        "The export is empty.\nよろしくお願いいたします。\n田中",
        "Bonjour Marie, any news on the fix? Cordialement, Amélie de la Tour",
        "Servidores de Aplicaciones SA de CV has no access to the portal since Monday.",
        "Ludwig van der Berg and Pilar de la Cruz cannot log in.",
        "Error reads 'No se puede encontrar el archivo especificado', the path is correct though.",
        "Hypervisor ballooning starves guest, NUMA affinity ignored, steal time at 40 percent",
        "the sevrer is donw agian and nobdy anwsers the phoen",
        "DISK ARRAY DEGRADED, FAILOVER STUCK, HA LUN LOST",
    ],
)
def test_names_greetings_messages_slips_and_terms_are_no_other_language(text: str) -> None:
    assert not signals_of(text).is_foreign


QUOTED = (
    '"We are down since Monday and our CTO is watching this with the board."',
    "> We are down\n> our CTO watches this daily",
    "FYI\n\n-----Original Message-----\nFrom: a@example.com\nSent: Monday\n\nWe are down and our CTO is watching",
    "<pre>We are down and our CTO is watching</pre>",
    "```\nour CEO waits for this since Monday\n```",
    (
        "Please find below the mail of the customer from yesterday evening, he is very upset about all of it:\n\n"
        "From: x@example.com\nSent: yesterday\n\nWe will sue you. Our CEO is watching this case. We have waited for two"
        " weeks and nobody answers any of our mails, and so on."
    ),
)


@pytest.mark.parametrize("text", QUOTED)
def test_words_that_are_left_out_are_counted_where_little_else_is_said(text: str) -> None:
    assert signals_of(text).left_out >= 6


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Any news?",
        "Still failing:\n2026-11-16 04:12:55.120 FATAL kernel: watchdog: BUG: soft lockup - CPU#3 stuck for 22s",
        'The error is "could not open the file" and it blocks all of us',
        "<p>Hello,</p><p>the nightly import&nbsp;has stopped again.</p>",
        "See https://portal.example.com/path/to/something/very/long?with=query&and=more",
        "[code]<b>We are down and our CTO is watching</b>[/code]",
        (
            "We have heard nothing since Monday and the plant is down, so please call us today at noon.\n\n"
            "On Mon, 2 Nov 2026 at 09:14, support wrote:\n> Thank you for your patience, we will come back to you"
            " as soon as there is any news of the case, and we hope that you have a good day."
        ),
    ],
)
def test_what_is_said_logs_markup_and_mail_below_an_answer_leave_nothing_out(text: str) -> None:
    assert signals_of(text).left_out == 0
