"""Settings come from file and environment, and every problem of both is told at once."""

from pathlib import Path

import pytest

from snow_escalations.documents import DocumentError
from snow_escalations.errors import ConfigurationError
from snow_escalations.secrets.reference import FORMS
from snow_escalations.settings.load import load_configuration, load_settings
from snow_escalations.settings.model import PREFIX, known_variables
from snow_escalations.settings.shipped import shipped_config, write_out

KINDS = "input should be 'basic', 'oauth' or 'api_key'"
GOOD = (
    "commitments: {contact: the Desk, talk: call us any time, next_update: tomorrow, meeting_link: https://m.example}\n"
)


def problems(text: str) -> list[str]:
    with pytest.raises(DocumentError) as caught:
        load_settings(text, "settings.yaml")
    return [str(problem).splitlines()[0] for problem in caught.value.problems]


def test_defaults_stand_for_what_is_not_written() -> None:
    settings = load_settings(GOOD, "s")
    assert settings.instance.url is None
    assert settings.instance.max_concurrency == 4
    assert settings.instance.page_size == 1000
    assert settings.dialect.tables.escalation == "sn_customerservice_escalation"


def test_the_environment_goes_before_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SNOW_ESCALATIONS_INSTANCE__URL", "https://env.service-now.com/")
    monkeypatch.setenv("SNOW_ESCALATIONS_INSTANCE__AUTH__PASSWORD", "literal")
    monkeypatch.setenv("SNOW_ESCALATIONS_DIALECT__TABLES__CASE", "u_case")
    monkeypatch.setenv("SNOW_ESCALATIONS_DIALECT__REASONS__7", "outage")
    settings = load_settings(f"{GOOD}instance: {{url: 'https://file.service-now.com', max_concurrency: 2}}", "s")
    assert settings.instance.url == "https://env.service-now.com"
    assert settings.instance.auth.password == "literal"
    assert settings.instance.max_concurrency == 2
    assert settings.dialect.tables.case == "u_case"
    assert settings.dialect.reasons == {"7": "outage"}


def test_all_problems_of_the_file_come_at_once_with_their_places() -> None:
    text = (
        f"{GOOD}instance:\n  url: ftp://x\n  auth: {{user: me, password: hunter2, kind: basics}}\n"
        "  max_concurency: 3\n  timeouts: {read: 0}\nplan: {lifetime_hours: off}\n"
    )
    assert problems(text) == [
        "settings.yaml:3:3: `instance.url`: must be an address like https://example.service-now.com",
        f"settings.yaml:4:20: `instance.auth.password` is a literal secret; write {FORMS} instead",
        f"settings.yaml:4:39: `instance.auth.kind`: {KINDS}; did you mean `basic`?",
        "settings.yaml:5:3: unknown key `max_concurency`; did you mean `max_concurrency`?",
        "settings.yaml:6:14: `instance.timeouts.read`: input should be greater than 0",
        "settings.yaml:7:8: `plan.lifetime_hours`: input should be a valid number, unable to parse string as a number",
        "settings.yaml:7:24: `off` means a boolean to some readers; write true or false, or quote the text",
    ]


def test_of_what_cannot_be_read_the_cause_alone_is_told() -> None:
    text = (
        "commitments: {<<: *c, contact: the Desk}\ninstance: {url: *u, timeouts: *t, ? [a] : b, pages: *p}\nplan: *x\n"
    )
    assert problems(text) == [
        "settings.yaml:1:15: a merge key `<<` is not accepted; write out the keys that it stands for",
        "settings.yaml:2:17: alias `*u` is not accepted; write the value out",
        "settings.yaml:2:31: alias `*t` is not accepted; write the value out",
        "settings.yaml:2:37: a key must be plain text",
        "settings.yaml:2:46: unknown key `pages`; did you mean `page_size`?",
        "settings.yaml:2:53: alias `*p` is not accepted; write the value out",
        "settings.yaml:3:7: alias `*x` is not accepted; write the value out",
    ]


