"""Threads about Corvane Ledger, the finance product."""

from snow_escalations.sandbox.desk.topic import Exchange, Topic

TOPICS = (
    Topic(
        key="period-close-slow",
        product="Ledger",
        subjects=(
            "Period close {takes|needs} $hours hours since $version",
            "{Month-end|Period} close does not finish in the night window",
        ),
        openings=(
            (
                "The period close {takes|runs} $hours hours since we are on $version; with $previous it was {under "
                "two hours|about 90 minutes}. The job spends its time in step {7|12} (intercompany elimination). "
                "{Finance has to wait|Our accountants wait} until noon."
            ),
            (
                "Last {night|weekend} the close of entity $site did not finish before $window and we had to stop "
                "it. We have $count journal lines {this period|in the month}, not more than usual."
            ),
        ),
        exchanges=(
            Exchange(
                "Please send the job trace (`ledger trace close --period current`) and the execution plan of the "
                "statement that it names. Were statistics {gathered|updated} after the upgrade?",
                "Trace and plan attached. {Statistics were gathered on Sunday|Our DBA gathered statistics after the "
                "upgrade}. The plan has a full scan on LEDGER_LINES.",
            ),
            Exchange(
                "The plan ignores the index LL_ENTITY_IX. {Would you please|Could your DBA} check whether it is "
                "{marked unusable|still valid}, and how many entities take part in the elimination?",
                "The index is {unusable indeed|invalid, yes}. We have $count2 entities, {all|most} of them in one "
                "group.",
            ),
        ),
        notes=(
            (
                "Full scan of LEDGER_LINES in elimination. Upgrade script 14 rebuilds the index offline and does "
                "not check the result: {out of temp space|ORA-01652 in their upgrade log}."
            ),
            (
                "Explained to the customer's DBA how to rebuild online. Upgrade script needs a check, $ticket with "
                "$colleague."
            ),
        ),
        updates=(
            (
                "The elimination scans the whole table because an index is missing from the plan. {Nothing is wrong "
                "with your data|Your figures are not affected}, it is {only|just} slow."
            ),
            (
                "Please let your DBA rebuild LL_ENTITY_IX online (statement attached, about $minutes minutes, no "
                "downtime). Then run the close of one small entity and tell us how long step 12 took."
            ),
        ),
        fix="With the index rebuilt, the close is back to normal. The upgrade script of $fixed verifies every index "
        "after the rebuild and stops if there is not enough temporary space.",
        confirm="{The close ran in 70 minutes tonight|Last night: 84 minutes}. {Finance is happy|Thank you, finance "
        "is relieved}.",
        cause="Index left unusable by the upgrade script.",
        pools={"count2": ("38", "54", "61", "112")},
    ),
    Topic(
        key="revaluation-wrong",
        product="Ledger",
        subjects=(
            "Currency revaluation uses {yesterday's|the wrong} rates for $currency",
            "Revaluation {differs|is off} by $amount for entity $site",
        ),
        openings=(
            (
                "The revaluation of entity $site {differs|is off} by $amount. It uses the rates of the {previous|"
                "last} day for $currency although today's rates are loaded. Our auditors {noticed|found} it."
            ),
            (
                "Since the rates come through the new {interface|feed}, the revaluation takes rates of the wrong "
                "day for $currency. We have to correct {by hand|manually} every morning, which is not acceptable "
                "for a {listed company|regulated business}."
            ),
        ),
        exchanges=(
            Exchange(
                "At what time does your feed deliver, and in which time zone is the rate table set up? A screenshot "
                "of {Setup > Rates > Sources|the rate source} would do.",
                "Delivery is at $window local time. The rate source is set to UTC, see the screenshot.",
            ),
            Exchange(
                "Could you run the revaluation in simulation for {one|a single} account and send the protocol?",
                "Protocol attached. Line 14 shows the rate date one day {early|before}.",
            ),
        ),
        notes=(
            (
                "Feed comes after local midnight but before midnight UTC, so it is booked to the day before. Works "
                "as {configured|designed}, but easy to get wrong."
            ),
            (
                "Suggested source time zone = entity time zone. Check with $colleague whether open periods must be "
                "revalued again: yes, {two|three} of them."
            ),
        ),
        updates=(
            (
                "The rates arrive before midnight UTC and are therefore filed under the day before. The cure is to "
                "set the time zone of the source to that of the entity. {I am checking|We are checking} what has to "
                "be done about the periods that are booked already."
            ),
            (
                "Two things remain: change the source, and revalue the open periods. The closed ones need no "
                "correction, {because|since} they were revalued with final rates."
            ),
        ),
        fix='Please set the time zone of the source to that of entity $site and run "Revalue open periods". The '
        "difference of $amount is reversed with the next run. The setup page of $fixed warns when the two zones "
        "differ.",
        confirm="Difference is gone, {the auditors have signed|our auditor accepted the protocol}. Thank you.",
        cause="Time zone of the rate source differed from the entity's.",
        pools={
            "currency": ("CHF", "SEK", "JPY", "BRL", "PLN"),
            "amount": ("EUR 41,208.11", "EUR 7,310.00", "USD 118,450.20", "GBP 2,904.77"),
        },
    ),
    Topic(
        key="bank-import-rejected",
        product="Ledger",
        subjects=(
            "camt.053 statements of {our bank|one bank} are rejected ($code)",
            "Bank statement import: $code since the bank changed its format",
        ),
        openings=(
            (
                "The statements of {one of our banks|our main bank} are rejected with $code since {Monday|the first "
                "of the month}. The bank says the file is valid camt.053 version 8. We cannot match payments and "
                "have $count open items."
            ),
            (
                "Import of $file fails: $code, element BkTxCd. Other banks {work|are fine}. We {book|enter} "
                "payments by hand {since last week|for days now}."
            ),
        ),
        exchanges=(
            Exchange(
                "Please attach one rejected file; amounts and names may be blanked. Which version of the bank "
                "formats package is installed (Setup > About)?",
                "Anonymised file attached. Bank formats is {2.4|2.6}, it came with $version.",
            ),
            Exchange(
                "We could import your file with formats 2.9. May we send you the package, and {do you have|is there}"
                " a test entity to try it in?",
                "Yes, entity $site is our test entity. Please send it.",
            ),
        ),
        notes=(
            "File is camt.053.001.08. Formats below 2.9 know only .02. Validates fine in the lab with 2.9.",
            (
                "Sent formats 2.9 by secure link. Told the customer that it replaces custom mappings; $colleague "
                "has exported theirs first."
            ),
        ),
        updates=(
            (
                "The bank moved to version 8 of the format, which your formats package does not know yet. {No "
                "update of Ledger is needed|Ledger itself stays as it is}, only the package."
            ),
            (
                "The package is in your secure drop. {Please|Kindly} import $file in the test entity first, and "
                "check the bank charges: version 8 reports them separately."
            ),
        ),
        fix="Please install formats 2.9 in production, by the same steps as in the test entity. The rejected files "
        "may simply be imported again; lines that you entered by hand are recognised as duplicates and listed for "
        "review.",
        confirm="All files of the last {two weeks|days} imported, $count items matched. {Perfect|Very good}.",
        cause="Bank formats package older than the bank's message version.",
        pools={"file": ("statement_0411.xml", "camt-7781.xml", "camt053_eod.xml")},
    ),
    Topic(
        key="invoice-tax",
        product="Ledger",
        subjects=(
            "{Wrong|Incorrect} tax code on invoices to $where",
            "Invoices are posted without tax since $version",
        ),
        openings=(
            (
                "Invoices to $where carry the domestic tax code since we {updated to|are on} $version. $count "
                "invoices went out wrong before somebody noticed. We have to cancel and {issue them again|repeat "
                "them}."
            ),
            (
                "Since the update to $version {some|a few} invoices are posted without tax. The rule set was not "
                "{changed|touched}. Our tax adviser wants {a list of|to know} what is affected."
            ),
        ),
        exchanges=(
            Exchange(
                "Could you export one wrong invoice with its determination log (More > Tax > Explain)? And which "
                "rule set is active for entity $site?",
                "Export attached. Rule set EU-STD, {version of January|the delivered one}.",
            ),
            Exchange(
                "Is the ship-to country filled in the order, or only in the {delivery|customer master}?",
                "Only in the customer master. {It was never needed in the order|The order form has no such field}.",
            ),
        ),
        notes=(
            (
                "$version evaluates ship-to of the order before that of the master; empty is treated as domestic. "
                "That is a change of behaviour, not in the release notes."
            ),
            (
                "Talked to $colleague (tax): will be restored in $fixed. Query to list affected invoices prepared "
                "and reviewed."
            ),
        ),
        updates=(
            (
                "We can see the cause: the new version treats an empty ship-to country as domestic. A script that "
                "lists all affected invoices is attached; it only reads."
            ),
            (
                "Until the fix arrives you can prevent new wrong invoices by making ship-to mandatory in the order "
                "form. {I can do it with you in a short call|It takes five minutes and I am glad to guide you}."
            ),
        ),
        fix='$fixed restores the order of evaluation. After the update please run "Redetermine tax" for the '
        "invoices of the list; it creates the cancellations and the corrected invoices in one batch.",
        confirm="Batch {went through|ran} without errors, $count invoices corrected. {Our tax adviser is satisfied|"
        "Thanks for the list, that saved us}.",
        cause="Empty ship-to country evaluated as domestic.",
        pools={"where": ("Switzerland", "Northern Ireland", "the Canary Islands")},
    ),
)
