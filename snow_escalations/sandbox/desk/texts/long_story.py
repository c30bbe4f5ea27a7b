"""The justification of somebody who was asked to describe everything: logs, versions, ticket numbers, past dates."""

_PARAGRAPHS = (
    "I was asked to describe the history in full, so here it is.",
    (
        "On $iso_16_ago our night shift noticed that the backup of $host had not finished when the shops opened. We "
        "opened this case the same morning. Log of that night:"
    ),
    (
        "02:14:07 INFO  scan  volume=$site files=$count changed=$count mode=ctime\n02:14:09 WARN  scan  $code every "
        "file reported as changed\n06:58:41 INFO  copy  $percent % done, estimated end 11:40\n07:00:00 WARN  window "
        "exceeded"
    ),
    (
        "We run Archive $version on four nodes, before that $previous. The storage is three years old; the firmware "
        "is 9.12.1 and was last updated in March. Ticket INC-2024-11873 of our storage vendor was closed without a "
        "finding on 12/03/2024."
    ),
    (
        "Your engineer asked for the report of a good and of a bad night. We sent both. Then we were asked for the "
        "list of changes, which has $count lines and took our operator half a day to export because of the size "
        "limit of the upload."
    ),
    (
        "In the second week a new theory came up, a scanner. Our security team, which is another company, needed "
        "four days to answer. They confirm a roll-out, but say that reading a file does not change it. We are "
        "between the two of you and cannot judge that."
    ),
    (
        "What it means for us: store servers answer slowly until eleven, the cashiers wait for price look-ups, and "
        "on Saturdays there are queues. $users people are affected in one way or the other. Nobody is in danger and "
        "no data is lost, and we know that other customers have worse."
    ),
    (
        "We have tried: restarting the agents (three times), a full backup over the weekend (no difference), "
        "excluding the largest share (window kept, but that share had no backup for two nights, which our auditors "
        "noted)."
    ),
    (
        "We would like to know: who is the engineer in charge, what is the plan, and when do we get compare mode "
        "`content` tested with our own data, as was offered on the phone? A realistic date is worth more to us than "
        "an early one."
    ),
    "For completeness, the second log:",
    (
        "02:11:52 INFO  scan  volume=$site files=$count changed=$count mode=ctime\n02:11:54 WARN  scan  $code every "
        "file reported as changed\n06:59:12 INFO  copy  $percent % done, estimated end 10:55\n07:00:00 WARN  window "
        "exceeded\n10:57:33 INFO  done  duration=08:45:41"
    ),
    (
        "You asked whether other volumes show the same. Two of eleven do, both on the older controller; the nine on "
        "the newer one are saved within 40 minutes as ever. We moved one small share from the old controller to the "
        "new one on $iso_6_ago to see what happens: its backup is as slow as before, so the controller alone does "
        "not explain it. We did not move more, because each move is a full copy for you and a night of work for us."
    ),
    (
        "You also asked for the exact order of events in the night in which it began. As far as we can tell from "
        "our change calendar: 18:00 scanner package distributed to the test group (not these servers); 19:30 "
        "operating system patches on two of the four nodes; 21:00 normal reboot; 02:14 backup starts and reports "
        "every file as changed. The scanner reached these servers only the day after. This is why we do not believe "
        "that the scanner is the whole story, although it may be a part of it, and why we asked twice to look at "
        "the patches as well."
    ),
    (
        "We would not escalate if it were only slow. What worries us is that nobody owns it: the first engineer "
        "wrote that he would come back within two working days, and he may have had good reasons not to, but we "
        "learned about them from nobody. A short message every second day, even with nothing in it, would have kept "
        "this text from being written."
    ),
    "I apologise for the length. My manager wanted to see everything in one place, and so do I by now.",
)

LONG_STORY = "\n\n".join(_PARAGRAPHS)