def test_a_literal_secret_is_never_shown() -> None:
    with pytest.raises(DocumentError) as caught:
        load_settings(f"{GOOD}instance:\n  auth:\n    password: hunter2\n    api_key: abcdef\n", "s")
    assert "hunter2" not in str(caught.value)
    assert "abcdef" not in str(caught.value)
    assert len(caught.value.problems) == 2


def test_problems_of_the_environment_name_the_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SNOW_ESCALATIONS_INSTANCE__MAX_CONCURRENCY", "many")
    monkeypatch.setenv("SNOW_ESCALATIONS_INSTANCE__URLL", "x")
    monkeypatch.setenv("SNOW_ESCALATIONS_PLANS__LIFETIME_HOURS", "3")
    monkeypatch.setenv("SNOW_ESCALATIONS_COMMITMENTS", "{not json")
    found = problems(GOOD)
    assert any(line.startswith("environment variable SNOW_ESCALATIONS_INSTANCE__URLL: sets nothing") for line in found)
    assert any("did you mean `SNOW_ESCALATIONS_INSTANCE__URL`?" in line for line in found)
    assert any("`SNOW_ESCALATIONS_PLAN__LIFETIME_HOURS`" in line for line in found)
    assert any(line.startswith("environment variable SNOW_ESCALATIONS_COMMITMENTS: is not JSON") for line in found)
    assert any(line.startswith("environment variable SNOW_ESCALATIONS_INSTANCE__MAX_CONC") for line in found)
    assert len(found) == 4


def test_a_wrong_value_in_the_environment_names_the_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SNOW_ESCALATIONS_INSTANCE__MAX_CONCURRENCY", "many")
    (problem,) = problems(GOOD)
    assert problem.startswith(
        "environment variable SNOW_ESCALATIONS_INSTANCE__MAX_CONCURRENCY: `instance.max_concurrency`: input should be"
    )


@pytest.mark.parametrize("url", ["http://127.0.0.1:8808", "http://localhost:1", "http://[::1]:1", "https://x.example"])
def test_plain_http_is_for_this_machine_only(url: str) -> None:
    assert load_settings(f"{GOOD}instance: {{url: '{url}'}}", "s").instance.url == url


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("http://x.service-now.com", "plain http is accepted for loopback addresses only"),
        ("http://127.0.0.1.evil.example", "plain http is accepted for loopback addresses only"),
        ("http://127.evil.example", "plain http is accepted for loopback addresses only"),
        ("x.service-now.com", "must be an address like"),
        ("https://", "must be an address like"),
        ("https://me:pw@x.service-now.com", "must not hold a user or password"),
        ("https://x.service-now.com/nav_to.do", "must end after the host, without `/nav_to.do`"),
        ("https://x.service-now.com?a=b", "must end after the host, without anything from `?`"),
        ("https://me:p/w@x.service-now.com", "must not hold a user or password"),
        ("https://host:abc", "has a port that is no number from 1 to 65535"),
        ("https://host:99999", "has a port that is no number from 1 to 65535"),
        ("https://host:0", "has a port that is no number from 1 to 65535"),
        ("https://host:", "has a port that is no number from 1 to 65535"),
        ("https://a b.c", "has a host that cannot be one"),
        ("https://a..c", "has a host that cannot be one"),
        ("https://[::1", "must be an address like"),
    ],
)
def test_other_addresses_are_refused(url: str, words: str) -> None:
    (problem,) = problems(f"{GOOD}instance: {{url: '{url}'}}")
    assert problem.startswith("settings.yaml:2:12: `instance.url`: ")
    assert words in problem


@pytest.mark.parametrize("text", ["- a", "just text"])
def test_settings_that_are_no_mapping_are_refused(text: str) -> None:
    assert "must be a mapping" in problems(text)[0]


def test_every_variable_has_its_field() -> None:
    known = known_variables()
    assert f"{PREFIX}INSTANCE__AUTH__CLIENT_SECRET" in known
    assert f"{PREFIX}DIALECT__STATES__ESCALATION__REQUESTED" in known
    assert all(name == name.upper() for name in known)


