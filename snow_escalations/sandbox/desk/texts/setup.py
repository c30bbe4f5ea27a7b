"""Configuration of the demo desk's instance."""

SEVERITIES = (("High Severity", "background-color:red", "100"), ("Medium Severity", "background-color:orange", "200"))
"""`(name, style, order)`: the two base severities."""

TEMPLATES = (
    ("Case Escalation", "case", "false", "Escalation Approvers", "true", ("helen.sato",)),
    (
        "Account Escalation",
        "account",
        "false",
        "Account Escalation Board",
        "false",
        ("marta.kowalczyk", "liam.brennan"),
    ),
    ("Case Escalation (Premier)", "case", "true", "", "false", ("helen.sato",)),
)
"""`(name, type, skips approval, approval group, adds the manager of the case's group, watch list)`."""

SLAS = (
    ("Case resolution - P1", "resolution", "sn_customerservice_case", 48),
    ("Case resolution - P2", "resolution", "sn_customerservice_case", 240),
    ("Case resolution - P3", "resolution", "sn_customerservice_case", 480),
    ("Case resolution - P4", "resolution", "sn_customerservice_case", 960),
    ("Escalated case response - 4 hours", "response", "sn_customerservice_case", 4),
    ("Escalated case response - 8 hours", "response", "sn_customerservice_case", 8),
    ("Escalated account response - 4 hours", "response", "sn_customerservice_escalation", 4),
    ("Escalated account response - 8 hours", "response", "sn_customerservice_escalation", 8),
)
"""`(name, target, table, hours)`; the four escalation levels have the names of the shipped ones."""

LOCAL_REASON = {
    "name": "sn_customerservice_escalation",
    "element": "reason",
    "value": "3",
    "label": "Executive Visibility",
    "sequence": "40",
    "language": "en",
    "inactive": "false",
}
"""The `sys_choice` row of a reason that this instance added to the three base ones."""
