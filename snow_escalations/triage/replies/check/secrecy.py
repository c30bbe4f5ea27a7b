"""The points about what must stay inside: rules, scores, thresholds, notes, other customers, hosts, ids, addresses."""

from functools import lru_cache

from snow_escalations.triage.replies import leaks, leaks_words
from snow_escalations.triage.replies.check.checked import Checked, leak, unchecked
from snow_escalations.triage.replies.check.model import Point
from snow_escalations.triage.replies.check.text import UNSPACED, words_of
from snow_escalations.triage.replies.check.universal import said_in_any_language
from snow_escalations.triage.replies.check.vocabulary import common

SERVICENOW = ("service-now.com", "servicenowservices.com")


def no_rule_names(checked: Checked) -> Point:
    """No name of a rule of the policy."""
    name, given = "no_rule_names", checked.context.rule_names
    reply = checked.reply
    found = list(leaks_words.rule_names(reply.folded, reply.words, given or (), common().rule_words))
    found += _hits(checked, "rules")
    if given is None and not found:
        return unchecked(name, "the names of the policy's rules were not given")
    return leak(name, "the name of a rule", found)


def no_scores(checked: Checked) -> Point:
    """No score of ours: of the escalation, of risk, of confidence."""
    return _told(checked, "no_scores", "scores", "a score")


def no_thresholds(checked: Checked) -> Point:
    """No threshold of ours: from when on something is escalated."""
    return _told(checked, "no_thresholds", "thresholds", "a threshold")


def _told(checked: Checked, name: str, group: str, what: str) -> Point:
    found = [*said_in_any_language(checked.reply.folded, group), *_hits(checked, group)]
    if not found and checked.meaning is None:
        return checked.not_read(name, f"whether it shows {what}")
    return leak(name, what, found)


def _hits(checked: Checked, group: str) -> list[str]:
    return checked.meaning.told(group) if checked.meaning is not None else []


def no_work_notes(checked: Checked) -> Point:
    """No sentence of a work note of the case."""
    name, notes, reply = "no_work_notes", checked.context.work_notes, checked.reply
    if notes is None:
        return unchecked(name, "the work notes of the case were not given")
    excused = [words_of(offer).strip() for offer in checked.context.offers]
    found = leaks_words.shared_with_notes(reply.words, reply.sentences, notes, (*excused, *common().courtesies))
    return leak(name, "words of a work note", found)


def no_other_accounts(checked: Checked) -> Point:
    """No name of an account other than the case's own."""
    name, others, reply = "no_other_accounts", checked.context.other_accounts, checked.reply
    if others is None:
        return unchecked(name, "the names of other accounts were not given")
    found = leaks_words.other_accounts(
        reply.plain, reply.words, others, checked.context.own_account, common().legal_forms
    )
    return leak(name, "the name of another account", found)


def no_internal_words(checked: Checked) -> Point:
    """None of a team's internal words, and no mark that says that a text is internal."""
    words = checked.reply.words
    sought = (*_sought(common().internal_words), *_sought(checked.settings.extra_internal_words))
    found = [word for word, said in sought if said in words]
    return leak("no_internal_words", "internal words", found)


def no_internal_hosts(checked: Checked) -> Point:
    """No host, address or page of ours, and no link to a host that is not on the list."""
    settings, reply = checked.settings, checked.reply
    offered = " ".join(checked.context.offers).lower()
    own = checked.context.instance_host.strip().lower()
    allowed, extra = _lower(settings.allowed_link_hosts), _lower(settings.extra_internal_hosts)
    ours = {*SERVICENOW, *extra, *([own] if own else [])}

    def is_allowed(host: str) -> bool:
        bare = host.rpartition(":")[0] if host.rpartition(":")[2].isdecimal() else host
        if leaks.is_host_under(bare, allowed):
            return not leaks.is_host_under(bare, ours) or bare in allowed
        return bool(offered) and f"//{host}" in offered

    found = leaks.hosts(
        reply.folded,
        private=common().private_domains,
        public=common().public_domains,
        version_words=common().version_words,
        is_internal=lambda host: leaks.is_host_under(host, ours),
        is_allowed=is_allowed,
    )
    short = [host for host in extra if "." not in host and words_of(host).strip() and words_of(host) in reply.words]
    return leak("no_internal_hosts", "an internal host or a link that is not allowed", [*found, *short])


def no_sys_id(checked: Checked) -> Point:
    """No sys_id; the reference line is not looked at."""
    reply = checked.reply
    found = leaks.sys_ids(reply.folded) if reply.longest_token >= leaks.SYS_ID_LENGTH else ()
    return leak("no_sys_id", "a sys_id", found)


def no_foreign_mail_addresses(checked: Checked) -> Point:
    """No mail address but those that are allowed or were promised."""
    domains, addresses = _lower(checked.settings.allowed_mail_domains), _lower(checked.settings.allowed_mail_addresses)
    offered = " ".join(checked.context.offers).lower()
    found = [
        address
        for address in leaks.mail_addresses(checked.reply.folded)
        if address.rpartition("@")[2] not in domains and address not in addresses and address not in offered
    ]
    return leak("no_foreign_mail_addresses", "a mail address that is not allowed", found)


@lru_cache(maxsize=64)
def _sought(words: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Internal words with the form in which they stand among the words of a text."""
    forms = ((word, words_of(word)) for word in words)
    return tuple((word, said.strip() if UNSPACED.search(said) else said) for word, said in forms if said.strip())


@lru_cache(maxsize=64)
def _lower(items: frozenset[str]) -> frozenset[str]:
    return frozenset(item.strip().lower() for item in items)
