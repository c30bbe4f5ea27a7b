"""Threads that Brazilian customers write in Portuguese; internal notes stay in English."""

from snow_escalations.sandbox.desk.topic import Exchange, Topic

TOPICS = (
    Topic(
        key="nota-fiscal",
        product="Ledger",
        language="pb",
        subjects=(
            "Nota fiscal rejeitada com $code",
            "Emissão de notas {parada|parou} desde a atualização para $version",
        ),
        openings=(
            (
                "Desde a atualização para $version as notas fiscais são rejeitadas com $code. São $count notas "
                "paradas e {os caminhões não saem|o faturamento está parado}."
            ),
            (
                "A emissão de notas da filial $site {não funciona|falha} desde as $window. O erro é $code. {O "
                "suporte local já reiniciou o servidor|Já reiniciamos $host sem resultado}."
            ),
        ),
        exchanges=(
            Exchange(
                "Você poderia enviar o XML de uma nota rejeitada e informar a validade do certificado A1?",
                "Segue o XML. O certificado foi renovado {na sexta|semana passada} e é válido por um ano.",
            ),
            Exchange(
                "O XML foi assinado com o certificado antigo. O novo foi importado também na filial $site?",
                "Só na matriz. {Não sabíamos que era por filial|Ninguém nos avisou}.",
            ),
        ),
        notes=(
            (
                "XML signed with the expired certificate. Certificates are per branch since $version; import dialog "
                "does not say so."
            ),
            "Branch import done with the customer in a call. $colleague will add a hint to the dialog.",
        ),
        updates=(
            (
                "A nota foi assinada com o certificado antigo, que venceu. Estamos confirmando em quais filiais ele "
                "ainda está ativo."
            ),
            (
                "Por favor importe o novo certificado em cada filial da lista anexa. Depois disso as notas podem "
                "ser reenviadas em lote."
            ),
        ),
        fix='Com o certificado importado em todas as filiais, use "Reenviar rejeitadas". Nenhuma nota precisa ser '
        "digitada de novo.",
        confirm="Todas as $count notas foram autorizadas. {Valeu|Agradecemos a ajuda de sempre}!",
        cause="Renewed certificate imported for the head office only.",
    ),
    Topic(
        key="fila-de-pedidos",
        product="Bridge",
        language="pb",
        subjects=(
            "Fila de pedidos {parada|travada} em $host",
            "Pedidos do e-commerce chegam com $hours horas de atraso",
        ),
        openings=(
            (
                "A fila de pedidos em $host está parada desde as $window, com $count mensagens. {O site continua "
                "vendendo|As vendas continuam} e o estoque não baixa."
            ),
            (
                "Os pedidos chegam ao ERP com até $hours horas de atraso. O log mostra $code {o tempo todo|a cada "
                "minuto}. Versão $version."
            ),
        ),
        exchanges=(
            Exchange(
                "Pode nos enviar a saída de `bridge queue list` e o log da última hora, por favor?",
                "Anexei os dois. A primeira mensagem da fila é {a mesma há horas|sempre a mesma}.",
            ),
            Exchange(
                "Essa mensagem tem um caractere inválido no endereço. Podemos movê-la para a fila de erros?",
                "Pode mover. O cliente {digitou um emoji|colou um texto estranho} no complemento.",
            ),
        ),
        notes=(
            "Poison message: invalid character in the address, endless retry blocks the partition.",
            (
                "Moved to the error queue with the customer's consent, queue drained in $minutes min. Retry limit "
                "proposed, $ticket."
            ),
        ),
        updates=(
            (
                "Uma única mensagem com caractere inválido bloqueia todas as outras. Vamos movê-la para a fila de "
                "erros assim que você autorizar."
            ),
            (
                "Com a mensagem na fila de erros, as outras voltam a andar; pelo ritmo atual, a fila esvazia em "
                "$minutes minutos."
            ),
        ),
        fix="Configure `retry.limit=5` para que uma mensagem ruim vá sozinha para a fila de erros. A versão $fixed "
        "já traz esse valor por padrão.",
        confirm="Fila zerada e limite configurado. {Pode encerrar o chamado|Valeu, pessoal}!",
        cause="Poison message without a retry limit.",
    ),
)
