"""What a team can set about the reply check, and that no setting lets a rejection go without a full comment."""

import pytest

from snow_escalations.documents import DocumentError
from snow_escalations.model import Outcome
from snow_escalations.settings.load import load_settings
from snow_escalations.triage.replies.check import (
    ESSENTIAL,
    POINTS,
    CheckContext,
    Profile,
    ReplyCheckSettings,
    check_reply,
    is_full,
)
from snow_escalations.triage.replies.check.settings import LEAST_CHARACTERS, LEAST_WORDS
from snow_escalations.triage.replies.check.text import one_form

GOOD = (
    "commitments: {contact: the Desk, talk: call us any time, next_update: tomorrow, meeting_link: https://m.example}\n"
)
FREE = frozenset(POINTS) - ESSENTIAL


def loaded(text: str) -> ReplyCheckSettings:
    return load_settings(f"{GOOD}reply_check: {{{text}}}\n", "settings.yaml").reply_check


def refused(text: str) -> list[str]:
    with pytest.raises(DocumentError) as caught:
        loaded(text)
    return [str(problem).splitlines()[0] for problem in caught.value.problems]


def test_a_point_that_there_is_not_is_refused_at_its_place_with_the_one_that_was_meant() -> None:
    (told,) = refused("required: [gives_reason, has_refernce]")
    assert told == (
        "settings.yaml:2:40: `reply_check.required[1]`: `has_refernce` is no point of the reply check; "
        "did you mean `has_reference`?"
    )


def test_a_point_that_there_is_not_is_refused_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SNOW_ESCALATIONS_REPLY_CHECK__REQUIRED", "gives_reasons")
    with pytest.raises(DocumentError, match=r"REPLY_CHECK__REQUIRED: .*did you mean `gives_reason`"):
        load_settings(GOOD, "settings.yaml")


@pytest.mark.parametrize("missing", sorted(ESSENTIAL))
def test_no_essential_point_can_be_left_out(missing: str) -> None:
    (told,) = refused(f"required: [{', '.join(name for name in POINTS if name != missing)}]")
    assert told.startswith(f"settings.yaml:2:15: `reply_check.required`: lacks `{missing}`, without which no reply is")


def test_no_points_at_all_cannot_be_asked_for() -> None:
    (told,) = refused("required: []")
    assert "and 12 more, without which no reply is full; add what is missing, or leave `required` out" in told
    assert told.endswith("Only `has_reference`, `no_placeholders`, `no_foreign_mail_addresses` may be left out")


def test_points_beside_the_essential_ones_are_asked_for_or_not() -> None:
    assert loaded("").required == frozenset(POINTS)
    assert loaded(f"required: [{', '.join(sorted(ESSENTIAL))}]").required == ESSENTIAL


@pytest.mark.parametrize("missing", sorted(ESSENTIAL))
def test_an_essential_point_counts_though_settings_that_were_never_read_lack_it(missing: str) -> None:
    settings = ReplyCheckSettings().model_copy(update={"required": frozenset[str]()})
    points = check_reply("", CheckContext(profile=Profile.DRAFT, outcome=Outcome.REJECT))
    alone = [point._replace(state=points[0].state) for point in points if point.name == missing]
    assert not is_full(tuple(alone), settings=settings)


@pytest.mark.parametrize("name", sorted(FREE))
def test_a_point_that_is_left_out_is_told_and_does_not_count(name: str) -> None:
    points = check_reply("", CheckContext(profile=Profile.DRAFT, outcome=Outcome.REJECT))
    alone = tuple(point._replace(state=points[0].state) for point in points if point.name == name)
    assert not is_full(alone)
    assert is_full(alone, settings=ReplyCheckSettings(required=ESSENTIAL))


@pytest.mark.parametrize(("unit", "least"), [("words", LEAST_WORDS), ("characters", LEAST_CHARACTERS)])
def test_a_rejection_needs_more_than_a_few_words(unit: str, least: int) -> None:
    (told,) = refused(f"min_{unit}_rejection: {least - 1}")
    assert told == (
        f"settings.yaml:2:15: `reply_check.min_{unit}_rejection`: is {least - 1}; no "
        f"rejection goes without a full comment, so write {least} {unit} or more"
    )
    assert getattr(loaded(f"min_{unit}_rejection: {least}"), f"min_{unit}_rejection") == least
    assert getattr(loaded(f"min_{unit}_approval: 0"), f"min_{unit}_approval") == 0


