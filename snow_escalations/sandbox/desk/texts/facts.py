"""Facts that threads are told with: releases, hosts, error codes. A case draws its own and keeps them throughout."""

RELEASES = {
    "Pipeline": (("8.3.4", "8.4.0", "8.4.1"), ("8.4.0", "8.4.1", "8.4.2"), ("8.2.7", "8.4.1", "8.4.3")),
    "Ledger": (("2025.2", "2026.1", "2026.1.3"), ("2026.1", "2026.1.2", "2026.2"), ("2025.1", "2026.1.1", "2026.1.4")),
    "Bridge": (("5.9.2", "6.0.0", "6.0.3"), ("6.0.0", "6.0.2", "6.1.0"), ("5.8.8", "6.0.1", "6.0.4")),
    "Identity": (("24.10", "25.4", "25.4.2"), ("25.4", "25.10", "25.10.1"), ("24.4", "25.4.1", "25.4.3")),
    "Archive": (("11.2", "11.3", "11.3.1"), ("11.3", "11.3.2", "11.4"), ("10.9", "11.3.1", "11.3.4")),
    "Insight": (("4.18", "4.20", "4.20.2"), ("4.20", "4.21", "4.21.1"), ("4.17", "4.20.1", "4.22")),
}
"""`{product: triples of the release before, the one in use, and the one that brings the fix}`."""

CODES = {"Pipeline": "PIP", "Ledger": "LDG", "Bridge": "BRG", "Identity": "IDN", "Archive": "ARC", "Insight": "INS"}
"""`{product: prefix of its error codes}`."""

HOSTS = ("prd-app-02", "prd-app-11", "eu1-core-3", "fra-node-07", "dc2-srv-14", "ops-main-1", "blue-04", "k8s-prod-a")
ENVIRONMENTS = ("production", "pre-production", "the EU cluster", "region west", "the shared cluster")
SITES = ("0400", "1210", "EU1", "W12", "NORTH", "HQ2", "R07", "K3")
FILES = ("contracts_2019.tar", "minutes-board.pdf", "plans-b2.dwg", "claims-2021.zip", "personnel_0411.tar")
WINDOWS = ("01:30", "02:15", "03:00", "04:45", "05:30", "06:00", "22:40")

MONTHS = {
    "en": ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
           "December"),
    "de": ("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November",
           "Dezember"),
}  # fmt: skip
"""Names of months, for dates in sentences; languages without an entry write dates as in ISO 8601."""

GROUPING = {"de": ".", "es": ".", "pb": ".", "fr": "\u202f"}
"""What separates thousands, by language; a comma elsewhere."""
