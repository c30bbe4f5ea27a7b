"""What administrators set up: severities, escalation templates, service level definitions, the local reason."""

from snow_escalations.sandbox.desk.moments import DAY, HOUR, Moment, stored_duration
from snow_escalations.sandbox.desk.rows import Row, Rows
from snow_escalations.sandbox.desk.staff import Staff
from snow_escalations.sandbox.desk.texts.setup import LOCAL_REASON, SEVERITIES, SLAS, TEMPLATES

_SET_UP = 700 * DAY


class Setup:
    """Configuration rows, each by its name.

    Attributes:
        severities: `sn_customerservice_escalation_severity`.
        templates: `sn_customerservice_escalation_template`.
        slas: `contract_sla`.
        durations: length of each service level, by the same names.
    """

    def __init__(self, rows: Rows, staff: Staff, now: Moment) -> None:
        since = now - _SET_UP
        self.severities: dict[str, Row] = {
            name: rows.add(
                "sn_customerservice_escalation_severity",
                since,
                "admin",
                name=name,
                style=style,
                order=order,
                active="true",
            )
            for name, style, order in SEVERITIES
        }
        self.templates: dict[str, Row] = {}
        for name, kind, skip, group, add_manager, watchers in TEMPLATES:
            self.templates[name] = rows.add(
                "sn_customerservice_escalation_template",
                since,
                "admin",
                name=name,
                type=kind,
                skip_approval=skip,
                use_default_approval="true",
                approval_group=staff.groups[group]["sys_id"] if group else "",
                add_group_manager=add_manager,
                watch_list=",".join(staff.people[watcher].sys_id for watcher in watchers),
                active="true",
            )
        self.slas: dict[str, Row] = {}
        self.durations = {name: hours * HOUR for name, _, _, hours in SLAS}
        for name, target, collection, _ in SLAS:
            self.slas[name] = rows.add(
                "contract_sla",
                since,
                "admin",
                name=name,
                target=target,
                collection=collection,
                duration=stored_duration(self.durations[name]),
                type="SLA",
                active="true",
            )
        rows.add("sys_choice", since, "admin", **LOCAL_REASON)
