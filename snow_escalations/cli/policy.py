"""`policy`: the team's policy checked, tested, told in sentences, and compared with another one."""

from pathlib import Path

import click

from snow_escalations.cli.output import console, print_json, styled
from snow_escalations.cli.session import CliSession

FAILED, FINDINGS = 1, 3
_FILE = click.Path(path_type=Path)


@click.group()
def policy() -> None:
    """Check, test, explain and compare the team's policy.

    Nothing here talks to an instance.

    Example: snow-escalations policy check
    """


@policy.command()
@click.argument("file", required=False, type=_FILE)
@click.option("--json", "as_json", is_flag=True, help="Print what was found as JSON (docs/json.md).")
@click.pass_context
def check(ctx: click.Context, file: Path | None, as_json: bool) -> None:  # noqa: FBT001
    """Check a policy: FILE, or the one of the configuration.

    Tells every problem at once, each with file, line and column: unknown words, rules that can never decide, replies
    that are not there or need facts that may be missing. Exits with 2 if there is any.

    Example: snow-escalations policy check
    """
    from snow_escalations.cli.policy_files import checked_policy, problem_shape
    from snow_escalations.documents import DocumentError
    from snow_escalations.triage.policy.values import with_unit

    session: CliSession = ctx.obj
    try:
        path, made = checked_policy(session.configuration, file)
    except DocumentError as error:
        if not as_json:
            raise
        print_json({"rules": None, "problems": [problem_shape(problem) for problem in error.problems]})
        ctx.exit(error.exit_code)
    if as_json:
        print_json({"rules": len(made.rules), "problems": []})
    else:
        console().print(styled(f"{path}: {with_unit(len(made.rules), 'rules')}, no problem found."))


@policy.command()
@click.argument("tests", required=False, type=_FILE)
@click.option("--policy", "file", metavar="FILE", type=_FILE, help="The policy to test. Default: the configuration's.")
@click.option("--mutate", is_flag=True, help="Fail if a small mistake in the policy would pass all tests.")
@click.option("--json", "as_json", is_flag=True, help="Print the results as JSON (docs/json.md).")
@click.pass_context
def test(
    ctx: click.Context,
    tests: Path | None,
    file: Path | None,
    mutate: bool,  # noqa: FBT001
    as_json: bool,  # noqa: FBT001
) -> None:
    """Test a policy by TESTS, or by policy_tests.yaml of the configuration.

    Fails, with exit code 1, where an expectation is not met, where no test makes a rule true, and with --mutate where a
    mutant of the policy survives.

    Example: snow-escalations policy test --mutate
    """
    from snow_escalations.cli import policy_files, policy_shapes

    configuration = ctx.obj.configuration
    tested, checked = policy_files.run_policy_tests(configuration, file, tests)
    mutants = policy_files.surviving(tested, checked) if mutate else None
    if as_json:
        print_json(policy_shapes.tests_shape(checked, mutants))
    else:
        policy_shapes.print_tests(console(), checked, mutants)
    if not checked.passed or (mutants is not None and mutants[1]):
        ctx.exit(FAILED)


@policy.command()
@click.option("--out", metavar="FILE", type=_FILE, help="Write it to FILE instead of standard output.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, which it is in any case.")
def schema(out: Path | None, as_json: bool) -> None:  # noqa: ARG001, FBT001
    """Print the JSON Schema of a policy file, for editors to complete and check by.

    Example: snow-escalations policy schema --out config/policy.schema.json
    """
    from snow_escalations.cli.policy_files import write_text
    from snow_escalations.triage.policy.schema import policy_schema, schema_text

    if out is None:
        print_json(policy_schema())
        return
    write_text(out, schema_text())
    click.echo(f"Written to {out}.")


@policy.command()
@click.argument("file", required=False, type=_FILE)
@click.option("--json", "as_json", is_flag=True, help="Print the sentences as JSON (docs/json.md).")
@click.pass_obj
def explain(session: CliSession, file: Path | None, as_json: bool) -> None:  # noqa: FBT001
    """Tell a policy in plain sentences: FILE, or the one of the configuration.

    Example: snow-escalations policy explain
    """
    from snow_escalations.cli.policy_files import checked_policy
    from snow_escalations.triage.policy.sentences import policy_sentences

    _, made = checked_policy(session.configuration, file)
    sentences = list(policy_sentences(made))
    if as_json:
        print_json({"sentences": sentences})
        return
    out = console()
    for sentence in sentences:
        out.print(styled(sentence))


@policy.command()
@click.argument("old", type=_FILE)
@click.argument("new", type=_FILE)
@click.option(
    "--against",
    metavar="FILE",
    type=_FILE,
    multiple=True,
    help="A plan or evidence to judge by both. May be given several times. Default: the policy tests.",
)
@click.option("--detailed-exitcode", is_flag=True, help="Exit with 3 if a verdict flips.")
@click.option("--json", "as_json", is_flag=True, help="Print the flips as JSON (docs/json.md).")
@click.pass_context
def diff(  # noqa: PLR0917  (click passes them by name)
    ctx: click.Context,
    old: Path,
    new: Path,
    against: tuple[Path, ...],
    detailed_exitcode: bool,  # noqa: FBT001
    as_json: bool,  # noqa: FBT001
) -> None:
    """Compare two policies on the same evidence and list every verdict that flips, rejections first.

    Each flip names the first rule that makes the difference.

    Example: snow-escalations policy diff config/policy.yaml new.yaml --against today.json
    """
    from snow_escalations.cli import policy_files, policy_shapes
    from snow_escalations.triage.policy.diff import diff_policies

    configuration = ctx.obj.configuration
    before, after = policy_files.loaded_policies(configuration, old, new)
    evidences = policy_files.evidences_of(configuration, before, after, against)
    found = diff_policies(before, after, evidences)
    if as_json:
        print_json(policy_shapes.diff_shape(found))
    else:
        policy_shapes.print_diff(console(), found)
    if detailed_exitcode and found.flips:
        ctx.exit(FINDINGS)
