"""HTML in a reply: few tags, values escaped, `[code]` by the program alone."""

import html
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from snow_escalations.model import Person
from snow_escalations.triage.replies import TemplateError
from snow_escalations.triage.replies.words import without_code_tags
from tests.support.dossiers import case
from tests.support.replies import COMMITMENTS, draft, load, render

LETTER = """<p>Dear {{ contact.name }},</p>
<ul>
  <li>{{ case.short_description }}</li>
</ul>
<p><b>Talk</b> to <a href="{{ commitments.meeting_link }}">us</a>.<br/>Bye<br></p>"""


def test_html_stands_between_code_tags_that_the_program_writes() -> None:
    made = draft(load(LETTER, form="html"))
    assert made.format == "html"
    assert made.text == (
        "[code]<p>Dear Ana Sousa,</p> <ul> <li>The nightly export stops</li> </ul> <p><b>Talk</b> to "
        f'<a href="{COMMITMENTS.meeting_link}">us</a>.<br/>Bye<br></p>[/code]\n'
    )
    assert made.words == "Dear Ana Sousa,\nThe nightly export stops\nTalk to us.\nBye\n"


def test_the_words_of_a_text_are_the_text() -> None:
    made = draft(load("Dear {{ contact.name }},"))
    assert made.words == made.text == "Dear Ana Sousa,\n"


@pytest.mark.parametrize(
    ("letter", "line", "column", "message"),
    [
        ("<p>x</p>\n  <script>x</script>", 6, 3, "a reply cannot have <script>: there are <a>, <b>, <blockquote>"),
        ("<img src=x>", 5, 1, "a reply cannot have <img>"),
        ("<P>x</P>", 5, 1, "a `<` that begins no tag of a reply; write `&lt;` for the character"),
        ("<!-- x -->", 5, 1, "a `<` that begins no tag"),
        ("<!doctype html>", 5, 1, "a `<` that begins no tag"),
        ("a < b", 5, 3, "a `<` that begins no tag"),
        ("x <p", 5, 3, "a `<` that begins no tag"),
        ("<p onclick=x>x</p>", 5, 1, "<p> takes no attributes here"),
        ("<p/>", 5, 1, "<p> takes no attributes here"),
        ('<b href="https://x.example">x</b>', 5, 1, "<b> takes no attributes here"),
        ('<a href="https://x.example" target="x">x</a>', 5, 1, "<a> takes no attributes here"),
        ("<a>x</a>", 5, 1, "<a> leads to the meeting link"),
        ('<a href="http://x.example">x</a>', 5, 1, "<a> leads to the meeting link"),
        ('<a href="javascript:x">x</a>', 5, 1, "<a> leads to the meeting link"),
        ('<a href="{{ contact.name }}">x</a>', 5, 1, "<a> leads to the meeting link"),
        ('<a href="https://{{ contact.name }}">x</a>', 5, 1, "<a> leads to the meeting link"),
        ("<{{ contact.name }}>x", 5, 1, "a `<` that begins no tag"),
        ("<{% if case.number %}p{% endif %}>", 5, 1, "a `<` that begins no tag"),
        ("<p>x", 5, 1, "<p> is not closed"),
        ("<p><b>x</p></b>", 5, 1, "</p> closes what is not open there"),
        ("x</p>", 5, 1, "</p> closes what is not open there"),
        ("x\n[code]y[/code]", 6, 1, "a `[code]` tag; the program alone writes it"),
    ],
)
def test_html_that_a_reply_cannot_have_is_told_at_its_place(letter: str, line: int, column: int, message: str) -> None:
    with pytest.raises(TemplateError) as caught:
        load(letter, form="html")
    first = caught.value.problems[0]
    assert ((first.line, first.column), first.message[: len(message)]) == ((line, column), message)


@pytest.mark.parametrize("letter", ["x [code] y", "[ / CODE ]", "［ｃｏｄｅ］", "&#91;code]", "[co{# x #}\n[code]de]"])
def test_a_template_of_text_holds_no_code_tag(letter: str) -> None:
    with pytest.raises(TemplateError, match="the program alone writes it, around a letter with `format: html`"):
        load(letter)


def test_a_code_tag_that_arises_of_pieces_is_taken_out() -> None:
    assert render("[co{{ '' }}de]x[{{ '/' }}code]") == "x\n"
    assert render("a [{# x #}code] b", form="html") == "[code]a b[/code]\n"


def test_a_tag_that_is_closed_in_one_branch_alone_is_refused() -> None:
    with pytest.raises(TemplateError, match=r"<b> is not closed \(where `evidence.stalled` is false\)"):
        load("<b>x{% if evidence.stalled %}</b>{% endif %}", form="html")


@given(
    st.text(max_size=80) | st.sampled_from(["<script>alert(1)</script>", "[code]<b>[/code]", "&lt;b&gt;", "'\"><p>"])
)
@settings(max_examples=200)
def test_values_are_words_in_html_whatever_they_hold(words: str) -> None:
    text = render(LETTER, case(contact=Person(sys_id="2" * 32, name=words), short_description=words), form="html")
    inside = text.removeprefix("[code]").removesuffix("[/code]\n")
    assert without_code_tags(inside) == inside
    assert len(re.findall("<", inside)) == 14
    assert without_code_tags(html.unescape(inside)) == html.unescape(inside)
