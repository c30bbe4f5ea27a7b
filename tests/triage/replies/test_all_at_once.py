# ruff: noqa: E501 each fault stands on one line
"""Of faults of one letter, each is told in one round at its place, in any combination, and nothing else is."""

from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from snow_escalations.documents import Problem
from snow_escalations.triage.replies import ReplyTemplates
from snow_escalations.triage.replies.environment import ReplyEnvironment
from snow_escalations.triage.replies.names import facts_named
from snow_escalations.triage.replies.rendering import FAULTS as FAILURES
from snow_escalations.triage.replies.rendering import rendered
from snow_escalations.triage.replies.specimen import specimen, specimens
from snow_escalations.triage.replies.tokens import Tokens
from snow_escalations.triage.replies.trial import Trial
from tests.support.replies import COMMITMENTS, template

LETTER = """---
format: {format}
language: en
---
<p>
Dear {{ contact.name or "customer" }},
we have looked at your escalation {{ escalation.number }} of case {{ case.number }}.
{% if evidence.waiting_for is defined %}
You have waited since {{ evidence.waiting_for | instant }}.
{% endif %}
{% set closing = "Regards" %}
{% if evidence.deadlines is defined and evidence.deadlines %}
You named {{ evidence.deadlines[0].date | date }}.
{% elif evidence.last_word == "us" %}
We wrote last, on {{ evidence.since_opened | date }}.
{% else %}
{{ evidence.executives[0].title if evidence.executives is defined and evidence.executives else "Nobody" }} watches.
{% endif %}
</p>
Some {{ evidence.users_affected | default("many") }} users are affected.
{% if evidence.stalled_for is not defined %}
It is not said for how long.
{% elif evidence.complaints is defined and evidence.complaints %}
You say {{ evidence.complaints[0].words }}, for {{ evidence.stalled_for | duration }}.
{% endif %}
You will hear from us {{ commitments.next_update }}.
{{ closing }}
"""
KNOWN = frozenset({"last_word", "since_opened", "requester_side"})


class Fault(NamedTuple):
    """A mistake: of what in the letter and into what, of one line; what is said of it, and in which other line."""

    right: str
    wrong: str
    message: str
    line: str = ""


FAULTS = [
    # The head.
    Fault("language: en", "language: de", "`language` is `de`, but the name of the file says `en`"),
    Fault("format: {format}", "format: {format}\nsubject: x", "unknown key `subject`", "subject: x"),
    # Tags that are none.
    Fault("{{ contact.name or", "{{ contact.name or or", "expected token 'end of print statement', got 'string'"),
    Fault("of case {{ case.number }}", "of case {{ case.number }", "what begins here has no end; write `}}`"),
    Fault("if evidence.waiting_for is defined", "if evidence.waiting_for = 5", "expected token 'end of statement block', got '='"),
    Fault("evidence.complaints is defined", "evidence.complaints is 'defined", "unexpected char \"'\""),
    Fault('set closing = "Regards"', 'set closing = "Re" "gards" 5', "expected token 'end of statement block', got 'integer'"),
    # Names and filters that there are not.
    Fault("escalation.number", "escalation.numbr", "did you mean `number`?"),
    Fault("commitments.next_update", "commitment.next_update", "did you mean `commitments`?"),
    Fault("evidence.users_affected", "evidence.users_afected", "did you mean `users_affected`?"),
    Fault("evidence.stalled_for is not defined", "evidence.stalled_fro is not defined", "did you mean `stalled_for`?"),
    Fault("evidence.complaints is defined", "evidence.complaints is defned", "did you mean `defined`?"),
    Fault("evidence.complaints[0].words", "evidence.complaints[0].wrds", "did you mean `words`?"),
    Fault("waiting_for | instant", "waiting_for | instnt", "there is no filter `instnt`"),
    Fault("deadlines[0].date | date", "deadlines[0].date | dat", "there is no filter `dat`"),
    # What a letter cannot have.
    Fault("Some {{", "{% for x in 'ab' %}{{ x }}{% endfor %}Some {{", "a reply cannot use `for`"),
    Fault("You will hear", "{{ case.short_description.upper() }} You will hear", "a reply cannot use `(...)`"),
    Fault("You say", "{{ case.number ~ 'x' }} You say", "a reply cannot use `~`"),
    Fault("are affected.", "are affected.[code]", "a `[code]` tag"),
    # What may not be there.
    Fault("We wrote last", "{{ evidence.severity }} We wrote last", "`evidence.severity` may be missing when the rule `x` decides"),
    Fault("It is not said", "{{ evidence.account | upper }} It is not said", "`evidence.account` may be missing"),
    Fault("watches.", "watches. {% if evidence.template %}{% endif %}", "`evidence.template` may be missing"),
    Fault("{{ closing }}", "{% if evidence.last_word == 'us' %}{% set late = 1 %}{% endif %}{{ late }} {{ closing }}", "`late` may not be set here"),
    # What fails when it is written.
    Fault("since_opened | date", "since_opened", "a duration has no words of its own"),
    Fault("We wrote last", "We wrote {{ 1 // 0 }} last", "integer division or modulo by zero"),
    Fault("Dear", "{{ contact.name | round }} Dear", "`round` takes a number, not str"),
    Fault("your escalation", "your {{ evidence.deadlines[0].words if evidence.deadlines is defined }} escalation", "the list has 0 items"),
    Fault("hear from us", "hear {{ evidence.requester_side | date }} from us", "`date` takes a day such as"),
]  # fmt: skip