def test_without_a_directory_the_one_of_the_environment_then_config_here_then_the_shipped_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert load_configuration(None).directory == shipped_config()
    write_out(Path("config"))
    assert load_configuration(None).directory == Path("config")
    write_out(Path("other"))
    monkeypatch.setenv("SNOW_ESCALATIONS_CONFIG", "other")
    assert load_configuration(None).directory == Path("other")
    assert load_configuration(Path("config")).directory == Path("config")


def test_a_directory_that_is_not_there_says_how_to_write_one(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="write one with `snow-escalations init`"):
        load_configuration(tmp_path / "none")
    with pytest.raises(ConfigurationError, match=r"settings\.yaml: cannot be read"):
        load_configuration(tmp_path)


def test_the_shipped_configuration_loads_whole(tmp_path: Path) -> None:
    write_out(tmp_path / "c")
    configuration = load_configuration(tmp_path / "c")
    replies = {rule.reply for rule in configuration.policy.rules if rule.reply}
    assert replies <= set(configuration.reply_templates.templates)


def test_a_reply_that_the_policy_names_must_be_there(tmp_path: Path) -> None:
    write_out(tmp_path)
    for path in (tmp_path / "replies").glob("approved.*"):
        path.rename(path.with_name(path.name.replace("approved", "aproved")))
    with pytest.raises(DocumentError, match="there is no reply `approved`; did you mean `aproved`") as caught:
        _ = load_configuration(tmp_path).policy
    named = (tmp_path / "policy.yaml").read_text(encoding="utf-8").count("reply: approved\n")
    assert len(caught.value.problems) == named > 1
    assert all(problem.line > 1 for problem in caught.value.problems)


def test_the_problems_of_policy_and_replies_come_at_once(tmp_path: Path) -> None:
    write_out(tmp_path)
    (tmp_path / "policy.yaml").write_text("rules: []")
    (tmp_path / "replies" / "approved.en.j2").write_text("---\nformat: text\nlanguage: en\n---\n{{ nothing }}")
    with pytest.raises(DocumentError) as caught:
        load_configuration(tmp_path).check()
    assert [Path(problem.source).name for problem in caught.value.problems] == ["policy.yaml", "approved.en.j2"]


def test_what_is_wrong_with_a_letter_hides_nothing_of_the_policy_and_leads_to_nothing(tmp_path: Path) -> None:
    """A reply is there although a letter of it cannot be used, and the others of its letters are looked at."""
    write_out(tmp_path)
    replies, policy = tmp_path / "replies", tmp_path / "policy.yaml"
    text = policy.read_text(encoding="utf-8").replace("reply: rejected_inactivity", "reply: rejected_inactivty")
    rule = "  - {name: wordy, when: {stalled: {equals: true}}, verdict: hold, reply: rejected_lack_of_progress}\n"
    policy.write_text(text + rule, encoding="utf-8")
    (replies / "rejected_lack_of_progress.de.j2").write_bytes(b"\xff")
    (replies / "rejected_lack_of_progress.fr.j2").write_text(
        "---\nformat: text\nlanguage: fr\n---\n{{ evidence.since_opened | instant }}", encoding="utf-8"
    )
    (replies / "approved.en.j2").write_text("{{ nothing }}")
    with pytest.raises(DocumentError) as caught:
        _ = load_configuration(tmp_path).policy
    problems = [problem for problem in caught.value.problems if "approved.en" not in problem.source]
    assert len(problems) < len(caught.value.problems)
    told = {(Path(problem.source).name, problem.line, problem.message.split(";")[0][:60]) for problem in problems}
    line = text[: text.index("rejected_inactivty")].count("\n") + 1
    assert told == {
        ("policy.yaml", line, "there is no reply `rejected_inactivty`"),
        ("rejected_lack_of_progress.de.j2", 0, "byte 1 is not UTF-8 (invalid start byte)"),
        ("rejected_lack_of_progress.fr.j2", 5, "`evidence.since_opened` may be missing when the rule `the ne"),
        ("rejected_lack_of_progress.fr.j2", 5, "`evidence.since_opened` may be missing when the rule `wordy`"),
    }
    with pytest.raises(DocumentError) as whole:
        load_configuration(tmp_path).check()
    assert whole.value.problems == caught.value.problems


