"""Recorded answers of real instances, and the sandboxes that hold what they show."""

import json
import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

ROOT = Path(__file__).parents[2]
FOLDER = Path(os.environ.get("SHARED_DIR", ROOT.parent / "shared")) / "recordings"

needs_recordings = pytest.mark.skipif(not FOLDER.is_dir(), reason=f"no recordings at {FOLDER} (set SHARED_DIR)")

Row = dict[str, Any]


def text(name: str) -> str:
    """A recording as it is."""
    return (FOLDER / name).read_text(encoding="utf-8")


def loaded(name: str) -> Any:
    """A recording in JSON."""
    return json.loads(text(name))


@dataclass(frozen=True)
class Exchange:
    """A recorded request with the answer to it."""

    method: str
    url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: str

    @property
    def host(self) -> str:
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def target(self) -> str:
        return self.url.removeprefix(self.host)

    @property
    def rows(self) -> list[Row]:
        result = json.loads(self.body)["result"]
        return result if isinstance(result, list) else [result]

    def header(self, name: str) -> str | None:
        return dict(self.headers).get(name)


@cache
def exchange(name: str) -> Exchange:
    """One entry of a HAR file."""
    entry = loaded(name)
    return Exchange(
        method=entry["request"]["method"],
        url=entry["request"]["url"],
        status=entry["response"]["status"],
        headers=tuple((header["name"], header["value"]) for header in entry["response"]["headers"]),
        body=entry["response"]["bodyText"],
    )


def named_host(host: str) -> dict[str, str]:
    """Properties by which an instance calls itself by the host of a recording."""
    return {"glide.rest.replace_request_host_with_property": "true", "glide.servlet.uri": f"{host}/"}


AUDIT = {"sys_id", "sys_created_by", "sys_created_on", "sys_mod_count", "sys_tags", "sys_updated_by", "sys_updated_on"}


def table_of_rows(rows: Iterable[Mapping[str, Any]], **more: Any) -> dict[str, Any]:
    """A table definition with exactly the keys of recorded rows: references by their links, all else text."""
    fields: dict[str, Any] = {}
    for row in rows:
        for name, value in row.items():
            if isinstance(value, Mapping) and "link" in value:
                fields[name] = {"type": "reference", "reference": value["link"].split("/")[-2]}
            else:
                fields.setdefault(name, {"type": "string", "max_length": 8000})
    if "sys_class_name" in fields:
        fields["sys_class_name"] = {"type": "sys_class_name"}
    own = {name: field for name, field in fields.items() if name not in AUDIT}
    return {"audit": "full" if "sys_tags" in fields else "untagged", "fields": own, **more}


def schema_file(folder: Path, tables: Mapping[str, Mapping[str, Any]]) -> Path:
    """A schema file of these tables."""
    path = folder / "tables.yaml"
    path.write_text(json.dumps({"tables": tables}, ensure_ascii=False, indent=1), encoding="utf-8")  # JSON is YAML
    return path


def between(low: str, high: str, count: int) -> list[str]:
    """So many sys_ids in ascending order between two others, neither included."""
    first, last = int(low, 16), int(high, 16)
    step = (last - first) // (count + 1)
    return [f"{first + step * (index + 1):032x}" for index in range(count)]


def after(low: str, count: int) -> list[str]:
    """So many sys_ids above another one."""
    return between(low, "f" * 32, count)


def before(high: str, count: int) -> list[str]:
    """So many sys_ids below another one."""
    return between("0" * 32, high, count)


def pages() -> list[dict[str, str]]:
    """The seven recorded pages of 622 users: url, Link, count, first and last sys_id."""
    found = []
    for block in re.split(r"\n\s*\n", text("j1-sys_user-seven-pages-link-2022-07-11.txt").strip()):
        lines = block.splitlines()
        ids = re.fullmatch(r"rows: (\d+) +first sys_id: (\w+) +last sys_id: (\w+)", lines[4])
        assert ids is not None
        found.append(
            {
                "url": lines[1].removeprefix("GET "),
                "total": lines[2].removeprefix("X-Total-Count: "),
                "link": lines[3].removeprefix("Link: "),
                "rows": ids[1],
                "first": ids[2],
                "last": ids[3],
            }
        )
    return found
