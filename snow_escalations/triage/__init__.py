"""Judging, pure: what a dossier says, what the policy makes of it, and the reply that closes the loop.

No I/O and no clock: the instant is given, so the same functions judge live, rehearsed, tested and replayed dossiers.

    calendars  business time: windows, zones, public holidays
    reading    what a text says, with the words that say so
    evidence   facts of a dossier at an instant, each with its source or the reason why it could not be read
    policy     the team's rules: loaded with positions, judged with an explanation
    replies    templates, the draft and the check that it must pass
"""
