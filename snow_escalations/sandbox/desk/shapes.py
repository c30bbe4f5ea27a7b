"""How threads of ordinary cases run: by state of the case, the beats that led there.

A beat is one entry of the journal, and who writes it. Its text is the topic's next one of that kind (`topic.py`) or,
for the last six, what the voice of the language says in any case.
"""

BEATS = {
    "take": "agent",
    "ask": "agent",
    "give": "customer",
    "note": "note",
    "update": "agent",
    "fix": "agent",
    "confirm": "customer",
    "chase": "customer",
    "hold": "agent",
    "reminder": "agent",
    "close": "agent",
    "withdraw": "customer",
    "cancel": "agent",
}
"""`{beat: who writes it}`; a `note` is the agent's, for internal eyes."""

NEW, OPEN, AWAITING_INFO, RESOLVED, CLOSED, CANCELED = "1", "10", "18", "6", "3", "7"

SHAPES = {
    NEW: ("", "", "note"),
    OPEN: (
        "take",
        "take give",
        "take give note",
        "take give note update",
        "take give note update chase",
        "take give note ask give note update",
        "take give note chase hold ask give note update",
        "take give note ask give note update chase hold note update",
        "note take give note update chase hold chase update",
    ),
    AWAITING_INFO: (
        "take",
        "take reminder",
        "take give note ask",
        "take give note update ask reminder",
        "note take give note chase hold update ask reminder",
    ),
    RESOLVED: (
        "take give note fix",
        "take give note update fix",
        "take give note ask give note update fix",
        "take give note update chase update note fix confirm",
    ),
    CLOSED: (
        "take give note fix confirm close",
        "take give note update fix confirm close",
        "take give note ask give note update fix confirm close",
        "take give note update ask give note update fix close",
        "take give chase hold note ask give note update fix confirm close",
    ),
    CANCELED: ("withdraw cancel", "take withdraw cancel", "take give note withdraw cancel"),
}
"""`{state: shapes}`, the shapes from short to long."""

ORDINARY = ((NEW, 8), (OPEN, 28), (AWAITING_INFO, 13), (RESOLVED, 13), (CLOSED, 34), (CANCELED, 4))
"""`(state, share in per cent)` of the cases that nobody escalated."""
