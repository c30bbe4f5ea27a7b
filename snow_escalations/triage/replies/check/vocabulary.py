"""The words of the check as data: one file a language, and one that holds in all of them, compiled once."""

from collections.abc import Callable, Mapping
from functools import cache, partial
from importlib.resources import files

from pydantic import Field

from snow_escalations.documents import parse, validate
from snow_escalations.model import Model
from snow_escalations.triage.replies.check.cues import Hits, Reading, SpacedCues, UnspacedCues
from snow_escalations.triage.replies.check.text import Reply

LANGUAGES = ("en", "de", "fr", "es", "ja")
_OFTEN = (
    ("object", "granted", "refused", "refused_so", "condition", "earlier", "elsewhere", "pronoun", "courtesy"),
    ("because", "hollow", "when", "heading", "comparison", "therefore", "asked"),
    ("next_steps", "closing"),
    ("scores", "thresholds", "rules", "public"),
    ("denial",),
    ("unsaid",),
)
_MORE = (
    ("facts",),
    ("later", "moment"),
    ("offers", "no_offers", "no_talk", "asks"),
    ("unanswered", "unanswered_first", "unanswered_last", "sometimes"),
    ("despite", "turn", "premise", "onset", "joins"),
)
_TOPICS = (("granted_topic", "refused_topic"),)
"""Groups that are looked for together, and not before one of them is asked for."""
_SETS = (_OFTEN, _MORE, _TOPICS)
SET_OF = {group: number for number, layers in enumerate(_SETS) for layer in layers for group in layer}
"""In which of the sets a group is looked for."""
WORD_GROUPS = ("negation", "negation_after", "not_yet", "leads", "by_call", "by_text", "answering")


class LanguageFile(Model):
    """One language as its file says."""

    language: str
    function_words: str
    contentless: str
    thin: str
    sets: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    groups: dict[str, tuple[str, ...]]


class CommonFile(Model):
    """What holds in every language."""

    other_languages: dict[str, str]
    internal_words: tuple[str, ...]
    version_words: frozenset[str]
    rule_words: frozenset[str]
    private_domains: tuple[str, ...]
    public_domains: tuple[str, ...]
    country_endings: frozenset[str]
    shared_endings: frozenset[str]
    legal_forms: frozenset[str]
    courtesies: tuple[str, ...]


class Vocabulary:
    """The words of one language, ready to be looked for."""

    def __init__(self, file: LanguageFile) -> None:
        self.language = file.language
        self.spaced = bool(file.function_words.strip())
        self.contentless = frozenset(f"{file.contentless} {file.function_words}".split())
        self.thin = self.contentless | frozenset(file.thin.split())
        words = {name: frozenset(file.groups.get(name, ())) for name in WORD_GROUPS}
        self.negation, self.negation_after, self.not_yet = (words[name] for name in WORD_GROUPS[:3])
        self.leads, self.by_call, self.by_text, self.answering = (words[name] for name in WORD_GROUPS[3:])
        past = file.groups.get("past", ())
        self.past = frozenset(word for word in past if not word.startswith("*"))
        self.past_endings = tuple(word[1:] for word in past if word.startswith("*"))
        groups: Mapping[str, tuple[str, ...]] = {
            name: patterns for name, patterns in file.groups.items() if name not in {*WORD_GROUPS, "past"}
        }
        cues = SpacedCues if self.spaced else UnspacedCues
        self._cues = tuple(
            cues({name: patterns for name, patterns in groups.items() if name in known}, file.sets, layers)
            for layers in _SETS
            for known in [{group for layer in layers for group in layer}]
        )

    def hits(self, reply: Reply) -> Hits:
        """What the sentences of a reply say, by group."""
        found: Hits = {}
        for cues in self._cues:
            found |= cues.hits(self.said(reply))
        return found

    def read(self, reply: Reply) -> tuple[Callable[[], Reading], ...]:
        """The same by layers, each found when it is asked for: what every reply needs, then the others."""
        said = self.said(reply)
        return tuple(partial(cues.read, said) for cues in self._cues)

    def said(self, reply: Reply) -> list[str]:
        """The sentences in the form that the language is read in."""
        return reply.sentences if self.spaced else reply.unspaced


def packaged(name: str) -> str:
    """The text of a data file of the package."""
    return files("snow_escalations.triage.replies.check").joinpath("data", name).read_text("utf-8")


@cache
def language_file(language: str) -> LanguageFile:
    """The file of a language that ships."""
    return validate(parse(packaged(f"{language}.yaml"), f"{language}.yaml"), LanguageFile)


@cache
def common() -> CommonFile:
    """What holds in every language."""
    return validate(parse(packaged("common.yaml"), "common.yaml"), CommonFile)


@cache
def vocabulary(language: str) -> Vocabulary:
    """The words of a language that ships."""
    return Vocabulary(language_file(language))
