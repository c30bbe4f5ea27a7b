"""Payloads that escape other template engines, or never end: each is refused when it is loaded or rendered."""

import pytest

from snow_escalations.triage.replies import TemplateError
from snow_escalations.triage.replies.environment import FILTERS, ReplyEnvironment
from tests.support.replies import draft, load

CLASSES = [
    "{{ ''.__class__ }}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ ''['__class__'] }}",
    "{{ ''['__cla' 'ss__'] }}",
    "{{ [].__class__.__base__ }}",
    "{{ ().__class__.__bases__[0] }}",
    "{{ 1.0.__class__ }}",
    "{{ (1).__class__ }}",
    "{{ escalation.__init__.__globals__ }}",
    "{{ escalation.number.__class__ }}",
    "{{ evidence.since_last_reply.__class__ }}",
    "{{ evidence.since_last_reply.__dataclass_fields__ }}",
    "{{ evidence.deadlines.__class__ }}",
    "{% set x = escalation.number %}{{ x.__class__ }}",
    "{% set x = '' %}{{ x['__class__'] }}",
    "{% if false %}{{ ''.__class__ }}{% endif %}",
    "{{ (escalation.number | lower).__class__ }}",
    "{{ nothing.__class__ }}",
    "{{ self.__init__ }}",
    "{{ self._TemplateReference__context }}",
    "{{ loop.__class__ }}",
]
GLOBALS = [
    "{{ lipsum }}",
    "{{ lipsum.__globals__['os'].popen('id').read() }}",
    "{{ cycler.__init__.__globals__.os }}",
    "{{ joiner }}",
    "{{ namespace(a=1) }}",
    "{{ range(10) }}",
    "{{ dict(a=1) }}",
    "{{ self }}",
    "{{ request.application }}",
    "{{ config.items() }}",
    "{{ get_flashed_messages.__globals__ }}",
    "{{ url_for.__globals__ }}",
    "{{ __import__('os') }}",
    "{{ open('/etc/passwd') }}",
]
CALLS = [
    "{{ escalation.number.format() }}",
    "{{ '{0.__class__}'.format(case) }}",
    "{{ ''.join([]) }}",
    "{{ 'x'.replace('x', 'y' ) }}",
    "{{ escalation.pop('number') }}",
    "{{ escalation.number.encode() }}",
    "{{ caller() }}",
    "{{ super() }}",
    "{% if false %}{{ escalation.clear() }}{% endif %}",
    "{% do escalation.clear() %}",
    "{% set x = 'a'.upper %}{{ x }}",
    "{% set x = 'a'.upper %}{{ x() }}",
]
FILTERED = [
    "{{ escalation.number | attr('__class__') }}",
    "{{ ['a'] | map('upper') }}",
    "{{ [1] | map(attribute='__class__') | join }}",
    "{{ ['a'] | join(attribute='__class__') }}",
    "{{ escalation.number | format }}",
    "{{ '%s' | format(case) }}",
    "{{ 'x' | safe }}",
    "{{ '<b>' | safe }}",
    "{{ 'x' | tojson }}",
    "{{ 'x' | pprint }}",
    "{{ 'x' | xmlattr }}",
    "{{ ['a'] | groupby('x') }}",
    "{{ ['a'] | select('x') }}",
    "{{ ['a'] | sum }}",
    "{{ 'x' | center(100000000) }}",
    "{{ 'x' | indent(100000000) }}",
    "{{ 'x' | replace('x', 'y') }}",
    "{{ 'x' | wordwrap(1) }}",
    "{{ 'x' | list }}",
    "{{ 'x' | batch(1) }}",
]
STATEMENTS = [
    "{% include '/etc/passwd' %}",
    "{% import 'x' as y %}",
    "{% from 'x' import y %}",
    "{% extends 'x' %}",
    "{% block a %}{% endblock %}",
    "{% macro f() %}x{% endmacro %}{{ f() }}",
    "{% call x() %}{% endcall %}",
    "{% filter upper %}x{% endfilter %}",
    "{% with a = 1 %}{% endwith %}",
    "{% set a %}x{% endset %}",
    "{% set ns.a = 1 %}",
    "{% set case = 'x' %}",
    "{% set a, b = 'xy' %}{{ a }}",
    "{% autoescape false %}x{% endautoescape %}",
    "{% debug %}",
    "{% trans %}x{% endtrans %}",
]
RESOURCES = [
    "{{ 'a' * 50000000 }}",
    "{{ 50000000 * 'a' }}",
    "{{ 9 ** 9 ** 7 }}",
    "{{ '%99999999d' % 1 }}",
    "{{ [0] * 99999999 }}",
    "{{ 1.5 | round(999999999, 'ceil') }}",
    "{{ 1e400 | int }}",
    "{% for a in 'aaaa' %}{% endfor %}",
    "{% for a in ten recursive %}{{ loop(a) }}{% endfor %}",
    "{% set a = 'aaaaaaaaaa' %}" + "{% set a = a ~ a %}" * 40 + "{{ a }}",
    "{% set a = 'aaaaaaaaaa' %}" + "{% set a = a + a %}" * 40 + "{{ a }}",
    "{% set a = 'aaaaaaaaaa' %}" + "{% set a = a | join(a) %}" * 12 + "{{ a }}",
    "{% set a = [1, 2] %}" + "{% set a = [a, a] %}" * 40 + "{% set b = [a] %}{{ a == b }}",
    "{% set a = {'x': 1} %}{{ a }}",
    "{{ " + "(" * 500 + "1" + ")" * 500 + " }}",
    "{{ " + "[" * 5000,
    "{{ " + "9" * 5000,
    "{{ " + "-" * 5000 + "1 }}",
    "{% if true %}" * 200 + "x" + "{% endif %}" * 200,
    "{{ 'xxxx' }}" * 1500,
    "{{ 1 // 0 }}",
    "{{ 1 / 0 }}",
]
BROKEN = [
    "{{ unclosed ",
    "{% if %}",
    "{% endif %}",
    "{{ }}",
    "{{ 'a' + 1 }}",
    "{{ none + 1 }}",
    "{{ true + 1 }}",
    "{{ 'a' < 1 }}",
    "{{ 'abc'[::0] }}",
    "{{ [1, 2] }}",
    "{{ none }}",
    "{{ 'a'.b }}",
]