@pytest.mark.parametrize(
    ("key", "text", "words"),
    [
        ("allowed_mail_domains", "@x y", "is no domain of mail addresses; write `example.com`"),
        ("allowed_mail_domains", "desk", "is no domain of mail addresses; write `example.com`"),
        ("allowed_mail_domains", "desk@Acme.test", "is no domain of mail addresses; write `acme.test`"),
        ("allowed_mail_domains", "*.acme.test", "is no domain of mail addresses; write `acme.test`"),
        ("allowed_mail_domains", "", "is no domain of mail addresses; write `example.com`"),
        ("allowed_mail_addresses", "desk", "is no mail address; write `support@example.com`"),
        ("allowed_mail_addresses", "Desk <desk@acme.test>", "is no mail address; write `desk@acme.test`"),
        ("allowed_mail_addresses", "mailto:desk@acme.test", "is no mail address; write `desk@acme.test`"),
        ("allowed_link_hosts", "https://meet.example.com/", "is no host; write `meet.example.com`, subdomains"),
        ("allowed_link_hosts", "meet.example.com/desk", "is no host; write `meet.example.com`, subdomains"),
        ("allowed_link_hosts", "meet.example.com:443", "is no host; write `meet.example.com`, subdomains"),
        ("allowed_link_hosts", "*.example.com", "is no host; write `example.com`, subdomains are included"),
        ("allowed_link_hosts", "https://", "is no host; write `meet.example.com`, subdomains are included"),
        ("allowed_link_hosts", "a b", "is no host; write `meet.example.com`, subdomains are included"),
        ("extra_internal_hosts", "https://jump01/", "is no host; write `jump01`, subdomains are included"),
        ("extra_internal_hosts", " ", "has no letter or digit that could be looked for"),
        ("extra_internal_words", "--", "has no letter or digit that could be looked for"),
    ],
)
def test_what_can_match_nothing_is_refused_with_what_was_meant(key: str, text: str, words: str) -> None:
    (told,) = refused(f'{key}: ["{text}"]')
    assert told.startswith(f"settings.yaml:2:{18 + len(key)}: `reply_check.{key}[0]`: {words}")


def test_what_can_match_is_taken_as_texts_are_read() -> None:
    settings = loaded(
        "allowed_mail_domains: [' Acme.TEST '], allowed_mail_addresses: [O'Neil+x@else.test], allowed_link_hosts: "
        "[wiki.local, ｍeet.Acme.test, '[2001:db8::1]', 192.0.2.7, bücher.test], "
        "extra_internal_hosts: [Jump01, b_1.corp]"
    )
    assert settings.allowed_mail_domains == {"acme.test"}
    assert settings.allowed_mail_addresses == {"o'neil+x@else.test"}
    hosts = {"wiki.local", "meet.acme.test", "[2001:db8::1]", "192.0.2.7", "bücher.test"}
    assert settings.allowed_link_hosts == hosts
    assert settings.extra_internal_hosts == {"Jump01", "b_1.corp"}


@pytest.mark.parametrize(
    ("host", "remedy"),
    [
        ("com", "meet.example.com"),
        ("COM", "meet.example.com"),
        ("local", "meet.example.com"),
        ("localhost", "meet.example.com"),
        ("wiki", "meet.example.com"),
        ("co.uk", "meet.example.co.uk"),
        ("Co.Uk", "meet.example.co.uk"),
        ("ｃｏ.ｕｋ", "meet.example.co.uk"),
        ("com.au", "meet.example.com.au"),
        ("or.jp", "meet.example.or.jp"),
        ("gob.es", "meet.example.gob.es"),
        ("nom.fr", "meet.example.nom.fr"),
        ("gv.at", "meet.example.gv.at"),
        ("github.io", "meet.example.github.io"),
        ("2.7", "meet.example.com"),
    ],
)
def test_no_host_is_allowed_under_which_strangers_have_theirs(host: str, remedy: str) -> None:
    (told,) = refused(f'allowed_link_hosts: [meet.acme.test, "{host}"]')
    assert told == (
        f"settings.yaml:2:52: `reply_check.allowed_link_hosts[1]`: `{one_form(host).lower()}` is no host of your own: "
        f"the hosts of strangers end in it too, and every link to them would pass; write your host in full, such as "
        f"`{remedy}`; its subdomains are included"
    )


def test_no_such_host_is_allowed_by_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SNOW_ESCALATIONS_REPLY_CHECK__ALLOWED_LINK_HOSTS", "meet.acme.test,com")
    with pytest.raises(DocumentError, match=r"REPLY_CHECK__ALLOWED_LINK_HOSTS: .*`com` is no host of your own"):
        load_settings(GOOD, "settings.yaml")


@pytest.mark.parametrize(
    "host",
    ["acme.com", "acme.co.uk", "acme.github.io", "meet.acme.local", "co.acme.test", "web.de", "zoom.us", "id.me"],
)
def test_a_host_of_ones_own_is_allowed(host: str) -> None:
    assert loaded(f"allowed_link_hosts: [{host}]").allowed_link_hosts == {host}


def test_no_mail_domain_is_allowed_that_is_nobodys() -> None:
    (told,) = refused("allowed_mail_domains: [acme.co.uk, co.uk]")
    assert told == (
        "settings.yaml:2:50: `reply_check.allowed_mail_domains[1]`: `co.uk` is nobody's domain, and many have one "
        "under it; write yours, such as `example.co.uk`"
    )


def test_what_strangers_share_may_be_kept_inside() -> None:
    settings = loaded("extra_internal_hosts: [local, co.uk, github.io]")
    assert settings.extra_internal_hosts == {"local", "co.uk", "github.io"}