def told(faults: list[Fault], form: str) -> tuple[list[str], list[str]]:
    """What is said of the letter with these mistakes in it, and what should be."""
    text = LETTER
    for fault in sorted(faults, key=lambda fault: LETTER.index(fault.right), reverse=True):
        assert text.count(fault.right) == 1, fault
        text = text.replace(fault.right, fault.wrong)
    text = text.replace("{format}", form)
    made = ReplyTemplates.read({"t.en": ("t.en.j2", text)}, COMMITMENTS)
    lines = text.splitlines()
    said: list[str] = []
    problems: set[Problem] = {*made.problems, *made.check_for("t", KNOWN, rule="the rule `x`")}
    for problem in problems:
        line = lines[problem.line - 1]
        found = [
            fault.message
            for fault in faults
            if fault.message in problem.message and (fault.line or fault.wrong.replace("{format}", form)) in line
        ]
        said += found[:1] or [str(problem)]
    return sorted(said), sorted(fault.message for fault in faults)


@pytest.mark.parametrize("form", ["text", "html"])
@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.message)
def test_one_fault_is_told_and_nothing_else(fault: Fault, form: str) -> None:
    said, wanted = told([fault], form)
    assert said == wanted


def test_without_a_fault_nothing_is_told() -> None:
    assert told([], "text") == told([], "html") == ([], [])


@settings(max_examples=100, deadline=None)
@given(st.sets(st.sampled_from(FAULTS), min_size=2), st.sampled_from(["text", "html"]))
def test_faults_in_any_combination_are_told_in_one_round_and_nothing_else_is(faults: set[Fault], form: str) -> None:
    apart = {fault.right: fault for fault in FAULTS if fault in faults}.values()
    said, wanted = told([fault for fault in FAULTS if fault in apart], form)
    assert said == wanted


def places(letter: str, form: str = "text") -> list[tuple[int, int, str]]:
    """Line, column and beginning of all that is said of a letter, when a rule knows some facts."""
    made = ReplyTemplates.read({"t.en": ("t.en.j2", template(letter, form=form))}, COMMITMENTS)
    found = {*made.problems, *made.check_for("t", {"last_word", "deadlines", "stalled"}, rule="the rule `x`")}
    return [(problem.line - 4, problem.column, problem.message) for problem in sorted(found)]


