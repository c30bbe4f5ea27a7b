"""The documentation is true: what it names exists, what exists is named, and its examples run."""

import ast
import importlib
import re
import shlex
import textwrap
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
import yaml

import snow_escalations
from snow_escalations.cli.main import COMMANDS, cli
from snow_escalations.errors import SnowEscalationsError
from snow_escalations.model import HoldCause
from snow_escalations.model.facts import FACTS
from snow_escalations.servicenow.doctor import FindingStatus
from snow_escalations.servicenow.errors import InstanceError
from snow_escalations.settings.model import Settings, known_variables
from snow_escalations.triage.policy.model import MATCHERS
from snow_escalations.triage.replies.templates import FILTERS

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = Path(snow_escalations.__file__).parent


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def commands() -> Iterator[tuple[str, click.Command]]:
    context = click.Context(cli)
    yield "", cli
    for name in COMMANDS:
        command = cli.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from ((f"{name} {sub}", made) for sub, made in command.commands.items())
        else:
            yield name, command


def section(document: str, heading: str) -> str:
    """What stands under a heading of the second level."""
    found = re.search(rf"^## {re.escape(heading)}$(.*?)(?=^## |\Z)", document, re.MULTILINE | re.DOTALL)
    assert found is not None, f"no section `{heading}`"
    return found[1]


@pytest.mark.parametrize(("name", "command"), [pytest.param(*item, id=item[0] or "root") for item in commands()])
def test_every_command_and_option_is_documented_and_no_other(name: str, command: click.Command) -> None:
    document = text("docs/cli.md")
    part = section(document, name) if name else document[document.index("| global") : document.index("`-h`")]
    options = {
        option
        for parameter in command.params
        if isinstance(parameter, click.Option)
        for option in parameter.opts
        if option.startswith("--")
    }
    documented = set(re.findall(r"--[a-z][a-z-]*", part)) - {"--help"}
    assert documented == options | ({"--version"} if not name else set())


def test_every_setting_is_documented_with_its_default_and_no_other() -> None:
    document = text("docs/settings.md")
    documented = {
        name.lower().replace(".", "__") for name in re.findall(r"^\| `([a-z_.]+)` \|", document, re.MULTILINE)
    }
    known = {name.removeprefix("SNOW_ESCALATIONS_").lower() for name in known_variables()}
    sections = {name for name in known if any(other.startswith(f"{name}__") for other in known)}
    assert documented == known - sections


def test_documented_defaults_of_the_dialect_are_the_defaults() -> None:
    plain = {"dialect": Settings.model_fields["dialect"].default.model_dump()}
    for name, default in re.findall(
        r"^\| `(dialect\.[a-z_.]+)` \| `([^`]*)` \|$", text("docs/settings.md"), re.MULTILINE
    ):
        value: object = plain
        for part in name.split("."):
            assert isinstance(value, dict)
            value = value[part]
        assert str(value) == default, name


def test_every_error_is_documented() -> None:
    document = text("docs/errors.md")
    for path in PACKAGE.rglob("*.py"):
        if "sandbox" in path.parts:
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        module = ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts)
        for node in tree.body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                made = getattr(importlib.import_module(module), node.name)
                if issubclass(made, SnowEscalationsError) and made not in {SnowEscalationsError, InstanceError}:
                    assert f"`{made.__name__}`" in document


def test_every_fact_matcher_filter_cause_and_status_is_documented() -> None:
    policy, shapes, replies = text("docs/policy.md"), text("docs/json.md"), text("docs/replies.md")
    words = [*FACTS, *(matcher for known in MATCHERS.values() for matcher in known)]
    words += [value for spec in FACTS.values() for value in spec.values]
    assert [word for word in words if f"`{word}`" not in policy] == []
    assert [name for name in FILTERS if f"`{name}`" not in replies] == []
    assert [item.value for item in [*HoldCause, *FindingStatus] if f"`{item.value}`" not in shapes] == []


def test_links_lead_somewhere() -> None:
    for document in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")]:
        for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", document.read_text(encoding="utf-8")):
            if not target.startswith("http"):
                assert (document.parent / target).exists(), f"{document.name}: {target}"


def test_tests_that_the_architecture_names_exist() -> None:
    for target in re.findall(r"`(tests/[\w/.]+)`", text("docs/architecture.md")):
        assert (ROOT / target).exists(), target


def blocks(document: str, language: str = "") -> list[str]:
    """The fenced blocks of a language, without the indentation of the list that they stand in."""
    found: list[str] = []
    inside: list[str] | None = None
    for line in document.splitlines():
        fence = re.fullmatch(r" *```(\w*)", line)
        if fence is None:
            if inside is not None:
                inside.append(line)
        elif inside is None:
            inside, opened = [], fence[1]
        else:
            if opened == language:
                found.append(textwrap.dedent("\n".join(inside)))
            inside = None
    return found


README_COMMANDS = [
    line.strip()
    for block in blocks(text("README.md"))
    for line in block.splitlines()
    if line.strip().startswith("snow-escalations ")
]


@pytest.mark.parametrize("line", README_COMMANDS)
def test_commands_of_the_readme_are_understood(line: str) -> None:
    """Each command line parses: `tests/cli/test_readme.py` runs them."""
    arguments = shlex.split(line, comments=True)[1:]
    context = click.Context(cli)
    name, command, rest = cli.resolve_command(context, arguments)
    assert command is not None
    with command.make_context(name, rest, parent=context) as made:
        assert made.command is command


def test_the_yaml_of_the_docs_is_yaml() -> None:
    for name in ("README.md", "docs/policy.md"):
        for block in blocks(text(name), "yaml"):
            assert isinstance(yaml.safe_load(block), dict)


def test_the_roles_of_the_readme_are_those_of_the_sandboxes_service_account() -> None:
    from snow_escalations.sandbox import Sandbox, SandboxOptions

    listed = set(re.findall(r"^ *\| `([a-z_]+)` \|", text("README.md"), re.MULTILINE))
    with Sandbox.start(SandboxOptions(rows={})) as sandbox:
        user = sandbox.store.find("sys_user", user_name="snow.escalations")[0]
        roles = {
            role["name"]
            for row in sandbox.store.find("sys_user_has_role", user=user["sys_id"])
            for role in sandbox.store.find("sys_user_role", sys_id=row["role"])
        }
    assert roles <= listed
    assert listed - roles == {"approver_user"}


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md"])
def test_make_targets_that_are_named_exist(name: str) -> None:
    targets = set(re.findall(r"^([a-z]+):", text("Makefile"), re.MULTILINE))
    assert set(re.findall(r"(?:^|`)make ([a-z]+)\b", text(name), re.MULTILINE)) <= targets


def test_extras_and_groups_mirror_each_other() -> None:
    import tomllib

    project = tomllib.loads(text("pyproject.toml"))
    assert project["project"]["optional-dependencies"]["dev"] == project["dependency-groups"]["dev"]
    assert set(project["project"]["optional-dependencies"]) == {"dev", "report", "fleet", "keyring"}


def test_constraints_name_every_dependency_exactly_and_no_address() -> None:
    import tomllib

    pinned = {line.split("==")[0].lower() for line in text("constraints.txt").splitlines() if "==" in line}
    assert "://" not in text("constraints.txt")
    project = tomllib.loads(text("pyproject.toml"))["project"]
    wanted = [
        *project["dependencies"],
        *(item for extra in project["optional-dependencies"].values() for item in extra),
    ]
    assert {re.split(r"[\[=><]", item)[0].lower() for item in wanted} <= pinned
