"""`policy`: checked, tested, told and compared, without an instance."""

import json
from pathlib import Path
from typing import Any

import pytest

from snow_escalations.model import AuthorKind
from snow_escalations.settings.shipped import shipped_config
from snow_escalations.triage.policy.evidence_words import evidence_of_words
from snow_escalations.triage.policy.schema import policy_schema
from tests.cli.conftest import Command
from tests.support.dossiers import MANAGER, dossier, escalation

RULES = """rules:
  - name: we owe an answer
    when: {waiting_on: {equals: us}}
    verdict: approve
    reply: approved
"""
TESTS = """tests:
  - {name: owed, evidence: {waiting_on: us}, expect: {verdict: approve, rule: we owe an answer}}
  - {name: theirs, evidence: {waiting_on: customer}, expect: {verdict: hold, cause: no_rule}}
"""


def write(path: str, text: str) -> str:
    Path(path).write_text(text, encoding="utf-8")
    return path


def evidence(**facts: Any) -> dict[str, Any]:
    return evidence_of_words(facts).as_json()


def test_the_shipped_policy_is_without_a_problem(command: Command) -> None:
    ran = command("policy", "check")
    assert (ran.code, ran.err) == (0, "")
    assert "16 rules, no problem found." in ran.out
    assert command("policy", "check", "--json").json == {"rules": 16, "problems": []}


def test_check_tells_every_problem_at_its_place(command: Command) -> None:
    file = write("p.yaml", RULES.replace("waiting_on", "waiting").replace("approve\n", "aprove\n"))
    ran = command("policy", "check", file)
    assert ran.code == 2
    assert "p.yaml:3:12: unknown fact `waiting`; did you mean `waiting_" in ran.err
    assert "p.yaml:4:5: `rules[0].verdict`" in ran.err
    shape = command("policy", "check", file, "--json")
    assert shape.code == 2
    assert shape.json["rules"] is None
    first = shape.json["problems"][0]
    assert (first["file"], first["line"], first["column"]) == ("p.yaml", 3, 12)
    assert first["text"] == "when: {waiting: {equals: us}}"


def test_check_looks_at_the_replies_too(command: Command) -> None:
    ran = command("policy", "check", write("p.yaml", RULES.replace("reply: approved", "reply: aproved")))
    assert ran.code == 2
    assert "p.yaml:5:5: there is no reply `aproved`; did you mean `approved`?" in ran.err


def test_check_tells_all_at_once_whatever_kind_of_problem_it_is(command: Command) -> None:
    """An unknown reply, a rule out of reach, a contradiction, a rejection on what is unread, and a misspelt value."""
    rules = """rules:
  - {name: first, when: {source: {equals: case}, priority: {equals: high}}, verdict: reject, reply: aproved}
  - {name: second, when: {source: {equals: case}}, verdict: hold}
  - {name: third, when: {source: {equals: case}, waiting_for: {at_least: 3 days}}, verdict: hold}
  - {name: fourth, when: {waiting_for: {at_least: 5 days, less_than: 1 day}}, verdict: hold}
  - {name: fifth, when: {waiting_for: {is_known: false}}, verdict: reject, reply: rejected_inactivity}
  - {name: sixth, when: {priority: {equals: critcal}}, verdict: hold}
"""
    ran = command("policy", "check", write("p.yaml", rules))
    assert ran.code == 2
    told = [line[:56].strip() for line in ran.err.removeprefix("Error: ").splitlines() if line.startswith("p.yaml:")]
    assert told == [
        "p.yaml:2:94: there is no reply `aproved`; did you mean `",
        "p.yaml:4:6: the rule can never decide: the rule `second`",
        "p.yaml:5:27: nothing fits all that is asked of `waiting_",
        "p.yaml:6:40: no rejection may rest on `waiting_for` bein",
        "p.yaml:7:45: `priority` is never `critcal`; did you mean",
    ]


def test_test_tells_the_problems_of_policy_and_tests_at_once(command: Command) -> None:
    policy = write("p.yaml", RULES.replace("reply: approved", "reply: aproved"))
    tests = write("t.yaml", TESTS.replace("verdict: hold", "verdict: hodl"))
    ran = command("policy", "test", tests, "--policy", policy)
    assert ran.code == 2
    assert "p.yaml:5:5: there is no reply `aproved`" in ran.err
    assert "t.yaml:3:63: `tests[1].expect.verdict`" in ran.err
    ran = command("policy", "test", "nope.yaml", "--policy", policy)
    assert ("p.yaml:5:5" in ran.err, "nope.yaml: cannot be read" in ran.err) == (True, True)