LOOPS = (
    "{% for d in evidence.deadlines %}{{ d.date | dat }}{{ d.foo }}{{ loop.index }}{{ evidence.prioritty }}\n"
    "{% for x in d %}{{ y }}{% endfor %}{% endfor %}{{ wave(case.nmber) }}{{ case.number.upper() ~ contact.nam }}"
)
IN_FULL = [
    (
        "what fails when it is written hides no name that there is not, and no fact that may be missing",
        "A {{ evidence.deadlines[0].date | date }}\n{{ evidence.prioritty }}\n{{ evidence.severity }}",
        [
            (1, 3, "the list has 0 items, so there is no `[0]`; ask first whether there is one (where `evidence.dead"),
            (2, 13, "`evidence` has no `prioritty`; did you mean `priority`?"),
            (3, 13, "`evidence.severity` may be missing when the rule `x` decides"),
        ],
    ),
    (
        "each of several things that fail in one tag",
        "{{ contact.name | round + case.number | round }} {{ evidence.deadlines[0].hours_left | ago }}",
        [
            (1, 19, "`round` takes a number, not str"),
            (1, 41, "`round` takes a number, not str"),
            (1, 50, "the list has 0 items"),
            (1, 88, "-72 hours are no duration"),
        ],
    ),
    (
        "what stands behind a test that fails in any case, where no test could help it",
        "{% if case.number | round > 2 %}{{ evidence.stalled }}{{ evidence.deadlines[0].words }}{% endif %}",
        [(1, 21, "`round` takes a number, not str"), (1, 33, "true and false have no words")],
    ),
    (
        "a name that could not be set fails no more where it is used",
        "{% set a = contact.name | round %}{{ a | date }}{% if a %}{{ evidence.deadlines[0].words }}{% endif %}",
        [(1, 27, "`round` takes a number, not str")],
    ),
    (
        "behind a misspelt fact what is meant is certain, and no other",
        "{% if evidence.severty is defined %}{{ evidence.severity }}{{ evidence.account }}{% endif %}",
        [
            (1, 16, "`evidence` has no `severty`; did you mean `severity`?"),
            (1, 72, "`evidence.account` may be missing"),
        ],
    ),
    (
        "behind a test that nobody understands anything may be certain, and behind its end nothing is",
        "{% if evidence.severity == %}{{ evidence.account }}{% endif %}{{ evidence.account }}",
        [(1, 1, "unexpected 'end of statement block'"), (1, 75, "`evidence.account` may be missing")],
    ),
    (
        "inside of what a letter cannot use, what is wrong whatever becomes of it",
        LOOPS,
        [
            (1, 1, "a reply cannot use `for`"),
            (1, 46, "there is no filter `dat`"),
            (1, 91, "`evidence` has no `prioritty`"),
            (2, 1, "a reply cannot use `for`"),
            (2, 20, "there is no `y`"),
            (2, 48, "a reply cannot use `(...)`"),
            (2, 61, "`case` has no `nmber`"),
            (2, 70, "a reply cannot use `(...)`"),
            (2, 93, "a reply cannot use `~`"),
            (2, 103, "`contact` has no `nam`"),
        ],
    ),
    (
        "a name that a loop makes is another one behind it",
        "{% for case in evidence.deadlines %}{{ case.foo }}{% endfor %}{{ case.foo }}",
        [(1, 1, "a reply cannot use `for`"), (1, 71, "`case` has no `foo`")],
    ),
    (
        "all tags that are none, and what the others say",
        "{{ contact.name | }} {% %} {{ don't }} it's {{ case.number }\n{{ 'x{{' }}{% iff case %}{{ case.nmber }}{% endiff %}",
        [
            (1, 1, "expected token 'name', got 'end of print statement'"),
            (1, 22, "tag name expected"),
            (1, 28, "unexpected char"),
            (1, 45, "what begins here has no end; write `}}`"),
            (2, 12, "Encountered unknown tag 'iff'; did you mean `if`?"),
            (2, 34, "`case` has no `nmber`"),
            (2, 42, "Encountered unknown tag 'endiff'; did you mean `endif`?"),
        ],
    ),
    (
        "lines and columns behind a tag of several lines that cannot be read",
        "{%- if evidence.stalled = 1 -%}\n\n{%- elif\n evidence.x ==\n -%} x {{ case.nmber }}{% endif %}{{ case.nmber }}",
        [
            (1, 1, "expected token 'end of statement block', got '='"),
            (3, 1, "unexpected 'end of statement block'"),
            (5, 16, "`case` has no `nmber`"),
            (5, 43, "`case` has no `nmber`"),
        ],
    ),
    (
        "all tags that fit to no other, and what fails in any case",
        "{% endif %}{% else %}{% if evidence.stalled %}{% else %}{% elif x %}{% else %}\n{{ evidence.stalled }}{{ case.nmber }}",
        [
            (1, 1, "`endif` without an `if` before it"),
            (1, 12, "`else` without an `if` before it"),
            (1, 22, "this `if` has no end"),
            (1, 57, "`elif` after the `else` of the same `if`"),
            (1, 65, "there is no `x`"),
            (1, 69, "`else` after the `else` of the same `if`"),
            (2, 1, "true and false have no words"),
            (2, 31, "`case` has no `nmber`"),
        ],
    ),
    (
        "of a loop without an end the loop is told",
        "{% for a in evidence.deadlines %}{{ a.date }}{{ loop.index }}{{ case.nmber }}",
        [(1, 1, "a reply cannot use `for`"), (1, 70, "`case` has no `nmber`")],
    ),
    (
        "what has no end hides what follows",
        "a {# b {{ case.nmber }}",
        [(1, 3, "what begins here has no end; write `#}`")],
    ),
    (
        "and what stands there raw is nobody's name",
        "{% raw %}{{ a }}{% endraw %}{# {{ a }} #}{{ case.nmber }}{{ a | }}{% raw %}{{ b }}",
        [
            (1, 50, "`case` has no `nmber`"),
            (1, 58, "expected token 'name'"),
            (1, 67, "what begins here has no end; write `{% endraw %}`"),
        ],
    ),
    (
        "a letter whose tags make names that nobody knows",
        "{% set a = %}{% set = 3 %}{% set b, c = 3 %}{% macro m(d) %}{% endmacro %}{{ a }}{{ b }}{{ m }}{{ e }}",
        [
            (1, 1, "Expected an expression"),
            (1, 14, "unexpected '='"),
            (1, 27, "a reply cannot use `a list of other than fixed values`"),
            (1, 45, "a reply cannot use `macro`"),
            (1, 99, "there is no `e`"),
        ],
    ),
]


