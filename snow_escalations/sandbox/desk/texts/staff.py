"""The people and groups of Corvane Software, the vendor whose desk this is. The cast is the same for every seed."""

DEPARTMENTS = {
    "Customer Support": "marta.kowalczyk",
    "Escalation Management": "helen.sato",
    "Customer Success": "liam.brennan",
}
"""`{name: user name of the head}`."""

GROUPS = {
    "Pipeline Support": "deborah.klein",
    "Ledger Support": "stefan.brandt",
    "Bridge Support": "stefan.brandt",
    "Identity Support": "claire.moreau",
    "Archive Support": "kenji.ito",
    "Insight Support": "claire.moreau",
    "Escalation Managers": "helen.sato",
    "Escalation Approvers": "marta.kowalczyk",
    "Account Escalation Board": "marta.kowalczyk",
}
"""`{name: user name of the manager}`; each product has the group "<product> Support"."""

RIGHTS = {
    "agent": ("sn_customerservice_agent",),
    "approver": ("sn_customerservice_agent", "approver_user"),
    "manager": ("sn_customerservice_manager",),
    "approval admin": ("sn_customerservice_manager", "approval_admin"),
    "left": ("sn_customerservice_manager",),
}
"""`{kind of employee: names of roles}`; whoever `left` is inactive."""

FORMATS = {
    "US/Central": ("MM-dd-yyyy", "hh:mm:ss a"),
    "Europe/Berlin": ("dd.MM.yyyy", "HH:mm:ss"),
    "Europe/Zurich": ("dd.MM.yyyy", "HH:mm:ss"),
    "Europe/Dublin": ("dd/MM/yyyy", "HH:mm:ss"),
    "Europe/London": ("dd/MM/yyyy", "HH:mm:ss"),
    "Europe/Paris": ("dd/MM/yyyy", "HH:mm:ss"),
    "Europe/Madrid": ("dd/MM/yyyy", "HH:mm:ss"),
    "America/Sao_Paulo": ("dd/MM/yyyy", "HH:mm:ss"),
    "Europe/Lisbon": ("dd-MM-yyyy", "HH:mm:ss"),
}
"""`{time zone: (date format, time format)}` of the employees there, as in `sys_user`; elsewhere the instance's own."""

COLUMNS = (
    "user_name",
    "first_name",
    "last_name",
    "title",
    "department",
    "zone",
    "language",
    "kind",
    "manager",
    "groups",
)

