"""Threads about Corvane Pipeline, the continuous delivery product."""

from snow_escalations.sandbox.desk.topic import Exchange, Reply, Topic

TOPICS = (
    Topic(
        key="deployments-stuck",
        product="Pipeline",
        subjects=(
            "Deployments to $env {stay|hang} in RUNNING since the upgrade to $version",
            "Pipeline $version: stages never finish on $host",
            "$count deployments stuck in RUNNING after the update",
        ),
        openings=(
            (
                "{Since|Ever since} we {upgraded|moved} from $previous to $version on {Saturday|the weekend}, "
                "deployments to $env {stay|hang} in RUNNING although the pods are up and healthy. Cancelling {does "
                "not help|changes nothing}, only a restart of the orchestrator on $host clears them. {At the moment|"
                "Right now} $count deployments are stuck."
            ),
            (
                "We run Pipeline $version on $host. Stages of type Deploy finish on the cluster but Pipeline never "
                "notices. The orchestrator log repeats $code every $minutes minutes. {Our release train|The release "
                "of our teams} is {blocked|standing still} in $env."
            ),
        ),
        exchanges=(
            Exchange(
                "{Could|Can} you send us the orchestrator log of $host from {an affected|one stuck} run, and the "
                "output of `corvane queue status`? {Please also tell us|I would also like to know} whether the "
                "queue runs on Redis or on SQL.",
                "The log and the queue status are attached. The queue is on {Redis 6, single node|a SQL database, "
                "two nodes}. {We see|There are} $count messages in the unacked set.",
            ),
            Exchange(
                Reply(
                    "{Thank you, that helps.|The log is useful, thanks.} ",
                    "{Would you please|Please} switch on debug logging for the package `orca.queue` for $minutes "
                    "minutes while one deployment hangs, and upload the result?",
                    "{We need to see more of the queue.|The log does not show enough of the queue.} ",
                ),
                "Done, see {debug-$site.zip|queue-debug.tar.gz}. It hung again at $window, {right after the second "
                "stage|in the bake stage}.",
            ),
        ),
        notes=(
            (
                "Read the log of $host. $code comes from the queue poller: it loses its lease {when the clock of "
                "the node jumps|after a failover of Redis} and never takes it back. {Looks like|Same pattern as} "
                "$ticket."
            ),
            (
                "Reproduced in the lab with $version and a paused Redis. $previous is not affected. Raised with "
                "engineering as $ticket."
            ),
            (
                "$colleague in engineering confirms the regression in the lease renewal. Patch builds are running; "
                "expect {a hotfix|a patched image} in the next maintenance release."
            ),
        ),
        updates=(
            (
                "We found {the cause of|what triggers} the hanging stages: the queue poller loses its lease after a "
                "short break of the connection and does not renew it. {Until we have a fix|For the time being}, a "
                "restart of the poller alone (`corvane restart poller`) releases stuck stages in {seconds|under a "
                "minute} and does not touch running ones."
            ),
            (
                "Engineering has confirmed the defect ($ticket). The fix is in {test|code review} now. We will "
                "write to you again as soon as the patched image is available, and at the latest {in two days|the "
                "day after tomorrow}."
            ),
        ),
        fix="The fix for the lost lease is part of $fixed. Please update the orchestrator on $host to that version; "
        "the database needs no migration and running pipelines resume by themselves. {The poller restart is no "
        "longer needed|You can remove the restart job that we suggested}.",
        confirm="Updated to $fixed {yesterday evening|this morning}. $count deployments since then and none of them "
        "got stuck. {Thanks a lot|Great work, thank you}.",
        cause="Queue poller did not renew a lost lease; fixed in $fixed.",
    ),
    Topic(
        key="artifact-not-found",
        product="Pipeline",
        subjects=(
            "Bake stage fails with $code: artifact not found",
            "Artifacts of the {private|internal} registry cannot be resolved since {Monday|this week}",
        ),
        openings=(
            (
                "Our {nightly|release} pipelines fail in the bake stage: `$code artifact not found`, but the image "
                "{is there|exists} and `docker pull` works {from the same host|on $host}. It started after we "
                "rotated the registry's credentials. $count pipelines are affected."
            ),
            (
                "Pipeline $version cannot resolve artifacts of our internal registry any more ($code). Public "
                "images are fine. {Nothing was changed on our side|We did not change any pipeline}, except for the "
                "{certificate|token} of the registry."
            ),
        ),
        exchanges=(
            Exchange(
                "Which account type is used for the registry, and does `corvane artifact test` on $host {succeed|"
                "answer}? {The output with --verbose would be best|Please send the output with --verbose}.",
                "It is a {token|service} account. `corvane artifact test` answers 401 on the second call and 200 on "
                "the first. Output attached.",
            ),
            Exchange(
                "Could you check whether {two|several} artifact accounts are configured with the same host name, as "
                "in `registry.internal`? The first one that matches is used.",
                "You are right, there are two, the old one was never {deleted|removed}. {We did not know that the "
                "order matters|Where is this order documented}?",
            ),
        ),
        notes=(
            "401 then 200: the account cache serves the old token on {every second|one} replica. Checking the TTL.",
            (
                "Cache TTL of credentials is $hours h in $version and is not cleared on reload. Documented nowhere. "
                "Asked docs for an article."
            ),
        ),
        updates=(
            (
                "The two replicas of the artifact service disagree: one still {uses|caches} the old credentials. "
                "Please restart the artifact service on both nodes. That {clears|empties} the cache; I will tell "
                "you how to avoid this at the next rotation."
            ),
            (
                "{In short|To sum up}: the old account must be deleted and the credential cache has to be "
                "cleared after a rotation. From $fixed on a reload does both."
            ),
        ),
        fix="Please delete the old artifact account `registry-legacy` and restart the artifact service once. After "
        "that, `corvane artifact test --all` must be green on both replicas. $fixed clears the cache on every "
        "reload.",
        confirm="Deleted and restarted, all $count pipelines are green again. {You can close this|Please close the "
        "case}.",
        cause="Stale credentials in the artifact cache and a duplicate registry account.",
    ),
    Topic(
        key="webhooks-missed",
        product="Pipeline",
        subjects=(
            "Git webhooks {are lost|get lost}: pipelines do not start",
            "About $percent % of pushes trigger no pipeline",
        ),
        openings=(
            (
                "About $percent % of the pushes to our repositories {do not start a|trigger no} pipeline. The Git "
                "server shows the webhook as delivered (HTTP 200). This happens {mostly in the morning|at busy "
                "times}, when {many|all} teams merge."
            ),
            (
                "Several teams complain that merges {to main|into the release branch} are not built. We counted "
                "yesterday: $count pushes, {a fifth|quite a few} of them without an execution. Version $version, "
                "two gateways behind a load balancer."
            ),
        ),
        exchanges=(
            Exchange(
                "{Can|Could} you give us the delivery ids of two {lost|missed} pushes, with the time in UTC?",
                "Two examples of {today|this morning}: 7f3c-$site at $window UTC, and 81aa-$site a few minutes later.",
            ),
            Exchange(
                "Do both gateways write to the same event store, and {what|which value} is `echo.queue.capacity` "
                "set to?",
                "Both use the same store. The capacity is at its default, we never touched it.",
            ),
        ),
        notes=(
            (
                "Both delivery ids reach the gateway and are answered 200, but there is no event in the store. The "
                "queue was full: `offer` returned false and nobody looked."
            ),
            (
                "Worked out with $colleague: default capacity 500 is too small for {a monorepo|their merge traffic}"
                ". 200 is answered before the event is queued; that part is a defect, $ticket."
            ),
        ),
        updates=(
            (
                "We can see both of your examples arrive. The gateway's queue was full at that moment and the event "
                "was dropped, although the Git server got a 200. {That must not happen|This is a defect} and is "
                "filed as $ticket."
            ),
            (
                "As a workaround please set `echo.queue.capacity` to 5000 on both gateways. {With your load|From "
                "your numbers} this leaves room for {ten|twenty} times the morning peak."
            ),
        ),
        fix="$fixed answers 503 when the queue is full, so that the Git server delivers again, and the default "
        "capacity is 5000. With the setting you have now, no event was lost for a week, so you may update "
        "whenever it suits you.",
        confirm="No missed builds {since|after} the change. {We will update next month|The update is planned}.",
        cause="Event queue overflow answered as success.",
    ),
    Topic(
        key="orchestrator-memory",
        product="Pipeline",
        subjects=(
            "Orchestrator on $host is killed for memory every {few|$hours} hours",
            "Memory of the orchestrator grows until restart ($version)",
        ),
        openings=(
            (
                "The orchestrator on $host grows from 2 GB to its limit of 8 GB within $hours hours and is then "
                "killed. Executions that run at that moment {fail|are lost} and teams have to start them again by "
                "hand. Heap dump available on request."
            ),
            (
                "We see OutOfMemory on the orchestrator {about once a day|several times a week} since $version. "
                "{Raising|Doubling} the limit only delays it. $users developers depend on this {instance|"
                "installation}."
            ),
        ),
        exchanges=(
            Exchange(
                "A heap dump would help us most. You can upload it to the secure drop of this case; the link is "
                "valid for 72 hours. How many executions does your largest {application|project} keep?",
                "Uploaded, {4.1|6.3} GB compressed. The largest application keeps {all|every one} of its "
                "executions, about $count.",
            ),
            Exchange(
                "Would it be possible to set `pollers.history.max-per-application` to 200 on {one|a test} node and "
                "to watch the heap for a day?",
                "We set it to 200 on $host. After {20|26} hours the heap is at 3 GB and flat.",
            ),
        ),
        notes=(
            (
                "Heap dump: 71 % are execution contexts, held by the history poller. It loads the {whole|complete} "
                "history of an application."
            ),
            "Limit on the poller works at the customer's. Permanent fix is paging, $ticket, planned for $fixed.",
        ),
        updates=(
            (
                "The dump shows that the history poller keeps {complete|all old} executions in memory. We would "
                "like to try a limit with you before we {change|touch} the code."
            ),
            Reply(
                "Your result confirms it. ",
                "Please set the limit on all nodes; nothing is deleted, the older executions are still in the "
                "database and can be opened from the archive view.",
                "{In our lab|With your dump in our lab} the heap stays flat with a limit of 200. ",
            ),
        ),
        fix="With the limit of 200 in place the memory is stable. $fixed pages through the history and makes the "
        "limit unnecessary. {I propose to close this case|We suggest to resolve this case} with the setting as "
        "it is.",
        confirm="{Memory is flat for a week now|Five days without a restart}. {Agreed|OK for us}.",
        cause="History poller loaded complete executions.",
    ),
)
