"""Threads about Corvane Insight, the reporting product."""

from snow_escalations.sandbox.desk.topic import Exchange, Topic

TOPICS = (
    Topic(
        key="dashboard-slow",
        product="Insight",
        subjects=(
            "The $board dashboard takes $minutes seconds to open",
            "Dashboards time out ($code) since {Monday|$version}",
        ),
        openings=(
            (
                "Our $board dashboard takes $minutes seconds to open, {before|with $previous} it was {three|four}. "
                "$users people use it {every morning|in the daily stand-up}."
            ),
            (
                "Since $version {several|many} dashboards end with $code after 60 seconds. {Small|Simple} ones "
                "work. The database is idle meanwhile."
            ),
        ),
        exchanges=(
            Exchange(
                "Please open the dashboard with `?trace=1` and send us the file that is offered at the end. How "
                "many tiles does it have?",
                "Trace attached. It has {22|31} tiles, all on the same data set.",
            ),
            Exchange(
                'The trace shows that each tile loads the data set by itself. Is "Shared extract" switched on for '
                "the data set?",
                "It is on. But there is {a row filter per user|row level security}, could that be the reason?",
            ),
        ),
        notes=(
            (
                "Shared extract is not used with row level security in $version, so $minutes loads instead of one. "
                "Worked in $previous because security was applied afterwards."
            ),
            (
                "$colleague: deliberate change for security reasons, but extracts per role are possible and nearly "
                "as fast."
            ),
        ),
        updates=(
            (
                "Each tile loads the data by itself, because extracts are no longer shared between users with "
                "different rights. That is safer, but slow in your case."
            ),
            (
                "Extracts per role would help: your $users users have only {six|nine} roles. I attach how to set it "
                "up; it takes about $minutes minutes and no downtime."
            ),
        ),
        fix="With extracts per role the dashboard opens in {three|under four} seconds in our copy. Please set it up "
        'as described and keep "Refresh at $window".',
        confirm="Opens in {3|4} seconds now. The {team|management} noticed at once.",
        cause="Shared extract not used with row level security.",
        pools={"board": ("sales", "operations", "supply chain", "claims")},
    ),
    Topic(
        key="reports-not-sent",
        product="Insight",
        subjects=(
            "Scheduled reports are not sent since {the weekend|Sunday}",
            "$count scheduled reports stuck in QUEUED",
        ),
        openings=(
            (
                "Since {the weekend|Sunday} no scheduled report has been sent. The list shows $count jobs in "
                "QUEUED. Sending by hand works. {Our regulator expects one of them daily|Branch managers wait for "
                "their figures}."
            ),
            (
                "The reports planned for $window were not sent {today|again}. No error anywhere. We restarted $host "
                "{twice|already}."
            ),
        ),
        exchanges=(
            Exchange(
                "Could you send the scheduler's log from the moment of the last report that was sent? Was the clock "
                "changed, or daylight saving time, at that weekend?",
                "Log attached. Yes, the clocks were changed that night, {at our site|in our country}.",
            ),
            Exchange(
                "Is there a job planned between 02:00 and 03:00 local time? It would be {one|a job} that did not "
                "exist in that night.",
                'Yes! "Stock per branch" at 02:30. It is {the first in the queue|at the very top}.',
            ),
        ),
        notes=(
            (
                "A job at 02:30 local in the night of the clock change has no valid time; scheduler waits for it "
                "for ever. $ticket."
            ),
            "Moved the job to 03:30 with the customer, queue drained within $minutes minutes. Fix in $fixed.",
        ),
        updates=(
            (
                "The queue waits for a job whose start time does not exist in the night of the clock change. If you "
                "move that job to 03:30, the others follow."
            ),
            (
                "The defect is filed as $ticket. Reports that were missed can be sent for past dates: select them "
                'and choose "Send as of".'
            ),
        ),
        fix="The queue is empty and all missed reports were sent as of their dates. $fixed skips times that do not "
        "exist; until then please avoid 02:00 to 03:00.",
        confirm="All reports arrive again. {We moved the other two jobs as well|Regulator informed}. Thank you.",
        cause="Scheduled time inside the gap of the clock change.",
    ),
    Topic(
        key="numbers-differ",
        product="Insight",
        subjects=(
            "Insight: $measure differs from the source by $percent %",
            "Totals do not match the source system",
        ),
        openings=(
            (
                "The $measure in Insight is $percent % higher than in the source. {Management|Our board} has "
                "{noticed|seen it} and {trust in the figures is gone|nobody trusts the figures now}. Data set "
                "$site, refreshed at $window."
            ),
            (
                "Totals of data set $site do not match: $count rows too many. {Refreshing does not help|A full "
                "refresh changes nothing}."
            ),
        ),
        exchanges=(
            Exchange(
                "Can you name one {order|record} that is counted twice? With its key we can follow it through the "
                "load.",
                "For example order $minutes-$percent-$hours in region {West|North}. It appears with two different "
                "load ids.",
            ),
            Exchange(
                "The second load id belongs to a run at $window that was reported as failed. Was it started again "
                "by hand?",
                "Yes, the operator started it again {that night|after the error}.",
            ),
        ),
        notes=(
            (
                "Failed load had committed {two|three} of five batches before the error; restart loaded them again. "
                "Should be idempotent, is not for append data sets."
            ),
            "Clean-up script reviewed by $colleague. Will ask for idempotent restart, $ticket.",
        ),
        updates=(
            (
                "The rows were loaded twice: a run failed half-way and was started again. A script to remove the "
                "second copy is being reviewed; it changes nothing before you confirm its list."
            ),
            (
                "Attached you find the list of $count rows that the script would remove. Please compare a few with "
                "the source and tell us whether we may run it."
            ),
        ),
        fix='The duplicates are removed and the totals match the source. Please start failed loads with "Resume" '
        'instead of "Run again"; $fixed does that by itself.',
        confirm="Totals match to the cent. {We informed the board|I told our management}. Please close the case.",
        cause="Restart of a failed load repeated committed batches.",
        pools={"measure": ("revenue", "stock", "headcount", "order volume")},
    ),
)