@pytest.mark.parametrize(
    ("right", "wrong", "is_told"),
    [
        ("reply: approved", "reply: aproved", True),
        ("name: we owe an answer", "nmae: we owe an answer", False),
        ("name: we owe an answer", "name: *n", False),
        ("rules:", "rules:\n  - *r", False),
        ("rules:", "rules: [\n", False),
    ],
)
def test_a_rule_that_tests_name_and_a_faulty_policy_lacks_is_told_if_its_rules_are_known(
    command: Command, right: str, wrong: str, is_told: bool
) -> None:
    assert RULES.count(right) == 1
    policy = write("p.yaml", RULES.replace(right, wrong))
    tests = write("t.yaml", TESTS.replace("rule: we owe an answer", "rule: we owe an anser"))
    ran = command("policy", "test", tests, "--policy", policy)
    assert (ran.code, "p.yaml:" in ran.err) == (2, True)
    assert ("the policy has no rule `we owe an anser`; did you mean `we owe an answer`?" in ran.err) is is_told


def test_the_shipped_tests_pass_and_kill_every_mutant(command: Command) -> None:
    ran = command("policy", "test", "--mutate")
    assert ran.code == 0
    assert "0 failed; 0 rules untested" in ran.out
    assert ran.out.rstrip().endswith("mutants, 0 survived")
    shape = command("policy", "test", "--json").json
    assert (shape["passed"], shape["untested_rules"], shape["mutants"]) == (True, [], None)


def test_a_failing_test_a_rule_without_one_and_a_living_mutant_leave_with_one(command: Command) -> None:
    policy, tests = write("p.yaml", RULES), write("t.yaml", TESTS)
    assert command("policy", "test", tests, "--policy", policy, "--mutate").code == 0
    wrong = write("wrong.yaml", TESTS.replace("hold, cause: no_rule", "approve"))
    ran = command("policy", "test", wrong, "--policy", policy)
    assert ran.code == 1
    assert "FAILED theirs" in ran.out
    assert "expected approve; held because no rule matches" in ran.out
    half = write("half.yaml", "\n".join(TESTS.splitlines()[:2]))
    ran = command("policy", "test", half, "--policy", policy, "--mutate")
    assert ran.code == 1
    assert "SURVIVED in the rule `we owe an answer`: `waiting_on is us` is dropped" in ran.out
    shape = command("policy", "test", half, "--policy", policy, "--mutate", "--json").json
    assert shape["passed"] is False
    assert {"rule": "we owe an answer", "mutant": "`waiting_on is us` is dropped"} in shape["mutants"]["survived"]
    none = write("none.yaml", "\n".join([TESTS.splitlines()[0], TESTS.splitlines()[2]]))
    ran = command("policy", "test", none, "--policy", policy)
    assert (ran.code, "UNTESTED no test makes the rule `we owe an answer` true" in ran.out) == (1, True)


def test_phrases_of_the_reply_are_those_of_the_letter(command: Command) -> None:
    policy = write("p.yaml", RULES)
    tests = TESTS.replace("rule: we owe an answer", "reply_contains: [%s]")
    assert command("policy", "test", write("t.yaml", tests % "approved"), "--policy", policy).code == 0
    ran = command("policy", "test", write("t.yaml", tests % "no such words"), "--policy", policy)
    assert "the reply `approved` does not contain `no such words`" in ran.out


def test_a_letter_that_the_reply_check_refuses_fails_the_tests_of_its_verdict(command: Command) -> None:
    policy, tests = write("p.yaml", RULES), write("t.yaml", TESTS)
    assert command("init", "desk").code == 0
    letter = Path("desk/replies/approved.fr.j2")
    said = letter.read_text(encoding="utf-8")
    letter.write_text(said + "\nRègle appliquée : we owe an answer.\n", encoding="utf-8")
    ran = command("--config", "desk", "policy", "test", tests, "--policy", policy)
    assert ran.code == 1
    told = " ".join(ran.out.split())
    assert "the reply `approved` in `fr` is refused by the reply check: no_rule_names: " in told
    assert "1 failed" in told
    assert "in `de`" not in told
    letter.write_text(said, encoding="utf-8")
    assert command("--config", "desk", "policy", "test", tests, "--policy", policy).code == 0


def test_a_letter_is_checked_against_what_a_hold_proposes(command: Command) -> None:
    policy = write("p.yaml", RULES.replace("verdict: approve", "verdict: reject\n    mode: propose"))
    expected = "{verdict: hold, proposed: reject}"
    tests = write("t.yaml", f"tests:\n  - {{name: one, evidence: {{waiting_on: us}}, expect: {expected}}}\n")
    ran = command("policy", "test", tests, "--policy", policy)
    assert ran.code == 1
    assert "in `en` is refused by the reply check: states_decision: " in " ".join(ran.out.split())


