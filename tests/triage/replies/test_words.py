"""Words of a record are harmless before they stand in a reply."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from snow_escalations.triage.replies.words import defused, one_line, quotable, reflowed, without_code_tags

DISGUISES = [
    "[code]",
    "[/code]",
    "[CODE]",
    "[ / CoDe ]",
    "[\tcode\n]",
    "[c o d e]",
    "［ｃｏｄｅ］",
    "【/code】",
    "﹝code﹞",
    "[\u200bco\u00adde]",
    "[co\x00de]",
    "[co\ufe0fde]",
    "[сode]",  # a Cyrillic letter
    "[cοde]",  # a Greek one
    "[⁄code]",
    "[co[code]de]",
    "[[code]code]",
    "[co[/code]de]",
    "&#91;code&#93;",
    "&#x5B;/code&#X5d;",
    "&amp;#91;code&amp;amp;#93;",
    "&lbrack;code&rsqb;",
    "[&#99;&#x6f;de]",
    "[𝐜𝐨𝐝𝐞]",
    "[ⓒode]".replace("ⓒ", "ｃ"),
]


@pytest.mark.parametrize("tag", DISGUISES)
def test_a_code_tag_goes_however_it_is_disguised_and_nothing_else_does(tag: str) -> None:
    assert without_code_tags(f"Ärger ½ {tag}, ﬁne\n") == "Ärger ½ , ﬁne\n"


@pytest.mark.parametrize("text", ["[coda]", "code", "a[0] codes", "[codec]", "R&D &c.", "&#91;", "「code」", "[/]"])
def test_what_is_no_code_tag_stays(text: str) -> None:
    assert without_code_tags(text) == text


PIECES = st.sampled_from(
    ["[", "]", "/", " ", "c", "o", "d", "e", "code", "ｃ", "О", "\u200b", "&#91;", "&amp;", "［", "a"]
)


@given(st.lists(PIECES, max_size=30).map("".join) | st.text(max_size=60))
@settings(max_examples=300)
@example("[co[co[code]de]de]")
def test_no_text_keeps_a_code_tag(text: str) -> None:
    cleaned = without_code_tags(text)
    assert without_code_tags(cleaned) == cleaned
    for folded in (cleaned.lower(), "".join(cleaned.lower().split())):
        assert "[code]" not in folded
        assert "[/code]" not in folded


def test_words_are_one_line_and_cut() -> None:
    assert one_line("a\r\n b\tc\x1b[31m\u202e") == "a b c [31m"
    assert len(one_line("x" * 500)) == 200


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("see https://evil.example/x", "see hxxps[:]//evil[.]example/x"),
        ("HTTP://EVIL.COM", "HXXP[:]//EVIL[.]COM"),
        ("www.evil.com", "www[.]evil[.]com"),
        ("write a.b@evil.example", "write a.b [at] evil[.]example"),
        ("a @ b", "a [at] b"),
        ("custom://x", "custom[:]//x"),
        ("mailto:x", "mailto :x"),
        ("javascript:alert(1)", "javascript :alert(1)"),
        ("evil。com", "evil[.]com"),
        ("evil．com", "evil[.]com"),
        ("停止します。再起動", "停止します。再起動"),
        ("release 4.2.1, 10.5 hours. Then", "release 4.2.1, 10.5 hours. Then"),
        ("data: none", "data: none"),
    ],
)
def test_addresses_in_words_of_a_record_lead_nowhere(text: str, wanted: str) -> None:
    assert defused(text) == wanted


@given(st.text(alphabet="htps:/.@wcom[]ode evil", max_size=40))
def test_quoted_words_hold_no_address_and_no_tag(text: str) -> None:
    quoted = quotable(text)
    assert "http" not in quoted or "http:" not in quoted
    assert "://" not in quoted
    assert "@" not in quoted.strip("@ ") or " @" in f" {quoted}"
    assert without_code_tags(quoted) == quoted


def test_paragraphs_become_one_line_each_and_lists_stay() -> None:
    text = "Dear Ana,\n\nwe have\n  decided.\n \n- one\n- two\n  and more\n1. first\n\n\nBye\n"
    assert reflowed(text) == "Dear Ana,\n\nwe have decided.\n\n- one\n- two and more\n1. first\n\nBye"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("確認\nしました。", "確認しました。"),
        ("ケース\nCS1\nです", "ケースCS1です"),
        ("と\n「引用」\nabc", "と「引用」abc"),
        ("안녕\n하세요", "안녕 하세요"),
        ("a\nb", "a b"),
        ("Wir melden uns bis zum\n1. Dezember.", "Wir melden uns bis zum 1. Dezember."),
        ("Danach:\n1. Anruf\n2. Bericht", "Danach:\n1. Anruf\n2. Bericht"),
    ],
)
def test_lines_are_joined_as_their_script_joins_words(text: str, wanted: str) -> None:
    assert reflowed(text) == wanted
