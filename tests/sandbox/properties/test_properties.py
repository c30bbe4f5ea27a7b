"""Properties: declared once, checked, in step with their rows."""

import pytest

from snow_escalations.sandbox.properties import CORE, Properties, Property, PropertyError


def declared() -> Properties:
    return Properties(CORE)


def test_defaults_are_values_that_their_property_takes() -> None:
    for declaration in CORE:
        declaration.check(declaration.default)
        assert declaration.description.endswith(".")
    assert len({declaration.name for declaration in CORE}) == len(CORE)


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("glide.invalid_query.returns_no_rows", "yes", "true or false"),
        ("sandbox.release", "2021", "one of 2020, 2024, 2026"),
        ("sandbox.semaphore.size", "many", "a whole number of at least 0"),
        ("sandbox.semaphore.size", "-1", "a whole number of at least 0"),
        ("sandbox.table.max_limit", "0", "a whole number of at least 1"),
        ("glide.sys.default.tz", "Mars/Olympus", "an IANA time zone"),
        ("glide.sys.default.tz", "../etc", "an IANA time zone"),
        ("glide.authenticate.basic_auth.restriction.enforcement_date", "soon", "an instant like"),
        ("sandbox.relase", "2020", "is unknown; did you mean `sandbox.release`?"),
    ],
)
def test_values_that_are_refused(name: str, value: str, words: str) -> None:
    properties = declared()
    with pytest.raises(PropertyError, match=words.replace("?", r"\?")):
        properties.set(name, value)
    with pytest.raises(PropertyError):
        properties.absorb(name, value)


def test_reading() -> None:
    properties = declared()
    properties.set("glide.authenticate.basic_auth.restriction.allowed_users", " a, b ,,c")
    assert properties.items("glide.authenticate.basic_auth.restriction.allowed_users") == ("a", "b", "c")
    assert properties.boolean("sandbox.error.detail_first") is False
    assert properties.integer("sandbox.semaphore.size") == 4
    assert properties.get("acme.anything") == ""
    with pytest.raises(PropertyError):
        properties.get("sandbox.anything")


def test_free_names_and_forgetting() -> None:
    properties = declared()
    before = properties.version
    properties.set("acme.own", "x")
    properties.set("sandbox.release", "2020")
    properties.forget("acme.own")
    properties.forget("sandbox.release")
    assert (properties.get("acme.own"), properties.get("sandbox.release")) == ("", "2026")
    assert properties.version == before + 4


def test_setting_goes_where_it_is_bound() -> None:
    properties, written = declared(), []
    properties.bind(lambda name, value: written.append((name, value)))
    properties.set("sandbox.release", "2020")
    assert (written, properties.get("sandbox.release")) == ([("sandbox.release", "2020")], "2026")


def test_an_empty_instant_is_none() -> None:
    Property("x", "instant", "", "An instant.").check("")
