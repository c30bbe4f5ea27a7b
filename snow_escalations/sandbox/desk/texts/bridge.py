"""Threads about Corvane Bridge, the integration product."""

from snow_escalations.sandbox.desk.topic import Exchange, Reply, Topic

TOPICS = (
    Topic(
        key="consumer-lag",
        product="Bridge",
        subjects=(
            "Consumer lag on topic orders.$site keeps growing",
            "Orders arrive {up to $hours hours|$minutes minutes} late in the warehouse system",
            "Bridge $version: lag of $count messages on $host",
        ),
        openings=(
            (
                "The consumer group of our warehouse connector falls behind {every morning|since Tuesday}: lag is "
                "$count messages and growing. Orders reach the warehouse {up to $hours hours|much too} late and "
                "{trucks leave half empty|we miss the cut-off of the carrier}. Nothing changed on our side."
            ),
            (
                "We see a growing lag on orders.$site since $version. Restarting the connector on $host helps for "
                "{about an hour|$minutes minutes}, then it starts again with $code in the log."
            ),
        ),
        exchanges=(
            Exchange(
                "Please send `bridge group describe` of the group, taken twice, five minutes apart, and the "
                "connector's log at level INFO. How many partitions does the topic have?",
                "Both outputs and the log are attached. The topic has {6|12} partitions, only {one|two} of them "
                "{lag|are behind}.",
            ),
            Exchange(
                "The slow partition holds the keys of one customer of yours. Is there a {batch job|bulk upload} "
                "that writes many messages with one key?",
                "Yes, the {catalogue upload|price update} at $window uses a constant key. It has done so for years, "
                "but the catalogue {doubled|grew a lot} in autumn.",
            ),
        ),
        notes=(
            (
                "Lag on one partition only, so a hot key or a poison message. $code is the retry of a slow target "
                "call, {2|4} s per message."
            ),
            (
                "Hot key confirmed by the customer. Parallel delivery per key hash is possible from $version on, "
                "needs `delivery.parallel=8` and idempotent target. $colleague agrees."
            ),
        ),
        updates=(
            (
                "{Only|Just} one partition lags: each message there waits for a slow answer of the warehouse system "
                "($code is the retry). I would like to understand which keys are in it before I suggest a change."
            ),
            (
                "{One job|A nightly job} of yours writes all of its messages with one key, so that they are "
                "delivered one after the other. We suggest parallel delivery for this topic; I attach the settings "
                "and what the target system must guarantee."
            ),
        ),
        fix="Please set `delivery.parallel=8` for orders.$site and restart the connector outside of {business|"
        "shipping} hours. In our test with your data the lag of $count messages was gone after $minutes minutes.",
        confirm="Lag has stayed below 100 since {Wednesday|we changed it}. {The warehouse is happy|Shipping is on "
        "time again}.",
        cause="Hot key serialised the delivery of a bulk update.",
    ),
    Topic(
        key="partner-tls",
        product="Bridge",
        subjects=(
            "{Partner|Supplier} connection AS2 $site fails after certificate renewal",
            "$code handshake_failure towards {our partner|a supplier} since the renewal",
        ),
        openings=(
            (
                "After the yearly renewal of our certificate, {one partner|a supplier} cannot be reached: $code "
                "handshake_failure. {All other partners|The other $minutes connections} work. $count documents are "
                "waiting."
            ),
            (
                "AS2 connection $site is down since $window: handshake_failure. The partner says that they "
                "{imported our new certificate|changed nothing}. EDI orders pile up ($count by now)."
            ),
        ),
        exchanges=(
            Exchange(
                "Could you attach the certificate chain that the partner sees (`openssl s_client -showcerts`), and "
                "tell us which key store alias the connection uses?",
                "Chain attached. Alias is as2-$site-2, the new one. {The intermediate is there, we think|It shows "
                "only one certificate}.",
            ),
            Exchange(
                Reply(
                    "Thank you. ",
                    "Does the partner {still|perhaps} require TLS 1.2 with RSA key exchange? Their answer or a capture "
                    "of the handshake would show it.",
                    "One more question. ",
                ),
                "They confirm: TLS 1.2 only, {and an old appliance in front|their appliance is from 2015}. They "
                "cannot change it before {spring|next year}.",
            ),
        ),
        notes=(
            (
                "Chain lacks the intermediate: the import dialog keeps only the leaf if the file is PEM. Known, KB "
                "article 4471."
            ),
            (
                "Second problem: partner needs RSA key exchange, disabled by default since $version. Can be enabled "
                "per connection, security note must be signed by the customer."
            ),
        ),
        updates=(
            (
                "The partner sees only your own certificate, the intermediate is missing. Please import the file as "
                "PKCS#12 with the chain; steps are in article 4471."
            ),
            (
                "With the chain complete we get one step further, and now the partner's appliance refuses our "
                "ciphers. An older cipher can be enabled for this single connection. {Because it is weaker, we need "
                "your security team's consent|Your security officer should agree to it in writing}."
            ),
        ),
        fix="The chain is complete and the connection as2-$site has its own cipher list. We sent a test document "
        "together; all $count waiting documents went out afterwards. Please remember to remove the exception "
        "when the partner has replaced its appliance.",
        confirm="Confirmed, {the partner received everything|no document is waiting any more}.",
        cause="Incomplete chain after PEM import; partner limited to old ciphers.",
    ),
    Topic(
        key="duplicates-after-failover",
        product="Bridge",
        subjects=(
            "Duplicate {bookings|messages} after failover of $host",
            "Messages delivered twice when the broker fails over",
        ),
        openings=(
            (
                "When $host failed over {last night|on Sunday}, $count messages were delivered twice. {Bookings|"
                "Payments} were posted double and {had to be|are being} reversed by hand. The documentation "
                "promises exactly-once delivery."
            ),
            (
                "We tested the failover of $host before {our audit|go-live} and got $percent % duplicates. "
                "$version, target adapter JDBC. Please explain how to reach exactly-once."
            ),
        ),
        exchanges=(
            Exchange(
                "Is the adapter in transactional mode (`tx.mode`), and is the offset table in the same schema as "
                "the target? Please send the adapter's configuration.",
                "Configuration attached. `tx.mode=async`, {as delivered|the default}. The offset table is in a "
                "schema of its own.",
            ),
            Exchange(
                "We would like to repeat your test with `tx.mode=joint`. May the adapter create its offset table in "
                "the target schema?",
                "Our DBA agrees {for the test system|on test}. Result: no duplicates in {three|five} failovers, "
                "throughput {10|12} % lower.",
            ),
        ),
        notes=(
            (
                "tx.mode=async commits offsets {every|after} $minutes s: duplicates on failover are by design. Docs "
                "say exactly-once without naming the mode."
            ),
            "Docs corrected by $colleague. Proposed joint mode, measured overhead acceptable for this volume.",
        ),
        updates=(
            (
                "Exactly-once delivery needs the joint transaction mode; the default mode may repeat the last few "
                "seconds after a failover. We are sorry that the documentation did not say so."
            ),
            Reply(
                "{Thank you for the test. Joint|Your test confirms it: joint} mode is the right setting for you. ",
                "I attach the steps for production and a query that lists the duplicates of that night, so that you "
                "can check the reversals.",
                "{Joint mode is|We are now sure that joint mode is} the right setting for you. ",
            ),
        ),
        fix="Please switch production to `tx.mode=joint` in a maintenance window of about $minutes minutes. The "
        "documentation of $fixed describes both modes and their cost.",
        confirm="{Switched yesterday evening|Done last night}, failover tested, no duplicates. {Thanks for the query|"
        "The reversals are complete too}.",
        cause="Asynchronous transaction mode repeats messages after a failover.",
    ),
)