STAFF = """
marta.kowalczyk|Marta|Kowalczyk|Director|Customer Support|Europe/Dublin|en|manager||Escalation Approvers, Account Escalation Board
helen.sato|Helen|Sato|Head of Escalation Management|Escalation Management|US/Central|en|approval admin|marta.kowalczyk|Escalation Managers, Escalation Approvers, Account Escalation Board
deborah.klein|Deborah|Klein|Support Manager|Customer Support|US/Central|en|manager|marta.kowalczyk|Pipeline Support, Escalation Approvers
stefan.brandt|Stefan|Brandt|Support Manager|Customer Support|Europe/Berlin|de|manager|marta.kowalczyk|Ledger Support, Bridge Support, Escalation Approvers
claire.moreau|Claire|Moreau|Support Manager|Customer Support|Europe/Paris|fr|manager|marta.kowalczyk|Identity Support, Insight Support
kenji.ito|Kenji|Ito|Support Manager|Customer Support|Asia/Tokyo|ja|manager|marta.kowalczyk|Archive Support
own.rows|Olga|Rowan|Support Manager|Customer Support|Europe/Dublin|en|manager|marta.kowalczyk|Escalation Approvers
robert.hale|Robert|Hale|Support Manager|Customer Support|US/Central|en|left|marta.kowalczyk|
victor.almeida|Victor|Almeida|Escalation Manager|Escalation Management|America/Sao_Paulo|pb|approver|helen.sato|Escalation Managers
nadia.rahman|Nadia|Rahman|Escalation Manager|Escalation Management|Asia/Kolkata|en|approver|helen.sato|Escalation Managers, Account Escalation Board
liam.brennan|Liam|Brennan|Head of Customer Success|Customer Success|Europe/Dublin|en|approver|marta.kowalczyk|
ines.carvalho|Inês|Carvalho|Technical Account Manager|Customer Success|Europe/Lisbon|pt|agent|liam.brennan|
jonas.weber|Jonas|Weber|Technical Account Manager|Customer Success|Europe/Zurich|de|agent|liam.brennan|
ada.lindholm|Ada|Lindholm|Support Engineer|Customer Support|Europe/Stockholm|en|agent|deborah.klein|Pipeline Support
tyrone.banks|Tyrone|Banks|Senior Support Engineer|Customer Support|US/Central|en|agent|deborah.klein|Pipeline Support, Identity Support
mei.chen|Mei|Chen|Support Engineer|Customer Support|Asia/Singapore|en|agent|kenji.ito|Pipeline Support, Archive Support
lukas.huber|Lukas|Huber|Support Engineer|Customer Support|Europe/Berlin|de|agent|stefan.brandt|Ledger Support
heike.sommer|Heike|Sommer|Senior Support Engineer|Customer Support|Europe/Berlin|de|approver|stefan.brandt|Bridge Support, Ledger Support
paula.ortega|Paula|Ortega|Support Engineer|Customer Support|Europe/Madrid|es|agent|stefan.brandt|Ledger Support, Insight Support
rafael.teixeira|Rafael|Teixeira|Support Engineer|Customer Support|America/Sao_Paulo|pb|agent|stefan.brandt|Ledger Support, Bridge Support
camille.petit|Camille|Petit|Support Engineer|Customer Support|Europe/Paris|fr|agent|claire.moreau|Ledger Support, Identity Support
aoife.kelly|Aoife|Kelly|Support Engineer|Customer Support|Europe/Dublin|en|agent|claire.moreau|Identity Support, Insight Support
arjun.nair|Arjun|Nair|Senior Support Engineer|Customer Support|Asia/Kolkata|en|agent|stefan.brandt|Bridge Support, Ledger Support
sunita.rao|Sunita|Rao|Support Engineer|Customer Support|Asia/Kolkata|en|agent|claire.moreau|Insight Support, Archive Support
haruka.mori|Haruka|Mori|Support Engineer|Customer Support|Asia/Tokyo|ja|agent|kenji.ito|Archive Support, Insight Support
case.agent|Ben|Fowler|Support Engineer|Customer Support|Europe/London|en|agent|kenji.ito|Archive Support, Bridge Support
"""  # noqa: E501 - one person a line
"""One employee a line, in the order of `COLUMNS`."""

ACCOUNTS = (
    ("admin", "System Administrator", "admin", ("admin",)),
    (
        "snow.escalations",
        "Corvane Escalation Desk",
        "sandbox",
        (
            "sn_customerservice_agent",
            "sn_crm_escalation_config_viewer",
            "approval_admin",
            "audit_viewer",
            "personalize_choices",
        ),
    ),
    ("itil.user", "Ivo Ruiz", "sandbox", ("itil",)),
    ("read.only", "Read Only", "sandbox", ("snc_read_only",)),
    ("no.role", "No Role", "sandbox", ()),
)
"""`(user name, name, password, roles)` of the accounts that are no employees of the desk."""

DELEGATIONS = (
    ("stefan.brandt", "heike.sommer", -4, 10),
    ("stefan.brandt", "heike.sommer", -40, -26),
    ("deborah.klein", "tyrone.banks", -30, -9),
    ("marta.kowalczyk", "helen.sato", 12, 26),
)
"""`(user, delegate, first day, last day)`, days from now: one in force, two that ended, one that has not begun."""
