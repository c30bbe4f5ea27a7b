"""The head of a template is there, whole, and true; what is wrong is told at its place in the file."""

import pytest

from snow_escalations.triage.replies import ReplyTemplates, TemplateError
from tests.support.replies import COMMITMENTS, template


def problems(text: str, stem: str = "t.en") -> list[tuple[int, int, str]]:
    with pytest.raises(TemplateError) as caught:
        ReplyTemplates.load(
            {stem: (f"{stem}.j2", text), "t.en": ("t.en.j2", template("x"))} | {stem: ("f", text)}, COMMITMENTS
        )
    return [(item.line, item.column, item.message) for item in caught.value.problems]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Dear", (1, 1, "the front matter is missing; write `---`, `format: text`, `language: en` and `---`, each in")),
        ("", (1, 1, "the front matter is missing")),
        ("\n---\nformat: text\n---\nx", (1, 1, "the front matter is missing")),
        ("---\nformat: text\nx", (1, 1, "the front matter that begins here has no end; write `---`")),
        ("---\n---\nx", (1, 1, "`format` is missing")),
        ("---\nformat: text\nlanguage: en\n---\n \n", (4, 1, "there is no letter below the front matter")),
        ("---\nformat: txt\nlanguage: en\n---\nx", (2, 1, "`format`: input should be 'text' or 'html'; did you mean")),
        ("---\nformat: text\nlanguage: de\n---\nx", (3, 1, "`language` is `de`, but the name of the file says `en`")),
        ("---\nformat: text\nlanguage: English\n---\nx", (3, 1, "`language`: string should match")),
        ("---\nformat: text\nlanguag: en\n---\nx", (3, 1, "unknown key `languag`; did you mean `language`?")),
        ("---\nformat: text\nlanguage: en\nsubject: x\n---\nx", (4, 1, "unknown key `subject`")),
        (
            "---\nformat: text\nformat: html\nlanguage: en\n---\nx",
            (3, 1, "duplicate key `format`; it is first written in line 2"),
        ),
        ("---\nformat: [\n---\nx", (3, 1, "not valid YAML")),
        ("---\nformat: &a text\nlanguage: en\n---\nx", (2, 9, "anchor `&a` is not accepted")),
    ],
)
def test_what_is_wrong_with_the_head_is_told_at_its_line(text: str, wanted: tuple[int, int, str]) -> None:
    found = problems(text)
    assert any((line, column) == wanted[:2] and message.startswith(wanted[2]) for line, column, message in found), found


def test_head_and_letter_are_told_of_at_once() -> None:
    found = problems("---\nformat: txt\nlanguge: en\n---\nDear {{ contct.name }},\n{{ case.nmber }}\n")
    assert [(line, column) for line, column, _ in found] == [(2, 1), (3, 1), (5, 9), (6, 9)]


@pytest.mark.parametrize("text", [template("x"), template("x").replace("\n", "\r\n"), "--- \n" + template("x")[4:]])
def test_a_head_is_read_however_its_lines_end(text: str) -> None:
    assert ReplyTemplates.load({"t.en": ("t.en.j2", text)}, COMMITMENTS).templates["t"]["en"].format == "text"


@pytest.mark.parametrize("stem", ["t", "T.en", "t.en.txt", "t.english", "t.EN", ".en", "t."])
def test_a_template_is_called_by_reply_and_language(stem: str) -> None:
    found = problems(template("x"), stem)
    assert any("a template is called NAME.LANGUAGE.j2, such as `approved.de.j2`" in message for *_, message in found)


def test_every_reply_is_written_in_the_fallback_language() -> None:
    texts = {"t.de": ("t.de.j2", template("x", language="de")), "u.en": ("u.en.j2", template("x"))}
    with pytest.raises(TemplateError, match=r"t\.de\.j2:1:1: the reply `t` is not written in .*; add t\.en\.j2"):
        ReplyTemplates.load(texts, COMMITMENTS)
    with pytest.raises(TemplateError, match=r"u\.en\.j2:1:1: the reply `u` is not written in .*; add u\.de\.j2"):
        ReplyTemplates.load(texts, COMMITMENTS, fallback_language="de")


def test_a_broken_letter_in_the_fallback_language_is_not_called_missing() -> None:
    assert len(problems(template("{{ nothing }}"))) == 1