@pytest.mark.parametrize(("letter", "wanted"), [case[1:] for case in IN_FULL], ids=[case[0] for case in IN_FULL])
def test_each_fault_is_told_at_its_line_and_column(letter: str, wanted: list[tuple[int, int, str]]) -> None:
    found = places(letter)
    assert [item[:2] for item in found] == [item[:2] for item in wanted], found
    assert all(said.startswith(words) for (*_, said), (*_, words) in zip(found, wanted, strict=True)), found


@pytest.mark.parametrize(
    ("letter", "wanted"),
    [
        ("<div>{{ case.nmber }}<p>x", ["`case` has no `nmber`", "<p> is not closed", "a reply cannot have <div>"]),
        ("<p class='x'>{{ evidence.stalled }}</p></b>", ["<p> takes no", "true and false", "</b> closes what is not"]),
        ("<p>{{ evidence.stalled | round }}<img/></p>", ["`round` takes a number", "a reply cannot have <img>"]),
        ("<p {{ evidence.stalled }} x</p>", ["a `<` that begins", "true and false"]),
        ("<p/>{{ evidence.stalled }}", ["<p> takes no attributes", "true and false"]),
        ("<p 1 < 2 {{ evidence.stalled }}", ["a `<` that begins", "a `<` that begins", "true and false"]),
        ("{% if evidence.stalled = 1 %}<p>{% endif %}x{% if evidence.stalled %}</p>{% endif %}", ["expected token"]),
    ],
)  # fmt: skip
def test_faults_of_html_are_told_with_the_others_and_lead_to_none(letter: str, wanted: list[str]) -> None:
    found = [message for *_, message in places(letter, "html")]
    assert len(found) == len(wanted), found
    assert all(any(message.startswith(words) for message in found) for words in wanted), found


