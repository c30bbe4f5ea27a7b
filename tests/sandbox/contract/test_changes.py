"""Change requests in both kinds of values, as five recorded exports show them."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.sandbox import recorded
from tests.sandbox.contract.recordings import CHANGES
from tests.sandbox.contract.wire import in_order
from tests.sandbox.recorded import needs_recordings

pytestmark = needs_recordings


@pytest.mark.parametrize("name", CHANGES)
def test_change_requests_show_values_and_display_values(launch, tmp_path: Path, name: str) -> None:
    body = recorded.loaded(name)
    change = ChangeTables([row for file in CHANGES for row in recorded.loaded(file)["result"]], body["result"])
    client = launch(
        schema=(recorded.schema_file(tmp_path, change.schema),),
        rows=change.rows,
        properties={"glide.sys.default.tz": "Europe/Brussels"},
    )
    fields = ",".join(sorted(body["result"][0]))
    options = f"sysparm_display_value=all&sysparm_exclude_reference_link=true&sysparm_fields={fields}"
    query = "numberIN" + ",".join(row["number"]["value"] for row in body["result"])
    ours = client.get(f"/api/now/table/change_request?{options}&sysparm_query={query}^ORDERBYnumber").json()
    wanted = {"result": sorted(body["result"], key=lambda row: row["number"]["value"])}
    if name in {"sts-chg0000003.json", "sts-chg0040007_custom_cr_fields.json"}:
        assert ours == wanted  # edited by hand, sorted by a tool
    else:
        assert in_order(ours) == in_order(wanted)


class ChangeTables:
    """Tables and rows that show what recorded change requests show."""

    def __init__(self, all_rows: list[dict[str, Any]], rows: list[dict[str, Any]]) -> None:
        self.rows: dict[str, list[dict[str, str]]] = {"change_request": [], "sys_journal_field": [], "sys_user": []}
        self._named: dict[str, dict[str, str]] = {}
        pairs: dict[str, list[tuple[str | None, str]]] = {}
        for row in all_rows:
            for field, pair in row.items():
                pairs.setdefault(field, []).append((pair["display_value"], pair["value"]))
        known = set(recorded.loaded("vm-task-list.json")["result"][0])
        own, overrides = {}, {}
        for field, found in pairs.items():
            kind = self._kind(field, found)
            if field not in known:
                own[field] = kind
            elif field in {"state", "contact_type"}:
                overrides[field] = {"choices": kind["choices"]}
        self.schema = {
            "change_request": {"label": "Change Request", "extends": "task", "fields": own, "overrides": overrides}
        }
        for target in ("named", "cmdb_ci", "cmdb_ci_service"):
            self.schema[target] = {"display": "name", "fields": {"name": "string"}}
        for row in rows:
            self._add(row)
        self.rows["sys_user"].append({"sys_id": "f" * 32, "user_name": "journal", "name": "System Administrator"})

    def _kind(self, field: str, found: list[tuple[str | None, str]]) -> dict[str, Any]:
        filled = [(display, value) for display, value in found if value]
        if any(display is None for display, _ in found) or field in {"state", "phase", "phase_state", "scope", "risk"}:
            return {"type": "string", "choices": {value: display for display, value in filled} or {"none": "None"}}
        if any(re.fullmatch("[0-9a-f]{32}", value) and display != value for display, value in filled):
            return {"type": "reference", "reference": "named"}
        if any(re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", value) for _, value in filled):
            return {"type": "glide_date_time"}
        if any(display != value for display, value in filled):
            return {"type": "string", "choices": {value: display for display, value in filled}}
        return {"type": "string", "max_length": 4000}

    def _add(self, row: dict[str, Any]) -> None:
        stored = {field: pair["value"] for field, pair in row.items()}
        self.rows["change_request"].append(stored)
        for field, pair in row.items():
            if re.fullmatch("[0-9a-f]{32}", pair["value"]) and pair["display_value"] != pair["value"]:
                self._name(field, pair)
        history = row["approval_history"]["display_value"]
        for moment, text in reversed(re.findall(r"(\d{4}[-\d]+ [\d:]+) - [^\n]*\n(.*?)\n\n", history, re.DOTALL)):
            utc = datetime.strptime(moment, "%Y-%m-%d %H:%M:%S").replace(tzinfo=UTC) - timedelta(hours=1)
            self.rows["sys_journal_field"].append(
                {
                    "name": "change_request",
                    "element": "approval_history",
                    "element_id": stored["sys_id"],
                    "value": text,
                    "sys_created_by": "journal",
                    "sys_created_on": utc.strftime("%Y-%m-%d %H:%M:%S"),
                }
            )

    def _name(self, field: str, pair: dict[str, str]) -> None:
        people = {"opened_by", "closed_by", "assigned_to"}
        table = {"parent": "problem", "cmdb_ci": "cmdb_ci", "assignment_group": "sys_user_group"}.get(field, "named")
        table = "sys_user" if field in people else table
        name = "number" if table == "problem" else "name"
        row = {"sys_id": pair["value"], name: pair["display_value"]}
        if row not in self.rows.setdefault(table, []):
            self.rows[table].append(row)
