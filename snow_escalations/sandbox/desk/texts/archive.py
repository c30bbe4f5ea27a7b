"""Threads about Corvane Archive, the backup and retention product."""

from snow_escalations.sandbox.desk.topic import Exchange, Reply, Topic

TOPICS = (
    Topic(
        key="backup-window",
        product="Archive",
        subjects=(
            "Nightly backup of $host misses its window",
            "Backup {runs into|collides with} business hours since $version",
        ),
        openings=(
            (
                "The nightly backup of $host should end at $window, but {for two weeks|since the update} it runs "
                "until {10|11} o'clock. Users complain about slow file shares. $count GB, about the same as before."
            ),
            (
                "Our backup window is not kept any more: $hours hours instead of {four|five}. It began with "
                "$version. {Incrementals look like full backups|Every incremental moves as much as a full one}."
            ),
        ),
        exchanges=(
            Exchange(
                "Please send the job report of one good and one bad night, and the output of `archive changes "
                "--volume $site`.",
                "Reports and output attached. The list of changes contains {nearly all files|almost every file}, "
                "although nobody touched them.",
            ),
            Exchange(
                "All files have a new change time since {the 3rd|one certain night}. Did a virus scanner or a "
                "migration run over the share?",
                "A new scanner was rolled out {that week|at the time}. It seems to reset attributes.",
            ),
        ),
        notes=(
            (
                "ctime of every file moves nightly at $window: scanner. We compare ctime since $version, before it "
                "was mtime + size."
            ),
            (
                "Compare mode `content` avoids it at some CPU cost; tested on a copy with $colleague: $percent % of "
                "the volume instead of all."
            ),
        ),
        updates=(
            (
                "The backup believes that every file has changed, because something sets their change time each "
                "night. We suspect a scanner and are looking at the options."
            ),
            (
                "Compare mode `content` ignores the change time. In our test with your listing {only|just} $percent "
                "% of the files are saved. Please switch one volume first."
            ),
        ),
        fix="Please switch the remaining volumes to compare mode `content`. The first run still takes long, since "
        "it reads every file once; from the second night on the window is kept.",
        confirm="Ended at {02:40|03:15} last night. {Window kept for a week|Three good nights in a row}, thanks.",
        cause="Virus scanner changed the ctime of all files.",
    ),
    Topic(
        key="restore-checksum",
        product="Archive",
        subjects=(
            "Restore of $file fails: checksum mismatch",
            "$code checksum mismatch in restore test",
        ),
        openings=(
            (
                "During our {quarterly|yearly} restore test $count files could not be restored: $code checksum "
                "mismatch. All from {one|the same} night. Are our backups {usable|worth anything}?"
            ),
            (
                "We have to restore $file for {an audit|our legal department} and get $code. The second copy has "
                "the same error. {This is serious for us|We are bound by law to keep these files}."
            ),
        ),
        exchanges=(
            Exchange(
                "Please do not let any job delete generations of that volume for now. Could you send `archive "
                "verify --deep` for the night in question?",
                "Deletion is paused. The verify report is attached: $minutes blocks with errors, all in one "
                "container file.",
            ),
            Exchange(
                "May we have read access to that container, or could you upload it to the secure drop? It holds the "
                "parity that may repair it.",
                "Upload is running, {will take the night|about 180 GB}. Access for your engineer is set up as well.",
            ),
        ),
        notes=(
            (
                "Errors in one container only, written at $window. Storage had a path failover at that time "
                "according to their log. Parity should suffice."
            ),
            (
                "Repaired {offline|in the lab} from parity, all checksums match. $colleague checked the result "
                "independently. Root cause: write acknowledged by the array and lost."
            ),
        ),
        updates=(
            (
                "One container is damaged, the others are sound; we verified {all of them|every one}. It carries "
                "parity data, and there are good chances to repair it."
            ),
            (
                "The repair succeeded in our lab: every file in the container matches its checksum again. We will "
                "send you the repaired container and a report that you can show to your auditors."
            ),
        ),
        fix="Please replace the container by the repaired one (steps attached) and run `archive verify --deep` once "
        "more. From $fixed on each container is read back after writing.",
        confirm="Verify is clean, restore of $file worked. {The report was what our auditors wanted|We appreciate "
        "the report}.",
        cause="Lost write on the storage array; repaired from parity.",
    ),
    Topic(
        key="retention-hold",
        product="Archive",
        subjects=(
            "Legal hold {ignored|not respected} by retention job",
            "Retention removed {items|mailboxes} under legal hold ($count)",
        ),
        openings=(
            (
                "The retention job removed $count items that are under legal hold. Our legal department is {very|"
                "extremely} worried. They are in the recycle tier for 14 days, we believe. Version $version."
            ),
            (
                "We put mailboxes of site $site on hold {in spring|last month}, and yet the retention run of "
                "$window lists them as expired. It stopped because we pulled the plug."
            ),
        ),
        exchanges=(
            Exchange(
                "The recycle tier keeps them for 14 days, and I have frozen it for your tenant just now. Please "
                "export the hold and the policy (Policies > Export).",
                "Exports attached. The hold was created by a {former|retired} colleague; maybe that matters.",
            ),
            Exchange(
                Reply(
                    "It does matter: holds {of|owned by} deactivated users were skipped in $version. ",
                    "Could you list all holds with their owners?",
                    "Holds {of|owned by} deactivated users were skipped in $version. ",
                ),
                "There are $minutes holds, {three|two} with owners who left. We transferred them to the compliance "
                "account.",
            ),
        ),
        notes=(
            (
                "Hold evaluation joins on active users. Serious. Raised as $ticket with severity 1, $colleague "
                "informs product security."
            ),
            "Recycle tier frozen, all $count items present. Restore prepared with original time stamps.",
        ),
        updates=(
            (
                "All $count items are still there and can be restored with their original time stamps. The recycle "
                "tier of your tenant is frozen until we are done."
            ),
            Reply(
                "Transferring the holds, as you did, is safe until the fix arrives. ",
                "The defect is confirmed: a hold must not depend on the account of its owner.",
                "Until the fix arrives it is safe to transfer such holds to an account that stays. ",
            ),
        ),
        fix="The items are restored and $fixed evaluates holds whatever the state of their owner. We attach a "
        "statement for your legal department with the times of removal and restore.",
        confirm="Legal has accepted the statement. {All items are back|Counts match}. Thank you for acting at once.",
        cause="Holds of deactivated owners were not evaluated.",
    ),
)
