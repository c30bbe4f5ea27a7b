"""A small world for tests: people, incidents of several states, a case with an escalation and its approval."""

from typing import Any

ABEL, BOW, GROUP, DEPARTMENT = "a" * 32, "b" * 32, "c" * 32, "d" * 32
ACCOUNT, CONTACT, CASE, ESCALATION, APPROVAL = "1" * 32, "2" * 32, "3" * 32, "4" * 32, "5" * 32
INCIDENTS = tuple(f"{index:x}0{index:030x}" for index in range(1, 9))

Rows = dict[str, list[dict[str, Any]]]


def incident(index: int, **more: str) -> dict[str, str]:
    return {
        "sys_id": INCIDENTS[index],
        "number": f"INC{index + 1:07d}",
        "short_description": f"Incident {index + 1}",
        "opened_at": f"2026-11-{10 + index:02d} 09:00:00",
        "sys_created_on": f"2026-11-{10 + index:02d} 09:00:00",
        "sys_updated_on": f"2026-11-{10 + index:02d} 10:00:00",
        "sys_mod_count": "3",
        **more,
    }


def small_world() -> Rows:
    """Rows by table."""
    return {
        "sys_user": [
            {"sys_id": "0" * 31 + "1", "user_name": "admin", "name": "System Administrator"},
            {
                "sys_id": ABEL,
                "user_name": "abel.tuter",
                "name": "Abel Tuter",
                "manager": BOW,
                "department": DEPARTMENT,
                "time_zone": "America/Los_Angeles",
                "date_format": "dd/MM/yyyy",
                "time_format": "hh:mm:ss a",
                "user_password": "sesame",
                "email": "abel@example.com",
            },
            {"sys_id": BOW, "user_name": "bow.ruggeri", "name": "Bow Ruggeri", "user_password": "sesame"},
        ],
        "sys_user_role": [{"sys_id": "e" * 32, "name": "itil"}],
        "sys_user_has_role": [{"sys_id": "e1" * 16, "user": ABEL, "role": "e" * 32}],
        "cmn_department": [{"sys_id": DEPARTMENT, "name": "Accounting"}],
        "sys_user_group": [{"sys_id": GROUP, "name": "Service Desk", "manager": BOW}],
        "incident": [
            incident(0, state="1", assigned_to=ABEL, caller_id=BOW, priority="1", assignment_group=GROUP),
            incident(1, state="2", assigned_to=ABEL, priority="2", watch_list=f"{ABEL},{BOW},guest@example.com"),
            incident(2, state="7", active="false", priority="3", close_code="Solution provided"),
            incident(3, state="3", assigned_to=BOW, priority="4", contact_type=""),
            incident(4, state="1", priority="5", calendar_stc="102197", business_duration="1970-01-02 04:23:00"),
            incident(5, state="6", active="false", priority="3", category="network"),
        ],
        "customer_account": [{"sys_id": ACCOUNT, "name": "Boxeo", "number": "ACCT0010001"}],
        "customer_contact": [
            {"sys_id": CONTACT, "user_name": "geri", "name": "Geri Forness", "account": ACCOUNT},
        ],
        "sn_customerservice_case": [
            {
                "sys_id": CASE,
                "number": "CS0010001",
                "state": "10",
                "account": ACCOUNT,
                "contact": CONTACT,
                "assigned_to": ABEL,
                "active_escalation": ESCALATION,
                "sys_mod_count": "4",
            }
        ],
        "sn_customerservice_escalation": [
            {
                "sys_id": ESCALATION,
                "number": "ESC0010001",
                "state": "100",
                "source_record": CASE,
                "source_table": "sn_customerservice_case",
                "reason": "1",
            }
        ],
        "sysapproval_approver": [
            {
                "sys_id": APPROVAL,
                "approver": BOW,
                "state": "requested",
                "sysapproval": ESCALATION,
                "document_id": ESCALATION,
                "source_table": "sn_customerservice_escalation",
            }
        ],
        "sys_journal_field": [
            journal_row(CASE, "comments", "2026-11-20 10:00:00", "geri", "Is anybody there?"),
            journal_row(CASE, "work_notes", "2026-11-20 11:00:00", "abel.tuter", "Looking\ninto it"),
            journal_row(CASE, "comments", "2026-11-20 12:00:00", "abel.tuter", "Yes, we are."),
        ],
    }


def journal_row(record: str, element: str, created_on: str, user_name: str, text: str) -> dict[str, str]:
    return {
        "name": "sn_customerservice_case",
        "element_id": record,
        "element": element,
        "value": text,
        "sys_created_by": user_name,
        "sys_created_on": created_on,
    }