@pytest.mark.parametrize("payload", [*CLASSES, *GLOBALS, *CALLS, *FILTERED, *STATEMENTS, *RESOURCES, *BROKEN])
def test_no_payload_becomes_a_reply(payload: str) -> None:
    with pytest.raises(TemplateError) as caught:
        draft(load(payload))
    assert all(problem.line >= 1 and len(str(problem)) < 1000 for problem in caught.value.problems)


@pytest.mark.parametrize("payload", ["{{ ''.__class__ }}", "{{ 'x' | safe }}", "{{ lipsum }}", "{{ '%s' % case }}"])
def test_no_payload_becomes_a_reply_in_html_either(payload: str) -> None:
    with pytest.raises(TemplateError):
        draft(load(payload, form="html"))


@pytest.mark.parametrize(
    ("letter", "column", "message"),
    [
        ("{% for a in 'aaaa' %}{% endfor %}", 1, "a reply cannot use `for`: there are `if` and `set`"),
        ("{% macro a() %}{% endmacro %}", 1, "a reply cannot use `macro`"),
        ("{% filter upper %}x{% endfilter %}", 1, "a reply cannot use `filter`"),
        ("{% set a %}x{% endset %}", 1, "a reply cannot use `set block`"),
        ("{% from 'x' import y %}", 1, "a reply cannot use `from`"),
        ("x {{ 'a' * 5 }}", 10, "a reply cannot use `*`"),
        ("x {{ 'a' ~ 'b' }}", 10, "a reply cannot use `~`: write the values one after the other"),
        ("x {{ case.number.upper() }}", 3, "a reply cannot use `(...)`: nothing can be called"),
        ("x {{ 1e400 | int }}", 3, "a reply cannot use `an infinite number`"),
        ("{% autoescape false %}x{% endautoescape %}", 1, "a reply cannot use `autoescape`"),
        ("{{ {'a': 1} }}", 1, "a reply cannot use `{...}`"),
        ("{{ [case.number] }}", 1, "a reply cannot use `a list of other than fixed values`"),
    ],
)
def test_what_a_reply_cannot_use_is_named_where_it_stands(letter: str, column: int, message: str) -> None:
    with pytest.raises(TemplateError) as caught:
        load(f"Dear\n{letter}")
    first = caught.value.problems[0]
    assert (first.line, first.column, first.message[: len(message)]) == (6, column, message)


def test_the_filters_are_a_closed_list_and_there_are_no_globals() -> None:
    environment = ReplyEnvironment("en", is_html=False)
    assert tuple(sorted(environment.filters)) == FILTERS
    assert environment.globals == {}
    assert (
        *("ago", "capitalize", "date", "default", "duration", "instant", "int", "join", "lower", "round", "title"),
        *("trim", "upper"),
    ) == FILTERS


@pytest.mark.parametrize("text", ["{{ 1 ** 2 }}", "{{ 'a' + 'b' }}", "{{ 1 % 2 }}", "{{ x() }}"])
def test_the_sandbox_refuses_by_itself_what_the_grammar_would_have_refused(text: str) -> None:
    template = ReplyEnvironment("en", is_html=False).from_string(text)
    with pytest.raises(Exception, match=r"not available in a reply template|nothing can be called"):
        template.render(x=str)