def test_a_letter_that_cannot_be_written_fails_its_test_by_line_also_where_phrases_are_expected(
    command: Command,
) -> None:
    assert command("init", "desk").code == 0
    letter = Path("desk/replies/approved.en.j2")
    said = letter.read_text(encoding="utf-8")
    line = said.count("\n") + 1
    divided = "{% if evidence.users_affected is defined %}{{ 9 // (evidence.users_affected - 3) }}{% endif %}\n"
    letter.write_text(said + divided, encoding="utf-8")
    given = "evidence: {waiting_on: us, users_affected: 3, requester_side: customer}"
    expected = "{verdict: approve, reply_contains: [approved]}"
    tests = write("t.yaml", f"tests:\n  - {{name: one, {given}, expect: {expected}}}\n")
    ran = command("--config", "desk", "policy", "test", tests, "--policy", write("p.yaml", RULES))
    assert ran.code == 1
    told = " ".join(ran.out.split())
    assert f"the reply `approved` in `en` cannot be written: {letter}:{line}:1: integer division" in told


@pytest.mark.parametrize(("side", "code"), [(AuthorKind.CUSTOMER, 0), (AuthorKind.US, 1), (AuthorKind.UNKNOWN, 1)])
def test_phrases_of_the_reply_are_those_that_the_customer_of_a_dossier_would_read(
    command: Command, side: AuthorKind, code: int
) -> None:
    """A date in the justification is told to a customer who wrote it, and to nobody else."""
    requester = MANAGER.model_copy(update={"side": side})
    asked = escalation(justification="The customer goes live on 4 December 2026.", requested_by=requester)
    Path("d.json").write_text(dossier(escalation=asked).model_dump_json(), encoding="utf-8")
    expected = "{verdict: approve, reply_contains: [4 December 2026]}"
    tests = write("t.yaml", f"tests:\n  - {{name: one, dossier: d.json, expect: {expected}}}\n")
    assert command("policy", "test", tests, "--policy", write("p.yaml", RULES)).code == code


def test_a_dossier_that_is_none_is_told(command: Command) -> None:
    policy = write("p.yaml", RULES)
    inline = "tests:\n  - {name: one, dossier: {number: ESC1}, expect: {verdict: hold}}\n"
    ran = command("policy", "test", write("t.yaml", inline), "--policy", policy)
    assert ran.code == 2
    assert "t.yaml:2:26: `tests[0].dossier`: this is not a dossier: `escalation` is missing; `approvals`" in ran.err


@pytest.mark.parametrize(
    ("read_at", "words"),
    [
        ("2026-11-18", "d.json: this is not a dossier: `read_at`: input should have timezone info"),
        ("2026-11-18T10:00:00", "d.json: this is not a dossier: `read_at`: input should have timezone info"),
        ("9999-12-31T23:59:59Z", "the business calendar was asked about 9999"),
    ],
)
def test_an_instant_that_no_evidence_can_be_read_of_is_told_at_the_test(
    command: Command, read_at: str, words: str
) -> None:
    written = {**dossier().model_dump(mode="json"), "read_at": read_at}
    Path("d.json").write_text(json.dumps(written), encoding="utf-8")
    tests = write("t.yaml", "tests:\n  - {name: one, dossier: d.json, expect: {verdict: hold}}\n")
    ran = command("policy", "test", tests, "--policy", write("p.yaml", RULES))
    assert ran.code == 2
    assert f"t.yaml:2:26: `tests[0].dossier`: {words}" in ran.err


@pytest.mark.parametrize("given", ["[1]", "7", "true"])
def test_what_can_be_no_dossier_is_told_once_and_in_plain_words(command: Command, given: str) -> None:
    inline = f"tests:\n  - {{name: one, dossier: {given}, expect: {{verdict: hold}}}}\n"
    ran = command("policy", "test", write("t.yaml", inline), "--policy", write("p.yaml", RULES))
    assert ran.code == 2
    assert ran.err.count("t.yaml:") == 1
    assert "`tests[0].dossier`: must be the path of a dossier, or a dossier written out" in ran.err


