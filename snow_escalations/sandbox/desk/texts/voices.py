"""What people say in any case: greetings, chasers, apologies, closings, by language, and notes that fit any topic."""

from snow_escalations.sandbox.desk.topic import Reply, Voice

VOICES = {
    "en": Voice(
        greet="{Hello|Hi} $first,",
        greet_formal={},
        sign="{Best regards|Kind regards},\n$agent\nCorvane Support",
        intro="{I have taken over your case.|I am looking after your case from here on.|Thank you for the clear "
        "description.}",
        tail="{| Please tell us if anything is unclear.| You can also reach us by phone.| Just write here if "
        "something is missing.}",
        opening_greet="{Dear support team,|Hello,|Good morning,|Hi team,}",
        customer_greet="{Hi $agent,|Hello $agent,|Dear support team,|Hi team,}",
        customer_sign="{Thanks|Regards|Best|Kind regards}, $first",
        received="Thank you for contacting Corvane Support. Your request was registered as $number and is waiting "
        "for an engineer. You can add information at any time by a comment on the case.",
        chase=(
            (
                "{Any news on this|Is there any progress}? {It is quiet here|We have not heard anything} since your "
                "last message, and my {colleagues|management} keep asking."
            ),
            (
                "{Could we have|Please give us} an update. The problem {persists|is still there} and it costs us "
                "{an hour of work each day|time and nerves}."
            ),
            (
                "I am {following up|coming back} on this. We are still {waiting|blocked}; {when can we expect|what "
                "is} the next step?"
            ),
        ),
        hold=(
            (
                "{I am sorry for the wait|Apologies for the silence}. Engineering {is still analysing|has not "
                "finished the analysis of} your data. I {will be back|come back to you} with a result {by tomorrow "
                "evening|within two working days}."
            ),
            (
                "{Thank you for your patience|Thanks for bearing with us}. I have {asked|reminded} engineering "
                "today and {pass their answer on|write to you} as soon as I have it."
            ),
        ),
        reminder="A short reminder: we are waiting for {the files that I asked for|your answer to my question} to "
        "continue. If you need {help with it|more time}, {just say so|please let me know}.",
        close=Reply(
            "{As agreed, I close this case|I am closing this case now}. ",
            "{If it comes back|Should it happen again}, a comment reopens it within {ten|14} days.",
            "{I am closing this case now|We have heard no more of it, so I close this case}. ",
        ),
        withdraw=(
            (
                "Please {ignore this one|cancel this case}: {a colleague had opened one already|it was our own "
                "mistake, a setting on the test system}."
            ),
            (
                "We found it ourselves: {the license server was down for maintenance|our network team had changed a "
                "rule}. {Nothing to do for you|Sorry for the noise}."
            ),
        ),
        cancel="{Thank you for letting us know|Thanks for telling us}. I cancel this case, {no harm done|nothing is "
        "lost}.",
    ),
    "de": Voice(
        greet="Guten Tag $formal,",
        greet_formal={"female": "Frau $last", "male": "Herr $last"},
        sign="{Mit freundlichen Grüßen|Freundliche Grüße}\n$agent\nCorvane Support",
        intro="{Ich habe Ihren Fall übernommen.|Vielen Dank für die ausführliche Beschreibung.}",
        tail="{| Bei Rückfragen melden Sie sich gern.| Sie erreichen uns auch telefonisch.| Schreiben Sie uns bitte "
        "hier, falls etwas fehlt.}",
        opening_greet="{Guten Tag|Hallo zusammen|Sehr geehrte Damen und Herren},",
        customer_greet="{Guten Tag|Hallo $agent|Sehr geehrte Damen und Herren},",
        customer_sign="{Viele Grüße|Freundliche Grüße|MfG}, $first $last",
        received="Vielen Dank für Ihre Nachricht. Ihre Anfrage wurde unter $number aufgenommen und wird von einem "
        "Mitarbeiter bearbeitet. Sie können jederzeit Informationen als Kommentar ergänzen.",
        chase=(
            (
                "{Gibt es schon Neuigkeiten|Wie ist der Stand}? Wir haben seit Ihrer letzten Nachricht nichts mehr "
                "gehört und {intern wird ständig nachgefragt|der Druck hier wächst}."
            ),
            "Ich bitte um eine {Rückmeldung|Zwischenmeldung}. Das Problem besteht {weiterhin|nach wie vor}.",
        ),
        hold=(
            (
                "Bitte entschuldigen Sie die {Verzögerung|Wartezeit}. Die Entwicklung wertet Ihre Daten noch aus, "
                "ich melde mich {bis morgen Abend|in zwei Werktagen} mit einem Ergebnis."
            ),
        ),
        reminder="Zur Erinnerung: Für die weitere Analyse benötigen wir noch {die angeforderten Dateien|Ihre "
        "Antwort auf unsere Frage}. {Melden Sie sich gern|Sagen Sie gern Bescheid}, wenn Sie dabei Hilfe "
        "brauchen.",
        close=Reply(
            "{Wie vereinbart schließe ich|Ich schließe} diesen Fall. ",
            "Sollte der Fehler erneut auftreten, genügt innerhalb von 14 Tagen ein Kommentar.",
            "Ich schließe diesen Fall. ",
        ),
        withdraw=(
            (
                "{Bitte stornieren Sie den Vorgang|Das hat sich erledigt}, {ein Kollege hatte ihn schon gemeldet|es "
                "war eine Einstellung in unserem Testsystem}."
            ),
        ),
        cancel="Danke für die {Rückmeldung|Information}. Ich storniere den Vorgang.",
    ),
    "fr": Voice(
        greet="Bonjour $formal,",
        greet_formal={"female": "Madame $last", "male": "Monsieur $last"},
        sign="{Bien cordialement|Cordialement},\n$agent\nSupport Corvane",
        intro="{J'ai pris en charge votre dossier.|Merci pour votre description précise.}",
        tail="{| N'hésitez pas si un point n'est pas clair.| Vous pouvez aussi nous appeler.| Merci de nous écrire "
        "ici s'il manque quelque chose.}",
        opening_greet="{Bonjour|Madame, Monsieur},",
        customer_greet="{Bonjour|Bonjour $agent},",
        customer_sign="{Cordialement|Bien à vous}, $first $last",
        received="Merci de votre message. Votre demande est enregistrée sous le numéro $number et sera prise en "
        "charge par un ingénieur. Vous pouvez la compléter à tout moment par un commentaire.",
        chase=(
            (
                "{Avez-vous du nouveau|Où en êtes-vous} ? Nous n'avons plus de nouvelles et {ma direction me "
                "relance|les utilisateurs s'impatientent}."
            ),
            "Je me permets de vous relancer : {le problème persiste|nous sommes toujours bloqués}.",
        ),
        hold=(
            (
                "Veuillez nous excuser pour {l'attente|ce délai}. L'analyse est en cours et je reviens vers vous "
                "{demain soir au plus tard|sous deux jours ouvrés}."
            ),
        ),
        reminder="Pour mémoire, il nous manque {les fichiers demandés|votre réponse} pour avancer. N'hésitez pas à "
        "nous dire si vous avez besoin d'aide.",
        close=Reply(
            "{Comme convenu, je clos|Je clos} ce dossier. ",
            "Si le problème réapparaît, un commentaire dans les 14 jours suffit à le rouvrir.",
            "Je clos ce dossier. ",
        ),
        withdraw=(
            (
                "Vous pouvez annuler ce dossier : {un collègue l'avait déjà ouvert|l'erreur venait de notre côté}. "
                "{Avec nos excuses|Navrés} pour le dérangement."
            ),
        ),
        cancel="Merci de nous avoir prévenus. J'annule ce dossier.",
    ),
    "es": Voice(
        greet="{Buenos días|Buenas tardes}, $first:",
        greet_formal={},
        sign="{Saludos cordiales|Un saludo},\n$agent\nSoporte Corvane",
        intro="{He tomado su caso.|Gracias por la descripción detallada.}",
        tail="{| Quedo atento a sus comentarios.| También puede llamarnos.| Si falta algo, escríbanos por aquí.}",
        opening_greet="{Buenos días|Buenas tardes|Estimado equipo}:",
        customer_greet="{Buenos días|Hola $agent|Buenas tardes}:",
        customer_sign="{Saludos|Gracias|Un cordial saludo}, $first $last",
        received="Gracias por su mensaje. Su solicitud quedó registrada como $number y será atendida por un "
        "ingeniero. Puede agregar información en cualquier momento con un comentario.",
        chase=(
            (
                "¿Hay {alguna novedad|algún avance}? No hemos tenido noticias y {dirección pregunta todos los días|"
                "seguimos igual}."
            ),
            "Quedamos en espera de su respuesta, {el problema continúa|seguimos detenidos}.",
        ),
        hold=(
            (
                "Disculpe la {demora|espera}. El análisis sigue en curso; le escribo {mañana por la tarde|en dos "
                "días hábiles} con el resultado."
            ),
        ),
        reminder="Le recordamos que nos hacen falta {los archivos solicitados|sus respuestas} para continuar. Si "
        "necesita ayuda, con gusto.",
        close=Reply(
            "{Conforme a lo acordado, cierro|Cierro} este caso. ",
            "Si vuelve a ocurrir, basta un comentario dentro de 14 días.",
            "Cierro este caso. ",
        ),
        withdraw=(
            (
                "Por favor cancelen este caso, {un compañero ya lo había abierto|fue un error nuestro en la "
                "configuración}."
            ),
        ),
        cancel="Gracias por avisar. Cancelo el caso.",
    ),
    "pb": Voice(
        greet="{Olá|Bom dia}, $first,",
        greet_formal={},
        sign="{Atenciosamente|Um abraço},\n$agent\nSuporte Corvane",
        intro="{Assumi o seu chamado.|Obrigado pela descrição detalhada.}",
        tail="{| Fico à disposição.| Se preferir, pode nos ligar.| Se faltar algo, escreva por aqui.}",
        opening_greet="{Bom dia|Boa tarde|Prezados},",
        customer_greet="{Bom dia|Olá, $agent|Prezados},",
        customer_sign="{Att.|Abraços|Até mais}, $first $last",
        received="Obrigado pelo contato. Sua solicitação foi registrada como $number e será atendida por um "
        "engenheiro. Você pode acrescentar informações a qualquer momento por um comentário.",
        chase=(
            (
                "Alguma {novidade|posição}? {Não tivemos retorno desde então|Continuamos parados} e a diretoria "
                "está cobrando."
            ),
            "Por favor, precisamos de um {retorno|posicionamento}; o problema continua.",
        ),
        hold=(
            (
                "Desculpe pela {demora|espera}. A análise continua e retorno {até amanhã à tarde|em dois dias úteis}"
                " com o resultado."
            ),
        ),
        reminder="Lembrando que ainda precisamos {dos arquivos solicitados|da sua resposta} para continuar. Se "
        "precisar de ajuda, é só avisar.",
        close=Reply(
            "{Conforme combinado, encerro|Encerro} este chamado. ",
            "Se o problema voltar, basta um comentário em até 14 dias.",
            "Encerro este chamado. ",
        ),
        withdraw=("Podem cancelar este chamado, {um colega já tinha aberto|foi um erro de configuração nosso}.",),
        cancel="Obrigado por avisar. Cancelo o chamado.",
    ),
    "ja": Voice(
        greet="$last 様",
        greet_formal={},
        sign="{よろしくお願いいたします|何卒よろしくお願いいたします}。\nCorvane サポート $agent",
        intro="{本件を担当いたします。|詳細なご説明をいただき、ありがとうございます。}",
        tail="{|ご不明な点がございましたらお知らせください。|お電話でも承ります。|不足がございましたらこちらにご記入"
        "ください。}",
        opening_greet="{お世話になっております|いつもお世話になっております}。",
        customer_greet="{お世話になっております|いつもお世話になっております}。",
        customer_sign="{よろしくお願いいたします|以上、よろしくお願いいたします}。$last",
        received="お問い合わせありがとうございます。$number として受け付けました。担当者より順次ご連絡いたします。追"
        "加の情報はコメントにご記入ください。",
        chase=(
            "その後の進捗はいかがでしょうか。{社内でも状況を問われております|業務への影響が続いております}。",
            "ご連絡をお待ちしております。{現象は継続しております|状況に変わりはございません}。",
        ),
        hold=(
            (
                "お待たせしており申し訳ございません。開発部門にて解析を続けております。{明日中に|二営業日以内に}ご連"
                "絡いたします。"
            ),
        ),
        reminder="先日お願いいたしました{資料|ご回答}をお待ちしております。ご不明な点がございましたらお知らせくださ"
        "い。",
        close=Reply(
            "{ご確認いただきましたので|お約束のとおり}本件をクローズいたします。",
            "再発した場合は14日以内にコメントをお願いいたします。",
            "その後ご連絡がございませんので、本件をクローズいたします。",
        ),
        withdraw=(
            (
                "申し訳ございません。{同僚が既に問い合わせておりました|弊社の設定誤りでした}ので、取り消しをお願いい"
                "たします。"
            ),
        ),
        cancel="ご連絡ありがとうございます。本件は取り消しといたします。",
    ),
}

ANY_NOTES = (
    "{Asked|Pinged} $colleague for a second pair of eyes. {No news yet|Will look tomorrow}.",
    (
        "Handing over to the {late|early} shift: {everything relevant is in the thread|waiting for engineering on "
        "$ticket}, customer is {calm|a bit nervous}."
    ),
    (
        "{Called|Spoke to} the customer for {ten|20} minutes. They understand where we are; {next contact tomorrow|"
        "they want to hear from us in writing}."
    ),
    (
        "Checked similar cases: {two|three} with the same signature, one of them solved by {a restart|configuration}"
        ". Not the same cause here."
    ),
    (
        "{Reassigned|Moved} to $colleague, who {knows this module|worked on the last one}. Summary: version "
        "$version, host $host, code $code."
    ),
)