@pytest.mark.parametrize(
    ("head", "line", "said"),
    [
        ("", 1, "the front matter is missing"),
        ("---\nformat: text\n", 3, "the front matter that begins here has no end"),
        ("---\nformat: [\n---\n", 4, "not valid YAML"),
        ("---\nformat: html\nlanguage: Englisch\n---\n", 5, "`language`: string should match"),
    ],
)
def test_a_head_that_cannot_be_read_hides_no_fault_of_the_letter(head: str, line: int, said: str) -> None:
    letter = "{{ case.nmber }} {{ evidence.stalled }} {{ evidence.severity }}"
    made = ReplyTemplates.read({"t.en": ("t.en.j2", f"{head}{letter}")}, COMMITMENTS)
    problems = {*made.problems, *made.check_for("t", {"stalled"})}
    assert len(problems) == 4, problems
    assert sum(problem.message.startswith(said) for problem in problems) == 1
    assert sum(problem.line == line for problem in problems) == (4 if line == 1 else 3)


@pytest.mark.parametrize(
    ("stem", "language"), [("approved", "de"), ("approved.german", "de"), ("Approved.de", "de"), ("approved", "xx yy")]
)
def test_a_letter_that_is_called_wrong_is_looked_at_in_its_language(stem: str, language: str) -> None:
    text = template("{{ evidence.since_opened | ago }} {{ case.nmber }}", language=language)
    made = ReplyTemplates.read({stem: ("file", text)}, COMMITMENTS, fallback_language="pt")
    words = [problem.message.split(";")[0][:32] for problem in sorted(made.problems)]
    assert words[0] == "a template is called NAME.LANGUA"
    assert ("`case` has no `nmber`" in words, any("ago" in word for word in words)) == (True, language != "de")


EXPRESSION = st.sampled_from(
    [
        *(
            "evidence.since_opened",
            "evidence.since_opened.hours | round",
            "evidence.stalled",
            "evidence.stalled or 'x'",
        ),
        *("evidence.users_affected + 1", "evidence.deadlines[0].hours_left | ago", "evidence.deadlines[0].words", "a"),
        *("('x' if evidence.stalled else evidence.reason | round)", "contact.name | upper", "1 // 0", "result", "none"),
    ]
)
STATEMENTS = st.recursive(
    EXPRESSION.map(lambda value: f"{{{{ {value} }}}}\n")
    | st.tuples(st.sampled_from(["a", "result"]), EXPRESSION).map(lambda two: f"{{% set {two[0]} = {two[1]} %}}")
    | st.just(" words"),
    lambda inner: (
        st.tuples(EXPRESSION, inner, EXPRESSION, inner, inner).map(
            lambda of: f"{{% if {of[0]} %}}{of[1]}{{% elif {of[2]} %}}{of[3]}{{% else %}}{of[4]}{{% endif %}}"
        )
        | st.tuples(inner, inner).map("".join)
    ),
    max_leaves=8,
)


@settings(max_examples=150, deadline=None)
@given(STATEMENTS, st.booleans())
def test_a_letter_that_is_tried_by_its_statements_fails_where_jinja_fails(letter: str, is_html: bool) -> None:
    environment = ReplyEnvironment("en", is_html=is_html)
    tree, compiled = environment.parse(letter), environment.from_string(letter)
    tokens = Tokens(environment, letter, tree)
    trial = Trial(tokens, environment, (), lost=(), check_markup=None, is_joined=True)
    for context in specimens(specimen(COMMITMENTS), facts_named(tree)):
        said = [message.removesuffix(f" ({context.where})") for _, message in trial.failures([context]).values()]
        first = None
        try:
            rendered(compiled, context.context, is_html=False)
        except FAILURES as error:
            first = str(error)
        assert first in said if first is not None else said == []