def test_every_file_that_is_no_dossier_is_told_at_the_test_that_names_it(command: Command) -> None:
    write("d.json", "{")
    write("e.json", "{}")
    named = [
        f"  - {{name: of {file}, dossier: {file}, expect: {{verdict: hold}}}}" for file in ("d.json", "e.json", "f")
    ]
    tests = write("t.yaml", "\n".join(["tests:", *named]))
    ran = command("policy", "test", tests, "--policy", write("p.yaml", RULES))
    assert ran.code == 2
    assert "t.yaml:2:32: `tests[0].dossier`: d.json:1:2: not JSON" in ran.err
    assert "t.yaml:3:32: `tests[1].dossier`: e.json: this is not a dossier: `escalation` is missing" in ran.err
    assert "t.yaml:4:27: `tests[2].dossier`: f: cannot be read: No such file" in ran.err
    faulty = command("policy", "test", tests, "--policy", write("q.yaml", RULES.replace("equals", "equal")))
    assert (faulty.code, "q.yaml:3" in faulty.err, "t.yaml:4:27" in faulty.err) == (2, True, True)


def test_the_schema_is_printed_or_written(command: Command) -> None:
    assert command("policy", "schema").json == policy_schema()
    ran = command("policy", "schema", "--out", "s.json")
    assert (ran.code, ran.out) == (0, "Written to s.json.\n")
    assert Path("s.json").read_text(encoding="utf-8") == (shipped_config() / "policy.schema.json").read_text("utf-8")
    assert command("policy", "schema", "--out", "no/such/s.json").code == 1


def test_a_policy_is_told_in_sentences(command: Command) -> None:
    file = write("p.yaml", RULES)
    sentence = '1. Approved because we owe an answer: if waiting_on is us. The reply is "approved".'
    assert sentence in command("policy", "explain", file).out
    assert command("policy", "explain", file, "--json").json == {
        "sentences": [sentence, "Everything else is held for a person."]
    }


REJECTING = RULES.replace("verdict: approve", "verdict: reject").replace("approved", "rejected_inactivity")


def test_diff_tells_the_problems_of_both_policies(command: Command) -> None:
    old, new = write("old.yaml", RULES.replace("when", "whn")), write("new.yaml", RULES.replace("verdict", "verdct"))
    ran = command("policy", "diff", old, new)
    assert ran.code == 2
    assert "old.yaml:3:5: unknown key `whn`; did you mean `when`?" in ran.err
    assert "new.yaml:4:5: unknown key `verdct`; did you mean `verdict`?" in ran.err


def test_flips_are_listed_with_the_rule_that_differs(command: Command) -> None:
    old, new = write("old.yaml", RULES), write("new.yaml", REJECTING)
    stored = [{"number": "ESC1", "evidence": evidence(waiting_on="us")}, evidence(waiting_on="customer")]
    file = write("e.json", json.dumps(stored))
    ran = command("policy", "diff", old, new, "--against", file)
    assert ran.code == 0
    assert "ESC1" in ran.out
    assert "2 evidences judged by both: 1 flip, 0 more decided by another rule" in ran.out
    detailed = command("policy", "diff", old, new, "--against", file, "--detailed-exitcode", "--json")
    assert detailed.code == 3
    assert detailed.json["judged"] == 2
    (flip,) = detailed.json["flips"]
    assert (flip["of"], flip["old"]["verdict"], flip["new"]["verdict"]) == ("ESC1", "approve", "reject")
    assert flip["differs"] == "`we owe an answer`: approve: matched before, reject: matched now"
    assert command("policy", "diff", old, old, "--against", file, "--detailed-exitcode").code == 0


