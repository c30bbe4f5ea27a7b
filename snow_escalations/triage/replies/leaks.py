"""What no customer may read, by its form, in any language: sys_ids, hosts, links, mail addresses, code tags."""

import re
from collections.abc import Callable, Collection, Iterator

_HEXADECIMAL = re.compile(r"[0-9a-f]{32,}")
SYS_ID_LENGTH = 32
_CHECKSUM = re.compile(r"md-?5(?:\W{0,3}(?:\w{1,12}\W{1,3})?|(?: \w{1,12}){1,4} (?:is|was|ist|lautet|est|es):? )\Z")
_CHECKSUM_REACH = 64
_MAIL = re.compile(r"(?<![\w.+-])[\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){0,6}")
_URL = re.compile(r"://(?:[^\s/@]{0,80}@)?(?P<host>\[[0-9a-f:]{2,40}\]|[^\s/?#:\"'<>()\[\]、。，）」]+)")
_HOST = re.compile(r"(?<![\w@./-])(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.){1,8}[a-z][a-z0-9-]{0,22}(?![\w@-])")
_ADDRESS = re.compile(r"(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w]|\.\d)")
_UNIQUE_LOCAL = re.compile(r"(?<![\w:])f(?:[cd][0-9a-f]{2}|e80):[0-9a-f:]{2,40}", re.ASCII)
_SHARE = re.compile(r"(?<![\\\w])\\\\[\w.$-]+\\[\w.$-]+")
_PAGE = re.compile(r"\b(?:nav_to|[a-z_]{2,60}(?:_list)?)\.do\?[a-z_]|\bnav_to\.do\b|\bsys_id=|\bsysparm_\w")
_LAST_WORD = re.compile(r"([^\W\d_]+)[\s.:(-]{0,3}\Z")


def sys_ids(folded: str) -> Iterator[str]:
    """Sys_ids in a lower-case text: 32 hexadecimal digits that no longer run goes on with, and no MD5 checksum."""
    for match in _HEXADECIMAL.finditer(folded):
        start, end = match.span()
        around = folded[max(0, start - 1) : start] + folded[end : end + 1]
        if end - start != SYS_ID_LENGTH or match[0].isdecimal() or any(map(str.isalnum, around)):
            continue
        if not _CHECKSUM.search(folded[max(0, match.start() - _CHECKSUM_REACH) : match.start()]):
            yield match[0]


def has_code_tag(folded: str) -> bool:
    """Whether there is a `[code]` or `[/code]` tag, however it is spaced."""
    if "[" not in folded and "【" not in folded and "〔" not in folded and "⁅" not in folded:
        return False
    pressed = "".join(folded.split()).translate(_BRACKETS)
    return "[code]" in pressed or "[/code]" in pressed


_BRACKETS = str.maketrans("【】〔〕⁅⁆", "[][][]")


def mail_addresses(folded: str) -> Iterator[str]:
    """Mail addresses in a lower-case text."""
    if "@" in folded:
        for match in _MAIL.finditer(folded):
            if "." in match[0].rpartition("@")[2]:
                yield match[0].rstrip(".-")


def hosts(
    folded: str,
    *,
    private: Collection[str],
    public: Collection[str],
    version_words: Collection[str],
    is_internal: Callable[[str], bool],
    is_allowed: Callable[[str], bool],
) -> Iterator[str]:
    """Hosts, addresses and pages in a lower-case text that a customer may not read of.

    Args:
        folded: the text.
        private: last parts of names that no public network knows.
        public: last parts of names by which a name with a path is a link, without `https://` too.
        version_words: words after which four numbers are a version.
        is_internal: whether a host is one of ours that is not shown.
        is_allowed: whether a host may be linked to.
    """
    if "." not in folded and ":" not in folded and "\\\\" not in folded and "=" not in folded:
        return
    if "://" in folded:
        for match in _URL.finditer(folded):
            host = match["host"].rstrip(".,;!")
            if not is_allowed(host):
                yield host
    dotted = " ".join([token for token in folded.split() if "." in token and "." in token[:-1]])
    for match in _HOST.finditer(dotted):
        host = match[0]
        last = host.rpartition(".")[2]
        linked = last in public and (host.startswith("www.") or dotted[match.end() : match.end() + 1] == "/")
        if (last in private or is_internal(host) or linked) and not is_allowed(host):
            yield host
    if _ADDRESS.search(dotted):
        for match in _ADDRESS.finditer(folded):
            if is_private(match[0]) and not _is_version(folded, match.start(), version_words):
                yield match[0]
    for sign, pattern in (("::", _UNIQUE_LOCAL), ("\\\\", _SHARE), (".do", _PAGE), ("sys", _PAGE)):
        if sign in folded:
            yield from (match[0] for match in pattern.finditer(folded))


def _is_version(folded: str, at: int, version_words: Collection[str]) -> bool:
    before = _LAST_WORD.search(folded[max(0, at - 24) : at])
    if before is None:
        return False
    unspaced = tuple(word for word in version_words if not word.isascii())
    return before[1] in version_words or before[1].endswith(unspaced)


def is_private(address: str) -> bool:
    """Whether four numbers are an address of a private network, of this machine or of this link (RFC 1918, 3927)."""
    first, second, *rest = (int(part) for part in address.split("."))
    if max(first, second, *rest) > 255:
        return False
    return (
        first in {10, 127}
        or (first == 172 and 16 <= second <= 31)
        or (first == 192 and second == 168)
        or (first == 169 and second == 254)
        or (first == 100 and 64 <= second <= 127)
    )


def is_host_under(host: str, known: Collection[str]) -> bool:
    """Whether a host is one of some, or a subdomain of one."""
    while host:
        if host in known:
            return True
        _, _, host = host.partition(".")
    return False
