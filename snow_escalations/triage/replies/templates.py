"""Reply templates: Jinja in an immutable sandbox, with nothing to call and nothing undefined.

Each template is rendered against specimens when it is loaded, so that a misspelt name fails at the desk of whoever
wrote it and never at the customer's. Values are data: what they contain is never rendered again.
"""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TypeAlias

from snow_escalations.documents import Problem
from snow_escalations.model import Case, Dossier, Evidence, Model
from snow_escalations.triage.replies.commitments import Commitments
from snow_escalations.triage.replies.context import context_of
from snow_escalations.triage.replies.environment import FILTERS, LENGTH_LIMIT
from snow_escalations.triage.replies.front_matter import language_of
from snow_escalations.triage.replies.languages import CODE, base_of, chosen_language
from snow_escalations.triage.replies.letter import Letter, TemplateError
from snow_escalations.triage.replies.markup import words_of
from snow_escalations.triage.replies.rendering import FAULTS
from snow_escalations.triage.replies.written import Format, WrittenLetter

SUFFIX = ".j2"
"""What the name of a template file ends in: `approved.de.j2` is the reply `approved` in German."""
Sentences: TypeAlias = Callable[[str], Sequence[str]]
"""Sentences in the language of a code."""
_NAME = re.compile(r"[a-z0-9_]+")

__all__ = ["FILTERS", "LENGTH_LIMIT", "SUFFIX", "Commitments", "Draft", "ReplyTemplates", "TemplateError"]


class Draft(Model):
    """A reply as it would be posted (without its reference line), and how it came to be in its language.

    `because` finishes "it is in French because ...". `template` names the reply, and `language` the letter of it.
    """

    text: str
    format: Format
    language: str
    template: str
    because: str

    @property
    def words(self) -> str:
        """What the customer reads: the text without `[code]` and HTML."""
        if self.format == "text":
            return self.text
        return words_of(self.text.strip().removeprefix("[code]").removesuffix("[/code]"))


def _written(source: str, text: str, language: str, commitments: Commitments) -> WrittenLetter:
    """A letter, made once for its text: to check one takes some 15 ms, and a process may load the same ones again."""
    made = _checked_letter(text, language, commitments.model_dump_json())
    return replace(made, source=source, problems=tuple(replace(problem, source=source) for problem in made.problems))


@lru_cache(maxsize=256)
def _checked_letter(text: str, language: str, commitments: str) -> WrittenLetter:
    return WrittenLetter.of("", text, language, Commitments.model_validate_json(commitments))


@dataclass(frozen=True)
class ReplyTemplates:
    """The replies by name, each with its letters by language, checked; `problems` are those of letters not among them.

    `faulty` has the replies of which a letter is not, each with those of its letters that can be read in part.
    """

    templates: Mapping[str, Mapping[str, Letter]]
    commitments: Commitments
    fallback_language: str = "en"
    faulty: Mapping[str, Sequence[WrittenLetter]] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    @property
    def names(self) -> Collection[str]:
        """What the replies are called, those of which a letter cannot be used included."""
        return self.templates.keys() | self.faulty.keys()

    @classmethod
    def load(
        cls, texts: Mapping[str, tuple[str, str]], commitments: Commitments, *, fallback_language: str = "en"
    ) -> "ReplyTemplates":
        """The same as `read`, of letters that can all be used.

        Raises:
            TemplateError: with every problem of every template.
        """
        made = cls.read(texts, commitments, fallback_language=fallback_language)
        if made.problems:
            raise TemplateError(made.problems)
        return made

    @classmethod
    def read(
        cls, texts: Mapping[str, tuple[str, str | Problem]], commitments: Commitments, *, fallback_language: str = "en"
    ) -> "ReplyTemplates":
        """From `{"approved.de": (source, text)}`, `source` naming the file in errors, or why there is no text.

        Args:
            texts: the templates by reply and language (the name of the file without SUFFIX).
            commitments: what the letters promise.
            fallback_language: in which every reply must be written, and the commitments that have no translation are.
        """
        templates: dict[str, dict[str, Letter]] = {}
        sources: dict[str, dict[str, str]] = {}
        problems: list[Problem] = []
        faulty: dict[str, list[WrittenLetter]] = {}
        for stem, (source, text) in sorted(texts.items()):
            name, _, language = stem.partition(".")
            is_called_right = _NAME.fullmatch(name) and CODE.match(language)
            if not is_called_right:
                message = f"a template is called NAME.LANGUAGE{SUFFIX}, such as `approved.de{SUFFIX}`; rename it"
                problems.append(Problem(source, 1, 1, message))
                said = None if isinstance(text, Problem) else language_of(text)
                language = language if CODE.match(language) else said or fallback_language
            else:
                sources.setdefault(name, {})[language] = source
            if isinstance(text, Problem):
                problems.append(text)
                faulty.setdefault(name, [])
                continue
            written = _written(source, text, language, commitments)
            problems += written.problems
            if is_called_right and written.template is not None and not written.problems:
                templates.setdefault(name, {})[language] = Letter(written, written.template)
            else:
                faulty.setdefault(name, []).append(written)
        for name, languages in sources.items():
            if fallback_language not in languages:
                message = f"the reply `{name}` is not written in the fallback language; add {name}.{fallback_language}"
                problems.append(Problem(min(languages.values()), 1, 1, f"{message}{SUFFIX}"))
                faulty.setdefault(name, [])
        return cls(templates, commitments, fallback_language, faulty, tuple(problems))

    def render(
        self, name: str, dossier: Dossier, evidence: Evidence, case: Case, *, explanation: Sentences | None = None
    ) -> Draft:
        """The reply on one case of a dossier, to the contact of that case and in the contact's language.

        Args:
            name: the reply that the deciding rule names.
            dossier: what is decided about.
            evidence: its facts; the letter finds only those that are known and not None.
            case: the case on which the reply is written.
            explanation: gives sentences in a language that the customer may read; the letter names them `explanation`.

        Raises:
            KeyError: there is no reply of that name (the policy is checked against the names when it is loaded).
            TemplateError: this dossier lacks what the letter needs.
        """
        letters = self.templates[name]
        chosen = chosen_language(
            case.contact.preferred_language if case.contact is not None else "",
            written=letters,
            promised=[language for language in letters if self.promises_in(language)],
            fallback=self.fallback_language,
        )
        letter = letters[chosen.language]
        promised = self.commitments.in_language(chosen.language)
        sentences = explanation(chosen.language) if explanation is not None else ()
        context = context_of(dossier, evidence, case, promised, explanation=sentences, facts=letter.facts)
        try:
            text = letter.render(context)
        except FAULTS as error:
            raise TemplateError([Problem(letter.source, letter.line_of(error), 1, str(error))]) from error
        return Draft(text=text, format=letter.format, language=chosen.language, template=name, because=chosen.because)

    def check_for(self, name: str, known_facts: Collection[str], *, rule: str = "") -> tuple[Problem, ...]:
        """Where the letters of a reply need what may be missing, when no more than these facts are certain.

        Args:
            name: the reply, one of `names`.
            known_facts: the facts that are read and not None whenever the rule decides.
            rule: what it is called in messages, such as "the rule `we have answered`".
        """
        letters = [*(letter.written for letter in self.templates.get(name, {}).values()), *self.faulty.get(name, ())]
        return tuple(problem for letter in letters for problem in letter.missing(known_facts, self.commitments, rule))

    def promises_in(self, language: str) -> bool:
        """Whether there are commitments in a language; those without a translation are in the fallback language."""
        return base_of(language) == base_of(self.fallback_language) or self.commitments.speaks(language)