def test_a_missing_directory_of_replies_is_told_with_the_problems_of_the_policy_alone(tmp_path: Path) -> None:
    write_out(tmp_path)
    (tmp_path / "replies").rename(tmp_path / "answers")
    (tmp_path / "policy.yaml").write_text(
        "rules:\n  - {name: one, when: {stalled: {equals: yes}}, verdict: approve, reply: r}\n", encoding="utf-8"
    )
    with pytest.raises(DocumentError) as caught:
        _ = load_configuration(tmp_path).policy
    assert [problem.line for problem in caught.value.problems] == [2, 0]
    assert str(caught.value.problems[1]).endswith("replies: there is no such directory of reply templates")


def test_a_missing_directory_of_replies_is_named(tmp_path: Path) -> None:
    write_out(tmp_path)
    (tmp_path / "replies").rename(tmp_path / "answers")
    with pytest.raises(ConfigurationError, match="no such directory of reply templates"):
        _ = load_configuration(tmp_path).reply_templates


def test_writing_out_never_overwrites(tmp_path: Path) -> None:
    written = write_out(tmp_path)
    assert {path.name for path in written} >= {"settings.yaml", "policy.yaml", "approved.en.j2"}
    (tmp_path / "settings.yaml").unlink()
    with pytest.raises(ConfigurationError, match=r"already there.*nothing was written"):
        write_out(tmp_path)
    assert not (tmp_path / "settings.yaml").exists()


@pytest.mark.parametrize("name", ["settings.yaml", "replies/approved.en.j2"])
def test_writing_out_follows_no_link(name: str, tmp_path: Path) -> None:
    link, outside = tmp_path / "c" / name, tmp_path / "outside"
    link.parent.mkdir(parents=True)
    link.symlink_to(outside)
    with pytest.raises(ConfigurationError, match=r"already there.*nothing was written"):
        write_out(tmp_path / "c")
    assert not outside.exists()
    assert [path for path in (tmp_path / "c").rglob("*") if path.is_file()] == []


def test_writing_out_leaves_nothing_behind_if_it_fails(tmp_path: Path) -> None:
    (tmp_path / "replies").write_text("a file where a directory belongs")
    with pytest.raises(ConfigurationError, match="cannot be written"):
        write_out(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["replies"]


def test_what_must_be_one_of_several_words_comes_with_a_suggestion() -> None:
    text = "calendars: {default: {windows: {mondy: ['08:00-12:00']}}}\nreply_check: {required: [long_enouh]}\n"
    day, point = problems(f"{text}{GOOD}")
    assert day.startswith("settings.yaml:1:33: unknown key `mondy`: input should be 'monday', ")
    assert day.endswith("; did you mean `monday`?")
    told = "`reply_check.required[0]`: `long_enouh` is no point of the reply check; did you mean `long_enough`?"
    assert point == f"settings.yaml:2:26: {told}"


def test_a_misspelt_choice_of_the_environment_comes_with_a_suggestion(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SNOW_ESCALATIONS_INSTANCE__AUTH__KIND", "basc")
    monkeypatch.setenv("SNOW_ESCALATIONS_CALENDARS__DEFAULT__WINDOWS", '{"mondy": ["08:00-12:00"]}')
    told = "\n".join(problems(GOOD))
    assert f"`instance.auth.kind`: {KINDS}; did you mean `basic`?" in told
    assert "unknown key `mondy`: input should be 'monday', " in told
    assert "; did you mean `monday`?" in told


def test_a_policy_that_cannot_be_read_hides_no_problem_of_a_letter(tmp_path: Path) -> None:
    write_out(tmp_path)
    (tmp_path / "replies" / "approved.en.j2").write_text("---\nformat: text\nlanguage: en\n---\n{{ nothing }}")
    (tmp_path / "policy.yaml").unlink()
    with pytest.raises(DocumentError) as caught:
        load_configuration(tmp_path).check()
    assert [str(problem).splitlines()[0].removeprefix(f"{tmp_path}/") for problem in caught.value.problems] == [
        "policy.yaml: cannot be read: No such file or directory",
        "replies/approved.en.j2:5:4: there is no `nothing`",
    ]
