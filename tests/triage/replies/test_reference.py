"""A reply is found again by its last line."""

import pytest

from snow_escalations.triage.replies import reference_line, reference_prefix, with_reference
from snow_escalations.triage.replies.reference import has_reference


def test_a_reference_is_the_same_for_the_same_approval_and_text_and_another_otherwise() -> None:
    line = reference_line("ESC1", "a" * 32, "text")
    assert line == reference_line("ESC1", "a" * 32, " text\n")
    assert line.startswith(reference_prefix("ESC1"))
    assert len(line) == len("Reference ESC1-XXXX")
    assert len({line, reference_line("ESC1", "b" * 32, "text"), reference_line("ESC1", "a" * 32, "texts")}) == 3


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (with_reference("words", "Reference ESC1-7K3Q"), True),
        ("Reference ESC1-7K3Q\nmore words", False),
        (with_reference("words", "Reference ESC2-7K3Q"), False),
        ("words", False),
    ],
)
def test_a_reference_is_the_last_line_and_names_its_escalation(text: str, wanted: bool) -> None:
    assert has_reference(text, "ESC1") is wanted