@pytest.mark.parametrize(
    "text",
    [
        json.dumps,
        lambda one: json.dumps({"escalation": {"number": "ESC7"}, "evidence": one}),
        lambda one: json.dumps(
            {"format": "a plan", "decisions": [{"escalation": {"number": "ESC7"}, "evidence": one}]}
        ),
        lambda one: "\n".join(json.dumps({"number": number, "evidence": one}) for number in ("ESC7", "ESC8")) + "\n",
    ],
    ids=["one evidence", "one decision", "a plan", "a line each"],
)
def test_stored_evidence_is_taken_in_every_form(command: Command, text: Any) -> None:
    file = write("e.json", text(evidence(waiting_on="us")))
    shape = command(
        "policy", "diff", write("o.yaml", RULES), write("n.yaml", REJECTING), "--against", file, "--json"
    ).json
    assert shape["judged"] == len(shape["flips"]) > 0
    assert shape["flips"][0]["of"] in {"ESC7", "e.json 1"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("3", "neither a plan nor evidence"),
        ("[3]", "entry 1 is no evidence"),
        ("[{}]", "entry 1 is no evidence"),
        ('{"number": "ESC1"}\n{"number": "ESC2"}', "entry 1 is no evidence: it has no fact that is known here"),
        ('{"waiting_on": {"value": "us"}}\n{"waiting_on": "us"', "e.json:2:20: not JSON"),
        ("{", "e.json:1:2: not JSON"),
        ('[{"waiting_on": {"value": 3}}]', "entry 1: the fact `waiting_on` cannot be used"),
        ('[{"waiting_on": {"unreadable": null}}]', "must say in words why"),
        ('[{"waiting_on": 3}]', "must have either `value` or `unreadable`"),
        ('[{"waiting_on": {"value": NaN}}]', "NaN is no number"),
        ('{"waiting_on": {"value": "us"}}\n{"waiting_on": {"value": NaN}}', "e.json:2: cannot be read as JSON: NaN"),
        ("[" * 200_000, "e.json: cannot be read as JSON: it is nested too deeply"),
        ('[{"waiting_on": {"value": null}}]', "the fact `waiting_on` is never without a value"),
        ('[{"waiting_on": {"value": "us", "partial": 1}}]', "`partial` is true or false, not 1"),
    ],
)
def test_what_is_no_evidence_is_refused(command: Command, text: str, words: str) -> None:
    policy = write("p.yaml", RULES)
    ran = command("policy", "diff", policy, policy, "--against", write("e.json", text))
    assert ran.code == 2
    assert words in ran.err


NAMING_A_DATE = """rules:
  - name: they name no date
    when: {deadlines: {equals: 0}}
    verdict: hold
"""


def test_a_malformed_item_of_a_fact_is_told_in_a_line(command: Command) -> None:
    policy = write("p.yaml", NAMING_A_DATE)
    text = '[{"deadlines": {"value": [{"date": "2026-12-01", "when": 1}]}}]'
    ran = command("policy", "diff", policy, policy, "--against", write("e.json", text))
    assert ran.code == 2
    assert "entry 1: the fact `deadlines` cannot be used: `first_date`: field required; " in ran.err
    assert "`when`: unexpected keyword argument" in ran.err
    assert "pydantic" not in ran.err


def test_stored_evidence_that_is_known_in_part_rejects_no_more_than_before(command: Command) -> None:
    naming, rejecting = NAMING_A_DATE.replace("equals: 0", "within: 3 days"), REJECTING.replace("rules:\n", "")
    stored = evidence(waiting_on="us", deadlines=["9 days"])
    whole, partly = write("w.json", json.dumps([stored])), json.loads(json.dumps(stored))
    partly["deadlines"]["partial"] = True
    against = write("e.json", json.dumps([partly]))
    policies = write("o.yaml", naming), write("n.yaml", naming + rejecting)
    assert command("policy", "diff", *policies, "--against", whole, "--json").json["flips"]
    assert command("policy", "diff", *policies, "--against", against, "--json").json["flips"] == []


def test_without_files_the_evidence_of_the_policy_tests_is_judged(command: Command) -> None:
    own = str(shipped_config() / "policy.yaml")
    ran = command("policy", "diff", own, own, "--json")
    assert ran.json["judged"] > 60
    assert ran.json["flips"] == []


def test_two_policies_of_other_rules_than_the_tests_name_are_compared_by_the_evidence_of_the_tests(
    command: Command,
) -> None:
    ran = command("policy", "diff", write("o.yaml", RULES), write("n.yaml", REJECTING), "--json")
    assert ran.code == 0
    assert ran.json["judged"] > 60
    assert {flip["new"]["verdict"] for flip in ran.json["flips"]} == {"reject"}


def test_a_line_of_evidence_ends_where_json_says(command: Command) -> None:
    quoted = {"number": "ESC1", "evidence": evidence(waiting_on="us"), "words": "one\u2028two\x85three"}
    file = write("e.json", "\n".join(json.dumps(quoted, ensure_ascii=False) for _ in range(2)))
    ran = command("policy", "diff", write("o.yaml", RULES), write("n.yaml", REJECTING), "--against", file, "--json")
    assert ran.json["judged"] == 2


def test_one_is_told_in_the_singular(command: Command) -> None:
    policy = write("p.yaml", RULES)
    assert "1 rule, no problem found" in command("policy", "check", policy).out
    one = write("one.yaml", "\n".join(TESTS.splitlines()[:2]))
    ran = command("policy", "test", one, "--policy", policy)
    assert "1 test, 0 failed; 0 rules untested" in ran.out
    file = write("e.json", json.dumps([evidence(waiting_on="us")]))
    ran = command("policy", "diff", policy, policy, "--against", file)
    assert "1 evidence judged by both: 0 flips, 0 more" in ran.out
